"""How rows come into the mirror's tables and leave them, inside a transaction that `mirror` holds."""

import sqlite3
from collections.abc import Callable, Iterable, Sequence
from typing import Any, Final

import orjson

from agent_desktop.errors import AnswerGarbled
from agent_desktop.offline import derived
from agent_desktop.offline.lines import holder, wanted
from agent_desktop.offline.number_marks import NUMBERS, marks_in, marks_of
from agent_model.follow_up import FollowUpState
from agent_model.scope import Scope
from agent_model.ticket import TicketStatus
from agent_model.wire import Gone, Row

OPEN_STATUSES = frozenset(status.value for status in TicketStatus if status.is_open)
OWN_TABLE: Final = ("customer", "contact", "ticket", "article", "follow_up")
SOUND: Final = 0
DOUBTFUL: Final = 1
"""SQLite takes it for JSON; whether Python does, too, is not certain: too deep, or half a character."""
WRONG: Final = 2
LONG_BODY: Final = 2000
LARGEST_NUMBER: Final = 2**53
MET: Final = Scope("met")
"""Holds rows that were looked up and belong to no scope (yet); the first real scope takes them over."""


def tag_of(scope: Scope) -> str:
    return f"|{scope}|"


def put(connection: sqlite3.Connection, scope: Scope, rows: Sequence[Row]) -> None:
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
    for table in derived.FOLLOWED:
        if table in batches:
            derived.changed(connection, table, [row.id for row in rows if row.entity == table])


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
        if row.entity in derived.FOLLOWED:
            _forget_derived(connection, row.entity, "id = ?", key)
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
    if table in derived.FOLLOWED:
        _forget_derived(connection, table, "rowid > ? AND rowid <= ? AND scopes = ?", window)
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
    "follow_up": _upsert("follow_up", ("id", "version", "scopes", "customer_id", "holder", "due", "is_open", "body")),
    "other": _upsert("other", ("entity", "id", "version", "scopes", "body"), key="entity, id"),
}


def _text_of(*fields: str) -> str:
    """The first of the fields that is text, in SQL over a body."""
    cases = (f"WHEN json_type(body, '$.{name}') = 'text' THEN json_extract(body, '$.{name}')" for name in fields)
    return f"CASE {' '.join(cases)} END"


_OPEN: Final = ", ".join(f"'{status}'" for status in sorted(OPEN_STATUSES))
_OWN_COLUMNS: Final = {
    "customer": (f"coalesce({_text_of('name')}, '')",),
    "contact": (f"coalesce({_text_of('customer_id')}, '')", f"coalesce({_text_of('at')}, '')"),
    "ticket": (
        _text_of("number"),
        _text_of("customer_id"),
        f"coalesce({_text_of('updated_at', 'created_at')}, '')",
        f"coalesce({_text_of('status')} IN ({_OPEN}), 0)",
    ),
    "article": (),
    "follow_up": (
        _text_of("customer_id"),
        f"coalesce('own:' || {_text_of('owner')}, 'queue:' || {_text_of('queue')}, 'team:' || {_text_of('team')})",
        f"max(coalesce({_text_of('due_at')}, ''), coalesce({_text_of('snoozed_until')}, ''))",
        f"coalesce({_text_of('state')} = '{FollowUpState.OPEN.value}', 0)",
    ),
}
_KINDS: Final = ("typeof(entity)", "typeof(id)", "typeof(version)", "typeof(body)", "coalesce(json_type(body), '')")
_IS_WRONG: Final = (
    f"{' || '.join(_KINDS)} <> 'texttextintegertextobject' OR version NOT BETWEEN 0 AND {LARGEST_NUMBER} "
    "OR NOT json_valid(body)"
)
_IS_DOUBTFUL: Final = f"length(body) > {LONG_BODY} OR instr(body, '\\u') > 0"


