"""The strip after a call: the time that is left or gone over, what keeps the agent there, more time, done."""

from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from agent_desktop.ui.appearance.formats import Formats
from agent_desktop.ui.appearance.look import Look
from agent_desktop.ui.strip.button_row import ButtonRow
from agent_desktop.ui.strip.buttons import Deed, Offer
from agent_desktop.ui.strip.words import TO_DIAL_FIELD
from agent_desktop.ui.widgets.controls import Button
from agent_desktop.ui.widgets.parts import Label, Shrinking
from agent_model.after_call import AfterCallWork, WhyStay

DEEDS = (Deed.DIAL, Deed.MORE_TIME, Deed.FINISH)


@dataclass(frozen=True, slots=True)
class AfterCallFace:
    """`work` as it stands at `now`; `who` the call was with; `then_ready` false when a break follows. `outcome` is what
    became of the call at its end: where it was transferred to, how the caller rated it; `is_lost` when it left the
    caller with nobody."""

    work: AfterCallWork
    now: datetime
    who: str = ""
    then_ready: bool = True
    outcome: str = ""
    is_lost: bool = False

    @property
    def may_extend(self) -> bool:
        return self.work.may_extend

    @property
    def is_locked(self) -> bool:
        return self.work.why_stay(self.now) is WhyStay.TOO_EARLY


class WrapUpPage(QWidget):
    pressed = Signal(object)

    def __init__(self, look: Look, formats: Formats) -> None:
        super().__init__()
        self._formats = formats
        self._face: AfterCallFace | None = None
        self._timer = Label("timer", "00:00", "warn")
        self._title = Label("row", self.tr("After-call work"), elides=True)
        self._outcome = Shrinking("meta", "", "ok")
        self._below = Label("meta", elides=True)
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
        row.addWidget(self.row)

    @property
    def finish(self) -> Button:
        return self.row.button(Deed.FINISH)

    @property
    def said(self) -> str:
        """What keeps the agent there, and for how long."""
        return self._below.full_text

    def show_work(self, face: AfterCallFace, offers: tuple[Offer, ...], now: datetime) -> None:
        self._face = face
        title = self.tr("After-call work")
        self._title.say(f"{title} · {face.who}" if face.who else title)
        self._outcome.say(face.outcome, "bad" if face.is_lost else "ok")
        self._outcome.setVisible(bool(face.outcome))
        self.row.rename(Deed.MORE_TIME, self.tr("{seconds} s more").format(seconds=face.work.policy.extend_s))
        self.row.rename(Deed.FINISH, "" if face.then_ready else self.tr("Done, take the break"))
        shown = offers if face.work.policy.mode.is_boxed else tuple(o for o in offers if o.deed is not Deed.MORE_TIME)
        self.row.show_offers(shown, TO_DIAL_FIELD)
        self.tick(now)

    def tick(self, now: datetime) -> None:
        if self._face is None:
            return
        work = self._face.work
        if work.until is None:
            self._timer.say(self._formats.duration((now - work.since).total_seconds()))
        else:
            left = round((work.until - now).total_seconds())
            self._timer.say(self._formats.duration(left) if left >= 0 else f"+{self._formats.duration(-left)}")
        self._below.say(self._words(work, now), "warn" if work.is_over_time(now) else "")

    def leave(self) -> None:
        self._face = None

    def _words(self, work: AfterCallWork, now: datetime) -> str:
        then_ready = self._face is None or self._face.then_ready
        left = 0 if work.until is None else max(0, round((work.until - now).total_seconds()))
        if work.is_over_time(now):
            if work.lacks_disposition:
                return self.tr("Time is up. Choose what the call came to (Ctrl+E), then it ends.")
            return self.tr("Over time. It ends when you say so.")
        if work.lacks_disposition and work.until is not None:
            return self.tr("{seconds} s left; choose what the call came to (Ctrl+E)").format(seconds=left)
        if work.ends_at is None:
            return self.tr("It ends when you say so.")
        if work.why_stay(now) is WhyStay.TOO_EARLY:
            return self.tr("{seconds} s left, no earlier end").format(seconds=left)
        if then_ready:
            return self.tr("{seconds} s left, then you are ready by yourself").format(seconds=left)
        return self.tr("{seconds} s left, then your break begins").format(seconds=left)
