"""The rows of the call history: what one says, where its columns stand, how it is painted."""

from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QPainter
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from agent_desktop.ui.appearance.look import Look
from agent_desktop.ui.widgets.parts import paint_pill, pill_size
from agent_desktop.ui.widgets.rows import Index, paint_chosen, paint_focus, paint_ground, paint_line, row_role

ROW_PX = 50
_SHARES = (30, 22, 15, 11, 9, 13)
"""Who, outcome, number shown, quality, duration, when."""


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One call. `number` is what is dialled to call back, empty for a withheld one; `title` a name or the number as it
    may be shown, `detail` that number below a name. `outcome` how it ended, in `tone`; `quality` a word and its tone.
    """

    key: str
    icon: str
    icon_token: str
    title: str
    detail: str
    outcome: str
    tone: str
    queue: str
    shown_number: str
    quality: str
    quality_tone: str
    duration: str
    when: str
    number: str = ""
    customer_id: str | None = None

    @property
    def spoken(self) -> str:
        parts = (self.title, self.detail, self.outcome, self.queue, self.shown_number, self.duration, self.quality)
        return ", ".join(part for part in (*parts, self.when) if part)


@dataclass(frozen=True, slots=True)
class Columns:
    """Boxes of a row or of the head, from left to right; empty where there is no room."""

    icon: QRect
    who: QRect
    outcome: QRect
    shown: QRect
    quality: QRect
    duration: QRect
    when: QRect
    call: QRect


def columns(box: QRect, look: Look) -> Columns:
    """Each its share of the width, so that on a wide screen a row is still read as one."""
    px = look.px
    left, width = box.left() + px(36), box.width() - px(36) - px(52)
    shares = _SHARES if width > px(700) else (*_SHARES[:2], 0, *_SHARES[3:])
    edges = [left + width * sum(shares[:n]) // sum(shares) for n in range(len(shares) + 1)]
    gap = px(12)
    who, outcome, shown, quality, duration, when = (
        QRect(a, box.top(), max(0, b - a - gap), box.height()) for a, b in pairwise(edges)
    )
    icon = QRect(box.left() + px(8), box.top(), px(16), box.height())
    call = QRect(box.right() - px(52), box.top(), px(44), box.height())
    return Columns(icon, who, outcome, shown, quality, duration, when, call)


class HistoryModel(QAbstractListModel):
    def __init__(self) -> None:
        super().__init__()
        self.lines: tuple[HistoryLine, ...] = ()

    def show_lines(self, lines: tuple[HistoryLine, ...]) -> None:
        self.beginResetModel()
        self.lines = lines
        self.endResetModel()

    def add_lines(self, lines: tuple[HistoryLine, ...]) -> None:
        if lines:
            self.beginInsertRows(QModelIndex(), len(self.lines), len(self.lines) + len(lines) - 1)
            self.lines += lines
            self.endInsertRows()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self.lines)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == row_role():
            return self.lines[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return self.lines[index.row()].title
        return self.lines[index.row()].spoken if role == Qt.ItemDataRole.AccessibleTextRole else None


class HistoryDelegate(QStyledItemDelegate):
    def __init__(self, look: Look, parent: QListView) -> None:
        super().__init__(parent)
        self._look = look

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(100, self._look.px(ROW_PX))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        line: HistoryLine = index.data(row_role())
        box: QRect = option.rect
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter, option, box)
        self._paint_line(painter, columns(box, self._look), line)
        painter.restore()

    def _paint_ground(self, painter: QPainter, option: QStyleOptionViewItem, box: QRect) -> None:
        look, state = self._look, option.state
        painter.setPen(look.colour("border"))
        painter.drawLine(box.left(), box.bottom(), box.right(), box.bottom())
        ground = QRectF(box).adjusted(0, 1, 0, -2)
        if state & QStyle.StateFlag.State_Selected:
            paint_chosen(painter, look, ground)
        elif state & QStyle.StateFlag.State_MouseOver:
            paint_ground(painter, look, ground, "hover")
        if state & QStyle.StateFlag.State_HasFocus:
            paint_focus(painter, look, QRectF(box).adjusted(1, 2, -1, -3))

    def _paint_line(self, painter: QPainter, at: Columns, line: HistoryLine) -> None:
        look, ratio = self._look, painter.device().devicePixelRatioF()
        self._icon(painter, at.icon, line.icon, line.icon_token, ratio)
        self._two(painter, at.who, line.title, "text", line.detail)
        self._two(painter, at.outcome, line.outcome, line.tone, line.queue, weight=QFont.Weight.Medium)
        self._one(painter, at.shown, line.shown_number, "sec")
        self._one(painter, at.duration, line.duration, "text")
        self._one(painter, at.when, line.when, "sec")
        if line.quality:
            size = pill_size(look, line.quality)
            top = at.quality.center().y() - size.height() / 2 + 1
            pill = QRectF(at.quality.left(), top, size.width(), size.height())
            paint_pill(painter, look, pill, line.quality, line.quality_tone)
        if line.number:
            self._icon(painter, at.call, "phone", "accent_text", ratio)

    def _icon(self, painter: QPainter, box: QRect, icon: str, token: str, ratio: float) -> None:
        side = self._look.px(16)
        pixmap = self._look.pixmap(icon, token, 16, ratio)
        painter.drawPixmap(box.center().x() - side // 2 + 1, box.center().y() - side // 2 + 1, pixmap)

    def _two(
        self, painter: QPainter, box: QRect, first: str, token: str, second: str,
        *, weight: QFont.Weight = QFont.Weight.DemiBold,
    ) -> None:  # fmt: skip
        """One above the other; what stands alone stands in the middle."""
        look, px, font = self._look, self._look.px, self._look.font(13, weight)
        if not second:
            paint_line(painter, self._look, box, first, font, token)
            return
        middle = box.center().y() + 1
        paint_line(painter, look, QRect(box.left(), middle - px(19), box.width(), px(19)), first, font, token)
        paint_line(
            painter, self._look, QRect(box.left(), middle, box.width(), px(17)), second, self._look.font(12), "sec"
        )

    def _one(self, painter: QPainter, box: QRect, text: str, token: str) -> None:
        paint_line(painter, self._look, box, text, self._look.font(13), token)
