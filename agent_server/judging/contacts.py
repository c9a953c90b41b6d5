"""What a command may do with a line of the timeline: it is its author's own, and came to what can be picked."""

from collections.abc import Mapping, Sequence
from typing import Any

from agent_model.command import Command
from agent_model.disposition import is_leaf
from agent_model.organisation import WrapUpCode
from agent_server.changeset import Changeset
from agent_server.judging.case import Case, Refused
from agent_server.judging.identity import weighed
from agent_server.judging.rules import Outcome, Rules
from agent_server.judging.tickets import customers_of
from agent_server.rows import Stored


class ContactRules(Rules):
    async def load(self, commands: Sequence[Command], changes: Changeset) -> None:
        await changes.load("customer", customers_of(commands))

    async def begin(self, case: Case, body: Mapping[str, Any]) -> Outcome:
        case.require_author(body.get("agent"))
        segment = case.segment_of_customer(body.get("customer_id"))
        await _check_disposition(case, body.get("wrap_up_code"))
        return Outcome(await weighed(case, body, None), segment)

    async def change(self, case: Case, row: Stored, taken: Mapping[str, Any], body: Mapping[str, Any]) -> Outcome:
        if "wrap_up_code" in taken:
            await _check_disposition(case, taken["wrap_up_code"])
        decided = await weighed(case, body, row.body) if "check" in taken else {}
        return Outcome(decided, row.segment)

    def check_fields(self, case: Case, row: Stored) -> None:
        case.require_author(row.body["agent"])
        if "check" in case.command.fields and row.body["check"] is None:
            raise Refused("not_allowed")
        if "rating" in case.command.fields and (row.body["kind"] != "survey" or row.body["rating"] is not None):
            raise Refused("not_allowed")


async def _check_disposition(case: Case, code: str | None) -> None:
    """It can be picked; where the company has no tree at all, anything can."""
    if code is None:
        return
    rows = await case.changes.look_at_all("wrap_up_code")
    codes = [case.changes.value(WrapUpCode, row) for row in rows]
    if codes and not is_leaf(codes, code):
        raise Refused("unknown_disposition")
