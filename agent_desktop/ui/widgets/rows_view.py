"""Rows of a title and a detail as `RowDelegate` draws them, each with the words that a screen reader says."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QListView, QWidget

from agent_desktop.ui.appearance.look import Look
from agent_desktop.ui.widgets.rows import Row, RowDelegate, row_role


class RowsView(QListView):
    def __init__(self, look: Look, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._items = QStandardItemModel(self)
        self.setModel(self._items)
        self.setItemDelegate(RowDelegate(look, self))
        self.setAccessibleName(name)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)

    def put(self, rows: Sequence[Row]) -> None:
        """Instead of those before, from above to below. A heading cannot be chosen."""
        self._items.setRowCount(len(rows))
        for n, row in enumerate(rows):
            item: QStandardItem | None = self._items.item(n)
            if item is None:
                item = QStandardItem()
                self._items.setItem(n, item)
            item.setText(row.title or row.heading)
            item.setData(row, row_role())
            spoken = ", ".join(part for part in (row.heading, row.title, row.detail, row.at_right) if part)
            item.setData(spoken, Qt.ItemDataRole.AccessibleTextRole)
            can_be_chosen = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
            item.setFlags(Qt.ItemFlag.NoItemFlags if row.heading else can_be_chosen)

    def words(self, row: int) -> str:
        """A row as a screen reader says it."""
        return str(self._items.item(row).data(Qt.ItemDataRole.AccessibleTextRole))

    def light(self, row: int) -> None:
        """The current row, in sight; none for a row that is not there."""
        self.setCurrentIndex(self._items.index(row, 0))
        self.scrollTo(self.currentIndex())
