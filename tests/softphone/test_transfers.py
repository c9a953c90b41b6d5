"""What every engine promises of transfers, consultations and conferences; three phones that call each other."""

import pytest

from agent_desktop.softphone.call import Call, CallId, CallState, Direction, EndReason, TransferPurpose, TransferState
from agent_desktop.softphone.events import CallChanged, CommandRefused, Refusal, RegistrationChanged
from agent_desktop.softphone.policy import Turned
from tests.softphone.conftest import Trio
from tests.softphone.stations import Station


def address(station: Station) -> str:
    return f"sip:300@127.0.0.1:{station.phone.snapshot().sip_port}"


def transfers(station: Station, call_id: CallId) -> list[TransferState]:
    """The states of its transfer, in the order they were told."""
    told = [event.call for event in station.told if isinstance(event, CallChanged) and event.call.id == call_id]
    states = [call.transfer.state for call in told if call.transfer is not None]
    return [state for at, state in enumerate(states) if at == 0 or states[at - 1] is not state]


def reason(call: Call) -> EndReason | None:
    return None if call.end is None else call.end.reason


def rings(trio: Trio, station: Station) -> Call:
    trio.all.until(lambda: bool(station.incoming()))
    return station.incoming()[0]


def ended(trio: Trio, station: Station, call_id: CallId) -> EndReason | None:
    return reason(trio.all.until_call(station, call_id, lambda call: call.is_over))


def failed(trio: Trio, call_id: CallId) -> Call:
    return trio.all.until_call(
        trio.here, call_id, lambda call: call.transfer is not None and call.transfer.state is TransferState.FAILED
    )


def refusals(station: Station) -> list[tuple[str, Refusal]]:
    return [(event.command, event.refusal) for event in station.told if isinstance(event, CommandRefused)]


def consultation(trio: Trio) -> tuple[CallId, CallId, CallId, CallId]:
    """The customer's call here, the consultation here, the customer's own, the colleague's own; all answered."""
    customers, first = trio.all.connect(trio.there, trio.here)
    second = trio.here.phone.consult(first, address(trio.third))
    colleagues = rings(trio, trio.third).id
    trio.third.phone.answer(colleagues)
    trio.all.until_call(trio.here, second, lambda call: call.is_talking)
    trio.all.until_call(trio.there, customers, lambda call: call.held_there)
    return first, second, customers, colleagues


def test_blind_transfer_holds_at_once_tells_how_it_goes_and_leaves_when_it_is_done(trio: Trio) -> None:
    customers, first = trio.all.connect(trio.there, trio.here)
    trio.here.phone.transfer(first, address(trio.third), TransferPurpose.SURVEY, (("X-Call-Ref", "ref 1;a=ü&b"),))
    ringing = rings(trio, trio.third)
    waiting = trio.all.until_call(
        trio.here, first, lambda call: call.transfer is not None and call.transfer.state is TransferState.RINGING
    )
    assert waiting.held_here
    assert waiting.transfer is not None
    assert (waiting.transfer.to, waiting.transfer.purpose) == (address(trio.third), TransferPurpose.SURVEY)
    assert (ringing.remote_number, ringing.invite.call_ref) == ("200", "ref 1;a=ü&b")
    trio.third.phone.answer(ringing.id)
    assert ended(trio, trio.here, first) is EndReason.TRANSFERRED
    assert transfers(trio.here, first) == [TransferState.ASKED, TransferState.RINGING, TransferState.DONE]
    assert ended(trio, trio.there, customers) is EndReason.TRANSFERRED
    (now,) = trio.there.phone.snapshot().calls
    assert (now.continues, now.direction, now.remote_number) == (customers, Direction.OUTGOING, "300")
    trio.all.until_call(trio.there, now.id, lambda call: call.is_talking)
    trio.all.until_call(trio.third, ringing.id, lambda call: call.is_talking)


def test_blind_transfer_that_is_turned_down_leaves_the_call_held_until_it_is_resumed(trio: Trio) -> None:
    customers, first = trio.all.connect(trio.there, trio.here)
    trio.here.phone.transfer(first, address(trio.third))
    trio.third.phone.decline(rings(trio, trio.third).id, Turned.BUSY)
    call = failed(trio, first)
    assert call.transfer is not None
    assert (call.transfer.sip_code, call.state, call.held_here) == (486, CallState.CONNECTED, True)
    trio.here.phone.resume(first)
    call = trio.all.until_call(trio.here, first, lambda call: call.is_talking)
    assert call.transfer is None
    trio.all.until_call(trio.there, customers, lambda call: call.is_talking)
    assert [call.id for call in trio.there.phone.snapshot().calls] == [customers]


