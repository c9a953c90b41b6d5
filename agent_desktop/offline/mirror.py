"""The mirror of the server's rows in cache.db: filled by sync, read by every screen."""

import contextlib
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Final

import orjson

from agent_desktop.offline import complaint_index, derived, intake, number_marks
from agent_desktop.offline.fresh import FreshCache
from agent_desktop.offline.intake import MET, OWN_TABLE
from agent_desktop.offline.store import Store
from agent_model.customer import CustomerId
from agent_model.customer_merge import merge_id
from agent_model.customer_relation import PEOPLE_OF_COMPANIES
from agent_model.phone_number import PhoneNumber
from agent_model.scope import Scope
from agent_model.secret import IN_TEXTS, Secret
from agent_model.ticket import TicketType
from agent_model.wire import Gone, Row

SIGHT: Final = "sight"
"""Where it stands on the shelf."""
WINDOW: Final = 2_000
"""Rows looked through in one write transaction when a whole scope goes."""
BEGUN: Final = -1
CONTACTS_EACH: Final = 20
RELATION: Final = "customer_relation"
_RELATED_TO: Final = " UNION ALL ".join(
    f"SELECT id, version, body FROM other WHERE entity = '{RELATION}' AND json_extract(body, '$.{end}') = ?1 "  # noqa: S608
    "AND coalesce(json_extract(body, '$.is_removed'), 0) = 0"
    for end in ("customer_id", "other_id")
)
_OF_PEOPLE: Final = ", ".join(f"'{kind.value}'" for kind in sorted(PEOPLE_OF_COMPANIES))
"""Contacts of one customer that are looked through for the next one."""


@dataclass(frozen=True, slots=True)
class Cursor:
    """How far a scope has been read, and in which life (epoch) of the server's database."""

    seq: int
    epoch: str

    @property
    def is_whole(self) -> bool:
        """Whether the scope was once here completely; else its snapshot was begun and not finished."""
        return self.seq != BEGUN


@dataclass(frozen=True, slots=True)
class Sight:
    """`match_keys` (hex, by segment) find whose numbers are masked, `word_keys` whose names and e-mail
    addresses; None for who has them whole. `asks_why`: whoever looks at one says why. `hidden` are the kinds that the
    server said it keeps back."""

    match_keys: Mapping[str, str] | None = None
    asks_why: bool = False
    hidden: tuple[Secret, ...] = ()
    word_keys: Mapping[str, str] | None = None

    @property
    def is_masked(self) -> bool:
        return self.match_keys is not None

    @property
    def kinds(self) -> frozenset[Secret]:
        """What is kept back; a server of before says only that numbers are, and means all but names."""
        return frozenset(self.hidden) or (IN_TEXTS if self.is_masked else frozenset())


