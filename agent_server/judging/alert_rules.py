"""Rules of alerts: what people change of them is held to the grammar of the model."""

from collections.abc import Mapping
from typing import Any

from agent_model.alert import AlertRule, faults
from agent_model.body import from_body
from agent_model.moment import to_text
from agent_server.audit import Deed
from agent_server.judging.case import Case, Refused
from agent_server.judging.rules import Outcome, Rules
from agent_server.rows import Stored


class AlertRuleRules(Rules):
    """Nothing is deleted: one that is not wanted any more is taken out of force."""

    async def begin(self, case: Case, body: Mapping[str, Any]) -> Outcome:
        return await _judged(case, body)

    async def change(self, case: Case, row: Stored, taken: Mapping[str, Any], body: Mapping[str, Any]) -> Outcome:
        return await _judged(case, body)


async def _judged(case: Case, body: Mapping[str, Any]) -> Outcome:
    rule = from_body(AlertRule, case.command.id, 0, body)
    teams, queues = [{row.id for row in await case.changes.look_at_all(noun)} for noun in ("team", "queue")]
    if found := faults(rule, teams, queues):
        raise Refused("bad_alert_rule", {name: wrong.value for name, wrong in found.items()})
    signature = {"changed_by": case.person.id, "changed_at": to_text(case.watch.now)}
    return Outcome(signature, acts=(case.act(Deed.POLICY_CHANGED, "alert_rule"),))
