"""Working on a ticket: everything its page shows, and every deed as one command, with the server or without."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType
from typing import Any, Final

from agent_desktop.offline.outbox import MARK
from agent_desktop.offline.pending import Entry, State
from agent_desktop.offline.view import View
from agent_desktop.tickets.flows import Flows
from agent_model.agent import Agent, Role
from agent_model.body import from_body, to_body
from agent_model.command import Command, CommandKind, FieldChange, OpId
from agent_model.customer import Customer, CustomerId, Tier
from agent_model.macro import Macro
from agent_model.ticket import (
    Comment,
    CommentKind,
    HandOver,
    Link,
    LinkKind,
    Place,
    Ticket,
    TicketId,
    TicketStatus,
)
from agent_model.ticket_flow import Move
from agent_model.wire import Row

COMMENT: Final = "comment"
DEEDS: Final = "deeds"
"""The kind of drafts that are comments being written."""
NOTHING: Final[Mapping[str, str]] = MappingProxyType({})
EDITABLE: Final = ("subject", "category", "priority", "description", "details")


@dataclass(frozen=True, slots=True)
class CommentDraft:
    """A comment that is being written for a ticket; `brings` are fields of the ticket that go with it."""

    ticket: TicketId
    text: str = ""
    kind: CommentKind = CommentKind.INTERNAL
    brings: Mapping[str, str] = field(default_factory=dict)
    saved_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Related:
    """A ticket at the other end of a link, above or below; `ticket` None: it is not on this workstation."""

    id: TicketId
    kind: LinkKind | None = None
    ticket: Ticket | None = None


@dataclass(frozen=True, slots=True)
class Said:
    """A comment, with the ticket it was written on where that was merged into this one."""

    comment: Comment
    merged: Ticket | None = None
    is_unsent: bool = False


@dataclass(frozen=True, slots=True)
class TicketSheet:
    """Everything the page of a ticket shows. `unsent` are one's own commands that the server has not answered; `moves`
    what its flow allows now, `may_work` whether this person works on it at all."""

    ticket: Ticket
    customer: Customer | None = None
    moves: tuple[Move, ...] = ()
    may_work: bool = True
    subtasks: tuple[Related, ...] = ()
    links: tuple[Related, ...] = ()
    parent: Related | None = None
    merged_into: Related | None = None
    comments: tuple[Said, ...] = ()
    unsent: tuple[Command, ...] = ()
    draft: CommentDraft | None = None
    begun: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    """What is being typed for deeds and not done yet, by their names."""
    has_whole_numbers: bool = True
    """Whether what the form asked is here as it was written, so that it can be changed."""

    @property
    def has_open_subtasks(self) -> bool:
        return any(one.ticket is not None and one.ticket.status.is_open for one in self.subtasks)

    def brought(self, macro: Macro, me: str) -> Mapping[str, str]:
        """What a macro changes of the ticket now, as on the wire; what its flow does not allow is not among it."""
        ways = [move.after for move in self.moves if not move.needs_reason]
        wanted = {
            "status": macro.status.value if macro.status in ways else None,
            "priority": None if macro.priority is None else macro.priority.value,
            "owner": me if macro.takes else None,
        }
        seen = to_body(self.ticket)
        return {name: value for name, value in wanted.items() if value is not None and value != seen[name]}

    @property
    def may_merge(self) -> bool:
        ticket = self.ticket
        return self.may_work and ticket.merged_into is None and ticket.status is not TicketStatus.CLOSED


class TicketWork:
    """For `agent`. What writes raises DiskFull, OutboxDamaged or StoreBusy, and is on the disk when it returns."""

    def __init__(
        self,
        view: View,
        agent: Agent,
        clock: Callable[[], datetime],
        new_id: Callable[[], str],
        with_clocks: Callable[[Ticket, Tier | None], Ticket] = lambda ticket, _tier: ticket,
        may_close: Callable[[TicketId], bool] = lambda _id: True,
    ) -> None:
        self.flows = Flows(view)
        self._may_close = may_close
        self._view = view
        self._agent = agent
        self._clock = clock
        self._new_id = new_id
        self._with_clocks = with_clocks

    # ---- reading ----------------------------------------------------------------------------------------------

    def sheet(self, ticket_id: TicketId) -> TicketSheet | None:
        """None when no such ticket is here."""
        ticket = self._ticket(ticket_id)
        if ticket is None:
            return None
        customer = self._customer(ticket.customer_id)
        ticket = self._with_clocks(ticket, None if customer is None else customer.tier)
        unsent = self._unsent(ticket_id)
        return TicketSheet(
            ticket,
            customer,
            self._moves(ticket),
            self.may_work(ticket),
            tuple(Related(one, ticket=self._ticket(one)) for one in self._subtasks(ticket)),
            tuple(Related(link.ticket, link.kind, self._ticket(link.ticket)) for link in ticket.links),
            self._related(ticket.parent),
            self._related(ticket.merged_into),
            self._said(ticket, unsent),
            unsent,
            self.draft(ticket_id),
            self.begun(ticket_id),
            not self._view.mirror.sight().kinds,
        )

    def _moves(self, ticket: Ticket) -> tuple[Move, ...]:
        """What the server will take: nothing is closed that something still stands before."""
        moves = self.flows.moves(ticket)
        closes = any(move.after is TicketStatus.CLOSED for move in moves)
        if not closes or self._may_close(ticket.id):
            return moves
        return tuple(move for move in moves if move.after is not TicketStatus.CLOSED)

    def may_work(self, ticket: Ticket) -> bool:
        """A department works on what is in its own queues and on what it was given."""
        agent = self._agent
        if agent.role is not Role.DEPARTMENT:
            return agent.role in (Role.AGENT, Role.TEAM_LEAD, Role.DUTY_MANAGER, Role.RETURN_VISIT)
        return ticket.queue in agent.queues or agent.id in {ticket.owner, ticket.created_by, *ticket.watchers}

    # ---- deeds ------------------------------------------------------------------------------------------------

    def take(self, ticket: Ticket) -> None:
        self._update(ticket, {"owner": self._agent.id})

    def move(self, ticket: Ticket, status: TicketStatus, reason: str = "") -> None:
        """`reason` may be empty where the flow wants none."""
        self._update(ticket, {"status": status.value, "status_reason": reason.strip() or None})

    def hand_over(self, ticket: Ticket, after: Place, reason: str) -> None:
        before = Place(ticket.queue, ticket.department, ticket.owner)
        hand_over = HandOver(self._agent.id, self._clock(), reason.strip(), before, after)
        self._append(ticket, "hand_overs", hand_over)

    def watch(self, ticket: Ticket, *, is_on: bool) -> None:
        others = [one for one in ticket.watchers if one != self._agent.id]
        self._update(ticket, {"watchers": [*others, self._agent.id] if is_on else others})

    def comment(self, ticket: Ticket, text: str, kind: CommentKind, brings: Mapping[str, str] = NOTHING) -> None:
        """The draft of it is gone with that. What it `brings` (as on the wire) is changed with it, or neither is done:
        the comment is not said when the server refuses the change."""
        comment = Comment(self._agent.id, self._clock(), text.strip(), kind)
        seen = to_body(ticket)
        changes: dict[str, Any] = {name: value for name, value in brings.items() if value != seen[name]}
        if "status" in changes:
            changes["status_reason"] = None
        with self._view.outbox.together():
            first = self._update(ticket, changes) if changes else None
            ends = f"{MARK}{COMMENT}:{ticket.id}"
            self._append(ticket, "comments", comment, ends, None if first is None else first.op_id)

    def link(self, ticket: Ticket, other: TicketId, kind: LinkKind) -> None:
        links = [link for link in ticket.links if link.ticket != other]
        self._update(ticket, {"links": _plain([*links, Link(kind, other)])})

    def unlink(self, ticket: Ticket, other: TicketId) -> None:
        self._update(ticket, {"links": _plain([link for link in ticket.links if link.ticket != other])})

    def merge(self, ticket: Ticket, into: TicketId) -> None:
        self._update(ticket, {"merged_into": into})

    def edit(self, ticket: Ticket, seen: Mapping[str, Any], wanted: Mapping[str, Any]) -> None:
        """Fields of EDITABLE, as they were seen and as they are wanted; those that are the same are not sent."""
        changes = {name: FieldChange(seen[name], value) for name, value in wanted.items() if value != seen[name]}
        if changes:
            self._put(ticket, CommandKind.UPDATE, changes)

    def add_subtask(self, parent: Ticket, subject: str, place: Place) -> Ticket:
        """A ticket below another: of the same customer and kind, for another place."""
        now = self._clock()
        ticket = Ticket(
            id=TicketId(f"T-{self._new_id()}"),
            subject=subject.strip(),
            type=parent.type,
            category=parent.category,
            priority=parent.priority,
            status=self.flows.of(parent.type).first[0],
            description="",
            queue=place.queue,
            department=place.department,
            owner=place.owner,
            created_at=now,
            created_by=self._agent.id,
            customer_id=parent.customer_id,
            parent=parent.id,
        )
        changes = {name: FieldChange(None, value) for name, value in to_body(ticket).items() if value not in (None, [])}
        self._view.outbox.put(
            "ticket", ticket.id, CommandKind.CREATE, changes, now, depends_on=self._waiting(parent.id)
        )
        return ticket

    # ---- drafts -----------------------------------------------------------------------------------------------

    def draft(self, ticket_id: TicketId) -> CommentDraft | None:
        kept = self._view.outbox.draft(ticket_id, COMMENT)
        if kept is None:
            return None
        return CommentDraft(
            ticket_id, kept.body["text"], CommentKind(kept.body["kind"]), kept.body.get("brings", {}), kept.saved_at
        )

    def save(self, draft: CommentDraft) -> datetime | None:
        """When it was saved; an empty draft is dropped."""
        if not draft.text.strip():
            self._view.outbox.drop_draft(draft.ticket, COMMENT)
            return None
        now = self._clock()
        body = {"text": draft.text, "kind": draft.kind.value, "brings": dict(draft.brings)}
        self._view.outbox.save_draft(draft.ticket, body, now, COMMENT)
        return now

    def begun(self, ticket_id: TicketId) -> Mapping[str, Mapping[str, Any]]:
        kept = self._view.outbox.draft(ticket_id, DEEDS)
        return {} if kept is None else kept.body

    def keep(self, ticket_id: TicketId, begun: Mapping[str, Mapping[str, Any]]) -> None:
        """What is being typed for deeds, in place of what was kept before."""
        if begun:
            self._view.outbox.save_draft(ticket_id, begun, self._clock(), DEEDS)
        else:
            self._view.outbox.drop_draft(ticket_id, DEEDS)

    # ---- -----------------------------------------------------------------------------------------------------

    def _update(self, ticket: Ticket, wanted: Mapping[str, Any]) -> Command:
        seen = to_body(ticket)
        return self._put(
            ticket, CommandKind.UPDATE, {name: FieldChange(seen[name], new) for name, new in wanted.items()}
        )

    def _append(
        self, ticket: Ticket, name: str, value: Any, ends_draft: str | None = None, after: OpId | None = None
    ) -> None:
        self._put(ticket, CommandKind.APPEND, {name: FieldChange(None, to_body(value))}, ends_draft, after)

    def _put(
        self,
        ticket: Ticket,
        kind: CommandKind,
        changes: Mapping[str, FieldChange],
        ends_draft: str | None = None,
        after: OpId | None = None,
    ) -> Command:
        return self._view.outbox.put(
            "ticket",
            ticket.id,
            kind,
            changes,
            self._clock(),
            base_version=ticket.version,
            depends_on=after or self._waiting(ticket.id),
            ends_draft=ends_draft,
        )

    def _waiting(self, ticket_id: TicketId) -> OpId | None:
        """The command that makes the ticket, while it waits itself."""
        for entry in self._entries(ticket_id):
            if entry.command.kind is CommandKind.CREATE and entry.state is State.WAITING:
                return entry.command.op_id
        return None

    def _entries(self, ticket_id: TicketId) -> tuple[Entry, ...]:
        return self._view.outbox.pending().of_row("ticket", ticket_id)

    def _unsent(self, ticket_id: TicketId) -> tuple[Command, ...]:
        return tuple(entry.command for entry in self._entries(ticket_id) if entry.state is State.WAITING)

    def _ticket(self, ticket_id: TicketId) -> Ticket | None:
        row = self._view.row("ticket", ticket_id)
        return None if row is None else _read(row)

    def _related(self, ticket_id: TicketId | None) -> Related | None:
        return None if ticket_id is None else Related(ticket_id, ticket=self._ticket(ticket_id))

    def _customer(self, customer_id: str | None) -> Customer | None:
        row = None if customer_id is None else self._view.row("customer", CustomerId(customer_id))
        return None if row is None else from_body(Customer, row.id, row.version, row.body)

    def _subtasks(self, ticket: Ticket) -> list[TicketId]:
        """Those that the server knows of, and those made here."""
        pending = self._view.outbox.pending()
        made = [
            TicketId(id_)
            for id_ in pending.rows_that_set("ticket", "parent")
            if any(
                (change := entry.command.fields.get("parent")) is not None and change.new == ticket.id
                for entry in pending.of_row("ticket", id_)
            )
        ]
        return list(dict.fromkeys((*ticket.subtasks, *made)))

    def _said(self, ticket: Ticket, unsent: Sequence[Command]) -> tuple[Said, ...]:
        """The oldest first; of a ticket that was merged into this one, too."""
        waiting = [command.fields["comments"].new for command in unsent if "comments" in command.fields]
        said = [Said(one, is_unsent=to_body(one) in waiting) for one in ticket.comments]
        for link in ticket.links:
            merged = self._ticket(link.ticket) if link.kind is LinkKind.MERGED else None
            if merged is not None:
                said += [Said(one, merged) for one in merged.comments]
        return tuple(sorted(said, key=lambda one: one.comment.at))


def _plain(links: Sequence[Link]) -> list[dict[str, Any]]:
    return [to_body(link) for link in links]


def _read(row: Row) -> Ticket:
    return from_body(Ticket, row.id, row.version, row.body)
