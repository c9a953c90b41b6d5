"""A row of a list: icon, title, detail, something at the right; painted, not built of widgets."""

from dataclasses import dataclass

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QHelpEvent, QPainter, QTextCharFormat, QTextLayout
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QToolTip, QWidget

from agent_desktop.ui.appearance.look import Look
from agent_desktop.ui.widgets.parts import plain_tip

Index = QModelIndex | QPersistentModelIndex
Marks = tuple[tuple[int, int], ...]
"""(start, length) of what stands out in a text."""


def row_role() -> int:
    """Where a list's item keeps its Row."""
    return int(Qt.ItemDataRole.UserRole) + 1


@dataclass(frozen=True, slots=True)
class Row:
    """`heading` alone makes a line between groups. `keys` is a chord shown as a chip, `at_right` words or a timer."""

    title: str = ""
    detail: str = ""
    icon: str = ""
    icon_token: str = "muted"
    at_right: str = ""
    right_token: str = "muted"
    keys: str = ""
    is_unread: bool = False
    is_ringing: bool = False
    heading: str = ""
    marks: Marks = ()
    detail_marks: Marks = ()


class RowDelegate(QStyledItemDelegate):
    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self._look = look

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        row = index.data(row_role())
        return QSize(100, self._look.px(26 if isinstance(row, Row) and row.heading else 46))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row = index.data(row_role())
        if not isinstance(row, Row):
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box: QRect = option.rect
        if row.heading:
            self._paint_heading(painter, box, row.heading)
        else:
            self._paint_ground(painter, option, box, row)
            self._paint_row(painter, box, row)
        painter.restore()

    def helpEvent(self, event: QHelpEvent, view: QAbstractItemView, option: QStyleOptionViewItem, index: Index) -> bool:
        """What has no room is read where the pointer rests."""
        row = index.data(row_role())
        if event.type() != QEvent.Type.ToolTip or not isinstance(row, Row) or row.heading:
            return super().helpEvent(event, view, option, index)
        QToolTip.showText(event.globalPos(), plain_tip("\n".join(self._cut(option.rect, row))), view)
        return True

    def _cut(self, box: QRect, row: Row) -> list[str]:
        """The lines that do not fit."""
        px = self._look.px
        left = px(8) + (px(16) + px(9) if row.icon else 0)
        room = box.width() - left - px(8) - self._right_px(row) - px(6)
        fonts = (self._look.font(13, QFont.Weight.DemiBold), self._look.font(12))
        lines = zip((row.title, row.detail), fonts, strict=True)
        return [words for words, font in lines if QFontMetrics(font).horizontalAdvance(words) > room]

    def _right_px(self, row: Row) -> int:
        px, keys, words = self._look.px, self._look.font(11), self._look.font(12, QFont.Weight.Medium)
        chip = QFontMetrics(keys).horizontalAdvance(row.keys) + px(9) + px(6) if row.keys else 0
        told = QFontMetrics(words).horizontalAdvance(row.at_right) + 2 + px(6) if row.at_right else 0
        return (px(13) if row.is_unread else 0) + chip + told

    def _paint_heading(self, painter: QPainter, box: QRect, text: str) -> None:
        painter.setFont(self._look.font(12))
        painter.setPen(self._look.colour("muted"))
        painter.drawText(box.adjusted(self._look.px(7), 0, 0, -self._look.px(3)), Qt.AlignmentFlag.AlignBottom, text)

    def _paint_ground(self, painter: QPainter, option: QStyleOptionViewItem, box: QRect, row: Row) -> None:
        state: QStyle.StateFlag = option.state
        inner = QRectF(box).adjusted(0, 1, 0, -1)
        if row.is_ringing:
            paint_ground(painter, self._look, inner, "ok_bg")
        elif state & QStyle.StateFlag.State_Selected:
            paint_chosen(painter, self._look, inner)
        elif state & QStyle.StateFlag.State_MouseOver:
            paint_ground(painter, self._look, inner, "hover")
        if state & QStyle.StateFlag.State_HasFocus:
            paint_focus(painter, self._look, inner.adjusted(1, 1, -1, -1))

    def _paint_row(self, painter: QPainter, box: QRect, row: Row) -> None:
        look, px = self._look, self._look.px
        left = box.left() + px(8)
        if row.icon:
            side = px(16)
            pixmap = look.pixmap(row.icon, row.icon_token, 16, painter.device().devicePixelRatioF())
            painter.drawPixmap(left, box.center().y() - side // 2 + 1, pixmap)
            left += side + px(9)
        right = self._paint_right(painter, box, row)
        width = max(0, right - left - px(6))
        self._paint_words(painter, QRect(left, box.top(), width, box.height()), row)

    def _paint_words(self, painter: QPainter, box: QRect, row: Row) -> None:
        look, px = self._look, self._look.px
        title_font, detail_font = look.font(13, QFont.Weight.DemiBold), look.font(12)
        middle, left, width = box.center().y() + 1, box.left(), box.width()
        above = middle - px(18 if row.detail else 9)
        paint_marked(painter, look, QRect(left, above, width, px(18)), row.title, row.marks, title_font, "text")
        if row.detail:
            top = middle if row.title else middle - px(9)
            box = QRect(left, top, width, px(17))
            paint_marked(painter, look, box, row.detail, row.detail_marks, detail_font, "sec")

    def _paint_right(self, painter: QPainter, box: QRect, row: Row) -> int:
        look, px = self._look, self._look.px
        right = box.right() - px(8)
        if row.is_unread:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.colour("accent"))
            painter.drawEllipse(QRectF(right - px(7), box.center().y() - px(3), px(7), px(7)))
            right -= px(13)
        if row.keys:
            font = look.font(11)
            width = QFontMetrics(font).horizontalAdvance(row.keys) + px(9)
            chip = QRectF(right - width + 0.5, box.center().y() - px(8) + 0.5, width, px(17))
            painter.setPen(look.colour("border"))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(chip, px(4), px(4))
            painter.setPen(look.colour("muted"))
            painter.setFont(font)
            painter.drawText(chip, Qt.AlignmentFlag.AlignCenter, row.keys)
            right -= width + px(6)
        if row.at_right:
            font = look.font(12, QFont.Weight.Medium)
            width = QFontMetrics(font).horizontalAdvance(row.at_right) + 2
            self._line(
                painter, QRect(right - width, box.top(), width, box.height()), row.at_right, font, row.right_token
            )
            right -= width + px(6)
        return right

    def _line(self, painter: QPainter, box: QRect, text: str, font: QFont, token: str) -> None:
        paint_line(painter, self._look, box, text, font, token)


