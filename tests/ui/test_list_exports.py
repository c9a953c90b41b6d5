"""A list into a file at the desk: as it is shown, within what the role may, behind the window, on record."""

import csv
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from agent_desktop.exports.job import Form
from agent_desktop.lists import Filter
from agent_desktop.sync.events import Offline, ScopeChanged
from agent_desktop.ui.lists.export_panel import ExportPanel
from agent_desktop.ui.lists.page import ListPage
from agent_desktop.ui.widgets.controls import Button
from agent_desktop.ui.window.rail import Page
from agent_model.body import to_body
from agent_model.desk_policy import DeskPolicy
from agent_model.export import Export, ExportId, ExportKind, ExportState
from agent_model.scope import ORG, own, team
from agent_model.wire import Row
from tests.desktop.rows import contact_row
from tests.ui.samples import ME, NOW
from tests.ui.seat import AgentSeat
from tests.ui.test_lists import FEW, opened, ticket


@pytest.fixture
def tickets(seat: AgentSeat) -> ListPage:
    return opened(seat, Page.TICKETS, FEW)


def panel_of(seat: AgentSeat, page: ListPage) -> ExportPanel:
    page.exporting.click()
    panel = page.findChild(ExportPanel)
    assert isinstance(panel, ExportPanel)
    assert seat.pump(panel.isVisible)
    return panel


def outcome(panel: ExportPanel) -> str:
    return panel._outcome.text()


def test_list_is_written_as_it_is_shown(seat: AgentSeat, tickets: ListPage, tmp_path: Path) -> None:
    tickets.show_columns(("number", "subject", "due"))
    tickets.table.sort_wanted.emit("priority")
    tickets.query = replace(tickets.query, filters=(Filter("queue", among=("billing",)),))
    tickets.filters.show_filters(tickets.query.filters)
    tickets.asked.emit()
    assert seat.pump(lambda: tickets.table.lines.rowCount() == 2)
    panel = panel_of(seat, tickets)
    panel.path.setText(str(tmp_path / "mine.xlsx"))
    panel.start.click()
    assert seat.pump(lambda: "is written" in outcome(panel))

    with pytest.warns(UserWarning, match="no default style"):
        book = openpyxl.load_workbook(tmp_path / "mine.xlsx")
    rows = [[cell.value for cell in row] for row in book["Tickets"].iter_rows()]
    assert [row[:2] for row in rows] == [
        ["Number", "Subject"],
        ["TK-100003", "发票抬头"],
        ["TK-100001", "宽带很慢"],
    ]
    assert rows[2][2] == "2026-11-30 18:00"
    assert ["Narrowed to", "Open · Queue: Billing"] in [
        [cell.value for cell in row] for row in book["About this file"].iter_rows()
    ]
    [command] = seat.outbox.waiting(5)
    told = {name: change.new for name, change in command.fields.items()}
    assert (command.entity, told["subject"], told["rows"], told["what"]) == (
        "export",
        "tickets",
        2,
        "Open · Queue: Billing",
    )


def test_only_chosen_rows_are_written_where_some_are(seat: AgentSeat, tickets: ListPage, tmp_path: Path) -> None:
    tickets.table.choose(1)
    tickets.table.toggle_current()
    panel = panel_of(seat, tickets)
    panel.form._buttons[Form.CSV_GB18030].click()
    panel.path.setText(str(tmp_path / "one.csv"))
    QTest.keyClick(panel.path, Qt.Key.Key_Return)
    assert seat.pump(lambda: "is written" in outcome(panel))
    with (tmp_path / "one.csv").open(encoding="gb18030", newline="") as file:
        rows = list(csv.reader(file))
    assert [row[0] for row in rows[:2]] == ["Number", "TK-100002"]


def test_numbers_in_what_was_written_are_masked_in_the_file_as_on_the_screen(seat: AgentSeat, tmp_path: Path) -> None:
    rows = [contact_row("K-1", "2026-11-20T10:00:00.000Z", agent=ME.id, title="Call 13812345678 back", text="=1+1")]
    panel = panel_of(seat, opened(seat, Page.CALLS, rows, count=1))
    panel.form._buttons[Form.CSV].click()
    panel.path.setText(str(tmp_path / "calls.csv"))
    panel.start.click()
    assert seat.pump(lambda: "is written" in outcome(panel))
    text = (tmp_path / "calls.csv").read_text("utf-8-sig")
    assert "13812345678" not in text
    assert "'=1+1" in text
    assert "Chen Siyuan" in text


def test_file_that_is_there_is_not_overwritten(seat: AgentSeat, tickets: ListPage, tmp_path: Path) -> None:
    (tmp_path / "old.xlsx").write_text("mine")
    panel = panel_of(seat, tickets)
    panel.path.setText(str(tmp_path / "old.xlsx"))
    panel.start.click()
    assert "another name" in outcome(panel)
    assert (tmp_path / "old.xlsx").read_text() == "mine"


