"""One figure of a newcomer, week by week, with the team's median beside it: drawn, and in words for who hears it."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from agent_desktop.ui.appearance.look import Look
from agent_model.newcomer import Week, WeekCounts, WeekFigures

Figure = Callable[[WeekFigures], float | None]
Count = Callable[[WeekCounts], int]
ALL_WEEKS = 13
HEIGHT_PX = 128


class Curve(QWidget):
    """The newcomer's own line is whole with a dot a week, the median's is dashed. A week of fewer than `fewest` is a
    ring by itself: no line comes of one call."""

    def __init__(
        self,
        look: Look,
        name: str,
        figure: Figure,
        say: Callable[[float | None], str],
        most: float,
        count: Count,
        fewest: int = 1,
    ) -> None:
        """`most` is the top of the scale; 0: what is shown decides. `count` says of how many a figure is."""
        super().__init__()
        self._look, self._figure, self._say, self._most = look, figure, say, most
        self._count, self._fewest = count, fewest
        self._name = name
        self._weeks: Sequence[Week] = ()
        self.setFixedHeight(look.px(HEIGHT_PX))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(name)

    def show_weeks(self, weeks: Sequence[Week]) -> None:
        self._weeks = tuple(weeks)
        words = self.tr("Week {week}: {own} (n {count}), median {median}")
        told = [
            words.format(
                week=one.number,
                own=self._say(own),
                count=self._count(one.counts),
                median=self._say(self._figure(one.median)),
            )
            for one in self._weeks
            if (own := self._figure(one.own)) is not None
        ]
        self.setAccessibleDescription("; ".join(told))
        self.update()

    def paintEvent(self, _: QPaintEvent) -> None:
        look, painter = self._look, QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        room = QRectF(look.px(40), look.px(8), self.width() - look.px(52), self.height() - look.px(30))
        top = self._top()
        self._draw_ground(painter, room, top)
        dashed = QPen(look.colour("muted"), look.px(2), Qt.PenStyle.DashLine)
        self._draw_line(painter, room, top, [self._figure(week.median) for week in self._weeks], dashed)
        whole = QPen(look.colour("accent_text"), look.px(2))
        own = [self._figure(week.own) for week in self._weeks]
        enough = [one if self.tells(week) else None for one, week in zip(own, self._weeks, strict=True)]
        self._draw_line(painter, room, top, enough, whole)
        painter.setPen(QPen(look.colour("accent_text"), look.px(1)))
        painter.setBrush(look.colour("surface"))
        for place in self._places(room, top, own):
            painter.drawEllipse(place, look.px(3), look.px(3))
        painter.setBrush(look.colour("accent_text"))
        for place in self._places(room, top, enough):
            painter.drawEllipse(place, look.px(3), look.px(3))

    def tells(self, week: Week) -> bool:
        """Whether there was enough of it in this week to say something."""
        return self._count(week.counts) >= self._fewest

    def _top(self) -> float:
        shown = [self._figure(part) for week in self._weeks for part in (week.own, week.median)]
        return self._most or max([one for one in shown if one is not None], default=0.0) * 1.15 or 1.0

    def _draw_ground(self, painter: QPainter, room: QRectF, top: float) -> None:
        look = self._look
        painter.setFont(look.font(11))
        for part in (0.0, 0.5, 1.0):
            y = room.bottom() - part * room.height()
            painter.setPen(QPen(look.colour("border"), 1))
            painter.drawLine(QPointF(room.left(), y), QPointF(room.right(), y))
            painter.setPen(look.colour("muted"))
            box = QRectF(0, y - look.px(8), room.left() - look.px(6), look.px(16))
            painter.drawText(box, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, self._say(part * top))
        for number in range(1, ALL_WEEKS + 1, 2):
            x = self._x(room, number)
            box = QRectF(x - look.px(12), room.bottom() + look.px(4), look.px(24), look.px(16))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, str(number))

    def _draw_line(
        self, painter: QPainter, room: QRectF, top: float, values: Sequence[float | None], pen: QPen
    ) -> None:
        """Where there is no figure the line is broken."""
        painter.setPen(pen)
        before: QPointF | None = None
        for number, value in enumerate(values, 1):
            place = None if value is None else self._place(room, top, number, value)
            if before is not None and place is not None:
                painter.drawLine(before, place)
            before = place

    def _places(self, room: QRectF, top: float, values: Sequence[float | None]) -> list[QPointF]:
        return [self._place(room, top, n, one) for n, one in enumerate(values, 1) if one is not None]

    def _place(self, room: QRectF, top: float, number: int, value: float) -> QPointF:
        return QPointF(self._x(room, number), room.bottom() - min(value / top, 1.0) * room.height())

    def _x(self, room: QRectF, number: int) -> float:
        return room.left() + (number - 0.5) * room.width() / ALL_WEEKS
