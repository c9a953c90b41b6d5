"""Draws the program's icon in the sizes that Windows asks for: `python -m installer.windows.icon FILE.ico`."""

import struct
import sys
from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice
from PySide6.QtGui import QGuiApplication, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

DRAWN = Path(__file__).parents[2] / "resources" / "desktop" / "agent-desktop.svg"
SIZES = (16, 20, 24, 32, 48, 64, 256)


def main() -> None:
    QGuiApplication([sys.argv[0], "-platform", "offscreen"])
    Path(sys.argv[1]).write_bytes(icon([drawn(size) for size in SIZES]))


def drawn(size: int) -> bytes:
    """A PNG of so many pixels."""
    image = QImage(size, size, QImage.Format.Format_ARGB32)
    image.fill(0)
    painter = QPainter(image)
    QSvgRenderer(str(DRAWN)).render(painter)
    painter.end()
    held = QBuffer()
    held.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(held, "PNG")  # type: ignore[call-overload]
    return bytes(held.data().data())


def icon(pictures: list[bytes]) -> bytes:
    """An ICO of PNGs, in the order of SIZES; 256 is written as 0 there."""
    head = struct.pack("<HHH", 0, 1, len(pictures))
    at = len(head) + 16 * len(pictures)
    entries = b""
    for size, picture in zip(SIZES, pictures, strict=True):
        entries += struct.pack("<BBBBHHII", size % 256, size % 256, 0, 0, 1, 32, len(picture), at)
        at += len(picture)
    return head + entries + b"".join(pictures)


if __name__ == "__main__":
    main()
