"""A server back from an old backup: what workstations had delivered since is sent again, and nothing is lost."""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from agent_desktop.offline.pending import State
from agent_desktop.sync.decisions import Take
from agent_desktop.sync.events import NeedsAttention, Synced
from agent_desktop.sync.redelivery import KEPT
from agent_model.command import CommandKind, FieldChange
from agent_server.__main__ import main
from agent_server.settings import Settings
from tests.desktop.sync.conftest import SitDown
from tests.desktop.sync.seat import Seat
from tests.in_process import DATABASE_NAME, ServerThread, a_customer, make_site, serving


class Site:
    """One server on one address, whose database can be saved and put back."""

    def __init__(self, settings: Settings, folder: Path) -> None:
        self._settings = settings
        self._backup = folder / "backup.db"
        self._serving = serving(settings)
        self.server: ServerThread = self._serving.__enter__()
        self.address = self.server.address

    def back_up(self) -> None:
        database = self._settings.home / DATABASE_NAME
        with closing(sqlite3.connect(database)) as source, closing(sqlite3.connect(self._backup)) as target:
            source.backup(target)

    def restore(self) -> None:
        self.stop()
        for path in self._settings.home.glob(f"{DATABASE_NAME}*"):
            path.unlink()
        shutil.copy(self._backup, self._settings.home / DATABASE_NAME)
        assert main(["restored", "--database", str(self._settings.home / DATABASE_NAME)]) == 0
        self._serving = serving(self._settings, int(self.address.rpartition(":")[2]))
        self.server = self._serving.__enter__()

    def stop(self) -> None:
        self._serving.__exit__(None, None, None)


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    made = Site(make_site(tmp_path / "site", [a_customer(1), a_customer(2)]), tmp_path)
    yield made
    made.stop()


def change_region(seat: Seat, seen: str | None, wanted: str) -> None:
    change = {"region": FieldChange(seen, wanted)}
    seat.outbox.put("customer", "C-1", CommandKind.UPDATE, change, seat.clock(), base_version=1)


def region(seat: Seat) -> object:
    row = seat.mirror.row("customer", "C-1")
    assert row is not None
    return row.body.get("region")


def subjects(seat: Seat) -> list[str]:
    return sorted(row.body["subject"] for row in seat.mirror.rows("ticket"))


def test_what_was_acknowledged_after_the_backup_comes_back(site: Site, sit_down: SitDown) -> None:
    seat = sit_down(site.address)
    seat.sync()
    seat.file_ticket(subject="在备份里")
    seat.sync()
    site.back_up()
    seat.file_ticket(subject="丢了")
    change_region(seat, None, "东区")
    seat.sync()
    site.restore()

    seat.sync()

    witness = sit_down(site.address, "witness")
    witness.sync()
    assert subjects(seat) == subjects(witness) == ["丢了", "在备份里"]
    assert region(seat) == region(witness) == "东区"
    assert isinstance(seat.told[-1], Synced)
    assert seat.outbox.entries() == []


def test_new_work_is_sent_after_what_it_stands_on(site: Site, sit_down: SitDown) -> None:
    seat = sit_down(site.address)
    seat.sync()
    site.back_up()
    ticket = seat.file_ticket(subject="丢了")
    seat.sync()
    site.restore()
    change = {"priority": FieldChange("normal", "urgent")}
    seat.outbox.put("ticket", ticket.id, CommandKind.UPDATE, change, seat.clock(), base_version=1)

    seat.sync()

    row = seat.mirror.row("ticket", ticket.id)
    assert row is not None
    assert row.body["priority"] == "urgent"
    assert seat.outbox.entries() == []


def test_work_on_the_work_of_others_waits_for_theirs(site: Site, sit_down: SitDown) -> None:
    one, other = sit_down(site.address, "one"), sit_down(site.address, "other")
    one.sync()
    site.back_up()
    change_region(one, None, "东区")
    one.sync()
    other.sync()
    change_region(other, "东区", "西区")
    other.sync()
    assert region(other) == "西区"
    site.restore()

    other.sync()
    early = region(other)
    one.sync()
    other.sync()
    one.sync()

    assert early is None
    assert region(one) == region(other) == "西区"
    assert one.outbox.entries() == other.outbox.entries() == []


def test_work_whose_ground_never_comes_back_is_shown_to_its_author(
    site: Site, sit_down: SitDown, caplog: pytest.LogCaptureFixture
) -> None:
    one, other = sit_down(site.address, "one"), sit_down(site.address, "other")
    one.sync()
    site.back_up()
    change_region(one, None, "东区")
    one.sync()
    other.sync()
    change_region(other, "东区", "西区")
    other.sync()
    site.restore()
    other.sync()
    quiet = other.told[-1]

    other.clock.move(seconds=KEPT.total_seconds() + 60)
    other.sync()
    other.sync()

    [entry] = other.outbox.entries(State.PARKED)
    assert isinstance(quiet, Synced)
    assert isinstance(other.told[-1], NeedsAttention)
    assert entry.command.fields["region"] == FieldChange("东区", "西区")
    assert [record.name for record in caplog.records] == ["agent_desktop.sync.redelivery"]
    caplog.clear()


