"""Keeps the exchange as agents want it: who is ready is offered callers, who is not is paused, who left is in no queue.

The server owns what is wanted, the exchange confirms it. A difference is mended at once, told when it lasts, and
flagged when it cannot be mended.
"""

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass, field
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
    reason_kept,
)

log = logging.getLogger("agent_server.floor")

LOOK_EVERY_S: Final = 0.25
SHOWN_AFTER_S: Final = 1.0
"""So long the exchange may take to confirm a change before anybody is told that it has not."""
FLAGGED_AFTER_S: Final = 8.0
MEND_EVERY_S: Final = 1.0
TAKEN: Final = "taken"
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
    """How somebody stands at the exchange. `reason` None: callers are offered. Where the exchange's own settings seat
    somebody, having gone home is a pause."""

    queues: frozenset[tuple[QueueId, int]] = frozenset()
    reason: str | None = None


NOBODY: Final = Standing(reason="offline")


def wanted(entry: StateEntry, place: Place) -> Standing:
    """How the exchange has to have somebody who is in a state."""
    if entry.state is AgentState.OFFLINE:
        return NOBODY
    reason = None if entry.state is AgentState.READY else reason_kept(entry.reason or REASONS[entry.state])
    return Standing(frozenset(place.penalties.items()), reason)


@dataclass(slots=True)
class _Desk:
    """A telephone, and the agents whose it is: one works there, the others have gone home or are told that they
    cannot."""

    extension: Extension
    claims: dict[str, tuple[StateEntry, Place]] = field(default_factory=dict)
    holder: str | None = None
    wanted: Standing = NOBODY
    differs_since: float | None = None
    mended_at: float | None = None
    is_doing: bool = False
    why: str = ""
    told: dict[str, Confirmed] = field(default_factory=dict)

    def settle(self) -> None:
        """Whoever signed in last has the telephone."""
        there = {agent: claim for agent, claim in self.claims.items() if claim[0].state is not AgentState.OFFLINE}
        if self.holder not in there:
            self.holder = max(there, key=lambda agent: there[agent][0].since, default=None)
        standing = wanted(*there[self.holder]) if self.holder is not None else NOBODY
        if standing != self.wanted:
            self.wanted = standing
            self.differs_since = self.mended_at = None
            self.why = ""


