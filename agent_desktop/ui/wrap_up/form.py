"""What a call is wrapped up with, by keyboard alone: what it came to, the note, whether a ticket and a callback follow.

Values: `show_draft(WrapUpDraft)`, `disposition.offer`, `show_required`, `show_faults({field: sentence})`,
`show_understood(sentence)` for when to call back. Wishes: `draft_changed(WrapUpDraft)` at every change by the person,
`whole_ticket_wanted` for every field of the ticket.
"""

from collections.abc import Mapping
from dataclasses import replace

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from agent_desktop.ui.appearance.look import Look
from agent_desktop.ui.widgets.controls import Button, Tick
from agent_desktop.ui.widgets.parts import Label, set_property
from agent_desktop.ui.widgets.typing import TextArea, TextLine
from agent_desktop.ui.wrap_up.disposition_field import DispositionField
from agent_desktop.wrap_up import WrapUpDraft

NOTE_PX = 62


class WrapUpForm(QWidget):
    draft_changed = Signal(object)
    whole_ticket_wanted = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._draft = WrapUpDraft("")
        self.setAccessibleName(self.tr("Wrap-up"))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.disposition = DispositionField(look)
        self.note = TextArea(self.tr("Note"), self.tr("What was said and done"))
        self.note.setFixedHeight(look.px(NOTE_PX))
        self.ticket = Tick(look, self.tr("Ticket"))
        self.callback = Tick(look, self.tr("Callback"))
        self.whole = Button(look, self.tr("All fields"), kind="link", tip="Ctrl+N")
        self.due = TextLine(self.tr("When to call back"), self.tr("tomorrow 10:00, in 2 h, Friday"))
        self._understood = Label("hint", "", wraps=True)
        self._required = Label("meta", self.tr("Disposition"))
        self._fields: dict[str, QWidget] = {"code": self.disposition, "note": self.note, "due": self.due}
        self._faults = {name: Label("hint", "", "bad", wraps=True) for name in self._fields}
        self._lay_out(look)
        self.disposition.picked.connect(lambda _: self._changed())
        self.disposition.passed.connect(self.note.setFocus)
        self.note.textChanged.connect(self._changed)
        self.due.textChanged.connect(self._changed)
        for tick in (self.ticket, self.callback):
            tick.clicked.connect(self._ticked)
        self.whole.clicked.connect(self.whole_ticket_wanted)
        self.show_draft(self._draft)

    def _lay_out(self, look: Look) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.px(3))
        note = Label("meta", self.tr("Note"))
        self._required.setBuddy(self.disposition)
        note.setBuddy(self.note)
        above: tuple[QWidget, ...] = (self._required, self.disposition, self._faults["code"], note, self.note)
        for widget in (*above, self._faults["note"]):
            column.addWidget(widget)
        ticks = QHBoxLayout()
        ticks.setSpacing(look.px(12))
        ticks.addWidget(self.ticket)
        ticks.addWidget(self.callback)
        ticks.addStretch(1)
        ticks.addWidget(self.whole)
        column.addLayout(ticks)
        below: tuple[QWidget, ...] = (self.due, self._understood, self._faults["due"])
        for widget in below:
            column.addWidget(widget)
        for fault in self._faults.values():
            fault.hide()

    @property
    def draft(self) -> WrapUpDraft:
        """What is in the form now."""
        return replace(
            self._draft,
            note=self.note.toPlainText(),
            code=self.disposition.chosen,
            has_ticket=self.ticket.isChecked(),
            calls_back=self.callback.isChecked(),
            due=self.due.text(),
        )

    @property
    def is_being_written(self) -> bool:
        focus = self.focusWidget()
        return bool(self.note.toPlainText() or self.due.text()) and focus is not None and focus.hasFocus()

    def show_draft(self, draft: WrapUpDraft) -> None:
        """Fills the form without emitting. The cursor stays where it is when the same draft comes back."""
        is_same = draft.key == self._draft.key
        self._draft = draft
        with QSignalBlocker(self.note), QSignalBlocker(self.due):
            if self.note.toPlainText() != draft.note:
                self.note.setPlainText(draft.note)
            if self.due.text() != draft.due:
                self.due.setText(draft.due)
        self.disposition.choose(draft.code)
        self.ticket.setChecked(draft.has_ticket)
        self.callback.setChecked(draft.calls_back)
        self._show_due()
        if not is_same:
            self.show_faults({})

    def show_required(self, *, is_required: bool) -> None:
        """Whether a disposition must be chosen before the work after the call ends."""
        words = self.tr("Disposition")
        self._required.say(f"{words} *" if is_required else words)
        self.disposition.setAccessibleDescription(self.tr("required") if is_required else "Ctrl+E")

    def show_faults(self, faults: Mapping[str, str], *, goes_there: bool = True) -> None:
        """A sentence under each field that does not do, by `code`, `note` and `due`; the cursor goes to the first."""
        fields = self._fields
        for name, label in self._faults.items():
            label.say(faults.get(name, ""))
            label.setVisible(name in faults)
            set_property(fields[name], "fault", name in faults)
        first = next((fields[name] for name in fields if name in faults), None)
        if first is not None and goes_there:
            first.setFocus()

    def show_understood(self, words: str) -> None:
        """When the customer will be called back, as it was understood."""
        self._understood.say(words)
        self._understood.setVisible(bool(words) and self.callback.isChecked())

    def tick_ticket(self, *, is_wanted: bool) -> None:
        """As if the person had ticked it."""
        if self.ticket.isChecked() != is_wanted:
            self.ticket.setChecked(is_wanted)
            self._changed()

    def tick_callback(self) -> None:
        if not self.callback.isChecked():
            self.callback.setChecked(True)
            self._changed()

    def start(self) -> None:
        self.disposition.setFocus()

    def _ticked(self) -> None:
        self._show_due()
        self._changed()
        if self.sender() is self.callback and self.callback.isChecked():
            self.due.setFocus()

    def _show_due(self) -> None:
        calls_back = self.callback.isChecked()
        self.due.setVisible(calls_back)
        self.whole.setVisible(self.ticket.isChecked())
        if not calls_back:
            self._understood.hide()
            self._faults["due"].hide()

    def _changed(self) -> None:
        self._show_due()
        for name, label in self._faults.items():
            if not label.isHidden():
                label.hide()
                set_property(self._fields[name], "fault", value=False)
        self.draft_changed.emit(self.draft)
