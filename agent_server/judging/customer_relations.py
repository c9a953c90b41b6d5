"""What a command may do with a relation between two customers, and what becomes of relations when two are one."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from sqlalchemy import select

from agent_model.body import from_body
from agent_model.command import Command
from agent_model.customer_relation import LONGEST_NOTE, CustomerRelation
from agent_model.moment import to_text
from agent_server.changeset import Changeset, given
from agent_server.judging.case import Case, Refused
from agent_server.judging.rules import Outcome, Rules
from agent_server.rows import Stored, fetch
from agent_server.tables import NOUN_TABLES, TO_CUSTOMERS

RELATION: Final = "customer_relation"


class CustomerRelationRules(Rules):
    """Only who may see both customers relates them, changes that, or takes it away."""

    async def load(self, commands: Sequence[Command], changes: Changeset) -> None:
        told = (change.new for command in commands for name, change in command.fields.items() if name in TO_CUSTOMERS)
        await changes.load("customer", {row_id for row_id in told if isinstance(row_id, str)})
        rows = [row for command in commands if (row := changes.get(RELATION, command.id)) is not None]
        await changes.look_at("customer", {end for row in rows for end in ends_of(row)})

    async def begin(self, case: Case, body: Mapping[str, Any]) -> Outcome:
        relation = _read(case.command.id, body)
        case.require_author(relation.created_by)
        if relation.customer_id == relation.other_id:
            raise Refused("same_customer")
        places = _places(case, body)
        await _check(case, relation)
        return Outcome(places, places["segment"])

    async def change(self, case: Case, row: Stored, taken: Mapping[str, Any], body: Mapping[str, Any]) -> Outcome:
        if row.body["removed_with"] is not None:
            are_two = all(case.changes.get("customer", end) is not None for end in ends_of(row))
            raise Refused("already_related" if are_two else "same_customer")
        _places(case, row.body)
        relation = _read(row.id, body)
        if not relation.is_removed:
            await _check(case, relation)
        if "is_removed" not in taken:
            return Outcome(segment=row.segment)
        by, at = (case.person.id, to_text(case.watch.now)) if relation.is_removed else (None, None)
        return Outcome({"removed_by": by, "removed_at": at}, row.segment)


async def come_together(case: Case, gone: str, stays: str) -> None:
    """One customer went into another, whose everything is: what related the two, or says the same twice, is taken away
    with this merge. Of two notes none is lost."""
    changes = case.changes
    rows = [*await changes.of_customer(gone, RELATION), *await changes.of_customer(stays, RELATION)]
    there = {row.id: row for row in rows if not row.body["is_removed"]}
    between = [row for row in there.values() if gone in ends_of(row)]
    twice = _twice([row for row in there.values() if gone not in ends_of(row)])
    by, at = case.person.id, to_text(case.watch.now)
    for row in (*between, *twice):
        away = {"is_removed": True, "removed_by": by, "removed_at": at, "removed_with": case.command.id}
        _put(changes, row, away)


async def part_again(changes: Changeset, merge_id: str, given_back: Collection[str], goes: str, stays: str) -> None:
    """What this merge took away is there again, and so is what said the same as something that was given back."""
    await changes.of_customer(stays, RELATION)
    rows = changes.held(RELATION)
    back = [row for row in rows if row.id in given_back]
    freed = {_read(row.id, row.body).said for row in (*back, *(given(row, goes, stays, None) for row in back))}
    for row in rows:
        told = row.body["removed_with"]
        if told is None or (told != merge_id and _read(row.id, row.body).said not in freed):
            continue
        await changes.look_at("customer", ends_of(row))
        has_both = all(changes.get("customer", end) is not None for end in ends_of(row))
        if has_both and not await _saying(changes, _read(row.id, row.body)):
            _put(changes, row, {"is_removed": False, "removed_by": None, "removed_at": None, "removed_with": None})


def ends_of(row: Stored) -> list[str]:
    return [row.body[pointer] for pointer in TO_CUSTOMERS]


def _twice(rows: Iterable[Stored]) -> list[Stored]:
    """Those that say nothing which another does not: one with a note stays before one without, else the first."""
    said: dict[Any, set[str]] = {}
    spare = []
    for row in sorted(rows, key=lambda row: (not row.body["note"], row.body["created_at"], row.id)):
        notes = said.setdefault(_read(row.id, row.body).said, set())
        if notes and row.body["note"] in ("", *notes):
            spare.append(row)
        notes.add(row.body["note"])
    return spare


def _put(changes: Changeset, row: Stored, told: Mapping[str, Any]) -> None:
    changes.put(replace(row, version=row.version + 1, body={**row.body, **told}))


def _read(row_id: str, body: Mapping[str, Any]) -> CustomerRelation:
    return from_body(CustomerRelation, row_id, 1, body)


def _places(case: Case, body: Mapping[str, Any]) -> dict[str, str]:
    """Where the two are; refuses who may not see them both."""
    return {place: case.segment_of_customer(body[pointer]) for pointer, place in TO_CUSTOMERS.items()}


async def _check(case: Case, relation: CustomerRelation) -> None:
    if len(relation.note) > LONGEST_NOTE:
        raise Refused("bad_field")
    if await _saying(case.changes, relation):
        raise Refused("already_related")


async def _saying(changes: Changeset, relation: CustomerRelation) -> list[Stored]:
    """Others there are that say the same, as they stand in this transaction; nobody waits for them."""
    table = NOUN_TABLES[RELATION]
    is_from = table.c.customer_id.in_((relation.customer_id, relation.other_id))
    is_to = table.c.other_id.in_((relation.customer_id, relation.other_id))
    ids = (await changes.connection.scalars(select(table.c.id).where(is_from, is_to))).all()
    rows = await fetch(changes.connection, RELATION, ids)
    rows |= {row.id: row for row in changes.held(RELATION)}
    there = (row for row in rows.values() if row.id != relation.id and not row.body["is_removed"])
    return [row for row in there if _read(row.id, row.body).said == relation.said]
