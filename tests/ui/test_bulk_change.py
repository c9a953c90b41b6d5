"""Many tickets changed from the list: each by its own command, told in a sentence, taken back while unsent."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from agent_desktop.ui.lists.bulk_panel import BulkPanel
from agent_desktop.ui.lists.page import ListPage
from agent_desktop.ui.window.rail import Page
from agent_model.body import to_body
from agent_model.command import Answer, Verdict
from agent_model.desk_policy import DeskPolicy
from agent_model.scope import ORG
from agent_model.ticket import TicketType
from agent_model.ticket_flow import SHIPPED
from agent_model.wire import Row
from tests.ui.desk import focus
from tests.ui.samples import ME
from tests.ui.seat import AgentSeat
from tests.ui.test_lists import FEW, opened


@pytest.fixture
def tickets(seat: AgentSeat) -> ListPage:
    return opened(seat, Page.TICKETS, FEW)


def wish(seat: AgentSeat, page: ListPage, field: str, value: str, reason: str = "") -> BulkPanel:
    """For all of the list."""
    page.table.setFocus()
    QTest.keyClick(page.table, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    page.deed_wanted.emit("change")
    panel = page.findChild(BulkPanel)
    assert isinstance(panel, BulkPanel)
    assert seat.pump(lambda: panel.isVisible() and not said(panel))
    panel.field._buttons[field].click()
    panel.value.choose(value)
    panel.reason.setText(reason)
    panel.change.click()
    assert seat.pump(lambda: bool(said(panel)))
    return panel


def said(panel: BulkPanel) -> str:
    return panel._outcome.text()


def test_each_ticket_has_its_own_command(seat: AgentSeat, tickets: ListPage) -> None:
    panel = wish(seat, tickets, "priority", "high")
    assert said(panel) == "2 changed. 1 stay as they are: so already 1. 2 wait to be sent."
    commands = seat.outbox.waiting(10)
    assert {command.id for command in commands} == {"100001", "100002"}
    assert {command.fields["priority"].new for command in commands} == {"high"}
    assert {command.fields["priority"].old for command in commands} == {"urgent", "low"}


def test_hand_over_wants_a_reason_and_names_both_places(seat: AgentSeat, tickets: ListPage) -> None:
    assert "wants a reason 3" in said(wish(seat, tickets, "owner", "a-1007"))
    assert seat.outbox.waiting(10) == []
    wish(seat, tickets, "owner", "a-1007", "Holiday")
    [command, *others] = seat.outbox.waiting(10)
    told = command.fields["hand_overs"].new
    assert len(others) == 2
    assert (told["by"], told["reason"], told["after"]["owner"]) == (ME.id, "Holiday", "a-1007")
    assert told["after"]["queue"] == told["before"]["queue"]


def test_move_that_the_flow_has_not_is_not_made(seat: AgentSeat, tickets: ListPage) -> None:
    assert "no such move 3" in said(wish(seat, tickets, "status", "closed"))
    flow = SHIPPED[TicketType.FAULT]
    strict = replace(flow, moves=tuple(replace(move, needs_reason=True) for move in flow.moves))
    seat.mirror.apply(ORG, [Row("ticket_flow", "fault", 1, to_body(strict))], None)
    assert "wants a reason 3" in said(wish(seat, tickets, "status", "resolved"))
    assert "3 changed" in said(wish(seat, tickets, "status", "resolved", "All done"))
    assert {command.fields["status_reason"].new for command in seat.outbox.waiting(10)} == {"All done"}


def test_what_was_not_sent_is_taken_back(seat: AgentSeat, tickets: ListPage) -> None:
    panel = wish(seat, tickets, "priority", "high")
    [first] = seat.outbox.hand_out(1)
    panel.undo.click()
    assert seat.pump(lambda: "taken back" in said(panel))
    assert said(panel) == "1 taken back. 1 were on their way already and stay."
    assert [command.op_id for command in seat.outbox.waiting(10)] == [first.op_id]


def test_refused_ones_are_counted_with_why(seat: AgentSeat, tickets: ListPage) -> None:
    panel = wish(seat, tickets, "priority", "high")
    first, second = seat.outbox.waiting(10)
    seat.outbox.answered(
        [Answer(first.op_id, Verdict.APPLIED, 2), Answer(second.op_id, Verdict.REJECTED, reason="not_allowed")]
    )
    seat.workspace.list_desks.answered.emit()
    assert seat.pump(lambda: "refused" in said(panel))
    assert said(panel).startswith("1 changed.")
    assert "You may not make this change." in said(panel)
    assert len(seat.rooms.desk.refused()) == 1


def test_more_than_the_site_allows_is_not_begun(seat: AgentSeat, tickets: ListPage) -> None:
    seat.mirror.apply(ORG, [Row("desk_policy", "site", 1, to_body(DeskPolicy(bulk_change=2)))], None)
    tickets.table.choose_all()
    tickets.deed_wanted.emit("change")
    panel = tickets.findChild(BulkPanel)
    assert isinstance(panel, BulkPanel)
    assert seat.pump(lambda: "2 tickets" in said(panel))
    assert seat.outbox.waiting(10) == []


def test_escape_leads_back_to_the_list(seat: AgentSeat, tickets: ListPage) -> None:
    panel = wish(seat, tickets, "priority", "high")
    panel.field._buttons["priority"].setFocus()
    QTest.keyClick(focus(), Qt.Key.Key_Escape)
    assert not panel.isVisible()
    assert focus() is tickets.table
