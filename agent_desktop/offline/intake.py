"""How rows come into the mirror's tables and leave them, inside a transaction that `mirror` holds."""

import sqlite3
from collections.abc import Callable, Iterable, Sequence
from typing import Any, Final

import orjson

from agent_desktop.errors import AnswerGarbled
from agent_model.scope import Scope
from agent_model.ticket import TicketStatus
from agent_model.wire import Gone, Row

OPEN_STATUSES = frozenset(status.value for status in TicketStatus if status.is_open)
OWN_TABLE: Final = ("customer", "contact", "ticket", "article")
IDS_A_STATEMENT: Final = 500
MET: Final = Scope("met")
"""Holds rows that were looked up and belong to no scope (yet); the first real scope takes them over."""


def tag_of(scope: Scope) -> str:
    return f"|{scope}|"


def put(connection: sqlite3.Connection, scope: Scope, rows: Iterable[Row]) -> None:
    tag = tag_of(scope)
    batches: dict[str, list[tuple[Any, ...]]] = {}
    customers: list[Row] = []
    for row in rows:
        columns = COLUMNS.get(row.entity)
        batch = batches.setdefault(row.entity if columns else "other", [])
        batch.append((columns or _other)(row, tag, _written(row)))
        if row.entity == "customer":
            customers.append(row)
    if customers:
        _number(connection, customers)
    for table, values in batches.items():
        connection.executemany(PUT[table], values)


def leave(connection: sqlite3.Connection, scope: Scope, leaving: Iterable[Gone]) -> None:
    """Out of this scope; a row that no other scope holds is gone altogether."""
    tag = tag_of(scope)
    for row in leaving:
        table, where, key = _place(row.entity, row.id)
        found = connection.execute(f"SELECT scopes FROM {table} WHERE {where}", key).fetchone()  # noqa: S608
        if found is None or tag not in found[0]:
            continue
        left = found[0].replace(tag, "|")
        if left == "|":
            delete(connection, (row,))
        else:
            connection.execute(f"UPDATE {table} SET scopes = ? WHERE {where}", (left, *key))  # noqa: S608


def delete(connection: sqlite3.Connection, dead: Iterable[Gone]) -> None:
    for row in dead:
        table, where, key = _place(row.entity, row.id)
        if row.entity == "customer":
            _forget_numbers(connection, "c.id = ?", key)
        connection.execute(f"DELETE FROM {table} WHERE {where}", key)  # noqa: S608


def mistrust(connection: sqlite3.Connection, rows: Iterable[Row]) -> None:
    """Lets these rows take the place of what is here under their ids, whatever its version."""
    for row in rows:
        table, where, key = _place(row.entity, row.id)
        connection.execute(f"UPDATE {table} SET version = -1 WHERE {where} AND version <> ?", (*key, row.version))  # noqa: S608


def leave_window(connection: sqlite3.Connection, table: str, scope: Scope, after: int, upto: int) -> None:
    """Every row of the table whose rowid is in (after, upto] leaves the scope."""
    tag = tag_of(scope)
    window = (after, upto, tag)
    if table == "customer":
        _forget_numbers(connection, "c.rowid > ? AND c.rowid <= ? AND c.scopes = ?", window)
    connection.execute(f"DELETE FROM {table} WHERE rowid > ? AND rowid <= ? AND scopes = ?", window)  # noqa: S608
    connection.execute(
        f"UPDATE {table} SET scopes = replace(scopes, ?, '|') "  # noqa: S608
        "WHERE rowid > ? AND rowid <= ? AND instr(scopes, ?) > 0",
        (tag, *window),
    )


def leave_other(connection: sqlite3.Connection, scope: Scope) -> None:
    tag = tag_of(scope)
    connection.execute("DELETE FROM other WHERE scopes = ?", (tag,))
    connection.execute("UPDATE other SET scopes = replace(scopes, ?, '|') WHERE instr(scopes, ?) > 0", (tag, tag))


def _upsert(table: str, columns: tuple[str, ...], key: str = "id") -> str:
    """A newer version replaces; an older one or the same still adds the scope it came in."""
    newer = f"excluded.version > {table}.version"
    replaced = (name for name in columns if name not in ("entity", "id", "scopes"))
    taken = ", ".join(f"{name} = CASE WHEN {newer} THEN excluded.{name} ELSE {table}.{name} END" for name in replaced)
    is_new_scope = f"excluded.scopes <> '{tag_of(MET)}' AND instr({table}.scopes, excluded.scopes) = 0"
    return (
        f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({', '.join('?' * len(columns))}) "  # noqa: S608
        f"ON CONFLICT ({key}) DO UPDATE SET {taken}, scopes = CASE WHEN {is_new_scope} "
        f"THEN replace({table}.scopes, '{tag_of(MET)}', '|') || substr(excluded.scopes, 2) ELSE {table}.scopes END "
        f"WHERE {newer} OR ({is_new_scope})"
    )