def paint_ground(painter: QPainter, look: Look, box: QRectF, token: str) -> None:
    """What a row that is chosen or pointed at stands on."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(look.colour(token))
    painter.drawRoundedRect(box, look.px(7), look.px(7))


def paint_chosen(painter: QPainter, look: Look, box: QRectF) -> None:
    """The ground of the row that is chosen, and a bar at its edge: the ground alone is too near to white."""
    paint_ground(painter, look, box, "sel")
    painter.setBrush(look.colour("accent_text"))
    inset, width = look.px(7), look.px(3)
    painter.drawRoundedRect(
        QRectF(box.left(), box.top() + inset, width, box.height() - 2 * inset), width / 2, width / 2
    )


def paint_focus(painter: QPainter, look: Look, box: QRectF) -> None:
    """The ring around what the keyboard is at."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    pen = painter.pen()
    pen.setStyle(Qt.PenStyle.SolidLine)
    pen.setColor(look.colour("accent_text"))
    pen.setWidth(2)
    painter.setPen(pen)
    painter.drawRoundedRect(box, look.px(7), look.px(7))


def paint_line(painter: QPainter, look: Look, box: QRect, text: str, font: QFont, token: str) -> None:
    """One line of text, elided where it is too long."""
    painter.setFont(font)
    painter.setPen(look.colour(token))
    fits = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, box.width())
    painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, fits)


def paint_marked(
    painter: QPainter, look: Look, box: QRect, text: str, marks: Marks, font: QFont, token: str
) -> None:  # fmt: skip
    """As `paint_line`, with what was looked for standing out."""
    if not marks:
        paint_line(painter, look, box, text, font, token)
        return
    fits = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, box.width())
    layout = QTextLayout(fits, font)
    layout.setFormats(_formats(look, fits, marks))
    layout.beginLayout()
    line = layout.createLine()
    layout.endLayout()
    painter.setPen(look.colour(token))
    layout.draw(painter, QPointF(box.left(), box.center().y() - line.height() / 2 + 1))


def _formats(look: Look, text: str, marks: Marks) -> list[QTextLayout.FormatRange]:
    bold = QTextCharFormat()
    bold.setFontWeight(QFont.Weight.Bold)
    bold.setForeground(look.colour("accent_text"))
    formats: list[QTextLayout.FormatRange] = []
    for start, length in marks:
        if start >= len(text):
            continue
        form = QTextLayout.FormatRange()
        form.start = _utf16(text[:start])
        form.length = _utf16(text[start : start + length])
        form.format = bold
        formats.append(form)
    return formats


def _utf16(text: str) -> int:
    """Qt counts UTF-16 units, the rooms count characters."""
    return len(text.encode("utf-16-le")) // 2
