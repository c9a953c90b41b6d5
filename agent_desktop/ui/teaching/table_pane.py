"""What would come of a table of questions: each row new, changed, the same, or refused and why; and the word to do it.

Values: `show_foreseen(name, foreseen, passed_over)`, `say`. Wishes: `write_wanted`, `closed`.
"""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QHeaderView, QVBoxLayout

from agent_desktop.teaching.tables import MOST_AT_ONCE, Coming, Foreseen
from agent_desktop.ui.appearance.look import Look
from agent_desktop.ui.teaching.figures_table import FiguresTable
from agent_desktop.ui.teaching.table_words import coming_word, explain_row
from agent_desktop.ui.widgets.controls import Button
from agent_desktop.ui.widgets.parts import Label

MOST_ROWS = 9


class TablePane(QFrame):
    write_wanted = Signal()
    closed = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        px = look.px
        self.setProperty("role", "card")
        self.setAccessibleName(self.tr("A table of questions"))
        self.head = Label("section", "", wraps=True)
        self.about = Label("hint", "", wraps=True)
        self.outcome = Label("meta", "", wraps=True)
        self.write = Button(look, self.tr("Write these questions"), "check", kind="primary")
        self.close_button = Button(look, "", "close", kind="ghost", name=self.tr("Close"))
        self.table = FiguresTable(look, self.tr("What would come of each row"), MOST_ROWS)
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

    def show_foreseen(self, name: str, foreseen: Sequence[Foreseen], passed_over: Sequence[str]) -> None:
        count = {coming: sum(one.coming is coming for one in foreseen) for coming in Coming}
        words = self.tr("“{name}”: {new} new, {changed} changed, {same} as they are here, {refused} refused")
        self.head.say(words.format(name=name, **{coming.value: n for coming, n in count.items()}))
        self._say_about(count[Coming.NEW] + count[Coming.CHANGED], passed_over)
        shown = sorted(
            foreseen, key=lambda one: (one.coming is not Coming.REFUSED, one.coming is Coming.SAME, one.number)
        )
        self.table.show_rows(
            (self.tr("Row"), self.tr("Question"), self.tr("What comes of it")),
            [(str(one.number), " ".join(one.text.split()), self._words(one)) for one in shown],
            [_TOKENS[one.coming] for one in shown],
        )
        head = self.table.horizontalHeader()
        head.setSectionResizeMode(0, QHeaderView.ResizeMode.ResizeToContents)
        self.table.setVisible(bool(foreseen))
        self.say("")
        self.write.setVisible(count[Coming.NEW] + count[Coming.CHANGED] > 0)
        self.write.setEnabled(True)
        self.show()
        (self.close_button if self.write.isHidden() else self.write).setFocus()

    def show_trouble(self, name: str, words: str) -> None:
        """A table that cannot be read as a whole."""
        self.head.say(f"“{name}”")
        self.about.hide()
        self.table.hide()
        self.write.hide()
        self.say(words, "bad")
        self.show()
        self.close_button.setFocus()

    def say(self, words: str, tone: str = "") -> None:
        self.outcome.say(words, tone)
        self.outcome.setVisible(bool(words))

    def show_done(self, words: str) -> None:
        self.write.hide()
        self.say(words, "ok")
        self.close_button.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    def _say_about(self, count: int, passed_over: Sequence[str]) -> None:
        told = []
        if passed_over:
            told.append(
                self.tr("Columns that nobody knows, passed over: {names}.").format(names=", ".join(passed_over))
            )
        if count > MOST_AT_ONCE:
            words = self.tr("The first {count} are written; open the table again for the others.")
            told.append(words.format(count=MOST_AT_ONCE))
        self.about.say(" ".join(told))
        self.about.setVisible(bool(told))

    def _words(self, one: Foreseen) -> str:
        if one.coming is not Coming.REFUSED:
            return coming_word(one.coming)
        return " ".join(explain_row(fault) for fault in one.faults)


_TOKENS = {Coming.NEW: "ok", Coming.CHANGED: "text", Coming.SAME: "muted", Coming.REFUSED: "bad"}
