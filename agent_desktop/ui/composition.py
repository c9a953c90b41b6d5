"""Input methods come first: while a composition is open, no key answers, submits, dials or moves the focus."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import Shiboken

_PLAIN = Qt.KeyboardModifier.NoModifier | Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier
_ACTING = frozenset(
    {
        Qt.Key.Key_Return,
        Qt.Key.Key_Enter,
        Qt.Key.Key_Tab,
        Qt.Key.Key_Backtab,
        Qt.Key.Key_Escape,
        Qt.Key.Key_Up,
        Qt.Key.Key_Down,
        Qt.Key.Key_PageUp,
        Qt.Key.Key_PageDown,
    }
)
_FIRST_FUNCTION_KEY, _LAST_FUNCTION_KEY = int(Qt.Key.Key_F1), int(Qt.Key.Key_F35)


class Composition(QObject):
    """Watches the widget that has the focus, only that one: a filter on the whole application costs every event.

    Input methods normally eat the keys of their composition. Some pass Return, Tab or function keys on; those are
    kept from shortcuts and from the widget here.
    """

    def __init__(self, application: QApplication) -> None:
        super().__init__(application)
        self._watched: QWidget | None = None
        self._is_open = False
        application.focusChanged.connect(self._focus_moved)
        self._focus_moved(None, application.focusWidget())

    @property
    def is_open(self) -> bool:
        return self._is_open

    def eventFilter(self, _: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind == QEvent.Type.InputMethod and isinstance(event, QInputMethodEvent):
            self._is_open = bool(event.preeditString())
            return False
        if not self._is_open or not isinstance(event, QKeyEvent):
            return False
        if kind == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        return kind == QEvent.Type.KeyPress and _acts(event)

    def _focus_moved(self, _: QWidget | None, now: QWidget | None) -> None:
        # A widget on its way out hands the focus on when only its Python side is left.
        if self._watched is not None and Shiboken.isValid(self._watched):
            self._watched.removeEventFilter(self)
            self._watched.destroyed.disconnect(self._gone)
        self._is_open = False
        self._watched = now
        if now is not None:
            now.installEventFilter(self)
            now.destroyed.connect(self._gone)

    def _gone(self) -> None:
        self._watched = None
        self._is_open = False


def _acts(event: QKeyEvent) -> bool:
    key = event.key()
    if key in _ACTING or _FIRST_FUNCTION_KEY <= key <= _LAST_FUNCTION_KEY:
        return True
    return bool(event.modifiers() & ~_PLAIN)
