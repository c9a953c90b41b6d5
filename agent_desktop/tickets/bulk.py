"""Many tickets changed in one go: each by a command of its own, so that each is taken or refused by itself."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from agent_desktop.offline.view import View
from agent_model.body import from_body, to_body
from agent_model.command import Command, CommandKind, FieldChange, OpId
from agent_model.desk_policy import SITE, DeskPolicy
from agent_model.organisation import TicketCategory
from agent_model.ticket import HandOver, Place, Priority, Ticket, TicketId, TicketStatus
from agent_model.ticket_flow import SHIPPED, TicketFlow


class BulkField(StrEnum):
    """What can be changed. An owner or a queue is a hand-over, which wants a reason."""

    STATUS = "status"
    PRIORITY = "priority"
    OWNER = "owner"
    QUEUE = "queue"


class Left(StrEnum):
    """Why a ticket stays as it is."""

    SAME = "same"
    NO_MOVE = "no_move"
    NEEDS_REASON = "needs_reason"
    CLOSED = "closed"
    GONE = "gone"


class TooManyError(Exception):
    """More at once than the site allows (`most`)."""

    def __init__(self, most: int) -> None:
        super().__init__(str(most))
        self.most = most


@dataclass(frozen=True, slots=True)
class BulkWish:
    """`value` is the new one: a state, a priority, a person's id or a queue's."""

    field: BulkField
    value: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class BulkDone:
    """`op_ids` of what was written down; how many stay as they are, by why."""

    op_ids: tuple[OpId, ...]
    left: dict[Left, int]


class BulkChange:
    """For `author` (an agent's id). Every method raises StoreError."""

    def __init__(self, view: View, author: str, clock: Callable[[], datetime]) -> None:
        self._view = view
        self._author = author
        self._clock = clock

    @property
    def most(self) -> int:
        """How many tickets may be changed at once."""
        row = self._view.mirror.row("desk_policy", SITE)
        return (DeskPolicy() if row is None else from_body(DeskPolicy, row.id, row.version, row.body)).bulk_change

    def change(self, ids: Sequence[TicketId], wish: BulkWish) -> BulkDone:
        """What can be changed is on this disk when this returns. Raises TooManyError: then nothing was changed."""
        if len(ids) > self.most:
            raise TooManyError(self.most)
        flows, departments = self._flows(), self._departments()
        done: list[OpId] = []
        left: dict[Left, int] = {}
        for id_ in ids:
            row = self._view.row("ticket", id_)
            ticket = None if row is None else from_body(Ticket, row.id, row.version, row.body)
            why = Left.GONE if ticket is None else why_not(ticket, wish, flows)
            if why is not None or ticket is None:
                left[why or Left.GONE] = left.get(why or Left.GONE, 0) + 1
                continue
            done.append(self._put(ticket, wish, departments).op_id)
        return BulkDone(tuple(done), left)

    def take_back(self, done: BulkDone) -> int:
        """How many of the changes were never sent, and are gone."""
        return len(self._view.outbox.take_back(done.op_ids))

    def refused(self, done: BulkDone) -> tuple[int, dict[str, int]]:
        """How many the server has answered, and how many of these it refused, by its word."""
        refused: dict[str, int] = {}
        waiting = 0
        for entry in self._view.outbox.entries():
            if entry.command.op_id not in done.op_ids:
                continue
            if entry.answer is None:
                waiting += 1
            elif not entry.answer.verdict.is_settled:
                word = entry.answer.reason or entry.answer.verdict.value
                refused[word] = refused.get(word, 0) + 1
        return len(done.op_ids) - waiting, refused

    def _put(self, ticket: Ticket, wish: BulkWish, departments: dict[str, str]) -> Command:
        now, kind = self._clock(), CommandKind.UPDATE
        match wish.field:
            case BulkField.STATUS:
                fields = {"status": FieldChange(ticket.status.value, wish.value)}
                if wish.reason:
                    fields["status_reason"] = FieldChange(ticket.status_reason, wish.reason)
            case BulkField.PRIORITY:
                fields = {"priority": FieldChange(ticket.priority.value, wish.value)}
            case _:
                before = Place(ticket.queue, ticket.department, ticket.owner)
                after = _place(before, wish, departments)
                moved = HandOver(self._author, now, wish.reason, before, after)
                kind, fields = CommandKind.APPEND, {"hand_overs": FieldChange(None, to_body(moved))}
        return self._view.outbox.put("ticket", ticket.id, kind, fields, now, base_version=ticket.version)

    def _flows(self) -> dict[str, TicketFlow]:
        rows = self._view.mirror.rows("ticket_flow")
        told = [from_body(TicketFlow, row.id, row.version, row.body) for row in rows]
        return {**{type_.value: flow for type_, flow in SHIPPED.items()}, **{flow.type.value: flow for flow in told}}

    def _departments(self) -> dict[str, str]:
        """Where the tickets of a queue are worked on: as its categories say."""
        rows = self._view.mirror.rows("ticket_category")
        found = (from_body(TicketCategory, row.id, row.version, row.body) for row in rows)
        return {category.queue: category.department for category in found}


def why_not(ticket: Ticket, wish: BulkWish, flows: dict[str, TicketFlow]) -> Left | None:
    """What keeps a ticket from being changed so, as far as this workstation knows."""
    match wish.field:
        case BulkField.STATUS:
            if ticket.status == wish.value:
                return Left.SAME
            move = flows[ticket.type.value].move(TicketStatus(ticket.status), TicketStatus(wish.value))
            if move is None:
                return Left.NO_MOVE
            return Left.NEEDS_REASON if move.needs_reason and not wish.reason else None
        case BulkField.PRIORITY:
            if ticket.status is TicketStatus.CLOSED:
                return Left.CLOSED
            return Left.SAME if ticket.priority == Priority(wish.value) else None
    if ticket.status is TicketStatus.CLOSED:
        return Left.CLOSED
    if wish.value == (ticket.owner if wish.field is BulkField.OWNER else ticket.queue):
        return Left.SAME
    return None if wish.reason else Left.NEEDS_REASON


def _place(before: Place, wish: BulkWish, departments: dict[str, str]) -> Place:
    """Another person of the same queue; or another queue, whose people take it."""
    if wish.field is BulkField.OWNER:
        return Place(before.queue, before.department, wish.value)
    return Place(wish.value, departments.get(wish.value, before.department), None)
