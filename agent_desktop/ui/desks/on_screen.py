"""Which of the open items is on the screen, and when another may take its place: never away from under the hands."""

from PySide6.QtCore import QObject, QTimer, Signal

from agent_desktop.customers import masking
from agent_desktop.customers.masking import said_name
from agent_desktop.customers.profile import Recognition
from agent_desktop.knowledge.guide_runs import GuideRun
from agent_desktop.tickets.draft import TicketDraft
from agent_desktop.ui.desks.calls import CallDesk
from agent_desktop.ui.desks.customers import CustomerDesk
from agent_desktop.ui.desks.guides import GuideDesk
from agent_desktop.ui.desks.hands import Hands
from agent_desktop.ui.desks.looking_up import LookingUp
from agent_desktop.ui.desks.notice_board import NoticeBoard
from agent_desktop.ui.desks.today import Today
from agent_desktop.ui.desks.wrapping_up import WrappingUp
from agent_desktop.ui.desks.writing import NO_ITEM, Writing
from agent_desktop.ui.open_items import Item, OpenItems, key_of_customer
from agent_desktop.ui.rooms import Rooms
from agent_desktop.ui.window.main_window import MainWindow
from agent_desktop.ui.window.notices import Weight
from agent_desktop.wrap_up import WrapUpDraft

SUGGEST_AFTER_MS = 400


