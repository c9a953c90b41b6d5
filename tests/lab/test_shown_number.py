"""Which of the company's numbers a customer sees, as a phone behind the exchange's trunk sees it."""

from collections.abc import Callable

import pytest

from agent_desktop.softphone.call import CallId, CallState, EndReason
from tests.lab.agents import Agents
from tests.lab.asterisk import Asterisk
from tests.lab.sipp import SCENARIOS, Sipp, headers
from tests.softphone.stations import Station

OUTSIDE = "013800138000"


def dial(agents: Agents, station: Station, shown_number: str) -> CallId:
    call_id = station.phone.dial(OUTSIDE, (), shown_number)
    agents.until(lambda: any(call.id == call_id for call in station.phone.snapshot().calls))
    return call_id


@pytest.mark.parametrize(
    ("chosen", "seen"), [("4008100300", "4008100300"), ("057156781234", "057156781234"), ("", "4008100200")]
)
def test_customer_sees_the_number_that_the_agent_chose(
    asterisk: Asterisk, agents: Agents, sipp: Callable[..., Sipp], chosen: str, seen: str
) -> None:
    outside = sipp(SCENARIOS / "answers.xml", port=asterisk.trunk_port)
    here = agents.sign_in("1001")
    call_id = dial(agents, here, chosen)
    agents.until(lambda: here.call(call_id).state is CallState.CONNECTED)
    ended = agents.hang_up(here, here.call(call_id))
    outside.finish()
    invite = outside.received()[0]
    assert f"<sip:{seen}@" in headers(invite)["from"]
    assert headers(invite)["p-asserted-identity"].startswith(f"<sip:{seen}@")
    assert ended.shown_number == chosen


def test_number_of_somebody_else_is_not_let_out(agents: Agents) -> None:
    here = agents.sign_in("1001")
    call_id = dial(agents, here, "13900001111")
    agents.until(lambda: here.call(call_id).is_over)
    end = here.call(call_id).end
    assert end is not None
    assert (end.reason, end.sip_code) == (EndReason.FORBIDDEN, 403)


def test_call_after_the_forbidden_one_shows_the_right_number(
    asterisk: Asterisk, agents: Agents, sipp: Callable[..., Sipp]
) -> None:
    outside = sipp(SCENARIOS / "answers.xml", port=asterisk.trunk_port)
    here = agents.sign_in("1001")
    forbidden = dial(agents, here, "13900001111")
    agents.until(lambda: here.call(forbidden).is_over)
    allowed = dial(agents, here, "4008100300")
    agents.until(lambda: here.call(allowed).state is CallState.CONNECTED)
    agents.hang_up(here, here.call(allowed))
    outside.finish()
    assert [headers(each)["from"].partition("@")[0] for each in outside.received() if each.startswith("INVITE")] == [
        "<sip:4008100300"
    ]
