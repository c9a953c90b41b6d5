"""What a real Asterisk 22 said in typical calls, read as the port's events; tests/server/asterisk holds its words."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from agent_server.switch.asterisk.manager import Packet, read_packet
from agent_server.switch.asterisk.settings import AsteriskSettings
from agent_server.switch.asterisk.watching import Watching
from agent_server.switch.port import (
    Answered,
    Asked,
    ExchangeEvent,
    Extension,
    GaveUp,
    LegChanged,
    LegEnded,
    LegState,
    MemberChanged,
    MemberGone,
    Monitoring,
    MonitoringChanged,
    Offered,
    RangOut,
)

SAID = Path(__file__).parent / "asterisk"
SETTINGS = AsteriskSettings("pbx1", "127.0.0.1", reference_variable="CALLREF")
CUSTOMER = "9000"


def _packets(name: str) -> list[Packet]:
    text = (SAID / f"{name}.ami.txt").read_text(encoding="utf-8")
    return [read_packet(part.splitlines()) for part in text.split("\n\n") if part.strip()]


def _happened(name: str) -> list[ExchangeEvent]:
    at = [datetime(2026, 11, 21, tzinfo=UTC)]
    watching = Watching(SETTINGS, lambda: at[0])
    watching.begin((), (), ())
    events: list[ExchangeEvent] = []
    for packet in _packets(name):
        if packet["Timestamp"]:
            at[0] = datetime.fromtimestamp(float(packet["Timestamp"]), UTC)
        events += watching.hear(packet)
    return [event for event in events if not (isinstance(event, LegChanged) and event.leg.extension == CUSTOMER)]


def _of(events: list[ExchangeEvent], *kinds: type[ExchangeEvent]) -> list[str]:
    return [type(event).__name__ for event in events if isinstance(event, kinds)]


def test_answered_call_is_told_from_asking_to_its_end() -> None:
    events = _happened("a-inbound-answered")
    assert _of(events, Asked, Offered, Answered, GaveUp) == ["Asked", "Offered", "Answered"]
    asked = next(event for event in events if isinstance(event, Asked))
    assert (asked.queue, asked.number) == ("support", "9000")
    ended = next(event for event in events if isinstance(event, LegEnded) and event.extension == "1001")
    assert (ended.call, ended.queue, ended.reference) == (asked.call, "support", asked.reference)
    assert ended.talked_s == pytest.approx(5.12, abs=0.2)


def test_who_was_turned_away_goes_to_the_other() -> None:
    events = _happened("a3-ringnoanswer-then-other-agent")
    assert _of(events, Asked, Offered, RangOut, Answered) == ["Asked", "Offered", "RangOut", "Offered", "Answered"]
    rang = next(event for event in events if isinstance(event, RangOut))
    assert (rang.extension, rang.is_refused) == ("1001", True)


def test_held_time_is_no_talk_time() -> None:
    events = _happened("a4-hold-unhold")
    states = [event.leg.state for event in events if isinstance(event, LegChanged) and event.leg.extension == "1001"]
    assert [state for at, state in enumerate(states) if at == 0 or states[at - 1] is not state] == [
        LegState.RINGING,
        LegState.UP,
        LegState.HELD,
        LegState.UP,
    ]
    ended = next(event for event in events if isinstance(event, LegEnded) and event.extension == "1001")
    assert ended.held_s == pytest.approx(2.08, abs=0.05)
    assert ended.talked_s == pytest.approx(2.12, abs=0.2)


def test_caller_who_gives_up_was_offered_and_not_answered() -> None:
    events = _happened("b-caller-abandon")
    assert _of(events, Asked, Offered, RangOut, Answered, GaveUp) == ["Asked", "Offered", "GaveUp"]
    gave_up = next(event for event in events if isinstance(event, GaveUp))
    assert gave_up.waited_s == pytest.approx(3.1, abs=0.2)


def test_attended_transfer_ends_one_leg_and_goes_on_with_the_other() -> None:
    events = _happened("d-attended-transfer")
    call = next(event.call for event in events if isinstance(event, Asked))
    ended = [(event.call, event.extension) for event in events if isinstance(event, LegEnded)]
    assert (call, "1001") in ended
    assert (call, "1002") in ended
    who = [extension for ended_call, extension in ended if ended_call == call]
    assert who.index(Extension("1001")) < who.index(Extension("1002"))


def test_pauses_are_told_with_their_reason_once() -> None:
    events = _happened("e-pause-unpause")
    paused = [event.member for event in events if isinstance(event, MemberChanged) and event.member.is_paused]
    assert {member.reason for member in paused} == {"Lunch break"}
    assert any(isinstance(event, MemberGone) for event in events)


def test_lead_who_dials_the_exchanges_own_code_is_seen_listening() -> None:
    changes = [event for event in _happened("f-chanspy-listen") if isinstance(event, MonitoringChanged)]
    assert [(event.lead, event.extension, event.how) for event in changes] == [
        ("1100", "1001", Monitoring.LISTEN),
        ("1100", "1001", None),
    ]
