"""The phone outside its window: the ring over other programs, the compact phone, the tray, keys, the headset.

What is shown there comes from the strip, what is wished there goes to the strip's wishes: no second way to a call.
"""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QSystemTrayIcon

from agent_desktop.day import OwnCall
from agent_desktop.headset.port import Found, State
from agent_desktop.notifications import HAS_SERVICE
from agent_desktop.session import Seat
from agent_desktop.softphone.call import CallId, CallState
from agent_desktop.softphone.policy import Turned
from agent_desktop.ui.appearance.formats import Formats
from agent_desktop.ui.appearance.look import Look
from agent_desktop.ui.background import Background
from agent_desktop.ui.desks.headset import HeadsetDesk
from agent_desktop.ui.desks.hotkeys import HotkeyDesk
from agent_desktop.ui.hotkeys.keys import Key
from agent_desktop.ui.outside.compact_phone import CompactPhone
from agent_desktop.ui.outside.desktop_notes import DesktopNotes
from agent_desktop.ui.outside.ring_popup import RingPopup
from agent_desktop.ui.outside.tray import Tray
from agent_desktop.ui.strip.buttons import Deed, Facts, offers
from agent_desktop.ui.strip.face import CallFace
from agent_desktop.ui.strip.situation import Beside, Line, situation_of
from agent_desktop.ui.window.coming_up import come_up
from agent_desktop.ui.window.main_window import MainWindow


