"""The customer book: read everything about them, add and change them, with or without the server."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Final

from agent_desktop.customers.privacy import NumberRanges
from agent_desktop.customers.profile import EntryKind, KeyFigures, Profile, Timeline, TimelineEntry
from agent_desktop.offline.view import View
from agent_model import moment
from agent_model.after_call import WorkDone
from agent_model.body import from_body, to_body
from agent_model.clock import ClockState
from agent_model.command import Command, CommandKind, FieldChange
from agent_model.customer import Contact, ContactKind, Customer, CustomerId, Note, SegmentId, Tier
from agent_model.phone_number import DialPlan, OnRecord, PhoneNumber
from agent_model.plain_line import plain_line
from agent_model.secret import Secret
from agent_model.ticket import Ticket
from agent_model.wire import Row

PAGE = 20
DUE_SOON = timedelta(hours=1)
MONTH = timedelta(days=30)
BEFORE_ALL = datetime.fromtimestamp(0, UTC)
"""No rule was changed since the company came."""
IN_TOUCH: Final = frozenset(
    kind.value
    for kind in (
        ContactKind.CALL_IN,
        ContactKind.CALL_OUT,
        ContactKind.CALL_MISSED,
        ContactKind.EMAIL,
        ContactKind.CHAT,
        ContactKind.SMS,
        ContactKind.VISIT,
    )
)
"""What counts as a contact: an order, an answered survey, an identity check and a note are in the timeline only."""

_KINDS: Final = {"name": Secret.NAME, "email": Secret.EMAIL}
"""What is kept back with a field; the others are identity cards, or stand for them."""


class CustomerBook:
    """Reads through `view`, so the agent's own unsent work is there. `new_id` makes ids for new rows; `with_clocks`
    says what is promised for a ticket that is not on the server yet."""

    def __init__(
        self,
        view: View,
        plan: DialPlan,
        clock: Callable[[], datetime],
        new_id: Callable[[], str],
        with_clocks: Callable[[Ticket, Tier | None], Ticket] = lambda ticket, _tier: ticket,
    ) -> None:
        self._view = view
        self.ranges = NumberRanges(view)
        self._with_clocks = with_clocks
        self._plan = plan
        self._clock = clock
        self._new_id = new_id

    def customer(self, customer_id: CustomerId) -> Customer | None:
        """Of one who was merged into another, that other: an old id, from wherever it comes, leads to them."""
        row = self._view.row("customer", customer_id)
        if row is None and (successor := self._view.successor(customer_id)):
            row = self._view.row("customer", successor)
        return None if row is None else customer_of(row)

    def name_of(self, customer_id: CustomerId) -> str:
        """Empty when nobody here has this id."""
        customer = self.customer(customer_id)
        return "" if customer is None else customer.name

    def with_number(self, number: PhoneNumber) -> tuple[Customer, ...]:
        """Everybody who has this number, in the order of their ids."""
        return tuple(sorted((customer_of(row) for row in self._view.customers_with(number)), key=lambda who: who.id))

    def profile(self, customer_id: CustomerId) -> Profile | None:
        """The customer with figures, open tickets and the first page of the timeline; None when nobody has this id."""
        customer = self.customer(customer_id)
        return None if customer is None else self.profile_of(customer)

    def profile_of(self, customer: Customer) -> Profile:
        rows = self._view.open_tickets_of(customer.id)
        open_tickets = tuple(self._with_clocks(_ticket(row), customer.tier) for row in rows)
        timeline = self.timeline(customer.id)
        shown = [customer.id, *(ticket.id for ticket in open_tickets)]
        return Profile(
            customer=customer,
            figures=self._figures(customer, open_tickets),
            open_tickets=open_tickets,
            timeline=timeline,
            has_pending=self._view.has_pending(*shown),
        )

    def timeline(self, customer_id: CustomerId, earlier_than: datetime | None = None) -> Timeline:
        """One page of contacts and tickets, newest first."""
        before = "~" if earlier_than is None else moment.to_text(earlier_than)
        entries = [
            TimelineEntry(EntryKind.CONTACT, contact.at, contact=contact)
            for contact in map(_contact, self._view.contacts_of(customer_id, before, PAGE + 1))
        ]
        entries += [
            TimelineEntry(EntryKind.TICKET, ticket.updated_at or ticket.created_at, ticket=ticket)
            for ticket in map(_ticket, self._view.tickets_of(customer_id, before, PAGE + 1))
        ]
        entries.sort(key=lambda entry: entry.at, reverse=True)
        size = min(PAGE, len(entries))
        while 0 < size < len(entries) and entries[size].at == entries[size - 1].at:
            size += 1  # the next page begins before this moment, so everything of the moment belongs to this one
        page = tuple(entries[:size])
        return Timeline(page, earlier_than=page[-1].at if len(entries) > size else None)

    def create(
        self,
        name: str,
        number: PhoneNumber | None,
        segment: SegmentId,
        language: str = "zh-CN",
        company: str | None = None,
    ) -> Customer:
        """A new customer, saved before this returns; a number that a platform lent them is not kept. Raises DiskFull,
        OutboxDamaged, StoreBusy."""
        customer = Customer(
            id=CustomerId(f"C-{self._new_id()}"),
            segment=segment,
            name=plain_line(name),
            phones=(number,) if number and self.ranges.range_of(number) is None else (),
            company=plain_line(company or "") or None,
            language=language,
            since=self._clock().date(),
        )
        changes = {field: FieldChange(None, value) for field, value in to_body(customer).items()}
        self._view.outbox.put("customer", customer.id, CommandKind.CREATE, changes, self._clock())
        return customer

    def attach_number(self, customer: Customer, number: PhoneNumber) -> Customer:
        """The caller is this customer: the number is learned, unless a platform lent it. Raises DiskFull,
        OutboxDamaged, StoreBusy."""
        if number in customer.phones or self.ranges.range_of(number) is not None:
            return customer
        self._append(customer, "phones", number)
        return replace(customer, phones=(*customer.phones, number))

    def add_note(self, customer: Customer, text: str, author: str) -> Customer:
        """Raises DiskFull, OutboxDamaged, StoreBusy."""
        note = Note(text.strip(), author, self._clock())
        body = {"text": note.text, "author": note.author, "at": moment.to_text(note.at)}
        self._append(customer, "notes", body)
        return replace(customer, notes=(*customer.notes, note))

    @property
    def is_filled(self) -> bool:
        """Whether there is anything to look in; not while everything is fetched anew."""
        return any(cursor.is_whole for cursor in self._view.mirror.cursors().values())

    @property
    def asks_why(self) -> bool:
        """Whether the site wants a reason from whoever looks at a number."""
        return self._view.mirror.sight().asks_why

    def field_here(self, customer: CustomerId, field: str) -> str | None:
        """All of a field that the screen shows a part of; None where only the server has it."""
        row = self._view.row("customer", customer)
        if row is None or _KINDS.get(field, Secret.ID_CARD) in self._view.mirror.sight().kinds:
            return None
        return str(row.body.get(field) or "")

    def note_reveal(self, customer: CustomerId, field: str, reason: str) -> Command:
        """Let the server's audit trail say that the agent looked at a masked field.
        Raises DiskFull, OutboxDamaged, StoreBusy."""
        said = {"revealed": FieldChange(field, reason)}
        return self._view.outbox.put("customer", customer, CommandKind.REVEAL, said, self._clock())

    def note_copy(self, entity: str, row_id: str, kinds: Iterable[Secret]) -> Command:
        """Let the server's audit trail say what of a customer's, or of a ticket's text, was copied.
        Raises DiskFull, OutboxDamaged, StoreBusy."""
        said = {"copied": FieldChange(",".join(sorted(kinds)), entity)}
        return self._view.outbox.put(entity, row_id, CommandKind.REVEAL, said, self._clock())

    def log_contact(self, contact: Contact) -> Command:
        """One contact onto the timeline. Raises DiskFull, OutboxDamaged, StoreBusy."""
        if contact.wrap_up_code is not None:
            contact = replace(contact, rules_at=self.rules_at())
        changes = {field: FieldChange(None, value) for field, value in to_body(contact).items() if value is not None}
        return self._view.outbox.put("contact", contact.id, CommandKind.CREATE, changes, self._clock())

    def log_call(self, contact: Contact) -> Command:
        """One contact onto the timeline; the second part of a call that came back prolongs the line of its first.
        Raises as `log_contact`."""
        row = self._view.row("contact", contact.id)
        if row is None:
            return self.log_contact(contact)
        talked = row.body.get("duration_s")
        changes = {"duration_s": FieldChange(talked, (talked or 0) + (contact.duration_s or 0))}
        return self._view.outbox.put(
            "contact", contact.id, CommandKind.UPDATE, changes, self._clock(), base_version=row.version
        )

    def rate(self, contact_id: str, rating: int) -> Command | None:
        """The caller's answer onto the survey they were invited to; None when there is no such line, or it has one.
        Raises as `log_contact`."""
        row = self._view.row("contact", contact_id)
        if row is None or row.body.get("rating") is not None:
            return None
        return self._view.outbox.put(
            "contact",
            contact_id,
            CommandKind.UPDATE,
            {"rating": FieldChange(None, rating)},
            self._clock(),
            base_version=row.version,
        )

    def wrap_up(self, contact_id: str, code: str, note: str = "") -> Command | None:
        """The wrap-up code and the note onto a logged call, whose way through the menu stays behind it; None when there
        is no such line, or nothing new. Raises as `log_contact`."""
        row = self._view.row("contact", contact_id)
        if row is None:
            return None
        said = {"wrap_up_code": code or row.body.get("wrap_up_code"), "text": _noted(note, row.body.get("text") or "")}
        changes = {
            name: FieldChange(row.body.get(name), new) for name, new in said.items() if new != row.body.get(name)
        }
        if not changes:
            return None
        if "wrap_up_code" in changes:
            changes["rules_at"] = FieldChange(row.body.get("rules_at"), moment.to_text(self.rules_at()))
        return self._view.outbox.put(
            "contact", contact_id, CommandKind.UPDATE, changes, self._clock(), base_version=row.version
        )

    def note_work(self, contact_id: str, done: WorkDone) -> Command | None:
        """What became of the work after a logged call; None when there is no such line. Raises as `log_contact`."""
        row = self._view.row("contact", contact_id)
        if row is None:
            return None
        told = to_body(replace(done, rules_at=self.rules_at()))
        changes = {"work": FieldChange(row.body.get("work"), told)}
        return self._view.outbox.put(
            "contact", contact_id, CommandKind.UPDATE, changes, self._clock(), base_version=row.version
        )

    def rules_at(self) -> datetime:
        """The newest change of dispositions and queues that this workstation knows: what is decided here is judged by
        it, however late it arrives."""
        rows = (*self._view.rows("wrap_up_code"), *self._view.rows("queue"))
        changed = (moment.from_text(row.body["changed_at"]) for row in rows if row.body.get("changed_at"))
        return max(changed, default=BEFORE_ALL)

    def _append(self, customer: Customer, field: str, value: object) -> None:
        said = {field: FieldChange(None, value)}
        self._view.outbox.put(
            "customer", customer.id, CommandKind.APPEND, said, self._clock(), base_version=customer.version
        )

    def _figures(self, customer: Customer, open_tickets: Sequence[Ticket]) -> KeyFigures:
        now = self._clock()
        month_ago, two_months_ago = moment.to_text(now - MONTH), moment.to_text(now - 2 * MONTH)
        view = self._view
        return KeyFigures(
            at=now,
            value_fen=customer.value_fen,
            contacts_30d=view.contacts_between(customer.id, month_ago, "~", IN_TOUCH),
            contacts_before_30d=view.contacts_between(customer.id, two_months_ago, month_ago, IN_TOUCH),
            open_tickets=len(open_tickets),
            due_soon=sum(1 for ticket in open_tickets if _is_due_soon(ticket, now)),
            satisfaction=customer.satisfaction,
            ratings=customer.ratings,
        )


def customer_of(row: Row) -> Customer:
    """A number that only the server has stands as its key (`OnRecord`)."""
    customer = from_body(Customer, row.id, row.version, row.body)
    keys = row.body.get("phone_keys")
    if not isinstance(keys, list):
        return customer
    masked = len(keys)
    records = (OnRecord(row.id, n, number).key for n, number in enumerate(customer.phones[:masked]))
    return replace(customer, phones=(*records, *customer.phones[masked:]))


def _noted(note: str, text: str) -> str:
    return " · ".join(part for part in (note.strip(), text) if part) if note.strip() != text else text


def _is_due_soon(ticket: Ticket, now: datetime) -> bool:
    """Warned of, late, or within the last hour."""
    leading = ticket.clocks.leading if ticket.clocks is not None else None
    if leading is not None and leading.state(now) is ClockState.WARN:
        return True
    due_at = ticket.due_at if leading is None else leading.due_at
    return due_at is not None and due_at - now <= DUE_SOON


def _contact(row: Row) -> Contact:
    return from_body(Contact, row.id, row.version, row.body)


def _ticket(row: Row) -> Ticket:
    return from_body(Ticket, row.id, row.version, row.body)
