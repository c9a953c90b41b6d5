"""What the server decides about tickets: which status may follow which, and what their numbers look like."""

from collections.abc import Mapping
from typing import Final

from agent_model.ticket import TicketStatus

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


def may_move(old: str, new: str) -> bool:
    """Whether a ticket may go from one status to another."""
    return old == new or TicketStatus(new) in MOVES[TicketStatus(old)]


def number_text(number: int) -> str:
    return f"TK-{number}"
