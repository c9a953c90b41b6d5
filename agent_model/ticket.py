"""A promise made to a customer: the ticket."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, NewType

from agent_model.attachment import Attachment
from agent_model.clock import TicketClocks
from agent_model.complaint import ClosingDecision, DepartmentWord, ReceivedFrom

TicketId = NewType("TicketId", str)


class TicketType(StrEnum):
    INQUIRY = "inquiry"
    REQUEST = "request"
    FAULT = "fault"
    COMPLAINT = "complaint"
    SUPPORT = "support"
    APPOINTMENT = "appointment"
    SUGGESTION = "suggestion"
    PRAISE = "praise"
    LEAD = "lead"
    CHANGE = "change"


class TicketStatus(StrEnum):
    NEW = "new"
    IN_PROGRESS = "in_progress"
    WAITING_CUSTOMER = "waiting_customer"
    RESOLVED = "resolved"
    CLOSED = "closed"

    @property
    def is_open(self) -> bool:
        return self not in (TicketStatus.RESOLVED, TicketStatus.CLOSED)


class Priority(StrEnum):
    LOW = "low"
    NORMAL = "normal"
    HIGH = "high"
    URGENT = "urgent"


@dataclass(frozen=True, slots=True)
class Details:
    """What the form of its type asked: `form` is the id of the edition it was written with and is shown with; `values`
    are by the keys of its fields, `facts` what the form's conditions looked at."""

    form: str
    values: Mapping[str, Any]
    facts: Mapping[str, str] = field(default_factory=dict)


class CommentKind(StrEnum):
    """Whether a comment is only for those who work on the ticket, or what the customer is told."""

    INTERNAL = "internal"
    TO_CUSTOMER = "to_customer"


@dataclass(frozen=True, slots=True)
class Comment:
    author: str
    at: datetime
    text: str
    kind: CommentKind = CommentKind.INTERNAL


@dataclass(frozen=True, slots=True)
class Place:
    """Where a ticket is worked on; `owner` None: whoever of the queue takes it."""

    queue: str
    department: str
    owner: str | None = None


@dataclass(frozen=True, slots=True)
class HandOver:
    """`by` moved the ticket from one place to another, and why."""

    by: str
    at: datetime
    reason: str
    before: Place
    after: Place


def brought(added: Mapping[str, Any]) -> dict[str, Any]:
    """The fields that what is appended to a ticket sets beside: a hand-over moves it. Both as on the wire."""
    return dict(added["hand_overs"]["after"]) if "hand_overs" in added else {}


def is_answer(added: Mapping[str, Any]) -> bool:
    """Whether what is appended to a ticket tells the customer something. As on the wire."""
    return "comments" in added and bool(added["comments"].get("kind") == CommentKind.TO_CUSTOMER)


class LinkKind(StrEnum):
    """MERGED: that ticket was merged into this one."""

    RELATED = "related"
    DUPLICATE = "duplicate"
    MERGED = "merged"


@dataclass(frozen=True, slots=True)
class Link:
    kind: LinkKind
    ticket: TicketId


@dataclass(frozen=True, slots=True)
class Ticket:
    """One ticket. `number` is given by the server (`TK-204718`); until then it is None and the id is shown short.

    `customer_id` is None for a caller nobody could name; `call_ref` links the call it was written in,
    `identity_check` the contact that says who called was checked. The server keeps
    `clocks`, with `due_at` as until when it is to be solved (None while it waits for the customer) and `step_at` as
    when the next warning comes; what was not yet there has none of them.

    Of a complaint: `disputes` is what was said about whose it is, `same_as` the one that leads where the same complaint
    came in by two doors; the server keeps `handlers`, who worked on it, and `return_visit`, the one its last solution
    was given. See docs/complaints.md.

    Work on it: `watchers` hold it as its owner does; `status_reason` is why the last move was made, if somebody said;
    `comments`, `hand_overs` and `attachments` only grow. The server keeps `subtasks` beside the `parent` that each of
    them names, and both ends of `links`; a ticket with `merged_into` is closed and points there.
    """

    id: TicketId
    subject: str
    type: TicketType
    category: str
    priority: Priority
    status: TicketStatus
    description: str
    queue: str
    department: str
    created_at: datetime
    created_by: str
    number: str | None = None
    customer_id: str | None = None
    segment: str | None = None
    owner: str | None = None
    due_at: datetime | None = None
    updated_at: datetime | None = None
    call_ref: str | None = None
    identity_check: str | None = None
    details: Details | None = None
    clocks: TicketClocks | None = None
    step_at: datetime | None = None
    received_from: ReceivedFrom | None = None
    disputes: tuple[DepartmentWord, ...] = ()
    same_as: str | None = None
    handlers: tuple[str, ...] = ()
    return_visit: str | None = None
    closing_decision: ClosingDecision | None = None
    watchers: tuple[str, ...] = ()
    comments: tuple[Comment, ...] = ()
    hand_overs: tuple[HandOver, ...] = ()
    parent: TicketId | None = None
    subtasks: tuple[TicketId, ...] = ()
    links: tuple[Link, ...] = ()
    merged_into: TicketId | None = None
    status_reason: str | None = None
    attachments: tuple[Attachment, ...] = ()
    version: int = 0
