"""Breaks at the desk: the reasons of the company, and whose break has become too long."""

from collections.abc import Callable, Iterator, Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from agent_desktop.sync.live import GoneSeen, LiveDown, LiveUp, OrderCame, StateSeen, TurnSeen
from agent_desktop.ui.appearance.look import Look
from agent_desktop.ui.supervisor.breaks_page import ReasonSum
from agent_desktop.ui.supervisor.words import exchange_word
from agent_desktop.ui.widgets.lines import Line
from agent_desktop.ui.window.rail import Page
from agent_model.agent import AgentId, AgentState, Role, StateEntry
from agent_model.break_reason import NO_ANSWER, Away
from agent_model.scope import ORG
from agent_model.wire import Row
from tests.ui.samples import ME
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
    seat.workspace.team_breaks.tick(seat.clock())
    seat.workspace.team_breaks.tick(seat.clock())
    assert told(seat).count("Zhou Min is longer on “Meal” than the 45 min it is meant to last.") == times


def with_places(seat: AgentSeat, *, is_live: bool = True) -> AgentSeat:
    """One place for a smoke; the server hears nothing here, and says what the test says."""
    seat.mirror.apply(ORG, [Row("break_reason", "smoke", 1, {**SMOKE, "places": [{"at_once": 1}]})], None)
    seat.workspace.sync.company_changed.emit()
    assert seat.pump(lambda: "Smoke" in offered(seat))
    if is_live:
        seat.workspace._in_step._hear_live(LiveUp())
    return seat


def hear(seat: AgentSeat, standing: Away, place: int = 0, agent: str = ME.id) -> None:
    seat.workspace._in_step._hear_live(TurnSeen(AgentId(agent), "smoke", standing, place, ""))


def pick(seat: AgentSeat, reason: str = "smoke") -> None:
    seat.window.top_bar.state.break_wanted.emit(reason)


def test_who_waits_in_line_goes_on_working_and_sees_the_place(sit: Sit) -> None:
    seat = with_places(sit())
    pick(seat)
    hear(seat, Away.IN_LINE, 2)
    assert seat.rooms.session.seat.entry.state is AgentState.READY
    assert seat.window.top_bar.turn.text() == "Break: in line, 2"
    assert "Go on until there is a place" in seat.window.top_bar.turn.toolTip()
    hear(seat, Away.GRANTED)
    assert seat.rooms.session.seat.entry.reason == "smoke"
    assert not seat.window.top_bar.turn.isVisible()


def test_place_that_comes_during_a_call_is_taken_after_it(sit: Sit) -> None:
    seat = with_places(sit())
    seat.rooms.session.call_began("call-1")
    pick(seat)
    hear(seat, Away.GRANTED)
    assert seat.rooms.session.seat.entry.state is AgentState.ON_CALL
    assert [one for one in told(seat) if "begins when this call and its work are done" in one]
    seat.rooms.session.call_ended("call-1", wrap_up_s=0)
    assert seat.rooms.session.seat.entry.reason == "smoke"


def test_refusal_of_the_lead_is_told_and_the_work_goes_on(sit: Sit) -> None:
    seat = with_places(sit())
    pick(seat)
    hear(seat, Away.ASKED)
    assert seat.window.top_bar.turn.text() == "Break asked for"
    hear(seat, Away.REFUSED)
    assert "Your lead cannot let you go now: Smoke. Ask again later." in told(seat)
    assert seat.rooms.session.seat.entry.state is AgentState.READY


def test_without_the_server_the_break_begins_and_is_told_to_count(sit: Sit) -> None:
    seat = with_places(sit())
    seat.workspace._in_step._hear_live(LiveDown())
    pick(seat)
    assert seat.rooms.session.seat.entry.reason == "smoke"
    assert [one for one in told(seat) if "counts all the same" in one]


def test_lead_sees_who_waits_and_decides_by_keys(sit: Sit) -> None:
    seat = with_places(sit(Role.TEAM_LEAD))
    said: list[Mapping[str, Any]] = []
    seat.workspace._in_step.say = said.append  # type: ignore[method-assign, assignment]
    hear(seat, Away.ASKED, agent="a-1007")
    assert [one for one in told(seat) if "Zhou Min asks for a break: Smoke." in one]
    seat.window.show_page(Page.BREAKS)
    page = seat.window.pages.breaks
    page.list.taken.emit("a-1007")
    assert page.agree.isEnabled()
    page.agree.click()
    assert said == [{"type": "break_decided", "agent": "a-1007", "is_granted": True}]
    hear(seat, Away.IN_LINE, 1, agent="a-1007")
    assert not page.agree.isEnabled()
    assert page.list.model().index(0, 0).data() == "Zhou Min"
    hear(seat, Away.OVER, agent="a-1007")
    assert page.nothing.isVisible()


