"""Views of lists that a lead keeps for the team: in the outbox at once, seen by everybody, dropped for everybody."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from agent_desktop.lists import Filter, Period, Query, SavedView, TeamViews
from agent_desktop.offline.mirror import Mirror
from agent_desktop.offline.outbox import Outbox
from agent_desktop.offline.store import Store
from agent_desktop.offline.view import View
from agent_model.agent import Role
from agent_model.body import to_body
from agent_model.list_view import ListView, ListViewId
from agent_model.scope import team
from agent_model.wire import Row
from tests.desktop.test_exports import ME
from tests.fakes import SEALED, SetClock, counting_ids

LEAD = replace(ME, role=Role.TEAM_LEAD)
LATE = SavedView(
    "Late",
    Query("due", then=(("priority", True),), filters=(Filter("due", period=Period.PAST),), only={"is_open": (1,)}),
    ("number", "due"),
)


@pytest.fixture
def view(tmp_path: Path) -> View:
    store = Store(tmp_path / "store", SEALED)
    store.open_cache()
    return View(Mirror(store), Outbox(store, ME.id))


def views(view: View, role: Role = Role.TEAM_LEAD) -> TeamViews:
    return TeamViews(view, replace(ME, role=role), SetClock(), counting_ids("v"))


def test_view_of_the_lead_is_there_before_the_server_knows(view: View) -> None:
    views(view).keep("tickets", LATE)
    [kept] = views(view, Role.AGENT).of("tickets")
    assert kept.view == LATE
    assert views(view).of("customers") == ()
    [command] = view.outbox.waiting(5)
    assert (command.entity, command.fields["team"].new, command.fields["made_by"].new) == ("list_view", "home", ME.id)
    assert (views(view).may_keep, views(view, Role.AGENT).may_keep) == (True, False)


def test_view_of_the_same_name_takes_the_place_of_the_other(view: View) -> None:
    views(view).keep("tickets", LATE)
    views(view).keep("tickets", replace(LATE, columns=("number", "subject")))
    [kept] = views(view).of("tickets")
    assert kept.view.columns == ("number", "subject")
    assert set(view.outbox.waiting(5)[1].fields) == {"columns"}


def test_dropped_view_is_gone_and_comes_back_when_it_is_kept_again(view: View) -> None:
    views(view).keep("tickets", LATE)
    views(view).drop(views(view).of("tickets")[0].id)
    assert views(view).of("tickets") == ()
    views(view).keep("tickets", LATE)
    assert [one.view.name for one in views(view).of("tickets")] == ["Late"]


@pytest.mark.parametrize(
    "query",
    [{}, {"sort": "due", "filters": [{"nothing": 1}]}, {"sort": "due", "only": 5}, {"sort": "due", "later": 1}],
    ids=["empty", "filter", "only", "newer"],
)
def test_view_that_this_version_cannot_read_is_left_out(view: View, query: dict[str, object]) -> None:
    made = ListView(
        ListViewId("V-1"), "tickets", "Odd", "home", query, ("number",), "a-9", datetime(2026, 11, 22, tzinfo=UTC)
    )  # fmt: skip
    view.mirror.apply(team("home"), [Row("list_view", "V-1", 1, to_body(made))], None)
    assert views(view).of("tickets") == ()
