"""Plain places to type: a line and a text, with their name for assistive technology and a prompt.

On X11 Qt's text widgets claim chords such as Ctrl+K, Ctrl+D and Ctrl+E for editing; here they belong to the window.
"""

from PySide6.QtCore import QEvent, QRect, Qt
from PySide6.QtGui import QHelpEvent, QKeyEvent, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QStyle, QStyleOptionFrame, QToolTip

from agent_desktop.ui.widgets.parts import plain_tip

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
    """What is too long for it ends in an ellipsis while nobody types in it, and its tool tip says all of it."""

    def __init__(self, name: str = "", prompt: str = "") -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setPlaceholderText(prompt)

    def event(self, event: QEvent) -> bool:
        if is_for_window(event):
            event.ignore()
            return True
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent) and not self.toolTip():
            cut = self._fitting() != self.displayText()
            QToolTip.showText(event.globalPos(), plain_tip(self.displayText()) if cut else "", self)
            return True
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        fits = self.displayText() if self.hasFocus() else self._fitting()
        if fits == self.displayText():
            super().paintEvent(event)
            return
        option = QStyleOptionFrame()
        self.initStyleOption(option)
        painter = QPainter(self)
        self.style().drawPrimitive(QStyle.PrimitiveElement.PE_PanelLineEdit, option, painter, self)
        painter.setPen(self.palette().color(QPalette.ColorRole.Text))
        painter.drawText(self._room(option), Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, fits)

    def _fitting(self) -> str:
        option = QStyleOptionFrame()
        self.initStyleOption(option)
        width = self._room(option).width()
        return self.fontMetrics().elidedText(self.displayText(), Qt.TextElideMode.ElideRight, width)

    def _room(self, option: QStyleOptionFrame) -> QRect:
        """Where Qt writes: two pixels within what the frame leaves."""
        inside = self.style().subElementRect(QStyle.SubElement.SE_LineEditContents, option, self)
        return inside.marginsRemoved(self.textMargins()).adjusted(2, 0, -2, 0)


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
