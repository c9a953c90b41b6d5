"""The floor as those who lead it have it on their boards: worked out every few seconds, while somebody looks."""

import asyncio
import contextlib
import logging
import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection

from agent_model.agent import AgentState, QueueFigures, QueueId, Role, StateEntry, TeamId
from agent_model.body import from_body, to_body
from agent_model.floor_figures import (
    FloorFigures,
    FloorTrend,
    QueueNow,
    QueueTrend,
    Seats,
    Slot,
    TeamNow,
    seats,
)
from agent_model.follow_up import FollowUpKind, FollowUpState
from agent_model.moment import to_text
from agent_model.organisation import Queue, Team
from agent_model.words import Words
from agent_server.database import Database
from agent_server.floor.live_totals import NOTHING, LiveTotals, Today
from agent_server.floor.measures import QUARTER_S, Quarter, Totals, begin_of, quarter_of
from agent_server.live import Hub, Message
from agent_server.queue_figures import FiguresBoard
from agent_server.rows import reader, selecting
from agent_server.tables import agent, follow_up

log = logging.getLogger("agent_server.floor")

EVERY_FLOOR: Final = "floor"
"""What is told of all queues."""
WINDOW_QUARTERS: Final = 2
"""Before the one that is going on: what a figure of the last half hour is reckoned of."""
TREND_EVERY_S: Final = 60.0
CALLBACKS_EVERY_S: Final = 15.0
UNREACHED_AFTER: Final = 3
"""Times that the figures of an exchange were awaited in vain."""


def floor_topic(team: str) -> str:
    """What is told of the queues of a team."""
    return f"floor {team}"


def leads_topics(team: str) -> tuple[str, ...]:
    """What those listen to who lead a team."""
    return floor_topic(team), EVERY_FLOOR


def floor_topics(role: Role, team: str) -> frozenset[str]:
    """What a person's connection listens to of the floor."""
    match role:
        case Role.DUTY_MANAGER:
            return frozenset({EVERY_FLOOR})
        case Role.TEAM_LEAD:
            return frozenset({floor_topic(team)})
        case _:
            return frozenset()


def _is_of_the_floor(topic: str) -> bool:
    return topic == EVERY_FLOOR or topic.startswith(floor_topic(""))


@dataclass(frozen=True, slots=True)
class Lines:
    """Who serves what: the team and the queues of each agent, and the team that each queue belongs to."""

    people: Mapping[str, tuple[str, frozenset[str]]]
    queues: Mapping[str, str]

    @property
    def teams(self) -> frozenset[str]:
        return frozenset(team for team, _ in self.people.values())

    def of_team(self, team: str) -> frozenset[str]:
        """The queues that belong to a team, or that somebody of it serves."""
        own = {id_ for id_, whose in self.queues.items() if whose == team}
        served = (queues for of, queues in self.people.values() if of == team)
        return frozenset(own.union(*served)) & self.queues.keys()

    def worked(self, agents: Mapping[str, Totals]) -> Mapping[str, Totals]:
        """By queue what the people of each did, in whichever queue."""
        found: dict[str, Totals] = {}
        for agent_id, own in agents.items():
            _, serves = self.people.get(agent_id, ("", frozenset()))
            for id_ in serves:
                found[id_] = found.get(id_, NOTHING) + own
        return found

    def teams_at(self, queue: str) -> frozenset[str]:
        """The team that a queue belongs to, and those that somebody of serves it."""
        serving = {team for team, queues in self.people.values() if queue in queues}
        return frozenset(serving | {self.queues[queue]}) - {""}


