"""The calls: the phone's word goes to strip, open items, seat and timeline; the agent's wishes go to the phone."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from PySide6.QtCore import QObject, Signal, SignalInstance

from agent_desktop.customers.profile import Recognition
from agent_desktop.dial_links import read
from agent_desktop.softphone.call import Call, CallEnd, CallId, CallState, Direction, EndReason, TransferPurpose
from agent_desktop.softphone.events import (
    CallChanged,
    CommandRefused,
    Event,
    LevelsMeasured,
    MessageReceived,
    MicrophoneSilent,
    PhoneReady,
    QualityMeasured,
)
from agent_desktop.softphone.link import PhoneAwayError
from agent_desktop.ui.appearance.formats import Formats
from agent_desktop.ui.background import Background
from agent_desktop.ui.desks.after_call import AfterCall
from agent_desktop.ui.desks.call_faces import CallFaces
from agent_desktop.ui.desks.contact_log import ContactLog, was_sent_to
from agent_desktop.ui.desks.outbound import OutboundDesk
from agent_desktop.ui.desks.recognising import Recognising
from agent_desktop.ui.desks.recording import RecordingDesk
from agent_desktop.ui.desks.script import CalledLines
from agent_desktop.ui.desks.transfers import Transfers
from agent_desktop.ui.directory import Directory
from agent_desktop.ui.messages.calls import explain_refusal, no_such_number
from agent_desktop.ui.messages.line import phone_lost
from agent_desktop.ui.messages.numbers import asking_for, explain_number
from agent_desktop.ui.open_items import Item, OpenItems, key_of_call
from agent_desktop.ui.rooms import Rooms
from agent_desktop.ui.strip.call_strip import CallStrip
from agent_desktop.ui.strip.failed import FailedCall
from agent_model.agent import AgentState
from agent_model.phone_number import OnRecord, on_record
from agent_model.phone_number.on_record import Purpose

TO_CALL = "to call the customer"
NOT_WORTH_SAYING = (EndReason.HUNG_UP_HERE, EndReason.HUNG_UP_THERE, EndReason.CANCELLED, EndReason.MISSED)


class CallDesk(QObject):
    """Everything on the main thread; the disk and the server are asked through `background`."""

    item_changed = Signal(str)
    rang = Signal(str)
    answered = Signal(str)
    over = Signal(object)
    """The Item of a call that ended; of one that never rang here too, which is no open item."""
    told = Signal(str)
    saved = Signal()

    def __init__(
        self,
        rooms: Rooms,
        background: Background,
        items: OpenItems,
        strip: CallStrip,
        formats: Formats,
        directory: Callable[[], Directory],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._rooms = rooms
        self._background = background
        self._records: dict[str, OnRecord] = {}
        self._monitored: dict[CallId, Call] = {}
        self._items = items
        self._strip = strip
        self.transfers = Transfers(rooms, items, strip, self._wish, self)
        self.lines = CalledLines(rooms.plan)
        self._faces = CallFaces(rooms, items, formats, directory, self.transfers, self.lines)
        self.outbound = OutboundDesk(rooms, items, strip.idle.shown, formats, self)
        self.recording = RecordingDesk(rooms, background, strip, self._wish, self)
        self.contacts = ContactLog(rooms, background, items, self)
        self.after = AfterCall(rooms, background, items, strip, self)
        self._recognising = Recognising(rooms, background, items, self)
        self._recognising.known.connect(self.take_recognition)
        for desk in (self.transfers, self.outbound, self.recording, self.contacts, self.after):
            desk.told.connect(self.told)
        self.contacts.saved.connect(self.saved)
        self.contacts.logged.connect(self.recording.link)
        self.contacts.rated.connect(self.after.rate)
        self.after.worked.connect(self.contacts.note_work)
        self._connect()

    def _connect(self) -> None:
        phone, strip, site, wishes = self._rooms.phone, self._strip, self._rooms.site, self._strip.wishes

        def on_phone(signal: SignalInstance, verb: Callable[..., object]) -> None:
            signal.connect(lambda id_, *more: self._wish(lambda: verb(CallId(id_), *more)))

        on_phone(wishes.answer_wanted, phone.answer)
        on_phone(wishes.decline_wanted, phone.decline)
        on_phone(wishes.hang_up_wanted, phone.hang_up)
        on_phone(wishes.mute_wanted, lambda id_, on: (phone.mute if on else phone.unmute)(id_))
        on_phone(wishes.hold_wanted, lambda id_, on: (phone.hold if on else phone.resume)(id_))
        on_phone(wishes.switch_wanted, phone.resume)
        on_phone(wishes.digits_wanted, phone.send_digits)
        wishes.dial_wanted.connect(self.dial)
        wishes.voicemail_wanted.connect(lambda: self.dial(site.voicemail))
        wishes.failure_dismissed.connect(lambda: strip.show_failed(None, self._rooms.clock()))

    # ---- wishes ---------------------------------------------------------------------------------------

    def dial(self, written: str) -> None:
        """Dials what was typed. Why it is no number, or nobody to be called now, is said, and it stays in the field."""
        if (record := on_record(written)) is None:
            self._dial(written)
            return
        self.told.emit(asking_for(record.shown))
        tell = self._rooms.tell_number
        self._background.network.do(
            lambda: tell(record, Purpose.DIAL, TO_CALL),
            lambda number: self._dial(number, record),
            lambda error: self._not_told(error, record),
        )

    def _not_told(self, error: Exception, record: OnRecord) -> None:
        """Without its number nobody is called; it waits in the field for the next try."""
        if not self._strip.idle.number.text():
            self._strip.idle.prefill(record.key, record.shown)
        self.told.emit(explain_number(error))

    def _dial(self, written: str, record: OnRecord | None = None) -> None:
        found = read(written, self._rooms.plan)
        if found is None:
            self._strip.idle.refuse()
            self.told.emit(no_such_number(record.shown if record else written))
            return
        shown = self.outbound.number_for(found)
        if record is not None:
            self._records[found.number] = record
        if shown is None or not self._wish(lambda: self._rooms.phone.dial(found.number, shown_number=shown)):
            self._strip.idle.refuse()
            return
        if found.extension:
            words = self.tr("Extension {extension}: key it in when the other side asks for it.")
            self.told.emit(words.format(extension=found.extension))

    def _wish(self, wish: Callable[[], object]) -> bool:
        """Whether the phone was asked."""
        try:
            wish()
        except PhoneAwayError:
            self.told.emit(phone_lost())
            return False
        return True

    # ---- the phone --------------------------------------------------------------------------------------

    def hear(self, event: Event) -> None:
        """What the phone has told, once it is applied."""
        match event:
            case CallChanged(call):
                self._call(call)
            case LevelsMeasured(_, heard, spoken):
                self._strip.show_level(heard, spoken)
            case QualityMeasured():
                self._strip.show_quality(event)
                self.contacts.measure(event)
            case MicrophoneSilent(call_id, is_silent):
                self._strip.show_microphone(call_id, is_silent=is_silent)
            case MessageReceived():
                self.contacts.hear(event)
            case PhoneReady(snapshot):
                for call in snapshot.calls:
                    self._call(call)
            case CommandRefused():
                self.told.emit(explain_refusal(event.refusal))
            case _:
                """The rest is about the line. Digits of the other side are for menus, not for agents."""

    def adopt(self) -> None:
        """A call of an agent that was taken over is the customer's now, and treated as every other."""
        is_theirs = self._rooms.monitoring.is_ours
        for call in [one for one in self._monitored.values() if not is_theirs(one.invite.call_ref)]:
            del self._monitored[call.id]
            self._call(call)

    def _monitor(self, call: Call) -> None:
        """The exchange lets this lead into an agent's call: no customer's, so nothing of it is kept."""
        is_new = call.id not in self._monitored
        self._monitored[call.id] = call
        if is_new and self._rooms.monitoring.expects(call.invite.call_ref):
            self._wish(lambda: self._rooms.phone.answer(call.id))
        if call.state is CallState.CONNECTED:
            self._rooms.session.call_began(call.id)
        if call.is_over:
            del self._monitored[call.id]
            self._rooms.session.call_ended(call.id, wrap_up_s=0)
        self._show_calls()

    def _call(self, call: Call) -> None:
        if self._rooms.monitoring.is_ours(call.invite.call_ref):
            self._monitor(call)
            return
        self._monitored.pop(call.id, None)
        about = self.transfers.about(call)
        if about is not None:
            self._consult(call, about)
            return
        self.transfers.hear(call)
        self.recording.hear(call)
        item = self._items.of_call(call)
        if item is None:
            if call.is_over:
                self._never_rang(call)
                return
            record = self._records.pop(call.remote_number, None)
            item = self._items.put(Item(key_of_call(call), record=record.key if record else ""))
        before = item.call if item.call is not None and item.call.id == call.id else None
        if item.call is not None and before is None and (call.is_over or item.call.continues == call.id):
            self._passed(call)
            return
        is_back = before is None and item.call is not None
        if is_back:
            item = replace(item, contact_id=None, outcome="", comes_back=False, quality=None)
        item = self._items.put(replace(item, call=call))
        if before is None:
            self._arrived(item, call, is_back=is_back)
        is_up = call.state is CallState.CONNECTED and (before is None or before.state is not CallState.CONNECTED)
        if is_up or (call.direction is Direction.OUTGOING and before is None):
            self._rooms.session.call_began(call.id)
            self.after.answered(item.key)
            self.answered.emit(item.key)
        if call.is_over:
            self._ended(item, call)
        self._show_calls()
        self.item_changed.emit(item.key)

    def _never_rang(self, call: Call) -> None:
        """Turned away before it was heard of: nothing is opened for it, but it is kept like every other call."""
        self._show_calls()
        if call.direction is Direction.INCOMING:
            item = Item(key_of_call(call), call)
            self._recognising.ask(call, lambda found: self._keep(replace(item, recognition=found)))

    def _keep(self, item: Item) -> None:
        """What a queue brought to somebody else at once is no line of the customer's timeline."""
        if item.call is not None and not item.call.invite.queue:
            self.contacts.log(item)
        self.over.emit(item)

    def _passed(self, call: Call) -> None:
        """It goes on as the call that its item has now."""
        if call.is_over:
            self._rooms.session.call_ended(call.id, wrap_up_s=0)

    def _arrived(self, item: Item, call: Call, *, is_back: bool) -> None:
        """A new call; one that comes back keeps its item, and with it customer, draft and contact."""
        if not is_back or item.recognition is None:
            record = on_record(item.record)
            self._recognising.begin(item.key, call, record.customer_id if record else call.invite.named_customer)
        if call.state is CallState.RINGING:
            self.rang.emit(item.key)
        if call.direction is Direction.OUTGOING:
            self._strip.show_failed(None, self._rooms.clock())

    def _consult(self, call: Call, about: CallId) -> None:
        item = self._items.with_call(about)
        self.transfers.hear_consult(call, about)
        if call.is_over:
            self.after.consult_ended(call, item)
        else:
            self._rooms.session.call_began(call.id)
        self._show_calls()

    def _ended(self, item: Item, call: Call) -> None:
        end = call.end or CallEnd(EndReason.FAILED, 0, "", self._rooms.clock())
        if call.direction is Direction.OUTGOING and call.answered_at is None and end.reason not in NOT_WORTH_SAYING:
            again = item.number_kept(self._rooms.plan)
            failed = FailedCall(self._items.title_of(item, self._rooms.plan), again, end, call.shown_number)
            self._strip.show_failed(failed, self._rooms.clock())
        outcome = self.transfers.outcome(call)
        comes_back = was_sent_to(call, TransferPurpose.PIN_CHECK)
        item = self._items.put(replace(item, outcome=outcome, comes_back=comes_back))
        self.contacts.log(item)
        self.after.call_ended(item, call)
        if outcome:
            self._strip.say(outcome)
            if self._rooms.session.seat.entry.state is not AgentState.AFTER_CALL_WORK and not comes_back:
                self.told.emit(outcome)
        self.over.emit(self._items.get(item.key) or item)

    # ---- who it is ----------------------------------------------------------------------------------------

    def take_recognition(self, key: str, found: Recognition) -> None:
        """The item belongs to this customer (or nobody, or one of several): the strip and the panes hear of it."""
        item = self._items.change(key, recognition=found)
        if item is None:
            return
        if item.call is not None and item.call.is_over:
            self.contacts.log(item)
        self.show_again()
        self.item_changed.emit(key)

    # ---- what is shown ----------------------------------------------------------------------------------

    def show_again(self) -> None:
        """Names, formats or the language changed."""
        self._show_calls()
        self.after.show()

    def cover(self, *, is_covered: bool) -> None:
        """Whether no customer may be named on the strip and whatever shows the same calls."""
        self._items.is_covered = is_covered
        if is_covered:
            self._strip.show_failed(None, self._rooms.clock())
        self.show_again()

    def _show_calls(self) -> None:
        faces = tuple(
            self._faces.face(item, item.call) for item in self._items if item.call is not None and item.is_in_call
        )
        monitored = (self._faces.face(Item(key_of_call(call), call), call) for call in self._monitored.values())
        self._strip.show_calls((*faces, *monitored, *self.transfers.faces()), self._rooms.clock())

    def tick(self, now: datetime) -> None:
        self.after.tick(now)
        self._strip.tick(now)
