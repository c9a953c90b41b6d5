"""One macro as a form: what is typed for it, its texts in both languages, where it is offered, what it changes.

Values: `show_macro(macro, title, version words)`, `show_faults`, `offer_queues`. `changed(macro)` at every change;
wishes: `save_wanted(macro)`, `discard_wanted(id)`, `earlier_wanted(id)`, which `show_earlier` answers.
"""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QPoint, QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QApplication, QGridLayout, QHBoxLayout, QMenu, QWidget

from agent_desktop.ui.customer.field_words import type_word
from agent_desktop.ui.customer.words import priority_word, status_word
from agent_desktop.ui.look import Look
from agent_desktop.ui.macro_words import explain_macro_fault, macro_field_word, placeholder_word
from agent_desktop.ui.widgets.card import Card
from agent_desktop.ui.widgets.choice import Pick
from agent_desktop.ui.widgets.controls import Button, KeyHint, Tick
from agent_desktop.ui.widgets.parts import Label, set_property
from agent_desktop.ui.widgets.several import Several
from agent_desktop.ui.widgets.typing import TextArea, TextLine
from agent_model.macro import Macro, MacroFault, Placeholder
from agent_model.ticket import CommentKind, Priority, TicketStatus, TicketType
from agent_model.words import Words

LINES = ("code", "title.zh", "title.en")
AREAS = ("text.zh", "text.en")
AREA_PX = 64


