"""Merging two customers into one, and taking it back: everything of the one follows, and what moved is kept in mind."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any, Final

from sqlalchemy import delete, insert, select, update

from agent_model.command import Command
from agent_model.customer_merge import StayedKind, changed_since, is_chosen, parted, united
from agent_model.moment import from_text, to_text
from agent_server.audit import Deed
from agent_server.changeset import Changeset, given
from agent_server.judging.case import Case, Refused
from agent_server.judging.customer_relations import RELATION, come_together, part_again
from agent_server.judging.rules import Outcome, Rules
from agent_server.rights import MAY_MOVE_CUSTOMERS
from agent_server.rows import Stored, checked_body
from agent_server.scopes import segments_in
from agent_server.tables import TO_CUSTOMERS, conflict, customer_merge, merge_record, site

UNDO_DAYS_NAME: Final = "merge_undo_days"
UNDO_DAYS: Final = 30
"""How long a merge can be undone where the site has not said otherwise."""


class CustomerMergeRules(Rules):
    async def load(self, commands: Sequence[Command], changes: Changeset) -> None:
        ids = {
            change.new
            for command in commands
            for name, change in command.fields.items()
            if name in _NAMED and isinstance(change.new, str)
        }
        merges = [row for command in commands if (row := changes.get("customer_merge", command.id)) is not None]
        ids |= {row.body[name] for row in merges for name in _NAMED}
        await changes.load("customer", ids)

    async def begin(self, case: Case, body: Mapping[str, Any]) -> Outcome:
        changes = case.changes
        if await _pointers(changes, [body["gone"]]) or body["gone"] == body["customer_id"]:
            raise Refused("already_merged")  # the second may have been followed to where the first went
        stays, goes = _customer(case, body["customer_id"]), _customer(case, body["gone"])
        if not case.command.id.startswith(f"{goes.id}."):
            raise Refused("bad_field")
        if not all(map(is_chosen, body["taken"])):
            raise Refused("bad_field")
        if stays.segment != goes.segment and case.person.role not in MAY_MOVE_CUSTOMERS:
            raise Refused("other_segment")
        after = united(stays.body, goes.body, body["taken"])
        whole = _put_customer(case, stays, after)
        moved = await _give(case, goes.id, stays)
        nth = 1 + max((row.body["nth"] for row in await _merges_into(changes, stays.id)), default=0)
        changes.delete("customer", goes.id)
        contested = await _move_conflicts(changes, goes.id, stays.id)
        record = {
            "id": case.command.id,
            "undo_until": to_text(case.watch.now + timedelta(days=await _undo_days(changes))),
            "gone": _kept(goes),
            "before": dict(stays.body),
            "after": whole,
            "moved": [[row.entity, row.id] for row in moved],
            "conflicts": contested,
        }
        await changes.connection.execute(insert(merge_record).values(**record))
        counts = Counter(row.entity for row in moved)
        decided = {
            "name": goes.body["name"],
            "moved": [{"entity": entity, "count": count} for entity, count in sorted(counts.items())],
            "nth": nth,
            "by": case.person.id,
            "at": to_text(case.watch.now),
            "undo_until": record["undo_until"],
        }
        return Outcome(decided, stays.segment, (case.act(Deed.CUSTOMERS_MERGED, reason=f"{goes.id} > {stays.id}"),))

    async def change(self, case: Case, row: Stored, taken: Mapping[str, Any], body: Mapping[str, Any]) -> Outcome:
        changes = case.changes
        if not taken["is_undone"]:
            raise Refused("not_possible")
        if row.body["by"] != case.person.id and case.person.role not in MAY_MOVE_CUSTOMERS:
            raise Refused("not_allowed")
        record = await _record(changes, row.id)
        if record is None or from_text(record.undo_until) < case.watch.now:
            raise Refused("too_late")
        stays = _customer(case, row.body["customer_id"])
        if any(other.body["nth"] > row.body["nth"] for other in await _merges_into(changes, stays.id)):
            raise Refused("merged_since")
        goes = _restored(record.gone)
        if goes.segment not in segments_in(case.author.scopes):
            raise Refused("not_allowed")
        stayed = [
            {"kind": StayedKind.FIELD, "entity": "customer", "name": name}
            for name in changed_since(stays.body, record.after)
        ]
        _put_customer(case, stays, parted(stays.body, record.before, record.after))
        changes.put(goes)
        was_theirs = {(entity, row_id) for entity, row_id in record.moved}
        for other in await changes.of_customer(stays.id):
            if (other.entity, other.id) in was_theirs:
                changes.put(given(other, stays.id, goes.id, goes.segment))
            elif other.entity != "customer_merge" and _written_at(other) > row.body["at"]:
                stayed.append({"kind": StayedKind.ROW, "entity": other.entity, "name": other.id})
        relations = {row_id for noun, row_id in was_theirs if noun == RELATION}
        await part_again(changes, row.id, relations, goes.id, stays.id)
        await _give_conflicts_back(changes, record.conflicts, stays.id, goes.id)
        await changes.connection.execute(delete(merge_record).where(merge_record.c.id == row.id))
        decided = {"undone_by": case.person.id, "undone_at": to_text(case.watch.now), "stayed": stayed}
        reason = f"{stays.id} > {goes.id}"
        return Outcome(decided, row.segment, (case.act(Deed.MERGE_UNDONE, reason=reason),))


_NAMED: Final = ("customer_id", "gone")


def _customer(case: Case, row_id: Any) -> Stored:
    row = case.changes.get("customer", row_id) if isinstance(row_id, str) else None
    if row is None or not row.scopes & case.author.scopes:
        raise Refused("unknown_customer")
    return row


def _put_customer(case: Case, row: Stored, body: Mapping[str, Any]) -> dict[str, Any]:
    """The new fields, written by who merges: whoever changes one of them as it was before meets a conflict."""
    version = row.version + 1
    whole = checked_body("customer", row.id, version, body)
    written = [name for name, value in whole.items() if row.body.get(name) != value]
    devices = {**row.field_devices, **dict.fromkeys(written, case.author.device_id)}
    case.changes.put(replace(row, version=version, body=whole, field_devices=devices))
    return whole


async def _give(case: Case, gone: str, stays: Stored) -> list[Stored]:
    """Everything of who goes, now of who stays; a relation between the two is none any more."""
    changes = case.changes
    theirs = await changes.of_customer(gone)
    moved = [row for row in theirs if stays.id not in (row.body.get("customer_id"), row.body.get("other_id"))]
    for row in moved:
        changes.put(given(row, gone, stays.id, stays.segment))
    await come_together(case, gone, stays.id)
    return moved


def _written_at(row: Stored) -> str:
    return str(row.body.get("created_at") or row.body.get("at") or "")


async def _merges_into(changes: Changeset, customer_id: str) -> list[Stored]:
    rows = await changes.of_customer(customer_id, "customer_merge")
    return [row for row in rows if not row.body["is_undone"]]


def _kept(row: Stored) -> dict[str, Any]:
    return {
        "id": row.id,
        "version": row.version,
        "body": dict(row.body),
        "segment": row.segment,
        "field_devices": dict(row.field_devices),
    }


def _restored(kept: Mapping[str, Any]) -> Stored:
    """As they were, one version on: whoever has them from before takes this one."""
    return Stored(
        "customer", kept["id"], kept["version"] + 1, kept["body"], kept["segment"], kept["field_devices"] or {}
    )


async def _record(changes: Changeset, row_id: str) -> Any:
    query = select(merge_record).where(merge_record.c.id == row_id).with_for_update()
    return (await changes.connection.execute(query)).first()


async def _undo_days(changes: Changeset) -> int:
    days = await changes.connection.scalar(select(site.c.value).where(site.c.name == UNDO_DAYS_NAME))
    return UNDO_DAYS if days is None else int(days)


async def _move_conflicts(changes: Changeset, gone: str, stays: str) -> list[str]:
    is_theirs = (conflict.c.entity == "customer") & (conflict.c.row_id == gone) & conflict.c.resolved_at.is_(None)
    moved = update(conflict).where(is_theirs).values(row_id=stays).returning(conflict.c.id)
    return sorted((await changes.connection.scalars(moved)).all())


async def _give_conflicts_back(changes: Changeset, ids: Sequence[str], stays: str, gone: str) -> None:
    is_theirs = conflict.c.id.in_(ids) & (conflict.c.row_id == stays) & conflict.c.resolved_at.is_(None)
    await changes.connection.execute(update(conflict).where(is_theirs).values(row_id=gone))


async def followed(commands: Sequence[Command], changes: Changeset) -> list[Command]:
    """Commands about customers who went into others, made to be about those: their authors could not know it.

    Holds the customers, so that nobody merges them while this transaction goes on.
    """
    named = {row_id for command in commands for row_id in _customers_named(command)}
    into: dict[str, str] = {}
    asked: set[str] = set()
    while wanted := {into.get(row_id, row_id) for row_id in named} - asked:
        asked |= wanted
        await changes.load("customer", wanted)
        absent = [row_id for row_id in sorted(wanted) if changes.get("customer", row_id) is None]
        if not absent:
            continue
        for gone, customer_id in (await _pointers(changes, absent)).items():
            into = {row_id: customer_id if at == gone else at for row_id, at in into.items()} | {gone: customer_id}
    return [_readdressed(command, into) for command in commands] if into else list(commands)


async def _pointers(changes: Changeset, gone: Sequence[str]) -> dict[str, str]:
    """Where those of them who were merged have gone, as things stand in this transaction."""
    table = customer_merge
    query = select(table.c.id).where(table.c.gone.in_(gone), table.c.is_undone.is_(False))
    await changes.load("customer_merge", (await changes.connection.scalars(query)).all())
    merges = [row.body for row in changes.held("customer_merge") if not row.body["is_undone"]]
    return {merge["gone"]: merge["customer_id"] for merge in merges if merge["gone"] in gone}


def _customers_named(command: Command) -> list[str]:
    ids = [command.id] if command.entity == "customer" else []
    told = (command.fields[name] for name in TO_CUSTOMERS if name in command.fields)
    return [*ids, *(row_id for change in told for row_id in (change.old, change.new) if isinstance(row_id, str))]


def _readdressed(command: Command, into: Mapping[str, str]) -> Command:
    if command.entity == "customer":
        return replace(command, id=into.get(command.id, command.id))
    fields = dict(command.fields)
    for name in TO_CUSTOMERS.keys() & fields.keys():
        old, new = (into.get(one, one) if isinstance(one, str) else one for one in (fields[name].old, fields[name].new))
        fields[name] = replace(fields[name], old=old, new=new)
    return replace(command, fields=fields)
