"""The wallboard of a workstation: what was told of the floor, held against the bounds of its queues."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from agent_model.agent import QueueId, Role, TeamId
from agent_model.floor_bound import Grade, bounds_in_force
from agent_model.floor_figures import Figure, FloorFigures, FloorTrend, QueueNow, Seats, Slot, Sums
from agent_model.organisation import Queue
from agent_model.wallboard import (
    Bounds,
    Shown,
    common_bounds,
    is_stale,
    shown,
    together,
    trend_of,
    worst,
)

LEADING: Final = frozenset({Role.TEAM_LEAD, Role.DUTY_MANAGER})
"""Who has the page; a lead sees the queues of the own team."""


class Standing(StrEnum):
    """How new the figures are. EMPTY: none have come yet."""

    EMPTY = "empty"
    LIVE = "live"
    STALE = "stale"
    OFFLINE = "offline"


@dataclass(frozen=True, slots=True)
class QueueRow:
    queue: QueueId
    figures: Mapping[Figure, Shown]
    window_level: float | None
    seats: Seats
    grade: Grade


@dataclass(frozen=True, slots=True)
class TeamRow:
    team: TeamId
    seats: Seats
    day: Sums


@dataclass(frozen=True, slots=True)
class Board:
    """What is on the page. `queues` and `teams` are all there are, the rest is of the queue that was chosen, or of all
    together; `longest` is whose caller waits longest. `within_s` is what all of them promise, None where they differ.
    `age_s` is how long ago they were told."""

    standing: Standing
    at: datetime
    age_s: float
    is_reached: bool
    window_min: int
    within_s: int | None
    figures: Mapping[Figure, Shown]
    day: Sums
    window_level: float | None
    longest: QueueId | None
    seats: Seats
    queues: Sequence[QueueRow]
    teams: Sequence[TeamRow]


class Wallboard:
    """The clock of the figures goes on from what was told last, for that of this machine may be wrong; once nobody
    tells any more it stands."""

    def __init__(self) -> None:
        self._figures: FloorFigures | None = None
        self._came: datetime | None = None
        self._trend = FloorTrend()
        self._queues: Mapping[QueueId, Queue] = {}
        self._is_connected = True
        self.chosen: QueueId | None = None

    def learn(self, queues: Sequence[Queue]) -> None:
        """The queues of the company, with what they promise and their bounds."""
        self._queues = {queue.id: queue for queue in queues}

    def hear(self, figures: FloorFigures, now: datetime) -> None:
        self._figures, self._came, self._is_connected = figures, now, True
        if self.chosen not in {one.queue for one in figures.queues}:
            self.chosen = None

    def hear_trend(self, trend: FloorTrend) -> None:
        self._trend = trend

    def lost(self) -> None:
        """Nobody tells any more."""
        self._is_connected = False

    def board(self, now: datetime) -> Board | None:
        """None before anything was told."""
        figures, came = self._figures, self._came
        if figures is None or came is None:
            return None
        standing = self._standing(came, now)
        age = max(timedelta(), now - came) if standing is Standing.LIVE else timedelta()
        then = figures.at + age
        rows = [self._row(one, figures, then) for one in figures.queues]
        several = self._shown(figures)
        one = together(figures, several)
        bounds = common_bounds([self._bounds(queue.queue) for queue in several])
        waiting = [queue for queue in several if queue.waiting_since is not None]
        longest = min(waiting, key=lambda queue: queue.waiting_since or then, default=None)
        limits = {self._within_s(queue.queue) for queue in several}
        return Board(
            standing,
            figures.at,
            age.total_seconds(),
            figures.is_reached,
            figures.window_min,
            limits.pop() if len(limits) == 1 else None,
            shown(one, bounds, then, is_reached=figures.is_reached),
            one.day,
            one.window.service_level,
            None if longest is None else longest.queue,
            one.seats,
            rows,
            [TeamRow(team.team, team.seats, team.day) for team in figures.teams],
        )

    @property
    def points(self) -> tuple[Slot, ...]:
        """The trend of what is shown."""
        figures = self._figures
        queues = () if figures is None else self._shown(figures)
        return trend_of(self._trend, frozenset(one.queue for one in queues))

    def _shown(self, figures: FloorFigures) -> list[QueueNow]:
        return [one for one in figures.queues if self.chosen in (None, one.queue)]

    def _row(self, queue: QueueNow, figures: FloorFigures, then: datetime) -> QueueRow:
        found = shown(queue, self._bounds(queue.queue), then, is_reached=figures.is_reached)
        return QueueRow(queue.queue, found, queue.window.service_level, queue.seats, worst(found))

    def _bounds(self, queue: QueueId) -> Bounds:
        known = self._queues.get(queue)
        if known is None:
            return {}
        return bounds_in_force(known.bounds, known.service_level_s, known.service_level_target)

    def _within_s(self, queue: QueueId) -> int | None:
        known = self._queues.get(queue)
        return None if known is None else known.service_level_s

    def _standing(self, came: datetime, now: datetime) -> Standing:
        if not self._is_connected:
            return Standing.OFFLINE
        return Standing.STALE if is_stale(came, now) else Standing.LIVE
