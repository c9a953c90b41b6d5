"""Wrapping calls up: note, disposition, ticket and callback on the disk as they are typed, and saved with one key."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from PySide6.QtCore import QObject, Signal

from agent_desktop.customers.follow_ups import Promise
from agent_desktop.customers.profile import Known, Unknown
from agent_desktop.customers.when_words import read_when, tomorrow_morning
from agent_desktop.tickets.desk import NotChecked, NotComplete
from agent_desktop.tickets.draft import TicketDraft
from agent_desktop.ui.appearance.formats import Formats
from agent_desktop.ui.background import Background
from agent_desktop.ui.desks.after_call import AfterCall
from agent_desktop.ui.desks.writing import Writing
from agent_desktop.ui.messages.trouble import explain, explain_rejection
from agent_desktop.ui.open_items import Item, OpenItems
from agent_desktop.ui.rooms import Rooms
from agent_desktop.ui.time_left import due_moment
from agent_desktop.ui.unsaved import Unsaved
from agent_desktop.ui.window.right_panel import RightPanel
from agent_desktop.wrap_up import Disposition, WrapUpDraft
from agent_model.customer import contact_id_of
from agent_model.follow_up import FollowUpKind
from agent_model.ticket import Ticket

SUBJECT_LENGTH = 60
"""Of the note's first line, where it becomes a ticket's subject."""


@dataclass(frozen=True, slots=True)
class _Given:
    """What the ticket was filled with from the wrap-up; a field that holds something else is the agent's own."""

    subject: str = ""
    category: str = ""
    description: str = ""


