"""Forms of tickets on the server: who may publish which edition, and whether a ticket is what its edition allows."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from agent_model.body import from_body
from agent_model.command import Command
from agent_model.form import Fact, TicketForm, form_id
from agent_model.form_check import form_faults
from agent_model.form_rules import are_facts, value_faults
from agent_model.ticket import TicketType
from agent_server.audit import Deed
from agent_server.changeset import Changeset
from agent_server.judging.case import Case, Refused
from agent_server.judging.rules import Outcome, Rules


class FormRules(Rules):
    """Editions have no gaps and are never changed."""

    async def load(self, commands: Sequence[Command], changes: Changeset) -> None:
        await changes.look_at("ticket_form", {before for command in commands for before in _edition_before(command.id)})

    async def begin(self, case: Case, body: Mapping[str, Any]) -> Outcome:
        row_id = case.command.id
        form = from_body(TicketForm, row_id, 1, body)
        case.require_author(form.published_by)
        if row_id != form_id(form.type, form.edition) or form.edition < 1:
            raise Refused("bad_field")
        if form.edition > 1 and case.changes.get("ticket_form", form_id(form.type, form.edition - 1)) is None:
            raise Refused("unknown_form")
        faults = form_faults(form.fields)
        if faults:
            raise Refused("bad_form", {key: fault.value for key, fault in faults.items()})
        return Outcome(acts=(case.act(Deed.FORM_PUBLISHED),))


def _edition_before(row_id: str) -> tuple[str, ...]:
    type_, _, edition = row_id.rpartition(".")
    return (f"{type_}.{int(edition) - 1}",) if edition.isdecimal() else ()


def editions_of(commands: Iterable[Command]) -> set[str]:
    """The editions that some commands about tickets were written with."""
    named = (command.fields.get("details") for command in commands)
    forms = (change.new.get("form") for change in named if change is not None and isinstance(change.new, dict))
    return {form for form in forms if isinstance(form, str)}


def check_details(ticket: Mapping[str, Any], before: str | None, changes: Changeset) -> None:
    """Refuses a ticket whose details are not what their edition allows. `before` is the edition the ticket was written
    with: it keeps that one."""
    details = ticket["details"]
    if details is None and before is None:
        return
    if details is None:
        raise Refused("wrong_form")
    row = changes.get("ticket_form", details["form"])
    if row is None:
        raise Refused("unknown_form")
    form = changes.value(TicketForm, row)
    is_own = form.id == before if before is not None else form.type is TicketType(ticket["type"])
    if not is_own:
        raise Refused("wrong_form")
    if not are_facts(details["facts"]):
        raise Refused("bad_field")
    facts = {**details["facts"], Fact.CATEGORY: ticket["category"], Fact.PRIORITY: ticket["priority"]}
    faults = value_faults(form, details["values"], facts)
    if faults:
        raise Refused("bad_details", {key: fault.value for key, fault in faults.items()})
