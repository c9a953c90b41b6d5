import pytest

from agent_desktop.offline.mirror import Cursor, Mirror
from agent_model.customer import CustomerId
from agent_model.phone_number import PhoneNumber
from agent_model.scope import Scope
from agent_model.wire import Gone, Row
from tests.desktop.rows import contact_row, customer_row, ticket_row

HOME, QUEUE = Scope("customers:home"), Scope("queue:q-home")
NUMBER, OTHER_NUMBER = PhoneNumber("+8613800000001"), PhoneNumber("+8613800000002")


def test_rows_and_cursor_are_kept_together(mirror: Mirror) -> None:
    mirror.apply(HOME, [customer_row()], Cursor(7, "e"))
    assert mirror.row("customer", "C-1") == customer_row()
    assert mirror.cursors() == {HOME: Cursor(7, "e")}


def test_newer_version_replaces_and_its_numbers_are_the_only_ones(mirror: Mirror) -> None:
    mirror.apply(HOME, [customer_row(version=1)], None)
    mirror.apply(HOME, [customer_row(version=2, phones=[OTHER_NUMBER])], None)
    assert mirror.customers_with(NUMBER) == []
    assert [row.version for row in mirror.customers_with(OTHER_NUMBER)] == [2]


def test_older_version_changes_nothing_and_its_numbers_do_not_come_back(mirror: Mirror) -> None:
    mirror.apply(HOME, [customer_row(version=2, phones=[OTHER_NUMBER])], None)
    mirror.apply(HOME, [customer_row(version=1)], None)
    assert mirror.customers_with(NUMBER) == []
    assert mirror.row("customer", "C-1") == customer_row(version=2, phones=[OTHER_NUMBER])


def test_two_versions_in_one_page_end_with_the_newer_in_any_order(mirror: Mirror) -> None:
    mirror.apply(HOME, [customer_row(version=3, phones=[OTHER_NUMBER]), customer_row(version=2)], None)
    assert [row.version for row in mirror.customers_with(OTHER_NUMBER)] == [3]
    assert mirror.customers_with(NUMBER) == []


@pytest.mark.parametrize("version_of_second", [1, 2, 3], ids=["older", "same", "newer"])
def test_row_stays_while_another_scope_holds_it(mirror: Mirror, version_of_second: int) -> None:
    mirror.apply(HOME, [ticket_row("1", version=2)], None)
    mirror.apply(QUEUE, [ticket_row("1", version=version_of_second)], None)
    mirror.apply(HOME, [], None, gone=[Gone("ticket", "1")])
    assert mirror.row("ticket", "1") is not None
    mirror.apply(QUEUE, [], None, gone=[Gone("ticket", "1")])
    assert mirror.row("ticket", "1") is None


def test_eviction_from_a_scope_that_never_held_the_row_changes_nothing(mirror: Mirror) -> None:
    mirror.apply(HOME, [ticket_row("1")], None)
    mirror.apply(QUEUE, [], None, gone=[Gone("ticket", "1"), Gone("ticket", "unknown")])
    assert mirror.row("ticket", "1") is not None


def test_deleted_row_leaves_every_scope_with_its_numbers(mirror: Mirror) -> None:
    mirror.apply(HOME, [customer_row()], None)
    mirror.apply(QUEUE, [customer_row()], None, deleted=[Gone("customer", "C-1")])
    assert mirror.row("customer", "C-1") is None
    assert mirror.customers_with(NUMBER) == []


def test_evicted_customer_takes_only_their_own_number_along(mirror: Mirror) -> None:
    mirror.apply(HOME, [customer_row("C-1"), customer_row("C-2")], None)
    mirror.apply(HOME, [], None, gone=[Gone("customer", "C-1")])
    assert [row.id for row in mirror.customers_with(NUMBER)] == ["C-2"]


def test_dropped_scope_takes_what_only_it_held(mirror: Mirror) -> None:
    small = Row("agent", "A-1", 1, {"login": "a"})
    mirror.apply(HOME, [customer_row(), ticket_row("1"), ticket_row("2"), small], Cursor(1, "e"))
    mirror.apply(QUEUE, [ticket_row("2")], Cursor(1, "e"))
    mirror.drop(HOME)
    assert mirror.row("customer", "C-1") is None
    assert mirror.customers_with(NUMBER) == []
    assert mirror.row("ticket", "1") is None
    assert mirror.row("ticket", "2") is not None
    assert mirror.rows("agent") == []
    assert mirror.cursors() == {QUEUE: Cursor(1, "e")}