def test_blind_transfer_can_be_tried_again(trio: Trio) -> None:
    _, first = trio.all.connect(trio.there, trio.here)
    trio.here.phone.transfer(first, address(trio.third))
    trio.third.phone.decline(rings(trio, trio.third).id)
    failed(trio, first)
    trio.here.phone.transfer(first, address(trio.third))
    trio.third.phone.answer(rings(trio, trio.third).id)
    assert ended(trio, trio.here, first) is EndReason.TRANSFERRED


def test_caller_who_hangs_up_while_the_new_destination_rings_has_hung_up(trio: Trio) -> None:
    customers, first = trio.all.connect(trio.there, trio.here)
    trio.here.phone.transfer(first, address(trio.third))
    rings(trio, trio.third)
    trio.there.phone.hang_up(customers)
    assert ended(trio, trio.here, first) is EndReason.HUNG_UP_THERE


def test_agent_who_takes_the_caller_back_while_it_rings_keeps_them_when_it_fails(trio: Trio) -> None:
    customers, first = trio.all.connect(trio.there, trio.here)
    trio.here.phone.transfer(first, address(trio.third))
    ringing = rings(trio, trio.third)
    trio.all.until_call(trio.here, first, lambda call: call.held_here)
    trio.here.phone.resume(first)
    trio.all.until_call(trio.here, first, lambda call: call.is_talking)
    trio.third.phone.decline(ringing.id)
    assert failed(trio, first).is_talking
    trio.all.until_call(trio.there, customers, lambda call: call.is_talking)


@pytest.mark.parametrize(
    ("number", "headers"), [("12<3>", ()), ("300", (("X-A", "1\r\nX-B: 2"),))], ids=["number", "header"]
)
def test_unfit_transfer_is_refused_and_holds_nobody(
    trio: Trio, number: str, headers: tuple[tuple[str, str], ...]
) -> None:
    _, first = trio.all.connect(trio.there, trio.here)
    trio.here.phone.transfer(first, number, headers=headers)
    trio.all.until(lambda: bool(refusals(trio.here)))
    assert refusals(trio.here) == [("Transfer", Refusal.BAD_NUMBER)]
    assert trio.here.call(first).is_talking
    assert trio.here.call(first).transfer is None


def test_second_transfer_of_a_call_is_refused_while_the_first_is_under_way(trio: Trio) -> None:
    _, first = trio.all.connect(trio.there, trio.here)
    trio.here.phone.transfer(first, address(trio.third))
    rings(trio, trio.third)
    trio.here.phone.transfer(first, address(trio.third))
    trio.all.until(lambda: bool(refusals(trio.here)))
    assert refusals(trio.here) == [("Transfer", Refusal.WRONG_STATE)]


def test_consultation_holds_first_and_completes_into_one_call(trio: Trio) -> None:
    first, second, customers, colleagues = consultation(trio)
    assert trio.here.call(first).held_here
    assert trio.here.call(second).consults_for == first
    trio.here.phone.complete_transfer(first, second)
    assert ended(trio, trio.here, first) is EndReason.TRANSFERRED
    assert ended(trio, trio.here, second) is EndReason.TRANSFERRED
    assert transfers(trio.here, first)[-1] is transfers(trio.here, second)[-1] is TransferState.DONE
    assert ended(trio, trio.there, customers) is EndReason.TRANSFERRED
    assert ended(trio, trio.third, colleagues) is EndReason.TRANSFERRED
    (caller,), (called,) = trio.there.phone.snapshot().calls, trio.third.phone.snapshot().calls
    assert (caller.continues, called.continues) == (customers, colleagues)
    assert called.remote_number == "200"
    trio.all.until_call(trio.there, caller.id, lambda call: call.is_talking)
    trio.all.until_call(trio.third, called.id, lambda call: call.is_talking)
    assert trio.here.phone.snapshot().calls == ()


def test_completing_may_name_the_two_calls_in_any_order(trio: Trio) -> None:
    first, second, _, colleagues = consultation(trio)
    trio.here.phone.complete_transfer(second, first)
    assert ended(trio, trio.here, first) is ended(trio, trio.here, second) is EndReason.TRANSFERRED
    assert ended(trio, trio.third, colleagues) is EndReason.TRANSFERRED


