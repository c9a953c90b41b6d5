"""My figures beside goal and team, the honours board with one's own name on it or not; a lead's view of hard calls."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from agent_desktop.ui.appearance.look import Look
from agent_desktop.ui.desks.own_figures import SEND_EVERY_S
from agent_desktop.ui.window.rail import Page
from agent_model.adherence import Adherence, AdherenceNow
from agent_model.agent import Role
from agent_model.care_policy import OwnMeasure
from agent_model.own_figures import (
    HardCall,
    HonoursBoard,
    HonoursList,
    HonoursPlace,
    Load,
    MoodQuestion,
    MoodWeek,
    OwnFigure,
    OwnFigures,
    Reveal,
    TeamCare,
    WhyHard,
)
from agent_model.shift_plan import Planned, PlannedTime
from tests.ui.samples import ME
from tests.ui.seat import AgentSeat
from tests.ui.test_panes import texts

SeatAs = Callable[[Role], AgentSeat]


@pytest.fixture
def seat_as(look: Look, tmp_path: Path) -> Iterator[SeatAs]:
    made: list[AgentSeat] = []

    def sit(role: Role) -> AgentSeat:
        made.append(AgentSeat(tmp_path / role, look, role=role))
        return made[-1]

    yield sit
    for one in made:
        one.close()


def go(seat: AgentSeat) -> None:
    QTest.keyClick(seat.window, Qt.Key.Key_5, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)


def test_own_figures_stand_beside_goal_and_team(seat_as: SeatAs) -> None:
    seat = seat_as(Role.AGENT)
    solved = OwnFigure(OwnMeasure.SOLVED_FIRST, 75.0, 4, 82.5, 88.0, 250, 81.0, 80)
    kept = OwnFigure(OwnMeasure.RETAINED, 3.0, None, 1.25, 40.0, None, 21.0, 2)
    quality = OwnFigure(OwnMeasure.QUALITY, None, 0, None, None, 0, None, 90)
    seat.server.kept_figures = OwnFigures((solved, kept, quality))

    go(seat)
    page = seat.window.pages.own_figures
    assert seat.pump(lambda: {"Solved first time", "75%", "80%", "Below the goal", "88%"} <= set(texts(page.figures)))
    assert {"Customers kept", "3", "Goal reached", "40", "—"} <= set(texts(page.figures))
    assert not page.care.isVisible()


def test_name_is_taken_off_the_board_and_the_board_is_asked_again(seat_as: SeatAs) -> None:
    seat = seat_as(Role.AGENT)
    places = (HonoursPlace(None, 12, is_own=False), HonoursPlace(ME.id, 9, is_own=True))
    seat.server.kept_honours = HonoursBoard(
        is_on=True, is_named=True, lists=(HonoursList(OwnMeasure.RETAINED, places),)
    )
    go(seat)
    page = seat.window.pages.own_figures
    assert seat.pump(lambda: {"1", "One of us", "12"} <= set(texts(page.honours)))

    page.named.setFocus()
    QTest.keyClick(page.named, Qt.Key.Key_Space)
    assert seat.pump(lambda: not seat.server.kept_honours.is_named)
    assert seat.pump(lambda: not page.named.isChecked())


def test_company_without_a_board_shows_none(seat_as: SeatAs) -> None:
    seat = seat_as(Role.AGENT)
    seat.server.kept_figures = OwnFigures((OwnFigure(OwnMeasure.RETAINED, 3.0, None, 1.0, 4.0, None, 2.0, None),))
    go(seat)
    page = seat.window.pages.own_figures
    assert seat.pump(page.figures.isVisible)
    assert not page.honours.isVisible()


def test_lead_sees_what_hard_calls_left_behind(seat_as: SeatAs) -> None:
    seat = seat_as(Role.TEAM_LEAD)
    now = seat.clock.now
    hard = (HardCall(now - timedelta(minutes=50), WhyHard.ABUSIVE), HardCall(now - timedelta(minutes=40), WhyHard.LONG))
    looked = Reveal(now - timedelta(hours=3), ME.id, "wang", now - timedelta(hours=2), "phones", "calling back")
    seat.server.kept_care = TeamCare(
        (Load(ME.id, ME.team, hard, 7, 2300, None),), (looked,), (MoodWeek("home", "2026-W47", 7, 3.6),)
    )
    go(seat)
    page = seat.window.pages.own_figures
    assert seat.pump(lambda: any("calling back" in text for text in texts(page.care.reveals)))
    loads = texts(page.care.loads)
    assert {"7", "38:20", "Not taken"} <= set(loads)
    assert {text.split(" ")[-1] for text in loads} >= {"abusive", "long"}
    assert {"2026-W47", "home", "3.6", "3.6 of 5, 7 answers"} <= set(texts(page.care.moods))
    assert "How the team fares" in texts(page)
    assert not page.figures.isVisible()
    assert not page.named.isVisible()


def test_question_of_the_week_is_answered_once_and_sent_later_without_a_name(seat_as: SeatAs) -> None:
    seat = seat_as(Role.AGENT)
    numbers = rsa.generate_private_key(65537, 2048).private_numbers()
    seat.server.mood_secret = numbers.d
    until = seat.clock.now + timedelta(days=3)
    seat.server.kept_question = MoodQuestion("home/2026-W47", "2026-W47", f"{numbers.public_numbers.n:x}", until)
    seat.workspace.own_figures.begin()
    go(seat)
    page = seat.window.pages.own_figures
    assert seat.pump(page.mood.isVisible)
    assert seat.pump(lambda: "How did you feel at work this week?" in texts(page.mood))

    page.levels[4].setFocus()
    QTest.keyClick(page.levels[4], Qt.Key.Key_Space)
    assert seat.pump(lambda: not page.levels[4].isVisible())
    assert any("You said “Good”" in text for text in texts(page.mood))
    assert seat.server.moods == []
    seat.clock.move(hours=1)
    for _ in range(SEND_EVERY_S):
        seat.workspace.own_figures.tick()
    assert seat.pump(lambda: seat.server.moods == [4])


def test_own_shift_is_said_with_the_next_break_and_nobody_elses(seat_as: SeatAs) -> None:
    seat = seat_as(Role.AGENT)
    now, hour, clock = seat.clock(), timedelta(hours=1), seat.workspace._formats.clock
    times = (
        PlannedTime(Planned.WORK, now - hour, now + hour),
        PlannedTime(Planned.BREAK, now + hour, now + 2 * hour),
        PlannedTime(Planned.WORK, now + 2 * hour, now + 7 * hour),
    )
    so_far = Adherence(3_600_000, 3_240_000)
    own = AdherenceNow(ME.id, now.date(), so_far, Planned.WORK, now + hour, times=times)
    go(seat)
    shift = seat.window.pages.own_figures.shift
    assert not shift.isVisible()
    seat.workspace._in_step._hear_live(replace(own, agent="somebody"))
    seat.workspace._in_step._hear_live(own)
    words = (
        f"Your shift: {clock(now - hour)} to {clock(now + 7 * hour)}"
        f" · next break {clock(now + hour)} to {clock(now + 2 * hour)} · adherence 90%"
    )
    assert seat.pump(lambda: shift.text() == words)
    assert shift.isVisible()
    seat.workspace._in_step._hear_live(replace(own, agent="somebody", so_far=Adherence(1, 0)))
    assert shift.text() == words
    seat.workspace._in_step._hear_live(AdherenceNow(ME.id))
    assert seat.pump(lambda: not shift.isVisible())


def test_without_the_server_it_says_so_and_what_was_there_stays(seat_as: SeatAs) -> None:
    seat = seat_as(Role.TEAM_LEAD)
    seat.server.kept_care = TeamCare()
    go(seat)
    page = seat.window.pages.own_figures
    assert seat.pump(lambda: "Nobody whom you lead had a hard call today." in texts(page.care.loads))
    seat.server.kept_care = None
    page.again.click()
    assert seat.pump(page.outcome.isVisible)
    assert page.care.isVisible()


@pytest.mark.parametrize(("role", "is_offered"), [(Role.AGENT, True), (Role.TEAM_LEAD, True), (Role.EDITOR, False)])
def test_page_is_for_agents_and_who_leads_them(seat_as: SeatAs, role: Role, is_offered: bool) -> None:
    assert seat_as(role).window.rail.offers(Page.OWN_FIGURES) is is_offered