def test_who_let_a_caller_ring_in_vain_is_told_and_not_ready(sit: Sit) -> None:
    seat = sit()
    now = seat.clock()
    seat.workspace._in_step._hear_live(OrderCame(AgentState.BREAK, "no_answer", "", "", now.isoformat()))
    assert seat.rooms.session.seat.entry.reason == "no_answer"
    assert "Did not answer" in seat.window.top_bar.state.text()
    assert [one for one in told(seat) if "You did not answer a caller in time" in one]


def test_workstation_that_is_gone_needs_a_look(sit: Sit) -> None:
    seat = sit(Role.TEAM_LEAD)
    who, in_step = AgentId("a-1007"), seat.workspace._in_step
    seat.window.show_page(Page.AGENTS)
    board = seat.rooms.agent_board
    assert seat.pump(lambda: who in board.all)
    in_step._hear_live(StateSeen(who, StateEntry(AgentState.READY, seat.clock())))
    in_step._hear_live(GoneSeen(who, seat.clock()))
    assert board.all[who].needs_a_look
    assert exchange_word(board.all[who]) == ("Workstation gone", "bad")
    in_step._hear_live(GoneSeen(who, None))
    assert not board.all[who].needs_a_look


def test_lead_is_told_once_who_let_a_caller_ring_in_vain(sit: Sit) -> None:
    seat = sit(Role.TEAM_LEAD)
    assert seat.pump(lambda: seat.workspace._names().person("a-1007") == "Zhou Min")
    in_vain = StateSeen(AgentId("a-1007"), StateEntry(AgentState.BREAK, seat.clock(), NO_ANSWER))
    for event in (in_vain, LiveDown(), LiveUp(), in_vain):
        seat.workspace._in_step._hear_live(event)
    assert [words for words in told(seat) if "ring in vain" in words] == [
        "Zhou Min let a caller ring in vain, and is offered none until they are ready again."
    ]


def test_lead_is_told_once_whose_workstation_is_gone(sit: Sit) -> None:
    seat = sit(Role.TEAM_LEAD)
    assert seat.pump(lambda: seat.workspace._names().person("a-1007") == "Zhou Min")
    gone = GoneSeen(AgentId("a-1007"), seat.clock())
    for event in (gone, GoneSeen(AgentId("a-1007"), None), gone, GoneSeen(AgentId(ME.id), seat.clock())):
        seat.workspace._in_step._hear_live(event)
    assert len([words for words in told(seat) if "Nothing is heard of the workstation of Zhou Min" in words]) == 1
    assert len([words for words in told(seat) if "Nothing is heard" in words]) == 1


def test_many_breaks_are_scrolled_and_the_keyboard_goes_through_them(sit: Sit) -> None:
    seat = sit(Role.TEAM_LEAD)
    seat.window.show_page(Page.BREAKS)
    page, window = seat.window.pages.breaks, seat.window
    before = window.minimumSizeHint().height()
    page.show_lines([Line(f"a-{n}", f"Agent {n}", pill="04:00") for n in range(100)])
    page.list.setFocus()
    QTest.keyClick(page.list, Qt.Key.Key_End)
    row = page.list.visualRect(page.list.currentIndex())

    assert window.minimumSizeHint().height() == before
    assert page.list.current_key == "a-99"
    assert not page.list.visibleRegion().intersected(row).isEmpty()


def test_summary_says_how_many_are_away_wait_and_ask(sit: Sit) -> None:
    seat = sit(Role.TEAM_LEAD)
    seat.window.show_page(Page.BREAKS)
    away = StateEntry(AgentState.BREAK, seat.clock(), "meal")
    seat.workspace._in_step.state_seen.emit(StateSeen(AgentId("a-1007"), away))
    seat.workspace._in_step.turn_seen.emit(TurnSeen(AgentId("a-1005"), "meal", Away.ASKED, 0, ""))

    assert seat.window.pages.breaks.summary.text() == "On a break: 1 · waiting: 0 · asking: 1"


def test_reasons_say_how_many_are_away_too_long_wait_and_ask(sit: Sit) -> None:
    seat = sit(Role.TEAM_LEAD)
    seat.window.show_page(Page.BREAKS)
    late = StateEntry(AgentState.BREAK, seat.clock() - timedelta(minutes=46), "meal")
    seat.workspace._in_step.state_seen.emit(StateSeen(AgentId("a-1007"), late))
    seat.workspace._in_step.turn_seen.emit(TurnSeen(AgentId("a-1005"), "meal", Away.ASKED, 0, ""))
    seat.workspace._in_step.turn_seen.emit(TurnSeen(AgentId("a-1006"), "meal", Away.IN_LINE, 1, ""))
    page = seat.window.pages.breaks

    assert page._sums[1] == ReasonSum("Meal", "45 min", away=1, over=1, waiting=1, asking=1)
    assert [one.name for one in page._sums] == ["Short break", "Meal", "Training", "Meeting"]
    assert {label.text() for label in page.reasons.findChildren(QLabel)} >= {"Meal", "45 min", "Too long", "—"}
