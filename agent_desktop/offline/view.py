"""What the agent sees: the mirror with their own pending commands laid over it, so that what they saved is there.

What is pending is always read before the mirror: a command that sync settles in between is then laid over a row that
already holds it, which changes nothing. The other way round it would be missing for a moment.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Any

from agent_desktop.offline.intake import OPEN_STATUSES, touched
from agent_desktop.offline.lines import holder, wanted
from agent_desktop.offline.mirror import RELATION, Mirror
from agent_desktop.offline.outbox import Outbox
from agent_desktop.offline.pending import Entry, Pending
from agent_model.command import CommandKind
from agent_model.customer import CustomerId
from agent_model.customer_relation import PEOPLE_OF_COMPANIES
from agent_model.follow_up import FollowUpState
from agent_model.phone_number import PhoneNumber
from agent_model.ticket import TicketType, brought
from agent_model.wire import Row

Body = Mapping[str, Any]


class View:
    """Reads rows as they will be once the server has agreed. Refused (parked) commands are not shown as done."""

    def __init__(self, mirror: Mirror, outbox: Outbox) -> None:
        self.mirror = mirror
        self.outbox = outbox

    def row(self, entity: str, id_: str) -> Row | None:
        pending = self.outbox.pending().of_row(entity, id_)
        return _laid_over(entity, id_, self.mirror.row(entity, id_), pending)

    def rows(self, entity: str) -> list[Row]:
        """Every row of a small noun, by id."""
        pending = self.outbox.pending()
        rows = self._overlaid(pending, entity, self.mirror.rows(entity), pending.rows(entity), lambda *_: True)
        return sorted(rows, key=lambda row: row.id)

    def rows_at(self, entity: str, places: Sequence[int]) -> dict[int, Row]:
        """Rows by where they stand in the mirror (`derived`), as they will be; one that went is missing."""
        pending = self.outbox.pending()
        found = self.mirror.rows_at(entity, places)
        laid = {at: _laid_over(entity, row.id, row, pending.of_row(entity, row.id)) for at, row in found.items()}
        return {at: row for at, row in laid.items() if row is not None}

    def unsent(self, entity: str) -> list[Row]:
        """Rows that were made here and are not in the mirror yet, the latest first."""
        pending = self.outbox.pending()
        made = [id_ for id_ in pending.rows(entity) if self.mirror.row(entity, id_) is None]
        rows = (_laid_over(entity, id_, None, pending.of_row(entity, id_)) for id_ in reversed(made))
        return [row for row in rows if row is not None]

    def customers_with(self, number: PhoneNumber, limit: int = 20) -> list[Row]:
        pending = self.outbox.pending()
        rows = self.mirror.customers_with(number, limit)
        hashed = _masked_among(rows)
        shown = self._overlaid(
            pending,
            "customer",
            rows,
            pending.rows_that_set("customer", "phones"),
            lambda id_, body: id_ in hashed or number in (body.get("phones") or ()),
        )
        return sorted(shown, key=lambda row: row.id)[:limit]

    def customers_ending_in(self, digits: str, limit: int = 20) -> list[Row]:
        """Customers one of whose numbers ends in these digits."""
        pending = self.outbox.pending()
        rows = self.mirror.customers_ending_in(digits, limit)
        hashed = _masked_among(rows)
        return self._overlaid(
            pending,
            "customer",
            rows,
            pending.rows_that_set("customer", "phones"),
            lambda id_, body: id_ in hashed or any(number.endswith(digits) for number in body.get("phones") or ()),
        )[:limit]

    def customers_sharing(self, row: Row) -> list[Row]:
        """Others who have a number that this customer has, as they will be; numbers that are not sent yet do not
        count."""
        pending = self.outbox.pending()
        rows = [other for other in self.mirror.customers_sharing(row.body) if other.id != row.id]
        return self._overlaid(pending, "customer", rows, (), lambda *_: True)

    def successor(self, customer: CustomerId) -> CustomerId | None:
        """Whom a customer who is no longer here was merged into."""
        known = (row.body for row in self.mirror.merges_of(customer))
        found = (body["customer_id"] for body in known if body.get("gone") == customer and not body.get("is_undone"))
        return next((CustomerId(str(id_)) for id_ in found), None)

    def merges(self, customer: CustomerId) -> list[Row]:
        """Merges into this customer, the newest first; what is not sent yet before all."""
        pending = self.outbox.pending()
        rows = self._overlaid(
            pending,
            "customer_merge",
            self.mirror.merges_into(customer),
            pending.rows_of("customer_merge", customer),
            lambda _, body: body.get("customer_id") == customer,
        )
        return sorted(rows, key=lambda row: str(row.body.get("at") or "~"), reverse=True)

    def relations_of(self, customer: CustomerId, limit: int) -> tuple[list[Row], int, int]:
        """Relations of the customer that are not taken away, how many there are, and how many of a company's people."""
        pending = self.outbox.pending()
        rows = self.mirror.relations_of(customer, limit)
        count, people = self.mirror.count_relations(customer)
        perhaps = list(pending.rows(RELATION))
        for id_ in perhaps:
            was = self.mirror.row(RELATION, id_)
            now = _laid_over(RELATION, id_, was, pending.of_row(RELATION, id_))
            for row, by in ((was, -1), (now, 1)):
                if row is not None and relates(row.body, customer):
                    count, people = count + by, people + by * is_of_people(row.body, customer)
        shown = self._overlaid(pending, RELATION, rows, perhaps, lambda _, body: relates(body, customer))
        return shown, count, people

    def customers(self, ids: Collection[str]) -> list[Row]:
        """Those of them who are here."""
        pending = self.outbox.pending()
        rows = self.mirror.customers(ids)
        mirrored = {row.id for row in rows}
        return self._overlaid(pending, "customer", rows, (id_ for id_ in ids if id_ not in mirrored), lambda *_: True)

    def customers_at(self, places: Sequence[int], belongs: Callable[[Body], bool]) -> list[Row]:
        """Those who stand there (`derived`) and belong, and whoever does by what is pending about them."""
        pending = self.outbox.pending()
        rows = list(self.mirror.rows_at("customer", places).values())
        perhaps = pending.rows_that_set("customer", "name", "email", "company")
        shown = self._overlaid(pending, "customer", rows, perhaps, lambda _, body: belongs(body))
        return [row for row in shown if belongs(row.body)]

    def tickets_numbered(self, start: str, limit: int = 20) -> list[Row]:
        """Tickets whose number begins so, the lowest first."""
        pending = self.outbox.pending()
        rows = self.mirror.tickets_numbered(start, limit)
        return self._overlaid(pending, "ticket", rows, (), lambda *_: True)

    def contacts_of(self, customer: CustomerId, before: str = "~", limit: int = 20) -> list[Row]:
        """The customer's contacts, newest first, earlier than the moment `before`."""
        pending = self.outbox.pending()
        rows = self._overlaid(
            pending,
            "contact",
            self.mirror.contacts_of(customer, before, limit),
            pending.rows_of("contact", customer),
            lambda _, body: body.get("customer_id") == customer and str(body.get("at") or "") < before,
        )
        return sorted(rows, key=lambda row: str(row.body.get("at") or ""), reverse=True)[:limit]

    def contacts_between(self, customer: CustomerId, since: str, until: str, kinds: Collection[str] = ()) -> int:
        """How many lines of the customer's timeline (of these kinds, where some are named) lie in [since, until)."""
        pending = self.outbox.pending()
        count = self.mirror.contacts_between(customer, since, until, kinds)
        for id_ in pending.rows_of("contact", customer):
            new = _laid_over("contact", id_, None, pending.of_row("contact", id_))
            if new is None or new.body.get("customer_id") != customer or (kinds and new.body.get("kind") not in kinds):
                continue
            if since <= str(new.body.get("at") or "") < until and self.mirror.row("contact", id_) is None:
                count += 1
        return count

    def tickets_of(self, customer: CustomerId, before: str = "~", limit: int = 20) -> list[Row]:
        """The customer's tickets, the latest touched first."""
        pending = self.outbox.pending()
        rows = self._overlaid(
            pending,
            "ticket",
            self.mirror.tickets_of(customer, before, limit),
            pending.rows_of("ticket", customer),
            lambda _, body: body.get("customer_id") == customer and touched(body) < before,
        )
        return _latest_first(rows)[:limit]

    def open_tickets_of(self, customer: CustomerId) -> list[Row]:
        pending = self.outbox.pending()
        rows = self._overlaid(
            pending,
            "ticket",
            self.mirror.open_tickets_of(customer),
            (*pending.rows_of("ticket", customer), *pending.rows_changing("ticket", "status")),
            lambda _, body: body.get("customer_id") == customer and body.get("status") in OPEN_STATUSES,
        )
        return _latest_first(rows)

    def open_tickets_among(self, customers: Collection[str]) -> list[Row]:
        """Open tickets of these customers, the latest touched first."""
        pending = self.outbox.pending()
        made = (id_ for customer in customers for id_ in pending.rows_of("ticket", customer))
        rows = self._overlaid(
            pending,
            "ticket",
            self.mirror.open_tickets_among(customers),
            (*made, *pending.rows_changing("ticket", "status")),
            lambda _, body: body.get("customer_id") in customers and body.get("status") in OPEN_STATUSES,
        )
        return _latest_first(rows)

    def open_follow_ups_of(self, customer: CustomerId) -> list[Row]:
        """What is still owed to the customer, as far as fields tell; what attempts that wait make of it they do not."""
        pending = self.outbox.pending()
        rows = self._overlaid(
            pending,
            "follow_up",
            self.mirror.open_follow_ups_of(customer),
            pending.rows_of("follow_up", customer),
            lambda _, body: body.get("customer_id") == customer and body.get("state") == FollowUpState.OPEN,
        )
        return sorted(rows, key=lambda row: wanted(row.body))

    def open_follow_ups_held(self, holders: Collection[str], limit: int) -> list[Row]:
        """Those of these people, queues and teams (`lines.holder`), the next first; as `open_follow_ups_of`."""
        pending = self.outbox.pending()
        rows = self._overlaid(
            pending,
            "follow_up",
            self.mirror.open_follow_ups_held(holders, limit),
            pending.rows("follow_up"),
            lambda _, body: holder(body) in holders and body.get("state") == FollowUpState.OPEN,
        )
        return sorted(rows, key=lambda row: wanted(row.body))[:limit]

    def complaints(self, since: str, limit: int, category: str | None = None) -> list[Row]:
        """Complaints (of a category) touched since a moment, the latest touched first."""
        pending = self.outbox.pending()
        rows = self._overlaid(
            pending,
            "ticket",
            self.mirror.complaints(since, limit, category),
            pending.rows("ticket"),
            lambda _, body: (
                body.get("type") == TicketType.COMPLAINT
                and touched(body) >= since
                and category in (None, body.get("category"))
            ),
        )
        return _latest_first(rows)[:limit]

    def complaints_led_by(self, lead_id: str) -> list[Row]:
        """What is the same complaint as this one, which leads; by id."""
        pending = self.outbox.pending()
        rows = self._overlaid(
            pending,
            "ticket",
            self.mirror.complaints_led_by(lead_id),
            pending.rows_that_set("ticket", "same_as"),
            lambda _, body: body.get("same_as") == lead_id,
        )
        return sorted(rows, key=lambda row: row.id)

    def has_pending(self, *ids: str) -> bool:
        """Whether anything about these rows still waits for the server."""
        return self.outbox.pending().is_waiting(ids)

    def _overlaid(
        self,
        pending: Pending,
        entity: str,
        rows: Sequence[Row],
        perhaps: Iterable[str],
        belongs: Callable[[str, Body], bool],
    ) -> list[Row]:
        """`rows` as they will be, and those of `perhaps` that will belong to them, as `belongs` says."""
        touched_ids = set(pending.rows(entity))
        if not touched_ids:
            return list(rows)
        mirrored = {row.id: row for row in rows}
        shown = [row for row in rows if row.id not in touched_ids]
        for id_ in dict.fromkeys((*(touched_ids & mirrored.keys()), *perhaps)):
            base = mirrored.get(id_) or self.mirror.row(entity, id_)
            row = _laid_over(entity, id_, base, pending.of_row(entity, id_))
            if row is not None and belongs(id_, row.body):
                shown.append(row)
        return shown


