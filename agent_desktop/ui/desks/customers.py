"""The customer on the screen: choosing among several, making a new one, notes, older history, the whole number."""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QObject, Signal

from agent_desktop.customers.masking import of_customer
from agent_desktop.customers.profile import Known, Profile, Timeline, Unknown, Withdrawn, lent_by
from agent_desktop.ui.background import Background
from agent_desktop.ui.customer.pane import CustomerPane
from agent_desktop.ui.customer.strangers import NewCustomer
from agent_desktop.ui.messages.numbers import explain_field, explain_number
from agent_desktop.ui.messages.trouble import explain
from agent_desktop.ui.open_items import Item, OpenItems
from agent_desktop.ui.rooms import Rooms
from agent_model.customer import CustomerId, SegmentId
from agent_model.phone_number import PhoneNumber, display, on_record
from agent_model.phone_number.on_record import Purpose
from agent_model.row_change import RowHistory

ON_SCREEN = "shown on the screen"


class CustomerDesk(QObject):
    """`recognised(key, recognition)` whenever it becomes clear, or changes, whom an item is about."""

    recognised = Signal(str, object)
    left_over = Signal(str)
    """A note that was being written about somebody who is no longer here."""
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
        pane.field_wanted.connect(self._reveal_field)
        pane.history_wanted.connect(self._ask_history)

    def open(self, key: str, customer_id: str) -> None:
        """Reads the customer for this item and shows them; also when something about them has changed."""
        item = self._items.get(key)
        if item is None:
            return
        number = item.recognition.number if isinstance(item.recognition, Known) else None
        book = self._rooms.book
        self._background.store.do(
            lambda: (book.profile(CustomerId(customer_id)), book.is_filled),
            lambda read: self._read(key, number, read[0], is_filled=read[1]),
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

    def _read(self, key: str, number: PhoneNumber | None, profile: Profile | None, *, is_filled: bool = True) -> None:
        """While the cache is fetched again, a customer who is not in it is still who they were."""
        item = self._items.get(key)
        if profile is not None:
            platform = lent_by(item.recognition) if item is not None else None
            own = of_customer(number, profile.customer) if number else None
            self.recognised.emit(key, Known(own, profile, platform))
            return
        if item is None or isinstance(item.recognition, Withdrawn) or (item.customer is not None and not is_filled):
            return
        if is_filled and (item.recognition is None or item.customer is not None):
            self._withdraw(item)
        self.told.emit(self.tr("This customer is no longer here. Search again, or ask your team lead."))

    def _withdraw(self, item: Item) -> None:
        """Nothing of the customer stays on the screen but what was being written."""
        if item is self._items.current and (begun := self._pane.notes.begun):
            self.left_over.emit(begun)
        self.recognised.emit(item.key, Withdrawn())

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

    def _ask_history(self, before: int | None) -> None:
        """Of the server, which alone remembers it."""
        customer_id, ask, pane = self._pane.customer_id, self._rooms.row_history, self._pane

        def told(history: RowHistory) -> None:
            if pane.customer_id == customer_id:
                pane.show_history(history, self._rooms.clock(), is_more=before is not None)

        def failed(error: Exception) -> None:
            if pane.customer_id == customer_id:
                pane.changes.show_trouble(explain(error))

        self._background.network.do(lambda: ask("customer", customer_id, before), told, failed)

    def _reveal(self, number: str, reason: str) -> None:
        """The agent asked to see the whole number; where the site wants a reason, it is asked for first."""
        customer_id, book = self._pane.customer_id, self._rooms.book
        self._background.store.do(
            lambda: bool(reason) or not book.asks_why,
            lambda may: self._look(customer_id, number, reason or ON_SCREEN) if may else self._pane.ask_why(),
            self._not_shown,
        )

    def _look(self, customer_id: str, number: str, reason: str) -> None:
        """It is shown once it is kept, for the audit trail, that they did."""
        book, plan, tell = self._rooms.book, self._rooms.plan, self._rooms.tell_number

        def shown(told: str) -> None:
            if self._pane.customer_id == customer_id and self._pane.header.number == number:
                self._pane.show_revealed(display(PhoneNumber(told), plan), self._rooms.clock())

        def keep() -> str:
            book.note_reveal(CustomerId(customer_id), "phones", reason)
            return number

        if record := on_record(number):
            self._background.network.do(lambda: tell(record, Purpose.LOOK, reason), shown, self._not_shown)
        else:
            self._background.store.do(keep, shown, self._not_shown)

    def _reveal_field(self, field: str, reason: str) -> None:
        """As a number: of the server where only that has the field."""
        customer_id, book, tell = self._pane.customer_id, self._rooms.book, self._rooms.tell_field
        who, why, fields = CustomerId(customer_id), reason or ON_SCREEN, self._pane.header.fields

        def shown(told: str | None) -> None:
            if self._pane.customer_id != customer_id:
                return
            if told is None:
                self._background.network.do(lambda: tell(customer_id, field, why), shown, self._not_told)
            else:
                fields.show_field(field, told, self._rooms.clock())

        def look() -> str | None:
            here = book.field_here(who, field)
            if here is not None:
                book.note_reveal(who, field, why)
            return here

        def ask() -> None:
            self._background.store.do(look, shown, self._not_told)

        self._background.store.do(
            lambda: bool(reason) or not book.asks_why, lambda may: ask() if may else fields.ask_why(), self._not_told
        )

    def _not_told(self, error: Exception) -> None:
        self._pane.header.fields.hide_field()
        self.told.emit(explain_field(error))

    def _not_shown(self, error: Exception) -> None:
        self._pane.hide_revealed()
        self.told.emit(explain_number(error))

    def _failed(self, error: Exception) -> None:
        self.told.emit(explain(error))
