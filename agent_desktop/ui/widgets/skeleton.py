"""Grey bars where something is about to be; they stand still."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from agent_desktop.ui.appearance.look import Look


class Skeleton(QWidget):
    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._words = ""
        self.setAccessibleName(self.tr("Loading…"))

    def say(self, words: str) -> None:
        self._words = words
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(200, self._look.px(136))

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self._look.px(136))

    def paintEvent(self, _: QPaintEvent) -> None:
        px = self._look.px
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._look.colour("hover"))
        painter.drawEllipse(0, 0, px(52), px(52))
        painter.drawRoundedRect(QRectF(px(66), px(4), px(160), px(20)), px(6), px(6))
        painter.drawRoundedRect(QRectF(px(66), px(34), px(320), px(14)), px(6), px(6))
        cell = self.width() / 5
        for n in range(5):
            painter.drawRoundedRect(QRectF(n * cell, px(80), cell * 0.6, px(18)), px(6), px(6))
            painter.drawRoundedRect(QRectF(n * cell, px(108), cell * 0.4, px(12)), px(6), px(6))
        if self._words:
            painter.setPen(self._look.colour("sec"))
            painter.setFont(self._look.font(13))
            painter.drawText(QRectF(px(240), px(4), px(300), px(20)), Qt.AlignmentFlag.AlignVCenter, self._words)
