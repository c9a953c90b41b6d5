"""Changing a customer: a form's content while it is written, kept on the disk, and the commands it becomes."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import Any, Final

from agent_desktop.customers.privacy import NumberRanges
from agent_desktop.offline.outbox import Draft, Outbox
from agent_desktop.offline.pending import State
from agent_desktop.offline.view import View
from agent_model.body import from_body, to_body
from agent_model.command import CommandKind, FieldChange, OpId
from agent_model.customer import Customer, CustomerId
from agent_model.phone_number import DialPlan, normalise
from agent_model.wire import Row

KIND: Final = "customer"
FIELDS: Final = ("name", "company", "email", "region", "language", "tier", "tags", "is_verified", "phones")
LIMIT: Final = 200
"""Characters of a line."""
SAVE_WITHIN_MS: Final = 800
"""The longest that typed text may be on the screen and not on the disk."""


class Fault(StrEnum):
    """Why a field does not yet do."""

    MISSING = "missing"
    TOO_LONG = "too_long"
    NO_ADDRESS = "no_address"
    NO_NUMBER = "no_number"
    PRIVACY_NUMBER = "privacy_number"


@dataclass(frozen=True, slots=True)
class CustomerDraft:
    """`seen` is what the person saw when they began, `wanted` what they want, both as the row has it; `new_number` is
    one to be added, as typed. `has_whole_numbers` says whether the others may be taken away here."""

    customer_id: str
    version: int
    seen: Mapping[str, Any]
    wanted: Mapping[str, Any] = field(default_factory=dict)
    new_number: str = ""
    has_whole_numbers: bool = True
    saved_at: datetime | None = None

    @property
    def values(self) -> Mapping[str, Any]:
        return {**self.seen, **self.wanted}

    @property
    def changes(self) -> dict[str, FieldChange]:
        return {
            name: FieldChange(self.seen.get(name), value)
            for name, value in self.wanted.items()
            if value != self.seen.get(name)
        }

    @property
    def is_empty(self) -> bool:
        return not (self.changes or self.new_number.strip())


class NotComplete(Exception):
    """Nothing was sent, the draft stays; `faults` says what is wrong by field (`new_number` among them)."""

    def __init__(self, faults: Mapping[str, Fault]) -> None:
        super().__init__(", ".join(f"{name} {fault}" for name, fault in faults.items()))
        self.faults = faults


class CustomerEdits:
    """Every method that writes raises DiskFull, OutboxDamaged or StoreBusy, and then keeps what was there before."""

    def __init__(self, view: View, plan: DialPlan, clock: Callable[[], datetime]) -> None:
        self._view = view
        self._plan = plan
        self._clock = clock
        self._ranges = NumberRanges(view)

    @property
    def _outbox(self) -> Outbox:
        return self._view.outbox

    def begin(self, customer_id: str) -> CustomerDraft | None:
        """What was begun before, else the customer as they are; None when nobody has this id."""
        kept = self.kept(customer_id)
        row = self._view.row("customer", customer_id)
        return kept or (None if row is None else _fresh(row))

    def kept(self, customer_id: str) -> CustomerDraft | None:
        """Also what was begun about somebody who was merged into this customer since."""
        found = self._outbox.draft(customer_id, KIND)
        return self._carried_over(customer_id) if found is None else _draft(found)

    def _carried_over(self, customer_id: str) -> CustomerDraft | None:
        row = self._view.row("customer", customer_id)
        for draft in self._outbox.drafts(KIND) if row is not None else ():
            gone = CustomerId(draft.key)
            if row is None or self._view.row("customer", gone) is not None:
                continue
            if self._view.successor(gone) == customer_id:
                begun = _draft(draft)
                carried = self.save(replace(_fresh(row), wanted=begun.wanted, new_number=begun.new_number))
                self.drop(draft.key)
                return carried
        return None

    def all(self) -> tuple[CustomerDraft, ...]:
        """Everything begun and not sent, the latest first."""
        return tuple(_draft(found) for found in self._outbox.drafts(KIND))

    def save(self, draft: CustomerDraft) -> CustomerDraft:
        """The draft as saved, with its moment. One that changes nothing is dropped."""
        if draft.is_empty:
            self._outbox.drop_draft(draft.customer_id, KIND)
            return replace(draft, saved_at=None)
        now = self._clock()
        names = ("version", "seen", "wanted", "new_number", "has_whole_numbers")
        self._outbox.save_draft(draft.customer_id, {name: getattr(draft, name) for name in names}, now, KIND)
        return replace(draft, saved_at=now)

    def drop(self, customer_id: str) -> None:
        self._outbox.drop_draft(customer_id, KIND)

    def submit(self, draft: CustomerDraft) -> None:
        """On this disk when this returns, on its way to the server; the draft is gone. A number that is added never
        clashes with what others do. Raises NotComplete besides what writing raises: then the draft is still there."""
        if faults := self.faults(draft):
            raise NotComplete(faults)
        commands = [(CommandKind.UPDATE, draft.changes)] if draft.changes else []
        number = normalise(draft.new_number, self._plan) if draft.new_number.strip() else None
        if number is not None and number not in draft.values.get("phones", ()):
            commands.append((CommandKind.APPEND, {"phones": FieldChange(None, number)}))
        now = self._clock()
        for kind, changes in commands:
            self._outbox.put("customer", draft.customer_id, kind, changes, now, base_version=draft.version)
        self.drop(draft.customer_id)

    def faults(self, draft: CustomerDraft) -> Mapping[str, Fault]:
        """What keeps the draft from being sent, by field; empty when it can go."""
        found: dict[str, Fault] = {}
        values = draft.values
        if not str(values.get("name") or "").strip():
            found["name"] = Fault.MISSING
        for name in ("name", "company", "email", "region"):
            if len(str(values.get(name) or "")) > LIMIT:
                found[name] = Fault.TOO_LONG
        email = values.get("email")
        if "email" in draft.changes and email and not is_address(email):
            found["email"] = Fault.NO_ADDRESS
        if draft.new_number.strip():
            number = normalise(draft.new_number, self._plan)
            if number is None:
                found["new_number"] = Fault.NO_NUMBER
            elif self._ranges.range_of(number) is not None:
                found["new_number"] = Fault.PRIVACY_NUMBER
        return found

    def take_up_again(self, op_id: OpId) -> CustomerDraft | None:
        """The refused change as a draft to mend, over what was begun since; the refusal leaves the list. None if it was
        no change of a customer, or the customer is no longer here."""
        for entry in self._outbox.entries(State.PARKED, entity="customer"):
            command = entry.command
            if command.op_id != op_id or command.kind is not CommandKind.UPDATE:
                continue
            begun = self.begin(command.id)
            if begun is None or not command.fields.keys() <= set(FIELDS):
                return None
            wanted = {name: change.new for name, change in command.fields.items()}
            saved = self.save(replace(begun, wanted={**begun.wanted, **wanted}))
            self._outbox.forget([op_id])
            return saved
        return None


def _fresh(row: Row) -> CustomerDraft:
    whole = to_body(from_body(Customer, row.id, row.version, row.body))
    seen = {name: whole[name] for name in FIELDS}
    return CustomerDraft(row.id, row.version, seen, has_whole_numbers="phone_keys" not in row.body)


def _draft(found: Draft) -> CustomerDraft:
    return CustomerDraft(customer_id=found.key, saved_at=found.saved_at, **found.body)


def is_address(text: str) -> bool:
    local, at, domain = text.partition("@")
    return bool(local and at and domain) and "@" not in domain and not any(sign.isspace() for sign in text)
