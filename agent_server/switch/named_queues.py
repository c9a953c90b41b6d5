"""An exchange whose queues have other names than the site's: translates both ways."""

from collections.abc import Mapping
from dataclasses import replace

from agent_model.agent import QueueId
from agent_server.switch.port import (
    Answered,
    Asked,
    CallId,
    Exchange,
    ExchangeEvent,
    Extension,
    GaveUp,
    LegChanged,
    LegEnded,
    MemberChanged,
    MemberGone,
    Monitoring,
    Offered,
    Overflowed,
    RangOut,
    Resynced,
    Snapshot,
    Told,
    Transferred,
)


class NamedQueues:
    """`names` are what the exchange calls queues of the site; one that is not among them has the same name there."""

    def __init__(self, exchange: Exchange, names: Mapping[str, str]) -> None:
        self._exchange = exchange
        self._theirs = {QueueId(ours): QueueId(theirs) for ours, theirs in names.items()}
        self._ours = {theirs: ours for ours, theirs in self._theirs.items()}

    @property
    def name(self) -> str:
        return self._exchange.name

    async def run(self, told: Told) -> None:
        async def tell(event: ExchangeEvent) -> None:
            await told(self.named(event))

        await self._exchange.run(tell)

    async def snapshot(self) -> Snapshot:
        return self._shot(await self._exchange.snapshot())

    async def seat(self, extension: Extension, penalties: Mapping[QueueId, int]) -> None:
        theirs = {self._theirs.get(queue, queue): penalty for queue, penalty in penalties.items()}
        await self._exchange.seat(extension, theirs)

    async def pause(self, extension: Extension, reason: str) -> None:
        await self._exchange.pause(extension, reason)

    async def unpause(self, extension: Extension) -> None:
        await self._exchange.unpause(extension)

    async def call(self, extension: Extension, number: str, shown: str = "") -> CallId:
        return await self._exchange.call(extension, number, shown)

    async def hang_up(self, extension: Extension, call: CallId) -> None:
        await self._exchange.hang_up(extension, call)

    async def monitor(self, lead: Extension, extension: Extension, how: Monitoring, reference: str = "") -> None:
        await self._exchange.monitor(lead, extension, how, reference)

    async def leave(self, lead: Extension) -> None:
        await self._exchange.leave(lead)

    async def take_over(self, lead: Extension, extension: Extension) -> None:
        await self._exchange.take_over(lead, extension)

    def named(self, event: ExchangeEvent) -> ExchangeEvent:
        """As the site calls its queues."""
        match event:
            case Asked() | Offered() | RangOut() | Answered() | GaveUp() | Overflowed() | MemberGone():
                return replace(event, queue=self._queue(event.queue))
            case LegEnded() | Transferred():
                return replace(event, queue=self._optional(event.queue))
            case LegChanged():
                return replace(event, leg=replace(event.leg, queue=self._optional(event.leg.queue)))
            case MemberChanged():
                return replace(event, member=replace(event.member, queue=self._queue(event.member.queue)))
            case Resynced():
                return replace(event, snapshot=self._shot(event.snapshot))
            case _:
                return event

    def _shot(self, shot: Snapshot) -> Snapshot:
        return replace(
            shot,
            members=tuple(replace(one, queue=self._queue(one.queue)) for one in shot.members),
            waiting=tuple(replace(one, queue=self._queue(one.queue)) for one in shot.waiting),
            legs=tuple(replace(one, queue=self._optional(one.queue)) for one in shot.legs),
        )

    def _queue(self, theirs: QueueId) -> QueueId:
        return self._ours.get(theirs, theirs)

    def _optional(self, theirs: QueueId | None) -> QueueId | None:
        return None if theirs is None else self._queue(theirs)
