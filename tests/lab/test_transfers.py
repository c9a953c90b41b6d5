"""Transfers through a real exchange: to people, a parking place, the survey, the PIN check; none leaves a leg."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from agent_desktop.softphone.call import (
    Call,
    CallEnd,
    CallId,
    CallState,
    Direction,
    EndReason,
    TransferPurpose,
    TransferState,
)
from agent_desktop.softphone.events import CallChanged, DigitReceived
from agent_desktop.softphone.policy import Turned
from tests.lab.agents import Agents
from tests.lab.ami import Manager
from tests.lab.asterisk import PIN, Asterisk
from tests.softphone.stations import Station
from tests.softphone.tones import is_tone

REF = {"CALL_REF": "ref-4711", "CUSTOMER_ID": "C-000815"}


@pytest.fixture(autouse=True)
def no_leg_stays(asterisk: Asterisk) -> Iterator[None]:
    """Asked before the phones leave: what is up then is nobody's."""
    yield
    asterisk.until_no_channels()


@pytest.fixture
def manager(asterisk: Asterisk) -> Iterator[Manager]:
    with asterisk.manager() as listening:
        yield listening


def states(station: Station, call_id: CallId) -> list[TransferState]:
    told = [event.call for event in station.told if isinstance(event, CallChanged) and event.call.id == call_id]
    seen = [call.transfer.state for call in told if call.transfer is not None]
    return [state for at, state in enumerate(seen) if at == 0 or seen[at - 1] is not state]


def ended(agents: Agents, station: Station, call_id: CallId) -> EndReason:
    def ends() -> list[CallEnd]:
        told = [event.call for event in station.told if isinstance(event, CallChanged) and event.call.id == call_id]
        return [call.end for call in told if call.end is not None]

    agents.until(lambda: bool(ends()))
    return ends()[0].reason


def customer_of(asterisk: Asterisk, agents: Agents, agent: Station, does: str = "tone") -> Call:
    asterisk.customer_calls("41001", does, facts=REF)
    call = agents.answer(agent)
    asterisk.until_talks("1001")
    return call


def test_customer_is_transferred_to_a_colleague(asterisk: Asterisk, agents: Agents) -> None:
    agent, colleague = agents.sign_in("1001"), agents.sign_in("1002")
    call = customer_of(asterisk, agents, agent)
    agent.phone.transfer(call.id, "1002")
    ringing = agents.rings(colleague)
    assert (ringing.remote_number, ringing.invite.call_ref) == ("13812345678", "ref-4711")
    colleague.phone.answer(ringing.id)
    assert ended(agents, agent, call.id) is EndReason.TRANSFERRED
    assert (states(agent, call.id)[0], states(agent, call.id)[-1]) == (TransferState.ASKED, TransferState.DONE)
    agents.talk(1.7)
    agents.hang_up(colleague, ringing)
    assert [is_tone(each, 700) for each in agents.heard_by("1002")[1:3]] == [True] * 2


def test_number_that_does_not_exist_is_told_and_the_customer_is_still_there(asterisk: Asterisk, agents: Agents) -> None:
    agent = agents.sign_in("1001")
    call = customer_of(asterisk, agents, agent)
    agent.phone.transfer(call.id, "8999")
    agents.until(lambda: states(agent, call.id)[-1:] == [TransferState.FAILED])
    transfer = agent.call(call.id).transfer
    assert transfer is not None
    assert (transfer.sip_code, agent.call(call.id).state) == (404, CallState.CONNECTED)
    assert agent.call(call.id).held_here
    agent.phone.resume(call.id)
    agents.until(lambda: agent.call(call.id).is_talking and agent.call(call.id).transfer is None)
    agents.talk(1.7)
    agents.hang_up(agent, call)
    assert is_tone(agents.heard_by("1001")[-2], 700)


