"""An answer of the knowledge base goes into the ticket by keys, beside what was typed, and with it to the server."""

from tests.journeys.company import CUSTOMERS, Colleague, phone_of
from tests.journeys.conftest import Ring, Sit
from tests.journeys.looking_up import TITLE_CHANGE, TITLE_CHANGE_WORDS, find

ANSWER = "选中那张发票，点“修改抬头”，填写个人姓名或单位名称和税号。"
SUBJECT = "answered from the knowledge base"


def test_answer_inserted_in_ticket_by_keyboard(sit: Sit, ring: Ring, colleague: Colleague) -> None:
    seat, customer = sit(), CUSTOMERS[45]
    caller = ring(seat, phone_of(customer), X_Queue="billing", X_Call_Ref="journey-knowledge-1")
    seat.press("F9")
    assert caller.wait_for("connected")
    assert seat.until(lambda: seat.window.customer.customer_id == customer.customer.id)
    form = seat.window.right.form
    assert seat.until(lambda: form.category.count() > 0)

    assert seat.take_keyboard()
    seat.press("Ctrl+N")
    assert seat.until(form.subject.hasFocus)
    seat.type(SUBJECT)
    seat.press("Tab")
    seat.type("title")
    seat.press("Down")
    seat.press("Return")
    for _ in range(2):
        seat.press("Tab")
    assert seat.until(form.description.hasFocus)
    seat.type("He asks how. ")

    find(seat, TITLE_CHANGE_WORDS, TITLE_CHANGE)
    seat.press("Ctrl+I")
    assert seat.until(lambda: ANSWER in form.description.toPlainText())
    assert form.description.hasFocus()
    with_answer = form.description.toPlainText()
    assert with_answer.startswith("He asks how. \n")
    assert "**" not in with_answer
    seat.press("Ctrl+Z")
    assert form.description.toPlainText() == "He asks how. "
    seat.press("Ctrl+I")
    assert seat.until(lambda: form.description.toPlainText() == with_answer)
    seat.press("Ctrl+L")
    assert seat.until(lambda: form.description.toPlainText().endswith(f"\n电子发票抬头如何修改？ (kb:{TITLE_CHANGE})"))
    seat.type(", told him.")
    seat.press("Ctrl+Return")

    assert seat.until(lambda: form.draft.is_empty)
    assert seat.until(lambda: colleague.tickets("queue:billing", SUBJECT), 30)
    [filed] = colleague.tickets("queue:billing", SUBJECT)
    assert filed["body"]["description"] == f"{with_answer}\n电子发票抬头如何修改？ (kb:{TITLE_CHANGE}), told him."
