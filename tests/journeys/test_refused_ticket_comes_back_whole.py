"""The server refuses a ticket: it is listed with every word of it, and can be changed and filed again."""

from datetime import UTC, datetime

from PySide6.QtWidgets import QPushButton

from agent_desktop.sync.events import NeedsAttention
from agent_desktop.ui.window.rail import Page
from agent_model.body import to_body
from agent_model.command import CommandKind, FieldChange
from agent_model.ticket import Priority, Ticket, TicketId, TicketStatus, TicketType
from demo.seat import Seat
from tests.journeys.company import Colleague
from tests.journeys.conftest import Sit
from tests.journeys.sight import is_in_step, words

SAID = "Rücksprache mit der Zentrale, 客户要求书面答复。"


def test_refused_ticket_is_listed_changed_and_filed(sit: Sit, colleague: Colleague) -> None:
    seat = sit()
    assert seat.until(lambda: is_in_step(seat), 30)
    _file_as_somebody_else(seat)
    seat.window.top_bar.sync.click()
    assert seat.until(lambda: isinstance(seat.workspace.sync.status, NeedsAttention))

    seat.press(f"Alt+{list(Page).index(Page.ATTENTION) + 1}")
    assert seat.until(lambda: SAID in words(seat.window.pages.attention))
    seat.window.pages.attention.findChildren(QPushButton)[0].click()
    form = seat.window.right.form
    assert seat.until(lambda: form.description.toPlainText() == SAID)
    assert form.subject.text() == "Written answer"

    seat.press("Ctrl+Return")
    assert seat.until(lambda: form.draft.is_empty)
    assert seat.until(lambda: is_in_step(seat), 30)


def _file_as_somebody_else(seat: Seat) -> None:
    now = datetime.now(UTC)
    ticket = Ticket(
        id=TicketId("T-refused"),
        subject="Written answer",
        type=TicketType.INQUIRY,
        category="billing/amount",
        priority=Priority.NORMAL,
        status=TicketStatus.NEW,
        description=SAID,
        queue="billing",
        department="finance",
        created_at=now,
        created_by="somebody.else",
    )
    sent = {name: FieldChange(None, value) for name, value in to_body(ticket).items() if value is not None}
    seat.workspace._rooms.desk._view.outbox.put("ticket", ticket.id, CommandKind.CREATE, sent, now)
