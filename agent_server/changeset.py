"""What one write transaction changes: rows first, then the counter of every slice touched, then its feed."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from enum import StrEnum
from typing import Any, Final, TypeVar, cast

from sqlalchemy import bindparam, delete, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from agent_model.body import from_body
from agent_model.customer import ContactKind
from agent_model.scope import Scope
from agent_server import tables
from agent_server.database import Database
from agent_server.many_rows import insert_rows
from agent_server.question_sources import SAID, says_something_else, source_lines, stale
from agent_server.row_changes import Signature, Trail
from agent_server.rows import Stored, as_columns, fetch, fetch_all
from agent_server.scopes import audience_scopes

ROWS_A_STATEMENT: Final = 5000

T = TypeVar("T")


class FeedKind(StrEnum):
    """What a feed entry says about its row."""

    PUT = "put"
    EVICT = "evict"
    DELETE = "delete"


class Changeset:
    """Rows are loaded, replaced in memory and written once by `write`, which must be the transaction's last act.

    Moving a row between slices needs nothing from the caller: what the row was in before and is in after decides
    what each slice hears (put, evicted, deleted).
    """

    def __init__(
        self,
        database: Database,
        connection: AsyncConnection,
        signature: Signature,
        *,
        is_written: bool = True,
        with_names: bool = False,
    ) -> None:
        """Of one that is never written nothing is held; rows come `with_names` for who sees those masked."""
        self._database = database
        self._is_written = is_written
        self._with_names = with_names
        self._signature = signature
        self._trail = Trail()
        self._connection = connection
        self._before: dict[tuple[str, str], Stored | None] = {}
        self._now: dict[str, dict[str, Stored | None]] = defaultdict(dict)
        self._whole: set[str] = set()
        self._values: dict[tuple[str, str, int], Any] = {}
        self._touched: dict[tuple[str, str], None] = {}
        self._versions: dict[tuple[str, str, int], Mapping[str, Any]] = {}

    def sign(self, signature: Signature) -> None:
        """What is put from now on is this one's."""
        self._signature = signature

    @property
    def connection(self) -> AsyncConnection:
        """For what is kept beside the rows, in the same transaction."""
        return self._connection

    async def load(self, entity: str, ids: Iterable[str]) -> None:
        """Bring rows in and hold them; those that do not exist are known to be absent."""
        wanted = sorted({row_id for row_id in ids if row_id not in self._now[entity]})
        found = await fetch(self._connection, entity, wanted, for_update=self._is_written, with_names=self._with_names)
        for row_id in wanted:
            self._before[entity, row_id] = self._now[entity][row_id] = found.get(row_id)

    async def look_at(self, entity: str, ids: Iterable[str]) -> None:
        """Bring rows in that are only read here: nobody waits for them."""
        known = self._now[entity]
        wanted = sorted({row_id for row_id in ids if row_id not in known})
        if not wanted:
            return
        found = await fetch(self._connection, entity, wanted, with_names=self._with_names)
        for row_id in wanted:
            self._before[entity, row_id] = self._now[entity][row_id] = found.get(row_id)

    async def look_at_all(self, entity: str) -> list[Stored]:
        """Every row of a small noun as it stands in this transaction, which asks for them once."""
        if entity not in self._whole:
            self._whole.add(entity)
            for row in await fetch_all(self._connection, entity):
                if row.id not in self._now[entity]:
                    self._before[entity, row.id] = self._now[entity][row.id] = row
        return self.held(entity)

    async def look_at_checks(self, customer_id: str) -> list[Stored]:
        """The identity checks on a customer's timeline, as they stand in this transaction."""
        contact = tables.contact
        are_checks = (contact.c.customer_id == customer_id) & (contact.c.kind == ContactKind.IDENTITY_CHECK.value)
        await self.look_at("contact", (await self._connection.scalars(select(contact.c.id).where(are_checks))).all())
        are_theirs = (row for row in self.held("contact") if row.body["customer_id"] == customer_id)
        return [row for row in are_theirs if row.body["check"] is not None]

    def value(self, kind: type[T], row: Stored) -> T:
        """What a row says, for rules that many commands of a transaction are judged by: read once."""
        key = (row.entity, row.id, row.version)
        if key not in self._values:
            self._values[key] = from_body(kind, row.id, row.version, row.body)
        return cast("T", self._values[key])

    def get(self, entity: str, row_id: str) -> Stored | None:
        """A loaded row as it stands in this transaction."""
        return self._now[entity][row_id]

    async def find(self, entity: str, field: str, value: str, *, is_held: bool = True) -> list[Stored]:
        """The rows whose field says this, as they stand in this transaction, by id; held unless they are only read."""
        table = tables.NOUN_TABLES[entity]
        ids = (await self._connection.scalars(select(table.c.id).where(table.c[field] == value))).all()
        await (self.load if is_held else self.look_at)(entity, ids)
        rows = (row for row in self.held(entity) if row.body[field] == value)
        return sorted(rows, key=lambda row: row.id)

    def put(self, row: Stored) -> None:
        if self._is_worth_keeping(row):
            self._versions[row.entity, row.id, row.version] = row.body
        self._trail.note(self._now[row.entity].get(row.id), row, self._signature)
        self._set((row.entity, row.id), row)

    def keep(self, row: Stored) -> None:
        """A version that was written before versions of its noun were kept."""
        self._versions[row.entity, row.id, row.version] = row.body

    def kept_now(self, entity: str) -> dict[str, int]:
        """The last version of each row that this transaction keeps."""
        kept: dict[str, int] = {}
        for of, row_id, version in self._versions:
            if of == entity:
                kept[row_id] = max(version, kept.get(row_id, 0))
        return kept

    def delete(self, entity: str, row_id: str) -> None:
        self._set((entity, row_id), None)

    def held(self, entity: str) -> list[Stored]:
        """The rows of a noun that this transaction has loaded or made, as they stand in it."""
        return [row for row in self._now[entity].values() if row is not None]

    async def of_customer(self, customer_id: str, *entities: str) -> list[Stored]:
        """Every row that belongs to a customer (of these nouns, where some are named), loaded and held."""
        found = []
        for entity in entities or tables.OF_CUSTOMERS:
            table, pointers = tables.NOUN_TABLES[entity], tables.OF_CUSTOMERS[entity]
            query = select(table.c.id).where(or_(*(table.c[name] == customer_id for name in pointers)))
            await self.load(entity, (await self._connection.scalars(query)).all())
            theirs = (row for row in self.held(entity) if customer_id in [row.body[name] for name in pointers])
            found += sorted(theirs, key=lambda row: row.id)
        return found

    async def move_customer(self, customer_id: str, segment: str) -> None:
        """Carry everything that belongs to a customer into the slice that the customer moved to."""
        for row in await self.of_customer(customer_id):
            self.put(given(row, customer_id, customer_id, segment))

    async def write(self) -> dict[Scope, int]:
        """Write everything touched; the new head of every slice that changed."""
        await self._mark_questions()
        await self._write_rows()
        return await self._write_feed()

    def _set(self, key: tuple[str, str], row: Stored | None) -> None:
        self._before.setdefault(key, None)
        self._now[key[0]][key[1]] = row
        self._touched[key] = None

    async def _mark_questions(self) -> None:
        """What was asked about texts that say something else now, is stale from this moment."""
        changed = [
            key
            for key in self._touched
            if key[0] in SAID and says_something_else(self._before[key], self._now[key[0]][key[1]])
        ]
        table = tables.question_source
        for kind, source_id in changed:
            of_it = select(table.c.question_id).where(table.c.kind == kind, table.c.source_id == source_id)
            ids = (await self._connection.scalars(of_it)).all()
            await self.load("question", ids)
            for question in (self.get("question", row_id) for row_id in ids):
                marked = question and stale(question, source_id, self._signature.at)
                if marked:
                    self.put(marked)

    async def _write_rows(self) -> None:
        inserts: dict[str, list[Stored]] = defaultdict(list)
        updates: dict[str, list[Stored]] = defaultdict(list)
        deletes: dict[str, list[str]] = defaultdict(list)
        for entity, row_id in self._touched:
            before, now = self._before[entity, row_id], self._now[entity][row_id]
            if now is not None:
                (inserts if before is None else updates)[entity].append(now)
            elif before is not None:
                deletes[entity].append(row_id)
        for entity, rows in inserts.items():
            await insert_rows(self._connection, tables.NOUN_TABLES[entity], [as_columns(row) for row in rows])
        for entity, rows in updates.items():
            await self._execute(_update_by_id(entity), [_renamed(as_columns(row)) for row in rows])
        for entity, ids in deletes.items():
            table = tables.NOUN_TABLES[entity]
            await self._execute(delete(table).where(table.c.id == bindparam("key")), [{"key": i} for i in ids])
        await self._write_versions()
        await self._trail.write(self._connection)
        await self._write_phones(inserts["customer"], updates["customer"], deletes["customer"])
        await self._write_sources(inserts["question"], updates["question"], deletes["question"])
        await self._write_watchers(inserts["ticket"], updates["ticket"], deletes["ticket"])
        await self._write_audiences(inserts["announcement"], updates["announcement"], deletes["announcement"])

    async def _write_versions(self) -> None:
        lines = [
            {"entity": entity, "row_id": row_id, "version": version, "body": body}
            for (entity, row_id, version), body in self._versions.items()
        ]
        await insert_rows(self._connection, tables.kept_version, lines)

    async def _write_phones(self, new: Sequence[Stored], changed: Sequence[Stored], gone: Sequence[str]) -> None:
        phone = tables.customer_phone
        moved = [row for row in changed if self._is_changed(row, "phones")]
        stale = [{"key": row_id} for row_id in (*(row.id for row in moved), *gone)]
        await self._execute(delete(phone).where(phone.c.customer_id == bindparam("key")), stale)
        lines = [
            {"number": number, "customer_id": row.id, "position": position}
            for row in (*new, *moved)
            for position, number in enumerate(dict.fromkeys(row.body["phones"]))
        ]
        await insert_rows(self._connection, phone, lines)

    async def _write_watchers(self, new: Sequence[Stored], changed: Sequence[Stored], gone: Sequence[str]) -> None:
        watcher = tables.ticket_watcher
        moved = [row for row in changed if self._is_changed(row, "watchers")]
        stale = [{"key": row_id} for row_id in (*(row.id for row in moved), *gone)]
        await self._execute(delete(watcher).where(watcher.c.ticket_id == bindparam("key")), stale)
        lines = [
            {"agent_id": agent_id, "ticket_id": row.id}
            for row in (*new, *moved)
            for agent_id in dict.fromkeys(row.body["watchers"])
        ]
        await insert_rows(self._connection, watcher, lines)

    async def _write_audiences(self, new: Sequence[Stored], changed: Sequence[Stored], gone: Sequence[str]) -> None:
        slices = tables.announcement_slice
        moved = [row for row in changed if self._is_changed(row, "audience")]
        stale = [{"key": row_id} for row_id in (*(row.id for row in moved), *gone)]
        await self._execute(delete(slices).where(slices.c.announcement_id == bindparam("key")), stale)
        lines = [
            {"scope": scope, "announcement_id": row.id}
            for row in (*new, *moved)
            for scope in sorted(audience_scopes(row.body))
        ]
        await insert_rows(self._connection, slices, lines)

    async def _write_sources(self, new: Sequence[Stored], changed: Sequence[Stored], gone: Sequence[str]) -> None:
        source = tables.question_source
        moved = [row for row in changed if self._is_changed(row, "sources")]
        old = [{"key": row_id} for row_id in (*(row.id for row in moved), *gone)]
        await self._execute(delete(source).where(source.c.question_id == bindparam("key")), old)
        await insert_rows(self._connection, source, source_lines((*new, *moved)))

    def _is_worth_keeping(self, row: Stored) -> bool:
        beside = tables.KEPT_VERSIONS.get(row.entity)
        if beside is None:
            return False
        before = self._now[row.entity].get(row.id)
        return not beside or before is None or _without(before, beside) != _without(row, beside)

    def _is_changed(self, row: Stored, name: str) -> bool:
        before = self._before[row.entity, row.id]
        return before is None or before.body[name] != row.body[name]

    async def _write_feed(self) -> dict[Scope, int]:
        entries: dict[Scope, list[tuple[str, str, FeedKind]]] = defaultdict(list)
        for key in self._touched:
            before, now = self._before[key], self._now[key[0]][key[1]]
            was_in = frozenset() if before is None else before.scopes
            is_in = frozenset() if now is None else now.scopes
            left = FeedKind.DELETE if now is None else FeedKind.EVICT
            for scope in is_in:
                entries[scope].append((*key, FeedKind.PUT))
            for scope in was_in - is_in:
                entries[scope].append((*key, left))
        heads = await self._bump({scope: len(changes) for scope, changes in entries.items()})
        lines = [
            {"scope": scope, "seq": seq, "entity": entity, "row_id": row_id, "kind": kind.value}
            for scope, changes in entries.items()
            for seq, (entity, row_id, kind) in enumerate(changes, heads[scope] - len(changes) + 1)
        ]
        await insert_rows(self._connection, tables.feed, lines)
        return heads

    async def _bump(self, counts: Mapping[Scope, int]) -> dict[Scope, int]:
        """The heads, held until the transaction ends: in the same order everywhere, so that two never wait for each
        other."""
        if not counts:
            return {}
        head = tables.scope_head.c
        statement = self._database.insert_counting(tables.scope_head, "scope", "head").returning(head.scope, head.head)
        lines = [{"scope": scope, "head": counts[scope], "floor": 0} for scope in sorted(counts)]
        return {Scope(row.scope): int(row.head) for row in await self._connection.execute(statement, lines)}

    async def _execute(self, statement: Any, lines: Sequence[Mapping[str, Any]]) -> None:
        for start in range(0, len(lines), ROWS_A_STATEMENT):
            await self._connection.execute(statement, list(lines[start : start + ROWS_A_STATEMENT]))


def given(row: Stored, was: str, customer_id: str, segment: str | None) -> Stored:
    """The row with what belonged to `was` belonging to `customer_id`, who is in this slice."""
    body, its_own = dict(row.body), row.segment
    for pointer, place in tables.TO_CUSTOMERS.items():
        if body.get(pointer) != was:
            continue
        body[pointer] = customer_id
        if place in body:
            body[place] = segment
        if pointer == "customer_id":
            its_own = segment
    return replace(row, version=row.version + 1, body=body, segment=its_own)


def _without(row: Stored, names: Collection[str]) -> dict[str, Any]:
    return {name: value for name, value in row.body.items() if name not in names}


def _update_by_id(entity: str) -> Any:
    table = tables.NOUN_TABLES[entity]
    values: dict[str, Any] = {c.name: bindparam(f"new_{c.name}") for c in table.c if c.name != "id"}
    return update(table).where(table.c.id == bindparam("new_id")).values(values)


def _renamed(columns: Mapping[str, Any]) -> dict[str, Any]:
    return {f"new_{name}": value for name, value in columns.items()}
