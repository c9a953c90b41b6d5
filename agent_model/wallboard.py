"""What a wallboard shows of the floor: each figure of a queue, or of several together, and how it stands."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from agent_model.agent import QueueId
from agent_model.floor_bound import COUNTS, FALLS, GRADES, Bound, Grade
from agent_model.floor_figures import Figure, FloorFigures, FloorTrend, QueueNow, Seats, Slot, added

Bounds = Mapping[Figure, Bound]
STALE_AFTER: Final = timedelta(seconds=20)
"""What is older is told with its time."""
LIVE: Final = frozenset({Figure.WAITING, Figure.LONGEST_WAIT, Figure.ESTIMATED_WAIT})
"""What only an exchange can tell."""
MOST_POINTS: Final = 120


@dataclass(frozen=True, slots=True)
class Shown:
    """`value` is a share of 0..1, seconds, or how many, None where nobody knows; `grade` is None then, too."""

    figure: Figure
    value: float | None
    grade: Grade | None
    bound: Bound | None = None


def value_of(figure: Figure, queue: QueueNow, now: datetime) -> float | None:
    day = queue.day
    match figure:
        case Figure.WAITING:
            return queue.waiting
        case Figure.LONGEST_WAIT:
            return longest_wait_s(queue, now)
        case Figure.ESTIMATED_WAIT:
            return queue.estimated_s
        case Figure.SERVICE_LEVEL:
            return day.service_level
        case Figure.CONNECT_RATE:
            return day.connect_rate
        case Figure.ABANDON_RATE:
            return day.abandon_rate
        case Figure.ANSWER_SPEED:
            return day.answer_speed_s
        case Figure.HANDLE_TIME:
            return day.handle_s
        case Figure.SOLVED_FIRST:
            return day.solved_first_rate
        case Figure.REPEAT_RATE:
            return day.repeat_rate
        case Figure.SURVEY_RATE:
            return day.survey_rate
        case Figure.OCCUPANCY:
            return day.occupancy
        case Figure.CALLBACKS_DUE:
            return queue.callbacks_due


def longest_wait_s(queue: QueueNow, now: datetime) -> float | None:
    return None if queue.waiting_since is None else max(0.0, (now - queue.waiting_since).total_seconds())


def shown(queue: QueueNow, bounds: Bounds, now: datetime, *, is_reached: bool = True) -> Mapping[Figure, Shown]:
    """Every figure of a queue. `is_reached` says whether an exchange tells who waits."""
    return {figure: _shown(figure, queue, bounds, now, is_reached=is_reached) for figure in Figure}


def _shown(figure: Figure, queue: QueueNow, bounds: Bounds, now: datetime, *, is_reached: bool) -> Shown:
    is_known = is_reached or figure not in LIVE
    value = value_of(figure, queue, now) if is_known else None
    bound = bounds.get(figure)
    return Shown(figure, value, None if bound is None else bound.grade(value), bound)


def worst(figures: Mapping[Figure, Shown]) -> Grade:
    """How a queue stands by what is worst in it."""
    return max((one.grade for one in figures.values() if one.grade is not None), key=GRADES.index, default=Grade.FINE)


def together(figures: FloorFigures, queues: Sequence[QueueNow]) -> QueueNow:
    """Several queues as one: of all of them everybody counts once, however many of the queues they serve."""
    if len(queues) == 1:
        return queues[0]
    day = added(one.day for one in queues)
    return QueueNow(
        QueueId(""),
        sum(one.waiting for one in queues),
        min((one.waiting_since for one in queues if one.waiting_since is not None), default=None),
        max((one.estimated_s for one in queues if one.estimated_s is not None), default=None),
        sum(one.callbacks_due for one in queues),
        people_in(figures, queues),
        added(one.window for one in queues),
        day.worked_by(added(one.day for one in figures.teams)) if _are_all(figures, queues) else day,
    )


def common_bounds(several: Sequence[Bounds]) -> Bounds:
    """Of several queues as one: how many add up, and of all else the strictest holds."""
    found: dict[Figure, Bound] = {}
    for figure in Figure:
        bounds = [one[figure] for one in several if figure in one]
        if bounds:
            strictest = max if figure in FALLS else min
            of_all = sum if figure in COUNTS else strictest
            found[figure] = Bound(figure, of_all(one.warn for one in bounds), of_all(one.bad for one in bounds))
    return found


def people_in(figures: FloorFigures, queues: Sequence[QueueNow]) -> Seats:
    """Of all queues everybody once, by the teams; of some the people of these."""
    return sum((one.seats for one in (figures.teams if _are_all(figures, queues) else queues)), Seats())


def _are_all(figures: FloorFigures, queues: Sequence[QueueNow]) -> bool:
    return len(queues) == len(figures.queues) and bool(figures.teams)


def trend_of(trend: FloorTrend, queues: frozenset[QueueId]) -> tuple[Slot, ...]:
    """The points of some queues added up, the newest MOST_POINTS."""
    by_time: dict[datetime, Slot] = {}
    for one in trend.queues:
        for slot in one.slots if one.queue in queues else ():
            so_far = by_time.get(slot.at, Slot(slot.at))
            by_time[slot.at] = Slot(
                slot.at,
                so_far.asked + slot.asked,
                so_far.answered + slot.answered,
                so_far.in_time + slot.in_time,
                so_far.settled + slot.settled,
            )
    return tuple(by_time[at] for at in sorted(by_time))[-MOST_POINTS:]


def is_stale(at: datetime, now: datetime) -> bool:
    return now - at > STALE_AFTER
