"""What can be done on the page of a ticket: the deeds that are offered, and the wishes they become."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from PySide6.QtCore import QCoreApplication

from agent_desktop.tickets.work import TicketSheet
from agent_model.ticket import CommentKind, LinkKind, Place, TicketStatus

translate = QCoreApplication.translate


class Deed(StrEnum):
    """In the order of the bar; each has its key while the page is shown."""

    TAKE = "take"
    MOVE = "move"
    HAND_OVER = "hand_over"
    COMMENT = "comment"
    EDIT = "edit"
    WATCH = "watch"
    SUBTASK = "subtask"
    LINK = "link"
    MERGE = "merge"


KEYS: Mapping[Deed, str] = {
    Deed.TAKE: "Alt+T",
    Deed.MOVE: "Alt+S",
    Deed.HAND_OVER: "Alt+H",
    Deed.COMMENT: "Alt+C",
    Deed.EDIT: "Alt+E",
    Deed.WATCH: "Alt+W",
    Deed.SUBTASK: "Alt+B",
    Deed.LINK: "Alt+L",
    Deed.MERGE: "Alt+G",
}
ICONS: Mapping[Deed, str] = {
    Deed.TAKE: "user-plus",
    Deed.MOVE: "chevron-right",
    Deed.HAND_OVER: "swap",
    Deed.COMMENT: "chat",
    Deed.EDIT: "pencil",
    Deed.WATCH: "eye",
    Deed.SUBTASK: "plus",
    Deed.LINK: "copy",
    Deed.MERGE: "merge",
}


def deed_word(deed: Deed) -> str:
    match deed:
        case Deed.TAKE:
            return translate("ticket", "Take it")
        case Deed.MOVE:
            return translate("ticket", "Move on")
        case Deed.HAND_OVER:
            return translate("ticket", "Hand over")
        case Deed.COMMENT:
            return translate("ticket", "Comment")
        case Deed.EDIT:
            return translate("ticket", "Edit")
        case Deed.WATCH:
            return translate("ticket", "Watch")
        case Deed.SUBTASK:
            return translate("ticket", "Sub-task")
        case Deed.LINK:
            return translate("ticket", "Link")
        case Deed.MERGE:
            return translate("ticket", "Merge")


def offered(sheet: TicketSheet, me: str) -> frozenset[Deed]:
    """Only what the server will take is shown."""
    ticket = sheet.ticket
    if not sheet.may_work:
        return frozenset()
    is_over = ticket.status is TicketStatus.CLOSED
    return frozenset(
        deed
        for deed, is_possible in {
            Deed.TAKE: ticket.owner != me and not is_over,
            Deed.MOVE: bool(sheet.moves),
            Deed.HAND_OVER: not is_over,
            Deed.COMMENT: True,
            Deed.EDIT: not is_over,
            Deed.WATCH: True,
            Deed.SUBTASK: ticket.status.is_open and ticket.parent is None,
            Deed.LINK: True,
            Deed.MERGE: sheet.may_merge,
        }.items()
        if is_possible
    )


@dataclass(frozen=True, slots=True)
class Take:
    """The ticket is mine from now on."""


@dataclass(frozen=True, slots=True)
class MoveTo:
    status: TicketStatus
    reason: str = ""


@dataclass(frozen=True, slots=True)
class HandOverTo:
    place: Place
    reason: str


@dataclass(frozen=True, slots=True)
class Watch:
    is_on: bool


@dataclass(frozen=True, slots=True)
class Say:
    """`brings` are fields of the ticket, as on the wire, that are changed with it."""

    text: str
    kind: CommentKind
    brings: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class LinkTo:
    """`number` as it was typed."""

    number: str
    kind: LinkKind


@dataclass(frozen=True, slots=True)
class Unlink:
    ticket: str


@dataclass(frozen=True, slots=True)
class MergeInto:
    number: str


@dataclass(frozen=True, slots=True)
class AddSubtask:
    subject: str
    place: Place


@dataclass(frozen=True, slots=True)
class Edit:
    """Fields as the person saw them and as they want them."""

    seen: Mapping[str, Any]
    wanted: Mapping[str, Any]


Wish = Take | MoveTo | HandOverTo | Watch | Say | LinkTo | Unlink | MergeInto | AddSubtask | Edit
