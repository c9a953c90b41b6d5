"""The table of a list: painted cells, a head that sorts, and everything by keys: moving, choosing, finding, opening."""

from PySide6.QtCore import QModelIndex, QPoint, QPointF, QRect, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFont,
    QFontMetrics,
    QGuiApplication,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QResizeEvent,
    QStaticText,
)
from PySide6.QtWidgets import QHeaderView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTableView

from agent_desktop.ui.appearance.look import Look
from agent_desktop.ui.lists.columns import Cell, Head, Line
from agent_desktop.ui.lists.model import ListModel
from agent_desktop.ui.widgets.parts import paint_pill, pill_size
from agent_desktop.ui.widgets.rows import Index, paint_line, row_role

ROW_PX = 38
MOST_LAID = 4_000
"""Texts kept as they are painted: of some twenty screens."""
TYPED_WITHIN_MS = 900
"""Letters that follow one another so soon are of one word."""
MARK_PX = 22
MOVING = frozenset(
    {
        Qt.Key.Key_Up,
        Qt.Key.Key_Down,
        Qt.Key.Key_PageUp,
        Qt.Key.Key_PageDown,
        Qt.Key.Key_Home,
        Qt.Key.Key_End,
    }
)
CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


class ListTable(QTableView):
    """`opened(key)` on Return or a double click; `sort_wanted(column key)` on a title, `then_wanted` with Shift;
    `menu_wanted(where)` on the menu key or the right button; `typed(text)` as one types where to go.

    Space, or a click with Ctrl, chooses a row; Shift with what moves chooses all on the way, Ctrl+A every one; Escape
    lets go. What is `chosen` are places (`ListModel.place`), so that it outlives another order; `chosen_changed` then.
    """

    opened = Signal(str)
    sort_wanted = Signal(str)
    then_wanted = Signal(str)
    menu_wanted = Signal(object)
    typed = Signal(str)
    chosen_changed = Signal()

    def __init__(self, look: Look, model: ListModel, name: str) -> None:
        super().__init__()
        self._look = look
        self.lines = model
        self.chosen: set[int] = set()
        self._anchor = 0
        self._reached: set[int] = set()
        self._word = ""
        self._forget_word = QTimer(self)
        self._forget_word.setSingleShot(True)
        self._forget_word.setInterval(TYPED_WITHIN_MS)
        self._forget_word.timeout.connect(self._word_over)
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
        self.lines.show_sorted(column, is_descending=is_descending)

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
        key, held = Qt.Key(event.key()), event.modifiers()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not held:
            self.open_current()
        elif key in MOVING:
            self._move(key, held)
        elif key == Qt.Key.Key_Space and not self._word:
            self.toggle_current()
        elif key == Qt.Key.Key_A and held == CONTROL:
            self.choose_all()
        elif key == Qt.Key.Key_Escape and self.chosen:
            self.choose_none()
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """Qt would ask for every line there is; who knows the order is asked instead."""
        self._word += search
        self._forget_word.start()
        self.typed.emit(self._word)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        row = self.indexAt(event.position().toPoint()).row()
        if event.button() == Qt.MouseButton.LeftButton and row >= 0 and event.modifiers() & SHIFT:
            self.choose(row)
            self._reach(row)
            return
        super().mousePressEvent(event)
        if event.button() == Qt.MouseButton.LeftButton and row >= 0:
            self._start_at(row)
            is_mark = self.chosen and event.position().x() < self._look.px(MARK_PX + 8)
            if event.modifiers() & CONTROL or is_mark:
                self._toggle(row)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if event.reason() == QContextMenuEvent.Reason.Mouse:
            self.choose(self.indexAt(event.pos()).row())
            self.menu_wanted.emit(event.globalPos())
        else:
            at: QPoint = self.visualRect(self.currentIndex()).bottomLeft()
            self.menu_wanted.emit(self.viewport().mapToGlobal(at))

    def open_current(self) -> None:
        self._open(self.currentIndex())

    def toggle_current(self) -> None:
        self._toggle(self.currentIndex().row())

    def choose_all(self) -> None:
        self._choose(set(self.lines.places))

    def choose_none(self) -> None:
        self._choose(set())

    def _choose(self, places: set[int]) -> None:
        if places != self.chosen:
            self.chosen = places
            self.lines.show_chosen(places, self.currentIndex().row())
            self.viewport().update()
            self.chosen_changed.emit()

    def _toggle(self, row: int) -> None:
        place = self.lines.place(row) if row >= 0 else None
        if place is not None:
            self._start_at(row)
            self._choose(self.chosen ^ {place})

    def _move(self, key: Qt.Key, held: Qt.KeyboardModifier) -> None:
        row, page = self.currentIndex().row(), max(1, self.viewport().height() // max(1, self.rowHeight(0)) - 1)
        last = self.lines.rowCount() - 1
        to = {
            Qt.Key.Key_Up: row - 1,
            Qt.Key.Key_Down: row + 1,
            Qt.Key.Key_PageUp: row - page,
            Qt.Key.Key_PageDown: row + page,
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: last,
        }[key]
        to = min(last, max(0, to))
        step = 1 if to > row or to == 0 else -1
        while 0 <= to <= last and isinstance(self.lines.entry(to), Head):
            to += step
        if not 0 <= to <= last:
            return
        self.choose(to)
        if held & SHIFT:
            self._reach(to)
        else:
            self._start_at(to)

    def _start_at(self, row: int) -> None:
        """From here on Shift chooses."""
        self._anchor, self._reached = row, set()

    def _reach(self, row: int) -> None:
        """Everything from the anchor to this row, in the place of what was reached before."""
        between = range(min(self._anchor, row), max(self._anchor, row) + 1)
        places = {place for one in between if (place := self.lines.place(one)) is not None}
        chosen = (self.chosen - self._reached) | places
        self._reached = places
        self._choose(chosen)

    def _word_over(self) -> None:
        self._word = ""

    def _title_pressed(self, section: int) -> None:
        if self.lines.columns[section].sort:
            is_next = QGuiApplication.keyboardModifiers() & SHIFT
            (self.then_wanted if is_next else self.sort_wanted).emit(self.lines.columns[section].sort)

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
        is_chosen = bool(self._table.chosen) and self._table.lines.place(index.row()) in self._table.chosen
        self._paint_ground(painter, option, box, index.column() == 0, is_chosen=is_chosen)
        if entry is None:
            painter.fillRect(box.adjusted(px(8), px(14), -px(24), -px(14)), look.colour("subtle"))
            return
        cell = entry.cells[self._table.lines.columns[index.column()].key]
        left = px(8)
        if self._table.chosen and index.column() == 0:
            left += px(MARK_PX)
            self._paint_mark(painter, box, is_chosen=is_chosen)
        self._paint_cell(painter, box.adjusted(left, 0, -px(8), 0), cell, index.column() == 0)

    def _paint_mark(self, painter: QPainter, box: QRect, *, is_chosen: bool) -> None:
        look, side = self._look, self._look.px(14)
        mark = QRect(box.left() + look.px(8), box.center().y() - side // 2, side, side)
        painter.setPen(look.colour("accent" if is_chosen else "bstrong"))
        painter.setBrush(look.colour("accent" if is_chosen else "surface"))
        painter.drawRoundedRect(mark, look.px(3), look.px(3))
        if is_chosen:
            pixmap = look.pixmap("check", "on_accent", 12, self._table.devicePixelRatioF())
            painter.drawPixmap(mark.left() + look.px(1), mark.top() + look.px(1), pixmap)

    def _paint_ground(
        self, painter: QPainter, option: QStyleOptionViewItem, box: QRect, is_first: bool, *, is_chosen: bool
    ) -> None:
        look = self._look
        if is_chosen:
            painter.fillRect(box, look.colour("accent_bg"))
        if option.state & QStyle.StateFlag.State_Selected:
            if not is_chosen:
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
