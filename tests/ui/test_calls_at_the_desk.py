"""Calls from the ring to the timeline, with real rooms: who is asked, where a caller goes, what is kept of it."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget

from agent_desktop.softphone import commands
from agent_desktop.softphone.call import CallState, Recording, TransferPurpose
from agent_desktop.softphone.events import MicrophoneSilent, QualityMeasured, Voicemail
from agent_desktop.softphone.site import RecordingRule
from agent_desktop.ui.look import Look
from agent_desktop.ui.strip.buttons import Deed
from agent_desktop.ui.strip.situation import StripState
from agent_model.agent import AgentState
from tests.ui.seat import SITE, AgentSeat, Telephone
from tests.ui.test_panes import texts

CHEN, ZHOU = "13800006721", "1007"
REF = ("X-Call-Ref", "ref-7")


@pytest.fixture
def seat(tmp_path: Path, look: Look, keep: Callable[[QWidget], QWidget]) -> Iterator[AgentSeat]:
    made = AgentSeat(tmp_path, look)
    keep(made.window)
    yield made
    made.close()


@pytest.fixture
def chen(seat: AgentSeat) -> Telephone:
    return seat.telephone(CHEN)


@pytest.fixture
def zhou(seat: AgentSeat) -> Telephone:
    return seat.telephone(ZHOU, "Zhou Min")


def state(seat: AgentSeat) -> StripState:
    return seat.window.strip.situation.state


def press(seat: AgentSeat, deed: Deed) -> None:
    """A button that is there and can be used."""
    assert seat.pump(lambda: deed in seat.window.strip.buttons and seat.window.strip.buttons[deed].isEnabled())
    seat.window.strip.press(deed)


def talk_with(seat: AgentSeat, caller: Telephone, *headers: tuple[str, str]) -> None:
    """The caller rings, is recognised and answered."""
    caller.call("1001", *(headers or (REF,)))
    assert seat.pump(lambda: state(seat) is StripState.RINGING)
    seat.window.strip.answer()
    assert seat.pump(lambda: state(seat) is StripState.CONNECTED)
    assert seat.pump(lambda: "Chen Siyuan" in texts(seat.window.strip))


def bring(seat: AgentSeat, written: str, *, at_once: bool = False) -> None:
    press(seat, Deed.TRANSFER if at_once else Deed.CONSULT)
    panel = seat.window.strip.panel
    panel.field.setText(written)
    (panel.transfer if at_once else panel.consult).click()


def contacts(seat: AgentSeat) -> list[tuple[str, int | None, int | None]]:
    """(kind, seconds talked, rating) of the customer's timeline, oldest first."""
    profile = seat.rooms.book.profile(seat.rooms.book.find("Chen")[0].id)
    assert profile is not None
    found = [entry.contact for entry in profile.timeline.entries if entry.contact is not None]
    return [(contact.kind.value, contact.duration_s, contact.rating) for contact in reversed(found)]


# ---- asking somebody ----------------------------------------------------------------------------------------


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
    talk_with(seat, chen)
    bring(seat, "1007")
    assert seat.pump(lambda: zhou.rings)
    press(seat, Deed.CANCEL_CONSULT)

    assert seat.pump(lambda: state(seat) is StripState.CONNECTED)
    assert seat.pump(lambda: not chen.live[0].held_there and not zhou.live)


def test_both_are_connected_and_the_agent_does_the_after_call_work(
    seat: AgentSeat, chen: Telephone, zhou: Telephone
) -> None:
    talk_with(seat, chen)
    bring(seat, "1007")
    assert seat.pump(lambda: zhou.rings)
    zhou.answer()
    assert seat.pump(lambda: state(seat) is StripState.CONSULT_TALKING)
    press(seat, Deed.COMPLETE)

    assert seat.pump(lambda: state(seat) is StripState.AFTER_CALL_WORK)
    assert "Transferred to Zhou Min (1007)" in texts(seat.window.strip)
    assert seat.pump(lambda: [kind for kind, *_ in contacts(seat)] == ["call_in"])
    assert seat.pump(lambda: len(chen.live) == 1 and not chen.live[0].held_there)
    assert zhou.live[0].state is CallState.CONNECTED


def test_colleague_who_is_busy_leaves_the_caller_on_hold_and_it_is_said(
    seat: AgentSeat, chen: Telephone, zhou: Telephone
) -> None:
    talk_with(seat, chen)
    bring(seat, "1007")
    assert seat.pump(lambda: zhou.rings)
    zhou.decline()

    assert seat.pump(lambda: state(seat) is StripState.CONSULT_FAILED)
    assert "Zhou Min (1007) is busy. The caller is on hold here." in texts(seat.window.strip)
    press(seat, Deed.RETRIEVE)
    assert seat.pump(lambda: state(seat) is StripState.CONNECTED)
    press(seat, Deed.HOLD)
    assert seat.pump(lambda: state(seat) is StripState.HELD_HERE)


