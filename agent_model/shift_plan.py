"""What an agent is planned to do on a day: work, breaks, training, by the clock where the site is."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from functools import lru_cache
from itertools import pairwise
from typing import Final
from zoneinfo import ZoneInfo

DAY_MIN: Final = 24 * 60
LATEST_MIN: Final = 2 * DAY_MIN
"""A shift ends on the day after at the latest."""
LONGEST_MIN: Final = DAY_MIN
MOST_SPANS: Final = 48
_CLOCK: Final = re.compile(r"(\d{1,2}):([0-5]\d)")


class Planned(StrEnum):
    """What somebody is to do: be there for calls, be on a break, or away from calls for training or a meeting."""

    WORK = "work"
    BREAK = "break"
    TRAINING = "training"


@dataclass(frozen=True, slots=True)
class PlannedSpan:
    """From minute to minute of the clock, counted from midnight of the shift's day: 1500 is 01:00 of the day after."""

    what: Planned
    since_min: int
    until_min: int


@dataclass(frozen=True, slots=True)
class Shift:
    """`day` is the one it begins on. `spans` are in order and do not overlap; without any the agent is off."""

    agent: str
    day: date
    spans: tuple[PlannedSpan, ...]


@dataclass(frozen=True, slots=True)
class PlannedTime:
    """A span of a shift as it passes: on the days when clocks are changed it is longer or shorter than they show."""

    what: Planned
    since: datetime
    until: datetime


@dataclass(frozen=True, slots=True)
class RefusedShift:
    """`nth` of those that were said; `code` says why (docs/api.md)."""

    nth: int
    code: str


@dataclass(frozen=True, slots=True)
class PlansTaken:
    """How many days of agents are new, another, the same, and without a plan from now on, and which stay as they
    were."""

    new: int = 0
    changed: int = 0
    same: int = 0
    cleared: int = 0
    refused: tuple[RefusedShift, ...] = ()


class PlanFault(StrEnum):
    """Why spans are no shift."""

    NO_TIME = "no_time"
    """They are on no clock, take no time, or end after the day after."""
    OVERLAP = "overlap"
    """Two of the same kind at the same time, or a break in a training."""
    TOO_LONG = "too_long"
    TOO_MANY = "too_many"


class NoShift(Exception):
    """`nth` of the spans is wrong."""

    def __init__(self, fault: PlanFault, nth: int) -> None:
        super().__init__(fault, nth)
        self.fault, self.nth = fault, nth


def clock_min(text: str) -> int:
    """`09:30`, and `26:00` for two in the morning of the day after. Raises ValueError."""
    found = _CLOCK.fullmatch(text)
    minutes = LATEST_MIN + 1 if found is None else int(found[1]) * 60 + int(found[2])
    if minutes > LATEST_MIN:
        raise ValueError(text)
    return minutes


def clock_text(minutes: int) -> str:
    return f"{minutes // 60:02}:{minutes % 60:02}"


def laid_out(said: Sequence[PlannedSpan]) -> tuple[PlannedSpan, ...]:
    """A shift as people write it: an end before its beginning is of the day after; so is a break or a
    training that is named before the work begins and lies within it a day later. They are cut out of the work that
    goes on around them. Raises NoShift."""
    if len(said) > MOST_SPANS:
        raise NoShift(PlanFault.TOO_MANY, MOST_SPANS)
    spans = [_forward(one, nth) for nth, one in enumerate(said)]
    work = [one for one in spans if one.what is Planned.WORK]
    begins = min((one.since_min for one in work), default=0)
    moved = [_within(one, work) if one.until_min <= begins else one for one in spans]
    placed = sorted(enumerate(moved), key=lambda one: (one[1].since_min, one[1].until_min))
    for same in (
        [one for one in placed if one[1].what is Planned.WORK],
        [one for one in placed if one[1].what is not Planned.WORK],
    ):
        for (_, before), (nth, after) in pairwise(same):
            if after.since_min < before.until_min:
                raise NoShift(PlanFault.OVERLAP, nth)
    for nth, one in placed:
        if one.until_min > LATEST_MIN:
            raise NoShift(PlanFault.NO_TIME, nth)
        if one.until_min - placed[0][1].since_min > LONGEST_MIN:
            raise NoShift(PlanFault.TOO_LONG, nth)
    others = [one for one in moved if one.what is not Planned.WORK]
    found = [*others, *(part for one in moved if one.what is Planned.WORK for part in _without(one, others))]
    return tuple(sorted(found, key=lambda one: one.since_min))


def times(shift: Shift, zone: ZoneInfo) -> tuple[PlannedTime, ...]:
    """As they pass. What a changed clock leaves out is no time."""
    found = (
        PlannedTime(one.what, moment_at(shift.day, one.since_min, zone), moment_at(shift.day, one.until_min, zone))
        for one in shift.spans
    )
    return tuple(one for one in found if one.since < one.until)


@lru_cache(maxsize=4096)
def moment_at(day: date, minutes: int, zone: ZoneInfo) -> datetime:
    """When the clock shows it: the first time where it does so twice, the moment of the change where it never does."""
    shown = datetime.combine(day, time()) + timedelta(minutes=minutes)
    for _ in range(DAY_MIN):
        at = shown.replace(tzinfo=zone).astimezone(UTC)
        if at.astimezone(zone).replace(tzinfo=None) == shown:
            break
        shown += timedelta(minutes=1)
    return at


def _forward(span: PlannedSpan, nth: int) -> PlannedSpan:
    until = span.until_min + DAY_MIN if span.until_min < span.since_min else span.until_min
    if not (0 <= span.since_min < until and 0 <= span.until_min <= LATEST_MIN):
        raise NoShift(PlanFault.NO_TIME, nth)
    return PlannedSpan(span.what, span.since_min, until)


def _within(span: PlannedSpan, work: Iterable[PlannedSpan]) -> PlannedSpan:
    """A day later where somebody works then."""
    later = PlannedSpan(span.what, span.since_min + DAY_MIN, span.until_min + DAY_MIN)
    is_within = any(one.since_min <= later.since_min and later.until_min <= one.until_min for one in work)
    return later if is_within else span


def _without(span: PlannedSpan, others: Iterable[PlannedSpan]) -> Iterator[PlannedSpan]:
    since = span.since_min
    for other in sorted(others, key=lambda one: one.since_min):
        if other.until_min <= since or other.since_min >= span.until_min:
            continue
        if since < other.since_min:
            yield PlannedSpan(span.what, since, other.since_min)
        since = other.until_min
    if since < span.until_min:
        yield PlannedSpan(span.what, since, span.until_min)
