"""A real Asterisk, driven through our adapter, keeps what every exchange adapter keeps."""

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import TypeVar

import pytest

from agent_desktop.softphone.call import CallId as PhoneCallId
from agent_desktop.softphone.call import CallState
from agent_desktop.softphone.policy import AutoAnswer, CallPolicy
from agent_model.agent import QueueId
from agent_server.switch.asterisk import AsteriskExchange, AsteriskSettings
from agent_server.switch.port import Asked, CallId, ExchangeEvent, Extension, GaveUp, Overflowed, Resynced
from tests.exchange_promises import FIRST, LEAD, SALES, SECOND, SERVICE, TRANSFER_PROMISES, TransferPromise, World
from tests.lab.agents import Agents
from tests.lab.ami import Manager
from tests.lab.asterisk import Asterisk
from tests.softphone.stations import Station

E = TypeVar("E", bound=ExchangeEvent)
NUMBERS = {SERVICE: "4000", SALES: "4010"}
PATIENCE_S = 25.0


def _any(_: ExchangeEvent) -> bool:
    return True


class LabWorld:
    """Our phones at a real exchange; a lead's answers by itself."""

    def __init__(self, asterisk: Asterisk, agents: Agents, stations: dict[Extension, Station]) -> None:
        self._asterisk, self._agents, self._stations = asterisk, agents, stations
        settings = AsteriskSettings("lab", "127.0.0.1", asterisk.ami_port, "desk", "desk-secret")
        self.exchange = AsteriskExchange(settings, lambda: datetime.now(UTC))
        self._heard: list[ExchangeEvent] = []
        self._known: set[CallId] = set()
        self._news = asyncio.Condition()

    async def told(self, kind: type[E], where: Callable[[E], bool] = _any) -> E:
        event = await self._found(kind, where)
        self._heard.remove(event)
        return event

    async def asks(self, queue: QueueId, *, priority: int = 0) -> CallId:
        facts = {"QUEUE_PRIO": str(priority)} if priority else {}
        await asyncio.to_thread(self._asterisk.customer_calls, NUMBERS[queue], facts=facts)
        asked = await self._found(Asked, lambda one: one.call not in self._known)
        self._known.add(asked.call)
        return asked.call

    def heard_of(self, kind: type[ExchangeEvent]) -> int:
        return sum(isinstance(one, kind) for one in self._heard)

    async def asks_for_a_second(self) -> None:
        """And goes on to something else."""
        await asyncio.to_thread(self._asterisk.customer_calls, "4040")

    async def gives_up(self, call: CallId) -> None:  # noqa: ARG002 - it is the only caller
        def hang_up() -> None:
            with Manager(self._asterisk.ami_port, with_events=False) as manager:
                manager.ask("Hangup", Channel="/^Local\\/4.*;1$/")

        await asyncio.to_thread(hang_up)

    async def answers(self, extension: Extension) -> None:
        def answer() -> None:
            station = self._stations[extension]
            station.phone.answer(self._rings(station))

        await asyncio.to_thread(answer)

    async def refuses(self, extension: Extension) -> None:
        def decline() -> None:
            station = self._stations[extension]
            station.phone.decline(self._rings(station))

        await asyncio.to_thread(decline)

    async def lets_ring(self, extension: Extension) -> None:
        """The exchange tries the next by itself."""

    async def holds(self, extension: Extension) -> None:
        def hold() -> None:
            station = self._stations[extension]
            station.phone.hold(self._talks(station))
            self._agents.until(lambda: any(one.held_here for one in station.phone.snapshot().calls))

        await asyncio.to_thread(hold)

    async def hangs_up(self, extension: Extension) -> None:
        def hang_up() -> None:
            station = self._stations[extension]
            station.phone.hang_up(self._talks(station))

        await asyncio.to_thread(hang_up)

    async def transfers(self, extension: Extension, to: Extension) -> None:
        def transfer() -> None:
            station = self._stations[extension]
            talks = self._talks(station)
            self._asterisk.until_talks(extension)
            station.phone.transfer(talks, to)

        await asyncio.to_thread(transfer)

    @asynccontextmanager
    async def gone(self) -> AsyncIterator[None]:
        """Like a host behind a dead line: nothing is answered, nothing is cut."""
        self._asterisk.freeze()
        try:
            yield
        finally:
            self._asterisk.thaw()

    async def keep(self, promise: TransferPromise) -> None:
        running = asyncio.get_running_loop().create_task(self.exchange.run(self._hear))
        try:
            await self._found(Resynced, _any)
            await promise(self)
        finally:
            running.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await running

    def _rings(self, station: Station) -> PhoneCallId:
        """What rang for an earlier call and was not read yet, rings no more."""
        self._agents.catch_up()
        return self._agents.rings(station).id

    def _talks(self, station: Station) -> PhoneCallId:
        self._agents.catch_up()
        self._agents.until(lambda: any(one.state is CallState.CONNECTED for one in station.phone.snapshot().calls))
        return next(one.id for one in station.phone.snapshot().calls if one.state is CallState.CONNECTED)

    async def _hear(self, event: ExchangeEvent) -> None:
        async with self._news:
            self._heard.append(event)
            self._news.notify_all()

    async def _found(self, kind: type[E], where: Callable[[E], bool]) -> E:
        def found() -> E | None:
            return next((one for one in self._heard if isinstance(one, kind) and where(one)), None)

        async with self._news:
            try:
                async with asyncio.timeout(PATIENCE_S):
                    await self._news.wait_for(lambda: found() is not None)
            except TimeoutError as late:
                raise TimeoutError(f"no such {kind.__name__} among {self._heard}") from late
            event = found()
            assert event is not None
            return event


@pytest.fixture(scope="module")
def floor(
    exchange: Asterisk, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Agents, dict[Extension, Station]]]:
    with Agents(exchange, tmp_path_factory.mktemp("floor")) as agents:
        stations = {extension: agents.sign_in(extension) for extension in (FIRST, SECOND, LEAD)}
        stations[LEAD].phone.set_policy(CallPolicy(auto_answer=AutoAnswer.ALWAYS))
        yield agents, stations


@pytest.mark.parametrize("promise", TRANSFER_PROMISES, ids=lambda promise: promise.__name__)
def test_asterisk_keeps_the_promise(
    asterisk: Asterisk,
    floor: tuple[Agents, dict[Extension, Station]],
    promise: TransferPromise,
    caplog: pytest.LogCaptureFixture,
) -> None:
    agents, stations = floor

    async def keep() -> None:
        await LabWorld(asterisk, agents, stations).keep(promise)

    agents.catch_up()
    agents.until(lambda: all(one.is_over for phone in stations.values() for one in phone.phone.snapshot().calls))
    asyncio.run(keep())
    said = [record.getMessage() for record in caplog.records if record.levelno >= logging.WARNING]
    assert all("is not reached: the connection was lost" in one for one in said)
    caplog.clear()


def test_who_waits_too_long_has_not_given_up(
    asterisk: Asterisk, floor: tuple[Agents, dict[Extension, Station]]
) -> None:
    world = LabWorld(asterisk, *floor)

    async def story(_: World) -> None:
        await world.asks_for_a_second()
        await world.told(Asked)
        await world.exchange.seat(FIRST, {SERVICE: 0})
        overflowed = await world.told(Overflowed)
        assert overflowed.queue == SERVICE
        assert overflowed.waited_s == pytest.approx(1.0, abs=0.7)
        await world.gives_up(overflowed.call)
        assert world.heard_of(GaveUp) == 0

    asyncio.run(world.keep(story))
