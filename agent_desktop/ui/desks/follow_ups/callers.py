"""What is owed to whoever calls: shown with the pop, and cleared once anybody answers their own call."""

from PySide6.QtCore import QObject, Signal

from agent_desktop.customers.profile import Unknown
from agent_desktop.softphone.call import CallState, Direction
from agent_desktop.ui.appearance.formats import Formats
from agent_desktop.ui.background import Background
from agent_desktop.ui.customer.pane import CustomerPane
from agent_desktop.ui.follow_ups.words import ICONS, owed_words
from agent_desktop.ui.messages.trouble import explain
from agent_desktop.ui.open_items import Item, OpenItems
from agent_desktop.ui.rooms import Rooms
from agent_model.customer import CustomerId
from agent_model.follow_up import FollowUp
from agent_model.phone_number import PhoneNumber

Who = tuple[CustomerId | None, PhoneNumber | None]


class OwedToCallers(QObject):
    """`cleared` when a callback was, `taken(key)` when the agent wants to see one of them."""

    told = Signal(str)
    saved = Signal()
    cleared = Signal()
    taken = Signal(str)

    def __init__(
        self,
        rooms: Rooms,
        background: Background,
        items: OpenItems,
        pane: CustomerPane,
        formats: Formats,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._rooms = rooms
        self._background = background
        self._items = items
        self._pane = pane
        self._formats = formats
        self._cleared: set[tuple[str, Who]] = set()
        self._shown_for: Who = (None, None)
        pane.customer_shown.connect(lambda _: self.read())
        pane.customer_changed.connect(lambda _: self._changed())
        pane.owed.taken.connect(self.taken)

    def read(self) -> None:
        """For whom the pane shows now."""
        who = self._who()
        if who == (None, None):
            self._pane.owed.show_owed(())
            return
        self._background.store.do(
            lambda: self._owed(who), lambda owed: self._show(who, owed), self._failed, replaces="owed"
        )

    def hear(self, key: str) -> None:
        """A call changed, or it is known now who it is."""
        item = self._items.get(key)
        if item is None:
            return
        if key == self._items.current_key and self._who() != self._shown_for:
            self.read()
        call = item.call
        if call is not None and call.direction is Direction.INCOMING and call.state is CallState.CONNECTED:
            self._clear(item)

    def _changed(self) -> None:
        self._pane.owed.show_owed(())
        self.read()

    def _who(self) -> Who:
        if self._pane.customer_id:
            return CustomerId(self._pane.customer_id), None
        item = self._items.current
        return (None, None) if item is None else _caller(item)

    def _owed(self, who: Who) -> tuple[FollowUp, ...]:
        customer, number = who
        room = self._rooms.follow_ups
        if customer is not None:
            return room.owed_to(customer)
        return () if number is None else room.owed_to_number(number)

    def _show(self, who: Who, owed: tuple[FollowUp, ...]) -> None:
        if who != self._who():
            return
        self._shown_for, now = who, self._rooms.clock()
        self._pane.owed.show_owed(tuple((one.id, ICONS[one.kind], owed_words(one, now, self._formats)) for one in owed))

    def _clear(self, item: Item) -> None:
        """Once for each call and whom it turns out to be of."""
        customer, number = who = _caller(item)
        if who == (None, None) or (item.key, who) in self._cleared:
            return
        self._cleared.add((item.key, who))
        call_ref = item.call_ref or item.key

        def kept(cleared: tuple[FollowUp, ...]) -> None:
            if cleared:
                words = self.tr("The callback is done with this call: {purpose}")
                self.told.emit(words.format(purpose=cleared[0].purpose))
                self.read()
                self.cleared.emit()
                self.saved.emit()

        self._background.store.do(
            lambda: self._rooms.follow_ups.called_in(customer, number, call_ref), kept, self._failed
        )

    def _failed(self, error: Exception) -> None:
        self.told.emit(explain(error))


def _caller(item: Item) -> Who:
    if item.customer is not None:
        return item.customer.id, None
    if isinstance(item.recognition, Unknown):
        return None, item.recognition.number
    return None, None
