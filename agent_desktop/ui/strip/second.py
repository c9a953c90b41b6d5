"""The band at the right of the strip: the call beside the one that goes on. It rings, waits, or is in conference."""

from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from agent_desktop.softphone.policy import Turned
from agent_desktop.ui.appearance.formats import Formats
from agent_desktop.ui.appearance.look import Look
from agent_desktop.ui.strip.button_row import ButtonRow
from agent_desktop.ui.strip.buttons import Deed, offers_beside
from agent_desktop.ui.strip.face import CallFace
from agent_desktop.ui.strip.ringing import DeclineMenu
from agent_desktop.ui.strip.situation import Beside
from agent_desktop.ui.widgets.parts import Glyph, Label, set_property

DEEDS = (Deed.DECLINE, Deed.DECLINE_MENU, Deed.ANSWER, Deed.SWITCH, Deed.DROP)
WIDTH_PX = {Beside.RINGING: 290, Beside.HELD: 250, Beside.IN_CONFERENCE: 230}
NAMES_PX = 72
_GLYPHS = {
    Beside.RINGING: ("phone-in", "ok"),
    Beside.HELD: ("pause", "warn"),
    Beside.IN_CONFERENCE: ("users", "accent_text"),
}
_GROUND = {Beside.RINGING: "ok", Beside.HELD: "warn", Beside.IN_CONFERENCE: "accent"}


class SecondCall(QFrame):
    pressed = Signal(object)
    decline_chosen = Signal(str, object)
    """(call, a Turned)"""

    def __init__(self, look: Look, formats: Formats) -> None:
        super().__init__()
        self._look, self._formats = look, formats
        self._face: CallFace | None = None
        self._since: datetime | None = None
        self._beside = Beside.NOTHING
        self.setProperty("role", "band")
        self._glyph = Glyph(look, "phone-in", "ok", 18)
        self._title = Label("row", elides=True)
        self._below = Label("meta", elides=True)
        self.row = ButtonRow(look, *DEEDS)
        self.row.pressed.connect(self.pressed)
        self.menu = DeclineMenu(self)
        self.menu.chosen.connect(self._decline)
        row = QHBoxLayout(self)
        row.setContentsMargins(look.px(10), 0, look.px(14), 0)
        row.setSpacing(look.px(8))
        row.addWidget(self._glyph)
        names = QWidget()
        names.setMinimumWidth(look.px(NAMES_PX))
        column = QVBoxLayout(names)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addStretch(1)
        column.addWidget(self._title)
        column.addWidget(self._below)
        column.addStretch(1)
        row.addWidget(names, 1)
        row.addWidget(self.row)
        self.hide()

    @property
    def face(self) -> CallFace | None:
        return self._face

    def show_beside(self, face: CallFace | None, beside: Beside, since: datetime, others: int, now: datetime) -> None:
        """`since` is when it began to ring or to be held; `others` more calls wait unseen."""
        self._face, self._since, self._beside = face, since, beside
        self.row.show_offers(offers_beside(beside))
        self.setVisible(face is not None)
        if face is None:
            return
        self.setFixedWidth(self._look.px(WIDTH_PX[beside]))
        self.row.fit(self._look.px(WIDTH_PX[beside] - NAMES_PX - 10 - 14 - 18 - 2 * 8))
        set_property(self, "tone", _GROUND[beside])
        self._glyph.show_icon(*_GLYPHS[beside])
        name = face.title or self.tr("Number withheld")
        self._title.say(f"{name} +{others}" if others else name)
        self.tick(now)

    def open_menu(self) -> None:
        self.menu.open_under(self.row.button(Deed.DECLINE_MENU))

    def tick(self, now: datetime) -> None:
        if self._face is None or self._since is None:
            return
        clock = self._formats.duration((now - self._since).total_seconds())
        match self._beside:
            case Beside.RINGING:
                self._below.say(" · ".join(part for part in (clock, self._face.queue) if part))
            case Beside.IN_CONFERENCE:
                self._below.say(self.tr("In the conference"))
            case _:
                self._below.say(self.tr("On hold {duration}").format(duration=clock))

    def _decline(self, how: Turned) -> None:
        if self._face is not None:
            self.decline_chosen.emit(self._face.call.id, how)