def selecting(table: str) -> str:
    """Reads what PUT[table] takes, for the tag `?`, out of a table `row(entity, id, version, body)`.

    Two columns more: NUMBERS, and how much the row is to be trusted (SOUND, DOUBTFUL or WRONG).
    """
    if table in OWN_TABLE:
        columns, which = ("id", "version", "?", *_OWN_COLUMNS[table], "body"), f"entity = '{table}'"
    else:
        known = ", ".join(f"'{name}'" for name in OWN_TABLE)
        columns, which = ("entity", "id", "version", "?", "body"), f"entity NOT IN ({known})"
    phones = NUMBERS if table == "customer" else "NULL"
    trust = f"CASE WHEN {_IS_WRONG} THEN {WRONG} WHEN {_IS_DOUBTFUL} THEN {DOUBTFUL} ELSE {SOUND} END"
    return f"SELECT {', '.join(columns)}, {phones}, {trust} FROM row WHERE {which}"  # noqa: S608


def moved_out(table: str) -> tuple[str, str]:
    """Takes the rows of a noun that has its own table now out of those that have none."""
    columns = ", ".join(("id", "version", "scopes", *_OWN_COLUMNS[table], "body"))
    which = f"FROM other WHERE entity = '{table}'"
    return f"INSERT OR IGNORE INTO {table} SELECT {columns} {which}", f"DELETE {which}"


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


def _follow_up(row: Row, tag: str, body: str) -> tuple[Any, ...]:
    is_open = int(_text(row, "state") == FollowUpState.OPEN.value)
    return (row.id, row.version, tag, _text(row, "customer_id"), holder(row.body), wanted(row.body), is_open, body)


def _other(row: Row, tag: str, body: str) -> tuple[Any, ...]:
    return (row.entity, row.id, row.version, tag, body)


def _text(row: Row, name: str) -> str | None:
    value = row.body.get(name)
    return value if isinstance(value, str) else None


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
    "follow_up": _follow_up,
}


def _number(connection: sqlite3.Connection, customers: Sequence[Row]) -> None:
    """The numbers of these customers, before the customers themselves: a version that is here already has its own."""
    here = _numbers_here(connection, [row.id for row in customers])
    newest = {row.id: row for row in sorted(customers, key=lambda row: row.version)}
    stale, new = [], []
    for row in newest.values():
        version, had = here.get(row.id, (-1, {}))
        if row.version > version:
            has = marks_of(row.body)
            stale += [(number, row.id) for number in had if number not in has]
            new += [(number, row.id) for number in has if number not in had]
    _drop_numbers(connection, stale)
    put_numbers(connection, new)


def put_numbers(connection: sqlite3.Connection, numbers: Iterable[tuple[str, str]]) -> None:
    """Each as `number_marks` writes it, with its customer's id."""
    connection.executemany("INSERT OR REPLACE INTO customer_number VALUES (?, ?)", numbers)


def _drop_numbers(connection: sqlite3.Connection, numbers: Iterable[tuple[str, str]]) -> None:
    connection.executemany("DELETE FROM customer_number WHERE reversed = ? AND customer_id = ?", numbers)


def _forget_derived(connection: sqlite3.Connection, table: str, where: str, values: tuple[Any, ...]) -> None:
    """Words, lines and numbers of rows that are about to go; numbers as the bodies still have them: spares an index."""
    derived.forget(connection, table, where, values)
    if table != "customer":
        return
    found = connection.execute(f"SELECT id, {NUMBERS} FROM customer WHERE {where}", values)  # noqa: S608
    _drop_numbers(connection, [(number, id_) for id_, phones in found.fetchall() for number in numbers_in(phones)])


def _numbers_here(connection: sqlite3.Connection, ids: Sequence[str]) -> dict[str, tuple[int, dict[str, None]]]:
    """Version and numbers of those of the customers who are here."""
    wanted = orjson.dumps(ids).decode()
    found = connection.execute(
        f"SELECT id, version, {NUMBERS} FROM customer WHERE id IN (SELECT value FROM json_each(?))",  # noqa: S608
        (wanted,),
    )
    return {id_: (version, numbers_in(phones)) for id_, version, phones in found.fetchall()}


def numbers_in(phones: str | None) -> dict[str, None]:
    """Of the JSON text that NUMBERS selects."""
    return marks_in(orjson.loads(phones)) if phones else {}


def _place(entity: str, id_: str) -> tuple[str, str, tuple[str, ...]]:
    if entity in OWN_TABLE:
        return entity, "id = ?", (id_,)
    return "other", "entity = ? AND id = ?", (entity, id_)
