"""What crosses between window and phone comes out as it went in."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from agent_desktop.softphone import commands, events
from agent_desktop.softphone.account import (
    Account,
    Registered,
    Registering,
    RegistrarUnreachable,
    RegistrationRefused,
    Transport,
)
from agent_desktop.softphone.audio import Device, DeviceKind, NativeSource, NullSink, Sound, WavSink, WavSource
from agent_desktop.softphone.call import Call, CallEnd, CallId, CallState, Direction, EndReason
from agent_desktop.softphone.invite import HeaderNames, InviteFacts
from agent_desktop.softphone.wire import BadLineError, command_line, event_line, read_command, read_event

AT = datetime(2026, 11, 21, 10, 41, 3, 120000, tzinfo=UTC)
CALL = Call(
    CallId("c1"),
    Direction.INCOMING,
    CallState.ENDED,
    "+8613812345678",
    "张三 📞",
    AT,
    answered_at=AT,
    held_there=True,
    end=CallEnd(EndReason.BUSY, 486, "Busy Here", AT),
    invite=InviteFacts(customer_id="C1", ivr_path="a>b"),
)
HEADSET = Device("USB 耳机", DeviceKind.SPEAKER)


@pytest.mark.parametrize(
    "command",
    [
        commands.UseAccount(
            Account("1", "d", "p", "r:5070", transport=Transport.TLS, invite_headers=HeaderNames(queue="X-Q"))
        ),
        commands.UseAccount(None),
        commands.UseSound(Sound(WavSource(Path("a.wav"), repeats=False), WavSink(Path("b.wav")))),
        commands.UseSound(Sound(NativeSource("麦克风"), NullSink())),
        commands.Dial(CallId("x"), "10086", (("X-A", "1"), ("X-B", "二"))),
        commands.Answer(CallId("x")),
        commands.SendDigits(CallId("x"), "12#"),
        commands.TellAll(),
        commands.Quit(),
    ],
    ids=lambda command: type(command).__name__,
)
def test_command_survives_the_wire(command: commands.Command) -> None:
    assert read_command(command_line(command)) == command


@pytest.mark.parametrize(
    "event",
    [
        events.PhoneReady(events.PhoneSnapshot(Registered(AT), (CALL,), (HEADSET,), speaker=HEADSET, sip_port=5060)),
        events.RegistrationChanged(RegistrationRefused(403, "Forbidden"), 1),
        events.RegistrationChanged(RegistrarUnreachable(0, "", 10), 1),
        events.RegistrationChanged(Registering(), 1),
        events.CallChanged(CALL),
        events.LevelsMeasured(CALL.id, 0.5, 1),
        events.QualityMeasured(CALL.id, 4.4, 0.0, 1.2),
        events.CommandRefused("Dial", None, events.Refusal.NO_ACCOUNT, "none"),
        events.PhoneTaken(),
    ],
    ids=lambda event: type(event).__name__,
)
def test_event_survives_the_wire(event: events.Event) -> None:
    assert read_event(event_line(event)) == event


def test_a_line_is_one_line() -> None:
    line = command_line(commands.Dial(CallId("x"), "1\n2"))
    assert line.count(b"\n") == 1
    assert line.endswith(b"\n")


@pytest.mark.parametrize(
    "line",
    [
        b"",
        b"[]",
        b"{",
        b'{"is":"Explode"}',
        b'{"is":"Dial"}',
        b'{"is":"Answer","call_id":7}',
        b'{"is":"Answer","call_id":"x","more":1}',
        b'{"is":"UseSound","sound":{"source":{"is":"Tape"},"sink":{"is":"NullSink"}}}',
    ],
    ids=["empty", "list", "broken", "unknown", "incomplete", "wrong type", "too much", "unknown source"],
)
def test_line_that_is_no_command_is_told_so(line: bytes) -> None:
    with pytest.raises(BadLineError):
        read_command(line)


def test_password_is_not_in_what_gets_logged() -> None:
    assert "secret" not in repr(commands.UseAccount(Account("1", "d", password="secret")))
