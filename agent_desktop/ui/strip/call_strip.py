"""The call strip: one band, 60 high in every state, so that nothing below it ever moves.

Values: `show_calls(faces, now)` (all calls that are not over), `show_after_call_work(work or None, now)`,
`show_failed(FailedCall or None)`, `show_waiting(words)`, `show_line(line, why_not)`, `show_level(heard, spoken)`,
`show_quality`, `show_microphone`, `show_voicemail`, `show_quiet`, `show_last`, `show_rule`, `offer_wrap_up_codes`,
`offer_targets`, `offer_places`, `tick(now)`. `strip.situation` makes one state of them, `strip.buttons` says what each
state offers.
Wishes are on `wishes`, each with the ids of its calls. `calls_shown(faces)` lets others show the same calls.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from agent_desktop.softphone.call import CallId, CallState, TransferPurpose
from agent_desktop.softphone.events import QualityMeasured, Voicemail
from agent_desktop.softphone.site import RecordingRule
from agent_desktop.ui.appearance.formats import Formats
from agent_desktop.ui.appearance.look import Look
from agent_desktop.ui.strip.awaiting import Awaited
from agent_desktop.ui.strip.buttons import Deed, Facts, offers
from agent_desktop.ui.strip.face import CallFace
from agent_desktop.ui.strip.failed import FailedCall
from agent_desktop.ui.strip.pages import Pages
from agent_desktop.ui.strip.second import SecondCall
from agent_desktop.ui.strip.situation import Beside, Line, Situation, StripState
from agent_desktop.ui.strip.standing import Standing
from agent_desktop.ui.strip.targets import Target
from agent_desktop.ui.strip.transfer_panel import TransferPanel
from agent_desktop.ui.strip.wishes import Wishes
from agent_desktop.ui.strip.words import news_of
from agent_desktop.ui.strip.wrap_up import AfterCallFace
from agent_desktop.ui.widgets.controls import Button
from agent_desktop.ui.widgets.parts import set_property
from agent_desktop.ui.widgets.spoken import announce

_WORTH_SAYING = (StripState.TRANSFER_FAILED, StripState.CONSULT_FAILED, StripState.CONFERENCE)


class CallStrip(QFrame):
    calls_shown = Signal(object)

    def __init__(self, look: Look, formats: Formats) -> None:
        super().__init__()
        self._standing = Standing()
        self._is_quiet = False
        self._now = datetime.now(UTC)
        self.wishes = Wishes(self)
        self.situation = Situation(StripState.IDLE)
        self.setProperty("role", "strip")
        self.setFixedHeight(look.px(60))
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setAccessibleName(self.tr("Call"))
        self._pages = pages = Pages(look, formats, self)
        self.idle, self.ringing, self.talking = pages.idle, pages.ringing, pages.talking
        self.wrap_up, self.awaiting, self.failed = pages.wrap_up, pages.awaiting, pages.failed
        self.second = SecondCall(look, formats)
        self.panel = TransferPanel(look, self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._pages, 1)
        row.addWidget(self.second)
        self.panel.offer_places(())
        self._connect()

    def _connect(self) -> None:
        wishes = self.wishes
        self.idle.dial_wanted.connect(wishes.dial_wanted)
        wishes.sureness_asked.connect(self._ask_again)
        wishes.sureness_over.connect(lambda: self.talking.ask_again(is_asked=False))
        self._pages.pressed.connect(self._do)
        self.second.pressed.connect(self._do_beside)
        for pane in (self.ringing, self.second):
            pane.decline_chosen.connect(wishes.decline_wanted)
        self._pages.pad.digits_wanted.connect(self._send_digits)
        self.panel.consult_wanted.connect(wishes.consult_wanted)
        self.panel.transfer_wanted.connect(wishes.transfer_wanted)
        self.panel.place_wanted.connect(wishes.place_wanted)

    @property
    def showing(self) -> QWidget | None:
        """The page on the screen: `idle`, `ringing`, `talking`, `wrap_up`, `awaiting` or `failed`."""
        return self._pages.currentWidget()

    @property
    def faces(self) -> tuple[CallFace, ...]:
        """The calls that are not over."""
        return self._standing.faces

    @property
    def buttons(self) -> Mapping[Deed, Button]:
        """What the page on the screen offers, from left to right."""
        return {deed: button for row in self._pages.rows for deed, button in row.shown.items()}

    @property
    def buttons_beside(self) -> Mapping[Deed, Button]:
        """What the band of the second call offers."""
        return {} if self.second.isHidden() else self.second.row.shown

    # ---- values -------------------------------------------------------------------------------------------

    def show_calls(self, faces: tuple[CallFace, ...], now: datetime) -> None:
        """Every call that is not over. A ring never moves the focus: at most it lights the band."""
        rang_before = {face.call.id for face in self.faces if face.call.state is CallState.RINGING}
        self._take(self._standing.with_calls(faces, now), now)
        for face in self.faces:
            if face.call.state is CallState.RINGING and face.call.id not in rang_before:
                announce(self, self.tr("Incoming call: {who}").format(who=face.title or self.tr("Number withheld")))
        self.calls_shown.emit(self.faces)

    def show_after_call_work(self, work: AfterCallFace | None, now: datetime) -> None:
        self._take(replace(self._standing, work=work), now)

    def show_awaited(self, awaited: Awaited | None, now: datetime) -> None:
        self._take(replace(self._standing, awaited=awaited), now)

    def show_failed(self, failed: FailedCall | None, now: datetime) -> None:
        self._take(replace(self._standing, failed=failed), now)

    def show_waiting(self, words: str) -> None:
        self.idle.show_waiting(words)

    def show_line(self, line: Line, why_not: str, now: datetime, briefly: str = "") -> None:
        """Whether a call can be dialled at all; the reason is the button's tooltip. `briefly` says it in a word or two
        where the sentence stands elsewhere too."""
        standing = replace(self._standing, line=line, why_no_line=why_not, no_line=briefly or why_not)
        self._take(standing, now)

    def show_level(self, heard: float, spoken: float) -> None:
        self.talking.meter.show_level(heard, spoken)

    def show_quality(self, measured: QualityMeasured) -> None:
        face = self.talking.face
        if face is not None and face.call.id == measured.call_id:
            self.talking.signs.show_quality(measured)

    def show_microphone(self, call_id: CallId, *, is_silent: bool) -> None:
        """The other side talks and nothing comes from the microphone; or something comes again."""
        face = self.talking.face
        if face is not None and face.call.id == call_id:
            self.talking.show_microphone(is_silent=is_silent)
            if is_silent:
                announce(self, self.talking.party.accessibleName())

    def show_rule(self, rule: RecordingRule, now: datetime) -> None:
        """Who decides what is recorded."""
        self._take(replace(self._standing, rule=rule), now)

    def show_voicemail(self, voicemail: Voicemail, *, has_number: bool) -> None:
        self.idle.show_voicemail(voicemail, has_number=has_number)

    def show_quiet(self, *, is_quiet: bool) -> None:
        """Whether calls that come in are turned away."""
        self._is_quiet = is_quiet
        self.idle.show_quiet(is_quiet=is_quiet)

    def show_last(self, title: str) -> None:
        """Whom redialling would call; empty when nobody was called yet."""
        self.idle.show_last(title)

    def offer_targets(self, targets: tuple[Target, ...]) -> None:
        """Whom a call can be brought to."""
        self.panel.offer_targets(targets)

    def offer_places(self, purposes: tuple[TransferPurpose, ...]) -> None:
        """Which of survey, PIN check and parking the site has."""
        self.panel.offer_places(purposes)

    def say(self, words: str) -> None:
        """To assistive technology: what became of a wish, away from the focus."""
        announce(self, words)

    def tick(self, now: datetime) -> None:
        self._now = now
        self._pages.tick(now)
        if not self.second.isHidden():
            self.second.tick(now)

    # ---- keys ---------------------------------------------------------------------------------------------

    def press(self, *deeds: Deed) -> None:
        """What a key does: the first of these that a button offers now, beside the call too."""
        if not any(row.press(*deeds) for row in self._pages.rows) and not self.second.isHidden():
            self.second.row.press(*deeds)

    def answer(self) -> None:
        """Answers the call that rings, the first if there are several."""
        ringing = next((face for face in self.faces if face.call.state is CallState.RINGING), None)
        if ringing is not None:
            self.wishes.answer_wanted.emit(ringing.call.id)

    def open_transfer(self) -> None:
        """The panel with asking first; closes it when it is open."""
        if self.panel.isVisible():
            self.panel.leave()
        else:
            self.press(Deed.CONSULT)

    def focus_dial(self) -> None:
        """The field comes forward from behind after-call work, which goes on; not from behind a call."""
        if self._pages.currentWidget() in (self.wrap_up, self.awaiting, self.failed):
            self._open_dial(is_open=True)
        if self._pages.currentWidget() is self.idle:
            self.idle.number.setFocus()

    def prefill(self, number: str, shown: str = "") -> None:
        """A number from elsewhere stands in the dial field, also when that is not on the screen now."""
        self.idle.prefill(number, shown)
        self.focus_dial()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A number that was copied elsewhere is pasted onto the strip as into its field."""
        if event.matches(QKeySequence.StandardKey.Paste) and self._pages.currentWidget() is self.idle:
            self.focus_dial()
            self.idle.number.paste()
        else:
            super().keyPressEvent(event)

    # ---- what a button does -------------------------------------------------------------------------------

    def _do(self, deed: Deed) -> None:
        situation = self.situation
        if situation.main is None:
            self._do_without_a_call(deed)
        elif deed is Deed.DECLINE_MENU:
            self.ringing.open_menu()
        elif deed is Deed.KEYPAD:
            self._pages.open_keypad()
        elif deed in (Deed.CONSULT, Deed.TRANSFER):
            self.panel.open_under(self, situation.main, consults_first=deed is Deed.CONSULT)
        else:
            self.wishes.emit_for(deed, situation)

    def _do_without_a_call(self, deed: Deed) -> None:
        wishes = self.wishes
        match deed:
            case Deed.DIAL if self._pages.currentWidget() is self.idle:
                self.idle.dial()
            case Deed.DIAL:
                self.focus_dial()
            case Deed.BACK:
                self._open_dial(is_open=False)
            case Deed.STOP_WAITING:
                wishes.wait_ended.emit()
            case Deed.KEYPAD:
                self.idle.open_keypad()
            case Deed.REDIAL:
                wishes.redial_wanted.emit()
            case Deed.VOICEMAIL:
                wishes.voicemail_wanted.emit()
            case Deed.DO_NOT_DISTURB:
                wishes.quiet_wanted.emit(not self._is_quiet)
            case Deed.CALL_AGAIN if self._standing.failed is not None:
                wishes.dial_wanted.emit(self._standing.failed.number)
            case Deed.CLOSE:
                wishes.failure_dismissed.emit()
            case Deed.MORE_TIME:
                wishes.extend_wanted.emit()
            case _:
                wishes.finish_wanted.emit()

    def _do_beside(self, deed: Deed) -> None:
        if deed is Deed.DECLINE_MENU:
            self.second.open_menu()
        elif self.second.face is not None:
            self.wishes.emit_beside(deed, self.second.face)

    def _open_dial(self, *, is_open: bool) -> None:
        self._take(replace(self._standing, is_dialling=is_open), self._now)

    def _ask_again(self) -> None:
        self.talking.ask_again(is_asked=True)
        announce(self, self.talking.party.accessibleName())

    def _send_digits(self, digits: str) -> None:
        if self.talking.face is not None:
            self.wishes.digits_wanted.emit(self.talking.face.call.id, digits)

    # ---- what is shown ------------------------------------------------------------------------------------

    def _take(self, standing: Standing, now: datetime) -> None:
        self._standing, self._now = standing.settled(), now
        before, situation = self.situation.state, self._standing.situation
        if standing.work is None:
            self.wrap_up.leave()
        if situation.state is StripState.RINGING and self._pages.is_in_use:
            self._show_ring_beside(situation, now)
            return
        self.situation = situation
        set_property(self, "tone", "ok" if situation.state is StripState.RINGING else "")
        self._pages.show_standing(self._standing, situation, now)
        self._show_beside(situation, now)
        self._show_panel(situation)
        if situation.state is not before and situation.state in _WORTH_SAYING:
            announce(self, news_of(situation)[0])

    def _show_beside(self, situation: Situation, now: datetime) -> None:
        face = situation.beside
        if face is None:
            since = now
        elif situation.beside_is is Beside.HELD:
            since = self._standing.held_since.get(face.call.id, now)
        else:
            since = face.call.started_at
        self.second.show_beside(face, situation.beside_is, since, situation.others, now)

    def _show_ring_beside(self, situation: Situation, now: datetime) -> None:
        """Somebody types in this strip: the ring lights the band and leaves the page alone."""
        if situation.main is not None:
            started_at = situation.main.call.started_at
            self.second.show_beside(situation.main, Beside.RINGING, started_at, situation.others, now)

    def _show_panel(self, situation: Situation) -> None:
        """The panel stays while its call does; what is typed stays longer."""
        if not self.panel.isVisible():
            return
        is_there = any(face.call.id == self.panel.call_id for face in self.faces)
        deeds = {one.deed for one in offers(situation.state, Facts())}
        if is_there and deeds & {Deed.CONSULT, Deed.TRANSFER}:
            self.panel.show_possible("")
        elif not is_there and self.panel.field.text().strip():
            self.panel.show_possible(self.tr("The call is over. What you typed stays here for the next one."))
        else:
            self.panel.leave()


__all__ = ["AfterCallFace", "CallFace", "CallStrip", "FailedCall"]
