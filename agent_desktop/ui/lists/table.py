"""The table of a list: painted cells, a head that sorts, arrow keys and Return."""

from PySide6.QtCore import QModelIndex, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QPainter, QResizeEvent, QStaticText
from PySide6.QtWidgets import QHeaderView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTableView

from agent_desktop.ui.lists.columns import Cell, Head, Line
from agent_desktop.ui.lists.model import ListModel
from agent_desktop.ui.look import Look
from agent_desktop.ui.widgets.parts import paint_pill, pill_size
from agent_desktop.ui.widgets.rows import Index, paint_line, row_role

ROW_PX = 38
MOST_LAID = 4_000
"""Texts kept as they are painted: of some twenty screens."""


class ListTable(QTableView):
    """`opened(key)` on Return or a double click; `sort_wanted(column key)` on a title, or on Ctrl and its number."""

    opened = Signal(str)
    sort_wanted = Signal(str)

    def __init__(self, look: Look, model: ListModel, name: str) -> None:
        super().__init__()
        self._look = look
        self.lines = model
        self.setModel(model)
        self.setItemDelegate(_CellDelegate(look, self))
        self.setAccessibleName(name)
        self.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QTableView.SelectionMode.SingleSelection)
        self.setEditTriggers(QTableView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(look.px(ROW_PX))
        head = self.horizontalHeader()
        head.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        head.setSectionsClickable(True)
        head.setHighlightSections(False)
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        head.setFixedHeight(look.px(32))
        head.sectionClicked.connect(self._title_pressed)
        self.doubleClicked.connect(self._open)
        model.modelReset.connect(self.share_out)

    def show_sorted(self, column: str, *, is_descending: bool) -> None:
        keys = [one.sort for one in self.lines.columns]
        head = self.horizontalHeader()
        head.setSortIndicatorShown(column in keys)
        if column in keys:
            order = Qt.SortOrder.DescendingOrder if is_descending else Qt.SortOrder.AscendingOrder
            head.setSortIndicator(keys.index(column), order)

    def step(self, by: int) -> None:
        """From the field above: into the list."""
        self.setFocus()
        row = max(0, self.currentIndex().row() + (by if self.currentIndex().isValid() else 0))
        self.choose(row)

    def choose(self, row: int) -> None:
        model = self.lines
        while row < model.rowCount() and isinstance(model.entry(row), Head):
            row += 1
        if 0 <= row < model.rowCount():
            self.setCurrentIndex(model.index(row, 0))

    def share_out(self) -> None:
        """Each column its share of the width."""
        columns, width = self.lines.columns, self.viewport().width()
        whole, left = sum(column.share for column in columns) or 1, width
        for section, column in enumerate(columns):
            share = left if section == len(columns) - 1 else width * column.share // whole
            self.setColumnWidth(section, share)
            left -= share

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.share_out()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self._open(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def _title_pressed(self, section: int) -> None:
        if self.lines.columns[section].sort:
            self.sort_wanted.emit(self.lines.columns[section].sort)

    def _open(self, index: QModelIndex) -> None:
        line = index.data(row_role()) if index.isValid() else None
        if isinstance(line, Line) and line.key:
            self.opened.emit(line.key)


class _CellDelegate(QStyledItemDelegate):
    def __init__(self, look: Look, table: ListTable) -> None:
        super().__init__(table)
        self._look = look
        self._table = table
        self._laid: dict[tuple[str, int, int, int], QStaticText] = {}

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(60, self._look.px(ROW_PX))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        entry = self._table.lines.entry(index.row())
        box: QRect = option.rect
        look, px = self._look, self._look.px
        if isinstance(entry, Head):
            if index.column() == 0:
                whole = QRect(px(8), box.top(), self._table.viewport().width() - px(16), box.height())
                text = f"{entry.title} · {entry.count}"
                paint_line(painter, look, whole, text, look.font(12, QFont.Weight.DemiBold), "sec")
            return
        self._paint_ground(painter, option, box, index.column() == 0)
        if entry is None:
            painter.fillRect(box.adjusted(px(8), px(14), -px(24), -px(14)), look.colour("subtle"))
            return
        cell = entry.cells[self._table.lines.columns[index.column()].key]
        self._paint_cell(painter, box.adjusted(px(8), 0, -px(8), 0), cell, index.column() == 0)

    def _paint_ground(self, painter: QPainter, option: QStyleOptionViewItem, box: QRect, is_first: bool) -> None:
        look = self._look
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(box, look.colour("sel"))
            if is_first and self._table.hasFocus():
                painter.fillRect(box.left(), box.top(), look.px(3), box.height() - 1, look.colour("accent_text"))
        painter.setPen(look.colour("border"))
        painter.drawLine(box.left(), box.bottom(), box.right(), box.bottom())

    def _paint_cell(self, painter: QPainter, box: QRect, cell: Cell, is_first: bool) -> None:
        look = self._look
        if cell.tone and cell.text:
            metrics = QFontMetrics(look.font(12, QFont.Weight.Medium))
            text = metrics.elidedText(cell.text, Qt.TextElideMode.ElideRight, box.width() - look.px(16))
            size = pill_size(look, text)
            top = box.center().y() - size.height() / 2 + 1
            paint_pill(painter, look, QRectF(box.left(), top, size.width(), size.height()), text, cell.tone)
            return
        painter.setFont(look.font(13, QFont.Weight.DemiBold if is_first else QFont.Weight.Normal))
        painter.setPen(look.colour(cell.token))
        laid = self._text(cell.text, box.width(), painter.font())
        painter.drawStaticText(QPointF(box.left(), box.center().y() + 1 - laid.size().height() / 2), laid)

    def _text(self, text: str, width: int, font: QFont) -> QStaticText:
        """Laid out once: to do so for every cell of every picture takes most of the time."""
        key = (text, width, font.weight(), font.pixelSize())
        laid = self._laid.get(key)
        if laid is None:
            if len(self._laid) >= MOST_LAID:
                self._laid.clear()
            laid = QStaticText(QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, width))
            laid.setTextFormat(Qt.TextFormat.PlainText)
            laid.prepare(font=font)
            self._laid[key] = laid
        return laid