class Keeping:
    """For one exchange. `told` hears each time that an agreement is another."""

    def __init__(self, exchange: Exchange, told: Callable[[Confirmed], Awaitable[None]]) -> None:
        self._exchange, self._told = exchange, told
        self._desks: dict[Extension, _Desk] = {}
        self._sits: dict[str, Extension] = {}
        self._members: dict[Extension, dict[QueueId, Member]] = {}
        self._registered: set[Extension] = set()
        self._is_reached = False
        self._tasks: set[asyncio.Task[None]] = set()
        self._fresh: set[Extension] = set()
        """What has to be looked at."""
        self._stirred = asyncio.Event()

    def want(self, agent: str, entry: StateEntry, place: Place | None) -> None:
        """From now on; None: the agent sits at no extension of this exchange."""
        left = self._sits.pop(agent, None)
        if left is not None and (place is None or place.extension != left):
            desk = self._desks[left]
            desk.claims.pop(agent)
            desk.told.pop(agent, None)
            desk.settle()
            self._stir(left)
        if place is not None:
            desk = self._desks.setdefault(place.extension, _Desk(place.extension))
            is_coming = agent not in desk.claims or desk.claims[agent][0].state is AgentState.OFFLINE
            desk.claims[agent] = entry, place
            self._sits[agent] = place.extension
            if is_coming and entry.state is not AgentState.OFFLINE:
                desk.holder = None
            desk.settle()
            self._stir(place.extension)

    def holder_at(self, extension: Extension) -> str | None:
        """Of the agents whose telephone it is, who has it now."""
        desk = self._desks.get(extension)
        return desk.holder if desk is not None else None

    async def hear(self, event: ExchangeEvent) -> None:
        match event:
            case Resynced():
                self._is_reached = True
                self._registered = set(event.snapshot.registered)
                self._take(event.snapshot.members)
            case Lost():
                self._is_reached = False
                self._stir(*self._desks)
            case MemberChanged():
                self._members.setdefault(event.member.extension, {})[event.member.queue] = event.member
                self._stir(event.member.extension)
            case MemberGone():
                self._members.get(event.extension, {}).pop(event.queue, None)
                self._stir(event.extension)
            case Registered():
                (self._registered.add if event.is_reachable else self._registered.discard)(event.extension)
                self._stir(event.extension)
            case _:
                pass

    async def run(self) -> None:
        """Compares, mends and tells until cancelled."""
        loop = asyncio.get_running_loop()
        looked_at = loop.time()
        try:
            while True:
                with contextlib.suppress(TimeoutError):
                    async with asyncio.timeout(LOOK_EVERY_S):
                        await self._stirred.wait()
                if self._is_reached and loop.time() - looked_at >= LOOK_WHOLE_EVERY_S:
                    looked_at = loop.time()
                    with contextlib.suppress(ExchangeGone, NotDone):
                        self._take((await self._exchange.snapshot()).members)
                        self._clear()
                self._stirred.clear()
                differing = {desk.extension for desk in self._desks.values() if desk.differs_since is not None}
                fresh, self._fresh = self._fresh | differing, set()
                for extension in fresh:
                    if (desk := self._desks.get(extension)) is not None:
                        await self._look_at(desk, loop.time())
        finally:
            for task in self._tasks:
                task.cancel()
            await asyncio.gather(*self._tasks, return_exceptions=True)

    def _stir(self, *extensions: Extension) -> None:
        self._fresh.update(extensions)
        self._stirred.set()

    def _take(self, members: Iterable[Member]) -> None:
        self._members = {}
        for one in members:
            self._members.setdefault(one.extension, {})[one.queue] = one
        self._stir(*self._desks)

    def _clear(self) -> None:
        """Forgets telephones that nobody has any more and that are in no queue."""
        for desk in tuple(self._desks.values()):
            if not (desk.claims or desk.is_doing) and self._agrees(desk):
                del self._desks[desk.extension]

    async def _look_at(self, desk: _Desk, now: float) -> None:
        if not self._is_reached or self._agrees(desk):
            desk.differs_since = desk.mended_at = None
            desk.why = ""
        else:
            desk.differs_since = desk.differs_since if desk.differs_since is not None else now
            self._mend(desk, now)
        is_fresh = desk.differs_since is not None and now - desk.differs_since < SHOWN_AFTER_S
        for confirmed in [self._confirmed(desk, agent, now) for agent in desk.claims]:
            is_due = not is_fresh or confirmed.why == TAKEN
            if is_due and confirmed != desk.told.get(confirmed.agent):
                desk.told[confirmed.agent] = confirmed
                await self._told(confirmed)

    def _confirmed(self, desk: _Desk, agent: str, now: float) -> Confirmed:
        is_reachable, (entry, _) = desk.extension in self._registered, desk.claims[agent]
        is_taken = desk.holder not in (None, agent)
        if is_taken and entry.state is not AgentState.OFFLINE:
            return Confirmed(agent, Agreement.FLAGGED, is_reachable, TAKEN)
        if not self._is_reached:
            return Confirmed(agent, Agreement.UNKNOWN, is_reachable)
        if desk.differs_since is None or is_taken:
            return Confirmed(agent, Agreement.KEPT, is_reachable)
        is_late = now - desk.differs_since >= FLAGGED_AFTER_S
        return Confirmed(agent, Agreement.FLAGGED if is_late else Agreement.DIFFERS, is_reachable, desk.why)

    def _agrees(self, desk: _Desk) -> bool:
        own = self._members.get(desk.extension, {}).values()
        seated = {(one.queue, one.penalty) for one in own if not one.is_fixed}
        fixed = {one.queue for one in own if one.is_fixed}
        if {one for one in desk.wanted.queues if one[0] not in fixed} != seated:
            return False
        return all((one.reason if one.is_paused else None) == desk.wanted.reason for one in own)

    def _mend(self, desk: _Desk, now: float) -> None:
        is_soon = desk.mended_at is not None and now - desk.mended_at < MEND_EVERY_S
        if desk.is_doing or is_soon:
            return
        desk.is_doing, desk.mended_at = True, now
        task = asyncio.get_running_loop().create_task(self._do(desk))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _do(self, desk: _Desk) -> None:
        why = ""
        try:
            why = await self._bring(desk.extension, desk.wanted)
        except NotDone as error:
            why = error.why
            log.info("%s could not be seated: %s", desk.extension, error)
        except ExchangeGone:
            pass
        finally:
            desk.is_doing, desk.why = False, why
            self._stir(desk.extension)

    async def _bring(self, extension: Extension, standing: Standing) -> str:
        """Why not all of it was done. Paused before anybody is seated, unpaused after: no caller is offered in between.
        A queue that the exchange does not have keeps nobody out of the others."""
        own = self._members.get(extension, {}).values()
        is_fixed = any(one.is_fixed for one in own)
        if standing.reason is not None and (is_fixed or (own and standing.queues)):
            await self._exchange.pause(extension, standing.reason)
        why = ""
        try:
            await self._exchange.seat(extension, dict(standing.queues))
        except NotDone as error:
            if error.why != "no_such_queue":
                raise
            why = error.why
            log.info("%s could not be seated: %s", extension, error)
        if standing.queues or is_fixed:
            try:
                await (
                    self._exchange.unpause(extension)
                    if standing.reason is None
                    else self._exchange.pause(extension, standing.reason)
                )
            except NotDone as error:
                raise error if not why else NotDone(why, error.said) from error
        return why