def test_caller_who_hangs_up_meanwhile_leaves_the_agent_with_the_colleague_and_then_the_work(
    seat: AgentSeat, chen: Telephone, zhou: Telephone
) -> None:
    talk_with(seat, chen)
    bring(seat, "1007")
    assert seat.pump(lambda: zhou.rings)
    zhou.answer()
    assert seat.pump(lambda: state(seat) is StripState.CONSULT_TALKING)
    chen.hang_up()

    assert seat.pump(lambda: state(seat) is StripState.CONNECTED)
    assert seat.rooms.session.seat.entry.state is AgentState.ON_CALL
    press(seat, Deed.HANG_UP)
    assert seat.pump(lambda: state(seat) is StripState.AFTER_CALL_WORK)


def test_three_talk_one_is_split_off_and_the_agent_leaves_the_others_together(
    seat: AgentSeat, chen: Telephone, zhou: Telephone
) -> None:
    talk_with(seat, chen)
    bring(seat, "1007")
    assert seat.pump(lambda: zhou.rings)
    zhou.answer()
    assert seat.pump(lambda: state(seat) is StripState.CONSULT_TALKING)
    press(seat, Deed.CONFERENCE)
    assert seat.pump(lambda: state(seat) is StripState.CONFERENCE)
    press(seat, Deed.HOLD)
    assert seat.pump(lambda: state(seat) is StripState.CONFERENCE_HELD)
    press(seat, Deed.RETRIEVE)
    assert seat.pump(lambda: state(seat) is StripState.CONFERENCE)
    press(seat, Deed.SPLIT)
    assert seat.pump(lambda: state(seat) is StripState.CONSULT_TALKING and zhou.live[0].held_there)
    assert not chen.live[0].held_there
    press(seat, Deed.CONFERENCE)
    assert seat.pump(lambda: state(seat) is StripState.CONFERENCE)
    press(seat, Deed.LEAVE)

    assert seat.pump(lambda: state(seat) is StripState.AFTER_CALL_WORK)
    assert seat.pump(lambda: len(chen.live) == 1 and len(zhou.live) == 1)


def test_conference_is_ended_for_everybody(seat: AgentSeat, chen: Telephone, zhou: Telephone) -> None:
    talk_with(seat, chen)
    bring(seat, "1007")
    assert seat.pump(lambda: zhou.rings)
    zhou.answer()
    assert seat.pump(lambda: state(seat) is StripState.CONSULT_TALKING)
    press(seat, Deed.CONFERENCE)
    assert seat.pump(lambda: state(seat) is StripState.CONFERENCE)
    press(seat, Deed.HANG_UP)

    assert seat.pump(lambda: not chen.live and not zhou.live)


# ---- sending the caller on ----------------------------------------------------------------------------------


def test_caller_is_sent_on_and_the_strip_says_that_they_arrived(
    seat: AgentSeat, chen: Telephone, zhou: Telephone
) -> None:
    talk_with(seat, chen)
    bring(seat, "1007", at_once=True)
    assert seat.pump(lambda: zhou.rings)
    zhou.answer()

    assert seat.pump(lambda: state(seat) is StripState.AFTER_CALL_WORK)
    assert "Transferred to Zhou Min (1007)" in texts(seat.window.strip)


def test_caller_who_is_lost_because_nobody_took_them_is_to_be_called_back(
    seat: AgentSeat, chen: Telephone, zhou: Telephone
) -> None:
    talk_with(seat, chen)
    bring(seat, "1007", at_once=True)
    assert seat.pump(lambda: zhou.rings)
    zhou.decline()
    assert seat.pump(lambda: state(seat) is StripState.TRANSFER_FAILED)
    chen.hang_up()

    assert seat.pump(lambda: state(seat) is StripState.AFTER_CALL_WORK)
    words = "Zhou Min (1007) did not take the call, and the caller is gone. Call them back."
    assert words in texts(seat.window.strip)


def test_call_that_failed_before_does_not_come_back_in_place_of_the_after_call_work(
    seat: AgentSeat, chen: Telephone
) -> None:
    seat.workspace.calls.dial("1099")
    assert seat.pump(lambda: state(seat) is StripState.FAILED)
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
    talk_with(seat, chen)
    press(seat, Deed.CONSULT)
    seat.window.strip.panel.places[TransferPurpose.PARK].click()
    assert seat.pump(lambda: orbit.rings)
    orbit.answer()

    assert seat.pump(lambda: state(seat) is StripState.AFTER_CALL_WORK)
    assert "Parked" in texts(seat.window.strip)


