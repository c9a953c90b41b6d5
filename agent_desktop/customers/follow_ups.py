"""Callbacks, return visits and appointments on this workstation: made, taken, put off, tried, cleared; offline, too."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final

from agent_desktop.offline.view import View
from agent_model import scope
from agent_model.agent import Agent
from agent_model.body import from_body, to_body
from agent_model.command import Command, CommandKind, FieldChange, OpId
from agent_model.customer import CustomerId
from agent_model.follow_up import Attempt, AttemptResult, FollowUp, FollowUpId, FollowUpKind, FollowUpState
from agent_model.follow_up_course import counted
from agent_model.follow_up_plan import SHIPPED, FollowUpPlan, is_plan
from agent_model.phone_number import PhoneNumber, on_record, zone_of
from agent_model.wire import Row

NOUN: Final = "follow_up"
FIRST_FEW: Final = 50


@dataclass(frozen=True, slots=True)
class Promise:
    """What is to be promised. `number` is the one to be called: of `customer_id` the `position`th, else the caller's.
    It is the agent's own unless a `team` or `queue` is named."""

    kind: FollowUpKind
    purpose: str
    due_at: datetime
    customer_id: str | None = None
    number: PhoneNumber | None = None
    position: int = 0
    ticket_id: str | None = None
    until: datetime | None = None
    team: str | None = None
    queue: str | None = None


