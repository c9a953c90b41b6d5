"""How many people are in each state: a bar of the shares, and each state with its colour, word and number."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPaintEvent

from agent_desktop.ui.appearance.formats import Formats
from agent_desktop.ui.appearance.look import Look
from agent_desktop.ui.wallboard.painted import RIGHT, Painted
from agent_desktop.ui.wallboard.words import seats_words
from agent_model.floor_figures import Seats


class SeatsBar(Painted):
    def __init__(self, look: Look, formats: Formats) -> None:
        super().__init__(look, "")
        self._formats = formats
        self._name = self.tr("People at work")
        self.setAccessibleName(self._name)
        self._seats, self._is_old = Seats(), False

    def show_seats(self, seats: Seats, *, is_old: bool) -> None:
        if (seats, is_old) == (self._seats, self._is_old):
            return
        self._seats, self._is_old = seats, is_old
        words = [f"{word} {count}" for word, count, _ in seats_words(seats)]
        self.setAccessibleDescription("; ".join([str(seats.all), *words]))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self.px(300), self.px(88))

    def minimumSizeHint(self) -> QSize:
        return QSize(self.px(200), self.px(80))

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter, px, look = self.painter(), self.px, self._look
        inside = QRectF(self.rect()).adjusted(px(14), px(8), -px(14), -px(8))
        all_words = self._formats.count(self._seats.all)
        head = QRectF(inside.left(), inside.top(), inside.width(), px(26))
        self.write(painter, head, self._name, self.font_of(13), "sec")
        token = "muted" if self._is_old else "text"
        self.write(painter, head, all_words, self.font_of(20, QFont.Weight.DemiBold), token, RIGHT)
        shares = seats_words(self._seats)
        bar = QRectF(inside.left(), head.bottom() + px(5), inside.width(), px(10))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.colour("hover"))
        painter.drawRoundedRect(bar, px(3), px(3))
        left = bar.left()
        for _, count, colour in shares if self._seats.all else ():
            width = bar.width() * count / self._seats.all
            painter.setBrush(look.colour("muted" if self._is_old else colour))
            painter.drawRect(QRectF(left, bar.top(), max(0.0, width - px(2)), bar.height()))
            left += width
        self._paint_words(inside, bar.bottom() + px(5), shares)

    def _paint_words(self, inside: QRectF, top: float, shares: list[tuple[str, int, str]]) -> None:
        painter, px, look = self.painter(), self.px, self._look
        plain, strong = self.font_of(12), self.font_of(13, QFont.Weight.DemiBold)
        widths = [
            px(14)
            + QFontMetrics(plain).horizontalAdvance(word)
            + px(5)
            + QFontMetrics(strong).horizontalAdvance(self._formats.count(count))
            for word, count, _ in shares
        ]
        gap = max(px(6), (inside.width() - sum(widths)) / max(1, len(widths) - 1))
        left = inside.left()
        for (word, count, colour), width in zip(shares, widths, strict=True):
            box = QRectF(left, top, width, px(20))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.colour("muted" if self._is_old else colour))
            painter.drawEllipse(QRectF(left, box.center().y() - px(4), px(8), px(8)))
            self.write(painter, box.adjusted(px(14), 0, 0, 0), word, plain, "sec")
            self.write(painter, box, self._formats.count(count), strong, "text", RIGHT)
            left += width + gap
