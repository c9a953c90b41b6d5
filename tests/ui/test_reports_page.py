"""Reports of the floor are read by who leads: narrowed, compared, explained, and taken as files."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QModelIndex, Qt
from PySide6.QtGui import QHelpEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QToolTip, QWidget

from agent_desktop.errors import ServerRefused, ServerUnreachable
from agent_desktop.supervisor.reports import Part
from agent_desktop.ui.appearance.formats import Formats
from agent_desktop.ui.appearance.look import Look
from agent_desktop.ui.supervisor.report_words import Naming
from agent_desktop.ui.supervisor.reports_page import ReportsPage
from agent_desktop.ui.window.main_window import MainWindow
from agent_desktop.ui.window.rail import Page
from agent_model.agent import Role
from agent_model.floor_report import COLUMNS, Period, Report, ReportKind, Wish, Writing
from agent_model.scope import ORG
from agent_model.wire import Gone
from tests.ui.gallery import Variant, _others
from tests.ui.samples import NOW
from tests.ui.seat import BILLING, AgentSeat
from tests.ui.supervisor_samples import FULL_REPORTS

SeatAs = Callable[[Role], AgentSeat]
TODAY = NOW.date()
COLUMNS_SHOWN = ("queue", "asked", "service_level", "handle_s")
REPORT = Report(
    Wish(ReportKind.QUEUE, TODAY, TODAY),
    ("queue",),
    COLUMNS_SHOWN,
    Period((("billing", 10, 0.5, 62.0), ("support", 30, None, None)), ("", 40, 0.5, 62.0)),
)


@pytest.fixture
def seat_as(look: Look, tmp_path: Path) -> Iterator[SeatAs]:
    seats: list[AgentSeat] = []

    def sit(role: Role) -> AgentSeat:
        seats.append(AgentSeat(tmp_path / f"{role}", look, company=(BILLING,), role=role))
        return seats[-1]

    yield sit
    for seat in seats:
        seat.close()


def opened(seat: AgentSeat, report: Report | Exception = REPORT) -> ReportsPage:
    seat.server.report = report
    seat.window.show_page(Page.REPORTS)
    page = seat.window.pages.reports
    assert seat.pump(lambda: bool(seat.server.reports_asked))
    return page


def shown(page: ReportsPage) -> list[list[str]]:
    table = page.table.report
    return [
        [" ".join(filter(None, (cell.text, cell.hint))) for cell in (table.cell(row, n) for n in range(4))]
        for row in range(table.rowCount())
    ]


def names_of(page: ReportsPage) -> list[str]:
    return [row[0] for row in shown(page)]


def titles(page: ReportsPage) -> list[str]:
    """Of the columns that are shown."""
    table = page.table
    places = [n for n in range(table.report.columnCount()) if not table.isColumnHidden(n)]
    return [str(table.report.headerData(n, Qt.Orientation.Horizontal)) for n in places]


def pointed_at(page: ReportsPage, index: QModelIndex) -> str:
    """The tip that comes up there."""
    view = page.table.viewport()
    place = page.table.visualRect(index).center()
    QCoreApplication.sendEvent(view, QHelpEvent(QEvent.Type.ToolTip, place, view.mapToGlobal(place)))
    return QToolTip.text()


@pytest.mark.parametrize(
    ("role", "is_offered"), [(Role.AGENT, False), (Role.TEAM_LEAD, True), (Role.DUTY_MANAGER, True)]
)
def test_the_page_is_for_those_who_lead(seat_as: SeatAs, role: Role, *, is_offered: bool) -> None:
    assert seat_as(role).window.rail.offers(Page.REPORTS) is is_offered


def test_report_is_a_table_with_its_total_bars_and_what_figures_mean(seat_as: SeatAs) -> None:
    seat = seat_as(Role.TEAM_LEAD)
    page = opened(seat)

    assert seat.pump(lambda: page.table.report.rowCount() == 3)
    assert shown(page)[0] == ["Total", "40", "50.0%", "01:02"]
    assert shown(page)[2][2:] == ["—", "—"]
    assert "50.0%" in page.bars.accessibleDescription()
    page.table.setFocus()
    QTest.keyClick(page.table, Qt.Key.Key_Left)
    assert page.means.full_text == "Asked for a person: callers who asked for a person: joined a queue"


def test_part_of_the_figures_is_chosen_by_keys_and_shown_alone_with_its_chart(seat_as: SeatAs) -> None:
    seat = seat_as(Role.TEAM_LEAD)
    page = opened(seat)
    assert seat.pump(lambda: page.table.report.rowCount() == 3)
    assert titles(page) == ["Queue", "Asked for a person", "Service level"]
    assert not page.part.button("times").isVisibleTo(page)

    page.part.button("calls").setFocus()
    QTest.keyClick(page.part.button("calls"), Qt.Key.Key_Right)

    assert titles(page) == ["Queue", "AHT"]
    assert page.means.full_text == "AHT: (talk + hold + after-call work) ÷ calls handled"
    assert page.bars.accessibleDescription().startswith("AHT")
    assert seat.pump(lambda: seat.rooms.reports.asked().figure == "handle_s")


def test_part_stays_when_the_report_comes_again(seat_as: SeatAs) -> None:
    seat = seat_as(Role.TEAM_LEAD)
    page = opened(seat)
    assert seat.pump(lambda: page.table.report.rowCount() == 3)
    page.part.choose("handling")
    page.part.chosen.emit("handling")

    page.show_report(REPORT)

    assert titles(page) == ["Queue", "AHT"]


@pytest.mark.parametrize("language", ["en", "zh_CN"])
@pytest.mark.parametrize("state", FULL_REPORTS)
def test_no_report_is_wider_than_the_smallest_screen(
    look: Look, keep: Callable[[QWidget], QWidget], request: pytest.FixtureRequest, state: str, language: str
) -> None:
    if language == "zh_CN":
        request.getfixturevalue("in_chinese")
    shown = keep(_others(look, Variant(language, "light", 1366, 768), state))
    assert isinstance(shown, MainWindow)
    shown.show()
    page = shown.pages.reports
    wide = {"": page.table.horizontalScrollBar().maximum()}
    for part in [value for value in Part if not page.part.button(value).isHidden()]:
        page.part.choose(part)
        page.part.chosen.emit(part)
        wide[part] = page.table.horizontalScrollBar().maximum()

    assert not any(wide.values()), wide


def test_what_a_column_has_no_room_for_is_said_where_one_points(seat_as: SeatAs) -> None:
    seat = seat_as(Role.TEAM_LEAD)
    page = opened(seat)
    assert seat.pump(lambda: page.table.report.rowCount() == 3)
    page.table.setColumnWidth(0, 40)
    cut, whole = page.table.report.index(1, 0), page.table.report.index(1, 1)

    assert pointed_at(page, whole) == ""
    assert pointed_at(page, cut) == page.table.report.cell(1, 0).text != ""


def test_title_of_a_column_sorts_with_the_largest_first(seat_as: SeatAs) -> None:
    seat = seat_as(Role.DUTY_MANAGER)
    page = opened(seat)
    assert seat.pump(lambda: page.table.report.rowCount() == 3)

    page.table.horizontalHeader().sectionClicked.emit(1)
    assert [row[1] for row in shown(page)] == ["40", "30", "10"]
    page.table.horizontalHeader().sectionClicked.emit(1)
    assert [row[1] for row in shown(page)] == ["40", "10", "30"]
    page.table.horizontalHeader().sectionClicked.emit(2)
    assert [row[2] for row in shown(page)] == ["50.0%", "50.0%", "—"]


def test_names_of_rows_stay_in_sight_when_figures_are_scrolled_to(seat_as: SeatAs) -> None:
    seat = seat_as(Role.DUTY_MANAGER)
    page = opened(seat)
    assert seat.pump(lambda: page.table.report.rowCount() == 3)
    page.table.setFixedWidth(200)
    assert not page.table.keys_beside.isVisibleTo(page)

    page.table.setFocus()
    QTest.keyClick(page.table, Qt.Key.Key_Home)
    QTest.keyClick(page.table, Qt.Key.Key_End)

    assert page.table.keys_beside.isVisibleTo(page)
    assert page.table.keys_beside.width() == page.table.columnWidth(0)


def test_filter_is_asked_for_and_kept_for_the_next_time(seat_as: SeatAs) -> None:
    seat = seat_as(Role.DUTY_MANAGER)
    page = opened(seat)
    page.kind.setCurrentIndex(page.kind.findData("agent"))
    page.kind.activated.emit(page.kind.currentIndex())
    page.days.chosen.emit("today")
    page.days.choose("week")
    page.days.chosen.emit("week")
    page.beside.setCurrentIndex(page.beside.findData("before"))
    page.beside.activated.emit(1)

    week = Wish(ReportKind.AGENT, TODAY - timedelta(days=6), TODAY, compared_from=TODAY - timedelta(days=13))
    assert seat.pump(lambda: seat.server.reports_asked[-1] == week)
    assert seat.pump(lambda: seat.rooms.reports.asked() == page.wanted)


def test_other_days_are_asked_for_once_they_are_days(seat_as: SeatAs) -> None:
    seat = seat_as(Role.TEAM_LEAD)
    page = opened(seat)
    asked = len(seat.server.reports_asked)
    page.days.choose("other")
    page.days.chosen.emit("other")
    assert page.first.isVisibleTo(page)
    assert len(seat.server.reports_asked) == asked
    page.first.setText("2026-11-31")
    page.first.entered.emit()
    assert "2026-01-31" in page.news.full_text
    page.first.setText("2026-11-01")
    page.last.setText("2026-11-02")
    page.last.entered.emit()
    assert seat.pump(lambda: seat.server.reports_asked[-1].days == 2)
    assert seat.pump(lambda: page.table.report.rowCount() == 3)


def test_other_period_stands_behind_each_figure(seat_as: SeatAs) -> None:
    seat = seat_as(Role.TEAM_LEAD)
    before = Period((("billing", 8, 0.25, 60.0),), ("", 8, 0.25, 60.0))
    page = opened(seat, replace(REPORT, before=before))

    assert seat.pump(lambda: page.table.report.rowCount() == 3)
    assert shown(page)[1][1:] == ["10 8", "50.0% 25.0%", "01:02 01:00"]


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (ServerUnreachable("https://server.example", "no network"), "does not answer"),
        (ServerRefused(422, "too_much"), "fewer days"),
        (ServerRefused(422, "not_these_days"), "Choose others"),
    ],
    ids=["no server", "too much", "no such days"],
)
def test_why_there_is_no_report_is_said_and_another_can_be_asked_for(
    seat_as: SeatAs, error: Exception, words: str
) -> None:
    seat = seat_as(Role.TEAM_LEAD)
    page = opened(seat, error)
    assert seat.pump(lambda: words in page.news.full_text)
    assert not page.files["pdf"].isEnabled()

    seat.server.report = REPORT
    QTest.keyClick(page.again, Qt.Key.Key_Space)
    assert seat.pump(lambda: page.table.report.rowCount() == 3)


def test_report_of_nothing_says_so(seat_as: SeatAs) -> None:
    seat = seat_as(Role.TEAM_LEAD)
    page = opened(seat, replace(REPORT, now=Period(())))

    assert seat.pump(lambda: "Nothing happened" in page.news.full_text)


def test_file_is_what_is_shown_as_the_server_writes_it(seat_as: SeatAs, tmp_path: Path) -> None:
    seat = seat_as(Role.TEAM_LEAD)
    page = opened(seat)
    assert seat.pump(lambda: page.files["pdf"].isEnabled())

    seat.workspace.reports.write("pdf", tmp_path / "r.pdf")

    assert seat.pump(lambda: (tmp_path / "r.pdf").exists())
    assert (tmp_path / "r.pdf").read_bytes() == b"pdf en"
    assert seat.server.reports_asked[-1] == REPORT.wish


def test_every_column_can_be_written(seat_as: SeatAs) -> None:
    seat = seat_as(Role.TEAM_LEAD)
    page = opened(seat)
    naming = page.table.report.naming
    values = {Writing.MOMENT: "2026-11-20T01:00:00.000Z", Writing.DAY: "2026-11-20"}
    written = {name: naming.written(name, values.get(one.writing, 3)) for name, one in COLUMNS.items()}

    assert [name for name, text in written.items() if not text] == []


def test_hour_that_the_clock_shows_twice_is_told_apart() -> None:
    naming = Naming(Formats("en", ZoneInfo("Europe/Berlin")))
    written = [naming.written("at", f"2026-10-25T{at}:00.000Z") for at in ("23:45", "00:30", "01:30", "02:00")]
    assert written == [
        "2026-10-26 00:45",
        "2026-10-25 02:30:00 UTC+02:00",
        "2026-10-25 02:30:00 UTC+01:00",
        "2026-10-25 03:00",
    ]


def test_names_that_change_are_read_at_once_and_who_looks_stays_there(seat_as: SeatAs) -> None:
    seat = seat_as(Role.TEAM_LEAD)
    page = opened(seat)
    assert seat.pump(lambda: "Billing" in names_of(page))
    page.table.look_at("handle_s")
    asked = len(seat.server.reports_asked)
    renamed = replace(BILLING, version=2, body={**BILLING.body, "name": {"zh": "账单", "en": "Invoices"}})
    seat.mirror.apply(ORG, [renamed], None)
    seat.workspace.sync.company_changed.emit()

    assert seat.pump(lambda: "Invoices" in names_of(page))
    assert page.queue.findText("Invoices") >= 0
    assert (page.table.column, len(seat.server.reports_asked)) == ("handle_s", asked)


def test_report_of_a_queue_that_is_gone_is_asked_for_anew(seat_as: SeatAs) -> None:
    seat = seat_as(Role.TEAM_LEAD)
    page = opened(seat)
    page.queue.choose("billing")
    page.queue.picked.emit("billing")
    assert seat.pump(lambda: seat.server.reports_asked[-1].queue == "billing")
    seat.mirror.apply(ORG, [], None, gone=[Gone("queue", "billing")])
    seat.workspace.sync.company_changed.emit()

    assert seat.pump(lambda: seat.server.reports_asked[-1].queue == "")


def test_form_says_how_many_days_a_report_is_of_and_no_more_are_asked_for(seat_as: SeatAs) -> None:
    seat = seat_as(Role.TEAM_LEAD)
    page = opened(seat)
    page.first.setText("2025-11-22")
    page.last.setText("2026-11-22")
    page.days.choose("other")
    page.days.chosen.emit("other")
    assert page.bound.isVisibleTo(page)
    assert page.bound.full_text == "At most 366 days"
    assert seat.pump(lambda: seat.server.reports_asked[-1].days == 366)

    asked = len(seat.server.reports_asked)
    page.kind.setCurrentIndex(page.kind.findData("interval"))
    page.kind.activated.emit(page.kind.currentIndex())
    assert page.bound.full_text == "At most 31 days"
    assert seat.pump(lambda: page.news.full_text == "This report is of 31 days at most. Choose fewer.")
    assert len(seat.server.reports_asked) == asked