class WrappingUp(QObject):
    """The form shows one call's draft; the others are on the disk."""

    told = Signal(str)
    saved = Signal()

    def __init__(
        self,
        rooms: Rooms,
        background: Background,
        right: RightPanel,
        items: OpenItems,
        after: AfterCall,
        writing: Writing,
        formats: Formats,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._rooms = rooms
        self._background = background
        self._right = right
        self._form = right.wrap_up
        self._items = items
        self._after = after
        self._writing = writing
        self._formats = formats
        self._dispositions: tuple[Disposition, ...] = ()
        self._given = _Given()
        self._is_proposed = False
        self._with_ticket: set[str] = set()
        self._unsaved: Unsaved[WrapUpDraft] = Unsaved(self)
        self._unsaved.due.connect(self._save_draft)
        form = self._form
        form.disposition.picked.connect(self._picked)
        form.disposition.favourite_wanted.connect(self._prefer)
        form.draft_changed.connect(self._changed)
        right.form.draft_changed.connect(self._ticket_changed)
        right.form.submit_wanted.connect(self._submit)
        writing.turned.connect(self.turn_to)
        writing.found.connect(self._ticket_found)
        after.finish_wanted.connect(self.finish)
        after.disposition_missing.connect(self._ask_disposition)
        after.ended.connect(lambda key: self._settle(key, _nothing))

    @property
    def has_words(self) -> bool:
        """Something of the call on the screen is typed and not saved."""
        draft, item = self._form.draft, self._items.get(self._form.draft.key)
        saved_code = item.wrap_up_code if item is not None else None
        return bool(draft.note.strip() or draft.calls_back or (draft.code and draft.code != saved_code))

    def offer(
        self, dispositions: tuple[Disposition, ...], favourites: tuple[str, ...], recent: tuple[str, ...]
    ) -> None:
        self._dispositions = dispositions
        self._form.disposition.like(favourites, recent)
        self._offer_for(self._items.current)

    def turn_to(self, item: Item | None) -> None:
        """The form belongs to this item from now on; what was typed for the one before is saved first."""
        self.save_now()
        is_of_call = item is not None and item.is_of_call
        if item is None or not is_of_call:
            self._right.show_of_call(is_of_call=False)
            self._form.show_draft(WrapUpDraft(""))
            return
        if self._form.draft.key == item.key:
            return
        self._given, self._is_proposed = _Given(), False
        self._form.show_draft(WrapUpDraft(item.key, _customer_id(item), code=item.wrap_up_code or ""))
        self._right.take_up_call()
        self._offer_for(item)
        self._ticket_found()
        wrap_ups = self._rooms.wrap_ups
        self._background.store.do(lambda: wrap_ups.of(item.key), self._found, self._trouble)

    def take_up(self, draft: WrapUpDraft) -> None:
        """A refused wrap-up of the call on the screen, to be mended."""
        self.save_now()
        self._right.start_wrap_up()
        self._show(draft, goes_there=True)

    def _show(self, draft: WrapUpDraft, *, goes_there: bool) -> None:
        """What is kept of a call; a disposition that it may not come to any more is not chosen for anybody again."""
        if draft.refused and self._form.disposition.disposition(draft.code) is None:
            draft = replace(draft, code="")
        self._form.show_draft(draft)
        self._show_due(draft)
        if draft.refused:
            is_code = "disposition" in draft.refused
            self._form.show_faults(
                {"code" if is_code else "note": explain_rejection(draft.refused)}, goes_there=goes_there
            )

    def learn(self, key: str) -> None:
        """Something became known of an item's call or customer."""
        if key == self._form.draft.key:
            self._offer_for(self._items.get(key))

    def save_now(self) -> None:
        self._unsaved.save_now()

    def _save_draft(self, draft: WrapUpDraft) -> None:
        wrap_ups = self._rooms.wrap_ups
        self._background.store.do(lambda: wrap_ups.save(draft), self._draft_saved, self._draft_not_saved)

    def finish(self) -> None:
        """The agent says that the work is done: note and disposition are saved; a ticket that is begun stays begun."""
        key = self._after.key
        if key is None:
            self._after.finish()
        else:
            self._settle(key, self._after.finish)

    # ---- typing -----------------------------------------------------------------------------------------

    def _offer_for(self, item: Item | None) -> None:
        if item is None or not item.is_of_call:
            return
        offered = [one for one in self._dispositions if one.is_for(item.queue)]
        self._form.disposition.offer(offered)
        self._form.show_required(is_required=self._after.policy_of(item).needs_disposition)

    def _found(self, draft: WrapUpDraft | None) -> None:
        """Shown unless the agent has gone on meanwhile or begun to write."""
        now = self._form.draft
        if draft is None or draft.key != now.key or now.note or now.has_ticket or now.calls_back:
            return
        self._show(draft, goes_there=False)
        self._ticket_found()
        self._after.disposition_is(draft.key, chosen=bool(draft.code))

    def _changed(self, draft: WrapUpDraft) -> None:
        self._prefill(draft)
        self._show_due(draft)
        item = self._items.get(draft.key)
        if item is None:
            return
        self._unsaved.keep(replace(draft, customer_id=_customer_id(item) or draft.customer_id))
        self._after.disposition_is(draft.key, chosen=bool(draft.code))

    def _picked(self, code: str) -> None:
        """A disposition that mostly leads to a ticket or a callback proposes it."""
        one = self._form.disposition.disposition(code)
        if one is None:
            return
        proposes = one.category is not None and self._form.draft.key not in self._with_ticket
        if proposes or (self._is_proposed and self._is_as_given):
            self._is_proposed = proposes
            self._form.tick_ticket(is_wanted=proposes)
        if one.calls_back:
            self._form.tick_callback()

    def _prefill(self, draft: WrapUpDraft) -> None:
        """The ticket begins with what the wrap-up says, as long as nobody writes something else there."""
        form, before = self._right.form, self._given
        if form.draft.key != draft.key:
            return
        one = self._form.disposition.disposition(draft.code)
        given = _Given()
        if draft.has_ticket:
            note = draft.note.strip()
            subject = _first_line(note) or (one.name if one is not None else "")
            given = _Given(subject, (one.category or "") if one is not None else "", note or subject)
        now = form.draft
        after = _Given(
            given.subject if now.subject in ("", before.subject) else now.subject,
            given.category if now.category in ("", before.category) else now.category,
            given.description if now.description in ("", before.description) else now.description,
        )
        self._given = given
        if after != _Given(now.subject, now.category, now.description):
            form.prefill(after.subject, after.category, after.description)

    @property
    def _is_as_given(self) -> bool:
        now = self._right.form.draft
        return _Given(now.subject, now.category, now.description) == self._given

    def _ticket_changed(self, draft: TicketDraft) -> None:
        """Whoever writes in the ticket wants it."""
        if draft.key == self._form.draft.key and not draft.is_empty and not self._form.ticket.isChecked():
            self._form.tick_ticket(is_wanted=True)

    def _ticket_found(self) -> None:
        """A ticket that was begun stands there, whole."""
        draft = self._right.form.draft
        if draft.key == self._form.draft.key and not draft.is_empty:
            self._right.show_whole_ticket()

    def _ask_disposition(self) -> None:
        if self._after.key == self._form.draft.key:
            self._form.show_faults({"code": self.tr("Choose what the call came to.")})

    def _prefer(self, code: str, is_favourite: bool) -> None:
        wrap_ups = self._rooms.wrap_ups

        def prefer() -> tuple[tuple[str, ...], tuple[str, ...]]:
            return wrap_ups.prefer(code, is_favourite=is_favourite), wrap_ups.recent()

        self._background.store.do(prefer, lambda found: self._form.disposition.like(*found), self._trouble)

    # ---- saving -----------------------------------------------------------------------------------------

    def _submit(self, ticket: TicketDraft) -> None:
        item, draft = self._items.current, self._form.draft
        if item is None or not item.is_of_call or not item.key == draft.key == ticket.key:
            self._writing.file(ticket)
            return
        faults = self._faults(item, draft)
        self._form.show_faults(faults)
        if not faults:
            self._save(item, draft, self._writing.named(ticket) if draft.has_ticket else None)

    def _faults(self, item: Item, draft: WrapUpDraft) -> dict[str, str]:
        """Why it cannot be saved, by field. During the call only what is on its way at once has to do."""
        faults = {}
        if draft.calls_back and self._due(draft) is None:
            faults["due"] = self.tr("Write when to call back, such as “tomorrow 10:00” or “in 2 h”.")
        elif draft.calls_back and item.customer is None and not isinstance(item.recognition, Unknown):
            faults["due"] = self.tr("Nobody could be called back: choose or create the customer first.")
        if not item.is_in_call:
            if self._after.policy_of(item).needs_disposition and not draft.code:
                faults["code"] = self.tr("Choose what the call came to.")
            if draft.note.strip() and item.customer is None and not draft.has_ticket:
                faults["note"] = self.tr("Nobody is named as the caller. Choose or create them, or tick the ticket.")
        return faults

    def _due(self, draft: WrapUpDraft) -> datetime | None:
        """When to call back: tomorrow morning where nothing is written."""
        now = self._rooms.clock()
        zone = self._formats.local(now).tzinfo
        return read_when(draft.due, now, zone) if draft.due.strip() else tomorrow_morning(now, zone)

    def _promise(self, item: Item, draft: WrapUpDraft) -> Promise | None:
        due_at = self._due(draft) if draft.calls_back else None
        if due_at is None:
            return None
        one = self._form.disposition.disposition(draft.code)
        purpose = _first_line(draft.note) or (one.name if one is not None else "")
        number = item.recognition.number if isinstance(item.recognition, (Known, Unknown)) else None
        customer = item.customer
        if customer is None:
            return Promise(FollowUpKind.CALLBACK, purpose, due_at, number=number)
        position = customer.phones.index(number) if number in customer.phones else 0
        called = customer.phones[position] if customer.phones else number
        return Promise(FollowUpKind.CALLBACK, purpose, due_at, customer.id, called, position)

    def _show_due(self, draft: WrapUpDraft) -> None:
        due_at = self._due(draft) if draft.calls_back else None
        now = self._rooms.clock()
        self._form.show_understood("" if due_at is None else due_moment(due_at, now, self._formats))

    def _save(self, item: Item, draft: WrapUpDraft, ticket: TicketDraft | None) -> None:
        """All of it or nothing. Note and disposition of a call that goes on are saved when it has ended."""
        self.save_now()
        self._writing.save_now()
        rooms, shown, promise = self._rooms, self._right.form.draft, self._promise(item, draft)
        contact_id = contact_id_of(item.call_ref or "", rooms.agent.id)
        left = replace(draft, has_ticket=False, calls_back=False, due="")
        if not item.is_in_call:
            left = WrapUpDraft(draft.key)

        def save() -> Ticket | None:
            with rooms.wrap_ups.as_one(left):
                if not item.is_in_call:
                    rooms.book.wrap_up(contact_id, draft.code, draft.note)
                filed = None if ticket is None else rooms.desk.file(ticket)
                if promise is not None:
                    rooms.follow_ups.create(replace(promise, ticket_id=filed.id if filed else None))
            if not item.is_in_call:
                rooms.wrap_ups.settle(draft)
            return filed

        self._right.form.show_sending(sending=True)
        self._background.store.do(
            save, lambda filed: self._is_saved(item, draft, left, shown, filed), lambda error: self._not_saved(error)
        )

    def _is_saved(
        self, item: Item, draft: WrapUpDraft, left: WrapUpDraft, shown: TicketDraft, filed: Ticket | None
    ) -> None:
        self._right.form.show_sending(sending=False)
        if not item.is_in_call:
            self._items.change(item.key, wrap_up_code=draft.code or None, note=draft.note.strip())
            self._remember(draft.code)
        if self._form.draft == draft:
            self._unsaved.forget()
            self._given, self._is_proposed = _Given(), False
            self._form.show_draft(left if item.is_in_call else replace(left, code=draft.code))
            self._right.show_of_call(is_of_call=True)
        if filed is not None:
            self._with_ticket.add(item.key)
            self._writing.is_filed(shown, filed)
        else:
            self._right.form.show_filed(
                self.tr("Kept; it is saved when the call is over.") if item.is_in_call else self.tr("Saved.")
            )
        self.saved.emit()
        if self._after.key == item.key and not item.is_in_call:
            self._after.finish()

    def _not_saved(self, error: Exception) -> None:
        if isinstance(error, NotComplete):
            self._right.form.show_sending(sending=False)
            self._right.form.show_lacks(error.lacks, error.faults)
        elif isinstance(error, NotChecked):
            self._writing.tell_not_checked(error)
        else:
            self._right.form.show_failure(explain(error))

    def _settle(self, key: str, then: Callable[[], None]) -> None:
        """Note and disposition of a call whose work ends go to its line; ticket and callback wait as they are."""
        self.save_now()
        item = self._items.get(key)
        draft = self._form.draft if self._form.draft.key == key else None
        rooms = self._rooms
        if item is None or item.is_in_call or (draft is not None and not (draft.note.strip() or draft.code)):
            then()
            return
        contact_id = contact_id_of(item.call_ref or "", rooms.agent.id)
        is_named = item.contact_id is not None

        def settle() -> WrapUpDraft | None:
            found = draft or rooms.wrap_ups.of(key)
            if found is None or not is_named:
                return found
            with rooms.wrap_ups.as_one(replace(found, note="", code="", instead_of=(), refused="")):
                rooms.book.wrap_up(contact_id, found.code, found.note)
            rooms.wrap_ups.settle(found)
            return found

        def settled(found: WrapUpDraft | None) -> None:
            if found is not None:
                self._items.change(key, wrap_up_code=found.code or None, note=found.note.strip())
                self._remember(found.code)
                self.saved.emit()
            then()

        if draft is not None and is_named:
            self._unsaved.forget()
            self._form.show_draft(replace(draft, note=""))
            self._items.change(key, wrap_up_code=draft.code or None, note=draft.note.strip())
        self._background.store.do(settle, settled, self._trouble)

    def _remember(self, code: str) -> None:
        wrap_ups = self._rooms.wrap_ups
        if code:

            def picked() -> tuple[tuple[str, ...], tuple[str, ...]]:
                return wrap_ups.favourites(), wrap_ups.picked(code)

            self._background.store.do(picked, lambda found: self._form.disposition.like(*found), self._trouble)

    def _draft_saved(self, draft: WrapUpDraft) -> None:
        if draft.key == self._form.draft.key and draft.saved_at is not None:
            self._right.form.show_saved(draft.saved_at)

    def _draft_not_saved(self, error: Exception) -> None:
        """The text stays on the screen and is tried again."""
        self._right.form.show_not_saved()
        self._trouble(error)
        if not self._form.draft.is_empty:
            self._changed(self._form.draft)

    def _trouble(self, error: Exception) -> None:
        self.told.emit(explain(error))


def _first_line(text: str) -> str:
    return text.strip().partition("\n")[0][:SUBJECT_LENGTH]


def _customer_id(item: Item) -> str | None:
    return item.customer.id if item.customer else None


def _nothing() -> None:
    """Nothing is to be done afterwards."""
