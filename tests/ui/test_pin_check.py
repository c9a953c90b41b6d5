"""A caller keys in a PIN elsewhere: the agent waits for their return, and finishes nothing before it."""

import pytest

from agent_desktop.softphone.call import TransferPurpose
from agent_desktop.ui.strip.buttons import Deed
from agent_desktop.ui.strip.situation import StripState
from agent_model.agent import AgentState
from tests.ui.at_work import REF, comes, contacts, press, state, take_to
from tests.ui.seat import AgentSeat, Telephone
from tests.ui.test_panes import texts


@pytest.fixture
def ivr(seat: AgentSeat) -> Telephone:
    return seat.telephone("701")


def works(seat: AgentSeat) -> AgentState:
    return seat.rooms.session.seat.entry.state


def wait(seat: AgentSeat, chen: Telephone, ivr: Telephone) -> None:
    """The caller is at the PIN check."""
    take_to(seat, chen, ivr, TransferPurpose.PIN_CHECK)
    comes(seat, StripState.AWAITING_RETURN)


@pytest.mark.parametrize(("word", "shown"), [("yes", "PIN right"), ("no", "PIN wrong")])
def test_caller_comes_back_from_the_pin_check_to_the_same_item_draft_and_contact(
    seat: AgentSeat, chen: Telephone, ivr: Telephone, word: str, shown: str
) -> None:
    seat.window.right.form.subject.setText("")
    wait(seat, chen, ivr)
    seat.window.right.form.subject.setText("Wants a new card")
    waits = [item.key for item in seat.workspace.items]
    ivr.hang_up()
    assert seat.pump(lambda: not chen.live)
    chen.call("1001", REF, ("X-Verified", word))
    comes(seat, StripState.RINGING)
    seat.window.strip.answer()
    comes(seat, StripState.CONNECTED)

    assert waits == ["call:ref-7"]
    assert [item.key for item in seat.workspace.items] == ["call:ref-7"]
    assert shown in texts(seat.window.strip)
    assert seat.window.right.form.subject.text() == "Wants a new card"
    assert seat.window.customer.customer_id == "C-1"
    press(seat, Deed.HANG_UP)
    comes(seat, StripState.AFTER_CALL_WORK)
    assert seat.pump(lambda: sorted(kind for kind, *_ in contacts(seat)) == ["call_in", "identity_check"])


def test_agent_is_on_the_call_and_not_at_its_work_while_the_check_runs(
    seat: AgentSeat, chen: Telephone, ivr: Telephone
) -> None:
    wait(seat, chen, ivr)
    seat.clock.move(seconds=100)
    seat.workspace.calls.tick(seat.clock.now)

    assert works(seat) is AgentState.ON_CALL
    assert "At the PIN check · Chen Siyuan" in texts(seat.window.strip)
    assert "Coming back to you. After 01:20 your after-call work begins." in texts(seat.window.strip)


def test_caller_who_does_not_come_back_is_told_of_and_their_work_begins(
    seat: AgentSeat, chen: Telephone, ivr: Telephone
) -> None:
    wait(seat, chen, ivr)
    seat.clock.move(minutes=3)
    seat.workspace.calls.tick(seat.clock.now)

    assert state(seat) is StripState.AFTER_CALL_WORK
    assert "Chen Siyuan did not come back from the PIN check." in texts(seat.window.toasts)


def test_agent_who_waits_no_longer_does_the_work(seat: AgentSeat, chen: Telephone, ivr: Telephone) -> None:
    wait(seat, chen, ivr)
    press(seat, Deed.STOP_WAITING)

    assert state(seat) is StripState.AFTER_CALL_WORK
    assert works(seat) is AgentState.AFTER_CALL_WORK


def test_caller_who_comes_back_and_gives_up_is_waited_for_no_longer(
    seat: AgentSeat, chen: Telephone, ivr: Telephone
) -> None:
    wait(seat, chen, ivr)
    ivr.hang_up()
    assert seat.pump(lambda: not chen.live)
    chen.call("1001", REF)
    comes(seat, StripState.RINGING)
    chen.hang_up()

    comes(seat, StripState.AFTER_CALL_WORK)
