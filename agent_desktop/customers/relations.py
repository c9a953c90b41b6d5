"""How the customer on the screen stands to others: household, guardian, company, contact person; kept here, then sent.

What is read costs a few looks into the local copy however many relations there are, and is read behind the pop.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from agent_desktop.customers.book import customer_of
from agent_desktop.offline.view import View
from agent_model.body import from_body, to_body
from agent_model.command import Command, CommandKind, FieldChange
from agent_model.customer import Customer, CustomerId
from agent_model.customer_relation import CustomerRelation, RelationKind
from agent_model.ticket import Ticket, TicketType
from agent_model.wire import Row

SHOWN: Final = 50
DRAFT: Final = "relation"
_CLOSE: Final = frozenset(RelationKind) - {RelationKind.OTHER}


@dataclass(frozen=True, slots=True)
class Side:
    """What somebody is of another; `is_from` when the relation begins with them, and where it is mutual."""

    kind: RelationKind
    is_from: bool = True


SIDES: Final = tuple(
    Side(kind, is_from) for kind in RelationKind for is_from in (True, False) if is_from or not kind.is_mutual
)


@dataclass(frozen=True, slots=True)
class RelationDraft:
    """What is being written of a relation: to whom, by what name they were found, and which one is changed, if any."""

    other_id: str = ""
    name: str = ""
    side: Side = SIDES[0]
    note: str = ""
    relation_id: str = ""

    @property
    def is_begun(self) -> bool:
        return bool(self.name or self.note)


@dataclass(frozen=True, slots=True)
class Related:
    """One relation as it is seen from a customer. `other` is None where the agent may not see them."""

    relation: CustomerRelation
    side: Side
    """What the other is of whoever is looked at."""
    other: Customer | None
    open_tickets: tuple[Ticket, ...] = ()

    @property
    def trouble(self) -> Ticket | None:
        """Of somebody close, an open complaint, else an open ticket."""
        if self.relation.kind not in _CLOSE or self.other is None or not self.open_tickets:
            return None
        return next(iter(self.complaints), self.open_tickets[0])

    @property
    def complaints(self) -> tuple[Ticket, ...]:
        """Those of the open tickets."""
        return tuple(ticket for ticket in self.open_tickets if ticket.type is TicketType.COMPLAINT)


@dataclass(frozen=True, slots=True)
class Relations:
    """Those of one customer, with open complaints first; `count` is how many there are, `people` those of a company."""

    related: tuple[Related, ...] = ()
    count: int = 0
    people: int = 0

    @property
    def trouble(self) -> Related | None:
        """Who of them waits for something: a complaint before all else."""
        return next((one for one in self.related if one.trouble is not None), None)


class RelationBook:
    """Every method that writes raises DiskFull, OutboxDamaged or StoreBusy; every one StoreError."""

    def __init__(self, view: View, author: str, clock: Callable[[], datetime], new_id: Callable[[], str]) -> None:
        self._view = view
        self._author = author
        self._clock = clock
        self._new_id = new_id

    def of(self, customer_id: CustomerId) -> Relations:
        rows, count, people = self._view.relations_of(customer_id, SHOWN)
        found = [_relation(row) for row in rows]
        ids = list(dict.fromkeys(one.other_than(customer_id) for one in found))
        others = {row.id: customer_of(row) for row in self._view.customers(ids)}
        tickets: dict[str, list[Ticket]] = {}
        for row in self._view.open_tickets_among(ids):
            tickets.setdefault(str(row.body["customer_id"]), []).append(
                from_body(Ticket, row.id, row.version, row.body)
            )
        related = [_related(one, customer_id, others, tickets) for one in found]
        return Relations(tuple(sorted(related, key=_rank)), count, people)

    def begun(self, customer_id: CustomerId) -> RelationDraft | None:
        """What was being written beside this customer."""
        found = self._view.outbox.draft(customer_id, DRAFT)
        if found is None:
            return None
        told = dict(found.body)
        side = Side(RelationKind(told.pop("kind")), told.pop("is_from"))
        return RelationDraft(side=side, **told)

    def keep(self, customer_id: CustomerId, draft: RelationDraft) -> None:
        if not draft.is_begun:
            self._view.outbox.drop_draft(customer_id, DRAFT)
            return
        told = {name: getattr(draft, name) for name in ("other_id", "name", "note", "relation_id")}
        told |= {"kind": draft.side.kind.value, "is_from": draft.side.is_from}
        self._view.outbox.save_draft(customer_id, told, self._clock(), DRAFT)

    def is_said(self, customer_id: CustomerId, other_id: CustomerId, side: Side, but: str = "") -> bool:
        """Whether another relation than `but` says so already."""
        made = self._made(customer_id, other_id, side, "")
        rows, _, _ = self._view.relations_of(customer_id, SHOWN)
        return any(row.id != but and _relation(row).said == made.said for row in rows)

    def add(self, customer_id: CustomerId, other_id: CustomerId, side: Side, note: str = "") -> Command:
        """`side` is what the other is of the customer."""
        made = self._made(customer_id, other_id, side, note.strip())
        own = ("segment", "other_segment", "is_removed", "removed_by", "removed_at", "removed_with")
        fields = {name: FieldChange(None, value) for name, value in to_body(made).items() if name not in own}
        return self._view.outbox.put("customer_relation", made.id, CommandKind.CREATE, fields, self._clock())

    def change(self, customer_id: CustomerId, seen: Related, side: Side, note: str) -> tuple[Command, ...]:
        """Another kind, or another note. The other way round it is another relation: this one goes, on record."""
        relation = seen.relation
        made = self._made(customer_id, relation.other_than(customer_id), side, note)
        if not side.kind.is_mutual and made.customer_id != relation.customer_id:
            return self.remove(relation), self.add(customer_id, relation.other_than(customer_id), side, note)
        told = {"kind": (relation.kind.value, side.kind.value), "note": (relation.note, note.strip())}
        changes = {name: FieldChange(old, new) for name, (old, new) in told.items() if old != new}
        return (self._put(relation, changes),) if changes else ()

    def remove(self, relation: CustomerRelation) -> Command:
        """It stays on record, and can be brought back."""
        return self._put(relation, {"is_removed": FieldChange(old=False, new=True)})

    def bring_back(self, relation: CustomerRelation) -> Command:
        return self._put(relation, {"is_removed": FieldChange(old=True, new=False)})

    def _put(self, relation: CustomerRelation, changes: dict[str, FieldChange]) -> Command:
        row = self._view.row("customer_relation", relation.id)
        version = relation.version if row is None else row.version
        return self._view.outbox.put(
            "customer_relation", relation.id, CommandKind.UPDATE, changes, self._clock(), base_version=version
        )

    def _made(self, customer_id: CustomerId, other_id: CustomerId, side: Side, note: str) -> CustomerRelation:
        ends = (other_id, customer_id) if side.is_from else (customer_id, other_id)
        return CustomerRelation(self._new_id(), *ends, side.kind, self._author, self._clock(), note)


def _relation(row: Row) -> CustomerRelation:
    return from_body(CustomerRelation, row.id, row.version, row.body)


def _related(
    relation: CustomerRelation,
    customer_id: CustomerId,
    others: dict[str, Customer],
    tickets: dict[str, list[Ticket]],
) -> Related:
    other_id = relation.other_than(customer_id)
    side = Side(relation.kind, relation.kind.is_mutual or relation.customer_id == other_id)
    return Related(relation, side, others.get(other_id), _latest(tickets.get(other_id, ())))


def _rank(one: Related) -> tuple[bool, bool, bool, datetime]:
    has_trouble = one.trouble is not None
    return not (has_trouble and one.complaints), not has_trouble, one.other is None, one.relation.created_at


def _latest(tickets: Sequence[Ticket]) -> tuple[Ticket, ...]:
    return tuple(sorted(tickets, key=lambda ticket: ticket.updated_at or ticket.created_at, reverse=True))
