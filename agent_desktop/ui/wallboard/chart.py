"""A trend of the day: a few lines over its quarters of an hour, drawn piece by piece, with the target where there is
one."""

import itertools
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from PySide6.QtCore import QLineF, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent, QPen, QPolygonF

from agent_desktop.ui.appearance.look import Look
from agent_desktop.ui.wallboard.painted import LEFT, RIGHT, Painted
from agent_model.wallboard import MOST_POINTS

PARTS: Final = 4
"""Of the scale."""
FEWEST_AT_TOP: Final = 4
TIMES: Final = 6
"""Written beneath, at most."""
GROUND_ALPHA: Final = 28


@dataclass(frozen=True, slots=True)
class Line:
    """`token` is its colour; where a value is None the line is broken."""

    name: str
    token: str
    values: Sequence[float | None]


class Chart(Painted):
    """`most` is the top of the scale; 0: what is shown decides. `say` writes a value of the scale."""

    def __init__(
        self, look: Look, title: str, say: Callable[[float], str], clock: Callable[[datetime], str], most: float = 0
    ) -> None:
        super().__init__(look, title)
        self._title, self._say, self._clock, self._most = title, say, clock, most
        self._times: Sequence[datetime] = ()
        self._lines: Sequence[Line] = ()
        self._target: float | None = None
        self._empty = self.tr("The trend begins with the first caller of the day")

    def show_lines(self, times: Sequence[datetime], lines: Sequence[Line], target: float | None = None) -> None:
        times = times[-MOST_POINTS:]
        if (times, lines, target) == (self._times, self._lines, self._target):
            return
        self._times, self._lines, self._target = times, lines, target
        self.setAccessibleDescription(self._in_words())
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self.px(400), self.px(210))

    def minimumSizeHint(self) -> QSize:
        return QSize(self.px(220), self.px(120))

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter, px = self.painter(), self.px
        head = QRectF(px(14), px(8), self.width() - px(28), px(22))
        self.write(painter, head, self._title, self.font_of(14, QFont.Weight.DemiBold), "text")
        self._paint_legend(painter, head)
        room = QRectF(px(54), head.bottom() + px(8), self.width() - px(74), self.height() - head.bottom() - px(36))
        if not self._times:
            self.write(painter, room, self._empty, self.font_of(13), "muted", Qt.AlignmentFlag.AlignCenter)
            return
        top = self._top()
        self._paint_ground(painter, room, top)
        for line in self._lines:
            self._paint_line(painter, room, top, line)
        self._paint_target(painter, room, top)

    def _in_words(self) -> str:
        """What each line is at its end."""
        if not self._times:
            return self._empty
        told = [f"{line.name} {self._say(line.values[-1])}" for line in self._lines if line.values[-1] is not None]
        return "; ".join([self._clock(self._times[-1]), *told])

    def _top(self) -> float:
        if self._most:
            return self._most
        highest = max((value for line in self._lines for value in line.values if value is not None), default=0.0)
        highest = max(highest, FEWEST_AT_TOP)
        step: float = 10 ** math.floor(math.log10(highest / PARTS))
        parts = (step * factor * PARTS for factor in (1, 2, 2.5, 5, 10))
        return next(part for part in parts if part >= highest and part / PARTS == int(part / PARTS))

    def _paint_legend(self, painter: QPainter, head: QRectF) -> None:
        px, font = self.px, self.font_of(12)
        right = head.right()
        for line in reversed(self._lines if len(self._lines) > 1 else ()):
            width = QFontMetrics(font).horizontalAdvance(line.name)
            self.write(painter, QRectF(right - width, head.top(), width, head.height()), line.name, font, "sec")
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._look.colour(line.token))
            painter.drawEllipse(QRectF(right - width - px(14), head.center().y() - px(4), px(8), px(8)))
            right -= width + px(26)

    def _paint_ground(self, painter: QPainter, room: QRectF, top: float) -> None:
        px, font = self.px, self.font_of(11)
        for part in range(PARTS + 1):
            y = room.bottom() - part / PARTS * room.height()
            painter.setPen(QPen(self._look.colour("border"), 1))
            painter.drawLine(QPointF(room.left(), y), QPointF(room.right(), y))
            words = QRectF(0, y - px(8), room.left() - px(6), px(16))
            self.write(painter, words, self._say(part / PARTS * top), font, "muted", RIGHT)
        every = max(1, math.ceil(len(self._times) / TIMES / PARTS)) * PARTS
        for n, time in enumerate(self._times):
            is_hour = time.minute == 0 and (n % every == 0 or len(self._times) <= PARTS * TIMES)
            if is_hour or len(self._times) == 1:
                clock = self._clock(time)
                width = QFontMetrics(font).horizontalAdvance(clock) + px(4)
                left = min(max(self._x(room, n) - width / 2, 0.0), self.width() - width - px(6))
                self.write(painter, QRectF(left, room.bottom() + px(4), width, px(16)), clock, font, "muted", LEFT)

    def _paint_line(self, painter: QPainter, room: QRectF, top: float, line: Line) -> None:
        places = [
            None if value is None else QPointF(self._x(room, n), self._y(room, top, value))
            for n, value in enumerate(line.values)
        ]
        pieces = [QLineF(one, other) for one, other in itertools.pairwise(places) if one is not None and other]
        colour = self._look.colour(line.token)
        if line is self._lines[0]:
            ground = QColor(colour)
            ground.setAlpha(GROUND_ALPHA)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(ground)
            for piece in pieces:
                beneath = [QPointF(piece.x2(), room.bottom()), QPointF(piece.x1(), room.bottom())]
                painter.drawPolygon(QPolygonF([piece.p1(), piece.p2(), *beneath]))
        painter.setPen(QPen(colour, max(1.5, self.px(2) * 0.9)))
        painter.drawLines(pieces)
        painter.setBrush(colour)
        for n, place in enumerate(places):
            is_alone = (n == 0 or places[n - 1] is None) and (n + 1 == len(places) or places[n + 1] is None)
            if place is not None and (is_alone or n + 1 == len(places)):
                painter.drawEllipse(place, self.px(2), self.px(2))

    def _paint_target(self, painter: QPainter, room: QRectF, top: float) -> None:
        if self._target is None:
            return
        y = self._y(room, top, self._target)
        painter.setPen(QPen(self._look.colour("warn_dot"), max(1, self.px(1)), Qt.PenStyle.DashLine))
        painter.drawLine(QPointF(room.left(), y), QPointF(room.right(), y))
        words = self.tr("Target {share}").format(share=self._say(self._target))
        box = QRectF(room.left() + self.px(6), y + self.px(2), room.width(), self.px(16))
        self.write(painter, box, words, self.font_of(12), "warn")

    def _x(self, room: QRectF, n: int) -> float:
        return room.left() + n * room.width() / max(1, len(self._times) - 1)

    def _y(self, room: QRectF, top: float, value: float) -> float:
        return room.bottom() - min(value / top, 1.0) * room.height()
