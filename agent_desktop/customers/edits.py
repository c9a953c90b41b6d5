"""Changing a customer: a form's content while it is written, kept on the disk, and the commands it becomes."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import Any, Final

from agent_desktop.customers.own_fields import OwnFields
from agent_desktop.customers.privacy import NumberRanges
from agent_desktop.offline.outbox import Draft, Outbox
from agent_desktop.offline.pending import State
from agent_desktop.offline.view import View
from agent_model.blank import is_blank
from agent_model.body import from_body, to_body
from agent_model.command import CommandKind, FieldChange, OpId
from agent_model.customer import Customer, CustomerId
from agent_model.customer_form import CustomField, is_own
from agent_model.form_filling import Filling
from agent_model.form_value import Locale, ValueFault
from agent_model.phone_number import DialPlan, normalise
from agent_model.plain_line import LONGEST, plain_line
from agent_model.secret import Secret
from agent_model.wire import Row

KIND: Final = "customer"
FIELDS: Final = ("name", "company", "email", "region", "language", "tier", "tags", "is_verified", "phones")
LIMIT: Final = LONGEST
SAVE_WITHIN_MS: Final = 800
"""The longest that typed text may be on the screen and not on the disk."""

_HIDDEN_WITH: Final = {"name": Secret.NAME, "email": Secret.EMAIL}


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
    one to be added, as typed. `has_whole_numbers` says whether the others may be taken away here, `kept_back`
    are fields that only the server has, which nobody can change here."""

    customer_id: str
    version: int
    seen: Mapping[str, Any]
    wanted: Mapping[str, Any] = field(default_factory=dict)
    new_number: str = ""
    has_whole_numbers: bool = True
    kept_back: tuple[str, ...] = ()
    saved_at: datetime | None = None
    typed: Mapping[str, str] = field(default_factory=dict)
    """What was typed into fields that the site made, by key, readable or not."""
    own: Filling | None = None
    """Those fields with what the customer has, as they are asked now; None where there are none."""

    @property
    def values(self) -> Mapping[str, Any]:
        return {**self.seen, **self.wanted}

    @property
    def changes(self) -> dict[str, FieldChange]:
        wanted = {name: _plain(value) for name, value in self.wanted.items()} | self._own_values
        return {
            name: FieldChange(self.seen.get(name), value)
            for name, value in wanted.items()
            if value != self.seen.get(name)
        }

    @property
    def is_empty(self) -> bool:
        return not (self.changes or self.new_number.strip() or self.typed)

    def with_typed(self, texts: Mapping[str, str]) -> "CustomerDraft":
        """With what stands in the fields that the site made now; what stands as it was seen was not typed."""
        if self.own is None:
            return self
        seen = self.own.typed
        return replace(self, typed={key: text for key, text in texts.items() if text.strip() != seen.get(key, "")})

    @property
    def filled(self) -> Filling | None:
        """The fields that the site made with what was typed."""
        return None if self.own is None else replace(self.own, typed={**self.own.typed, **self.typed})

    @property
    def _own_values(self) -> dict[str, Any]:
        """What was typed and can be read, by the name of its field."""
        if (filled := self.filled) is None:
            return {}
        fields, values = {key: filled.form.field(key) for key in self.typed}, filled.values
        return {
            its.name: values.get(key)
            for key, its in fields.items()
            if isinstance(its, CustomField) and (key in values or not filled.text(its).strip())
        }


class NotComplete(Exception):
    """Nothing was sent, the draft stays; `faults` says what is wrong by field (`new_number` among them)."""

    def __init__(self, faults: Mapping[str, Fault | ValueFault]) -> None:
        super().__init__(", ".join(f"{name} {fault}" for name, fault in faults.items()))
        self.faults = faults