def test_transfer_to_somebody_busy_is_told_and_no_dead_call_stays(asterisk: Asterisk, agents: Agents) -> None:
    """This exchange takes the customer as soon as it is asked, and tells of their end only who asks again."""
    agent, colleague, customer = (agents.sign_in(each) for each in ("1001", "1002", "9001"))
    customer.phone.dial("41001")
    call = agents.answer(agent)
    asterisk.until_talks("1001")
    agent.phone.transfer(call.id, "1002")
    colleague.phone.decline(agents.rings(colleague).id, Turned.BUSY)
    assert ended(agents, agent, call.id) is EndReason.HUNG_UP_THERE
    transfer = agent.call(call.id).transfer
    assert transfer is not None
    assert (transfer.state, transfer.sip_code) == (TransferState.FAILED, 503), "what it says of every failure"


def test_consulted_colleague_takes_the_customer_over(asterisk: Asterisk, agents: Agents) -> None:
    agent, colleague = agents.sign_in("1001", says_hz=440), agents.sign_in("1002")
    first = customer_of(asterisk, agents, agent)
    second = agent.phone.consult(first.id, "1002")
    answered = agents.answer(colleague)
    agents.until(lambda: agent.call(second).is_talking and agent.call(first.id).held_here)
    agents.talk(1.7)
    agent.phone.complete_transfer(first.id, second)
    assert ended(agents, agent, first.id) is ended(agents, agent, second) is EndReason.TRANSFERRED
    assert states(agent, first.id)[-1] is states(agent, second)[-1] is TransferState.DONE
    agents.talk(1.7)
    assert len(asterisk.channels()) == 3, "the two halves of the simulated customer, and the colleague"
    agents.hang_up(colleague, answered)
    heard = agents.heard_by("1002")
    assert is_tone(heard[1], 440)
    assert is_tone(heard[-2], 700)


def test_customer_waits_for_a_colleague_who_still_rings(asterisk: Asterisk, agents: Agents) -> None:
    agent, colleague = agents.sign_in("1001"), agents.sign_in("1002")
    first = customer_of(asterisk, agents, agent)
    second = agent.phone.consult(first.id, "1002")
    asked = agents.rings(colleague).id
    agents.until(lambda: agent.call(second).rings_there)
    agent.phone.complete_transfer(first.id, second)
    assert ended(agents, agent, second) is EndReason.CANCELLED
    agents.until(lambda: any(call.id != asked for call in colleague.incoming()))
    answered = agents.answer(colleague)
    assert answered.remote_number == "13812345678"
    assert ended(agents, agent, first.id) is EndReason.TRANSFERRED
    agents.hang_up(colleague, answered)


def test_consultation_that_fails_leaves_the_customer_held_until_it_is_cancelled(
    asterisk: Asterisk, agents: Agents
) -> None:
    agent = agents.sign_in("1001")
    first = customer_of(asterisk, agents, agent)
    second = agent.phone.consult(first.id, "7486")
    assert ended(agents, agent, second) is EndReason.BUSY
    agents.until(lambda: agent.call(first.id).held_here)
    agent.phone.cancel_consult(second)
    agents.until(lambda: agent.call(first.id).is_talking)
    agents.hang_up(agent, first)


def test_consultation_is_cancelled_and_the_customer_is_back(asterisk: Asterisk, agents: Agents) -> None:
    agent, colleague = agents.sign_in("1001"), agents.sign_in("1002")
    first = customer_of(asterisk, agents, agent)
    second = agent.phone.consult(first.id, "1002")
    answered = agents.answer(colleague)
    agents.until(lambda: agent.call(second).is_talking)
    agent.phone.cancel_consult(second)
    assert ended(agents, colleague, answered.id) is EndReason.HUNG_UP_THERE
    agents.until(lambda: agent.call(first.id).is_talking)
    agents.hang_up(agent, first)


def test_parked_customer_is_picked_up_by_a_colleague(asterisk: Asterisk, agents: Agents, manager: Manager) -> None:
    agent, colleague = agents.sign_in("1001"), agents.sign_in("1002")
    call = customer_of(asterisk, agents, agent)
    agent.phone.transfer(call.id, "8500", TransferPurpose.PARK)
    parked = manager.wait_for("ParkedCall")
    assert ended(agents, agent, call.id) is EndReason.TRANSFERRED
    transfer = agent.call(call.id).transfer
    assert transfer is not None
    assert (transfer.purpose, transfer.state) == (TransferPurpose.PARK, TransferState.DONE)
    taken = agents.dial(colleague, parked["ParkingSpace"][0])
    agents.talk(1.7)
    agents.hang_up(colleague, taken)
    assert is_tone(agents.heard_by("1002")[1], 700)


