"""The site's own fields of customers on the server: who publishes which edition, and whether a customer keeps to it."""

from collections.abc import Mapping, Sequence
from typing import Any

from agent_model.body import from_body
from agent_model.command import Command
from agent_model.customer_form import CustomerForm, custom_faults, customer_form_faults, customer_form_id, is_own
from agent_server.audit import Deed
from agent_server.changeset import Changeset
from agent_server.judging.case import Case, Refused
from agent_server.judging.rules import Outcome, Rules


class CustomerFormRules(Rules):
    """Editions have no gaps and are never changed."""

    async def load(self, commands: Sequence[Command], changes: Changeset) -> None:
        await changes.look_at_all("customer_form")

    async def begin(self, case: Case, body: Mapping[str, Any]) -> Outcome:
        row_id = case.command.id
        form = from_body(CustomerForm, row_id, 1, body)
        case.require_author(form.published_by)
        if row_id != customer_form_id(form.edition) or form.edition < 1:
            raise Refused("bad_field")
        before = current_form(case.changes)
        if form.edition != (1 if before is None else before.edition + 1):
            raise Refused("unknown_form")
        if faults := customer_form_faults(form.fields, before):
            raise Refused("bad_form", {key: fault.value for key, fault in faults.items()})
        return Outcome(acts=(case.act(Deed.CUSTOMER_FORM_PUBLISHED),))


def current_form(changes: Changeset) -> CustomerForm | None:
    """The newest edition among those that are loaded."""
    editions = [changes.value(CustomerForm, row) for row in changes.held("customer_form")]
    return max(editions, key=lambda form: form.edition, default=None)


def check_custom_fields(case: Case, before: Mapping[str, Any], after: Mapping[str, Any]) -> None:
    """Refuses a customer whose own fields are not what the newest edition allows."""
    if not any(is_own(name) for name in case.command.fields):
        return
    faults = custom_faults(current_form(case.changes), before, after)
    if faults:
        raise Refused("bad_custom_fields", {key: fault.value for key, fault in faults.items()})
