"""The agent's number over what must not leave the screen: faint, on every picture of it, and in nobody's way."""

from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPixmap, QTransform
from PySide6.QtWidgets import QWidget

from agent_desktop.ui.appearance.look import Look

OPACITY_LIGHT, OPACITY_DARK = 0.055, 0.07
SLANT_DEG = -24


class Watermark(QWidget):
    """Lies over its parent, whatever comes and goes in it. It takes no click and no focus."""

    def __init__(self, look: Look, over: QWidget) -> None:
        super().__init__(over)
        self._look, self._words = look, ""
        self._tile: QPixmap | None = None
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAttribute(Qt.WidgetAttribute.WA_NoSystemBackground)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        look.changed.connect(self._forget)
        over.installEventFilter(self)
        self.hide()

    @property
    def words(self) -> str:
        return self._words

    def say(self, words: str) -> None:
        """Empty: there is none."""
        self._words = words
        self._forget()
        self._lie_over()
        self.setVisible(bool(words))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Resize, QEvent.Type.ChildAdded):
            self._lie_over()
        return False

    def paintEvent(self, _: QPaintEvent) -> None:
        if self._tile is None:
            self._tile = self._painted()
        QPainter(self).drawTiledPixmap(self.rect(), self._tile)

    def _lie_over(self) -> None:
        parent = self.parentWidget()
        if parent is not None:
            self.setGeometry(parent.rect())
            self.raise_()

    def _forget(self) -> None:
        self._tile = None
        self.update()

    def _painted(self) -> QPixmap:
        font = self._look.font(15)
        width = QFontMetrics(font).horizontalAdvance(self._words)
        side = max(self._look.px(200), width + self._look.px(60))
        ratio = self.devicePixelRatioF()
        tile = QPixmap(round(side * ratio), round(side * ratio))
        tile.setDevicePixelRatio(ratio)
        tile.fill(Qt.GlobalColor.transparent)
        painter = QPainter(tile)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ink = QColor(self._look.colour("text"))
        ink.setAlphaF(OPACITY_DARK if self._look.is_dark else OPACITY_LIGHT)
        painter.setPen(ink)
        painter.setFont(font)
        painter.setTransform(QTransform.fromTranslate(side / 2, side / 2).rotate(SLANT_DEG), combine=True)
        painter.drawText(QPoint(-width // 2, 0), self._words)
        painter.end()
        return tile
