"""Two customers side by side, made into one, and parted again; whatever is chosen is kept on the disk and sent."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from agent_desktop.customers.book import customer_of
from agent_desktop.customers.own_fields import OwnFields
from agent_desktop.offline.view import View
from agent_model.body import from_body
from agent_model.command import Command, CommandKind, FieldChange
from agent_model.customer import Customer, CustomerId
from agent_model.customer_form import is_own
from agent_model.customer_merge import CHOSEN_FIELDS, CustomerMerge, merge_id
from agent_model.form_value import Locale
from agent_model.phone_number import DialPlan
from agent_model.wire import Row

COUNTED: Final = 1000


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two, with how many contacts and tickets come along."""

    customer: Customer
    contacts: int
    tickets: int
    own: Mapping[str, Any] = field(default_factory=dict)
    """What they have of the fields that the site made, by name."""

    def value(self, name: str) -> Any:
        return self.own.get(name) if is_own(name) else getattr(self.customer, name)

    def lacks(self, name: str) -> bool:
        return self.own.get(name) is None if is_own(name) else not getattr(self.customer, name)


@dataclass(frozen=True, slots=True)
class Comparison:
    """`goes` would become part of `stays`; `taken` are the fields that would be as they are of `goes`."""

    stays: Side
    goes: Side
    taken: frozenset[str]

    @property
    def differing(self) -> tuple[str, ...]:
        """The fields of which one must be chosen."""
        own = dict.fromkeys((*self.stays.own, *self.goes.own))
        return tuple(name for name in (*CHOSEN_FIELDS, *own) if self.stays.value(name) != self.goes.value(name))

    @property
    def turned(self) -> "Comparison":
        """The other one stays; what was chosen stands all the same."""
        return Comparison(self.goes, self.stays, frozenset(self.differing) - self.taken)


class CustomerMerges:
    """Every method that writes raises DiskFull, OutboxDamaged or StoreBusy."""

    def __init__(self, view: View, clock: Callable[[], datetime], new_id: Callable[[], str]) -> None:
        self._view = view
        self._own = OwnFields(view, Locale(DialPlan()))
        self._clock = clock
        self._new_id = new_id

    def compare(self, stays: CustomerId, goes: CustomerId) -> Comparison | None:
        """What one lacks is taken from the other. None when one of them is no longer here."""
        sides = self._side(stays), self._side(goes)
        if sides[0] is None or sides[1] is None or stays == goes:
            return None
        whole = Comparison(sides[0], sides[1], frozenset())
        taken = {name for name in whole.differing if sides[0].lacks(name) and not sides[1].lacks(name)}
        return Comparison(sides[0], sides[1], frozenset(taken))

    def merge(self, comparison: Comparison) -> Command:
        """On this disk when this returns; the server does it whole, or refuses it whole."""
        gone = comparison.goes.customer.id
        wanted = {
            "customer_id": comparison.stays.customer.id,
            "gone": gone,
            "taken": [name for name in comparison.differing if name in comparison.taken],
        }
        fields = {name: FieldChange(None, value) for name, value in wanted.items()}
        row_id = merge_id(gone, self._new_id())
        return self._view.outbox.put("customer_merge", row_id, CommandKind.CREATE, fields, self._clock())

    def tell_apart(self, one: CustomerId, other: CustomerId) -> None:
        """They are two people: nobody is asked again."""
        row = self._view.row("customer", one)
        if row is None:
            return
        fields = {"apart": FieldChange(None, other)}
        self._view.outbox.put("customer", one, CommandKind.APPEND, fields, self._clock(), base_version=row.version)

    def into(self, customer_id: CustomerId) -> tuple[CustomerMerge, ...]:
        """Who was merged into this customer, the newest first."""
        return tuple(map(_merge, self._view.merges(customer_id)))

    def undo(self, merge: CustomerMerge) -> Command:
        fields = {"is_undone": FieldChange(old=merge.is_undone, new=True)}
        return self._view.outbox.put(
            "customer_merge", merge.id, CommandKind.UPDATE, fields, self._clock(), base_version=merge.version
        )

    def can_be_undone(self, merge: CustomerMerge, among: tuple[CustomerMerge, ...]) -> bool:
        """The last one first, and only in its time; whether one may is the server's to say."""
        is_last = all(other.nth <= merge.nth for other in among if not other.is_undone)
        is_in_time = merge.undo_until is not None and self._clock() <= merge.undo_until
        return is_last and is_in_time and not merge.is_undone

    def _side(self, customer_id: CustomerId) -> Side | None:
        row = self._view.row("customer", customer_id)
        if row is None:
            return None
        contacts = self._view.contacts_between(customer_id, "", "~")
        own = {field.name: row.body.get(field.name) for field, _ in self._own.of(customer_id).fields}
        return Side(customer_of(row), contacts, len(self._view.tickets_of(customer_id, limit=COUNTED)), own)


def _merge(row: Row) -> CustomerMerge:
    return from_body(CustomerMerge, row.id, row.version, row.body)
