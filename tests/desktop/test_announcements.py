"""Announcements at a workstation: what is told to whom, what counts as read, receipts with the server's time."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from agent_desktop.announcements import Addressed, AnnouncementBook, Announcements, NotRead, again
from agent_desktop.offline.kept import Kept
from agent_desktop.offline.mirror import Mirror
from agent_desktop.offline.outbox import Outbox
from agent_desktop.offline.store import Store
from agent_desktop.offline.view import View
from agent_desktop.sync.server_clock import ServerClock
from agent_model.agent import Role
from agent_model.announcement import Announcement, AnnouncementState, Audience, Unmet, receipt_id
from agent_model.moment import from_text, to_text
from agent_model.row_draft import RowDraft
from agent_model.scope import ORG, Scope
from agent_model.wire import Row
from tests.desktop.announcements_made import QUESTION, announcement_row, receipt_row
from tests.fakes import SEALED, SetClock, counting_ids
from tests.ui.samples import ME

ON_THE_SERVER = timedelta(hours=2)


def agent_row(id_: str, team: str = "home", **fields: object) -> Row:
    body = {
        "login": id_,
        "name": {"zh": "人", "en": id_},
        "role": "agent",
        "extension": "1",
        "team": team,
        "queues": [],
    }
    return Row("agent", id_, 1, {**body, **fields})


@pytest.fixture
def store(tmp_path: Path) -> Store:
    made = Store(tmp_path / "store", SEALED)
    made.open_cache()
    return made


@pytest.fixture
def view(store: Store) -> View:
    return View(Mirror(store), Outbox(store, ME.id))


@pytest.fixture
def told(view: View, store: Store, clock: SetClock) -> Announcements:
    return Announcements(view, ME, clock, lambda at: at, Kept(store))


def put(view: View, *rows: Row, scope: Scope = ORG) -> None:
    view.mirror.apply(scope, rows, None)


def test_what_is_for_others_withdrawn_or_yet_to_come_is_not_told(view: View, told: Announcements) -> None:
    put(
        view,
        announcement_row("mine", audience={"teams": ["home"]}),
        announcement_row("theirs", audience={"teams": ["business"]}),
        announcement_row("back", state="withdrawn"),
        announcement_row("later", valid_from="2026-11-21T11:00:00.000Z"),
        announcement_row("over", valid_to="2026-11-21T09:30:00.000Z", at="2026-11-20T09:00:00.000Z"),
    )
    assert [(one.announcement.id, one.is_due) for one in told.told()] == [("mine", True), ("over", False)]


def test_who_changed_teams_is_told_what_the_new_one_is(view: View, told: Announcements) -> None:
    put(view, agent_row(ME.id, "business"), announcement_row(audience={"teams": ["business"]}))
    assert [one.announcement.id for one in told.told()] == ["a-1"]


def test_what_is_read_counts_until_everybody_is_asked_again(view: View, told: Announcements) -> None:
    put(view, announcement_row(edition=2), receipt_row("r-1"))
    assert not told.told()[0].is_due
    put(view, announcement_row(version=2, edition=3, read_from=3))
    assert told.told()[0].is_due


@pytest.mark.parametrize(
    ("dwell_s", "name", "answers", "owed"),
    [
        (19.9, "林悦", (1,), Unmet.DWELL),
        (20, "Lin", (1,), Unmet.NAME),
        (20, "lin yue", (), Unmet.ANSWERS),
        (20, "lin yue", (0,), Unmet.ANSWERS),
    ],
    ids=["too short", "other name", "no answer", "wrong answer"],
)
def test_what_is_owed_is_said_and_nothing_kept(
    view: View, told: Announcements, clock: SetClock, dwell_s: float, name: str, answers: tuple[int, ...], owed: Unmet
) -> None:
    put(view, announcement_row(must_read=True, dwell_s=20, asks_name=True, quiz=[QUESTION]))
    [one] = told.told()
    with pytest.raises(NotRead) as raised:
        told.read(one.announcement, clock.now, dwell_s, name, answers)
    assert raised.value.unmet is owed
    assert view.outbox.count_waiting() == 0


def test_receipt_has_the_time_of_reading_by_the_clock_of_the_server(view: View, store: Store, clock: SetClock) -> None:
    """This computer's clock is two hours behind."""
    server_clock = ServerClock(Kept(store), clock)
    server_clock.met(to_text(clock.now + ON_THE_SERVER))
    told = Announcements(view, ME, clock, ServerClock(Kept(store), clock).of_server, Kept(store))
    put(view, announcement_row())
    [one] = told.told()
    opened = clock.move(minutes=10)
    clock.move(minutes=5)
    told.read(one.announcement, opened, 300)
    told.read(one.announcement, opened, 300)
    [command] = view.outbox.waiting(5)
    fields = {name: change.new for name, change in command.fields.items()}
    assert command.id == receipt_id("a-1", 1, ME.id)
    assert from_text(fields["read_at"]) == clock.now + ON_THE_SERVER
    assert from_text(fields["opened_at"]) == opened + ON_THE_SERVER
    assert from_text(fields["delivered_at"]) == opened - timedelta(minutes=10) + ON_THE_SERVER
    assert "received_at" not in fields
    assert not told.told()[0].is_due