def test_folder_that_is_not_there_is_said_and_nothing_is_on_record(
    seat: AgentSeat, tickets: ListPage, tmp_path: Path
) -> None:
    panel = panel_of(seat, tickets)
    panel.path.setText(str(tmp_path / "nowhere" / "x.xlsx"))
    panel.start.click()
    assert seat.pump(lambda: "could not be written" in outcome(panel))
    assert seat.outbox.waiting(5) == []


def test_customers_are_not_an_agents_to_export(seat: AgentSeat) -> None:
    panel = panel_of(seat, opened(seat, Page.CUSTOMERS, [], count=1))
    assert not panel.start.isVisible()
    assert "Your role may not export this list" in panel._about.text()


def test_more_rows_than_allowed_are_asked_for(seat: AgentSeat) -> None:
    rule = DeskPolicy().exports[2]
    policy = DeskPolicy(exports=(replace(rule, rows=2, most=10),))
    seat.mirror.apply(ORG, [Row("desk_policy", "site", 1, to_body(policy))], None)
    page = opened(seat, Page.TICKETS, FEW)
    panel = panel_of(seat, page)
    assert not panel.start.isVisible()
    QTest.keyClicks(panel.reason, "Monthly report")
    panel.ask.click()
    assert seat.pump(lambda: "Asked" in outcome(panel))
    [asked] = seat.rooms.exports.mine()
    assert (asked.state, asked.rows, asked.reason) == (ExportState.ASKED, 3, "Monthly report")

    given = Export(
        ExportId("E-1"), ExportKind.LIST, "tickets", "", 3, ME.id, NOW, ExportState.APPROVED, "x",
        team="home", version=2,
    )  # fmt: skip
    seat.mirror.apply(own(ME.id), [Row("export", "E-1", 2, to_body(given))], None)
    page.exporting.click()
    assert seat.pump(panel.start.isVisible)


def test_site_that_wants_no_files_offline_says_so(seat: AgentSeat) -> None:
    seat.mirror.apply(ORG, [Row("desk_policy", "site", 1, to_body(DeskPolicy(exports_offline=False)))], None)
    page = opened(seat, Page.TICKETS, FEW)
    seat.workspace.list_desks.hear_status(Offline(NOW, 0, NOW))
    panel = panel_of(seat, page)
    assert "only while it does" in panel._about.text()


def test_who_leads_approves_what_others_ask(seat: AgentSeat, tickets: ListPage) -> None:
    asked = Export(
        ExportId("E-1"), ExportKind.LIST, "tickets", "All", 3000, "a-1007", NOW, ExportState.ASKED, "Report",
        team="home", version=1,
    )  # fmt: skip
    seat.mirror.apply(team("home"), [Row("export", "E-1", 1, to_body(asked))], None)
    panel = panel_of(seat, tickets)
    assert seat.pump(lambda: len(panel._their_rows) == 1)
    approve = next(button for button in panel._their_rows[0].findChildren(Button) if "Approve" in button.text())
    approve.click()
    assert seat.pump(lambda: panel._their_rows == [])
    [command] = seat.outbox.waiting(5)
    assert command.fields["state"].new == "approved"


def test_who_asked_is_told_what_was_decided(seat: AgentSeat) -> None:
    told: list[str] = []
    seat.workspace.list_desks.told.connect(told.append)
    given = Export(
        ExportId("E-1"), ExportKind.LIST, "tickets", "", 3000, ME.id, NOW, ExportState.APPROVED, "x",
        team="home", version=2,
    )  # fmt: skip
    seat.mirror.apply(own(ME.id), [Row("export", "E-1", 2, to_body(given))], None)
    seat.workspace._in_step.scope_changed.emit(
        ScopeChanged(own(ME.id), frozenset({"export"}), frozenset({"E-1"}))
    )  # fmt: skip
    assert seat.pump(lambda: told == ["Your export of 3000 rows was approved. Export again."])


def test_thousands_of_rows_leave_the_window_free_and_can_be_stopped(seat: AgentSeat, tmp_path: Path) -> None:
    rule = DeskPolicy().exports[2]
    policy = DeskPolicy(exports=(replace(rule, rows=9000, most=9000),))
    seat.mirror.apply(ORG, [Row("desk_policy", "site", 1, to_body(policy))], None)
    page = opened(seat, Page.TICKETS, [ticket(n, subject=f"Number {n}") for n in range(3000)], count=3000)
    panel = panel_of(seat, page)
    panel.form._buttons[Form.CSV].click()
    panel.path.setText(str(tmp_path / "long.csv"))
    panel.start.click()
    assert seat.pump(panel.cancel.isVisible)
    panel.cancel.click()
    assert seat.pump(lambda: "Stopped" in outcome(panel))
    assert seat.pump(lambda: list(tmp_path.glob("*long*")) == [])
    panel.start.click()
    assert seat.pump(lambda: "is written" in outcome(panel))
    assert len((tmp_path / "long.csv").read_text("utf-8-sig").splitlines()) == 3000 + 1 + 6
