"""What was promised to a caller for later: a callback, a return visit, an appointment, a task of asking something."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NewType

from agent_model.phone_number import PhoneNumber

FollowUpId = NewType("FollowUpId", str)


class FollowUpKind(StrEnum):
    """CALLBACK: the customer wants to be called. RETURN_VISIT (回访): they are asked how a matter ended. VISIT_TASK:
    something is to be asked or told at the next occasion."""

    CALLBACK = "callback"
    RETURN_VISIT = "return_visit"
    APPOINTMENT = "appointment"
    VISIT_TASK = "visit_task"


class FollowUpState(StrEnum):
    """OPEN is still owed. NOT_REACHED: every attempt of the plan was in vain. CLEARED: the customer called."""

    OPEN = "open"
    DONE = "done"
    NOT_REACHED = "not_reached"
    CANCELLED = "cancelled"
    CLEARED = "cleared"


class AttemptResult(StrEnum):
    """What came of one call. LATER: the customer named another time; CALLED_IN: the call was the customer's own."""

    REACHED = "reached"
    NO_ANSWER = "no_answer"
    BUSY = "busy"
    WRONG_NUMBER = "wrong_number"
    REFUSED = "refused"
    LATER = "later"
    CALLED_IN = "called_in"


@dataclass(frozen=True, slots=True)
class Attempt:
    """One call about it, signed by who made it. `satisfaction` (1..5) is what a customer who was reached answered in a
    return visit, `later_at` the time that was named with LATER."""

    at: datetime
    agent: str
    result: AttemptResult
    call_ref: str | None = None
    note: str = ""
    satisfaction: int | None = None
    later_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class FollowUp:
    """One of them, due at `due_at`, for an appointment up to `until`.

    It is of `owner`, or while that is None of everybody in `team` or `queue`. Dialled is the `position`th number of the
    customer; `caller_number` is that of a caller nobody could name, and only there. `zone` (IANA) is where they live,
    None where that is not known. The server keeps `state`, `result`, `satisfaction`, `cleared_by` (a call's reference)
    and `ended_at` by what `attempts` tell; the first `counted` of these are in them. `reason`: why it was cancelled.
    """

    id: FollowUpId
    kind: FollowUpKind
    purpose: str
    due_at: datetime
    created_at: datetime
    created_by: str
    customer_id: str | None = None
    ticket_id: str | None = None
    position: int = 0
    caller_number: PhoneNumber | None = None
    until: datetime | None = None
    zone: str | None = None
    owner: str | None = None
    team: str | None = None
    queue: str | None = None
    snoozed_until: datetime | None = None
    state: FollowUpState = FollowUpState.OPEN
    reason: str | None = None
    attempts: tuple[Attempt, ...] = ()
    counted: int = 0
    result: AttemptResult | None = None
    satisfaction: int | None = None
    cleared_by: str | None = None
    ended_at: datetime | None = None
    version: int = 0

    @property
    def is_open(self) -> bool:
        return self.state is FollowUpState.OPEN

    @property
    def wanted_at(self) -> datetime:
        """When it is to be done: due, or put off until."""
        return self.due_at if self.snoozed_until is None else max(self.due_at, self.snoozed_until)
