"""A lead in an agent's call at a real Asterisk, with what each of the three telephones hears."""

import asyncio
from itertools import groupby

import pytest

from agent_desktop.softphone.policy import AutoAnswer, CallPolicy
from agent_server.switch.port import Answered, LegChanged, LegEnded, LegState, Monitoring, MonitoringChanged, Offered
from tests.exchange_promises import FIRST, LEAD, SERVICE, World
from tests.lab.agents import Agents
from tests.lab.asterisk import HOLD_HZ, Asterisk
from tests.lab.test_exchange_promises import LabWorld
from tests.softphone.stations import Station
from tests.softphone.tones import lasting

AGENT_HZ, LEAD_HZ, CUSTOMER_HZ = 440, 740, 1040
HOLD = round(HOLD_HZ)


def heard(agents: Agents, user: str) -> list[tuple[int, ...]]:
    """What was heard for a second at least, each once in a row, without what is heard between calls and before one is
    answered."""
    found = lasting(agents.heard_by(user), AGENT_HZ, LEAD_HZ, CUSTOMER_HZ, HOLD)
    return [chord for chord, _ in groupby(chord for chord in found if chord not in ((), (HOLD,)))]


@pytest.fixture
def customer(agents: Agents) -> Station:
    return agents.sign_in("9001", says_hz=CUSTOMER_HZ)


@pytest.fixture
def world(asterisk: Asterisk, agents: Agents) -> LabWorld:
    stations = {FIRST: agents.sign_in(FIRST, says_hz=AGENT_HZ), LEAD: agents.sign_in(LEAD, says_hz=LEAD_HZ)}
    stations[LEAD].phone.set_policy(CallPolicy(auto_answer=AutoAnswer.ALWAYS, zip_tone=False))
    return LabWorld(asterisk, agents, stations)


async def talks(world: World, customer: Station) -> None:
    """The customer with the agent, through a queue."""
    await world.exchange.seat(FIRST, {SERVICE: 0})
    customer.phone.dial("4000")
    await world.told(Offered)
    await world.answers(FIRST)
    await world.told(Answered)


async def lets_in(world: World, how: Monitoring) -> None:
    await world.exchange.monitor(LEAD, FIRST, how)
    await world.told(MonitoringChanged, lambda one: one.how is how)


def test_listen_whisper_barge_takeover_are_heard(agents: Agents, world: LabWorld, customer: Station) -> None:
    async def story(world: World) -> None:
        await talks(world, customer)
        await asyncio.to_thread(agents.talk, 1.7)
        for how in (Monitoring.LISTEN, Monitoring.WHISPER, Monitoring.BARGE):
            await lets_in(world, how)
            await asyncio.to_thread(agents.talk, 2.7)
        await world.exchange.take_over(LEAD, FIRST)
        await world.told(LegEnded, lambda one: one.extension == FIRST)
        await world.told(LegChanged, lambda one: one.leg.extension == LEAD and one.leg.state is LegState.UP)
        await asyncio.to_thread(agents.talk, 2.7)

    asyncio.run(world.keep(story))
    assert heard(agents, "9001") == [(AGENT_HZ,), (AGENT_HZ, LEAD_HZ), (LEAD_HZ,)]
    assert heard(agents, FIRST) == [(CUSTOMER_HZ,), (LEAD_HZ, CUSTOMER_HZ)]
    both = (AGENT_HZ, CUSTOMER_HZ)
    assert [heard(agents, each) for each in (LEAD, f"{LEAD}-2", f"{LEAD}-3")] == [
        [both],
        [both],
        [both, (CUSTOMER_HZ,)],
    ], "each way of being in the call is a call of the lead's telephone, taken over from the last"
