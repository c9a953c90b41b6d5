"""What was typed about a call outlives the window, and a queue's rules for the work after it hold offline."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from agent_model.agent import AgentState
from demo.caller import Caller
from demo.ports import free_port
from demo.server import DemoServer
from tests.journeys.company import CUSTOMERS, Colleague, name_of, phone_of
from tests.journeys.conftest import Ring, Sit
from tests.journeys.other_window import OtherWindow, end_phone, note_on_disk
from tests.journeys.sight import is_in_step, open_items

BEFORE_THE_KILL, FORCED, LOCKED = CUSTOMERS[50], CUSTOMERS[51], CUSTOMERS[52]


@pytest.fixture
def other(tmp_path: Path, server: DemoServer) -> Iterator[OtherWindow]:
    window = OtherWindow(tmp_path / "other", server.address, free_port())
    assert window.until(lambda seen: seen["window"] and seen["categories"])
    yield window
    window.close()
    end_phone(window)


def test_killed_window_comes_back_with_the_wrap_up_and_saves_it(
    other: OtherWindow, sit: Sit, colleague: Colleague
) -> None:
    customer = BEFORE_THE_KILL.customer
    called = {"X-Queue": "support", "X-Call-Ref": "wrap-1"}
    with Caller(other.sip_address, phone_of(BEFORE_THE_KILL), called) as caller:
        assert other.until(lambda seen: seen["ringing"] and seen["customer"] == customer.id)
        other.do("press F9")
        assert caller.wait_for("connected")
        assert other.until(lambda seen: seen["talking"])
        caller.hang_up()
        assert caller.wait_for("ended")
    assert other.until(lambda seen: not seen["talking"])
    for wish in ("press Ctrl+E", "type 101", "press Return", "type asked about the bill"):
        other.do(wish)
    assert other.until(lambda _: note_on_disk(other.paths, "call:wrap-1") == "asked about the bill")

    other.kill()

    end_phone(other)
    again = sit(home=other.paths.settings.parent)
    assert again.until(lambda: [item.title for item in open_items(again)] == [name_of(BEFORE_THE_KILL)])
    again.press("Ctrl+1")
    form = again.window.right.wrap_up
    assert again.until(lambda: form.note.toPlainText() == "asked about the bill")
    assert form.disposition.chosen == "answered"
    again.press("Ctrl+Return")

    def saved() -> object:
        found = colleague.contacts(customer.id, "wrap-1", customer.body["segment"])
        return [(one["body"]["wrap_up_code"], one["body"]["text"]) for one in found]

    assert again.until(lambda: saved() == [("answered", "asked about the bill")], 30)


def test_forced_disposition_keeps_the_agent_at_work_without_the_server(
    sit: Sit, ring: Ring, own_server: DemoServer
) -> None:
    seat = sit()
    session = seat.workspace._rooms.session
    own_server.kill()
    caller = ring(seat, phone_of(FORCED), X_Queue="billing", X_Call_Ref="wrap-2")
    seat.press("F9")
    assert caller.wait_for("connected")
    caller.hang_up()
    assert caller.wait_for("ended")
    page = seat.window.strip.wrap_up
    assert seat.until(page.isVisible)
    work = session.seat.work
    assert work is not None
    assert work.until is not None
    later = work.until + timedelta(seconds=5)
    session._clock = lambda: later

    seat.press("Ctrl+Shift+R")
    assert seat.until(lambda: session.seat.wanted is AgentState.READY)
    assert session.seat.entry.state is AgentState.AFTER_CALL_WORK
    seat.press("Ctrl+E")
    seat.type("111")
    seat.press("Return")
    seat.type("explained the roaming days")
    seat.press("Ctrl+Return")
    assert seat.until(lambda: session.seat.entry.state is AgentState.READY)

    own_server.start()
    seat.window.offline_banner.act.click()
    assert seat.until(lambda: is_in_step(seat), 60)
    other = Colleague(own_server.address)
    try:
        found = other.contacts(FORCED.customer.id, "wrap-2", FORCED.customer.body["segment"])
    finally:
        other.close()
    assert [(one["body"]["wrap_up_code"], one["body"]["text"]) for one in found] == [
        ("bill-explained", "explained the roaming days")
    ]
