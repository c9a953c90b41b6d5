"""A QR code on the screen: dark on light in every theme, for that is what cameras read."""

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

QUIET = 4
"""Modules of light around it (ISO/IEC 18004)."""
INK, PAPER = QColor("#000000"), QColor("#FFFFFF")


class QrCode(QWidget):
    def __init__(self, side_px: int, name: str) -> None:
        super().__init__()
        self._side = side_px
        self._modules: tuple[bytearray, ...] = ()
        self.setAccessibleName(name)
        self.setFixedSize(side_px, side_px)

    def show_text(self, text: str) -> None:
        import segno

        self._modules = segno.make(text, error="m", micro=False).matrix
        self.update()

    def paintEvent(self, _: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.fillRect(self.rect(), PAPER)
        count = len(self._modules) + 2 * QUIET
        edges = [round(n * self._side / count) for n in range(count + 1)]  # whole pixels, without seams
        for y, row in enumerate(self._modules, start=QUIET):
            for x, is_dark in enumerate(row, start=QUIET):
                if is_dark:
                    painter.fillRect(QRect(edges[x], edges[y], edges[x + 1] - edges[x], edges[y + 1] - edges[y]), INK)
