"""The ticket desk: a draft becomes a ticket, with the server or without; what was refused comes back whole."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from agent_desktop.errors import CacheDamaged
from agent_desktop.offline.identity_rule import SiteIdentityRule
from agent_desktop.offline.pending import Entry, State
from agent_desktop.offline.view import View
from agent_desktop.tickets.draft import Lack, TicketDraft, lacks
from agent_desktop.tickets.drafts import Drafts
from agent_desktop.tickets.forms import HERE, Forms
from agent_desktop.tickets.sources import source_lacks, told_source, typed_source
from agent_model.body import from_body, to_body
from agent_model.command import Command, CommandKind, FieldChange, OpId
from agent_model.form_value import Locale, ValueFault
from agent_model.identity_check import NOBODY, IdentityCheck, check_id
from agent_model.organisation import TicketCategory, is_place
from agent_model.ticket import Priority, Ticket, TicketId, TicketStatus, TicketType
from agent_model.words import Words

LEAST_DIGITS = 3
"""Of the beginning of a ticket's number without what stands before it."""


class NotComplete(Exception):
    """The draft lacks something; `lacks` says what by field, `faults` by key of its form's fields. Nothing was filed,
    the draft stays."""

    def __init__(self, found: Mapping[str, Lack], faults: Mapping[str, ValueFault]) -> None:
        super().__init__(", ".join(f"{field} {lack}" for field, lack in {**found, **faults}.items()))
        self.lacks = found
        self.faults = faults


class NotChecked(Exception):
    """The business asks for a check of `needed` in this call, and it has come to `reached`. Nothing was filed,
    the draft stays."""

    def __init__(self, needed: Words, reached: Words) -> None:
        super().__init__(needed.en, reached.en)
        self.needed = needed
        self.reached = reached


@dataclass(frozen=True, slots=True)
class Refused:
    """A command that the server refused, whole, with the ticket it would have made, if it was one."""

    command: Command
    reason: str
    ticket: Ticket | None


