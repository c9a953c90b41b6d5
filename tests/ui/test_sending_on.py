"""A caller goes to somebody else, to the survey or to be parked: where they arrive, and what is kept of it."""

import pytest

from agent_desktop.softphone.call import TransferPurpose
from agent_desktop.ui.strip.buttons import Deed
from agent_desktop.ui.strip.situation import StripState
from tests.ui.at_work import bring, comes, contacts, press, send_on, state, take_to, talk_with
from tests.ui.seat import AgentSeat, Telephone
from tests.ui.test_panes import texts


def test_caller_is_sent_on_and_the_strip_says_that_they_arrived(
    seat: AgentSeat, chen: Telephone, zhou: Telephone
) -> None:
    send_on(seat, chen, zhou)
    zhou.answer()

    comes(seat, StripState.AFTER_CALL_WORK)
    assert "Transferred to Zhou Min (1007)" in texts(seat.window.strip)


def test_caller_who_is_lost_because_nobody_took_them_is_to_be_called_back(
    seat: AgentSeat, chen: Telephone, zhou: Telephone
) -> None:
    send_on(seat, chen, zhou)
    zhou.decline()
    comes(seat, StripState.TRANSFER_FAILED)
    chen.hang_up()

    comes(seat, StripState.AFTER_CALL_WORK)
    words = "Zhou Min (1007) did not take the call, and the caller is gone. Call them back."
    assert words in texts(seat.window.strip)


def test_call_that_failed_before_does_not_come_back_in_place_of_the_after_call_work(
    seat: AgentSeat, chen: Telephone
) -> None:
    seat.workspace.calls.dial("1099")
    comes(seat, StripState.FAILED)
    talk_with(seat, chen)
    press(seat, Deed.HANG_UP)

    assert seat.pump(lambda: not chen.live)
    assert state(seat) is StripState.AFTER_CALL_WORK


@pytest.mark.parametrize("written", ["billing", "账单", "600"])
def test_caller_is_sent_to_another_queue_by_its_name(seat: AgentSeat, chen: Telephone, written: str) -> None:
    billing = seat.telephone("600")
    talk_with(seat, chen)
    bring(seat, written, at_once=True)

    assert seat.pump(lambda: billing.rings)
    assert billing.ringing.invite.customer_id == "C-1"


def test_caller_is_parked_where_the_site_parks(seat: AgentSeat, chen: Telephone) -> None:
    orbit = seat.telephone("702")
    take_to(seat, chen, orbit, TransferPurpose.PARK)

    comes(seat, StripState.AFTER_CALL_WORK)
    assert "Parked" in texts(seat.window.strip)


def test_caller_who_was_not_taken_is_still_here_and_can_be_taken_back(
    seat: AgentSeat, chen: Telephone, zhou: Telephone
) -> None:
    send_on(seat, chen, zhou)
    zhou.decline()

    comes(seat, StripState.TRANSFER_FAILED)
    assert "Zhou Min (1007) is busy. The caller is on hold here." in texts(seat.window.strip)
    press(seat, Deed.RETRIEVE)
    comes(seat, StripState.CONNECTED)


def test_what_is_no_number_is_said_in_the_panel_and_stays_there(seat: AgentSeat, chen: Telephone) -> None:
    talk_with(seat, chen)
    bring(seat, "whoever")

    panel = seat.window.strip.panel
    assert panel.isVisible()
    assert panel.field.text() == "whoever"
    assert "“whoever” is not a telephone number. Check what you typed." in texts(panel)
    assert state(seat) is StripState.CONNECTED


def test_survey_is_noted_when_the_caller_goes_there_and_again_when_they_answer(
    seat: AgentSeat, chen: Telephone
) -> None:
    survey = seat.telephone("700")
    take_to(seat, chen, survey, TransferPurpose.SURVEY)
    assert survey.live[0].invite.call_ref == "ref-7"
    comes(seat, StripState.AFTER_CALL_WORK)
    assert "Invited to the survey" in texts(seat.window.strip)
    assert seat.pump(lambda: [(kind, rating) for kind, _, rating in contacts(seat)][-1:] == [("survey", None)])
    seat.switch.send_text("1001", "score=5", call_ref="ref-7")

    assert seat.pump(lambda: "Survey: 5" in texts(seat.window.strip))
    assert seat.pump(lambda: [(kind, rating) for kind, _, rating in contacts(seat)][-1:] == [("survey", 5)])
