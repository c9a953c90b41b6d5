"""The agent at this seat: who is signed in and the state they are in, with the after-call-work clock."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from agent_model.agent import Agent, AgentState, StateEntry


@dataclass(frozen=True, slots=True)
class Seat:
    """What the state button shows. `wanted` is what follows the call when the agent chose it during the call."""

    agent: Agent
    entry: StateEntry
    wanted: AgentState | None = None
    break_reason: str | None = None


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
        self._work_left = timedelta(0)
        self.seat = Seat(agent, StateEntry(AgentState.OFFLINE, clock()))

    def ready(self) -> Seat:
        """Ready now, or after the call that is running."""
        return self._choose(AgentState.READY, None)

    def take_break(self, reason: str) -> Seat:
        """Break now, or after the call that is running. After-call work ends with it."""
        return self._choose(AgentState.BREAK, reason)

    def sign_off(self) -> Seat:
        return self._choose(AgentState.OFFLINE, None)

    def call_began(self, call_id: str) -> Seat:
        """A call is up (answered, or dialled). After-call work it came into waits for its end."""
        self._calls.add(call_id)
        entry = self.seat.entry
        if entry.state is AgentState.ON_CALL:
            return self.seat
        is_at_work = entry.state is AgentState.AFTER_CALL_WORK
        self._work_left = entry.until - self._clock() if is_at_work and entry.until is not None else timedelta(0)
        after = self.seat.wanted or (
            self.seat.entry.state if self.seat.entry.state is not AgentState.AFTER_CALL_WORK else AgentState.READY
        )
        reason = self.seat.entry.reason if after is AgentState.BREAK else None
        return self._set(
            replace(
                self.seat,
                entry=StateEntry(AgentState.ON_CALL, self._clock()),
                wanted=after if after is not AgentState.READY else None,
                break_reason=self.seat.break_reason or reason,
            )
        )

    def call_ended(self, call_id: str, wrap_up_s: int | None = None) -> Seat:
        """The call is over: after-call work for `wrap_up_s` seconds (the queue's; 0 skips it), unless one is left.

        Work that the call came into goes on for the time it had left, where that is more.
        """
        self._calls.discard(call_id)
        if self._calls or self.seat.entry.state is not AgentState.ON_CALL:
            return self.seat
        work = max(timedelta(seconds=self._wrap_up_s if wrap_up_s is None else wrap_up_s), self._work_left)
        self._work_left = timedelta(0)
        if work <= timedelta(0):
            return self._after_work()
        now = self._clock()
        return self._set(replace(self.seat, entry=StateEntry(AgentState.AFTER_CALL_WORK, now, until=now + work)))

    def extend_after_call_work(self, seconds: int = 60) -> Seat:
        entry = self.seat.entry
        if entry.state is not AgentState.AFTER_CALL_WORK or entry.until is None:
            return self.seat
        return self._set(
            replace(self.seat, entry=replace(entry, until=max(entry.until, self._clock()) + timedelta(seconds=seconds)))
        )

    def finish_after_call_work(self) -> Seat:
        if self.seat.entry.state is not AgentState.AFTER_CALL_WORK:
            return self.seat
        return self._after_work()

    def tick(self) -> Seat:
        """Called about once a second: ends after-call work whose time is up."""
        entry = self.seat.entry
        if entry.state is AgentState.AFTER_CALL_WORK and entry.until is not None and self._clock() >= entry.until:
            return self._after_work()
        return self.seat

    def _choose(self, state: AgentState, reason: str | None) -> Seat:
        if self.seat.entry.state is AgentState.ON_CALL:
            return self._set(replace(self.seat, wanted=state, break_reason=reason))
        return self._set(
            replace(self.seat, entry=StateEntry(state, self._clock(), reason=reason), wanted=None, break_reason=None)
        )

    def _after_work(self) -> Seat:
        state = self.seat.wanted or AgentState.READY
        reason = self.seat.break_reason if state is AgentState.BREAK else None
        return self._set(
            replace(self.seat, entry=StateEntry(state, self._clock(), reason=reason), wanted=None, break_reason=None)
        )

    def _set(self, seat: Seat) -> Seat:
        if seat != self.seat:
            self.seat = seat
            self._changed(seat)
        return self.seat
