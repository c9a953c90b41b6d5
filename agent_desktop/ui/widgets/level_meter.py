"""How loud it is now, as bars: what is heard in one colour, what is spoken in another. No level, no movement."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from agent_desktop.ui.appearance.look import Look

BARS = 14


class LevelMeter(QWidget):
    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._levels = [(0.0, 0.0)] * BARS
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("Level of the conversation"))

    @property
    def levels(self) -> tuple[tuple[float, float], ...]:
        """(heard, spoken) as the bars stand, oldest first."""
        return tuple(self._levels)

    def show_level(self, heard: float, spoken: float) -> None:
        """Both 0..1; the newest bar is at the right."""
        self._levels = [*self._levels[1:], (heard, spoken)]
        if self.isVisible():
            self.update()

    def clear(self) -> None:
        self._levels = [(0.0, 0.0)] * BARS
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self._look.px(BARS * 5), self._look.px(24))

    def paintEvent(self, _: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        step, height = self.width() / BARS, self.height()
        for n, (heard, spoken) in enumerate(self._levels):
            level = max(heard, spoken)
            painter.setBrush(self._look.colour("accent_text" if heard >= spoken else "ok_dot"))
            tall = max(2.0, min(1.0, level**0.5) * height)
            painter.drawRoundedRect(QRectF(n * step, (height - tall) / 2, step * 0.5, tall), 1, 1)
