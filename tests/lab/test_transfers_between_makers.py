"""Transfers between our phone and another maker's, without an exchange between them."""

from collections.abc import Callable

import pytest

from agent_desktop.softphone.call import CallId, Direction, EndReason
from agent_desktop.softphone.events import CallChanged
from tests.lab.agents import Agents
from tests.lab.baresip import Baresip
from tests.softphone.stations import Station, direct, set_up

Start = Callable[..., Baresip]


@pytest.fixture
def phones(agents: Agents) -> tuple[Station, Station]:
    """The agent's and a colleague's, without a registrar."""
    return set_up(agents.start("100"), direct("100")), set_up(agents.start("300"), direct("300"))


def address(station: Station) -> str:
    return f"sip:300@127.0.0.1:{station.phone.snapshot().sip_port}"


def ended(agents: Agents, station: Station, call_id: CallId) -> EndReason:
    def ends() -> list[EndReason]:
        told = [event.call for event in station.told if isinstance(event, CallChanged) and event.call.id == call_id]
        return [call.end.reason for call in told if call.end is not None]

    agents.until(lambda: bool(ends()))
    return ends()[0]


def call_from(customer: Baresip, agents: Agents, agent: Station) -> CallId:
    customer.tell("dial", address(agent))
    call = agents.answer(agent)
    customer.wait_for("CALL_ESTABLISHED")
    return call.id


def test_their_phone_goes_where_our_agent_sends_it(
    baresip: Start, agents: Agents, phones: tuple[Station, Station]
) -> None:
    agent, colleague = phones
    call = call_from(baresip("200"), agents, agent)
    agent.phone.transfer(call, address(colleague))
    answered = agents.answer(colleague)
    assert answered.remote_number == "200"
    assert ended(agents, agent, call) is EndReason.TRANSFERRED
    agents.hang_up(colleague, answered)


def test_our_phone_goes_where_theirs_sends_it(baresip: Start, agents: Agents, phones: tuple[Station, Station]) -> None:
    agent, colleague = phones
    customer = baresip("200")
    call = call_from(customer, agents, agent)
    customer.tell("transfer", address(colleague))
    answered = agents.answer(colleague)
    assert answered.remote_number == "100"
    agents.until(lambda: any(each.continues == call and each.is_talking for each in agent.phone.snapshot().calls))
    customer.hang_up()
    assert ended(agents, agent, call) is EndReason.TRANSFERRED
    (now,) = agent.phone.snapshot().calls
    assert (now.direction, now.remote_number) == (Direction.OUTGOING, "300")
    agents.hang_up(colleague, answered)


def test_two_of_theirs_are_connected_after_a_consultation(
    baresip: Start, agents: Agents, phones: tuple[Station, Station]
) -> None:
    """This maker's phone knows no Replaces and calls the other anew, which comes to the same."""
    agent, _ = phones
    customer, other = baresip("200"), baresip("300", answers=True)
    first = call_from(customer, agents, agent)
    second = agent.phone.consult(first, f"sip:300@{other.address}")
    agents.until(lambda: any(each.id == second and each.is_talking for each in agent.phone.snapshot().calls))
    assert "sip:100@" in other.wait_for("CALL_ESTABLISHED")["peeruri"]
    agent.phone.complete_transfer(first, second)
    assert ended(agents, agent, first) is ended(agents, agent, second) is EndReason.TRANSFERRED
    assert f"sip:300@{other.address}" in customer.wait_for("CALL_ESTABLISHED")["peeruri"]
    assert "sip:200@" in other.wait_for("CALL_ESTABLISHED")["peeruri"]
