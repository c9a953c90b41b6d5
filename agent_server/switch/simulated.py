"""An exchange that nobody is connected to: queues, members and calls in memory, as a real one keeps them.

It keeps the promises of `port.Exchange` and says what it is. `tick` moves it on; `run` does so four times a second.
"""

import asyncio
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Final

from agent_model.agent import QueueId
from agent_server.switch.port import (
    Answered,
    Asked,
    CallId,
    ExchangeEvent,
    ExchangeGone,
    Extension,
    GaveUp,
    Leg,
    LegChanged,
    LegEnded,
    LegState,
    Lost,
    Member,
    MemberChanged,
    MemberGone,
    Monitoring,
    MonitoringChanged,
    NotDone,
    Offered,
    Overflowed,
    RangOut,
    Registered,
    Resynced,
    Snapshot,
    Told,
    Transferred,
    Waiting,
    reason_kept,
)

TICK_S: Final = 0.25


@dataclass(frozen=True, slots=True)
class QueueRule:
    """How long an extension rings before the next is offered the caller, and how long a caller may wait."""

    ring_s: float = 15.0
    longest_wait_s: float = 600.0


@dataclass(slots=True)
class _Caller:
    """Somebody in a queue. `rang_out` did not take them; `preferred` is who is offered them first."""

    waiting: Waiting
    reference: str
    preferred: Extension | None = None
    rang_out: set[Extension] = field(default_factory=set)
    ringing: Extension | None = None


@dataclass(slots=True)
class _Talk:
    """An extension in a call, with what its time in it comes to."""

    leg: Leg
    began: datetime
    held_s: float = 0.0


