"""The call strip: one band, 60 high in every state, so that nothing below it ever moves.

Values: `show_calls(faces, now)` (all calls that are not over), `show_after_call_work(work or None, now)`,
`show_failed(FailedCall or None)`, `show_waiting(words)`, `show_line(is_up, why_not)`, `show_level(heard, spoken)`,
`offer_wrap_up_codes`, `tick(now)`. Calls come before a failure, a failure before after-call work.
Wishes, with call ids: `answer_wanted(id)`, `decline_wanted(id)`, `hang_up_wanted(id)`, `mute_wanted(id, on)`,
`hold_wanted(id, on)`, `switch_wanted(id)`, `digit_wanted(id, digit)`;
`dial_wanted(number)`, `wrap_up_chosen(code id)`, `extend_wanted(seconds)`, `finish_wanted`, `failure_dismissed`.
"""

from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QStackedWidget, QWidget

from agent_desktop.softphone.call import CallId, CallState
from agent_desktop.ui.formats import Formats
from agent_desktop.ui.look import Look
from agent_desktop.ui.strip.face import CallFace
from agent_desktop.ui.strip.failed import FailedCall, FailedPage
from agent_desktop.ui.strip.idle import IdlePage
from agent_desktop.ui.strip.ringing import RingingPage, SecondCall
from agent_desktop.ui.strip.talking import TalkingPage
from agent_desktop.ui.strip.wrap_up import AfterCallWork, WrapUpPage
from agent_desktop.ui.widgets.parts import set_property
from agent_desktop.ui.widgets.spoken import announce


