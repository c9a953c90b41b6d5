"""What the server decides about tickets: which status may follow which, and until when an answer is promised."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Final

from agent_model.moment import from_text, to_text
from agent_model.ticket import Priority, TicketStatus, TicketType

FIRST_NUMBER: Final = 204718

FIRST_STATUSES: Final = frozenset(
    {TicketStatus.NEW, TicketStatus.IN_PROGRESS, TicketStatus.WAITING_CUSTOMER, TicketStatus.RESOLVED}
)
MOVES: Final[Mapping[TicketStatus, frozenset[TicketStatus]]] = {
    TicketStatus.NEW: frozenset({TicketStatus.IN_PROGRESS, TicketStatus.WAITING_CUSTOMER, TicketStatus.RESOLVED}),
    TicketStatus.IN_PROGRESS: frozenset({TicketStatus.WAITING_CUSTOMER, TicketStatus.RESOLVED}),
    TicketStatus.WAITING_CUSTOMER: frozenset({TicketStatus.IN_PROGRESS, TicketStatus.RESOLVED}),
    TicketStatus.RESOLVED: frozenset({TicketStatus.IN_PROGRESS, TicketStatus.CLOSED}),
    TicketStatus.CLOSED: frozenset(),
}
HOURS: Final = {Priority.URGENT: 4, Priority.HIGH: 8, Priority.NORMAL: 24, Priority.LOW: 72}
COMPLAINT_HOURS: Final = 48
LATEST_OFFLINE: Final = timedelta(days=7)
CLOCK_TOLERANCE: Final = timedelta(minutes=2)


def may_move(old: str, new: str) -> bool:
    """Whether a ticket may go from one status to another."""
    return old == new or TicketStatus(new) in MOVES[TicketStatus(old)]


def number_text(number: int) -> str:
    return f"TK-{number}"


def due_at(body: Mapping[str, Any], now: datetime) -> str:
    """Until when somebody answers. Counted from when the ticket was written, unless that clock was plainly wrong."""
    created = from_text(body["created_at"])
    is_plausible = now - LATEST_OFFLINE <= created <= now + CLOCK_TOLERANCE
    is_complaint = body["type"] == TicketType.COMPLAINT
    hours = COMPLAINT_HOURS if is_complaint else HOURS[Priority(body["priority"])]
    return to_text((created if is_plausible else now) + timedelta(hours=hours))
