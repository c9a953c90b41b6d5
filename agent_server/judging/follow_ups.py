"""What a command may do with a follow-up, and what attempts make of it; the plans for when nobody answers."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from agent_model.agent import Role
from agent_model.body import from_body, to_body
from agent_model.command import Command
from agent_model.follow_up import AttemptResult, FollowUp, FollowUpKind, FollowUpState
from agent_model.follow_up_course import counted, is_answering, is_attempt
from agent_model.follow_up_plan import SHIPPED, FollowUpPlan, is_plan
from agent_model.moment import to_text
from agent_server.changeset import Changeset
from agent_server.judging import complaints
from agent_server.judging.case import Case, Refused
from agent_server.judging.customers import is_number
from agent_server.judging.rules import Outcome, Rules
from agent_server.judging.tickets import customers_of
from agent_server.rights import MAY_HAND_OUT_FOLLOW_UPS
from agent_server.rows import Stored
from agent_server.scopes import CUSTOMER_ROLES

POINTS_TO: Final = {"ticket_id": "ticket", "owner": "agent", "team": "team", "queue": "queue"}
PUTS_OFF: Final = frozenset({"snoozed_until"})


class FollowUpRules(Rules):
    """Only attempts end one, but for cancelling; what came of a call is taken from whoever sees it, however late."""

    async def load(self, commands: Sequence[Command], changes: Changeset) -> None:
        await changes.load("customer", customers_of(commands))
        await changes.look_at("follow_up_plan", {kind.value for kind in FollowUpKind})
        for field, entity in POINTS_TO.items():
            named = (command.fields[field].new for command in commands if field in command.fields)
            await changes.look_at(entity, {one for one in named if isinstance(one, str)})

    async def begin(self, case: Case, body: Mapping[str, Any]) -> Outcome:
        follow_up = _read(body)
        case.require_author(follow_up.created_by)
        if not follow_up.is_open or follow_up.reason is not None:
            raise Refused("illegal_status")
        if (follow_up.customer_id is None) == (follow_up.caller_number is None):
            raise Refused("bad_field")
        if follow_up.caller_number is not None and not is_number(follow_up.caller_number):
            raise Refused("bad_field")
        _check_it(follow_up)
        _check_links(case, None, follow_up)
        segment = None if follow_up.customer_id is None else case.segment_of_customer(follow_up.customer_id)
        return Outcome(segment=segment)

    def check_fields(self, case: Case, row: Stored) -> None:
        """Before they are merged, so that who comes second to take one is told that it is taken."""
        fields = case.command.fields
        if all(row.body[name] == change.new for name, change in fields.items()):
            return
        if FollowUpState(row.body["state"]) is not FollowUpState.OPEN:
            if fields.keys() <= PUTS_OFF:  # too late to matter: nobody is to be troubled with it
                return
            raise Refused("already_over")
        owner = row.body["owner"]
        is_theirs = case.person.id in (owner, row.body["created_by"]) or case.person.role in MAY_HAND_OUT_FOLLOW_UPS
        claim = fields.get("owner")
        is_claimed = claim is not None and claim.new == case.person.id and owner not in (None, case.person.id)
        if claim is not None and is_claimed and (claim.old != owner or not is_theirs):
            raise Refused("taken")
        if owner is not None and not is_theirs:
            raise Refused("not_yours")

    async def change(self, case: Case, row: Stored, taken: Mapping[str, Any], body: Mapping[str, Any]) -> Outcome:
        old, new = _read(row.body), _read(body)
        is_cancelled = new.state is FollowUpState.CANCELLED and old.is_open
        if new.state is not old.state and not is_cancelled:
            raise Refused("illegal_status")
        if is_cancelled != bool((new.reason or "").strip()) and old.is_open:
            raise Refused("bad_field")
        _check_it(new)
        _check_links(case, old, new)
        is_moved = "ticket_id" in taken
        await complaints.check_visit(case, row, is_cancelled=is_cancelled, is_moved=is_moved, taker=taken.get("owner"))
        decided = {"ended_at": to_text(case.watch.now)} if is_cancelled else {}
        return Outcome(decided, row.segment)

    def is_there(self, case: Case, row: Stored) -> bool:
        """A call of the customer's own, where there is nothing to clear any more."""
        told = case.command.fields["attempts"].new if "attempts" in case.command.fields else None
        is_call_in = isinstance(told, dict) and told.get("result") == AttemptResult.CALLED_IN.value
        return is_call_in and FollowUpState(row.body["state"]) is not FollowUpState.OPEN

    async def append(self, case: Case, row: Stored, body: Mapping[str, Any]) -> Outcome:
        follow_up = _read(body)
        case.require_author(follow_up.attempts[-1].agent)
        if not is_attempt(follow_up, follow_up.attempts[-1]):
            raise Refused("bad_field")
        await complaints.check_visit(case, row, taker=case.person.id)
        await _answer(case, follow_up)
        after = to_body(counted(follow_up, _plan(case.changes, follow_up.kind)))
        return Outcome({name: value for name, value in after.items() if value != body[name]})


