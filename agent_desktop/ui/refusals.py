"""What the server refused: listed whole, taken up again or given up; nothing is dropped without the agent."""

from PySide6.QtCore import QObject, Signal

from agent_desktop.tickets.desk import Refused
from agent_desktop.tickets.draft import TicketDraft
from agent_desktop.ui import attention_page
from agent_desktop.ui.background import Background
from agent_desktop.ui.main_window import MainWindow
from agent_desktop.ui.messages import explain
from agent_desktop.ui.rail import Page
from agent_desktop.ui.rooms import Rooms
from agent_model.command import OpId


class Refusals(QObject):
    """Counted as they come; the page is filled only while somebody looks at it."""

    taken_up = Signal(object)
    counted = Signal(int)
    told = Signal(str)
    saved = Signal()

    def __init__(self, rooms: Rooms, background: Background, window: MainWindow, parent: QObject) -> None:
        super().__init__(parent)
        self._rooms = rooms
        self._background = background
        self._window = window
        self._is_shown = False
        self._is_connected = False
        window.page_shown.connect(self._turned_to)

    def count(self, parked: int) -> None:
        """How many commands wait for the agent's decision."""
        self.counted.emit(parked)
        if self._is_shown:
            self._read()

    def show(self) -> None:
        self._window.show_page(Page.ATTENTION)

    def _turned_to(self, page: Page) -> None:
        self._is_shown = page is Page.ATTENTION
        if self._is_shown:
            self._read()

    def _read(self) -> None:
        self._background.store.do(self._rooms.desk.refused, self._show, self._failed, replaces="refused")

    def _show(self, refused: tuple[Refused, ...]) -> None:
        self.counted.emit(len(refused))
        page = self._window.attention
        if not self._is_connected:
            self._is_connected = True
            page.edit_wanted.connect(self._take_up)
            page.retry_wanted.connect(self._send_again)
            page.discard_wanted.connect(self._let_go)
        page.show_attention(tuple(self._line(one) for one in refused), self._rooms.clock())

    def _line(self, refused: Refused) -> attention_page.Refused:
        ticket = refused.ticket
        title = ticket.subject if ticket else self.tr("A change to a customer or call")
        text = ticket.description if ticket else ""
        return attention_page.Refused(refused.op_id, title, text, refused.reason, refused.at)

    def _take_up(self, op_id: str) -> None:
        desk = self._rooms.desk

        def taken(draft: TicketDraft | None) -> None:
            if draft is not None:
                self.taken_up.emit(draft)
            self._read()

        self._background.store.do(lambda: desk.take_up_again(OpId(op_id)), taken, self._failed)

    def _send_again(self, op_id: str) -> None:
        desk = self._rooms.desk

        def sent(_: None) -> None:
            self.saved.emit()
            self._read()

        self._background.store.do(lambda: desk.send_again(OpId(op_id)), sent, self._failed)

    def _let_go(self, op_id: str) -> None:
        desk = self._rooms.desk
        self._background.store.do(lambda: desk.let_go(OpId(op_id)), lambda _: self._read(), self._failed)

    def _failed(self, error: Exception) -> None:
        self.told.emit(explain(error))
