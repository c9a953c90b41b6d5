"""Words that mean the same, as editors change them: sets that may be used, signed with who changed them."""

from collections.abc import Mapping
from typing import Any

from agent_model.body import from_body
from agent_model.moment import to_text
from agent_model.synonym import Synonym, faults
from agent_server.judging.case import Case, Refused
from agent_server.judging.rules import Outcome, Rules
from agent_server.rows import Stored


class SynonymRules(Rules):
    async def begin(self, case: Case, body: Mapping[str, Any]) -> Outcome:
        _check(body)
        return Outcome(_signature(case))

    async def change(self, case: Case, row: Stored, taken: Mapping[str, Any], body: Mapping[str, Any]) -> Outcome:
        _check(body)
        return Outcome(_signature(case), row.segment)


def _check(body: Mapping[str, Any]) -> None:
    found = {fault.field: fault.wrong.value for fault in reversed(faults(from_body(Synonym, "", 0, body)))}
    if found:
        raise Refused("bad_synonym", found)


def _signature(case: Case) -> dict[str, Any]:
    return {"changed_by": case.person.id, "changed_at": to_text(case.watch.now)}
