"""Lists in SQL: ordered by several columns, narrowed by text, values and stretches of time."""

from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from agent_desktop.offline.filters import Filter, Period, bounds
from agent_desktop.offline.listing import Listing, Query
from agent_desktop.offline.mirror import Mirror
from agent_desktop.offline.outbox import Outbox
from agent_desktop.offline.store import Store
from agent_desktop.offline.view import View
from agent_model.command import CommandKind, FieldChange
from agent_model.scope import Scope
from tests.desktop.rows import ticket_row
from tests.fakes import SEALED

NOW = datetime(2026, 11, 18, 9, 30, tzinfo=timezone(timedelta(hours=8)))
"""A Wednesday in Hangzhou."""
HOME = Scope("customers:home")


@pytest.fixture
def store(tmp_path: Path) -> Store:
    made = Store(tmp_path / "store", SEALED)
    made.open_cache()
    return made


@pytest.fixture
def listing(store: Store) -> Listing:
    mirror = Mirror(store)
    rows = [
        ticket_row("1", subject="Slow line", queue="a", priority="low", due_at="2026-11-18T01:00:00.000Z"),
        ticket_row("2", subject="No line", queue="b", priority="high", due_at="2026-11-18T16:30:00.000Z"),
        ticket_row("3", subject="Bill", queue="a", priority="high", owner="a-1"),
        ticket_row("4", subject="Bill again", queue="b", priority="low", due_at="2026-11-30T08:00:00.000Z"),
    ]
    mirror.apply(HOME, rows, None)
    made = Listing(store, View(mirror, Outbox(store, "a-1")), "ticket", lambda: NOW)
    while made.learn():
        """All of them."""
    return made


def found(listing: Listing, query: Query) -> list[str]:
    rows = listing.rows(listing.order(query).places)
    return [row.id for row in rows.values()]


def test_rows_that_are_the_same_by_one_column_are_ordered_by_the_next(listing: Listing) -> None:
    assert found(listing, Query("queue", then=(("priority", True), ("number", False)))) == ["3", "1", "2", "4"]
    assert found(listing, Query("queue", is_descending=True, then=(("priority", False),))) == ["4", "2", "1", "3"]


def test_today_is_the_day_of_who_looks(listing: Listing) -> None:
    assert found(listing, Query("number", filters=(Filter("due", period=Period.TODAY),))) == ["1"]
    assert found(listing, Query("number", filters=(Filter("due", period=Period.TOMORROW),))) == ["2"]
    assert found(listing, Query("number", filters=(Filter("due", period=Period.PAST),))) == ["1"]
    assert found(listing, Query("number", filters=(Filter("due", period=Period.THIS_MONTH),))) == ["1", "2", "4"]


def test_filters_of_several_columns_all_hold(listing: Listing) -> None:
    wanted = (Filter("subject", text="BILL"), Filter("queue", among=("b",)))
    assert found(listing, Query("number", filters=wanted)) == ["4"]
    assert found(listing, Query("number", filters=(Filter("owner", among=(None, "a-1")),))) == ["1", "2", "3", "4"]
    assert found(listing, Query("number", filters=(Filter("owner", among=(None,)),))) == ["1", "2", "4"]


def test_column_that_there_is_not_is_no_query(listing: Listing) -> None:
    with pytest.raises(ValueError, match="nothing"):
        listing.order(Query("number", filters=(Filter("nothing; DROP TABLE ticket", text="x"),)))


def test_row_that_is_not_sent_is_filtered_like_the_others(store: Store, listing: Listing) -> None:
    fields = {name: FieldChange(None, value) for name, value in ticket_row("9", queue="b").body.items()}
    Outbox(store, "a-1").put("ticket", "T-9", CommandKind.CREATE, fields, NOW)
    fresh = Listing(store, View(Mirror(store), Outbox(store, "a-1")), "ticket", lambda: NOW)
    assert [row.id for row in fresh.order(Query("number", filters=(Filter("queue", among=("b",)),))).unsent] == ["T-9"]
    assert fresh.order(Query("number", filters=(Filter("due", period=Period.TODAY),))).unsent == ()


def test_place_of_the_first_row_that_begins_so(listing: Listing) -> None:
    place = listing.beginning(Query("number", is_descending=True), "subject", "bill")
    assert place is not None
    assert [row.id for row in listing.rows([place]).values()] == ["4"]
    assert listing.beginning(Query("number"), "subject", "ill") is None


@pytest.mark.parametrize(
    ("period", "first", "end"),
    [
        (Period.YESTERDAY, "2026-11-16T16:00:00.000Z", "2026-11-17T16:00:00.000Z"),
        (Period.THIS_WEEK, "2026-11-15T16:00:00.000Z", "2026-11-22T16:00:00.000Z"),
        (Period.LAST_WEEK, "2026-11-08T16:00:00.000Z", "2026-11-15T16:00:00.000Z"),
        (Period.LAST_MONTH, "2026-09-30T16:00:00.000Z", "2026-10-31T16:00:00.000Z"),
        (Period.LAST_7_DAYS, "2026-11-11T16:00:00.000Z", "2026-11-18T16:00:00.000Z"),
        (Period.LAST_30_DAYS, "2026-10-19T16:00:00.000Z", "2026-11-18T16:00:00.000Z"),
    ],
)
def test_stretches_of_time_begin_and_end_at_midnight_there(period: Period, first: str, end: str) -> None:
    assert bounds(Filter("due", period=period), NOW) == (first, end)


def test_days_of_a_column_that_has_days_are_compared_as_days() -> None:
    assert bounds(Filter("since", period=Period.TODAY), NOW) == ("2026-11-18", "2026-11-19")
    given = Filter("since", period=Period.BETWEEN, first="2026-11-01")
    assert bounds(given, NOW) == ("2026-11-01", None)
