"""The exchange is as agents want it, and what differs is mended, told and flagged."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta

import pytest

from agent_model.agent import AgentState, QueueId, StateEntry
from agent_model.confirmation import Agreement, Confirmed
from agent_server.floor.keeping import Keeping, Place
from agent_server.switch.port import Exchange, Extension, Member
from agent_server.switch.simulated import QueueRule, SimulatedExchange

AT = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
SERVICE, SALES = QueueId("service"), QueueId("sales")
FIRST, SECOND = Extension("1001"), Extension("1002")
PLACE = Place(FIRST, {SERVICE: 0, SALES: 5})
READY = StateEntry(AgentState.READY, AT)


def _paused(queue: QueueId, penalty: int, reason: str) -> Member:
    return Member(FIRST, queue, penalty, is_paused=True, reason=reason)


class Floor:
    def __init__(self) -> None:
        self.exchange = SimulatedExchange("main", {SERVICE: QueueRule(), SALES: QueueRule()}, lambda: AT)
        self.exchange.comes(FIRST)
        self.heard: list[Confirmed] = []
        self.keeping = Keeping(self.exchange, self._hear)

    async def _hear(self, confirmed: Confirmed) -> None:
        self.heard.append(confirmed)

    def said_last(self, agreement: Agreement) -> bool:
        return bool(self.heard) and self.heard[-1].agreement is agreement

    async def members(self) -> set[Member]:
        return set((await self.exchange.snapshot()).members)

    async def until(self, fact: Callable[[], bool], within_s: float = 12.0) -> float:
        """How long it took."""
        loop = asyncio.get_running_loop()
        began = loop.time()
        while not fact():
            assert loop.time() - began < within_s, self.heard
            await asyncio.sleep(0.02)
        return loop.time() - began

    async def until_members(self, members: set[Member], within_s: float = 12.0) -> float:
        loop = asyncio.get_running_loop()
        began = loop.time()
        while (found := await self.members()) != members:
            assert loop.time() - began < within_s, found
            await asyncio.sleep(0.02)
        return loop.time() - began


@asynccontextmanager
async def running() -> AsyncIterator[Floor]:
    floor = Floor()
    exchange: Exchange = floor.exchange
    tasks = [asyncio.create_task(exchange.run(floor.keeping.hear)), asyncio.create_task(floor.keeping.run())]
    try:
        yield floor
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


@pytest.mark.parametrize(
    ("entry", "members"),
    [
        (READY, {Member(FIRST, SERVICE, 0), Member(FIRST, SALES, 5)}),
        (
            StateEntry(AgentState.BREAK, AT, "lunch"),
            {_paused(SERVICE, 0, "lunch"), _paused(SALES, 5, "lunch")},
        ),
        (
            StateEntry(AgentState.AFTER_CALL_WORK, AT),
            {_paused(SERVICE, 0, "after_call_work"), _paused(SALES, 5, "after_call_work")},
        ),
        (StateEntry(AgentState.OFFLINE, AT), set()),
    ],
    ids=["ready", "break", "after-call work", "offline"],
)
def test_state_reaches_the_exchange(entry: StateEntry, members: set[Member]) -> None:
    async def keep() -> None:
        async with running() as floor:
            floor.keeping.want("li.na", READY if entry.state is AgentState.OFFLINE else entry, PLACE)
            await floor.until(lambda: floor.said_last(Agreement.KEPT))
            floor.keeping.want("li.na", entry, PLACE)
            assert await floor.until_members(members) < 2

    asyncio.run(keep())


def test_drift_is_mended_within_seconds() -> None:
    async def keep() -> None:
        async with running() as floor:
            floor.keeping.want("li.na", READY, PLACE)
            await floor.until_members({Member(FIRST, SERVICE, 0), Member(FIRST, SALES, 5)})
            await floor.exchange.pause(FIRST, "somebody at the console")
            await floor.exchange.seat(FIRST, {SALES: 1})
            assert await floor.until_members({Member(FIRST, SERVICE, 0), Member(FIRST, SALES, 5)}) < 2

    asyncio.run(keep())


def test_what_cannot_be_mended_is_shown_and_then_flagged_with_why() -> None:
    async def keep() -> None:
        async with running() as floor:
            floor.keeping.want("li.na", READY, Place(FIRST, {QueueId("nowhere"): 0}))
            shown = await floor.until(lambda: any(one.agreement is Agreement.DIFFERS for one in floor.heard))
            flagged = await floor.until(lambda: any(one.agreement is Agreement.FLAGGED for one in floor.heard))
            assert shown < 2
            assert shown + flagged < 10
            assert floor.heard[-1].why == "no_such_queue"

    asyncio.run(keep())


def test_exchange_that_restarts_is_filled_again() -> None:
    async def keep() -> None:
        async with running() as floor:
            floor.keeping.want("li.na", StateEntry(AgentState.BREAK, AT, "lunch"), PLACE)
            paused = {_paused(SERVICE, 0, "lunch"), _paused(SALES, 5, "lunch")}
            await floor.until_members(paused)
            with floor.exchange.gone():
                await floor.until(lambda: floor.said_last(Agreement.UNKNOWN))
            floor.exchange.restarts()
            assert await floor.until_members(paused) < 3

    asyncio.run(keep())


def test_telephone_that_cannot_be_reached_is_told() -> None:
    async def keep() -> None:
        async with running() as floor:
            floor.keeping.want("li.na", READY, PLACE)
            await floor.until(lambda: bool(floor.heard) and floor.heard[-1].is_reachable)
            floor.exchange.goes(FIRST)
            await floor.until(lambda: not floor.heard[-1].is_reachable)

    asyncio.run(keep())


def test_queue_that_is_not_there_keeps_nobody_out_of_the_others() -> None:
    async def keep() -> None:
        async with running() as floor:
            floor.keeping.want("li.na", READY, Place(FIRST, {SERVICE: 0, QueueId("nowhere"): 0}))
            await floor.until_members({Member(FIRST, SERVICE, 0)})
            await floor.until(lambda: floor.said_last(Agreement.FLAGGED))
            assert floor.heard[-1].why == "no_such_queue"

    asyncio.run(keep())


def test_telephone_that_an_agent_leaves_for_another_is_in_no_queue() -> None:
    async def keep() -> None:
        async with running() as floor:
            floor.keeping.want("li.na", READY, PLACE)
            await floor.until_members({Member(FIRST, SERVICE, 0), Member(FIRST, SALES, 5)})
            floor.keeping.want("li.na", READY, Place(SECOND, {SERVICE: 0}))
            await floor.until_members({Member(SECOND, SERVICE, 0)})
            floor.keeping.want("li.na", READY, None)
            await floor.until_members(set())

    asyncio.run(keep())


def test_of_two_agents_at_one_telephone_who_came_last_works_there_and_the_other_is_told() -> None:
    async def keep() -> None:
        async with running() as floor:
            floor.keeping.want("wang.wei", StateEntry(AgentState.OFFLINE, AT), PLACE)
            floor.keeping.want("li.na", READY, PLACE)
            await floor.until_members({Member(FIRST, SERVICE, 0), Member(FIRST, SALES, 5)})
            later = StateEntry(AgentState.BREAK, AT + timedelta(seconds=1), "lunch")
            floor.keeping.want("wang.wei", later, PLACE)
            await floor.until_members({_paused(SERVICE, 0, "lunch"), _paused(SALES, 5, "lunch")})
            taken = Confirmed("li.na", Agreement.FLAGGED, is_reachable=True, why="taken")
            await floor.until(lambda: taken in floor.heard)
            floor.keeping.want("wang.wei", StateEntry(AgentState.OFFLINE, AT + timedelta(seconds=2)), PLACE)
            await floor.until_members({Member(FIRST, SERVICE, 0), Member(FIRST, SALES, 5)})
            await floor.until(lambda: Confirmed("li.na", Agreement.KEPT, is_reachable=True) == floor.heard[-1])

    asyncio.run(keep())


def test_reason_that_no_exchange_keeps_whole_is_kept_as_far_as_it_goes() -> None:
    async def keep() -> None:
        async with running() as floor:
            floor.keeping.want(
                "li.na", StateEntry(AgentState.BREAK, AT, "小休" * 40 + "\n"), Place(FIRST, {SERVICE: 0})
            )
            await floor.until_members({_paused(SERVICE, 0, "小休" * 10)})
            await floor.until(lambda: floor.said_last(Agreement.KEPT))

    asyncio.run(keep())
