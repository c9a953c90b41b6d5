"""Keeps the exchange as agents want it: who is ready is offered callers, who is not is paused, who left is in no queue.

The server owns what is wanted, the exchange confirms it. A difference is mended at once, told when it lasts, and
flagged when it cannot be mended.
"""

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from agent_model.agent import AgentState, QueueId, StateEntry
from agent_model.confirmation import Agreement, Confirmed
from agent_server.switch.port import (
    Exchange,
    ExchangeEvent,
    ExchangeGone,
    Extension,
    Lost,
    Member,
    MemberChanged,
    MemberGone,
    NotDone,
    Registered,
    Resynced,
)

log = logging.getLogger("agent_server.floor")

LOOK_EVERY_S: Final = 0.25
SHOWN_AFTER_S: Final = 1.0
"""So long the exchange may take to confirm a change before anybody is told that it has not."""
FLAGGED_AFTER_S: Final = 8.0
MEND_EVERY_S: Final = 1.0
LOOK_WHOLE_EVERY_S: Final = 30.0
"""An event may be lost: the whole state is compared now and then."""

REASONS: Final[Mapping[AgentState, str]] = {
    AgentState.ON_CALL: "on_call",
    AgentState.AFTER_CALL_WORK: "after_call_work",
    AgentState.BREAK: "break",
}
"""Why the exchange does not offer callers. Whoever is on a call is paused too: else the next caller would be offered
between its end and the work after it."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where an agent sits at the exchange: the extension, and the queues with their penalties."""

    extension: Extension
    penalties: Mapping[QueueId, int]


@dataclass(frozen=True, slots=True)
class Standing:
    """How somebody stands at the exchange. `reason` None: callers are offered."""

    queues: frozenset[tuple[QueueId, int]] = frozenset()
    reason: str | None = None


def wanted(entry: StateEntry, place: Place) -> Standing:
    """How the exchange has to have somebody who is in a state."""
    if entry.state is AgentState.OFFLINE:
        return Standing()
    reason = None if entry.state is AgentState.READY else entry.reason or REASONS[entry.state]
    return Standing(frozenset(place.penalties.items()), reason)


@dataclass(slots=True)
class _Kept:
    place: Place
    wanted: Standing
    differs_since: float | None = None
    mended_at: float | None = None
    is_doing: bool = False
    why: str = ""
    told: Confirmed | None = None


