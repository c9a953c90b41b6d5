"""The forms of tickets on this workstation: which there are, a draft as what its form takes, publishing editions."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Final

from agent_desktop.errors import CacheDamaged
from agent_desktop.offline.view import View
from agent_desktop.tickets.draft import TicketDraft
from agent_desktop.tickets.sources import source_in_words
from agent_model.body import from_body, to_body
from agent_model.command import CommandKind, FieldChange
from agent_model.form import Fact, TicketForm, form_id
from agent_model.form_check import form_faults
from agent_model.form_draft import DRAFT, FormDraft, NotPublishable
from agent_model.form_filling import Filling, Shelf
from agent_model.form_value import Locale, ValueFault, typed
from agent_model.phone_number import DialPlan
from agent_model.ticket import Details, TicketType
from agent_model.wire import Row

HERE: Final = Locale(DialPlan())
WITHOUT_FORM: Final = "-"
"""The edition of a draft that goes without what its form asks."""


@dataclass(frozen=True, slots=True)
class Filled:
    """What goes with a ticket; None where its type has no form. `faults` keep it from being filed."""

    details: Details | None = None
    faults: Mapping[str, ValueFault] = field(default_factory=dict)


class Forms:
    """`author` is the agent's id. What writes raises DiskFull, OutboxDamaged or StoreBusy."""

    def __init__(self, view: View, author: str, clock: Callable[[], datetime], locale: Locale) -> None:
        self.locale = locale
        self._view = view
        self._author = author
        self._clock = clock
        self._known = Shelf()

    def shelf(self) -> Shelf:
        """Every edition that this version can read; those last seen while a damaged cache is fetched again."""
        try:
            rows = self._view.mirror.rows("ticket_form")
        except CacheDamaged:
            return self._known
        found = tuple(form for row in rows if (form := _form(row)) is not None)
        self._known = Shelf(found) if found else self._known
        return self._known

    def filled(self, draft: TicketDraft, type_: TicketType | None) -> Filled:
        """The draft by the edition on its screen, else by the current one."""
        if draft.form == WITHOUT_FORM:
            return Filled()
        shelf = self.shelf()
        form = shelf.of(draft.form)
        if form is None or form.type is not type_:
            form = shelf.current(type_)
        if form is None:
            return Filled()
        filling = self.filling(form, draft)
        return Filled(filling.details, filling.faults)

    def told_in_words(self, draft: TicketDraft, type_: TicketType | None) -> TicketDraft:
        """A draft that nobody will finish: what its form would not take as it is stands in the description."""
        draft = source_in_words(draft, type_, self._clock(), self.locale)
        if not self.filled(draft, type_).faults and not draft.left:
            return draft
        shelf = self.shelf()
        named = ((shelf.field(key, type_), text) for key, text in {**draft.left, **draft.typed}.items() if text.strip())
        lines = [f"{field.label.zh} {field.label.en}: {text}" if field else text for field, text in named]
        return replace(draft, description="\n".join([draft.description.rstrip(), *lines]).strip(), form=WITHOUT_FORM)

    def filling(self, form: TicketForm, draft: TicketDraft) -> Filling:
        facts = {**draft.facts, Fact.CATEGORY.value: draft.category, Fact.PRIORITY.value: draft.priority.value}
        return Filling(form, draft.typed, facts, self.locale)

    def typed(self, details: Details | None) -> dict[str, str]:
        """What somebody typed to make these details."""
        form = None if details is None else self.shelf().of(details.form)
        if details is None or form is None:
            return {}
        found = {key: form.field(key) for key in details.values}
        return {
            key: typed(field, details.values[key], self.locale) for key, field in found.items() if field is not None
        }

    # ---- editing, for administrators --------------------------------------------------------------------

    def draft(self, type_: TicketType) -> FormDraft:
        """What was begun before, else a copy of the current edition."""
        kept = self._view.outbox.draft(type_.value, DRAFT)
        if kept is not None:
            form = from_body(TicketForm, "", 0, _whole(type_, kept.body["base"], kept.body["fields"]))
            return FormDraft(type_, kept.body["base"], form.fields, kept.saved_at)
        form_now = self.shelf().current(type_)
        return FormDraft(type_, 0, ()) if form_now is None else FormDraft(type_, form_now.edition, form_now.fields)

    def save(self, draft: FormDraft) -> datetime:
        """On the disk when this returns: when that was."""
        now = self._clock()
        self._view.outbox.save_draft(draft.key, draft.to_plain(), now, DRAFT)
        return now

    def discard(self, type_: TicketType) -> None:
        self._view.outbox.drop_draft(type_.value, DRAFT)

    def publish(self, draft: FormDraft) -> TicketForm:
        """The draft as the edition after the newest, on its way to the server. Raises NotPublishable."""
        if faults := form_faults(draft.fields):
            raise NotPublishable(faults)
        type_ = TicketType(draft.key)
        form_now = self.shelf().current(type_)
        edition = self._next(type_, form_now.edition if form_now else 0)
        now = self._clock()
        form = TicketForm(form_id(type_, edition), type_, edition, draft.fields, now, self._author)
        changes = {name: FieldChange(None, value) for name, value in to_body(form).items()}
        self._view.outbox.put("ticket_form", form.id, CommandKind.CREATE, changes, now)
        self.discard(type_)
        return form

    def _next(self, type_: TicketType, newest: int) -> int:
        """Behind what was published here and has not come back yet."""
        waiting = (
            self._view.row("ticket_form", form_id(type_, edition)) for edition in range(newest + 1, newest + 100)
        )
        return newest + 1 + next((count for count, row in enumerate(waiting) if row is None), 0)


def _form(row: Row) -> TicketForm | None:
    """None for a form with something in it that this version does not know: an older edition is used then."""
    try:
        return from_body(TicketForm, row.id, row.version, row.body)
    except (ValueError, KeyError, TypeError):
        return None


def _whole(type_: TicketType, base: int, fields: Sequence[Any]) -> dict[str, Any]:
    beside = {"published_at": "1970-01-01T00:00:00.000Z", "published_by": ""}
    return {"type": type_.value, "edition": base, "fields": fields, **beside}
