"""A caller abuses the agent: two warnings, the end of the call, a break, by keyboard; the team's lead knows it."""

from collections.abc import Iterator
from typing import Any

import pytest

from agent_desktop.ui.strip.situation import StripState
from agent_desktop.ui.window.right_panel import SCRIPT
from agent_model.abusive_call import COOL_DOWN
from agent_model.agent import AgentState
from demo.seat import Seat
from demo.server import DemoServer
from tests.journeys.company import Colleague
from tests.journeys.conftest import Ring, Sit
from tests.ui.test_panes import texts


@pytest.fixture
def lead(own_server: DemoServer) -> Iterator[Colleague]:
    colleague = Colleague(own_server.address, "zhou.min")
    yield colleague
    colleague.close()


def marks(lead: Colleague, call_ref: str) -> list[dict[str, Any]]:
    rows = lead.rows("leads:home", "abusive_call")
    return [row["body"] for row in rows if row["body"]["call_ref"] == call_ref]


def doing(seat: Seat) -> tuple[AgentState, str | None]:
    entry = seat.window.top_bar.state.seat.entry  # type: ignore[union-attr]
    return entry.state, entry.reason


def test_abusive_call_is_warned_ended_and_rested_from(sit: Sit, ring: Ring, lead: Colleague) -> None:
    seat = sit()
    card = seat.window.right.script.abuse
    caller = ring(seat, "+8618938819901", X_Queue="support", X_Call_Ref="abuse-1")
    seat.press("F9")
    assert caller.wait_for("connected")
    assert seat.take_keyboard()

    assert seat.until(lambda: not card.isHidden())
    seat.press("Ctrl+Shift+V")
    assert seat.window.right.tabs.currentIndex() == SCRIPT
    seat.press("Space")
    assert seat.until(lambda: card.say.hasFocus() and "First warning: say this" in texts(card))
    seat.press("Space")
    assert seat.until(lambda: "Second warning: say this" in texts(card))
    seat.press("Space")
    assert seat.until(card.end.hasFocus)
    seat.press("Space")

    assert seat.until(lambda: seat.window.strip.situation.state is StripState.AFTER_CALL_WORK)
    assert caller.wait_for("ended")
    seat.press("Ctrl+Shift+V")
    assert seat.until(card.rest.hasFocus)
    seat.press("Space")
    assert seat.until(lambda: doing(seat) == (AgentState.BREAK, COOL_DOWN))

    assert seat.until(lambda: [one["cool_down_at"] is not None for one in marks(lead, "abuse-1")] == [True], 30)
    [told] = marks(lead, "abuse-1")
    assert (told["agent"], told["team"], told["abuse"], told["queue"]) == ("lin.yue", "home", "insult", "support")
    assert [one["step"] for one in told["steps"]] == ["first_warning", "second_warning", "ended"]
    times = [told["at"], *(one["at"] for one in told["steps"]), told["cool_down_at"]]
    assert times == sorted(times)
