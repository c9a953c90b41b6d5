"""The table of the agent board: painted cells, so that a row that changes costs a row."""

import re
from typing import Final

from PySide6.QtCore import QRect, QRectF, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem

from agent_desktop.ui.appearance.look import Look
from agent_desktop.ui.supervisor.agents_model import ORDERS, AgentsModel, Cell, Column
from agent_desktop.ui.widgets.painted_table import EDGE_PX, PaintedCells, PaintedTable
from agent_desktop.ui.widgets.parts import paint_pill, pill_size
from agent_desktop.ui.widgets.rows import Index, paint_line

ROW_PX: Final = 34
LEAST: Final = {
    Column.NAME: 120,
    Column.STATE: 90,
    Column.SINCE: 76,
    Column.CALLER: 108,
    Column.EXCHANGE: 90,
    Column.ADHERENCE: 96,
}
"""Columns that are read at a glance have what stands in them, and so much at least, before the rest has any."""
REST: Final = (Column.TEAM, Column.QUEUES, Column.LANGUAGES)
LEAST_REST: Final = 48
DIGITS: Final = re.compile("[0-9]")


class AgentsTable(PaintedTable):
    """`chosen(agent id)` when another agent is the current one, empty for none; `taken(agent id)` on Return or a double
    click; `order_wanted(Order)` on a title."""

    chosen = Signal(str)
    taken = Signal(str)
    order_wanted = Signal(object)

    def __init__(self, look: Look, model: AgentsModel, name: str) -> None:
        super().__init__(look, model, name, ROW_PX)
        self._agents = model
        self._current = ""
        self._cells = _CellDelegate(look, self, model)
        self._needed: dict[int, int] = {}
        self._measured: dict[tuple[object, ...], int] = {}
        self.setItemDelegate(self._cells)
        self.setSelectionBehavior(PaintedTable.SelectionBehavior.SelectRows)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.horizontalHeader().sectionClicked.connect(self._title_pressed)
        self.doubleClicked.connect(lambda _: self._take())
        self.selectionModel().currentRowChanged.connect(lambda *_: self._tell())
        model.modelAboutToBeReset.connect(self._remember)
        model.modelReset.connect(self._find_again)
        model.modelReset.connect(self._measure)
        model.dataChanged.connect(self._grow)

    @property
    def current(self) -> str:
        """The id of the agent the keyboard is at; empty for none."""
        one = self._agents.at(self.currentIndex().row()) if self.currentIndex().isValid() else None
        return "" if one is None else one.agent.id

    def choose(self, agent: str) -> None:
        row = self._agents.row_of(agent)
        if row >= 0:
            self.setCurrentIndex(self._agents.index(row, 0))

    def on_screen(self) -> tuple[int, int]:
        """The first and the last row that can be seen."""
        last = self.rowAt(self.viewport().height() - 1)
        return self.rowAt(0), last if last >= 0 else self._agents.rowCount() - 1

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def show_team(self, *, is_shown: bool) -> None:
        """Where all are of one it says nothing."""
        self.setColumnHidden(Column.TEAM, not is_shown)
        self._fit()

    def _measure(self) -> None:
        rows = range(self._agents.rowCount())
        self._needed = {column: max((self._wide(row, column) for row in rows), default=0) for column in Column}
        self._fit()

    def _grow(self, first: Index, last: Index) -> None:
        """What changed may be wider than what stood there."""
        for column in range(first.column(), last.column() + 1):
            wide = max(self._wide(row, column) for row in range(first.row(), last.row() + 1))
            if wide > self._needed.get(column, 0):
                self._needed[column] = wide
                self._fit()

    def _wide(self, row: int, column: int) -> int:
        """Measured once for all that differ in digits alone, which are of one width."""
        cell = self._agents.cell(row, column)
        like = (column, DIGITS.sub("0", cell.text), DIGITS.sub("0", cell.hint), cell.tone)
        if like not in self._measured:
            self._measured[like] = self._cells.needed_px(self._agents.index(row, column))
        return self._measured[like]

    def _fit(self) -> None:
        """What is read at a glance whole, the rest in what is left, and room to spare for all alike."""
        px, title = self._look.px, self.horizontalHeader()
        edges = px(2 * EDGE_PX + 2)
        needed = {
            column: edges + max(title.sectionSizeHint(column) - edges, self._needed.get(column, 0))
            for column in Column
            if not self.isColumnHidden(column)
        }
        widths = {column: max(px(least), needed[column]) for column, least in LEAST.items()}
        rest = [column for column in REST if column in needed]
        left = self.viewport().width() - sum(widths.values())
        wanted = sum(needed[column] for column in rest)
        if left < wanted:
            titles = {column: title.sectionSizeHint(column) for column in rest}
            each = (left - sum(titles.values())) // len(rest)
            widths |= {column: max(px(LEAST_REST), wide + each) for column, wide in titles.items()}
        else:
            each = (left - wanted) // len(needed)
            widths = {column: wide + each for column, wide in widths.items()}
            widths |= {column: needed[column] + each for column in rest}
        widths[rest[-1]] += self.viewport().width() - sum(widths.values())
        for column, wide in widths.items():
            self.setColumnWidth(column, wide)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self._take()
        else:
            super().keyPressEvent(event)

    def _title_pressed(self, section: int) -> None:
        order = ORDERS.get(Column(section))
        if order is not None:
            self.order_wanted.emit(order)

    def _take(self) -> None:
        if self.current:
            self.taken.emit(self.current)

    def _tell(self) -> None:
        self._current = self.current
        self.chosen.emit(self._current)

    def _remember(self) -> None:
        self._current = self.current

    def _find_again(self) -> None:
        """The agent that was chosen, wherever the new order has them."""
        before = self._current
        self.choose(before)
        if self.current != before:
            self._tell()