class CustomerEdits:
    """Every method that writes raises DiskFull, OutboxDamaged or StoreBusy, and then keeps what was there before."""

    def __init__(self, view: View, plan: DialPlan, clock: Callable[[], datetime]) -> None:
        self._view = view
        self._own = OwnFields(view, Locale(plan))
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
        return kept or (None if row is None else self._fresh(row))

    def _fresh(self, row: Row) -> CustomerDraft:
        whole = to_body(from_body(Customer, row.id, row.version, row.body))
        seen = {name: whole[name] for name in FIELDS} | {name: row.body[name] for name in row.body if is_own(name)}
        own = self._own.filling(row, {})
        has_whole_numbers = "phone_keys" not in row.body
        kinds = self._view.mirror.sight().kinds
        kept_back = tuple(name for name, kind in _HIDDEN_WITH.items() if kind in kinds and seen[name])
        return CustomerDraft(
            row.id, row.version, seen, has_whole_numbers=has_whole_numbers, kept_back=kept_back, own=own
        )

    def _asked(self, draft: CustomerDraft) -> CustomerDraft:
        """With the fields that the site asks for now; what was typed for one that it has no more is let go."""
        row = self._view.row("customer", draft.customer_id)
        own = None if row is None else self._own.filling(row, {})
        typed = {key: text for key, text in draft.typed.items() if own is not None and own.form.field(key) is not None}
        return replace(draft, typed=typed, own=own)

    def kept(self, customer_id: str) -> CustomerDraft | None:
        """Also what was begun about somebody who was merged into this customer since."""
        found = self._outbox.draft(customer_id, KIND)
        return self._carried_over(customer_id) if found is None else self._asked(_draft(found))

    def _carried_over(self, customer_id: str) -> CustomerDraft | None:
        row = self._view.row("customer", customer_id)
        for draft in self._outbox.drafts(KIND) if row is not None else ():
            gone = CustomerId(draft.key)
            if row is None or self._view.row("customer", gone) is not None:
                continue
            if self._view.successor(gone) == customer_id:
                begun = _draft(draft)
                begun = replace(self._fresh(row), wanted=begun.wanted, new_number=begun.new_number, typed=begun.typed)
                carried = self.save(self._asked(begun))
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
        names = ("version", "seen", "wanted", "new_number", "has_whole_numbers", "kept_back", "typed")
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

    def faults(self, draft: CustomerDraft) -> Mapping[str, Fault | ValueFault]:
        """What keeps the draft from being sent, by field; empty when it can go."""
        found: dict[str, Fault | ValueFault] = dict(_own_faults(draft))
        values = draft.values
        if is_blank(str(values.get("name") or "")):
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
            if begun is None or not all(name in FIELDS or is_own(name) for name in command.fields):
                return None
            wanted = {name: change.new for name, change in command.fields.items() if not is_own(name)}
            typed = self._typed_again(begun, {name: change.new for name, change in command.fields.items()})
            begun = replace(begun, wanted={**begun.wanted, **wanted}, typed={**begun.typed, **typed})
            saved = self.save(self._asked(begun))
            self._outbox.forget([op_id])
            return saved
        return None

    def _typed_again(self, draft: CustomerDraft, values: Mapping[str, Any]) -> dict[str, str]:
        fields = () if draft.own is None else draft.own.form.fields
        own = [one for one in fields if isinstance(one, CustomField) and one.name in values]
        return {one.key: self._own.text(one, values[one.name]) for one in own}


def _own_faults(draft: CustomerDraft) -> dict[str, ValueFault]:
    """Of what was typed, and of what is needed and missing; what stood wrong before stands in nobody's way."""
    if (filled := draft.filled) is None:
        return {}
    fields = {its.key: its for its in filled.form.fields if isinstance(its, CustomField)}
    return {
        fields[key].name: fault
        for key, fault in filled.faults.items()
        if key in draft.typed or fault is ValueFault.MISSING
    }


def _plain(value: Any) -> Any:
    """Lines and tags as they may stand in a row."""
    if isinstance(value, list):
        return [_plain(one) for one in value]
    return plain_line(value) if isinstance(value, str) else value


def _draft(found: Draft) -> CustomerDraft:
    return CustomerDraft(
        found.key, saved_at=found.saved_at, **{**found.body, "kept_back": tuple(found.body.get("kept_back", ()))}
    )


def is_address(text: str) -> bool:
    local, at, domain = text.partition("@")
    return bool(local and at and domain) and "@" not in domain and not any(sign.isspace() for sign in text)
