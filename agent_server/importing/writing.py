"""Drafts into the database, a batch in a transaction: rows, versions, counters and feed, as every change goes."""

import asyncio
import hashlib
from collections import defaultdict
from collections.abc import Collection, Coroutine, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final, TypeVar

import orjson
from sqlalchemy import select
from sqlalchemy.exc import DataError, DBAPIError, IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from agent_model.clock_watch import Watch
from agent_model.customer import Tier
from agent_model.scope import Scope
from agent_model.ticket import TicketStatus
from agent_papers.tables.sheet import Fault
from agent_server import tables, ticket_rules
from agent_server.changeset import Changeset
from agent_server.clocks import PolicyShelf
from agent_server.database import Database
from agent_server.importing.directory import Directory
from agent_server.importing.drafting import BadRow, Draft
from agent_server.importing.fields import Kind
from agent_server.importing.merging import BODIES, Prints, Writer, news, prints_of
from agent_server.judging import complaints
from agent_server.judging.case import Refused
from agent_server.ledger import take_ticket_numbers
from agent_server.privacy.tombstones import erased_among
from agent_server.row_changes import Signature
from agent_server.rows import BadBody, Stored, checked_body, is_among

ATTEMPTS: Final = 5
PLACES: Final = ("queue", "department")

T = TypeVar("T")


async def finished(work: Coroutine[Any, Any, T]) -> tuple[T, bool]:
    """What it came to, and whether it was to be cancelled meanwhile: a transaction that is cut off may be in or not,
    and who counts would not know."""
    task = asyncio.ensure_future(work)
    is_cancelled = False
    while not task.done():
        try:
            await asyncio.shield(task)
        except asyncio.CancelledError:
            is_cancelled = True
    return task.result(), is_cancelled


class _Refused(Exception):
    def __init__(self, field: str, code: str, **facts: str) -> None:
        super().__init__(code)
        self.field = field
        self.code = code
        self.facts = facts


