"""Rows of the nouns' tables as bodies and back; a body that is not its noun is refused here."""

import functools
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import orjson
from pydantic import TypeAdapter, ValidationError
from sqlalchemy import (
    JSON,
    BindParameter,
    ColumnElement,
    Select,
    String,
    Text,
    and_,
    any_,
    bindparam,
    cast,
    func,
    or_,
    select,
    type_coerce,
)
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.ext.asyncio import AsyncConnection

from agent_model.article_feedback import VOTES
from agent_model.body import to_body
from agent_model.scope import Scope
from agent_model.wire import NOUNS
from agent_server.scopes import EDITORS_ENTITIES, ORG_ENTITIES, scopes_of_row
from agent_server.sight import Sight, hides
from agent_server.tables import INNER, NOUN_TABLES, announcement_slice, ticket_watcher

LARGEST_ROW: Final = 1024 * 1024
"""Bytes of JSON: a row goes whole to everybody who may see it, however it grew."""


OF_ONE_AGENT: Final = ("abusive_call", "assignment", "attempt", "quiz_paper", "quiz_result")
_ABOUT_CUSTOMERS: Final = frozenset(
    name for name, table in NOUN_TABLES.items() if name == "customer" or "customer_id" in table.c
)


class BadBody(Exception):
    """The fields do not make up the noun; `field` names the first that does not fit."""

    def __init__(self, field: str) -> None:
        super().__init__(field)
        self.field = field


@dataclass(frozen=True, slots=True)
class Stored:
    """A row with what the server keeps for itself: whose slice it is in, the last device per field, and what the
    customer is called whom it is about, and who was merged into them."""

    entity: str
    id: str
    version: int
    body: Mapping[str, Any]
    segment: str | None = None
    field_devices: Mapping[str, str] = field(default_factory=dict)
    customer_names: tuple[str, ...] = ()

    @property
    def scopes(self) -> frozenset[Scope]:
        return scopes_of_row(self.entity, self.body, self.segment)

    @property
    def names(self) -> tuple[str, ...]:
        """Whom its texts may name."""
        name = self.body.get("name") if self.entity in ("customer", "customer_merge") else None
        return (name, *self.customer_names) if name else self.customer_names

    def seen(self, sight: Sight) -> Mapping[str, Any]:
        """The fields as somebody may have them. Nothing else leaves the server."""
        return sight.body(self.entity, self.segment, self.body, self.names)

    def look(self, sight: Sight, name: str, value: Any) -> Any:
        """What a field was, or is to be, as somebody may have it."""
        return sight.body(self.entity, self.segment, {name: value}, self.names)[name]

    def to_plain(self, sight: Sight) -> dict[str, Any]:
        """As it crosses the wire."""
        return {"entity": self.entity, "id": self.id, "version": self.version, "body": self.seen(sight)}


def checked_body(entity: str, row_id: str, version: int, body: Mapping[str, Any]) -> dict[str, Any]:
    """The body as its noun writes it, unknown fields kept. Raises BadBody."""
    noun = NOUNS[entity]
    try:
        text = orjson.dumps({**body, "id": row_id, "version": version})
        if len(text) > LARGEST_ROW:
            raise BadBody("")
        value = _adapter(noun).validate_json(text, strict=True)
        written = to_body(value)
    except ValidationError as error:
        place = error.errors(include_url=False, include_context=False, include_input=False)[0]["loc"]
        raise BadBody(str(place[0]) if place else "") from error
    except (TypeError, ValueError, OverflowError) as error:
        raise BadBody("") from error
    for name, most in _lengths(entity).items():
        if isinstance(value := body.get(name), str) and len(value) > most:
            raise BadBody(name)
    if b"\\u0000" in text and b"\\u0000" in text.replace(b"\\\\", b""):  # PostgreSQL cannot store it
        raise BadBody("")
    return {**body, **written}


def known_fields(entity: str) -> frozenset[str]:
    """The fields a command may name for an entity."""
    return _layout(entity).known


def as_columns(row: Stored) -> dict[str, Any]:
    """The row as the values of its table's columns."""
    layout = _layout(row.entity)
    extra = None
    if not row.body.keys() <= layout.known:
        extra = {name: value for name, value in row.body.items() if name not in layout.known}
    columns: dict[str, Any] = {name: row.body[name] for name in layout.names}
    columns |= {"id": row.id, "version": row.version, "extra": extra}
    for name in INNER.get(row.entity, ()):
        columns[name] = row.segment if name == "segment" else dict(row.field_devices) or None
    return columns