class Mirror:
    """Rows by scope. A row is kept while any scope holds it, and never replaced by an older version of itself."""

    def __init__(self, store: Store) -> None:
        self._store = store

    # ---- written by sync --------------------------------------------------------------------------

    def cursors(self) -> dict[Scope, Cursor]:
        """Every scope of which rows may be here."""
        with self._store.reading() as connection:
            found = connection.execute("SELECT scope, seq, epoch FROM cursor").fetchall()
        return {Scope(scope): Cursor(seq, epoch) for scope, seq, epoch in found}

    @contextlib.contextmanager
    def replaced(self) -> Iterator[FreshCache]:
        """For a workstation that has no scope yet: a new cache, in the place of this one when the block ends well.

        Only rows met outside a scope come along. Raises as `Store.replacing_cache`.
        """
        with self._store.replacing_cache() as connection:
            fresh = FreshCache(connection)
            yield fresh
            for table in (*OWN_TABLE, "other"):
                entity = "entity" if table == "other" else f"'{table}'"
                with self._store.reading() as old:
                    found = old.execute(
                        f"SELECT {entity}, id, version, body FROM {table} WHERE scopes = ?",  # noqa: S608
                        (intake.tag_of(MET),),
                    ).fetchall()
                fresh.keep([Row(noun, id_, version, orjson.loads(body)) for noun, id_, version, body in found])

    def begin(self, scope: Scope, epoch: str) -> None:
        """A snapshot of the scope is about to arrive: from now on the scope is known, whatever is cut short."""
        with self._store.writing() as connection:
            connection.execute(
                "INSERT OR REPLACE INTO cursor (scope, seq, epoch) VALUES (?, ?, ?)", (scope, BEGUN, epoch)
            )

    def apply(
        self,
        scope: Scope,
        rows: Sequence[Row],
        cursor: Cursor | None,
        gone: Sequence[Gone] = (),
        deleted: Sequence[Gone] = (),
    ) -> None:
        """One transaction: rows in, `gone` out of this scope, `deleted` out of all, and the cursor with them.

        `cursor` is None for the first parts of a page applied in parts: its rows may come again, which is harmless.
        """
        with self._store.writing() as connection:
            intake.put(connection, scope, rows)
            intake.leave(connection, scope, gone)
            intake.delete(connection, deleted)
            if cursor is not None:
                connection.execute(
                    "INSERT INTO cursor (scope, seq, epoch) VALUES (?, ?, ?) "
                    "ON CONFLICT (scope) DO UPDATE SET seq = excluded.seq, epoch = excluded.epoch",
                    (scope, cursor.seq, cursor.epoch),
                )

    def keep(self, rows: Sequence[Row]) -> None:
        """Rows met outside a scope (a caller looked up on the server): kept until a scope brings or drops them."""
        with self._store.writing() as connection:
            intake.put(connection, MET, rows)

    def drop(self, scope: Scope) -> None:
        """The scope is no longer this agent's: everything only it held goes, and last its cursor.

        In windows, so that nobody waits long; cut short, it is done again, because the cursor is still there; and if
        the scope is given back before that, it is fetched from the start.
        """
        with self._store.writing() as connection:
            connection.execute("UPDATE cursor SET seq = ? WHERE scope = ?", (BEGUN, scope))
        for table in OWN_TABLE:
            with self._store.reading() as connection:
                (highest,) = connection.execute(f"SELECT coalesce(max(rowid), 0) FROM {table}").fetchone()  # noqa: S608
            for after in range(0, highest, WINDOW):
                with self._store.writing() as connection:
                    intake.leave_window(connection, table, scope, after, after + WINDOW)
        with self._store.writing() as connection:
            intake.leave_other(connection, scope)
            connection.execute("DELETE FROM cursor WHERE scope = ?", (scope,))

    def sweep(self, scope: Scope, among: Callable[[str, Sequence[str]], Collection[str]]) -> None:
        """Takes out of the scope what its newest snapshot does not hold; `among(entity, ids)` says which it does."""
        for entity in (*OWN_TABLE, *self._small_nouns()):
            for held in self._held(scope, entity):
                ids = [id_ for id_, _ in held]
                gone = sorted(set(ids).difference(among(entity, ids)))
                if gone:
                    self.apply(scope, (), None, [Gone(entity, id_) for id_ in gone])

    def versions(self, scope: Scope) -> Iterator[tuple[str, list[tuple[str, int]]]]:
        """What is here of a scope, in windows: the noun, and (id, version) of its rows."""
        for entity in (*OWN_TABLE, *self._small_nouns()):
            for held in self._held(scope, entity):
                yield entity, held

    def correct(self, scope: Scope, rows: Sequence[Row], gone: Sequence[Gone]) -> None:
        """As `apply`, for rows that the server was asked for because they differ: its version is right, also where
        the one here has a higher number."""
        with self._store.writing() as connection:
            intake.mistrust(connection, rows)
            intake.put(connection, scope, rows)
            intake.leave(connection, scope, gone)

    def clear(self) -> None:
        """Everything goes: the server's database has begun another life, in which these versions mean nothing."""
        with self._store.writing() as connection:
            for table in (*OWN_TABLE, "other", "customer_number", "shelf", "cursor"):
                connection.execute(f"DELETE FROM {table}")  # noqa: S608
            derived.forget_all(connection)

    # ---- read by the rooms --------------------------------------------------------------------------

    def row(self, entity: str, id_: str) -> Row | None:
        if entity in OWN_TABLE:
            found = self._read(f"SELECT id, version, body FROM {entity} WHERE id = ?", (id_,), entity)  # noqa: S608
        else:
            found = self._read("SELECT id, version, body FROM other WHERE entity = ? AND id = ?", (entity, id_), entity)
        return found[0] if found else None

    def rows(self, entity: str) -> list[Row]:
        """Every row of a small noun (queues, categories, agents ...) or every article, by id."""
        if entity in OWN_TABLE:
            return self._read(f"SELECT id, version, body FROM {entity} ORDER BY id", (), entity)  # noqa: S608
        return self._read("SELECT id, version, body FROM other WHERE entity = ? ORDER BY id", (entity,), entity)

    def sight(self) -> Sight:
        """How this agent sees numbers, as the server said when it was last asked."""
        with self._store.reading() as connection:
            found = connection.execute("SELECT content FROM shelf WHERE name = ?", (SIGHT,)).fetchone()
        if found is None:
            return Sight()
        kept = orjson.loads(found[0])
        return Sight(**{**kept, "hidden": tuple(map(Secret, kept.get("hidden", ())))})

    def keep_sight(self, sight: Sight) -> None:
        if sight != self.sight():
            with self._store.writing() as connection:
                content = orjson.dumps(asdict(sight))
                connection.execute("INSERT OR REPLACE INTO shelf (name, content) VALUES (?, ?)", (SIGHT, content))

    def customers_with(self, number: PhoneNumber, limit: int = 20) -> list[Row]:
        return self._marked(number_marks.whole(self.sight().match_keys or {}, number), limit)

    def customers_sharing(self, body: Mapping[str, Any], limit: int = 20) -> list[Row]:
        """Customers who have one of the numbers of this one; they themselves among them."""
        return self._marked(number_marks.shared(body), limit)

    def sharing_numbers(self, groups: int, largest: int) -> list[tuple[CustomerId, ...]]:
        """Who have one number, or one ending of a masked one, together; at most so many groups."""
        with self._store.reading() as connection:
            found: list[tuple[str]] = connection.execute(
                "SELECT json_group_array(customer_id) FROM customer_number GROUP BY reversed "
                "HAVING count(*) BETWEEN 2 AND ? LIMIT ?",
                (largest, groups),
            ).fetchall()
        return [tuple(map(CustomerId, orjson.loads(ids))) for (ids,) in found]

    def merges_of(self, gone: CustomerId) -> list[Row]:
        """Every time that this customer was merged into another."""
        start = merge_id(gone, "")
        return self._read(
            "SELECT id, version, body FROM other WHERE entity = 'customer_merge' AND id >= ? AND id < ?",
            (start, start + "\U0010ffff"),
            "customer_merge",
        )

    def merges_into(self, customer: CustomerId, limit: int = 50) -> list[Row]:
        """Merges of others into this customer; reads through all that are here."""
        return self._read(
            "SELECT id, version, body FROM other WHERE entity = 'customer_merge' "
            "AND json_extract(body, '$.customer_id') = ? ORDER BY json_extract(body, '$.at') DESC LIMIT ?",
            (customer, limit),
            "customer_merge",
        )

    def relations_of(self, customer: CustomerId, limit: int) -> list[Row]:
        """Those that are not taken away, from either end."""
        return self._read(f"{_RELATED_TO} LIMIT ?2", (customer, limit), RELATION)

    def count_relations(self, customer: CustomerId) -> tuple[int, int]:
        """How many there are, and how many of them are of people of a company."""
        with self._store.reading() as connection:
            found = connection.execute(
                "SELECT count(*), coalesce(sum(json_extract(body, '$.other_id') = ?1 "  # noqa: S608 - text of our own
                f"AND json_extract(body, '$.kind') IN ({_OF_PEOPLE})), 0) FROM ({_RELATED_TO})",
                (customer,),
            ).fetchone()
        return int(found[0]), int(found[1])

    def customers(self, ids: Collection[str]) -> list[Row]:
        """Those of them who are here."""
        return self._read(
            "SELECT id, version, body FROM customer WHERE id IN (SELECT value FROM json_each(?))",
            (orjson.dumps(list(ids)).decode(),),
            "customer",
        )

    def open_tickets_among(self, customers: Collection[str], limit: int = 200) -> list[Row]:
        return self._read(
            "SELECT id, version, body FROM ticket WHERE customer_id IN (SELECT value FROM json_each(?)) "
            "AND is_open = 1 ORDER BY at DESC LIMIT ?",
            (orjson.dumps(list(customers)).decode(), limit),
            "ticket",
        )

    def _marked(self, marks: Sequence[str], limit: int) -> list[Row]:
        return self._read(
            "SELECT DISTINCT c.id, c.version, c.body FROM customer_number n JOIN customer c ON c.id = n.customer_id "
            "WHERE n.reversed IN (SELECT value FROM json_each(?)) ORDER BY c.id LIMIT ?",
            (orjson.dumps(marks).decode(), limit),
            "customer",
        )

    def customers_ending_in(self, digits: str, limit: int = 20) -> list[Row]:
        """Customers one of whose numbers ends in these digits; masked ones by four and more, the last eight at most."""
        sight = self.sight()
        if sight.is_masked:
            return self._marked(number_marks.endings(sight.match_keys or {}, digits), limit)
        backwards = digits[::-1]
        return self._read(
            "SELECT DISTINCT c.id, c.version, c.body FROM customer_number n JOIN customer c ON c.id = n.customer_id "
            "WHERE n.reversed >= ? AND n.reversed < ? LIMIT ?",
            (backwards, backwards + ":", limit),
            "customer",
        )

    def rows_at(self, entity: str, places: Sequence[int]) -> dict[int, Row]:
        """Those that stand there (`derived`), by their place, in this order."""
        with self._store.reading() as connection:
            found = connection.execute(
                f"SELECT t.rowid, t.id, t.version, t.body FROM json_each(?) place "  # noqa: S608
                f"JOIN {entity} t ON t.rowid = place.value ORDER BY place.key",
                (orjson.dumps(list(places)).decode(),),
            ).fetchall()
        return {place: Row(entity, id_, version, orjson.loads(body)) for place, id_, version, body in found}

    def tickets_numbered(self, start: str, limit: int = 20) -> list[Row]:
        """Tickets whose number begins so, the shortest and lowest first."""
        return self._read(
            "SELECT id, version, body FROM ticket WHERE number >= ? AND number < ? ORDER BY number LIMIT ?",
            (start, start + ":", limit),
            "ticket",
        )

    def contacts_of(self, customer: CustomerId, before: str = "~", limit: int = 20) -> list[Row]:
        """The customer's contacts, newest first, earlier than the moment `before`."""
        return self._read(
            "SELECT id, version, body FROM contact WHERE customer_id = ? AND at < ? ORDER BY at DESC, id LIMIT ?",
            (customer, before, limit),
            "contact",
        )

    def tickets_of(self, customer: CustomerId, before: str = "~", limit: int = 20) -> list[Row]:
        """The customer's tickets, the latest touched first."""
        return self._read(
            "SELECT id, version, body FROM ticket WHERE customer_id = ? AND at < ? ORDER BY at DESC, id LIMIT ?",
            (customer, before, limit),
            "ticket",
        )

    def open_tickets_of(self, customer: CustomerId, limit: int = 50) -> list[Row]:
        return self._read(
            "SELECT id, version, body FROM ticket WHERE customer_id = ? AND is_open = 1 ORDER BY at DESC, id LIMIT ?",
            (customer, limit),
            "ticket",
        )

    def open_follow_ups_of(self, customer: CustomerId) -> list[Row]:
        """The next to be done first."""
        return self._read(
            "SELECT id, version, body FROM follow_up WHERE customer_id = ? AND is_open = 1 ORDER BY due, id",
            (customer,),
            "follow_up",
        )

    def open_follow_ups_held(self, holders: Collection[str], limit: int) -> list[Row]:
        """Those of these people, queues and teams (`lines.holder`), the next to be done first."""
        return self._read(
            "SELECT id, version, body FROM follow_up WHERE is_open = 1 "
            "AND holder IN (SELECT value FROM json_each(?)) ORDER BY due, id LIMIT ?",
            (orjson.dumps(list(holders)).decode(), limit),
            "follow_up",
        )

    def complaints(self, since: str, limit: int, category: str | None = None) -> list[Row]:
        """Complaints (of a category) touched since a moment, the latest touched first."""
        if category is None:
            found = self._read(complaint_index.LATELY, (since, limit), "ticket")
        else:
            found = self._read(complaint_index.OF_CATEGORY, (category, since, limit), "ticket")
        return [row for row in found if row.body.get("type") == TicketType.COMPLAINT]

    def complaints_led_by(self, lead_id: str, limit: int = 50) -> list[Row]:
        """What is the same complaint as this one, which leads."""
        return self._read(complaint_index.LED_BY, (lead_id, limit), "ticket")

    def contacts_between(self, customer: CustomerId, since: str, until: str, kinds: Collection[str] = ()) -> int:
        """How many lines of the customer's timeline (of these kinds, where some are named) lie in [since, until)."""
        lines = "SELECT count(*) FROM contact WHERE customer_id = ? AND at >= ? AND at < ?"
        if not kinds:
            return self._count(lines, (customer, since, until))
        named = orjson.dumps(sorted(kinds)).decode()
        of_kinds = f"{lines} AND json_extract(body, '$.kind') IN (SELECT value FROM json_each(?))"  # noqa: S608
        return self._count(of_kinds, (customer, since, until, named))

    def customers_met_lately(self, limit: int) -> list[str]:
        """Ids of customers, those whose contacts came here last before the others."""
        with self._store.reading() as connection:
            found = connection.execute(
                "SELECT customer_id FROM contact ORDER BY rowid DESC LIMIT ?", (limit * CONTACTS_EACH,)
            ).fetchall()
        return list(dict.fromkeys(id_ for (id_,) in found))[:limit]

    def count(self, entity: str) -> int:
        """How many rows of a noun are here."""
        if entity in OWN_TABLE:
            return self._count(f"SELECT count(*) FROM {entity}", ())  # noqa: S608
        return self._count("SELECT count(*) FROM other WHERE entity = ?", (entity,))

    def _held(self, scope: Scope, entity: str) -> Iterator[list[tuple[str, int]]]:
        """Its rows in the scope as (id, version), by id, a window at a time."""
        tag = intake.tag_of(scope)
        table, of_entity = (entity, "") if entity in OWN_TABLE else ("other", "entity = ? AND ")
        after = ""
        while True:
            values = (after, tag, WINDOW) if entity in OWN_TABLE else (entity, after, tag, WINDOW)
            with self._store.reading() as connection:
                found: list[tuple[str, int]] = connection.execute(
                    f"SELECT id, version FROM {table} WHERE {of_entity}id > ? "  # noqa: S608
                    "AND instr(scopes, ?) > 0 ORDER BY id LIMIT ?",
                    values,
                ).fetchall()
            if not found:
                return
            yield found
            after = found[-1][0]

    def _small_nouns(self) -> list[str]:
        with self._store.reading() as connection:
            return [entity for (entity,) in connection.execute("SELECT DISTINCT entity FROM other")]

    def _count(self, statement: str, values: tuple[str, ...]) -> int:
        with self._store.reading() as connection:
            (found,) = connection.execute(statement, values).fetchone()
        return int(found)

    def _read(self, statement: str, values: tuple[Any, ...], entity: str) -> list[Row]:
        with self._store.reading() as connection:
            found = connection.execute(statement, values).fetchall()
        return [Row(entity, id_, version, orjson.loads(body)) for id_, version, body in found]
