"""Asking the caller who they are: one question at a time, compared or marked; the answer on file comes after.

Values: `show_check(CheckShown)`, `show_verdict(words, is_right)`, `close_card()`. Wishes: `compared(question, said)`,
`marked(question, is_right)`.
"""

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QVBoxLayout

from agent_desktop.ui.appearance.look import Look
from agent_desktop.ui.widgets.controls import Button
from agent_desktop.ui.widgets.parts import Glyph, Label, Pill
from agent_desktop.ui.widgets.spoken import announce
from agent_desktop.ui.widgets.typing import TextLine


@dataclass(frozen=True, slots=True)
class CheckShown:
    """`level` in words, with what of it is reached; `question` is empty when nothing more is asked, and `why` says why.
    `key` names the question."""

    level: str
    is_checked: bool
    is_bad: bool
    so_far: str
    key: str = ""
    question: str = ""
    why: str = ""


class IdentityCard(QFrame):
    """Escape closes it; what was answered stays."""

    compared = Signal(str, str)
    marked = Signal(str, bool)
    closed = Signal(bool)
    """Whether the focus was in it."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._shown: CheckShown | None = None
        self._has_verdict = False
        self.setProperty("role", "inset")
        self.setAccessibleName(self.tr("Identity check"))
        self._level = Pill(look)
        self._so_far = Label("hint", elides=True)
        self.question = Label("row", wraps=True)
        self.said = TextLine(self.tr("What the caller says"), self.tr("What the caller says; Enter compares"))
        self.compare = Button(look, self.tr("Compare"), "check", kind="primary", size="compact")
        self.right = Button(look, self.tr("Right"), "check-circle", size="compact")
        self.wrong = Button(look, self.tr("Wrong"), "x-circle", size="compact")
        self.verdict = Label("", wraps=True)
        self.next = Button(look, self.tr("Next question"), "enter", size="compact")
        self.close_button = Button(look, "", "close", kind="ghost", size="compact", name=self.tr("Close  Esc"))
        self.said.returnPressed.connect(self._compare)
        self.compare.clicked.connect(self._compare)
        self.right.clicked.connect(lambda: self._mark(is_right=True))
        self.wrong.clicked.connect(lambda: self._mark(is_right=False))
        self.next.clicked.connect(self._go_on)
        self.close_button.clicked.connect(self.close_card)
        self._lay_out()
        self.hide()

    def _lay_out(self) -> None:
        px = self._look.px
        head = QHBoxLayout()
        head.setSpacing(px(8))
        head.addWidget(Glyph(self._look, "id-check", "sec", 16))
        head.addWidget(self._level)
        head.addWidget(self._so_far, 1)
        head.addWidget(self.close_button)
        row = QHBoxLayout()
        row.setSpacing(px(6))
        row.addWidget(self.said, 1)
        for button in (self.compare, self.right, self.wrong):
            row.addWidget(button)
        told = QHBoxLayout()
        told.setSpacing(px(8))
        told.addWidget(self.verdict, 1)
        told.addWidget(self.next)
        column = QVBoxLayout(self)
        column.setContentsMargins(px(12), px(8), px(8), px(10))
        column.setSpacing(px(6))
        column.addLayout(head)
        column.addWidget(self.question)
        column.addLayout(row)
        column.addLayout(told)

    def show_check(self, shown: CheckShown) -> None:
        """A verdict that is being read stays until the next question is wanted."""
        is_same = self._shown is not None and self._shown.key == shown.key
        self._shown = shown
        self._level.show_as(shown.level, "bad" if shown.is_bad else "ok" if shown.is_checked else "neutral")
        self._so_far.say(shown.so_far)
        if self._has_verdict:
            self._offer_next()
            return
        if not is_same:
            self.said.clear()
        self.question.say(shown.question or shown.why)
        for widget in self._asking:
            widget.setVisible(bool(shown.question))
        self.verdict.hide()
        self.next.hide()

    def show_verdict(self, words: str, *, is_right: bool) -> None:
        """What came of the answer, and now what is on file."""
        self._has_verdict = True
        for widget in self._asking:
            widget.hide()
        self.verdict.say(words, "ok" if is_right else "bad")
        self.verdict.show()
        self._offer_next()
        announce(self, words)
        if self.isVisible() and self.isActiveWindow():
            (self.next if self.next.isVisible() else self.close_button).setFocus()

    def begin(self) -> None:
        """Opens it, with the keyboard where the answer is typed."""
        self._forget_verdict()
        self.show()
        (self.said if self.said.isVisible() else self.close_button).setFocus(Qt.FocusReason.OtherFocusReason)

    def close_card(self) -> None:
        focus = QApplication.focusWidget()
        had_focus = focus is not None and self.isAncestorOf(focus)
        self.hide()
        self._forget_verdict()
        self.closed.emit(had_focus)

    def clear(self) -> None:
        """Somebody else is on the screen."""
        self._shown, self._has_verdict = None, False
        self.said.clear()
        self.verdict.say("")
        self.question.say("")
        self.hide()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close_card()
        else:
            super().keyPressEvent(event)

    @property
    def _asking(self) -> tuple[TextLine | Button, ...]:
        return self.said, self.compare, self.right, self.wrong

    def _offer_next(self) -> None:
        """The question above a verdict is the one that was answered; where nothing more is asked, it says why."""
        if self._shown is None or self._shown.question:
            self.next.setVisible(self._shown is not None)
            return
        if self.next.hasFocus():
            self.close_button.setFocus()
        self.next.hide()
        self.question.say(self._shown.why)

    def _go_on(self) -> None:
        self._forget_verdict()
        if self.said.isVisible():
            self.said.setFocus()

    def _forget_verdict(self) -> None:
        self._has_verdict = False
        self.verdict.say("")
        if self._shown is not None:
            shown, self._shown = self._shown, None
            self.show_check(shown)

    def _compare(self) -> None:
        if self._shown is not None and self._shown.question and self.said.text().strip():
            self.compared.emit(self._shown.key, self.said.text())

    def _mark(self, *, is_right: bool) -> None:
        if self._shown is not None and self._shown.question:
            self.marked.emit(self._shown.key, is_right)