@functools.cache  # put together once: every pull asks it
def selecting(entity: str, *, with_names: bool = False) -> Select[Any]:
    """A query whose rows `reader(entity)` understands; narrow it with `.where`. Only who sees names masked needs the
    rows `with_names` of their customers: it asks two more tables of each."""
    table = NOUN_TABLES[entity]
    query = select(*(table.c[name] for name in _layout(entity).columns))
    if not with_names or entity not in _ABOUT_CUSTOMERS:
        return query
    of = table.c.id if entity == "customer" else table.c.customer_id
    customers, merges = NOUN_TABLES["customer"].alias(), NOUN_TABLES["customer_merge"].alias()
    asked = [select(func.aggregate_strings(merges.c.name, "\n")).where(merges.c.customer_id == of)]
    if entity != "customer":
        asked.append(select(customers.c.name).where(customers.c.id == of))
    named = (one.correlate(table).scalar_subquery().label(f"named_{n}") for n, one in enumerate(asked))
    return query.add_columns(*named)


@functools.cache
def reader(entity: str, *, with_names: bool = False) -> Callable[[Sequence[Any]], Stored]:
    """Makes rows of `selecting(entity)`, asked for in the same way, into Stored."""
    layout = _layout(entity)
    names = layout.names
    count = len(names)
    has_own_segment = "segment" in names
    inner = INNER.get(entity, ())
    end = 3 + count + len(inner)
    has_names = with_names and entity in _ABOUT_CUSTOMERS

    def read(row: Sequence[Any]) -> Stored:
        body = dict(zip(names, row[3 : 3 + count], strict=True))
        if row[2]:
            body |= row[2]
        kept = dict(zip(inner, row[3 + count : end], strict=True))
        segment = body["segment"] if has_own_segment else kept.get("segment")
        named = "\n".join(filter(None, row[end:])) if has_names else ""
        called = tuple(named.split("\n")) if named else ()
        return Stored(entity, row[0], row[1], body, segment, kept.get("field_devices") or {}, called)

    return read


def writing(entity: str) -> Select[Any]:
    """A query whose rows `written(entity)` understands; narrow it with `.where`."""
    columns = NOUN_TABLES[entity].c
    layout = _layout(entity)
    chosen = (
        cast(columns[name], Text).label(name) if name in layout.nested else columns[name] for name in layout.columns
    )
    return select(*chosen)


def written(entity: str) -> Callable[[Sequence[Any]], bytes]:
    """Makes the body of a row of `writing(entity)`, as JSON: nested values are passed on as they were kept."""
    layout = _layout(entity)
    names = layout.names
    end = 3 + len(names)
    nested = tuple(index for index, name in enumerate(names, start=3) if name in layout.nested)

    def write(row: Sequence[Any]) -> bytes:
        values = list(row)
        for index in nested:
            if values[index] is not None:
                values[index] = orjson.Fragment(values[index])
        body = dict(zip(names, values[3:end], strict=True))
        if values[2] is not None:
            body |= orjson.loads(values[2])
        return orjson.dumps(body)

    return write


async def fetch(
    connection: AsyncConnection,
    entity: str,
    ids: Sequence[str],
    *,
    for_update: bool = False,
    with_names: bool = False,
) -> dict[str, Stored]:
    """The rows that exist among `ids`. `for_update` holds them until the transaction ends (in the order of ids)."""
    if not ids:
        return {}
    is_sqlite = connection.dialect.name == "sqlite"
    query = _by_ids(entity, is_sqlite, for_update, with_names)
    found = await connection.execute(query, {"ids": _as_one(is_sqlite, ids)})
    return {row.id: row for row in map(reader(entity, with_names=with_names), found)}


async def fetch_all(connection: AsyncConnection, entity: str) -> list[Stored]:
    """Every row of a small noun."""
    return [*map(reader(entity), await connection.execute(selecting(entity)))]


@functools.cache
def _by_ids(entity: str, is_sqlite: bool, for_update: bool, with_names: bool) -> Select[Any]:
    id_column = NOUN_TABLES[entity].c.id
    query = selecting(entity, with_names=with_names).where(_is_of(id_column, is_sqlite, bindparam("ids")))
    return query.order_by(id_column).with_for_update() if for_update else query


async def fetch_seen(
    connection: AsyncConnection, entity: str, ids: Sequence[str], scope: Scope, sight: Sight
) -> dict[str, dict[str, Any]]:
    """Those among `ids` that are in the slice, as they cross the wire."""
    held = membership(scope)
    if not ids or entity not in held:
        return {}
    is_wanted = is_among(connection, NOUN_TABLES[entity].c.id, ids)
    condition = held[entity]
    if condition is not None:
        is_wanted &= condition
    if sight.is_masked and hides(entity):
        with_names = sight.hides_names
        rows = await connection.execute(selecting(entity, with_names=with_names).where(is_wanted))
        return {row.id: row.to_plain(sight) for row in map(reader(entity, with_names=with_names), rows)}
    write = written(entity)
    return {
        row[0]: {"entity": entity, "id": row[0], "version": row[1], "body": orjson.Fragment(write(row))}
        for row in await connection.execute(writing(entity).where(is_wanted))
    }