class _CellDelegate(PaintedCells):
    def __init__(self, look: Look, table: AgentsTable, model: AgentsModel) -> None:
        super().__init__(look, table)
        self._model = model

    def needed_px(self, index: Index) -> int:
        cell = self._model.cell(index.row(), index.column())
        if cell.tone and cell.text:
            return pill_size(self._look, cell.text).width()
        words = QFontMetrics(self._font(index.column())).horizontalAdvance(cell.text)
        return words + self._hint_px(cell)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        look, box = self._look, QRect(option.rect)
        self.paint_ground(painter, option, box)
        is_current = bool(option.state & QStyle.StateFlag.State_Selected) and self._table.hasFocus()
        if is_current and index.column() == 0:
            painter.fillRect(box.left(), box.top(), look.px(3), box.height() - 1, look.colour("accent_text"))
        inside = box.adjusted(look.px(EDGE_PX), 0, -look.px(EDGE_PX), 0)
        self._paint_cell(painter, inside, self._model.cell(index.row(), index.column()), index.column())

    def _font(self, column: int) -> QFont:
        return self._look.font(13, QFont.Weight.DemiBold if column == Column.NAME else QFont.Weight.Normal)

    def _hint_px(self, cell: Cell) -> int:
        """Of what stands behind, with the room before it."""
        if not cell.hint:
            return 0
        return QFontMetrics(self._look.font(12)).horizontalAdvance(cell.hint) + self._look.px(8)

    def _paint_cell(self, painter: QPainter, box: QRect, cell: Cell, column: int) -> None:
        look = self._look
        if cell.tone and cell.text:
            metrics = QFontMetrics(look.font(12, QFont.Weight.Medium))
            text = metrics.elidedText(cell.text, Qt.TextElideMode.ElideRight, box.width() - look.px(16))
            size = pill_size(look, text)
            top = box.center().y() - size.height() / 2 + 1
            paint_pill(painter, look, QRectF(box.left(), top, size.width(), size.height()), text, cell.tone)
            return
        font, hint_px = self._font(column), self._hint_px(cell)
        named = QRect(box.left(), box.top(), max(0, box.width() - hint_px), box.height())
        paint_line(painter, look, named, cell.text, font, cell.token)
        if cell.hint:
            used = min(QFontMetrics(font).horizontalAdvance(cell.text), named.width()) + look.px(8)
            behind = QRect(box.left() + used, box.top(), hint_px, box.height())
            paint_line(painter, look, behind, cell.hint, look.font(12), cell.hint_token)