@dataclass(slots=True)
class Brought:
    """How many rows were new, changed and as they were; those that were refused, and the heads that moved."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    bad: list[BadRow] = field(default_factory=list)
    heads: dict[Scope, int] = field(default_factory=dict)

    def add(self, other: "Brought") -> None:
        self.new += other.new
        self.changed += other.changed
        self.unchanged += other.unchanged
        self.bad += other.bad
        self.heads |= other.heads


@dataclass(frozen=True, slots=True)
class _Last:
    digest: str
    prints: Prints | None


@dataclass(slots=True)
class _Judged:
    """A batch against what is there: the rows to write with what stood before, and what each told."""

    brought: Brought = field(default_factory=Brought)
    rows: list[tuple[Stored | None, Stored]] = field(default_factory=list)
    lines: list[dict[str, Any]] = field(default_factory=list)


class Writing:
    """`headings` name the columns of fields."""

    def __init__(
        self,
        database: Database,
        kind: Kind,
        directory: Directory,
        headings: Mapping[str, str],
        *,
        is_dry: bool = False,
    ) -> None:
        self._database = database
        self._kind = kind
        self._directory = directory
        self._headings = headings
        self._is_dry = is_dry
        self._shelf = PolicyShelf()

    async def bring(self, drafts: Sequence[Draft], by: Writer) -> Brought:
        """One transaction, tried again where two writers met. Rows that cannot be stored are found one by one."""
        for attempt in range(ATTEMPTS):
            try:
                return await self._bring(drafts, by)
            except (IntegrityError, DataError) as error:
                if len(drafts) == 1:
                    faults = (Fault("not_storable", facts={"value": type(error).__name__}),)
                    return Brought(bad=[BadRow(drafts[0].number, drafts[0].cells, faults)])
                break
            except DBAPIError as error:
                state = getattr(error.orig, "sqlstate", None)
                may_pass = state in ("40P01", "40001") or "database is locked" in str(error.orig)
                if attempt == ATTEMPTS - 1 or not may_pass:
                    raise
                await asyncio.sleep(0.05 * 2**attempt)
        brought = Brought()
        for draft in drafts:
            brought.add(await self.bring([draft], by))
        return brought

    async def _bring(self, drafts: Sequence[Draft], by: Writer) -> Brought:
        signature = Signature(by.id, by.now)
        if self._is_dry:
            async with self._database.reading() as connection:
                changes = Changeset(self._database, connection, signature, is_written=False)
                judged = await self._judged(connection, drafts, by, changes)
            return judged.brought
        async with self._database.writing() as connection:
            await self._database.plan_anew(connection)
            changes = Changeset(self._database, connection, signature)
            judged = await self._judged(connection, drafts, by, changes)
            await self._write(connection, changes, judged)
            if judged.rows:
                judged.brought.heads = await changes.write()
        return judged.brought

    async def _judged(
        self, connection: AsyncConnection, drafts: Sequence[Draft], by: Writer, changes: Changeset
    ) -> _Judged:
        entity = self._kind.entity
        last = await _told_last(connection, entity, [draft.id for draft in drafts])
        prints = {draft.id: prints_of(draft.told) for draft in drafts}
        digests = {row_id: _digest(told) for row_id, told in prints.items()}
        moved = [draft for draft in drafts if draft.id not in last or last[draft.id].digest != digests[draft.id]]
        judged = _Judged(Brought(unchanged=len(drafts) - len(moved)))
        if not moved:
            return judged
        ids = sorted(draft.id for draft in moved)
        await changes.load(entity, ids)
        people = await _customers_of(connection, moved) if entity == "ticket" else _Customers()
        erased = await erased_among(connection, {(entity, row_id) for row_id in ids})
        watch = Watch(await self._shelf.policies(connection), by.now, by.now) if entity == "ticket" else None
        for draft in moved:
            stood, told = changes.get(entity, draft.id), last.get(draft.id)
            try:
                if (entity, draft.id) in erased:
                    raise _Refused("id", "erased_here", value=draft.id)
                row = self._row(draft, stood, told, prints[draft.id], by, people, watch)
                if row is not None and entity == "ticket":
                    row = await _as_complaint(changes, stood, row, by)
            except _Refused as refused:
                heading = self._headings.get(refused.field, refused.field)
                judged.brought.bad.append(
                    BadRow(draft.number, draft.cells, (Fault(refused.code, heading, refused.facts),))
                )
                continue
            line = {
                "entity": entity,
                "row_id": draft.id,
                "digest": digests[draft.id],
                "prints": {**_prints(told), **prints[draft.id]},
            }
            judged.lines.append(line)
            if row is None:
                judged.brought.unchanged += 1
                continue
            judged.rows.append((stood, row))
            judged.brought.new += stood is None
            judged.brought.changed += stood is not None
        return judged

    def _row(
        self,
        draft: Draft,
        stood: Stored | None,
        last: _Last | None,
        prints: Prints,
        by: Writer,
        people: "_Customers",
        watch: Watch | None,
    ) -> Stored | None:
        """The row to store; None where nothing changes. Raises _Refused."""
        if stood is None and last is not None:
            raise _Refused("id", "removed_here", value=draft.id)
        told_last = None if last is None else last.prints
        changes = news(draft.told, prints, told_last, is_new=stood is None)
        fields = self._kind.fields
        new = {name: fields[name].empty if value is None else value for name, value in changes.items()}
        segment = None if stood is None else stood.segment
        if self._kind.entity == "customer":
            segment = new.get("segment", segment)
        tier = None
        if self._kind.entity == "ticket":
            new, segment, tier = self._about(draft, new, segment, people, is_new=stood is None)
        before = None if stood is None else stood.body
        body = BODIES[self._kind.entity](new, before, told_last, by)
        changed = {name: value for name, value in body.items() if before is None or before.get(name) != value}
        if before is not None and not changed:
            return None
        whole = self._checked(draft.id, 1 if stood is None else stood.version + 1, {**(before or {}), **changed})
        if watch is not None:
            whole |= _clocks(watch, before, whole, changed, tier)
        if stood is None:
            return Stored(self._kind.entity, draft.id, 1, whole, segment)
        devices = {name: device for name, device in stood.field_devices.items() if name not in changed}
        return replace(stood, version=stood.version + 1, body=whole, segment=segment, field_devices=devices)

    def _about(
        self, draft: Draft, new: dict[str, Any], segment: str | None, people: "_Customers", *, is_new: bool
    ) -> tuple[dict[str, Any], str | None, Tier | None]:
        """What a ticket says by way of others: whose it is, and where its category sends it."""
        tier = None
        if {"customer", "customer_phone"} & new.keys():
            customer_id = people.named(draft.told)
            segment = None if customer_id is None else people.segments[customer_id]
            tier = None if customer_id is None else people.tiers[customer_id]
            new = {**new, "customer_id": customer_id, "segment": segment}
        if is_new:
            branch = self._directory.branches[draft.told["category"]]
            for place in PLACES:
                if not new.get(place) and not self._directory.has(place, branch[place]):
                    raise _Refused("category", "leads_nowhere", value=draft.told["category"])
            new = {**new, "branch": branch}
        return new, segment, tier

    def _checked(self, row_id: str, version: int, body: Mapping[str, Any]) -> dict[str, Any]:
        try:
            return checked_body(self._kind.entity, row_id, version, body)
        except BadBody as error:
            raise _Refused(error.field, "does_not_fit") from error

    async def _write(self, connection: AsyncConnection, changes: Changeset, judged: _Judged) -> None:
        rows = [row for _, row in judged.rows]
        unnumbered = [row for row in rows if row.entity == "ticket" and row.body["number"] is None]
        numbers = iter(await take_ticket_numbers(connection, len(unnumbered)) if unnumbered else ())
        for before, row in judged.rows:
            if row.entity == "customer" and before is not None and before.segment != row.segment:
                await changes.move_customer(row.id, str(row.segment))
            if row.entity == "ticket" and row.body["number"] is None:
                row = replace(row, body={**row.body, "number": ticket_rules.number_text(next(numbers))})
            changes.put(row)
        if judged.lines:
            note = self._database.insert_or_update(tables.imported, ("entity", "row_id"))
            await connection.execute(note, judged.lines)


@dataclass(frozen=True, slots=True)
class _Customers:
    """Those that a batch of tickets names; `into`: whom some of them were merged into."""

    segments: Mapping[str, str] = field(default_factory=dict)
    tiers: Mapping[str, Tier] = field(default_factory=dict)
    by_phone: Mapping[str, Collection[str]] = field(default_factory=dict)
    into: Mapping[str, str] = field(default_factory=dict)

    def named(self, told: Mapping[str, Any]) -> str | None:
        """Raises _Refused."""
        row_id = told.get("customer")
        if row_id:
            row_id = self.into.get(row_id, row_id)
            if row_id not in self.segments:
                raise _Refused("customer", "no_such_customer", value=row_id)
            return str(row_id)
        numbers = told.get("customer_phone") or ()
        found = {customer for number in numbers for customer in self.by_phone.get(number, ())}
        if len(found) > 1:
            raise _Refused("customer_phone", "several_customers", value=", ".join(numbers))
        if numbers and not found:
            raise _Refused("customer_phone", "no_such_customer", value=", ".join(numbers))
        return found.pop() if found else None


async def _customers_of(connection: AsyncConnection, drafts: Iterable[Draft]) -> _Customers:
    told = [draft.told for draft in drafts]
    numbers = {number for one in told for number in one.get("customer_phone") or ()}
    phone, customer = tables.customer_phone, tables.customer
    by_phone = defaultdict(set)
    if numbers:
        query = select(phone.c.number, phone.c.customer_id).where(is_among(connection, phone.c.number, numbers))
        for row in await connection.execute(query):
            by_phone[row.number].add(row.customer_id)
    ids = {one["customer"] for one in told if one.get("customer")}.union(*by_phone.values())
    merge = tables.customer_merge
    merged = select(merge.c.gone, merge.c.customer_id).where(
        is_among(connection, merge.c.gone, ids), merge.c.is_undone.is_(False)
    )
    into = {str(row.gone): str(row.customer_id) for row in await connection.execute(merged)} if ids else {}
    ids |= set(into.values())
    query = select(customer.c.id, customer.c.segment, customer.c.tier).where(is_among(connection, customer.c.id, ids))
    found = (await connection.execute(query)).all() if ids else ()
    return _Customers({row.id: row.segment for row in found}, {row.id: Tier(row.tier) for row in found}, by_phone, into)


async def _told_last(connection: AsyncConnection, entity: str, ids: Sequence[str]) -> dict[str, _Last]:
    table = tables.imported
    query = select(table.c.row_id, table.c.digest, table.c.prints)
    found = await connection.execute(query.where(table.c.entity == entity, is_among(connection, table.c.row_id, ids)))
    return {row.row_id: _Last(row.digest, row.prints) for row in found}


def _clocks(
    watch: Watch,
    before: Mapping[str, Any] | None,
    after: Mapping[str, Any],
    changed: Mapping[str, Any],
    tier: Tier | None,
) -> dict[str, Any]:
    """What a ticket promises; one that came here done has promised nothing."""
    if before is not None:
        return watch.followed(before, after, changed, tier)
    return watch.begun(after, tier) if TicketStatus(after["status"]).is_open else {}


async def _as_complaint(changes: Changeset, before: Stored | None, row: Stored, by: Writer) -> Stored:
    """What is solved gets its return visit, and nothing is closed past it. Raises _Refused."""
    try:
        decided = await complaints.imported(changes, before, row, by.id, by.now)
    except Refused as refused:
        is_type = refused.reason == "complaint_stays"
        raise _Refused("type" if is_type else "status", refused.reason) from refused
    return replace(row, body={**row.body, **decided})


def _prints(last: _Last | None) -> Prints:
    """A file with fewer columns does not forget what others told."""
    return {} if last is None or last.prints is None else last.prints


def _digest(prints: Prints) -> str:
    return hashlib.blake2b(orjson.dumps(prints, option=orjson.OPT_SORT_KEYS), digest_size=16).hexdigest()
