"""Reports by mail are set up by who leads: listed, written with the draft kept, refused in words, dropped."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QHelpEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolTip

from agent_desktop.errors import ServerRefused, ServerUnreachable
from agent_desktop.supervisor.report_mails import MailWrong, fault_of
from agent_desktop.ui.appearance.look import Look
from agent_desktop.ui.supervisor.report_mails_pane import ReportMailsPane
from agent_desktop.ui.window.rail import Page
from agent_model.agent import Role
from agent_model.floor_report import ReportKind
from agent_model.report_mail import ReportMail, ReportMails
from tests.ui.samples import ME
from tests.ui.seat import BILLING, AgentSeat
from tests.ui.test_reports_page import REPORT

SeatAs = Callable[[Role], AgentSeat]
KEPT = ReportMail("6f" * 16, ReportKind.QUEUE, team=ME.team, days=7, to=("lead@example.com",))


@pytest.fixture
def seat_as(look: Look, tmp_path: Path) -> Iterator[SeatAs]:
    seats: list[AgentSeat] = []

    def sit(role: Role) -> AgentSeat:
        seats.append(AgentSeat(tmp_path / f"{role}", look, company=(BILLING,), role=role))
        return seats[-1]

    yield sit
    for seat in seats:
        seat.close()


def opened(seat: AgentSeat, *mails: ReportMail, can_send: bool = True) -> ReportMailsPane:
    seat.server.report = REPORT
    seat.server.kept_mails = ReportMails(can_send, ("example.com",), mails)
    seat.window.show_page(Page.REPORTS)
    page = seat.window.pages.reports
    assert seat.pump(lambda: page.table.report.rowCount() > 0)
    QTest.mouseClick(page.mailed, Qt.MouseButton.LeftButton)
    pane = page.mails
    assert seat.pump(lambda: pane.list.keys == tuple(mail.id for mail in mails) and bool(pane.hint.full_text))
    return pane


def test_daily_report_of_the_own_team_is_set_up_by_keys(seat_as: SeatAs) -> None:
    seat = seat_as(Role.TEAM_LEAD)
    pane = opened(seat)
    QTest.mouseClick(pane.new, Qt.MouseButton.LeftButton)
    assert not pane.team.isVisibleTo(pane)
    assert not pane.queue.isVisibleTo(pane)
    QTest.keyClicks(pane.to, "lead@example.com, duty@example.com")
    seat.window.pages.send()

    assert seat.pump(lambda: bool(seat.server.kept_mails.mails))
    [mail] = seat.server.kept_mails.mails
    assert (mail.kind, mail.team, mail.to) == (None, ME.team, ("lead@example.com", "duty@example.com"))
    assert seat.pump(lambda: pane.list.keys == ("5e" * 16,) and pane.written is None)


def test_mail_is_opened_changed_and_dropped(seat_as: SeatAs) -> None:
    seat = seat_as(Role.DUTY_MANAGER)
    pane = opened(seat, KEPT)
    pane.list.choose(KEPT.id)
    QTest.keyClick(pane.list, Qt.Key.Key_Return)
    assert (pane.kind.currentData(), pane.days.value, pane.to.text()) == ("queue", "7", "lead@example.com")
    pane.on["sun"].setChecked(False)
    pane.send()
    assert seat.pump(lambda: "sun" not in seat.server.kept_mails.mails[0].on)
    assert seat.pump(lambda: pane.written is None)

    QTest.keyClick(pane.list, Qt.Key.Key_Delete)
    assert seat.pump(lambda: pane.list.keys == ())
    assert "No report" in pane.nothing.full_text


def test_what_is_written_and_not_saved_is_there_again(seat_as: SeatAs, look: Look, tmp_path: Path) -> None:
    seat = seat_as(Role.TEAM_LEAD)
    pane = opened(seat)
    QTest.mouseClick(pane.new, Qt.MouseButton.LeftButton)
    QTest.keyClicks(pane.to, "lead@exam")
    seat.workspace.report_mails.save_now()
    assert seat.pump(lambda: seat.rooms.mailed_reports.draft() is not None)
    pane.show_mail(None)
    seat.window.pages.reports.mails_wanted.emit()

    assert seat.pump(lambda: pane.written is not None)
    assert pane.to.text() == "lead@exam"


@pytest.mark.parametrize(
    ("refusal", "words"),
    [
        (ServerRefused(422, "address_not_allowed"), "company"),
        (ServerRefused(403, "not_allowed"), "do not lead"),
        (ServerRefused(422, "too_many_mails"), "Drop one"),
        (ServerRefused(409, "no_mail_server"), "reports.toml"),
        (ServerUnreachable("https://server.example", "no network"), "does not answer"),
    ],
    ids=["address", "team", "too many", "no mail server", "no server"],
)
def test_refusal_is_said_and_what_is_written_stays(seat_as: SeatAs, refusal: Exception, words: str) -> None:
    seat = seat_as(Role.TEAM_LEAD)
    pane = opened(seat, KEPT)
    pane.opened.emit(KEPT.id)
    seat.server.refuses_mail = refusal
    pane.send()

    assert seat.pump(lambda: words in pane.fault.full_text)
    assert pane.written == KEPT


def test_without_a_mail_server_nothing_is_begun(seat_as: SeatAs) -> None:
    pane = opened(seat_as(Role.TEAM_LEAD), can_send=False)

    assert "reports.toml" in pane.nothing.full_text
    assert not pane.new.isEnabled()


def test_escape_leads_back_to_the_report(seat_as: SeatAs) -> None:
    seat = seat_as(Role.TEAM_LEAD)
    pane = opened(seat)
    QTest.keyClick(pane, Qt.Key.Key_Escape)

    assert not pane.isVisibleTo(seat.window.pages.reports)
    assert seat.window.pages.reports.table.isVisibleTo(seat.window.pages.reports)


@pytest.mark.parametrize(
    ("mail", "fault"),
    [
        pytest.param(KEPT, None, id="fine"),
        pytest.param(replace(KEPT, kind=None, team=""), (MailWrong.TEAM, ""), id="daily of nobody"),
        pytest.param(replace(KEPT, at="7"), (MailWrong.CLOCK, ""), id="no time"),
        pytest.param(replace(KEPT, on=()), (MailWrong.WEEKDAYS, ""), id="no day"),
        pytest.param(replace(KEPT, to=()), (MailWrong.NOBODY, ""), id="nobody"),
        pytest.param(replace(KEPT, to=("a@example.com",) * 51), (MailWrong.TOO_MANY, ""), id="too many"),
        pytest.param(replace(KEPT, to=("lead",)), (MailWrong.ADDRESS, "lead"), id="no address"),
        pytest.param(replace(KEPT, to=("a@b.example",)), (MailWrong.OUTSIDE, "a@b.example"), id="outside"),
    ],
)
def test_faults_of_a_mail(mail: ReportMail, fault: tuple[MailWrong, str] | None) -> None:
    assert fault_of(mail, ("example.com",)) == fault


def test_row_that_has_no_room_is_read_where_the_pointer_rests(seat_as: SeatAs) -> None:
    seat = seat_as(Role.DUTY_MANAGER)
    many = tuple(f"somebody.{n}@example.com" for n in range(6))
    pane = opened(seat, replace(KEPT, to=many), replace(KEPT, id="7a" * 16, to=("a@b.cn",), on=("mon",)))

    pane.show_mail(KEPT)
    QCoreApplication.processEvents()
    assert tip_of(pane, 1) == ""
    assert "somebody.5@example.com" in tip_of(pane, 0)


@pytest.mark.parametrize("can_send", [True, False], ids=["none yet", "no mail server"])
def test_where_no_report_is_sent_the_keyboard_stays_and_leads_back(seat_as: SeatAs, *, can_send: bool) -> None:
    seat = seat_as(Role.TEAM_LEAD)
    pane = opened(seat, can_send=can_send)
    assert seat.pump(lambda: pane.nothing.isVisible())
    focused = QApplication.focusWidget()
    assert focused is (pane.new if can_send else pane.back)
    QTest.keyClick(focused, Qt.Key.Key_Escape)
    assert not pane.isVisible()


def tip_of(pane: ReportMailsPane, row: int) -> str:
    view = pane.list
    place = view.visualRect(view.model().index(row, 0)).center()
    QCoreApplication.sendEvent(
        view.viewport(), QHelpEvent(QEvent.Type.ToolTip, place, view.viewport().mapToGlobal(place))
    )
    return QToolTip.text()
