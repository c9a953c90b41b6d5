"""What the server decides about follow-ups: who may make, take and change one, and what attempts make of it."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from agent_model.agent import Role
from agent_model.body import from_body, to_body
from agent_model.command import Command, FieldChange
from agent_model.follow_up import AttemptResult, FollowUp, FollowUpKind, FollowUpState
from agent_model.follow_up_course import counted, is_attempt
from agent_model.follow_up_plan import SHIPPED, FollowUpPlan, is_plan
from agent_model.scope import Scope
from agent_server.changeset import Changeset
from agent_server.judging.case import Refusal
from agent_server.rights import MAY_HAND_OUT_FOLLOW_UPS
from agent_server.scopes import CUSTOMER_ROLES, Person

PUTS_OFF: Final = frozenset({"snoozed_until"})
"""Of one that is over meanwhile, nobody needs to be told that it could not be put off."""


LOOKED_AT: Final = {"ticket": "ticket_id", "agent": "owner", "team": "team", "queue": "queue"}


async def look_around(commands: Iterable[Command], changes: Changeset) -> None:
    """Bring in what judging these commands needs beside their own rows."""
    about = [command for command in commands if command.entity == "follow_up"]
    if not about:
        return
    await changes.look_at("follow_up_plan", {kind.value for kind in FollowUpKind})
    for entity, field in LOOKED_AT.items():
        await changes.look_at(entity, _named(about, field))


def _named(commands: Iterable[Command], field: str) -> set[str]:
    given = (command.fields[field].new for command in commands if field in command.fields)
    return {one for one in given if isinstance(one, str)}


def new_refused(
    body: Mapping[str, Any], person: Person, scopes: frozenset[Scope], changes: Changeset
) -> Refusal | None:
    """Why somebody may not make this one; whether they may see its customer is asked elsewhere."""
    follow_up = from_body(FollowUp, "", 1, body)
    if follow_up.created_by != person.id:
        return Refusal("not_yours")
    if follow_up.state is not FollowUpState.OPEN or follow_up.reason is not None:
        return Refusal("illegal_status")
    if (follow_up.customer_id is None) == (follow_up.caller_number is None):
        return Refusal("bad_field")
    return _faults(follow_up) or _links_refused(None, follow_up, person, scopes, changes)


def change_refused(
    before: Mapping[str, Any],
    fields: Mapping[str, FieldChange],
    person: Person,
    scopes: frozenset[Scope],
    changes: Changeset,
) -> Refusal | None:
    """Why somebody may not change it so. Asked before the fields of their command are merged, so that who comes second
    to take one is told that it is taken."""
    wanted = {name: change.new for name, change in fields.items()}
    old = from_body(FollowUp, "", 1, before)
    new = from_body(FollowUp, "", 1, {**before, **wanted})
    if all(before[name] == value for name, value in wanted.items()):
        return None
    if not old.is_open:
        return Refusal("already_over")
    if new.state is FollowUpState.CANCELLED:
        if not (new.reason or "").strip():
            return Refusal("bad_field")
    elif new.state is not old.state:
        return Refusal("illegal_status")
    elif new.reason is not None:
        return Refusal("bad_field")
    is_claimed = new.owner == person.id and old.owner not in (None, person.id)
    if is_claimed and (fields["owner"].old != old.owner or not _is_theirs(old, person)):
        return Refusal("taken")
    if old.owner is not None and not _is_theirs(old, person):
        return Refusal("not_yours")
    return _faults(new) or _links_refused(old, new, person, scopes, changes)


def is_idle(before: Mapping[str, Any], fields: Mapping[str, FieldChange]) -> bool:
    """Whether the command came too late to matter, and nobody is to be troubled with it."""
    return before["state"] != FollowUpState.OPEN and fields.keys() <= PUTS_OFF


def is_told_again(before: Mapping[str, Any], body: Mapping[str, Any]) -> bool:
    """Whether the newest attempt of `body` is a call of the customer's own that cleared nothing any more."""
    is_call_in = AttemptResult(body["attempts"][-1]["result"]) is AttemptResult.CALLED_IN
    return is_call_in and FollowUpState(before["state"]) is not FollowUpState.OPEN


def attempted(body: Mapping[str, Any], author: str, changes: Changeset) -> Refusal | dict[str, Any]:
    """The body with what its newest attempt makes of it, or why that attempt is not taken."""
    follow_up = from_body(FollowUp, "", 1, body)
    attempt = follow_up.attempts[-1]
    if attempt.agent != author:
        return Refusal("not_yours")
    if not is_attempt(follow_up, attempt):
        return Refusal("bad_field")
    return {**body, **to_body(counted(follow_up, plan_of(follow_up.kind, changes)))}


def plan_of(kind: FollowUpKind, changes: Changeset) -> FollowUpPlan:
    row = changes.get("follow_up_plan", kind.value)
    return SHIPPED[kind] if row is None else from_body(FollowUpPlan, row.id, row.version, row.body)


def plan_refused(row_id: str, body: Mapping[str, Any]) -> Refusal | None:
    return None if is_plan(from_body(FollowUpPlan, row_id, 1, body)) else Refusal("bad_plan")


def _is_theirs(follow_up: FollowUp, person: Person) -> bool:
    return person.id in (follow_up.owner, follow_up.created_by) or person.role in MAY_HAND_OUT_FOLLOW_UPS


def _faults(follow_up: FollowUp) -> Refusal | None:
    ends_first = follow_up.until is not None and follow_up.until < follow_up.due_at
    is_nobodys = follow_up.owner is None and follow_up.team is None and follow_up.queue is None
    is_wrong = ends_first or is_nobodys or follow_up.position < 0 or not follow_up.purpose.strip()
    return Refusal("bad_field") if is_wrong else None


def _links_refused(
    old: FollowUp | None, new: FollowUp, person: Person, scopes: frozenset[Scope], changes: Changeset
) -> Refusal | None:
    """Whether what it newly points to is not there for its author."""
    is_new = {field for field in LOOKED_AT.values() if old is None or getattr(old, field) != getattr(new, field)}
    for entity in ("team", "queue"):
        named = getattr(new, entity)
        if entity in is_new and named is not None and changes.get(entity, named) is None:
            return Refusal("bad_field")
    if "ticket_id" in is_new and new.ticket_id is not None:
        ticket = changes.get("ticket", new.ticket_id)
        if ticket is None or not ticket.scopes & scopes:
            return Refusal("unknown_ticket")
    return _owner_refused(old, new, person, changes) if "owner" in is_new else None


def _owner_refused(old: FollowUp | None, new: FollowUp, person: Person, changes: Changeset) -> Refusal | None:
    """To oneself or to nobody, from oneself to a colleague; a lead to anybody."""
    if new.owner in (None, person.id):
        return None
    row = changes.get("agent", new.owner)
    if row is None or Role(row.body["role"]) not in CUSTOMER_ROLES:
        return Refusal("unknown_agent")
    is_theirs_to_give = old is None or old.owner == person.id or person.role in MAY_HAND_OUT_FOLLOW_UPS
    return None if is_theirs_to_give else Refusal("not_allowed")
