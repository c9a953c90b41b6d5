"""Icons: our own strokes on a 24 px grid, tinted with a colour, kept as pixmaps once drawn."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap

if TYPE_CHECKING:
    from PySide6.QtSvg import QSvgRenderer


class Icons:
    """Draws `folder/NAME.svg`, whose strokes are written in `currentColor`."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._sources: dict[str, str] = {}
        self._drawn: dict[tuple[str, str, int, float], QPixmap] = {}

    def pixmap(self, name: str, colour: str, size_px: int, dpr: float = 1.0) -> QPixmap:
        """The icon in one colour. Raises FileNotFoundError for a name that was never drawn."""
        key = (name, colour, size_px, dpr)
        pixmap = self._drawn.get(key)
        if pixmap is None:
            pixmap = self._drawn[key] = self._draw(name, colour, size_px, dpr)
        return pixmap

    def icon(self, name: str, colour: str, disabled: str, size_px: int, dpr: float = 1.0) -> QIcon:
        icon = QIcon(self.pixmap(name, colour, size_px, dpr))
        icon.addPixmap(self.pixmap(name, disabled, size_px, dpr), QIcon.Mode.Disabled)
        return icon

    def _draw(self, name: str, colour: str, size_px: int, dpr: float) -> QPixmap:
        side = round(size_px * dpr)
        pixmap = QPixmap(side, side)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        self._renderer(name, colour).render(painter, QRectF(0, 0, side, side))
        painter.end()
        pixmap.setDevicePixelRatio(dpr)
        return pixmap

    def _renderer(self, name: str, colour: str) -> "QSvgRenderer":
        from PySide6.QtSvg import QSvgRenderer

        if name not in self._sources:
            self._sources[name] = (self._folder / f"{name}.svg").read_text(encoding="utf-8")
        return QSvgRenderer(QByteArray(self._sources[name].replace("currentColor", colour).encode()))