def test_completing_before_the_consulted_one_has_answered_lets_the_caller_wait_for_them(trio: Trio) -> None:
    customers, first = trio.all.connect(trio.there, trio.here)
    second = trio.here.phone.consult(first, address(trio.third))
    rings(trio, trio.third)
    trio.all.until_call(trio.here, second, lambda call: call.rings_there)
    trio.here.phone.complete_transfer(first, second)
    assert ended(trio, trio.here, second) is EndReason.CANCELLED
    trio.all.until(lambda: [call.remote_number for call in trio.third.incoming()] == ["200"])
    trio.third.phone.answer(trio.third.incoming()[0].id)
    assert ended(trio, trio.here, first) is EndReason.TRANSFERRED
    assert ended(trio, trio.there, customers) is EndReason.TRANSFERRED


def test_completing_that_is_turned_down_leaves_both_calls(trio: Trio) -> None:
    first, second, customers, colleagues = consultation(trio)
    before = len(trio.there.told)
    trio.there.phone.set_account(None)  # a phone without an account calls nobody
    trio.all.until(lambda: any(isinstance(event, RegistrationChanged) for event in trio.there.told[before:]))
    trio.here.phone.complete_transfer(first, second)
    for each in (first, second):
        transfer = failed(trio, each).transfer
        assert transfer is not None
        assert transfer.sip_code == 603
    assert (trio.here.call(first).held_here, trio.here.call(second).is_talking) == (True, True)
    assert not trio.there.call(customers).is_over
    assert not trio.third.call(colleagues).is_over


def test_cancelled_consultation_brings_the_caller_back(trio: Trio) -> None:
    first, second, customers, colleagues = consultation(trio)
    trio.here.phone.cancel_consult(second)
    assert ended(trio, trio.here, second) is EndReason.HUNG_UP_HERE
    assert ended(trio, trio.third, colleagues) is EndReason.HUNG_UP_THERE
    trio.all.until_call(trio.here, first, lambda call: call.is_talking)
    trio.all.until_call(trio.there, customers, lambda call: call.is_talking)


def test_consultation_can_be_cancelled_while_it_rings(trio: Trio) -> None:
    customers, first = trio.all.connect(trio.there, trio.here)
    second = trio.here.phone.consult(first, address(trio.third))
    rings(trio, trio.third)
    trio.here.phone.cancel_consult(second)
    assert ended(trio, trio.here, second) is EndReason.CANCELLED
    trio.all.until_call(trio.there, customers, lambda call: call.is_talking)


def test_cancelling_a_consultation_that_was_just_turned_down_still_brings_the_caller_back(trio: Trio) -> None:
    customers, first = trio.all.connect(trio.there, trio.here)
    second = trio.here.phone.consult(first, address(trio.third))
    trio.third.phone.decline(rings(trio, trio.third).id)
    assert ended(trio, trio.here, second) is EndReason.BUSY
    assert trio.here.call(first).held_here, "a consultation that fails leaves the caller held"
    trio.here.phone.cancel_consult(second)
    trio.all.until_call(trio.there, customers, lambda call: call.is_talking)
    assert refusals(trio.here) == []


def test_consultation_with_an_unfit_number_is_refused_and_the_caller_taken_back(trio: Trio) -> None:
    customers, first = trio.all.connect(trio.there, trio.here)
    second = trio.here.phone.consult(first, "12<3>")
    trio.all.until(lambda: bool(refusals(trio.here)))
    assert refusals(trio.here) == [("Dial", Refusal.BAD_NUMBER)]
    trio.all.until_call(trio.here, first, lambda call: call.is_talking)
    trio.all.until_call(trio.there, customers, lambda call: call.is_talking)
    assert [call.id for call in trio.here.phone.snapshot().calls] == [first]
    assert second != first


def test_swap_talks_with_one_and_holds_the_other(trio: Trio) -> None:
    first, second, customers, colleagues = consultation(trio)
    trio.here.phone.resume(first)
    trio.all.until_call(trio.there, customers, lambda call: call.is_talking)
    trio.all.until_call(trio.third, colleagues, lambda call: call.held_there)
    trio.here.phone.resume(second)
    trio.all.until_call(trio.third, colleagues, lambda call: call.is_talking)
    trio.all.until_call(trio.there, customers, lambda call: call.held_there)


def test_swaps_faster_than_the_others_answer_end_as_the_last_one_wants(trio: Trio) -> None:
    first, second, customers, colleagues = consultation(trio)
    for wanted in (first, second, first, second, first):
        trio.here.phone.resume(wanted)
    trio.all.until_call(trio.there, customers, lambda call: call.is_talking)
    trio.all.until_call(trio.third, colleagues, lambda call: call.held_there)
    trio.all.until_call(trio.here, first, lambda call: call.is_talking)
    trio.all.until_call(trio.here, second, lambda call: call.held_here)