PUT: Final = {
    "customer": _upsert("customer", ("id", "version", "scopes", "name", "body")),
    "contact": _upsert("contact", ("id", "version", "scopes", "customer_id", "at", "body")),
    "ticket": _upsert("ticket", ("id", "version", "scopes", "number", "customer_id", "at", "is_open", "body")),
    "article": _upsert("article", ("id", "version", "scopes", "body")),
    "other": _upsert("other", ("entity", "id", "version", "scopes", "body"), key="entity, id"),
}


# A row that lacks a field is kept all the same: one row from a server of another age must not stop the sync of all.


def _customer(row: Row, tag: str, body: str) -> tuple[Any, ...]:
    return (row.id, row.version, tag, _text(row, "name") or "", body)


def _contact(row: Row, tag: str, body: str) -> tuple[Any, ...]:
    return (row.id, row.version, tag, _text(row, "customer_id") or "", _text(row, "at") or "", body)


def _ticket(row: Row, tag: str, body: str) -> tuple[Any, ...]:
    is_open = int(_text(row, "status") in OPEN_STATUSES)
    number, customer_id = _text(row, "number"), _text(row, "customer_id")
    return (row.id, row.version, tag, number, customer_id, touched(row.body), is_open, body)


def _article(row: Row, tag: str, body: str) -> tuple[Any, ...]:
    return (row.id, row.version, tag, body)


def _other(row: Row, tag: str, body: str) -> tuple[Any, ...]:
    return (row.entity, row.id, row.version, tag, body)


def _text(row: Row, name: str) -> str | None:
    value = row.body.get(name)
    return value if isinstance(value, str) else None


def _phones(row: Row) -> list[str]:
    phones = row.body.get("phones")
    return [number for number in phones if isinstance(number, str)] if isinstance(phones, list) else []


def _written(row: Row) -> str:
    try:
        return orjson.dumps(row.body).decode()
    except TypeError as error:
        raise AnswerGarbled(row.entity, "a body too deep to be kept") from error


def touched(body: Any) -> str:
    """When a ticket was last touched, as text that sorts."""
    return str(body.get("updated_at") or body.get("created_at") or "")


COLUMNS: Final[dict[str, Callable[[Row, str, str], tuple[Any, ...]]]] = {
    "customer": _customer,
    "contact": _contact,
    "ticket": _ticket,
    "article": _article,
}


def _number(connection: sqlite3.Connection, customers: Sequence[Row]) -> None:
    """The numbers of these customers, before the customers themselves: a version that is here already has its own."""
    here = _versions(connection, [row.id for row in customers])
    newest = {row.id: row for row in sorted(customers, key=lambda row: row.version)}
    changed = [row for row in newest.values() if row.version > here.get(row.id, -1)]
    for row in changed:
        if row.id in here:
            _forget_numbers(connection, "c.id = ?", (row.id,))
    connection.executemany(
        "INSERT OR REPLACE INTO customer_number VALUES (?, ?, ?)",
        [(number, row.id, number[::-1]) for row in changed for number in _phones(row)],
    )


def _forget_numbers(connection: sqlite3.Connection, where: str, values: tuple[Any, ...]) -> None:
    """The numbers of customers who are about to change or go, as their bodies still have them: spares an index."""
    connection.execute(
        "DELETE FROM customer_number WHERE (number, customer_id) IN "  # noqa: S608 - where is written here
        f"(SELECT phone.value, c.id FROM customer c, json_each(c.body, '$.phones') phone WHERE {where})",
        values,
    )


def _versions(connection: sqlite3.Connection, ids: Sequence[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for start in range(0, len(ids), IDS_A_STATEMENT):
        some = ids[start : start + IDS_A_STATEMENT]
        places = ", ".join("?" * len(some))
        found.update(
            connection.execute(f"SELECT id, version FROM customer WHERE id IN ({places})", some)  # noqa: S608
        )
    return found


def _place(entity: str, id_: str) -> tuple[str, str, tuple[str, ...]]:
    if entity in OWN_TABLE:
        return entity, "id = ?", (id_,)
    return "other", "entity = ? AND id = ?", (entity, id_)
