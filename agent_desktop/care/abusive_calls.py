"""The agent's own abusive calls: marked, a step said after the other, and the break that the rule grants."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from agent_desktop.offline.view import View
from agent_model.abusive_call import Abuse, AbuseStep, AbusiveCall, StepSaid
from agent_model.agent import Agent
from agent_model.body import from_body, to_body
from agent_model.care_policy import SITE, CarePolicy
from agent_model.command import CommandKind, FieldChange, OpId
from agent_model.moment import to_text
from agent_model.wire import Row


@dataclass(frozen=True, slots=True)
class Mark:
    """What stands of one call, None where it is not marked; `may_rest`: the break after it may be taken now."""

    policy: CarePolicy
    call: AbusiveCall | None
    may_rest: bool


class AbusiveCalls:
    """Every method that writes is on the disk when it returns. Raises DiskFull, OutboxDamaged, StoreBusy."""

    def __init__(self, view: View, agent: Agent, clock: Callable[[], datetime], new_id: Callable[[], str]) -> None:
        self._view, self._agent = view, agent
        self._clock, self._new_id = clock, new_id

    def of_call(self, call_ref: str) -> Mark:
        own = self._own()
        call = next((one for one in own if one.call_ref == call_ref), None)
        policy = self.policy()
        return Mark(policy, call, call is not None and policy.may_cool_down(call, own, self._clock()))

    def policy(self) -> CarePolicy:
        row = self._view.row("care_policy", SITE)
        return CarePolicy() if row is None else from_body(CarePolicy, row.id, row.version, row.body)

    def mark(self, call_ref: str, queue: str | None, abuse: Abuse) -> None:
        """Once a call; again only says better what the caller did."""
        now, found = self._clock(), self.of_call(call_ref).call
        if found is not None:
            if found.abuse is not abuse:
                self._put(found, CommandKind.UPDATE, {"abuse": FieldChange(found.abuse.value, abuse.value)})
            return
        said = {
            "call_ref": call_ref,
            "agent": self._agent.id,
            "abuse": abuse.value,
            "at": to_text(now),
            "queue": queue,
        }
        fields = {name: FieldChange(None, value) for name, value in said.items()}
        self._view.outbox.put("abusive_call", self._new_id(), CommandKind.CREATE, fields, now)

    def say(self, call_ref: str) -> AbuseStep | None:
        """The next step was said to the caller; which, or None when there is no more."""
        call = self.of_call(call_ref).call
        if call is None or call.next_step is None:
            return None
        step = call.next_step
        self._put(call, CommandKind.APPEND, {"steps": FieldChange(None, to_body(StepSaid(step, self._clock())))})
        return step

    def rest(self, call_ref: str) -> bool:
        """The break after it begins; False when the rule does not grant it."""
        mark = self.of_call(call_ref)
        if mark.call is None or not mark.may_rest:
            return False
        self._put(mark.call, CommandKind.UPDATE, {"cool_down_at": FieldChange(None, to_text(self._clock()))})
        return True

    def _put(self, call: AbusiveCall, kind: CommandKind, fields: dict[str, FieldChange]) -> None:
        now, outbox = self._clock(), self._view.outbox
        outbox.put("abusive_call", call.id, kind, fields, now, base_version=call.version, depends_on=self._made(call))

    def _made(self, call: AbusiveCall) -> OpId | None:
        """The command that marked it, while the server has not taken it."""
        entries = self._view.outbox.pending().of_row("abusive_call", call.id)
        return next((one.command.op_id for one in entries if one.command.kind is CommandKind.CREATE), None)

    def _own(self) -> list[AbusiveCall]:
        return [call for call in map(_read, self._view.rows("abusive_call")) if call.agent == self._agent.id]


def _read(row: Row) -> AbusiveCall:
    return from_body(AbusiveCall, row.id, row.version, row.body)
