"""A cache filled beside the one in use, and put in its place."""

import orjson
import pytest

from agent_desktop.offline.fresh import FreshCache
from agent_desktop.offline.intake import SOUND, tag_of
from agent_desktop.offline.mirror import Cursor, Mirror
from agent_model.phone_number import PhoneNumber
from agent_model.scope import Scope
from agent_model.wire import Row
from tests.desktop.rows import customer_row, ticket_row

HOME, MOVED_TO = Scope("customers:home"), Scope("customers:business")
NUMBER, OTHER_NUMBER = PhoneNumber("+8613800000001"), PhoneNumber("+8613800000002")


def put(fresh: FreshCache, scope: Scope, row: Row) -> None:
    body = orjson.dumps(row.body).decode()
    phones = orjson.dumps(row.body["phones"]).decode()
    columns = (row.id, row.version, tag_of(scope), row.body["name"], body, phones, SOUND)
    fresh.put(scope, "customer", [columns])
    fresh.finish(scope, 7, "e")


def half_done(fresh: FreshCache) -> None:
    put(fresh, HOME, customer_row(version=9))
    raise KeyError


def test_what_was_met_outside_all_scopes_comes_along(mirror: Mirror) -> None:
    mirror.keep([ticket_row("1")])
    with mirror.replaced() as fresh:
        put(fresh, HOME, customer_row())
        assert mirror.row("customer", "C-1") is None
    assert mirror.row("customer", "C-1") == customer_row()
    assert [row.id for row in mirror.customers_with(NUMBER)] == ["C-1"]
    assert mirror.row("ticket", "1") == ticket_row("1")
    assert mirror.cursors() == {HOME: Cursor(7, "e")}


def test_customer_who_moved_between_two_snapshots_has_the_newer_numbers_only(mirror: Mirror) -> None:
    with mirror.replaced() as fresh:
        put(fresh, HOME, customer_row(version=1))
        put(fresh, MOVED_TO, customer_row(version=2, phones=[OTHER_NUMBER]))
    assert mirror.customers_with(NUMBER) == []
    assert [row.version for row in mirror.customers_with(OTHER_NUMBER)] == [2]


def test_filling_that_fails_leaves_the_cache_as_it_was(mirror: Mirror) -> None:
    mirror.apply(HOME, [customer_row()], Cursor(3, "e"))
    with pytest.raises(KeyError), mirror.replaced() as fresh:
        half_done(fresh)
    assert mirror.row("customer", "C-1") == customer_row()
    assert mirror.cursors() == {HOME: Cursor(3, "e")}
