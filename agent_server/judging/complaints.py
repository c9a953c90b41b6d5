"""What a complaint asks of a ticket: its source, who is in charge, which one leads, and what it takes to close it."""

import uuid
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, Final

from agent_model.agent import Role
from agent_model.body import from_body, to_body
from agent_model.clock_reckoning import CLOCK_TOLERANCE
from agent_model.compensation import Compensation, CompensationState
from agent_model.complaint import (
    LONGEST_CASE_NUMBER,
    ClosingDecision,
    DepartmentWord,
    DisputeStep,
    open_dispute,
)
from agent_model.complaint_closing import Standing, hindrances, is_asked_too
from agent_model.follow_up import FollowUp, FollowUpId, FollowUpKind, FollowUpState
from agent_model.moment import from_text, to_text
from agent_model.same_complaint_links import above, duplicates, is_complaint, merged_into
from agent_model.ticket import Ticket, TicketStatus, TicketType
from agent_server.changeset import Changeset
from agent_server.judging.case import Case, Refused
from agent_server.rows import Stored

REOPENED: Final = "投诉重新处理 · the complaint was taken up again"
ANOTHER: Final = "投诉人已更正 · the complaint turned out to be another customer's"
VISIT_WITHIN: Final = timedelta(hours=24)
MAY_SPEAK: Final = frozenset({Role.DEPARTMENT, Role.TEAM_LEAD, Role.DUTY_MANAGER})
MAY_TURN_INTO_ANOTHER_TYPE: Final = frozenset({Role.TEAM_LEAD, Role.DUTY_MANAGER})


async def begun(case: Case, body: Mapping[str, Any]) -> dict[str, Any]:
    """The fields that a new ticket gets because it is a complaint."""
    await _check_source(case, body)
    if is_complaint(body) and body["due_at"] is not None:
        _check_agreement(case)
    handlers = [] if body["status"] == TicketStatus.NEW else [body["created_by"]]
    decided: dict[str, Any] = {"handlers": _added(handlers, body["owner"])}
    if is_complaint(body) and body["status"] == TicketStatus.RESOLVED:
        decided["return_visit"] = await _order_visit(
            case.changes, case.command.id, body, case.person.id, case.watch.now
        )
    return decided


async def check(case: Case, row: Stored, taken: Mapping[str, Any], body: Mapping[str, Any]) -> None:
    """Refuses what the source, the links or the closing of a complaint forbid."""
    if "received_from" in taken:
        await _check_source(case, body)
    if not is_complaint(row.body):
        if taken.keys() & {"same_as", "closing_decision"}:
            raise Refused("not_a_complaint")
        if is_complaint(body) and body["status"] == TicketStatus.CLOSED and body["merged_into"] is None:
            raise Refused("return_visit_missing")  # else it would be over without ever having been one
        return
    if "type" in taken and case.person.role not in MAY_TURN_INTO_ANOTHER_TYPE:
        raise Refused("complaint_stays")
    if "due_at" in taken:
        _check_agreement(case)
    if (row.body["same_as"] is not None and "same_as" in taken) or await _parts_duplicates(case.changes, row, body):
        await _check_parting(case, row)
    if "same_as" in taken:
        await _check_link(case, row, body["same_as"])
    if "closing_decision" in taken:
        await _check_decision(case, row, body)
    if "merged_into" in taken:
        await _check_merge(case, row)
    elif body["status"] == TicketStatus.CLOSED and row.body["status"] != TicketStatus.CLOSED:
        found = hindrances(await _standing(case.changes, row, body))
        if found:
            raise Refused(found[0].value)


