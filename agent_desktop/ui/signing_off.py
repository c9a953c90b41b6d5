"""Leaving the seat: signing off, with a question where something is unsent or open, and closing the window, which is
less."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication

from agent_desktop.leaving import Leaving
from agent_desktop.settings import Settings
from agent_desktop.sync.events import DeviceStopped, Offline, SignInExpired, TooOld
from agent_desktop.ui.appearance.look import Look
from agent_desktop.ui.background import Background
from agent_desktop.ui.closing_sheet import ClosingSheet
from agent_desktop.ui.sign_off_sheet import SignOffSheet
from agent_desktop.ui.still_open import StillOpen
from agent_desktop.ui.window.main_window import MainWindow
from agent_desktop.ui.window.notices import Weight
from agent_desktop.ui.workspace import Workspace


class SigningOff(QObject):
    left = Signal()
    """The session is over and what was unsent is where it has to be."""
    failed = Signal(object)

    def __init__(
        self,
        look: Look,
        background: Background,
        window: MainWindow,
        workspace: Workspace,
        leaving: Leaving,
        go_offline: Callable[[], object],
        still_open: Callable[[], StillOpen],
        settings: Callable[[], Settings],
    ) -> None:
        """`still_open` blocks."""
        super().__init__(window)
        self._look = look
        self._background = background
        self._window = window
        self._workspace = workspace
        self._leaving = leaving
        self._go_offline = go_offline
        self._still_open = still_open
        self._settings = settings
        self.sheet: SignOffSheet | None = None
        self.closing: ClosingSheet | None = None
        workspace.sign_off_wanted.connect(self.begin)
        window.ask_before_closing(self.may_close)

    def begin(self) -> None:
        """Leaves at once, or asks where something is unsent or open. Nobody leaves a caller."""
        if any(item.is_in_call for item in self._workspace.items):
            self._workspace.notices.tell(self.tr("You are in a call. End it, then sign off."), Weight.WARNING)
            return
        self._workspace.writing.save_now()
        self._workspace.wrapping.save_now()
        self._background.store.do(
            lambda: (self._leaving.unsent(), self._still_open()), self._ask_or_leave, self.failed.emit
        )

    def may_close(self) -> bool:
        """Whether the window goes now. What becomes of a call and of unsent work is said once, and then it goes."""
        is_in_call = any(item.is_in_call for item in self._workspace.items)
        unsent = self._unsent_for_now
        if self.closing is not None or not (is_in_call or unsent) or self._is_logging_off():
            return True
        self.closing = ClosingSheet(self._look, self._window)
        self.closing.close_wanted.connect(self._window.close)
        self.closing.sign_off_wanted.connect(self.begin)
        self.closing.ask(unsent, is_in_call=is_in_call)
        return False

    @property
    def _unsent_for_now(self) -> int:
        """What waits and will not have gone in a moment."""
        match self._workspace.sync.status:
            case Offline(pending=pending) | SignInExpired(pending) | TooOld(pending) | DeviceStopped(pending=pending):
                return pending
            case _:
                return 0

    @staticmethod
    def _is_logging_off() -> bool:
        """The desktop closes every window because its person logs off: nobody is there to answer."""
        application = QGuiApplication.instance()
        return isinstance(application, QGuiApplication) and application.isSavingSession()

    def _ask_or_leave(self, left: tuple[int, StillOpen]) -> None:
        unsent, still = left
        if not (unsent or still.lines):
            self._leave()
            return
        if self.sheet is None:
            self.sheet = SignOffSheet(self._look, self._window)
            self.sheet.leave_wanted.connect(self._leave)
        self.sheet.ask(unsent, self._leaving.hope(self._settings()), still)

    def _leave(self) -> None:
        settings = self._settings()
        self._go_offline()
        self._background.network.do(
            lambda: self._leaving.sign_off(settings), lambda _: self.left.emit(), self.failed.emit
        )
