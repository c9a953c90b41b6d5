"""A short table of figures, as tall as its rows."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QHeaderView, QTableView

from agent_desktop.ui.appearance.look import Look

ROW_PX = 28


class FiguresTable(QTableView):
    def __init__(self, look: Look, name: str) -> None:
        super().__init__()
        self._look = look
        self._model = QStandardItemModel(self)
        self.setModel(self._model)
        self.setAccessibleName(name)
        self.setEditTriggers(QTableView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setProperty("cells", "plain")
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(look.px(ROW_PX))
        head = self.horizontalHeader()
        head.setHighlightSections(False)
        head.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def show_rows(self, heads: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
        self._model.clear()
        self._model.setHorizontalHeaderLabels(list(heads))
        for row in rows:
            items = [QStandardItem(cell) for cell in row]
            for item in items:
                item.setToolTip(item.text())
            self._model.appendRow(items)
        tall = self._look.px(ROW_PX) * len(rows) + self.horizontalHeader().sizeHint().height()
        self.setFixedHeight(tall + self._look.px(4))
