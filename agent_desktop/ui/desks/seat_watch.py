"""Whether this seat may show customers: not while it is stopped by IT, nor when it was too long without the server."""

from collections.abc import Callable
from datetime import timedelta
from enum import Enum, auto
from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal

from agent_desktop.session import AgentSession
from agent_desktop.sync.events import DeviceStopped, NeedsAttention, Synced, SyncStatus
from agent_desktop.sync.lease import Lease
from agent_desktop.ui.background import Background
from agent_desktop.ui.desks.notice_board import NoticeBoard
from agent_desktop.ui.in_step import InStep
from agent_desktop.ui.messages import seat as seat_messages
from agent_desktop.ui.window.main_window import MainWindow
from agent_desktop.ui.window.notices import Weight
from agent_model.agent import AgentState
from agent_model.device import DeviceState

LOOK_EVERY_MS: Final = 30_000
WARN_BEFORE: Final = timedelta(hours=4)


class Covered(Enum):
    """Why nobody may see customers here."""

    LOCKED = auto()
    WIPE = auto()
    LEASE_OVER = auto()


class SeatWatch(QObject):
    """`is_in_call` puts a wipe off: a call goes on until it ends."""

    sign_in_wanted = Signal()
    wipe_wanted = Signal()
    """Once; again after `wipe_failed`."""
    covered_changed = Signal()

    def __init__(
        self,
        window: MainWindow,
        background: Background,
        in_step: InStep,
        lease: Lease,
        session: AgentSession,
        notices: NoticeBoard,
        is_in_call: Callable[[], bool],
    ) -> None:
        super().__init__(window)
        self._window = window
        self._background = background
        self._lease = lease
        self._session = session
        self._notices = notices
        self._is_in_call = is_in_call
        self.covered: Covered | None = None
        self._before = session.seat.entry
        self._status: SyncStatus | None = None
        self._is_wiping = False
        self._was_warned = False
        self._was_asked = False
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_EVERY_MS)
        self._timer.timeout.connect(self._look_at_lease)
        self._timer.start()
        window.cover.sign_in_wanted.connect(self.sign_in_wanted)
        in_step.status_changed.connect(self._hear)

    def call_ended(self) -> None:
        """What was put off until then."""
        if self.covered is Covered.WIPE:
            self._wipe()

    def signed_in(self) -> None:
        """The person was asked and came in."""
        self._was_warned = self._was_asked = False
        if self.covered is Covered.LEASE_OVER:
            self._uncover()

    def wipe_failed(self) -> None:
        """The server says it again in a minute, and then it is tried again."""
        self._is_wiping = False

    def _hear(self, status: SyncStatus) -> None:
        self._status = status
        match status:
            case DeviceStopped(DeviceState.WIPE):
                self._wipe()
            case DeviceStopped():
                self._cover(Covered.LOCKED)
            case Synced() | NeedsAttention():
                self._server_speaks()
            case _ if self.covered is None:
                self._look_at_lease()

    def _server_speaks(self) -> None:
        self._was_warned = False
        if self.covered is Covered.LOCKED:
            self._uncover()
        elif self.covered is Covered.LEASE_OVER and not self._was_asked:
            self._was_asked = True
            self._cover(Covered.LEASE_OVER)
            self.sign_in_wanted.emit()

    def _look_at_lease(self) -> None:
        if not isinstance(self._status, (Synced, NeedsAttention, DeviceStopped)):
            self._background.network.do(self._lease.left, self._weigh_lease, replaces="lease")

    def _weigh_lease(self, left: timedelta) -> None:
        if self.covered is not None or isinstance(self._status, (Synced, NeedsAttention, DeviceStopped)):
            return
        if left < timedelta(0):
            self._cover(Covered.LEASE_OVER)
        elif left < WARN_BEFORE and not self._was_warned:
            self._was_warned = True
            self._notices.tell(seat_messages.lease_ends(max(1, round(left / timedelta(hours=1)))), Weight.WARNING)

    def _wipe(self) -> None:
        self._cover(Covered.WIPE)
        if not self._is_in_call() and not self._is_wiping:
            self._is_wiping = True
            self.wipe_wanted.emit()

    def _cover(self, why: Covered) -> None:
        if self.covered is None:
            self._before = self._session.seat.entry
            self._session.sign_off()
        self.covered = why
        head = self.tr("Customers are locked")
        match why:
            case Covered.LOCKED:
                words = seat_messages.locked()
            case Covered.WIPE:
                words = seat_messages.to_be_wiped(is_in_call=self._is_in_call())
            case Covered.LEASE_OVER:
                words = seat_messages.server_is_back() if self._was_asked else self._words_of_lease()
        self._window.cover_customers(head, words, can_sign_in=why is Covered.LEASE_OVER)
        self.covered_changed.emit()

    def _words_of_lease(self) -> str:
        return seat_messages.lease_over(self._lease.hours)

    def _uncover(self) -> None:
        self.covered = None
        self._window.uncover_customers()
        self.covered_changed.emit()
        match self._before.state:
            case AgentState.BREAK:
                self._session.take_break(self._before.reason or "")
            case AgentState.OFFLINE:
                """As it was before."""
            case _:
                self._session.ready()
