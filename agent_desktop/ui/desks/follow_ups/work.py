"""All that callbacks and return visits are on the screen, tied to the calls, the customer and the window."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from agent_desktop.customers.profile import Known, Unknown
from agent_desktop.sync.events import ScopeChanged
from agent_desktop.ui.appearance.formats import Formats
from agent_desktop.ui.background import Background
from agent_desktop.ui.desks.calls import CallDesk
from agent_desktop.ui.desks.follow_ups.callers import OwedToCallers
from agent_desktop.ui.desks.follow_ups.desk import FollowUpDesk
from agent_desktop.ui.desks.follow_ups.making import ForWhom, Making
from agent_desktop.ui.desks.follow_ups.reminding import Reminding
from agent_desktop.ui.desks.hands import Hands
from agent_desktop.ui.directory import Directory
from agent_desktop.ui.open_items import Item, OpenItems
from agent_desktop.ui.rooms import Rooms
from agent_desktop.ui.window.main_window import MainWindow
from agent_desktop.ui.window.rail import Page
from agent_model.customer import Customer, CustomerId
from agent_model.phone_number import PhoneNumber, masked
from agent_model.ticket import Ticket


class FollowUpWork(QObject):
    """`customer_wanted(id)` and `dial_wanted(number)` as the desk has them."""

    told = Signal(str)
    saved = Signal()
    customer_wanted = Signal(str)
    dial_wanted = Signal(str)

    def __init__(
        self,
        rooms: Rooms,
        background: Background,
        window: MainWindow,
        items: OpenItems,
        calls: CallDesk,
        hands: Hands,
        formats: Formats,
        names: Callable[[], Directory],
        ticket: Callable[[], Ticket | None],
        parent: QObject,
    ) -> None:
        """`ticket` is the one on its page, while that is on the screen."""
        super().__init__(parent)
        self._rooms = rooms
        self._ticket = ticket
        self._window = window
        self._items = items
        self._background = background
        reminding = Reminding(hands, lambda: any(item.is_in_call for item in items), self)
        self.desk = FollowUpDesk(rooms, background, window, reminding, formats, names, self)
        self.owed = OwedToCallers(rooms, background, items, window.customer, formats, self)
        self.making = Making(rooms, background, window, formats, self)
        for one in (self.desk, self.owed, self.making):
            one.told.connect(self.told)
            one.saved.connect(self.saved)
        reminding.told.connect(self.told)
        self.desk.customer_wanted.connect(self.customer_wanted)
        self.desk.dial_wanted.connect(self.dial_wanted)
        self.owed.cleared.connect(self.desk.read)
        self.owed.taken.connect(self.open)
        self.making.made.connect(lambda _: self.read())
        self.making.left.connect(self._back)
        calls.item_changed.connect(self.owed.hear)
        calls.answered.connect(lambda key: self._began(items.get(key)))
        calls.over.connect(self.desk.call_over)
        window.follow_up_wanted.connect(self.start)

    def rows_came(self, change: ScopeChanged) -> None:
        if not change.entities or change.entities & {"follow_up", "follow_up_plan", "customer"}:
            self.read()

    def read(self) -> None:
        """Rows came, or something was kept."""
        self.desk.read()
        self.owed.read()

    def open(self, id_: str) -> None:
        self._window.show_page(Page.WORKSPACE)
        self.desk.open(id_)

    def start(self) -> None:
        """The band gets the keyboard; without one a promise is made to whoever is on the screen."""
        band, ticket = self._window.follow_ups, self._ticket()
        if ticket is None:
            self._window.show_page(Page.WORKSPACE)
        if band.shows_card:
            band.card.start()
        elif band.shows_form:
            band.form.start()
        elif ticket is not None:
            self.promise_about(ticket)
        else:
            self.promise(self._on_screen())

    def promise(self, whom: ForWhom | None) -> None:
        if whom is None:
            self.told.emit(self.tr("Nobody is on the screen to promise something to: search a customer with Ctrl+K."))
        else:
            self.making.start(whom)

    def promise_about(self, ticket: Ticket) -> None:
        """To the customer of a ticket, about it."""
        id_ = ticket.customer_id
        if id_ is None:
            self.promise(None)
            return
        self._background.store.do(
            lambda: self._rooms.book.customer(CustomerId(id_)),
            lambda customer: self.promise(None if customer is None else _customer(customer, None, ticket.id)),
        )

    def _began(self, item: Item | None) -> None:
        if item is not None:
            self.desk.call_began(item)

    def _on_screen(self) -> ForWhom | None:
        item = self._items.current
        match item.recognition if item is not None else None:
            case Known(number, profile):
                return _customer(profile.customer, number)
            case Unknown(number):
                return ForWhom(masked(number), number=number)
        return None

    def _back(self) -> None:
        self._window.left.view.setFocus()


def _customer(customer: Customer, number: PhoneNumber | None, ticket_id: str | None = None) -> ForWhom:
    phones = customer.phones
    position = phones.index(number) if number in phones else 0
    return ForWhom(customer.name, customer.id, phones[position] if phones else None, position, ticket_id)
