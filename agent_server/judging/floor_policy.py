"""What the site allows on its floor: changed by an administrator, whole."""

from collections.abc import Mapping
from typing import Any

from agent_model.body import from_body
from agent_model.floor_policy import SITE, FloorPolicy, is_policy
from agent_model.moment import to_text
from agent_server.audit import Deed
from agent_server.judging.case import Case, Refused
from agent_server.judging.rules import Outcome, Rules
from agent_server.rows import Stored


class FloorPolicyRules(Rules):
    async def begin(self, case: Case, body: Mapping[str, Any]) -> Outcome:
        if case.command.id != SITE:
            raise Refused("bad_field")
        return _signed(case, body)

    async def change(self, case: Case, row: Stored, taken: Mapping[str, Any], body: Mapping[str, Any]) -> Outcome:
        return _signed(case, body)


def _signed(case: Case, body: Mapping[str, Any]) -> Outcome:
    if not is_policy(from_body(FloorPolicy, SITE, 1, body)):
        raise Refused("bad_field")
    signature = {"changed_by": case.person.id, "changed_at": to_text(case.watch.now)}
    return Outcome(signature, acts=(case.act(Deed.POLICY_CHANGED, "floor_policy"),))
