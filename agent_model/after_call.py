"""After-call work: how a queue lets it begin, be prolonged and end. It reads no clock; every moment is told."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum


class AfterCallMode(StrEnum):
    """OPTIONAL work begins only when the agent asks for it, MANUAL ends only when the agent says so. TIME_BOXED work
    ends by itself or earlier, NO_EARLY_EXIT work never earlier."""

    OPTIONAL = "optional"
    MANUAL = "manual"
    TIME_BOXED = "time_boxed"
    NO_EARLY_EXIT = "no_early_exit"

    @property
    def is_boxed(self) -> bool:
        return self in (AfterCallMode.TIME_BOXED, AfterCallMode.NO_EARLY_EXIT)


@dataclass(frozen=True, slots=True)
class AfterCallPolicy:
    """What a queue wants of the work after its calls; how long it lasts is the queue's `wrap_up_s`. One extension is of
    `extend_s` seconds, `extensions` is how many there may be (None: any number). `stays`: at the end of its time the
    work goes on until the agent ends it. `needs_disposition`: it does not end before one is chosen."""

    mode: AfterCallMode = AfterCallMode.TIME_BOXED
    extend_s: int = 60
    extensions: int | None = None
    stays: bool = False
    needs_disposition: bool = False


USUAL_POLICY = AfterCallPolicy()


class WhyStay(StrEnum):
    """Why after-call work cannot be left yet."""

    TOO_EARLY = "too_early"
    DISPOSITION_MISSING = "disposition_missing"


@dataclass(frozen=True, slots=True)
class AfterCallWork:
    """Work that has begun. `until` is the end of its time, None where there is none; it was prolonged `extended`
    times."""

    policy: AfterCallPolicy
    since: datetime
    until: datetime | None
    has_disposition: bool = False
    extended: int = 0

    @property
    def lacks_disposition(self) -> bool:
        return self.policy.needs_disposition and not self.has_disposition

    @property
    def ends_at(self) -> datetime | None:
        """When it ends by itself; None: not as things are."""
        is_open = not self.policy.mode.is_boxed or self.policy.stays or self.lacks_disposition
        return None if is_open else self.until

    def is_over_time(self, now: datetime) -> bool:
        return self.until is not None and now >= self.until

    def is_done(self, now: datetime) -> bool:
        """It ends by itself, now."""
        return self.ends_at is not None and now >= self.ends_at

    def why_stay(self, now: datetime) -> WhyStay | None:
        """None: the agent may end it now."""
        if self.lacks_disposition:
            return WhyStay.DISPOSITION_MISSING
        is_locked = self.policy.mode is AfterCallMode.NO_EARLY_EXIT and self.until is not None
        return WhyStay.TOO_EARLY if is_locked and not self.is_over_time(now) else None

    @property
    def may_extend(self) -> bool:
        is_allowed = self.policy.extensions is None or self.extended < self.policy.extensions
        return self.policy.mode.is_boxed and self.policy.extend_s > 0 and is_allowed

    def longer(self, now: datetime) -> "AfterCallWork":
        """Once more of the policy's time, counted from now where the time is over; as it is where it may not be."""
        if not self.may_extend or self.until is None:
            return self
        until = max(self.until, now) + timedelta(seconds=self.policy.extend_s)
        return replace(self, until=until, extended=self.extended + 1)

    def with_left(self, left: timedelta, now: datetime) -> "AfterCallWork":
        """With this time left at least, and with no more than it had where that is longer."""
        if self.until is None or left <= timedelta(0):
            return self
        return replace(self, until=max(self.until, now + left))


def work_after(
    policy: AfterCallPolicy, wrap_up_s: int, now: datetime, *, has_disposition: bool = False, is_asked: bool = False
) -> AfterCallWork | None:
    """The work that begins as a call ends; None where there is none. `is_asked`: the agent wants it."""
    until = now + timedelta(seconds=wrap_up_s) if wrap_up_s > 0 or policy.mode.is_boxed else None
    work = AfterCallWork(policy, now, until, has_disposition)
    if work.lacks_disposition or is_asked:
        return work
    match policy.mode:
        case AfterCallMode.OPTIONAL:
            return None
        case AfterCallMode.MANUAL:
            return work
        case _:
            return work if wrap_up_s > 0 else None
