"""Plain places to type: a line and a text, with their name for assistive technology and a prompt."""

from PySide6.QtCore import QEvent
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit


class TextLine(QLineEdit):
    def __init__(self, name: str, prompt: str = "") -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setPlaceholderText(prompt)


class TextArea(QPlainTextEdit):
    """Several lines. Tab leaves it: a form is filled in by keyboard."""

    def __init__(self, name: str, prompt: str = "") -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setPlaceholderText(prompt)
        self.setTabChangesFocus(True)

    def event(self, event: QEvent) -> bool:
        # Ctrl+Return submits the form; Qt would insert a line break instead of asking the shortcuts.
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.modifiers() & event.modifiers().ControlModifier
        ):
            if event.key() in _EDITING:
                return super().event(event)
            event.ignore()
            return True
        return super().event(event)


_EDITING = frozenset(ord(letter) for letter in "ACVXZY")