def test_caller_who_was_not_taken_is_still_here_and_can_be_taken_back(
    seat: AgentSeat, chen: Telephone, zhou: Telephone
) -> None:
    talk_with(seat, chen)
    bring(seat, "1007", at_once=True)
    assert seat.pump(lambda: zhou.rings)
    zhou.decline()

    assert seat.pump(lambda: state(seat) is StripState.TRANSFER_FAILED)
    assert "Zhou Min (1007) is busy. The caller is on hold here." in texts(seat.window.strip)
    press(seat, Deed.RETRIEVE)
    assert seat.pump(lambda: state(seat) is StripState.CONNECTED)


def test_what_is_no_number_is_said_in_the_panel_and_stays_there(seat: AgentSeat, chen: Telephone) -> None:
    talk_with(seat, chen)
    bring(seat, "whoever")

    panel = seat.window.strip.panel
    assert panel.isVisible()
    assert panel.field.text() == "whoever"
    assert "“whoever” is not a telephone number. Check what you typed." in texts(panel)
    assert state(seat) is StripState.CONNECTED


# ---- survey and PIN check -----------------------------------------------------------------------------------


def test_survey_is_noted_when_the_caller_goes_there_and_again_when_they_answer(
    seat: AgentSeat, chen: Telephone
) -> None:
    survey = seat.telephone("700")
    talk_with(seat, chen)
    press(seat, Deed.CONSULT)
    seat.window.strip.panel.places[TransferPurpose.SURVEY].click()
    assert seat.pump(lambda: survey.rings)
    assert survey.ringing.invite.call_ref == "ref-7"
    survey.answer()
    assert seat.pump(lambda: state(seat) is StripState.AFTER_CALL_WORK)
    assert "Invited to the survey" in texts(seat.window.strip)
    assert seat.pump(lambda: [(kind, rating) for kind, _, rating in contacts(seat)][-1:] == [("survey", None)])
    seat.switch.send_text("1001", "score=5", call_ref="ref-7")

    assert seat.pump(lambda: "Survey: 5" in texts(seat.window.strip))
    assert seat.pump(lambda: [(kind, rating) for kind, _, rating in contacts(seat)][-1:] == [("survey", 5)])


@pytest.mark.parametrize(("word", "shown"), [("yes", "PIN right"), ("no", "PIN wrong")])
def test_caller_comes_back_from_the_pin_check_to_the_same_item_draft_and_contact(
    seat: AgentSeat, chen: Telephone, word: str, shown: str
) -> None:
    ivr = seat.telephone("701")
    talk_with(seat, chen)
    seat.window.right.form.subject.setText("Wants a new card")
    press(seat, Deed.CONSULT)
    seat.window.strip.panel.places[TransferPurpose.PIN_CHECK].click()
    assert seat.pump(lambda: ivr.rings)
    ivr.answer()
    assert seat.pump(lambda: state(seat) is StripState.AFTER_CALL_WORK)
    assert "At the PIN check, coming back to you" in texts(seat.window.strip)
    seat.rooms.session.finish_after_call_work()
    waits = [item.key for item in seat.workspace.items]
    ivr.hang_up()
    assert seat.pump(lambda: not chen.live)
    chen.call("1001", REF, ("X-Verified", word))
    assert seat.pump(lambda: state(seat) is StripState.RINGING)
    seat.window.strip.answer()
    assert seat.pump(lambda: state(seat) is StripState.CONNECTED)

    assert waits == ["call:ref-7"]
    assert [item.key for item in seat.workspace.items] == ["call:ref-7"]
    assert shown in texts(seat.window.strip)
    assert seat.window.right.form.subject.text() == "Wants a new card"
    assert seat.window.customer.customer_id == "C-1"
    press(seat, Deed.HANG_UP)
    assert seat.pump(lambda: state(seat) is StripState.AFTER_CALL_WORK)
    assert seat.pump(lambda: [kind for kind, *_ in contacts(seat)] == ["call_in"])


# ---- recording ----------------------------------------------------------------------------------------------


def recording(seat: AgentSeat) -> Recording | None:
    main = seat.window.strip.situation.main
    return None if main is None else main.call.recording


def test_call_is_recorded_paused_and_stopped_by_the_agent_and_linked_to_its_contact(
    seat: AgentSeat, chen: Telephone
) -> None:
    talk_with(seat, chen)
    press(seat, Deed.RECORD)
    assert seat.pump(lambda: recording(seat) is Recording.ON)
    press(seat, Deed.PAUSE_RECORDING)
    assert seat.pump(lambda: recording(seat) is Recording.PAUSED)
    press(seat, Deed.RESUME_RECORDING)
    assert seat.pump(lambda: recording(seat) is Recording.ON)
    press(seat, Deed.STOP_RECORDING)
    assert seat.pump(lambda: recording(seat) is Recording.OFF)
    press(seat, Deed.HANG_UP)

    assert seat.pump(lambda: [kept.contact_id for kept in seat.rooms.recordings.all()] == ["K-ref-7-a-1001"])


