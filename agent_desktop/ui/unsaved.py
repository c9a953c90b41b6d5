"""What is typed and not on the disk yet: it goes there by itself, so that a crash costs nobody a sentence."""

from typing import Final, Generic, TypeVar

from PySide6.QtCore import QObject, QTimer, Signal

SAVE_AFTER_MS: Final = 350
"""After the first unsaved key, and not put off by further ones: with the disk's own time this stays below 800 ms."""

TypedT = TypeVar("TypedT")


class Unsaved(QObject, Generic[TypedT]):
    """`due` carries the latest of what was kept, once: whoever hears it puts the work in the store's lane."""

    due = Signal(object)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._typed: TypedT | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SAVE_AFTER_MS)
        self._timer.timeout.connect(self.save_now)

    @property
    def typed(self) -> TypedT | None:
        """None: there is nothing to save."""
        return self._typed

    def keep(self, typed: TypedT) -> None:
        self._typed = typed
        if not self._timer.isActive():
            self._timer.start()

    def save_now(self) -> None:
        """In its turn before anything asked later."""
        typed = self._typed
        self.forget()
        if typed is not None:
            self.due.emit(typed)

    def forget(self) -> None:
        """It was sent, or nobody wants it."""
        self._timer.stop()
        self._typed = None
