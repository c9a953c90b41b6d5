"""Reasons for not being ready: what people change of them is held to the grammar of the model."""

from collections.abc import Mapping
from typing import Any

from agent_model.body import from_body
from agent_model.break_reason import BreakReason, faults
from agent_model.moment import to_text
from agent_server.audit import Deed
from agent_server.judging.case import Case, Refused
from agent_server.judging.rules import Outcome, Rules
from agent_server.rows import Stored


class BreakReasonRules(Rules):
    """Nothing is deleted: what is retired stays with the times that were spent in it."""

    async def begin(self, case: Case, body: Mapping[str, Any]) -> Outcome:
        return await _judged(case, body)

    async def change(self, case: Case, row: Stored, taken: Mapping[str, Any], body: Mapping[str, Any]) -> Outcome:
        return await _judged(case, body)


async def _judged(case: Case, body: Mapping[str, Any]) -> Outcome:
    reason = from_body(BreakReason, case.command.id, 0, body)
    teams, queues = [{row.id for row in await case.changes.look_at_all(noun)} for noun in ("team", "queue")]
    if found := faults(reason, teams, queues):
        raise Refused("bad_break_reason", {name: wrong.value for name, wrong in found.items()})
    signature = {"changed_by": case.person.id, "changed_at": to_text(case.watch.now)}
    return Outcome(signature, acts=(case.act(Deed.POLICY_CHANGED, "break_reason"),))
