"""The small rules: what to dial, why it ended, how good it sounded, what the panes are shown."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from agent_desktop.softphone import commands
from agent_desktop.softphone.account import Account, Registered, Transport
from agent_desktop.softphone.address import address_of
from agent_desktop.softphone.call import Call, CallId, CallState, Direction, EndReason
from agent_desktop.softphone.endings import ending_of
from agent_desktop.softphone.engine import EngineRefusedError
from agent_desktop.softphone.events import CallChanged, PhoneLost, PhoneReady, PhoneSnapshot
from agent_desktop.softphone.phone import Phone
from agent_desktop.softphone.quality import opinion_score

AT = datetime(2026, 11, 21, tzinfo=UTC)
OUT = Call(CallId("o"), Direction.OUTGOING, CallState.DIALLING, "1", "", AT)
IN = Call(CallId("i"), Direction.INCOMING, CallState.RINGING, "1", "", AT)
AT_SITE = Account("1001", "pbx.example")


@pytest.mark.parametrize(
    ("dialled", "address"),
    [
        ("0571-8888 6666", "sip:057188886666@pbx.example"),
        (" +86 (571) 8888.6666 ", "sip:+8657188886666@pbx.example"),
        ("*47", "sip:*47@pbx.example"),
        ("#9", "sip:%239@pbx.example"),
        ("tel:10086", "sip:10086@pbx.example"),
        ("sip:100@127.0.0.1:5070", "sip:100@127.0.0.1:5070"),
        ("alice", "sip:alice@pbx.example"),
    ],
)
def test_number_becomes_an_address(dialled: str, address: str) -> None:
    assert address_of(dialled, AT_SITE) == address


def test_address_names_the_transport_of_the_account() -> None:
    tcp = replace(AT_SITE, transport=Transport.TCP)
    assert address_of("100", tcp) == "sip:100@pbx.example;transport=tcp"
    assert address_of("sip:1@h;transport=udp", tcp) == "sip:1@h;transport=udp"


@pytest.mark.parametrize("dialled", ["", "  ", "1;2", "12<3>", "sip:", "sip:a b@c", "1@2", "x" * 65])
def test_what_cannot_be_dialled_is_refused(dialled: str) -> None:
    with pytest.raises(EngineRefusedError):
        address_of(dialled, AT_SITE)


@pytest.mark.parametrize(
    ("call", "code", "reason"),
    [
        (OUT, 486, EndReason.BUSY),
        (OUT, 600, EndReason.BUSY),
        (OUT, 603, EndReason.DECLINED),
        (OUT, 404, EndReason.NOT_FOUND),
        (OUT, 480, EndReason.NO_ANSWER),
        (OUT, 403, EndReason.FORBIDDEN),
        (OUT, 503, EndReason.UNREACHABLE),
        (OUT, 408, EndReason.UNREACHABLE),
        (replace(OUT, rings_there=True), 408, EndReason.NO_ANSWER),
        (OUT, 488, EndReason.INCOMPATIBLE),
        (OUT, 500, EndReason.FAILED),
        (IN, 487, EndReason.MISSED),
        (IN, 500, EndReason.FAILED),
        (replace(OUT, answered_at=AT), 200, EndReason.HUNG_UP_THERE),
        (replace(IN, answered_at=AT), 408, EndReason.LOST),
        (replace(IN, answered_at=AT), 481, EndReason.LOST),
        (replace(IN, answered_at=AT), 500, EndReason.FAILED),
    ],
)
def test_ending_is_read_from_the_answer(call: Call, code: int, reason: EndReason) -> None:
    assert ending_of(call, code) is reason


@pytest.mark.parametrize(
    ("loss_pct", "jitter_ms", "trip_ms", "at_least", "at_most"),
    [
        (0, 0, 0, 4.3, 4.5),
        (0, 20, 100, 4.2, 4.4),
        (2, 10, 50, 4.0, 4.3),
        (10, 30, 300, 2.5, 3.0),
        (80, 200, 2000, 1, 1),
    ],
    ids=["perfect", "good", "noticeable", "bad", "useless"],
)
def test_opinion_falls_with_loss_and_delay(
    loss_pct: float, jitter_ms: float, trip_ms: float, at_least: float, at_most: float
) -> None:
    assert at_least <= opinion_score(loss_pct, jitter_ms, trip_ms) <= at_most


def _nobody(command: commands.Command) -> None:
    """These tests wish nothing."""


def test_lost_phone_ends_its_calls_for_the_panes() -> None:
    phone = Phone(_nobody, clock=lambda: AT)
    phone.apply(PhoneReady(PhoneSnapshot(Registered(AT), (IN,))))
    ended, lost = phone.apply(PhoneLost("gone"))
    assert isinstance(ended, CallChanged)
    assert ended.call.end is not None
    assert ended.call.end.reason is EndReason.PHONE_CRASHED
    assert lost == PhoneLost("gone")
    assert phone.snapshot().calls == ()
    assert not phone.is_there


def test_calls_keep_their_order_while_they_change() -> None:
    phone = Phone(_nobody)
    phone.apply(PhoneReady(PhoneSnapshot(calls=(IN, OUT))))
    connected = replace(IN, state=CallState.CONNECTED)
    phone.apply(CallChanged(connected))
    assert phone.snapshot().calls == (connected, OUT)


def test_wishes_become_commands() -> None:
    sent: list[commands.Command] = []
    phone = Phone(sent.append, new_id=lambda: CallId("n"))
    assert phone.dial("10086", (("X-A", "1"),)) == "n"
    phone.mute(CallId("n"))
    assert sent == [commands.Dial(CallId("n"), "10086", (("X-A", "1"),)), commands.Mute(CallId("n"))]
