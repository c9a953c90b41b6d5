"""A list into a file: in which form, where to, or for whose approval it waits; and what others ask of who leads.

Values: `show_wish`, `show_progress`, `show_done`, `show_trouble`, `show_asked`. Wishes: `start_wanted(path, form)`,
`ask_wanted(reason)`, `cancel_wanted`, `decided(id, approved)`, `closed`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFileDialog, QFrame, QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from agent_desktop.exports.job import Form
from agent_desktop.ui.appearance.look import Look
from agent_desktop.ui.widgets.controls import Button, Field, Segments
from agent_desktop.ui.widgets.parts import Label


@dataclass(frozen=True, slots=True)
class Asked:
    """An export that waits for this person's word."""

    id: str
    words: str


class ExportPanel(QFrame):
    start_wanted = Signal(object, str)
    ask_wanted = Signal(str)
    cancel_wanted = Signal()
    decided = Signal(str, bool)
    closed = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._name = ""
        px = look.px
        self.setProperty("role", "card")
        self.setAccessibleName(self.tr("Export the list"))
        self._head = Label("section", "", wraps=True)
        self._about = Label("hint", "", wraps=True)
        options = [
            (Form.XLSX, self.tr("Excel"), "accent"),
            (Form.CSV, self.tr("CSV, UTF-8"), "accent"),
            (Form.CSV_GB18030, self.tr("CSV, GB18030"), "accent"),
        ]
        self.form = Segments(self.tr("Form of the file"), options)
        self.form.choose(Form.XLSX)
        self.form.setFixedWidth(px(330))
        self.path = Field(look, self.tr("Where to"), self.tr("Folder and name of the file"), "enter")
        self.browse = Button(look, self.tr("Choose…"))
        self.start = Button(look, self.tr("Write the file"), "check", kind="primary")
        self.reason = Field(look, self.tr("Why you need it"), self.tr("Why you need it; who approves reads it"), "note")
        self.ask = Button(look, self.tr("Ask for approval"), "send", kind="primary")
        self.close_button = Button(look, "", "close", kind="ghost", name=self.tr("Close"))
        self.cancel = Button(look, self.tr("Stop"))
        self._bar = QProgressBar()
        self._bar.setAccessibleName(self.tr("Rows written"))
        self._bar.setTextVisible(False)
        self._bar.setFixedHeight(px(8))
        self._outcome = Label("meta", "", wraps=True)
        self._theirs = QVBoxLayout()
        self._their_rows: list[QWidget] = []
        self._lay_out()
        self.browse.clicked.connect(self._browse)
        self.start.clicked.connect(self._start)
        self.path.entered.connect(self._start)
        self.form.chosen.connect(lambda _: self._turn_form())
        self.ask.clicked.connect(self._ask)
        self.reason.entered.connect(self._ask)
        self.cancel.clicked.connect(self.cancel_wanted)
        self.close_button.clicked.connect(self.closed)

    def _lay_out(self) -> None:
        px = self._look.px
        top, way, asking, going = (QHBoxLayout() for _ in range(4))
        top.addWidget(self._head, 1)
        top.addWidget(self.close_button)
        for widget in (self.form, self.path, self.browse, self.start):
            way.addWidget(widget, 1 if widget is self.path else 0)
        asking.addWidget(self.reason, 1)
        asking.addWidget(self.ask)
        going.addWidget(self._bar, 1)
        going.addWidget(self.cancel)
        column = QVBoxLayout(self)
        column.setContentsMargins(px(14), px(10), px(14), px(12))
        column.setSpacing(px(8))
        for row in (top, way, asking, going):
            row.setSpacing(px(8))
        column.addLayout(top)
        column.addWidget(self._about)
        for row in (way, asking, going):
            column.addLayout(row)
        column.addWidget(self._outcome)
        column.addLayout(self._theirs)

    def show_wish(self, head: str, about: str, path: Path | None, *, can_ask: bool) -> None:
        """`path` where it may be written; without one `about` says why not, and perhaps it can be asked for."""
        self._head.say(head)
        self._about.say(about)
        for widget in (self.form, self.path, self.browse, self.start):
            widget.setVisible(path is not None)
        for widget in (self.reason, self.ask):
            widget.setVisible(can_ask)
        self._bar.hide()
        self.cancel.hide()
        self._outcome.hide()
        self.start.setEnabled(True)
        if path is not None:
            self.path.setText(str(path))
            self._turn_form()
            self.start.setFocus()
        elif can_ask:
            self.reason.setFocus()
        else:
            self.close_button.setFocus()

    def show_progress(self, done: int, count: int) -> None:
        self.start.setEnabled(False)
        for widget in (self._bar, self.cancel):
            widget.show()
        self._bar.setMaximum(max(1, count))
        self._bar.setValue(done)
        self._say(self.tr("{done} of {count} rows are written.").format(done=done, count=count), "")

    def show_done(self, words: str) -> None:
        self._over(words, "ok")

    def show_trouble(self, words: str) -> None:
        self._over(words, "bad")

    def show_asked(self, asked: Sequence[Asked]) -> None:
        """Exports of others that wait for this person."""
        for row in self._their_rows:
            self._theirs.removeWidget(row)
            row.hide()
            row.deleteLater()
        self._their_rows = [self._asked_row(one) for one in asked]
        for row in self._their_rows:
            self._theirs.addWidget(row)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    def _asked_row(self, one: Asked) -> QWidget:
        row = QFrame()
        row.setProperty("role", "inset")
        line = QHBoxLayout(row)
        line.setContentsMargins(self._look.px(10), self._look.px(6), self._look.px(10), self._look.px(6))
        line.addWidget(Label("body", one.words, wraps=True), 1)
        for words, kind, is_approved in ((self.tr("Approve"), "primary", True), (self.tr("Refuse"), "plain", False)):
            button = Button(self._look, words, kind=kind, size="compact")
            button.setAccessibleDescription(one.words)
            button.clicked.connect(lambda _=False, given=is_approved: self.decided.emit(one.id, given))
            line.addWidget(button)
        return row

    def _over(self, words: str, tone: str) -> None:
        self.start.setEnabled(True)
        for widget in (self._bar, self.cancel):
            widget.hide()
        self._say(words, tone)

    def _say(self, words: str, tone: str) -> None:
        self._outcome.say(words, tone)
        self._outcome.show()

    def _turn_form(self) -> None:
        """The name of the file ends as its form does."""
        path = Path(self.path.text())
        if path.name:
            self.path.setText(str(path.with_suffix(Form(self.form.value).ending)))

    def _start(self) -> None:
        if self.start.isEnabled() and self.path.text().strip():
            self._turn_form()
            self.start_wanted.emit(Path(self.path.text().strip()).expanduser(), self.form.value)

    def _ask(self) -> None:
        if self.reason.text().strip():
            self.ask_wanted.emit(self.reason.text().strip())
            self.reason.clear()

    def _browse(self) -> None:
        chosen, _ = QFileDialog.getSaveFileName(self, self.tr("Where to"), self.path.text())
        if chosen:
            self.path.setText(chosen)
            self._turn_form()