def membership(scope: Scope) -> dict[str, ColumnElement[bool] | None]:
    """For each entity that can be in a scope: which of its rows are. None means all of them."""
    kind, _, name = scope.partition(":")
    customer, contact, ticket, follow_up = (
        NOUN_TABLES[entity] for entity in ("customer", "contact", "ticket", "follow_up")
    )
    feedback = NOUN_TABLES["article_feedback"]
    compensation, relation = NOUN_TABLES["compensation"], NOUN_TABLES["customer_relation"]
    told = {"announcement": NOUN_TABLES["announcement"].c.id.in_(_told_in(scope))}
    if kind == "org":
        read = {"article_file": NOUN_TABLES["article_file"].c.is_live.is_(True)}
        return {**dict.fromkeys(sorted(ORG_ENTITIES)), **told, **read}
    if kind in ("role", "site"):
        return dict(told)
    if kind == "editors":
        wants_answer = feedback.c.kind.not_in(VOTES)
        whole = dict.fromkeys((*sorted(EDITORS_ENTITIES), "announcement", "article_file"))
        return {**whole, "article_feedback": wants_answer}
    if kind == "leads":
        return {entity: NOUN_TABLES[entity].c.team == name for entity in ("abusive_call", "assignment", "quiz_result")}
    if kind == "customers":
        return {
            "customer": customer.c.segment == name,
            "contact": contact.c.segment == name,
            "customer_merge": NOUN_TABLES["customer_merge"].c.segment == name,
            "customer_relation": or_(relation.c.segment == name, relation.c.other_segment == name),
            "ticket": ticket.c.segment == name,
            "follow_up": follow_up.c.segment == name,
        }
    if kind == "team":
        return {
            "follow_up": follow_up.c.team == name,
            "list_view": NOUN_TABLES["list_view"].c.team == name,
            "export": NOUN_TABLES["export"].c.team == name,
            **told,
        }
    if kind == "queue":
        return {
            "ticket": ticket.c.queue == name,
            "follow_up": follow_up.c.queue == name,
            "compensation": compensation.c.queue == name,
            **told,
        }
    if kind == "own":
        watched = ticket.c.id.in_(select(ticket_watcher.c.ticket_id).where(ticket_watcher.c.agent_id == name))
        return {
            "ticket": or_(ticket.c.owner == name, ticket.c.created_by == name, watched),
            "follow_up": or_(follow_up.c.owner == name, follow_up.c.created_by == name),
            "article_feedback": or_(
                feedback.c.by == name, and_(feedback.c.owner == name, feedback.c.kind.not_in(VOTES))
            ),
            "compensation": compensation.c.asked_by == name,
            "export": NOUN_TABLES["export"].c.asked_by == name,
            "announcement_receipt": NOUN_TABLES["announcement_receipt"].c.agent == name,
            **{entity: NOUN_TABLES[entity].c.agent == name for entity in OF_ONE_AGENT},
        }
    return {}


def _told_in(scope: Scope) -> Select[Any]:
    return select(announcement_slice.c.announcement_id).where(announcement_slice.c.scope == scope)


def is_among(connection: AsyncConnection, column: ColumnElement[str], ids: Collection[str]) -> ColumnElement[bool]:
    """One parameter however many they are: the statement is made once."""
    is_sqlite = connection.dialect.name == "sqlite"
    return _is_of(column, is_sqlite, bindparam(None, _as_one(is_sqlite, ids)))


def _is_of(column: ColumnElement[str], is_sqlite: bool, ids: BindParameter[Any]) -> ColumnElement[bool]:
    if is_sqlite:
        return column.in_(select(func.json_each(ids).table_valued("value").c.value))
    return column == any_(type_coerce(ids, ARRAY(String)))


def _as_one(is_sqlite: bool, ids: Collection[str]) -> Any:
    """Many ids as one parameter."""
    return orjson.dumps(list(ids)).decode() if is_sqlite else list(ids)


@dataclass(frozen=True, slots=True)
class _Layout:
    names: tuple[str, ...]
    known: frozenset[str]
    nested: frozenset[str]
    columns: tuple[str, ...]


@functools.cache
def _layout(entity: str) -> _Layout:
    inner = INNER.get(entity, ())
    names = tuple(str(c.name) for c in NOUN_TABLES[entity].c if c.name not in ("id", "version", "extra", *inner))
    nested = frozenset(str(c.name) for c in NOUN_TABLES[entity].c if isinstance(c.type, JSON))
    return _Layout(names, frozenset(names), nested, ("id", "version", "extra", *names, *inner))


@functools.cache
def _lengths(entity: str) -> dict[str, int]:
    """How long the text of a column may be; SQLite would take any."""
    columns = NOUN_TABLES[entity].c
    return {
        str(c.name): c.type.length for c in columns if isinstance(c.type, String) and c.type.length and c.name != "id"
    }


@functools.cache
def _adapter(noun: type) -> TypeAdapter[Any]:
    return TypeAdapter(noun)
