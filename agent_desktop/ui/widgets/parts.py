"""The smallest parts: labels by role, glyphs, pills, avatars, dots, rules."""

import html
from typing import Final, Literal

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy, QWidget

from agent_desktop.ui.appearance.look import Look

Tone = Literal["neutral", "accent", "ok", "warn", "bad", "vio"]

_INK: dict[str, tuple[str, str]] = {
    "neutral": ("sec", "hover"),
    "accent": ("accent_text", "accent_bg"),
    "ok": ("ok", "ok_bg"),
    "warn": ("warn", "warn_bg"),
    "bad": ("bad", "bad_bg"),
    "vio": ("vio", "vio_bg"),
}


def ink(tone: str) -> tuple[str, str]:
    """The tokens (text, ground) of a tone."""
    return _INK[tone]


UNBOUNDED: Final = 16_777_215
"""The width or height of what has no bound: Qt's QWIDGETSIZE_MAX."""


def plain_tip(text: str) -> str:
    """A tool tip of text from outside: Qt would take what looks like rich text for it, and load its pictures."""
    return f"<qt>{html.escape(text).replace(chr(10), '<br>')}</qt>" if "<" in text else text


def set_property(widget: QWidget, name: str, value: object) -> None:
    """Changes what the style sheet selects by, and restyles only when it is different."""
    if widget.property(name) == value:
        return
    widget.setProperty(name, value)
    style = widget.style()
    style.unpolish(widget)
    style.polish(widget)


class Label(QLabel):
    """Plain text (never rich text from outside) in one of the sheet's roles; elides instead of pushing others away."""

    def __init__(self, role: str, text: str = "", tone: str = "", *, elides: bool = False, wraps: bool = False) -> None:
        super().__init__(text)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("role", role)
        if tone:
            self.setProperty("tone", tone)
        self._full = text
        self._elides = elides
        if elides:
            self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
            self.setMinimumWidth(24)
        self.setWordWrap(wraps)

    @property
    def full_text(self) -> str:
        return self._full

    def say(self, text: str, tone: str | None = None) -> None:
        if tone is not None:
            set_property(self, "tone", tone)
        if text == self._full:
            return
        self._full = text
        if self._elides:
            self._elide()
        else:
            self.setText(text)

    def say_within(self, width_px: int, text: str, tone: str | None = None) -> None:
        """As wide as that and as high as the text then is, whatever layouts make of words that wrap."""
        self.say(text, tone)
        self.ensurePolished()
        self.setFixedSize(width_px, self.heightForWidth(width_px))

    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        if self._elides:
            hint.setWidth(self.fontMetrics().horizontalAdvance(self._full) + 2)
        return hint

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._elides:
            self._elide()

    def _elide(self) -> None:
        metrics = self.fontMetrics()
        fits = metrics.elidedText(self._full, Qt.TextElideMode.ElideRight, max(0, self.width()))
        if self.text() != fits:
            self.setText(fits)
        self.setToolTip("" if fits == self._full else plain_tip(self._full))
        self.setAccessibleName(self._full)


class Shrinking(Label):
    """A label as wide as its text while there is room, elided when there is not."""

    def __init__(self, role: str, text: str = "", tone: str = "") -> None:
        super().__init__(role, text, tone, elides=True)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

    def minimumSizeHint(self) -> QSize:
        return QSize(24, super().minimumSizeHint().height())

    def say(self, text: str, tone: str | None = None) -> None:
        different = text != self.full_text
        super().say(text, tone)
        if different:
            self.updateGeometry()


