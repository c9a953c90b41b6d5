"""What the agent's hands are doing: whoever wants to put something else on the screen asks here first."""

from collections.abc import Callable
from datetime import UTC, datetime

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit

from agent_desktop.ui.window.main_window import MainWindow

TYPING_PAUSE_S = 3.0
"""Whoever has not touched a key for so long is not typing any more."""


class Hands(QObject):
    """Watches the widget that has the focus, only that one."""

    def __init__(self, window: MainWindow, clock: Callable[[], datetime], parent: QObject) -> None:
        super().__init__(parent)
        self._window = window
        self._clock = clock
        self._typed_at = datetime.min.replace(tzinfo=UTC)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._follow_focus)

    @property
    def are_writing(self) -> bool:
        """Words are being written where another item would take their place."""
        right, focus = self._window.right, QApplication.focusWidget()
        places = [right.form, right.wrap_up, self._window.customer]
        if self._window.ticket is not None:
            places.append(self._window.ticket)
        if focus is None or not any(place.isAncestorOf(focus) for place in places):
            return False
        if self._window.is_composing:
            return True
        is_filled = isinstance(focus, QLineEdit) and bool(focus.text())
        is_filled |= isinstance(focus, QPlainTextEdit) and bool(focus.toPlainText())
        has_words = right.form.is_being_written or right.wrap_up.is_being_written or is_filled
        return has_words and (self._clock() - self._typed_at).total_seconds() < TYPING_PAUSE_S

    @property
    def are_typing(self) -> bool:
        """In whatever field."""
        is_field = isinstance(QApplication.focusWidget(), QLineEdit | QPlainTextEdit)
        just_now = (self._clock() - self._typed_at).total_seconds() < TYPING_PAUSE_S
        return self._window.is_composing or (is_field and just_now)

    @property
    def hold_words(self) -> bool:
        """Something stands in a field of the customer pane that has not been sent off, however long ago."""
        focus = QApplication.focusWidget()
        return isinstance(focus, QLineEdit) and bool(focus.text()) and self._window.customer.isAncestorOf(focus)

    def _follow_focus(self, before: QObject | None, now: QObject | None) -> None:
        if before is not None:
            before.removeEventFilter(self)
        if now is not None:
            now.installEventFilter(self)

    def eventFilter(self, _: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.KeyPress, QEvent.Type.InputMethod):
            self._typed_at = self._clock()
        return False
