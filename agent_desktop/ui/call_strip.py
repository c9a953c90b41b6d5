"""The call strip: one band, 60 high in every state, so that nothing below it ever moves.

Values: `show_calls(faces, now)` (all calls that are not over), `show_after_call_work(work or None, now)`,
`show_failed(FailedCall or None)`, `show_waiting(words)`, `show_line(line, why_not)`, `show_level(heard, spoken)`,
`show_quality`, `show_microphone`, `show_voicemail`, `show_quiet`, `show_last`, `show_rule`, `offer_wrap_up_codes`,
`offer_targets`, `offer_places`, `tick(now)`. `strip.situation` makes one state of them, `strip.buttons` says what each
state offers.
Wishes are on `wishes`, each with the ids of its calls. `calls_shown(faces)` lets others show the same calls.
"""

from collections.abc import Mapping
from datetime import UTC, datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QComboBox, QFrame, QHBoxLayout, QLineEdit, QStackedWidget, QWidget

from agent_desktop.softphone.call import CallId, CallState, Recording, TransferPurpose
from agent_desktop.softphone.events import QualityMeasured, Voicemail
from agent_desktop.softphone.site import RecordingRule
from agent_desktop.ui.formats import Formats
from agent_desktop.ui.keypad import Keypad
from agent_desktop.ui.look import Look
from agent_desktop.ui.strip.awaiting import Awaited, AwaitingPage
from agent_desktop.ui.strip.button_row import ButtonRow
from agent_desktop.ui.strip.buttons import Deed, Facts, Offer, offers
from agent_desktop.ui.strip.face import CallFace
from agent_desktop.ui.strip.failed import FailedCall, FailedPage
from agent_desktop.ui.strip.idle import IdlePage
from agent_desktop.ui.strip.ringing import RingingPage
from agent_desktop.ui.strip.second import SecondCall
from agent_desktop.ui.strip.situation import Beside, Line, Situation, StripState, situation_of
from agent_desktop.ui.strip.talking import TalkingPage
from agent_desktop.ui.strip.targets import Target
from agent_desktop.ui.strip.transfer_panel import TransferPanel
from agent_desktop.ui.strip.wishes import Wishes
from agent_desktop.ui.strip.words import news_of
from agent_desktop.ui.strip.wrap_up import EXTENSION_S, AfterCallWork, WrapUpPage
from agent_desktop.ui.widgets.controls import Button
from agent_desktop.ui.widgets.parts import set_property
from agent_desktop.ui.widgets.spoken import announce

_WITHOUT_A_CALL = (StripState.IDLE, StripState.NOT_REGISTERED, StripState.PHONE_AWAY)
_WORTH_SAYING = (StripState.TRANSFER_FAILED, StripState.CONSULT_FAILED, StripState.CONFERENCE)


