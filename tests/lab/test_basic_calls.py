"""What an agent does all day, through a real exchange, with what both sides hear."""

from dataclasses import replace

import pytest

from agent_desktop.softphone.call import Call, CallState, EndReason
from agent_desktop.softphone.policy import Turned
from tests.lab.agents import Agents, account
from tests.lab.asterisk import HOLD_HZ, Asterisk
from tests.softphone.stations import Station
from tests.softphone.tones import Heard, is_as_loud_as_sent, is_silence, is_tone

AGENT_HZ, COLLEAGUE_HZ, CUSTOMER_HZ, EARLY_HZ, EXCHANGE_HZ = 440.0, 620.0, 700.0, 450.0, 1004.0


def hears(heard: list[Heard], hertz: float) -> bool:
    """For a second at least, undistorted and as loud as it was said."""
    tones = [is_tone(each, hertz) for each in heard]
    right = [each for each, is_right in zip(heard, tones, strict=True) if is_right]
    return any(tones[at : at + 2] == [True, True] for at in range(len(tones))) and is_as_loud_as_sent(right)


def hears_nothing(heard: list[Heard]) -> bool:
    """For a second at least."""
    silent = [is_silence(each) for each in heard]
    return any(silent[at : at + 2] == [True, True] for at in range(len(silent)))


def dialled(agents: Agents, station: Station, number: str) -> Call:
    out = station.phone.dial(number)
    agents.until(lambda: any(call.id == out for call in station.phone.snapshot().calls))
    return station.call(out)


def over(agents: Agents, station: Station, call: Call) -> Call:
    agents.until(lambda: station.call(call.id).is_over)
    return station.call(call.id)


def connect(agents: Agents, caller: Station, called: Station, number: str) -> tuple[Call, Call]:
    out = dialled(agents, caller, number)
    into = agents.answer(called)
    agents.until(lambda: caller.call(out.id).state is CallState.CONNECTED)
    return caller.call(out.id), into


def test_colleagues_hear_each_other(agents: Agents) -> None:
    here, there = agents.sign_in("1001", AGENT_HZ), agents.sign_in("1002", COLLEAGUE_HZ)
    out, into = connect(agents, here, there, "1002")
    agents.talk(2.5)
    agents.hang_up(here, out)
    ended = over(agents, there, into)
    assert ended.end is not None
    assert ended.end.reason is EndReason.HUNG_UP_THERE
    assert (into.remote_number, into.remote_name) == ("1001", "Agent 1001")
    assert hears(agents.heard_by("1001"), COLLEAGUE_HZ), agents.heard_by("1001")
    assert hears(agents.heard_by("1002"), AGENT_HZ), agents.heard_by("1002")


def test_customer_of_the_queue_comes_with_all_that_is_known_and_is_heard(asterisk: Asterisk, agents: Agents) -> None:
    here = agents.sign_in("1003", AGENT_HZ)
    asterisk.add_to_queue("1003")
    asterisk.customer_calls("4000", facts={"CUSTOMER_ID": "C-客户 007;x", "CALL_REF": "ref-1"})
    call = agents.answer(here)
    assert (call.remote_number, call.remote_name) == ("13812345678", "张三")
    assert (call.invite.customer_id, call.invite.call_ref, call.invite.queue) == ("C-客户 007;x", "ref-1", "service")
    assert call.invite.user_to_user == "637573742d303034373131;encoding=hex"
    agents.talk(2)
    agents.hang_up(here, call)
    asterisk.remove_from_queue("1003")
    assert hears(agents.heard_by("1003"), CUSTOMER_HZ)


@pytest.mark.parametrize(
    ("how", "reason", "code"),
    [
        (Turned.BUSY, EndReason.BUSY, 486),
        (Turned.DECLINED, EndReason.FORBIDDEN, 403),  # Asterisk's own word for a call that was rejected
        (Turned.UNAVAILABLE, EndReason.NO_ANSWER, 480),
    ],
    ids=str,
)
def test_caller_is_told_how_the_call_was_turned_away(agents: Agents, how: Turned, reason: EndReason, code: int) -> None:
    here, there = agents.sign_in("1001"), agents.sign_in("1002")
    out = here.phone.dial("1002")
    into = agents.rings(there)
    there.phone.decline(into.id, how)
    ended = over(agents, there, into)
    assert ended.end is not None
    assert ended.end.reason is EndReason.DECLINED
    seen = over(agents, here, here.call(out))
    assert seen.end is not None
    assert (seen.end.reason, seen.end.sip_code) == (reason, code)


def test_held_colleague_hears_music_and_the_holder_nothing(asterisk: Asterisk, agents: Agents) -> None:
    here = agents.sign_in("1001", AGENT_HZ)
    # Asterisk's music is a murmur in Opus, whoever listens.
    there = agents.sign_in(replace(account(asterisk, "1002"), codecs=("PCMA",)), COLLEAGUE_HZ)
    out, into = connect(agents, here, there, "1002")
    agents.talk(2)
    here.phone.hold(out.id)
    agents.until(lambda: here.call(out.id).held_here)
    agents.talk(2.5)
    assert not there.call(into.id).held_there, "the exchange plays music and tells the other phone nothing"
    here.phone.resume(out.id)
    agents.until(lambda: here.call(out.id).is_talking)
    agents.talk(2)
    agents.hang_up(here, out)
    there_heard, here_heard = agents.heard_by("1002"), agents.heard_by("1001")
    assert hears(there_heard, HOLD_HZ), there_heard
    assert is_tone(there_heard[-2], AGENT_HZ), there_heard
    assert hears(here_heard, COLLEAGUE_HZ)
    assert len(here_heard) < 11, "what was said into the hold is not among what the holder heard"


