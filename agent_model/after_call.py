"""After-call work: how a queue lets it begin, be prolonged and end, and what became of it. It reads no clock; every
moment is told."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final


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
LONGEST_WORK_S: Final = 3600
LONGEST_EXTENSION_S: Final = 1800
MOST_EXTENSIONS: Final = 50


class PolicyWrong(StrEnum):
    """Why a field of a queue's rules for after-call work does not do."""

    OUT_OF_RANGE = "out_of_range"
    NEEDS_TIME = "needs_time"
    NOTHING_TO_PICK = "nothing_to_pick"


def policy_faults(policy: AfterCallPolicy, wrap_up_s: int, offered: int) -> dict[str, PolicyWrong]:
    """What is wrong with a queue's rules, by field; empty when they may be kept. Calls of the queue are offered so many
    dispositions."""
    found = {}
    if not 0 <= wrap_up_s <= LONGEST_WORK_S:
        found["wrap_up_s"] = PolicyWrong.OUT_OF_RANGE
    elif wrap_up_s == 0 and policy.mode is AfterCallMode.NO_EARLY_EXIT:
        found["wrap_up_s"] = PolicyWrong.NEEDS_TIME
    if not 0 <= policy.extend_s <= LONGEST_EXTENSION_S:
        found["after_call.extend_s"] = PolicyWrong.OUT_OF_RANGE
    if policy.extensions is not None and not 0 <= policy.extensions <= MOST_EXTENSIONS:
        found["after_call.extensions"] = PolicyWrong.OUT_OF_RANGE
    if policy.needs_disposition and not offered:
        found["after_call.needs_disposition"] = PolicyWrong.NOTHING_TO_PICK
    return found


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


class WorkEnd(StrEnum):
    """How after-call work ended: the agent said it was DONE, its time was over, a call came into it, the agent signed
    off."""

    DONE = "done"
    BY_ITSELF = "by_itself"
    INTERRUPTED = "interrupted"
    SIGNED_OFF = "signed_off"


class PolicyBreach(StrEnum):
    """What of the work was not as the queue wants it."""

    LEFT_EARLY = "left_early"
    EXTENDED_TOO_OFTEN = "extended_too_often"
    NO_DISPOSITION = "no_disposition"


@dataclass(frozen=True, slots=True)
class WorkDone:
    """What became of the work after a call, as the workstation tells it; `rules_at` is the newest change of the
    company's rules that it knew. `over_s` is by how much it was longer than the
    queue gives, `breaches` what else was not as it wants it; both are the server's."""

    began_at: datetime
    ended_at: datetime
    end: WorkEnd
    extended: int = 0
    rules_at: datetime | None = None
    over_s: int = 0
    breaches: tuple[PolicyBreach, ...] = ()

    @property
    def worked_s(self) -> int:
        return int((self.ended_at - self.began_at).total_seconds())


def weighed_by(done: WorkDone, policy: AfterCallPolicy, wrap_up_s: int, *, has_disposition: bool) -> WorkDone:
    """By the rules of its queue. Work without a limit is never too long."""
    extended = done.extended if policy.extensions is None else min(done.extended, policy.extensions)
    given_s = wrap_up_s + (extended * policy.extend_s if policy.mode.is_boxed else 0)
    is_early = policy.mode is AfterCallMode.NO_EARLY_EXIT and done.end is WorkEnd.DONE and done.worked_s < wrap_up_s - 1
    found = (
        (PolicyBreach.LEFT_EARLY, is_early),
        (PolicyBreach.EXTENDED_TOO_OFTEN, done.extended > extended),
        (PolicyBreach.NO_DISPOSITION, policy.needs_disposition and not has_disposition),
    )
    over_s = max(0, done.worked_s - given_s) if wrap_up_s else 0
    return replace(done, over_s=over_s, breaches=tuple(breach for breach, is_so in found if is_so))
