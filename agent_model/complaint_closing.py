"""What still stands between a complaint and its closing: the same question on the server and at the workstation."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from agent_model.clock import Measure
from agent_model.compensation import Compensation, CompensationState
from agent_model.complaint import ClosingDecision, DepartmentWord, open_dispute
from agent_model.follow_up import FollowUp, FollowUpState
from agent_model.ticket import Ticket

BEST: Final = 5


class Hindrance(StrEnum):
    """Why a complaint may not be closed. UNREACHED: the return visit ended without a satisfaction value (three
    no-answers, a refusal), and that is no satisfaction: a duty manager has to decide."""

    DISPUTED = "disputed"
    COMPENSATION_UNDECIDED = "compensation_undecided"
    NOT_RESOLVED = "not_resolved"
    VISIT_MISSING = "return_visit_missing"
    VISIT_OPEN = "return_visit_open"
    BY_HANDLER = "return_visit_by_handler"
    UNREACHED = "customer_unreached"


@dataclass(frozen=True, slots=True)
class Standing:
    """What decides about the closing of a complaint: `visit` is the return visit that its last solution was given,
    `decision` what was decided about that visit, `handlers` are those who worked on it."""

    disputes: tuple[DepartmentWord, ...]
    compensations: tuple[Compensation, ...]
    is_resolved: bool
    handlers: frozenset[str]
    visit: FollowUp | None
    decision: ClosingDecision | None


def hindrances(standing: Standing) -> tuple[Hindrance, ...]:
    """All of them, in the order in which they are to be cleared away; none: it may be closed."""
    found = []
    if open_dispute(standing.disputes) is not None:
        found.append(Hindrance.DISPUTED)
    if any(one.state is CompensationState.ASKED for one in standing.compensations):
        found.append(Hindrance.COMPENSATION_UNDECIDED)
    if not standing.is_resolved:
        return (*found, Hindrance.NOT_RESOLVED)
    visit = _of_visit(standing)
    return (*found, *([] if visit is None else [visit]))


def satisfaction_of(visit: FollowUp, handlers: Iterable[str]) -> int | None:
    """What the customer answered last to somebody who had not worked on the complaint."""
    apart = frozenset(handlers)
    values = [attempt.satisfaction for attempt in visit.attempts if attempt.agent not in apart]
    return next((value for value in reversed(values) if value is not None and 1 <= value <= BEST), None)


def is_asked_too(ticket: Ticket, customer_id: str | None, asked_at: datetime | None) -> bool:
    """Whether a return visit of another ticket with the same complaint asks about this one too: it asks the same
    person, and was not over before this one came in. `asked_at` None: it is still to be made."""
    if ticket.customer_id not in (None, customer_id):
        return False
    return asked_at is None or asked_at >= _came_in(ticket)


def _came_in(ticket: Ticket) -> datetime:
    """Also where a wrong clock wrote the ticket: its own clocks begin when the server finds it plausible."""
    clocks = () if ticket.clocks is None else ticket.clocks.clocks
    begun = (clock.started_at for clock in clocks if clock.measure is not Measure.REGULATOR)
    return max((ticket.created_at, *begun))


def _of_visit(standing: Standing) -> Hindrance | None:
    visit = standing.visit
    if visit is None:
        return Hindrance.VISIT_MISSING
    if satisfaction_of(visit, standing.handlers) is not None:
        return None
    if visit.state is FollowUpState.OPEN:
        return Hindrance.VISIT_OPEN
    if any(attempt.satisfaction is not None for attempt in visit.attempts):
        return Hindrance.BY_HANDLER
    return Hindrance.UNREACHED if standing.decision is None else None
