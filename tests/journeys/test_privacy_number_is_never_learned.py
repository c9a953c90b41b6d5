"""Somebody calls from a number that a platform lent them: it names nobody, and nobody's record ever holds it."""

from agent_desktop.customers.profile import Known
from agent_model.customer import CustomerId
from demo.seat import Seat
from demo.server import DemoServer
from tests.journeys.company import CUSTOMERS, FAMILY, Colleague, phone_of
from tests.journeys.conftest import Ring, Sit
from tests.journeys.sight import is_in_step, words

LENT = "+8617999010012"
PLATFORM = "Privacy number of Suda Takeaway"


def phones(colleague: Colleague, customer_id: str) -> list[str]:
    [row] = [row for row in colleague.rows("customers:home", "customer") if row["id"] == customer_id]
    found: list[str] = row["body"]["phones"]
    return found


def test_privacy_number_is_never_learned(sit: Sit, ring: Ring, own_server: DemoServer, colleague: Colleague) -> None:
    seat = sit()
    own_server.kill()
    before = phones_on_this_disk(seat)

    caller = ring(seat, "17999010012,1234", X_Queue="support", X_Call_Ref="lent-1")
    stranger = seat.window.customer.stranger
    assert seat.until(lambda: PLATFORM in words(stranger))
    assert seat.until(lambda: PLATFORM in words(seat.window.strip.ringing))
    assert "179****0012" in words(stranger)
    seat.press("F9")
    assert caller.wait_for("connected")

    seat.press("Ctrl+K")
    seat.type("林建国")
    assert seat.until(seat.window.top_bar.found.isVisible)
    seat.press("Return")
    assert seat.until(lambda: seat.window.customer.customer_id == FAMILY[0])
    assert PLATFORM in words(seat.window.strip.talking)
    assert "179****0012" not in words(seat.window.customer.header)

    seat.press("F2")
    editor = seat.window.customer.editor
    assert seat.until(lambda: editor.is_open)
    editor.new_number.setText("+86 179－9901－0012")
    editor.send()
    assert seat.until(lambda: "a platform lends" in words(editor))
    editor.discard.click()
    caller.hang_up()
    assert caller.wait_for("ended")

    own_server.start()
    seat.window.offline_banner.act.click()
    assert seat.until(lambda: is_in_step(seat), 60)
    other = Colleague(own_server.address)
    try:
        assert LENT not in phones(other, FAMILY[0])
        assert other.contacts(FAMILY[0], "lent-1", "home")
        assert other.with_number(LENT) == []
    finally:
        other.close()
    assert phones_on_this_disk(seat) == before


def test_exchange_may_say_who_calls_from_a_lent_number(sit: Sit, ring: Ring, colleague: Colleague) -> None:
    seat, named = sit(), CUSTOMERS[3]

    ring(seat, LENT, X_Queue="support", X_Call_Ref="lent-2", X_Customer_Id=named.customer.id)

    assert seat.until(lambda: seat.window.customer.customer_id == named.customer.id)
    assert seat.until(lambda: PLATFORM in words(seat.window.strip.ringing))
    item = seat.workspace.items.current
    assert item is not None
    assert isinstance(item.recognition, Known)
    assert item.recognition.number is None
    assert item.number_kept(seat.workspace._rooms.plan) == phone_of(named)


def test_new_customer_behind_a_lent_number_has_no_number(sit: Sit, ring: Ring, colleague: Colleague) -> None:
    seat = sit()
    ring(seat, LENT, X_Queue="support", X_Call_Ref="lent-3")
    stranger = seat.window.customer.stranger
    assert seat.until(lambda: PLATFORM in words(stranger))

    stranger.name.setText("宋新客")
    stranger.create_button.click()

    assert seat.until(lambda: "宋新客" in words(seat.window.customer.header))
    item = seat.workspace.items.current
    assert item is not None
    assert item.customer is not None
    scope = f"customers:{item.customer.segment}"

    def made() -> list[list[str]]:
        return [row["body"]["phones"] for row in colleague.rows(scope, "customer") if row["body"]["name"] == "宋新客"]

    assert seat.until(lambda: made() == [[]], 60)


def phones_on_this_disk(seat: Seat) -> list[tuple[str, ...]]:
    book = seat.workspace._rooms.book
    return [
        customer.phones for customer in (book.customer(id_) for id_ in map(CustomerId, FAMILY)) if customer is not None
    ]