class Outside(QObject):
    """Made once per window; `leave` before that goes. The compact phone's state button wishes what the window's own
    does."""

    headset_changed = Signal(object)
    """A State of the headset, None when nobody looks for one any more."""
    places_changed = Signal(str)
    """Where the compact phone stands now, on each monitor."""
    alert_wanted = Signal(str)
    """The place of one of the floor; empty: of the worst."""

    def __init__(
        self,
        window: MainWindow,
        background: Background,
        look: Look,
        formats: Formats,
        clock: Callable[[], datetime],
    ) -> None:
        super().__init__(window)
        self._background = background
        self._window, self._look, self._formats, self._clock = window, look, formats, clock
        self._faces: tuple[CallFace, ...] = ()
        self._situation = situation_of((), Line.UP, has_failed=False, has_work=False)
        self._held_since: dict[CallId, datetime] = {}
        self._places = ""
        self._missed = 0
        self._urgent = ""
        self._told_alert = ""
        self._is_compact = False
        self._compact: CompactPhone | None = None
        self._popup: RingPopup | None = None
        self.tray: Tray | None = None
        self.hotkeys = HotkeyDesk(window, self)
        self.headset: HeadsetDesk | None = None
        self.notes = DesktopNotes(background, self)
        self._second = QTimer(self)
        self._second.setInterval(1_000)
        self._second.timeout.connect(self._tick)
        window.installEventFilter(self)
        self._connect()
        self._show_calls(window.strip.faces)

    def _connect(self) -> None:
        self._window.strip.calls_shown.connect(self._show_calls)
        self._window.compact_wanted.connect(self.be_compact)
        wishes = self._window.strip.wishes
        wishes.sureness_asked.connect(lambda: self._ask_again(is_asked=True))
        wishes.sureness_over.connect(lambda: self._ask_again(is_asked=False))
        self._hear_ring(self.notes)
        self.notes.alert_wanted.connect(self.alert_wanted)
        self.hotkeys.pressed.connect(lambda key: self._do(*_DEEDS[key]))

    def _hear_ring(self, ring: RingPopup | DesktopNotes) -> None:
        ring.answer_wanted.connect(self._window.strip.wishes.answer_wanted)
        ring.decline_wanted.connect(self._decline)
        ring.open_wanted.connect(self.open_window)

    def use_tray(self) -> None:
        """Where the desktop has one; once."""
        if QSystemTrayIcon.isSystemTrayAvailable():
            self.show_in(Tray(self._look, self._window))

    def show_in(self, tray: Tray) -> None:
        self.tray = tray
        tray.open_wanted.connect(self.open_window)
        tray.compact_wanted.connect(self.be_compact)
        tray.pressed.connect(self._do)
        tray.messageClicked.connect(self._go_to_alert)
        tray.show_situation(self._situation)
        tray.show_state(self._window.top_bar.state.accessibleName())
        tray.show()

    @property
    def popup(self) -> RingPopup:
        """Built when first something rings over other programs."""
        if self._popup is None:
            self._popup = RingPopup(self._look, self._formats)
            self._hear_ring(self._popup)
        return self._popup

    @property
    def compact(self) -> CompactPhone:
        """Built when it is first wanted."""
        if self._compact is None:
            made = self._compact = CompactPhone(self._look, self._formats)
            state = self._window.top_bar.state
            made.state.ready_wanted.connect(state.ready_wanted)
            made.state.break_wanted.connect(state.break_wanted)
            made.state.sign_off_wanted.connect(state.sign_off_wanted)
            made.pressed.connect(self._do)
            made.full_wanted.connect(self.open_window)
            made.dial_wanted.connect(self._dial)
            made.moved.connect(self._moved)
        return self._compact

    def use_headset(self, find: Callable[[], Found], *, is_on: bool = True) -> None:
        """Looks for one from now on, or lets it go."""
        if is_on == (self.headset is not None):
            return
        if self.headset is not None:
            self.headset.leave()
            self.headset = None
            self.headset_changed.emit(None)
            return
        made = self.headset = HeadsetDesk(self._background, self._window.strip.wishes, find, self)
        made.state_changed.connect(self._headset_is)
        made.show_calls(self._faces)

    def _headset_is(self, state: State) -> None:
        if self.headset is not None:
            self.headset_changed.emit(state)

    def remember(self, places: str) -> None:
        """Where the compact phone stood, as `places_changed` said it."""
        self._places = places

    def show_seat(self, seat: Seat) -> None:
        if self._is_compact:
            self.compact.show_seat(seat, self._clock())
        if self.tray is not None:
            self.tray.show_state(self._window.top_bar.state.accessibleName())

    def show_urgent(self, words: str) -> None:
        """A message that waits to be read in the window, where the small phone stands in for it; empty for none."""
        self._urgent = words
        if self._is_compact:
            self._show()

    def show_alert(self, alert: str, words: str) -> None:
        """A new one of the floor, where nobody looks at the window."""
        if self._window.isActiveWindow():
            return
        if HAS_SERVICE:
            self.notes.show_alert(alert, words)
        elif self.tray is not None:
            self._told_alert = alert
            self.tray.tell(self.tr("Alert of the floor"), words)

    def drop_alert(self, alert: str) -> None:
        self.notes.drop_alert(alert)

    def _go_to_alert(self) -> None:
        """What the tray has told of last."""
        self.open_window()
        self.alert_wanted.emit(self._told_alert)

    def call_over(self, call: OwnCall) -> None:
        """A missed call is counted until somebody looks."""
        if self._window.isActiveWindow() or not call.is_missed:
            return
        self._missed += 1
        self._show_missed()

    @property
    def missed(self) -> int:
        """Calls that nobody answered since somebody looked at the window."""
        return self._missed

    def leave(self) -> None:
        """Before the window goes: nothing stays on the screen, no key stays taken."""
        self._second.stop()
        self._window.removeEventFilter(self)
        self._window.strip.calls_shown.disconnect(self._show_calls)
        self.hotkeys.leave()
        if self.headset is not None:
            self.headset.leave()
        for window in (self._popup, self._compact):
            if window is not None:
                window.hide()
                window.deleteLater()
        self._popup = self._compact = None
        if self.tray is not None:
            self.tray.hide()

    # ---- window and compact phone -------------------------------------------------------------------------

    def be_compact(self) -> None:
        """The window goes, the small phone stands there instead."""
        phone = self.compact
        self._is_compact = True
        phone.remember(self._places)
        state = self._window.top_bar.state
        phone.offer_breaks(state.breaks)
        phone.show_waiting(self._window.strip.idle.waiting)
        if state.seat is not None:
            phone.show_seat(state.seat, self._clock())
        phone.come_up(self._window.screen())
        self._window.hide()
        self._show()

    def open_window(self) -> None:
        self._is_compact = False
        if self._compact is not None:
            self._compact.hide()
        come_up(self._window)

    def eventFilter(self, _: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Show and self._is_compact:
            self._is_compact = False
            self.compact.hide()
        elif event.type() in (QEvent.Type.ActivationChange, QEvent.Type.WindowStateChange):
            if self._window.isActiveWindow():
                self._looked()
            self._show()
        return False

    def _looked(self) -> None:
        self.notes.drop_alerts()
        if self._missed:
            self._missed = 0
            self._show_missed()

    def _show_missed(self) -> None:
        self.notes.show_missed(self._missed)
        if self.tray is not None:
            self.tray.show_missed(self._missed)

    def _dial(self) -> None:
        self.open_window()
        self._window.strip.focus_dial()

    def _moved(self, places: str) -> None:
        self._places = places
        self.places_changed.emit(places)

    # ---- calls ----------------------------------------------------------------------------------------------

    def _show_calls(self, faces: tuple[CallFace, ...]) -> None:
        rang = {face.call.id for face in self._faces if face.call.state is CallState.RINGING}
        self._faces = faces
        now = self._clock()
        held = [face.call.id for face in faces if face.call.held_here]
        self._held_since = {id_: self._held_since.get(id_, now) for id_ in held}
        self._situation = situation_of(faces, Line.UP, has_failed=False, has_work=False)
        if any(face.call.id not in rang for face in self._ringing) and not self._window.isActiveWindow():
            QApplication.alert(self._window)
        if self.headset is not None:
            self.headset.show_calls(faces)
        if self.tray is not None:
            self.tray.show_situation(self._situation)
        self._show()

    @property
    def _ringing(self) -> tuple[CallFace, ...]:
        return tuple(face for face in self._faces if face.call.state is CallState.RINGING)

    def _show(self) -> None:
        now = self._clock()
        is_away = not self._window.isActiveWindow() or self._window.isMinimized()
        over_others = self._ringing if is_away and not self._is_compact else ()
        may_be_on_top = not QGuiApplication.platformName().startswith("wayland")
        if self._popup is not None or (over_others and may_be_on_top):
            self.popup.show_faces(over_others if may_be_on_top else (), now)
        self.notes.show_faces(() if may_be_on_top else over_others)
        if self._is_compact:
            main = self._situation.main
            held_since = None if main is None else self._held_since.get(main.call.id)
            self.compact.show_urgent(self._urgent)
            self.compact.show_situation(self._situation, held_since, now)
        if self._is_compact or over_others:
            self._second.start()
        else:
            self._second.stop()

    def _ask_again(self, *, is_asked: bool) -> None:
        if self._compact is not None:
            self._compact.ask_again(self._clock(), is_asked=is_asked)

    def _tick(self) -> None:
        now = self._clock()
        if self._popup is not None:
            self._popup.tick(now)
        if self._is_compact:
            self.compact.show_waiting(self._window.strip.idle.waiting)
            self.compact.tick(now)

    def _do(self, *deeds: Deed) -> None:
        """What a button, a key or the tray wants: the first of these that the table offers now, if any."""
        situation, wishes = self._situation, self._window.strip.wishes
        muted = situation.main is not None and situation.main.call.muted
        found = {offer.deed for offer in offers(situation.state, Facts(is_muted=muted)) if offer.why_not is None}
        for deed in deeds:
            if deed in (Deed.ANSWER, Deed.DECLINE) and situation.beside_is is Beside.RINGING and situation.beside:
                return wishes.emit_beside(deed, situation.beside)
            if situation.main is not None and deed in found:
                return wishes.emit_for(deed, situation)
        return None

    def _decline(self, call_id: str) -> None:
        self._window.strip.wishes.decline_wanted.emit(call_id, Turned.BUSY)


_DEEDS = {
    Key.ANSWER: (Deed.ANSWER,),
    Key.HANG_UP: (Deed.HANG_UP, Deed.END_ALL),
    Key.MUTE: (Deed.MUTE, Deed.UNMUTE),
    Key.HOLD: (Deed.HOLD, Deed.RETRIEVE, Deed.CANCEL_CONSULT),
}
