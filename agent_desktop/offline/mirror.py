"""The mirror of the server's rows in cache.db: filled by sync, read by every screen."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import orjson
from sqlalchemy import Connection

from agent_desktop.offline.store import Store
from agent_model.customer import CustomerId
from agent_model.phone_number import PhoneNumber
from agent_model.scope import Scope
from agent_model.ticket import TicketStatus
from agent_model.wire import Gone, Row

OPEN_STATUSES = frozenset(status.value for status in TicketStatus if status.is_open)
OWN_TABLE = ("customer", "contact", "ticket", "article")


@dataclass(frozen=True, slots=True)
class Cursor:
    """How far a scope has been read, and in which life (epoch) of the server's database."""

    seq: int
    epoch: str


class Mirror:
    """Rows by scope. A row is kept while any scope holds it, and never replaced by an older version of itself."""

    def __init__(self, store: Store) -> None:
        self._store = store

    # ---- written by sync --------------------------------------------------------------------------

    def cursors(self) -> dict[Scope, Cursor]:
        with self._store.reading() as connection:
            found = connection.exec_driver_sql("SELECT scope, seq, epoch FROM cursor").all()
        return {Scope(scope): Cursor(seq, epoch) for scope, seq, epoch in found}

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
            _put(connection, scope, rows)
            for leaving in gone:
                _leave(connection, scope, leaving)
            for dead in deleted:
                _delete(connection, dead.entity, dead.id)
            if cursor is not None:
                connection.exec_driver_sql(
                    "INSERT INTO cursor (scope, seq, epoch) VALUES (?, ?, ?) "
                    "ON CONFLICT (scope) DO UPDATE SET seq = excluded.seq, epoch = excluded.epoch",
                    (scope, cursor.seq, cursor.epoch),
                )

    def keep(self, rows: Sequence[Row]) -> None:
        """Rows met outside a scope (a caller looked up on the server): kept until a scope brings or drops them."""
        with self._store.writing() as connection:
            _put(connection, Scope("met"), rows)

    def drop(self, scope: Scope) -> None:
        """The scope is no longer this agent's: everything only it held goes, and its cursor."""
        tag = f"|{scope}|"
        with self._store.writing() as connection:
            connection.exec_driver_sql(
                "DELETE FROM customer_number WHERE customer_id IN (SELECT id FROM customer WHERE scopes = ?)", (tag,)
            )
            for table in (*OWN_TABLE, "other"):
                connection.exec_driver_sql(f"DELETE FROM {table} WHERE scopes = ?", (tag,))  # noqa: S608
                connection.exec_driver_sql(
                    f"UPDATE {table} SET scopes = replace(scopes, ?, '|') WHERE instr(scopes, ?) > 0",  # noqa: S608
                    (tag, tag),
                )
            connection.exec_driver_sql("DELETE FROM cursor WHERE scope = ?", (scope,))

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

    def customers_with(self, number: PhoneNumber, limit: int = 20) -> list[Row]:
        return self._read(
            "SELECT c.id, c.version, c.body FROM customer_number n JOIN customer c ON c.id = n.customer_id "
            "WHERE n.number = ? ORDER BY c.id LIMIT ?",
            (number, limit),
            "customer",
        )

    def customers_ending_in(self, digits: str, limit: int = 20) -> list[Row]:
        """Customers one of whose numbers ends in these digits."""
        backwards = digits[::-1]
        return self._read(
            "SELECT DISTINCT c.id, c.version, c.body FROM customer_number n JOIN customer c ON c.id = n.customer_id "
            "WHERE n.reversed >= ? AND n.reversed < ? LIMIT ?",
            (backwards, backwards + ":", limit),
            "customer",
        )

    def customers_named(self, start: str, limit: int = 20) -> list[Row]:
        """Customers whose name begins so."""
        return self._read(
            "SELECT id, version, body FROM customer WHERE name >= ? AND name < ? ORDER BY name, id LIMIT ?",
            (start, start + "\U0010ffff", limit),
            "customer",
        )

    def ticket_numbered(self, number: str) -> Row | None:
        found = self._read("SELECT id, version, body FROM ticket WHERE number = ?", (number,), "ticket")
        return found[0] if found else None

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

    def contacts_between(self, customer: CustomerId, since: str, until: str) -> int:
        """How many calls and messages of the customer lie in [since, until)."""
        with self._store.reading() as connection:
            return int(
                connection.exec_driver_sql(
                    "SELECT count(*) FROM contact WHERE customer_id = ? AND at >= ? AND at < ?",
                    (customer, since, until),
                ).scalar_one()
            )

    def count(self, entity: str) -> int:
        """How many rows of a noun are here."""
        with self._store.reading() as connection:
            if entity in OWN_TABLE:
                return int(connection.exec_driver_sql(f"SELECT count(*) FROM {entity}").scalar_one())  # noqa: S608
            return int(
                connection.exec_driver_sql("SELECT count(*) FROM other WHERE entity = ?", (entity,)).scalar_one()
            )

    def _read(self, statement: str, values: tuple[Any, ...], entity: str) -> list[Row]:
        with self._store.reading() as connection:
            found = connection.exec_driver_sql(statement, values).all()
        return [Row(entity, id_, version, orjson.loads(body)) for id_, version, body in found]


