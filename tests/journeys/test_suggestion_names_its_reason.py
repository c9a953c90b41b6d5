"""What is offered during a call says why: the menu, the queue, what the customer asked, what the agent writes."""

from demo.seat import Seat
from tests.journeys.company import CUSTOMERS, phone_of
from tests.journeys.conftest import Ring, Sit
from tests.journeys.looking_up import lines


def has(seat: Seat, reason: str) -> bool:
    return any(reason in line for line in lines(seat))


def test_suggestion_names_its_reason(sit: Sit, ring: Ring) -> None:
    seat, customer = sit(), CUSTOMERS[46]
    caller = ring(
        seat, phone_of(customer), X_Queue="billing", X_Call_Ref="journey-knowledge-2", X_IVR_Path="账单 › 发票"
    )
    seat.press("F9")
    assert caller.wait_for("connected")
    assert seat.until(lambda: seat.window.customer.customer_id == customer.customer.id)
    assert seat.until(lambda: has(seat, "Chosen in the menu: 账单 › 发票"), 60), lines(seat)

    form = seat.window.right.form
    assert seat.until(lambda: form.category.count() > 0)
    assert seat.take_keyboard()
    seat.press("Ctrl+N")
    seat.press("Tab")
    seat.type("title")
    seat.press("Down")
    seat.press("Return")
    assert seat.until(lambda: has(seat, f"Ticket category: {form.category_name}"), 30), lines(seat)

    assert seat.take_keyboard()
    form.subject.setFocus()
    seat.type("光猫红灯")
    assert form.subject.text() == "光猫红灯"
    assert seat.until(lambda: has(seat, "Fits what you write in the ticket"), 30), lines(seat)
    assert len(lines(seat)) >= 2
    assert all(line.split(", ")[1] for line in lines(seat))
