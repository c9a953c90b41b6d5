"""Plain places to type: a line and a text, with their name for assistive technology and a prompt.

On X11 Qt's text widgets claim chords such as Ctrl+K, Ctrl+D and Ctrl+E for editing; here they belong to the window.
"""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit

_EDITING = frozenset(
    {
        Qt.Key.Key_A,
        Qt.Key.Key_C,
        Qt.Key.Key_V,
        Qt.Key.Key_X,
        Qt.Key.Key_Y,
        Qt.Key.Key_Z,
        Qt.Key.Key_Left,
        Qt.Key.Key_Right,
        Qt.Key.Key_Up,
        Qt.Key.Key_Down,
        Qt.Key.Key_Home,
        Qt.Key.Key_End,
        Qt.Key.Key_Backspace,
        Qt.Key.Key_Delete,
        Qt.Key.Key_Insert,
    }
)
_EDITING_UNSHIFTED = frozenset({Qt.Key.Key_A, Qt.Key.Key_C, Qt.Key.Key_V, Qt.Key.Key_X, Qt.Key.Key_Y})
"""With Shift these edit nothing; with Ctrl+Shift+Z what was undone is done again."""


def is_for_window(event: QEvent) -> bool:
    """A chord with Ctrl that a field must leave to the window's shortcuts."""
    if event.type() != QEvent.Type.ShortcutOverride or not isinstance(event, QKeyEvent):
        return False
    if not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
        return False
    is_shifted = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
    return event.key() not in _EDITING or (is_shifted and event.key() in _EDITING_UNSHIFTED)


class TextLine(QLineEdit):
    def __init__(self, name: str = "", prompt: str = "") -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setPlaceholderText(prompt)

    def event(self, event: QEvent) -> bool:
        if is_for_window(event):
            event.ignore()
            return True
        return super().event(event)


class TextArea(QPlainTextEdit):
    """Several lines. Tab leaves it: a form is filled in by keyboard."""

    def __init__(self, name: str, prompt: str = "") -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setPlaceholderText(prompt)
        self.setTabChangesFocus(True)

    def event(self, event: QEvent) -> bool:
        if is_for_window(event):
            event.ignore()
            return True
        return super().event(event)