class Wall:
    """In every process, for those who are connected to it. `figures` and `trend` are the newest, of all queues; whoever
    `watches` is woken when there are newer ones."""

    def __init__(
        self,
        database: Database,
        hub: Hub,
        totals: LiveTotals,
        waiting: FiguresBoard,
        every_s: float,
        now: Callable[[], datetime],
    ) -> None:
        self._database, self._hub, self._totals, self._waiting = database, hub, totals, waiting
        self._every_s, self._now = every_s, now
        self._states: dict[str, StateEntry] = {}
        self._lines: Lines | None = None
        self.known: Mapping[str, Queue] = {}
        """The queues with what they promise and their bounds, as of the last figures."""
        self.teams: Mapping[str, Words] = {}
        """Their names."""
        self._callbacks: Mapping[str, int] = {}
        self._callbacks_at = -math.inf
        self._trend_at: dict[str, float] = {}
        self._watching: set[asyncio.Event] = set()
        self._looked_at = asyncio.Event()
        self._task: asyncio.Task[None] | None = None
        self.figures: FloorFigures | None = None
        self.trend = FloorTrend()
        self.is_over = False
        """This process ends: whoever watches is to leave."""

    def open(self) -> None:
        self._task = asyncio.get_running_loop().create_task(self._run())

    async def close(self) -> None:
        if self._task is not None:
            self._task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._task

    def state_is(self, agent_id: str, entry: StateEntry) -> None:
        self._states[agent_id] = entry

    def people_changed(self) -> None:
        """Somebody may be in another team or serve other queues, or there is another queue."""
        self._lines = None

    def look(self) -> None:
        """Somebody came to look: there are figures at once."""
        self._looked_at.set()

    @contextlib.contextmanager
    def watch(self) -> Iterator[asyncio.Event]:
        """An event that is set whenever there are newer figures."""
        newer = asyncio.Event()
        self._watching.add(newer)
        self.look()
        try:
            yield newer
        finally:
            self._watching.discard(newer)

    def send_away(self) -> None:
        self.is_over = True
        for newer in self._watching:
            newer.set()

    def told_to(self, role: Role, team: str) -> Sequence[Message]:
        """What was told last, for somebody who comes."""
        if self.figures is None or not floor_topics(role, team):
            return ()
        whose = None if role is Role.DUTY_MANAGER else team
        return (self._figures_message(whose), self._trend_message(whose))

    # ---- every few seconds --------------------------------------------------------------------------------------

    async def _run(self) -> None:
        while True:
            self._looked_at.clear()
            if self._watching or any(map(_is_of_the_floor, self._hub.topics)):
                try:
                    await self._work_out()
                except (SQLAlchemyError, OSError) as error:
                    log.info("the figures of the floor could not be read: %s", type(error).__name__)
                else:
                    self._tell()
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(self._every_s):
                    await self._looked_at.wait()

    def _topics(self) -> Mapping[str | None, str]:
        """Those that somebody listens to, by team; None stands for all of them."""
        topics: dict[str | None, str] = {None: EVERY_FLOOR}
        topics |= {team: floor_topic(team) for team in self._lines.teams} if self._lines is not None else {}
        return {team: topic for team, topic in topics.items() if self._hub.count(topic)}

    async def _work_out(self) -> None:
        now = self._now()
        lines = self._lines
        if lines is None:
            lines = self._lines = await self._read_lines()
        await self._read_callbacks(now)
        today = await self._totals.today()
        self.figures = self._added_up(lines, today, now)
        self.trend = FloorTrend(tuple(QueueTrend(QueueId(id_), _slots(id_, today)) for id_ in lines.queues))

    def _tell(self) -> None:
        clock = asyncio.get_running_loop().time()
        for team, topic in self._topics().items():
            self._hub.tell((topic,), "figures", "", self._figures_message(team))
            if clock >= self._trend_at.get(topic, clock):
                self._trend_at[topic] = clock + TREND_EVERY_S
                self._hub.tell((topic,), "trend", "", self._trend_message(team))
        for newer in self._watching:
            newer.set()

    def _added_up(self, lines: Lines, today: Today, now: datetime) -> FloorFigures:
        waiting, came_s = self._waiting.newest, self._waiting.age_s
        is_reached = came_s is not None and came_s < UNREACHED_AFTER * self._every_s
        since = Quarter(quarter_of(now) - WINDOW_QUARTERS)
        of_queues, of_teams = self._seats(lines)
        worked = lines.worked(today.agents)
        asked_at = now - timedelta(seconds=came_s or 0)
        queues = []
        for id_ in lines.queues:
            window = today.queue_since(id_, since).sums
            one = QueueNow(
                QueueId(id_),
                callbacks_due=self._callbacks.get(id_, 0),
                seats=of_queues.get(id_, Seats()),
                window=window,
                day=today.queues.get(id_, NOTHING).sums.worked_by(worked.get(id_, NOTHING).sums),
            )
            if is_reached and (told := waiting.get(id_)) is not None:
                one = _with_waiting(one, told, asked_at, (now - begin_of(since)).total_seconds())
            queues.append(one)
        return FloorFigures(
            now,
            is_reached,
            WINDOW_QUARTERS * QUARTER_S // 60,
            tuple(queues),
            tuple(
                TeamNow(TeamId(team), of_teams.get(team, Seats()), today.teams.get(team, NOTHING).sums)
                for team in sorted(lines.teams)
            ),
        )

    def _seats(self, lines: Lines) -> tuple[Mapping[str, Seats], Mapping[str, Seats]]:
        """By queue and by team."""
        queues: dict[str, list[AgentState]] = defaultdict(list)
        teams: dict[str, list[AgentState]] = defaultdict(list)
        for agent_id, (team, serves) in lines.people.items():
            if (entry := self._states.get(agent_id)) is not None:
                teams[team].append(entry.state)
                for id_ in serves:
                    queues[id_].append(entry.state)
        return _counted(queues), _counted(teams)

    async def _read_lines(self) -> Lines:
        async with self._database.reading() as connection:
            lines, self.known = await read_lines(connection)
            teams = map(reader("team"), await connection.execute(selecting("team")))
            self.teams = {row.id: from_body(Team, row.id, row.version, row.body).name for row in teams}
        return lines

    async def _read_callbacks(self, now: datetime) -> None:
        """Those that are due and not done, by queue."""
        clock = asyncio.get_running_loop().time
        if clock() < self._callbacks_at:
            return
        due = select(follow_up.c.queue, func.count().label("due")).where(
            follow_up.c.kind == FollowUpKind.CALLBACK.value,
            follow_up.c.state == FollowUpState.OPEN.value,
            follow_up.c.due_at <= to_text(now),
            follow_up.c.queue.is_not(None),
        )
        async with self._database.reading() as connection:
            rows = (await connection.execute(due.group_by(follow_up.c.queue))).all()
        self._callbacks = {row.queue: row.due for row in rows}
        self._callbacks_at = clock() + CALLBACKS_EVERY_S

    # ---- for whom -----------------------------------------------------------------------------------------------

    def _figures_message(self, team: str | None) -> Message:
        figures = self.figures
        if figures is None:
            return {"type": "figures"}
        if team is not None and self._lines is not None:
            queues = self._lines.of_team(team)
            figures = replace(
                figures,
                queues=tuple(one for one in figures.queues if one.queue in queues),
                teams=tuple(one for one in figures.teams if one.team == team),
            )
        return {"type": "figures", **to_body(figures)}

    def _trend_message(self, team: str | None) -> Message:
        queues = None if team is None or self._lines is None else self._lines.of_team(team)
        told = tuple(one for one in self.trend.queues if queues is None or one.queue in queues)
        return {"type": "trend", **to_body(FloorTrend(told))}


