"""The strip while a caller is asked for a PIN elsewhere: whom the agent waits for, how long still, and the way out."""

from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from agent_desktop.ui.appearance.formats import Formats
from agent_desktop.ui.appearance.look import Look
from agent_desktop.ui.strip.button_row import ButtonRow
from agent_desktop.ui.strip.buttons import Deed, Offer
from agent_desktop.ui.strip.words import TO_DIAL_FIELD
from agent_desktop.ui.widgets.parts import Glyph, Label

DEEDS = (Deed.DIAL, Deed.STOP_WAITING)


@dataclass(frozen=True, slots=True)
class Awaited:
    """`who` left at `since`; nobody waits longer than `until`."""

    who: str
    since: datetime
    until: datetime


class AwaitingPage(QWidget):
    pressed = Signal(object)

    def __init__(self, look: Look, formats: Formats) -> None:
        super().__init__()
        self._formats = formats
        self._awaited: Awaited | None = None
        self._timer = Label("timer", "00:00", "accent")
        self._title = Label("row", elides=True)
        self._below = Label("meta", elides=True)
        self.row = ButtonRow(look, *DEEDS)
        self.row.pressed.connect(self.pressed)
        row = QHBoxLayout(self)
        row.setContentsMargins(look.px(16), 0, look.px(14), 0)
        row.setSpacing(look.px(10))
        row.addWidget(self._timer)
        row.addWidget(Glyph(look, "id-check", "accent_text", 20))
        column = QVBoxLayout()
        column.setSpacing(0)
        column.addStretch(1)
        column.addWidget(self._title)
        column.addWidget(self._below)
        column.addStretch(1)
        row.addLayout(column, 1)
        row.addWidget(self.row)

    def show_awaited(self, awaited: Awaited, offers: tuple[Offer, ...], now: datetime) -> None:
        self._awaited = awaited
        self._title.say(self.tr("At the PIN check · {who}").format(who=awaited.who))
        self.row.show_offers(offers, TO_DIAL_FIELD)
        self.tick(now)

    def tick(self, now: datetime) -> None:
        if self._awaited is None:
            return
        self._timer.say(self._formats.duration((now - self._awaited.since).total_seconds()))
        left = self._formats.duration(max(0, round((self._awaited.until - now).total_seconds())))
        self._below.say(self.tr("Coming back to you. After {left} your after-call work begins.").format(left=left))