async def changed(case: Case, row: Stored, taken: Mapping[str, Any], body: Mapping[str, Any]) -> dict[str, Any]:
    """The fields that change with others of a ticket; nothing is refused here any more."""
    decided: dict[str, Any] = {"handlers": _handlers(case, row, taken)}
    before, after = row.body["status"], body["status"]
    if not is_complaint(body):
        return decided
    if before == after:
        if after == TicketStatus.RESOLVED and "customer_id" in taken:  # the one who complained is to be asked
            await _call_off_visit(case.changes, row, case.watch.now, ANOTHER)
            visit = await _order_visit(case.changes, row.id, body, case.person.id, case.watch.now)
            decided |= {"return_visit": visit, "closing_decision": None}
        return decided
    if after == TicketStatus.RESOLVED:
        visit = await _order_visit(case.changes, row.id, body, case.person.id, case.watch.now)
        decided |= {"return_visit": visit, "closing_decision": None}
    elif before == TicketStatus.RESOLVED and (after != TicketStatus.CLOSED or "merged_into" in taken):
        await _call_off_visit(case.changes, row, case.watch.now)
        decided |= {"return_visit": None, "closing_decision": None}
    return decided


async def imported(changes: Changeset, before: Stored | None, row: Stored, by: str, now: datetime) -> dict[str, Any]:
    """The fields that a ticket brought by a table or a folder gets because it is a complaint. One that comes in closed
    was closed elsewhere, one that names its return visit keeps it; of those that are here the rules hold. Raises
    Refused."""
    was = None if before is None else before.body
    if not is_complaint(row.body):
        if was is not None and is_complaint(was):
            raise Refused("complaint_stays")
        return {}
    after, worked = row.body["status"], row.body["handlers"]
    if was is None and after != TicketStatus.NEW:
        worked = _added(worked, row.body["created_by"])
    decided: dict[str, Any] = {"handlers": _added(worked, row.body["owner"])}
    if before is None or was is None or was["status"] != after or not is_complaint(was):
        if before is not None and after == TicketStatus.CLOSED:
            found = hindrances(await _standing(changes, before, before.body))
            if found:
                raise Refused(found[0].value)
        elif after == TicketStatus.RESOLVED:
            told = row.body["return_visit"] if before is None else None
            if await _visit_row(changes, told) is None:
                visit = await _order_visit(changes, row.id, row.body, by, now)
                decided |= {"return_visit": visit, "closing_decision": None}
        elif before is not None and before.body["status"] == TicketStatus.RESOLVED:
            await _call_off_visit(changes, before, now)
            decided |= {"return_visit": None, "closing_decision": None}
    return decided


async def moved(case: Case, row: Stored, added: Mapping[str, Any], body: Mapping[str, Any]) -> dict[str, Any]:
    """The fields that what is appended to a ticket moves. Refuses what is said out of turn, and a hand-over to another
    department while it is in dispute or by who would have to dispute it."""
    decided: dict[str, Any] = {}
    if "disputes" in added:
        decided = await _spoken(case, row, body)
    if "hand_overs" in added:
        await _hand_over(case, row, added["hand_overs"]["after"])
        decided["handlers"] = _added(row.body["handlers"], added["hand_overs"]["after"]["owner"])
    return decided


async def _hand_over(case: Case, row: Stored, after: Mapping[str, Any]) -> None:
    if is_complaint(row.body) and after["department"] != row.body["department"]:
        if open_dispute(from_body(Ticket, row.id, row.version, row.body).disputes) is not None:
            raise Refused("disputed")
        if case.person.role is Role.DEPARTMENT:
            raise Refused("dispute_first")
    if after["queue"] != row.body["queue"]:
        for compensation in await case.changes.find("compensation", "ticket_id", row.id):
            there = {**compensation.body, "queue": after["queue"]}
            case.changes.put(replace(compensation, version=compensation.version + 1, body=there))