class TicketDesk:
    """Files tickets for `author` (the agent's id)."""

    def __init__(
        self,
        view: View,
        drafts: Drafts,
        author: str,
        clock: Callable[[], datetime],
        new_id: Callable[[], str],
        locale: Locale = HERE,
    ) -> None:
        self.forms = Forms(view, author, clock, locale)
        self._view = view
        self._identity_rule = SiteIdentityRule(view)
        self._drafts = drafts
        self._author = author
        self._clock = clock
        self._new_id = new_id
        self._known: tuple[TicketCategory, ...] = ()

    def categories(self) -> tuple[TicketCategory, ...]:
        """What a ticket may be about; those last seen while a damaged cache is fetched again: writing goes on."""
        try:
            rows = self._view.mirror.rows("ticket_category")
        except CacheDamaged:
            if not self._known:
                raise
            return self._known
        found = tuple(from_body(TicketCategory, row.id, row.version, row.body) for row in rows)
        self._known = found or self._known
        return self._known

    def ticket(self, ticket_id: TicketId) -> Ticket | None:
        row = self._view.row("ticket", ticket_id)
        return None if row is None else from_body(Ticket, row.id, row.version, row.body)

    def numbered(self, text: str, limit: int = 4) -> tuple[Ticket, ...]:
        """Tickets whose number begins so (`TK-2047`, or three of its digits and more), if they are here."""
        wanted = "".join(text.upper().split())
        digits = wanted.removeprefix("TK").removeprefix("-")
        if not (digits.isdecimal() and digits.isascii()) or (digits == wanted and len(digits) < LEAST_DIGITS):
            return ()
        rows = self._view.tickets_numbered(f"TK-{digits}", limit)
        return tuple(from_body(Ticket, row.id, row.version, row.body) for row in rows)

    def file(self, draft: TicketDraft, depends_on: OpId | None = None) -> Ticket:
        """The draft as a ticket, on this disk when this returns, on its way to the server; the draft is gone.

        Raises NotComplete, NotChecked, DiskFull, OutboxDamaged, StoreBusy: then the draft is still there.
        """
        categories = {category.id: category for category in self.categories()}
        found = lacks(draft, frozenset(categories), self._astray(categories.values()))
        now = self._clock()
        type_ = categories[draft.category].type if "category" not in found else None
        source = told_source(draft, type_, now, self.forms.locale)
        filled = self.forms.filled(draft, type_)
        found = {**found, **source_lacks(draft, source)}
        if found or filled.faults:
            raise NotComplete(found, filled.faults)
        category = categories[draft.category]
        check = self._check_for(category, draft)
        ticket = Ticket(
            id=TicketId(f"T-{self._new_id()}"),
            subject=draft.subject.strip(),
            type=TicketType(category.type),
            category=category.id,
            priority=draft.priority,
            status=TicketStatus.NEW,
            description=draft.description.strip(),
            queue=category.queue,
            department=category.department,
            created_at=now,
            created_by=self._author,
            customer_id=draft.customer_id,
            call_ref=draft.call_ref,
            identity_check=check,
            details=filled.details,
            received_from=source,
        )
        changes = {field: FieldChange(None, value) for field, value in to_body(ticket).items() if value is not None}
        self._view.outbox.put(
            "ticket",
            ticket.id,
            CommandKind.CREATE,
            changes,
            now,
            depends_on=depends_on or self._customer_command(draft.customer_id),
            ends_draft=draft.key,
        )
        return ticket

    def _astray(self, categories: Iterable[TicketCategory]) -> frozenset[str]:
        """Those that lead to a queue or department that is not there."""
        try:
            queues, departments = (
                frozenset(row.id for row in self._view.mirror.rows(noun)) for noun in ("queue", "department")
            )
        except CacheDamaged:
            return frozenset()
        return frozenset(
            one.id for one in categories if not (is_place(one.queue, queues) and is_place(one.department, departments))
        )

    def may_file(self, category: str, draft: TicketDraft) -> bool:
        """Whether the caller was checked for what this business asks, if it asks anything."""
        found = next((one for one in self.categories() if one.id == category), None)
        try:
            if found is not None:
                self._check_for(found, draft)
        except NotChecked:
            return False
        return found is not None

    def _check_for(self, category: TicketCategory, draft: TicketDraft) -> str | None:
        """The check of this call that the ticket is filed with; None where the business asks for none."""
        rule = self._identity_rule.read()
        needed = rule.level_for(category.type, category.id)
        if needed == NOBODY:
            return None
        named = check_id(draft.call_ref or "", draft.customer_id or "", self._author)
        row = self._view.row("contact", named)
        level = NOBODY if row is None else from_body(IdentityCheck, "", 0, row.body["check"]).level
        if level < needed:
            raise NotChecked(rule.name_of(needed), rule.name_of(level))
        return named

    def refused(self) -> tuple[Refused, ...]:
        """What the server would not have, the oldest first. What somebody else contested is not among it."""
        return tuple(_refused(entry) for entry in self._view.outbox.entries(State.PARKED) if not entry.is_contested)

    def take_up_again(self, op_id: OpId) -> TicketDraft | None:
        """The refused ticket as a draft to mend; the refusal leaves the list. None if it was no ticket."""
        for entry in self._view.outbox.entries(State.PARKED):
            refused = _refused(entry)
            if refused.command.op_id != op_id or refused.ticket is None:
                continue
            ticket = refused.ticket
            draft = TicketDraft(
                key=f"refused:{op_id}",
                customer_id=ticket.customer_id,
                call_ref=ticket.call_ref,
                subject=ticket.subject,
                category=ticket.category,
                priority=Priority(ticket.priority),
                description=ticket.description,
                form=ticket.details.form if ticket.details else "",
                typed=self.forms.typed(ticket.details),
                facts=ticket.details.facts if ticket.details else {},
                faults=entry.answer.faults if entry.answer else {},
                **typed_source(ticket.received_from, self.forms.locale),
            )
            self._drafts.save(draft)
            self._view.outbox.forget([op_id])
            return draft
        return None

    def send_again(self, op_id: OpId) -> None:
        """The refused command once more, as a new one: what made the server refuse may be gone."""
        for entry in self._view.outbox.entries(State.PARKED):
            command = entry.command
            if command.op_id == op_id:
                self._view.outbox.put(
                    command.entity,
                    command.id,
                    command.kind,
                    command.fields,
                    command.occurred_at,
                    base_version=max(command.base_version, entry.answer.version if entry.answer else 0),
                )
                self._view.outbox.forget([op_id])

    def let_go(self, op_id: OpId) -> None:
        """The agent has seen the refusal and does not want it any more."""
        self._view.outbox.forget([op_id])

    def _customer_command(self, customer_id: str | None) -> OpId | None:
        """A ticket for a customer who is himself still waiting must not arrive before him."""
        for entry in self._view.outbox.entries(State.WAITING, entity="customer"):
            if entry.command.id == customer_id and entry.command.kind is CommandKind.CREATE:
                return entry.command.op_id
        return None


def _refused(entry: Entry) -> Refused:
    command = entry.command
    ticket = None
    if command.entity == "ticket" and command.kind is CommandKind.CREATE:
        ticket = from_body(Ticket, command.id, 0, {name: change.new for name, change in command.fields.items()})
    reason = (entry.answer.reason if entry.answer else None) or "unknown"
    return Refused(command, reason, ticket)
