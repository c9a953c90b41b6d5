"""Reads forms.toml of a company's folder: the forms of its tickets and the fields of its customers, an edition each."""

import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Final

from agent_model.body import from_body
from agent_model.customer_form import CustomerForm, CustomField, customer_form_id
from agent_model.form import FormField, TicketForm
from agent_model.form_check import form_faults
from agent_server.importing.company_folder import BadSource, Told, checked

FILE: Final = "forms.toml"


def forms(folder: Path) -> list[Told]:
    """The forms of the file, checked as if somebody published them. Raises BadSource."""
    path = folder / FILE
    if not path.is_file():
        return []
    try:
        told = tomllib.loads(path.read_text(encoding="utf-8"))
        rows = [_form(form, str(told["published_at"])) for form in told.get("form", [])]
        rows += [_customer_form(form, str(told["published_at"])) for form in told.get("customer_form", [])]
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, KeyError, TypeError, AttributeError) as error:
        raise BadSource(FILE, repr(error)) from error
    for row in rows:
        stored = checked(row)
        noun = TicketForm if row.entity == "ticket_form" else CustomerForm
        for key, fault in form_faults(from_body(noun, row.id, 1, stored.body).fields).items():
            raise BadSource(f"{FILE}:{row.id}", f"{key}: {fault}")
    return rows


def _form(form: Mapping[str, Any], published_at: str) -> Told:
    body = {
        "type": form["type"],
        "edition": form.get("edition", 1),
        "fields": [_field(field) for field in form.get("field", [])],
        "published_at": published_at,
        "published_by": "import",
    }
    return Told(FILE, "ticket_form", f"{body['type']}.{body['edition']}", body)


def _customer_form(form: Mapping[str, Any], published_at: str) -> Told:
    """The fields that the site gives its customers."""
    edition = form.get("edition", 1)
    fields = [_field(field, (*FormField.__slots__, *CustomField.__slots__)) for field in form.get("field", [])]
    body = {"edition": edition, "fields": fields, "published_at": published_at, "published_by": "import"}
    return Told(FILE, "customer_form", customer_form_id(edition), body)


def _field(field: Mapping[str, Any], known: Iterable[str] = FormField.__slots__) -> dict[str, Any]:
    """`required = true` stands for a condition that always holds."""
    told = dict(field)
    if told.pop("required", False):
        told["required_when"] = {}
    unknown = told.keys() - set(known)
    if unknown:
        raise BadSource(FILE, f"{field['key']}: {', '.join(sorted(unknown))}")
    return told