async def _spoken(case: Case, row: Stored, body: Mapping[str, Any]) -> dict[str, Any]:
    """A word about the department in charge: accepting it or deciding moves the ticket."""
    before = from_body(Ticket, row.id, row.version, row.body)
    word = from_body(Ticket, row.id, row.version, body).disputes[-1]
    case.require_author(word.author)
    if before.type is not TicketType.COMPLAINT:
        raise Refused("not_a_complaint")
    if before.status is TicketStatus.CLOSED:
        raise Refused("complaint_closed")
    if not word.text.strip():
        raise Refused("reason_missing")
    await _check_word(case, before, word)
    settles = word.step in (DisputeStep.ACCEPTS, DisputeStep.DECIDES) and word.department != before.department
    return {"department": word.department, "owner": None} if settles else {}


async def check_visit(
    case: Case, visit: Stored, *, is_cancelled: bool = False, is_moved: bool = False, taker: str | None = None
) -> None:
    """Refuses who worked on a complaint to ask how it ended, anybody but a duty manager to spare it the asking, and
    everybody to make its visit into another ticket's."""
    if visit.body["kind"] != FollowUpKind.RETURN_VISIT or visit.body["ticket_id"] is None:
        return
    await case.changes.load("ticket", [visit.body["ticket_id"]])
    ticket = case.changes.get("ticket", visit.body["ticket_id"])
    if ticket is None or ticket.body["return_visit"] != visit.id:
        return
    if is_moved or (is_cancelled and case.person.role is not Role.DUTY_MANAGER):
        raise Refused("not_allowed")
    if taker is not None and any(taker in row.body["handlers"] for row in await group_of(case.changes, ticket)):
        raise Refused("handler_may_not")


async def group_of(changes: Changeset, ticket: Stored) -> tuple[Stored, ...]:
    """Every ticket that is the same complaint, held: the one that leads first. They are linked (`same_as`), merged or
    called duplicates, over however many steps."""
    group = [lead := await _leading(changes, ticket)]
    known = {lead.id}
    for member in group:
        near, alike = (*above(member.body), *merged_into(member.body)), duplicates(member.body)
        await changes.load("ticket", sorted({*near, *alike} - known))
        beside = [changes.get("ticket", one) for one in near]
        same = [row for one in alike if (row := changes.get("ticket", one)) is not None and is_complaint(row.body)]
        for row in (*beside, *same, *await changes.find("ticket", "same_as", member.id)):
            if row is not None and row.id not in known:
                known.add(row.id)
                group.append(row)
    return tuple(group)


async def _leading(changes: Changeset, ticket: Stored) -> Stored:
    """Whom it follows, or what it went into, and so on to the end."""
    passed: set[str] = set()
    while ticket.id not in passed and (found := above(ticket.body)):
        passed.add(ticket.id)
        await changes.load("ticket", found[:1])
        ticket = changes.get("ticket", found[0]) or ticket
    return ticket


def _check_agreement(case: Case) -> None:
    """Who answers for the time within which complaints are solved agrees on another one."""
    if case.person.role not in MAY_TURN_INTO_ANOTHER_TYPE:
        raise Refused("not_allowed")


async def _check_source(case: Case, body: Mapping[str, Any]) -> None:
    told = body["received_from"]
    if told is None:
        return
    await case.changes.look_at("complaint_source", [told["source"]])
    if case.changes.get("complaint_source", told["source"]) is None:
        raise Refused("unknown_source")
    if len(told["case_number"]) > LONGEST_CASE_NUMBER:
        raise Refused("bad_field")
    if told["received_at"] is not None and from_text(told["received_at"]) > case.watch.now + CLOCK_TOLERANCE:
        raise Refused("bad_field")


async def _check_link(case: Case, row: Stored, lead_id: str | None) -> None:
    if lead_id is None:
        return
    await case.changes.load("ticket", [lead_id])
    lead = case.changes.get("ticket", lead_id)
    if lead is None or not lead.scopes & case.author.scopes:
        raise Refused("unknown_ticket")
    if lead_id == row.id or not is_complaint(lead.body):
        raise Refused("not_a_complaint")
    if above(lead.body) or await case.changes.find("ticket", "same_as", row.id):
        raise Refused("not_leading")


