"""Reckoning the clocks of tickets: the same on the server and, for a ticket written offline, on the workstation."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Final

from agent_model.calendar_time import BadCalendar, Timetable
from agent_model.clock import Clock, Measure, Pause, Step, StepKind, StepTaken, TicketClocks
from agent_model.clock_policy import SlaPolicy, Target
from agent_model.customer import Tier
from agent_model.ticket import Priority, TicketStatus, TicketType

LATEST_OFFLINE: Final = timedelta(days=7)
CLOCK_TOLERANCE: Final = timedelta(minutes=2)
LONGEST: Final = timedelta(days=5 * 366)
"""How far a promise may reach, and what is reckoned with of one that somebody made for later still."""
A_WEEK: Final = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class ClockFacts:
    """What of a ticket decides about its clocks. `agreed_at` is until when somebody promised to solve it, `received_at`
    when its `source` had it, `answered_at` when the customer was answered just now, or earlier than was known."""

    type: TicketType
    priority: Priority
    status: TicketStatus
    tier: Tier | None = None
    agreed_at: datetime | None = None
    source: str | None = None
    received_at: datetime | None = None
    answered_at: datetime | None = None


def plausible(told: datetime, now: datetime) -> datetime:
    """When something happened, by a clock that may be wrong: then it happened now."""
    return told if now - LATEST_OFFLINE <= told <= now + CLOCK_TOLERANCE else now


def in_order(told: Iterable[datetime], earliest: datetime, now: datetime) -> Iterator[datetime]:
    """Moments of a workstation that come one after the other: none before `earliest`, none after `now`, none that a
    clock cannot mean."""
    before = min(earliest, now)
    for moment in told:
        before = max(before, min(plausible(moment, now), now))
        yield before


class Promises:
    """One version of the policy, ready for use. Every moment is reckoned to the millisecond, as it crosses the wire."""

    def __init__(self, policy: SlaPolicy) -> None:
        """Raises BadCalendar, also for a calendar or for holidays that are named and not there (`missing`), and for a
        calendar that is open so seldom that a target would take years (`too_seldom`)."""
        self.policy = policy
        holidays = {one.id: one for one in policy.holidays}
        for calendar in policy.calendars:
            if calendar.holidays is not None and calendar.holidays not in holidays:
                raise BadCalendar(calendar.holidays, "missing")
        timetables = {
            calendar.id: Timetable(calendar, holidays.get(calendar.holidays or "")) for calendar in policy.calendars
        }
        for target in policy.targets:
            if target.calendar not in timetables:
                raise BadCalendar(target.calendar, "missing")
            if timedelta(minutes=target.minutes) * (A_WEEK / timetables[target.calendar].a_week) > LONGEST:
                raise BadCalendar(target.calendar, "too_seldom")
        self._courses = tuple(
            _Course(target, timetables[target.calendar], timedelta(minutes=target.minutes)) for target in policy.targets
        )
        self._sources = frozenset(source for target in policy.targets for source in target.sources)
        self._promised: dict[_Kind, tuple[tuple[Measure, int], ...]] = {}

    def begin(self, facts: ClockFacts, at: datetime) -> TicketClocks:
        """The clocks of a ticket that was written at a moment."""
        return self._followed(TicketClocks(self.policy.id, (), facts.tier), facts, at, at)

    def follow(self, before: TicketClocks, facts: ClockFacts, at: datetime) -> TicketClocks:
        """The clocks after the ticket was changed: stopped, standing still, going on, or with another target."""
        started = min((clock.started_at for clock in before.clocks), default=at)
        return self._followed(before, facts, started, at)

    def take_steps(self, clocks: TicketClocks, now: datetime) -> tuple[TicketClocks, tuple[Step, ...]]:
        """With every step that is due by now written down, and which these are; the earliest first."""
        now = _whole_ms(now)
        stepped, taken = [], []
        for clock in clocks.clocks:
            due = [one for one in self._ahead(clock) if one[0] <= now]
            stepped.append(replace(clock, taken=clock.taken + tuple(StepTaken(step, now) for _, step in due)))
            taken += due
        return replace(clocks, clocks=tuple(stepped)), tuple(step for _, step in sorted(taken, key=lambda one: one[0]))

    def next_step_at(self, clocks: TicketClocks) -> datetime | None:
        """When the next step is to be taken, unless something happens before."""
        firsts = (next(self._ahead(clock), None) for clock in clocks.clocks)
        return min((first[0] for first in firsts if first is not None), default=None)

    def _followed(self, before: TicketClocks, facts: ClockFacts, started: datetime, at: datetime) -> TicketClocks:
        started, at = _whole_ms(started), _whole_ms(at)
        clocks = []
        for measure, number in self._promised_for(facts):
            agreed_at = facts.agreed_at if measure is Measure.RESOLUTION else None
            clock = before.clock(measure) or Clock(measure, number, started, agreed_at=agreed_at)
            if clock.target != number or clock.agreed_at != agreed_at:
                clock = replace(clock, target=number, agreed_at=agreed_at)
            if measure is Measure.REGULATOR:
                clock = replace(clock, started_at=_whole_ms(facts.received_at or started))
            target = self.policy.targets[number]
            pauses_while = () if target.days else target.pauses_while
            clock = _moved(clock, facts.status, pauses_while, max(at, _last_event(clock)))
            if measure is Measure.FIRST_RESPONSE and facts.answered_at is not None:
                clock = _answered(clock, _whole_ms(facts.answered_at))
            clocks.append(self._reckoned(clock))
        return TicketClocks(self.policy.id, tuple(clocks), facts.tier)

    def _promised_for(self, facts: ClockFacts) -> tuple[tuple[Measure, int], ...]:
        """What is promised of such a ticket, with the targets that count. A source that no target names is none."""
        source = facts.source if facts.source in self._sources else None
        kind = (facts.type, facts.tier, facts.priority, source)
        known = self._promised.get(kind)
        if known is None:
            targets = ((measure, self.policy.target(measure, *kind)) for measure in Measure)
            known = tuple((measure, number) for measure, number in targets if number is not None)
            self._promised[kind] = known
        return known

    def _reckoned(self, clock: Clock) -> Clock:
        course = self._course(clock)
        due_at = course.fixed_at or _moment(clock, course, course.allowed)
        warns = (passed for passed, step in course.steps if step.kind is StepKind.WARN)
        first = next(warns, None)
        left_s = None
        if due_at is None:
            left_s = (course.allowed - _worked(clock, course.timetable)) // timedelta(seconds=1)
        warn_at = None if first is None else _moment(clock, course, first)
        return replace(clock, due_at=due_at, warn_at=warn_at, left_s=left_s)

    def _ahead(self, clock: Clock) -> Iterator[tuple[datetime, Step]]:
        """The steps not yet taken whose moment is known, the earliest first."""
        if clock.met_at is not None:
            return
        course = self._course(clock)
        taken = {done.step for done in clock.taken}
        for passed, step in course.steps:
            if step not in taken:
                at = _moment(clock, course, passed)
                if at is None:  # it stands still before, and before every later one
                    return
                yield at, step

    def _course(self, clock: Clock) -> "_Course":
        course = self._courses[clock.target]
        days, start = course.target.days, clock.started_at
        fixed_at = course.timetable.after_days(start, days) if days else clock.agreed_at
        if fixed_at is None:
            return course
        allowed = course.timetable.between(start, min(fixed_at, start + LONGEST))
        return _Course(course.target, course.timetable, allowed, fixed_at)


_Kind = tuple[TicketType, Tier | None, Priority, str | None]


class _Course:
    """What a clock runs along: a `timetable`, the working time `allowed` on it, when every step comes in working time
    (the earliest first), and the due moment that nothing moves, None where working time is counted."""

    def __init__(
        self, target: Target, timetable: Timetable, allowed: timedelta, fixed_at: datetime | None = None
    ) -> None:
        self.target = target
        self.timetable = timetable
        self.allowed = allowed
        self.fixed_at = fixed_at
        steps = ((max(timedelta(), _passed(step, allowed)), step) for step in target.steps)
        self.steps = tuple(sorted(steps, key=lambda one: one[0]))


def _passed(step: Step, allowed: timedelta) -> timedelta:
    """The working time after which a step comes."""
    return allowed + timedelta(minutes=step.minutes) if step.percent is None else allowed * step.percent / 100


def _moment(clock: Clock, course: _Course, passed: timedelta) -> datetime | None:
    """When so much working time will have passed on the clock; None when it stands still before."""
    timetable, at = course.timetable, clock.started_at
    for pause in clock.pauses if course.fixed_at is None else ():
        until_pause = timetable.between(at, pause.since)
        if until_pause >= passed:
            break
        if pause.until is None:
            return None
        passed, at = passed - until_pause, pause.until
    return _whole_ms(timetable.add(at, passed))


def _worked(clock: Clock, timetable: Timetable) -> timedelta:
    """How much working time a clock that stands still has counted."""
    at, worked = clock.started_at, timedelta()
    for pause in clock.pauses:
        worked += timetable.between(at, pause.since)
        at = pause.until or pause.since
    return worked


def _moved(clock: Clock, status: TicketStatus, pauses_while: tuple[TicketStatus, ...], at: datetime) -> Clock:
    """What a status means for the clock at a moment."""
    if clock.measure is Measure.FIRST_RESPONSE:
        is_met = clock.met_at is not None or status is not TicketStatus.NEW
    else:
        is_met = not status.is_open
    if is_met:
        return clock if clock.met_at is not None else replace(_going_on(clock, at), met_at=at)
    if clock.met_at is not None:  # taken up again: it stood still meanwhile
        clock = replace(clock, pauses=(*clock.pauses, Pause(clock.met_at, at)), met_at=None)
    if status not in pauses_while:
        return _going_on(clock, at)
    return clock if clock.is_paused else replace(clock, pauses=(*clock.pauses, Pause(at)))


def _answered(clock: Clock, at: datetime) -> Clock:
    """The first answer counts, in whichever order they become known."""
    at = max(at, clock.started_at)
    return replace(clock, met_at=at if clock.met_at is None else min(clock.met_at, at))


def _going_on(clock: Clock, at: datetime) -> Clock:
    if not clock.is_paused:
        return clock
    return replace(clock, pauses=(*clock.pauses[:-1], Pause(clock.pauses[-1].since, at)))


def _last_event(clock: Clock) -> datetime:
    changes = [pause.until or pause.since for pause in clock.pauses[-1:]]
    return max(clock.started_at, *changes, clock.met_at or clock.started_at)


def _whole_ms(moment: datetime) -> datetime:
    if moment.tzinfo is UTC and not moment.microsecond % 1000:
        return moment
    return moment.astimezone(UTC).replace(microsecond=moment.microsecond // 1000 * 1000)
