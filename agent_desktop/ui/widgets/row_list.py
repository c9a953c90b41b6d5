"""A list of rows of a title and a detail, scrolled by itself: arrow keys choose, Enter takes, Delete drops."""

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QKeyEvent

from agent_desktop.ui.appearance.look import Look
from agent_desktop.ui.widgets.rows import Row
from agent_desktop.ui.widgets.rows_view import RowsView


class RowList(RowsView):
    """`chosen(key)` when another row is current, `taken(key)` by Return or a click, `dropped(key)` by Delete."""

    chosen = Signal(str)
    taken = Signal(str)
    dropped = Signal(str)

    def __init__(self, look: Look, name: str) -> None:
        super().__init__(look, name)
        self._keys: tuple[str, ...] = ()
        self.setMouseTracking(True)
        self.clicked.connect(lambda _: self.taken.emit(self.current_key))
        self.selectionModel().currentChanged.connect(lambda _: self.chosen.emit(self.current_key))

    @property
    def keys(self) -> tuple[str, ...]:
        """From above to below."""
        return self._keys

    @property
    def current_key(self) -> str:
        row = self.currentIndex().row()
        return self._keys[row] if 0 <= row < len(self._keys) else ""

    def words_of(self, key: str) -> str:
        """A row as a screen reader says it."""
        return self.words(self._keys.index(key))

    def show_rows(self, rows: Sequence[tuple[str, Row]]) -> None:
        """Instead of those before. The one that was chosen stays so; where it went, the one in its place is."""
        kept, place = self.current_key, max(0, self.currentIndex().row())
        self._keys = tuple(key for key, _ in rows)
        blocked = QSignalBlocker(self.selectionModel())
        self.put([row for _, row in rows])
        blocked.unblock()
        self.choose(kept if kept in self._keys else next(iter(self._keys[place:] or self._keys[-1:]), ""))

    def choose(self, key: str) -> None:
        self.light(self._keys.index(key) if key in self._keys else -1)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = self.current_key
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and key and not event.modifiers():
            self.taken.emit(key)
        elif event.key() == Qt.Key.Key_Delete and key and not event.modifiers():
            self.dropped.emit(key)
        else:
            super().keyPressEvent(event)
