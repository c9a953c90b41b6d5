"""The floor as boards show it: what adds up of calls and times, and the figures that come of it.

Whatever is added up, a queue's day, an agent's quarter of an hour, all queues of a site, is `Sums`; a figure is worked
out of sums in one place, here, for boards and reports alike (docs/metrics.md).
"""

from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from agent_model.agent import AgentId, AgentState, QueueId, TeamId

SLOT: Final = timedelta(minutes=15)
"""What a point of a trend is of."""


@dataclass(frozen=True, slots=True)
class Sums:
    """What adds up. The clock of a call starts when the caller asks for a person, not in the voice menu.

    `gave_up_short` are those of `gave_up` who left so soon that nobody could have answered; `in_time` those of
    `answered` whom the queue's time limit holds for; `waited_s` what the answered waited. Of `ended` calls `talked_s`
    and `held_s`, and of the work after them `wrapped_s`. Of `judged` contacts `solved_first` needed no other one, and
    `repeats` followed another one; `rated` are the contacts that the caller rated. `busy_s` is time in calls and in
    work after them, `ready_s` time in which one waited for a call. Of the time that was `planned_s` in shifts so far
    `kept_s` was kept.
    """

    asked: int = 0
    answered: int = 0
    in_time: int = 0
    gave_up: int = 0
    gave_up_short: int = 0
    overflowed: int = 0
    waited_s: float = 0
    ended: int = 0
    talked_s: float = 0
    held_s: float = 0
    wrapped_s: float = 0
    judged: int = 0
    solved_first: int = 0
    repeats: int = 0
    rated: int = 0
    dialled: int = 0
    rang_out: int = 0
    refused: int = 0
    busy_s: float = 0
    ready_s: float = 0
    break_s: float = 0
    planned_s: float = 0
    kept_s: float = 0

    def __add__(self, other: "Sums") -> "Sums":
        return Sums(*(getattr(self, name) + getattr(other, name) for name in _SUMMED))

    def worked_by(self, people: "Sums") -> "Sums":
        """With the time of these people: whoever serves several queues is in all of them."""
        return replace(self, busy_s=people.busy_s, ready_s=people.ready_s, break_s=people.break_s)

    @property
    def settled(self) -> int:
        """Callers of whom it is known what became of them, without those who left at once."""
        return self.answered + self.gave_up - self.gave_up_short + self.overflowed

    @property
    def service_level(self) -> float | None:
        """服务水平: answered within the limit, of all who are settled. 0..1, as every share."""
        return _share(self.in_time, self.settled)

    @property
    def connect_rate(self) -> float | None:
        """接通率."""
        return _share(self.answered, self.settled)

    @property
    def abandon_rate(self) -> float | None:
        """放弃率."""
        return _share(self.gave_up - self.gave_up_short, self.settled)

    @property
    def answer_speed_s(self) -> float | None:
        """ASA, average speed of answer."""
        return _share(self.waited_s, self.answered)

    @property
    def talk_s(self) -> float | None:
        return _share(self.talked_s, self.ended)

    @property
    def hold_s(self) -> float | None:
        return _share(self.held_s, self.ended)

    @property
    def wrap_s(self) -> float | None:
        return _share(self.wrapped_s, self.ended)

    @property
    def handle_s(self) -> float | None:
        """AHT: talk, hold and wrap-up of a call."""
        return _share(self.talked_s + self.held_s + self.wrapped_s, self.ended)

    @property
    def solved_first_rate(self) -> float | None:
        """一次解决率."""
        return _share(self.solved_first, self.judged)

    @property
    def repeat_rate(self) -> float | None:
        """重复来电率."""
        return _share(self.repeats, self.judged)

    @property
    def survey_rate(self) -> float | None:
        """参评率: rated, of the calls that were answered."""
        return _share(self.rated, self.answered)

    @property
    def occupancy(self) -> float | None:
        """利用率: busy, of the time one was there for calls."""
        return _share(self.busy_s, self.busy_s + self.ready_s)

    @property
    def adherence(self) -> float | None:
        """排班遵守率: the state was what was planned, of the time that was planned so far."""
        return _share(self.kept_s, self.planned_s)


