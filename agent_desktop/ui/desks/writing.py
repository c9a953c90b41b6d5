"""Writing tickets: every word on the disk within 800 ms, filed with one key, refused ones back for mending."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from agent_desktop.tickets.desk import NotChecked, NotComplete
from agent_desktop.tickets.draft import TicketDraft
from agent_desktop.ui.appearance.formats import Formats
from agent_desktop.ui.background import Background
from agent_desktop.ui.forms.facts import facts_of, products_of
from agent_desktop.ui.messages.trouble import explain
from agent_desktop.ui.open_items import Item
from agent_desktop.ui.rooms import Rooms
from agent_desktop.ui.unsaved import Unsaved
from agent_desktop.ui.window.ticket_form import TicketForm
from agent_model.ticket import Ticket, TicketId

NO_ITEM = "desk"
"""The key of what is written while nothing is open."""


class Writing(QObject):
    """The form shows one draft; the others are on the disk."""

    filed = Signal(object)
    check_wanted = Signal()
    """The business asks for an identity check first."""
    saved = Signal()
    turned = Signal(object)
    """The Item that the form belongs to from now on, or None."""
    found = Signal()
    """A draft of before stands in the form."""

    def __init__(
        self,
        rooms: Rooms,
        background: Background,
        form: TicketForm,
        formats: Formats,
        current: Callable[[], Item | None],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._rooms = rooms
        self._background = background
        self._form = form
        self._formats = formats
        self._current = current
        self._unsaved: Unsaved[TicketDraft] = Unsaved(self)
        self._unsaved.due.connect(self._save)
        self._awaits_number = TicketId("")
        form.draft_changed.connect(self._changed)
        form.save_wanted.connect(self._keep)
        self._products: dict[str, str] = {}

    @property
    def has_words(self) -> bool:
        """Something is in the form that has not been filed."""
        return not self._form.draft.is_empty

    def turn_to(self, item: Item | None) -> None:
        """The form belongs to this item from now on; what was written for the one before is saved first."""
        self.save_now()
        fresh = self._fresh(item)
        if self._form.draft.key == fresh.key and not self._form.draft.is_empty:
            return
        self._form.show_draft(fresh)
        self.turned.emit(item)
        self._tell_facts(item)
        self._background.store.do(lambda: self._rooms.drafts.of(fresh.key), self._found, self._not_read)

    def learn(self, key: str) -> None:
        """Something became known of an item's call or customer."""
        item = self._current()
        if item is not None and item.key == key == self._form.draft.key:
            self._tell_facts(item)

    def sold(self, products: Mapping[str, str]) -> None:
        """What the company sells, by id."""
        self._products = dict(products)
        self._tell_facts(self._current())

    def _tell_facts(self, item: Item | None) -> None:
        facts = facts_of(item, self._rooms.plan, self._formats, self._rooms.clock())
        self._form.asked.know(facts, products_of(item, self._products))

    def take_up(self, draft: TicketDraft) -> None:
        """A refused ticket, to be mended."""
        self.save_now()
        self._form.show_draft(draft)
        self._form.start()

    def forget(self, customers: frozenset[str]) -> None:
        """They were erased: what is in the form about them goes, and nothing of it is saved."""
        if self._form.draft.customer_id in customers:
            self._unsaved.forget()
            key = self._form.draft.key
            self._form.show_draft(TicketDraft(key))
            self._background.store.do(lambda: self._rooms.drafts.drop(key), failed=self._not_read)

    def save_now(self) -> None:
        self._unsaved.save_now()

    def _save(self, draft: TicketDraft) -> None:
        self._background.store.do(lambda: self._rooms.drafts.save(draft), self._draft_saved, self._draft_not_saved)

    def _fresh(self, item: Item | None) -> TicketDraft:
        if item is None:
            return TicketDraft(NO_ITEM)
        return TicketDraft(item.key, customer_id=_customer_id(item), call_ref=item.call_ref)

    def _found(self, draft: TicketDraft | None) -> None:
        """Shown unless the agent has gone on meanwhile; beneath it stands what was written before it came."""
        now = self._form.draft
        if draft is None or draft.key != now.key or draft.is_empty:
            return
        if now.is_empty:
            self._form.show_draft(draft)
        else:
            self._form.take(draft.with_later(now))
        self._tell_facts(self._current())
        self.found.emit()

    def _not_read(self, error: Exception) -> None:
        self._form.show_failure(explain(error))

    def _changed(self, draft: TicketDraft) -> None:
        self._unsaved.keep(self.named(draft))

    def _keep(self, draft: TicketDraft) -> None:
        self._unsaved.keep(self.named(draft))
        self.save_now()

    def _draft_saved(self, draft: TicketDraft) -> None:
        if draft.key == self._form.draft.key and draft.saved_at is not None:
            self._form.show_saved(draft.saved_at)

    def _draft_not_saved(self, error: Exception) -> None:
        """The text stays on the screen and is tried again."""
        self._form.show_not_saved()
        self._form.show_failure(explain(error))
        if not self._form.draft.is_empty:
            self._changed(self._form.draft)

    def file(self, draft: TicketDraft) -> None:
        self.save_now()
        draft, shown = self.named(draft), self._form.draft
        self._form.show_sending(sending=True)
        self._background.store.do(
            lambda: self._rooms.desk.file(draft),
            lambda ticket: self.is_filed(shown, ticket),
            lambda error: self._not_filed(error),
        )

    def named(self, draft: TicketDraft) -> TicketDraft:
        """With the customer of its item, who may have been recognised after the form was opened."""
        item = self._current()
        if item is None or item.key != draft.key:
            return draft
        return replace(draft, customer_id=_customer_id(item) or draft.customer_id)

    def is_filed(self, draft: TicketDraft, ticket: Ticket) -> None:
        """What stood in the form when it was filed is gone from it, unless more was typed since."""
        self._form.show_sending(sending=False)
        now = self._form.draft
        if replace(now, saved_at=None, facts={}) == replace(draft, saved_at=None, facts={}):
            self._unsaved.forget()
            self._form.show_draft(TicketDraft(draft.key, draft.customer_id, draft.call_ref, facts=draft.facts))
            self._form.show_filed(self.tr("Ticket saved. Its number comes with the next sync."))
            self._awaits_number = ticket.id
        self.filed.emit(ticket)
        self.saved.emit()

    def rows_changed(self, ids: frozenset[str]) -> None:
        """The server may have numbered the ticket that was filed last: then the form says its number."""
        ticket_id = self._awaits_number
        if ticket_id in ids:
            self._background.store.do(lambda: self._rooms.desk.ticket(ticket_id), self._numbered, self._not_read)

    def _numbered(self, ticket: Ticket | None) -> None:
        if ticket is not None and ticket.number is not None and ticket.id == self._awaits_number:
            self._awaits_number = TicketId("")
            if self._form.draft.is_empty:
                self._form.show_filed(self.tr("Ticket {number} is on the server.").format(number=ticket.number))

    def tell_not_checked(self, error: NotChecked) -> None:
        """What is missing is said where the ticket is, and the check is opened."""
        language = self._formats.language
        words = self.tr("This business needs an identity check in this call: {needed} (now: {reached}).")
        needed, reached = error.needed.in_language(language), error.reached.in_language(language)
        self._form.show_failure(words.format(needed=needed, reached=reached))
        self.check_wanted.emit()

    def _not_filed(self, error: Exception) -> None:
        if isinstance(error, NotComplete):
            self._form.show_sending(sending=False)
            self._form.show_lacks(error.lacks, error.faults)
        elif isinstance(error, NotChecked):
            self.tell_not_checked(error)
        else:
            self._form.show_failure(explain(error))


def _customer_id(item: Item) -> str | None:
    return item.customer.id if item.customer else None
