"""Two customers side by side at the workstation, merged without the server, and found by the id of who went."""

from dataclasses import replace
from datetime import timedelta

import pytest

from agent_desktop.customers.book import CustomerBook
from agent_desktop.customers.edits import CustomerEdits
from agent_desktop.customers.merges import CustomerMerges
from agent_desktop.customers.profile import Known
from agent_desktop.customers.screen_pop import ScreenPop
from agent_desktop.offline.mirror import Mirror
from agent_desktop.offline.outbox import Outbox
from agent_desktop.offline.view import View
from agent_model.body import to_body
from agent_model.customer import CustomerId
from agent_model.customer_merge import CustomerMerge
from agent_model.phone_number import DialPlan
from agent_model.scope import Scope
from agent_model.wire import Gone, Row
from tests.desktop.rows import customer_row
from tests.fakes import SetClock

HOME = Scope("customers:home")
ONE, TWO, THREE = (CustomerId(f"C-{n}") for n in (1, 2, 3))


@pytest.fixture
def clock() -> SetClock:
    return SetClock()


@pytest.fixture
def view(mirror: Mirror, outbox: Outbox) -> View:
    mirror.apply(
        HOME,
        [
            customer_row(ONE, name="王小明", company=None, email="a@b.cn", phones=["+8613800000001"]),
            customer_row(TWO, name="王晓明", company="云岚", email=None, phones=["+8613800000002"]),
            customer_row(THREE, name="李四", phones=["+8613800000003"]),
        ],
        None,
    )
    return View(mirror, outbox)


@pytest.fixture
def merges(view: View, clock: SetClock) -> CustomerMerges:
    return CustomerMerges(view, clock, lambda: "m")


def merge_row(merges: CustomerMerge) -> Row:
    return Row("customer_merge", merges.id, merges.version, to_body(merges))


def test_what_one_lacks_is_taken_from_the_other(merges: CustomerMerges) -> None:
    comparison = merges.compare(ONE, TWO)
    assert comparison is not None
    assert comparison.differing == ("name", "company", "email")
    assert comparison.taken == {"company"}
    assert comparison.turned.taken == {"name", "email"}
    assert comparison.turned.stays.customer.id == TWO


def test_nobody_is_compared_with_themselves_or_with_who_is_not_here(merges: CustomerMerges) -> None:
    assert merges.compare(ONE, ONE) is None
    assert merges.compare(ONE, CustomerId("C-99")) is None


def test_merge_is_one_command_that_waits_for_the_server(merges: CustomerMerges, view: View, outbox: Outbox) -> None:
    comparison = merges.compare(ONE, TWO)
    assert comparison is not None
    merges.merge(comparison)
    [command] = outbox.waiting(10)
    assert (command.entity, command.id) == ("customer_merge", "C-2.m")
    assert {name: change.new for name, change in command.fields.items()} == {
        "customer_id": ONE, "gone": TWO, "taken": ["company"],
    }  # fmt: skip
    [waiting] = merges.into(ONE)
    assert (waiting.gone, waiting.at) == (TWO, None)
    assert not merges.can_be_undone(waiting, (waiting,))
    assert view.row("customer", TWO) is not None


def test_old_id_leads_to_who_stays_and_back_once_undone(merges: CustomerMerges, view: View, clock: SetClock) -> None:
    book = CustomerBook(view, DialPlan("CN"), clock, lambda: "x")
    pop = ScreenPop(book, DialPlan("CN"))
    done = CustomerMerge("C-2.m", ONE, TWO, name="王晓明", nth=1, at=clock(), by="lin.yue", version=1)
    gone = [Gone("customer", TWO)]
    view.mirror.apply(HOME, [merge_row(done)], None, deleted=gone)
    known = pop.recognise("13999999999", TWO)
    assert isinstance(known, Known)
    assert known.profile.customer.id == ONE
    assert book.name_of(TWO) == "王小明"
    undone = CustomerMerge("C-2.m", ONE, TWO, nth=1, is_undone=True, version=2)
    view.mirror.apply(HOME, [merge_row(undone)], None)
    assert book.customer(TWO) is None


def test_id_that_begins_like_another_leads_nowhere(merges: CustomerMerges, view: View, clock: SetClock) -> None:
    done = CustomerMerge("C-2.5.m", ONE, CustomerId("C-2.5"), at=clock(), version=1)
    view.mirror.apply(HOME, [merge_row(done)], None, deleted=[Gone("customer", TWO)])
    assert view.successor(TWO) is None


def test_only_the_last_merge_can_be_undone_and_only_in_its_time(merges: CustomerMerges, clock: SetClock) -> None:
    until = clock() + timedelta(days=30)
    first = CustomerMerge("C-2.m", ONE, TWO, nth=1, at=clock(), undo_until=until)
    second = CustomerMerge("C-3.m", ONE, THREE, nth=2, at=clock(), undo_until=until)
    assert [merges.can_be_undone(one, (first, second)) for one in (first, second)] == [False, True]
    clock.now = until + timedelta(seconds=1)
    assert not merges.can_be_undone(second, (first, second))


def test_undo_is_a_command_too(merges: CustomerMerges, view: View, clock: SetClock, outbox: Outbox) -> None:
    done = CustomerMerge("C-2.m", ONE, TWO, nth=1, at=clock(), undo_until=clock() + timedelta(days=1), version=1)
    view.mirror.apply(HOME, [merge_row(done)], None, deleted=[Gone("customer", TWO)])
    [known] = merges.into(ONE)
    merges.undo(known)
    [command] = outbox.waiting(10)
    assert (command.id, command.base_version, command.fields["is_undone"].new) == ("C-2.m", 1, True)
    assert merges.into(ONE)[0].is_undone


def test_change_that_was_being_written_of_who_went_goes_on_with_who_stays(view: View, clock: SetClock) -> None:
    edits = CustomerEdits(view, DialPlan("CN"), clock)
    begun = edits.begin(TWO)
    assert begun is not None
    edits.save(replace(begun, wanted={"region": "杭州"}, new_number="0571 8888 6666"))
    done = CustomerMerge("C-2.m", ONE, TWO, nth=1, at=clock(), version=1)
    view.mirror.apply(HOME, [merge_row(done)], None, deleted=[Gone("customer", TWO)])
    carried = edits.kept(ONE)
    assert carried is not None
    assert (carried.wanted, carried.new_number) == ({"region": "杭州"}, "0571 8888 6666")
    assert carried.seen["name"] == "王小明"
    assert [draft.customer_id for draft in edits.all()] == [ONE]
    assert edits.kept(THREE) is None