async def read_lines(connection: AsyncConnection) -> tuple[Lines, Mapping[str, Queue]]:
    """Who serves what, and the queues by id."""
    people = select(agent.c.id, agent.c.team, agent.c.queues).where(agent.c.extension != "")
    found = {row.id: (row.team, frozenset(row.queues)) for row in await connection.execute(people)}
    rows = sorted(map(reader("queue"), await connection.execute(selecting("queue"))), key=lambda row: row.id)
    known = {row.id: from_body(Queue, row.id, row.version, row.body) for row in rows}
    return Lines(found, {id_: one.team for id_, one in known.items()}), known


def _with_waiting(one: QueueNow, told: QueueFigures, asked_at: datetime, window_s: float) -> QueueNow:
    """`asked_at` is when that was so."""
    longest = told.longest_wait_s
    since = None if longest is None else asked_at - timedelta(seconds=longest)
    waiting = replace(one, waiting=told.waiting, waiting_since=since)
    return replace(waiting, estimated_s=estimated_wait_s(waiting, window_s))


def estimated_wait_s(now: QueueNow, window_s: float) -> int | None:
    """As long as callers were answered as fast as lately: those who wait, and the one who asks, each take their turn.
    Nobody waits where more people are ready than callers wait; None where nobody was answered lately."""
    if now.seats.ready > now.waiting:
        return 0
    return round((now.waiting + 1) * window_s / now.window.answered) if now.window.answered else None


def _slots(queue_id: str, today: Today) -> tuple[Slot, ...]:
    slots = []
    for quarter in sorted(today.quarters):
        sums = today.quarters[quarter].get(queue_id, NOTHING).sums
        slots.append(Slot(begin_of(quarter), sums.asked, sums.answered, sums.in_time, sums.settled))
    first = next((n for n, slot in enumerate(slots) if slot.asked), len(slots))
    return tuple(slots[first:])


def _counted(states: Mapping[str, Iterable[AgentState]]) -> Mapping[str, Seats]:
    return {id_: seats(some) for id_, some in states.items()}
