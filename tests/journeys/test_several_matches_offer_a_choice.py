"""Two customers share a telephone: the agent asks, and chooses by keys."""

from demo.seat import Seat
from tests.journeys.company import FAMILY, SHARED_PHONE, Colleague
from tests.journeys.conftest import Ring, Sit
from tests.journeys.sight import focus, open_items, words


def test_several_customers_with_the_number_are_offered_and_none_is_guessed(sit: Sit, ring: Ring) -> None:
    seat = sit()

    ring(seat, SHARED_PHONE, X_Queue="support", X_Call_Ref="journey-21")

    pane = seat.window.customer
    assert seat.until(pane.chooser.isVisible)
    assert "2 customers have the number" in words(pane.chooser)
    assert pane.customer_id == ""
    assert [item.title for item in open_items(seat)] == ["2 possible customers"]


def test_chosen_customer_is_the_one_of_the_call_and_of_its_line(sit: Sit, ring: Ring, colleague: Colleague) -> None:
    seat = sit()
    caller = ring(seat, SHARED_PHONE, X_Queue="support", X_Call_Ref="journey-22")
    assert seat.until(seat.window.customer.chooser.isVisible)
    seat.press("F9")
    assert caller.wait_for("connected")

    _go_to_chooser(seat)
    seat.press("Down")
    seat.press("Return")

    assert seat.until(lambda: seat.window.customer.customer_id in FAMILY)
    chosen = seat.window.customer.customer_id
    assert seat.until(lambda: open_items(seat)[0].title in words(seat.window.strip.talking))
    caller.hang_up()
    assert seat.until(lambda: colleague.contacts(chosen, "journey-22", "home"))
    other = next(one for one in FAMILY if one != chosen)
    assert colleague.contacts(other, "journey-22", "home") == []


def test_call_that_ends_before_the_choice_waits_for_it(sit: Sit, ring: Ring, colleague: Colleague) -> None:
    seat = sit()
    caller = ring(seat, SHARED_PHONE, X_Queue="support", X_Call_Ref="journey-23")
    seat.press("F9")
    assert caller.wait_for("connected")
    assert seat.until(seat.window.customer.chooser.isVisible)
    caller.hang_up()
    assert seat.until(seat.window.strip.wrap_up.isVisible)

    _go_to_chooser(seat)
    seat.press("Return")

    assert seat.until(lambda: seat.window.customer.customer_id in FAMILY)
    assert seat.until(lambda: colleague.contacts(seat.window.customer.customer_id, "journey-23", "home"))


def _go_to_chooser(seat: Seat) -> None:
    chooser = seat.window.customer.chooser
    for _ in range(6):
        if chooser.isAncestorOf(focus()):
            break
        seat.press("F6")
    assert chooser.isAncestorOf(focus())
