"""A shift ends: what is open is named, the agent is out of the queues, and it stands in the log."""

import sqlite3
from contextlib import closing

from agent_model.agent import AgentState
from demo.server import DemoServer
from tests.journeys.company import CUSTOMERS, phone_of
from tests.journeys.conftest import Ring, Sit
from tests.journeys.sight import notices, words

TYPED = "half a sentence about the fault"


def test_shift_ends_with_what_is_open_named_and_out_of_the_queues(sit: Sit, ring: Ring, own_server: DemoServer) -> None:
    seat = sit("lin.yue")
    sign_off = seat.window.top_bar.state.sign_off_wanted.emit
    caller = ring(seat, phone_of(CUSTOMERS[40]), X_Queue="support", X_Call_Ref="journey-172")
    seat.press("F9")
    assert caller.wait_for("connected")
    sign_off()
    assert "You are in a call. End it, then sign off." in " ".join(notices(seat))
    caller.hang_up()
    assert seat.until(lambda: seat.workspace._rooms.session.seat.entry.state is AgentState.AFTER_CALL_WORK)
    seat.press("Ctrl+N")
    seat.type(TYPED)

    sign_off()
    leaving = seat.program.signing_off
    assert leaving is not None
    assert seat.until(lambda: leaving.sheet is not None and leaving.sheet.isVisible())
    assert leaving.sheet is not None
    assert "Tickets that are not filed: 1" in words(leaving.sheet)
    leaving.sheet.leave.click()
    assert seat.until(lambda: seat.program._has_left, 20)
    assert seat.stop()

    with closing(sqlite3.connect(own_server.database)) as log:
        assert log.execute("SELECT state FROM agent_state WHERE agent_id = 'lin.yue'").fetchall() == [("offline",)]
        told = log.execute(
            "SELECT DISTINCT state, source FROM floor_event WHERE kind = 'state' AND agent = 'lin.yue'"
        ).fetchall()
        assert {source for _, source in told} == {"told"}
        assert {state for state, _ in told} >= {"ready", "on_call", "after_call_work"}
        deeds = {deed for (deed,) in log.execute("SELECT deed FROM audit_line").fetchall()}
        assert {"signed_in", "signed_out"} <= deeds
