"""What the house has: segments, queues, departments, categories and people, found by id or by name."""

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from agent_model.organisation import is_place
from agent_server import tables

NAMED: Final = ("queue", "department", "ticket_category", "agent", "product")
SHOWN: Final = 8


@dataclass(frozen=True, slots=True)
class Directory:
    """`ids` are by kind and folded name; `branches` what a ticket of a category starts with."""

    ids: Mapping[str, Mapping[str, frozenset[str]]] = field(default_factory=dict)
    branches: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def find(self, kind: str, name: str) -> str:
        """Raises LookupError: nothing or several are called so."""
        found = self.ids.get(kind, {}).get(_folded(name), frozenset())
        if len(found) != 1:
            raise LookupError(name)
        return next(iter(found))

    def some(self, kind: str) -> str:
        """A few that there are, for a sentence."""
        every = sorted(self._every(kind))
        return ", ".join(every[:SHOWN]) + ("…" if len(every) > SHOWN else "")

    def has(self, kind: str, row_id: str) -> bool:
        """Whether a ticket may be of this queue or department."""
        return is_place(row_id, self._every(kind))

    def only(self, kind: str) -> str | None:
        """The one that there is, where there is but one."""
        every = self._every(kind)
        return every.pop() if len(every) == 1 else None

    def _every(self, kind: str) -> set[str]:
        return {row_id for ids in self.ids.get(kind, {}).values() for row_id in ids}


async def read_directory(connection: AsyncConnection) -> Directory:
    ids: dict[str, dict[str, frozenset[str]]] = defaultdict(dict)
    for kind in NAMED:
        table = tables.NOUN_TABLES[kind]
        names = [table.c.name, *([table.c.login] if kind == "agent" else [])]
        for row in await connection.execute(select(table.c.id, *names)):
            told = row.name or {}
            _note(ids[kind], row.id, (row.id, told.get("zh"), told.get("en"), *row[2:]))
    for row in await connection.execute(select(tables.queue.c.segments)):
        for segment in row.segments:
            _note(ids["segment"], segment, (segment,))
    category = tables.ticket_category
    query = select(category.c.id, category.c.type, category.c.queue, category.c.department)
    branches = {
        row.id: {"type": row.type, "queue": row.queue, "department": row.department}
        for row in await connection.execute(query)
    }
    return Directory(ids, branches)


def _note(known: dict[str, frozenset[str]], row_id: str, names: Iterable[Any]) -> None:
    for name in names:
        if name:
            folded = _folded(str(name))
            known[folded] = known.get(folded, frozenset()) | {row_id}


def _folded(name: str) -> str:
    return unicodedata.normalize("NFKC", name).casefold().strip()
