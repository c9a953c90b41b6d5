"""Consents of the customer on the screen, kept as they are said; the wish to be erased, asked of the server."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from agent_desktop.errors import ServerRefused, ServerUnreachable
from agent_desktop.sync.privacy import WishKind
from agent_desktop.ui.background import Background
from agent_desktop.ui.customer.pane import CustomerPane
from agent_desktop.ui.messages.privacy import erasure_asked, erasure_needs_server, wish_refused
from agent_desktop.ui.messages.trouble import explain
from agent_desktop.ui.open_items import OpenItems
from agent_desktop.ui.rooms import Rooms
from agent_model.agent import Role
from agent_model.consent import ConsentChannel, ConsentHow
from agent_model.customer import CustomerId

MAY_ASK_ERASURE = (Role.TEAM_LEAD, Role.DUTY_MANAGER)


class ConsentDesk(QObject):
    told = Signal(str)
    saved = Signal()
    changed = Signal()
    """What the customer said is on the disk: the screen reads them again."""

    def __init__(
        self, rooms: Rooms, background: Background, items: OpenItems, pane: CustomerPane, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._rooms = rooms
        self._background = background
        self._items = items
        self._pane = pane
        pane.consent.offer_erasure(is_offered=rooms.agent.role in MAY_ASK_ERASURE)
        pane.consent.said.connect(self._keep)
        pane.consent.erasure_wanted.connect(self._ask)

    def _keep(self, channel: ConsentChannel, how: ConsentHow, is_given: bool) -> None:
        customer, consents, item = CustomerId(self._pane.customer_id), self._rooms.consents, self._items.current
        call_ref = None if item is None else item.call_ref

        def kept(_: object) -> None:
            self.saved.emit()
            self.changed.emit()

        record: Callable[[], object] = lambda: consents.record(customer, channel, how, call_ref, is_given=is_given)  # noqa: E731
        self._background.store.do(record, kept, lambda error: self.told.emit(explain(error)))

    def _ask(self, reason: str) -> None:
        """Of the server: that needs a second person, and nobody can be sure of it offline."""
        customer_id, wishes = self._pane.customer_id, self._rooms.person_wishes
        self._background.network.do(
            lambda: wishes.ask(WishKind.ERASURE, customer_id, reason), lambda _: self._asked(), self._not_asked
        )

    def _asked(self) -> None:
        self._pane.consent.put_away()
        self.told.emit(erasure_asked())

    def _not_asked(self, error: Exception) -> None:
        """The reason stays in its field."""
        match error:
            case ServerUnreachable():
                self.told.emit(erasure_needs_server())
            case ServerRefused():
                self.told.emit(wish_refused(error.code))
            case _:
                self.told.emit(explain(error))
