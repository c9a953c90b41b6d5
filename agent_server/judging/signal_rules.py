"""Rules of signals as people change them: held to the grammar of the model, and signed with who changed them."""

from collections.abc import Mapping
from typing import Any

from agent_model.body import from_body
from agent_model.moment import to_text
from agent_model.signal import SignalRule
from agent_model.signal_rules import faults
from agent_server.judging.case import Case, Refused
from agent_server.judging.rules import Outcome, Rules
from agent_server.rows import Stored


class SignalRuleRules(Rules):
    async def begin(self, case: Case, body: Mapping[str, Any]) -> Outcome:
        _check(body)
        return Outcome(_signature(case))

    async def change(self, case: Case, row: Stored, taken: Mapping[str, Any], body: Mapping[str, Any]) -> Outcome:
        _check(body)
        return Outcome(_signature(case), row.segment)


def _check(body: Mapping[str, Any]) -> None:
    found = faults(from_body(SignalRule, "", 0, body))
    if found:
        raise Refused("bad_rule", {fault.field: fault.wrong.value for fault in found})


def _signature(case: Case) -> dict[str, Any]:
    return {"changed_by": case.person.id, "changed_at": to_text(case.watch.now)}
