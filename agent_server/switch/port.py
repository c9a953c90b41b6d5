"""What the server asks of a company's telephone exchange, and what an exchange tells: legs, queues, members, callers.

An exchange knows extensions, its queues and its calls. Who sits at an extension and who is calling is not its matter.
"""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Final, NewType, Protocol

from agent_model.agent import QueueId

Extension = NewType("Extension", str)
"""What an agent's telephone is registered as (1001)."""
CallId = NewType("CallId", str)
"""What the exchange calls a call from its first leg to its last (Asterisk: Linkedid)."""


class Monitoring(StrEnum):
    """How a lead is in an agent's call: unheard, heard by the agent alone, heard by both."""

    LISTEN = "listen"
    WHISPER = "whisper"
    BARGE = "barge"


@dataclass(frozen=True, slots=True)
class Member:
    """An extension that callers of a queue are offered to: of those with the lowest `penalty` first. `reason` is why
    it is paused. One that `is_fixed` is so by the exchange's own settings: it can be paused, and stays a member."""

    extension: Extension
    queue: QueueId
    penalty: int = 0
    is_paused: bool = False
    reason: str = ""
    is_fixed: bool = False


@dataclass(frozen=True, slots=True)
class Waiting:
    """A caller who asked for a person and has none yet. One with a higher `priority` goes first."""

    call: CallId
    queue: QueueId
    since: datetime
    number: str = ""
    priority: int = 0


class LegState(StrEnum):
    RINGING = "ringing"
    UP = "up"
    HELD = "held"


@dataclass(frozen=True, slots=True)
class Leg:
    """An extension's part in a call. `reference` is what the telephone was told to call the call by (X-Call-Ref),
    `number` who is at the other end."""

    call: CallId
    extension: Extension
    state: LegState
    since: datetime
    queue: QueueId | None = None
    number: str = ""
    reference: str = ""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """All of an exchange at one moment. `registered` are the extensions whose telephones can be reached."""

    members: tuple[Member, ...] = ()
    waiting: tuple[Waiting, ...] = ()
    legs: tuple[Leg, ...] = ()
    registered: frozenset[Extension] = frozenset()


# ---- what happens -------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Asked:
    """A caller asked for a person: from here on a service level is reckoned. `path` is the way through the menu."""

    at: datetime
    call: CallId
    queue: QueueId
    number: str = ""
    called: str = ""
    priority: int = 0
    reference: str = ""
    path: str = ""


@dataclass(frozen=True, slots=True)
class Offered:
    """An extension rings for a caller of a queue."""

    at: datetime
    call: CallId
    queue: QueueId
    extension: Extension


@dataclass(frozen=True, slots=True)
class RangOut:
    """An extension was offered a caller and did not take them: nobody answered, or somebody turned them away."""

    at: datetime
    call: CallId
    queue: QueueId
    extension: Extension
    rang_s: float
    is_refused: bool = False


@dataclass(frozen=True, slots=True)
class Answered:
    """A caller of a queue has a person, after waiting since they asked."""

    at: datetime
    call: CallId
    queue: QueueId
    extension: Extension
    waited_s: float


@dataclass(frozen=True, slots=True)
class GaveUp:
    """A caller hung up while waiting for a person."""

    at: datetime
    call: CallId
    queue: QueueId
    waited_s: float


@dataclass(frozen=True, slots=True)
class Overflowed:
    """A caller left a queue without a person and is still there: it was full, or they waited too long."""

    at: datetime
    call: CallId
    queue: QueueId
    waited_s: float


@dataclass(frozen=True, slots=True)
class LegChanged:
    """An extension's part in a call began, was held, went on; `leg.since` is when."""

    at: datetime
    leg: Leg


@dataclass(frozen=True, slots=True)
class LegEnded:
    """An extension's part in a call is over; the call itself may go on with another. One that only rang for a caller
    of a queue is not told so: it ends as RangOut, or with the caller as Answered by another, GaveUp, Overflowed."""

    at: datetime
    call: CallId
    extension: Extension
    talked_s: float
    held_s: float
    queue: QueueId | None = None
    reference: str = ""


