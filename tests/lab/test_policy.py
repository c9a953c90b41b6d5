"""What the phone does with the exchange's calls by itself."""

import pytest

from agent_desktop.softphone.call import Call, CallState, EndReason
from agent_desktop.softphone.events import CallChanged, DevicesChanged
from agent_desktop.softphone.pjsip.zip_tone import ZIP_TONE_HZ, ZIP_TONE_S
from agent_desktop.softphone.policy import AutoAnswer, CallPolicy, Turned
from tests.lab.agents import Agents
from tests.lab.asterisk import Asterisk
from tests.softphone.stations import Station
from tests.softphone.tones import SENT_RMS, is_silence

AGENT_HZ, CUSTOMER_HZ = 440.0, 1200.0
STEP_S = 0.125


def use(agents: Agents, station: Station, policy: CallPolicy) -> None:
    """Commands are carried out in order, so the answer to a later one says that this one was."""
    station.told.clear()
    station.phone.set_policy(policy)
    station.phone.refresh_devices()
    agents.until(lambda: any(isinstance(event, DevicesChanged) for event in station.told))


def ended(agents: Agents, station: Station) -> Call:
    """The first call that is over, and was told of just once."""
    agents.until(lambda: any(isinstance(event, CallChanged) for event in station.told))
    (call,) = (event.call for event in station.told if isinstance(event, CallChanged))
    assert call.is_over
    return call


def talks(agents: Agents, station: Station) -> Call:
    agents.until(lambda: any(call.is_talking for call in station.phone.snapshot().calls))
    return next(call for call in station.phone.snapshot().calls if call.is_talking)


@pytest.mark.parametrize(
    ("says", "code", "reason"),
    [(Turned.BUSY, 486, EndReason.BUSY), (Turned.UNAVAILABLE, 480, EndReason.NO_ANSWER)],
    ids=["486", "480"],
)
def test_agent_who_wants_no_calls_is_busy_for_colleagues_without_a_ring(
    agents: Agents, says: Turned, code: int, reason: EndReason
) -> None:
    here, there = agents.sign_in("1001"), agents.sign_in("1002")
    use(agents, here, CallPolicy(do_not_disturb=True, do_not_disturb_says=says))
    out = there.phone.dial("1001")
    turned_away = ended(agents, here)
    assert turned_away.end is not None
    assert (turned_away.end.reason, turned_away.end.sip_code) == (EndReason.DO_NOT_DISTURB, code)
    assert turned_away.remote_number == "1002"
    agents.until(lambda: not there.phone.snapshot().calls)
    seen = there.call(out)
    assert seen.end is not None
    assert (seen.end.reason, seen.end.sip_code, seen.rings_there) == (reason, code, False)


def test_customer_who_hides_the_number_is_told_so(asterisk: Asterisk, agents: Agents) -> None:
    here = agents.sign_in("1001")
    use(agents, here, CallPolicy(rejects_anonymous=True))
    asterisk.customer_calls("71001")
    turned_away = ended(agents, here)
    assert turned_away.end is not None
    assert (turned_away.end.reason, turned_away.end.sip_code) == (EndReason.ANONYMOUS_REJECTED, 433)
    asterisk.customer_calls("41001")
    assert agents.rings(here).remote_number == "13812345678"


def test_second_customer_does_not_disturb_the_first(asterisk: Asterisk, agents: Agents) -> None:
    here = agents.sign_in("1001")
    call = agents.dial(here, "601")
    use(agents, here, CallPolicy(call_waiting=False))
    asterisk.customer_calls("41001")
    turned_away = ended(agents, here)
    assert turned_away.end is not None
    assert (turned_away.end.reason, turned_away.end.sip_code) == (EndReason.LINES_BUSY, 486)
    assert [(each.id, each.is_talking) for each in here.phone.snapshot().calls] == [(call.id, True)]


def test_call_nobody_answers_goes_to_the_next_agent(asterisk: Asterisk, agents: Agents) -> None:
    first, second = agents.sign_in("1001"), agents.sign_in("1002")
    use(agents, first, CallPolicy(ring_for_s=1.5))
    asterisk.customer_calls("4009")
    ringing = agents.rings(first)
    agents.until(lambda: first.call(ringing.id).is_over)
    gone = first.call(ringing.id)
    assert gone.end is not None
    assert (gone.end.reason, gone.end.sip_code) == (EndReason.RANG_OUT, 480)
    assert agents.answer(second).remote_number == "13812345678"


@pytest.mark.parametrize("number", ["61001", "31001"], ids=["answer-after", "alert-info"])
def test_call_of_which_the_exchange_wants_it_is_answered_at_once(
    asterisk: Asterisk, agents: Agents, number: str
) -> None:
    here = agents.sign_in("1001")
    asterisk.customer_calls(number)
    call = talks(agents, here)
    assert call.answered_at is not None
    assert (call.answered_at - call.started_at).total_seconds() < 1


def test_no_call_is_answered_by_itself_where_the_site_forbids_it(asterisk: Asterisk, agents: Agents) -> None:
    here = agents.sign_in("1001")
    use(agents, here, CallPolicy(auto_answer=AutoAnswer.NEVER))
    asterisk.customer_calls("61001")
    ringing = agents.rings(here)
    agents.talk(1)
    assert here.call(ringing.id).state is CallState.RINGING


def test_agent_is_not_taken_out_of_a_call_by_one_that_answers_itself(asterisk: Asterisk, agents: Agents) -> None:
    here = agents.sign_in("1001")
    call = agents.dial(here, "601")
    asterisk.customer_calls("61001")
    ringing = agents.rings(here)
    agents.talk(1)
    assert here.call(call.id).is_talking
    assert here.call(ringing.id).state is CallState.RINGING


def test_zip_tone_is_for_the_agent_alone_and_the_customer_comes_after_it(agents: Agents) -> None:
    here, customer = agents.sign_in("1001", AGENT_HZ), agents.sign_in("9001", CUSTOMER_HZ)
    customer.phone.dial("61001")
    call = talks(agents, here)
    agents.talk(2)
    agents.hang_up(here, call)
    by_agent = [each for each in agents.heard_by("1001", STEP_S) if not is_silence(each)]
    by_customer = [each for each in agents.heard_by("9001", STEP_S) if not is_silence(each)]
    zipped = [each for each in by_agent if abs(each.peak_hz - ZIP_TONE_HZ) < 8]
    assert 1 <= len(zipped) <= ZIP_TONE_S / STEP_S + 1, by_agent
    assert zipped[0] in by_agent[:2], "before anything else"
    assert sum(abs(each.peak_hz - CUSTOMER_HZ) < 12 and each.rms > SENT_RMS / 2 for each in by_agent) > 10
    assert all(abs(each.peak_hz - AGENT_HZ) < 12 for each in by_customer), by_customer
