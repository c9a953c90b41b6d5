"""Customers are hidden once nobody has touched this workstation for some minutes, or by hand; calls go on ringing."""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QCursor
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import Shiboken

from agent_desktop.errors import DeskError
from agent_desktop.seat_lock import SeatLock
from agent_desktop.ui.background import Background
from agent_desktop.ui.messages.trouble import explain
from agent_desktop.ui.window.main_window import MainWindow
from agent_model.desk_policy import DeskPolicy

log = logging.getLogger(__name__)

LOOK_EVERY_MS: Final = 2_000


class IdleLock(QObject):
    """`fits(password)` blocks, and says whether it is that of whoever is at work here. Nobody is idle in a call.

    What is locked stays so when the program is started again (`kept`).

    Keys are seen by the widget that has the focus, the mouse by where it stands: a filter on the whole application
    costs every event.
    """

    changed = Signal()
    """Customers were locked, or are back."""
    sign_in_wanted = Signal()

    def __init__(
        self,
        window: MainWindow,
        background: Background,
        kept: SeatLock,
        clock: Callable[[], datetime],
        fits: Callable[[str], bool],
        is_in_call: Callable[[], bool],
        own_min: int = 0,
    ) -> None:
        """`own_min`: the minutes of this workstation, 0 for none of its own."""
        super().__init__(window)
        self._window, self._background, self._kept, self._clock = window, background, kept, clock
        self._fits, self._is_in_call = fits, is_in_call
        self.is_locked = False
        self._own_min = own_min
        self._after = timedelta()
        self.learn(DeskPolicy())
        self._touched_at = clock()
        self._mouse = QCursor.pos()
        self._watched: QWidget | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_EVERY_MS)
        self._timer.timeout.connect(lambda: self.tick(clock()))
        self._timer.start()
        window.lock.unlock_wanted.connect(self._try)
        window.lock.sign_in_wanted.connect(self.sign_in_wanted)
        window.lock_wanted.connect(self.lock)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._focus_moved)
            self._focus_moved(None, application.focusWidget())

    def begin(self, *, has_password: bool) -> None:
        """The program has started: who came in without a password finds the seat as it was left."""
        if has_password:
            self._keep(self._kept.clear)
        elif self._kept.is_set:
            self.lock()

    def learn(self, policy: DeskPolicy) -> None:
        """What the site wants; this workstation may only be stricter."""
        limits = [minutes for minutes in (policy.lock_after_min, self._own_min) if minutes]
        self._after = timedelta(minutes=min(limits, default=0))

    def tick(self, now: datetime) -> None:
        """A clock that was set back begins anew."""
        mouse = QCursor.pos()
        if mouse != self._mouse or self._is_in_call() or now < self._touched_at:
            self._mouse, self._touched_at = mouse, now
        elif self._after and now - self._touched_at >= self._after:
            self.lock()

    def lock(self) -> None:
        if self.is_locked:
            return
        self.is_locked = True
        while (popup := QApplication.activePopupWidget()) is not None and popup.close():
            """Menus and sheets say things of customers, too."""
        self._window.lock_customers()
        self._keep(self._kept.set)
        self.changed.emit()

    def unlock(self) -> None:
        """Whoever sits here has shown who they are."""
        if not self.is_locked:
            return
        self.is_locked = False
        self._touched_at = self._clock()
        self._window.unlock_customers()
        self._keep(self._kept.clear)
        self.changed.emit()

    def eventFilter(self, _: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.InputMethod):
            self._touched_at = self._clock()
        return False

    def _keep(self, work: Callable[[], None]) -> None:
        self._background.store.do(work, failed=_not_kept)

    def _try(self, password: str) -> None:
        self._background.store.do(lambda: self._fits(password), self._tried, self._failed)

    def _tried(self, fits: bool) -> None:
        if fits:
            self.unlock()
        else:
            self._window.lock.show_trouble(self.tr("This is not your password. Try again, or sign in anew."))

    def _failed(self, error: Exception) -> None:
        if not isinstance(error, DeskError):
            raise error
        self._window.lock.show_trouble(explain(error))

    def _focus_moved(self, _: QWidget | None, now: QWidget | None) -> None:
        if self._watched is not None and Shiboken.isValid(self._watched):
            self._watched.removeEventFilter(self)
            self._watched.destroyed.disconnect(self._gone)
        self._watched = now
        if now is not None:
            self._touched_at = self._clock()
            now.installEventFilter(self)
            now.destroyed.connect(self._gone)

    def _gone(self) -> None:
        self._watched = None


def _not_kept(error: Exception) -> None:
    """The lock holds for as long as the program runs."""
    if not isinstance(error, DeskError):
        raise error
    log.warning("whether the seat is locked could not be kept: %s", error)
