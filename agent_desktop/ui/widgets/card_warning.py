"""Tells at once that a card number is being written down, and offers to take it out."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPlainTextEdit, QWidget

from agent_desktop.customers import masking
from agent_desktop.ui.appearance.look import Look
from agent_desktop.ui.widgets.controls import Button
from agent_desktop.ui.widgets.parts import Glyph, Label
from agent_desktop.ui.widgets.spoken import announce


class CardWarning(QWidget):
    """Stands below a place to type. Taking it out leaves the last four signs, and can be undone like any typing."""

    removed = Signal()

    def __init__(self, look: Look, typed: QPlainTextEdit | QLineEdit) -> None:
        super().__init__()
        self._typed = typed
        self._words = Label("hint", "", "warn", wraps=True)
        self.remove = Button(look, self.tr("Take it out"), "eye-off", size="compact")
        self.remove.clicked.connect(self._take_out)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, look.px(2), 0, look.px(2))
        row.setSpacing(look.px(6))
        row.addWidget(Glyph(look, "warning", "warn", 14))
        row.addWidget(self._words, 1)
        row.addWidget(self.remove)
        typed.textChanged.connect(self._look)
        self.hide()

    @property
    def words(self) -> str:
        return self._words.full_text if not self.isHidden() else ""

    def _text(self) -> str:
        return self._typed.text() if isinstance(self._typed, QLineEdit) else self._typed.toPlainText()

    def _look(self) -> None:
        found = masking.cards_in(self._text())
        if not found:
            self.hide()
            return
        shown = ", ".join(one.shown[-8:] for one in found[:3])
        words = self.tr("A card number is written here ({cards}). Everybody who opens it would read it.")
        self._words.say(words.format(cards=shown))
        if self.isHidden():
            self.show()
            announce(self, self._words.full_text)

    def _take_out(self) -> None:
        """From the last to the first, so that places stay."""
        for one in reversed(masking.cards_in(self._text())):
            if isinstance(self._typed, QLineEdit):
                self._typed.setSelection(one.start, one.end - one.start)
                self._typed.insert(one.shown)
            else:
                cursor = self._typed.textCursor()
                cursor.setPosition(one.start)
                cursor.setPosition(one.end, cursor.MoveMode.KeepAnchor)
                cursor.insertText(one.shown)
        self._typed.setFocus()
        self.removed.emit()
