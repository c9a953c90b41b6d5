"""What the parts of the wallboard are painted on: a card whose type grows with the room it has on a large screen."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFont, QPainter
from PySide6.QtWidgets import QFrame, QSizePolicy

from agent_desktop.ui.appearance.look import Look

LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
RIGHT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight


class Painted(QFrame):
    """`zoom` is how much larger than on a small screen everything in it is drawn."""

    def __init__(self, look: Look, name: str) -> None:
        super().__init__()
        self._look = look
        self._zoom = 1.0
        self.setProperty("role", "card")
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Expanding)

    def grow(self, zoom: float) -> None:
        if zoom != self._zoom:
            self._zoom = zoom
            self.updateGeometry()
            self.update()

    def px(self, size: float) -> int:
        return self._look.px(round(size * self._zoom))

    def font_of(self, size: float, weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
        return self._look.font(round(size * self._zoom), weight)

    def painter(self) -> QPainter:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        return painter

    def write(
        self,
        painter: QPainter,
        box: QRectF,
        words: str,
        font: QFont,
        token: str,
        alignment: Qt.AlignmentFlag = LEFT,
    ) -> None:
        """What does not fit ends in dots."""
        painter.setFont(font)
        painter.setPen(self._look.colour(token))
        fits = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, int(box.width()) + 1)
        painter.drawText(box, alignment, fits)

    def draw_icon(self, painter: QPainter, x: float, y: float, icon: str, token: str, size: float) -> None:
        pixmap = self._look.pixmap(icon, token, round(size * self._zoom), self.devicePixelRatioF())
        painter.drawPixmap(round(x), round(y), pixmap)
