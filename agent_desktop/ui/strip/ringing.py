"""The strip while a call rings: who it is, answer and decline. It lights up; it takes no focus."""

from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QWidget

from agent_desktop.softphone.policy import Turned
from agent_desktop.ui.appearance.formats import Formats
from agent_desktop.ui.appearance.look import Look
from agent_desktop.ui.strip.button_row import ButtonRow
from agent_desktop.ui.strip.buttons import Deed, Offer
from agent_desktop.ui.strip.face import CallFace
from agent_desktop.ui.strip.party import Party
from agent_desktop.ui.widgets.controls import KeyHint
from agent_desktop.ui.widgets.parts import Glyph, Label

DEEDS = (Deed.DECLINE, Deed.DECLINE_MENU, Deed.ANSWER)


class DeclineMenu(QMenu):
    """The two ways to turn a call away, for those who want another than the usual one."""

    chosen = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        for words, how in (
            (self.tr("Busy: the next agent gets the call"), Turned.BUSY),
            (self.tr("Decline: nobody else is tried"), Turned.DECLINED),
        ):
            self.addAction(words).triggered.connect(lambda _=False, how=how: self.chosen.emit(how))

    def open_under(self, widget: QWidget) -> None:
        self.popup(widget.mapToGlobal(widget.rect().bottomLeft()))


class RingingPage(QWidget):
    pressed = Signal(object)
    decline_chosen = Signal(str, object)
    """(call, a Turned)"""

    def __init__(self, look: Look, formats: Formats) -> None:
        super().__init__()
        self._formats = formats
        self._face: CallFace | None = None
        self._timer = Label("timer", "00:00", "ok")
        self.party = Party(look)
        self.row = ButtonRow(look, *DEEDS)
        self.row.pressed.connect(self.pressed)
        self.menu = DeclineMenu(self)
        self.menu.chosen.connect(self._decline)
        row = QHBoxLayout(self)
        row.setContentsMargins(look.px(16), 0, look.px(14), 0)
        row.setSpacing(look.px(10))
        row.addWidget(self._timer)
        row.addWidget(Glyph(look, "phone-in", "ok", 20))
        row.addWidget(self.party, 1)
        row.addWidget(self.row)
        row.addWidget(KeyHint("F9"))

    @property
    def face(self) -> CallFace | None:
        return self._face

    def show_face(self, face: CallFace, offers: tuple[Offer, ...], now: datetime) -> None:
        self._face = face
        self.party.show_face(face)
        self.row.show_offers(offers)
        self.tick(now)

    def open_menu(self) -> None:
        self.menu.open_under(self.row.button(Deed.DECLINE_MENU))

    def tick(self, now: datetime) -> None:
        if self._face is not None:
            self._timer.say(self._formats.duration((now - self._face.call.started_at).total_seconds()))

    def _decline(self, how: Turned) -> None:
        if self._face is not None:
            self.decline_chosen.emit(self._face.call.id, how)
