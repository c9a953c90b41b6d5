"""Another maker's telephone at the other end, without an exchange between."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from agent_desktop.softphone.account import DigitMode
from agent_desktop.softphone.audio import Sound, WavSink, WavSource
from agent_desktop.softphone.call import Call, CallId, CallState, EndReason
from agent_desktop.softphone.events import DigitReceived
from agent_desktop.softphone.policy import Turned
from tests.lab.agents import Agents
from tests.lab.baresip import Baresip
from tests.softphone.stations import Station, direct, set_up
from tests.softphone.tones import Heard, is_silence, is_tone, listen, write_tone

OUR_HZ, THEIR_HZ = 440.0, 700.0

Phones = Callable[..., Baresip]


@pytest.fixture
def here(agents: Agents, tmp_path: Path) -> Station:
    tone = WavSource(write_tone(tmp_path / "said.wav", OUR_HZ))
    return set_up(agents.start("100"), direct("100"), Sound(tone, WavSink(tmp_path / "heard.wav")))


def address(station: Station) -> str:
    return f"sip:100@127.0.0.1:{station.phone.snapshot().sip_port}"


def for_a_second(heard: list[Heard], is_so: Callable[[Heard], bool]) -> bool:
    so = [is_so(each) for each in heard]
    return any(so[at : at + 2] == [True, True] for at in range(len(so)))


def call_baresip(agents: Agents, here: Station, there: Baresip) -> Call:
    call = agents.dial(here, f"sip:200@{there.address}")
    there.wait_for("CALL_ESTABLISHED")
    return call


def rings_there(agents: Agents, here: Station, there: Baresip) -> CallId:
    out = here.phone.dial(f"sip:200@{there.address}")
    agents.until(lambda: any(call.id == out and call.rings_there for call in here.phone.snapshot().calls))
    there.wait_for("CALL_INCOMING")
    return out


def both_hear(agents: Agents, there: Baresip, folder: Path) -> bool:
    agents.leave()
    there.close()
    ours, theirs = listen(folder / "heard.wav"), listen(there.heard)
    return for_a_second(ours, lambda each: is_tone(each, THEIR_HZ)) and for_a_second(
        theirs, lambda each: is_tone(each, OUR_HZ)
    )


@pytest.mark.parametrize("codec", ["PCMA", "PCMU", "G722/16000/1", "opus/48000/2"])
def test_each_codec_is_understood_both_ways(
    baresip: Phones, agents: Agents, here: Station, tmp_path: Path, codec: str
) -> None:
    there = baresip("200", says_hz=THEIR_HZ, answers=True, codecs=codec)
    call = call_baresip(agents, here, there)
    agents.talk(2.5)
    agents.hang_up(here, call)
    there.wait_for("CALL_CLOSED")
    assert both_hear(agents, there, tmp_path)


def test_its_call_is_answered_and_ended_there(baresip: Phones, agents: Agents, here: Station, tmp_path: Path) -> None:
    there = baresip("200", says_hz=THEIR_HZ)
    there.tell("dial", address(here))
    call = agents.answer(here)
    assert call.remote_number == "200"
    agents.talk(2)
    there.hang_up()
    agents.until(lambda: here.call(call.id).is_over)
    ended = here.call(call.id)
    assert ended.end is not None
    assert ended.end.reason is EndReason.HUNG_UP_THERE
    assert both_hear(agents, there, tmp_path)


def test_it_hears_nothing_while_we_are_mute(baresip: Phones, agents: Agents, here: Station, tmp_path: Path) -> None:
    """Holding is proven with SIPp and with Asterisk: baresip's recorder of what it hears crashes when it is held."""
    there = baresip("200", says_hz=THEIR_HZ, answers=True)
    call = call_baresip(agents, here, there)
    here.phone.mute(call.id)
    agents.until(lambda: here.call(call.id).muted)
    agents.talk(2)
    here.phone.unmute(call.id)
    agents.talk(2)
    agents.hang_up(here, call)
    assert both_hear(agents, there, tmp_path)
    assert for_a_second(listen(there.heard), is_silence)


@pytest.mark.parametrize("mode", DigitMode, ids=str)
def test_digits_arrive_there(baresip: Phones, agents: Agents, here: Station, mode: DigitMode) -> None:
    set_up(here, replace(direct("100"), digit_mode=mode))
    there = baresip("200", answers=True)
    call = call_baresip(agents, here, there)
    here.phone.send_digits(call.id, "12#0")
    agents.talk(2)
    typed = [there.wait_for("CALL_DTMF_START")["param"] for _ in range(4)]
    assert "".join(typed) == "12#0"


@pytest.mark.parametrize("way", ["rtpevent", "info"])
def test_its_digits_arrive_here(baresip: Phones, agents: Agents, here: Station, way: str) -> None:
    there = baresip("200", answers=True, options=(f"dtmfmode={way}",))
    call_baresip(agents, here, there)
    for digit in "97#":
        there.tell("sndcode", digit)
        agents.talk(0.5)

    def heard() -> str:
        return "".join(event.digit for event in here.told if isinstance(event, DigitReceived))

    agents.until(lambda: len(heard()) == 3)
    assert heard() == "97#"


@pytest.mark.parametrize(
    ("how", "said"), [(Turned.BUSY, "486"), (Turned.DECLINED, "603"), (Turned.UNAVAILABLE, "480")], ids=str
)
def test_it_is_told_how_we_turn_a_call_away(
    baresip: Phones, agents: Agents, here: Station, how: Turned, said: str
) -> None:
    there = baresip("200")
    there.tell("dial", address(here))
    here.phone.decline(agents.rings(here).id, how)
    assert there.wait_for("CALL_CLOSED")["param"].startswith(said)


def test_it_turns_our_call_away(baresip: Phones, agents: Agents, here: Station) -> None:
    there = baresip("200")
    out = rings_there(agents, here, there)
    there.tell("hangup")
    agents.until(lambda: here.call(out).is_over)
    ended = here.call(out)
    assert ended.end is not None
    assert ended.rings_there
    assert ended.end.reason in (EndReason.BUSY, EndReason.DECLINED)


def test_it_stops_ringing_when_we_give_up(baresip: Phones, agents: Agents, here: Station) -> None:
    there = baresip("200")
    out = rings_there(agents, here, there)
    here.phone.hang_up(out)
    agents.until(lambda: here.call(out).is_over)
    ended = here.call(out)
    assert ended.end is not None
    assert (ended.end.reason, ended.answered_at) == (EndReason.CANCELLED, None)
    there.wait_for("CALL_CLOSED")


def test_held_call_stays_when_the_other_phone_is_asked_whether_it_is_there(
    agents: Agents, here: Station, baresip: Phones
) -> None:
    call = call_baresip(agents, here, baresip("200", says_hz=THEIR_HZ, answers=True))
    here.phone.hold(call.id)
    agents.until(lambda: here.call(call.id).held_here)
    agents.talk(32)
    assert here.call(call.id).state is CallState.CONNECTED
