"""One figure of a report as bars: each row, and behind it what it was in the other period."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import ceil
from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent

from agent_desktop.ui.appearance.look import Look
from agent_desktop.ui.wallboard.painted import RIGHT, Painted

MOST_BARS: Final = 96
SAID: Final = 12
"""Bars that are told to who does not see them."""
WIDEST_PX: Final = 44
GAP_PX: Final = 10
"""Between names beneath."""


@dataclass(frozen=True, slots=True)
class Bar:
    name: str
    now: float | None
    before: float | None = None


class ReportBars(Painted):
    def __init__(self, look: Look, name: str) -> None:
        super().__init__(look, name)
        self._title = self._means = ""
        self._bars: Sequence[Bar] = ()
        self._say: Callable[[float], str] = str
        self._is_share = False
        self._hints = ("", "")

    def show_bars(
        self,
        title: str,
        means: str,
        bars: Sequence[Bar],
        say: Callable[[float], str],
        hints: tuple[str, str],
        *,
        is_share: bool,
    ) -> None:
        """`hints` name the two periods, where there are two; shares stand against the whole."""
        self._title, self._means = title, means
        self._bars, self._say, self._hints = bars[:MOST_BARS], say, hints
        self._is_share = is_share
        told = [f"{bar.name} {say(bar.now)}" for bar in self._bars[:SAID] if bar.now is not None]
        self.setAccessibleDescription("; ".join(filter(None, [title, means, *told])))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self.px(400), self.px(170))

    def minimumSizeHint(self) -> QSize:
        return QSize(self.px(220), self.px(120))

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter, px = self.painter(), self.px
        head = QRectF(px(14), px(8), self.width() - px(28), px(20))
        self.write(painter, head, self._title, self.font_of(14, QFont.Weight.DemiBold), "text")
        beside = QFontMetrics(self.font_of(14, QFont.Weight.DemiBold)).horizontalAdvance(self._title) + px(12)
        end = self._paint_hints(painter, head)
        room = QRectF(head.left() + beside, head.top(), max(0.0, end - head.left() - beside), head.height())
        self.write(painter, room, self._means, self.font_of(12), "muted")
        room = QRectF(px(64), head.bottom() + px(8), self.width() - px(78), self.height() - head.bottom() - px(34))
        values = [one for bar in self._bars for one in (bar.now, bar.before) if one is not None]
        if not values or room.height() <= 0:
            return
        top = max(1.0, *values) if self._is_share else max(values) or 1.0
        for part in (0.0, 0.5, 1.0):
            y = room.bottom() - part * room.height()
            painter.fillRect(QRectF(room.left(), y, room.width(), 1), self._look.colour("border"))
            box = QRectF(0, y - px(8), room.left() - px(6), px(16))
            self.write(painter, box, self._say(part * top), self.font_of(11), "muted", RIGHT)
        each = room.width() / len(self._bars)
        metrics = QFontMetrics(self.font_of(11))
        named = max(metrics.horizontalAdvance(bar.name) for bar in self._bars) + px(GAP_PX)
        every = max(1, ceil(named / each))
        for n, bar in enumerate(self._bars):
            middle = room.left() + (n + 0.5) * each
            self._paint_bar(painter, room, middle, min(px(WIDEST_PX), each * 0.72), bar, top)
            if n % every == 0:
                left = min(max(middle - named / 2, px(4)), self.width() - named - px(4))
                box = QRectF(left, room.bottom() + px(3), named, px(16))
                self.write(painter, box, bar.name, self.font_of(11), "muted", Qt.AlignmentFlag.AlignCenter)

    def _paint_bar(self, painter: QPainter, room: QRectF, middle: float, wide: float, bar: Bar, top: float) -> None:
        if bar.before is not None:
            tall = bar.before / top * room.height()
            painter.fillRect(QRectF(middle, room.bottom() - tall, wide / 2, tall), self._look.colour("bstrong"))
        if bar.now is not None:
            tall, broad = bar.now / top * room.height(), wide / 2 if self._hints[1] else wide
            box = QRectF(middle - wide / 2, room.bottom() - tall, broad, tall)
            painter.fillRect(box, self._look.colour("accent_text"))

    def _paint_hints(self, painter: QPainter, head: QRectF) -> float:
        """Where they begin."""
        px, font, right = self.px, self.font_of(12), head.right()
        for words, token in zip(reversed(self._hints), ("bstrong", "accent_text"), strict=True):
            if words:
                wide = QFontMetrics(font).horizontalAdvance(words)
                box = QRectF(right - wide, head.top(), wide, head.height())
                self.write(painter, box, words, font, "sec")
                mark = QRectF(box.left() - px(14), box.center().y() - px(4), px(8), px(8))
                painter.fillRect(mark, self._look.colour(token))
                right = box.left() - px(26)
        return right
