"""The rows of the timeline: the model that holds them, the delegate that paints them."""

from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from agent_desktop.customers.profile import TimelineEntry
from agent_desktop.ui.appearance.look import Look
from agent_desktop.ui.widgets.parts import Tone, ink, paint_pill, pill_size, plain_tip

Index = QModelIndex | QPersistentModelIndex
ROW_ROLE = int(Qt.ItemDataRole.UserRole) + 1


@dataclass(frozen=True, slots=True)
class TimelineRow:
    """One painted row; `heading` alone is a line between days."""

    heading: str = ""
    icon: str = ""
    tone: Tone = "neutral"
    title: str = ""
    pill: str = ""
    pill_tone: Tone = "neutral"
    text: str = ""
    when: str = ""
    full_when: str = ""
    is_last_of_day: bool = False
    entry: TimelineEntry | None = None


class TimelineModel(QAbstractListModel):
    def __init__(self) -> None:
        super().__init__()
        self._rows: tuple[TimelineRow, ...] = ()

    def show_rows(self, rows: tuple[TimelineRow, ...]) -> None:
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()

    def add_rows(self, rows: tuple[TimelineRow, ...]) -> None:
        if rows:
            self.beginInsertRows(QModelIndex(), len(self._rows), len(self._rows) + len(rows) - 1)
            self._rows += rows
            self.endInsertRows()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == ROW_ROLE:
            return self._rows[index.row()]
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            return None
        row = self._rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return row.heading or row.title
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip("\n".join(part for part in (row.full_when, row.text) if part))
        return ", ".join(part for part in (row.heading, row.title, row.pill, row.text, row.full_when) if part)

    def flags(self, index: Index) -> Qt.ItemFlag:
        if self._rows[index.row()].heading:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable


class TimelineDelegate(QStyledItemDelegate):
    def __init__(self, look: Look, parent: QListView) -> None:
        super().__init__(parent)
        self._look = look

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        row: TimelineRow = index.data(ROW_ROLE)
        return QSize(100, self._look.px(30) if row.heading else self._look.px(58))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row: TimelineRow = index.data(ROW_ROLE)
        look, px = self._look, self._look.px
        box: QRect = option.rect
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if row.heading:
            painter.setFont(look.font(12))
            painter.setPen(look.colour("muted"))
            painter.drawText(box.adjusted(px(16), px(6), 0, 0), Qt.AlignmentFlag.AlignVCenter, row.heading)
        else:
            self._paint_focus(painter, option, box)
            self._paint_mark(painter, box, row)
            self._paint_words(painter, box, row)
        painter.restore()

    def _paint_focus(self, painter: QPainter, option: QStyleOptionViewItem, box: QRect) -> None:
        state: QStyle.StateFlag = option.state
        if not state & QStyle.StateFlag.State_HasFocus:
            return
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._look.colour("sel"))
        inner = QRectF(box).adjusted(self._look.px(8), 1, -self._look.px(6), -1)
        painter.drawRoundedRect(inner, self._look.px(7), self._look.px(7))

    def _paint_mark(self, painter: QPainter, box: QRect, row: TimelineRow) -> None:
        look, px = self._look, self._look.px
        text_token, ground_token = ink(row.tone)
        side = px(28)
        left, top = box.left() + px(16), box.top() + px(6)
        if not row.is_last_of_day:
            painter.setPen(look.colour("border"))
            middle = left + side // 2
            painter.drawLine(middle, top + side + px(4), middle, box.bottom() + px(4))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.colour(ground_token))
        painter.drawEllipse(left, top, side, side)
        pixmap = look.pixmap(row.icon, text_token, 15, painter.device().devicePixelRatioF())
        inset = (side - px(15)) // 2
        painter.drawPixmap(left + inset, top + inset, pixmap)

    def _paint_words(self, painter: QPainter, box: QRect, row: TimelineRow) -> None:
        look, px = self._look, self._look.px
        when_font = look.font(12)
        when_width = QFontMetrics(when_font).horizontalAdvance(row.when) + 2
        right = box.right() - px(14)
        left = box.left() + px(56)
        line = QRect(left, box.top() + px(7), right - left, px(22))
        painter.setFont(when_font)
        painter.setPen(look.colour("muted"))
        painter.drawText(line, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, row.when)
        title_font = look.font(13, QFont.Weight.DemiBold)
        metrics = QFontMetrics(title_font)
        pill = pill_size(look, row.pill) if row.pill else QSize(0, 0)
        room = line.width() - when_width - px(14) - (pill.width() + px(8) if row.pill else 0)
        title = metrics.elidedText(row.title, Qt.TextElideMode.ElideRight, max(px(30), room))
        painter.setFont(title_font)
        painter.setPen(look.colour("text"))
        painter.drawText(line, Qt.AlignmentFlag.AlignVCenter, title)
        if row.pill:
            at = line.left() + metrics.horizontalAdvance(title) + px(8)
            top = line.center().y() - pill.height() / 2 + 1
            paint_pill(painter, look, QRectF(at, top, pill.width(), pill.height()), row.pill, row.pill_tone)
        body = QRect(left, line.bottom(), right - left, px(20))
        body_font = look.font(13)
        painter.setFont(body_font)
        painter.setPen(look.colour("sec"))
        fits = QFontMetrics(body_font).elidedText(row.text, Qt.TextElideMode.ElideRight, body.width())
        painter.drawText(body, Qt.AlignmentFlag.AlignVCenter, fits)
