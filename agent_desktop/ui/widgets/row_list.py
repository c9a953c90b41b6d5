"""A list of rows of a title and a detail, scrolled by itself: arrow keys choose, Enter takes, Delete drops."""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QKeyEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QListView

from agent_desktop.ui.look import Look
from agent_desktop.ui.widgets.rows import Row, RowDelegate, row_role


class RowList(QListView):
    """`chosen(key)` when another row is current, `taken(key)` by Return or a click, `dropped(key)` by Delete."""

    chosen = Signal(str)
    taken = Signal(str)
    dropped = Signal(str)

    def __init__(self, look: Look, name: str) -> None:
        super().__init__()
        self._keys: tuple[str, ...] = ()
        self._model = QStandardItemModel(self)
        self.setModel(self._model)
        self.setItemDelegate(RowDelegate(look, self))
        self.setAccessibleName(name)
        self.setMouseTracking(True)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
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

    def words(self, key: str) -> str:
        """A row as a screen reader says it."""
        item = self._model.item(self._keys.index(key))
        return str(item.data(Qt.ItemDataRole.AccessibleTextRole))

    def show_rows(self, rows: Sequence[tuple[str, Row]]) -> None:
        """Instead of those before. The one that was chosen stays so; where it went, the one in its place is."""
        kept, place = self.current_key, max(0, self.currentIndex().row())
        self._keys = tuple(key for key, _ in rows)
        blocked = QSignalBlocker(self.selectionModel())
        self._model.setRowCount(len(rows))
        for n, (_, row) in enumerate(rows):
            item: QStandardItem | None = self._model.item(n)
            if item is None:
                item = QStandardItem()
                self._model.setItem(n, item)
            item.setText(row.title)
            item.setData(row, row_role())
            spoken = ", ".join(part for part in (row.title, row.detail, row.at_right) if part)
            item.setData(spoken, Qt.ItemDataRole.AccessibleTextRole)
        blocked.unblock()
        self.choose(kept if kept in self._keys else next(iter(self._keys[place:] or self._keys[-1:]), ""))

    def choose(self, key: str) -> None:
        index = self._model.index(self._keys.index(key), 0) if key in self._keys else QModelIndex()
        self.setCurrentIndex(index)
        self.scrollTo(index)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = self.current_key
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and key and not event.modifiers():
            self.taken.emit(key)
        elif event.key() == Qt.Key.Key_Delete and key and not event.modifiers():
            self.dropped.emit(key)
        else:
            super().keyPressEvent(event)
