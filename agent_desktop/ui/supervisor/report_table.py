"""The table of a report: painted cells, its total on top, each figure beside that of the other period."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from PySide6.QtCore import QAbstractTableModel, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QResizeEvent
from PySide6.QtWidgets import QFrame, QStyle, QStyleOptionViewItem, QVBoxLayout

from agent_desktop.supervisor.reports import Line
from agent_desktop.ui.appearance.look import Look
from agent_desktop.ui.supervisor.report_words import Naming
from agent_desktop.ui.widgets.painted_table import EDGE_PX, HEAD_PX, PaintedCells, PaintedTable
from agent_desktop.ui.widgets.parts import plain_tip
from agent_desktop.ui.widgets.rows import Index, paint_focus
from agent_model.floor_report import COLUMNS, TOTAL, Value

ROW_PX: Final = 30
SAMPLE: Final = 60
"""Rows that the width of a column is measured of."""
NARROWEST_PX, WIDEST_PX = 70, 260
TALL_HEAD_PX: Final = 46
"""Where titles stand in two lines."""


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
            return int(side | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap)
        return None

    def _at(self, row: int) -> Line:
        if self._total is None:
            return self._lines[row]
        return self._total if row == 0 else self._lines[row - 1]


class ReportTable(PaintedTable):
    """`looked_at(column)` when the keyboard or the pointer comes to another column. A press on a title sorts."""

    looked_at = Signal(str)
    sorted_by = Signal()

    def __init__(self, look: Look, naming: Naming, name: str) -> None:
        self.report = ReportModel(naming)
        super().__init__(look, self.report, name, ROW_PX)
        self._sorted = (-1, Qt.SortOrder.AscendingOrder)
        self._cells = _CellDelegate(look, self, self.report)
        self.setItemDelegate(self._cells)
        self.setHorizontalScrollMode(PaintedTable.ScrollMode.ScrollPerPixel)
        self.horizontalHeader().sectionClicked.connect(self._sort)
        self.selectionModel().currentChanged.connect(lambda *_: self._tell())
        self._keys = 1
        self._shown: frozenset[str] = frozenset()
        self.keys_beside = _Keys(look, self)
        self.horizontalScrollBar().valueChanged.connect(lambda _: self._place_keys())

    def show_lines(self, columns: Sequence[str], lines: Sequence[Line], total: Line | None) -> None:
        """The first columns, which say what a row is about, stay in sight."""
        self._keys = len(lines[0].key) if lines else 1
        self._sorted = (-1, Qt.SortOrder.AscendingOrder)
        self.report.show_lines(columns, lines, total)
        self.show_columns(columns)
        if self.report.rowCount():
            self.setCurrentIndex(self.report.index(0, 0))

    def call(self, naming: Naming) -> None:
        """What is shown is called otherwise from now on; who looks stays where they are."""
        self.report.naming = naming
        rows, columns = self.report.rowCount(), self.report.columnCount()
        if rows and columns:
            self.report.dataChanged.emit(self.report.index(0, 0), self.report.index(rows - 1, columns - 1))
            self._fit()

    def show_columns(self, columns: Sequence[str]) -> None:
        """Only these."""
        self._shown = frozenset(columns)
        for place, name in enumerate(self.report.columns):
            self.setColumnHidden(place, name not in self._shown)
        self._fit()

    def look_at(self, column: str) -> None:
        if column in self.report.columns:
            row = max(0, self.currentIndex().row())
            self.setCurrentIndex(self.report.index(row, self.report.columns.index(column)))

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
        px, report = self._look.px, self.report
        head = QFontMetrics(self.horizontalHeader().font())
        shown = [place for place, name in enumerate(report.columns) if name in self._shown]
        titles = {place: head.horizontalAdvance(report.naming.title(report.columns[place])) for place in shown}
        least = {place: two_lines_px(head, report.naming.title(report.columns[place])) for place in shown}
        told = {place: self._widest(place) for place in shown}
        edges, room = px(2 * EDGE_PX + 4), self.viewport().width()
        is_wide = sum(max(titles[n], told[n]) + edges for n in shown) <= room
        wanted = titles if is_wide else least
        widths = {n: min(px(WIDEST_PX), max(px(NARROWEST_PX), wanted[n] + edges, told[n] + edges)) for n in shown}
        left = room - sum(widths.values())
        if shown and left > 0:
            each = left * 3 // 4 // len(shown)
            widths = {place: wide + each for place, wide in widths.items()}
            widths[shown[0]] += left - each * len(shown)
        for place, wide in widths.items():
            self.setColumnWidth(place, wide)
        is_tall = any(titles[n] + edges > widths[n] for n in shown)
        self.horizontalHeader().setFixedHeight(px(TALL_HEAD_PX if is_tall else HEAD_PX))
        self.keys_beside.show_columns(self._keys, len(report.columns), widths)
        self._place_keys()

    def _widest(self, column: int) -> int:
        rows = range(min(SAMPLE, self.report.rowCount()))
        return max((self._cells.needed_px(self.report.index(row, column)) for row in rows), default=0)

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
        self._table = table
        self.setProperty("ground", "surface")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._view = view = PaintedTable(look, table.report, table.accessibleName(), ROW_PX)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(view)
        view.setSelectionModel(table.selectionModel())
        view.setItemDelegate(_CellDelegate(look, view, table.report))
        view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        view.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        table.verticalScrollBar().valueChanged.connect(view.verticalScrollBar().setValue)

    def show_columns(self, keys: int, columns: int, widths: Mapping[int, int]) -> None:
        for place in range(columns):
            self._view.setColumnHidden(place, place >= keys)
            self._view.setColumnWidth(place, widths.get(place, 0))
        self._view.horizontalHeader().setFixedHeight(self._table.horizontalHeader().height())


class _CellDelegate(PaintedCells):
    def __init__(self, look: Look, table: PaintedTable, report: ReportModel) -> None:
        super().__init__(look, table)
        self._report = report

    def needed_px(self, index: Index) -> int:
        cell = self._report.cell(index.row(), index.column())
        words = QFontMetrics(self._look.font(13, QFont.Weight.DemiBold)).horizontalAdvance(cell.text)
        return words + self._hint_px(cell)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        look, box, model = self._look, QRect(option.rect), self._report
        is_total = model.is_total(index.row())
        if is_total:
            painter.fillRect(box, look.colour("subtle"))
        self.paint_ground(painter, option, box)
        cell = model.cell(index.row(), index.column())
        inside = box.adjusted(look.px(EDGE_PX), 0, -look.px(EDGE_PX), 0)
        font = look.font(13, QFont.Weight.DemiBold if is_total or index.column() == 0 else QFont.Weight.Normal)
        is_number = COLUMNS[model.columns[index.column()]].writing.is_number
        side = Qt.AlignmentFlag.AlignRight if is_number else Qt.AlignmentFlag.AlignLeft
        if cell.hint:
            painter.setFont(look.font(12))
            painter.setPen(look.colour("muted"))
            painter.drawText(inside, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, cell.hint)
            inside.setRight(inside.right() - self._hint_px(cell))
        if option.state & QStyle.StateFlag.State_HasFocus:
            paint_focus(painter, look, QRectF(box).adjusted(1, 1, -1, -2))
        painter.setFont(font)
        painter.setPen(look.colour("text"))
        fits = QFontMetrics(font).elidedText(cell.text, Qt.TextElideMode.ElideRight, inside.width())
        painter.drawText(inside, Qt.AlignmentFlag.AlignVCenter | side, fits)

    def _hint_px(self, cell: Cell) -> int:
        """Of the other period's figure, with the room before it."""
        if not cell.hint:
            return 0
        return QFontMetrics(self._look.font(12)).horizontalAdvance(cell.hint) + self._look.px(8)


def two_lines_px(metrics: QFontMetrics, words: str) -> int:
    """How wide they are where they are broken best: between words, and Chinese anywhere."""
    joint = "" if not words.isascii() else " "
    parts = words.split(" ") if joint else list(words)
    breaks = [(joint.join(parts[:n]), joint.join(parts[n:])) for n in range(1, len(parts))]
    return min((max(map(metrics.horizontalAdvance, pair)) for pair in breaks), default=metrics.horizontalAdvance(words))
