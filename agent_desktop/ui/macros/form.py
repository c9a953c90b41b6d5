"""One macro as a form: what is typed for it, its texts in both languages, where it is offered, what it changes.

Values and wishes of a RowForm, and `offer_queues`.
"""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QApplication, QWidget

from agent_desktop.ui.appearance.look import Look
from agent_desktop.ui.customer.field_words import type_word
from agent_desktop.ui.customer.words import priority_word, status_word
from agent_desktop.ui.macros.words import explain_macro_fault, macro_field_word, placeholder_word
from agent_desktop.ui.row_editing.form import RowForm
from agent_desktop.ui.widgets.choice import Pick
from agent_desktop.ui.widgets.controls import Tick
from agent_desktop.ui.widgets.parts import Label, set_property
from agent_desktop.ui.widgets.several import Several
from agent_desktop.ui.widgets.typing import TextArea, TextLine
from agent_model.macro import Macro, MacroFault, Placeholder
from agent_model.ticket import CommentKind, Priority, TicketStatus, TicketType
from agent_model.words import Words

LINES = ("code", "title.zh", "title.en")
AREAS = ("text.zh", "text.en")
AREA_PX = 64


class MacroForm(RowForm[Macro]):
    def __init__(self, look: Look) -> None:
        super().__init__(look, self.tr("Macro"), self.tr("Nobody has changed this macro yet."))
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
        self._lay_out()
        self._connect()

    def _offer(self, pick: Pick, nothing: str, options: Sequence[tuple[str, str]]) -> None:
        pick.addItem(nothing, "")
        for value, words in options:
            pick.addItem(words, value)

    def _lay_out(self) -> None:
        self.add_to_head(self.is_on)
        grid = self._grid()
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
        hint = self.tr("Status, priority and owner go with a comment on a ticket: both are done, or neither.")
        self.inside.addWidget(Label("hint", hint, wraps=True))

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

    def _written(self, shown: Macro) -> Macro:
        said = {name: line.text().strip() for name, line in self.lines.items()}
        text = {name: area.toPlainText().rstrip() for name, area in self.areas.items()}
        status, priority, comment = (pick.currentData() for pick in (self.status, self.priority, self.comment))
        return replace(
            shown,
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

    def _fill(self, macro: Macro) -> None:
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

    def show_faults(self, faults: Sequence[MacroFault]) -> None:
        wrong = {fault.field for fault in faults}
        fields: dict[str, QWidget] = {**self.lines, **self.areas}
        for name, widget in fields.items():
            set_property(widget, "fault", name in wrong)
        self._say("\n".join(explain_macro_fault(fault) for fault in faults))
        first = next((name for name in fields if name in wrong), None)
        if first is not None:
            fields[first].setFocus()

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
