"""What the workstation asks of the phone."""

from dataclasses import dataclass

from agent_desktop.softphone.account import Account
from agent_desktop.softphone.audio import Sound
from agent_desktop.softphone.call import CallId

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
class Dial:
    """The caller chooses the id. `number` is a number of the account's domain or a whole `sip:` address."""

    call_id: CallId
    number: str
    headers: tuple[Header, ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """Answers a ringing call; the call the agent was in is held."""

    call_id: CallId


@dataclass(frozen=True, slots=True)
class Decline:
    """486: the switch tries the next agent."""

    call_id: CallId


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
    """RFC 4733, in order."""

    call_id: CallId
    digits: str


@dataclass(frozen=True, slots=True)
class TellAll:
    """Answered by PhoneReady with a fresh snapshot."""


@dataclass(frozen=True, slots=True)
class Quit:
    """Hang up everything, unregister, end the process."""


Command = (
    UseAccount
    | UseSound
    | RefreshDevices
    | Dial
    | Answer
    | Decline
    | HangUp
    | Hold
    | Resume
    | Mute
    | Unmute
    | SendDigits
    | TellAll
    | Quit
)
