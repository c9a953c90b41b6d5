"""Moves of tickets by the flow of their type, with their reasons."""

from collections.abc import Mapping
from typing import Any

from agent_model.ticket import TicketStatus, TicketType
from agent_model.ticket_flow import LONGEST_REASON, SHIPPED, TicketFlow
from agent_server.changeset import Changeset
from agent_server.judging.case import Case, Refused
from agent_server.rows import Stored


async def flow_of(type_: str, changes: Changeset) -> TicketFlow:
    """The company's, else the one that is shipped."""
    await changes.look_at("ticket_flow", [type_])
    row = changes.get("ticket_flow", type_)
    return SHIPPED[TicketType(type_)] if row is None else changes.value(TicketFlow, row)


async def check_first(case: Case, body: Mapping[str, Any]) -> None:
    flow = await flow_of(body["type"], case.changes)
    if TicketStatus(body["status"]) not in flow.first:
        raise Refused("illegal_status")


async def check_move(case: Case, before: Stored, body: Mapping[str, Any]) -> None:
    """Refuses what the flow of the type that the ticket has afterwards does not allow."""
    flow = await flow_of(body["type"], case.changes)
    old, new = TicketStatus(before.body["status"]), TicketStatus(body["status"])
    move = flow.move(old, new)
    if new not in flow.states or (old is not new and move is None):
        raise Refused("illegal_status")
    reason = body["status_reason"] or ""
    if len(reason) > LONGEST_REASON:
        raise Refused("bad_field")
    if move is not None and move.needs_reason and not reason.strip():
        raise Refused("needs_reason")


async def check_subtasks(case: Case, before: Stored, body: Mapping[str, Any]) -> None:
    """What is left to be done below a ticket is done before it is."""
    if not TicketStatus(before.body["status"]).is_open or TicketStatus(body["status"]).is_open:
        return
    subtasks = before.body["subtasks"]
    await case.changes.look_at("ticket", subtasks)
    found = (case.changes.get("ticket", one) for one in subtasks)
    if any(one is not None and TicketStatus(one.body["status"]).is_open for one in found):
        raise Refused("open_subtasks")
