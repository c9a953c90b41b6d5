"""What a real Asterisk 22 said in typical calls, read as the port's events; tests/server/asterisk holds its words."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

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
    Overflowed,
    RangOut,
    Transferred,
)

SAID = Path(__file__).parent / "asterisk"
SETTINGS = AsteriskSettings("pbx1", "127.0.0.1", reference_variable="CALLREF")
CUSTOMER = "9000"
AT = datetime(2026, 11, 21, tzinfo=UTC)


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


def test_next_agent_gets_the_reference_after_one_did_not_answer() -> None:
    events = _happened("a3-ringnoanswer-then-other-agent")
    asked = next(event for event in events if isinstance(event, Asked))
    ended = next(event for event in events if isinstance(event, LegEnded) and event.extension == "1002")
    assert ended.reference == asked.reference != ""


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


@pytest.mark.parametrize(
    ("name", "is_attended"), [("c-blind-transfer", False), ("d-attended-transfer", True)], ids=["blind", "attended"]
)
def test_transfer_is_told_with_who_gave_the_call_on_and_where_to(name: str, is_attended: bool) -> None:
    events = _happened(name)
    asked = next(event for event in events if isinstance(event, Asked))
    told = [event for event in events if isinstance(event, Transferred)]
    expected = (asked.call, Extension("1001"), "1002", is_attended, asked.queue, asked.reference)
    assert [(one.call, one.extension, one.to, one.is_attended, one.queue, one.reference) for one in told] == [expected]


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


def _watching(now: list[datetime]) -> Watching:
    watching = Watching(SETTINGS, lambda: now[0])
    watching.begin((), (), ())
    return watching


def _said(event: str, **fields: str) -> Packet:
    return read_packet([f"Event: {event}", *(f"{name}: {value}" for name, value in fields.items())])


CALLER = {"Channel": "PJSIP/trunk-00000001", "Uniqueid": "1.1", "Linkedid": "1.1", "Queue": "support"}


def test_caller_who_comes_to_be_in_another_call_while_waiting_waits_no_more_once_answered() -> None:
    watching = _watching([AT])
    watching.hear(_said("QueueCallerJoin", **CALLER))
    elsewhere = CALLER | {"Linkedid": "0.9"}
    answered = watching.hear(_said("AgentConnect", **elsewhere, Interface="PJSIP/1001"))
    assert [(type(one), one.call) for one in answered if isinstance(one, Answered)] == [(Answered, "1.1")]
    assert watching.waiting == ()


@pytest.mark.parametrize("dialled", [(), ("DialEnd",)], ids=["nobody tried", "somebody took them and was cut"])
def test_caller_who_hangs_up_waits_no_more_whatever_else_was_told(dialled: tuple[str, ...]) -> None:
    watching = _watching([AT])
    for event in ("QueueCallerJoin", *dialled):
        watching.hear(_said(event, **CALLER, DialStatus="ANSWER"))
    assert [type(one) for one in watching.hear(_said("Hangup", **CALLER))] == [GaveUp]
    assert watching.waiting == ()


def test_clock_of_the_exchange_that_is_set_back_moves_nothing() -> None:
    now = [AT]
    watching = _watching(now)

    def asked_at(call: str, ahead_s: float) -> datetime:
        stamp = str(now[0].timestamp() + ahead_s)
        told = watching.hear(_said("QueueCallerJoin", **CALLER | {"Uniqueid": call, "Linkedid": call}, Timestamp=stamp))
        return next(one.at for one in told if isinstance(one, Asked))

    assert asked_at("1.1", 3600) == AT
    assert asked_at("1.2", 3599.5) == AT - timedelta(seconds=0.5)
    assert asked_at("1.3", 0) == AT


def test_telephone_that_is_not_answering_the_exchange_is_not_reachable() -> None:
    there = _said("ContactList", Endpoint="1001", Uri="sip:1001@10.0.0.1", Status="Reachable")
    gone = _said("ContactList", Endpoint="1002", Uri="sip:1002@10.0.0.2", Status="Unreachable")
    shot = Watching(SETTINGS, lambda: AT).begin((), (), (there, gone))
    assert shot.registered == {Extension("1001")}


EVENTS = (
    "QueueCallerJoin", "QueueCallerLeave", "QueueCallerAbandon", "AgentCalled", "AgentRingNoAnswer", "AgentConnect",
    "DialEnd", "Newstate", "Hold", "Unhold", "HangupRequest", "Hangup", "QueueMemberAdded", "QueueMemberPause",
    "QueueMemberRemoved", "ContactStatus", "ChanSpyStart", "ChanSpyStop", "BlindTransfer", "AttendedTransfer",
)  # fmt: skip
NAMES = (
    "Channel", "DestChannel", "Interface", "Uniqueid", "Linkedid", "Queue", "Timestamp", "Penalty", "Paused",
    "ChannelStateDesc", "RingTime", "HoldTime", "Result", "TransfererChannel", "OrigTransfererChannel", "ChanVariable",
    "SpyerChannel", "SpyeeChannel", "EndpointName", "URI", "ContactStatus", "DialStatus",
)  # fmt: skip
WORDS = st.one_of(
    st.sampled_from(("PJSIP/1001-00000001", "PJSIP/1001", "1.1", "support", "Up", "Ringing", "1", "ANSWER", "Success")),
    st.sampled_from(("--5", "9" * 5000, "nan", "-inf", "1e300", "CALLREF=", "²", "")),
    st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=20),
)


@given(st.lists(st.tuples(st.sampled_from(EVENTS), st.dictionaries(st.sampled_from(NAMES), WORDS)), max_size=30))
@settings(max_examples=150, deadline=None)
def test_nothing_an_exchange_says_is_too_much(said: list[tuple[str, dict[str, str]]]) -> None:
    watching = _watching([AT])
    for event, fields in said:
        for told in watching.hear(_said(event, **fields)):
            assert told.at.tzinfo is not None
    assert len(watching.waiting) <= len(said)


LEFT = (("QueueCallerAbandon", 15.0), ("QueueCallerLeave", 15.0))


@pytest.mark.parametrize(
    ("then", "told"),
    [
        ((("HangupRequest", 14.9), *LEFT, ("Hangup", 15.0)), [GaveUp]),
        ((*LEFT, ("Hangup", 15.4)), [GaveUp]),
        ((*LEFT, ("QueueCallerJoin", 15.1)), [Overflowed, Asked]),
        ((*LEFT, ("Newstate", 30.0), ("Hangup", 40.0)), [Overflowed]),
        ((("QueueCallerLeave", 15.0), ("Hangup", 40.0)), [Overflowed]),
    ],
    ids=["hung up", "hung up elsewhere", "went to another queue", "went to a mailbox", "was turned away"],
)
def test_who_waited_too_long_is_told_apart_from_who_gave_up(
    then: tuple[tuple[str, float], ...], told: list[type[ExchangeEvent]]
) -> None:
    now = [AT]
    watching = _watching(now)
    watching.hear(_said("QueueCallerJoin", **CALLER))
    events: list[ExchangeEvent] = []
    for event, after_s in then:
        now[0] = AT + timedelta(seconds=after_s)
        queue = {"Queue": "sales"} if event == "QueueCallerJoin" else {}
        events += watching.hear(_said(event, **CALLER | queue))
    assert [type(one) for one in events] == told
    assert [one.waited_s for one in events if isinstance(one, GaveUp | Overflowed)] == [pytest.approx(15.0)]


def test_who_waits_for_the_agent_they_know_has_asked_once_and_in_the_queue_they_want() -> None:
    now = [AT]
    watching = Watching(replace(SETTINGS, last_agent_queue="last"), lambda: now[0])
    watching.begin((), (), ())
    last = CALLER | {"Queue": "last", "ChanVariable": "QUEUE=support", "Interface": "PJSIP/1002"}
    events: list[ExchangeEvent] = []
    for event, queue in (
        ("QueueMemberAdded", last), ("QueueCallerJoin", last), ("AgentCalled", last), ("AgentRingNoAnswer", last),
        ("QueueCallerAbandon", last), ("QueueCallerLeave", last), ("QueueCallerJoin", CALLER),
    ):  # fmt: skip
        now[0] += timedelta(seconds=2)
        events += watching.hear(_said(event, **queue))
    assert _of(events, Asked, Offered, RangOut, Overflowed, GaveUp) == ["Asked", "Offered", "RangOut"]
    assert {one.queue for one in events if isinstance(one, Asked | Offered | RangOut)} == {"support"}
    assert _of(events, MemberChanged) == []
    assert [(one.queue, one.since) for one in watching.waiting] == [("support", AT + timedelta(seconds=4))]
    assert _of(watching.hear(_said("Hangup", **CALLER)), GaveUp) == ["GaveUp"]
