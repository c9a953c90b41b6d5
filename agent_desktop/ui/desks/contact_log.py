"""Calls as lines of the customer's timeline: once each, with how they sounded, and what the caller thought of them."""

from dataclasses import replace
from datetime import datetime

from PySide6.QtCore import QObject, Signal

from agent_desktop.customers.survey import score_in
from agent_desktop.softphone.call import Call, Direction, EndReason, TransferPurpose
from agent_desktop.softphone.events import MessageReceived, QualityMeasured
from agent_desktop.softphone.quality import QualityLog
from agent_desktop.ui.background import Background
from agent_desktop.ui.messages.trouble import explain
from agent_desktop.ui.open_items import Item, OpenItems, key_of_ref
from agent_desktop.ui.rooms import Rooms
from agent_model.after_call import WorkDone
from agent_model.customer import Contact, ContactKind, contact_id_of


class ContactLog(QObject):
    """`logged(call id, contact id)`; `rated(item key, words)` when a caller has answered the survey."""

    told = Signal(str)
    saved = Signal()
    logged = Signal(str, str)
    rated = Signal(str, str)

    def __init__(self, rooms: Rooms, background: Background, items: OpenItems, parent: QObject) -> None:
        super().__init__(parent)
        self._rooms = rooms
        self._background = background
        self._items = items
        self._measured = QualityLog()

    def measure(self, measured: QualityMeasured) -> None:
        self._measured.add(measured)

    def log(self, item: Item) -> None:
        """The call that ended; a caller nobody could name yet waits for their name."""
        call, customer = item.call, item.customer
        call_ref = item.call_ref
        if call is None or call_ref is None or item.contact_id is not None:
            return
        quality = self._measured.take(call.id) or item.quality
        self._items.change(item.key, quality=quality)
        if customer is None:
            return
        ended_at = call.end.at if call.end else self._rooms.clock()
        contact = Contact(
            id=contact_id_of(call_ref, self._rooms.agent.id),
            customer_id=customer.id,
            kind=_kind(call),
            at=call.answered_at or call.started_at,
            title="",
            text=" · ".join(filter(None, (item.note, call.invite.ivr_path))),
            agent=self._rooms.agent.id,
            queue=call.invite.queue,
            wrap_up_code=item.wrap_up_code,
            duration_s=int((ended_at - call.answered_at).total_seconds()) if call.answered_at else None,
            call_ref=call_ref,
            quality=quality,
            shown_number=call.shown_number or None,
        )
        self._items.change(item.key, contact_id=contact.id)
        self._keep(contact)
        if was_sent_to(call, TransferPurpose.SURVEY):
            self._keep(self._invitation(contact, ended_at))
        self.logged.emit(call.id, contact.id)

    def note_work(self, key: str, done: WorkDone) -> None:
        """What became of the work after the call of this item; without a line of the timeline nobody is told."""
        item, book = self._items.get(key), self._rooms.book
        contact_id = None if item is None else item.contact_id
        if contact_id is not None:
            self._background.store.do(
                lambda: book.note_work(contact_id, done), lambda _: self.saved.emit(), self._not_saved
            )

    def hear(self, message: MessageReceived) -> None:
        """The exchange tells how the caller rated a call of ours; other texts are not for agents."""
        score = score_in(message.content_type, message.text)
        if score is None or message.call_ref is None:
            return
        words = self.tr("Survey: {score}").format(score=score)
        self.rated.emit(key_of_ref(message.call_ref), words)
        self.told.emit(words)
        book, contact_id = self._rooms.book, self._survey_id(message.call_ref)
        self._background.store.do(lambda: book.rate(contact_id, score), lambda _: self.saved.emit(), self._not_saved)

    def _invitation(self, contact: Contact, at: datetime) -> Contact:
        """A line of its own, without a rating until the caller gives one."""
        return replace(
            contact,
            id=self._survey_id(contact.call_ref or ""),
            kind=ContactKind.SURVEY,
            at=at,
            text="",
            wrap_up_code=None,
            duration_s=None,
            quality=None,
            shown_number=None,
        )

    def _survey_id(self, call_ref: str) -> str:
        return f"S-{call_ref}-{self._rooms.agent.id}"

    def _keep(self, contact: Contact) -> None:
        book = self._rooms.book
        self._background.store.do(lambda: book.log_call(contact), lambda _: self.saved.emit(), self._not_saved)

    def _not_saved(self, error: Exception) -> None:
        self.told.emit(explain(error))


def was_sent_to(call: Call, purpose: TransferPurpose) -> bool:
    """The call left this phone for there, and got there."""
    is_gone = call.end is not None and call.end.reason is EndReason.TRANSFERRED
    return is_gone and call.transfer is not None and call.transfer.purpose is purpose


def _kind(call: Call) -> ContactKind:
    if call.direction is Direction.OUTGOING:
        return ContactKind.CALL_OUT
    return ContactKind.CALL_IN if call.answered_at else ContactKind.CALL_MISSED