_SUMMED: Final = tuple(field.name for field in fields(Sums))


def added(some: Iterable[Sums]) -> Sums:
    return sum(some, Sums())


@dataclass(frozen=True, slots=True)
class Seats:
    """How many people are in each state. Those who are off duty are in none."""

    ready: int = 0
    on_call: int = 0
    after_call_work: int = 0
    on_break: int = 0

    def __add__(self, other: "Seats") -> "Seats":
        return Seats(
            self.ready + other.ready,
            self.on_call + other.on_call,
            self.after_call_work + other.after_call_work,
            self.on_break + other.on_break,
        )

    @property
    def all(self) -> int:
        return self.ready + self.on_call + self.after_call_work + self.on_break


def seats(states: Iterable[AgentState]) -> Seats:
    counts = dict.fromkeys(AgentState, 0)
    for state in states:
        counts[state] += 1
    return Seats(
        counts[AgentState.READY],
        counts[AgentState.ON_CALL],
        counts[AgentState.AFTER_CALL_WORK],
        counts[AgentState.BREAK],
    )


@dataclass(frozen=True, slots=True)
class Slot:
    """One point of a trend: a quarter of an hour that begins at `at`."""

    at: datetime
    asked: int = 0
    answered: int = 0
    in_time: int = 0
    settled: int = 0

    @property
    def service_level(self) -> float | None:
        return _share(self.in_time, self.settled)


@dataclass(frozen=True, slots=True)
class QueueNow:
    """A queue now. `waiting_since` is when the caller who waits longest asked for a person: boards count on by
    themselves. `estimated_s` is what somebody who asks now will wait. An agent of two queues sits in both `seats`."""

    queue: QueueId
    waiting: int = 0
    waiting_since: datetime | None = None
    estimated_s: int | None = None
    callbacks_due: int = 0
    seats: Seats = Seats()
    window: Sums = Sums()
    day: Sums = Sums()


@dataclass(frozen=True, slots=True)
class TeamNow:
    team: TeamId
    seats: Seats = Seats()
    day: Sums = Sums()


@dataclass(frozen=True, slots=True)
class AgentNow:
    agent: AgentId
    day: Sums = Sums()


@dataclass(frozen=True, slots=True)
class FloorFigures:
    """What is told every few seconds, of the queues and teams that somebody may see: the live message `figures`.
    `window` of a queue is of the last `window_min` minutes. `is_reached` says whether an exchange of the site tells
    who waits."""

    at: datetime
    is_reached: bool = True
    window_min: int = 30
    queues: tuple[QueueNow, ...] = ()
    teams: tuple[TeamNow, ...] = ()


@dataclass(frozen=True, slots=True)
class QueueTrend:
    """A queue's day, one point for each quarter of an hour so far."""

    queue: QueueId
    slots: tuple[Slot, ...] = ()


@dataclass(frozen=True, slots=True)
class FloorTrend:
    """What is told once a minute, and on arrival: the live message `trend`."""

    queues: tuple[QueueTrend, ...] = ()


class Figure(StrEnum):
    """What a wallboard shows of queues, and what bounds are set for."""

    WAITING = "waiting"
    LONGEST_WAIT = "longest_wait"
    ESTIMATED_WAIT = "estimated_wait"
    SERVICE_LEVEL = "service_level"
    CONNECT_RATE = "connect_rate"
    ABANDON_RATE = "abandon_rate"
    ANSWER_SPEED = "answer_speed"
    HANDLE_TIME = "handle_time"
    SOLVED_FIRST = "solved_first"
    REPEAT_RATE = "repeat_rate"
    SURVEY_RATE = "survey_rate"
    OCCUPANCY = "occupancy"
    CALLBACKS_DUE = "callbacks_due"


def _share(part: float, whole: float) -> float | None:
    """None before there is anything to divide by."""
    return part / whole if whole > 0 else None
