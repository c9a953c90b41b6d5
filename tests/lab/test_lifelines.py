"""Long calls with an exchange that is there all the time: they stay."""

import pytest

from agent_desktop.softphone.call import CallState
from tests.lab.agents import Agents
from tests.lab.asterisk import Asterisk


@pytest.mark.timeout(240)
def test_held_call_stays_with_an_exchange_that_answers_and_keeps_a_session_timer(
    asterisk: Asterisk, agents: Agents
) -> None:
    here = agents.sign_in("1034")
    with asterisk.sip_messages() as messages:
        called = agents.dial(here, "601")
        here.phone.hold(called.id)
        agents.until(lambda: here.call(called.id).held_here)
        agents.talk(100)
        heard = messages()
    assert here.call(called.id).state is CallState.CONNECTED
    assert asterisk.channels()
    assert any("\nSession-Expires: 90" in each for each in heard)
    asked = [each for each in heard if "\nCSeq: " in each and " OPTIONS" in each and "<sip:601@" in each]
    assert any("\nSIP/2.0 " in each for each in asked), "the phone asks in the call, and is answered"
