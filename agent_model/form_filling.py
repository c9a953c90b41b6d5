"""A form while it is being filled in: what its fields begin with, which of it is asked, what fits, what is sent."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from agent_model.form import FieldKind, Form, FormField, TicketForm
from agent_model.form_rules import facts_asked, needed, shown, value_faults
from agent_model.form_value import BETWEEN_CHOICES, NO, YES, Locale, NotReadable, ValueFault, fault_of, read
from agent_model.ticket import Details, TicketType

Texts = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Shelf:
    """Every edition there is here; the newest of a type is for new tickets."""

    editions: tuple[TicketForm, ...] = ()

    def current(self, type_: TicketType | None) -> TicketForm | None:
        of_type = (form for form in self.editions if form.type is type_)
        return max(of_type, key=lambda form: form.edition, default=None)

    def of(self, id_: str) -> TicketForm | None:
        return next((form for form in self.editions if form.id == id_), None)

    def field(self, key: str, type_: TicketType | None = None) -> FormField | None:
        """As it was asked last, in forms of this type rather than in others."""
        forms = sorted(self.editions, key=lambda form: (form.type is type_, form.edition), reverse=True)
        return next((field for form in forms if (field := form.field(key)) is not None), None)


@dataclass(frozen=True, slots=True)
class Filling:
    """`typed` is what somebody typed, by key; a field that is not among it holds what it begins with."""

    form: Form
    typed: Texts
    facts: Texts
    locale: Locale

    def text(self, field: FormField) -> str:
        return self.typed.get(field.key, begins_with(field, self.facts, self.locale))

    @property
    def shown(self) -> tuple[FormField, ...]:
        return shown(self.form, self._values, self.facts)

    @property
    def needed(self) -> frozenset[str]:
        return needed(self.form, self._values, self.facts)

    @property
    def faults(self) -> dict[str, ValueFault]:
        """Why fields that are asked do not do, by key."""
        faults = value_faults(self.form, self._sent, self.facts)
        for field in self.shown:
            try:
                read(field, self.text(field), self.locale)
            except NotReadable as error:
                faults[field.key] = error.fault
        return {field.key: faults[field.key] for field in self.form.fields if field.key in faults}

    @property
    def details(self) -> Details:
        """What goes with the ticket: of the fields that are asked, those with a value."""
        return Details(self.form.id, self._sent, facts_asked(self.form, self.facts))

    @property
    def values(self) -> Mapping[str, Any]:
        """Of every field, shown or not, what can be read, by key."""
        return self._values

    @property
    def _sent(self) -> dict[str, Any]:
        values = self._values
        return {field.key: values[field.key] for field in self.shown if field.key in values}

    @property
    def _values(self) -> dict[str, Any]:
        found = {}
        for field in self.form.fields:
            try:
                value = read(field, self.text(field), self.locale)
            except NotReadable:
                continue
            if value is not None:
                found[field.key] = value
        return found


def begins_with(field: FormField, facts: Texts, locale: Locale) -> str:
    """What the field holds before anybody types; nothing where call and customer tell nothing that it takes."""
    told = facts.get(field.default_from, "") if field.default_from is not None else ""
    try:
        return told if read(field, told, locale) is not None else field.default
    except NotReadable:
        return field.default


def fits(field: FormField, text: str) -> bool:
    """Whether the field can show this text, be it right or wrong."""
    if not text.strip():
        return True
    if field.kind.has_options:
        return {option.id for option in field.options}.issuperset(text.split(BETWEEN_CHOICES))
    if field.kind is FieldKind.YES_NO:
        return text in (YES, NO)
    if field.kind.is_card:
        return fault_of(field, text) is None
    return True


def parted(form: TicketForm | None, typed: Texts, left: Texts) -> tuple[dict[str, str], dict[str, str]]:
    """What was typed, now or before, parted into what the form has a place for and what it has none for."""
    together = {**left, **typed}
    fitting: dict[str, str] = {}
    for key, text in together.items():
        field = None if form is None else form.field(key)
        if field is not None and fits(field, text):
            fitting[key] = text
    return fitting, {key: text for key, text in together.items() if key not in fitting and text.strip()}
