"""The fields of a form, filled in by keyboard alone: those that are asked now, with their help and what is wrong.

Values: `show_filling(Filling)` fills and shows without emitting and moves no cursor, `show_faults({key: sentence})`,
`offer_products`. Wishes: `edited` at every change by the person, `secret_changed(bool)` while a card number is typed.
"""

from collections.abc import Mapping
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from agent_desktop.ui.appearance.look import Look
from agent_desktop.ui.forms.entries import CardEntry, Entry, entry_for
from agent_desktop.ui.forms.words import explain_value
from agent_desktop.ui.widgets.parts import Label
from agent_model.form import FieldKind, FormField
from agent_model.form_filling import Filling
from agent_model.form_value import ValueFault

REQUIRED = " *"


class FieldsPane(QWidget):
    edited = Signal()
    secret_changed = Signal(bool)

    def __init__(self, look: Look, language: str) -> None:
        super().__init__()
        self._look, self._language = look, language
        self._rows: dict[tuple[str, FieldKind], FieldRow] = {}
        self._products: tuple[tuple[str, str], ...] = ()
        self._filling: Filling | None = None
        self._typed: dict[str, str] = {}
        self._is_secret = False
        self._is_brief = False
        self.follows: QWidget | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(look.px(6))

    @property
    def typed(self) -> Mapping[str, str]:
        """What somebody typed, by key; not what fields began with."""
        return dict(self._typed)

    @property
    def is_secret(self) -> bool:
        """A card number is being taken down."""
        return self._is_secret

    def row(self, key: str) -> "FieldRow | None":
        """The row of a field of the form on the screen."""
        return next((row for (its, _), row in self._rows.items() if its == key and not row.isHidden()), None)

    @property
    def rows(self) -> "tuple[FieldRow, ...]":
        """Those that are asked, in order."""
        order = sorted(self._rows.values(), key=self._column.indexOf)
        return tuple(row for row in order if not row.isHidden())

    def offer_products(self, products: tuple[tuple[str, str], ...]) -> None:
        """The products that can be chosen, as (id, name)."""
        self._products = products
        for row in self._rows.values():
            row.offer(products)

    def show_filling(self, filling: Filling | None) -> None:
        """None where nothing is asked. What stands in a field that stays, stays, with its cursor."""
        self._filling = filling
        self._typed = {} if filling is None else dict(filling.typed)
        fields = () if filling is None else filling.form.fields
        wanted = {(field.key, field.kind): field for field in fields}
        for place in [place for place in self._rows if place not in wanted]:
            self._drop(self._rows.pop(place))
        for number, (place, field) in enumerate(wanted.items()):
            row = self._rows.get(place) or self._new_row(place, field)
            row.say(field)
            row.offer(self._products)
            if filling is not None:
                row.entry.put(filling.text(field))
            if self._column.indexOf(row) != number:
                self._column.insertWidget(number, row)
        self._order_tabs()
        self._ask()
        self._secret_moved()

    def be_brief(self, *, is_brief: bool) -> None:
        """Whether only what must be filled in is shown, and what is filled in already."""
        if is_brief != self._is_brief:
            self._is_brief = is_brief
            self._ask()

    def show_faults(self, faults: Mapping[str, str]) -> QWidget | None:
        """A sentence beside each of these fields; where the first of them is typed."""
        first = None
        for row in self.rows:
            row.say_fault(faults.get(row.key, ""))
            if first is None and row.key in faults:
                first = row.entry
        return first

    def half_cards(self) -> dict[str, str]:
        """Card numbers that are not whole: they would not be sent, and nobody would notice."""
        return {
            row.key: explain_value(ValueFault.MALFORMED, row.field)
            for row in self.rows
            if isinstance(row.entry, CardEntry) and row.entry.is_half
        }

    def _new_row(self, place: tuple[str, FieldKind], field: FormField) -> "FieldRow":
        row = self._rows[place] = FieldRow(self._look, field, self._language)
        row.entry.edited.connect(lambda: self._changed(row))
        row.entry.holds_secret_changed.connect(self._secret_moved)
        return row

    def _order_tabs(self) -> None:
        """Tab goes from field to field, though they were made in another order."""
        before = self.follows
        for row in sorted(self._rows.values(), key=self._column.indexOf):
            for stop in row.entry.stops:
                if before is not None and before.window() is stop.window():
                    self.setTabOrder(before, stop)
                before = stop

    def _drop(self, row: "FieldRow") -> None:
        if row.isAncestorOf(self.focusWidget() or self):
            self.focusNextChild()
        self._column.removeWidget(row)
        row.hide()
        row.deleteLater()

    def _changed(self, row: "FieldRow") -> None:
        self._typed[row.key] = row.entry.text
        if self._filling is not None:
            self._filling = replace(self._filling, typed=self._typed)
        self._ask()
        row.say_fault("")
        self.edited.emit()

    def _ask(self) -> None:
        """Shows what is asked now; of a card that is asked no more nothing stays."""
        if self._filling is None:
            return
        asked = {field.key for field in self._filling.shown}
        must = self._filling.needed
        for (key, _), row in self._rows.items():
            is_asked = key in asked
            if not is_asked and isinstance(row.entry, CardEntry):
                row.entry.forget()
                self._typed.pop(key, None)
            is_wanted = not self._is_brief or key in must or bool(self._typed.get(key))
            row.setVisible(is_asked and is_wanted)
            row.require(is_required=key in must)

    def _secret_moved(self) -> None:
        is_secret = any(row.entry.holds_secret and not row.isHidden() for row in self._rows.values())
        if is_secret != self._is_secret:
            self._is_secret = is_secret
            self.secret_changed.emit(is_secret)


class FieldRow(QWidget):
    """Label, entry, help, and what is wrong."""

    def __init__(self, look: Look, field: FormField, language: str) -> None:
        super().__init__()
        self.key = field.key
        self.field = field
        self._language = language
        self._is_required = False
        label = field.label.in_language(language)
        self.entry: Entry = entry_for(look, field, label, self.tr("Type a part of it"))
        self._label = Label("meta", wraps=True)
        self._label.setBuddy(self.entry.place)
        self._help = Label("hint", wraps=True)
        self._fault = Label("hint", "", "bad", wraps=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.px(3))
        for widget in (self._label, self.entry, self._help, self._fault):
            column.addWidget(widget)
        self._fault.hide()

    def say(self, field: FormField) -> None:
        """The words of the edition on the screen."""
        self.field = field
        help_words = field.help.in_language(self._language)
        self._help.say(help_words)
        self._help.setVisible(bool(help_words))
        self._name()

    def offer(self, products: tuple[tuple[str, str], ...]) -> None:
        if self.field.kind is FieldKind.PRODUCT:
            self.entry.offer(products)
        elif self.field.kind.has_options:
            self.entry.offer([(one.id, one.label.in_language(self._language)) for one in self.field.options])

    def require(self, *, is_required: bool) -> None:
        self._is_required = is_required
        self._name()

    def say_fault(self, words: str) -> None:
        self._fault.say(words)
        self._fault.setVisible(bool(words))
        self.entry.mark(is_faulty=bool(words))
        self._name()

    def _name(self) -> None:
        words = self.field.label.in_language(self._language)
        self._label.say(words + REQUIRED if self._is_required else words)
        about = [self.tr("required") if self._is_required else "", self._help.full_text, self._fault.full_text]
        self.entry.name(words, " · ".join(filter(None, about)))
