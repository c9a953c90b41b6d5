"""Macros as people change them: known placeholders, changes that a flow allows, signed with who changed them."""

from collections.abc import Mapping
from typing import Any

from agent_model.body import from_body
from agent_model.macro import Macro, MacroWrong, faults
from agent_model.moment import to_text
from agent_model.ticket import TicketStatus, TicketType
from agent_server.changeset import Changeset
from agent_server.judging.case import Case, Refused
from agent_server.judging.rules import Outcome, Rules
from agent_server.judging.ticket_flow import flow_of
from agent_server.rows import Stored


class MacroRules(Rules):
    async def begin(self, case: Case, body: Mapping[str, Any]) -> Outcome:
        await _check(case, body)
        return Outcome(_signature(case))

    async def change(self, case: Case, row: Stored, taken: Mapping[str, Any], body: Mapping[str, Any]) -> Outcome:
        await _check(case, body)
        return Outcome(_signature(case), row.segment)


async def _check(case: Case, body: Mapping[str, Any]) -> None:
    macro = from_body(Macro, "", 0, body)
    found = {fault.field: fault.wrong for fault in faults(macro)}
    if "queues" not in found and not await _are_known(macro.queues, case.changes):
        found["queues"] = MacroWrong.UNKNOWN_QUEUE
    if macro.status is not None and not await _may_be_moved(macro.status, macro.types, case.changes):
        found["status"] = MacroWrong.FORBIDDEN
    if found:
        raise Refused("bad_macro", {field: wrong.value for field, wrong in found.items()})


async def _are_known(queues: tuple[str, ...], changes: Changeset) -> bool:
    await changes.look_at("queue", queues)
    return all(changes.get("queue", queue) is not None for queue in queues)


async def _may_be_moved(status: TicketStatus, types: tuple[TicketType, ...], changes: Changeset) -> bool:
    """Whether in the flow of each of these types (none named: of any) some move leads there without a reason."""
    flows = [await flow_of(type_.value, changes) for type_ in types or TicketType]
    leads = [any(move.after is status and not move.needs_reason for move in flow.moves) for flow in flows]
    return all(leads) if types else any(leads)


def _signature(case: Case) -> dict[str, Any]:
    return {"changed_by": case.person.id, "changed_at": to_text(case.watch.now)}
