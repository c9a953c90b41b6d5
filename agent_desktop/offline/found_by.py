"""The words that customers are found by: an index of beginnings, kept in the cache and brought up to date behind it.

FTS5 keeps the words small and takes new ones cheaply; its list of terms is read in order from any beginning on, so that
a query of one letter costs as little as a long one (decision 0014). Whoever writes customers only notes that they are
to be read (`customer_to_read`); `learn` reads them, a few at a time. What is found may be of an older version of a row,
so the reader looks at the row itself.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

import orjson

from agent_desktop.offline.store import Store

LAST: Final = "\U0010ffff"
"""Sorts behind every sign that a word has."""


class FoundBy:
    """Every method raises CacheDamaged, StoreBusy or DiskFull."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def learn(self, words_of: Callable[[Mapping[str, Any]], Iterable[str]], at_most: int) -> int:
        """Reads so many of the customers who came or changed; how many there were (0: everybody is read)."""
        with self._store.reading() as connection:
            found = connection.execute(
                "SELECT r.customer, c.version, c.body FROM customer_to_read r "
                "LEFT JOIN customer c ON c.rowid = r.customer LIMIT ?",
                (at_most,),
            ).fetchall()
        if not found:
            return 0
        learnt = [
            (rowid, version, " ".join(words_of(orjson.loads(body))))
            for rowid, version, body in found
            if body is not None
        ]
        with self._store.writing() as connection:
            # One that changed since it was read stays noted, and one that went has no words.
            here = "SELECT ?1, ?3 FROM customer WHERE rowid = ?1 AND version = ?2"
            connection.executemany(f"INSERT OR REPLACE INTO customer_word (rowid, words) {here}", learnt)
            connection.executemany(
                "DELETE FROM customer_to_read WHERE customer = ?1 "
                "AND NOT EXISTS (SELECT 1 FROM customer WHERE rowid = ?1 AND version <> ?2)",
                [(place, version) for place, version, _ in found],
            )
        return len(found)

    def beginning(self, start: str, at_most: int) -> list[tuple[str, int]]:
        """(word, where its customer stands) of the first words in their order that begin so."""
        with self._store.reading() as connection:
            found: list[tuple[str, int]] = connection.execute(
                "SELECT term, doc FROM customer_found WHERE term >= ? AND term < ? LIMIT ?",
                (start, start + LAST, at_most),
            ).fetchall()
        return found

    def named(self, start: str, at_most: int) -> list[tuple[str, int]]:
        """(name, where its customer stands) of those whose name begins so, in its order; of everybody, read or not."""
        with self._store.reading() as connection:
            found: list[tuple[str, int]] = connection.execute(
                "SELECT name, rowid FROM customer WHERE name >= ? AND name < ? ORDER BY name LIMIT ?",
                (start, start + LAST, at_most),
            ).fetchall()
        return found
