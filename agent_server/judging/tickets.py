"""What a command may do with a ticket, and what the server adds to it."""

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Any, Final

from agent_model.agent import Role
from agent_model.blank import is_blank
from agent_model.command import Command
from agent_model.customer import Tier
from agent_model.moment import to_text
from agent_model.ticket import TicketStatus, brought, is_answer
from agent_server.changeset import Changeset
from agent_server.judging import complaints
from agent_server.judging.attachments import check_attachment
from agent_server.judging.case import Case, Refused
from agent_server.judging.desk_policy import load_policy
from agent_server.judging.identity import require_check
from agent_server.judging.rules import Outcome, Rules
from agent_server.judging.ticket_flow import check_first, check_move, check_subtasks
from agent_server.judging.ticket_forms import check_details, editions_of
from agent_server.judging.ticket_work import (
    Others,
    check_comment,
    check_hand_over,
    check_people,
    check_place,
    check_theirs,
    link,
    merge,
    people,
    put_below,
)
from agent_server.rows import Stored

STAYS_OPEN: Final = frozenset({"watchers", "links"})
"""What of a closed ticket is still changed; comments and files are added to it, too."""
JUDGED_BY_FLOW: Final = frozenset({"status", "status_reason", "merged_into"})


class TicketRules(Rules):
    sets = frozenset({"watchers", "links"})
    followers = MappingProxyType({"status_reason": "status"})

    async def load(self, commands: Sequence[Command], changes: Changeset) -> None:
        await changes.load("customer", customers_of(commands))
        await changes.look_at("ticket_form", editions_of(commands))
        await load_policy(changes)

    async def begin(self, case: Case, body: Mapping[str, Any]) -> Outcome:
        case.require_author(body.get("created_by"))
        if body["parent"] is None and case.person.role is Role.DEPARTMENT:
            raise Refused("not_allowed")
        _check_subject(body)
        await check_place(case, body)
        await check_first(case, body)
        check_details(body, None, case.changes)
        await require_check(case, body)
        segment = None if body["customer_id"] is None else case.segment_of_customer(body["customer_id"])
        await check_people(case, people(body))
        if body["parent"] is not None:
            await put_below(case, body["parent"])
        clocks = case.watch.begun(body, _tier(case, body["customer_id"]))
        decided = {"segment": segment, "updated_at": to_text(case.watch.now)} | clocks
        return Outcome(decided | await complaints.begun(case, {**body, "segment": segment}), segment)

    async def change(self, case: Case, row: Stored, taken: Mapping[str, Any], body: Mapping[str, Any]) -> Outcome:
        check_theirs(case, row)
        if row.body["status"] == TicketStatus.CLOSED and taken.keys() - STAYS_OPEN - JUDGED_BY_FLOW:
            raise Refused("ticket_closed")
        if "subject" in taken:
            _check_subject(body)
        if "details" in taken:
            before = row.body["details"]
            check_details(body, before and before["form"], case.changes)
        if taken.keys() & {"type", "category", "customer_id"}:
            await require_check(case, body, row.body)
        segment, tier = row.segment, None
        if "customer_id" in taken:
            segment = await self._segment(case, body["customer_id"])
            tier = _tier(case, body["customer_id"])
        await check_people(case, people(body) - people(row.body))
        await complaints.check(case, row, taken, body)
        decided = await self._worked(case, row, taken, body)
        clocks = case.watch.followed(row.body, {**body, **decided}, {**taken, **decided}, tier)
        decided |= {name: body[name] for name in self.sets & taken.keys()}
        decided |= {"updated_at": to_text(case.watch.now)}
        if "customer_id" in taken:
            decided["segment"] = segment
        decided |= await complaints.changed(case, row, taken, {**body, **decided, "segment": segment})
        return Outcome(decided | clocks, segment)

    async def append(self, case: Case, row: Stored, body: Mapping[str, Any]) -> Outcome:
        check_theirs(case, row)
        added = {name: body[name][-1] for name in case.command.fields}
        if "comments" in added:
            check_comment(case, added["comments"])
        if "attachments" in added:
            check_attachment(case, row, added["attachments"])
        if "hand_overs" in added:
            await check_hand_over(case, row, added["hand_overs"])
        moved = brought(added) | await complaints.moved(case, row, added, body)
        clocks = case.watch.answered(row.body) if is_answer(added) else {}
        return Outcome({**moved, **clocks, "updated_at": to_text(case.watch.now)}, moved=frozenset(moved))

    async def _worked(
        self, case: Case, row: Stored, taken: Mapping[str, Any], body: Mapping[str, Any]
    ) -> dict[str, Any]:
        """Moves, merges and links; the fields that come with them."""
        decided: dict[str, Any] = {}
        others = Others(case)
        if "merged_into" in taken:
            await merge(row, body, others)
            decided = {"status": TicketStatus.CLOSED.value, "status_reason": None}
        elif {"status", "type"} & taken.keys():
            if "status" in taken:
                decided = {"status_reason": taken.get("status_reason")}
            await check_move(case, row, {**body, **decided})
        if "links" in taken:
            await link(row, body["links"], others)
        await check_subtasks(case, row, {**body, **decided})
        others.put()
        return decided

    async def _segment(self, case: Case, customer_id: str | None) -> str | None:
        if customer_id is None:
            return None
        await case.changes.load("customer", [customer_id])
        return case.segment_of_customer(customer_id)


def customers_of(commands: Iterable[Command]) -> set[str]:
    """The customers that some commands name as the one a row is of."""
    named = (command.fields.get("customer_id") for command in commands)
    return {change.new for change in named if change is not None and isinstance(change.new, str)}


def _check_subject(body: Mapping[str, Any]) -> None:
    if is_blank(body["subject"]):
        raise Refused("subject_missing")


def _tier(case: Case, customer_id: str | None) -> Tier | None:
    customer = None if customer_id is None else case.changes.get("customer", customer_id)
    return None if customer is None else Tier(customer.body["tier"])
