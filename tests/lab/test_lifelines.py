"""Long calls with an exchange that is there all the time: they stay."""

import pytest

from agent_desktop.softphone.call import CallState
from agent_desktop.softphone.invite import header_of
from tests.lab.agents import Agents
from tests.lab.asterisk import Asterisk


@pytest.mark.timeout(240)
def test_held_call_stays_with_an_exchange_that_answers_and_keeps_a_session_timer(
    asterisk: Asterisk, agents: Agents
) -> None:
    here = agents.sign_in("1034")
    with asterisk.sip_messages() as messages:
        asterisk.customer_calls("41034")
        call = agents.answer(here)
        here.phone.hold(call.id)
        agents.until(lambda: here.call(call.id).held_here)
        agents.talk(100)
        heard = messages()
    assert here.call(call.id).state is CallState.CONNECTED
    assert asterisk.channels()
    assert any("\nSession-Expires: 90" in each for each in heard)
    to = [header_of(each, "To") or "" for each in heard if "\nOPTIONS sip:" in each and "Received" in each[:20]]
    assert len([each for each in to if ";tag=" in each]) >= 3, "the phone has asked in the call"