class CallStrip(QFrame):
    answer_wanted = Signal(str)
    decline_wanted = Signal(str)
    hang_up_wanted = Signal(str)
    mute_wanted = Signal(str, bool)
    hold_wanted = Signal(str, bool)
    switch_wanted = Signal(str)
    digit_wanted = Signal(str, str)
    dial_wanted = Signal(str)
    wrap_up_chosen = Signal(str)
    extend_wanted = Signal(int)
    finish_wanted = Signal()
    failure_dismissed = Signal()

    def __init__(self, look: Look, formats: Formats) -> None:
        super().__init__()
        self._faces: tuple[CallFace, ...] = ()
        self._work: AfterCallWork | None = None
        self._failed: FailedCall | None = None
        self._held_since: dict[CallId, datetime] = {}
        self.setProperty("role", "strip")
        self.setFixedHeight(look.px(60))
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setAccessibleName(self.tr("Call"))
        self.idle = IdlePage(look)
        self.ringing = RingingPage(look, formats)
        self.talking = TalkingPage(look, formats)
        self.second = SecondCall(look, formats)
        self.wrap_up = WrapUpPage(look, formats)
        self.failed = FailedPage(look)
        self._band = QFrame()
        self._band.setProperty("role", "band")
        self._band.setFixedWidth(look.px(330))
        self._band.hide()
        in_band = QHBoxLayout(self._band)
        in_band.setContentsMargins(0, 0, look.px(14), 0)
        in_band.addWidget(self.second)
        self._pages = QStackedWidget()
        for page in (self.idle, self.ringing, self.talking, self.wrap_up, self.failed):
            self._pages.addWidget(page)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._pages, 1)
        row.addWidget(self._band)
        self._connect()

    def _connect(self) -> None:
        self.idle.dial_wanted.connect(self.dial_wanted)
        for page in (self.ringing, self.second):
            page.answer_wanted.connect(self.answer_wanted)
            page.decline_wanted.connect(self.decline_wanted)
        self.second.switch_wanted.connect(self.switch_wanted)
        self.talking.mute_wanted.connect(self.mute_wanted)
        self.talking.hold_wanted.connect(self.hold_wanted)
        self.talking.digit_wanted.connect(self.digit_wanted)
        self.talking.hang_up_wanted.connect(self.hang_up_wanted)
        self.wrap_up.wrap_up_chosen.connect(self.wrap_up_chosen)
        self.wrap_up.extend_wanted.connect(self.extend_wanted)
        self.wrap_up.finish_wanted.connect(self.finish_wanted)
        self.failed.retry_wanted.connect(self.dial_wanted)
        self.failed.dismissed.connect(self.failure_dismissed)

    @property
    def showing(self) -> QWidget | None:
        """The page on the screen: `idle`, `ringing`, `talking`, `wrap_up` or `failed`."""
        return self._pages.currentWidget()

    @property
    def faces(self) -> tuple[CallFace, ...]:
        """The calls that are not over."""
        return self._faces

    def show_calls(self, faces: tuple[CallFace, ...], now: datetime) -> None:
        """Every call that is not over. A ring never moves the focus: at most it lights the band."""
        rang_before = {face.call.id for face in self._faces if face.call.state is CallState.RINGING}
        self._faces = tuple(face for face in faces if not face.call.is_over)
        held = {face.call.id for face in self._faces if face.call.held_here}
        self._held_since = {id_: since for id_, since in self._held_since.items() if id_ in held}
        for id_ in held:
            self._held_since.setdefault(id_, now)
        self._refresh(now)
        for face in self._faces:
            if face.call.state is CallState.RINGING and face.call.id not in rang_before:
                announce(self, self.tr("Incoming call: {who}").format(who=face.title or self.tr("Number withheld")))

    def show_after_call_work(self, work: AfterCallWork | None, now: datetime) -> None:
        self._work = work
        self._refresh(now)

    def show_failed(self, failed: FailedCall | None, now: datetime) -> None:
        self._failed = failed
        self._refresh(now)

    def show_waiting(self, words: str) -> None:
        self.idle.show_waiting(words)

    def show_line(self, *, is_up: bool, why_not: str = "") -> None:
        """Whether a call can be dialled at all; the reason is the button's tooltip."""
        self.idle.show_line(is_up=is_up, why_not=why_not)

    def show_level(self, heard: float, spoken: float) -> None:
        self.talking.meter.show_level(heard, spoken)

    def offer_wrap_up_codes(self, codes: tuple[tuple[str, str], ...]) -> None:
        """(id, name) in the order they are offered."""
        self.wrap_up.offer_codes(codes)

    def tick(self, now: datetime) -> None:
        page = self._pages.currentWidget()
        if page is self.ringing:
            self.ringing.tick(now)
        elif page is self.talking:
            self.talking.tick(now)
        elif page is self.wrap_up:
            self.wrap_up.tick(now)
        if not self._band.isHidden():
            self.second.tick(now)

    def answer(self) -> None:
        """Answers the call that rings, the first if there are several."""
        ringing = next((face for face in self._faces if face.call.state is CallState.RINGING), None)
        if ringing is not None:
            self.answer_wanted.emit(ringing.call.id)

    def hang_up(self) -> None:
        if self._pages.currentWidget() is self.talking:
            self.talking.end()

    def toggle_mute(self) -> None:
        if self._pages.currentWidget() is self.talking:
            self.talking.toggle_mute()

    def toggle_hold(self) -> None:
        if self._pages.currentWidget() is self.talking:
            self.talking.toggle_hold()

    def open_keypad(self) -> None:
        if self._pages.currentWidget() is self.talking:
            self.talking.open_keypad()
        elif self._pages.currentWidget() is self.idle:
            self.idle.open_keypad()

    def focus_dial(self) -> None:
        if self._pages.currentWidget() is self.idle:
            self.idle.number.setFocus()

    def prefill(self, number: str, shown: str = "") -> None:
        """A number from elsewhere stands in the dial field, also when that is not on the screen now."""
        self.idle.prefill(number, shown)
        self.focus_dial()

    def focus_wrap_up(self) -> None:
        if self._pages.currentWidget() is self.wrap_up:
            self.wrap_up.code.setFocus()

    def _refresh(self, now: datetime) -> None:
        ringing = [face for face in self._faces if face.call.state is CallState.RINGING]
        others = [face for face in self._faces if face.call.state is not CallState.RINGING]
        if self._work is None:
            self.wrap_up.leave()
        if others:
            self._show_talk(others, ringing, now)
        elif ringing and self._is_in_use():
            self._show_second(ringing[0], ringing[0].call.started_at, now, is_ringing=True)
        elif ringing:
            self._band.hide()
            self.ringing.show_face(ringing[0], now)
            self._turn_to(self.ringing, "ok")
        else:
            self._band.hide()
            self._show_no_call(now)

    def _is_in_use(self) -> bool:
        """Somebody types in this strip: then a ring lights the band beside it and leaves the page alone."""
        focus = QApplication.focusWidget()
        return (
            focus is not None
            and focus is not self
            and self._pages.isAncestorOf(focus)
            and (self._pages.currentWidget() in (self.idle, self.wrap_up))
        )

    def _show_no_call(self, now: datetime) -> None:
        if self._failed is not None:
            self.failed.show_failed(self._failed)
            self._turn_to(self.failed, "")
        elif self._work is not None:
            self.wrap_up.show_work(self._work, now)
            self._turn_to(self.wrap_up, "")
        else:
            self._turn_to(self.idle, "")

    def _show_talk(self, others: list[CallFace], ringing: list[CallFace], now: datetime) -> None:
        main = next((face for face in others if not face.call.held_here), others[0])
        waiting = [face for face in others if face is not main]
        second = ringing[0] if ringing else waiting[0] if waiting else None
        self.talking.be_compact(compact=second is not None)
        self.talking.show_face(main, self._held_since.get(main.call.id), now)
        self._turn_to(self.talking, "")
        if second is None:
            self._band.hide()
        elif ringing:
            self._show_second(second, second.call.started_at, now, is_ringing=True)
        else:
            self._show_second(second, self._held_since.get(second.call.id, now), now, is_ringing=False)

    def _show_second(self, face: CallFace, since: datetime, now: datetime, *, is_ringing: bool) -> None:
        set_property(self._band, "tone", "ok" if is_ringing else "warn")
        self.second.show_face(face, since, now, is_ringing=is_ringing)
        self._band.show()

    def _turn_to(self, page: QWidget, tone: str) -> None:
        set_property(self, "tone", tone)
        if self._pages.currentWidget() is page:
            return
        # A stacked page that leaves hands its focus to the page that comes; a button there must not get it.
        focus = QApplication.focusWidget()
        if focus is not None and self._pages.isAncestorOf(focus):
            self.setFocus()
        self._pages.setCurrentWidget(page)


__all__ = ["AfterCallWork", "CallFace", "CallStrip", "FailedCall"]
