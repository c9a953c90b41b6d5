"""Somebody calls whom this workstation does not know: the server is asked while it rings, else a customer is made."""

from PySide6.QtCore import Qt

from agent_desktop.customers.profile import Known, Unknown
from agent_model.customer import CustomerId
from agent_model.phone_number import PhoneNumber
from demo.seat import Seat
from demo.server import DemoServer
from tests.journeys.company import Colleague, a_customer, bring_in
from tests.journeys.conftest import Ring, Sit
from tests.journeys.sight import focus, is_in_step, ringing, words


def test_customer_known_to_the_server_only_fills_the_pane_while_it_rings(
    sit: Sit, ring: Ring, own_server: DemoServer
) -> None:
    seat = sit()
    _pull_no_more(seat)
    bring_in(own_server.database.parent, a_customer("C-new-1", "周静怡", "+8613799990001"))
    seen = _recognitions(seat)

    ring(seat, "+8613799990001", X_Queue="support", X_Call_Ref="journey-11")

    assert seat.until(lambda: seat.window.customer.customer_id == "C-new-1")
    assert ringing(seat)
    assert "周静怡" in words(seat.window.customer.header)
    assert seat.until(lambda: "周静怡" in words(seat.window.strip.ringing))
    asked = next(n for n, found in enumerate(seen) if isinstance(found, Unknown) and found.is_asking_server)
    filled = next(n for n, found in enumerate(seen) if isinstance(found, Known))
    assert asked < filled


def test_customer_looked_up_once_is_known_without_the_server(sit: Sit, ring: Ring, own_server: DemoServer) -> None:
    seat = sit()
    bring_in(own_server.database.parent, a_customer("C-new-2", "陆明", "+8613799990002"))
    ring(seat, "+8613799990002", X_Call_Ref="journey-12")
    assert seat.until(lambda: seat.window.customer.customer_id == "C-new-2")

    own_server.kill()

    book = seat.workspace._rooms.book
    assert book.customer(CustomerId("C-new-2")) is not None
    assert [one.id for one in book.with_number(PhoneNumber("+8613799990002"))] == ["C-new-2"]


def test_unknown_caller_is_created_by_keys_and_reaches_the_server(sit: Sit, ring: Ring, colleague: Colleague) -> None:
    seat, number = sit(), "+8613799990003"
    given = f'"Zhang San" <sip:{number}@127.0.0.1>'
    caller = ring(seat, number, X_Queue="support", X_Call_Ref="journey-13", P_Asserted_Identity=given)
    stranger = seat.window.customer.stranger
    assert seat.until(stranger.isVisible)
    assert seat.until(lambda: "Nobody has this number" in words(stranger))
    assert stranger.name.text() == "Zhang San"
    seat.press("F9")
    assert caller.wait_for("connected")

    _go_to(seat, stranger.name)
    stranger.name.selectAll()
    seat.type("张三")
    seat.press("Tab")
    seat.type("杭州三石有限公司")
    seat.press("Return")

    assert seat.until(lambda: "张三" in words(seat.window.customer.header))
    assert seat.until(lambda: "张三" in words(seat.window.strip.talking))
    assert seat.until(lambda: len(colleague.with_number(number)) == 1)
    [made] = colleague.with_number(number)
    assert (made["body"]["name"], made["body"]["company"]) == ("张三", "杭州三石有限公司")
    caller.hang_up()
    assert seat.until(lambda: colleague.contacts(made["id"], "journey-13", made["body"]["segment"]))


def test_unknown_caller_is_created_while_the_server_is_away(
    sit: Sit, ring: Ring, own_server: DemoServer, colleague: Colleague
) -> None:
    seat, number = sit(), "+8613799990004"
    own_server.kill()
    caller = ring(seat, number, X_Queue="support", X_Call_Ref="journey-14")
    stranger = seat.window.customer.stranger
    assert seat.until(lambda: "Nobody has this number" in words(stranger))
    seat.press("F9")
    assert caller.wait_for("connected")
    _go_to(seat, stranger.name)
    seat.type("李四")
    seat.press("Return")
    assert seat.until(lambda: "李四" in words(seat.window.customer.header))
    caller.hang_up()
    assert caller.wait_for("ended")

    own_server.start()

    seat.window.offline_banner.act.click()
    assert seat.until(lambda: is_in_step(seat), 30)
    assert [one["body"]["name"] for one in colleague.with_number(number)] == ["李四"]


def test_number_is_learned_when_the_agent_finds_the_caller(sit: Sit, ring: Ring, colleague: Colleague) -> None:
    seat, number = sit(), "+8613799990005"
    ring(seat, number, X_Queue="support", X_Call_Ref="journey-15")
    assert seat.until(lambda: "Nobody has this number" in words(seat.window.customer.stranger))

    seat.press("Ctrl+K")
    seat.type("林建国")
    assert seat.until(seat.window.top_bar.found.isVisible)
    seat.press("Return")

    assert seat.until(lambda: seat.window.customer.customer_id == "C-family-1")
    assert seat.until(lambda: [one["id"] for one in colleague.with_number(number)] == ["C-family-1"])


def _recognitions(seat: Seat) -> list[object]:
    """Everything the calls of this seat are taken for, in order, from now on."""
    seen: list[object] = []

    def note(key: str) -> None:
        item = seat.workspace.items.get(key)
        if item is not None and (not seen or seen[-1] is not item.recognition):
            seen.append(item.recognition)

    seat.workspace.calls.item_changed.connect(note, Qt.ConnectionType.DirectConnection)
    return seen


def _pull_no_more(seat: Seat) -> None:
    """What comes to the server from now on is not here before somebody asks for it."""
    in_step = seat.program._in_step
    in_step.stop()
    assert seat.until(lambda: not in_step._running)


def _go_to(seat: Seat, widget: object) -> None:
    """By F6 from panel to panel."""
    for _ in range(6):
        if focus() is widget:
            break
        seat.press("F6")
    assert focus() is widget
