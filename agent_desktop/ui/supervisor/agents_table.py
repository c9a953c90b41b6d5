"""The table of the agent board: painted cells, so that a row that changes costs a row."""

from typing import Final

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import QHeaderView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTableView

from agent_desktop.ui.appearance.look import Look
from agent_desktop.ui.supervisor.agents_model import ORDERS, AgentsModel, Cell, Column
from agent_desktop.ui.widgets.parts import paint_pill, pill_size
from agent_desktop.ui.widgets.rows import Index, paint_line

ROW_PX: Final = 34
SHARES: Final = {
    Column.NAME: 16,
    Column.STATE: 13,
    Column.SINCE: 8,
    Column.CALLER: 13,
    Column.EXCHANGE: 12,
    Column.TEAM: 11,
    Column.QUEUES: 15,
    Column.LANGUAGES: 12,
}


class AgentsTable(QTableView):
    """`chosen(agent id)` when another agent is the current one, empty for none; `taken(agent id)` on Return or a double
    click; `order_wanted(Order)` on a title."""

    chosen = Signal(str)
    taken = Signal(str)
    order_wanted = Signal(object)

    def __init__(self, look: Look, model: AgentsModel, name: str) -> None:
        super().__init__()
        self._look, self._agents = look, model
        self._current = ""
        self.setModel(model)
        self.setItemDelegate(_CellDelegate(look, self, model))
        self.setAccessibleName(name)
        self.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QTableView.SelectionMode.SingleSelection)
        self.setEditTriggers(QTableView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
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
        self.doubleClicked.connect(lambda _: self._take())
        self.selectionModel().currentRowChanged.connect(lambda *_: self._tell())
        model.modelAboutToBeReset.connect(self._remember)
        model.modelReset.connect(self._find_again)

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
        width, whole = self.viewport().width(), sum(SHARES.values())
        left = width
        for column, share in SHARES.items():
            wide = left if column is Column.LANGUAGES else width * share // whole
            self.setColumnWidth(column, wide)
            left -= wide

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


class _CellDelegate(QStyledItemDelegate):
    def __init__(self, look: Look, table: AgentsTable, model: AgentsModel) -> None:
        super().__init__(table)
        self._look, self._table, self._model = look, table, model

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(60, self._look.px(ROW_PX))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        look, box = self._look, QRect(option.rect)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(box, look.colour("sel"))
            if index.column() == 0 and self._table.hasFocus():
                painter.fillRect(box.left(), box.top(), look.px(3), box.height() - 1, look.colour("accent_text"))
        painter.setPen(look.colour("border"))
        painter.drawLine(box.left(), box.bottom(), box.right(), box.bottom())
        inside = box.adjusted(look.px(8), 0, -look.px(8), 0)
        self._paint_cell(painter, inside, self._model.cell(index.row(), index.column()), index.column())

    def _paint_cell(self, painter: QPainter, box: QRect, cell: Cell, column: int) -> None:
        look = self._look
        if cell.tone and cell.text:
            metrics = QFontMetrics(look.font(12, QFont.Weight.Medium))
            text = metrics.elidedText(cell.text, Qt.TextElideMode.ElideRight, box.width() - look.px(16))
            size = pill_size(look, text)
            top = box.center().y() - size.height() / 2 + 1
            paint_pill(painter, look, QRectF(box.left(), top, size.width(), size.height()), text, cell.tone)
            return
        font = look.font(13, QFont.Weight.DemiBold if column == Column.NAME else QFont.Weight.Normal)
        hint_font = look.font(12)
        hint_px = QFontMetrics(hint_font).horizontalAdvance(cell.hint) + look.px(8) if cell.hint else 0
        named = QRect(box.left(), box.top(), max(0, box.width() - hint_px), box.height())
        paint_line(painter, look, named, cell.text, font, cell.token)
        if cell.hint:
            used = min(QFontMetrics(font).horizontalAdvance(cell.text), named.width()) + look.px(8)
            behind = QRect(box.left() + used, box.top(), hint_px, box.height())
            paint_line(painter, look, behind, cell.hint, hint_font, "muted")
