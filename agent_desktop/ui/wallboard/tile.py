"""One figure of the wallboard, large, with how it stands in colour, icon and word."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent

from agent_desktop.ui.appearance.look import Look
from agent_desktop.ui.wallboard.painted import Painted
from agent_desktop.ui.wallboard.words import ICONS, TONES, grade_word
from agent_desktop.ui.widgets.parts import ink
from agent_model.floor_bound import Grade

ICON_PX = 14


class Tile(Painted):
    """`is_low` has the name and the value in two short lines, without anything beneath."""

    def __init__(self, look: Look, name: str, *, is_low: bool = False) -> None:
        super().__init__(look, name)
        self._name, self._is_low = name, is_low
        self.value, self.beneath = "", ""
        self.grade: Grade | None = None
        self._is_old = False

    def show_value(self, value: str, beneath: str, grade: Grade | None, *, is_old: bool) -> None:
        """`is_old`: it was right once."""
        shown = (value, beneath, grade, is_old)
        if shown == (self.value, self.beneath, self.grade, self._is_old):
            return
        self.value, self.beneath, self.grade, self._is_old = shown
        words = [value, beneath, "" if grade is None else grade_word(grade)]
        self.setAccessibleDescription("; ".join(filter(None, words)))
        self.setToolTip("" if not beneath else f"{self._name}: {beneath}")
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self.px(150), self.px(60 if self._is_low else 88))

    def minimumSizeHint(self) -> QSize:
        return QSize(self.px(100), self.px(52 if self._is_low else 80))

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter, px = self.painter(), self.px
        inside = QRectF(self.rect()).adjusted(px(14), px(8), -px(12), -px(8))
        mark = self._paint_grade(painter, QRectF(inside.left(), inside.top(), inside.width(), px(20)))
        head = QRectF(inside.left(), inside.top(), inside.width() - mark - px(4), px(20))
        self.write(painter, head, self._name, self.font_of(13), "sec")
        token = "muted" if self._is_old else "text" if self.grade in (None, Grade.FINE) else ink(TONES[self.grade])[0]
        size = 20 if self._is_low else 26
        room = inside.height() - px(20) - (0 if self._is_low else px(18))
        value = QRectF(inside.left(), head.bottom(), inside.width(), max(room, px(size)))
        self.write(painter, value, self.value, self.font_of(size, QFont.Weight.DemiBold), token)
        if not self._is_low:
            foot = QRectF(inside.left(), inside.bottom() - px(18), inside.width(), px(18))
            font = self.font_of(12)
            if QFontMetrics(font).horizontalAdvance(self.beneath) > foot.width():
                font = self.font_of(11)
            self.write(painter, foot, self.beneath, font, "muted")

    def _paint_grade(self, painter: QPainter, head: QRectF) -> float:
        """At the right of the head; how wide it is."""
        if self.grade is None:
            return 0.0
        px, grade = self.px, self.grade
        token, ground = ink("neutral" if self._is_old else TONES[grade])
        side = px(ICON_PX)
        top = head.center().y() - side / 2
        if grade is Grade.FINE:
            self.draw_icon(painter, head.right() - side, top, ICONS[grade], token, ICON_PX)
            return side
        words, font = grade_word(grade), self.font_of(12, QFont.Weight.Medium)
        width = side + px(4) + QFontMetrics(font).horizontalAdvance(words) + px(12)
        mark = QRectF(head.right() - width, head.top(), width, head.height())
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._look.colour(ground))
        painter.drawRoundedRect(mark, px(9), px(9))
        self.draw_icon(painter, mark.left() + px(6), top, ICONS[grade], token, ICON_PX)
        self.write(painter, mark.adjusted(px(10) + side, 0, 0, 0), words, font, token)
        return width