class SimulatedExchange:
    """Everything happens at once and is told in order. An extension is in one call at a time, and has no telephone
    before it `comes`."""

    def __init__(self, name: str, queues: Mapping[QueueId, QueueRule], now: Callable[[], datetime]) -> None:
        self._name = name
        self._queues = dict(queues)
        self._now = now
        self._told: list[ExchangeEvent] = []
        self._serial = 0
        self._members: dict[tuple[QueueId, Extension], Member] = {}
        self._callers: dict[CallId, _Caller] = {}
        self._talks: dict[Extension, _Talk] = {}
        self._monitoring: dict[Extension, tuple[Extension, Monitoring]] = {}
        self._reachable: set[Extension] = set()
        self._taken: dict[QueueId, dict[Extension, datetime]] = defaultdict(dict)
        self._is_up = True
        self._was_up = False

    # ---- the port -----------------------------------------------------------------------------------------------

    @property
    def name(self) -> str:
        return self._name

    async def run(self, told: Told) -> None:
        while True:
            self.tick()
            for event in self.happened():
                await told(event)
            await asyncio.sleep(TICK_S)

    async def snapshot(self) -> Snapshot:
        self._require_up()
        return self._all()

    async def seat(self, extension: Extension, penalties: Mapping[QueueId, int]) -> None:
        self._require_up()
        now = self._now()
        for queue, own in list(self._members):
            if own == extension and queue not in penalties:
                del self._members[queue, own]
                self._told.append(MemberGone(now, extension, queue))
        paused = next((one for one in self._of(extension) if one.is_paused), None)
        known = {queue: penalty for queue, penalty in penalties.items() if queue in self._queues}
        for queue, penalty in known.items():
            before = self._members.get((queue, extension))
            if before is None:
                is_paused, reason = (paused is not None, paused.reason if paused else "")
                self._become(Member(extension, queue, penalty, is_paused, reason))
            elif before.penalty != penalty:
                self._become(replace(before, penalty=penalty))
        if unknown := penalties.keys() - known.keys():
            raise NotDone("no_such_queue", ", ".join(sorted(unknown)))

    async def pause(self, extension: Extension, reason: str) -> None:
        self._pause(extension, is_paused=True, reason=reason)

    async def unpause(self, extension: Extension) -> None:
        self._pause(extension, is_paused=False, reason="")

    async def call(self, extension: Extension, number: str, shown: str = "") -> CallId:  # noqa: ARG002 - nobody is there to see it
        self._require_reachable(extension)
        if extension in self._talks:
            raise NotDone("busy", extension)
        call = self._new_call()
        self._begin(Leg(call, extension, LegState.UP, self._now(), None, number))
        return call

    async def hang_up(self, extension: Extension, call: CallId) -> None:
        self._require_up()
        talk = self._talks.get(extension)
        if talk is None or talk.leg.call != call:
            raise NotDone("no_such_call", call)
        if talk.leg.state is LegState.RINGING:
            self._ring_out(extension, is_refused=True)
        else:
            self._end(extension)

    async def monitor(
        self,
        lead: Extension,
        extension: Extension,
        how: Monitoring,
        reference: str = "",  # noqa: ARG002 - nobody is there to see it
    ) -> None:
        self._require_reachable(lead)
        talk = self._talks.get(extension)
        if talk is None or talk.leg.state is LegState.RINGING:
            raise NotDone("no_such_call", extension)
        if lead in self._talks:
            raise NotDone("busy", lead)
        self._monitoring[lead] = (extension, how)
        self._told.append(MonitoringChanged(self._now(), lead, extension, how))

    async def leave(self, lead: Extension) -> None:
        self._require_up()
        if lead in self._monitoring:
            self._leave(lead)

    async def take_over(self, lead: Extension, extension: Extension) -> None:
        self._require_up()
        if self._monitoring.get(lead, (None, None))[0] != extension:
            raise NotDone("not_possible", "a call is taken over by who is listening to it")
        leg = self._talks[extension].leg
        self._leave(lead)
        self._end(extension)
        self._begin(replace(leg, extension=lead, state=LegState.UP, since=self._now()))

    # ---- what the world does ------------------------------------------------------------------------------------

    def asks(
        self,
        queue: QueueId,
        number: str = "",
        *,
        priority: int = 0,
        called: str = "",
        path: str = "",
        preferred: Extension | None = None,
    ) -> CallId:
        """A caller asks for a person."""
        call, now = self._new_call(), self._now()
        waiting = Waiting(call, queue, now, number, priority)
        self._callers[call] = _Caller(waiting, f"{self._name}-{call}", preferred)
        self._told.append(Asked(now, call, queue, number, called, priority, f"{self._name}-{call}", path))
        self.tick()
        return call

    def gives_up(self, call: CallId) -> None:
        """Who waits hangs up."""
        caller = self._callers.pop(call)
        if caller.ringing is not None:
            del self._talks[caller.ringing]
        waited_s = self._since(caller.waiting.since)
        self._told.append(GaveUp(self._now(), call, caller.waiting.queue, waited_s))

    def answers(self, extension: Extension) -> None:
        """Whose telephone rings takes the caller."""
        leg = self._talks.pop(extension).leg
        caller = self._callers.pop(leg.call)
        now, queue = self._now(), caller.waiting.queue
        self._taken[queue][extension] = now
        self._told.append(Answered(now, leg.call, queue, extension, self._since(caller.waiting.since)))
        self._begin(replace(leg, state=LegState.UP, since=now))

    def refuses(self, extension: Extension) -> None:
        """Whose telephone rings turns the caller away."""
        self._ring_out(extension, is_refused=True)

    def holds(self, extension: Extension) -> None:
        self._change(extension, LegState.HELD)

    def resumes(self, extension: Extension) -> None:
        talk = self._talks[extension]
        talk.held_s += self._since(talk.leg.since)
        self._change(extension, LegState.UP)

    def hangs_up(self, extension: Extension) -> None:
        """Who talks with the extension, or the extension itself."""
        self._end(extension)

    def transfers(self, extension: Extension, to: str) -> None:
        """Gives its call on without a word; whoever was there goes on with `to`."""
        leg, now = self._talks[extension].leg, self._now()
        told = Transferred(now, leg.call, extension, to, is_attended=False, queue=leg.queue, reference=leg.reference)
        self._told.append(told)
        self._end(extension)
        if to in self._reachable and to not in self._talks:
            self._begin(replace(leg, extension=Extension(to), state=LegState.UP, since=self._now(), queue=None))

    def goes(self, extension: Extension) -> None:
        """A telephone can no longer be reached."""
        self._reachable.discard(extension)
        self._told.append(Registered(self._now(), extension, is_reachable=False))

    def comes(self, extension: Extension) -> None:
        """Its telephone can be reached."""
        self._reachable.add(extension)
        self._told.append(Registered(self._now(), extension, is_reachable=True))
        self.tick()

    @contextmanager
    def gone(self) -> Iterator[None]:
        """Nobody reaches the exchange meanwhile; calls that are up go on."""
        self._is_up = False
        self.tick()
        try:
            yield
        finally:
            self._is_up = True
            self.tick()

    def restarts(self) -> None:
        """As a power cut does it: calls, callers and members are gone."""
        with self.gone():
            for kept in (self._members, self._callers, self._talks, self._monitoring):
                kept.clear()

    def happened(self) -> list[ExchangeEvent]:
        """What nobody was told yet, the earliest first."""
        told, self._told = self._told, []
        return told

    def tick(self) -> None:
        """Callers are offered, telephones have rung long enough, callers have waited too long."""
        if self._is_up != self._was_up:
            self._was_up = self._is_up
            self._told.append(Resynced(self._now(), self._all()) if self._is_up else Lost(self._now()))
        if not self._is_up:
            return
        for caller in sorted(self._callers.values(), key=lambda one: (-one.waiting.priority, one.waiting.since)):
            rule = self._queues[caller.waiting.queue]
            if caller.ringing is not None:
                if self._since(self._talks[caller.ringing].leg.since) < rule.ring_s:
                    continue
                self._ring_out(caller.ringing, is_refused=False)
            if self._since(caller.waiting.since) >= rule.longest_wait_s:
                self._overflow(caller)
            else:
                self._offer(caller)

    # ---- inside -------------------------------------------------------------------------------------------------

    def _offer(self, caller: _Caller) -> None:
        free = [one for one in self._members.values() if one.queue == caller.waiting.queue and self._is_free(one)]
        if not free:
            return
        fresh = [one for one in free if one.extension not in caller.rang_out]
        if not fresh:
            caller.rang_out.clear()
            fresh = free
        taken = self._taken[caller.waiting.queue]

        def turn(member: Member) -> tuple[bool, int, bool, float, str]:
            last = taken.get(member.extension)
            since = last.timestamp() if last is not None else 0.0
            return (member.extension != caller.preferred, member.penalty, last is not None, since, member.extension)

        chosen = min(fresh, key=turn).extension
        waiting, now = caller.waiting, self._now()
        caller.ringing = chosen
        leg = Leg(waiting.call, chosen, LegState.RINGING, now, waiting.queue, waiting.number, caller.reference)
        self._talks[chosen] = _Talk(leg, now)
        self._told += [Offered(now, waiting.call, waiting.queue, chosen), LegChanged(now, leg)]

    def _ring_out(self, extension: Extension, *, is_refused: bool) -> None:
        leg = self._talks.pop(extension).leg
        caller = self._callers[leg.call]
        caller.ringing = None
        caller.rang_out.add(extension)
        rang_s = self._since(leg.since)
        self._told.append(RangOut(self._now(), leg.call, caller.waiting.queue, extension, rang_s, is_refused))

    def _overflow(self, caller: _Caller) -> None:
        del self._callers[caller.waiting.call]
        waited_s = self._since(caller.waiting.since)
        self._told.append(Overflowed(self._now(), caller.waiting.call, caller.waiting.queue, waited_s))

    def _begin(self, leg: Leg) -> None:
        self._talks[leg.extension] = _Talk(leg, leg.since)
        self._told.append(LegChanged(self._now(), leg))

    def _change(self, extension: Extension, state: LegState) -> None:
        talk = self._talks[extension]
        talk.leg = replace(talk.leg, state=state, since=self._now())
        self._told.append(LegChanged(self._now(), talk.leg))

    def _end(self, extension: Extension) -> None:
        talk, now = self._talks.pop(extension), self._now()
        held_s = talk.held_s + (self._since(talk.leg.since) if talk.leg.state is LegState.HELD else 0.0)
        talked_s = max((now - talk.began).total_seconds() - held_s, 0.0)
        leg = talk.leg
        self._told.append(LegEnded(now, leg.call, extension, talked_s, held_s, leg.queue, leg.reference))
        for lead, (whose, _) in tuple(self._monitoring.items()):
            if whose == extension:
                self._leave(lead)

    def _leave(self, lead: Extension) -> None:
        extension, _ = self._monitoring.pop(lead)
        self._told.append(MonitoringChanged(self._now(), lead, extension, None))

    def _pause(self, extension: Extension, *, is_paused: bool, reason: str) -> None:
        self._require_up()
        own, reason = self._of(extension), reason_kept(reason)
        if not own:
            raise NotDone("no_such_extension", extension)
        for member in own:
            if (member.is_paused, member.reason) != (is_paused, reason):
                self._become(replace(member, is_paused=is_paused, reason=reason))

    def _become(self, member: Member) -> None:
        self._members[member.queue, member.extension] = member
        self._told.append(MemberChanged(self._now(), member))

    def _of(self, extension: Extension) -> list[Member]:
        return [member for member in self._members.values() if member.extension == extension]

    def _is_free(self, member: Member) -> bool:
        is_in_a_call = member.extension in self._talks or member.extension in self._monitoring
        return member.extension in self._reachable and not (member.is_paused or is_in_a_call)

    def _all(self) -> Snapshot:
        callers = sorted(self._callers.values(), key=lambda one: one.waiting.since)
        return Snapshot(
            tuple(self._members.values()),
            tuple(caller.waiting for caller in callers),
            tuple(talk.leg for talk in self._talks.values()),
            frozenset(self._reachable),
        )

    def _new_call(self) -> CallId:
        self._serial += 1
        return CallId(f"{int(self._now().timestamp())}.{self._serial}")

    def _since(self, moment: datetime) -> float:
        return max((self._now() - moment).total_seconds(), 0.0)

    def _require_up(self) -> None:
        if not self._is_up:
            raise ExchangeGone

    def _require_reachable(self, extension: Extension) -> None:
        self._require_up()
        if extension not in self._reachable:
            raise NotDone("not_reachable", extension)