def relates(body: Body, customer: CustomerId) -> bool:
    """Whether it is a relation of this customer that is not taken away."""
    return customer in (body.get("customer_id"), body.get("other_id")) and not body.get("is_removed")


def is_of_people(body: Body, customer: CustomerId) -> bool:
    """Whether somebody belongs to this customer, a company."""
    return body.get("other_id") == customer and body.get("kind") in PEOPLE_OF_COMPANIES


def _masked_among(rows: Iterable[Row]) -> frozenset[str]:
    """Who was found by a keyed hash: nothing that is pending takes one of these numbers away."""
    return frozenset(row.id for row in rows if "phone_keys" in row.body)


def _laid_over(entity: str, id_: str, row: Row | None, entries: Iterable[Entry]) -> Row | None:
    version = row.version if row else 0
    body: dict[str, Any] | None = dict(row.body) if row else None
    for entry in entries:
        if entry.answer is not None and entry.answer.version <= version:
            continue
        body = _with(body, entry)
    return None if body is None else Row(entity, id_, version, body)


def _with(body: dict[str, Any] | None, entry: Entry) -> dict[str, Any] | None:
    changes = {name: change.new for name, change in entry.command.fields.items()}
    decided = dict(entry.answer.changed) if entry.answer is not None else {}
    if entry.command.kind is CommandKind.CREATE:
        return {**changes, **decided, **(body or {})}
    if body is None:
        return None
    if entry.command.kind is CommandKind.APPEND:
        grown = {name: [*(body.get(name) or ()), value] for name, value in changes.items()}
        moved = brought(changes) if entry.command.entity == "ticket" else {}
        return body | grown | moved | decided
    return body | changes | decided


def _latest_first(tickets: Sequence[Row]) -> list[Row]:
    return sorted(tickets, key=lambda row: touched(row.body), reverse=True)
