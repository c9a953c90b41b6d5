"""A number that a platform lends: it names nobody, it is kept for nobody, with the server or without."""

import pytest

from agent_desktop.customers.book import CustomerBook
from agent_desktop.customers.edits import CustomerEdits, Fault, NotComplete
from agent_desktop.customers.profile import Known, Privacy, Unknown
from agent_desktop.customers.screen_pop import ScreenPop
from agent_desktop.offline.mirror import Mirror
from agent_desktop.offline.outbox import Outbox
from agent_desktop.offline.store import Store
from agent_desktop.offline.view import View
from agent_model.customer import CustomerId, SegmentId
from agent_model.phone_number import DialPlan, PhoneNumber
from agent_model.scope import ORG, Scope
from agent_model.wire import Row
from agent_model.words import Words
from tests.desktop.rows import customer_row
from tests.fakes import SetClock

HOME = Scope("customers:home")
LENT = PhoneNumber("+8617999010012")
OWN = PhoneNumber("+8613800000001")
SUDA = Words("速达外卖", "Suda Takeaway")


def a_range(*spans: str, is_on: bool = True, version: int = 1) -> Row:
    return Row("number_range", "suda", version, {"platform": SUDA.to_body(), "spans": list(spans), "is_on": is_on})


@pytest.fixture
def pop(mirror: Mirror, book: CustomerBook, plan: DialPlan) -> ScreenPop:
    mirror.apply(ORG, [a_range("17999010000-17999019999")], None)
    return ScreenPop(book, plan)


@pytest.mark.parametrize("written", [LENT, "179 9901 0012", "9017999010012", "17999010012,1234"], ids=str)
def test_call_from_a_lent_number_is_shown_as_such(pop: ScreenPop, written: str) -> None:
    assert pop.recognise(written) == Privacy(LENT, SUDA)


def test_nobody_is_named_by_a_lent_number_that_is_on_their_record(mirror: Mirror, pop: ScreenPop) -> None:
    mirror.apply(HOME, [customer_row(phones=[LENT])], None)
    assert pop.recognise(LENT) == Privacy(LENT, SUDA)


def test_exchange_may_name_who_calls_from_a_lent_number(mirror: Mirror, pop: ScreenPop) -> None:
    mirror.apply(HOME, [customer_row()], None)
    found = pop.recognise(LENT, "C-1")
    assert isinstance(found, Known)
    assert (found.number, found.lent_by, found.profile.customer.phones) == (None, SUDA, (OWN,))


def test_range_that_was_taken_back_lends_no_more(mirror: Mirror, pop: ScreenPop) -> None:
    pop.recognise(LENT)
    mirror.apply(ORG, [a_range("17999010000-17999019999", is_on=False, version=2)], None)
    assert pop.recognise(LENT) == Unknown(LENT)


def test_lent_number_is_learned_by_no_way(mirror: Mirror, book: CustomerBook, pop: ScreenPop, outbox: Outbox) -> None:
    mirror.apply(HOME, [customer_row()], None)
    customer = book.customer(CustomerId("C-1"))
    assert customer is not None

    assert book.attach_number(customer, LENT).phones == (OWN,)
    assert outbox.pending().of_row("customer", "C-1") == ()
    assert book.create("赵敏", LENT, SegmentId("home")).phones == ()


def test_lent_number_is_refused_by_the_form_however_it_is_pasted(
    mirror: Mirror, view: View, plan: DialPlan, clock: SetClock, pop: ScreenPop
) -> None:
    mirror.apply(HOME, [customer_row()], None)
    edits = CustomerEdits(view, plan, clock)
    draft = edits.begin("C-1")
    assert draft is not None
    for written in ("+86 179-9901-0012", "１７９９９０１００１２", "179 9901 0012"):
        pasted = type(draft)(draft.customer_id, draft.version, draft.seen, new_number=written)
        with pytest.raises(NotComplete) as refused:
            edits.submit(pasted)
        assert refused.value.faults == {"new_number": Fault.PRIVACY_NUMBER}


def test_ranges_hold_while_a_damaged_cache_is_fetched_again(
    pop: ScreenPop, book: CustomerBook, store: Store, clock: SetClock
) -> None:
    assert pop.recognise(LENT) == Privacy(LENT, SUDA)
    store.quarantine_cache(clock())
    assert book.ranges.all() == ()
    assert book.ranges.range_of(LENT) is not None