def test_satisfied_customer_gives_five_and_the_exchange_knows_which_call_it_was(
    asterisk: Asterisk, agents: Agents, manager: Manager
) -> None:
    agent = agents.sign_in("1001")
    call = customer_of(asterisk, agents, agent, "score")
    agent.phone.transfer(call.id, "5700", TransferPurpose.SURVEY, (("X-Call-Ref", "ref-4711"),))
    assert ended(agents, agent, call.id) is EndReason.TRANSFERRED
    invited = manager.wait_for_user_event("SurveyAnswered")
    assert (invited["CallRef"], invited["Agent"], invited["TransferRef"]) == ("ref-4711", "1001", "ref-4711")
    scored = manager.wait_for_user_event("SurveyScore")
    assert (scored["Score"], scored["CallRef"], scored["CustomerId"]) == ("5", "ref-4711", "C-000815")


@pytest.mark.parametrize(("does", "verified"), [("pin", "yes"), ("wrong-pin", "no")], ids=["right", "wrong"])
def test_customer_comes_back_from_the_pin_check_and_the_phone_never_sees_a_digit(
    asterisk: Asterisk, agents: Agents, manager: Manager, tmp_path: Path, does: str, verified: str
) -> None:
    agent = agents.sign_in("1001")
    call = customer_of(asterisk, agents, agent, does)
    agent.phone.transfer(call.id, "5800", TransferPurpose.PIN_CHECK, (("X-Call-Ref", "ref-4711"),))
    assert ended(agents, agent, call.id) is EndReason.TRANSFERRED
    assert manager.wait_for_user_event("PinChecked")["Agent"] == "1001"
    back = agents.answer(agent)
    assert (back.invite.call_ref, back.invite.verified, back.invite.customer_id) == ("ref-4711", verified, "C-000815")
    assert back.remote_number == call.remote_number
    agents.talk(0.7)
    agents.hang_up(agent, back)
    agents.leave()
    assert not any(isinstance(event, DigitReceived) for event in agent.told)
    logs = [log.read_text(encoding="utf-8") for log in tmp_path.rglob("phone.log")]
    assert logs
    assert not any(PIN in log for log in logs)


def test_agent_follows_when_the_exchange_sends_them_elsewhere(asterisk: Asterisk, agents: Agents) -> None:
    """Asterisk's Transfer() is a REFER to the phone, which then calls 602 for itself."""
    agent = agents.sign_in("1001")
    with Manager(asterisk.ami_port, with_events=False) as manager:
        elsewhere = f"sip:602@{asterisk.address}"
        manager.ask("Originate", Channel="PJSIP/1001", Application="Transfer", Data=elsewhere, Async="true")
    called = agents.answer(agent)
    agents.until(lambda: any(call.continues == called.id and call.is_talking for call in agent.phone.snapshot().calls))
    assert ended(agents, agent, called.id) is EndReason.TRANSFERRED
    (now,) = agent.phone.snapshot().calls
    assert (now.direction, now.remote_number) == (Direction.OUTGOING, "602")
    agents.talk(1.7)
    agents.hang_up(agent, now)
    assert is_tone(agents.heard_by("1001")[-2], 700)


def test_phone_is_not_sent_out_of_its_exchange(asterisk: Asterisk, agents: Agents) -> None:
    """A REFER to a stranger's address would have the agent call there at the company's expense."""
    agent = agents.sign_in("1001")
    with Manager(asterisk.ami_port, with_events=False) as manager:
        manager.ask(
            "Originate", Channel="PJSIP/1001", Application="Transfer", Data="sip:900@premium.example", Async="true"
        )
    called = agents.answer(agent)
    assert ended(agents, agent, called.id) is EndReason.HUNG_UP_THERE
    assert not any(isinstance(event, CallChanged) and event.call.continues for event in agent.told)
