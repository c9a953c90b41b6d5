"""Reckoning on a calendar: how much working time lies between two moments, and when so much of it will have passed."""

import itertools
import re
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from agent_model.calendar import Calendar, DayKind, Holidays, Opening

EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
NONE: Final = timedelta()
TICK: Final = timedelta(microseconds=1)
MINUTE: Final = 60_000_000
DAY: Final = 24 * 60 * MINUTE
LOOK_EVERY: Final = DAY // 4
"""No zone changes its clock twice within this time."""
DAYS_A_WEEK: Final = 7
CLOCK: Final = re.compile(r"([01]\d|2[0-3]):([0-5]\d)\Z")

Span = tuple[int, int]


class BadCalendar(Exception):
    """The calendar cannot be reckoned with; `fact` says why (`unknown_zone`, `bad_week`, `bad_hours`, `never_open`)."""

    def __init__(self, calendar: str, fact: str) -> None:
        super().__init__(calendar, fact)
        self.calendar = calendar
        self.fact = fact


class Timetable:
    """A calendar ready for use. A moment counts when the clock on the wall of its zone stands within the hours of its
    day: an hour that a zone skips is never worked, one that it repeats is worked twice.

    Moments are aware and come back in UTC. `a_week` is the working time of an ordinary one.
    """

    def __init__(self, calendar: Calendar, holidays: Holidays | None = None) -> None:
        """Raises BadCalendar."""
        try:
            self._zone = ZoneInfo(calendar.zone)
        except (ZoneInfoNotFoundError, ValueError, OSError) as error:
            raise BadCalendar(calendar.id, "unknown_zone") from error
        if len(calendar.week) != DAYS_A_WEEK:
            raise BadCalendar(calendar.id, "bad_week")
        self._week = tuple(_spans(calendar, openings) for openings in calendar.week)
        worked = [spans for spans in self._week if spans]
        if not worked:
            raise BadCalendar(calendar.id, "never_open")
        self._make_up = _spans(calendar, calendar.make_up) or worked[0]
        self._special = {special.day: special.kind for special in holidays.days} if holidays else {}
        self._is_always = not self._special and all(spans == ((0, DAY),) for spans in self._week)
        self.a_week = sum(closes - opens for spans in self._week for opens, closes in spans) * TICK
        self._known: dict[int, tuple[Span, ...]] = {}

    def is_open(self, moment: datetime) -> bool:
        at = _ticks(moment)
        return any(begin <= at < end for begin, end in self._worked_in(at // DAY))

    def first_open(self, moment: datetime) -> datetime:
        """The first moment, from this one on, that counts."""
        at = _ticks(moment)
        for day in itertools.count(at // DAY):
            for begin, end in self._worked_in(day):
                if at < end:
                    return EPOCH + max(at, begin) * TICK
        raise AssertionError("days do not end")

    def between(self, start: datetime, end: datetime) -> timedelta:
        """The working time from `start` to `end`; none when `end` is not after `start`."""
        first, last = _ticks(start), _ticks(end)
        if self._is_always or last <= first:
            return max(0, last - first) * TICK
        days = range(first // DAY, last // DAY + 1)
        worked = (min(last, until) - max(first, begin) for day in days for begin, until in self._worked_in(day))
        return sum(part for part in worked if part > 0) * TICK

    def add(self, start: datetime, working: timedelta) -> datetime:
        """The first moment at which so much working time has passed since `start`."""
        if self._is_always or working <= NONE:
            return start.astimezone(UTC) + max(NONE, working)
        at, left = _ticks(start), working // TICK
        for day in itertools.count(at // DAY):
            for begin, end in self._worked_in(day):
                from_here = max(at, begin)
                if end - from_here >= left:
                    return EPOCH + (from_here + left) * TICK
                left -= max(0, end - from_here)
        raise AssertionError("days do not end")

    def after_days(self, start: datetime, days: int) -> datetime:
        """The end of the so-manieth day with working hours after the day of `start`, by the clock of the zone."""
        day = start.astimezone(self._zone).date()
        while days > 0:
            day += timedelta(days=1)
            days -= bool(self._hours_of(day))
        return datetime.combine(day + timedelta(days=1), time(), self._zone).astimezone(UTC)

    def _worked_in(self, day: int) -> tuple[Span, ...]:
        """The working time within a day of UTC, in order."""
        known = self._known.get(day)
        if known is None:
            known = self._known[day] = tuple(self._reckon(day))
        return known

    def _reckon(self, day: int) -> Iterator[Span]:
        for begin, end, offset in self._stretches(day):
            for local_day in range((begin + offset) // DAY, (end - 1 + offset) // DAY + 1):
                midnight = local_day * DAY - offset
                for opens, closes in self._hours_of((EPOCH + local_day * DAY * TICK).date()):
                    span = max(begin, midnight + opens), min(end, midnight + closes)
                    if span[0] < span[1]:
                        yield span

    def _hours_of(self, day: date) -> tuple[Span, ...]:
        match self._special.get(day):
            case DayKind.OFF:
                return ()
            case DayKind.WORK:
                return self._make_up
            case None:
                return self._week[day.weekday()]

    def _stretches(self, day: int) -> Iterator[tuple[int, int, int]]:
        """The parts of a day of UTC in which the zone keeps one offset, with that offset."""
        begin = day * DAY
        offset = self._offset(begin)
        for look in range(begin + LOOK_EVERY, begin + DAY + 1, LOOK_EVERY):
            if self._offset(look) != offset:
                change = self._change(look - LOOK_EVERY, look)
                if begin < change:
                    yield begin, change, offset
                begin, offset = change, self._offset(look)
        if begin < (day + 1) * DAY:
            yield begin, (day + 1) * DAY, offset

    def _change(self, before: int, after: int) -> int:
        """The moment between two at which the zone changed its offset."""
        old = self._offset(before)
        while after - before > 1:
            middle = (before + after) // 2
            if self._offset(middle) == old:
                before = middle
            else:
                after = middle
        return after

    def _offset(self, at: int) -> int:
        offset = (EPOCH + at * TICK).astimezone(self._zone).utcoffset()
        return (offset or timedelta()) // TICK


def _ticks(moment: datetime) -> int:
    return (moment - EPOCH) // TICK


def _spans(calendar: Calendar, openings: Sequence[Opening]) -> tuple[Span, ...]:
    spans = tuple((_of_day(calendar, opening.opens), _of_day(calendar, opening.closes)) for opening in openings)
    flat = list(itertools.chain.from_iterable(spans))
    if flat != sorted(flat) or any(opens == closes for opens, closes in spans):
        raise BadCalendar(calendar.id, "bad_hours")
    return spans


def _of_day(calendar: Calendar, clock: str) -> int:
    if clock == "24:00":
        return DAY
    found = CLOCK.match(clock)
    if found is None:
        raise BadCalendar(calendar.id, "bad_hours")
    return (int(found[1]) * 60 + int(found[2])) * MINUTE