@dataclass(frozen=True, slots=True)
class Transferred:
    """An extension gave its call on to another number (`to`), after it talked with whoever answers there
    (`is_attended`) or without. Its own part of the call is told as ended, too."""

    at: datetime
    call: CallId
    extension: Extension
    to: str
    is_attended: bool
    queue: QueueId | None = None
    reference: str = ""


@dataclass(frozen=True, slots=True)
class MemberChanged:
    """A member as it is now."""

    at: datetime
    member: Member


@dataclass(frozen=True, slots=True)
class MemberGone:
    at: datetime
    extension: Extension
    queue: QueueId


@dataclass(frozen=True, slots=True)
class Registered:
    """A telephone can be reached, or no longer."""

    at: datetime
    extension: Extension
    is_reachable: bool


@dataclass(frozen=True, slots=True)
class MonitoringChanged:
    """`lead` is in the call of `extension`; None: no longer."""

    at: datetime
    lead: Extension
    extension: Extension
    how: Monitoring | None


@dataclass(frozen=True, slots=True)
class Lost:
    """The exchange cannot be reached; nothing is known until it is `Resynced`."""

    at: datetime


@dataclass(frozen=True, slots=True)
class Resynced:
    """The exchange is reached, for the first time or again, and this is how it is. It comes before anything newer."""

    at: datetime
    snapshot: Snapshot = field(default_factory=Snapshot)


ExchangeEvent = (
    Asked
    | Offered
    | RangOut
    | Answered
    | GaveUp
    | Overflowed
    | LegChanged
    | LegEnded
    | Transferred
    | MemberChanged
    | MemberGone
    | Registered
    | MonitoringChanged
    | Lost
    | Resynced
)
Told = Callable[[ExchangeEvent], Awaitable[None]]


LONGEST_REASON: Final = 60
"""Bytes: what every exchange keeps of why somebody is paused."""


def reason_kept(reason: str) -> str:
    """As an exchange gives it back: one line, no longer than it keeps."""
    line = "".join(sign if sign.isprintable() else " " for sign in reason).strip()
    return line.encode()[:LONGEST_REASON].decode(errors="ignore").strip()


# ---- what is asked ------------------------------------------------------------------------------------------------


class ExchangeGone(Exception):
    """The exchange cannot be reached: nothing was done."""


class NotDone(Exception):
    """The exchange refused. `why` is one of: no_such_extension, no_such_queue, no_such_call, not_reachable, busy,
    not_allowed (to this server), not_possible; `said` is its own words, for the log."""

    def __init__(self, why: str, said: str = "") -> None:
        super().__init__(f"{why}: {said}" if said else why)
        self.why = why
        self.said = said


class Exchange(Protocol):
    """One exchange. Every verb returns when the exchange has confirmed it, and raises ExchangeGone or NotDone."""

    @property
    def name(self) -> str:
        """What the site calls it."""

    async def run(self, told: Told) -> None:
        """Reaches the exchange, tells what happens there, and reaches it again when it was lost, until cancelled."""

    async def snapshot(self) -> Snapshot:
        """How it is now."""

    async def seat(self, extension: Extension, penalties: Mapping[QueueId, int]) -> None:
        """Makes the extension a member of exactly these queues, and of those it is fixed in. A member that it already
        is stays, paused or not, with its penalty brought level. Of queues that the exchange does not have nothing is
        done but to refuse after the others."""

    async def pause(self, extension: Extension, reason: str) -> None:
        """In every queue it is a member of; a call it has goes on."""

    async def unpause(self, extension: Extension) -> None: ...

    async def call(self, extension: Extension, number: str, shown: str = "") -> CallId:
        """Rings the extension, and then `number`, which sees `shown`."""

    async def hang_up(self, extension: Extension, call: CallId) -> None:
        """Ends the extension's part in a call."""

    async def monitor(self, lead: Extension, extension: Extension, how: Monitoring, reference: str = "") -> None:
        """Rings the lead's telephone, which is told to call the call by `reference`, and puts it into the extension's
        call; who is in it already changes over."""

    async def leave(self, lead: Extension) -> None:
        """The lead is in nobody's call any more."""

    async def take_over(self, lead: Extension, extension: Extension) -> None:
        """Whoever the extension talks with goes on with the lead, who is in that call; the extension's part ends."""
