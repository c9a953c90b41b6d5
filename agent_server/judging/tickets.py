"""What a command may do with a ticket, and what the server adds to it."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from agent_model.command import Command
from agent_model.customer import Tier
from agent_model.moment import to_text
from agent_server import ticket_rules
from agent_server.changeset import Changeset
from agent_server.judging.case import Case, Refused
from agent_server.judging.rules import Outcome, Rules
from agent_server.judging.ticket_forms import check_details, editions_of
from agent_server.rows import Stored


class TicketRules(Rules):
    async def load(self, commands: Sequence[Command], changes: Changeset) -> None:
        await changes.load("customer", customers_of(commands))
        await changes.look_at("ticket_form", editions_of(commands))

    async def begin(self, case: Case, body: Mapping[str, Any]) -> Outcome:
        case.require_author(body.get("created_by"))
        if body.get("status") not in ticket_rules.FIRST_STATUSES:
            raise Refused("illegal_status")
        check_details(body, None, case.changes)
        segment = None if body["customer_id"] is None else case.segment_of_customer(body["customer_id"])
        clocks = case.watch.begun(body, _tier(case, body["customer_id"]))
        return Outcome({"segment": segment, "updated_at": to_text(case.watch.now)} | clocks, segment)

    async def change(self, case: Case, row: Stored, taken: Mapping[str, Any], body: Mapping[str, Any]) -> Outcome:
        if not ticket_rules.may_move(row.body["status"], body["status"]):
            raise Refused("illegal_status")
        if "details" in taken:
            before = row.body["details"]
            check_details(body, before and before["form"], case.changes)
        decided = {"updated_at": to_text(case.watch.now)}
        if "customer_id" not in taken:
            return Outcome(decided | case.watch.followed(row.body, body, taken, None), row.segment)
        segment = None
        if body["customer_id"] is not None:
            await case.changes.load("customer", [str(body["customer_id"])])
            segment = case.segment_of_customer(body["customer_id"])
        clocks = case.watch.followed(row.body, body, taken, _tier(case, body["customer_id"]))
        return Outcome(decided | {"segment": segment} | clocks, segment)


def customers_of(commands: Iterable[Command]) -> set[str]:
    """The customers that some commands name as the one a row is of."""
    named = (command.fields.get("customer_id") for command in commands)
    return {change.new for change in named if change is not None and isinstance(change.new, str)}


def _tier(case: Case, customer_id: str | None) -> Tier | None:
    customer = None if customer_id is None else case.changes.get("customer", customer_id)
    return None if customer is None else Tier(customer.body["tier"])
