"""Alerts of the floor at a lead's desk: told once, marked on the boards, gone to by one key, over by themselves."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QSignalSpy, QTest
from PySide6.QtWidgets import QWidget

from agent_desktop.errors import ServerRefused, ServerUnreachable
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
    assert made.pump(lambda: made.workspace._names().person("b-1") == "Agent 001")
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


def see(seat: AgentSeat) -> None:
    QTest.keyClick(seat.window, Qt.Key.Key_F12, Qt.KeyboardModifier.ShiftModifier)


def of_keyboard(seat: AgentSeat, widget: QWidget) -> None:
    widget.setFocus()
    QTest.keyClick(widget, Qt.Key.Key_Z, Qt.KeyboardModifier.AltModifier)


def taken(alert: Alert, by: str = "zhou.min") -> Alert:
    return replace(alert, taken_by=by, taken_at=NOW + timedelta(minutes=2))


def band(seat: AgentSeat) -> str:
    return seat.window.alert_band.words


SEEN = f"Seen by zhou.min since {formats('en').clock(NOW + timedelta(minutes=2))}"
LEVEL_WORDS = "Alarm: Service level falls: billing, 55% (below 70%)"
LONG_WORDS = "Watch: Long call: Agent 001, 15:20 (from 15:00)"


@pytest.mark.parametrize("page", [Page.WORKSPACE, Page.REPORTS, Page.AGENTS, Page.WALLBOARD, Page.RULES, Page.NOTICES])
def test_first_alert_that_nobody_sees_to_stands_over_every_page(seat: AgentSeat, page: Page) -> None:
    seat.window.show_page(page)
    focus = seat.window.focusWidget()

    tell(seat, LONG, LEVEL)
    assert seat.window.alert_band.isVisible()
    assert (band(seat), seat.window.alert_band.accessibleName()) == (LEVEL_WORDS, "Alert")
    assert seat.window.focusWidget() is focus
    tell(seat, taken(LEVEL))
    assert band(seat) == LONG_WORDS
    tell(seat, replace(LONG, ended_at=NOW))
    assert band(seat) == ""


def test_key_says_to_the_server_that_the_lead_sees_to_the_alert_at_the_top(seat: AgentSeat) -> None:
    tell(seat, LONG, LEVEL)

    see(seat)
    assert seat.pump(lambda: seat.server.taken_alerts == ["al-2"])
    tell(seat, taken(LEVEL))

    assert [(one.seen, one.is_unread) for one in seat.workspace.notices.notices] == [(SEEN, False), ("", True)]
    assert seat.workspace.alerts.alerts.standing == (LONG, taken(LEVEL))
    seat.workspace.alerts.see_to("al-2")
    assert seat.workspace.notices.notices[0].words == f"{SEEN}."
    assert seat.server.taken_alerts == ["al-2"]


@pytest.mark.parametrize(
    ("refusal", "words"),
    [
        (ServerUnreachable("https://server.example", "no network"), "The server does not answer, so nobody was told"),
        (ServerRefused(409, "alert_over"), "This alert is over"),
        (ServerRefused(404, "unknown_alert"), "This alert is over"),
        (ServerRefused(409, "alert_taken"), "Another lead was quicker"),
        (ServerRefused(403, "not_allowed"), "You do not lead the floor any more"),
    ],
    ids=["offline", "over", "unknown", "taken", "no lead"],
)
def test_alert_that_cannot_be_taken_says_why_and_may_be_tried_again(
    seat: AgentSeat, refusal: Exception, words: str
) -> None:
    seat.server.alert_refusal = refusal
    seat.window.show_page(Page.REPORTS)
    tell(seat, LEVEL)

    see(seat)
    assert seat.pump(lambda: seat.window.alert_band.trouble.startswith(words))
    seat.server.alert_refusal = None
    see(seat)
    assert seat.pump(lambda: seat.server.taken_alerts == ["al-2", "al-2"])
    tell(seat, taken(LEVEL))
    assert seat.window.alert_band.trouble == ""


def test_refusal_of_another_alert_than_the_one_at_the_top_says_which(seat: AgentSeat) -> None:
    seat.server.alert_refusal = ServerUnreachable("https://server.example", "no network")
    tell(seat, LONG, LEVEL)

    seat.workspace.alerts.see_to("al-1")

    assert seat.pump(lambda: seat.window.alert_band.trouble.startswith("Long call: Agent 001, 15:20 (from 15:00). The"))


def test_chosen_agents_alert_is_taken_on_the_board_which_says_who_sees_to_it(seat: AgentSeat) -> None:
    tell(seat, LONG, LEVEL)
    seat.workspace.alerts.open("al-1")
    page = seat.window.pages.agents
    assert seat.pump(lambda: page.table.current == "b-1")
    card = page.card
    assert (card.alert.full_text, card.see.isVisible()) == ("▲ Long call: Agent 001, 15:20 (from 15:00)", True)

    of_keyboard(seat, page.table)
    assert seat.pump(lambda: seat.server.taken_alerts == ["al-1"])
    tell(seat, taken(LONG))

    assert seat.pump(lambda: card.seen.full_text == SEEN)
    assert not card.see.isVisible()
    assert page.model.cell(page.model.row_of("b-1"), Column.EXCHANGE).text == "✓ Long call"
    of_keyboard(seat, page.table)
    assert seat.server.taken_alerts == ["al-1"]


def test_alert_is_taken_where_notices_are_listed(seat: AgentSeat) -> None:
    tell(seat, LONG, LEVEL)
    seat.window.show_page(Page.NOTICES)
    notices = seat.window.pages.notices.list
    notices.setCurrentIndex(notices.model().index(1, 0))

    of_keyboard(seat, notices)
    assert seat.pump(lambda: seat.server.taken_alerts == ["al-1"])
    tell(seat, taken(LONG))

    assert notices.currentIndex().row() == 1
    assert SEEN in notices.currentIndex().data(Qt.ItemDataRole.AccessibleTextRole)


def test_wallboard_shows_who_sees_to_it_and_the_whole_screen_does_not(seat: AgentSeat) -> None:
    tell(seat, taken(LEVEL), LONG)
    seat.workspace.wallboard._fill_or_leave()

    strip = seat.window.pages.wallboard.alerts
    assert [one.is_seen for one in strip.lines] == [False, True]
    assert "zhou.min" not in strip.accessibleDescription()
    assert not seat.window.alert_band.isVisible()
    seat.workspace.wallboard._fill_or_leave()
    assert SEEN in strip.lines[1].since
    assert seat.window.alert_band.isVisible()


def test_who_is_not_there_sees_to_nothing(seat: AgentSeat) -> None:
    tell(seat, LEVEL)
    seat.window.lock_customers()

    see(seat)

    assert not seat.window.alert_band.see.isEnabled()
    assert seat.workspace.alerts._on_the_way == set()
    seat.window.unlock_customers()
    assert seat.window.alert_band.see.isEnabled()


def test_new_alert_is_asked_once_also_after_a_lost_connection(seat: AgentSeat) -> None:
    asked, settled = (QSignalSpy(one) for one in (seat.workspace.alerts.asked, seat.workspace.alerts.settled))
    tell(seat, LONG, LONG)
    seat.workspace.alerts._begin_anew()
    tell(seat, LONG)

    assert [asked.at(n) for n in range(asked.count())] == [["al-1", "Long call: Agent 001, 15:20 (from 15:00)"]]
    assert [one[2] for one in said(seat)] == [True]
    tell(seat, taken(LONG))
    tell(seat, replace(LONG, id="al-9", taken_by="zhou.min", taken_at=NOW))
    assert asked.count() == 1
    assert [settled.at(n)[0] for n in range(settled.count())] == ["al-1", "al-9"]


def test_flood_of_alerts_with_long_names_stays_one_line_of_which_the_rest_is_counted(seat: AgentSeat) -> None:
    name = Words("长" * 40, "W" * 40)
    for n in range(200):
        tell(seat, replace(LONG, id=f"al-{n}", name=name, agent=f"nobody-{n}"))

    height = seat.window.alert_band.height()
    assert seat.pump(lambda: 0 < seat.window.alert_band.height() <= 4 * 30), height
    assert seat.window.alert_band._more.full_text == "and 199 more"
    assert seat.window.alert_band.see.geometry().right() < seat.window.alert_band.width()


def test_agent_is_told_of_none(tmp_path: Path, look: Look) -> None:
    made = AgentSeat(tmp_path, look)
    tell(made, LONG)
    see(made)
    told = said(made)
    asked = made.server.taken_alerts
    made.close()

    assert (told, asked) == ([], [])
