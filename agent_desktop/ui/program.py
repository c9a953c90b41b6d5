"""The program from its start to its end: signing in, the window, its lanes, and leaving without losing anything."""

import gc
import logging
import threading
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication

from agent_desktop.errors import DeskError, KeyringError, KeyringLocked, KeyringMissing
from agent_desktop.session import Seat
from agent_desktop.settings import Settings
from agent_desktop.single_instance import Claim, Knock
from agent_desktop.softphone.events import CommandRefused, DevicesChanged, Event, SoundTest, SoundTested
from agent_desktop.softphone.link import PhoneAwayError
from agent_desktop.sync.front_door import FrontDoor, Inside
from agent_desktop.ui.background import Background
from agent_desktop.ui.coming_up import come_up
from agent_desktop.ui.formats import Formats
from agent_desktop.ui.in_step import InStep
from agent_desktop.ui.look import Look
from agent_desktop.ui.main_window import MainWindow, composition_of
from agent_desktop.ui.messages import explain, not_encrypted
from agent_desktop.ui.notices import Weight
from agent_desktop.ui.rooms import Desk
from agent_desktop.ui.settings_page import SettingsPage
from agent_desktop.ui.sign_in_window import SignIn, SignInWindow
from agent_desktop.ui.sign_off_sheet import SignOffSheet
from agent_desktop.ui.workspace import Workspace

if TYPE_CHECKING:
    from agent_desktop.ui.outside import Outside

log = logging.getLogger(__name__)

OpenDesk = Callable[[Settings, Inside, InStep, Callable[[Seat], None]], Desk]
PHONE_PATIENCE_S = 0.5
SETTLED_AFTER_MS = 500
"""After the window is there."""


