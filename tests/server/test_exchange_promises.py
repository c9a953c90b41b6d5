"""The simulated exchange keeps what every exchange adapter keeps."""

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from typing import TypeVar

import pytest

from agent_model.agent import QueueId
from agent_server.switch.named_queues import NamedQueues
from agent_server.switch.port import CallId, Exchange, ExchangeEvent, Extension
from agent_server.switch.simulated import QueueRule, SimulatedExchange
from tests.exchange_promises import FIRST, LEAD, SALES, SECOND, SERVICE, TRANSFER_PROMISES, TransferPromise

E = TypeVar("E", bound=ExchangeEvent)
RINGS = QueueRule(ring_s=15.0)
SAME = {SERVICE: SERVICE, SALES: SALES}
THEIRS = {SERVICE: QueueId("kf-service"), SALES: QueueId("xs-sales")}


def _any(_: ExchangeEvent) -> bool:
    return True


class SimulatedWorld:
    """Time stands still but where somebody lets it pass. `names` are what the exchange calls the queues."""

    def __init__(self, names: Mapping[QueueId, QueueId] = SAME) -> None:
        self._now = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
        self._names = names
        self._behind = SimulatedExchange("main", dict.fromkeys(names.values(), RINGS), lambda: self._now)
        self.exchange: Exchange = (
            self._behind
            if names == SAME
            else NamedQueues(self._behind, {str(ours): str(theirs) for ours, theirs in names.items()})
        )
        self._heard: list[ExchangeEvent] = []
        for extension in (FIRST, SECOND, LEAD):
            self._behind.comes(extension)

    async def told(self, kind: type[E], where: Callable[[E], bool] = _any) -> E:
        self._behind.tick()
        self._heard += [self._named(event) for event in self._behind.happened()]
        for event in self._heard:
            if isinstance(event, kind) and where(event):
                self._heard.remove(event)
                return event
        raise TimeoutError(f"no such {kind.__name__} among {self._heard}")

    def _named(self, event: ExchangeEvent) -> ExchangeEvent:
        return self.exchange.named(event) if isinstance(self.exchange, NamedQueues) else event

    async def asks(self, queue: QueueId, *, priority: int = 0) -> CallId:
        self._now += timedelta(seconds=1)
        return self._behind.asks(self._names[queue], "13812345678", priority=priority)

    async def gives_up(self, call: CallId) -> None:
        self._behind.gives_up(call)

    async def answers(self, extension: Extension) -> None:
        self._behind.answers(extension)

    async def refuses(self, extension: Extension) -> None:
        self._behind.refuses(extension)

    async def lets_ring(self, extension: Extension) -> None:  # noqa: ARG002 - it is the only one that rings
        self._now += timedelta(seconds=RINGS.ring_s)
        self._behind.tick()

    async def holds(self, extension: Extension) -> None:
        self._behind.holds(extension)

    async def hangs_up(self, extension: Extension) -> None:
        self._behind.hangs_up(extension)

    async def transfers(self, extension: Extension, to: Extension) -> None:
        self._behind.transfers(extension, to)

    @asynccontextmanager
    async def gone(self) -> AsyncIterator[None]:
        with self._behind.gone():
            yield


@pytest.mark.parametrize("promise", TRANSFER_PROMISES, ids=lambda promise: promise.__name__)
def test_simulated_exchange_keeps_the_promise(promise: TransferPromise) -> None:
    asyncio.run(promise(SimulatedWorld()))


@pytest.mark.parametrize("promise", TRANSFER_PROMISES, ids=lambda promise: promise.__name__)
def test_exchange_that_calls_its_queues_otherwise_keeps_the_promise(promise: TransferPromise) -> None:
    asyncio.run(promise(SimulatedWorld(THEIRS)))
