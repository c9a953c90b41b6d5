"""What the site asks of the customer on the screen, read behind the pop."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal

from agent_desktop.customers.own_fields import OwnValues
from agent_desktop.ui.background import Background
from agent_desktop.ui.customer.pane import CustomerPane
from agent_desktop.ui.directory import Directory
from agent_desktop.ui.messages.trouble import explain
from agent_desktop.ui.rooms import Rooms

READ_AFTER_MS = 300
"""The pop is painted by then."""


class OwnFieldsDesk(QObject):
    told = Signal(str)

    def __init__(
        self, rooms: Rooms, background: Background, pane: CustomerPane, names: Callable[[], Directory], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._rooms = rooms
        self._background = background
        self._pane = pane
        self._names = names
        self._after_the_pop = QTimer(self)
        self._after_the_pop.setSingleShot(True)
        self._after_the_pop.setInterval(READ_AFTER_MS)
        self._after_the_pop.timeout.connect(self._read)
        pane.customer_shown.connect(lambda _: self.read_again())

    def read_again(self) -> None:
        """The customer or the form has changed."""
        self._pane.editor.offer_products(tuple(self._names().products.items()))
        if self._pane.customer_id:
            self._after_the_pop.start()

    def _read(self) -> None:
        customer_id, own = self._pane.customer_id, self._rooms.own_fields

        def shown(values: OwnValues) -> None:
            if self._pane.customer_id == customer_id:
                self._pane.show_own(values, self._names())

        if customer_id:
            self._background.store.do(lambda: own.of(customer_id), shown, self._failed, replaces="own fields")

    def _failed(self, error: Exception) -> None:
        self.told.emit(explain(error))