async def _parts_duplicates(changes: Changeset, row: Stored, body: Mapping[str, Any]) -> bool:
    """Whether a complaint is called a duplicate of this one no more."""
    parted = sorted(set(duplicates(row.body)) - set(duplicates(body)))
    await changes.load("ticket", parted)
    others = (changes.get("ticket", one) for one in parted)
    return any(one is not None and is_complaint(one.body) for one in others)


async def _check_parting(case: Case, row: Stored) -> None:
    """What was given for one complaint would be given again for the two that it is made into."""
    if case.person.role in MAY_TURN_INTO_ANOTHER_TYPE:
        return
    for member in await group_of(case.changes, row):
        given = await case.changes.find("compensation", "ticket_id", member.id)
        if any(one.body["state"] != CompensationState.REFUSED for one in given):
            raise Refused("already_compensated")


async def _check_merge(case: Case, row: Stored) -> None:
    """What a regulator sent keeps its own clock and number: it is linked (`same_as`), not merged."""
    told = row.body["received_from"]
    if told is None:
        return
    await case.changes.look_at("complaint_source", [told["source"]])
    source = case.changes.get("complaint_source", told["source"])
    if source is not None and source.body["is_regulator"]:
        raise Refused("link_instead")


async def _check_decision(case: Case, row: Stored, body: Mapping[str, Any]) -> None:
    if body["closing_decision"] is None:
        return
    decision = from_body(ClosingDecision, "", 0, body["closing_decision"])
    case.require_author(decision.by)
    if case.person.role is not Role.DUTY_MANAGER or case.person.id in row.body["handlers"]:
        raise Refused("not_allowed")
    if not decision.reason.strip():
        raise Refused("reason_missing")
    visit = await _visit(case.changes, row.body["return_visit"])
    if visit is None or visit.is_open:
        raise Refused("return_visit_open" if visit is not None else "return_visit_missing")


async def _standing(changes: Changeset, row: Stored, body: Mapping[str, Any]) -> Standing:
    """Of the same complaint by two doors one return visit suffices, and its handlers are those of all."""
    lead, *_ = group = await group_of(changes, row)
    ticket = from_body(Ticket, row.id, row.version, body)
    shared = await _shared_visit(changes, lead, ticket)
    shared_decision = None if shared is None else from_body(Ticket, lead.id, lead.version, lead.body).closing_decision
    given = [one for member in group for one in await changes.find("compensation", "ticket_id", member.id)]
    return Standing(
        disputes=ticket.disputes,
        compensations=tuple(from_body(Compensation, one.id, one.version, one.body) for one in given),
        is_resolved=row.body["status"] == TicketStatus.RESOLVED,
        handlers=frozenset(handler for member in group for handler in member.body["handlers"]),
        visit=shared or await _visit(changes, row.body["return_visit"]),
        decision=ticket.closing_decision or shared_decision,
    )


async def _check_word(case: Case, ticket: Ticket, word: DepartmentWord) -> None:
    disputed = open_dispute(ticket.disputes)
    await case.changes.look_at("department", [word.department])
    if case.changes.get("department", word.department) is None:
        raise Refused("unknown_department")
    match word.step:
        case DisputeStep.DISPUTES:
            if disputed is not None:
                raise Refused("disputed")
            if word.department == ticket.department:
                raise Refused("bad_field")
            await _require_department(case, ticket.department)
        case DisputeStep.ACCEPTS | DisputeStep.DECLINES:
            if disputed is None:
                raise Refused("no_dispute")
            if word.department != disputed.department:
                raise Refused("bad_field")
            await _require_department(case, disputed.department)
        case DisputeStep.DECIDES:
            if disputed is None:
                raise Refused("no_dispute")
            if case.person.role is not Role.DUTY_MANAGER:
                raise Refused("not_allowed")


