"""Callers and colleagues of the demonstration: queues fill and empty, and what is told of them adds up."""

import asyncio
from datetime import UTC, datetime, timedelta

from agent_model.agent import QueueId
from agent_server.floor.waiting import WaitingCallers
from agent_server.switch.port import Answered, Asked, ExchangeEvent, Extension, GaveUp, Offered
from agent_server.switch.simulated import QueueRule, SimulatedExchange
from agent_server.switch.traffic import COLLEAGUES, Traffic

QUEUES = [QueueId("sales"), QueueId("service")]


async def _morning(seed: int, minutes: int) -> tuple[list[ExchangeEvent], WaitingCallers, SimulatedExchange]:
    at = [datetime(2026, 11, 23, 1, 0, tzinfo=UTC)]
    exchange = SimulatedExchange("simulated", dict.fromkeys(QUEUES, QueueRule()), lambda: at[0])
    traffic = Traffic(exchange, QUEUES, seed, lambda: at[0])
    callers = WaitingCallers()
    for line in QUEUES:
        for number in range(COLLEAGUES):
            exchange.comes(Extension(f"{line}~{number}"))
            await exchange.seat(Extension(f"{line}~{number}"), {line: 0})
    heard: list[ExchangeEvent] = []
    for _ in range(minutes * 60):
        at[0] += timedelta(seconds=1)
        exchange.tick()
        await traffic.step()
        for event in exchange.happened():
            heard.append(event)
            callers.hear(exchange.name, event)
    return heard, callers, exchange


def test_the_same_seed_gives_the_same_morning() -> None:
    first, second = (asyncio.run(_morning(7, 10))[0] for _ in range(2))
    assert [type(one) for one in first] == [type(one) for one in second]
    assert {Asked, Offered, Answered} <= {type(one) for one in first}


def test_nobody_is_lost_between_asking_and_an_answer() -> None:
    heard, callers, exchange = asyncio.run(_morning(7, 30))
    asked, done = ({one.call for one in heard if isinstance(one, kinds)} for kinds in ((Asked,), (Answered, GaveUp)))
    waiting = {one.call for one in asyncio.run(exchange.snapshot()).waiting}
    assert asked == done | waiting
    assert sum(len(callers.since(queue)) for queue in QUEUES) == len(waiting)
