"""A call as the agent sees it: who, which way, in what state, why it ended."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import NewType

from agent_desktop.softphone.invite import InviteFacts

CallId = NewType("CallId", str)


class Direction(StrEnum):
    INCOMING = "incoming"
    OUTGOING = "outgoing"


class CallState(StrEnum):
    """RINGING is an incoming call that waits for the agent. An outgoing call is DIALLING until audio or an
    answer comes; `Call.rings_there` says that the other telephone rings. Hold is no state: see `held_here`."""

    DIALLING = "dialling"
    EARLY_MEDIA = "early_media"
    RINGING = "ringing"
    CONNECTED = "connected"
    ENDING = "ending"
    ENDED = "ended"


class EndReason(StrEnum):
    """MISSED: the caller gave up before the agent answered. CANCELLED: the agent gave up dialling.
    DECLINED: the agent turned an incoming call away, or the other side turned ours away (603).
    RANG_OUT: the agent did not answer in time. DO_NOT_DISTURB, ANONYMOUS_REJECTED and LINES_BUSY: the phone turned it
    away by rule. TRANSFERRED: the other side talks to somebody else now. INCOMPATIBLE: no codec or encryption in
    common (488). FORBIDDEN: the switch does not allow this call (403). LOST: the other side of an answered call
    went without a word."""

    HUNG_UP_HERE = "hung_up_here"
    HUNG_UP_THERE = "hung_up_there"
    MISSED = "missed"
    CANCELLED = "cancelled"
    ANSWERED_ELSEWHERE = "answered_elsewhere"
    BUSY = "busy"
    DECLINED = "declined"
    NO_ANSWER = "no_answer"
    NOT_FOUND = "not_found"
    UNREACHABLE = "unreachable"
    UNAUTHORISED = "unauthorised"
    FORBIDDEN = "forbidden"
    INCOMPATIBLE = "incompatible"
    TRANSFERRED = "transferred"
    RANG_OUT = "rang_out"
    DO_NOT_DISTURB = "do_not_disturb"
    ANONYMOUS_REJECTED = "anonymous_rejected"
    LINES_BUSY = "lines_busy"
    LOST = "lost"
    FAILED = "failed"
    PHONE_CRASHED = "phone_crashed"


@dataclass(frozen=True, slots=True)
class CallEnd:
    """Why a call ended. `sip_code` is 0 when no SIP answer was involved; `sip_text` is the switch's own wording."""

    reason: EndReason
    sip_code: int
    sip_text: str
    at: datetime


class TransferPurpose(StrEnum):
    PERSON = "person"
    PARK = "park"
    SURVEY = "survey"
    PIN_CHECK = "pin_check"


class TransferState(StrEnum):
    """ASKED: the switch was asked. RINGING: the new destination rings. FAILED: the caller is still here, until the
    switch ends the call."""

    ASKED = "asked"
    RINGING = "ringing"
    DONE = "done"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Transfer:
    """A transfer that was asked for. `to` is what was dialled; `sip_code` and `sip_text` the destination's answer."""

    to: str
    purpose: TransferPurpose
    state: TransferState
    sip_code: int = 0
    sip_text: str = ""


class Recording(StrEnum):
    """PAUSED keeps time but no sound. BROKEN: it could not be written any more; what there is stays."""

    OFF = "off"
    ON = "on"
    PAUSED = "paused"
    BROKEN = "broken"


@dataclass(frozen=True, slots=True)
class Call:
    """One call now. `remote_number` is what the switch wrote: the user part of P-Asserted-Identity if it sent
    one, else of From (incoming), or what was dialled (outgoing). Empty for a withheld number.

    `held_here`: the agent holds the other side. `held_there`: the other side holds us; both can be true.
    `muted`: the other side hears silence. `consults_for`: the held call about which this one was made.
    `continues`: the other side of that call was connected with somebody else, who is the other side of this one.
    `is_encrypted`: what is said travels as SRTP. `shown_number`: what the called side was to see.
    Moments are aware UTC.
    """

    id: CallId
    direction: Direction
    state: CallState
    remote_number: str
    remote_name: str
    started_at: datetime
    answered_at: datetime | None = None
    rings_there: bool = False
    held_here: bool = False
    held_there: bool = False
    muted: bool = False
    consults_for: CallId | None = None
    continues: CallId | None = None
    is_in_conference: bool = False
    is_encrypted: bool = False
    transfer: Transfer | None = None
    recording: Recording = Recording.OFF
    shown_number: str = ""
    end: CallEnd | None = None
    invite: InviteFacts = field(default_factory=InviteFacts)

    @property
    def is_over(self) -> bool:
        return self.state is CallState.ENDED

    @property
    def is_talking(self) -> bool:
        """Answered, not ending, and held by neither side."""
        return self.state is CallState.CONNECTED and not self.held_here and not self.held_there
