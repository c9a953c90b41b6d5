"""What the phone does with calls by itself, asked of the simulated phone and of two PJSIP processes."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from agent_desktop.softphone.call import Call, CallId, CallState, Direction, EndReason
from agent_desktop.softphone.events import CallChanged, DevicesChanged
from agent_desktop.softphone.invite import InviteFacts
from agent_desktop.softphone.policy import AutoAnswer, CallPolicy, Turned, TurnedAway, answers_after_s, turned_away
from tests.softphone.conftest import Pair
from tests.softphone.stations import Station

AT = datetime(2026, 11, 21, tzinfo=UTC)
RINGING = Call(CallId("i"), Direction.INCOMING, CallState.RINGING, "13812345678", "", AT)
WITHHELD = replace(RINGING, remote_number="")
PRIVATE = replace(RINGING, invite=InviteFacts(is_private=True))
ASKS = replace(RINGING, invite=InviteFacts(answer_after_s=2.0))
AUTO = (("Call-Info", "<sip:127.0.0.1>;answer-after=0"),)
BUSY, AWAY = Turned.BUSY, Turned.UNAVAILABLE


@pytest.mark.parametrize(
    ("policy", "call", "has_others", "away"),
    [
        (CallPolicy(), RINGING, False, None),
        (CallPolicy(), WITHHELD, True, None),
        (CallPolicy(do_not_disturb=True), RINGING, False, TurnedAway(BUSY, EndReason.DO_NOT_DISTURB)),
        (
            CallPolicy(do_not_disturb=True, do_not_disturb_says=AWAY),
            ASKS,
            False,
            TurnedAway(AWAY, EndReason.DO_NOT_DISTURB),
        ),
        (
            CallPolicy(rejects_anonymous=True),
            WITHHELD,
            False,
            TurnedAway(Turned.ANONYMOUS, EndReason.ANONYMOUS_REJECTED),
        ),
        (
            CallPolicy(rejects_anonymous=True),
            PRIVATE,
            False,
            TurnedAway(Turned.ANONYMOUS, EndReason.ANONYMOUS_REJECTED),
        ),
        (CallPolicy(rejects_anonymous=True), RINGING, False, None),
        (CallPolicy(call_waiting=False), RINGING, True, TurnedAway(BUSY, EndReason.LINES_BUSY)),
        (CallPolicy(call_waiting=False), RINGING, False, None),
    ],
    ids=["any", "any withheld", "dnd", "dnd 480", "withheld", "private", "known", "second", "first"],
)
def test_policy_turns_away_what_it_says(
    policy: CallPolicy, call: Call, has_others: bool, away: TurnedAway | None
) -> None:
    assert turned_away(policy, call, has_others=has_others) == away


@pytest.mark.parametrize(
    ("auto_answer", "call", "after_s"),
    [
        (AutoAnswer.NEVER, ASKS, None),
        (AutoAnswer.BY_HEADER, ASKS, 2.0),
        (AutoAnswer.BY_HEADER, RINGING, None),
        (AutoAnswer.ALWAYS, RINGING, 5.0),
        (AutoAnswer.ALWAYS, ASKS, 2.0),
    ],
    ids=["never", "asked", "not asked", "always", "always and asked"],
)
def test_call_is_answered_by_itself_after(auto_answer: AutoAnswer, call: Call, after_s: float | None) -> None:
    assert answers_after_s(CallPolicy(auto_answer=auto_answer, auto_answer_after_s=5.0), call) == after_s


def calls_told(station: Station) -> list[Call]:
    return [event.call for event in station.told if isinstance(event, CallChanged)]


def is_turned_away(pair: Pair, because: EndReason, code: int, headers: tuple[tuple[str, str], ...] = ()) -> Call:
    """The call `here` was told of."""
    before = {call.id for call in calls_told(pair.here)}
    out = pair.there.phone.dial(f"sip:100@127.0.0.1:{pair.here.phone.snapshot().sip_port}", headers)
    there = pair.both.until_call(pair.there, out, lambda call: call.is_over)
    assert there.end is not None
    assert there.end.sip_code == code
    assert not there.rings_there, "it must not ring for the caller either"
    pair.both.until(lambda: any(call.id not in before for call in calls_told(pair.here)))
    (told,) = (call for call in calls_told(pair.here) if call.id not in before)
    assert told.end is not None
    assert (told.state, told.end.reason) == (CallState.ENDED, because)
    return told


def use(pair: Pair, policy: CallPolicy) -> None:
    """Commands are carried out in order, so the answer to a later one says that this one was."""
    pair.here.told.clear()
    pair.here.phone.set_policy(policy)
    pair.here.phone.refresh_devices()
    pair.both.until(lambda: any(isinstance(event, DevicesChanged) for event in pair.here.told))


@pytest.mark.parametrize(("says", "code"), [(Turned.BUSY, 486), (Turned.UNAVAILABLE, 480)], ids=["486", "480"])
def test_do_not_disturb_turns_away_and_tells_it_once_for_the_history(pair: Pair, says: Turned, code: int) -> None:
    use(pair, CallPolicy(do_not_disturb=True, do_not_disturb_says=says))
    told = is_turned_away(pair, EndReason.DO_NOT_DISTURB, code, (("X-Customer-Id", "C-1"),))
    assert (told.remote_number, told.invite.customer_id) == ("200", "C-1")
    use(pair, CallPolicy())
    pair.both.ring(pair.there, pair.here)


def test_anonymous_caller_is_told_so(pair: Pair) -> None:
    use(pair, CallPolicy(rejects_anonymous=True))
    is_turned_away(pair, EndReason.ANONYMOUS_REJECTED, 433, (("Privacy", "id"),))
    pair.both.ring(pair.there, pair.here)


def test_second_call_is_turned_away_without_call_waiting(pair: Pair) -> None:
    use(pair, CallPolicy(call_waiting=False))
    out, into = pair.both.connect(pair.there, pair.here)
    is_turned_away(pair, EndReason.LINES_BUSY, 486)
    assert not pair.here.call(into).held_here
    pair.there.phone.hang_up(out)
    pair.both.until_call(pair.here, into, lambda call: call.is_over)
    pair.both.ring(pair.there, pair.here)


def test_call_that_asks_for_it_is_answered_by_itself(pair: Pair) -> None:
    out = pair.there.phone.dial(f"sip:100@127.0.0.1:{pair.here.phone.snapshot().sip_port}", AUTO)
    pair.both.until_call(pair.there, out, lambda call: call.state is CallState.CONNECTED)
    pair.both.until(lambda: len(calls_told(pair.here)) > 1)
    assert [call.state for call in calls_told(pair.here)] == [CallState.RINGING, CallState.CONNECTED]


def test_every_call_is_answered_by_itself_if_the_site_wants_it(pair: Pair) -> None:
    use(pair, CallPolicy(auto_answer=AutoAnswer.ALWAYS, auto_answer_after_s=0.2))
    out, into = pair.both.ring(pair.there, pair.here)
    pair.both.until_call(pair.there, out, lambda call: call.state is CallState.CONNECTED)
    pair.both.until_call(pair.here, into, lambda call: call.state is CallState.CONNECTED)


def test_nobody_is_taken_out_of_a_call_by_one_that_answers_itself(pair: Pair) -> None:
    use(pair, CallPolicy(auto_answer=AutoAnswer.ALWAYS))
    pair.there.phone.dial(f"sip:100@127.0.0.1:{pair.here.phone.snapshot().sip_port}")
    pair.both.until(lambda: any(call.is_talking for call in pair.here.phone.snapshot().calls))
    first = pair.here.phone.snapshot().calls[0].id
    _, second = pair.both.ring(pair.there, pair.here, AUTO)
    pair.both.for_a_while(0.3)
    assert not pair.here.call(first).held_here
    assert pair.here.call(second).state is CallState.RINGING
    pair.here.phone.answer(second)
    pair.both.until_call(pair.here, second, lambda call: call.is_talking)


def test_call_that_rings_too_long_goes_back(pair: Pair) -> None:
    use(pair, CallPolicy(ring_for_s=0.3))
    out, into = pair.both.ring(pair.there, pair.here)
    here = pair.both.until_call(pair.here, into, lambda call: call.is_over)
    there = pair.both.until_call(pair.there, out, lambda call: call.is_over)
    assert here.end is not None
    assert there.end is not None
    assert here.end.reason is EndReason.RANG_OUT
    assert (there.end.reason, there.end.sip_code) == (EndReason.NO_ANSWER, 480)


def test_answered_call_is_not_given_up(pair: Pair) -> None:
    use(pair, CallPolicy(ring_for_s=0.4))
    _, into = pair.both.connect(pair.there, pair.here)
    pair.both.for_a_while(0.6)
    assert pair.here.call(into).is_talking
