"""Calls from the ring to the timeline, with real rooms: recordings, quality, voicemail, several lines."""

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest

from agent_desktop.softphone import commands
from agent_desktop.softphone.call import CallState, Recording
from agent_desktop.softphone.events import MicrophoneSilent, QualityMeasured, Voicemail
from agent_desktop.softphone.site import RecordingRule
from agent_desktop.ui.appearance.look import Look
from agent_desktop.ui.strip.buttons import Deed
from agent_desktop.ui.strip.situation import StripState
from agent_model.agent import AgentState
from tests.ui.at_work import REF, comes, contacts, press, recording, state, talk_with
from tests.ui.conftest import CHEN, ZHOU
from tests.ui.seat import SITE, AgentSeat, Telephone
from tests.ui.test_panes import texts


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


def test_site_that_records_everything_needs_nobody_to_press(tmp_path: Path, look: Look) -> None:
    seat = AgentSeat(tmp_path, look, replace(SITE, recording=RecordingRule.ALL))
    talk_with(seat, seat.telephone(CHEN))
    is_on = seat.pump(lambda: recording(seat) is Recording.ON)
    offered = set(seat.window.strip.buttons)
    seat.close()

    assert is_on
    assert Deed.STOP_RECORDING not in offered


def test_silent_microphone_and_quality_reach_the_strip_and_the_timeline(seat: AgentSeat, chen: Telephone) -> None:
    talk_with(seat, chen)
    main = seat.window.strip.situation.main
    assert main is not None
    seat.workspace.hear_phone(QualityMeasured(main.call.id, 4.2, 0.5, 3.0, 20.0, 3.1, 6.0, 30.0))
    seat.workspace.hear_phone(MicrophoneSilent(main.call.id, is_silent=True))
    said = texts(seat.window.strip)
    press(seat, Deed.HANG_UP)
    assert seat.pump(lambda: contacts(seat))
    profile = seat.rooms.book.profile(seat.rooms.finder.find("Chen")[0].customer.id)
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
    comes(seat, StripState.RINGING)
    seat.window.strip.answer()
    assert seat.pump(lambda: zhou.calls[asked].state is CallState.CONNECTED)
    zhou.link.send(commands.CompleteTransfer(first, asked))

    assert seat.pump(lambda: not zhou.live)
    assert seat.pump(lambda: [face.call.remote_number for face in seat.window.strip.faces] == [CHEN])
    assert [item.key for item in seat.workspace.items] == ["call:ref-7"]
    assert state(seat) is StripState.CONNECTED
    assert seat.rooms.session.seat.entry.state is AgentState.ON_CALL
    assert seat.window.customer.customer_id == "C-1"


# ---- dialling while something else goes on ------------------------------------------------------------------


@pytest.fixture
def at_work(seat: AgentSeat, chen: Telephone) -> AgentSeat:
    """In the after-call work of a call with Chen Siyuan."""
    talk_with(seat, chen)
    press(seat, Deed.HANG_UP)
    comes(seat, StripState.AFTER_CALL_WORK)
    assert seat.pump(lambda: not chen.live)
    return seat


def test_agent_dials_in_after_call_work_and_gets_its_rest_back(at_work: AgentSeat, zhou: Telephone) -> None:
    at_work.clock.move(seconds=20)
    at_work.workspace.dialling.put_in_field("1007")
    ready = texts(at_work.window.strip)
    press(at_work, Deed.DIAL)
    assert at_work.pump(lambda: zhou.rings)
    press(at_work, Deed.HANG_UP)

    comes(at_work, StripState.AFTER_CALL_WORK)
    entry = at_work.rooms.session.seat.entry
    assert entry.until is not None
    assert (entry.until - at_work.clock.now).total_seconds() == 40
    assert "After-call work goes on" in ready
    assert texts(at_work.window.toasts) == set()


def test_escape_leads_back_from_the_dial_field_to_the_work(at_work: AgentSeat) -> None:
    window = at_work.window
    window.activateWindow()
    assert QTest.qWaitForWindowActive(window, 5_000)
    QTest.keyClick(window, Qt.Key.Key_F8)
    came_forward = window.strip.idle.isVisible()
    QTest.keyClicks(window.strip.idle.number, "10")
    QTest.keyClick(window.strip.idle.number, Qt.Key.Key_Escape)
    QTest.keyClick(window.strip.idle.number, Qt.Key.Key_Escape)

    assert came_forward
    assert window.strip.wrap_up.isVisible()


def test_number_waits_while_a_call_goes_on_and_the_agent_is_told(seat: AgentSeat, chen: Telephone) -> None:
    talk_with(seat, chen)
    seat.workspace.dialling.put_in_field("1007")

    assert seat.workspace.notices.notices[0].words == "1007 stands in the dial field, ready for when this call is over."
    assert seat.window.strip.showing is seat.window.strip.talking


def test_reason_of_a_failed_call_goes_when_another_is_dialled(seat: AgentSeat, zhou: Telephone) -> None:
    seat.workspace.calls.dial("1099")
    comes(seat, StripState.FAILED)
    seat.workspace.dialling.put_in_field("1007")
    press(seat, Deed.DIAL)
    assert seat.pump(lambda: zhou.rings)
    press(seat, Deed.HANG_UP)

    comes(seat, StripState.IDLE)


def test_call_that_is_answered_while_somebody_writes_says_how_it_is_opened(seat: AgentSeat, chen: Telephone) -> None:
    seat.window.right.form.description.setFocus()
    QTest.keyClicks(seat.window.right.form.description, "in the middle of it")
    talk_with(seat, chen)
    assert "Nothing was moved while you were writing. Ctrl+1 shows the caller." in texts(seat.window.customer.blank)
    QTest.keySequence(seat.window, QKeySequence("Ctrl+1"))
    assert seat.pump(lambda: "Chen Siyuan" in texts(seat.window.customer.header))
    assert not seat.window.customer.blank.isVisible()
