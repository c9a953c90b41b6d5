"""The totals of today as boards show them: the log added up by quarters, each anew when something came into it."""

import asyncio
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from itertools import chain
from typing import Final
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from agent_model.agent import StateEntry
from agent_server.database import Database
from agent_server.floor.event_log import fold, in_now
from agent_server.floor.live_contacts import LiveContacts
from agent_server.floor.measures import Fact, Quarter, Totals, begin_of, quarter_of, quarters_of, totals_of
from agent_server.probation.day_figures import Span
from agent_server.tables import agent, floor_event

NOTHING: Final = Totals()
GROUPS: Final = ("queue", "team", "agent")

Group = Mapping[str, Totals]


@dataclass(frozen=True, slots=True)
class Today:
    """By what each is about; `quarters` are the queues' as the day goes on. Calls count for the team that their queue
    is of, the work of agents for their own."""

    queues: Group
    teams: Group
    agents: Group
    quarters: Mapping[Quarter, Group]

    @property
    def all(self) -> Totals:
        return sum(self.teams.values(), NOTHING)

    def queue_since(self, queue: str, quarter: Quarter) -> Totals:
        """Of the last quarters: what a service level is of that should answer soon."""
        found = (of.get(queue, NOTHING) for number, of in self.quarters.items() if number >= quarter)
        return sum(found, NOTHING)


@dataclass(slots=True)
class _Cut:
    """The day's sums by one column: of each quarter, and together."""

    quarters: dict[Quarter, dict[str, Totals]] = field(default_factory=dict)
    whole: defaultdict[str, Totals] = field(default_factory=lambda: defaultdict(Totals))

    def put(self, quarter: Quarter, new: dict[str, Totals]) -> None:
        for name, totals in self.quarters.get(quarter, {}).items():
            self.whole[name] -= totals
        for name, totals in new.items():
            self.whole[name] += totals
        self.quarters[quarter] = new


class LiveTotals:
    """In every process. What somebody is in now is added from its beginning."""

    def __init__(self, database: Database, zone: ZoneInfo, now: Callable[[], datetime]) -> None:
        self._database, self._zone, self._now = database, zone, now
        self._states: dict[str, StateEntry] = {}
        self._teams: Mapping[str, str] | None = None
        self._days = range(0)
        self._stale: set[Quarter] = set()
        self._cuts: dict[str, _Cut] = {}
        self._contacts = LiveContacts()
        self._turn = asyncio.Lock()

    def state_is(self, agent_id: str, entry: StateEntry) -> None:
        """A state that ended was entered."""
        before = self._states.get(agent_id)
        self._states[agent_id] = entry
        if before is not None and before.since < entry.since:
            self.entered(range(quarter_of(before.since), quarter_of(entry.since) + 1))

    def people_changed(self) -> None:
        """Somebody may be in another team now."""
        self._teams = None

    def entered(self, quarters: Iterable[int]) -> None:
        self._stale |= {Quarter(quarter) for quarter in quarters if quarter in self._days}

    def missed(self) -> None:
        """Anything may have been entered."""
        self._stale = {Quarter(quarter) for quarter in self._days}

    async def today(self) -> Today:
        """Raises DBAPIError."""
        async with self._turn:
            self._turn_day()
            stale, self._stale = self._stale, set()
            try:
                self._teams = await self._read_teams() if self._teams is None else self._teams
                await self._read(stale)
                await self._read_contacts()
            except BaseException:
                self._stale |= stale
                raise
            return self._told(self._teams)

    def _turn_day(self) -> None:
        days = quarters_of(self._now().astimezone(self._zone).date(), self._zone)
        if days != self._days:
            self._days = days
            self._cuts = {name: _Cut() for name in GROUPS}
            last = min(quarter_of(self._now()) + 1, days.stop)
            self._stale = {Quarter(quarter) for quarter in range(days.start, last)}

    async def _read_teams(self) -> dict[str, str]:
        async with self._database.reading() as connection:
            return {row.id: row.team for row in await connection.execute(select(agent.c.id, agent.c.team))}

    async def _read(self, stale: set[Quarter]) -> None:
        if not stale:
            return
        async with self._database.reading() as connection:
            found = {name: await _by_quarter(connection, name, stale) for name in GROUPS}
        for name, by_quarter in found.items():
            for quarter in stale:
                self._cuts[name].put(quarter, by_quarter.get(quarter, {}))

    async def _read_contacts(self) -> None:
        span = Span(begin_of(Quarter(self._days.start)), begin_of(Quarter(self._days.stop)))
        async with self._database.reading() as connection:
            await self._contacts.read(connection, span)

    def _told(self, teams: Mapping[str, str]) -> Today:
        now = [(fact, totals_of(fact)) for fact in self._standing(teams) if fact.quarter in self._days]
        contacts = self._contacts.told(teams)
        queues, of_teams, agents = (
            _with(
                self._cuts[name].whole,
                chain(contacts[name].items(), ((getattr(fact, name), totals) for fact, totals in now)),
            )
            for name in GROUPS
        )
        return Today(queues, of_teams, agents, self._cuts["queue"].quarters)

    def _standing(self, teams: Mapping[str, str]) -> list[Fact]:
        return [
            fact
            for agent_id, entry in self._states.items()
            for fact in in_now(agent_id, teams.get(agent_id, ""), entry, self._now())
        ]


async def _by_quarter(
    connection: AsyncConnection, name: str, quarters: set[Quarter]
) -> dict[Quarter, dict[str, Totals]]:
    found: dict[Quarter, dict[str, Totals]] = defaultdict(dict)
    folded = await fold(connection, ("quarter", name), [floor_event.c.quarter.in_(sorted(quarters))])
    for (quarter, value), totals in folded.items():
        found[quarter][value] = totals
    return found


def _with(totals: Mapping[str, Totals], more: Iterable[tuple[str, Totals]]) -> dict[str, Totals]:
    """Without those of nothing: what has left a quarter again."""
    found = {name: one for name, one in totals.items() if one != NOTHING}
    for name, one in more:
        found[name] = found.get(name, NOTHING) + one
    return found
