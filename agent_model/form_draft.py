"""A form while an administrator edits it, of whatever it is asked."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from agent_model.body import to_body
from agent_model.form import Form, FormField
from agent_model.form_check import FormFault
from agent_model.ticket import TicketType

DRAFT: Final = "form"
"""The kind of drafts that are forms being edited."""
OF_CUSTOMERS: Final = "customer"


class NotPublishable(Exception):
    """The form has faults, by key of its fields. Nothing was published, the draft stays."""

    def __init__(self, faults: Mapping[str, FormFault]) -> None:
        super().__init__(", ".join(f"{key} {fault}" for key, fault in faults.items()))
        self.faults = faults


@dataclass(frozen=True, slots=True)
class FormDraft:
    """`type` None: the fields of customers. `base` is the edition it was begun from, 0 for none."""

    type: TicketType | None
    base: int
    fields: tuple[FormField, ...]
    saved_at: datetime | None = None

    @property
    def key(self) -> str:
        """What it is kept by."""
        return OF_CUSTOMERS if self.type is None else self.type.value

    def to_plain(self) -> dict[str, Any]:
        return {"base": self.base, "fields": [to_body(field) for field in self.fields]}


@dataclass(frozen=True, slots=True)
class Editing:
    """A draft with every edition of its form that there is, and the one that was published last, if any."""

    draft: FormDraft
    editions: tuple[Form, ...]

    @property
    def keys(self) -> frozenset[str]:
        """Those of every edition: a new field is never taken for one of them."""
        return frozenset(field.key for form in self.editions for field in form.fields)
