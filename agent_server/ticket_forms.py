"""Forms of tickets on the server: who may publish which edition, and whether a ticket is what its edition allows."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from agent_model.body import from_body
from agent_model.command import Command
from agent_model.form import Fact, TicketForm, form_id
from agent_model.form_check import form_faults
from agent_model.form_rules import are_facts, value_faults
from agent_model.ticket import TicketType
from agent_server.changeset import Changeset


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why nothing is changed; `faults` are codes by field."""

    reason: str
    faults: Mapping[str, str] = field(default_factory=dict)


def looked_at(commands: Iterable[Command]) -> set[str]:
    """The ids of the editions that judging these commands needs."""
    ids: set[str] = set()
    for command in commands:
        if command.entity == "ticket_form":
            type_, _, edition = command.id.rpartition(".")
            if edition.isdecimal():
                ids.add(f"{type_}.{int(edition) - 1}")
        elif (details := command.fields.get("details")) is not None and isinstance(details.new, dict):
            ids |= {one for one in [details.new.get("form")] if isinstance(one, str)}
    return ids


def edition_refused(row_id: str, body: Mapping[str, Any], author: str, changes: Changeset) -> Refusal | None:
    """Whether this may not be the next edition of its form: editions have no gaps and are never changed."""
    form = from_body(TicketForm, row_id, 1, body)
    if form.published_by != author:
        return Refusal("not_yours")
    before = form_id(form.type, form.edition - 1)
    if row_id != form_id(form.type, form.edition) or form.edition < 1:
        return Refusal("bad_field")
    if form.edition > 1 and changes.get("ticket_form", before) is None:
        return Refusal("unknown_form")
    faults = form_faults(form.fields)
    return Refusal("bad_form", {key: fault.value for key, fault in faults.items()}) if faults else None


def details_refused(ticket: Mapping[str, Any], before: str | None, changes: Changeset) -> Refusal | None:
    """Whether the details of a ticket are not what their edition allows. `before` is the edition the ticket was written
    with: it keeps that one."""
    details = ticket["details"]
    if details is None:
        return None if before is None else Refusal("wrong_form")
    row = changes.get("ticket_form", details["form"])
    if row is None:
        return Refusal("unknown_form")
    form = from_body(TicketForm, row.id, row.version, row.body)
    is_own = form.id == before if before is not None else form.type is TicketType(ticket["type"])
    if not is_own:
        return Refusal("wrong_form")
    if not are_facts(details["facts"]):
        return Refusal("bad_field")
    facts = {**details["facts"], Fact.CATEGORY: ticket["category"], Fact.PRIORITY: ticket["priority"]}
    faults = value_faults(form, details["values"], facts)
    return Refusal("bad_details", {key: fault.value for key, fault in faults.items()}) if faults else None
