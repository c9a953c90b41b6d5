"""Who is calling: asked of this disk at once, then of the server; the answer goes onto the open item."""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from agent_desktop.customers.profile import Recognition, Unknown
from agent_desktop.softphone.call import Call
from agent_desktop.ui.background import Background
from agent_desktop.ui.open_items import OpenItems
from agent_desktop.ui.rooms import Rooms
from agent_model.phone_number import normalise


class Recognising(QObject):
    """`known(key, recognition)` as often as more is known of an item."""

    known = Signal(str, object)

    def __init__(self, rooms: Rooms, background: Background, items: OpenItems, parent: QObject) -> None:
        super().__init__(parent)
        self._rooms = rooms
        self._background = background
        self._items = items

    def begin(self, key: str, call: Call, customer_id: str | None) -> None:
        """`customer_id` is whom the exchange named, or whose number was dialled."""
        self._look_up(call, lambda found: self._found(key, found), lambda _: self._not_read(key), customer_id)

    def ask(self, call: Call, then: Callable[[Recognition | None], None]) -> None:
        """Who it was, from this disk alone; None where it could not be read."""
        self._look_up(call, then, lambda _: then(None))

    def _look_up(
        self,
        call: Call,
        found: Callable[[Recognition], None],
        failed: Callable[[Exception], None],
        customer_id: str | None = None,
    ) -> None:
        pop, number, named = self._rooms.pop, call.remote_number, customer_id or call.invite.named_customer
        self._background.store.do(lambda: pop.recognise(number, named), found, failed)

    def _found(self, key: str, found: Recognition) -> None:
        if self._items.get(key) is None:
            return
        if isinstance(found, Unknown):
            found = replace(found, is_asking_server=True)
            self._ask_server(key, found)
        self.known.emit(key, found)

    def _ask_server(self, key: str, unknown: Unknown) -> None:
        nobody = replace(unknown, is_asking_server=False)

        def asked(is_somebody: bool) -> None:
            item = self._items.get(key)
            if item is None or not isinstance(item.recognition, Unknown) or item.call is None:
                return
            if is_somebody:
                self._look_up(
                    item.call, lambda again: self.known.emit(key, again), lambda _: self.known.emit(key, nobody)
                )
            else:
                self.known.emit(key, nobody)

        self._background.network.do(
            lambda: self._rooms.ask_server(unknown.number), asked, lambda _: self.known.emit(key, nobody)
        )

    def _not_read(self, key: str) -> None:
        """The cache could not be read: the call goes on, with the number only."""
        item = self._items.get(key)
        if item is not None and item.call is not None:
            number = normalise(item.call.remote_number, self._rooms.plan)
            if number is not None:
                self._found(key, Unknown(number))
