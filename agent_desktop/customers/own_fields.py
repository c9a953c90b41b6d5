"""The fields that the site gave its customers: which there are here, and a customer's values."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from agent_desktop.errors import CacheDamaged
from agent_desktop.offline.view import View
from agent_model.body import from_body
from agent_model.customer_form import (
    CustomerForm,
    CustomField,
    facts_of,
    values_of,
)
from agent_model.form_filling import Filling
from agent_model.form_rules import shown
from agent_model.form_value import Locale, typed
from agent_model.secret import Secret
from agent_model.wire import Row


@dataclass(frozen=True, slots=True)
class OwnValues:
    """What a customer has of the form, field by field in its order; None where it says nothing."""

    fields: tuple[tuple[CustomField, Any], ...] = ()
    id_number: str = ""
    """Of their identity card, as it is here."""


class OwnFields:
    def __init__(self, view: View, locale: Locale) -> None:
        self._view = view
        self._locale = locale
        self._known: tuple[CustomerForm, ...] = ()

    def editions(self) -> tuple[CustomerForm, ...]:
        """Those this version can read, the newest first; those last seen while a damaged cache is fetched again."""
        try:
            rows = self._view.mirror.rows("customer_form")
        except CacheDamaged:
            return self._known
        found = [form for row in rows if (form := readable(row)) is not None]
        self._known = tuple(sorted(found, key=lambda form: form.edition, reverse=True)) or self._known
        return self._known

    def form(self) -> CustomerForm | None:
        return next(iter(self.editions()), None)

    def named(self) -> Mapping[str, CustomField]:
        """Every field there was, as it was called last, by its name in a customer's body."""
        return {field.name: field for form in reversed(self.editions()) for field in form.fields}

    def of(self, customer_id: str) -> OwnValues:
        """What may be asked of this customer, with what they have."""
        row, form = self._view.row("customer", customer_id), self.form()
        if row is None:
            return OwnValues()
        id_number = str(row.body.get("id_number") or "")
        if form is None:
            return OwnValues((), id_number)
        values = values_of(form, row.body)
        asked = shown(form, values, facts_of(row.body))
        fields = ((field, values.get(field.key)) for field in asked if isinstance(field, CustomField))
        return OwnValues(tuple(fields), id_number)

    def filling(self, row: Row, told: Mapping[str, str]) -> Filling | None:
        """The form over what the customer has, with what was typed since. From whom identity cards are kept back is
        not asked for what is sensitive."""
        form = self.form()
        if form is None:
            return None
        if Secret.ID_CARD in self._view.mirror.sight().kinds:
            form = replace(form, fields=tuple(field for field in form.fields if not field.is_sensitive))
        return Filling(form, {**self.typed(form, row.body), **told}, facts_of(row.body), self._locale)

    def typed(self, form: CustomerForm, body: Mapping[str, Any]) -> dict[str, str]:
        """What somebody would type to make these values; nothing where there is none."""
        return {field.key: self.text(field, body.get(field.name)) for field in form.fields}

    def text(self, field: CustomField, value: Any) -> str:
        try:
            return typed(field, value, self._locale)
        except (ValueError, TypeError, ArithmeticError):
            return str(value)  # of a kind that it had before, or masked


def readable(row: Row) -> CustomerForm | None:
    """None for a form with something in it that this version does not know: an older edition is used then."""
    try:
        return from_body(CustomerForm, row.id, row.version, row.body)
    except (ValueError, KeyError, TypeError):
        return None
