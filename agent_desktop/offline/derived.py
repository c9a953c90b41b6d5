"""Tables that follow the mirror's own: the words that customers are found by, and the lines of lists.

Whoever writes a row only notes that it is to be read (`ticket_to_read`); `read_some` reads what was noted, a few at a
time, when nobody waits for it. What is found in these tables may so be of an older version of a row.
"""

import sqlite3
from collections.abc import Sequence
from typing import Any, Final

import orjson

from agent_desktop.offline.lines import LINES

_WORDS: Final = (
    "words, content='', contentless_delete=1, detail=none, tokenize=\"ascii separators ' ' tokenchars '@._-+'\""
)
FOLLOWED: Final = ("customer", "ticket", "contact", "follow_up")
LAID: Final = (
    f"CREATE VIRTUAL TABLE customer_word USING fts5({_WORDS})",
    "CREATE VIRTUAL TABLE customer_found USING fts5vocab(customer_word, instance)",
    *(f"CREATE TABLE {table}_line (place INTEGER PRIMARY KEY, {', '.join(LINES[table])})" for table in FOLLOWED),
    *(f"CREATE TABLE {table}_to_read (place INTEGER PRIMARY KEY)" for table in FOLLOWED),
    "CREATE INDEX ticket_line_touched ON ticket_line (touched)",
    "CREATE INDEX contact_line_at ON contact_line (at)",
    "CREATE INDEX follow_up_line_due ON follow_up_line (due)",
)
WORD_PAGES: Final = 500
READ_ALL: Final = tuple(f"INSERT OR IGNORE INTO {table}_to_read SELECT rowid FROM {table}" for table in FOLLOWED)  # noqa: S608
TAKEN_AWAY: Final = (
    "DROP TABLE IF EXISTS customer_found",
    "DROP TABLE IF EXISTS customer_word",
    *(f"DROP TABLE IF EXISTS {table}_{of}" for table in FOLLOWED for of in ("line", "to_read")),
)
"""Of an earlier format: everything here can be read again."""


def changed(connection: sqlite3.Connection, table: str, ids: Sequence[str]) -> None:
    """These rows are to be read (again)."""
    connection.execute(
        f"INSERT OR IGNORE INTO {table}_to_read SELECT rowid FROM {table} "  # noqa: S608
        "WHERE id IN (SELECT value FROM json_each(?))",
        (orjson.dumps(ids).decode(),),
    )


def forget(connection: sqlite3.Connection, table: str, where: str, values: tuple[Any, ...]) -> None:
    """What was reckoned from rows that are about to go."""
    which = f"IN (SELECT rowid FROM {table} WHERE {where})"  # noqa: S608
    if table == "customer":
        connection.execute(f"DELETE FROM customer_word WHERE rowid {which}", values)  # noqa: S608
    for follower in (f"{table}_line", f"{table}_to_read"):
        connection.execute(f"DELETE FROM {follower} WHERE place {which}", values)  # noqa: S608


def merge_words(connection: sqlite3.Connection, *, is_first: bool) -> bool:
    """A step of writing the words anew, without those that went; whether there is another one."""
    before = connection.total_changes
    pages = -WORD_PAGES if is_first else WORD_PAGES
    connection.execute("INSERT INTO customer_word (customer_word, rank) VALUES ('merge', ?)", (pages,))
    return connection.total_changes - before >= 2


def forget_all(connection: sqlite3.Connection) -> None:
    connection.execute("INSERT INTO customer_word (customer_word) VALUES ('delete-all')")
    for table in FOLLOWED:
        for follower in (f"{table}_line", f"{table}_to_read"):
            connection.execute(f"DELETE FROM {follower}")  # noqa: S608


def noted(connection: sqlite3.Connection, table: str, at_most: int) -> list[tuple[int, int | None, str | None]]:
    """Place, version and body of rows that are to be read; of those that went only the place."""
    found: list[tuple[int, int | None, str | None]] = connection.execute(
        f"SELECT r.place, t.version, t.body FROM {table}_to_read r LEFT JOIN {table} t ON t.rowid = r.place LIMIT ?",  # noqa: S608
        (at_most,),
    ).fetchall()
    return found


def put(connection: sqlite3.Connection, table: str, into: str, rows: Sequence[tuple[Any, ...]]) -> None:
    """Each as (place, version, what stands in the columns of `into`); one that changed since it was read is left."""
    if rows:
        places = ", ".join(f"?{n}" for n in range(3, len(rows[0]) + 1))
        connection.executemany(
            f"INSERT OR REPLACE INTO {into} SELECT ?1, {places} FROM {table} WHERE rowid = ?1 AND version = ?2",  # noqa: S608
            rows,
        )


def done(connection: sqlite3.Connection, table: str, read: Sequence[tuple[int, int | None]]) -> None:
    """They are read, in the version that is named."""
    connection.executemany(
        f"DELETE FROM {table}_to_read WHERE place = ?1 "  # noqa: S608
        f"AND NOT EXISTS (SELECT 1 FROM {table} WHERE rowid = ?1 AND version <> ?2)",
        read,
    )