def test_muted_agent_is_not_heard_and_goes_on_hearing(agents: Agents) -> None:
    here, there = agents.sign_in("1001", AGENT_HZ), agents.sign_in("1002", COLLEAGUE_HZ)
    out, _ = connect(agents, here, there, "1002")
    here.phone.mute(out.id)
    agents.until(lambda: here.call(out.id).muted)
    agents.talk(2.5)
    here.phone.unmute(out.id)
    agents.until(lambda: not here.call(out.id).muted)
    agents.talk(2)
    agents.hang_up(here, out)
    there_heard = agents.heard_by("1002")
    assert hears_nothing(there_heard), there_heard
    assert hears(there_heard, AGENT_HZ), there_heard
    heard = [each for each in agents.heard_by("1001")[1:] if is_tone(each, COLLEAGUE_HZ)]
    assert len(heard) >= 7


def test_sound_before_the_answer_is_heard(agents: Agents) -> None:
    here = agents.sign_in("1001", AGENT_HZ)
    out = dialled(agents, here, "604")
    agents.until(lambda: here.call(out.id).state is CallState.EARLY_MEDIA)
    agents.talk(2)
    ended = agents.hang_up(here, out)
    assert ended.end is not None
    assert ended.end.reason is EndReason.CANCELLED
    assert ended.answered_at is None
    assert hears_pitch(agents.heard_by("1001"), EARLY_HZ)


def hears_pitch(heard: list[Heard], hertz: float) -> bool:
    """However loud the exchange's own tones are."""
    return any(abs(each.peak_hz - hertz) < 8 and not each.clipped and not is_silence(each) for each in heard)


def test_ringing_at_the_other_end_is_told(agents: Agents) -> None:
    here = agents.sign_in("1001")
    out = dialled(agents, here, "605")
    agents.until(lambda: here.call(out.id).rings_there)
    assert here.call(out.id).state is CallState.DIALLING
    agents.hang_up(here, out)


def test_caller_who_gives_up_is_missed(agents: Agents) -> None:
    here, there = agents.sign_in("1001"), agents.sign_in("1002")
    out = there.phone.dial("1001")
    into = agents.rings(here)
    there.phone.hang_up(out)
    ended = over(agents, here, into)
    assert ended.end is not None
    assert ended.end.reason is EndReason.MISSED


def test_call_that_a_colleague_took_is_not_missed(asterisk: Asterisk, agents: Agents) -> None:
    here, there = agents.sign_in("1001"), agents.sign_in("1002")
    asterisk.customer_calls("4012")
    into = agents.rings(here)
    asterisk.until_rings("1001")
    agents.answer(there)
    ended = over(agents, here, into)
    assert ended.end is not None
    assert ended.end.reason is EndReason.ANSWERED_ELSEWHERE


def test_call_after_a_busy_one_gets_through(agents: Agents) -> None:
    here = agents.sign_in("1001", AGENT_HZ)
    busy = over(agents, here, dialled(agents, here, "7486"))
    assert busy.end is not None
    assert busy.end.reason is EndReason.BUSY
    call = agents.dial(here, "601")
    agents.talk(2)
    agents.hang_up(here, call)
    assert hears(agents.heard_by("1001"), EXCHANGE_HZ)


def test_exchange_hangs_up(agents: Agents) -> None:
    here = agents.sign_in("1001")
    call = agents.dial(here, "607")
    ended = over(agents, here, call)
    assert ended.end is not None
    assert ended.end.reason is EndReason.HUNG_UP_THERE


@pytest.mark.parametrize(
    ("user", "only", "codec"),
    [("1041", None, "g722"), ("1042", None, "opus"), ("1001", "PCMA", "alaw"), ("1001", "PCMU", "ulaw")],
    ids=["g722", "opus", "alaw", "ulaw"],
)
def test_each_codec_carries_a_tone_there_and_back(
    asterisk: Asterisk, agents: Agents, user: str, only: str | None, codec: str
) -> None:
    wanted = account(asterisk, user)
    here = agents.sign_in(wanted if only is None else replace(wanted, codecs=(only,)), AGENT_HZ)
    call = agents.dial(here, "600")
    agents.talk(2.5)
    stats = asterisk.cli("pjsip show channelstats")
    agents.hang_up(here, call)
    assert codec in stats, stats
    assert hears(agents.heard_by(user), AGENT_HZ), agents.heard_by(user)


def test_call_without_a_codec_in_common_says_so(agents: Agents) -> None:
    here = agents.sign_in("1043")
    ended = over(agents, here, dialled(agents, here, "600"))
    assert ended.end is not None
    assert (ended.end.reason, ended.end.sip_code) == (EndReason.INCOMPATIBLE, 488)
