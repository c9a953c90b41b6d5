"""Alerts of the floor at a lead's desk: told once, marked on the boards, gone to by one key, over by themselves."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from agent_desktop.supervisor.alerts import Alerts
from agent_desktop.ui.appearance.look import Look
from agent_desktop.ui.supervisor.agents_model import Column
from agent_desktop.ui.wallboard.alerts import AlertLine, AlertsStrip
from agent_desktop.ui.window.notices import Weight
from agent_desktop.ui.window.rail import Page
from agent_model.agent import AgentId, Role
from agent_model.alert import Alert, AlertKind
from agent_model.floor_bound import Grade
from agent_model.words import Words
from tests.ui.desk import formats
from tests.ui.samples import NOW
from tests.ui.seat import AgentSeat
from tests.ui.test_agent_board import agent_row

LONG = Alert(
    "al-1",
    "long_call",
    Words("通话过长", "Long call"),
    AlertKind.LONG_CALL,
    Grade.WARN,
    920,
    900,
    NOW,
    "billing",
    "b-1",
)
LEVEL = Alert(
    "al-2", "service_level", Words("服务水平下降", "Service level falls"), AlertKind.SERVICE_LEVEL, Grade.BAD, 55, 70,
    NOW, "billing",
)  # fmt: skip
KEY = (Qt.Key.Key_9, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)


@pytest.fixture
def seat(tmp_path: Path, look: Look) -> Iterator[AgentSeat]:
    made = AgentSeat(tmp_path, look, company=tuple(agent_row(n) for n in range(3)), role=Role.TEAM_LEAD)
    made.window.activateWindow()
    assert QTest.qWaitForWindowActive(made.window, 5_000)
    yield made
    made.close()


def tell(seat: AgentSeat, *alerts: Alert) -> None:
    for one in alerts:
        seat.workspace.alerts.hear(one)


def said(seat: AgentSeat) -> list[tuple[Weight, str, bool]]:
    return [(one.weight, one.words, one.over_at is None) for one in seat.workspace.notices.notices if one.alert]


def test_worst_stands_first_and_each_is_new_once() -> None:
    alerts = Alerts()

    assert [alerts.hear(one) for one in (LONG, LEVEL, LONG)] == [True, True, False]
    assert list(alerts.standing) == [LEVEL, LONG]
    assert alerts.of(AgentId("b-1")) == LONG
    alerts.hear(replace(LEVEL, ended_at=NOW))
    assert list(alerts.standing) == [LONG]
    alerts.begin_anew()
    assert (list(alerts.standing), alerts.hear(LONG)) == ([], False)


def test_alert_is_told_once_with_what_was_found_and_is_over_by_itself(seat: AgentSeat) -> None:
    tell(seat, LONG, LONG)
    [(weight, words, stands)] = said(seat)
    assert (weight, stands) == (Weight.WARNING, True)
    assert words.startswith("Long call: Agent 001, 15:20 (from 15:00)")

    tell(seat, replace(LONG, ended_at=NOW))

    assert [one[2] for one in said(seat)] == [False]


def test_one_key_goes_to_the_agent_whose_row_says_it(seat: AgentSeat) -> None:
    tell(seat, LONG)

    QTest.keyClick(seat.window, *KEY)

    page = seat.window.pages.agents
    assert seat.pump(lambda: page.table.current == "b-1")
    assert seat.window.pages.shown is Page.AGENTS
    assert page.model.cell(page.model.row_of("b-1"), Column.EXCHANGE).text == "▲ Long call"
    tell(seat, replace(LONG, ended_at=NOW))
    assert seat.pump(lambda: page.model.cell(page.model.row_of("b-1"), Column.EXCHANGE).text == "")


def test_one_key_goes_to_the_queue_on_the_wallboard(seat: AgentSeat) -> None:
    tell(seat, LONG, LEVEL)

    QTest.keyClick(seat.window, *KEY)

    assert seat.window.pages.shown is Page.WALLBOARD
    assert seat.workspace.wallboard._wallboard.chosen == "billing"
    strip = seat.window.pages.wallboard.alerts
    assert strip.isVisible()
    assert [(one.grade, one.words, one.since) for one in strip.lines] == [
        (Grade.BAD, "Service level falls: billing, 55% (below 70%)", f"since {clock(NOW)}"),
        (Grade.WARN, "Long call: Agent 001, 15:20 (from 15:00)", f"since {clock(NOW)}"),
    ]
    tell(seat, replace(LONG, ended_at=NOW), replace(LEVEL, ended_at=NOW))
    assert not strip.isVisible()


def test_whole_screen_names_nobody(seat: AgentSeat) -> None:
    earlier = NOW - timedelta(minutes=3)
    tell(seat, LONG, replace(LONG, id="al-3", agent="b-2", began_at=earlier), LEVEL)
    seat.workspace.wallboard._fill_or_leave()

    page = seat.window.pages.wallboard
    assert [one.words for one in page.alerts.lines] == [
        "Service level falls: billing, 55% (below 70%)",
        "Long call: agents 2",
    ]
    assert page.alerts.lines[1].since == f"since {clock(earlier)}"
    seat.workspace.wallboard._fill_or_leave()
    assert "Agent 001" in page.alerts.accessibleDescription()


def test_alerts_that_have_no_room_are_counted(look: Look) -> None:
    strip = AlertsStrip(look)
    line = AlertLine(Grade.BAD, "Service level falls: Billing, 55% (below 70%)", "since 10:12")
    strip.show_lines([line] * 4)
    widths = (200, 900, 1366, 4000)
    fits = []
    for width in widths:
        strip.resize(width, 30)
        fits.append(strip.fitting)

    assert (fits[0], fits[-1]) == (1, 4)
    assert fits == sorted(fits)
    assert strip.accessibleDescription().count("Alarm") == 4


def clock(moment: datetime) -> str:
    return formats("en").clock(moment)


def test_notice_behind_the_bell_goes_there_too(seat: AgentSeat) -> None:
    tell(seat, LEVEL)
    seat.window.show_page(Page.NOTICES)
    key = next(one.key for one in seat.workspace.notices.notices if one.alert)

    seat.window.pages.notices.notice_taken.emit(key)

    assert seat.window.pages.shown is Page.WALLBOARD


def test_without_an_alert_the_key_says_so(seat: AgentSeat) -> None:
    QTest.keyClick(seat.window, *KEY)

    assert seat.workspace.notices.notices[0].words == "There is no alert now."
    assert seat.window.pages.shown is Page.WORKSPACE


def test_lost_connection_ends_what_is_not_told_again(seat: AgentSeat) -> None:
    tell(seat, LONG, LEVEL)

    seat.workspace.alerts._begin_anew()
    tell(seat, LEVEL)

    assert seat.workspace.alerts.alerts.standing == (LEVEL,)
    assert len(said(seat)) == 2


def test_agent_is_told_of_none(tmp_path: Path, look: Look) -> None:
    made = AgentSeat(tmp_path, look)
    tell(made, LONG)
    told = said(made)
    made.close()

    assert told == []
