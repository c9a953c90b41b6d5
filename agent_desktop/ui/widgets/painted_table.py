"""A table of painted cells: rows of one height beneath titles that are pressed; what there is no room for is said whole
where one points."""

from typing import Final

from PySide6.QtCore import QAbstractItemModel, QEvent, QRect, QSize, Qt
from PySide6.QtGui import QHelpEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QToolTip,
)

from agent_desktop.ui.appearance.look import Look
from agent_desktop.ui.widgets.parts import plain_tip
from agent_desktop.ui.widgets.rows import Index

HEAD_PX: Final = 32
EDGE_PX: Final = 8
"""Of a cell, at either side of what stands in it."""


class PaintedTable(QTableView):
    def __init__(self, look: Look, model: QAbstractItemModel, name: str, row_px: int) -> None:
        super().__init__()
        self._look = look
        self.setModel(model)
        self.setAccessibleName(name)
        self.setSelectionMode(QTableView.SelectionMode.SingleSelection)
        self.setEditTriggers(QTableView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(look.px(row_px))
        head = self.horizontalHeader()
        head.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        head.setSectionsClickable(True)
        head.setHighlightSections(False)
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        head.setFixedHeight(look.px(HEAD_PX))


class PaintedCells(QStyledItemDelegate):
    """Paints the cells of a `PaintedTable`; `needed_px` is how wide what stands in one is."""

    def __init__(self, look: Look, table: PaintedTable) -> None:
        super().__init__(table)
        self._look, self._table = look, table

    def needed_px(self, index: Index) -> int:
        raise NotImplementedError

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(60, self._table.verticalHeader().defaultSectionSize())

    def helpEvent(
        self, event: QHelpEvent, view: QAbstractItemView, option: QStyleOptionViewItem, index: Index
    ) -> bool:  # fmt: skip
        if event.type() != QEvent.Type.ToolTip or not index.isValid():
            return super().helpEvent(event, view, option, index)
        box: QRect = option.rect
        is_whole = self.needed_px(index) <= box.width() - 2 * self._look.px(EDGE_PX)
        words = "" if is_whole else str(index.data())
        QToolTip.showText(event.globalPos(), plain_tip(words), view)
        return True

    def paint_ground(self, painter: QPainter, option: QStyleOptionViewItem, box: QRect) -> None:
        """The ground of a row that is chosen, and the line beneath each."""
        state: QStyle.StateFlag = option.state
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(box, self._look.colour("sel"))
        painter.setPen(self._look.colour("border"))
        painter.drawLine(box.left(), box.bottom(), box.right(), box.bottom())
