"""What the customer pane shows: one customer with figures, open tickets and the first page of the timeline."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from agent_model.customer import Contact, Customer
from agent_model.phone_number import PhoneNumber
from agent_model.ticket import Ticket
from agent_model.words import Words


@dataclass(frozen=True, slots=True)
class KeyFigures:
    """The five figures of the header, counted at `at`. `due_soon` are open tickets due within the next hour or late."""

    at: datetime
    value_fen: int
    contacts_30d: int
    contacts_before_30d: int
    open_tickets: int
    due_soon: int
    satisfaction: float | None
    ratings: int


class EntryKind(StrEnum):
    """What a line of the timeline tells of: a contact of one kind or a change of a ticket."""

    CONTACT = "contact"
    TICKET = "ticket"


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    """One line of the timeline, newest first. Exactly one of `contact` and `ticket` is there, as `kind` says."""

    kind: EntryKind
    at: datetime
    contact: Contact | None = None
    ticket: Ticket | None = None


@dataclass(frozen=True, slots=True)
class Timeline:
    """One page. `earlier_than` is the moment to ask the next page with; None when this is the last."""

    entries: tuple[TimelineEntry, ...]
    earlier_than: datetime | None = None


@dataclass(frozen=True, slots=True)
class Profile:
    customer: Customer
    figures: KeyFigures
    open_tickets: tuple[Ticket, ...]
    timeline: Timeline
    has_pending: bool = False
    """Whether something shown here still waits in the outbox."""


@dataclass(frozen=True, slots=True)
class Known:
    """One customer has this number (or the exchange named them)."""

    number: PhoneNumber | None
    profile: Profile
    lent_by: Words | None = None
    """The platform whose temporary privacy number they called from; then `number` is not it."""


@dataclass(frozen=True, slots=True)
class Several:
    """More than one customer has this number: the agent asks and chooses."""

    number: PhoneNumber
    candidates: tuple[Customer, ...]


@dataclass(frozen=True, slots=True)
class Unknown:
    """Nobody has this number. `is_asking_server` while the server has not answered yet."""

    number: PhoneNumber
    is_asking_server: bool = False


@dataclass(frozen=True, slots=True)
class Hidden:
    """The caller keeps the number back."""


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """The customer was open here and belongs to others now: nothing of them is shown any more."""


@dataclass(frozen=True, slots=True)
class Privacy:
    """A platform lent the caller this number for a while (隐私号): it is nobody's own, and tells of nobody."""

    number: PhoneNumber
    platform: Words


Recognition = Known | Several | Unknown | Hidden | Withdrawn | Privacy


def lent_by(recognition: Recognition | None) -> Words | None:
    """The platform whose temporary number the call came from, whoever called."""
    match recognition:
        case Known(lent_by=platform) | Privacy(platform=platform):
            return platform
        case _:
            return None
