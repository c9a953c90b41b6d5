"""Somebody comes in: as before, with a password, with a code; or sets a second factor up first."""

from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, QObject, QTimer, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog

from agent_desktop.errors import (
    CodeUsed,
    DeskError,
    KeyringMissing,
    PasswordSignInOff,
    SecondFactorNeeded,
    SecondFactorNotSet,
    ServerRefused,
    TooManyAttempts,
    WrongCode,
)
from agent_desktop.paths import write_private
from agent_desktop.policy.written import Source
from agent_desktop.settings import Settings
from agent_desktop.sync.client import NewFactor
from agent_desktop.sync.front_door import FrontDoor, Inside
from agent_desktop.sync.reading import Ways
from agent_desktop.sync.sign_on import SignOnUnderWay
from agent_desktop.ui.appearance.look import Look
from agent_desktop.ui.background import Background
from agent_desktop.ui.messages import seat as seat_messages
from agent_desktop.ui.messages.policy import locked_by
from agent_desktop.ui.messages.sign_on import no_browser, no_other_way, pages
from agent_desktop.ui.messages.trouble import explain
from agent_desktop.ui.sign_in.window import SignIn, SignInWindow
from agent_desktop.ui.window.coming_up import come_up

if TYPE_CHECKING:
    from agent_desktop.ui.diagnostics.bundle_window import BundleWindow

LOOK_EVERY_MS = 250
"""How often is looked whether the keyring waits for a person."""


