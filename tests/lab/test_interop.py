"""Other makers' ways of saying things: each exchange of messages, and what is heard after it."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from agent_desktop.softphone.audio import Sound, WavSink, WavSource
from agent_desktop.softphone.call import Call, CallState, EndReason
from agent_desktop.softphone.events import LevelsMeasured
from tests.lab.agents import Agents
from tests.lab.dialogue import KEPT, answers, asks, calls, hears, pause, sdp, write
from tests.lab.sipp import Sipp
from tests.softphone.stations import Station, direct, set_up
from tests.softphone.tones import is_tone, listen, write_tone

HZ = 440.0
RINGS = (hears("100", optional=True), hears("180"))


@dataclass(frozen=True, slots=True)
class Desk:
    """Our phone without an exchange, and SIPp, which sends back what it hears."""

    here: Station
    agents: Agents
    folder: Path
    sipp: Callable[..., Sipp]

    def called_by(self, *steps: str, **values: str) -> Sipp:
        """SIPp calls our phone."""
        port = self.here.phone.snapshot().sip_port
        return self.sipp(write(self.folder / "calls.xml", *steps), f"127.0.0.1:{port}", user="100", values=values)

    def calls(self, *steps: str, **values: str) -> tuple[Sipp, Call]:
        """Our phone calls SIPp."""
        there: Sipp = self.sipp(write(self.folder / "answers.xml", *steps), values=values)
        out = self.here.phone.dial(f"sip:sipp@127.0.0.1:{there.port}")
        self.agents.until(lambda: any(call.id == out for call in self.here.phone.snapshot().calls))
        return there, self.here.call(out)

    def until(self, call: Call, fact: Callable[[Call], bool]) -> Call:
        self.agents.until(lambda: fact(self.here.call(call.id)))
        return self.here.call(call.id)

    def over(self, call: Call, there: Sipp) -> Call:
        """Ended, and everything went as the scenario says."""
        ended = self.until(call, lambda call: call.is_over)
        there.finish()
        return ended

    def has_heard_itself(self) -> None:
        """For a second, as it was said."""
        self.agents.leave()
        heard = listen(self.folder / "heard.wav")
        tones = [is_tone(each, HZ) for each in heard]
        levels = [event.heard for event in self.here.told if isinstance(event, LevelsMeasured)]
        assert any(tones[at : at + 2] == [True, True] for at in range(len(tones))), (heard, levels)


@pytest.fixture
def desk(sipp: Callable[..., Sipp], agents: Agents, tmp_path: Path) -> Desk:
    here = agents.start("100")
    tone = WavSource(write_tone(tmp_path / "said.wav", HZ))
    set_up(here, direct("100"), Sound(tone, WavSink(tmp_path / "heard.wav")))
    return Desk(here, agents, tmp_path, sipp)


def is_connected(call: Call) -> bool:
    return call.state is CallState.CONNECTED


def test_caller_who_leaves_the_offer_to_us(desk: Desk) -> None:
    there = desk.called_by(
        calls(),
        *RINGS,
        hears("200", check="m=audio"),
        asks("ACK", sequence=1, body=sdp()),
        pause(2500),
        asks("BYE", sequence=2),
        hears("200"),
    )
    call = desk.agents.answer(desk.here)
    ended = desk.over(call, there)
    assert ended.end is not None
    assert ended.end.reason is EndReason.HUNG_UP_THERE
    desk.has_heard_itself()


def test_caller_who_wants_every_answer_confirmed(desk: Desk) -> None:
    there = desk.called_by(
        calls("Supported: 100rel", "Require: 100rel", body=sdp()),
        hears("100", optional=True),
        hears(
            "180",
            check="RSeq: *[0-9]+",
            keeps='<ereg regexp="[0-9]+" search_in="hdr" header="RSeq:" assign_to="rseq"/>',
        ),
        asks("PRACK", "RAck: [$rseq] 1 INVITE", sequence=2),
        hears("200"),
        hears("200"),
        asks("ACK", sequence=1),
        pause(2000),
        asks("BYE", sequence=3),
        hears("200"),
    )
    desk.agents.rings(desk.here)
    desk.agents.talk(0.3)  # an answer may overtake the confirmation, which SIPp does not expect
    desk.over(desk.agents.answer(desk.here), there)
    desk.has_heard_itself()


def test_session_is_refreshed_by_update_and_by_an_invite_without_an_offer(desk: Desk) -> None:
    timer = ("Supported: timer", "Session-Expires: 90;refresher=uac", "Min-SE: 90")
    there = desk.called_by(
        calls(*timer, body=sdp()),
        *RINGS,
        hears("200", check="Session-Expires: *90"),
        asks("ACK", sequence=1),
        pause(1200),
        asks("UPDATE", *timer, sequence=2),
        hears("200", check="Session-Expires: *90"),
        pause(1200),
        asks("INVITE", *timer, sequence=3),
        hears("100", optional=True),
        hears("200", check="m=audio"),
        asks("ACK", sequence=3, body=sdp(version=2)),
        pause(1500),
        asks("BYE", sequence=4),
        hears("200"),
    )
    call = desk.agents.answer(desk.here)
    desk.over(call, there)
    assert desk.here.states(call.id) == [CallState.RINGING, CallState.CONNECTED, CallState.ENDED]
    desk.has_heard_itself()


def test_other_side_holds_by_update_and_takes_back(desk: Desk) -> None:
    there = desk.called_by(
        calls(body=sdp()),
        *RINGS,
        hears("200"),
        asks("ACK", sequence=1),
        pause(500),
        asks("UPDATE", sequence=2, body=sdp("sendonly", 2)),
        hears("200", check="a=recvonly"),
        pause(1500),
        asks("UPDATE", sequence=3, body=sdp("sendrecv", 3)),
        hears("200", check="a=sendrecv"),
        pause(2000),
        asks("BYE", sequence=4),
        hears("200"),
    )
    call = desk.agents.answer(desk.here)
    desk.until(call, lambda call: call.held_there)
    desk.until(call, lambda call: not call.held_there)
    desk.over(call, there)
    desk.has_heard_itself()


def test_long_way_over_many_proxies_is_gone_back(desk: Desk) -> None:
    proxies = [f"proxy-{number}.a-rather-long-name-of-a-carrier.example" for number in range(12)]
    via = [f"Via: SIP/2.0/UDP {name}:5060;branch=z9hG4bK{name}" for name in proxies]
    route = [f"Record-Route: <sip:[local_ip]:[local_port];lr;name={name};ftag=[call_number]>" for name in proxies]
    there = desk.called_by(
        calls(*via, *route, body=sdp()),
        hears("100", optional=True),
        hears("180", check=proxies[-1]),
        hears("200", check=proxies[-1]),
        asks("ACK", sequence=1),
        hears("BYE"),
        answers("200 OK", tag=""),
    )
    call = desk.agents.answer(desk.here)
    desk.agents.talk(2)
    desk.agents.hang_up(desk.here, call)
    there.finish()
    (bye,) = (each for each in there.received() if each.startswith("BYE"))
    assert re.findall("^Route: .*;name=([^;]+);", bye, re.MULTILINE) == proxies
    desk.has_heard_itself()


ENDS = (hears("BYE"), answers("200 OK", tag=""))
TALKS = (answers("200 OK", body=sdp()), hears("ACK"))


def test_sound_before_the_answer_comes_with_183(desk: Desk) -> None:
    there, call = desk.calls(hears("INVITE"), answers("183 Session Progress", body=sdp()), pause(2000), *TALKS, *ENDS)
    desk.until(call, lambda call: call.state is CallState.EARLY_MEDIA)
    desk.until(call, is_connected)
    desk.here.phone.hang_up(call.id)
    desk.over(call, there)
    desk.has_heard_itself()


def test_183_that_must_be_confirmed_is(desk: Desk) -> None:
    there, call = desk.calls(
        hears("INVITE", check="Supported:.*100rel", keeps=KEPT),
        answers("183 Session Progress", "Require: 100rel", "RSeq: 17", body=sdp()),
        hears("PRACK", check="RAck: *17 "),
        answers("200 OK", tag=""),
        pause(1500),
        answers("200 OK", kept=True),
        hears("ACK"),
        *ENDS,
    )
    desk.until(call, lambda call: call.state is CallState.EARLY_MEDIA)
    desk.until(call, is_connected)
    desk.agents.talk(0.5)
    desk.here.phone.hang_up(call.id)
    desk.over(call, there)
    desk.has_heard_itself()


def test_second_of_two_telephones_that_ring_answers(desk: Desk) -> None:
    there, call = desk.calls(
        hears("INVITE"),
        answers("180 Ringing", tag="first"),
        pause(200),
        answers("183 Session Progress", tag="first", body=sdp()),
        pause(200),
        answers("180 Ringing", tag="second"),
        pause(500),
        answers("200 OK", tag="second", body=sdp()),
        hears("ACK", check="tag=second"),
        hears("BYE", check="tag=second"),
        answers("200 OK", tag=""),
    )
    desk.until(call, is_connected)
    desk.agents.talk(2)
    desk.here.phone.hang_up(call.id)
    desk.over(call, there)
    desk.has_heard_itself()


def test_call_is_sent_on_to_another_address(desk: Desk) -> None:
    other = desk.sipp(write(desk.folder / "other.xml", hears("INVITE"), answers("180 Ringing"), *TALKS, *ENDS))
    first, call = desk.calls(
        hears("INVITE"),
        answers("302 Moved Temporarily", contact="desk@127.0.0.1:[other_port]"),
        hears("ACK"),
        other_port=str(other.port),
    )
    connected = desk.until(call, is_connected)
    assert connected.remote_number == call.remote_number
    desk.agents.talk(2)
    desk.here.phone.hang_up(call.id)
    desk.over(call, first)
    other.finish()
    assert other.received()[0].startswith("INVITE sip:desk@")
    desk.has_heard_itself()


def test_call_that_is_sent_on_in_a_circle_ends(desk: Desk) -> None:
    moved = (hears("INVITE"), answers("302 Moved Temporarily", contact="sipp@[local_ip]:[local_port]"), hears("ACK"))
    there, call = desk.calls(*moved, *moved)
    ended = desk.over(call, there)
    assert ended.end is not None
    assert (ended.end.reason, ended.end.sip_code) == (EndReason.FAILED, 302)


def test_call_that_is_sent_on_to_where_nobody_is_ends(desk: Desk) -> None:
    nobody = "x@127.0.0.1:9;transport=tcp"
    there, call = desk.calls(hears("INVITE"), answers("302 Moved Temporarily", contact=nobody), hears("ACK"))
    ended = desk.over(call, there)
    assert ended.end is not None
    assert ended.end.reason is EndReason.UNREACHABLE


def test_switch_that_wants_a_longer_session_gets_it(desk: Desk) -> None:
    there, call = desk.calls(
        hears("INVITE"),
        answers("422 Session Interval Too Small", "Min-SE: 7200"),
        hears("ACK"),
        hears("INVITE", check="Session-Expires: *7200"),
        answers("200 OK", "Require: timer", "Session-Expires: 7200;refresher=uas", body=sdp()),
        hears("ACK"),
        *ENDS,
    )
    desk.until(call, is_connected)
    desk.agents.talk(1.5)
    desk.here.phone.hang_up(call.id)
    desk.over(call, there)
    desk.has_heard_itself()


def test_hold_that_is_refused_for_the_moment_is_asked_again(desk: Desk) -> None:
    there, call = desk.calls(
        hears("INVITE"),
        *TALKS,
        hears("INVITE", check="a=sendonly"),
        answers("491 Request Pending", tag=""),
        hears("ACK"),
        hears("INVITE", check="a=sendonly"),
        answers("200 OK", body=sdp("recvonly", 2), tag=""),
        hears("ACK"),
        *ENDS,
    )
    desk.until(call, is_connected)
    desk.here.phone.hold(call.id)
    desk.until(call, lambda call: call.held_here)
    desk.here.phone.hang_up(call.id)
    desk.over(call, there)


def test_both_sides_who_change_the_call_at_once_agree_in_the_end(desk: Desk) -> None:
    there, call = desk.calls(
        hears("INVITE"),
        *TALKS,
        hears("INVITE", check="a=sendonly", keeps=KEPT),
        asks("INVITE", sequence=1, body=sdp(version=2), as_called=True),
        hears("491"),
        asks("ACK", sequence=1, as_called=True),
        answers("491 Request Pending", tag="", kept=True),
        hears("ACK"),
        hears("INVITE", check="a=sendonly"),
        answers("200 OK", body=sdp("recvonly", 2), tag=""),
        hears("ACK"),
        *ENDS,
    )
    desk.until(call, is_connected)
    desk.here.phone.hold(call.id)
    desk.until(call, lambda call: call.held_here)
    desk.here.phone.hang_up(call.id)
    desk.over(call, there)
