"""The alerts that stand, side by side over the wallboard: how each stands in colour, icon and word, and since when."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy

from agent_desktop.ui.appearance.look import Look
from agent_desktop.ui.wallboard.painted import Painted
from agent_desktop.ui.wallboard.words import ICONS, TONES, grade_word
from agent_desktop.ui.widgets.parts import ink
from agent_model.floor_bound import Grade

HEIGHT_PX = 30
ICON_PX = 14


@dataclass(frozen=True, slots=True)
class AlertLine:
    grade: Grade
    words: str
    since: str
    is_seen: bool = False
    """Somebody looks after it."""


class AlertsStrip(Painted):
    """As many as there is room for, the first ones; then how many more there are. All of them where the mouse rests."""

    def __init__(self, look: Look) -> None:
        super().__init__(look, "")
        self.setProperty("role", "")
        self.setAccessibleName(self.tr("Alerts"))
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.lines: tuple[AlertLine, ...] = ()
        self.hide()

    def show_lines(self, lines: Sequence[AlertLine]) -> None:
        if tuple(lines) == self.lines:
            return
        self.lines = tuple(lines)
        words = [f"{grade_word(one.grade)} · {one.words} · {one.since}" for one in lines]
        self.setAccessibleDescription("\n".join(words))
        self.setToolTip("\n".join(words))
        self.setVisible(bool(lines))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self.px(300), self.px(HEIGHT_PX))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    @property
    def fitting(self) -> int:
        """How many there is room for, one at least."""
        return max(1, next((n for n in range(len(self.lines), 0, -1) if self._width_of(n) <= self.width()), 1))

    def _width_of(self, count: int) -> float:
        rest = len(self.lines) - count
        chips = sum(self._chip_width(one) + self.px(8) for one in self.lines[:count]) - self.px(8)
        return chips + (self.px(8) + self._advance(self._more(rest), self._plain) if rest else 0)

    def _chip_width(self, one: AlertLine) -> float:
        words = sum(
            map(self._advance, (grade_word(one.grade), one.words, one.since), (self._strong, *[self._plain] * 2))
        )
        return words + self.px(2 * 12 + ICON_PX + 6 + 2 * 10)

    @property
    def _plain(self) -> QFont:
        return self.font_of(13)

    @property
    def _strong(self) -> QFont:
        return self.font_of(13, QFont.Weight.DemiBold)

    def _advance(self, words: str, font: QFont) -> float:
        return QFontMetrics(font).horizontalAdvance(words) + 1

    def _more(self, count: int) -> str:
        return self.tr("and {count} more").format(count=count)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter, count = self.painter(), self.fitting
        rest = self._more(len(self.lines) - count) if count < len(self.lines) else ""
        room = self.width() - (self.px(8) + self._advance(rest, self._plain) if rest else 0)
        left = 0.0
        for one in self.lines[:count]:
            width = min(self._chip_width(one), room)
            self._paint_chip(painter, QRectF(left, 0, width, self.height()), one)
            left += width + self.px(8)
        self.write(painter, QRectF(left, 0, self.width() - left, self.height()), rest, self._plain, "sec")

    def _paint_chip(self, painter: QPainter, box: QRectF, one: AlertLine) -> None:
        px = self.px
        token, ground = ink("neutral" if one.is_seen else TONES[one.grade])
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._look.colour(ground))
        painter.drawRoundedRect(box, px(8), px(8))
        inside = box.adjusted(px(12), 0, -px(12), 0)
        self.draw_icon(painter, inside.left(), box.center().y() - px(ICON_PX) / 2, ICONS[one.grade], token, ICON_PX)
        inside.setLeft(inside.left() + px(ICON_PX + 6))
        grade, since = grade_word(one.grade), self._advance(one.since, self._plain)
        self.write(painter, inside, grade, self._strong, token)
        inside.setLeft(inside.left() + self._advance(grade, self._strong) + px(10))
        words = inside.adjusted(0, 0, -since - px(10), 0)
        self.write(painter, words, one.words, self._plain, "text")
        self.write(
            painter, QRectF(inside.right() - since, box.top(), since, box.height()), one.since, self._plain, "sec"
        )
