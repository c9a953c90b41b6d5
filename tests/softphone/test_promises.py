"""What every engine promises, asked of the simulated one and of two PJSIP processes that call each other."""

from dataclasses import replace

from agent_desktop.softphone.call import CallState, Direction, EndReason
from agent_desktop.softphone.events import CommandRefused, DigitReceived, Refusal, SoundTest, SoundTested
from agent_desktop.softphone.invite import InviteFacts
from tests.softphone.conftest import Pair
from tests.softphone.stations import direct

HEADERS = (
    ("P-Asserted-Identity", '"张三" <sip:+8613812345678@hailan.example>'),
    ("X-Customer-Id", "CUST-004711"),
    ("User-to-User", "637573742d303034373131;encoding=hex;purpose=isdn-interwork"),
    ("Diversion", "<sip:4008100200@hailan.example>;reason=unconditional;counter=1"),
    ("X-Queue", "support"),
    ("X-IVR-Path", "main>2>broadband  fault"),
    ("X-Called-Number", "4008100200"),
    ("X-Call-Ref", "pbx1-1795285319.153"),
)


def test_answered_call_is_connected_on_both_sides(pair: Pair) -> None:
    out, into = pair.both.connect(pair.there, pair.here)
    called, caller = pair.here.call(into), pair.there.call(out)
    assert (called.direction, caller.direction) == (Direction.INCOMING, Direction.OUTGOING)
    assert called.answered_at is not None
    assert called.started_at <= called.answered_at
    assert pair.there.states(out) == [CallState.DIALLING, CallState.CONNECTED]
    assert pair.here.states(into) == [CallState.RINGING, CallState.CONNECTED]


def test_headers_of_the_invite_arrive_byte_for_byte(pair: Pair) -> None:
    _, into = pair.both.ring(pair.there, pair.here, HEADERS)
    call = pair.here.call(into)
    assert call.invite == InviteFacts(
        asserted_number="+8613812345678",
        asserted_name="张三",
        customer_id="CUST-004711",
        user_to_user="637573742d303034373131;encoding=hex;purpose=isdn-interwork",
        diversion="<sip:4008100200@hailan.example>;reason=unconditional;counter=1",
        queue="support",
        ivr_path="main>2>broadband  fault",
        called_number="4008100200",
        call_ref="pbx1-1795285319.153",
    )
    assert (call.remote_number, call.remote_name) == ("+8613812345678", "张三")


def test_caller_without_asserted_identity_is_known_by_from(pair: Pair) -> None:
    _, into = pair.both.ring(pair.there, pair.here)
    assert pair.here.call(into).remote_number == "200"


def test_agent_hangs_up(pair: Pair) -> None:
    out, into = pair.both.connect(pair.there, pair.here)
    pair.here.phone.hang_up(into)
    here = pair.both.until_call(pair.here, into, lambda call: call.is_over)
    there = pair.both.until_call(pair.there, out, lambda call: call.is_over)
    assert here.end is not None
    assert there.end is not None
    assert (here.end.reason, there.end.reason) == (EndReason.HUNG_UP_HERE, EndReason.HUNG_UP_THERE)
    assert pair.here.states(into)[-2:] == [CallState.ENDING, CallState.ENDED]
    assert pair.here.phone.snapshot().calls == ()


def test_caller_hangs_up(pair: Pair) -> None:
    out, into = pair.both.connect(pair.there, pair.here)
    pair.there.phone.hang_up(out)
    call = pair.both.until_call(pair.here, into, lambda call: call.is_over)
    assert call.end is not None
    assert call.end.reason is EndReason.HUNG_UP_THERE


def test_declined_caller_hears_busy(pair: Pair) -> None:
    out, into = pair.both.ring(pair.there, pair.here)
    pair.here.phone.decline(into)
    here = pair.both.until_call(pair.here, into, lambda call: call.is_over)
    there = pair.both.until_call(pair.there, out, lambda call: call.is_over)
    assert here.end is not None
    assert there.end is not None
    assert here.end.reason is EndReason.DECLINED
    assert (there.end.reason, there.end.sip_code) == (EndReason.BUSY, 486)


def test_caller_who_gives_up_is_missed(pair: Pair) -> None:
    out, into = pair.both.ring(pair.there, pair.here)
    pair.there.phone.hang_up(out)
    here = pair.both.until_call(pair.here, into, lambda call: call.is_over)
    there = pair.both.until_call(pair.there, out, lambda call: call.is_over)
    assert here.end is not None
    assert there.end is not None
    assert (here.end.reason, there.end.reason) == (EndReason.MISSED, EndReason.CANCELLED)


def test_hold_and_resume_are_seen_on_both_sides(pair: Pair) -> None:
    out, into = pair.both.connect(pair.there, pair.here)
    pair.here.phone.hold(into)
    pair.both.until_call(pair.here, into, lambda call: call.held_here and not call.held_there)
    pair.both.until_call(pair.there, out, lambda call: call.held_there and not call.held_here)
    pair.here.phone.resume(into)
    pair.both.until_call(pair.here, into, lambda call: call.is_talking)
    pair.both.until_call(pair.there, out, lambda call: call.is_talking)


def test_both_sides_can_hold_at_once(pair: Pair) -> None:
    out, into = pair.both.connect(pair.there, pair.here)
    pair.here.phone.hold(into)
    pair.both.until_call(pair.there, out, lambda call: call.held_there)
    pair.there.phone.hold(out)
    pair.both.until_call(pair.there, out, lambda call: call.held_here and call.held_there)
    pair.both.until_call(pair.here, into, lambda call: call.held_here and call.held_there)


