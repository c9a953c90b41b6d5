"""The agent at this seat: who is signed in and the state they are in, with the after-call-work clock."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from agent_model.after_call import USUAL_POLICY, AfterCallMode, AfterCallPolicy, AfterCallWork, WhyStay, work_after
from agent_model.agent import Agent, AgentState, StateEntry

AS_LONG_AS_WANTED = AfterCallPolicy(AfterCallMode.MANUAL)
READING = "announcement"
"""The reason of a break in which the agent reads what is to be read before anything else."""


@dataclass(frozen=True, slots=True)
class Seat:
    """What the state button shows. `wanted` is what follows the call, or work that cannot be left yet, when the agent
    chose it before; `work` is the after-call work that goes on."""

    agent: Agent
    entry: StateEntry
    wanted: AgentState | None = None
    break_reason: str | None = None
    work: AfterCallWork | None = None


@dataclass(frozen=True, slots=True)
class Left:
    """The state that an agent left the seat in, for who takes it up again a moment later."""

    state: AgentState = AgentState.READY
    reason: str | None = None

    def __str__(self) -> str:
        return f"{self.state.value} {self.reason or ''}".rstrip()

    @classmethod
    def of(cls, written: str) -> "Left":
        """Ready, where nothing was written that says otherwise."""
        state, _, reason = written.partition(" ")
        return cls(AgentState.BREAK, reason) if state == AgentState.BREAK.value and reason else cls()


def left_in(seat: Seat) -> Left:
    """A break goes on."""
    is_at_break = seat.entry.state is AgentState.BREAK and seat.entry.reason != READING
    return Left(AgentState.BREAK, seat.entry.reason) if is_at_break else Left()


def _nobody(_seat: Seat) -> None:
    """The default listener."""


class AgentSession:
    """States by the rules of the trade: a call sets ON_CALL, its end starts after-call work, its end makes ready.

    `clock` gives aware UTC. Every method returns the new seat; `changed` is called with it whenever it differs.
    """

    def __init__(
        self,
        agent: Agent,
        clock: Callable[[], datetime],
        wrap_up_s: int = 60,
        changed: Callable[[Seat], None] = _nobody,
    ) -> None:
        self._clock = clock
        self._wrap_up_s = wrap_up_s
        self._changed = changed
        self._calls: set[str] = set()
        self._interrupted: AfterCallWork | None = None
        self._left = timedelta(0)
        self._is_kept = False
        self._ready_until: datetime | None = None
        self.seat = Seat(agent, StateEntry(AgentState.OFFLINE, clock()))

    @property
    def told(self) -> StateEntry:
        """The state as the server is told. Work that is followed by anything but being ready does not end by itself
        there: nobody is brought a caller in between."""
        after, _ = self._kept(self.seat.wanted or AgentState.READY, None)
        return self.seat.entry if after is AgentState.READY else replace(self.seat.entry, until=None)

    def ready(self) -> Seat:
        """Ready now, or after the call or the work that is running."""
        return self._choose(AgentState.READY, None)

    def keep_from_ready(self, *, is_kept: bool, until: datetime | None = None) -> Seat:
        """Whether something must be read before the agent is ready. Who is ready stays so until the next time, or
        `until` then at most; no call is kept away. Who was kept is ready as soon as nothing keeps them."""
        self._is_kept, self._ready_until = is_kept, until if is_kept else None
        if is_kept:
            return self.seat
        if self.is_reading:
            return self._choose(AgentState.READY, None)
        if self.seat.wanted is AgentState.BREAK and self.seat.break_reason == READING:
            return self._set(replace(self.seat, wanted=None, break_reason=None))
        return self.seat

    @property
    def is_reading(self) -> bool:
        """Whether the agent is kept from being ready now."""
        return self.seat.entry.state is AgentState.BREAK and self.seat.entry.reason == READING

    def take_break(self, reason: str) -> Seat:
        """Break now, or after the call that is running. After-call work ends with it, as soon as it may."""
        return self._choose(AgentState.BREAK, reason)

    def sign_off(self) -> Seat:
        return self._choose(AgentState.OFFLINE, None)

    def obey(self, state: AgentState, reason: str | None) -> Seat:
        """Somebody who may has decided it: as if the agent had chosen it now, so that a call goes on to its end."""
        match state:
            case AgentState.READY:
                return self.ready()
            case AgentState.BREAK:
                return self.take_break(reason or "")
            case AgentState.OFFLINE:
                return self.sign_off()
            case AgentState.AFTER_CALL_WORK:
                return self.work_wanted()
            case AgentState.ON_CALL:
                return self.seat

    def work_wanted(self) -> Seat:
        """After-call work after the call that is running, also where it is optional; now when there is no call."""
        if self.seat.entry.state is AgentState.ON_CALL:
            return self._set(replace(self.seat, wanted=AgentState.AFTER_CALL_WORK, break_reason=None))
        if self.seat.entry.state is AgentState.AFTER_CALL_WORK:
            return self.seat
        return self._begin(AfterCallWork(AS_LONG_AS_WANTED, self._clock(), None))

    def call_began(self, call_id: str) -> Seat:
        """A call is up (answered, or dialled). After-call work it came into waits for its end."""
        self._calls.add(call_id)
        entry = self.seat.entry
        if entry.state is AgentState.ON_CALL:
            return self.seat
        self._interrupted, now = self.seat.work, self._clock()
        until = self._interrupted.until if self._interrupted is not None else None
        self._left = until - now if until is not None else timedelta(0)
        after = self.seat.wanted or (entry.state if entry.state is not AgentState.AFTER_CALL_WORK else AgentState.READY)
        reason = entry.reason if after is AgentState.BREAK else None
        return self._set(
            replace(
                self.seat,
                entry=StateEntry(AgentState.ON_CALL, now),
                wanted=after if after is not AgentState.READY else None,
                break_reason=self.seat.break_reason or reason,
                work=None,
            )
        )

    def call_ended(
        self,
        call_id: str,
        wrap_up_s: int | None = None,
        policy: AfterCallPolicy = USUAL_POLICY,
        *,
        has_disposition: bool = False,
    ) -> Seat:
        """The call is over: after-call work as its queue wants it, for `wrap_up_s` seconds, unless one is left.

        Work that the call came into goes on for the time it had left, where that is more.
        """
        self._calls.discard(call_id)
        if self._calls or self.seat.entry.state is not AgentState.ON_CALL:
            return self.seat
        now, before, left = self._clock(), self._interrupted, self._left
        self._interrupted, self._left = None, timedelta(0)
        is_asked = self.seat.wanted is AgentState.AFTER_CALL_WORK
        lasts = self._wrap_up_s if wrap_up_s is None else wrap_up_s
        work = work_after(policy, lasts, now, has_disposition=has_disposition, is_asked=is_asked)
        if work is None and before is not None:
            work = replace(before, since=now, until=None if before.until is None else now + left)
        elif work is not None:
            work = work.with_left(left, now)
        if is_asked:
            self.seat = replace(self.seat, wanted=None)
        return self._after_work() if work is None else self._begin(work)

    def extend_after_call_work(self) -> Seat:
        """For as long as the queue's policy gives, where it may be longer."""
        work = self.seat.work
        return self.seat if work is None else self._go_on(work.longer(self._clock()))

    def disposition_is(self, *, chosen: bool) -> Seat:
        """Whether the call whose work goes on has a disposition."""
        work = self.seat.work
        return self.seat if work is None else self._go_on(replace(work, has_disposition=chosen))

    @property
    def why_stay(self) -> WhyStay | None:
        """Why the work that goes on cannot be left now; None also when there is none."""
        return None if self.seat.work is None else self.seat.work.why_stay(self._clock())

    def finish_after_call_work(self) -> Seat:
        """Ends it, unless its policy keeps the agent there (`why_stay`)."""
        if self.seat.entry.state is not AgentState.AFTER_CALL_WORK or self.why_stay is not None:
            return self.seat
        return self._after_work()

    def tick(self) -> Seat:
        """Called about once a second: ends after-call work whose time is up, and the time that somebody may be ready
        without having read."""
        work, until = self.seat.work, self._ready_until
        if until is not None and self.seat.entry.state is AgentState.READY and self._clock() >= until:
            return self._choose(AgentState.READY, None)
        return self._after_work() if work is not None and work.is_done(self._clock()) else self.seat

    def _choose(self, state: AgentState, reason: str | None) -> Seat:
        is_kept = state is not AgentState.OFFLINE and self.why_stay is not None
        if is_kept or self.seat.entry.state is AgentState.ON_CALL:
            return self._set(replace(self.seat, wanted=state, break_reason=reason))
        state, reason = self._kept(state, reason)
        entry = StateEntry(state, self._clock(), reason=reason)
        return self._set(replace(self.seat, entry=entry, wanted=None, break_reason=None, work=None))

    def _begin(self, work: AfterCallWork) -> Seat:
        entry = StateEntry(AgentState.AFTER_CALL_WORK, work.since, until=work.ends_at)
        return self._set(replace(self.seat, entry=entry, work=work))

    def _go_on(self, work: AfterCallWork) -> Seat:
        return self._set(replace(self.seat, entry=replace(self.seat.entry, until=work.ends_at), work=work))

    def _after_work(self) -> Seat:
        wanted = self.seat.wanted or AgentState.READY
        state, reason = self._kept(wanted, self.seat.break_reason if wanted is AgentState.BREAK else None)
        entry = StateEntry(state, self._clock(), reason=reason)
        return self._set(replace(self.seat, entry=entry, wanted=None, break_reason=None, work=None))

    def _kept(self, state: AgentState, reason: str | None) -> tuple[AgentState, str | None]:
        """What becomes of a state while something must be read first."""
        return (AgentState.BREAK, READING) if state is AgentState.READY and self._is_kept else (state, reason)

    def _set(self, seat: Seat) -> Seat:
        if seat != self.seat:
            self.seat = seat
            self._changed(seat)
        return self.seat
