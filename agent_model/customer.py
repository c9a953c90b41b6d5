"""The customer and what happened between them and the company."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import NewType

from agent_model.after_call import WorkDone
from agent_model.call_quality import CallQuality
from agent_model.consent import Consent, LegalHold
from agent_model.identity_check import IdentityCheck
from agent_model.phone_number import PhoneNumber
from agent_model.signal import SignalResult

CustomerId = NewType("CustomerId", str)
SegmentId = NewType("SegmentId", str)


class Tier(StrEnum):
    STANDARD = "standard"
    SILVER = "silver"
    GOLD = "gold"
    DIAMOND = "diamond"


class ProductStatus(StrEnum):
    ACTIVE = "active"
    LOW = "low"
    PAUSED = "paused"
    ENDING = "ending"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class OwnedProduct:
    """A product this customer has. `name` is as sold to them; `remaining` is a counted stock (messages), if any."""

    product: str
    name: str
    status: ProductStatus
    until: date | None = None
    remaining: int | None = None
    quantity: int = 1


@dataclass(frozen=True, slots=True)
class Note:
    text: str
    author: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Customer:
    """A person or company that calls. `phones` are E.164, the main one first; `version` is the server's.

    `value_fen` is what they paid in the last 12 months, in hundredths of the currency unit;
    `satisfaction` is the mean of `ratings` answers, 1..5, None before the first. `apart` are customers of whom somebody
    has said that they are other people, however alike they look.
    """

    id: CustomerId
    segment: SegmentId
    name: str
    phones: tuple[PhoneNumber, ...]
    tier: Tier = Tier.STANDARD
    company: str | None = None
    email: str | None = None
    tags: tuple[str, ...] = ()
    language: str = "zh-CN"
    region: str | None = None
    is_verified: bool = False
    since: date | None = None
    value_fen: int = 0
    satisfaction: float | None = None
    ratings: int = 0
    products: tuple[OwnedProduct, ...] = ()
    notes: tuple[Note, ...] = ()
    signal_results: tuple[SignalResult, ...] = ()
    apart: tuple[CustomerId, ...] = ()
    consents: tuple[Consent, ...] = ()
    legal_hold: LegalHold | None = None
    version: int = 0


class ContactKind(StrEnum):
    """A line of the timeline: what kind of contact or event it was."""

    CALL_IN = "call_in"
    CALL_OUT = "call_out"
    CALL_MISSED = "call_missed"
    EMAIL = "email"
    CHAT = "chat"
    SMS = "sms"
    SURVEY = "survey"
    IDENTITY_CHECK = "identity_check"
    ORDER = "order"
    VISIT = "visit"
    NOTE = "note"


def contact_id_of(call_ref: str, agent: str) -> str:
    """The line of a call on its customer's timeline: one for each agent who talked."""
    return f"K-{call_ref}-{agent}"


@dataclass(frozen=True, slots=True)
class Contact:
    """One entry of a customer's timeline. `amount_fen` for orders, `duration_s` and `quality` for calls, `rating` for
    surveys, `check` for identity checks, `shown_number` which of the company's numbers a called customer was to see.
    `rules_at` is the newest change of dispositions and queues that who picked `wrap_up_code` knew, `work` what became
    of the work after the call."""

    id: str
    customer_id: CustomerId
    kind: ContactKind
    at: datetime
    title: str
    text: str = ""
    agent: str | None = None
    queue: str | None = None
    wrap_up_code: str | None = None
    duration_s: int | None = None
    amount_fen: int | None = None
    rating: int | None = None
    call_ref: str | None = None
    quality: CallQuality | None = None
    shown_number: str | None = None
    check: IdentityCheck | None = None
    rules_at: datetime | None = None
    work: WorkDone | None = None
    version: int = 0
