"""The tables of `found_by`: which words lead to which customer, and who has still to be read for them."""

import sqlite3
from collections.abc import Sequence
from typing import Any, Final

import orjson

_WORDS: Final = (
    "words, content='', contentless_delete=1, detail=none, tokenize=\"ascii separators ' ' tokenchars '@._-+'\""
)
LAID: Final = (
    f"CREATE VIRTUAL TABLE customer_word USING fts5({_WORDS})",
    "CREATE VIRTUAL TABLE customer_found USING fts5vocab(customer_word, instance)",
    "CREATE TABLE customer_to_read (customer INTEGER PRIMARY KEY)",
)
READ_ALL: Final = "INSERT OR IGNORE INTO customer_to_read SELECT rowid FROM customer"


def changed(connection: sqlite3.Connection, ids: Sequence[str]) -> None:
    """These customers are to be read (again)."""
    connection.execute(
        "INSERT OR IGNORE INTO customer_to_read SELECT rowid FROM customer "
        "WHERE id IN (SELECT value FROM json_each(?))",
        (orjson.dumps(ids).decode(),),
    )


def forget(connection: sqlite3.Connection, where: str, values: tuple[Any, ...]) -> None:
    """The words of customers who are about to go."""
    which = f"IN (SELECT rowid FROM customer WHERE {where})"  # noqa: S608
    connection.execute(f"DELETE FROM customer_word WHERE rowid {which}", values)  # noqa: S608
    connection.execute(f"DELETE FROM customer_to_read WHERE customer {which}", values)  # noqa: S608


def forget_all(connection: sqlite3.Connection) -> None:
    connection.execute("INSERT INTO customer_word (customer_word) VALUES ('delete-all')")
    connection.execute("DELETE FROM customer_to_read")
