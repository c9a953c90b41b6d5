"""The words that customers are found by: an index of beginnings, kept in the cache and brought up to date behind it.

FTS5 keeps the words small and takes new ones cheaply; its list of terms is read in order from any beginning on, so that
a query of one letter costs as little as a long one (decision 0014). Customers are read for it when nobody waits for it
(`derived`), so whoever looks something up looks at the row itself, too.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

import orjson

from agent_desktop.offline import derived
from agent_desktop.offline.lines import OF_BODY
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
            found = derived.noted(connection, "customer", at_most)
        if not found:
            return 0
        bodies = [(place, version, orjson.loads(body)) for place, version, body in found if body]
        with self._store.writing() as connection:
            words = [(place, version, " ".join(words_of(body))) for place, version, body in bodies]
            derived.put(connection, "customer", "customer_word (rowid, words)", words)
            lines = [(place, version, *(OF_BODY["customer"](body) or ())) for place, version, body in bodies]
            derived.put(connection, "customer", "customer_line", lines)
            derived.done(connection, "customer", [(place, version) for place, version, _ in found])
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

    def sharing(self, way: str, groups: int, largest: int) -> list[tuple[int, ...]]:
        """Where those stand who have one and the same word of a way (its letter); words that more than `largest` have
        say nothing of anybody. At most so many groups."""
        with self._store.reading() as connection:
            found: list[tuple[str]] = connection.execute(
                "SELECT group_concat(doc) FROM customer_found WHERE term >= ? AND term < ? GROUP BY term "
                "HAVING count(*) BETWEEN 2 AND ? LIMIT ?",
                (way, way + LAST, largest, groups),
            ).fetchall()
        return [tuple(map(int, places.split(","))) for (places,) in found]
