"""The program from its start to its end: signing in, the window, its lanes, and leaving without losing anything."""

import logging
import threading
from collections.abc import Callable, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Protocol
from urllib.parse import urlsplit

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication

from agent_desktop.errors import DeskError, KeyringError, KeyringLocked, NewerData, StoreError
from agent_desktop.policy.written import Source
from agent_desktop.session import Left, Seat, left_in
from agent_desktop.settings import Settings
from agent_desktop.single_instance import Claim, Knock
from agent_desktop.softphone.events import Event, PhoneReady
from agent_desktop.softphone.link import PhoneAwayError
from agent_desktop.starts import StartLog
from agent_desktop.sync.front_door import FrontDoor, Inside
from agent_desktop.sync.wipe import Wipe
from agent_desktop.ui.appearance.formats import Formats
from agent_desktop.ui.appearance.look import Look
from agent_desktop.ui.background import Background
from agent_desktop.ui.desks.diagnostics import DiagnosticsDesk
from agent_desktop.ui.desks.idle_lock import IdleLock
from agent_desktop.ui.desks.seat_watch import SeatWatch
from agent_desktop.ui.in_step import InStep
from agent_desktop.ui.messages.trouble import bad_starts, explain, not_encrypted
from agent_desktop.ui.rooms import Desk
from agent_desktop.ui.settings_desk import SettingsDesk
from agent_desktop.ui.sign_in.window import SignIn
from agent_desktop.ui.signing_in import SigningIn
from agent_desktop.ui.signing_off import SigningOff
from agent_desktop.ui.still_open import still_open
from agent_desktop.ui.window.coming_up import come_up
from agent_desktop.ui.window.main_window import MainWindow, composition_of
from agent_desktop.ui.window.notices import Weight
from agent_desktop.ui.workspace import Workspace
from agent_desktop.waste import Waste

if TYPE_CHECKING:
    from agent_desktop.diagnostics.bundle import Bundle
    from agent_desktop.ui.desks.outside import Outside

log = logging.getLogger(__name__)

PHONE_PATIENCE_S = 0.5
WASTE_EVERY_MS = 250
SETTLED_AFTER_MS = 500
"""After the window is there."""