class OnScreen(QObject):
    """Calls and customers come and go here; whatever must be told of the one on the screen is told from here."""

    item_opened = Signal()
    """Something else comes into the centre."""
    turned = Signal()
    """Another item is on the screen, or none."""
    call_ended = Signal(object)
    """The OwnCall, once it is over."""

    def __init__(
        self,
        rooms: Rooms,
        window: MainWindow,
        items: OpenItems,
        calls: CallDesk,
        customers: CustomerDesk,
        writing: Writing,
        wrapping: WrappingUp,
        looking_up: LookingUp,
        today: Today,
        notices: NoticeBoard,
        guides: GuideDesk,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._rooms = rooms
        self._guides = guides
        self._window = window
        self._items = items
        self._calls = calls
        self._customers = customers
        self._writing = writing
        self._wrapping = wrapping
        self._looking_up = looking_up
        self._today = today
        self._notices = notices
        self.hands = Hands(window, rooms.clock, self)
        self._shown: Recognition | None = None
        self._is_own_doing = False
        self._suggest = QTimer(self)
        self._suggest.setSingleShot(True)
        self._suggest.setInterval(SUGGEST_AFTER_MS)
        self._suggest.timeout.connect(self._suggest_now)
        calls.item_changed.connect(self._item_changed)
        calls.rang.connect(self._rang)
        calls.answered.connect(self._answered)
        calls.over.connect(self._call_over)
        calls.after.ended.connect(self._work_ended)
        customers.recognised.connect(self._agent_recognised)
        looking_up.customer_chosen.connect(self.open_customer)
        window.left.item_chosen.connect(self.open_item)
        window.left.item_closed.connect(self.close_item)
        for form in (window.right.form, window.right.wrap_up):
            form.draft_changed.connect(lambda _: self._suggest.start())

    def open_item(self, key: str) -> None:
        """This item comes onto the screen; what is typed for the one before is saved first."""
        item = self._items.get(key)
        if item is None:
            return
        self.item_opened.emit()
        self._items.current_key = key
        self._writing.turn_to(item)
        self._show_item(item)
        self._today.show_open()
        self._calls.outbound.show_again()
        self.turned.emit()

    def open_unfinished(self, drafts: tuple[TicketDraft, ...]) -> None:
        """What was being written when the window went is on the list again, the oldest first."""
        for draft in reversed(drafts):
            if draft.key != NO_ITEM:
                words = draft.subject or draft.description.partition("\n")[0] or draft.category
                self._open_again(draft, masking.text(words))
        self._today.show_open()

    def open_unwrapped(self, drafts: tuple[WrapUpDraft, ...]) -> None:
        """Calls that were being wrapped up when the window went, in the same way."""
        for draft in reversed(drafts):
            self._open_again(draft, masking.text(draft.note.partition("\n")[0]), draft.queue)
        self._today.show_open()

    def open_guided(self, runs: tuple[GuideRun, ...]) -> None:
        """Calls that a guide was gone through for when the window went, in the same way."""
        for run in reversed(runs):
            if run.key != NO_ITEM:
                self._open_again(run, masking.text(run.title))
        self._today.show_open()

    def _open_again(self, draft: TicketDraft | WrapUpDraft | GuideRun, words: str, queue: str | None = None) -> None:
        if self._items.get(draft.key) is not None:
            return
        self._items.put(Item(draft.key, words=words, brought_by=queue))
        if draft.customer_id is not None:
            self._customers.open(draft.key, draft.customer_id)

    def open_customer(self, customer_id: str) -> None:
        """A customer found by search: attached to the unknown caller on the screen, or opened beside the calls."""
        current = self._items.current
        if current is not None and current.call is not None and current.customer is None:
            self._customers.attach(current, customer_id)
            return
        key = next((item.key for item in self._items if item.customer and item.customer.id == customer_id), None)
        if key is None:
            key = key_of_customer(customer_id)
            self._items.put(Item(key))
            self._customers.open(key, customer_id)
        self.open_item(key)

    def open_begun(self, customer_id: str) -> None:
        """A customer with an unfinished change, onto the list; what is on the screen stays."""
        if any(item.customer and item.customer.id == customer_id for item in self._items):
            return
        key = key_of_customer(customer_id)
        self._items.put(Item(key))
        self._customers.open(key, customer_id)
        self._today.show_open()

    def close_item(self, key: str) -> None:
        """Off the list; a running call stays, and so does a draft: it is on the disk and comes back with the item."""
        item = self._items.get(key)
        if item is None or item.is_in_call:
            return
        self._writing.save_now()
        self._items.close(key)
        current = self._items.current
        self._writing.turn_to(current)
        if current is None:
            self._window.customer.show_nothing()
            self._looking_up.suggest_for(None)
        else:
            self._show_item(current)
        self._today.show_open()
        self._calls.outbound.show_again()
        self.turned.emit()

    def _show_item(self, item: Item) -> None:
        if item.recognition is not None:
            name = said_name(item.call.remote_name) if item.call else ""
            self._window.customer.show_recognition(item.recognition, self._rooms.clock(), name, item.key)
        elif item.words:
            self._window.customer.show_nothing()
        else:
            self._window.customer.show_waiting(None)
        self._suggest_now()

    def _item_changed(self, key: str) -> None:
        item = self._items.get(key)
        if item is not None and key == self._items.current_key and item.recognition is not None:
            shown = self._window.customer.customer_id
            if item.customer is None or item.customer.id != shown or self._recognition_is_new(item):
                self._show_or_tell(item)
        self._today.show_open()

    def _agent_recognised(self, key: str, recognition: Recognition) -> None:
        """The agent's own doing, which may take the form away that it was done in."""
        self._is_own_doing = True
        self._calls.take_recognition(key, recognition)
        self._is_own_doing = False

    def _show_or_tell(self, item: Item) -> None:
        """A late answer never takes a half-written form away: then it is said, and shown when the item is chosen."""
        is_somebody_else = item.customer is not None and item.customer.id != self._window.customer.customer_id
        if item.customer is not None and is_somebody_else and self.hands.hold_words and not self._is_own_doing:
            if named := self._items.customer_of(item):
                words = self.tr("The caller is known: {name}. Choose the open item again to see them.")
                self._notices.tell(words.format(name=named.name), Weight.INFO)
        else:
            self._show_item(item)

    def _recognition_is_new(self, item: Item) -> bool:
        is_new = item.recognition is not self._shown
        self._shown = item.recognition
        return is_new

    def _rang(self, key: str) -> None:
        """A ring moves nothing; only an empty centre shows the caller at once."""
        is_empty = self._items.current is None and not self._window.shows_ticket
        if is_empty and not self._has_words and not self.hands.are_writing:
            self.open_item(key)
        else:
            self._today.show_open()

    def _answered(self, key: str) -> None:
        """The caller comes onto the screen, unless the agent is in the middle of typing about somebody else."""
        if self._items.current_key != key and self.hands.are_writing:
            self._today.mark_unseen(key)
            if self._items.current is None:
                place = [item.key for item in self._items].index(key) + 1
                self._window.customer.show_unopened(f"Ctrl+{place}")
        else:
            self.open_item(key)

    def _call_over(self, item: Item) -> None:
        if item.call is None:
            return
        self.call_ended.emit(self._today.add(item, item.call))
        is_written = item.key == self._items.current_key and self._has_words
        if item.call.answered_at is None and not is_written:
            self._close_own(item)

    def forget(self, customers: frozenset[str]) -> None:
        """They were erased: nothing on the screen is about them any more; a call with one of them goes on."""
        for item in list(self._items):
            if item.customer is None or item.customer.id not in customers:
                continue
            if item.is_in_call:
                self._items.change(item.key, recognition=None)
            else:
                self.close_item(item.key)
        if self._window.customer.customer_id in customers:
            self._window.customer.show_nothing()
        self._today.show_open()
        self._today.read()

    def _close_own(self, item: Item) -> None:
        """A call that never rang here has no item, yet one of its matter may be open."""
        mine = self._items.get(item.key)
        if mine is not None and mine.call is not None and item.call is not None and mine.call.id == item.call.id:
            self.close_item(item.key)

    def _work_ended(self, key: str) -> None:
        """After-call work is done: the item goes, unless words are left in its form or its guide, or the caller comes
        back to it."""
        item = self._items.get(key)
        has_words = key == self._items.current_key and (self._has_words or self._guides.has_answers(key))
        if has_words or (item is not None and item.comes_back):
            self._today.show_open()
            return
        self.close_item(key)

    @property
    def _has_words(self) -> bool:
        return self._writing.has_words or self._wrapping.has_words

    def _suggest_now(self) -> None:
        right = self._window.right
        draft, note = right.form.draft, right.wrap_up.draft.note
        self._looking_up.suggest_for(
            self._items.current, draft.subject, (draft.description or note)[:200], right.form.category_name
        )
