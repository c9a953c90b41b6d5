"""Three that hear each other: the agent's phone mixes a customer and a colleague who come through the exchange."""

from dataclasses import dataclass

import pytest

from agent_desktop.softphone.call import CallId, CallState, EndReason
from tests.lab.agents import Agents
from tests.lab.asterisk import HOLD_HZ, Asterisk
from tests.softphone.stations import Station
from tests.softphone.tones import lasting

AGENT_HZ, COLLEAGUE_HZ, CUSTOMER_HZ = 440, 740, 1040
HOLD = round(HOLD_HZ)


def heard(agents: Agents, user: str) -> list[tuple[int, ...]]:
    return lasting(agents.heard_by(user), AGENT_HZ, COLLEAGUE_HZ, CUSTOMER_HZ, HOLD)


@dataclass(frozen=True, slots=True)
class Three:
    """`first` and `second` are the agent's calls with the customer and the colleague, all three in conference."""

    agent: Station
    colleague: Station
    customer: Station
    first: CallId
    second: CallId


@pytest.fixture
def three(asterisk: Asterisk, agents: Agents) -> Three:
    agent = agents.sign_in("1001", says_hz=AGENT_HZ)
    colleague = agents.sign_in("1002", says_hz=COLLEAGUE_HZ)
    customer = agents.sign_in("9001", says_hz=CUSTOMER_HZ)
    customer.phone.dial("41001")
    first = agents.answer(agent).id
    second = agent.phone.consult(first, "1002")
    agents.answer(colleague)
    agents.until(lambda: agent.call(second).is_talking and agent.call(first).held_here)
    agents.talk(1.7)
    agent.phone.join(first, second)
    agents.until(lambda: all(agent.call(each).is_in_conference for each in (first, second)))
    agents.until(lambda: all(agent.call(each).is_talking for each in (first, second)))
    return Three(agent, colleague, customer, first, second)


def test_all_three_hear_each_other_and_a_muted_agent_is_silent_to_both(
    asterisk: Asterisk, agents: Agents, three: Three
) -> None:
    agents.talk(2.2)
    three.agent.phone.mute(three.first)
    agents.until(lambda: three.agent.call(three.second).muted)
    agents.talk(2.2)
    assert len(asterisk.channels()) == 4
    for each in (three.first, three.second):
        three.agent.phone.hang_up(each)
    agents.until(lambda: not three.customer.phone.snapshot().calls and not three.colleague.phone.snapshot().calls)
    asterisk.until_no_channels()
    assert heard(agents, "1001") == [(COLLEAGUE_HZ,), (COLLEAGUE_HZ, CUSTOMER_HZ)]
    assert heard(agents, "9001")[-3:] == [(HOLD,), (AGENT_HZ, COLLEAGUE_HZ), (COLLEAGUE_HZ,)]
    assert heard(agents, "1002") == [(AGENT_HZ,), (AGENT_HZ, CUSTOMER_HZ), (CUSTOMER_HZ,)]


def test_resuming_the_customer_holds_the_colleague_and_both_lose_each_other(
    asterisk: Asterisk, agents: Agents, three: Three
) -> None:
    agents.talk(2.2)
    three.agent.phone.resume(three.first)
    agents.until(lambda: three.agent.call(three.second).held_here)
    assert not three.agent.call(three.first).is_in_conference
    agents.talk(2.2)
    three.agent.phone.hang_up(three.second)
    agents.until(lambda: not three.colleague.phone.snapshot().calls)
    three.agent.phone.hang_up(three.first)
    agents.until(lambda: not three.customer.phone.snapshot().calls)
    asterisk.until_no_channels()
    assert heard(agents, "1001") == [(COLLEAGUE_HZ,), (COLLEAGUE_HZ, CUSTOMER_HZ), (CUSTOMER_HZ,)]
    assert heard(agents, "9001")[-2:] == [(AGENT_HZ, COLLEAGUE_HZ), (AGENT_HZ,)]
    assert heard(agents, "1002")[-2:] == [(AGENT_HZ, CUSTOMER_HZ), (HOLD,)]


def test_agent_leaves_and_the_others_talk_on(asterisk: Asterisk, agents: Agents, three: Three) -> None:
    three.agent.phone.complete_transfer(three.first, three.second)
    for each in (three.first, three.second):
        agents.until(lambda each=each: three.agent.call(each).is_over)  # type: ignore[misc]
    ends = [three.agent.call(each).end for each in (three.first, three.second)]
    assert [end.reason for end in ends if end is not None] == [EndReason.TRANSFERRED] * 2
    agents.talk(2.2)
    assert len(asterisk.channels()) == 2
    (call,) = three.customer.phone.snapshot().calls
    three.customer.phone.hang_up(call.id)
    agents.until(lambda: not three.colleague.phone.snapshot().calls)
    asterisk.until_no_channels()
    assert heard(agents, "9001")[-1] == (COLLEAGUE_HZ,)
    assert heard(agents, "1002")[-1] == (CUSTOMER_HZ,)


def test_member_who_hangs_up_leaves_a_call_with_the_other(asterisk: Asterisk, agents: Agents, three: Three) -> None:
    (call,) = three.colleague.phone.snapshot().calls
    three.colleague.phone.hang_up(call.id)
    agents.until(lambda: three.agent.call(three.second).is_over)
    assert three.agent.call(three.first).state is CallState.CONNECTED
    assert not three.agent.call(three.first).is_in_conference
    agents.talk(2.2)
    agents.hang_up(three.agent, three.agent.call(three.first))
    asterisk.until_no_channels()
    assert heard(agents, "9001")[-1] == (AGENT_HZ,)
    assert heard(agents, "1001")[-1] == (CUSTOMER_HZ,)