class FollowUpPlanRules(Rules):
    async def begin(self, case: Case, body: Mapping[str, Any]) -> Outcome:
        return Outcome(_signed(case, body))

    async def change(self, case: Case, row: Stored, taken: Mapping[str, Any], body: Mapping[str, Any]) -> Outcome:
        return Outcome(_signed(case, body), row.segment)


async def _answer(case: Case, follow_up: FollowUp) -> None:
    """A call that reached the customer answers the ticket it was about."""
    if follow_up.ticket_id is None or not is_answering(follow_up.attempts[-1].result):
        return
    await case.changes.load("ticket", [follow_up.ticket_id])
    ticket = case.changes.get("ticket", follow_up.ticket_id)
    clocks = {} if ticket is None else case.watch.answered(ticket.body)
    if ticket is not None and clocks:
        case.changes.put(replace(ticket, version=ticket.version + 1, body={**ticket.body, **clocks}))


def _read(body: Mapping[str, Any]) -> FollowUp:
    return from_body(FollowUp, "", 1, body)


def _plan(changes: Changeset, kind: FollowUpKind) -> FollowUpPlan:
    row = changes.get("follow_up_plan", kind.value)
    plan = SHIPPED[kind] if row is None else changes.value(FollowUpPlan, row)
    return plan if is_plan(plan) else SHIPPED[kind]


def _signed(case: Case, body: Mapping[str, Any]) -> dict[str, Any]:
    if not is_plan(from_body(FollowUpPlan, case.command.id, 1, body)):
        raise Refused("bad_plan")
    return {"changed_by": case.person.id, "changed_at": to_text(case.watch.now)}


def _check_it(follow_up: FollowUp) -> None:
    ends_first = follow_up.until is not None and follow_up.until < follow_up.due_at
    is_nobodys = follow_up.owner is None and follow_up.team is None and follow_up.queue is None
    if ends_first or is_nobodys or follow_up.position < 0 or not follow_up.purpose.strip():
        raise Refused("bad_field")


def _check_links(case: Case, old: FollowUp | None, new: FollowUp) -> None:
    """Whether what it newly points to is there for its author."""
    for field, entity in POINTS_TO.items():
        named = getattr(new, field)
        if named is None or (old is not None and getattr(old, field) == named):
            continue
        row = case.changes.get(entity, named)
        if field == "ticket_id" and (row is None or not row.scopes & case.author.scopes):
            raise Refused("unknown_ticket")
        if field == "owner":
            _check_owner(case, old, named, row)
        elif row is None:
            raise Refused("bad_field")


def _check_owner(case: Case, old: FollowUp | None, owner: str, row: Stored | None) -> None:
    """To oneself, from oneself to a colleague; a lead to anybody."""
    if row is None or Role(row.body["role"]) not in CUSTOMER_ROLES:
        raise Refused("unknown_agent")
    is_theirs_to_give = old is None or old.owner == case.person.id or case.person.role in MAY_HAND_OUT_FOLLOW_UPS
    if owner != case.person.id and not is_theirs_to_give:
        raise Refused("not_allowed")
