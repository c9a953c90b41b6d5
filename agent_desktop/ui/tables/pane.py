"""What would come of a table from a file, and the word to do it: a head, what is said of it, its rows, how it went.

Values: `show_trouble`, `be_busy`, `say`. Wishes: `write_wanted`, `closed`; `turned(is_shown)` when it comes and goes.
"""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from agent_desktop.ui.appearance.look import Look
from agent_desktop.ui.tables.figures_table import FiguresTable
from agent_desktop.ui.widgets.controls import Button
from agent_desktop.ui.widgets.parts import Label


class TablePane(QFrame):
    write_wanted = Signal()
    closed = Signal()
    turned = Signal(bool)

    def __init__(self, look: Look, name: str, write: str, rows: str, most_rows: int) -> None:
        """`name` and `rows`: what a screen reader calls it and its rows; `write`: the word to do it; `most_rows` are
        seen at once."""
        super().__init__()
        px = look.px
        self.setProperty("role", "card")
        self.setAccessibleName(name)
        self.head = Label("section", "", wraps=True)
        self.about = Label("hint", "", wraps=True)
        self.outcome = Label("meta", "", wraps=True)
        self.write = Button(look, write, "check", kind="primary")
        self.close_button = Button(look, "", "close", kind="ghost", name=self.tr("Close"))
        self.table = FiguresTable(look, rows, most_rows)
        top = QHBoxLayout()
        top.addWidget(self.head, 1)
        top.addWidget(self.write)
        top.addWidget(self.close_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(px(14), px(10), px(14), px(12))
        column.setSpacing(px(8))
        column.addLayout(top)
        for widget in (self.about, self.table, self.outcome):
            column.addWidget(widget)
        self.write.clicked.connect(self.write_wanted)
        self.close_button.clicked.connect(self.closed)
        self.hide()

    def show_trouble(self, name: str, words: str) -> None:
        """A table that cannot be read, or tried, as a whole."""
        self.head.say(f"“{name}”")
        self.about.hide()
        self.table.hide()
        self.write.hide()
        self.say(words, "bad")
        self.show()
        self.close_button.setFocus()

    def be_busy(self, *, is_busy: bool) -> None:
        """What comes of it is not missed."""
        self.write.setEnabled(not is_busy)
        self.close_button.setEnabled(not is_busy)

    def say(self, words: str, tone: str = "") -> None:
        self.outcome.say(words, tone)
        self.outcome.setVisible(bool(words))

    def setVisible(self, visible: bool) -> None:
        super().setVisible(visible)
        self.turned.emit(visible)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.close_button.isEnabled():
            self.closed.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.write.hasFocus():
            self.write.click()
        else:
            super().keyPressEvent(event)

    def _offer(self, *, is_something: bool) -> None:
        """Shows it, with the word to do it where there is something to do."""
        self.say("")
        self.write.setVisible(is_something)
        self.be_busy(is_busy=False)
        self.show()
        (self.close_button if self.write.isHidden() else self.write).setFocus()

    def _done(self, words: str) -> None:
        self.be_busy(is_busy=False)
        self.write.hide()
        self.say(words, "ok")
        self.close_button.setFocus()

    def _say_about(self, told: Sequence[str], passed_over: Sequence[str]) -> None:
        """What is worth knowing before it is done."""
        unknown = self.tr("Columns that nobody knows, passed over: {names}.").format(names=", ".join(passed_over))
        said = (*told, unknown) if passed_over else told
        self.about.say(" ".join(said))
        self.about.setVisible(bool(said))
