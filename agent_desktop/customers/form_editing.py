"""The form of customers in an administrator's hands: kept on the disk while it is edited, published as an edition."""

from collections.abc import Callable
from datetime import datetime

from agent_desktop.customers.own_fields import OwnFields, readable
from agent_desktop.offline.view import View
from agent_model.body import from_body, to_body
from agent_model.command import CommandKind, FieldChange
from agent_model.customer_form import CustomerForm, CustomField, customer_form_faults, customer_form_id
from agent_model.form_draft import DRAFT, OF_CUSTOMERS, FormDraft, NotPublishable


class CustomerForms:
    """`author` is the agent's id. What writes raises DiskFull, OutboxDamaged or StoreBusy."""

    def __init__(self, view: View, own: OwnFields, author: str, clock: Callable[[], datetime]) -> None:
        self._view = view
        self._own = own
        self._author = author
        self._clock = clock

    def editions(self) -> tuple[CustomerForm, ...]:
        return self._own.editions()

    def draft(self) -> FormDraft:
        """What was begun before, else a copy of the current edition."""
        kept = self._view.outbox.draft(OF_CUSTOMERS, DRAFT)
        form = self._own.form()
        if kept is None:
            return FormDraft(None, 0, ()) if form is None else FormDraft(None, form.edition, form.fields)
        whole = {"edition": kept.body["base"], "fields": kept.body["fields"], "published_by": ""}
        begun = from_body(CustomerForm, "", 0, {**whole, "published_at": "1970-01-01T00:00:00.000Z"})
        return FormDraft(None, begun.edition, begun.fields, kept.saved_at)

    def save(self, draft: FormDraft) -> datetime:
        """On the disk when this returns: when that was."""
        now = self._clock()
        self._view.outbox.save_draft(draft.key, draft.to_plain(), now, DRAFT)
        return now

    def discard(self) -> None:
        self._view.outbox.drop_draft(OF_CUSTOMERS, DRAFT)

    def publish(self, draft: FormDraft) -> CustomerForm:
        """The draft as the edition after the newest, on its way to the server. Raises NotPublishable."""
        fields = tuple(field for field in draft.fields if isinstance(field, CustomField))
        before = self._latest()
        if faults := customer_form_faults(fields, before):
            raise NotPublishable(faults)
        edition, now = (1 if before is None else before.edition + 1), self._clock()
        form = CustomerForm(customer_form_id(edition), edition, fields, now, self._author)
        changes = {name: FieldChange(None, value) for name, value in to_body(form).items()}
        self._view.outbox.put("customer_form", form.id, CommandKind.CREATE, changes, now)
        self.discard()
        return form

    def _latest(self) -> CustomerForm | None:
        """With what was published here and has not come back yet."""
        known = (form for row in self._view.rows("customer_form") if (form := readable(row)) is not None)
        return max(known, key=lambda form: form.edition, default=None)
