"""How agents are looked after: read by the rules of other nouns, changed by an administrator or a duty manager."""

from collections.abc import Mapping
from typing import Any

from agent_model.body import from_body
from agent_model.care_policy import SITE, CarePolicy, is_policy
from agent_model.moment import to_text
from agent_server.audit import Deed
from agent_server.changeset import Changeset
from agent_server.judging.case import Case, Refused
from agent_server.judging.rules import Outcome, Rules
from agent_server.rows import Stored


async def care_policy(changes: Changeset) -> CarePolicy:
    """As it stands in this transaction; the default where the site has decided nothing."""
    await changes.look_at("care_policy", [SITE])
    row = changes.get("care_policy", SITE)
    return CarePolicy() if row is None else changes.value(CarePolicy, row)


class CarePolicyRules(Rules):
    async def begin(self, case: Case, body: Mapping[str, Any]) -> Outcome:
        if case.command.id != SITE:
            raise Refused("bad_field")
        return _signed(case, body)

    async def change(self, case: Case, row: Stored, taken: Mapping[str, Any], body: Mapping[str, Any]) -> Outcome:
        return _signed(case, body)


def _signed(case: Case, body: Mapping[str, Any]) -> Outcome:
    if not is_policy(from_body(CarePolicy, SITE, 1, body)):
        raise Refused("bad_field")
    signature = {"changed_by": case.person.id, "changed_at": to_text(case.watch.now)}
    return Outcome(signature, acts=(case.act(Deed.POLICY_CHANGED, "care_policy"),))
