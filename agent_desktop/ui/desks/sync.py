"""What the sync tells: the banner, the chip, and what of the screen is read again because rows came."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal

from agent_desktop.customers.keeping_back import recognised
from agent_desktop.customers.profile import Known
from agent_desktop.sync.events import (
    NeedsAttention,
    Offline,
    ScopeChanged,
    SightChanged,
    SignInExpired,
    Synced,
    Syncing,
    SyncStatus,
    TooOld,
)
from agent_desktop.sync.uploads import RecordingsWaiting
from agent_desktop.ui.desks.customers import CustomerDesk
from agent_desktop.ui.desks.looking_up import LookingUp
from agent_desktop.ui.desks.notice_board import NoticeBoard
from agent_desktop.ui.desks.refusals import Refusals
from agent_desktop.ui.desks.writing import Writing
from agent_desktop.ui.in_step import InStep
from agent_desktop.ui.messages.trouble import explain
from agent_desktop.ui.messages.uploads import explain_recordings_staying, recordings_waiting
from agent_desktop.ui.open_items import OpenItems
from agent_desktop.ui.rooms import Rooms
from agent_desktop.ui.window.main_window import MainWindow
from agent_desktop.ui.window.notices import Matter, Weight
from agent_model.secret import mask

REREAD_AFTER_MS = 300
"""Contacts and tickets come by hundreds; whether one is of the customer on the screen is looked up so often at most."""


class SyncDesk(QObject):
    """`has_line` says whether calls go on while the server is away."""

    sign_in_wanted = Signal()
    company_changed = Signal()

    def __init__(
        self,
        rooms: Rooms,
        window: MainWindow,
        in_step: InStep,
        items: OpenItems,
        customers: CustomerDesk,
        writing: Writing,
        looking_up: LookingUp,
        refusals: Refusals,
        notices: NoticeBoard,
        has_line: Callable[[], bool],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._rooms = rooms
        self._window = window
        self._in_step = in_step
        self._items = items
        self._customers = customers
        self._writing = writing
        self._looking_up = looking_up
        self._refusals = refusals
        self._notices = notices
        self._has_line = has_line
        self.status: SyncStatus | None = None
        self._reread = QTimer(self)
        self._reread.setSingleShot(True)
        self._reread.setInterval(REREAD_AFTER_MS)
        self._reread.timeout.connect(self.read_customer)
        window.offline_banner.retry_wanted.connect(in_step.run_now)
        window.offline_banner.sign_in_wanted.connect(self.sign_in_wanted)
        window.top_bar.sync_wanted.connect(self._pressed)
        in_step.status_changed.connect(self._show)
        in_step.scope_changed.connect(self._scope_changed)
        in_step.recordings_changed.connect(self._show_recordings)

    def line_changed(self) -> None:
        """The banner says whether calls are affected."""
        if isinstance(self.status, Offline):
            self._show(self.status)

    def read_customer(self) -> None:
        """Whoever is on the screen is read again."""
        item = self._items.current
        if item is not None and item.customer is not None:
            self._customers.open(item.key, item.customer.id)

    def sight_changed(self, change: SightChanged) -> None:
        """What is kept back from now on leaves the screen at once; what is typed stays as it is."""
        names = [item.customer.name for item in self._items if item.customer is not None]
        for item in list(self._items):
            if item.recognition is not None:
                self._customers.recognised.emit(item.key, recognised(item.recognition, change.kinds))
        self._notices.say_otherwise(lambda words: mask(words, change.kinds, names))
        self._looking_up.look_again()

    def _show(self, status: SyncStatus) -> None:
        self.status = status
        self._window.top_bar.show_sync(status)
        banner = self._window.offline_banner
        match status:
            case Offline():
                banner.show_offline(status, self._rooms.clock(), phone_is_up=self._has_line())
            case SignInExpired(pending):
                banner.show_sign_in_expired(pending)
            case TooOld(why=why):
                banner.clear()
                self._notices.tell(explain(why), Weight.TROUBLE)
            case _:
                banner.clear()
        if not isinstance(status, Syncing):
            self._refusals.be_away(is_away=not isinstance(status, (Synced, NeedsAttention)))

    def _show_recordings(self, waiting: RecordingsWaiting) -> None:
        self._window.top_bar.show_recordings(recordings_waiting(waiting))
        if words := explain_recordings_staying(waiting):
            self._notices.tell(words, Weight.TROUBLE, Matter.RECORDINGS)
        else:
            self._notices.over(Matter.RECORDINGS)

    def _pressed(self) -> None:
        match self.status:
            case NeedsAttention():
                self._refusals.show()
            case SignInExpired():
                self.sign_in_wanted.emit()
            case _:
                self._in_step.run_now()

    def _scope_changed(self, change: ScopeChanged) -> None:
        """Rows came: what is on the screen and touched is read again, without moving anything."""
        everything = not change.entities
        if change.scope == "org":
            self.company_changed.emit()
            if everything or "article" in change.entities:
                self._looking_up.articles_changed(change.ids)
            if everything or "synonym" in change.entities:
                self._looking_up.synonyms_changed()
        self._writing.rows_changed(change.ids)
        if everything or change.entities & {"customer", "ticket"}:
            self._looking_up.look_again()
            self._looking_up.learning.begin()
        for other in self._items:
            if other.customer is not None and (everything or other.customer.id in change.ids):
                self._customers.open(other.key, other.customer.id)
        item = self._items.current
        if item is None or item.customer is None:
            return
        profile = item.recognition.profile if isinstance(item.recognition, Known) else None
        shown = {item.customer.id, *(ticket.id for ticket in profile.open_tickets)} if profile else set()
        if everything or item.customer.id in change.ids:
            return
        if shown & change.ids:
            self.read_customer()
        elif change.entities & {"contact", "ticket"} and not self._reread.isActive():
            self._reread.start()
