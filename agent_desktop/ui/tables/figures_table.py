"""A short table of figures, as tall as its rows or as it may become."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QHeaderView, QTableView

from agent_desktop.ui.appearance.look import Look
from agent_desktop.ui.widgets.parts import plain_tip

ROW_PX = 28


class FiguresTable(QTableView):
    dropped = Signal()
    """Delete was pressed, with rows chosen or without."""

    def __init__(self, look: Look, name: str, most_rows: int = 0) -> None:
        """With `most_rows` it is no taller than these, and the others are scrolled to."""
        super().__init__()
        self._look, self._most_rows = look, most_rows
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
        if not most_rows:
            self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Delete:
            self.dropped.emit()
        else:
            super().keyPressEvent(event)

    def show_rows(
        self,
        heads: Sequence[str],
        rows: Sequence[Sequence[str]],
        tokens: Sequence[str] = (),
        narrow: Sequence[int] = (),
    ) -> None:
        """`tokens`: the colour of each row, where they are not all alike. Columns that are `narrow` are as wide as what
        stands in them; the others share the rest."""
        self._model.clear()
        self._model.setHorizontalHeaderLabels(list(heads))
        for n, row in enumerate(rows):
            items = [QStandardItem(cell) for cell in row]
            for item in items:
                item.setToolTip(plain_tip(item.text()))
                if tokens:
                    item.setForeground(self._look.colour(tokens[n]))
            self._model.appendRow(items)
        head = self.horizontalHeader()
        for column in narrow:
            head.setSectionResizeMode(column, QHeaderView.ResizeMode.Fixed)
            wide = max(self.sizeHintForColumn(column), head.sectionSizeFromContents(column).width())
            head.resizeSection(column, wide + self._look.px(16))
        count = min(len(rows), self._most_rows) if self._most_rows else len(rows)
        tall = self._look.px(ROW_PX) * count + self.horizontalHeader().sizeHint().height()
        self.setFixedHeight(tall + self._look.px(4))
