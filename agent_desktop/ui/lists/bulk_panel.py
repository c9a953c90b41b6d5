"""The tickets that are chosen, changed in one go: what of them, to what, and why; then what became of it.

Values: `show_wish`, `offer_values`, `show_outcome`. Wishes: `field_turned(field)`,
`change_wanted(field, value, reason)`, `undo_wanted`, `closed`.
"""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from agent_desktop.tickets.bulk import BulkField
from agent_desktop.ui.appearance.look import Look
from agent_desktop.ui.widgets.choice import Choice
from agent_desktop.ui.widgets.controls import Button, Field, Segments
from agent_desktop.ui.widgets.parts import Label


class BulkPanel(QFrame):
    field_turned = Signal(str)
    change_wanted = Signal(str, str, str)
    undo_wanted = Signal()
    closed = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        px = look.px
        self.setProperty("role", "card")
        self.setAccessibleName(self.tr("Change the tickets that are chosen"))
        self._head = Label("section", "")
        self.field = Segments(
            self.tr("What to change"),
            [
                (BulkField.STATUS, self.tr("State"), "accent"),
                (BulkField.PRIORITY, self.tr("Priority"), "accent"),
                (BulkField.OWNER, self.tr("Owner"), "accent"),
                (BulkField.QUEUE, self.tr("Queue"), "accent"),
            ],
        )
        self.field.setFixedWidth(px(320))
        self.value = Choice(look, self.tr("To what"), self.tr("Type a part of it"))
        self.value.setFixedWidth(px(200))
        self.reason = Field(look, self.tr("Why"), self.tr("Why; whoever gets the ticket reads it"), "note")
        self.change = Button(look, self.tr("Change them"), "check", kind="primary")
        self.undo = Button(look, self.tr("Take back what was not sent"), kind="ghost", size="compact")
        self.close_button = Button(look, "", "close", kind="ghost", name=self.tr("Close"))
        self._outcome = Label("meta", "", wraps=True)
        top, way, end = QHBoxLayout(), QHBoxLayout(), QHBoxLayout()
        top.addWidget(self._head, 1)
        top.addWidget(self.close_button)
        for widget in (self.field, self.value, self.reason, self.change):
            way.addWidget(widget, 1 if widget is self.reason else 0)
        end.addWidget(self._outcome, 1)
        end.addWidget(self.undo)
        column = QVBoxLayout(self)
        column.setContentsMargins(px(14), px(10), px(14), px(12))
        column.setSpacing(px(8))
        for row in (top, way, end):
            row.setSpacing(px(8))
            column.addLayout(row)
        self.field.choose(BulkField.STATUS)
        self.field.chosen.connect(self.field_turned)
        self.change.clicked.connect(self._change)
        self.reason.entered.connect(self._change)
        self.undo.clicked.connect(self.undo_wanted)
        self.close_button.clicked.connect(self.closed)
        self.undo.hide()

    def show_wish(self, count: int) -> None:
        self._head.say(self.tr("Change {count} tickets").format(count=count))
        self._outcome.say("")
        self.undo.hide()
        self.change.setEnabled(True)
        self.value.setFocus()

    def offer_values(self, values: Sequence[tuple[str, str]]) -> None:
        self.value.choose("")
        self.value.offer(values)
        self.value.choose("")

    def show_outcome(self, words: str, tone: str, *, can_undo: bool) -> None:
        self._outcome.say(words, tone)
        self.undo.setVisible(can_undo)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    def _change(self) -> None:
        if self.value.chosen:
            self.change_wanted.emit(self.field.value, self.value.chosen, self.reason.text().strip())
        else:
            self._outcome.say(self.tr("Choose what it is to become."), "warn")
            self.value.setFocus()