class OpenDesk(Protocol):
    """Raises NewerData unless the agent `goes_back` to this version, and other errors that we can explain."""

    def __call__(
        self,
        settings: Settings,
        inside: Inside,
        in_step: InStep,
        tell_seat: Callable[[Seat], None],
        /,
        *,
        goes_back: bool,
    ) -> Desk: ...


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
        gather_diagnostics: "Callable[[Mapping[str, Any]], Bundle]",
        starts: StartLog,
        locked: Mapping[str, Source] = MappingProxyType({}),
    ) -> None:
        """`gather_diagnostics` puts together what IT is given before anybody is in; `starts` has begun; `locked` are
        the settings that IT has decided, and where."""
        super().__init__()
        self._application = application
        self._look = look
        self._formats = formats
        self._door = door
        self._starts = starts
        self._open_desk = open_desk
        self._background = Background()
        self._in_step = InStep(self._background, self)
        self._waste = Waste()
        self._waste_time = QTimer(self)
        self._waste_time.setInterval(WASTE_EVERY_MS)
        self._waste_time.timeout.connect(self._waste.look)
        self._stopped = threading.Event()
        self._has_left = False
        self._link = ""
        self._to_tell: list[tuple[str, Weight]] = []
        self._wipe: Wipe | None = None
        self._inside: Inside | None = None
        self._left_in = Left()
        self._goes_on_as: Left | None = None
        self._desk: Desk | None = None
        self._seat_watch: SeatWatch | None = None
        self.idle_lock: IdleLock | None = None
        self.window: MainWindow | None = None
        self.workspace: Workspace | None = None
        self.outside: Outside | None = None
        self.settings = SettingsDesk(look, self._background, settings, keep_settings, locked)
        self._in_step.settings_decided.connect(lambda told: self.settings.learn(told.settings, told.locked))
        self.signing_off: SigningOff | None = None
        self.signing_in = SigningIn(look, self._background, door, lambda: self.settings.current, locked.get("server"))
        self.signing_in.came_in.connect(self._entered)
        self.signing_in.asked.connect(starts.wait)
        self.signing_in.report_wanted.connect(self._report)
        self.diagnostics = DiagnosticsDesk(
            self._background, self.signing_in.open_report, lambda: lambda: gather_diagnostics({}), self
        )

    def start(self, password: str | None = None) -> None:
        server, login = self.settings.current.server, self.settings.current.login
        if not (server and login):
            self._ask()
        elif password is not None:
            self.signing_in.enter(SignIn(server, login, password))
        elif self._starts.found.is_bad:
            self._ask(bad_starts(self._starts.found.version, self._starts.before))
        else:
            self.signing_in.as_before()

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

    def tell_at_work(self, words: str, weight: Weight) -> None:
        """As soon as somebody is in."""
        if self.workspace is None:
            self._to_tell.append((words, weight))
        else:
            self.workspace.notices.tell(words, weight)

    def _report(self) -> None:
        """Once somebody was in, more is known of whom to leave out."""
        (self.diagnostics if self.workspace is None else self.workspace.diagnostics).open()

    def go_on_as(self, left: Left) -> None:
        """The version before ended for this one to begin: whoever was at a break is at it still."""
        self._left_in = left

    @property
    def goes_on_as(self) -> Left | None:
        """None, unless the program ends for its next version to begin."""
        return self._goes_on_as

    @property
    def was_wiped(self) -> bool:
        """The program ends because of it, and is started again to say so, with nothing of before in its memory."""
        return self._wipe is not None

    def stop(self) -> bool:
        """False when a lane would not end in time. The phone keeps a running call for the next window."""
        self.signing_in.close()
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
        elif self._inside is not None:
            self._inside.client.close()
        if self._has_left:  # at the very end: nothing is left that could put a new token into the keyring
            self._forget(self.settings.current.server, self.settings.current.login)
        if self._wipe is not None:
            self._erase(self._wipe)
        return all_ended

    # ---- coming in --------------------------------------------------------------------------------------

    def _ask(self, words: str = "") -> None:
        self._waste_time.start()
        self.signing_in.ask(words)

    def _entered(self, wanted: SignIn | None, inside: Inside) -> None:
        if inside.decided is not None:
            self.settings.learn(inside.decided.settings, inside.decided.locked)
        settings = self.settings.current
        if wanted is not None and (wanted.server, wanted.login) != (settings.server, settings.login):
            if self._desk is None:
                self._background.network.do(lambda: self._forget(settings.server, settings.login))
            self.settings.change(replace(settings, server=wanted.server, login=wanted.login))
        if self._desk is not None:
            self._resume(self._desk, inside)
        else:
            self._open(inside, has_password=wanted is not None)

    def _resume(self, desk: Desk, inside: Inside) -> None:
        """The sign-in had expired while the desk was open: the same person goes on with the same window."""
        if inside.agent.id != desk.rooms.agent.id:
            inside.client.close()
            self._ask(self.tr("Another person is at work in this window. Close it first; nothing they wrote is lost."))
            return
        if inside.is_online:
            desk.take_over(inside.client.hand_on())
        inside.client.close()
        self._in_step.run_now()
        if self._seat_watch is not None and inside.is_online:
            self._seat_watch.signed_in()
        if self.idle_lock is not None:
            self.idle_lock.unlock()
        self._look_for_password()
        self.signing_in.close()

    # ---- leaving ----------------------------------------------------------------------------------------

    def _left(self) -> None:
        self._has_left = True
        self._in_step.stop()
        self._application.quit()

    def _forget(self, server: str, login: str) -> None:
        try:
            self._door.leave(server, login)
        except KeyringError as problem:
            log.info("nothing to forget in the keyring: %s", type(problem).__name__)

    def _start_again(self) -> None:
        """As when the window is closed: everything is kept, nobody is signed out."""
        if self._desk is not None:
            self._goes_on_as = left_in(self._desk.rooms.session.seat)
            self._application.quit()

    def _begin_wipe(self) -> None:
        """What was written is brought to safety while everything is still open; then the program ends."""
        desk, window = self._desk, self.window
        if desk is None or window is None or self.workspace is None:
            return
        settings = self.settings.current
        wipe = self._door.wipe(settings.server, settings.login)
        window.right.setEnabled(False)
        self.workspace.writing.save_now()

        def hand_over() -> None:
            desk.leaving.hand_over_all()
            wipe.begin(desk.rooms.agent.id)

        self._background.store.do(hand_over, lambda _: self._may_erase(wipe), self._not_handed_over)

    def _may_erase(self, wipe: Wipe) -> None:
        self._wipe = wipe
        clipboard = QApplication.clipboard()
        if clipboard.ownsClipboard():
            clipboard.clear()
        self._in_step.stop()
        self._application.quit()

    def _not_handed_over(self, error: Exception) -> None:
        if self.window is not None and self._seat_watch is not None:
            self.window.right.setEnabled(True)
            self._seat_watch.wipe_failed()
        self._told_wrong_at_work(error)

    def _erase(self, wipe: Wipe) -> None:
        try:
            wipe.finish()
        except StoreError as error:
            log.info("the next start goes on erasing: %s", error)

    def _told_wrong_at_work(self, error: Exception) -> None:
        if self.workspace is not None:
            self.workspace.notices.tell(explain(error), Weight.TROUBLE)

    # ---- the window -------------------------------------------------------------------------------------

    def _open(self, inside: Inside, *, has_password: bool, goes_back: bool = False) -> None:
        self._inside = inside
        self._starts.go_on()
        try:
            desk = self._open_desk(self.settings.current, inside, self._in_step, self._seat_is, goes_back=goes_back)
        except NewerData as newer:
            self._starts.wait()
            self.signing_in.ask_newer(
                explain(newer), lambda: self._open(inside, has_password=has_password, goes_back=True)
            )
            return
        except DeskError as error:
            self._starts.fail()
            inside.client.close()
            self._ask(explain(error))
            return
        self._desk = desk
        rooms = desk.rooms
        window = MainWindow(self._look, self._formats, rooms.clock, composition_of(self._application))
        self.window = window
        workspace = Workspace(rooms, self._background, window, self._in_step, self._formats)
        self.workspace = workspace
        workspace.sign_in_wanted.connect(self._ask)
        workspace.start_again_wanted.connect(self._start_again)
        window.closing.connect(self._application.quit)
        self.settings.work_at(desk, workspace, window)
        self._watch_over(desk, window, workspace)
        workspace.begin()
        if self.idle_lock is not None:
            self.idle_lock.begin(has_password=has_password)
        window.resize(self._look.px(1366), self._look.px(768))
        window.show()
        self.signing_in.close()
        self.settings.use_sound_and_policy()
        rooms.phone.set_account(desk.account)
        self._background.follow("phone", self._follow_phone, self._hear_phone, self._leave_phone)
        self._in_step.begin(desk.cycle, desk.live, desk.mend_cache, desk.check_cache, desk.upload)
        rooms.session.obey(self._left_in.state, self._left_in.reason)
        for words, weight in self._to_tell:
            workspace.notices.tell(words, weight)
        for trouble in desk.troubles:
            workspace.notices.tell(explain(trouble), Weight.TROUBLE)
        if _goes_in_clear(inside.client.address):
            workspace.notices.tell(not_encrypted(inside.client.address), Weight.WARNING)
        if isinstance(inside.keyring_problem, KeyringLocked):
            workspace.notices.tell(explain(inside.keyring_problem), Weight.WARNING)
        self._waste.settle()
        self._waste_time.start()
        QTimer.singleShot(SETTLED_AFTER_MS, window, self._look_around)
        self.take_link("")
        self.opened.emit(window)

    def _watch_over(self, desk: Desk, window: MainWindow, workspace: Workspace) -> None:
        """What ends the work at this seat, for now or for good."""
        session = desk.rooms.session
        self.signing_off = SigningOff(
            self._look, self._background, window, workspace, desk.leaving, session.sign_off,
            lambda: still_open(desk.rooms, desk.rooms.clock()), lambda: self.settings.current,
        )  # fmt: skip
        self.signing_off.left.connect(self._left)
        self.signing_off.failed.connect(self._told_wrong_at_work)
        self._seat_watch = SeatWatch(
            window, self._background, self._in_step, desk.lease, session, workspace.notices,
            lambda: any(item.is_in_call for item in workspace.items),
        )  # fmt: skip
        self._seat_watch.sign_in_wanted.connect(self._ask)
        self._seat_watch.wipe_wanted.connect(self._begin_wipe)
        self._seat_watch.covered_changed.connect(self._cover_calls)
        workspace.on_screen.call_ended.connect(lambda _: self._after_call())
        self.idle_lock = IdleLock(
            window, self._background, self._door.seat_lock(self.settings.current.server, desk.rooms.agent.id),
            desk.rooms.clock, self._fits,
            lambda: any(item.is_in_call for item in workspace.items), self.settings.current.lock_after_min,
        )  # fmt: skip
        self._look_for_password()
        self.idle_lock.sign_in_wanted.connect(self._ask)
        self.idle_lock.changed.connect(self._cover_calls)
        workspace.policy_read.connect(self.idle_lock.learn)

    def _look_for_password(self) -> None:
        """Whether a password shows a locked seat again."""
        server, login, window = self.settings.current.server, self.settings.current.login, self.window
        if window is not None:
            self._background.store.do(
                lambda: self._door.has_password(server, login), lambda has: window.lock.offer_password(is_there=has)
            )

    def _fits(self, password: str) -> bool:
        """In the lane of the store."""
        return self._door.is_theirs(self.settings.current.server, self.settings.current.login, password)

    def _cover_calls(self) -> None:
        if self.workspace is not None and self._seat_watch is not None and self.idle_lock is not None:
            is_covered = self._seat_watch.covered is not None or self.idle_lock.is_locked
            self.workspace.calls.cover(is_covered=is_covered)

    def _after_call(self) -> None:
        if self._seat_watch is not None:
            self._seat_watch.call_ended()

    def _look_around(self) -> None:
        """What the desktop has beside the window; nothing that an agent waits for when the program starts."""
        window, workspace, desk = self.window, self.workspace, self._desk
        if window is None or workspace is None or desk is None or self._stopped.is_set():
            return
        from agent_desktop.ui.desks.outside import Outside

        outside = Outside(window, self._background, self._look, self._formats, desk.rooms.clock)
        workspace.calls.after.seat_changed.connect(outside.show_seat)
        workspace.on_screen.call_ended.connect(outside.call_over)
        workspace.messages.urgent_changed.connect(outside.show_urgent)
        workspace.alerts.asked.connect(outside.show_alert)
        workspace.alerts.settled.connect(outside.drop_alert)
        outside.alert_wanted.connect(workspace.alerts.open)
        self.outside = outside
        self.settings.go_outside(outside)

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
        if isinstance(event, PhoneReady):
            self._starts.well()
        if self.workspace is not None:
            self.workspace.hear_phone(event)
        self.settings.hear_phone(event)

    def _leave_phone(self) -> None:
        self._stopped.set()
        if self._desk is not None:
            self._desk.link.close()

    def _knocked(self, knock: Knock) -> None:
        window = self.signing_in.window or self.window
        if window is not None:
            come_up(window, knock.permission)
        self.take_link(knock.link)


def _goes_in_clear(address: str) -> bool:
    """Over a network without TLS. On this computer itself that harms nobody."""
    parts = urlsplit(address)
    return parts.scheme == "http" and parts.hostname not in ("localhost", "127.0.0.1", "::1")
