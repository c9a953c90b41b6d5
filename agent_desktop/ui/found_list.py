"""What the search at the top found, under its field; the field keeps the focus and moves the choice by arrow keys."""

from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QFrame, QListView, QVBoxLayout, QWidget

from agent_desktop.ui.look import Look
from agent_desktop.ui.widgets.parts import Label
from agent_desktop.ui.widgets.rows import Row, RowDelegate, row_role


class FoundKind(StrEnum):
    CUSTOMER = "customer"
    TICKET = "ticket"
    ARTICLE = "article"


@dataclass(frozen=True, slots=True)
class Found:
    kind: FoundKind
    id: str
    title: str
    detail: str = ""


_ICONS = {FoundKind.CUSTOMER: "user", FoundKind.TICKET: "ticket", FoundKind.ARTICLE: "book"}


class FoundList(QFrame):
    chosen = Signal(object)

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self._look = look
        self._found: tuple[Found, ...] = ()
        self.setProperty("role", "popover")
        self.hide()
        self._model = QStandardItemModel(self)
        self._view = QListView()
        self._view.setAccessibleName(self.tr("Search results"))
        self._view.setModel(self._model)
        self._view.setItemDelegate(RowDelegate(look, self))
        self._view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._view.clicked.connect(self._clicked)
        self._nothing = Label("hint", self.tr("Nothing found. Try a number, a name or a ticket number."), wraps=True)
        self._nothing.setMargin(look.px(10))
        column = QVBoxLayout(self)
        column.setContentsMargins(4, 4, 4, 4)
        column.addWidget(self._view)
        column.addWidget(self._nothing)

    def show_under(self, field: QWidget, found: tuple[Found, ...]) -> None:
        """More of the same keeps the choice that was made; something else begins at its first."""
        is_more = bool(self._found) and found[: len(self._found)] == self._found
        row = max(0, self._view.currentIndex().row()) if is_more else 0
        self._found = found
        self._model.clear()
        for one in found:
            item = QStandardItem(one.title)
            item.setData(Row(icon=_ICONS[one.kind], title=one.title, detail=one.detail), row_role())
            self._model.appendRow(item)
        self._view.setVisible(bool(found))
        self._nothing.setVisible(not found)
        if found:
            self._view.setCurrentIndex(self._model.index(row, 0))
        window = field.window()
        self.setParent(window)
        at = field.mapTo(window, QPoint(0, field.height() + 4))
        rows = min(8, len(found))
        height = rows * self._look.px(46) + 14 if found else self._look.px(60)
        self.setGeometry(at.x(), at.y(), max(field.width(), self._look.px(420)), height)
        self.show()
        self.raise_()

    def step(self, by: int) -> None:
        rows = self._model.rowCount()
        if self.isVisible() and rows:
            row = (self._view.currentIndex().row() + by) % rows
            self._view.setCurrentIndex(self._model.index(row, 0))

    def take(self) -> None:
        row = self._view.currentIndex().row()
        if self.isVisible() and 0 <= row < len(self._found):
            self.chosen.emit(self._found[row])

    def _clicked(self, index: QModelIndex) -> None:
        self.chosen.emit(self._found[index.row()])
