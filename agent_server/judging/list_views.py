"""Views of lists that a lead keeps for the team."""

from collections.abc import Mapping
from typing import Any, Final

from agent_server.judging.case import Case, Refused
from agent_server.judging.rules import Outcome, Rules
from agent_server.rows import Stored

LONGEST_NAME: Final = 80


class ListViewRules(Rules):
    async def begin(self, case: Case, body: Mapping[str, Any]) -> Outcome:
        case.require_author(body["made_by"])
        if body["team"] != case.person.team:
            raise Refused("not_allowed")
        _check(body)
        return Outcome()

    async def change(self, case: Case, row: Stored, taken: Mapping[str, Any], body: Mapping[str, Any]) -> Outcome:
        _check(body)
        return Outcome(segment=row.segment)


def _check(body: Mapping[str, Any]) -> None:
    if not body["name"].strip() or len(body["name"]) > LONGEST_NAME:
        raise Refused("bad_field")
