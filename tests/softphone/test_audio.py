"""What is said is heard: tones through two real phones, judged every half second."""

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import pytest

from agent_desktop.softphone.account import Account, Transport
from agent_desktop.softphone.audio import Sound, WavSink, WavSource
from agent_desktop.softphone.events import LevelsMeasured, QualityMeasured
from tests.softphone.stations import Station, Stations, end, set_up, started
from tests.softphone.tones import Heard, is_as_loud_as_sent, is_silence, is_tone, listen, write_tone

AGENT_HZ, CALLER_HZ = 440, 1000


class Talkers:
    """Two phones that sing a tone each and record what they hear."""

    def __init__(self, folder: Path, transport: Transport) -> None:
        self._folder = folder
        self._running = ExitStack()
        self._transport = transport
        self.agent = self._phone("agent", AGENT_HZ)
        self.caller = self._phone("caller", CALLER_HZ)
        self.both = Stations(self.agent, self.caller)

    def _phone(self, name: str, hertz: float) -> Station:
        station = started(self._folder / name)
        self._running.callback(end, station, self._folder / name)
        tone = write_tone(self._folder / f"{name}.wav", hertz)
        sound = Sound(WavSource(tone), WavSink(self._folder / f"{name}-heard.wav"))
        return set_up(station, Account(name, "127.0.0.1", bound_to="127.0.0.1", transport=self._transport), sound)

    def end(self) -> "Recordings":
        """Recordings are whole when the phone processes have ended."""
        self._running.close()
        return Recordings(
            agent=listen(self._folder / "agent-heard.wav"), caller=listen(self._folder / "caller-heard.wav")
        )

    def close(self) -> None:
        self._running.close()


@dataclass(frozen=True, slots=True)
class Recordings:
    """What each of them heard, a judgement every half second."""

    agent: list[Heard]
    caller: list[Heard]


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
    assert loud[-1].heard > 0.1
    assert loud[-1].spoken > 0.1
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
