"""Work on tickets: comments, hand-overs, watchers, sub-tasks, links, merging."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from agent_model.agent import Role
from agent_model.moment import to_text
from agent_model.organisation import is_place
from agent_model.ticket import LinkKind, TicketStatus, TicketType
from agent_model.ticket_flow import LONGEST_REASON
from agent_server.judging.case import Case, Refused
from agent_server.rows import Stored
from agent_server.scopes import CUSTOMER_ROLES

LONGEST_COMMENT: Final = 20_000


def check_theirs(case: Case, row: Stored) -> None:
    """A department works on what is in its own queues and on what it was given, though it sees more."""
    person = case.person
    if person.role is not Role.DEPARTMENT or row.body["queue"] in person.queues:
        return
    if person.id not in {*people(row.body), row.body["created_by"]}:
        raise Refused("not_allowed")


def people(body: Mapping[str, Any]) -> set[str]:
    """Who is given a ticket."""
    return {*body["watchers"], *([body["owner"]] if body["owner"] is not None else [])}


async def check_people(case: Case, named: Iterable[str]) -> None:
    """Nobody is given a ticket who may not see customers."""
    ids = sorted(set(named))
    await case.changes.look_at("agent", ids)
    found = [case.changes.get("agent", id_) for id_ in ids]
    if not all(one is not None and Role(one.body["role"]) in CUSTOMER_ROLES for one in found):
        raise Refused("unknown_person")


async def check_place(case: Case, named: Mapping[str, Any]) -> None:
    """Nothing is put where nobody would find it."""
    for entity in ("queue", "department"):
        if not is_place(named[entity], {row.id for row in await case.changes.look_at_all(entity)}):
            raise Refused("unknown_place")


async def put_below(case: Case, parent_id: str) -> None:
    """The new ticket as a sub-task of an open one, which is none itself."""
    others = Others(case)
    parent = await others.held(parent_id)
    if parent.body["parent"] is not None or not TicketStatus(parent.body["status"]).is_open:
        raise Refused("illegal_parent")
    others.change(parent, subtasks=[*parent.body["subtasks"], case.command.id])
    others.put()


async def merge(row: Stored, body: Mapping[str, Any], others: "Others") -> None:
    """Once and for all, into an open ticket of the same customer; what is a complaint stays one."""
    target = await others.held(body["merged_into"])
    types = {body["type"], target.body["type"]}
    is_other_matter = target.body["customer_id"] != body["customer_id"] or (
        TicketType.COMPLAINT in types and len(types) > 1
    )
    is_over = not TicketStatus(target.body["status"]).is_open or row.body["merged_into"] is not None
    if target.id == row.id or is_other_matter or is_over or row.body["status"] == TicketStatus.CLOSED:
        raise Refused("illegal_merge")
    watchers = target.body["watchers"]
    links = [link for link in target.body["links"] if link["ticket"] != row.id]
    others.change(
        target,
        watchers=[*watchers, *(one for one in row.body["watchers"] if one not in watchers)],
        links=[*links, {"kind": LinkKind.MERGED.value, "ticket": row.id}],
    )


async def link(row: Stored, links: Sequence[Mapping[str, Any]], others: "Others") -> None:
    """Both ends know of it."""
    before = row.body["links"]
    added, gone = [one for one in links if one not in before], [one for one in before if one not in links]
    if any(one["kind"] == LinkKind.MERGED for one in (*added, *gone)):
        raise Refused("not_allowed")
    for one in added:
        other, back = await others.held(one["ticket"]), {"kind": one["kind"], "ticket": row.id}
        if other.id == row.id:
            raise Refused("unknown_ticket")
        if back not in other.body["links"]:
            others.change(other, links=[*other.body["links"], back])
    for one in gone:
        found, back = await others.any(one["ticket"]), {"kind": one["kind"], "ticket": row.id}
        if found is not None and back in found.body["links"]:
            others.change(found, links=[its for its in found.body["links"] if its != back])


def check_comment(case: Case, comment: Mapping[str, Any]) -> None:
    case.require_author(comment["author"])
    if not comment["text"].strip() or len(comment["text"]) > LONGEST_COMMENT:
        raise Refused("bad_field")


async def check_hand_over(case: Case, row: Stored, hand_over: Mapping[str, Any]) -> None:
    case.require_author(hand_over["by"])
    before, after, reason = hand_over["before"], hand_over["after"], hand_over["reason"]
    if not reason.strip():
        raise Refused("needs_reason")
    if len(reason) > LONGEST_REASON:
        raise Refused("bad_field")
    if any(row.body[name] != value for name, value in before.items()):
        raise Refused("moved_meanwhile")
    if row.body["status"] == TicketStatus.CLOSED:
        raise Refused("illegal_status")
    await check_place(case, after)
    await check_people(case, [after["owner"]] if after["owner"] is not None else [])


class Others:
    """Tickets at the other end of what is done to one: put only once nothing is refused any more."""

    def __init__(self, case: Case) -> None:
        self._case = case
        self._rows: dict[str, Stored] = {}

    async def any(self, row_id: str) -> Stored | None:
        if row_id not in self._rows:
            await self._case.changes.load("ticket", [row_id])
        return self._rows.get(row_id) or self._case.changes.get("ticket", row_id)

    async def held(self, row_id: str) -> Stored:
        """Refuses one that the author may not see."""
        row = await self.any(row_id)
        if row is None or not row.scopes & self._case.author.scopes:
            raise Refused("unknown_ticket")
        return row

    def change(self, row: Stored, **fields: Any) -> None:
        body = {**row.body, **fields, "updated_at": to_text(self._case.watch.now)}
        self._rows[row.id] = replace(row, version=row.version + 1, body=body)

    def put(self) -> None:
        for row in self._rows.values():
            self._case.changes.put(row)