class Glyph(QWidget):
    """An icon that is not a button. Its meaning is said by the text beside it, so it has no name of its own."""

    def __init__(self, look: Look, icon: str, colour: str = "muted", size_px: int = 14) -> None:
        super().__init__()
        self._look, self._icon, self._token, self._size = look, icon, colour, size_px
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_icon(self, icon: str, token: str) -> None:
        if (icon, token) != (self._icon, self._token):
            self._icon, self._token = icon, token
            self.update()

    def sizeHint(self) -> QSize:
        side = self._look.px(self._size)
        return QSize(side, side)

    def paintEvent(self, _: QPaintEvent) -> None:
        painter = QPainter(self)
        pixmap = self._look.pixmap(self._icon, self._token, self._size, self.devicePixelRatioF())
        side = self._look.px(self._size)
        painter.drawPixmap((self.width() - side) // 2, (self.height() - side) // 2, pixmap)


HEAD_PX: Final = 34
"""How high the head of a page is, whatever stands beside its name."""


def page_name(look: Look, words: str) -> Label:
    """What a page is called, where nothing stands beside it."""
    label = Label("name", words)
    label.setMinimumHeight(look.px(HEAD_PX))
    return label


class Pill(QLabel):
    """A short word on a tinted ground: a status, a tier, a tag."""

    def __init__(self, look: Look, text: str = "", tone: Tone = "neutral") -> None:
        super().__init__(text)
        self._look, self._tone = look, tone
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_as(self, text: str, tone: Tone) -> None:
        self._tone = tone
        self.setText(text)
        self.setVisible(bool(text))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return pill_size(self._look, self.text())

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _: QPaintEvent) -> None:
        painter = QPainter(self)
        paint_pill(painter, self._look, QRectF(self.rect()), self.text(), self._tone)


def pill_size(look: Look, text: str) -> QSize:
    metrics = QFontMetrics(look.font(12, QFont.Weight.Medium))
    return QSize(metrics.horizontalAdvance(text) + look.px(16), look.px(20))


def paint_pill(painter: QPainter, look: Look, box: QRectF, text: str, tone: str) -> None:
    text_token, ground_token = ink(tone)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(look.colour(ground_token))
    radius = min(box.height() / 2, look.px(9))
    painter.drawRoundedRect(box, radius, radius)
    painter.setPen(look.colour(text_token))
    painter.setFont(look.font(12, QFont.Weight.Medium))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)


class Avatar(QWidget):
    """The first letter of a name in a circle; `dot` adds the agent's state."""

    def __init__(self, look: Look, size_px: int, tone: Tone = "accent") -> None:
        super().__init__()
        self._look, self._size, self._tone = look, size_px, tone
        self._letter = ""
        self._dot: str | None = None
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_name(self, name: str, tone: Tone | None = None) -> None:
        letter = name.strip()[:1].upper() or "?"
        if (letter, tone or self._tone) != (self._letter, self._tone):
            self._letter, self._tone = letter, tone or self._tone
            self.update()

    def show_dot(self, token: str | None) -> None:
        if token != self._dot:
            self._dot = token
            self.update()

    def sizeHint(self) -> QSize:
        side = self._look.px(self._size)
        return QSize(side, side)

    def paintEvent(self, _: QPaintEvent) -> None:
        text_token, ground_token = ink(self._tone)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._look.colour(ground_token))
        side = self._look.px(self._size)
        painter.drawEllipse(0, 0, side, side)
        painter.setPen(self._look.colour(text_token))
        painter.setFont(self._look.font(round(self._size * 0.42), QFont.Weight.DemiBold))
        painter.drawText(QRectF(0, 0, side, side), Qt.AlignmentFlag.AlignCenter, self._letter)
        if self._dot is not None:
            mark = side * 0.34
            painter.setPen(QPen(self._look.colour("surface"), 2))
            painter.setBrush(self._look.colour(self._dot))
            painter.drawEllipse(QRectF(side - mark - 0.5, side - mark - 0.5, mark, mark))


class Rule(QFrame):
    """A thin line between things."""

    def __init__(self, *, upright: bool = False, length_px: int | None = None) -> None:
        super().__init__()
        self.setProperty("role", "rule")
        if upright:
            self.setFixedWidth(1)
        else:
            self.setFixedHeight(1)
        if length_px is not None:
            (self.setFixedHeight if upright else self.setFixedWidth)(length_px)
