"""The clocks that run on a ticket: what was promised by when, and what has become of it so far."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from agent_model.customer import Tier


class Measure(StrEnum):
    """What is promised: that somebody begins to work on the ticket, that it is solved; and by when the REGULATOR who
    sent it wants it solved, which is counted in whole days and never stands still."""

    FIRST_RESPONSE = "first_response"
    RESOLUTION = "resolution"
    REGULATOR = "regulator"


class StepKind(StrEnum):
    """What a clock does on its way: WARN its owner, ESCALATE to the team's lead, REPORT to the duty manager."""

    WARN = "warn"
    ESCALATE = "escalate"
    REPORT = "report"


@dataclass(frozen=True, slots=True)
class Step:
    """When something is done: at `percent` of the promised working time (100 is the due moment, 200 as much again), or
    where that is None at `minutes` of working time after the due moment, negative before it."""

    kind: StepKind
    percent: int | None = None
    minutes: int = 0


@dataclass(frozen=True, slots=True)
class StepTaken:
    step: Step
    at: datetime


@dataclass(frozen=True, slots=True)
class Pause:
    """The clock stood still from `since` to `until`; None: it still does."""

    since: datetime
    until: datetime | None = None


class ClockState(StrEnum):
    """How a promise stands: FINE, soon due (WARN), waiting for the customer (PAUSED), not kept (MISSED), kept (MET)."""

    FINE = "fine"
    WARN = "warn"
    PAUSED = "paused"
    MISSED = "missed"
    MET = "met"


@dataclass(frozen=True, slots=True)
class Clock:
    """One promise, by the policy's target of this index. What happened is `started_at`, `pauses`, `met_at` and `taken`;
    `due_at`, `warn_at` and `left_s` are reckoned from it, `due_at` being None while the clock stands still and `left_s`
    (working seconds) while it runs.

    `agreed_at` is a moment that somebody promised by name; it holds whatever the policy says, and nothing moves it.
    """

    measure: Measure
    target: int
    started_at: datetime
    due_at: datetime | None = None
    warn_at: datetime | None = None
    left_s: int | None = None
    pauses: tuple[Pause, ...] = ()
    agreed_at: datetime | None = None
    met_at: datetime | None = None
    taken: tuple[StepTaken, ...] = ()

    @property
    def is_paused(self) -> bool:
        return bool(self.pauses) and self.pauses[-1].until is None

    def state(self, now: datetime) -> ClockState:
        end = self.met_at or now
        if self.due_at is not None and end > self.due_at:
            return ClockState.MISSED
        if self.met_at is not None:
            return ClockState.MET
        if self.due_at is None:
            return ClockState.PAUSED
        return ClockState.WARN if self.warn_at is not None and now >= self.warn_at else ClockState.FINE

    def left(self, now: datetime) -> timedelta:
        """How long it is until the due moment, negative after it; while it stands still the working time left."""
        if self.due_at is None:
            return timedelta(seconds=self.left_s or 0)
        return self.due_at - now


@dataclass(frozen=True, slots=True)
class TicketClocks:
    """The clocks of one ticket, by which version of the policy they run, and the customer's tier when they began."""

    policy: str
    clocks: tuple[Clock, ...]
    tier: Tier | None = None

    def clock(self, measure: Measure) -> Clock | None:
        return next((clock for clock in self.clocks if clock.measure is measure), None)

    @property
    def due_at(self) -> datetime | None:
        """Until when the ticket is to be solved, by the nearer of our own promise and the regulator's term; None while
        that is not known."""
        clocks = (self.clock(measure) for measure in (Measure.RESOLUTION, Measure.REGULATOR))
        return min((clock.due_at for clock in clocks if clock is not None and clock.due_at is not None), default=None)

    @property
    def leading(self) -> Clock | None:
        """The promise that is to be kept next; one that stands still comes last. None when there is none any more."""
        open_ones = [clock for clock in self.clocks if clock.met_at is None]
        running = [clock for clock in open_ones if clock.due_at is not None]
        if running:
            return min(running, key=lambda clock: (clock.due_at, clock.measure is Measure.FIRST_RESPONSE))
        return open_ones[-1] if open_ones else None
