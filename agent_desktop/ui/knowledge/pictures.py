"""Pictures of articles: out of their bytes and into them, no larger than a screen needs."""

from typing import Final

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize, Qt
from PySide6.QtGui import QImage, QImageReader, QImageWriter

from agent_model.article_file import PICTURES, WIDEST_PX, kind_of

MOST_PIXELS: Final = 64_000_000
"""A picture that unpacks to more is not opened."""
QUALITY: Final = 85


def picture(content: bytes) -> QImage | None:
    """None for what is no picture, or one that would fill the memory."""
    if kind_of(content) not in PICTURES:
        return None
    buffer = QBuffer()
    buffer.setData(QByteArray(content))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer)
    reader.setAutoTransform(True)
    size = reader.size()
    if size.isEmpty() or size.width() * size.height() > MOST_PIXELS:
        return None
    image = reader.read()
    return None if image.isNull() else _smaller(image)


def encoded(image: QImage) -> bytes:
    """As PNG, or as JPEG where that is smaller and nothing shines through."""
    small = _smaller(image)
    made = [_written(small, b"png")]
    if not small.hasAlphaChannel():
        made.append(_written(small, b"jpg"))
    return min((one for one in made if one), key=len, default=b"")


def lighter(content: bytes) -> bytes:
    """A picture that is larger than a screen needs, made smaller; everything else as it is."""
    if kind_of(content) not in PICTURES:
        return content
    buffer = QBuffer()
    buffer.setData(QByteArray(content))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    size = QImageReader(buffer).size()
    image = picture(content) if max(size.width(), size.height()) > WIDEST_PX else None
    return content if image is None else encoded(image)


def _smaller(image: QImage) -> QImage:
    if max(image.width(), image.height()) <= WIDEST_PX:
        return image
    bounds = QSize(WIDEST_PX, WIDEST_PX)
    return image.scaled(bounds, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation)


def _written(image: QImage, form: bytes) -> bytes:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QImageWriter(buffer, QByteArray(form))
    if form == b"jpg":
        writer.setQuality(QUALITY)
    return bytes(buffer.data().data()) if writer.write(image) else b""