class Keeping:
    """For one exchange. `told` hears each time that an agreement is another."""

    def __init__(self, exchange: Exchange, told: Callable[[Confirmed], Awaitable[None]]) -> None:
        self._exchange, self._told = exchange, told
        self._kept: dict[str, _Kept] = {}
        self._members: dict[tuple[QueueId, Extension], Member] = {}
        self._registered: set[Extension] = set()
        self._is_reached = False
        self._tasks: set[asyncio.Task[None]] = set()
        self._stirred = asyncio.Event()

    def want(self, agent: str, entry: StateEntry, place: Place | None) -> None:
        """From now on; None: the agent sits at no extension of this exchange."""
        if place is None:
            self._kept.pop(agent, None)
            return
        standing, before = wanted(entry, place), self._kept.get(agent)
        if before is None or before.place.extension != place.extension:
            self._kept[agent] = _Kept(place, standing)
        elif (before.place, before.wanted) != (place, standing):
            before.place, before.wanted = place, standing
            before.differs_since = before.mended_at = None
            before.why = ""
        self._stirred.set()

    async def hear(self, event: ExchangeEvent) -> None:
        match event:
            case Resynced():
                self._is_reached = True
                self._take(event.snapshot.members)
                self._registered = set(event.snapshot.registered)
            case Lost():
                self._is_reached = False
            case MemberChanged():
                self._members[event.member.queue, event.member.extension] = event.member
            case MemberGone():
                self._members.pop((event.queue, event.extension), None)
            case Registered():
                (self._registered.add if event.is_reachable else self._registered.discard)(event.extension)
            case _:
                return
        self._stirred.set()

    async def run(self) -> None:
        """Compares, mends and tells until cancelled."""
        loop = asyncio.get_running_loop()
        looked_at = loop.time()
        try:
            while True:
                with contextlib.suppress(TimeoutError):
                    async with asyncio.timeout(LOOK_EVERY_S):
                        await self._stirred.wait()
                self._stirred.clear()
                if self._is_reached and loop.time() - looked_at >= LOOK_WHOLE_EVERY_S:
                    looked_at = loop.time()
                    with contextlib.suppress(ExchangeGone, NotDone):
                        self._take((await self._exchange.snapshot()).members)
                for agent, kept in tuple(self._kept.items()):
                    await self._look_at(agent, kept, loop.time())
        finally:
            for task in self._tasks:
                task.cancel()
            await asyncio.gather(*self._tasks, return_exceptions=True)

    def _take(self, members: Iterable[Member]) -> None:
        self._members = {(one.queue, one.extension): one for one in members}

    async def _look_at(self, agent: str, kept: _Kept, now: float) -> None:
        is_kept = self._agrees(kept)
        if not self._is_reached or is_kept:
            kept.differs_since = kept.mended_at = None
            kept.why = ""
        else:
            kept.differs_since = kept.differs_since if kept.differs_since is not None else now
            self._mend(kept, now)
        confirmed = Confirmed(agent, self._agreement(kept, now), kept.place.extension in self._registered, kept.why)
        is_fresh = kept.differs_since is not None and now - kept.differs_since < SHOWN_AFTER_S
        if confirmed != kept.told and not is_fresh:
            kept.told = confirmed
            await self._told(confirmed)

    def _agreement(self, kept: _Kept, now: float) -> Agreement:
        if not self._is_reached:
            return Agreement.UNKNOWN
        if kept.differs_since is None:
            return Agreement.KEPT
        return Agreement.FLAGGED if now - kept.differs_since >= FLAGGED_AFTER_S else Agreement.DIFFERS

    def _agrees(self, kept: _Kept) -> bool:
        own = [one for one in self._members.values() if one.extension == kept.place.extension]
        seated = frozenset((one.queue, one.penalty) for one in own if not one.is_fixed)
        fixed = {one.queue for one in own if one.is_fixed}
        if {one for one in kept.wanted.queues if one[0] not in fixed} != set(seated):
            return False
        return all((one.reason if one.is_paused else None) == self._reason(kept, one) for one in own)

    @staticmethod
    def _reason(kept: _Kept, member: Member) -> str | None:
        """Where somebody is fixed in a queue, having gone home is a pause."""
        return "offline" if member.is_fixed and not kept.wanted.queues else kept.wanted.reason

    def _mend(self, kept: _Kept, now: float) -> None:
        is_soon = kept.mended_at is not None and now - kept.mended_at < MEND_EVERY_S
        if kept.is_doing or is_soon:
            return
        kept.is_doing, kept.mended_at = True, now
        task = asyncio.get_running_loop().create_task(self._do(kept))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _do(self, kept: _Kept) -> None:
        """Paused before anybody is seated, unpaused after: no caller is offered in between."""
        extension, standing = kept.place.extension, kept.wanted
        own = [one for one in self._members.values() if one.extension == extension]
        try:
            if own and not standing.queues and any(one.is_fixed and not one.is_paused for one in own):
                await self._exchange.pause(extension, "offline")
            elif own and standing.reason is not None:
                await self._exchange.pause(extension, standing.reason)
            await self._exchange.seat(extension, dict(standing.queues))
            if standing.queues and standing.reason is not None:
                await self._exchange.pause(extension, standing.reason)
            elif standing.queues:
                await self._exchange.unpause(extension)
            kept.why = ""
        except NotDone as error:
            log.info("%s could not be seated: %s", extension, error)
            kept.why = error.why
        except ExchangeGone:
            pass
        finally:
            kept.is_doing = False
            self._stirred.set()