def test_mute_and_unmute_are_told(pair: Pair) -> None:
    _, into = pair.both.connect(pair.there, pair.here)
    pair.here.phone.mute(into)
    pair.both.until_call(pair.here, into, lambda call: call.muted)
    pair.here.phone.unmute(into)
    pair.both.until_call(pair.here, into, lambda call: not call.muted)


def test_digits_arrive_in_order(pair: Pair) -> None:
    _, into = pair.both.connect(pair.there, pair.here)
    pair.here.phone.send_digits(into, "12#a*00")

    def digits() -> str:
        return "".join(event.digit for event in pair.there.told if isinstance(event, DigitReceived))

    pair.both.until(lambda: len(digits()) == 7)
    assert digits() == "12#A*00"


def test_answering_a_second_call_holds_the_first(pair: Pair) -> None:
    first_out, first = pair.both.connect(pair.there, pair.here)
    second_out, second = pair.both.ring(pair.there, pair.here)
    assert not pair.here.call(first).held_here, "a second ring must not disturb the first call"
    pair.here.phone.answer(second)
    pair.both.until_call(pair.here, second, lambda call: call.state is CallState.CONNECTED)
    pair.both.until_call(pair.here, first, lambda call: call.held_here)
    pair.both.until_call(pair.there, first_out, lambda call: call.held_there)
    pair.here.phone.resume(first)
    pair.both.until_call(pair.here, first, lambda call: not call.held_here)
    pair.both.until_call(pair.here, second, lambda call: call.held_here)
    pair.both.until_call(pair.there, second_out, lambda call: call.held_there)


def test_unknown_call_is_refused(pair: Pair) -> None:
    out, _ = pair.both.ring(pair.there, pair.here)
    pair.there.phone.hang_up(out)
    pair.both.until_call(pair.there, out, lambda call: call.is_over)
    pair.there.phone.hold(out)
    pair.both.until(lambda: any(isinstance(event, CommandRefused) for event in pair.there.told))
    refused = [event for event in pair.there.told if isinstance(event, CommandRefused)]
    assert [(event.command, event.call_id, event.refusal) for event in refused] == [("Hold", out, Refusal.NO_SUCH_CALL)]


def test_unfit_number_is_refused(pair: Pair) -> None:
    _, into = pair.both.connect(pair.there, pair.here)
    call_id = pair.here.phone.dial("12<3>")
    pair.both.until(lambda: any(isinstance(event, CommandRefused) for event in pair.here.told))
    refused = [event for event in pair.here.told if isinstance(event, CommandRefused)]
    assert (refused[0].call_id, refused[0].refusal) == (call_id, Refusal.BAD_NUMBER)
    assert pair.here.call(into).is_talking, "a slip of the keyboard holds nobody"


def test_chosen_number_goes_out_in_the_header_of_the_site(pair: Pair) -> None:
    pair.there.phone.set_account(replace(direct("200"), shown_number_header="X-Called-Number"))
    port = pair.here.phone.snapshot().sip_port
    out = pair.there.phone.dial(f"sip:100@127.0.0.1:{port}", (), "4008100300")
    pair.both.until(lambda: bool(pair.here.incoming()))
    assert pair.here.incoming()[0].invite.called_number == "<sip:4008100300@127.0.0.1>"
    assert pair.both.until_call(pair.there, out, lambda call: call.rings_there).shown_number == "4008100300"


def test_number_that_is_none_is_not_shown_but_refused(pair: Pair) -> None:
    call_id = pair.here.phone.dial("sip:200@127.0.0.1", (), "4008>;x=1")
    pair.both.until(lambda: any(isinstance(event, CommandRefused) for event in pair.here.told))
    refused = [event for event in pair.here.told if isinstance(event, CommandRefused)]
    assert (refused[0].call_id, refused[0].refusal) == (call_id, Refusal.BAD_NUMBER)


def test_answering_twice_is_refused_and_harms_nothing(pair: Pair) -> None:
    _, into = pair.both.connect(pair.there, pair.here)
    pair.here.phone.answer(into)
    pair.both.until(lambda: any(isinstance(event, CommandRefused) for event in pair.here.told))
    assert pair.here.call(into).state is CallState.CONNECTED


def test_many_calls_one_after_another_end_cleanly(pair: Pair) -> None:
    for _ in range(5):
        out, into = pair.both.connect(pair.there, pair.here)
        pair.here.phone.hang_up(into)
        pair.both.until_call(pair.here, into, lambda call: call.is_over)
        pair.both.until_call(pair.there, out, lambda call: call.is_over)
    assert pair.here.phone.snapshot().calls == pair.there.phone.snapshot().calls == ()


def test_trying_the_sound_is_refused_in_a_call(pair: Pair) -> None:
    _, into = pair.both.connect(pair.there, pair.here)
    pair.here.phone.try_sound()
    pair.both.until(lambda: any(isinstance(event, CommandRefused) for event in pair.here.told))
    refused = [event for event in pair.here.told if isinstance(event, CommandRefused)]
    assert [(event.command, event.refusal) for event in refused] == [("TrySound", Refusal.WRONG_STATE)]
    assert pair.here.call(into).is_talking


def test_trying_the_sound_fails_where_there_is_no_microphone(pair: Pair) -> None:
    pair.here.phone.try_sound()
    pair.both.until(lambda: SoundTested(SoundTest.FAILED) in pair.here.told)
