"""What the phone tells the workstation: frozen facts, in the order they happened."""

from dataclasses import dataclass, field
from enum import StrEnum

from agent_desktop.softphone.account import NotRegistered, Registration
from agent_desktop.softphone.audio import Device, NoDevice
from agent_desktop.softphone.call import Call, CallId


@dataclass(frozen=True, slots=True)
class PhoneSnapshot:
    """Everything the phone knows now; the first thing a workstation gets after it has connected.

    `microphone` and `speaker` are what calls use; NoDevice() when there is none or it could not be opened.
    """

    registration: Registration = field(default_factory=NotRegistered)
    calls: tuple[Call, ...] = ()
    devices: tuple[Device, ...] = ()
    microphone: Device | NoDevice = field(default_factory=NoDevice)
    speaker: Device | NoDevice = field(default_factory=NoDevice)
    sip_port: int = 0


@dataclass(frozen=True, slots=True)
class PhoneReady:
    """Connected to the phone process: a fresh one, or one that kept its calls while the window was gone."""

    snapshot: PhoneSnapshot


@dataclass(frozen=True, slots=True)
class PhoneLost:
    """The phone process died or could not be started. Its calls are over; a new one is on its way."""

    detail: str


@dataclass(frozen=True, slots=True)
class PhoneTaken:
    """Another workstation of the same person has taken the phone over; this one no longer has it."""


@dataclass(frozen=True, slots=True)
class RegistrationChanged:
    registration: Registration
    sip_port: int


@dataclass(frozen=True, slots=True)
class CallChanged:
    """A call is new or different. The last one of a call carries ENDED and its `end`."""

    call: Call


@dataclass(frozen=True, slots=True)
class DigitReceived:
    """The other side pressed a key (0-9, *, #, A-D; RFC 4733)."""

    call_id: CallId
    digit: str


@dataclass(frozen=True, slots=True)
class LevelsMeasured:
    """Loudness now, 0..1, about ten times a second while a call is connected."""

    call_id: CallId
    heard: float
    spoken: float


@dataclass(frozen=True, slots=True)
class QualityMeasured:
    """Mean opinion score 1..4.5 estimated from what RTCP counts (ITU-T G.107), loss of what we receive."""

    call_id: CallId
    mos: float
    loss_pct: float
    jitter_ms: float


@dataclass(frozen=True, slots=True)
class DevicesChanged:
    devices: tuple[Device, ...]
    microphone: Device | NoDevice
    speaker: Device | NoDevice


class Refusal(StrEnum):
    NO_SUCH_CALL = "no_such_call"
    WRONG_STATE = "wrong_state"
    NO_ACCOUNT = "no_account"
    TOO_MANY_CALLS = "too_many_calls"
    BAD_NUMBER = "bad_number"
    ENGINE_FAILED = "engine_failed"


@dataclass(frozen=True, slots=True)
class CommandRefused:
    """The phone did not do what was asked. `detail` is for the log."""

    command: str
    call_id: CallId | None
    refusal: Refusal
    detail: str


Event = (
    PhoneReady
    | PhoneLost
    | PhoneTaken
    | RegistrationChanged
    | CallChanged
    | DigitReceived
    | LevelsMeasured
    | QualityMeasured
    | DevicesChanged
    | CommandRefused
)