def test_sending_again_that_was_cut_goes_on(site: Site, sit_down: SitDown) -> None:
    seat = sit_down(site.address)
    seat.sync()
    site.back_up()
    seat.file_ticket(subject="丢了")
    seat.sync()
    site.restore()
    seat.network.lose_answer = lambda request: request.url.path == "/sync/v1/ops"
    seat.sync()
    seat.network.lose_answer = lambda _request: False

    seat.sync()

    assert subjects(seat) == ["丢了"]
    assert seat.outbox.delivered.due(10) == []


def test_number_that_a_customer_was_told_is_not_given_again(site: Site, sit_down: SitDown) -> None:
    seat = sit_down(site.address)
    seat.sync()
    site.back_up()
    told = seat.file_ticket()
    seat.sync()
    number = seat.desk.ticket(told.id).number  # type: ignore[union-attr]
    site.restore()

    later = seat.file_ticket()
    seat.sync()

    assert number not in {seat.desk.ticket(ticket.id).number for ticket in (told, later)}  # type: ignore[union-attr]


def test_delivered_work_is_kept_for_days_and_not_for_ever(site: Site, sit_down: SitDown) -> None:
    seat = sit_down(site.address)
    seat.sync()
    seat.file_ticket()
    seat.sync()

    def kept() -> int:
        with seat.store.reading_outbox() as connection:
            return int(connection.execute("SELECT count(*) FROM delivered").fetchone()[0])

    days = [kept()]
    seat.clock.move(days=5)
    seat.sync()
    days.append(kept())
    seat.clock.move(days=10)
    seat.sync()
    days.append(kept())
    assert days == [1, 1, 0]


def test_server_that_was_only_restarted_is_sent_nothing_again(site: Site, sit_down: SitDown) -> None:
    seat = sit_down(site.address)
    seat.sync()
    seat.file_ticket()
    seat.sync()
    seat.network.asked.clear()
    seat.sync()

    assert "POST /sync/v1/ops" not in seat.network.asked


def clash(one: Seat, other: Seat) -> None:
    """Both change the same field; the other comes too late."""
    for seat in (one, other):
        seat.sync()
    change_region(one, None, "东区")
    change_region(other, None, "西区")
    one.sync()
    other.sync()


def decide(seat: Seat, take: Take, text: str | None = None) -> None:
    [contested] = seat.cycle.conflicts.contested()
    seat.cycle.conflicts.decide(contested.conflict, take, text)
    seat.sync()
    seat.sync()


@pytest.mark.parametrize(
    ("take", "text", "stands"), [(Take.MINE, None, "西区"), (Take.OTHER, "北区", "北区")], ids=["mine", "other"]
)
def test_decision_about_a_conflict_in_the_backup_is_made_again(
    site: Site, sit_down: SitDown, take: Take, text: str | None, stands: str
) -> None:
    one, other = sit_down(site.address, "one"), sit_down(site.address, "other")
    clash(one, other)
    site.back_up()
    decide(other, take, text)
    site.restore()

    other.sync()
    other.sync()

    assert region(other) == stands
    assert other.cycle.conflicts.open() == ()
    assert other.cycle.conflicts.decisions() == ()
    assert isinstance(other.told[-1], Synced)


def test_decision_waits_until_its_conflict_is_there_again(
    site: Site, sit_down: SitDown, caplog: pytest.LogCaptureFixture
) -> None:
    one, other = sit_down(site.address, "one"), sit_down(site.address, "other")
    site.back_up()
    clash(one, other)
    decide(other, Take.OTHER, "北区")
    site.restore()
    one.sync()
    other.sync()
    quiet, early = other.told[-1], region(other)

    other.clock.move(seconds=KEPT.total_seconds() + 60)
    other.sync()
    other.sync()
    other.sync()

    assert (early, region(other)) == ("东区", "北区")
    assert isinstance(quiet, Synced)
    assert other.outbox.entries(State.PARKED) == []
    assert isinstance(other.told[-1], Synced)
    assert [record.name for record in caplog.records] == ["agent_desktop.sync.redelivery"]
    caplog.clear()


def test_decision_that_somebody_else_made_since_is_shown_with_its_text(site: Site, sit_down: SitDown) -> None:
    one, other = sit_down(site.address, "one"), sit_down(site.address, "other")
    clash(one, other)
    site.back_up()
    decide(other, Take.OTHER, "北区")
    site.restore()
    one.cycle.conflicts.resolve(one.cycle.conflicts.open()[0], Take.THEIRS)

    other.sync()
    other.sync()

    [shown] = other.cycle.conflicts.contested()
    assert shown.decision is not None
    assert (shown.decision.text, shown.is_over) == ("北区", True)
    assert region(other) == "东区"
