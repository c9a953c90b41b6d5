"""The calls: the phone's word goes to strip, open items, seat and timeline; the agent's wishes go to the phone."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from PySide6.QtCore import QObject, Signal, SignalInstance

from agent_desktop.customers.profile import Known, Recognition
from agent_desktop.dial_links import read
from agent_desktop.session import Seat
from agent_desktop.softphone.account import NotRegistered, Registered
from agent_desktop.softphone.audio import Device, NoDevice
from agent_desktop.softphone.call import Call, CallEnd, CallId, CallState, Direction, EndReason, TransferPurpose
from agent_desktop.softphone.events import (
    CallChanged,
    CommandRefused,
    DevicesChanged,
    Event,
    LevelsMeasured,
    MessageReceived,
    MicrophoneSilent,
    PhoneLost,
    PhoneReady,
    PhoneTaken,
    QualityMeasured,
    RegistrationChanged,
    VoicemailChanged,
    WatchedChanged,
)
from agent_desktop.softphone.link import PhoneAwayError
from agent_desktop.ui.background import Background
from agent_desktop.ui.call_strip import CallStrip
from agent_desktop.ui.contact_log import ContactLog, was_sent_to
from agent_desktop.ui.directory import Directory
from agent_desktop.ui.formats import Formats
from agent_desktop.ui.messages import (
    explain,
    explain_refusal,
    explain_registration,
    microphone_replaced,
    no_microphone,
    no_speaker,
    no_such_number,
    phone_lost,
    phone_stays_away,
    phone_taken,
    speaker_replaced,
)
from agent_desktop.ui.open_items import Item, OpenItems, key_of_call, number_shown
from agent_desktop.ui.outbound_desk import OutboundDesk
from agent_desktop.ui.recognising import Recognising
from agent_desktop.ui.recording_desk import RecordingDesk
from agent_desktop.ui.rooms import Rooms
from agent_desktop.ui.strip.face import CallFace
from agent_desktop.ui.strip.failed import FailedCall
from agent_desktop.ui.strip.situation import Line
from agent_desktop.ui.strip.wrap_up import AfterCallWork
from agent_desktop.ui.transfers import Transfers, was_lost_in_transfer
from agent_model.agent import AgentState
from agent_model.customer import ContactKind, Tier

NOT_WORTH_SAYING = (EndReason.HUNG_UP_HERE, EndReason.HUNG_UP_THERE, EndReason.CANCELLED, EndReason.MISSED)


class CallDesk(QObject):
    """Everything on the main thread; the disk and the server are asked through `background`."""

    item_changed = Signal(str)
    rang = Signal(str)
    answered = Signal(str)
    over = Signal(str)
    work_ended = Signal(str)
    told = Signal(str)
    saved = Signal()
    line_changed = Signal(object)
    quality_changed = Signal(float)
    seat_changed = Signal(object)
    lamps_changed = Signal(object)
    """Some of what is watched, as a tuple of Watched."""
    phone_away = Signal(str)
    device_gone = Signal(str)
    phone_stopped = Signal()

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
        self._items = items
        self._strip = strip
        self._formats = formats
        self._directory = directory
        self._work_key: str | None = None
        self._wrap_up_s: dict[str, int] = {}
        self._in_use: tuple[Device | NoDevice | None, Device | NoDevice | None] = (None, None)
        self.transfers = Transfers(rooms, items, strip, self._wish, self)
        self.transfers.told.connect(self.told)
        self.outbound = OutboundDesk(rooms, items, strip.idle.shown, formats, self)
        self.outbound.told.connect(self.told)
        self.recording = RecordingDesk(rooms, background, strip, self._wish, self)
        self.contacts = ContactLog(rooms, background, items, self)
        self._recognising = Recognising(rooms, background, items, self)
        self._recognising.known.connect(self.take_recognition)
        for told in (self.recording.told, self.contacts.told):
            told.connect(self.told)
        self.contacts.saved.connect(self.saved)
        self.contacts.logged.connect(self.recording.link)
        self.contacts.rated.connect(self._rated)
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
        wishes.wrap_up_chosen.connect(self.choose_wrap_up)
        wishes.extend_wanted.connect(self._extend)
        wishes.finish_wanted.connect(self.finish_work)
        wishes.failure_dismissed.connect(lambda: strip.show_failed(None, self._rooms.clock()))

    # ---- wishes ---------------------------------------------------------------------------------------

    def dial(self, written: str) -> None:
        """Dials what was typed. Why it is no number, or nobody to be called now, is said, and it stays in the field."""
        found = read(written, self._rooms.plan)
        if found is None:
            self._strip.idle.refuse()
            self.told.emit(no_such_number(written))
            return
        shown = self.outbound.number_for(found)
        if shown is None or not self._wish(lambda: self._rooms.phone.dial(found.number, shown_number=shown)):
            self._strip.idle.refuse()
            return
        if found.extension:
            words = self.tr("Extension {extension}: key it in when the other side asks for it.")
            self.told.emit(words.format(extension=found.extension))

    def choose_wrap_up(self, code: str) -> None:
        """The wrap-up code of the call whose work is being finished, onto its line of the timeline."""
        item = None if self._work_key is None else self._items.change(self._work_key, wrap_up_code=code)
        if item is None:
            return
        self._show_work(self._rooms.session.seat)
        if item.contact_id is not None:
            book, contact_id = self._rooms.book, item.contact_id
            self._background.store.do(
                lambda: book.wrap_up(contact_id, code),
                lambda _: self.saved.emit(),
                lambda error: self.told.emit(explain(error)),
            )

    def finish_work(self) -> None:
        self._rooms.session.finish_after_call_work()

    def seat_is(self, seat: Seat) -> None:
        """The session's listener: after-call work shows on the strip, and its end closes the matter."""
        self._show_work(seat)
        self.seat_changed.emit(seat)
        if seat.entry.state not in (AgentState.AFTER_CALL_WORK, AgentState.ON_CALL) and self._work_key is not None:
            key, self._work_key = self._work_key, None
            self.work_ended.emit(key)

    def tick(self, now: datetime) -> None:
        self._rooms.session.tick()
        self._strip.tick(now)

    # ---- the phone --------------------------------------------------------------------------------------

    def hear(self, event: Event) -> None:
        for told in self._rooms.phone.apply(event):
            self._hear(told)

    def _hear(self, event: Event) -> None:
        match event:
            case CallChanged(call):
                self._call(call)
            case LevelsMeasured(_, heard, spoken):
                self._strip.show_level(heard, spoken)
            case QualityMeasured():
                self._strip.show_quality(event)
                self.contacts.measure(event)
                self.quality_changed.emit(event.mos)
            case MicrophoneSilent(call_id, is_silent):
                self._strip.show_microphone(call_id, is_silent=is_silent)
            case MessageReceived():
                self.contacts.hear(event)
            case VoicemailChanged():
                self._voicemail()
            case WatchedChanged(watched):
                self.transfers.show_lamp(watched)
                self.lamps_changed.emit((watched,))
            case PhoneReady(snapshot):
                # Which devices its calls use comes with DevicesChanged, once it has been told which are wanted.
                self._line()
                self._voicemail()
                for watched in snapshot.watched:
                    self.transfers.show_lamp(watched)
                self.lamps_changed.emit(snapshot.watched)
                for call in snapshot.calls:
                    self._call(call)
            case RegistrationChanged():
                self._line()
            case DevicesChanged():
                self._devices(event)
            case PhoneLost(stays_away=stays_away):
                self._line()
                self.phone_away.emit(phone_stays_away() if stays_away else phone_lost())
                if stays_away:
                    self.phone_stopped.emit()
            case PhoneTaken():
                self._line()
                self.phone_away.emit(phone_taken())
            case CommandRefused():
                self.told.emit(explain_refusal(event.refusal))
            case _:
                """Digits of the other side are for menus, not for agents."""

    def _line(self) -> None:
        phone = self._rooms.phone
        registration = phone.snapshot().registration
        is_up = phone.is_there and isinstance(registration, (Registered, NotRegistered))
        line = Line.UP if is_up else Line.NOT_REGISTERED if phone.is_there else Line.PHONE_AWAY
        why_not = "" if is_up else explain_registration(registration) if phone.is_there else phone_lost()
        self._strip.show_line(line, why_not, self._rooms.clock())
        self.line_changed.emit(registration)

    def _voicemail(self) -> None:
        has_number = bool(self._rooms.site.voicemail)
        self._strip.show_voicemail(self._rooms.phone.snapshot().voicemail, has_number=has_number)

    def _devices(self, event: DevicesChanged) -> None:
        """Says that one is missing when it goes missing, not again with every call, and what takes its place in one."""
        before, self._in_use = self._in_use, (event.microphone, event.speaker)
        words = ((no_microphone, microphone_replaced), (no_speaker, speaker_replaced))
        is_in_call = bool(self._rooms.phone.snapshot().calls)
        for was, now, (missing, replaced) in zip(before, self._in_use, words, strict=True):
            if isinstance(now, NoDevice):
                if was != now:
                    (self.device_gone if is_in_call else self.told).emit(missing())
            elif isinstance(was, Device) and was not in event.devices and is_in_call:
                self.device_gone.emit(replaced(was.title, now.title))

    def _call(self, call: Call) -> None:
        about = self.transfers.about(call)
        if about is not None:
            self._consult(call, about)
            return
        self.transfers.hear(call)
        self.recording.hear(call)
        item = self._items.of_call(call)
        if item is None:
            if call.is_over:
                self._show_calls()
                return
            item = self._items.put(Item(key_of_call(call), call.started_at))
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
        if call.state is CallState.CONNECTED and (before is None or before.state is not CallState.CONNECTED):
            self._rooms.session.call_began(call.id)
            self.answered.emit(item.key)
        if call.direction is Direction.OUTGOING and before is None:
            self._rooms.session.call_began(call.id)
            self.answered.emit(item.key)
        if call.is_over:
            self._ended(item, call)
        self._show_calls()
        self.item_changed.emit(item.key)

    def _passed(self, call: Call) -> None:
        """It goes on as the call that its item has now."""
        if call.is_over:
            self._rooms.session.call_ended(call.id, wrap_up_s=0)

    def _arrived(self, item: Item, call: Call, *, is_back: bool) -> None:
        """A new call; one that comes back keeps its item, and with it customer, draft and contact."""
        if not is_back or item.recognition is None:
            self._recognising.begin(item.key, call)
        if call.state is CallState.RINGING:
            self.rang.emit(item.key)

    def _consult(self, call: Call, about: CallId) -> None:
        item = self._items.with_call(about)
        self.transfers.hear_consult(call, about)
        if call.is_over:
            queue = item.call.invite.queue if item is not None and item.call is not None else None
            self._rooms.session.call_ended(call.id, wrap_up_s=self._wrap_up_s.get(queue or ""))
        else:
            self._rooms.session.call_began(call.id)
        self._show_calls()

    def _ended(self, item: Item, call: Call) -> None:
        end = call.end or CallEnd(EndReason.FAILED, 0, "", self._rooms.clock())
        if call.direction is Direction.OUTGOING and call.answered_at is None and end.reason not in NOT_WORTH_SAYING:
            failed = FailedCall(self._title(item), call.remote_number, end, call.shown_number)
            self._strip.show_failed(failed, self._rooms.clock())
        if call.answered_at is not None:
            self._work_key = item.key
            self._strip.show_failed(None, self._rooms.clock())
        outcome = self.transfers.outcome(call)
        comes_back = was_sent_to(call, TransferPurpose.PIN_CHECK)
        item = self._items.put(replace(item, outcome=outcome, comes_back=comes_back))
        self.contacts.log(item)
        self._rooms.session.call_ended(
            call.id, wrap_up_s=self._wrap_up_s.get(call.invite.queue or "") if call.answered_at else 0
        )
        if outcome:
            self._strip.say(outcome)
            if self._rooms.session.seat.entry.state is not AgentState.AFTER_CALL_WORK:
                self.told.emit(outcome)
        self.over.emit(item.key)

    def _rated(self, key: str, words: str) -> None:
        if self._items.change(key, outcome=words) is not None:
            self._show_work(self._rooms.session.seat)

    def plan_wrap_up(self, seconds_by_queue: dict[str, int]) -> None:
        """How long after-call work lasts for calls of each queue; the session's own figure for the others."""
        self._wrap_up_s = seconds_by_queue

    # ---- who it is ----------------------------------------------------------------------------------------

    def take_recognition(self, key: str, found: Recognition) -> None:
        """The item belongs to this customer (or nobody, or one of several): the strip and the panes hear of it."""
        item = self._items.change(key, recognition=found)
        if item is None:
            return
        if item.call is not None and item.call.is_over:
            self.contacts.log(item)
        self._show_calls()
        self._show_work(self._rooms.session.seat)
        self.item_changed.emit(key)

    # ---- what is shown ----------------------------------------------------------------------------------

    def show_again(self) -> None:
        """Names, formats or the language changed."""
        self._show_calls()
        self._show_work(self._rooms.session.seat)

    def _show_calls(self) -> None:
        faces = tuple(self._face(item, item.call) for item in self._items if item.call is not None and item.is_in_call)
        self._strip.show_calls((*faces, *self.transfers.faces()), self._rooms.clock())

    def _face(self, item: Item, call: Call) -> CallFace:
        customer = item.customer
        face = CallFace(
            call=call,
            number=number_shown(call.remote_number, self._rooms.plan),
            name=customer.name if customer else call.remote_name if not call.remote_number else "",
            tier=customer.tier if customer else Tier.STANDARD,
            queue=self._directory().queue(call.invite.queue or ""),
            remark=self._remark(item),
        )
        return self.transfers.dress(face)

    def _remark(self, item: Item) -> str:
        """When they last called, which is the first thing an agent wants to know."""
        if not isinstance(item.recognition, Known):
            return ""
        for entry in item.recognition.profile.timeline.entries:
            if entry.contact is not None and entry.contact.kind in (ContactKind.CALL_IN, ContactKind.CALL_OUT):
                when = self._formats.moment(entry.at, self._rooms.clock())
                return self.tr("Last call {when}").format(when=when)
        return self.tr("First call")

    def _title(self, item: Item) -> str:
        if item.customer:
            return item.customer.name
        return number_shown(item.call.remote_number, self._rooms.plan) if item.call else ""

    def _show_work(self, seat: Seat) -> None:
        work = None
        item = None if self._work_key is None else self._items.get(self._work_key)
        if seat.entry.state is AgentState.AFTER_CALL_WORK and seat.entry.until is not None:
            work = AfterCallWork(
                until=seat.entry.until,
                who=self._title(item) if item else "",
                code=(item.wrap_up_code or "") if item else "",
                then_ready=seat.wanted in (None, AgentState.READY),
                outcome=item.outcome if item else "",
                is_lost=item is not None and item.call is not None and was_lost_in_transfer(item.call),
            )
        self._strip.show_after_call_work(work, self._rooms.clock())

    def _extend(self, seconds: int) -> None:
        self._rooms.session.extend_after_call_work(seconds)

    # ---- the phone's wishes -------------------------------------------------------------------------------

    def _wish(self, wish: Callable[[], object]) -> bool:
        """Whether the phone was asked."""
        try:
            wish()
        except PhoneAwayError:
            self.told.emit(phone_lost())
            return False
        return True
