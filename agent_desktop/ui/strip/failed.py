"""The strip after a call that did not come about: why, and once more."""

from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from agent_desktop.softphone.call import CallEnd
from agent_desktop.ui.appearance.look import Look
from agent_desktop.ui.messages.calls import explain_end
from agent_desktop.ui.strip.button_row import ButtonRow
from agent_desktop.ui.strip.buttons import Deed, Offer
from agent_desktop.ui.strip.words import TO_DIAL_FIELD
from agent_desktop.ui.widgets.parts import Glyph, Label

DEEDS = (Deed.DIAL, Deed.CALL_AGAIN, Deed.CLOSE)


@dataclass(frozen=True, slots=True)
class FailedCall:
    """`number` is what to dial again, empty when that makes no sense; `title` a name or the number as it may be shown;
    `shown_number` which of the company's the other side was to see."""

    title: str
    number: str
    end: CallEnd
    shown_number: str = ""


class FailedPage(QWidget):
    pressed = Signal(object)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._title = Label("row", elides=True)
        self._cause = Label("meta", "", "bad", elides=True)
        self.row = ButtonRow(look, *DEEDS)
        self.row.pressed.connect(self.pressed)
        row = QHBoxLayout(self)
        row.setContentsMargins(look.px(16), 0, look.px(14), 0)
        row.setSpacing(look.px(10))
        row.addWidget(Glyph(look, "phone-missed", "bad", 24))
        column = QVBoxLayout()
        column.setSpacing(0)
        column.addStretch(1)
        column.addWidget(self._title)
        column.addWidget(self._cause)
        column.addStretch(1)
        row.addLayout(column, 1)
        row.addWidget(self.row)

    def show_failed(self, failed: FailedCall, offers: tuple[Offer, ...]) -> None:
        self._title.say(failed.title)
        self._cause.say(explain_end(failed.end.reason, failed.end.sip_code, failed.shown_number))
        self.row.show_offers(offers, TO_DIAL_FIELD)
