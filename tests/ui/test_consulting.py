"""Somebody is asked about a caller: who hears whom, who stays, and the way back at every moment."""

from agent_desktop.softphone.call import CallState
from agent_desktop.ui.strip.buttons import Deed
from agent_desktop.ui.strip.situation import StripState
from agent_model.agent import AgentState
from tests.ui.at_work import ask, bring, comes, confer, consult, contacts, press, state, talk_with
from tests.ui.seat import AgentSeat, Telephone
from tests.ui.test_panes import texts


def test_caller_is_held_while_a_colleague_is_asked_and_nobody_leaves_the_screen(
    seat: AgentSeat, chen: Telephone, zhou: Telephone
) -> None:
    talk_with(seat, chen)
    bring(seat, "zhou")

    assert seat.pump(lambda: state(seat) is StripState.CONSULT_RINGING and chen.live[0].held_there)
    assert "Zhou Min (1007)" in texts(seat.window.strip)
    assert zhou.ringing.invite.call_ref == "ref-7"
    assert zhou.ringing.invite.customer_id == "C-1"
    assert [item.key for item in seat.workspace.items] == ["call:ref-7"]
    assert seat.window.customer.customer_id == "C-1"
    assert not seat.window.strip.panel.isVisible()


def test_caller_is_taken_back_at_any_moment(seat: AgentSeat, chen: Telephone, zhou: Telephone) -> None:
    ask(seat, chen, zhou)
    press(seat, Deed.CANCEL_CONSULT)

    comes(seat, StripState.CONNECTED)
    assert seat.pump(lambda: not chen.live[0].held_there and not zhou.live)


def test_both_are_connected_and_the_agent_does_the_after_call_work(
    seat: AgentSeat, chen: Telephone, zhou: Telephone
) -> None:
    consult(seat, chen, zhou)
    press(seat, Deed.COMPLETE)

    comes(seat, StripState.AFTER_CALL_WORK)
    assert "Transferred to Zhou Min (1007)" in texts(seat.window.strip)
    assert seat.pump(lambda: [kind for kind, *_ in contacts(seat)] == ["call_in"])
    assert seat.pump(lambda: len(chen.live) == 1 and not chen.live[0].held_there)
    assert zhou.live[0].state is CallState.CONNECTED


def test_colleague_who_is_busy_leaves_the_caller_on_hold_and_it_is_said(
    seat: AgentSeat, chen: Telephone, zhou: Telephone
) -> None:
    ask(seat, chen, zhou)
    zhou.decline()

    comes(seat, StripState.CONSULT_FAILED)
    assert "Zhou Min (1007) is busy. The caller is on hold here." in texts(seat.window.strip)
    press(seat, Deed.RETRIEVE)
    comes(seat, StripState.CONNECTED)
    press(seat, Deed.HOLD)
    comes(seat, StripState.HELD_HERE)


def test_caller_who_hangs_up_meanwhile_leaves_the_agent_with_the_colleague_and_then_the_work(
    seat: AgentSeat, chen: Telephone, zhou: Telephone
) -> None:
    consult(seat, chen, zhou)
    chen.hang_up()

    comes(seat, StripState.CONNECTED)
    assert seat.rooms.session.seat.entry.state is AgentState.ON_CALL
    press(seat, Deed.HANG_UP)
    comes(seat, StripState.AFTER_CALL_WORK)


def test_three_talk_one_is_split_off_and_the_agent_leaves_the_others_together(
    seat: AgentSeat, chen: Telephone, zhou: Telephone
) -> None:
    confer(seat, chen, zhou)
    press(seat, Deed.HOLD)
    comes(seat, StripState.CONFERENCE_HELD)
    press(seat, Deed.RETRIEVE)
    comes(seat, StripState.CONFERENCE)
    press(seat, Deed.SPLIT)
    assert seat.pump(lambda: state(seat) is StripState.CONSULT_TALKING and zhou.live[0].held_there)
    assert not chen.live[0].held_there
    press(seat, Deed.CONFERENCE)
    comes(seat, StripState.CONFERENCE)
    press(seat, Deed.LEAVE)

    comes(seat, StripState.AFTER_CALL_WORK)
    assert seat.pump(lambda: len(chen.live) == 1 and len(zhou.live) == 1)


def test_conference_is_ended_for_everybody(seat: AgentSeat, chen: Telephone, zhou: Telephone) -> None:
    confer(seat, chen, zhou)
    press(seat, Deed.END_ALL)
    assert seat.pump(lambda: seat.window.strip.wishes.would_end_all)
    assert len(chen.live) == len(zhou.live) == 1
    assert "Press again to hang up for all three." in texts(seat.window.strip)
    press(seat, Deed.END_ALL)

    assert seat.pump(lambda: not chen.live and not zhou.live)


def test_slip_of_the_hand_ends_no_conference(seat: AgentSeat, chen: Telephone, zhou: Telephone) -> None:
    confer(seat, chen, zhou)
    strip = seat.window.strip
    for _ in range(5):  # a double click, a key that bounces
        strip.press(Deed.END_ALL)
    strip.press(Deed.LEAVE)

    comes(seat, StripState.AFTER_CALL_WORK)
    assert seat.pump(lambda: len(chen.live) == 1 and len(zhou.live) == 1)


def test_second_press_counts_for_a_moment_only(seat: AgentSeat, chen: Telephone, zhou: Telephone) -> None:
    confer(seat, chen, zhou)
    press(seat, Deed.END_ALL)
    asked = texts(seat.window.strip)
    assert seat.pump(lambda: seat.window.strip.wishes.would_end_all)
    assert seat.pump(lambda: not seat.window.strip.wishes.would_end_all)

    assert "Press again to hang up for all three." in asked
    assert "Press again to hang up for all three." not in texts(seat.window.strip)
    assert seat.window.strip.buttons[Deed.END_ALL].text().strip() == "End for all"
