"""Whole lists in any order: where each row stands, in a moment also for a hundred thousand; rows come by the window."""

import sqlite3
from array import array
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Final

import orjson

from agent_desktop.offline import derived
from agent_desktop.offline.filters import Filter, condition, fits
from agent_desktop.offline.lines import LINES, OF_BODY, SEARCHED, line_of
from agent_desktop.offline.store import Store
from agent_desktop.offline.view import View
from agent_model.wire import Row

READ_AT_ONCE: Final = 200


def here() -> datetime:
    """Now, on the wall clock of this computer."""
    return datetime.now().astimezone()


@dataclass(frozen=True, slots=True)
class Query:
    """`only` are the values that a column may have; `text` stands in one of the columns that are searched. Rows that
    are the same by `sort` are ordered by `then`, each a column and whether it falls."""

    sort: str
    is_descending: bool = False
    group: str = ""
    only: Mapping[str, tuple[Any, ...]] = field(default_factory=dict)
    text: str = ""
    then: tuple[tuple[str, bool], ...] = ()
    filters: tuple[Filter, ...] = ()

    @property
    def columns(self) -> frozenset[str]:
        """Every column that it names."""
        named = {self.sort, *self.only, *(column for column, _ in self.then), *(one.column for one in self.filters)}
        return frozenset(named | {self.group}) if self.group else frozenset(named)


@dataclass(frozen=True, slots=True)
class Group:
    """So many rows one after the other that have `key` in the column they are grouped by."""

    key: Any
    count: int


@dataclass(frozen=True, slots=True)
class Ordering:
    """`unsent` are rows of the agent's own that the server does not have; they stand before the others, whose places
    are in `places`. `is_whole` says whether every row is counted."""

    places: Sequence[int] = ()
    groups: tuple[Group, ...] = ()
    unsent: tuple[Row, ...] = ()
    is_whole: bool = True


class Listing:
    """Of the rows of one noun (`table`: ticket, customer or contact). `clock` says what is today and this week. Every
    method raises StoreError."""

    def __init__(self, store: Store, view: View, table: str, clock: Callable[[], datetime] = here) -> None:
        self._store = store
        self._view = view
        self._clock = clock
        self.table = table

    def learn(self) -> bool:
        """Reads a few rows that came or changed, within milliseconds; false when every row is read."""
        with self._store.reading() as connection:
            found = derived.noted(connection, self.table, READ_AT_ONCE)
        if not found:
            return False
        of_body = OF_BODY[self.table]
        read = ((place, version, of_body(orjson.loads(body))) for place, version, body in found if body)
        lines = [(place, version, *line) for place, version, line in read if line is not None]
        with self._store.writing() as connection:
            derived.put(connection, self.table, f"{self.table}_line", lines)
            derived.done(connection, self.table, [(place, version) for place, version, _ in found])
        return True

    def order(self, query: Query) -> Ordering:
        """Raises ValueError for a column that there is not."""
        statement, values = self._statement(query)
        with self._store.reading() as connection:
            # As one text: a hundred thousand rows of Python would keep the window from the processor.
            (places,) = connection.execute(f"SELECT json_group_array(place) FROM ({statement})", values).fetchone()  # noqa: S608
            groups = self._groups(connection, query)
            (waiting,) = connection.execute(f"SELECT EXISTS (SELECT 1 FROM {self.table}_to_read)").fetchone()  # noqa: S608
        return Ordering(
            places=array("Q", orjson.loads(places)),
            groups=groups,
            unsent=tuple(row for row in self._view.unsent(self.table) if self._belongs(row, query)),
            is_whole=not waiting,
        )

    def first(self, query: Query, at_most: int) -> Sequence[int]:
        """Where the first rows of this order stand, sooner than all of them. Raises as `order`."""
        statement, values = self._statement(query)
        with self._store.reading() as connection:
            found = connection.execute(f"{statement} LIMIT ?", (*values, at_most)).fetchall()
        return [place for (place,) in found]

    def beginning(self, query: Query, column: str, text: str) -> int | None:
        """Where the first row of this order stands whose column begins with the text. Raises as `order`."""
        typed = Filter(column, text=text)
        statement, values = self._statement(replace(query, filters=(*query.filters, typed)))
        with self._store.reading() as connection:
            found = connection.execute(
                f"SELECT place FROM ({statement}) WHERE place IN "  # noqa: S608
                f"(SELECT place FROM {self.table}_line WHERE substr(lower({column}), 1, length(?)) = ?) LIMIT 1",
                (*values, text.lower(), text.lower()),
            ).fetchone()
        return None if found is None else int(found[0])

    def rows(self, places: Sequence[int]) -> dict[int, Row]:
        """Those that stand there, by their place, with what is pending about them; one that went is missing."""
        return self._view.rows_at(self.table, places)

    def _groups(self, connection: sqlite3.Connection, query: Query) -> tuple[Group, ...]:
        if not query.group:
            return ()
        where, values = self._where(query)
        found = connection.execute(
            f"SELECT {query.group}, count(*) FROM {self.table}_line{where} GROUP BY 1 ORDER BY 1 NULLS LAST",  # noqa: S608
            values,
        )
        return tuple(Group(key, count) for key, count in found.fetchall())

    def _statement(self, query: Query) -> tuple[str, list[Any]]:
        known = LINES[self.table]
        if not query.columns <= set(known):
            raise ValueError(f"{query} of {known}")
        where, values = self._where(query)
        by = [f"{query.group} NULLS LAST"] if query.group else []
        keys = ((query.sort, query.is_descending), *query.then)
        # Falling, SQLite has NULLs last by itself; to say so would keep it from an index.
        by += [f"{column} DESC" if is_descending else f"{column} NULLS LAST" for column, is_descending in keys]
        by.append("place DESC" if query.is_descending else "place")
        return f"SELECT place FROM {self.table}_line{where} ORDER BY {', '.join(by)}", values  # noqa: S608

    def _where(self, query: Query) -> tuple[str, list[Any]]:
        conditions: list[str] = []
        values: list[Any] = []
        narrowed = [Filter(column, among=wanted) for column, wanted in query.only.items()]
        now = self._clock()
        for one in (*narrowed, *query.filters):
            told, given = condition(one, now)
            conditions.append(told)
            values += given
        if query.text:
            searched = SEARCHED[self.table]
            conditions.append(f"({' OR '.join(f'instr(lower({column}), ?)' for column in searched)})")
            values += [query.text.lower()] * len(searched)
        return (f" WHERE {' AND '.join(conditions)}" if conditions else ""), values

    def _belongs(self, row: Row, query: Query) -> bool:
        line = line_of(self.table, row.body)
        if line is None:
            return False
        text, now = query.text.lower(), self._clock()
        return (
            all(line[column] in wanted for column, wanted in query.only.items())
            and all(fits(one, line[one.column], now) for one in query.filters)
            and (not text or any(text in str(line[column] or "").lower() for column in SEARCHED[self.table]))
        )
