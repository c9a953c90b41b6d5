"""The strip after a call: the time that is left, what the contact came to, more time, done."""

from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from agent_desktop.ui.formats import Formats
from agent_desktop.ui.look import Look
from agent_desktop.ui.strip.button_row import ButtonRow
from agent_desktop.ui.strip.buttons import Deed, Offer
from agent_desktop.ui.strip.words import TO_DIAL_FIELD
from agent_desktop.ui.widgets.choice import Choice
from agent_desktop.ui.widgets.controls import Button
from agent_desktop.ui.widgets.parts import Label, Shrinking

EXTENSION_S = 60
DEEDS = (Deed.DIAL, Deed.MORE_TIME, Deed.FINISH)


@dataclass(frozen=True, slots=True)
class AfterCallWork:
    """`who` the call was with; `code` the wrap-up code picked so far; `then_ready` false when a break follows.
    `outcome` is what became of the call at its end: where it was transferred to, how the caller rated it; `is_lost`
    when it left the caller with nobody."""

    until: datetime
    who: str = ""
    code: str = ""
    then_ready: bool = True
    outcome: str = ""
    is_lost: bool = False


class WrapUpPage(QWidget):
    pressed = Signal(object)
    wrap_up_chosen = Signal(str)

    def __init__(self, look: Look, formats: Formats) -> None:
        super().__init__()
        self._formats = formats
        self._work: AfterCallWork | None = None
        self._timer = Label("timer", "00:00", "warn")
        self._title = Label("row", self.tr("After-call work"), elides=True)
        self._outcome = Shrinking("meta", "", "ok")
        self._below = Label("meta", elides=True)
        self.code = Choice(look, self.tr("Wrap-up code"), self.tr("What did it come to?"))
        self.code.setFixedWidth(look.px(230))
        self.code.picked.connect(self.wrap_up_chosen)
        self.code.setToolTip("Ctrl+E")
        self.row = ButtonRow(look, *DEEDS)
        self.row.pressed.connect(self.pressed)
        row = QHBoxLayout(self)
        row.setContentsMargins(look.px(16), 0, look.px(14), 0)
        row.setSpacing(look.px(10))
        row.addWidget(self._timer)
        column = QVBoxLayout()
        column.setSpacing(0)
        column.addStretch(1)
        column.addWidget(self._title)
        below = QHBoxLayout()
        below.setSpacing(look.px(8))
        below.addWidget(self._outcome)
        below.addWidget(self._below, 1)
        column.addLayout(below)
        column.addStretch(1)
        row.addLayout(column, 1)
        row.addWidget(self.code)
        row.addWidget(self.row)

    @property
    def finish(self) -> Button:
        return self.row.button(Deed.FINISH)

    def offer_codes(self, codes: tuple[tuple[str, str], ...]) -> None:
        self.code.offer(codes)

    def show_work(self, work: AfterCallWork, offers: tuple[Offer, ...], now: datetime) -> None:
        is_new = self._work is None or self._work.who != work.who
        self._work = work
        title = self.tr("After-call work")
        self._title.say(f"{title} · {work.who}" if work.who else title)
        self._outcome.say(work.outcome, "bad" if work.is_lost else "ok")
        self._outcome.setVisible(bool(work.outcome))
        if is_new or work.code:
            self.code.choose(work.code)
        self.row.rename(Deed.FINISH, "" if work.then_ready else self.tr("Done, take the break"))
        self.row.show_offers(offers, TO_DIAL_FIELD)
        self.tick(now)

    def tick(self, now: datetime) -> None:
        if self._work is None:
            return
        left = max(0, round((self._work.until - now).total_seconds()))
        self._timer.say(self._formats.duration(left))
        if self._work.then_ready:
            self._below.say(self.tr("{seconds} s left, then you are ready by yourself").format(seconds=left))
        else:
            self._below.say(self.tr("{seconds} s left, then your break begins").format(seconds=left))

    def leave(self) -> None:
        self._work = None
