"""What the agent is told when the headset goes away in a call."""

from PySide6.QtCore import QCoreApplication

from agent_desktop.softphone.audio import Device, DeviceKind, NoDevice
from agent_desktop.softphone.events import DevicesChanged
from agent_desktop.ui.strip.situation import StripState
from tests.ui.seat import AgentSeat
from tests.ui.test_panes import texts

HEADSET = Device("usb", DeviceKind.SPEAKER, "Jabra"), Device("usb-mic", DeviceKind.MICROPHONE, "Jabra microphone")
DESK = Device("pci", DeviceKind.SPEAKER, "Loudspeaker"), Device("pci-mic", DeviceKind.MICROPHONE, "Webcam")


def _uses(seat: AgentSeat, devices: tuple[Device, ...], speaker: Device | NoDevice, mic: Device | NoDevice) -> set[str]:
    """Everything that is said on the window after it."""
    seat.workspace.hear_phone(DevicesChanged(devices, mic, speaker))
    QCoreApplication.processEvents()
    return texts(seat.window.toasts)


def _talk(seat: AgentSeat) -> None:
    caller = seat.telephone("13800006721")
    caller.call("1001")
    assert seat.pump(lambda: seat.window.strip.situation.state is StripState.RINGING)
    seat.window.strip.answer()
    assert seat.pump(lambda: seat.window.strip.situation.state is StripState.CONNECTED)


def test_agent_learns_what_has_taken_the_place_of_the_headset(seat: AgentSeat) -> None:
    _uses(seat, (*HEADSET, *DESK), *HEADSET)
    _talk(seat)
    said = _uses(seat, DESK, *DESK)
    assert "“Jabra” was unplugged. Until it is back, you hear callers through “Loudspeaker”." in said
    assert "“Jabra microphone” was unplugged. Until it is back, callers hear you through “Webcam”." in said


def test_agent_learns_that_nothing_can_be_heard_any_more(seat: AgentSeat) -> None:
    _uses(seat, HEADSET, *HEADSET)
    _talk(seat)
    said = _uses(seat, (), NoDevice(), NoDevice())
    assert "No microphone was found. Plug in your headset; callers hear nothing until then." in said
    assert "No loudspeaker was found. Plug in your headset; you hear nothing until then." in said


def test_device_chosen_by_hand_is_no_news(seat: AgentSeat) -> None:
    _uses(seat, (*HEADSET, *DESK), *HEADSET)
    _talk(seat)
    before = texts(seat.window.toasts)
    assert _uses(seat, (*HEADSET, *DESK), *DESK) == before
