"""All that a complaint is beside its ticket, read for the screen: whose it is and why, what was given, what stands."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final, TypeVar

from agent_desktop.offline.view import View
from agent_desktop.tickets.same import group_of
from agent_desktop.tickets.twins import Likely, Twins
from agent_model.agent import Agent, Role
from agent_model.body import from_body
from agent_model.compensation import Compensation, CompensationState, Fund
from agent_model.complaint import ClosingDecision, ComplaintSource
from agent_model.complaint_closing import Hindrance, Standing, hindrances, is_asked_too
from agent_model.customer import Customer, Tier
from agent_model.department_rule import Case, DepartmentRule, Proposal, propose
from agent_model.follow_up import FollowUp
from agent_model.moment import to_text
from agent_model.organisation import Department, Product, Team
from agent_model.ticket import Ticket, TicketStatus, TicketType
from agent_model.wire import NOUNS, Row

T = TypeVar("T")
HISTORY: Final = timedelta(days=365)
MOST_COMPARED: Final = 100
"""Of a category: the latest say whose such complaints were, and are compared."""
OPEN: Final = frozenset(status.value for status in TicketStatus if status.is_open)

Given = tuple[tuple[Compensation, Ticket | None], ...]
"""Compensations with their tickets, where these are here."""


@dataclass(frozen=True, slots=True)
class ComplaintSheet:
    """`same` are the other tickets of the same complaint, the one that leads first; `compensations` those of all of
    them. `department` is the reader's own. `is_part`: of another complaint, which is the one to be compensated.
    `waits` says that something written here is not with the server yet."""

    ticket: Ticket
    role: Role
    reader: str
    department: str | None
    now: datetime
    sources: tuple[ComplaintSource, ...]
    departments: tuple[Department, ...]
    products: tuple[Product, ...]
    proposal: Proposal
    funds: tuple[Fund, ...]
    compensations: tuple[Compensation, ...]
    same: tuple[Ticket, ...]
    likely: tuple[Likely, ...]
    visit: FollowUp | None
    standing: tuple[Hindrance, ...]
    waits: bool
    is_part: bool = False

    @property
    def given(self) -> Compensation | None:
        """What was wished, asked or granted for it; else the last that was refused."""
        alive = [one for one in self.compensations if one.state is not CompensationState.REFUSED]
        return alive[-1] if alive else (self.compensations[-1] if self.compensations else None)

    @property
    def handlers(self) -> frozenset[str]:
        return frozenset(handler for ticket in (self.ticket, *self.same) for handler in ticket.handlers)


class ComplaintSheets:
    """Reads through `view`, so that what was written here is there at once. Raises CacheDamaged, StoreBusy."""

    def __init__(
        self,
        view: View,
        agent: Agent,
        clock: Callable[[], datetime],
        with_clocks: Callable[[Ticket, Tier | None], Ticket],
    ) -> None:
        self._view = view
        self._agent = agent
        self._clock = clock
        self._with_clocks = with_clocks
        self._twins = Twins(view)

    def of(self, ticket_id: str) -> ComplaintSheet | None:
        """None for what is no complaint, or not here."""
        row = self._view.row("ticket", ticket_id)
        if row is None or not self._is_complaint(ticket_id):
            return None
        now = self._clock()
        ticket = self._ticket(row)
        group = group_of(self._view, row)
        same = [self._with_clocks(_ticket(one), None) for one in group if one.id != ticket.id]
        lead = next((one for one in same if one.id == group[0].id), ticket)
        alike = self._view.complaints(to_text(now - HISTORY), MOST_COMPARED, ticket.category)
        given = self._given((ticket, *same))
        shared = self._shared_visit(lead, ticket)
        decision = ticket.closing_decision or (None if shared is None else lead.closing_decision)
        visit = shared or self._visit(ticket)
        return ComplaintSheet(
            ticket=ticket,
            role=self._agent.role,
            reader=self._agent.id,
            department=self._department(),
            now=now,
            sources=self._all(ComplaintSource),
            departments=self._all(Department),
            products=self._all(Product),
            proposal=self._proposal(ticket, alike),
            funds=tuple(fund for fund in self._all(Fund) if fund.is_open(now)),
            compensations=given,
            same=tuple(same),
            likely=() if same else self._twins.of(ticket, self._customer(ticket.customer_id), alike),
            visit=visit,
            standing=_standing(ticket, same, given, visit, decision),
            is_part=self._is_complaint(ticket.parent),
            waits=self._view.has_pending(ticket.id, *(one.id for one in given)),
        )

    def may_close(self, ticket_id: str) -> bool:
        """Whether nothing stands before the closing of a ticket that may be a complaint."""
        sheet = self.of(ticket_id)
        return sheet is None or not sheet.standing

    def asked(self) -> Given:
        """What others asked for and this reader may decide, the oldest first."""
        funds = {fund.id: fund for fund in self._all(Fund)}
        return self._with_tickets(
            one
            for one in self._all(Compensation)
            if one.state is CompensationState.ASKED
            and one.asked_by != self._agent.id
            and one.fund in funds
            and funds[one.fund].authority_fen(self._agent.role) >= one.amount_fen
        )

    def own(self) -> Given:
        """What this reader wished for or asked for, the oldest first."""
        return self._with_tickets(one for one in self._all(Compensation) if one.asked_by == self._agent.id)

    def _with_tickets(self, found: Iterable[Compensation]) -> Given:
        ordered = sorted(found, key=lambda one: one.asked_at)
        rows = [self._view.row("ticket", one.ticket_id) for one in ordered]
        tickets = [None if row is None else _ticket(row) for row in rows]
        return tuple(zip(ordered, tickets, strict=True))

    def _all(self, kind: type[T]) -> tuple[T, ...]:
        entity = next(name for name, noun in NOUNS.items() if noun is kind)
        return tuple(from_body(kind, row.id, row.version, row.body) for row in self._view.rows(entity))

    def _is_complaint(self, ticket_id: str | None) -> bool:
        row = None if ticket_id is None else self._view.row("ticket", ticket_id)
        return row is not None and row.body.get("type") == TicketType.COMPLAINT

    def _ticket(self, row: Row) -> Ticket:
        customer = self._customer(row.body.get("customer_id"))
        return self._with_clocks(_ticket(row), None if customer is None else customer.tier)

    def _customer(self, customer_id: Any) -> Customer | None:
        row = None if customer_id is None else self._view.row("customer", customer_id)
        return None if row is None else from_body(Customer, row.id, row.version, row.body)

    def _department(self) -> str | None:
        return next((team.department for team in self._all(Team) if team.id == self._agent.team), None)

    def _proposal(self, ticket: Ticket, alike: Iterable[Row]) -> Proposal:
        customer = self._customer(ticket.customer_id)
        products = () if customer is None else tuple(one.product for one in customer.products)
        case = Case(ticket.category, products, f"{ticket.subject} {ticket.description}")
        over = [one for one in alike if one.id != ticket.id and one.body.get("status") not in OPEN]
        ended = [str(one.body.get("department")) for one in over]
        return propose(case, self._all(DepartmentRule), ended)

    def _given(self, tickets: Iterable[Ticket]) -> tuple[Compensation, ...]:
        ids = {ticket.id for ticket in tickets}
        found = [one for one in self._all(Compensation) if one.ticket_id in ids]
        return tuple(sorted(found, key=lambda one: one.asked_at))

    def _shared_visit(self, leading: Ticket, ticket: Ticket) -> FollowUp | None:
        visit = self._visit(leading)
        if leading.id == ticket.id or visit is None:
            return visit
        return visit if is_asked_too(ticket, visit.customer_id, visit.ended_at) else None

    def _visit(self, ticket: Ticket) -> FollowUp | None:
        row = None if ticket.return_visit is None else self._view.row("follow_up", ticket.return_visit)
        return None if row is None else from_body(FollowUp, row.id, row.version, row.body)


def _standing(
    ticket: Ticket,
    same: Iterable[Ticket],
    given: tuple[Compensation, ...],
    visit: FollowUp | None,
    decision: ClosingDecision | None,
) -> tuple[Hindrance, ...]:
    if ticket.status is TicketStatus.CLOSED:
        return ()
    handlers = frozenset(handler for one in (ticket, *same) for handler in one.handlers)
    is_resolved = ticket.status is TicketStatus.RESOLVED
    return hindrances(Standing(ticket.disputes, given, is_resolved, handlers, visit, decision))


def _ticket(row: Row) -> Ticket:
    return from_body(Ticket, row.id, row.version, row.body)
