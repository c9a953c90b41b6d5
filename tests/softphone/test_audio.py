"""What is said is heard: tones through two real phones, judged every half second."""

from collections.abc import Iterator
from pathlib import Path
from statistics import median

import pytest

from agent_desktop.softphone.account import Transport
from agent_desktop.softphone.events import LevelsMeasured, QualityMeasured
from tests.softphone.talkers import AGENT_HZ, CALLER_HZ, Talkers
from tests.softphone.tones import is_as_loud_as_sent, is_silence, is_tone


@pytest.fixture(params=[Transport.UDP, Transport.TCP], ids=["udp", "tcp"])
def talkers(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Talkers]:
    running = Talkers(tmp_path, request.param)
    yield running
    running.close()


@pytest.fixture
def udp_talkers(tmp_path: Path) -> Iterator[Talkers]:
    running = Talkers(tmp_path, Transport.UDP)
    yield running
    running.close()


def test_both_hear_each_other(talkers: Talkers) -> None:
    out, _ = talkers.both.connect(talkers.caller, talkers.agent)
    talkers.both.for_a_while(3.1)
    talkers.caller.phone.hang_up(out)
    talkers.both.until_call(talkers.caller, out, lambda call: call.is_over)
    heard = talkers.end()
    assert len(heard.agent) >= 5
    assert len(heard.caller) >= 5
    assert is_as_loud_as_sent(heard.agent[1:5]), heard.agent
    assert is_as_loud_as_sent(heard.caller[1:5]), heard.caller
    assert [is_tone(each, CALLER_HZ) for each in heard.agent[1:5]] == [True] * 4, heard.agent
    assert [is_tone(each, AGENT_HZ) for each in heard.caller[1:5]] == [True] * 4, heard.caller


def test_muted_agent_is_silent_and_still_hears(udp_talkers: Talkers) -> None:
    out, into = udp_talkers.both.connect(udp_talkers.caller, udp_talkers.agent)
    udp_talkers.agent.phone.mute(into)
    udp_talkers.both.for_a_while(2.6)
    udp_talkers.agent.phone.unmute(into)
    udp_talkers.both.for_a_while(1.6)
    udp_talkers.caller.phone.hang_up(out)
    udp_talkers.both.until_call(udp_talkers.caller, out, lambda call: call.is_over)
    heard = udp_talkers.end()
    assert [is_silence(each) for each in heard.caller[1:5]] == [True] * 4, heard.caller
    assert [is_tone(each, AGENT_HZ) for each in heard.caller[6:8]] == [True] * 2, heard.caller
    assert [is_tone(each, CALLER_HZ) for each in heard.agent[1:8]] == [True] * 7, heard.agent


def test_held_caller_hears_nothing_and_is_not_heard(udp_talkers: Talkers) -> None:
    out, into = udp_talkers.both.connect(udp_talkers.caller, udp_talkers.agent)
    udp_talkers.agent.phone.hold(into)
    udp_talkers.both.until_call(udp_talkers.caller, out, lambda call: call.held_there)
    udp_talkers.both.for_a_while(2.1)
    udp_talkers.agent.phone.resume(into)
    udp_talkers.both.until_call(udp_talkers.agent, into, lambda call: call.is_talking)
    udp_talkers.both.for_a_while(2.1)
    udp_talkers.caller.phone.hang_up(out)
    udp_talkers.both.until_call(udp_talkers.caller, out, lambda call: call.is_over)
    heard = udp_talkers.end()
    assert [is_silence(each) for each in heard.caller[1:4]] == [True] * 3, heard.caller
    assert 3 <= len(heard.agent) <= 5, "nothing is recorded of a held caller"
    assert [is_tone(each, CALLER_HZ) for each in heard.agent[1:3]] == [True] * 2, heard.agent
    assert [is_tone(each, AGENT_HZ) for each in heard.caller[6:8]] == [True] * 2, heard.caller


def test_levels_come_ten_times_a_second_and_only_in_a_call(udp_talkers: Talkers) -> None:
    agent = udp_talkers.agent
    out, into = udp_talkers.both.connect(udp_talkers.caller, agent)
    udp_talkers.both.for_a_while(2.0)
    udp_talkers.agent.phone.mute(into)
    udp_talkers.both.until_call(agent, into, lambda call: call.muted)
    loud = [event for event in agent.told if isinstance(event, LevelsMeasured)]
    udp_talkers.both.for_a_while(0.5)
    quiet = [event for event in agent.told if isinstance(event, LevelsMeasured)][-1]
    udp_talkers.caller.phone.hang_up(out)
    udp_talkers.both.until_call(agent, into, lambda call: call.is_over)
    until_now = len(agent.told)
    udp_talkers.both.for_a_while(0.4)
    assert 15 <= len(loud) <= 24
    assert median(event.heard for event in loud) > 0.1
    assert median(event.spoken for event in loud) > 0.1
    assert (quiet.spoken, quiet.call_id) == (0.0, into)
    assert not any(isinstance(event, LevelsMeasured) for event in agent.told[until_now:])


def test_quality_of_a_clean_line_is_good(udp_talkers: Talkers) -> None:
    udp_talkers.both.connect(udp_talkers.caller, udp_talkers.agent)
    agent = udp_talkers.agent
    udp_talkers.both.until(lambda: any(isinstance(event, QualityMeasured) for event in agent.told))
    measured = next(event for event in agent.told if isinstance(event, QualityMeasured))
    assert measured.mos > 4
    assert measured.loss_pct < 1
    assert measured.jitter_ms < 30