def _upsert(table: str, columns: tuple[str, ...], key: str = "id") -> str:
    """Newer versions replace; the same version may still add the scope it came in."""
    taken = ", ".join(f"{name} = excluded.{name}" for name in columns if name not in ("entity", "id", "scopes"))
    return (
        f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({', '.join('?' * len(columns))}) "  # noqa: S608
        f"ON CONFLICT ({key}) DO UPDATE SET {taken}, scopes = CASE WHEN instr({table}.scopes, excluded.scopes) > 0 "
        f"THEN {table}.scopes ELSE {table}.scopes || substr(excluded.scopes, 2) END "
        f"WHERE excluded.version > {table}.version "
        f"OR (excluded.version = {table}.version AND instr({table}.scopes, excluded.scopes) = 0)"
    )


PUT = {
    "customer": _upsert("customer", ("id", "version", "scopes", "name", "body")),
    "contact": _upsert("contact", ("id", "version", "scopes", "customer_id", "at", "body")),
    "ticket": _upsert("ticket", ("id", "version", "scopes", "number", "customer_id", "at", "is_open", "body")),
    "article": _upsert("article", ("id", "version", "scopes", "body")),
    "other": _upsert("other", ("entity", "id", "version", "scopes", "body"), key="entity, id"),
}


def _customer(row: Row, tag: str, body: str) -> tuple[Any, ...]:
    return (row.id, row.version, tag, row.body["name"], body)


def _contact(row: Row, tag: str, body: str) -> tuple[Any, ...]:
    return (row.id, row.version, tag, row.body["customer_id"], row.body["at"], body)


def _ticket(row: Row, tag: str, body: str) -> tuple[Any, ...]:
    plain = row.body
    touched = plain.get("updated_at") or plain["created_at"]
    is_open = int(plain["status"] in OPEN_STATUSES)
    return (row.id, row.version, tag, plain.get("number"), plain.get("customer_id"), touched, is_open, body)


def _article(row: Row, tag: str, body: str) -> tuple[Any, ...]:
    return (row.id, row.version, tag, body)


def _other(row: Row, tag: str, body: str) -> tuple[Any, ...]:
    return (row.entity, row.id, row.version, tag, body)


COLUMNS: dict[str, Callable[[Row, str, str], tuple[Any, ...]]] = {
    "customer": _customer,
    "contact": _contact,
    "ticket": _ticket,
    "article": _article,
}


def _put(connection: Connection, scope: Scope, rows: Iterable[Row]) -> None:
    tag = f"|{scope}|"
    batches: dict[str, list[tuple[Any, ...]]] = {}
    numbered: list[Row] = []
    for row in rows:
        body = orjson.dumps(row.body).decode()
        columns = COLUMNS.get(row.entity)
        batches.setdefault(row.entity if columns else "other", []).append((columns or _other)(row, tag, body))
        if row.entity == "customer":
            numbered.append(row)
    for table, values in batches.items():
        connection.exec_driver_sql(PUT[table], values)
    if numbered:
        _number(connection, numbered)


def _number(connection: Connection, customers: Sequence[Row]) -> None:
    """The numbers of these customers, unless a newer version of one was here already."""
    connection.exec_driver_sql(
        "DELETE FROM customer_number WHERE customer_id = ? "
        "AND EXISTS (SELECT 1 FROM customer WHERE id = ? AND version = ?)",
        [(row.id, row.id, row.version) for row in customers],
    )
    numbers = [
        (number, row.id, number[::-1], row.id, row.version) for row in customers for number in row.body["phones"]
    ]
    if numbers:
        connection.exec_driver_sql(
            "INSERT OR REPLACE INTO customer_number SELECT ?, ?, ? "
            "WHERE EXISTS (SELECT 1 FROM customer WHERE id = ? AND version = ?)",
            numbers,
        )


def _leave(connection: Connection, scope: Scope, leaving: Gone) -> None:
    tag = f"|{scope}|"
    table, where, key = _place(leaving.entity, leaving.id)
    found = connection.exec_driver_sql(f"SELECT scopes FROM {table} WHERE {where}", key).first()  # noqa: S608
    if found is None:
        return
    left = found[0].replace(tag, "|")
    if left == "|":
        _delete(connection, leaving.entity, leaving.id)
    else:
        connection.exec_driver_sql(f"UPDATE {table} SET scopes = ? WHERE {where}", (left, *key))  # noqa: S608


def _delete(connection: Connection, entity: str, id_: str) -> None:
    table, where, key = _place(entity, id_)
    connection.exec_driver_sql(f"DELETE FROM {table} WHERE {where}", key)  # noqa: S608
    if entity == "customer":
        connection.exec_driver_sql("DELETE FROM customer_number WHERE customer_id = ?", (id_,))


def _place(entity: str, id_: str) -> tuple[str, str, tuple[str, ...]]:
    if entity in OWN_TABLE:
        return entity, "id = ?", (id_,)
    return "other", "entity = ? AND id = ?", (entity, id_)
