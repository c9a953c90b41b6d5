"""The form in which a customer is changed, by keyboard alone. It stands where the timeline is.

Values: `show_draft(CustomerDraft)`, `show_saved(at)`, `show_faults`, `show_failure(words)`, `put_away()`. Wishes:
`draft_changed(CustomerDraft)` at every change, `submit_wanted(CustomerDraft)`, `discard_wanted(customer id)`, `left`.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from agent_desktop.customers.edits import LIMIT, CustomerDraft, Fault
from agent_desktop.ui.appearance.formats import Formats
from agent_desktop.ui.appearance.look import Look
from agent_desktop.ui.customer.field_words import SEPARATOR, field_word, typed_value
from agent_desktop.ui.customer.words import native_language
from agent_desktop.ui.forms.fields_pane import FieldsPane
from agent_desktop.ui.forms.words import explain_value
from agent_desktop.ui.messages.trouble import explain_fault
from agent_desktop.ui.strip.party import tier_word
from agent_desktop.ui.widgets.card import Card
from agent_desktop.ui.widgets.choice import Pick
from agent_desktop.ui.widgets.controls import Button, KeyHint, Tick
from agent_desktop.ui.widgets.parts import Label, set_property
from agent_desktop.ui.widgets.typing import TextLine
from agent_model.customer import Tier
from agent_model.customer_form import key_of
from agent_model.form_value import ValueFault
from agent_model.phone_number import PhoneNumber, masked

LANGUAGES = ("zh-CN", "zh-HK", "en", "ja", "ko", "fr", "de", "es", "ru", "ar")
TYPED = ("name", "company", "email", "region", "tags")


class CustomerEditor(Card):
    draft_changed = Signal(object)
    submit_wanted = Signal(object)
    discard_wanted = Signal(str)
    left = Signal()

    def __init__(self, look: Look, formats: Formats) -> None:
        super().__init__(look)
        self._look, self._formats = look, formats
        self._draft: CustomerDraft | None = None
        self.setAccessibleName(self.tr("Edit the customer"))
        self._saved = Label("hint")
        self.head.addWidget(Label("section", self.tr("Edit the customer")))
        self.head.addStretch(1)
        self.head.addWidget(self._saved)
        self.body.addLayout(self.head)
        self.lines = {name: TextLine(field_word(name)) for name in TYPED}
        self.lines["tags"].setPlaceholderText(self.tr("Separated by commas"))
        self.language, self.tier = Pick(look), Pick(look)
        for tier in Tier:
            self.tier.addItem(tier_word(tier), str(tier))
        self.tier.setAccessibleName(field_word("tier"))
        self.language.setAccessibleName(field_word("language"))
        self.is_verified = Tick(look, field_word("is_verified"))
        self.new_number = TextLine(self.tr("Another number"), self.tr("A number to be added"))
        self.numbers: dict[str, Tick] = {}
        self.submit = Button(look, self.tr("Save"), "check", kind="primary")
        self.back = Button(look, self.tr("Back"))
        self.discard = Button(look, self.tr("Discard changes"), kind="ghost")
        self.submit.setAccessibleDescription("Ctrl+Enter")
        self.back.setToolTip(self.tr("What you wrote is kept and is here again when you come back."))
        self._faults = {name: Label("hint", "", "bad", wraps=True) for name in (*TYPED[:4], "new_number")}
        self.own = FieldsPane(look, formats.language)
        self.own.follows = self.new_number
        self._outcome = Label("meta", "", "bad", wraps=True)
        self._lay_out()
        self._connect()
        self.hide()

    def _lay_out(self) -> None:
        px = self._look.px
        inside = QWidget()
        grid = QGridLayout(inside)
        grid.setContentsMargins(0, 0, px(4), 0)
        grid.setHorizontalSpacing(px(12))
        grid.setVerticalSpacing(px(2))
        cells: tuple[tuple[str, QWidget], ...] = (
            ("name", self.lines["name"]),
            ("company", self.lines["company"]),
            ("email", self.lines["email"]),
            ("region", self.lines["region"]),
            ("language", self.language),
            ("tier", self.tier),
        )
        for n, (name, widget) in enumerate(cells):
            line, column = divmod(n, 2)
            self._cell(grid, line * 4, column, f"{field_word(name)} *" if name == "name" else field_word(name), widget)
            if name in self._faults:
                grid.addWidget(self._faults[name], line * 4 + 2, column)
        self._cell(grid, 12, 0, field_word("tags"), self.lines["tags"])
        grid.addWidget(self.is_verified, 13, 1)
        self._cell(grid, 16, 0, self.tr("Another number"), self.new_number)
        grid.addWidget(self._faults["new_number"], 18, 0)
        self._numbers = QVBoxLayout()
        self._numbers.setSpacing(px(2))
        self._about_numbers = Label("meta", self.tr("Numbers that stay"))
        grid.addWidget(self._about_numbers, 16, 1)
        grid.addLayout(self._numbers, 17, 1, 2, 1, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(self.own, 19, 0, 1, 2)
        grid.setRowStretch(20, 1)
        for column in (0, 1):
            grid.setColumnStretch(column, 1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setWidget(inside)
        scroll.setAccessibleName(self.tr("Edit the customer"))
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.body.addWidget(scroll, 1)
        self.body.addWidget(self._outcome)
        row = QHBoxLayout()
        row.setSpacing(px(8))
        for widget in (self.submit, self.back, self.discard):
            row.addWidget(widget)
        row.addStretch(1)
        row.addWidget(KeyHint("Ctrl ↵"))
        self.body.addLayout(row)

    def _cell(self, grid: QGridLayout, row: int, column: int, words: str, widget: QWidget) -> None:
        label = Label("meta", words)
        label.setBuddy(widget)
        grid.addWidget(label, row, column)
        grid.addWidget(widget, row + 1, column)
        grid.setRowMinimumHeight(row + 3, self._look.px(4))

    def _connect(self) -> None:
        for line in (*self.lines.values(), self.new_number):
            line.textChanged.connect(self._changed)
            line.returnPressed.connect(self.send)
        self.tier.currentIndexChanged.connect(self._changed)
        self.language.currentIndexChanged.connect(self._changed)
        self.is_verified.toggled.connect(self._changed)
        self.own.edited.connect(self._changed)
        self.submit.clicked.connect(self.send)
        self.back.clicked.connect(self.left)
        self.discard.clicked.connect(lambda: self.discard_wanted.emit(self.customer_id))

    @property
    def customer_id(self) -> str:
        """Whose form it is; empty while it is put away."""
        return self._draft.customer_id if self._draft else ""

    @property
    def is_open(self) -> bool:
        return self._draft is not None

    @property
    def draft(self) -> CustomerDraft | None:
        """What is in the form now: a field that reads as it was seen was not changed."""
        if self._draft is None:
            return None
        said: dict[str, Any] = {
            name: typed_value(name, line.text()) for name, line in self.lines.items() if line.text() != self._read(name)
        }
        said["tier"], said["language"] = self.tier.currentData(), self.language.currentData()
        said["is_verified"] = self.is_verified.isChecked()
        if self._draft.has_whole_numbers:
            said["phones"] = [number for number, tick in self.numbers.items() if tick.isChecked()]
        wanted = {name: value for name, value in said.items() if value != self._draft.seen.get(name)}
        draft = replace(self._draft, wanted=wanted, new_number=self.new_number.text())
        return draft.with_typed(self.own.typed)

    def show_draft(self, draft: CustomerDraft) -> None:
        """Fills the form without emitting."""
        self._draft = draft
        values = draft.values
        for name, line in self.lines.items():
            with QSignalBlocker(line):
                line.setText(_line_text(values.get(name)))
        for name in ("name", "email"):
            is_kept_back = name in draft.kept_back
            self.lines[name].setReadOnly(is_kept_back)
            self.lines[name].setToolTip(self.tr("This is kept back from your role.") if is_kept_back else "")
        with QSignalBlocker(self.new_number):
            self.new_number.setText(draft.new_number)
        self._offer_languages(str(values.get("language") or ""))
        _choose(self.tier, str(values.get("tier") or ""))
        with QSignalBlocker(self.is_verified):
            self.is_verified.setChecked(bool(values.get("is_verified")))
        self._show_numbers(draft)
        self.own.show_filling(None)
        self.own.show_filling(draft.filled)
        self.show_faults({})
        self._outcome.hide()
        self._saved.say("")
        if draft.saved_at is not None:
            self.show_saved(draft.saved_at)
        self.show()

    def put_away(self) -> None:
        self._draft = None
        self.hide()

    def start(self) -> None:
        """The keyboard goes to the first field."""
        self.lines["name"].setFocus()
        self.lines["name"].selectAll()

    def send(self) -> None:
        if (draft := self.draft) is not None:
            self.submit_wanted.emit(draft)

    def show_saved(self, at: datetime) -> None:
        self._saved.say(self.tr("Saved {clock}").format(clock=self._formats.clock(at)), "ok")

    def offer_products(self, products: tuple[tuple[str, str], ...]) -> None:
        """What a field for a product offers, as (id, name)."""
        self.own.offer_products(products)

    def show_faults(self, faults: Mapping[str, Fault | ValueFault]) -> None:
        """Says under each field what is wrong and goes to the first of them."""
        fields = {**self.lines, "new_number": self.new_number}
        for name, label in self._faults.items():
            fault = faults.get(name)
            words = explain_fault(fault, LIMIT) if isinstance(fault, Fault) else ""
            label.setVisible(bool(words))
            label.say(words)
            set_property(fields[name], "fault", bool(words))
            fields[name].setAccessibleDescription(words)
        first = self._show_own_faults(
            {key_of(name): one for name, one in faults.items() if isinstance(one, ValueFault)}
        )
        first = next((fields[name] for name in self._faults if name in faults), first)
        if first is not None:
            first.setFocus()

    def _show_own_faults(self, faults: Mapping[str, ValueFault]) -> QWidget | None:
        """Beside each of the fields that the site made; where the first of them is typed."""
        rows = {row.key: row.field for row in self.own.rows}
        return self.own.show_faults({key: explain_value(one, rows[key]) for key, one in faults.items() if key in rows})

    def show_failure(self, words: str) -> None:
        """The disk did not take it: the text stays here."""
        self._outcome.say(words)
        self._outcome.show()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def _read(self, name: str) -> str:
        return _line_text(self._draft.seen.get(name)) if self._draft else ""

    def _changed(self) -> None:
        if (draft := self.draft) is not None:
            self.draft_changed.emit(draft)

    def _offer_languages(self, chosen: str) -> None:
        offered = dict.fromkeys((*LANGUAGES, chosen) if chosen else LANGUAGES)
        with QSignalBlocker(self.language):
            self.language.clear()
            for tag in offered:
                self.language.addItem(native_language(tag), tag)
        _choose(self.language, chosen)

    def _show_numbers(self, draft: CustomerDraft) -> None:
        while (item := self._numbers.takeAt(0)) is not None:
            if (gone := item.widget()) is not None:
                gone.hide()
                gone.deleteLater()
        stay = set(draft.values.get("phones") or ())
        self.numbers = {}
        for number in draft.seen.get("phones") or ():
            tick = Tick(self._look, masked(PhoneNumber(number)))
            tick.setChecked(number in stay)
            tick.setEnabled(draft.has_whole_numbers)
            tick.setToolTip("" if draft.has_whole_numbers else self.tr("You may not take numbers away."))
            tick.toggled.connect(self._changed)
            self.numbers[number] = tick
            self._numbers.addWidget(tick)
        self._about_numbers.setVisible(bool(self.numbers))


def _line_text(value: Any) -> str:
    return SEPARATOR.join(value) if isinstance(value, list) else str(value or "")


def _choose(pick: Pick, value: str) -> None:
    with QSignalBlocker(pick):
        pick.setCurrentIndex(max(0, pick.findData(value)))
