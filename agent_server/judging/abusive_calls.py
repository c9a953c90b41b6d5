"""What an agent may say of an abusive call: their own, a step at a time, and the break that the rule grants for it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from agent_model.abusive_call import AbusiveCall
from agent_model.body import from_body
from agent_model.moment import to_text
from agent_server.changeset import Changeset
from agent_server.judging.care_policy import care_policy
from agent_server.judging.case import Case, Refused
from agent_server.judging.rules import Outcome, Rules
from agent_server.rows import Stored


class AbusiveCallRules(Rules):
    async def begin(self, case: Case, body: Mapping[str, Any]) -> Outcome:
        """A call is marked once by whom it abused."""
        case.require_author(body["agent"])
        if not body["call_ref"]:
            raise Refused("bad_field")
        if body["queue"] is not None:
            await case.changes.look_at("queue", [body["queue"]])
            if case.changes.get("queue", body["queue"]) is None:
                raise Refused("unknown_queue")
        marked = await case.changes.find("abusive_call", "call_ref", body["call_ref"])
        if any(row.body["agent"] == body["agent"] for row in marked):
            raise Refused("already_marked")
        return Outcome({"team": case.person.team})

    def check_fields(self, case: Case, row: Stored) -> None:
        case.require_author(row.body["agent"])

    async def change(self, case: Case, row: Stored, taken: Mapping[str, Any], body: Mapping[str, Any]) -> Outcome:
        if "cool_down_at" not in taken:
            return Outcome()
        return Outcome({"cool_down_at": to_text(await _granted(case, row, body))})

    def is_there(self, case: Case, row: Stored) -> bool:
        """The same step said again, as after an answer that was lost."""
        change = case.command.fields.get("steps")
        told = None if change is None else change.new
        return isinstance(told, dict) and any(one["step"] == told.get("step") for one in row.body["steps"])

    async def append(self, case: Case, row: Stored, body: Mapping[str, Any]) -> Outcome:
        case.require_author(row.body["agent"])
        said = _read(row.id, body).steps
        expected = _read(row.id, row.body).next_step
        if said[-1].step is not expected:
            raise Refused("illegal_step")
        return Outcome()


async def _granted(case: Case, row: Stored, body: Mapping[str, Any]) -> datetime:
    """When the break began that the rule grants, as of then; a workstation may tell it late."""
    before, began = _read(row.id, row.body), _read(row.id, body).cool_down_at
    if began is None or began < before.at:
        raise Refused("bad_field")
    began = min(began, max(before.at, case.watch.now))
    policy = await care_policy(case.changes)
    if not policy.may_cool_down(before, await _of_agent(case.changes, before.agent), began):
        raise Refused("no_cool_down")
    return began


async def _of_agent(changes: Changeset, agent_id: str) -> list[AbusiveCall]:
    return [_read(row.id, row.body) for row in await changes.find("abusive_call", "agent", agent_id)]


def _read(row_id: str, body: Mapping[str, Any]) -> AbusiveCall:
    return from_body(AbusiveCall, row_id, 1, body)
