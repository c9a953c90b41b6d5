"""The customer on the screen: choosing among several, making a new one, notes, older history, the whole number."""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QObject, Signal

from agent_desktop.customers.profile import Known, Profile, Timeline, Unknown
from agent_desktop.ui.background import Background
from agent_desktop.ui.customer.pane import CustomerPane
from agent_desktop.ui.customer.strangers import NewCustomer
from agent_desktop.ui.messages import explain
from agent_desktop.ui.open_items import Item, OpenItems
from agent_desktop.ui.rooms import Rooms
from agent_model.customer import CustomerId, SegmentId
from agent_model.phone_number import PhoneNumber, display

ON_SCREEN = "shown on the screen"


class CustomerDesk(QObject):
    """`recognised(key, recognition)` whenever it becomes clear, or changes, whom an item is about."""

    recognised = Signal(str, object)
    told = Signal(str)
    saved = Signal()

    def __init__(
        self,
        rooms: Rooms,
        background: Background,
        items: OpenItems,
        pane: CustomerPane,
        segment: Callable[[], SegmentId],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._rooms = rooms
        self._background = background
        self._items = items
        self._pane = pane
        self._segment = segment
        pane.candidate_chosen.connect(self._choose)
        pane.create_wanted.connect(self._create)
        pane.note_written.connect(self._note)
        pane.earlier_wanted.connect(self._earlier)
        pane.reveal_wanted.connect(self._reveal)

    def open(self, key: str, customer_id: str) -> None:
        """Reads the customer for this item and shows them; also when something about them has changed."""
        item = self._items.get(key)
        if item is None:
            return
        number = item.recognition.number if isinstance(item.recognition, Known) else None
        book = self._rooms.book
        self._background.store.do(
            lambda: book.profile(CustomerId(customer_id)),
            lambda profile: self._read(key, number, profile),
            self._failed,
        )

    def attach(self, item: Item, customer_id: str) -> None:
        """The caller nobody knew is this customer: the number is learned."""
        number = item.recognition.number if isinstance(item.recognition, Unknown) else None
        book = self._rooms.book

        def attach() -> Profile | None:
            customer = book.customer(CustomerId(customer_id))
            if customer is not None and number is not None:
                customer = book.attach_number(customer, number)
            return None if customer is None else book.profile(customer.id)

        self._background.store.do(attach, lambda profile: self._made(item.key, number, profile), self._failed)

    def _choose(self, customer_id: str) -> None:
        item = self._items.current
        if item is not None:
            self.open(item.key, customer_id)

    def _create(self, new: NewCustomer) -> None:
        item = self._items.current
        if item is None:
            return
        book, segment = self._rooms.book, self._segment()

        def create() -> Profile | None:
            customer = book.create(new.name, new.number, segment, company=new.company or None)
            return book.profile(customer.id)

        self._background.store.do(create, lambda profile: self._made(item.key, new.number, profile), self._failed)

    def _made(self, key: str, number: PhoneNumber | None, profile: Profile | None) -> None:
        self._read(key, number, profile)
        self.saved.emit()

    def _read(self, key: str, number: PhoneNumber | None, profile: Profile | None) -> None:
        if profile is None:
            self.told.emit(self.tr("This customer is no longer here. Search again, or ask your team lead."))
        else:
            self.recognised.emit(key, Known(number, profile))

    def _note(self, customer_id: str, text: str) -> None:
        item = self._items.current
        if item is None:
            return
        book, author = self._rooms.book, self._rooms.agent.id

        def note() -> Profile | None:
            customer = book.customer(CustomerId(customer_id))
            if customer is not None:
                book.add_note(customer, text, author)
            return book.profile(CustomerId(customer_id))

        number = item.recognition.number if isinstance(item.recognition, Known) else None
        self._background.store.do(note, lambda profile: self._made(item.key, number, profile), self._failed)

    def _earlier(self, customer_id: str, moment: datetime) -> None:
        def shown(timeline: Timeline) -> None:
            if self._pane.customer_id == customer_id:
                self._pane.add_earlier(timeline)

        book = self._rooms.book
        self._background.store.do(lambda: book.timeline(CustomerId(customer_id), moment), shown, self._failed)

    def _reveal(self, number: str) -> None:
        """The agent asked to see the whole number: it is shown once it is kept, for the audit trail, that they did."""
        customer_id, book = self._pane.customer_id, self._rooms.book

        def shown(_kept: object) -> None:
            if self._pane.customer_id == customer_id:
                self._pane.show_revealed(display(PhoneNumber(number), self._rooms.plan), self._rooms.clock())

        def keep() -> object:
            return book.note_reveal(CustomerId(customer_id), "phones", ON_SCREEN) if customer_id else None

        self._background.store.do(keep, shown, self._failed)

    def _failed(self, error: Exception) -> None:
        self.told.emit(explain(error))
