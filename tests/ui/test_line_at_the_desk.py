"""What the agent is told when the phone, its line or the headset goes away, and that it is taken back afterwards."""

from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import QCoreApplication, Qt

from agent_desktop.softphone.account import Registered, RegistrarUnreachable
from agent_desktop.softphone.audio import Device, DeviceKind, NoDevice
from agent_desktop.softphone.events import (
    DevicesChanged,
    Event,
    MicrophoneSilent,
    PhoneLost,
    PhoneReady,
    PhoneSnapshot,
    PhoneTaken,
    QualityMeasured,
    RegistrationChanged,
)
from agent_desktop.ui.messages.line import phone_lost
from agent_desktop.ui.strip.buttons import Deed
from agent_desktop.ui.strip.situation import StripState
from agent_desktop.ui.window.rail import Page
from tests.ui.at_work import press, state, talk_with
from tests.ui.samples import NOW
from tests.ui.seat import AgentSeat, Telephone
from tests.ui.test_panes import texts

HEADSET = Device("usb", DeviceKind.SPEAKER, "Jabra"), Device("usb-mic", DeviceKind.MICROPHONE, "Jabra microphone")
DESK = Device("pci", DeviceKind.SPEAKER, "Loudspeaker"), Device("pci-mic", DeviceKind.MICROPHONE, "Webcam")


def _uses(seat: AgentSeat, devices: tuple[Device, ...], speaker: Device | NoDevice, mic: Device | NoDevice) -> set[str]:
    """Everything that is said on the window after it."""
    seat.workspace.hear_phone(DevicesChanged(devices, mic, speaker))
    QCoreApplication.processEvents()
    return texts(seat.window.toasts)


UP = Registered(NOW + timedelta(minutes=5))
BACK = PhoneReady(PhoneSnapshot(registration=UP))
GONE = RegistrationChanged(RegistrarUnreachable(408, "Request Timeout", 12), 5060)
AGAIN = RegistrationChanged(UP, 5060)

ELSEWHERE = RegistrationChanged(replace(UP, elsewhere=("192.0.2.7",)), 5060)


def _hear(seat: AgentSeat, *events: Event) -> None:
    for event in events:
        seat.workspace.hear_phone(event)
    QCoreApplication.processEvents()


@pytest.mark.parametrize(
    ("event", "words"),
    [
        (PhoneLost("killed"), "Phone restarting…"),
        (PhoneLost("killed", stays_away=True), "Phone stopped"),
        (PhoneTaken(), "Phone in use elsewhere"),
    ],
    ids=["killed", "killed twice", "taken"],
)
def test_top_bar_says_what_became_of_the_phone(seat: AgentSeat, event: Event, words: str) -> None:
    _hear(seat, AGAIN, event)
    assert words in texts(seat.window.top_bar)
    _hear(seat, BACK)
    assert "Line ready" in texts(seat.window.top_bar)


@pytest.mark.parametrize(
    ("gone", "back"),
    [(PhoneLost("killed"), BACK), (GONE, AGAIN), (ELSEWHERE, AGAIN)],
    ids=["phone", "line", "line that is used elsewhere too"],
)
def test_notice_goes_with_its_matter_and_the_list_says_since_when(seat: AgentSeat, gone: Event, back: Event) -> None:
    _hear(seat, AGAIN, gone)
    said = texts(seat.window.toasts)
    seat.clock.move(seconds=5)
    _hear(seat, back)

    assert len(said) == 1
    assert texts(seat.window.toasts) == set()
    notice = seat.workspace.notices.notices[0]
    assert ({notice.words}, notice.over_at, notice.is_unread) == (said, seat.clock.now, False)


def test_list_of_notices_changes_while_one_looks_at_it(seat: AgentSeat) -> None:
    seat.window.show_page(Page.NOTICES)
    _hear(seat, PhoneLost("killed"))
    model = seat.window.pages.notices.list.model()
    spoken = model.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    _hear(seat, BACK)

    assert phone_lost() in spoken
    assert "Over since" in model.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)


def test_quality_is_said_no_longer_than_the_call_lasts(seat: AgentSeat, chen: Telephone) -> None:
    _hear(seat, AGAIN)
    talk_with(seat, chen)
    _hear(seat, QualityMeasured(seat.window.strip.faces[0].call.id, 4.3, 0.0, 3.0))
    said = texts(seat.window.top_bar)
    press(seat, Deed.HANG_UP)
    assert seat.pump(lambda: not chen.live)

    assert "Line good 4.3" in said
    assert seat.pump(lambda: "Line ready" in texts(seat.window.top_bar))


@pytest.mark.parametrize("deed", [Deed.MUTE, Deed.HOLD])
def test_silent_microphone_is_no_matter_while_nobody_is_to_hear_it(
    seat: AgentSeat, chen: Telephone, deed: Deed
) -> None:
    words = "Your microphone is silent. Check the headset."
    talk_with(seat, chen)
    _hear(seat, MicrophoneSilent(seat.window.strip.faces[0].call.id, is_silent=True))
    assert words in texts(seat.window.strip)
    press(seat, deed)
    assert seat.pump(lambda: state(seat) is not StripState.CONNECTED)

    assert words not in texts(seat.window.strip)


def test_agent_learns_what_has_taken_the_place_of_the_headset(seat: AgentSeat, chen: Telephone) -> None:
    _uses(seat, (*HEADSET, *DESK), *HEADSET)
    talk_with(seat, chen)
    said = _uses(seat, DESK, *DESK)
    assert "“Jabra” was unplugged. Until it is back, you hear callers through “Loudspeaker”." in said
    assert "“Jabra microphone” was unplugged. Until it is back, callers hear you through “Webcam”." in said


def test_notice_of_the_headset_goes_when_it_is_plugged_in_again(seat: AgentSeat, chen: Telephone) -> None:
    _uses(seat, (*HEADSET, *DESK), *HEADSET)
    talk_with(seat, chen)
    assert len(_uses(seat, DESK, *DESK)) == 2
    assert _uses(seat, (*HEADSET, *DESK), *HEADSET) == set()


def test_agent_learns_that_nothing_can_be_heard_any_more(seat: AgentSeat, chen: Telephone) -> None:
    _uses(seat, HEADSET, *HEADSET)
    talk_with(seat, chen)
    said = _uses(seat, (), NoDevice(), NoDevice())
    assert "No microphone was found. Plug in your headset; callers hear nothing until then." in said
    assert "No loudspeaker was found. Plug in your headset; you hear nothing until then." in said


def test_device_chosen_by_hand_is_no_news(seat: AgentSeat, chen: Telephone) -> None:
    _uses(seat, (*HEADSET, *DESK), *HEADSET)
    talk_with(seat, chen)
    before = texts(seat.window.toasts)
    assert _uses(seat, (*HEADSET, *DESK), *DESK) == before