class MacroForm(Card):
    changed = Signal(object)
    save_wanted = Signal(object)
    discard_wanted = Signal(str)
    earlier_wanted = Signal(str)

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self._look = look
        self._macro: Macro | None = None
        self.setAccessibleName(self.tr("Macro"))
        self._title, self._version = Label("section", elides=True), Label("hint")
        self.is_on = Tick(look, self.tr("In force"))
        self.takes = Tick(look, self.tr("Whoever writes becomes the owner"))
        self.lines = {name: TextLine(macro_field_word(name)) for name in LINES}
        self.areas = {name: TextArea(macro_field_word(name)) for name in AREAS}
        for area in self.areas.values():
            area.setFixedHeight(look.px(AREA_PX))
        self.types = Several(look, self.tr("Kinds of tickets"), self.tr("Every kind"))
        self.types.show_options([(type_.value, type_word(type_)) for type_ in TicketType])
        self.queues = Several(look, self.tr("Queues"), self.tr("Every queue"))
        self.status, self.priority, self.comment = Pick(look), Pick(look), Pick(look)
        stays = self.tr("As it is")
        states = [one for one in TicketStatus if one is not TicketStatus.CLOSED]
        self._offer(self.status, stays, [(one.value, status_word(one)[0]) for one in states])
        self._offer(self.priority, stays, [(one.value, priority_word(one)) for one in Priority])
        kinds = [
            (CommentKind.INTERNAL.value, self.tr("Among us")),
            (CommentKind.TO_CUSTOMER.value, self.tr("To the customer")),
        ]
        self._offer(self.comment, self.tr("As chosen there"), kinds)
        self.placeholders = Pick(look)
        self._offer(
            self.placeholders,
            self.tr("Put a placeholder into the text"),
            [(one.value, placeholder_word(one)) for one in Placeholder],
        )
        self._text = self.areas["text.zh"]
        self.faults = Label("hint", "", "bad", wraps=True)
        self.save = Button(look, self.tr("Save"), "check", kind="primary")
        self.save.setAccessibleDescription("Ctrl+Enter")
        self.discard = Button(look, self.tr("Discard changes"), kind="ghost")
        self.earlier = Button(look, self.tr("Earlier versions"), "clock", kind="ghost")
        self._lay_out()
        self._connect()

    def _offer(self, pick: Pick, nothing: str, options: Sequence[tuple[str, str]]) -> None:
        pick.addItem(nothing, "")
        for value, words in options:
            pick.addItem(words, value)

    def _lay_out(self) -> None:
        px = self._look.px
        self.head.addWidget(self._title, 1)
        self.head.addWidget(self._version)
        self.head.addWidget(self.is_on)
        self.body.addLayout(self.head)
        grid = QGridLayout()
        grid.setHorizontalSpacing(px(12))
        grid.setVerticalSpacing(px(2))
        self._cell(grid, 0, 0, macro_field_word("code"), self.lines["code"])
        self._cell(grid, 0, 1, macro_field_word("title.zh"), self.lines["title.zh"])
        self._cell(grid, 0, 2, macro_field_word("title.en"), self.lines["title.en"], 2)
        self._cell(grid, 3, 0, macro_field_word("text.zh"), self.areas["text.zh"], 4)
        self._cell(grid, 6, 0, macro_field_word("text.en"), self.areas["text.en"], 4)
        self._cell(grid, 9, 0, self.tr("Offered for kinds"), self.types)
        self._cell(grid, 9, 1, self.tr("Offered in queues"), self.queues)
        grid.addWidget(self.placeholders, 10, 2, 1, 2)
        self._cell(grid, 12, 0, self.tr("Status"), self.status)
        self._cell(grid, 12, 1, self.tr("Priority"), self.priority)
        self._cell(grid, 12, 2, self.tr("Comment for whom"), self.comment)
        grid.addWidget(self.takes, 13, 3)
        for column in range(4):
            grid.setColumnStretch(column, 1)
        self.body.addLayout(grid)
        hint = self.tr("Status, priority and owner go with a comment on a ticket: both are done, or neither.")
        self.body.addWidget(Label("hint", hint, wraps=True))
        self.body.addWidget(self.faults)
        row = QHBoxLayout()
        row.setSpacing(px(8))
        row.addWidget(self.save)
        row.addWidget(self.discard)
        row.addWidget(self.earlier)
        row.addStretch(1)
        row.addWidget(KeyHint("Ctrl ↵"))
        self.body.addLayout(row)

    def _cell(self, grid: QGridLayout, row: int, column: int, words: str, widget: QWidget, span: int = 1) -> None:
        label = Label("meta", words)
        label.setBuddy(widget)
        widget.setAccessibleName(words)
        grid.addWidget(label, row, column, 1, span)
        grid.addWidget(widget, row + 1, column, 1, span)
        grid.setRowMinimumHeight(row + 2, self._look.px(4))

    def _connect(self) -> None:
        for line in self.lines.values():
            line.textChanged.connect(self._tell)
            line.returnPressed.connect(self.send)
        for area in self.areas.values():
            area.textChanged.connect(self._tell)
            area.cursorPositionChanged.connect(lambda area=area: self._write_in(area))
        for pick in (self.status, self.priority, self.comment):
            pick.currentIndexChanged.connect(self._tell)
        for several in (self.types, self.queues):
            several.changed.connect(self._tell)
        for tick in (self.is_on, self.takes):
            tick.toggled.connect(self._tell)
        self.placeholders.activated.connect(self._insert_placeholder)
        self.save.clicked.connect(self.send)
        self.discard.clicked.connect(lambda: self.discard_wanted.emit(self.macro_id))
        self.earlier.clicked.connect(lambda: self.earlier_wanted.emit(self.macro_id))

    @property
    def macro_id(self) -> str:
        return self._macro.id if self._macro else ""

    @property
    def macro(self) -> Macro | None:
        """What is in the form now."""
        if self._macro is None:
            return None
        said = {name: line.text().strip() for name, line in self.lines.items()}
        text = {name: area.toPlainText().rstrip() for name, area in self.areas.items()}
        status, priority, comment = (pick.currentData() for pick in (self.status, self.priority, self.comment))
        return replace(
            self._macro,
            code=said["code"],
            title=Words(said["title.zh"], said["title.en"]),
            text=Words(text["text.zh"], text["text.en"]),
            types=tuple(TicketType(one) for one in self.types.chosen),
            queues=self.queues.chosen,
            status=TicketStatus(status) if status else None,
            priority=Priority(priority) if priority else None,
            takes=self.takes.isChecked(),
            comment=CommentKind(comment) if comment else None,
            is_on=self.is_on.isChecked(),
        )

    def offer_queues(self, queues: Sequence[tuple[str, str]]) -> None:
        self.queues.show_options(queues)

    def show_macro(self, macro: Macro, title: str, version: str, *, is_begun: bool) -> None:
        """Fills the form without emitting; `is_begun`: it is not as it was saved."""
        self._macro = None
        self._title.say(title)
        self._version.say(version)
        lines = {"code": macro.code, "title.zh": macro.title.zh, "title.en": macro.title.en}
        for name, line in self.lines.items():
            line.setText(lines[name])
        for name, text in (("text.zh", macro.text.zh), ("text.en", macro.text.en)):
            self.areas[name].setPlainText(text)
        self._text = self.areas["text.zh"]
        self.types.choose([type_.value for type_ in macro.types])
        self.queues.choose(macro.queues)
        for pick, value in (
            (self.status, macro.status),
            (self.priority, macro.priority),
            (self.comment, macro.comment),
        ):
            pick.setCurrentIndex(max(0, pick.findData("" if value is None else value.value)))
        self.takes.setChecked(macro.takes)
        self.is_on.setChecked(macro.is_on)
        self.show_faults(())
        self.show_begun(is_begun=is_begun)
        self.earlier.offer(is_possible=macro.version > 0, why_not=self.tr("Nobody has changed this macro yet."))
        self._macro = macro

    def show_begun(self, *, is_begun: bool) -> None:
        self.discard.setEnabled(is_begun)

    def show_faults(self, faults: Sequence[MacroFault]) -> None:
        """Says what is wrong, by field, and goes to the first of them."""
        wrong = {fault.field for fault in faults}
        fields: dict[str, QWidget] = {**self.lines, **self.areas}
        for name, widget in fields.items():
            set_property(widget, "fault", name in wrong)
        self.faults.say("\n".join(explain_macro_fault(fault) for fault in faults))
        self.faults.setVisible(bool(faults))
        first = next((name for name in fields if name in wrong), None)
        if first is not None:
            fields[first].setFocus()

    def show_earlier(self, versions: Sequence[tuple[str, Macro]]) -> None:
        """Each in words; one that is chosen is written into the form, and saved only if the person says so."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for words, macro in versions:
            menu.addAction(words).triggered.connect(lambda _=False, macro=macro: self._take_up(macro))
        menu.popup(self.earlier.mapToGlobal(QPoint(0, self.earlier.height())))

    def show_failure(self, words: str) -> None:
        """The disk did not take it: what is written stays here."""
        self.faults.say(words)
        self.faults.show()

    def send(self) -> None:
        if (macro := self.macro) is not None:
            self.save_wanted.emit(macro)

    def _take_up(self, earlier: Macro) -> None:
        now = self._macro
        if now is not None and now.id == earlier.id:
            taken = replace(earlier, version=now.version, changed_by=now.changed_by, changed_at=now.changed_at)
            self.show_macro(taken, self._title.full_text, self._version.text(), is_begun=True)
            self._tell()

    def _tell(self, *_: object) -> None:
        if (macro := self.macro) is not None:
            self.changed.emit(macro)

    def _write_in(self, area: TextArea) -> None:
        if area is QApplication.focusWidget():
            self._text = area

    def _insert_placeholder(self) -> None:
        """Where the cursor is in the text that was written in last."""
        name = self.placeholders.currentData()
        with QSignalBlocker(self.placeholders):
            self.placeholders.setCurrentIndex(0)
        if name:
            self._text.insertPlainText(f"{{{name}}}")
            self._text.setFocus()
