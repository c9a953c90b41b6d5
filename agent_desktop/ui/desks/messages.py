"""What leads tell this agent at once: in the band over the workspace until it was read or is over."""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication

from agent_desktop.customers import masking
from agent_desktop.ui.appearance.formats import Formats
from agent_desktop.ui.background import Background
from agent_desktop.ui.desks.notice_board import NoticeBoard
from agent_desktop.ui.directory import Directory
from agent_desktop.ui.in_step import InStep
from agent_desktop.ui.messages.trouble import explain
from agent_desktop.ui.rooms import Rooms
from agent_desktop.ui.window.main_window import MainWindow
from agent_desktop.ui.window.notices import Weight
from agent_model.floor_message import FloorMessage, Receipt
from agent_model.moment import to_text


class MessagesDesk(QObject):
    """An urgent one is there during calls too, any other after them. `urgent_changed(words)` for who stands in for the
    window; empty when none waits."""

    urgent_changed = Signal(str)

    def __init__(
        self,
        rooms: Rooms,
        background: Background,
        window: MainWindow,
        in_step: InStep,
        notices: NoticeBoard,
        names: Callable[[], Directory],
        formats: Formats,
        is_in_call: Callable[[], bool],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._messages, self._background, self._window = rooms.messages, background, window
        self._in_step, self._notices, self._names = in_step, notices, names
        self._formats, self._is_in_call = formats, is_in_call
        self._waiting: dict[str, FloorMessage] = {}
        self._urgent = ""
        in_step.message_came.connect(self.hear)
        in_step.message_read.connect(self._known)
        in_step.live_came.connect(self._tell_again)
        window.message_read_wanted.connect(self.read)

    @property
    def shown(self) -> tuple[FloorMessage, ...]:
        """What waits to be read now, the first of it in the band."""
        in_call, now = self._is_in_call(), self._messages.now()
        found = (one for one in self._waiting.values() if one.until > now and (one.is_urgent or not in_call))
        return tuple(sorted(found, key=lambda one: (not one.is_urgent, one.at, one.id)))

    def hear(self, message: FloorMessage) -> None:
        """Also one that was told before: of what was read the server is told when."""
        if message.id not in self._waiting:
            self._background.store.do(
                lambda: self._messages.when_read(message.id),
                lambda read_at: self._take(message, read_at),
                self._failed,
            )

    def read(self) -> None:
        """The one in the band was read; the next one has its place."""
        if not (shown := self.shown):
            return
        message = shown[0]
        del self._waiting[message.id]
        self._show()
        self._background.store.do(
            lambda: self._messages.read(message), lambda at: self._say_read(message.id, at), self._failed
        )

    def tick(self) -> None:
        """About once a second: what is over goes, and what waited for the end of a call is shown."""
        now = self._messages.now()
        over = [id_ for id_, one in self._waiting.items() if one.until <= now]
        for id_ in over:
            del self._waiting[id_]
        if over or self._waiting:
            self._show()

    def _take(self, message: FloorMessage, read_at: datetime | None) -> None:
        if read_at is not None:
            self._say_read(message.id, read_at)
            return
        if message.id in self._waiting:
            return
        self._waiting[message.id] = message
        head = self._names().person(message.by)
        self._notices.tell(
            f"{head}: {message.words}", Weight.WARNING if message.is_urgent else Weight.INFO, is_quiet=True
        )
        if message.is_urgent:
            QApplication.alert(self._window)
        self._show()

    def _show(self) -> None:
        shown, band = self.shown, self._window.message_band
        first = next(iter(shown), None)
        urgent = "" if first is None or not first.is_urgent else self._words(first)
        if first is None:
            band.show_nothing()
        else:
            band.show_message(self._head(first), self._words(first), len(shown) - 1, is_urgent=first.is_urgent)
        if urgent != self._urgent:
            self._urgent = urgent
            self.urgent_changed.emit(urgent)

    def _head(self, message: FloorMessage) -> str:
        words = self.tr("Urgent, {name}, {clock}") if message.is_urgent else self.tr("{name}, {clock}")
        return words.format(name=self._names().person(message.by), clock=self._formats.clock(message.at))

    def _words(self, message: FloorMessage) -> str:
        return masking.text(message.words)

    def _say_read(self, message_id: str, read_at: datetime) -> None:
        self._in_step.say({"type": "message_read", "id": message_id, "read_at": to_text(read_at)})

    def _tell_again(self) -> None:
        """What was read while the server was away."""
        self._background.store.do(self._messages.untold, self._say_all, self._failed)

    def _say_all(self, read: tuple[tuple[str, datetime], ...]) -> None:
        for message_id, read_at in read:
            self._say_read(message_id, read_at)

    def _known(self, receipt: Receipt) -> None:
        """The server knows of one that was read, here or at another workstation."""
        if receipt.agent != self._messages.reader:
            return
        if self._waiting.pop(receipt.message, None) is not None:
            self._show()
        self._background.store.do(lambda: self._messages.told(receipt.message), failed=self._failed)

    def _failed(self, error: Exception) -> None:
        self._notices.tell(explain(error), Weight.TROUBLE)
