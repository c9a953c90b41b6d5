"""What the phone tells the workstation: frozen facts, in the order they happened."""

from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from agent_desktop.softphone.account import NotRegistered, Registration
from agent_desktop.softphone.audio import Device, NoDevice
from agent_desktop.softphone.call import Call, CallId


@dataclass(frozen=True, slots=True)
class Voicemail:
    """Messages that wait for this account (RFC 3842)."""

    new: int = 0
    old: int = 0


class Lamp(StrEnum):
    """What a watched number does. UNKNOWN: the switch does not tell."""

    UNKNOWN = "unknown"
    FREE = "free"
    RINGING = "ringing"
    IN_CALL = "in_call"


@dataclass(frozen=True, slots=True)
class Watched:
    number: str
    lamp: Lamp


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
    voicemail: Voicemail = field(default_factory=Voicemail)
    watched: tuple[Watched, ...] = ()


@dataclass(frozen=True, slots=True)
class PhoneReady:
    """Connected to the phone process: a fresh one, or one that kept its calls while the window was gone."""

    snapshot: PhoneSnapshot


@dataclass(frozen=True, slots=True)
class PhoneLost:
    """The phone process died, hung or could not be started. Its calls are over; a new one is on its way.

    `stays_away`: it died again within seconds, so that it is left alone until somebody asks for it or a minute has
    passed.
    """

    detail: str
    stays_away: bool = False


@dataclass(frozen=True, slots=True)
class StillHere:
    """The phone works."""


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
    """Mean opinion score 1..4.5 estimated from what RTCP counts (ITU-T G.107), of what is heard here; the fields
    `_there` are what the other side tells of what it hears, None while it has told nothing. Of the last seconds."""

    call_id: CallId
    mos: float
    loss_pct: float
    jitter_ms: float
    round_trip_ms: float = 0.0
    mos_there: float | None = None
    loss_there_pct: float | None = None
    jitter_there_ms: float | None = None
    codec: str = ""


@dataclass(frozen=True, slots=True)
class MicrophoneSilent:
    """The other side talks and nothing comes from the microphone, which is not muted; or something comes again."""

    call_id: CallId
    is_silent: bool


@dataclass(frozen=True, slots=True)
class VoicemailChanged:
    voicemail: Voicemail


@dataclass(frozen=True, slots=True)
class WatchedChanged:
    watched: Watched


@dataclass(frozen=True, slots=True)
class MessageReceived:
    """The switch sent a text (SIP MESSAGE), such as the result of a survey. `call_ref` is its X-Call-Ref."""

    call_ref: str | None
    content_type: str
    text: str


class SoundTest(StrEnum):
    RECORDING = "recording"
    PLAYING = "playing"
    DONE = "done"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class SoundTested:
    """While RECORDING ten times a second, `heard` being the loudest since the last one, 0..1; then the loudest of all.

    FAILED: there is no microphone or loudspeaker, or a call came.
    """

    stage: SoundTest
    heard: float = 0.0


@dataclass(frozen=True, slots=True)
class RecordingSaved:
    """A recording is whole: its sealed file and how many seconds of sound it holds, pauses left out."""

    call_id: CallId
    path: Path
    seconds: float


class Playing(StrEnum):
    """GOES_ON: ten times a second. STOPPED as asked; DONE at its end. CALL_CAME ended it before that; NO_SPEAKER: there
    is nothing to hear it with. UNREADABLE: the file is gone, or no recording that this key opens."""

    GOES_ON = "goes_on"
    STOPPED = "stopped"
    DONE = "done"
    CALL_CAME = "call_came"
    NO_SPEAKER = "no_speaker"
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True)
class RecordingPlayed:
    """A recording is heard: where in it, how long it is, and from when to when nothing was kept of it, in seconds."""

    path: Path
    stage: Playing
    at_s: float
    seconds: float = 0.0
    pauses: tuple[tuple[float, float], ...] = ()


@dataclass(frozen=True, slots=True)
class DevicesChanged:
    devices: tuple[Device, ...]
    microphone: Device | NoDevice
    speaker: Device | NoDevice


class Refusal(StrEnum):
    NO_SUCH_CALL = "no_such_call"
    WRONG_STATE = "wrong_state"
    NO_ACCOUNT = "no_account"
    NO_LINE = "no_line"
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
    | StillHere
    | RegistrationChanged
    | CallChanged
    | DigitReceived
    | LevelsMeasured
    | QualityMeasured
    | MicrophoneSilent
    | VoicemailChanged
    | WatchedChanged
    | MessageReceived
    | SoundTested
    | RecordingSaved
    | RecordingPlayed
    | DevicesChanged
    | CommandRefused
)
