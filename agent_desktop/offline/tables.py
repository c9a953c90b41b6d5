"""The tables of cache.db and outbox.db.

A mirrored row keeps its body as the server sent it, so that fields this version does not know survive; beside it
stand only the columns that somebody looks rows up by. `scopes` lists the scopes that hold the row as `|a|b|`.

Only `store` reads this module, and only when there is a file to lay: a start does not wait for SQLAlchemy.
"""

import functools
from collections.abc import Sequence

from sqlalchemy import Column, Index, Integer, LargeBinary, MetaData, Table, Text, func
from sqlalchemy.dialects import sqlite
from sqlalchemy.schema import CreateIndex, CreateTable

cache = MetaData()
outbox = MetaData()


def _mirrored(name: str, *looked_up_by: Column[str] | Column[int]) -> Table:
    return Table(
        name,
        cache,
        Column("id", Text, primary_key=True),
        Column("version", Integer, nullable=False),
        Column("scopes", Text, nullable=False),
        *looked_up_by,
        Column("body", Text, nullable=False),
    )


customer = _mirrored("customer", Column("name", Text(collation="NOCASE"), nullable=False, index=True))
contact = _mirrored("contact", Column("customer_id", Text, nullable=False), Column("at", Text, nullable=False))
ticket = _mirrored(
    "ticket",
    Column("number", Text, index=True),
    Column("customer_id", Text),
    Column("at", Text, nullable=False),
    Column("is_open", Integer, nullable=False),
)
article = _mirrored("article")
follow_up = _mirrored(
    "follow_up",
    Column("customer_id", Text),
    Column("holder", Text),
    Column("due", Text, nullable=False),
    Column("is_open", Integer, nullable=False),
)
other = Table(
    "other",
    cache,
    Column("entity", Text, primary_key=True),
    Column("id", Text, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("scopes", Text, nullable=False),
    Column("body", Text, nullable=False),
    sqlite_with_rowid=False,
)
customer_number = Table(
    "customer_number",
    cache,
    Column("reversed", Text, primary_key=True),
    Column("customer_id", Text, primary_key=True),
    sqlite_with_rowid=False,
)
"""Numbers read backwards, found whole or by how they end; of masked ones the keyed hashes (`number_marks`)."""
cursor = Table(
    "cursor",
    cache,
    Column("scope", Text, primary_key=True),
    Column("seq", Integer, nullable=False),
    Column("epoch", Text, nullable=False),
)
shelf = Table(
    "shelf",
    cache,
    Column("name", Text, primary_key=True),
    Column("content", LargeBinary, nullable=False),
)
Index("contact_of_customer", contact.c.customer_id, contact.c.at)
Index("ticket_of_customer", ticket.c.customer_id, ticket.c.at)
Index("follow_up_of_customer", follow_up.c.customer_id)
RELATIONS = tuple(
    Index(name, func.json_extract(other.c.body, f"$.{pointer}"), sqlite_where=other.c.entity == "customer_relation")
    for name, pointer in (("relation_of_customer", "customer_id"), ("relation_of_other", "other_id"))
)
"""A relation is looked up from either end, and is no row of many: it has no table of its own."""
Index("follow_up_due", follow_up.c.is_open, follow_up.c.holder, follow_up.c.due)

command = Table(
    "command",
    outbox,
    Column("device_seq", Integer, primary_key=True),
    Column("op_id", Text, nullable=False, unique=True),
    Column("entity", Text, nullable=False),
    Column("id", Text, nullable=False),
    Column("state", Text, nullable=False, index=True),
    Column("plain", Text, nullable=False),
    Column("answer", Text),
)
delivered = Table(
    "delivered",
    outbox,
    Column("device_seq", Integer, primary_key=True),
    Column("op_id", Text, nullable=False, unique=True),
    Column("plain", Text, nullable=False),
    Column("at", Text, nullable=False, index=True),
    Column("is_due", Integer, nullable=False),
)
"""Commands that the server took, at `at`; `is_due` are those to be sent again because it may have lost them."""
draft = Table(
    "draft",
    outbox,
    Column("key", Text, primary_key=True),
    Column("body", Text, nullable=False),
    Column("saved_at", Text, nullable=False),
)
device = Table(
    "device",
    outbox,
    Column("name", Text, primary_key=True),
    Column("value", Text, nullable=False),
)
day_call = Table(
    "day_call",
    outbox,
    Column("key", Text, primary_key=True),
    Column("at", Text, nullable=False, index=True),
    Column("plain", Text, nullable=False),
)


def indexing(indexes: Sequence[Index]) -> Sequence[str]:
    """What lays these indexes over tables that are there."""
    dialect = sqlite.dialect()
    return [str(CreateIndex(index).compile(dialect=dialect)) for index in indexes]


@functools.cache
def statements(tables: MetaData, *only: Table) -> Sequence[str]:
    """What lays these tables into a database that has none of them."""
    dialect = sqlite.dialect()
    laid = only or tables.sorted_tables
    made = [str(CreateTable(table).compile(dialect=dialect)) for table in laid]
    indexes = [index for table in laid for index in sorted(table.indexes, key=lambda i: str(i.name))]
    return (*made, *indexing(indexes))