async def _require_department(case: Case, department: str) -> None:
    if case.person.role not in MAY_SPEAK:
        raise Refused("not_allowed")
    await case.changes.look_at("team", [case.person.team])
    team = case.changes.get("team", case.person.team)
    if team is None or team.body["department"] != department:
        raise Refused("not_your_department")


def _handlers(case: Case, row: Stored, taken: Mapping[str, Any]) -> list[str]:
    """Who works on it: its owners, and who moved it on its way to being solved."""
    handlers = list(row.body["handlers"])
    if "status" in taken and TicketStatus(row.body["status"]).is_open:
        handlers = _added(handlers, case.person.id)
    return _added(handlers, taken.get("owner"))


def _added(handlers: list[str], person: str | None) -> list[str]:
    return handlers if person is None or person in handlers else [*handlers, person]


async def _visit(changes: Changeset, visit_id: str | None) -> FollowUp | None:
    row = await _visit_row(changes, visit_id)
    return None if row is None else from_body(FollowUp, row.id, row.version, row.body)


async def _visit_row(changes: Changeset, visit_id: str | None) -> Stored | None:
    if visit_id is None:
        return None
    await changes.load("follow_up", [visit_id])
    return changes.get("follow_up", visit_id)


async def _shared_visit(changes: Changeset, lead: Stored, ticket: Ticket) -> FollowUp | None:
    """The visit of the one that leads, where it asks about this ticket too."""
    visit = await _visit(changes, lead.body["return_visit"])
    if lead.id == ticket.id or visit is None:
        return visit
    return visit if is_asked_too(ticket, visit.customer_id, visit.ended_at) else None


async def _is_led(changes: Changeset, ticket_id: str, body: Mapping[str, Any]) -> bool:
    """Whether the return visit of another ticket, made or to be made, suffices for this one."""
    if body["same_as"] is None:
        return False
    ticket = from_body(Ticket, ticket_id, 1, body)
    lead, *_ = await group_of(changes, Stored("ticket", ticket_id, 1, body, body["segment"]))
    if lead.body["return_visit"] is not None:
        return await _shared_visit(changes, lead, ticket) is not None
    return lead.body["status"] != TicketStatus.CLOSED and is_asked_too(ticket, lead.body["customer_id"], None)


async def _order_visit(
    changes: Changeset, ticket_id: str, body: Mapping[str, Any], by: str, now: datetime
) -> str | None:
    """A return visit for the group that makes them. What follows another complaint has that one's, if it does."""
    if await _is_led(changes, ticket_id, body):
        return None
    team = await _visiting_team(changes)
    visit = FollowUp(
        id=FollowUpId(str(uuid.uuid4())),
        kind=FollowUpKind.RETURN_VISIT,
        purpose=body["subject"],
        due_at=now + VISIT_WITHIN,
        created_at=now,
        created_by=by,
        customer_id=body["customer_id"],
        ticket_id=ticket_id,
        team=team,
        queue=body["queue"] if team is None else None,
    )
    changes.put(Stored("follow_up", visit.id, 1, to_body(visit), body["segment"]))
    return visit.id


async def _visiting_team(changes: Changeset) -> str | None:
    """The team of the people who make return visits; None where a site has no such people: then it is the queue's."""
    visitors = await changes.find("agent", "role", Role.RETURN_VISIT.value, is_held=False)
    return min((str(visitor.body["team"]) for visitor in visitors), default=None)


async def _call_off_visit(changes: Changeset, row: Stored, now: datetime, reason: str = REOPENED) -> None:
    """The complaint is worked on again, or somebody else's: nobody is to ask how it ended."""
    visit = await _visit_row(changes, row.body["return_visit"])
    if visit is None or visit.body["state"] != FollowUpState.OPEN:
        return
    over = {"state": FollowUpState.CANCELLED.value, "ended_at": to_text(now), "reason": reason}
    changes.put(replace(visit, version=visit.version + 1, body={**visit.body, **over}))
