"""What is missing of the customer on the line: asked for once in a call, while it is quiet, and kept with two keys."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from agent_desktop.customers.edits import LIMIT, Fault, NotComplete
from agent_desktop.softphone.call import CallId, CallState
from agent_desktop.ui.background import Background
from agent_desktop.ui.customer.pane import CustomerPane
from agent_desktop.ui.messages.trouble import explain, explain_fault
from agent_desktop.ui.open_items import Item, OpenItems
from agent_desktop.ui.rooms import Rooms
from agent_model.customer import Customer


class AskDesk(QObject):
    told = Signal(str)
    saved = Signal()
    done = Signal()
    """The customer on the screen is to be read again."""

    def __init__(
        self, rooms: Rooms, background: Background, items: OpenItems, pane: CustomerPane, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._rooms = rooms
        self._background = background
        self._items = items
        self._pane = pane
        self._asked: set[CallId] = set()
        self._about: Customer | None = None
        pane.customer_shown.connect(lambda _: self.weigh())
        pane.customer_changed.connect(self._leave)
        pane.asking.answered.connect(self._answer)
        pane.asking.visit_wanted.connect(self._at_the_next_visit)
        pane.asking.put_off.connect(self._put_off)

    def weigh(self, _key: str = "") -> None:
        """Whether the call allows a question now; one that somebody is answering stays."""
        item = self._items.current
        call = None if item is None else item.call
        if item is None or call is None or not self._is_quiet(item):
            if not self._pane.asking.is_begun:
                self._pane.show_question("")
            return
        customer = item.customer
        if customer is None or self._pane.asking.field or call.id in self._asked:
            return
        asking = self._rooms.asking
        self._background.library.do(
            lambda: asking.next_for(customer), lambda field: self._ask(call.id, customer, field), self._failed
        )

    def _is_quiet(self, item: Item) -> bool:
        call, pane = item.call, self._pane
        if call is None or not call.is_talking:
            return False
        is_ringing = any(one.call is not None and one.call.state is CallState.RINGING for one in self._items)
        is_at_a_task = pane.editor.is_open or pane.merging.is_open or not pane.header.signals.card.isHidden()
        return not is_ringing and not is_at_a_task and pane.duplicates.shown is None

    def _ask(self, call_id: CallId, customer: Customer, field: str | None) -> None:
        item = self._items.current
        is_still = item is not None and item.call is not None and item.call.id == call_id
        if field is None or item is None or not is_still or self._pane.customer_id != customer.id:
            return
        if call_id not in self._asked and self._is_quiet(item):
            self._asked.add(call_id)
            self._about = customer
            self._pane.show_question(field)

    def _answer(self, typed: str) -> None:
        self._keep(lambda customer, field: self._rooms.asking.answer(customer, field, typed))

    def _put_off(self) -> None:
        self._keep(self._rooms.asking.put_off)

    def _at_the_next_visit(self) -> None:
        purpose = self._pane.asking.question
        self._keep(lambda customer, field: self._rooms.asking.at_the_next_visit(customer, field, purpose))

    def _keep(self, deed: Callable[[Customer, str], None]) -> None:
        customer, field = self._about, self._pane.asking.field
        if customer is None or not field:
            return
        self._background.store.do(lambda: deed(customer, field), self._is_kept, self._not_kept)

    def _is_kept(self, _: object) -> None:
        self._pane.show_question("")
        self.saved.emit()
        self.done.emit()

    def _not_kept(self, error: Exception) -> None:
        if isinstance(error, NotComplete):
            faults = (fault for fault in error.faults.values() if isinstance(fault, Fault))
            self._pane.asking.show_fault("".join(explain_fault(fault, LIMIT) for fault in faults))
        else:
            self._pane.asking.show_fault(explain(error))

    def _leave(self, _customer_id: str) -> None:
        self._about = None
        self._pane.show_question("")

    def _failed(self, error: Exception) -> None:
        self.told.emit(explain(error))
