"""The fields that a site gives its customers beside those that every customer has, as data.

A value is a field of the customer's body by the name that `CustomField.name` says, so that it is merged, remembered and
contested by itself. `custom.KEY` is for everybody who sees the customer, `private.KEY` is masked where numbers are.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from agent_model.form import Fact, FieldKind, Form, FormField
from agent_model.form_check import FormFault, form_faults
from agent_model.form_rules import value_faults
from agent_model.form_value import ValueFault

OPEN: Final = "custom."
PRIVATE: Final = "private."
_NAME: Final = re.compile(r"(?:custom|private)\.[a-z][a-z0-9_]{0,39}")
_SEARCHED: Final = frozenset({FieldKind.TEXT, FieldKind.NUMBER, FieldKind.EMAIL})
_FACTS: Final = (Fact.TIER, Fact.LANGUAGE, Fact.REGION, Fact.IS_VERIFIED)


@dataclass(frozen=True, slots=True)
class CustomField(FormField):
    """`is_sensitive` stays as it was published; `is_searchable`: customers are found by what it says."""

    is_sensitive: bool = False
    is_searchable: bool = False

    @property
    def name(self) -> str:
        """The field of the customer's body."""
        return f"{PRIVATE if self.is_sensitive else OPEN}{self.key}"

    @property
    def is_found_by(self) -> bool:
        return self.is_searchable and may_be_found_by(self)


@dataclass(frozen=True, slots=True)
class CustomerForm(Form):
    """What is known of customers here. The highest `edition` holds; values of fields that it does not have any more
    stay with their customers, and nobody is shown them."""

    id: str
    edition: int
    fields: tuple[CustomField, ...]
    published_at: datetime
    published_by: str
    version: int = 0


def customer_form_id(edition: int) -> str:
    return f"customer.{edition}"


def is_own(name: str) -> bool:
    """Whether a field of a customer is one that the site made."""
    return _NAME.fullmatch(name) is not None


def is_open(name: str) -> bool:
    """Of those, whether everybody who sees the customer sees it."""
    return name.startswith(OPEN) and is_own(name)


def key_of(name: str) -> str:
    return name.partition(".")[2]


def may_be_found_by(field: FormField) -> bool:
    """Short texts that nobody must hide."""
    return field.kind in _SEARCHED and not getattr(field, "is_sensitive", False)


def values_of(form: CustomerForm, body: Mapping[str, Any]) -> dict[str, Any]:
    """What the customer has of the form, by key."""
    return {field.key: body[field.name] for field in form.fields if body.get(field.name) is not None}


def facts_of(body: Mapping[str, Any]) -> dict[str, str]:
    """What conditions of the form may look at in the customer."""
    found = {fact.value: str(body.get(fact.value) or "") for fact in _FACTS}
    return {**found, Fact.IS_VERIFIED.value: "yes" if body.get("is_verified") else "no", Fact.IS_KNOWN.value: "yes"}


def custom_faults(
    form: CustomerForm | None, before: Mapping[str, Any], after: Mapping[str, Any]
) -> dict[str, ValueFault]:
    """What keeps a customer from becoming `after` (bodies), by key: of fields that change, and of those that are needed
    only since. What stood wrong before stands in nobody's way, and what is hidden now may stay."""
    moved = {name for name in {*before, *after} if is_own(name) and before.get(name) != after.get(name)}
    known = {} if form is None else {field.name: field for field in form.fields}
    unknown = {key_of(name) for name in moved - known.keys() if after.get(name) is not None}
    found = dict.fromkeys(sorted(unknown), ValueFault.UNKNOWN_FIELD)
    if form is None:
        return found
    stood = value_faults(form, values_of(form, before), facts_of(before))
    for key, fault in value_faults(form, values_of(form, after), facts_of(after)).items():
        field = form.field(key)
        is_moved = isinstance(field, CustomField) and field.name in moved
        if fault is not ValueFault.NOT_ASKED and (is_moved or (fault is not stood.get(key) and moved)):
            found[key] = fault
    return found


def customer_form_faults(fields: Sequence[CustomField], before: CustomerForm | None) -> dict[str, FormFault]:
    """What keeps these fields from being published after the edition `before`, by key."""
    found = form_faults(fields)
    for field in fields:
        past = None if before is None else before.field(field.key)
        if past is not None and past.kind is not field.kind:
            found.setdefault(field.key, FormFault.KIND_CHANGED)
        if isinstance(past, CustomField) and past.is_sensitive is not field.is_sensitive:
            found.setdefault(field.key, FormFault.SENSITIVE_CHANGED)
    return found
