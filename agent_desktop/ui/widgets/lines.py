"""A short list of one-line entries in a card: lead, title, pill, something at the right. As tall as its entries."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QModelIndex, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QPainter, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QListView, QSizePolicy, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from agent_desktop.ui.appearance.look import Look
from agent_desktop.ui.widgets.parts import Tone, paint_pill, pill_size
from agent_desktop.ui.widgets.rows import Index, paint_chosen, paint_focus, paint_ground, row_role

LEAST_TITLE_PX: Final = 100
"""What a title keeps before the words beside it do."""


@dataclass(frozen=True, slots=True)
class Line:
    """`is_open`: what it is about stands beside the list, in a form."""

    key: str
    title: str
    lead: str = ""
    pill: str = ""
    tone: Tone = "neutral"
    at_right: str = ""
    right_token: str = "muted"
    right_icon: str = ""
    pill_at_right: bool = False
    is_open: bool = False


class Lines(QListView):
    """`taken(key)` by Return or a press, `dropped(key)` by Delete."""

    taken = Signal(str)
    dropped = Signal(str)

    def __init__(self, look: Look, name: str, *, leaves_bar: bool = False) -> None:
        """Where it `leaves_bar`, its titles stand as beside the bar of an open one, though none is."""
        super().__init__()
        self._look = look
        self._leaves_bar = leaves_bar
        self._lines: tuple[Line, ...] = ()
        self._model = QStandardItemModel(self)
        self.setModel(self._model)
        self.setItemDelegate(_LineDelegate(look, self))
        self.setAccessibleName(name)
        self.setMouseTracking(True)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.clicked.connect(self._take)

    def show_lines(self, lines: Sequence[Line]) -> None:
        if tuple(lines) == self._lines:
            return
        self._lines = tuple(lines)
        self._model.setRowCount(len(lines))
        for n, line in enumerate(lines):
            item: QStandardItem | None = self._model.item(n)
            if item is None:
                item = QStandardItem()
                self._model.setItem(n, item)
            item.setText(line.title)
            item.setData(line, row_role())
            opened = self.tr("open") if line.is_open else ""
            spoken = ", ".join(
                part for part in (line.lead, line.title.strip(), line.pill, line.at_right, opened) if part
            )
            item.setData(spoken, Qt.ItemDataRole.AccessibleTextRole)
            if line.is_open and not self.hasFocus():
                self.setCurrentIndex(item.index())
        self.setVisible(bool(lines))
        self.updateGeometry()

    @property
    def has_open(self) -> bool:
        return any(line.is_open for line in self._lines)

    @property
    def leaves_bar(self) -> bool:
        return self._leaves_bar or self.has_open

    @property
    def current_key(self) -> str:
        row = self.currentIndex().row()
        return self._lines[row].key if 0 <= row < len(self._lines) else ""

    def sizeHint(self) -> QSize:
        return QSize(100, self._look.px(34) * len(self._lines) + 2)

    def minimumSizeHint(self) -> QSize:
        return QSize(60, self.sizeHint().height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self._take(self.currentIndex())
        elif event.key() == Qt.Key.Key_Delete and self.current_key:
            self.dropped.emit(self.current_key)
        else:
            super().keyPressEvent(event)

    def _take(self, index: QModelIndex) -> None:
        if 0 <= index.row() < len(self._lines):
            self.taken.emit(self._lines[index.row()].key)


class _LineDelegate(QStyledItemDelegate):
    def __init__(self, look: Look, parent: Lines) -> None:
        super().__init__(parent)
        self._look, self._list = look, parent

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(60, self._look.px(34))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        line = index.data(row_role())
        if not isinstance(line, Line):
            return
        look, px = self._look, self._look.px
        box: QRect = option.rect
        state: QStyle.StateFlag = option.state
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground = QRectF(box).adjusted(0, 1, 0, -1)
        if line.is_open:
            paint_chosen(painter, look, ground)
        elif state & QStyle.StateFlag.State_MouseOver:
            paint_ground(painter, look, ground, "hover")
        if state & QStyle.StateFlag.State_HasFocus:
            paint_focus(painter, look, ground.adjusted(1, 1, -1, -1))
        right = self._paint_right(painter, box.adjusted(px(6), 0, -px(6), 0), line)
        bold = look.font(13, QFont.Weight.DemiBold)
        left = box.left() + px(12 if self._list.leaves_bar else 6)
        if line.lead:
            left = self._words(
                painter, QRect(left, box.top(), px(130), box.height()), line.lead, look.font(12), "muted"
            )
            left += px(9)
        words = "" if line.pill_at_right else self._pill_beside(line, right - left - px(18))
        pill = pill_size(look, words) if words else QSize(0, 0)
        room = max(px(20), right - left - (pill.width() + px(10) if words else 0) - px(8))
        end = self._words(painter, QRect(left, box.top(), room, box.height()), line.title, bold, "text")
        if words:
            top = box.center().y() - pill.height() / 2 + 1
            paint_pill(painter, look, QRectF(end + px(8), top, pill.width(), pill.height()), words, line.tone)
        painter.restore()

    def _pill_beside(self, line: Line, room: int) -> str:
        """Its words as far as the title leaves them room: a title of which one letter is left says nothing."""
        if not line.pill:
            return ""
        look, px = self._look, self._look.px
        title = QFontMetrics(look.font(13, QFont.Weight.DemiBold)).horizontalAdvance(line.title)
        left = room - min(title, px(LEAST_TITLE_PX))
        if (whole := pill_size(look, line.pill).width()) <= left:
            return line.pill
        metrics = QFontMetrics(look.font(12, QFont.Weight.Medium))
        edges = whole - metrics.horizontalAdvance(line.pill)
        fits = metrics.elidedText(line.pill, Qt.TextElideMode.ElideRight, left - edges)
        return fits if len(fits) > 2 else ""

    def _paint_right(self, painter: QPainter, box: QRect, line: Line) -> int:
        look, px, right = self._look, self._look.px, box.right()
        if line.pill and line.pill_at_right:
            pill = pill_size(look, line.pill)
            top = box.center().y() - pill.height() / 2 + 1
            paint_pill(
                painter, look, QRectF(right - pill.width(), top, pill.width(), pill.height()), line.pill, line.tone
            )
            right -= pill.width() + px(8)
        if line.at_right:
            font = look.font(12, QFont.Weight.Medium)
            width = QFontMetrics(font).horizontalAdvance(line.at_right) + 2
            painter.setFont(font)
            painter.setPen(look.colour(line.right_token))
            painter.drawText(
                QRect(right - width, box.top(), width, box.height()), Qt.AlignmentFlag.AlignVCenter, line.at_right
            )
            right -= width + px(4)
        if line.right_icon:
            pixmap = look.pixmap(line.right_icon, line.right_token, 14, painter.device().devicePixelRatioF())
            painter.drawPixmap(right - px(15), box.center().y() - px(7) + 1, pixmap)
            right -= px(22)
        return right

    def _words(self, painter: QPainter, box: QRect, text: str, font: QFont, token: str) -> int:
        metrics = QFontMetrics(font)
        fits = metrics.elidedText(text, Qt.TextElideMode.ElideRight, box.width())
        painter.setFont(font)
        painter.setPen(self._look.colour(token))
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, fits)
        return box.left() + metrics.horizontalAdvance(fits)