class FollowUps:
    """Reads through `view`, with what attempts that wait will make of each. Every method that writes raises DiskFull,
    OutboxDamaged or StoreBusy."""

    def __init__(self, view: View, agent: Agent, clock: Callable[[], datetime], new_id: Callable[[], str]) -> None:
        self._view = view
        self._agent = agent
        self._clock = clock
        self._new_id = new_id
        self.holders = (
            scope.own(agent.id),
            scope.team(agent.team),
            *(scope.queue(queue) for queue in agent.queues),
        )

    # ---- read -----------------------------------------------------------------------------------------

    def of(self, id_: str) -> FollowUp | None:
        row = self._view.row(NOUN, id_)
        return None if row is None else self.told(row)

    def told(self, row: Row) -> FollowUp:
        """A row with what attempts that wait make of it. Raises as `from_body`."""
        follow_up = from_body(FollowUp, row.id, row.version, row.body)
        return counted(follow_up, self.plan_of(follow_up.kind))

    def owed_to(self, customer: CustomerId) -> tuple[FollowUp, ...]:
        """What the customer was promised and is still open, the next first."""
        return self._open(self._view.open_follow_ups_of(customer))

    def owed_to_number(self, number: PhoneNumber) -> tuple[FollowUp, ...]:
        """What was promised to a caller nobody could name, by the number they called from."""
        return tuple(one for one in self.due() if one.caller_number == number)

    def due(self, limit: int = FIRST_FEW) -> tuple[FollowUp, ...]:
        """The agent's own and what their team and queues still have to do, the next first."""
        return self._open(self._view.open_follow_ups_held(self.holders, limit))

    def plan_of(self, kind: FollowUpKind) -> FollowUpPlan:
        """The company's, or the shipped one."""
        row = self._view.row("follow_up_plan", kind.value)
        if row is not None:
            plan = from_body(FollowUpPlan, row.id, row.version, row.body)
            if is_plan(plan):
                return plan
        return SHIPPED[kind]

    # ---- written --------------------------------------------------------------------------------------

    def create(self, promise: Promise, depends_on: OpId | None = None, ends_draft: str = "") -> FollowUp:
        """Kept before this returns, and the draft of that key gone. `depends_on` is the command that makes its ticket,
        while that waits."""
        now = self._clock()
        is_shared = promise.team is not None or promise.queue is not None
        number = promise.number
        follow_up = FollowUp(
            FollowUpId(f"F-{self._new_id()}"),
            promise.kind,
            promise.purpose.strip(),
            promise.due_at,
            now,
            self._agent.id,
            promise.customer_id,
            promise.ticket_id,
            promise.position,
            number if promise.customer_id is None else None,
            promise.until,
            None if number is None or on_record(number) else zone_of(number),
            None if is_shared else self._agent.id,
            promise.team,
            promise.queue,
        )
        changes = {name: FieldChange(None, value) for name, value in to_body(follow_up).items()}
        outbox = self._view.outbox
        outbox.put(NOUN, follow_up.id, CommandKind.CREATE, changes, now, depends_on=depends_on)
        if ends_draft:
            outbox.drop_draft(ends_draft, NOUN)
        return follow_up

    def keep_draft(self, key: str, written: Mapping[str, Any]) -> None:
        """What is being promised to the customer (or number) of this key, as it stands in the form."""
        self._view.outbox.save_draft(key, written, self._clock(), NOUN)

    def draft(self, key: str) -> dict[str, Any] | None:
        found = self._view.outbox.draft(key, NOUN)
        return None if found is None else dict(found.body)

    def take(self, follow_up: FollowUp) -> Command | None:
        """It is the agent's from now on; the server tells the second of two who take it."""
        return self._change(follow_up, owner=self._agent.id)

    def give_back(self, follow_up: FollowUp) -> Command | None:
        """To the team or queue it came from, which it must have; else to the agent's own team."""
        is_shared = follow_up.team is not None or follow_up.queue is not None
        home = {} if is_shared else {"team": self._agent.team}
        return self._change(follow_up, owner=None, **home)

    def put_off(self, follow_up: FollowUp, until: datetime) -> Command | None:
        """Nobody is reminded before; what was promised stays."""
        return self._change(follow_up, snoozed_until=until)

    def cancel(self, follow_up: FollowUp, reason: str) -> Command | None:
        """`reason` has words."""
        return self._change(follow_up, state=FollowUpState.CANCELLED, reason=reason.strip())

    def tried(
        self,
        follow_up: FollowUp,
        result: AttemptResult,
        call_ref: str | None = None,
        note: str = "",
        satisfaction: int | None = None,
        later_at: datetime | None = None,
    ) -> FollowUp:
        """What came of a call about it; how it stands then."""
        now = self._clock()
        attempt = Attempt(now, self._agent.id, result, call_ref, note.strip(), satisfaction, later_at)
        said = {"attempts": FieldChange(None, to_body(attempt))}
        self._view.outbox.put(NOUN, follow_up.id, CommandKind.APPEND, said, now, base_version=follow_up.version)
        return self.of(follow_up.id) or follow_up

    def called_in(self, customer: CustomerId | None, number: PhoneNumber | None, call_ref: str) -> tuple[FollowUp, ...]:
        """A call of the customer's own was answered: the callbacks it clears, none of them twice."""
        owed = () if customer is None else self.owed_to(customer)
        owed += () if number is None else self.owed_to_number(number)
        callbacks = [one for one in owed if one.kind is FollowUpKind.CALLBACK]
        return tuple(self.tried(one, AttemptResult.CALLED_IN, call_ref) for one in callbacks)

    def _open(self, rows: Iterable[Row]) -> tuple[FollowUp, ...]:
        told = (one for row in rows if (one := self._readable(row)) is not None and one.is_open)
        return tuple(sorted(told, key=lambda one: (one.wanted_at, one.id)))

    def _readable(self, row: Row) -> FollowUp | None:
        try:
            return self.told(row)
        except (KeyError, TypeError, ValueError):
            return None

    def _change(self, follow_up: FollowUp, **wanted: Any) -> Command | None:
        before, after = to_body(follow_up), to_body(replace(follow_up, **wanted))
        changes = {name: FieldChange(before[name], after[name]) for name in wanted if after[name] != before[name]}
        if not changes:
            return None
        return self._view.outbox.put(
            NOUN, follow_up.id, CommandKind.UPDATE, changes, self._clock(), base_version=follow_up.version
        )