class Program(QObject):
    """Made after the QApplication. `start` signs in as before, or with `password`, or asks; `stop` ends every lane."""

    opened = Signal(object)
    """The MainWindow, once somebody is in."""

    def __init__(
        self,
        application: QApplication,
        look: Look,
        formats: Formats,
        settings: Settings,
        keep_settings: Callable[[Settings], None],
        door: FrontDoor,
        open_desk: OpenDesk,
    ) -> None:
        super().__init__()
        self._application = application
        self._look = look
        self._formats = formats
        self._settings = settings
        self._keep_settings = keep_settings
        self._door = door
        self._open_desk = open_desk
        self._background = Background()
        self._in_step = InStep(self._background, self)
        self._stopped = threading.Event()
        self._has_left = False
        self._link = ""
        self._sign_off: SignOffSheet | None = None
        self._sign_in: SignInWindow | None = None
        self._desk: Desk | None = None
        self.window: MainWindow | None = None
        self.workspace: Workspace | None = None
        self.outside: Outside | None = None
        self._settings_page: SettingsPage | None = None

    def start(self, password: str | None = None) -> None:
        server, login = self._settings.server, self._settings.login
        if not (server and login):
            self._ask()
        elif password is not None:
            self._enter(SignIn(server, login, password))
        else:
            self._background.network.do(lambda: self._door.as_before(server, login), self._came_back, self._must_ask)

    def hear_starts(self, claim: Claim) -> None:
        """A second start brings this window up, with the link it was given."""

        def follow(deliver: Callable[[object], None]) -> None:
            while (knock := claim.read()) is not None:
                deliver(knock)

        self._background.follow("second start", follow, self._knocked, claim.stop_reading)

    def take_link(self, link: str) -> None:
        """A telephone link from outside; it waits until somebody has signed in."""
        self._link = link or self._link
        if self._link and self.workspace is not None:
            taken, self._link = self._link, ""
            self.workspace.dialling.take_link(taken)

    def stop(self) -> bool:
        """False when a lane would not end in time. The phone keeps a running call for the next window."""
        self._close_sign_in()
        if self.outside is not None:
            self.outside.leave()
        if self.workspace is not None:
            self.workspace.stop()
        if self._desk is not None and not self._desk.rooms.phone.snapshot().calls:
            try:
                self._desk.rooms.phone.quit()
            except PhoneAwayError:
                """It has gone already."""
        if self._desk is not None:
            self._desk.hurry()
        self._in_step.stop()
        self._stopped.set()
        all_ended = self._background.close()
        if self._desk is not None:
            self._desk.close()
        if self._has_left:  # at the very end: nothing is left that could put a new token into the keyring
            self._forget(self._settings.server, self._settings.login)
        return all_ended

    # ---- signing in -------------------------------------------------------------------------------------

    def _ask(self, words: str = "") -> None:
        gc.enable()
        if self._sign_in is None:
            self._sign_in = SignInWindow(self._look)
            self._sign_in.sign_in_wanted.connect(self._enter)
            self._sign_in.show_known(self._settings.server, self._settings.login)
        self._sign_in.show()
        if words:
            self._sign_in.show_error(words)

    def _came_back(self, inside: Inside | None) -> None:
        if inside is None:
            self._ask()
        else:
            self._open(inside)

    def _must_ask(self, error: Exception) -> None:
        self._ask("" if isinstance(error, KeyringMissing) else explain(error))

    def _enter(self, wanted: SignIn) -> None:
        if self._sign_in is not None:
            self._sign_in.show_busy(busy=True)
        self._background.network.do(
            lambda: self._door.with_password(wanted.server, wanted.login, wanted.password),
            lambda inside: self._entered(wanted, inside),
            lambda error: self._ask(explain(error)),
        )

    def _entered(self, wanted: SignIn, inside: Inside) -> None:
        before = (self._settings.server, self._settings.login)
        if (wanted.server, wanted.login) != before:
            if self._desk is None:
                self._background.network.do(lambda: self._forget(*before))
            self._change_settings(replace(self._settings, server=wanted.server, login=wanted.login))
        if self._desk is not None:
            self._resume(wanted, inside)
        else:
            self._open(inside)

    def _resume(self, wanted: SignIn, inside: Inside) -> None:
        """The sign-in had expired while the desk was open: the same person goes on with the same window."""
        desk = self._desk
        if desk is None or inside.agent.id != desk.rooms.agent.id:
            inside.client.close()
            self._ask(self.tr("Another person is at work in this window. Close it first; nothing they wrote is lost."))
            return
        inside.client.close()
        self._background.network.do(
            lambda: desk.sign_in_again(wanted.login, wanted.password),
            lambda _: self._in_step.run_now(),
            self._told_wrong,
        )
        self._close_sign_in()

    # ---- signing off ------------------------------------------------------------------------------------

    def _look_for_unsent(self) -> None:
        if self._desk is not None:
            self._background.store.do(self._desk.unsent, self._ask_or_leave, self._told_wrong_at_work)

    def _ask_or_leave(self, unsent: int) -> None:
        if self._desk is None or self.window is None:
            return
        if not unsent:
            self._leave()
            return
        if self._sign_off is None:
            self._sign_off = SignOffSheet(self._look, self.window)
            self._sign_off.leave_wanted.connect(self._leave)
        self._sign_off.ask(unsent, self._desk.hope_for(self._settings))

    def _leave(self) -> None:
        desk, settings = self._desk, self._settings
        if desk is not None and self.workspace is not None:
            self.workspace.writing.save_now()
            desk.rooms.session.sign_off()
            self._background.network.do(lambda: desk.leave(settings), self._left, self._told_wrong_at_work)

    def _left(self, _: None) -> None:
        self._has_left = True
        self._in_step.stop()
        self._application.quit()

    def _forget(self, server: str, login: str) -> None:
        try:
            self._door.leave(server, login)
        except KeyringError as problem:
            log.info("nothing to forget in the keyring: %s", type(problem).__name__)

    def _told_wrong_at_work(self, error: Exception) -> None:
        if self.workspace is not None:
            self.workspace.notices.tell(explain(error), Weight.TROUBLE)

    # ---- the window -------------------------------------------------------------------------------------

    def _open(self, inside: Inside) -> None:
        try:
            desk = self._open_desk(self._settings, inside, self._in_step, self._seat_is)
        except DeskError as error:
            inside.client.close()
            self._ask(explain(error))
            return
        self._desk = desk
        rooms = desk.rooms
        window = MainWindow(self._look, self._formats, rooms.clock, composition_of(self._application))
        self.window = window
        self.workspace = Workspace(rooms, self._background, window, self._in_step, self._formats)
        self.workspace.sign_in_wanted.connect(self._ask)
        self.workspace.sign_off_wanted.connect(self._look_for_unsent)
        self.workspace.quiet_wanted.connect(self._be_quiet)
        self.workspace.calls.outbound.number_chosen.connect(self._show_number)
        window.closing.connect(self._application.quit)
        self._use(self._settings)
        self.workspace.begin()
        window.resize(self._look.px(1366), self._look.px(768))
        window.show()
        self._close_sign_in()
        rooms.phone.set_sound(desk.sound)
        self._use_policy(self._settings)
        rooms.phone.set_account(desk.account)
        self._background.follow("phone", self._follow_phone, self._hear_phone, self._leave_phone)
        self._in_step.begin(desk.cycle, desk.live, desk.mend_cache, desk.check_cache, desk.upload)
        rooms.session.ready()
        for trouble in desk.troubles:
            self.workspace.notices.tell(explain(trouble), Weight.TROUBLE)
        if _goes_in_clear(inside.client.address):
            self.workspace.notices.tell(not_encrypted(inside.client.address), Weight.WARNING)
        if isinstance(inside.keyring_problem, KeyringLocked):
            self.workspace.notices.tell(explain(inside.keyring_problem), Weight.WARNING)
        window.settings_made.connect(self._show_settings)
        _settle_memory()
        QTimer.singleShot(SETTLED_AFTER_MS, window, self._look_around)
        self.take_link("")
        self.opened.emit(window)

    def _look_around(self) -> None:
        """What the desktop has beside the window; nothing that an agent waits for when the program starts."""
        window, workspace, desk = self.window, self.workspace, self._desk
        if window is None or workspace is None or desk is None or self._stopped.is_set():
            return
        from agent_desktop.ui.outside import Outside

        outside = Outside(window, self._background, self._look, self._formats, desk.rooms.clock)
        outside.places_changed.connect(self._keep_places)
        workspace.calls.after.seat_changed.connect(outside.show_seat)
        workspace.on_screen.call_ended.connect(outside.call_over)
        self.outside = outside
        self._use(self._settings)
        outside.use_tray()
        self._use_hands(outside, desk, self._settings)
        self._tell_settings_page()

    def _use_hands(self, outside: "Outside", desk: Desk, settings: Settings) -> None:
        outside.hotkeys.use(is_on=settings.global_hotkeys)
        outside.use_headset(desk.find_headset, is_on=settings.headset_buttons)

    def _close_sign_in(self) -> None:
        if self._sign_in is not None:
            self._sign_in.close()
            self._sign_in.deleteLater()
            self._sign_in = None

    def _seat_is(self, seat: Seat) -> None:
        if self.workspace is not None:
            self.workspace.calls.after.seat_is(seat)

    def _follow_phone(self, deliver: Callable[[object], None]) -> None:
        desk = self._desk
        while desk is not None and not self._stopped.is_set():
            event = desk.link.read_event(PHONE_PATIENCE_S)
            if event is not None:
                deliver(event)

    def _hear_phone(self, event: Event) -> None:
        if self.workspace is not None:
            self.workspace.hear_phone(event)
        if self._settings_page is None:
            return
        match event:
            case DevicesChanged():
                self._settings_page.sound.show_devices(event.devices, event.microphone, event.speaker)
            case SoundTested():
                self._settings_page.sound.show_trial(event)
            case CommandRefused("TrySound"):
                self._settings_page.sound.show_trial(SoundTested(SoundTest.FAILED))
            case _:
                """The settings have no more to do with the phone."""

    def _leave_phone(self) -> None:
        self._stopped.set()
        if self._desk is not None:
            self._desk.link.close()

    def _told_wrong(self, error: Exception) -> None:
        self._ask(explain(error))

    def _knocked(self, knock: Knock) -> None:
        window = self._sign_in or self.window
        if window is not None:
            come_up(window, knock.permission)
        self.take_link(knock.link)

    # ---- settings ---------------------------------------------------------------------------------------

    def _show_settings(self, page: SettingsPage) -> None:
        page.show_settings(self._settings)
        if self._desk is not None:
            snapshot = self._desk.rooms.phone.snapshot()
            page.sound.show_devices(snapshot.devices, snapshot.microphone, snapshot.speaker)
        page.settings_wanted.connect(self._change_settings)
        page.sound.trial_wanted.connect(self._try_sound)
        page.sound.echo_call_wanted.connect(self._call_echo)
        self._settings_page = page
        self._tell_settings_page()

    def _tell_settings_page(self) -> None:
        """What became of headset and keys, once there are both the page and what it is to be told."""
        page, outside = self._settings_page, self.outside
        if page is None or outside is None:
            return
        page.at_hand.show_hotkeys(outside.hotkeys.state)
        outside.hotkeys.state_changed.connect(page.at_hand.show_hotkeys)
        page.at_hand.show_headset(outside.headset.state if outside.headset else None)
        outside.headset_changed.connect(page.at_hand.show_headset)

    def _change_settings(self, settings: Settings) -> None:
        before, self._settings = self._settings, settings
        if (settings.theme, settings.scale_pct) != (before.theme, before.scale_pct):
            self._look.choose(settings.theme, settings.scale_pct)
        if self._desk is not None and self._desk.sound_of(settings) != self._desk.sound_of(before):
            self._desk.rooms.phone.set_sound(self._desk.sound_of(settings))
        if settings.do_not_disturb != before.do_not_disturb:
            self._use_policy(settings)
        self._use(settings)
        if self._settings_page is not None:
            self._settings_page.show_settings(settings)
        if self.outside is not None and self._desk is not None:
            self._use_hands(self.outside, self._desk, settings)
        if self.workspace is not None and settings.language != before.language:
            self.workspace.notices.tell(self.tr("The language changes when the program is started again."), Weight.INFO)
        self._background.network.do(lambda: self._keep_settings(settings), failed=self._settings_not_kept)

    def _try_sound(self) -> None:
        if self._desk is None or self._settings_page is None:
            return
        try:
            self._desk.rooms.phone.try_sound()
        except PhoneAwayError:
            self._settings_page.sound.show_trial(SoundTested(SoundTest.FAILED))

    def _call_echo(self) -> None:
        if self.workspace is not None:
            self.workspace.calls.dial(self._settings.echo_number)

    def _use(self, settings: Settings) -> None:
        if self.workspace is not None:
            self.workspace.dialling.use(links_dial=settings.click_to_dial == "dial")
            self.workspace.calls.outbound.use(settings.outbound_number)
        if self.outside is not None:
            self.outside.remember(settings.compact_phone_at)

    def _keep_places(self, places: str) -> None:
        self._change_settings(replace(self._settings, compact_phone_at=places))

    def _be_quiet(self, is_quiet: bool) -> None:
        self._change_settings(replace(self._settings, do_not_disturb=is_quiet))

    def _show_number(self, number: str) -> None:
        self._change_settings(replace(self._settings, outbound_number=number))

    def _use_policy(self, settings: Settings) -> None:
        if self._desk is not None:
            self._desk.rooms.phone.set_policy(self._desk.policy_of(settings))
        if self.window is not None:
            self.window.strip.show_quiet(is_quiet=settings.do_not_disturb)

    def _settings_not_kept(self, error: Exception) -> None:
        if self.workspace is not None:
            self.workspace.notices.tell(explain(error))


def _goes_in_clear(address: str) -> bool:
    """Over a network without TLS. On this computer itself that harms nobody."""
    parts = urlsplit(address)
    return parts.scheme == "http" and parts.hostname not in ("localhost", "127.0.0.1", "::1")


def _settle_memory() -> None:
    """The window and everything imported stay to the end, so the collector need not look at them ever again.

    Measured while 100,000 rows are fetched: a full collection takes 11 to 15 ms instead of 55.
    """
    gc.collect()
    gc.freeze()
    gc.enable()