@pytest.mark.parametrize("said", ["", "yesterday", "2026-11-21T10:00:03.000Z"], ids=["nothing", "words", "near"])
def test_clock_that_is_near_or_no_clock_changes_nothing(store: Store, clock: SetClock, said: str) -> None:
    server_clock = ServerClock(Kept(store), clock)
    server_clock.met(said)
    assert server_clock.of_server(clock.now) == clock.now


def test_ready_lasts_for_the_minutes_the_rule_gives(view: View, told: Announcements, clock: SetClock) -> None:
    put(view, announcement_row(must_read=True, blocks_ready=True, grace_min=5))
    [one] = told.told()
    assert one.keeps_from_ready
    assert one.ready_until == clock.now + timedelta(minutes=5)


# ---- writing ----------------------------------------------------------------------------------------------------


@pytest.fixture
def company(view: View) -> None:
    team, queue = (
        {"name": {"zh": "组", "en": "T"}, "department": "d"},
        {"name": {"zh": "队", "en": "Q"}, "segments": []},
    )
    put(
        view,
        Row("team", "home", 1, team),
        Row("team", "business", 1, team),
        Row("queue", "support", 1, {**queue, "team": "home"}),
        Row("queue", "other", 1, {**queue, "team": "business"}),
        agent_row("a"),
        agent_row("b", site="杭州"),
        agent_row("c", "business", site="宁波"),
    )


def book(view: View, clock: SetClock, role: Role) -> AnnouncementBook:
    return AnnouncementBook(view, replace(ME, role=role), clock, counting_ids("new-"))


@pytest.mark.usefixtures("company")
def test_lead_is_offered_the_own_team_and_its_queues(view: View, clock: SetClock) -> None:
    lead, manager = book(view, clock, Role.TEAM_LEAD), book(view, clock, Role.DUTY_MANAGER)
    teams, queues, sites = lead.places()
    assert ([one.id for one in teams], [one.id for one in queues], sites) == (["home"], ["support"], ())
    assert [len(some) for some in manager.places()] == [2, 2, 2]
    assert lead.fresh().audience == Audience(teams=("home",))
    assert manager.fresh().audience.is_everybody


@pytest.mark.usefixtures("company")
def test_it_is_known_beforehand_whom_it_goes_to(view: View, clock: SetClock) -> None:
    manager = book(view, clock, Role.DUTY_MANAGER)
    assert manager.addressed(Audience()) == Addressed(3, 2)
    assert manager.addressed(Audience(teams=("home",))) == Addressed(2, 1)
    assert manager.addressed(Audience(sites=("杭州", "宁波"))) == Addressed(2, 2)


def test_lead_changes_nothing_that_went_beyond_the_team(view: View, clock: SetClock) -> None:
    lead = book(view, clock, Role.TEAM_LEAD)
    far = Announcement("x", "t", "b", version=3)
    assert not lead.may_change(far)
    assert lead.may_change(replace(far, audience=Audience(teams=("home",))))


def test_withdrawing_and_reminding_are_one_change_each(view: View, clock: SetClock) -> None:
    put(view, announcement_row(version=4))
    lead = book(view, clock, Role.DUTY_MANAGER)
    [row] = lead.all()
    lead.remind(row)
    lead.withdraw(row)
    changes = [
        (one.base_version, {name: change.new for name, change in one.fields.items()}) for one in view.outbox.waiting(5)
    ]
    assert changes == [(4, {"reminded_at": to_text(clock.now)}), (4, {"state": "withdrawn"})]
    assert lead.all()[0].state is AnnouncementState.WITHDRAWN


def test_new_text_is_sent_as_what_changed_with_whether_all_read_it_again(view: View, clock: SetClock) -> None:
    put(view, announcement_row(version=2, edition=3))
    lead = book(view, clock, Role.DUTY_MANAGER)
    [row] = lead.all()
    lead.save(RowDraft(again(replace(row, body="40")), row))
    [command] = view.outbox.waiting(5)
    assert {name: change.new for name, change in command.fields.items()} == {"body": "40", "read_from": 4}


def test_what_is_new_is_sent_without_what_only_the_server_says(view: View, clock: SetClock) -> None:
    lead = book(view, clock, Role.DUTY_MANAGER)
    fresh = replace(lead.fresh(), title="t", body="b", valid_to=datetime(2026, 12, 1, tzinfo=UTC))
    lead.save(RowDraft(fresh, None))
    [command] = view.outbox.waiting(5)
    assert {"author", "published_at", "edition", "state"} & {
        name for name, change in command.fields.items() if change.new not in ("", None, 1, "published")
    } == set()


def test_moment_of_the_server_is_told_by_this_clock(view: View, store: Store, clock: SetClock) -> None:
    told = Announcements(view, ME, clock, lambda at: at + ON_THE_SERVER, Kept(store))
    assert told.now() == clock.now + ON_THE_SERVER
    assert told.here(told.now()) == clock.now
