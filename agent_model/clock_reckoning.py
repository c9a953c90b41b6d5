"""Reckoning the clocks of tickets: the same on the server and, for a ticket written offline, on the workstation."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Final

from agent_model.calendar_time import BadCalendar, Timetable
from agent_model.clock import Clock, Measure, Pause, Step, StepKind, StepTaken, TicketClocks
from agent_model.clock_policy import SlaPolicy
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
        self._timetables = {
            calendar.id: Timetable(calendar, holidays.get(calendar.holidays or "")) for calendar in policy.calendars
        }
        for target in policy.targets:
            if target.calendar not in self._timetables:
                raise BadCalendar(target.calendar, "missing")
            if timedelta(minutes=target.minutes) * (A_WEEK / self._timetables[target.calendar].a_week) > LONGEST:
                raise BadCalendar(target.calendar, "too_seldom")

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
            due = sorted((one for one in self._ahead(clock) if one[0] <= now), key=lambda one: one[0])
            stepped.append(replace(clock, taken=clock.taken + tuple(StepTaken(step, now) for _, step in due)))
            taken += due
        return replace(clocks, clocks=tuple(stepped)), tuple(step for _, step in sorted(taken, key=lambda one: one[0]))

    def next_step_at(self, clocks: TicketClocks) -> datetime | None:
        """When the next step is to be taken, unless something happens before."""
        return min((at for clock in clocks.clocks for at, _ in self._ahead(clock)), default=None)

    def _followed(self, before: TicketClocks, facts: ClockFacts, started: datetime, at: datetime) -> TicketClocks:
        clocks = []
        for measure in Measure:
            number = self.policy.target(measure, facts.type, facts.tier, facts.priority, facts.source)
            if number is not None:
                clock = before.clock(measure) or Clock(measure, number, _whole_ms(started))
                agreed = facts.agreed_at if measure is Measure.RESOLUTION else None
                clock = replace(clock, target=number, agreed_at=agreed)
                if measure is Measure.REGULATOR:
                    clock = replace(clock, started_at=_whole_ms(facts.received_at or started))
                target = self.policy.targets[number]
                pauses_while = () if target.days else target.pauses_while
                clock = _moved(clock, facts.status, pauses_while, max(_whole_ms(at), _last_event(clock)))
                if measure is Measure.FIRST_RESPONSE and facts.answered_at is not None:
                    clock = _answered(clock, _whole_ms(facts.answered_at))
                clocks.append(self._reckoned(clock))
        return TicketClocks(self.policy.id, tuple(clocks), facts.tier)

    def _reckoned(self, clock: Clock) -> Clock:
        due_at = self._fixed(clock) or self._moment(clock, self._allowed(clock))
        warns = (self._step_at(clock, step) for step in self._steps(clock) if step.kind is StepKind.WARN)
        left_s = None
        if due_at is None:
            left_s = (self._allowed(clock) - self._worked(clock)) // timedelta(seconds=1)
        warn_at = min((at for at in warns if at is not None), default=None)
        return replace(clock, due_at=due_at, warn_at=warn_at, left_s=left_s)

    def _ahead(self, clock: Clock) -> Iterator[tuple[datetime, Step]]:
        """The steps not yet taken whose moment is known."""
        taken = {done.step for done in clock.taken}
        for step in self._steps(clock) if clock.met_at is None else ():
            at = self._step_at(clock, step)
            if step not in taken and at is not None:
                yield at, step

    def _steps(self, clock: Clock) -> tuple[Step, ...]:
        return self.policy.targets[clock.target].steps

    def _timetable(self, clock: Clock) -> Timetable:
        return self._timetables[self.policy.targets[clock.target].calendar]

    def _step_at(self, clock: Clock, step: Step) -> datetime | None:
        allowed = self._allowed(clock)
        passed = allowed + timedelta(minutes=step.minutes) if step.percent is None else allowed * step.percent / 100
        return self._moment(clock, max(timedelta(), passed))

    def _allowed(self, clock: Clock) -> timedelta:
        """The working time that the promise gives."""
        fixed = self._fixed(clock)
        if fixed is not None:
            return self._timetable(clock).between(clock.started_at, min(fixed, clock.started_at + LONGEST))
        return timedelta(minutes=self.policy.targets[clock.target].minutes)

    def _fixed(self, clock: Clock) -> datetime | None:
        """The due moment of a clock that nothing moves; None for one that counts working time."""
        days = self.policy.targets[clock.target].days
        return self._timetable(clock).after_days(clock.started_at, days) if days else clock.agreed_at

    def _moment(self, clock: Clock, passed: timedelta) -> datetime | None:
        """When so much working time will have passed on the clock; None when it stands still before."""
        timetable, at = self._timetable(clock), clock.started_at
        for pause in clock.pauses if self._fixed(clock) is None else ():
            until_pause = timetable.between(at, pause.since)
            if until_pause >= passed:
                break
            if pause.until is None:
                return None
            passed, at = passed - until_pause, pause.until
        return _whole_ms(timetable.add(at, passed))

    def _worked(self, clock: Clock) -> timedelta:
        """How much working time a clock that stands still has counted."""
        timetable, at, worked = self._timetable(clock), clock.started_at, timedelta()
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
    return moment.astimezone(UTC).replace(microsecond=moment.microsecond // 1000 * 1000)
