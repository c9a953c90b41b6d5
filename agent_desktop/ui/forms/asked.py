"""What the form of a ticket's type asks, in the ticket's form: the current edition, filled with the draft, live."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from agent_desktop.tickets.draft import TicketDraft
from agent_desktop.tickets.forms import HERE
from agent_desktop.ui.appearance.formats import Formats
from agent_desktop.ui.appearance.look import Look
from agent_desktop.ui.forms.fields_pane import FieldsPane
from agent_desktop.ui.forms.left_over import LeftOver
from agent_desktop.ui.forms.words import HIDDEN_DIGITS, explain_value
from agent_model.form import Fact, TicketForm
from agent_model.form_filling import Filling, Shelf, parted
from agent_model.form_value import BETWEEN_CHOICES, Locale, ValueFault
from agent_model.ticket import TicketType

NO_SHELF: Final = Shelf()


@dataclass(frozen=True, slots=True)
class Forms:
    """Every edition there is, and the type that each category of tickets is of."""

    shelf: Shelf = NO_SHELF
    types: Mapping[str, TicketType] = field(default_factory=dict)
    locale: Locale = HERE


class Asked(QWidget):
    """Category and priority are the ticket form's; it tells them with `turn`."""

    edited = Signal()
    room_wanted = Signal(bool)
    """Whether there is something to fill in: then the rest gives way."""

    def __init__(self, look: Look, formats: Formats) -> None:
        super().__init__()
        self._formats = formats
        self._forms = Forms()
        self._form: TicketForm | None = None
        self._facts: Mapping[str, str] = {}
        self._category, self._priority = "", ""
        self._left: dict[str, str] = {}
        self.fields = FieldsPane(look, formats.language)
        self.left_over = LeftOver(look)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.px(6))
        column.addWidget(self.fields)
        column.addWidget(self.left_over)
        self.fields.edited.connect(self.edited)
        self.left_over.discard_wanted.connect(self._discard)

    def offer_forms(self, forms: Forms) -> None:
        """The editions that are here now: a newer one takes the place of that on the screen, around what is typed."""
        self._forms = forms
        self.turn(self._category, self._priority)

    def type_of(self, category: str) -> TicketType | None:
        """None for a category that nobody knows."""
        return self._forms.types.get(category)

    def know(self, facts: Mapping[str, str], products: tuple[tuple[str, str], ...]) -> None:
        """What is known of call and customer; fields that nobody touched begin with it."""
        self.fields.offer_products(products)
        self._facts = {**self._facts, **facts}
        self.turn(self._category, self._priority)

    def show_draft(self, draft: TicketDraft, *, is_other: bool) -> None:
        """What was typed and is asked stands in its field, the rest below."""
        if is_other:
            self.fields.show_filling(None)
        self._facts = draft.facts
        self._show(draft.category, str(draft.priority), draft.typed, draft.left)
        faults = {key: ValueFault(code) for key, code in draft.faults.items()}
        if faults:
            self.show_faults(faults)

    def turn(self, category: str, priority: str) -> None:
        """The form of this category's type is asked from now on."""
        self._show(category, priority, self.fields.typed, self._left)

    def into(self, draft: TicketDraft) -> TicketDraft:
        """The draft with what is typed here."""
        form = self._form.id if self._form is not None else ""
        return replace(draft, form=form, typed=self.fields.typed, left=self._left, facts=self._facts, faults={})

    def ready(self, draft: TicketDraft) -> TicketDraft:
        """The draft as it is filed: what is asked no more stands in its description."""
        parts = [draft.description.rstrip(), self.left_over.words]
        return replace(draft, description="\n".join(filter(None, parts)), left={}) if self._left else draft

    def half_cards(self) -> bool:
        """Whether a card number is not whole; says so beside it."""
        found = self.fields.half_cards()
        if found:
            self._go_to(self.fields.show_faults(found))
        return bool(found)

    def show_faults(self, faults: Mapping[str, ValueFault]) -> QWidget | None:
        """A sentence beside each field; where the first of them is typed."""
        found = ((key, self._form.field(key) if self._form is not None else None) for key in faults)
        return self.fields.show_faults({key: explain_value(faults[key], its) for key, its in found if its is not None})

    def _go_to(self, place: QWidget | None) -> None:
        if place is not None:
            place.setFocus()

    def _show(self, category: str, priority: str, typed: Mapping[str, str], left: Mapping[str, str]) -> None:
        self._category, self._priority = category, priority
        self._form = form = self._forms.shelf.current(self._forms.types.get(category))
        fitting, self._left = parted(form, typed, left)
        facts = {**self._facts, Fact.CATEGORY.value: category, Fact.PRIORITY.value: priority}
        self.fields.show_filling(None if form is None else Filling(form, fitting, facts, self._forms.locale))
        self.room_wanted.emit(bool(self.fields.rows) or bool(self._left))
        self.left_over.show_words({self._label(key): self._words(key, text) for key, text in self._left.items()})

    def _discard(self) -> None:
        self._left = {}
        self.left_over.show_words({})
        self.edited.emit()

    def _label(self, key: str) -> str:
        found = self._forms.shelf.field(key, self._forms.types.get(self._category))
        return key if found is None else found.label.in_language(self._formats.language)

    def _words(self, key: str, text: str) -> str:
        """A choice by the name it had."""
        for edition in sorted(self._forms.shelf.editions, key=lambda form: form.edition, reverse=True):
            found = edition.field(key)
            if found is not None and found.kind.is_card:
                return HIDDEN_DIGITS + text
            names = {one.id: one.label for one in found.options} if found is not None else {}
            ids = text.split(BETWEEN_CHOICES)
            if names.keys() >= set(ids):
                return ", ".join(names[id_].in_language(self._formats.language) for id_ in ids)
        return text