def test_met_customer_belongs_to_the_scope_that_brings_them_and_goes_with_it(mirror: Mirror) -> None:
    mirror.keep([customer_row()])
    mirror.apply(HOME, [customer_row()], None)
    mirror.apply(HOME, [], None, gone=[Gone("customer", "C-1")])
    assert mirror.row("customer", "C-1") is None


def test_meeting_a_customer_again_does_not_outlast_the_scope(mirror: Mirror) -> None:
    mirror.apply(HOME, [customer_row()], Cursor(1, "e"))
    mirror.keep([customer_row(version=2, name="王小芳")])
    assert mirror.row("customer", "C-1") == customer_row(version=2, name="王小芳")
    mirror.drop(HOME)
    assert mirror.row("customer", "C-1") is None


def test_scope_whose_snapshot_was_cut_short_is_known_and_can_be_dropped(mirror: Mirror) -> None:
    mirror.begin(HOME, "e")
    mirror.apply(HOME, [customer_row()], None)
    assert not mirror.cursors()[HOME].is_whole
    mirror.drop(HOME)
    assert mirror.row("customer", "C-1") is None


def test_sweep_takes_what_the_snapshot_no_longer_holds(mirror: Mirror) -> None:
    agents = [Row("agent", f"A-{n}", 1, {}) for n in range(3)]
    mirror.apply(HOME, [customer_row("C-1"), customer_row("C-2"), ticket_row("1"), *agents], None)
    mirror.apply(QUEUE, [ticket_row("1")], None)
    still = {"C-2", "A-1"}
    mirror.sweep(HOME, lambda _entity, ids: still.intersection(ids))
    assert [row.id for row in mirror.rows("customer")] == ["C-2"]
    assert [row.id for row in mirror.rows("agent")] == ["A-1"]
    assert mirror.row("ticket", "1") is not None


def test_customer_is_found_by_the_end_of_a_number(mirror: Mirror) -> None:
    mirror.apply(HOME, [customer_row("C-1"), customer_row("C-2", phones=[OTHER_NUMBER, "+8657100000001"])], None)
    assert [row.id for row in mirror.customers_ending_in("0002")] == ["C-2"]
    assert {row.id for row in mirror.customers_ending_in("0001")} == {"C-1", "C-2"}


def test_contacts_come_newest_first_and_pages_follow_each_other(mirror: Mirror) -> None:
    moments = [f"2026-11-{day:02d}T08:00:00.000Z" for day in (3, 9, 5, 7)]
    mirror.apply(HOME, [contact_row(f"K-{n}", at) for n, at in enumerate(moments)], None)
    first = mirror.contacts_of(CustomerId("C-1"), limit=2)
    rest = mirror.contacts_of(CustomerId("C-1"), before=first[-1].body["at"])
    assert [row.id for row in (*first, *rest)] == ["K-1", "K-3", "K-2", "K-0"]


def test_row_that_lacks_a_field_is_kept_and_holds_up_nobody(mirror: Mirror) -> None:
    mirror.apply(HOME, [Row("customer", "C-9", 1, {}), Row("ticket", "9", 1, {}), customer_row()], Cursor(1, "e"))
    assert mirror.row("customer", "C-1") is not None
    assert mirror.row("customer", "C-9") == Row("customer", "C-9", 1, {})


def test_field_of_a_newer_server_survives(mirror: Mirror) -> None:
    mirror.apply(HOME, [customer_row(loyalty={"points": 3})], None)
    found = mirror.row("customer", "C-1")
    assert found is not None
    assert found.body["loyalty"] == {"points": 3}


def test_another_life_of_the_server_starts_from_nothing(mirror: Mirror) -> None:
    mirror.apply(HOME, [customer_row(version=9)], Cursor(1, "e"))
    mirror.clear()
    mirror.apply(HOME, [customer_row(version=2)], Cursor(1, "f"))
    assert mirror.row("customer", "C-1") == customer_row(version=2)
