"""The simulated exchange keeps what every exchange adapter keeps."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from typing import TypeVar

import pytest

from agent_model.agent import QueueId
from agent_server.switch.port import CallId, ExchangeEvent, Extension
from agent_server.switch.simulated import QueueRule, SimulatedExchange
from tests.exchange_promises import FIRST, LEAD, SALES, SECOND, SERVICE, TRANSFER_PROMISES, TransferPromise

E = TypeVar("E", bound=ExchangeEvent)
RINGS = QueueRule(ring_s=15.0)


def _any(_: ExchangeEvent) -> bool:
    return True


class SimulatedWorld:
    """Time stands still but where somebody lets it pass."""

    def __init__(self) -> None:
        self._now = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
        self.exchange = SimulatedExchange("main", {SERVICE: RINGS, SALES: RINGS}, lambda: self._now)
        self._heard: list[ExchangeEvent] = []
        for extension in (FIRST, SECOND, LEAD):
            self.exchange.comes(extension)

    async def told(self, kind: type[E], where: Callable[[E], bool] = _any) -> E:
        self.exchange.tick()
        self._heard += self.exchange.happened()
        for event in self._heard:
            if isinstance(event, kind) and where(event):
                self._heard.remove(event)
                return event
        raise TimeoutError(f"no such {kind.__name__} among {self._heard}")

    async def asks(self, queue: QueueId, *, priority: int = 0) -> CallId:
        self._now += timedelta(seconds=1)
        return self.exchange.asks(queue, "13812345678", priority=priority)

    async def gives_up(self, call: CallId) -> None:
        self.exchange.gives_up(call)

    async def answers(self, extension: Extension) -> None:
        self.exchange.answers(extension)

    async def refuses(self, extension: Extension) -> None:
        self.exchange.refuses(extension)

    async def lets_ring(self, extension: Extension) -> None:  # noqa: ARG002 - it is the only one that rings
        self._now += timedelta(seconds=RINGS.ring_s)
        self.exchange.tick()

    async def holds(self, extension: Extension) -> None:
        self.exchange.holds(extension)

    async def hangs_up(self, extension: Extension) -> None:
        self.exchange.hangs_up(extension)

    async def transfers(self, extension: Extension, to: Extension) -> None:
        self.exchange.transfers(extension, to)

    @asynccontextmanager
    async def gone(self) -> AsyncIterator[None]:
        with self.exchange.gone():
            yield


@pytest.mark.parametrize("promise", TRANSFER_PROMISES, ids=lambda promise: promise.__name__)
def test_simulated_exchange_keeps_the_promise(promise: TransferPromise) -> None:
    asyncio.run(promise(SimulatedWorld()))