class SigningIn(QObject):
    """`ask` shows the window, `as_before` needs none where the keyring answers by itself."""

    report_wanted = Signal()
    came_in = Signal(object, object)
    """(SignIn or None, Inside). The window stays until `close`."""
    asked = Signal()
    """The window came up."""

    def __init__(
        self,
        look: Look,
        background: Background,
        door: FrontDoor,
        settings: Callable[[], Settings],
        server_locked: Source | None = None,
    ) -> None:
        """`server_locked`: where IT has decided which server it is."""
        super().__init__()
        self._server_locked = server_locked
        self._look = look
        self._background = background
        self._door = door
        self._settings = settings
        self.window: SignInWindow | None = None
        self._attempt = 0
        self._under_way: SignOnUnderWay | None = None
        self._go_on: Callable[[], None] = self.ask
        self._keyring = QTimer(self)
        self._keyring.setInterval(LOOK_EVERY_MS)
        self._keyring.timeout.connect(self._look_at_keyring)

    def as_before(self) -> None:
        """As the person who was here before; the window asks where that is not possible."""
        server, login = self._settings().server, self._settings().login
        attempt = self._begin()
        self._background.network.do(
            lambda: self._door.as_before(server, login),
            lambda inside: self._came_back(attempt, inside),
            lambda error: self._not_as_before(attempt, error),
        )

    def ask(self, words: str = "") -> None:
        """Name and password, please."""
        self._shown().ask_password(words)

    def ask_newer(self, words: str, go_on: Callable[[], None]) -> None:
        """Whether this version is to go on where a newer one was."""
        self._go_on = go_on
        self._shown().ask_newer(words)

    def enter(self, wanted: SignIn) -> None:
        """Once for each code: the server takes it only once."""
        if not self._settings().password_sign_in:
            self.ask(explain(PasswordSignInOff(403, "password_sign_in_off")))
            return
        self._door.go_without_keyring()
        if self.window is not None:
            self.window.show_busy(busy=True)
        attempt = self._begin()
        self._background.network.do(
            lambda: self._door.with_password(wanted.server, wanted.login, wanted.password, wanted.code),
            lambda inside: self._entered(attempt, wanted, inside),
            lambda error: self._refused(attempt, wanted, error),
        )

    def sign_on(self, server: str) -> None:
        """Through the organisation's provider, in the browser."""
        self._give_up()
        self._door.go_without_keyring()
        self._shown().show_busy(busy=True)
        attempt, told = self._begin(), pages(self._language)
        self._background.network.do(
            lambda: self._door.begin_sign_on(server, told),
            lambda under_way: self._go_to_browser(attempt, server, under_way),
            lambda error: self._not_signed_on(attempt, error),
        )

    def close(self) -> None:
        self._keyring.stop()
        self._give_up()
        if self.window is not None:
            self.window.close()
            self.window.deleteLater()
            self.window = None

    # ---- what came of it --------------------------------------------------------------------------------

    def _begin(self) -> int:
        """What an earlier attempt brings is not waited for any more."""
        self._attempt += 1
        self._keyring.start()
        return self._attempt

    def _entered(self, attempt: int, wanted: SignIn | None, inside: Inside) -> None:
        if attempt != self._attempt:
            inside.client.close()
            return
        self._keyring.stop()
        self.came_in.emit(wanted, inside)

    def _came_back(self, attempt: int, inside: Inside | None) -> None:
        if inside is not None:
            self._entered(attempt, None, inside)
        elif attempt == self._attempt:
            self._keyring.stop()
            self.ask()

    def _not_as_before(self, attempt: int, error: Exception) -> None:
        if attempt == self._attempt:
            self._keyring.stop()
            self.ask("" if isinstance(error, KeyringMissing) else explain(error))

    def _refused(self, attempt: int, wanted: SignIn, error: Exception) -> None:
        if attempt != self._attempt:
            return
        self._keyring.stop()
        window = self._shown(wanted.password)
        match error:
            case SecondFactorNeeded():
                window.ask_code()
            case WrongCode() | CodeUsed():
                window.ask_code(explain(error))
            case TooManyAttempts():
                window.show_error(explain(error))
            case SecondFactorNotSet():
                self._set_up(wanted)
            case _:
                window.ask_password(explain(error))

    # ---- through the organisation's provider ------------------------------------------------------------

    @property
    def _language(self) -> str:
        return QLocale().name()

    def _look_at_ways(self) -> None:
        """The server says how one may sign in there; until then it is as it was."""
        server = self._shown().wanted.server
        if server:
            self._background.network.do(
                lambda: self._door.ways(server), lambda ways: self._offer(server, ways), replaces="ways in"
            )

    def _offer(self, server: str, ways: Ways) -> None:
        window = self.window
        if window is None or window.wanted.server != server:
            return
        organisation = "" if ways.organisation is None else ways.organisation.in_language(self._language)
        may_password = self._settings().password_sign_in
        window.show_ways(organisation, passwords=ways.passwords, may_password=may_password)
        if not organisation and not may_password:
            window.show_error(no_other_way())

    def _go_to_browser(self, attempt: int, server: str, under_way: SignOnUnderWay) -> None:
        def follow(deliver: Callable[[Inside | Exception], None]) -> None:
            try:
                came: Inside | Exception = self._door.by_provider(under_way)
            except (DeskError, OSError) as error:
                came = error
            deliver(came)

        def arrived(came: Inside | Exception) -> None:
            if isinstance(came, Exception):
                self._not_signed_on(attempt, came)
            else:
                self._entered(attempt, SignIn(server, came.agent.login, ""), came)

        self._background.follow("sign-on", follow, arrived, under_way.give_up)
        if attempt != self._attempt:
            under_way.give_up()
            return
        self._under_way = under_way
        self._shown().ask_browser(under_way.url)
        self._open_browser()

    def _open_browser(self) -> None:
        if self._under_way is not None and not QDesktopServices.openUrl(QUrl(self._under_way.url)):
            self._shown().show_error(no_browser())

    def _cancel(self) -> None:
        self._attempt += 1
        self._keyring.stop()
        self._give_up()
        self._shown().ask_password()

    def _give_up(self) -> None:
        under_way, self._under_way = self._under_way, None
        if under_way is not None:
            under_way.give_up()

    def _not_signed_on(self, attempt: int, error: Exception) -> None:
        if attempt != self._attempt:
            return
        self._keyring.stop()
        self._under_way = None
        window = self._shown()
        window.ask_password(explain(error))
        come_up(window)

    def _look_at_keyring(self) -> None:
        if self._door.waits_for_keyring:
            self._shown().show_waiting(seat_messages.waits_for_keyring())

    def open_report(self) -> "BundleWindow":
        """For IT, beside the window."""
        from agent_desktop.ui.diagnostics.bundle_window import BundleWindow

        report = BundleWindow(self._look, datetime.now(UTC), self.window)
        report.show()
        return report

    def _shown(self, password: str = "") -> SignInWindow:
        if self.window is None:
            window = SignInWindow(self._look)
            window.sign_in_wanted.connect(self.enter)
            window.provider_wanted.connect(self.sign_on)
            window.browser_wanted.connect(self._open_browser)
            window.given_up.connect(self._cancel)
            window.server_entered.connect(self._look_at_ways)
            window.go_on_wanted.connect(lambda: self._go_on())
            window.confirm_wanted.connect(self._confirm)
            window.recovery_kept.connect(lambda: window.ask_code(after_set_up=True))
            window.print_wanted.connect(self._print)
            window.save_wanted.connect(self._save)
            window.report_wanted.connect(self.report_wanted)
            settings = self._settings()
            window.show_known(settings.server, settings.login, password)
            if self._server_locked is not None:
                window.lock_server(locked_by(self._server_locked))
            window.show_ways("", passwords=True, may_password=settings.password_sign_in)
            self.window = window
            self._look_at_ways()
        if not self.window.isVisible():
            self.window.show()
            self.asked.emit()
        return self.window

    # ---- a second factor to set up ----------------------------------------------------------------------

    def _set_up(self, wanted: SignIn) -> None:
        self._background.network.do(
            lambda: self._door.new_factor(wanted.server, wanted.login, wanted.password),
            self._show_factor,
            self._not_set_up,
        )

    def _show_factor(self, made: NewFactor) -> None:
        self._shown().show_factor(made.secret, made.uri)

    def _confirm(self, code: str) -> None:
        window = self._shown()
        wanted = window.wanted
        window.show_busy(busy=True)
        self._background.network.do(
            lambda: self._door.confirm_factor(wanted.server, wanted.login, wanted.password, code),
            window.show_recovery,
            self._not_set_up,
        )

    def _not_set_up(self, error: Exception) -> None:
        window = self._shown()
        if isinstance(error, (WrongCode, TooManyAttempts)):
            window.show_error(explain(error))
        elif isinstance(error, ServerRefused) and error.code == "second_factor_is_set":
            window.ask_code()  # in another window, meanwhile
        else:
            window.ask_password(explain(error))

    def _print(self, codes: tuple[str, ...]) -> None:
        from agent_desktop.ui.sign_in.printing import print_codes

        print_codes(self._shown(), self._sheet(codes))

    def _save(self, codes: tuple[str, ...]) -> None:
        window, sheet = self._shown(), self._sheet(codes)
        path, _ = QFileDialog.getSaveFileName(window, self.tr("Save the recovery codes"), "recovery-codes.txt")
        if path:
            self._background.network.do(
                partial(write_private, Path(path), sheet), failed=lambda error: window.show_error(explain(error))
            )

    def _sheet(self, codes: tuple[str, ...]) -> str:
        wanted = self._shown().wanted
        head = self.tr("Recovery codes of {login} for Agent Desktop ({server}). Each is good once.")
        return "\n".join((head.format(login=wanted.login, server=wanted.server), "", *codes, ""))
