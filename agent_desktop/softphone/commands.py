"""What the workstation asks of the phone."""

from dataclasses import dataclass, field
from pathlib import Path

from agent_desktop.logs import LogLevel
from agent_desktop.softphone.account import Account
from agent_desktop.softphone.audio import Sound
from agent_desktop.softphone.call import CallId, TransferPurpose
from agent_desktop.softphone.policy import CallPolicy, Turned

Header = tuple[str, str]


@dataclass(frozen=True, slots=True)
class UseAccount:
    """Register this account instead of the one before; None gives up the registration. Calls go on."""

    account: Account | None


@dataclass(frozen=True, slots=True)
class UseSound:
    """From now on, also for the calls that are up."""

    sound: Sound


@dataclass(frozen=True, slots=True)
class RefreshDevices:
    """A headset was plugged in or out."""


@dataclass(frozen=True, slots=True)
class UsePolicy:
    """What the phone does with calls by itself, from the next call on."""

    policy: CallPolicy


@dataclass(frozen=True, slots=True)
class UseLogLevel:
    """How much the phone writes into its log, from now on."""

    level: LogLevel


@dataclass(frozen=True, slots=True)
class Watch:
    """Tell whether these numbers are in a call (busy lamps), instead of the ones before."""

    numbers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TrySound:
    """Record the microphone for so long, then play it back. Refused while calls are up."""

    seconds: float = 5.0


@dataclass(frozen=True, slots=True)
class LookAtNetwork:
    """The computer woke up or its network changed: register anew at once, move running calls over."""


@dataclass(frozen=True, slots=True)
class Dial:
    """The caller chooses the id. `number` is a number of the account's domain or a whole `sip:` address.

    `consults_for`: that call is held first, and this one can be connected with it. `shown_number`: which of the
    company's numbers the called side is to see.
    """

    call_id: CallId
    number: str
    headers: tuple[Header, ...] = ()
    consults_for: CallId | None = None
    shown_number: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """Answers a ringing call; the call the agent was in is held."""

    call_id: CallId


@dataclass(frozen=True, slots=True)
class Decline:
    """BUSY: the switch tries the next agent. DECLINED: nobody is to be tried."""

    call_id: CallId
    how: Turned = Turned.BUSY


@dataclass(frozen=True, slots=True)
class HangUp:
    call_id: CallId


@dataclass(frozen=True, slots=True)
class Hold:
    call_id: CallId


@dataclass(frozen=True, slots=True)
class Resume:
    """Takes a held call back; any other call the agent is in is held."""

    call_id: CallId


@dataclass(frozen=True, slots=True)
class Mute:
    call_id: CallId


@dataclass(frozen=True, slots=True)
class Unmute:
    call_id: CallId


@dataclass(frozen=True, slots=True)
class SendDigits:
    """In order, the way the account says. `,` is a pause of two seconds. Never written to a log."""

    call_id: CallId
    digits: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Transfer:
    """Blind: the call is held and the switch asked to connect it with `number`. What became of it is `Call.transfer`;
    when it fails the call stays, held. `headers` travel with the call if the switch lets them."""

    call_id: CallId
    number: str
    purpose: TransferPurpose = TransferPurpose.PERSON
    headers: tuple[Header, ...] = ()


@dataclass(frozen=True, slots=True)
class CompleteTransfer:
    """Attended: these two calls, held, talking or in conference, are connected with each other and leave this phone."""

    call_id: CallId
    with_id: CallId


@dataclass(frozen=True, slots=True)
class CancelConsult:
    """Hangs up the consultation, in whatever state, and takes the call back it was made for."""

    call_id: CallId


@dataclass(frozen=True, slots=True)
class Join:
    """All three hear each other. Resume takes one of them out again: the other is held."""

    call_id: CallId
    with_id: CallId


@dataclass(frozen=True, slots=True)
class StartRecording:
    """Both sides in stereo into a sealed file at `path`; `key` is 32 bytes in hexadecimal. `announces`: both sides hear
    a beep now and every 15 s."""

    call_id: CallId
    path: Path
    key: str = field(repr=False)
    announces: bool = False


@dataclass(frozen=True, slots=True)
class PauseRecording:
    call_id: CallId


@dataclass(frozen=True, slots=True)
class ResumeRecording:
    call_id: CallId


@dataclass(frozen=True, slots=True)
class StopRecording:
    call_id: CallId


@dataclass(frozen=True, slots=True)
class PlayRecording:
    """To who sits here, from `at_s` on, `speed` times as fast (0.5 to 2); also the one that is playing, from elsewhere
    or faster. Refused while calls are up, and ended by the first that comes. `key` opens it, in hexadecimal."""

    path: Path
    key: str = field(repr=False)
    at_s: float = 0.0
    speed: float = 1.0


@dataclass(frozen=True, slots=True)
class StopPlaying:
    """Nothing where nothing plays."""


@dataclass(frozen=True, slots=True)
class TellAll:
    """Answered by PhoneReady with a fresh snapshot."""


@dataclass(frozen=True, slots=True)
class AreYouThere:
    """Answered by StillHere, as long as the phone works."""


@dataclass(frozen=True, slots=True)
class Quit:
    """Hang up everything, unregister, end the process."""


Command = (
    UseAccount
    | UseSound
    | RefreshDevices
    | UsePolicy
    | UseLogLevel
    | Watch
    | TrySound
    | LookAtNetwork
    | Dial
    | Answer
    | Decline
    | HangUp
    | Hold
    | Resume
    | Mute
    | Unmute
    | SendDigits
    | Transfer
    | CompleteTransfer
    | CancelConsult
    | Join
    | StartRecording
    | PauseRecording
    | ResumeRecording
    | StopRecording
    | PlayRecording
    | StopPlaying
    | TellAll
    | AreYouThere
    | Quit
)
