"""What the workstation holds is what the server holds; where it is not, it is found out and put right."""

import logging
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from typing import Any

import httpx
import pytest

from agent_desktop.sync.audit import EVERY
from agent_desktop.sync.events import Synced
from agent_model.scope import Scope
from tests.desktop.sync.conftest import SitDown
from tests.desktop.sync.seat import Seat
from tests.in_process import DATABASE_NAME, ServerThread, a_customer, make_site, serving

HOME = Scope("customers:home")
VERIFY, ROWS = "GET /sync/v1/verify", "GET /sync/v1/verify/rows"


@pytest.fixture(autouse=True)
def provoked(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """That something was put right is meant to stand in the log here."""
    yield
    records = caplog.get_records("call")
    warnings = {record.name for record in records if record.levelno >= logging.WARNING}
    assert warnings <= {"agent_desktop.sync.audit", "agent_desktop.sync.cycle"}
    records.clear()


def on_server(server: ServerThread, statement: str) -> None:
    with closing(sqlite3.connect(server.settings.home / DATABASE_NAME)) as database, database:
        database.execute(statement)


def tamper(seat: Seat, statement: str) -> None:
    with seat.store.writing() as connection:
        connection.execute(statement)


def names(seat: Seat) -> dict[str, str]:
    return {row.id: row.body["name"] for row in seat.mirror.rows("customer")}


@pytest.fixture
def synced(server: ServerThread, sit_down: SitDown) -> Seat:
    seat = sit_down(server.address)
    seat.sync()
    seat.network.asked.clear()
    seat.changed.clear()
    return seat


def later(seat: Seat) -> None:
    """A round of sync when everything is due to be compared."""
    seat.clock.move(seconds=2 * EVERY.total_seconds())
    seat.sync()


def test_first_rows_are_whole_by_hash_and_count_and_compared_in_a_while(
    server: ServerThread, sit_down: SitDown
) -> None:
    seat = sit_down(server.address)
    seat.sync()
    at_once = seat.network.asked.count(VERIFY)
    later(seat)

    assert at_once == 0
    assert seat.network.asked.count(VERIFY) == len(seat.mirror.cursors())
    assert ROWS not in seat.network.asked
    assert isinstance(seat.told[-1], Synced)


def test_everything_is_compared_again_after_hours(synced: Seat) -> None:
    synced.sync()
    soon = synced.network.asked.count(VERIFY)
    later(synced)

    assert soon == 0
    assert synced.network.asked.count(VERIFY) == len(synced.mirror.cursors())


def test_row_that_was_lost_here_comes_back(synced: Seat) -> None:
    tamper(synced, "DELETE FROM customer WHERE id = 'C-2'")
    later(synced)

    assert sorted(names(synced)) == ["C-1", "C-2", "C-3"]
    assert synced.network.asked.count(ROWS) == 1
    assert [(changed.scope, changed.ids) for changed in synced.changed] == [(HOME, frozenset({"C-2"}))]


def test_row_that_the_server_does_not_have_goes(synced: Seat) -> None:
    tamper(synced, "INSERT INTO customer SELECT 'C-stale', version, scopes, name, body FROM customer WHERE id = 'C-1'")
    later(synced)

    assert sorted(names(synced)) == ["C-1", "C-2", "C-3"]


@pytest.mark.parametrize("version", [0, 7])
def test_row_of_another_version_is_as_on_the_server_again(synced: Seat, version: int) -> None:
    tamper(synced, f"UPDATE customer SET version = {version}, body = '{{\"name\": \"x\"}}' WHERE id = 'C-1'")  # noqa: S608
    later(synced)

    assert names(synced)["C-1"] == "客户 1"
    assert synced.mirror.row("customer", "C-1").version == 1  # type: ignore[union-attr]
    synced.network.asked.clear()
    later(synced)
    assert ROWS not in synced.network.asked


def test_small_noun_that_was_lost_here_comes_back(synced: Seat) -> None:
    tamper(synced, "DELETE FROM other WHERE entity = 'queue' AND id = 'vip'")
    later(synced)

    assert synced.mirror.row("queue", "vip") is not None


def test_row_in_two_scopes_is_put_right_in_both(synced: Seat) -> None:
    ticket = synced.file_ticket()
    synced.sync()
    tamper(synced, "DELETE FROM ticket")
    later(synced)

    with synced.store.reading() as connection:
        (scopes,) = connection.execute("SELECT scopes FROM ticket WHERE id = ?", (ticket.id,)).fetchone()
    assert set(scopes.strip("|").split("|")) == {"customers:home", "own:lin.yue", "queue:support"}


def test_cache_that_differs_everywhere_is_fetched_as_a_snapshot(sit_down: SitDown, tmp_path: Any) -> None:
    with serving(make_site(tmp_path / "site", [a_customer(n) for n in range(300)])) as server:
        seat = sit_down(server.address)
        seat.sync()
        seat.network.asked.clear()
        tamper(seat, "DELETE FROM customer WHERE id > 'C-2'")
        later(seat)

        assert len(names(seat)) == 300
        assert seat.network.asked.count("GET /sync/v1/snapshot/customers:home") == 1
        assert ROWS not in seat.network.asked


def test_entries_that_are_missing_in_a_page_lead_to_a_comparison(
    server: ServerThread, sit_down: SitDown, synced: Seat
) -> None:
    other = sit_down(server.address, "other")
    other.sync()
    ticket = other.file_ticket()
    other.sync()
    on_server(server, f"DELETE FROM feed WHERE scope = 'customers:home' AND row_id = '{ticket.id}'")  # noqa: S608
    other.book.add_note(other.book.profile("C-1").customer, "回电", other.agent.id)  # type: ignore[union-attr, arg-type]
    other.sync()
    tamper(synced, "DELETE FROM customer WHERE id = 'C-2'")

    synced.sync()

    assert sorted(names(synced)) == ["C-1", "C-2", "C-3"]
    assert synced.network.asked.count(VERIFY) == 1


def test_server_that_moves_on_during_the_comparison_is_caught_up_with(
    server: ServerThread, sit_down: SitDown, synced: Seat
) -> None:
    other = sit_down(server.address, "other")
    other.sync()
    filed: list[str] = []

    def file_meanwhile(request: httpx.Request) -> bool:
        if request.url.path == "/sync/v1/verify" and "customers" in str(request.url.query) and len(filed) < 5:
            filed.append(other.file_ticket().id)
            other.sync()
        return False

    synced.network.lose_request = file_meanwhile
    tamper(synced, "DELETE FROM customer WHERE id = 'C-2'")
    later(synced)
    synced.network.lose_request = lambda _request: False
    synced.sync()

    assert len(filed) > 2
    assert sorted(names(synced)) == ["C-1", "C-2", "C-3"]
    assert {row.id for row in synced.mirror.rows("ticket")} == set(filed)


def test_comparison_that_is_cut_is_done_at_the_next_round(synced: Seat) -> None:
    tamper(synced, "DELETE FROM customer WHERE id = 'C-2'")
    synced.network.lose_answer = lambda request: request.url.path == "/sync/v1/verify/rows"
    later(synced)
    cut = sorted(names(synced))
    synced.network.lose_answer = lambda _request: False
    synced.sync()

    assert cut == ["C-1", "C-3"]
    assert sorted(names(synced)) == ["C-1", "C-2", "C-3"]
