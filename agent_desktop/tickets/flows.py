"""Which moves a ticket may make, as the server will judge them: the company's flows, else those that are shipped."""

from agent_desktop.offline.view import View
from agent_model.body import from_body
from agent_model.ticket import Ticket, TicketType
from agent_model.ticket_flow import SHIPPED, Move, TicketFlow


class Flows:
    """Every method raises CacheDamaged, StoreBusy."""

    def __init__(self, view: View) -> None:
        self._view = view

    def of(self, type_: TicketType) -> TicketFlow:
        row = self._view.mirror.row("ticket_flow", type_.value)
        if row is None:
            return SHIPPED[type_]
        try:
            return from_body(TicketFlow, row.id, row.version, row.body)
        except (ValueError, KeyError, TypeError):  # of a newer version: the server says what goes
            return SHIPPED[type_]

    def moves(self, ticket: Ticket) -> tuple[Move, ...]:
        """What is to be offered now; nothing leads out of a ticket that was merged."""
        return () if ticket.merged_into is not None else self.of(TicketType(ticket.type)).moves_from(ticket.status)
