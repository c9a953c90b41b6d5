"""Breaks at the desk: the reasons of the company, and whose break has become too long."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from agent_desktop.sync.live import StateSeen
from agent_desktop.ui.appearance.look import Look
from agent_model.agent import AgentId, AgentState, Role, StateEntry
from agent_model.scope import ORG
from agent_model.wire import Row
from tests.ui.seat import AgentSeat

SMOKE = {
    "name": {"zh": "抽烟", "en": "Smoke"}, "minutes": 10, "position": 0, "needs_approval": False, "places": [],
    "is_on": True, "changed_by": None, "changed_at": None,
}  # fmt: skip
Sit = Callable[..., AgentSeat]


@pytest.fixture
def sit(tmp_path: Path, look: Look) -> Iterator[Sit]:
    made: list[AgentSeat] = []

    def sit_down(role: Role = Role.AGENT) -> AgentSeat:
        made.append(AgentSeat(tmp_path, look, role=role))
        return made[-1]

    yield sit_down
    for seat in made:
        seat.close()


def offered(seat: AgentSeat) -> list[str]:
    return [one.name for one in seat.window.top_bar.state.breaks if one.is_offered]


def told(seat: AgentSeat) -> list[str]:
    return [one.words for one in seat.workspace.notices.notices]


def test_reasons_of_the_company_stand_in_the_menu(sit: Sit) -> None:
    seat = sit()
    assert offered(seat) == ["Short break", "Meal", "Training", "Meeting"]
    meeting = {**SMOKE, "name": {"zh": "会议", "en": "Meeting"}, "is_on": False, "position": 4, "minutes": None}
    seat.mirror.apply(ORG, [Row("break_reason", "smoke", 1, SMOKE), Row("break_reason", "meeting", 1, meeting)], None)
    seat.workspace.sync.company_changed.emit()
    assert seat.pump(lambda: offered(seat) == ["Smoke", "Short break", "Meal", "Training"])


def test_break_that_is_over_is_told_once(sit: Sit) -> None:
    seat = sit()
    seat.rooms.session.take_break("short")
    seat.clock.move(minutes=15)
    seat.workspace.breaks.tick(seat.clock())
    assert not [one for one in told(seat) if "are over" in one]
    seat.clock.move(seconds=1)
    seat.workspace.breaks.tick(seat.clock())
    seat.workspace.breaks.tick(seat.clock())
    assert told(seat).count("Short break: the 15 min are over. Choose Ready when you are back.") == 1


@pytest.mark.parametrize(("role", "times"), [(Role.TEAM_LEAD, 1), (Role.DUTY_MANAGER, 1), (Role.AGENT, 0)])
def test_lead_is_told_whose_break_is_too_long(sit: Sit, role: Role, times: int) -> None:
    seat = sit(role)
    assert seat.pump(lambda: seat.workspace._names().person("a-1007") == "Zhou Min")
    away = StateEntry(AgentState.BREAK, seat.clock(), "meal")
    seat.workspace._in_step.state_seen.emit(StateSeen(AgentId("a-1007"), away))
    seat.clock.move(minutes=45, seconds=1)
    seat.workspace.breaks.tick(seat.clock())
    seat.workspace.breaks.tick(seat.clock())
    assert told(seat).count("Zhou Min is longer on “Meal” than the 45 min it is meant to last.") == times