class CallStrip(QFrame):
    calls_shown = Signal(object)

    def __init__(self, look: Look, formats: Formats) -> None:
        super().__init__()
        self._faces: tuple[CallFace, ...] = ()
        self._work: AfterCallWork | None = None
        self._awaited: Awaited | None = None
        self._failed: FailedCall | None = None
        self._line, self._why_no_line, self._no_line = Line.UP, "", ""
        self._rule = RecordingRule.NEVER
        self._is_quiet = self._is_dialling = False
        self._now = datetime.now(UTC)
        self._held_since: dict[CallId, datetime] = {}
        self.wishes = Wishes(self)
        self.situation = Situation(StripState.IDLE)
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
        self.awaiting = AwaitingPage(look, formats)
        self.panel = TransferPanel(look, self)
        self._pad = Keypad(look, self)
        self._pages = QStackedWidget()
        self._each = (self.idle, self.ringing, self.talking, self.wrap_up, self.awaiting, self.failed)
        for page in self._each:
            self._pages.addWidget(page)
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
        for page in self._each:
            page.pressed.connect(self._do)
        self.second.pressed.connect(self._do_beside)
        for pane in (self.ringing, self.second):
            pane.decline_chosen.connect(wishes.decline_wanted)
        self.wrap_up.wrap_up_chosen.connect(wishes.wrap_up_chosen)
        self._pad.digits_wanted.connect(self._send_digits)
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
        return self._faces

    @property
    def buttons(self) -> Mapping[Deed, Button]:
        """What the page on the screen offers, from left to right."""
        return {deed: button for row in self._rows() for deed, button in row.shown.items()}

    @property
    def buttons_beside(self) -> Mapping[Deed, Button]:
        """What the band of the second call offers."""
        return {} if self.second.isHidden() else self.second.row.shown

    # ---- values -------------------------------------------------------------------------------------------

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
        self.calls_shown.emit(self._faces)

    def show_after_call_work(self, work: AfterCallWork | None, now: datetime) -> None:
        self._work = work
        self._refresh(now)

    def show_awaited(self, awaited: Awaited | None, now: datetime) -> None:
        self._awaited = awaited
        self._refresh(now)

    def show_failed(self, failed: FailedCall | None, now: datetime) -> None:
        self._failed = failed
        self._refresh(now)

    def show_waiting(self, words: str) -> None:
        self.idle.show_waiting(words)

    def show_line(self, line: Line, why_not: str, now: datetime, briefly: str = "") -> None:
        """Whether a call can be dialled at all; the reason is the button's tooltip. `briefly` says it in a word or two
        where the sentence stands elsewhere too."""
        self._line, self._why_no_line, self._no_line = line, why_not, briefly or why_not
        self._refresh(now)

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
        self._rule = rule
        self._refresh(now)

    def show_voicemail(self, voicemail: Voicemail, *, has_number: bool) -> None:
        self.idle.show_voicemail(voicemail, has_number=has_number)

    def show_quiet(self, *, is_quiet: bool) -> None:
        """Whether calls that come in are turned away."""
        self._is_quiet = is_quiet
        self.idle.show_quiet(is_quiet=is_quiet)

    def show_last(self, title: str) -> None:
        """Whom redialling would call; empty when nobody was called yet."""
        self.idle.show_last(title)

    def offer_wrap_up_codes(self, codes: tuple[tuple[str, str], ...]) -> None:
        """(id, name) in the order they are offered."""
        self.wrap_up.offer_codes(codes)

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
        page = self._pages.currentWidget()
        for one in (self.ringing, self.talking, self.wrap_up, self.awaiting):
            if page is one:
                one.tick(now)
        if not self.second.isHidden():
            self.second.tick(now)

    # ---- keys ---------------------------------------------------------------------------------------------

    def press(self, *deeds: Deed) -> None:
        """What a key does: the first of these that a button offers now, beside the call too."""
        if not any(row.press(*deeds) for row in self._rows()) and not self.second.isHidden():
            self.second.row.press(*deeds)

    def answer(self) -> None:
        """Answers the call that rings, the first if there are several."""
        ringing = next((face for face in self._faces if face.call.state is CallState.RINGING), None)
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

    def focus_wrap_up(self) -> None:
        if self._is_dialling:
            self._open_dial(is_open=False)
        if self._pages.currentWidget() is self.wrap_up:
            self.wrap_up.code.setFocus()

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
            self._pad.open_under(self.talking.row.button(Deed.KEYPAD))
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
            case Deed.CALL_AGAIN if self._failed is not None:
                wishes.dial_wanted.emit(self._failed.number)
            case Deed.CLOSE:
                wishes.failure_dismissed.emit()
            case Deed.MORE_TIME:
                wishes.extend_wanted.emit(EXTENSION_S)
            case _:
                wishes.finish_wanted.emit()

    def _do_beside(self, deed: Deed) -> None:
        if deed is Deed.DECLINE_MENU:
            self.second.open_menu()
        elif self.second.face is not None:
            self.wishes.emit_beside(deed, self.second.face)

    def _open_dial(self, *, is_open: bool) -> None:
        self._is_dialling = is_open
        self._refresh(self._now)

    def _ask_again(self) -> None:
        self.talking.ask_again(is_asked=True)
        announce(self, self.talking.party.accessibleName())

    def _send_digits(self, digits: str) -> None:
        if self.talking.face is not None:
            self.wishes.digits_wanted.emit(self.talking.face.call.id, digits)

    # ---- what is shown ------------------------------------------------------------------------------------

    def _refresh(self, now: datetime) -> None:
        self._now = now
        before = self.situation.state
        behind = self._behind
        self._is_dialling = self._is_dialling and not self._faces and bool(behind)
        situation = situation_of(
            self._faces,
            self._line,
            has_failed=self._failed is not None and not self._is_dialling,
            is_awaiting=self._awaited is not None and not self._is_dialling,
            has_work=self._work is not None and not self._is_dialling,
        )
        if self._work is None:
            self.wrap_up.leave()
        if situation.state is StripState.RINGING and self._is_in_use():
            self._show_ring_beside(situation, now)
            return
        self.situation = situation
        self._show_page(situation, offers(situation.state, self._facts(situation)), now)
        self._show_beside(situation, now)
        self._show_panel(situation)
        if situation.state is not before and situation.state in _WORTH_SAYING:
            announce(self, news_of(situation)[0])

    @property
    def _behind(self) -> str:
        """What goes on behind the dial field, in words."""
        if self._awaited is not None:
            return self.tr("The PIN check goes on")
        if self._work is not None:
            return self.tr("After-call work goes on")
        return self.tr("The last call failed") if self._failed is not None else ""

    def _facts(self, situation: Situation) -> Facts:
        call = None if situation.main is None else situation.main.call
        return Facts(
            is_muted=call is not None and call.muted,
            recording=Recording.OFF if call is None else call.recording,
            rule=self._rule,
            has_retry=self._failed is not None and bool(self._failed.number),
        )

    def _show_page(self, situation: Situation, found: tuple[Offer, ...], now: datetime) -> None:
        state, main = situation.state, situation.main
        if main is not None and state is StripState.RINGING:
            self.ringing.show_face(main, found, now)
            self._turn_to(self.ringing, "ok")
        elif main is not None:
            self.talking.show_situation(situation, found, self._held_since.get(main.call.id), now)
            self._turn_to(self.talking, "")
        elif state is StripState.FAILED and self._failed is not None:
            self.failed.show_failed(self._failed, found)
            self._turn_to(self.failed, "")
        elif state is StripState.AWAITING_RETURN and self._awaited is not None:
            self.awaiting.show_awaited(self._awaited, found, now)
            self._turn_to(self.awaiting, "")
        elif state is StripState.AFTER_CALL_WORK and self._work is not None:
            self.wrap_up.show_work(self._work, found, now)
            self._turn_to(self.wrap_up, "")
        elif state in _WITHOUT_A_CALL:
            self.idle.show_state(state, self._why_no_line, self._no_line, self._behind if self._is_dialling else "")
            self._turn_to(self.idle, "")

    def _show_beside(self, situation: Situation, now: datetime) -> None:
        face = situation.beside
        if face is None:
            since = now
        elif situation.beside_is is Beside.HELD:
            since = self._held_since.get(face.call.id, now)
        else:
            since = face.call.started_at
        self.second.show_beside(face, situation.beside_is, since, situation.others, now)

    def _show_ring_beside(self, situation: Situation, now: datetime) -> None:
        """Somebody types in this strip: the ring lights the band and leaves the page alone."""
        if situation.main is not None:
            started_at = situation.main.call.started_at
            self.second.show_beside(situation.main, Beside.RINGING, started_at, situation.others, now)

    def _is_in_use(self) -> bool:
        """The cursor stands in one of its fields. A button that was pressed last is not in use any more."""
        focus = QApplication.focusWidget()
        return isinstance(focus, (QLineEdit, QComboBox)) and self._pages.isAncestorOf(focus)

    def _show_panel(self, situation: Situation) -> None:
        """The panel stays while its call does; what is typed stays longer."""
        if not self.panel.isVisible():
            return
        is_there = any(face.call.id == self.panel.call_id for face in self._faces)
        deeds = {one.deed for one in offers(situation.state, Facts())}
        if is_there and deeds & {Deed.CONSULT, Deed.TRANSFER}:
            self.panel.show_possible("")
        elif not is_there and self.panel.field.text().strip():
            self.panel.show_possible(self.tr("The call is over. What you typed stays here for the next one."))
        else:
            self.panel.leave()

    def _rows(self) -> tuple[ButtonRow, ...]:
        page = self._pages.currentWidget()
        if page is self.idle:
            return (self.idle.row, self.idle.lamps)
        for one in (self.ringing, self.talking, self.wrap_up, self.awaiting, self.failed):
            if page is one:
                return (one.row,)
        return ()

    def _turn_to(self, page: QWidget, tone: str) -> None:
        set_property(self, "tone", tone)
        if self._pages.currentWidget() is page:
            return
        # A stacked page that leaves hands its focus to the page that comes; a button there must not get it.
        focus = QApplication.focusWidget()
        if focus is not None and self._pages.isAncestorOf(focus):
            self.setFocus()
        if page is not self.talking:
            self._pad.hide()
        self._pages.setCurrentWidget(page)


__all__ = ["AfterCallWork", "CallFace", "CallStrip", "FailedCall"]
