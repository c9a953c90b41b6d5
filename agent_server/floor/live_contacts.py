"""What the contacts of a day add to the figures of the floor, kept in step with the feeds: a contact that comes late or
is changed may make another one of its customer a repeat."""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, and_, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from agent_server.floor.contact_totals import ADDED, contacts_of
from agent_server.floor.measures import Totals
from agent_server.probation.day_figures import Span
from agent_server.rows import is_among
from agent_server.tables import contact, feed, scope_head

SCOPES_AT_ONCE: Final = 100


@dataclass(frozen=True, slots=True)
class _Line:
    customer: str
    queue: str
    agent: str
    adds: tuple[int, ...]


class LiveContacts:
    """`read` keeps it in step; what it has by then is told by queue, by agent and by their teams."""

    def __init__(self) -> None:
        self._span: Span | None = None
        self._cursors: dict[str, int] = {}
        self._lines: dict[str, _Line] = {}
        self._of: defaultdict[str, set[str]] = defaultdict(set)
        self._queues: dict[str, list[int]] = {}
        self._agents: dict[str, list[int]] = {}

    async def read(self, connection: AsyncConnection, span: Span) -> None:
        """Of one moment: where the feeds stand, and what the contacts are then. Raises DBAPIError."""
        places = select(scope_head.c.scope, scope_head.c.head, scope_head.c.floor)
        heads = {row.scope: (row.head, row.floor) for row in await connection.execute(places)}
        cursors = {scope: head for scope, (head, _) in heads.items()}
        is_behind = any(self._cursors.get(scope, 0) < floor for scope, (_, floor) in heads.items())
        if span != self._span or is_behind:
            await self._read_all(connection, span)
        else:
            changed = await self._changed(connection, cursors)
            if changed:
                await self._read_again(connection, span, changed)
        self._cursors = cursors

    def told(self, teams: Mapping[str, str]) -> dict[str, dict[str, Totals]]:
        """`teams` are those of the agents."""
        of_teams: dict[str, list[int]] = {}
        for agent_id, adds in self._agents.items():
            _add(of_teams, teams.get(agent_id, ""), adds)
        groups = {"queue": self._queues, "team": of_teams, "agent": self._agents}
        return {
            name: {key: Totals(**dict(zip(ADDED, adds, strict=True))) for key, adds in group.items() if any(adds)}
            for name, group in groups.items()
        }

    async def _read_all(self, connection: AsyncConnection, span: Span) -> None:
        found = await self._lines_of(connection, span, ())
        self._span = span
        self._lines, self._of, self._queues, self._agents = {}, defaultdict(set), {}, {}
        self._put(found)

    async def _read_again(self, connection: AsyncConnection, span: Span, changed: Collection[str]) -> None:
        """All contacts of the customers whom the changed ones are of, or were of."""
        query = select(contact.c.customer_id).where(is_among(connection, contact.c.id, changed))
        customers = set(await connection.scalars(query))
        customers |= {self._lines[id_].customer for id_ in changed if id_ in self._lines}
        found = await self._lines_of(connection, span, [is_among(connection, contact.c.customer_id, customers)])
        for customer in customers:
            for id_ in self._of.pop(customer, ()):
                line = self._lines.pop(id_)
                less = tuple(-one for one in line.adds)
                _add(self._queues, line.queue, less)
                _add(self._agents, line.agent, less)
        self._put(found)

    async def _changed(self, connection: AsyncConnection, cursors: Mapping[str, int]) -> set[str]:
        moved = sorted(scope for scope, head in cursors.items() if head > self._cursors.get(scope, 0))
        found: set[str] = set()
        for start in range(0, len(moved), SCOPES_AT_ONCE):
            some = moved[start : start + SCOPES_AT_ONCE]
            new = or_(*(and_(feed.c.scope == scope, feed.c.seq > self._cursors.get(scope, 0)) for scope in some))
            found |= set(await connection.scalars(select(feed.c.row_id).where(new, feed.c.entity == "contact")))
        return found

    async def _lines_of(
        self, connection: AsyncConnection, span: Span, where: Sequence[ColumnElement[bool]]
    ) -> list[tuple[str, _Line]]:
        of = contacts_of(connection, span, where).c
        query: Select[Any] = select(of.id, of.customer_id, of.queue, of.agent, *(of[name] for name in ADDED))
        found = (await connection.execute(query)).all()
        return [(row[0], _Line(row[1], row[2], row[3], tuple(row[4:]))) for row in found]

    def _put(self, lines: Sequence[tuple[str, _Line]]) -> None:
        """Those that add the same are counted first: they are many, and few kinds of them."""
        for id_, line in lines:
            self._lines[id_] = line
            self._of[line.customer].add(id_)
        for group, alike in (
            (self._queues, Counter((line.queue, line.adds) for _, line in lines)),
            (self._agents, Counter((line.agent, line.adds) for _, line in lines)),
        ):
            for (key, adds), count in alike.items():
                _add(group, key, [one * count for one in adds])


def _add(group: dict[str, list[int]], key: str, adds: Collection[int]) -> None:
    so_far = group.get(key)
    if so_far is None:
        group[key] = list(adds)
    else:
        for nth, one in enumerate(adds):
            so_far[nth] += one
