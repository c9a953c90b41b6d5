"""What leads decide for this agent: obeyed at once or after the call, told with their name and their reason."""

from collections.abc import Callable

from PySide6.QtCore import QObject

from agent_desktop.sync.live import OrderCame, ServingChanged
from agent_desktop.ui.desks.notice_board import NoticeBoard
from agent_desktop.ui.directory import Directory
from agent_desktop.ui.in_step import InStep
from agent_desktop.ui.rooms import Rooms
from agent_desktop.ui.supervisor.order_words import explain_no_answer, explain_order, explain_serving
from agent_desktop.ui.window.main_window import MainWindow
from agent_model.agent import AgentState
from agent_model.break_reason import NO_ANSWER


class OrdersDesk(QObject):
    def __init__(
        self,
        rooms: Rooms,
        window: MainWindow,
        in_step: InStep,
        notices: NoticeBoard,
        names: Callable[[], Directory],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._rooms, self._window, self._in_step = rooms, window, in_step
        self._notices, self._names = notices, names
        self._obeyed = ""
        in_step.ordered.connect(self.obey)
        in_step.serving_changed.connect(self.tell_serving)

    def tell_serving(self, change: ServingChanged) -> None:
        names = self._names()
        queues = ", ".join(map(names.queue, change.queues))
        self._notices.tell(explain_serving(names.person(change.by), queues, change.why))

    def obey(self, order: OrderCame) -> None:
        """Said to the server in this order: that it was taken, and the state of now. One that comes twice, because the
        connection went in between, is obeyed once."""
        session = self._rooms.session
        if order.at != self._obeyed:
            self._obeyed = order.at
            session.obey(order.state, order.reason)
            if not order.by and order.reason == NO_ANSWER:
                self._notices.tell(explain_no_answer())
                self._in_step.take_order(order.at, session.seat.entry)
                return
            is_in_call = session.seat.entry.state is AgentState.ON_CALL
            breaks = {one.id: one.name for one in self._window.top_bar.state.breaks}
            pause = breaks.get(order.reason or "", order.reason or "")
            by = self._names().person(order.by) if order.by else ""
            self._notices.tell(explain_order(order.state, by, order.why, pause, is_in_call=is_in_call))
        self._in_step.take_order(order.at, session.seat.entry)