def test_site_that_records_everything_needs_nobody_to_press(
    tmp_path: Path, look: Look, keep: Callable[[QWidget], QWidget]
) -> None:
    seat = AgentSeat(tmp_path, look, replace(SITE, recording=RecordingRule.ALL))
    keep(seat.window)
    talk_with(seat, seat.telephone(CHEN))
    is_on = seat.pump(lambda: recording(seat) is Recording.ON)
    offered = set(seat.window.strip.buttons)
    seat.close()

    assert is_on
    assert Deed.STOP_RECORDING not in offered


# ---- what the phone tells -----------------------------------------------------------------------------------


def test_silent_microphone_and_quality_reach_the_strip_and_the_timeline(seat: AgentSeat, chen: Telephone) -> None:
    talk_with(seat, chen)
    main = seat.window.strip.situation.main
    assert main is not None
    seat.workspace.hear_phone(QualityMeasured(main.call.id, 4.2, 0.5, 3.0, 20.0, 3.1, 6.0, 30.0))
    seat.workspace.hear_phone(MicrophoneSilent(main.call.id, is_silent=True))
    said = texts(seat.window.strip)
    press(seat, Deed.HANG_UP)
    assert seat.pump(lambda: contacts(seat))
    profile = seat.rooms.book.profile(seat.rooms.book.find("Chen")[0].id)
    assert profile is not None
    contact = profile.timeline.entries[0].contact

    assert {"Poor", "Your microphone is silent. Check the headset."} <= said
    assert contact is not None
    assert contact.quality is not None
    assert (contact.quality.mos, contact.quality.mos_there) == (4.2, 3.1)


def test_voicemail_lamp_is_lit_and_dials_the_voicemail(seat: AgentSeat) -> None:
    voicemail = seat.telephone("703")
    seat.switch.count_voicemail("1001", Voicemail(2, 0))
    assert seat.pump(lambda: seat.window.strip.buttons[Deed.VOICEMAIL].text().strip() == "Voicemail 2")
    press(seat, Deed.VOICEMAIL)

    assert seat.pump(lambda: voicemail.rings)


def test_last_number_is_dialled_once_more(seat: AgentSeat, zhou: Telephone) -> None:
    seat.workspace.calls.dial("1007")
    assert seat.pump(lambda: zhou.rings)
    press(seat, Deed.HANG_UP)
    assert seat.pump(lambda: not zhou.live)
    assert seat.pump(lambda: Deed.REDIAL in seat.window.strip.buttons)
    press(seat, Deed.REDIAL)

    assert seat.pump(lambda: zhou.rings)


def test_switching_goes_between_two_callers(seat: AgentSeat, chen: Telephone) -> None:
    other = seat.telephone("13900002204")
    talk_with(seat, chen)
    other.call("1001", ("X-Call-Ref", "ref-8"))
    assert seat.pump(lambda: Deed.ANSWER in seat.window.strip.buttons_beside)
    seat.window.strip.answer()
    assert seat.pump(lambda: chen.live[0].held_there and Deed.SWITCH in seat.window.strip.buttons_beside)
    seat.window.strip.press(Deed.SWITCH)

    assert seat.pump(lambda: other.live[0].held_there and not chen.live[0].held_there)


def test_caller_who_is_handed_over_goes_on_in_the_item_they_were_asked_about(
    seat: AgentSeat, chen: Telephone, zhou: Telephone
) -> None:
    """Zhou Min asks this agent about the caller, then connects both: one matter, one item."""
    chen.call(ZHOU)
    assert seat.pump(lambda: zhou.rings)
    zhou.answer()
    assert seat.pump(lambda: zhou.live[0].state is CallState.CONNECTED)
    first = zhou.live[0].id
    asked = zhou.call("1001", REF, ("X-Customer-Id", "C-1"))
    assert seat.pump(lambda: state(seat) is StripState.RINGING)
    seat.window.strip.answer()
    assert seat.pump(lambda: zhou.calls[asked].state is CallState.CONNECTED)
    zhou.link.send(commands.CompleteTransfer(first, asked))

    assert seat.pump(lambda: not zhou.live)
    assert seat.pump(lambda: [face.call.remote_number for face in seat.window.strip.faces] == [CHEN])
    assert [item.key for item in seat.workspace.items] == ["call:ref-7"]
    assert state(seat) is StripState.CONNECTED
    assert seat.rooms.session.seat.entry.state is AgentState.ON_CALL
    assert seat.window.customer.customer_id == "C-1"
