"""The keypad: the only place where a typed digit becomes a tone. Wish: `digits_wanted(digits)`. Escape closes it."""

import re
import unicodedata

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QGuiApplication, QHideEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QFrame, QGridLayout, QVBoxLayout, QWidget

from agent_desktop.ui.appearance.look import Look
from agent_desktop.ui.widgets.controls import Button
from agent_desktop.ui.widgets.parts import Label

DIGITS = "123456789*0#"
LONGEST = 64
"""Digits taken from the clipboard at once; more is no number but a mistake."""
_SEPARATORS = re.compile(r"[\s().\-/‐‑–—]+")
_TONES = re.compile(rf"[0-9*#A-Da-d,]{{1,{LONGEST}}}")


def tones_in(text: str) -> str:
    """The digits of a pasted text, in order, with `,` for a pause; empty when anything else stands in it: nobody dials
    a sentence."""
    bare = _SEPARATORS.sub("", unicodedata.normalize("NFKC", text))
    return bare.upper() if _TONES.fullmatch(bare) else ""


class Keypad(QFrame):
    digits_wanted = Signal(str)
    """One digit that was pressed, or several that were pasted."""

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self._look = look
        self.setProperty("role", "popover")
        self.setAccessibleName(self.tr("Keypad"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._typed = Label("figure", " ")
        self._typed.setAlignment(Qt.AlignmentFlag.AlignCenter)
        grid = QGridLayout()
        grid.setSpacing(look.px(6))
        for n, digit in enumerate(DIGITS):
            button = Button(look, digit, name=digit)
            button.setFixedSize(look.px(52), look.px(40))
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            button.clicked.connect(lambda _=False, digit=digit: self._press(digit))
            grid.addWidget(button, n // 3, n % 3)
        column = QVBoxLayout(self)
        column.setContentsMargins(look.px(12), look.px(10), look.px(12), look.px(12))
        column.addWidget(self._typed)
        column.addLayout(grid)

    def open_under(self, widget: QWidget) -> None:
        self._typed.say(" ")
        self.adjustSize()
        corner = widget.mapToGlobal(QPoint(widget.width() - self.width(), widget.height() + 6))
        self.move(max(0, corner.x()), corner.y())
        self.show()
        self.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        digit = event.text().upper()
        if event.matches(QKeySequence.StandardKey.Paste):
            self._press(tones_in(QGuiApplication.clipboard().text()))
        elif (
            len(digit) == 1
            and digit in "0123456789*#ABCD"
            and not event.modifiers() & Qt.KeyboardModifier.ControlModifier
        ):
            self._press(digit)
        elif event.key() == Qt.Key.Key_Escape:
            self.hide()
        else:
            super().keyPressEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._typed.say(" ")

    def _press(self, digits: str) -> None:
        if digits:
            self._typed.say((self._typed.full_text.strip() + digits)[-16:])
            self.digits_wanted.emit(digits)
