"""The first rows of a file as they would be, field by field; a row that cannot be read says why."""

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QHeaderView, QTableView

from agent_desktop.sync.imports import Seen
from agent_desktop.ui.appearance.formats import Formats
from agent_desktop.ui.appearance.look import Look
from agent_desktop.ui.directory import Directory
from agent_desktop.ui.imports.words import field_title, value_words
from agent_desktop.ui.widgets.parts import plain_tip
from agent_model.table_import import LEFT_OUT

ROW_PX = 32


class PreviewTable(QTableView):
    def __init__(self, look: Look, formats: Formats) -> None:
        super().__init__()
        self._look, self._formats = look, formats
        self._directory = Directory()
        self._model = QStandardItemModel(self)
        self.setModel(self._model)
        self.setAccessibleName(self.tr("How the rows will read"))
        self.setEditTriggers(QTableView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QTableView.SelectionMode.SingleSelection)
        self.setHorizontalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setProperty("cells", "plain")
        self.setWordWrap(False)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(look.px(ROW_PX))
        head = self.horizontalHeader()
        head.setHighlightSections(False)
        head.setStretchLastSection(True)
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        head.setFixedHeight(look.px(ROW_PX))

    def show_directory(self, directory: Directory) -> None:
        self._directory = directory

    def show_file(self, seen: Seen | None) -> None:
        self._model.clear()
        self.clearSpans()
        if seen is None:
            return
        taken = (str(column.field) for column in seen.columns if column.field not in (None, LEFT_OUT))
        fields = list(dict.fromkeys(taken))
        titles = [field_title(name, self._directory, self._formats) for name in fields]
        self._model.setHorizontalHeaderLabels([self.tr("Row"), *titles])
        for n, row in enumerate(seen.rows):
            told = row.told
            if told is None:
                self._model.appendRow([self._item(str(row.number), "bad"), self._item(row.wrong, "bad")])
                self.setSpan(n, 1, 1, max(1, len(fields)))
                continue
            cells = [self._item(self._words(name, told.get(name)), "text") for name in fields]
            self._model.appendRow([self._item(str(row.number), "muted"), *cells])
        self.resizeColumnsToContents()
        widest = self._look.px(220)
        for column in range(self._model.columnCount()):
            self.setColumnWidth(column, min(widest, self.columnWidth(column) + self._look.px(12)))

    def _words(self, name: str, value: Any) -> str:
        return value_words(name, value, self._directory, self._formats)

    def _item(self, text: str, token: str) -> QStandardItem:
        item = QStandardItem(text)
        item.setForeground(self._look.colour(token))
        item.setToolTip(plain_tip(text))
        return item
