"""What would come of a table of shifts: how many days of agents, each faulty line in words, and the word to do it.

Values: `show_tried(name, planned, passed_over)`, `show_trouble`, `be_busy`, `show_done`, `say`. Wishes: `write_wanted`,
`closed`; `turned(is_shown)` when it comes and goes.
"""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QHeaderView, QVBoxLayout

from agent_desktop.supervisor.shift_plans import Planned
from agent_desktop.ui.appearance.look import Look
from agent_desktop.ui.supervisor.shift_words import explain_line
from agent_desktop.ui.teaching.figures_table import FiguresTable
from agent_desktop.ui.widgets.controls import Button
from agent_desktop.ui.widgets.parts import Label
from agent_papers.shift_table import LineFault

MOST_ROWS = 6
MOST_SHOWN = 500


class ShiftsPane(QFrame):
    write_wanted = Signal()
    closed = Signal()
    turned = Signal(bool)

    def __init__(self, look: Look) -> None:
        super().__init__()
        px = look.px
        self.setProperty("role", "card")
        self.setAccessibleName(self.tr("A table of shifts"))
        self.head = Label("section", "", wraps=True)
        self.about = Label("hint", "", wraps=True)
        self.outcome = Label("meta", "", wraps=True)
        self.write = Button(look, self.tr("Bring these shifts in"), "check", kind="primary")
        self.close_button = Button(look, "", "close", kind="ghost", name=self.tr("Close"))
        self.table = FiguresTable(look, self.tr("Faulty lines"), MOST_ROWS)
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

    def show_tried(self, name: str, planned: Planned, passed_over: Sequence[str]) -> None:
        words = self.tr("“{name}”, days of agents: {new} new, {changed} changed, {same} as they are, {cleared} off")
        self.head.say(words.format(name=name, **_counts(planned)))
        self._show_faults(planned.faults, passed_over)
        self.say("")
        self.write.setVisible(planned.is_something)
        self.be_busy(is_busy=False)
        self.show()
        (self.close_button if self.write.isHidden() else self.write).setFocus()

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

    def show_done(self, planned: Planned) -> None:
        self.be_busy(is_busy=False)
        self._show_faults(planned.faults, ())
        words = self.tr("Brought in. Days of agents: {new} new, {changed} changed, {cleared} off.")
        self.write.hide()
        self.say(words.format(**_counts(planned)), "ok")
        self.close_button.setFocus()

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

    def _show_faults(self, faults: Sequence[LineFault], passed_over: Sequence[str]) -> None:
        told = []
        if faults:
            words = self.tr(
                "Faulty lines: {count}. The days of their agents stay as they were; mend them and open it again."
            )
            told.append(words.format(count=len(faults)))
        if passed_over:
            words = self.tr("Columns that nobody knows, passed over: {names}.")
            told.append(words.format(names=", ".join(passed_over)))
        self.about.say(" ".join(told))
        self.about.setVisible(bool(told))
        self.table.show_rows(
            (self.tr("Line"), self.tr("What is wrong")),
            [(str(one.number), explain_line(one)) for one in faults[:MOST_SHOWN]],
        )
        self.table.horizontalHeader().setSectionResizeMode(0, QHeaderView.ResizeMode.ResizeToContents)
        self.table.setVisible(bool(faults))


def _counts(planned: Planned) -> dict[str, int]:
    return {name: getattr(planned, name) for name in ("new", "changed", "same", "cleared")}
