"""A caller wants an account in another name: nothing of it before they have shown who they are, server or not."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtWidgets import QApplication

from agent_desktop.ui.customer.identity_card import IdentityCard
from agent_model.identity_answer import ProfileFact
from demo.seat import Seat
from demo.server import DemoServer
from tests.journeys.company import Colleague, a_customer, bring_in
from tests.journeys.conftest import Ring, Sit
from tests.journeys.sight import is_in_step, words

OWNER = "data/owner"
FIBRE = {"product": "fibre-500", "name": "光纤宽带500M", "status": "active"}
ANSWERS = {
    ProfileFact.NAME: "顾清和",
    ProfileFact.SINCE: "2021年3月",
    ProfileFact.PRODUCT: "５００M",
    ProfileFact.EMAIL: "Gu.Qinghe@Example.com",
    ProfileFact.REGION: "浙江",
}


def come(server: DemoServer, customer_id: str, phone: str) -> None:
    told = a_customer(customer_id, "顾清和", phone)
    told["customer"] |= {
        "since": "2021-03-14", "products": [FIBRE], "email": "gu.qinghe@example.com", "region": "浙江杭州",
    }  # fmt: skip
    bring_in(server.database.parent, told)


def card(seat: Seat) -> IdentityCard:
    return seat.window.customer.header.check


def is_on_line(seat: Seat, call_ref: str) -> bool:
    item = seat.workspace.items.current
    return item is not None and item.call_ref == call_ref and bool(seat.window.customer.customer_id)


def asked(seat: Seat) -> str:
    shown = card(seat)._shown
    return "" if shown is None else shown.key


def answer(seat: Seat, said: str = "") -> str:
    """Types what the caller says to the question on the card; what came of it."""
    assert seat.until(lambda: card(seat).said.isVisible())
    question = asked(seat)
    card(seat).said.setFocus()
    seat.type(said or ANSWERS[ProfileFact(question)])
    seat.press("Return")
    assert seat.until(card(seat).verdict.isVisible)
    if card(seat).next.isVisible():
        card(seat).next.click()
    return question


def answer_wrongly(seat: Seat, ring: Ring, call_ref: str) -> None:
    """A call in which everything that is asked is answered wrongly, to its end."""
    caller = ring(seat, "+8618938820002", X_Queue="support", X_Call_Ref=call_ref)
    seat.press("F9")
    assert caller.wait_for("connected")
    assert seat.until(lambda: is_on_line(seat, call_ref) and seat.window.customer.header.check_button.isVisible())
    seat.press("Ctrl+Shift+K")
    for _ in range(2):
        answer(seat, "不知道")
    caller.hang_up()
    assert caller.wait_for("ended")
    assert seat.until(seat.window.strip.wrap_up.isVisible)
    seat.window.strip.wrap_up.finish.click()


def fill(seat: Seat, subject: str) -> None:
    form = seat.window.right.form
    form.subject.setText(subject)
    form.category.setCurrentIndex(form.category.findData(OWNER))
    form.description.setPlainText("客户要求过户给家人")


def tickets(colleague: Colleague, subject: str) -> Sequence[Any]:
    return [row["body"] for row in colleague.tickets("queue:support", subject)]


def test_identity_check_gates_business(sit: Sit, ring: Ring, own_server: DemoServer, colleague: Colleague) -> None:
    come(own_server, "C-check", "+8618938820001")
    seat = sit()
    caller = ring(seat, "+8618938820001", X_Queue="support", X_Call_Ref="check-1")
    assert seat.until(lambda: seat.window.customer.customer_id == "C-check")
    header, products = seat.window.customer.header, seat.window.customer.products._nothing
    assert seat.until(lambda: header.check_button.text().strip() == "Not checked")
    assert seat.until(lambda: "Shown after the identity check" in products.full_text)
    seat.press("F9")
    assert caller.wait_for("connected")

    fill(seat, "过户一")
    seat.window.right.form.submit.click()
    assert seat.until(lambda: "needs an identity check" in words(seat.window.right.form))
    assert seat.until(card(seat).isVisible)
    assert "顾清和" not in words(card(seat))
    first = answer(seat)
    second = answer(seat)
    assert first != second
    assert seat.until(lambda: header.check_button.text().strip() == "Strong")
    assert seat.until(lambda: products.isHidden())

    seat.window.right.form.submit.click()
    assert seat.until(lambda: len(tickets(colleague, "过户一")) == 1, 30)
    [ticket] = tickets(colleague, "过户一")
    [line] = colleague.contacts("C-check", "check-1", "home")
    assert (line["body"]["kind"], line["body"]["check"]["level"]) == ("identity_check", 2)
    assert ticket["identity_check"] == line["id"]
    assert [one["question"] for one in line["body"]["check"]["answers"]] == [first, second]
    caller.hang_up()
    assert caller.wait_for("ended")
    assert seat.until(seat.window.strip.wrap_up.isVisible)
    seat.window.strip.wrap_up.finish.click()

    again = ring(seat, "+8618938820001", X_Queue="support", X_Call_Ref="check-2")
    assert seat.until(lambda: is_on_line(seat, "check-2"))
    assert seat.until(lambda: header.check_button.text().strip() == "Not checked")
    again.hang_up()


def test_wrong_answers_offline_lock_the_customer_and_the_server_counts_them(
    sit: Sit, ring: Ring, own_server: DemoServer
) -> None:
    come(own_server, "C-locked", "+8618938820002")
    seat = sit()
    assert seat.until(lambda: is_in_step(seat), 30)
    book = seat.workspace._rooms.book
    assert seat.until(lambda: "C-locked" in [one.id for one in book.with_number("+8618938820002")], 30)  # type: ignore[arg-type]
    own_server.kill()
    header = seat.window.customer.header
    for call in ("locked-1", "locked-2"):
        answer_wrongly(seat, ring, call)
    caller = ring(seat, "+8618938820002", X_Queue="support", X_Call_Ref="locked-3")
    seat.press("F9")
    assert caller.wait_for("connected")
    assert seat.until(lambda: is_on_line(seat, "locked-3"))
    assert seat.until(lambda: header.check_button.text().strip() == "Locked today")
    seat.press("Ctrl+Shift+K")
    assert seat.until(lambda: "Too many wrong answers today. Say:" in words(card(seat)))
    assert not card(seat).said.isVisible()
    caller.hang_up()

    own_server.start()
    seat.window.offline_banner.act.click()
    assert seat.until(lambda: is_in_step(seat), 60)
    other = Colleague(own_server.address)
    try:
        lines = [row["body"]["check"] for row in other.rows("customers:home", "contact") if row["body"]["check"]]
        mine = [one for one in lines if any(not answer["is_right"] for answer in one["answers"])]
        assert [len(one["answers"]) for one in mine] == [2, 2]
        assert [one["is_locked"] for one in mine].count(True) == 1
    finally:
        other.close()


def test_right_pin_of_the_exchange_is_a_level(sit: Sit, ring: Ring, own_server: DemoServer) -> None:
    come(own_server, "C-pin", "+8618938820003")
    seat = sit()
    ring(seat, "+8618938820003", X_Queue="support", X_Call_Ref="pin-1", X_Verified="yes")
    header = seat.window.customer.header
    assert seat.until(lambda: header.check_button.text().strip() == "Basic")
    assert QApplication.focusWidget() is not card(seat).said
