"""The table of a report: painted cells, its total on top, each figure beside that of the other period."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from PySide6.QtCore import QAbstractTableModel, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QVBoxLayout,
)

from agent_desktop.supervisor.reports import Line
from agent_desktop.ui.appearance.look import Look
from agent_desktop.ui.supervisor.report_words import Naming
from agent_desktop.ui.widgets.parts import plain_tip
from agent_desktop.ui.widgets.rows import Index
from agent_model.floor_report import COLUMNS, TOTAL, Value

ROW_PX: Final = 30
SAMPLE: Final = 60
"""Rows that the width of a column is measured of."""
NARROWEST_PX, WIDEST_PX = 70, 260


@dataclass(frozen=True, slots=True)
class Cell:
    """`hint` is the figure of the other period."""

    text: str
    hint: str = ""


class ReportModel(QAbstractTableModel):
    def __init__(self, naming: Naming) -> None:
        super().__init__()
        self.naming = naming
        self.columns: Sequence[str] = ()
        self._lines: list[Line] = []
        self._total: Line | None = None

    def show_lines(self, columns: Sequence[str], lines: Sequence[Line], total: Line | None) -> None:
        self.beginResetModel()
        self.columns, self._lines, self._total = columns, list(lines), total
        self.endResetModel()

    @property
    def lines(self) -> Sequence[Line]:
        """As they are sorted, without the total."""
        return self._lines

    def cell(self, row: int, column: int) -> Cell:
        line, name = self._at(row), self.columns[column]
        if line is self._total and column == 0:
            return Cell(TOTAL.in_language(self.naming.formats.language))
        if column < len(line.key):
            return Cell(self.naming.written(name, line.key[column]))
        now = None if line.now is None else line.now[column]
        hint = "" if line.before is None else self.naming.written(name, line.before[column])
        return Cell(self.naming.written(name, now), hint)

    def is_total(self, row: int) -> bool:
        return self._total is not None and row == 0

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """What is empty comes last, either way."""

        def place(line: Line) -> Value:
            whole = line.now or line.before or ()
            return whole[column] if column < len(whole) else None

        self.beginResetModel()
        is_number = COLUMNS[self.columns[column]].writing.is_number
        known = [line for line in self._lines if place(line) is not None]
        rest = [line for line in self._lines if place(line) is None]
        is_down = order is Qt.SortOrder.DescendingOrder
        if is_number:
            known.sort(key=lambda line: float(place(line) or 0), reverse=is_down)
        else:
            known.sort(key=lambda line: self.naming.written(self.columns[column], place(line)), reverse=is_down)
        self._lines = known + rest
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._lines) + (self._total is not None)

    def columnCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == Qt.ItemDataRole.DisplayRole:
            return self.cell(index.row(), index.column()).text
        if role == Qt.ItemDataRole.AccessibleTextRole:
            cell, title = self.cell(index.row(), index.column()), self.naming.title(self.columns[index.column()])
            before = f" ({cell.hint})" if cell.hint else ""
            return f"{title} {cell.text}{before}"
        return None

    def headerData(self, section: int, across: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if across is not Qt.Orientation.Horizontal or section >= len(self.columns):
            return None
        name = self.columns[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return self.naming.title(name)
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(self.naming.meaning(name) or self.naming.title(name))
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if COLUMNS[name].writing.is_number else Qt.AlignmentFlag.AlignLeft
            return int(side | Qt.AlignmentFlag.AlignVCenter)
        return None

    def _at(self, row: int) -> Line:
        if self._total is None:
            return self._lines[row]
        return self._total if row == 0 else self._lines[row - 1]


class ReportTable(QTableView):
    """`looked_at(column)` when the keyboard or the pointer comes to another column. A press on a title sorts."""

    looked_at = Signal(str)
    sorted_by = Signal()

    def __init__(self, look: Look, naming: Naming, name: str) -> None:
        super().__init__()
        self._look = look
        self.report = ReportModel(naming)
        self._sorted = (-1, Qt.SortOrder.AscendingOrder)
        self.setModel(self.report)
        self.setItemDelegate(_CellDelegate(look, self))
        self.setAccessibleName(name)
        self.setSelectionMode(QTableView.SelectionMode.SingleSelection)
        self.setEditTriggers(QTableView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(look.px(ROW_PX))
        head = self.horizontalHeader()
        head.setSectionsClickable(True)
        head.setHighlightSections(False)
        head.setFixedHeight(look.px(32))
        head.sectionClicked.connect(self._sort)
        self.selectionModel().currentChanged.connect(lambda *_: self._tell())
        self._keys = 1
        self.keys_beside = _Keys(look, self)
        self.horizontalScrollBar().valueChanged.connect(lambda _: self._place_keys())

    def show_lines(self, columns: Sequence[str], lines: Sequence[Line], total: Line | None) -> None:
        """The first columns, which say what a row is about, stay in sight."""
        self._keys = len(lines[0].key) if lines else 1
        self._sorted = (-1, Qt.SortOrder.AscendingOrder)
        self.report.show_lines(columns, lines, total)
        self._fit()
        if self.report.rowCount():
            self.setCurrentIndex(self.report.index(0, 0))

    def look_at(self, column: str) -> None:
        if column in self.report.columns:
            self.setCurrentIndex(self.report.index(0, self.report.columns.index(column)))

    @property
    def column(self) -> str:
        """The one the keyboard is at; empty for none."""
        index = self.currentIndex()
        return self.report.columns[index.column()] if index.isValid() else ""

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """As wide as what stands in the first rows; what room is left goes to the names."""
        px = self._look.px
        plain = QFontMetrics(self._look.font(13, QFont.Weight.DemiBold))
        hint = QFontMetrics(self._look.font(12))
        head = QFontMetrics(self.horizontalHeader().font())
        widths = []
        for column, name in enumerate(self.report.columns):
            wide = head.horizontalAdvance(self.report.naming.title(name)) + px(20)
            for row in range(min(SAMPLE, self.report.rowCount())):
                cell = self.report.cell(row, column)
                behind = hint.horizontalAdvance(cell.hint) + px(8) if cell.hint else 0
                wide = max(wide, plain.horizontalAdvance(cell.text) + behind + px(20))
            widths.append(min(px(WIDEST_PX), max(px(NARROWEST_PX), wide)))
        left = self.viewport().width() - sum(widths)
        if widths and left > 0:
            widths[0] += left // 4
            each = (left - left // 4) // len(widths)
            widths = [wide + each for wide in widths]
        for column, wide in enumerate(widths):
            self.setColumnWidth(column, wide)
        self.keys_beside.show_columns(self._keys, widths)
        self._place_keys()

    def _place_keys(self) -> None:
        """Over their own columns, once these are scrolled away."""
        frame = self.frameWidth()
        tall = self.viewport().height() + self.horizontalHeader().height()
        self.keys_beside.setGeometry(frame, frame, sum(self.columnWidth(n) for n in range(self._keys)), tall)
        self.keys_beside.setVisible(self.horizontalScrollBar().value() > 0)

    def _sort(self, column: int) -> None:
        """Numbers begin with the largest; once more turns it round."""
        is_number = COLUMNS[self.report.columns[column]].writing.is_number
        first = Qt.SortOrder.DescendingOrder if is_number else Qt.SortOrder.AscendingOrder
        other = Qt.SortOrder.AscendingOrder if is_number else Qt.SortOrder.DescendingOrder
        order = other if self._sorted == (column, first) else first
        self._sorted = (column, order)
        self.report.sort(column, order)
        if self.report.rowCount():
            self.setCurrentIndex(self.report.index(0, column))
        self.sorted_by.emit()

    def _tell(self) -> None:
        if self.column:
            self.looked_at.emit(self.column)


class _Keys(QFrame):
    """The same rows, of the first columns alone; nobody comes to it."""

    def __init__(self, look: Look, table: ReportTable) -> None:
        super().__init__(table)
        self.setProperty("ground", "surface")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._view = view = QTableView()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(view)
        view.setModel(table.report)
        view.setSelectionModel(table.selectionModel())
        view.setItemDelegate(_CellDelegate(look, table))
        view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        view.setAccessibleName(table.accessibleName())
        view.setShowGrid(False)
        view.setVerticalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
        view.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        view.verticalHeader().hide()
        view.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        view.verticalHeader().setDefaultSectionSize(look.px(ROW_PX))
        view.horizontalHeader().setFixedHeight(look.px(32))
        view.horizontalHeader().setHighlightSections(False)
        table.verticalScrollBar().valueChanged.connect(view.verticalScrollBar().setValue)

    def show_columns(self, count: int, widths: Sequence[int]) -> None:
        for column, wide in enumerate(widths):
            self._view.setColumnHidden(column, column >= count)
            self._view.setColumnWidth(column, wide)


class _CellDelegate(QStyledItemDelegate):
    def __init__(self, look: Look, table: ReportTable) -> None:
        super().__init__(table)
        self._look, self._table = look, table

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(60, self._look.px(ROW_PX))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        look, box, model = self._look, QRect(option.rect), self._table.report
        is_total = model.is_total(index.row())
        if is_total:
            painter.fillRect(box, look.colour("subtle"))
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(box, look.colour("sel"))
        painter.setPen(look.colour("border"))
        painter.drawLine(box.left(), box.bottom(), box.right(), box.bottom())
        cell = model.cell(index.row(), index.column())
        inside = box.adjusted(look.px(8), 0, -look.px(8), 0)
        font = look.font(13, QFont.Weight.DemiBold if is_total or index.column() == 0 else QFont.Weight.Normal)
        is_number = COLUMNS[model.columns[index.column()]].writing.is_number
        side = Qt.AlignmentFlag.AlignRight if is_number else Qt.AlignmentFlag.AlignLeft
        if cell.hint:
            hint_font = look.font(12)
            wide = QFontMetrics(hint_font).horizontalAdvance(cell.hint)
            painter.setFont(hint_font)
            painter.setPen(look.colour("muted"))
            painter.drawText(inside, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, cell.hint)
            inside.setRight(inside.right() - wide - look.px(8))
        painter.setFont(font)
        painter.setPen(look.colour("text"))
        fits = QFontMetrics(font).elidedText(cell.text, Qt.TextElideMode.ElideRight, inside.width())
        painter.drawText(inside, Qt.AlignmentFlag.AlignVCenter | side, fits)