def conference(trio: Trio) -> tuple[CallId, CallId, CallId, CallId]:
    calls = consultation(trio)
    first, second, customers, colleagues = calls
    trio.here.phone.join(first, second)
    for each in (first, second):
        trio.all.until_call(trio.here, each, lambda call: call.is_in_conference and call.is_talking)
    trio.all.until_call(trio.there, customers, lambda call: call.is_talking)
    trio.all.until_call(trio.third, colleagues, lambda call: call.is_talking)
    return calls


def test_resuming_one_of_a_conference_holds_the_other(trio: Trio) -> None:
    first, second, customers, colleagues = conference(trio)
    trio.here.phone.resume(first)
    trio.all.until_call(trio.third, colleagues, lambda call: call.held_there)
    trio.all.until_call(trio.here, second, lambda call: call.held_here and not call.is_in_conference)
    assert trio.here.call(first).is_talking
    assert not trio.here.call(first).is_in_conference
    assert trio.there.call(customers).is_talking
    trio.here.phone.join(second, first)
    trio.all.until_call(trio.here, second, lambda call: call.is_in_conference and call.is_talking)


def test_holding_one_of_a_conference_leaves_a_call_with_the_other(trio: Trio) -> None:
    first, second, customers, colleagues = conference(trio)
    trio.here.phone.hold(first)
    trio.all.until_call(trio.there, customers, lambda call: call.held_there)
    trio.all.until_call(trio.here, second, lambda call: call.is_talking and not call.is_in_conference)
    assert trio.third.call(colleagues).is_talking


def test_member_who_hangs_up_leaves_an_ordinary_call(trio: Trio) -> None:
    first, second, customers, _ = conference(trio)
    trio.there.phone.hang_up(customers)
    assert ended(trio, trio.here, first) is EndReason.HUNG_UP_THERE
    trio.all.until_call(trio.here, second, lambda call: call.is_talking and not call.is_in_conference)


def test_muting_a_conference_mutes_towards_everybody(trio: Trio) -> None:
    first, second, _, _ = conference(trio)
    trio.here.phone.mute(second)
    for each in (first, second):
        trio.all.until_call(trio.here, each, lambda call: call.muted)
    trio.here.phone.unmute(first)
    for each in (first, second):
        trio.all.until_call(trio.here, each, lambda call: not call.muted)


def test_who_was_muted_stays_so_when_others_are_joined(trio: Trio) -> None:
    first, second, _, _ = consultation(trio)
    trio.here.phone.mute(second)
    trio.here.phone.join(first, second)
    for each in (first, second):
        trio.all.until_call(trio.here, each, lambda call: call.is_in_conference and call.muted)


def test_agent_leaves_a_conference_and_the_others_talk_on(trio: Trio) -> None:
    first, second, customers, colleagues = conference(trio)
    trio.here.phone.complete_transfer(first, second)
    assert ended(trio, trio.here, first) is ended(trio, trio.here, second) is EndReason.TRANSFERRED
    assert ended(trio, trio.there, customers) is ended(trio, trio.third, colleagues) is EndReason.TRANSFERRED
    (caller,), (called,) = trio.there.phone.snapshot().calls, trio.third.phone.snapshot().calls
    trio.all.until_call(trio.there, caller.id, lambda call: call.is_talking)
    trio.all.until_call(trio.third, called.id, lambda call: call.is_talking)


def test_caller_whom_the_agent_holds_stays_held_when_somebody_takes_their_place(trio: Trio) -> None:
    """What the agent says meanwhile is not for a stranger's ears."""
    customers, first = trio.all.connect(trio.there, trio.here)
    trio.here.phone.mute(first)
    trio.here.phone.hold(first)
    trio.all.until_call(trio.there, customers, lambda call: call.held_there)
    trio.there.phone.transfer(customers, address(trio.third))
    trio.third.phone.answer(rings(trio, trio.third).id)
    assert ended(trio, trio.here, first) is EndReason.TRANSFERRED
    (now,) = trio.here.phone.snapshot().calls
    held = trio.all.until_call(trio.here, now.id, lambda call: call.held_here)
    assert (held.continues, held.muted) == (first, True)


def test_caller_in_no_call_cannot_be_joined_or_completed(trio: Trio) -> None:
    _, first = trio.all.connect(trio.there, trio.here)
    trio.here.phone.join(first, CallId("nobody"))
    trio.here.phone.complete_transfer(first, first)
    trio.here.phone.cancel_consult(first)
    trio.all.until(lambda: len(refusals(trio.here)) == 3)
    assert refusals(trio.here) == [
        ("Join", Refusal.NO_SUCH_CALL),
        ("CompleteTransfer", Refusal.WRONG_STATE),
        ("CancelConsult", Refusal.WRONG_STATE),
    ]
    assert trio.here.call(first).is_talking
