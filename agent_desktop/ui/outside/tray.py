"""The sign in the desktop's tray, where there is one. Nothing is to be had here that the window has not as well.

Values: `show_situation(Situation)`, `show_state(words)`, `show_missed(count)`, `tell(title, words)`.
Wishes: `open_wanted`, `compact_wanted`, `pressed(Deed)`, `messageClicked` for what was told last.
"""

from collections.abc import Mapping

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QAction, QFont, QIcon, QPainter, QPen, QPixmap
from PySide6.QtWidgets import QMenu, QSystemTrayIcon, QWidget

from agent_desktop.ui.appearance.look import Look
from agent_desktop.ui.strip.buttons import Deed, Facts, offers
from agent_desktop.ui.strip.situation import Situation, StripState
from agent_desktop.ui.strip.words import word

SHOWN_FOR_MS = 8_000
_SIDES_PX = (16, 22, 24, 32, 48)
_DEEDS = (
    Deed.ANSWER,
    Deed.DECLINE,
    Deed.MUTE,
    Deed.UNMUTE,
    Deed.HOLD,
    Deed.RETRIEVE,
    Deed.CANCEL_CONSULT,
    Deed.LEAVE,
    Deed.HANG_UP,
)


class Tray(QSystemTrayIcon):
    open_wanted = Signal()
    compact_wanted = Signal()
    pressed = Signal(object)

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self._look = look
        self._situation = Situation(StripState.IDLE)
        self._words, self._missed = "", 0
        self.menu = QMenu(parent)
        self._open = self.menu.addAction(self.tr("Open the window"))
        self._compact = self.menu.addAction(self.tr("Compact phone"))
        self._before_calls = self.menu.addSeparator()
        self._deeds: Mapping[Deed, QAction] = {deed: self.menu.addAction(word(deed)) for deed in _DEEDS}
        self._open.triggered.connect(self.open_wanted)
        self._compact.triggered.connect(self.compact_wanted)
        for deed, action in self._deeds.items():
            action.triggered.connect(lambda _=False, deed=deed: self.pressed.emit(deed))
        self.setContextMenu(self.menu)
        self.activated.connect(self._activated)
        look.changed.connect(self._draw)
        self.show_situation(self._situation)

    @property
    def offered(self) -> tuple[Deed, ...]:
        """What its menu can do with the calls now."""
        return tuple(deed for deed, action in self._deeds.items() if action.isVisible())

    def show_situation(self, situation: Situation) -> None:
        self._situation = situation
        muted = situation.main is not None and situation.main.call.muted
        found = offers(situation.state, Facts(is_muted=muted)) if situation.main is not None else ()
        possible = {offer.deed for offer in found if offer.why_not is None}
        for deed, action in self._deeds.items():
            action.setVisible(deed in possible)
        self._before_calls.setVisible(bool(possible & set(_DEEDS)))
        self._draw()

    def show_state(self, words: str) -> None:
        """The agent's state in words."""
        self._words = words
        self._say()

    def show_missed(self, count: int) -> None:
        """Calls missed since somebody looked at the window."""
        self._missed = count
        self._draw()

    def tell(self, title: str, words: str) -> None:
        """As a notification of the desktop."""
        self.showMessage(title, words, self.icon(), SHOWN_FOR_MS)

    def _activated(self, reason: QSystemTrayIcon.ActivationReason) -> None:
        if reason in (QSystemTrayIcon.ActivationReason.Trigger, QSystemTrayIcon.ActivationReason.DoubleClick):
            self.open_wanted.emit()

    def _say(self) -> None:
        main = self._situation.main
        parts = [self.tr("Agent Desktop"), self._words, main.title if main is not None else ""]
        if self._missed:
            parts.append(self.tr("Missed calls: {count}").format(count=self._missed))
        self.setToolTip(" · ".join(part for part in parts if part))

    def _draw(self) -> None:
        self._say()
        icon = QIcon()
        for side in _SIDES_PX:
            icon.addPixmap(self._drawn(side))
        self.setIcon(icon)

    def _drawn(self, side: int) -> QPixmap:
        """White on the colour of what the phone does; trays are light or dark, so the sign brings its own ground."""
        look = self._look
        name, ground = _FACES.get(self._situation.state, ("phone-call", "accent"))
        pixmap = QPixmap(QSize(side, side))
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.colour(ground))
        painter.drawRoundedRect(QRectF(0, 0, side, side), side * 0.26, side * 0.26)
        inner = round(side * 0.66)
        glyph = look.icons.pixmap(name, look.tokens.on_accent, inner)
        painter.drawPixmap((side - inner) // 2, (side - inner) // 2, glyph)
        if self._missed:
            self._draw_missed(painter, side)
        painter.end()
        return pixmap

    def _draw_missed(self, painter: QPainter, side: int) -> None:
        mark = side * 0.56
        box = QRectF(side - mark, 0, mark, mark)
        painter.setPen(QPen(self._look.colour("on_accent"), max(1.0, side * 0.05)))
        painter.setBrush(self._look.colour("bad_solid"))
        painter.drawEllipse(box.adjusted(-1, 1, -1, 1))
        font = QFont(self._look.font())
        font.setPixelSize(max(7, round(mark * 0.72)))
        font.setWeight(QFont.Weight.Bold)
        painter.setFont(font)
        painter.setPen(self._look.colour("on_accent"))
        painter.drawText(box.adjusted(-1, 1, -1, 1), Qt.AlignmentFlag.AlignCenter, str(min(self._missed, 9)))


_FACES = {
    StripState.IDLE: ("headset", "accent"),
    StripState.RINGING: ("phone-in", "ok_solid"),
    StripState.HELD_HERE: ("pause", "warn_dot"),
    StripState.HELD_BOTH: ("pause", "warn_dot"),
    StripState.MUTED: ("mic-off", "bad_solid"),
}
