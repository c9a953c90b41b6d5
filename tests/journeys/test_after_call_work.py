"""After the call: a wrap-up code by keys, the clock, and ready again."""

from datetime import timedelta

from agent_model.agent import AgentState
from demo.caller import Caller
from demo.seat import Seat
from tests.journeys.company import CUSTOMERS, Colleague, name_of, phone_of
from tests.journeys.conftest import Ring, Sit
from tests.journeys.sight import open_items, words


def test_wrap_up_code_reaches_the_server(sit: Sit, ring: Ring, colleague: Colleague) -> None:
    customer, seat = CUSTOMERS[7], sit()
    _talk(seat, ring(seat, phone_of(customer), X_Queue="support", X_Call_Ref="journey-31"))
    assert seat.until(seat.window.strip.wrap_up.isVisible)

    seat.press("Ctrl+E")
    seat.type("yuedinghd")
    assert seat.window.right.wrap_up.disposition.list.current is None
    for _ in "hd":
        seat.press("Backspace")
    seat.press("Return")
    seat.type("asked for a call tomorrow")
    seat.press("Ctrl+Return")

    segment = customer.customer.body["segment"]

    def saved() -> object:
        found = colleague.contacts(customer.customer.id, "journey-31", segment)
        return (found[0]["body"].get("wrap_up_code"), found[0]["body"]["text"]) if found else None

    assert seat.until(lambda: saved() == ("callback", "asked for a call tomorrow"))
    assert seat.workspace._rooms.session.seat.entry.state is AgentState.READY


def test_after_call_work_ends_by_itself_and_the_agent_is_ready(sit: Sit, ring: Ring) -> None:
    seat = sit()
    session = seat.workspace._rooms.session
    _talk(seat, ring(seat, phone_of(CUSTOMERS[8]), X_Queue="support", X_Call_Ref="journey-32"))
    assert seat.until(seat.window.strip.wrap_up.isVisible)
    entry = session.seat.entry
    assert entry.state is AgentState.AFTER_CALL_WORK
    assert entry.until is not None
    assert entry.until - entry.since == timedelta(seconds=60)
    assert name_of(CUSTOMERS[8]) in words(seat.window.strip.wrap_up)

    later = entry.until + timedelta(seconds=1)
    session._clock = lambda: later

    assert seat.until(lambda: session.seat.entry.state is AgentState.READY)
    assert seat.until(seat.window.strip.idle.isVisible)
    assert open_items(seat) == ()


def test_queue_sets_how_long_the_work_may_take(sit: Sit, ring: Ring) -> None:
    seat = sit()
    _talk(seat, ring(seat, phone_of(CUSTOMERS[9]), X_Queue="vip", X_Call_Ref="journey-33"))
    assert seat.until(seat.window.strip.wrap_up.isVisible)

    entry = seat.workspace._rooms.session.seat.entry
    assert entry.until is not None
    assert entry.until - entry.since == timedelta(seconds=90)


def test_break_taken_during_the_call_begins_after_the_work(sit: Sit, ring: Ring) -> None:
    seat = sit()
    caller = ring(seat, phone_of(CUSTOMERS[10]), X_Queue="support", X_Call_Ref="journey-34")
    seat.press("F9")
    assert caller.wait_for("connected")
    seat.window.top_bar.state.break_wanted.emit("short")
    caller.hang_up()
    assert seat.until(seat.window.strip.wrap_up.isVisible)

    seat.window.strip.wrap_up.finish.click()

    assert seat.until(lambda: seat.workspace._rooms.session.seat.entry.state is AgentState.BREAK)


def test_item_with_unfinished_words_stays_open_after_the_work(sit: Sit, ring: Ring) -> None:
    seat = sit()
    caller = ring(seat, phone_of(CUSTOMERS[11]), X_Queue="support", X_Call_Ref="journey-35")
    seat.press("F9")
    assert caller.wait_for("connected")
    seat.press("Ctrl+N")
    seat.type("half a")
    caller.hang_up()
    assert seat.until(seat.window.strip.wrap_up.isVisible)

    seat.window.strip.wrap_up.finish.click()

    assert seat.until(seat.window.strip.idle.isVisible)
    assert [item.title for item in open_items(seat)] == [name_of(CUSTOMERS[11])]
    assert seat.window.right.form.subject.text() == "half a"


def _talk(seat: Seat, caller: Caller) -> None:
    """Answered by a key, ended by the caller."""
    seat.press("F9")
    assert caller.wait_for("connected")
    caller.hang_up()
    assert caller.wait_for("ended")
