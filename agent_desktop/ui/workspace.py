"""One agent's window at work: the panes wired to the rooms, each matter by its own desk, and what ties them."""

from PySide6.QtCore import QObject, QTimer, Signal

from agent_desktop.customers.profile import Known, Recognition
from agent_desktop.errors import ClientTooOld
from agent_desktop.session import Seat
from agent_desktop.softphone.account import NotRegistered, Registered, Registering, Registration
from agent_desktop.softphone.events import Event
from agent_desktop.sync.events import NeedsAttention, Offline, ScopeChanged, SignInExpired, Synced, SyncStatus, TooOld
from agent_desktop.tickets.draft import TicketDraft
from agent_desktop.ui.background import Background
from agent_desktop.ui.call_desk import CallDesk
from agent_desktop.ui.company import Company, read_company
from agent_desktop.ui.customer_desk import CustomerDesk
from agent_desktop.ui.dialling import Dialling
from agent_desktop.ui.directory import Directory
from agent_desktop.ui.formats import Formats
from agent_desktop.ui.hands import Hands
from agent_desktop.ui.history_desk import HistoryDesk
from agent_desktop.ui.in_step import InStep
from agent_desktop.ui.left_list import CallLine
from agent_desktop.ui.looking_up import LookingUp
from agent_desktop.ui.main_window import MainWindow
from agent_desktop.ui.messages import explain, explain_registration
from agent_desktop.ui.notice_board import NoticeBoard
from agent_desktop.ui.notices import Weight
from agent_desktop.ui.open_items import Item, OpenItems, key_of_customer
from agent_desktop.ui.rail import Page
from agent_desktop.ui.refusals import Refusals
from agent_desktop.ui.right_panel import KNOWLEDGE
from agent_desktop.ui.rooms import Rooms
from agent_desktop.ui.speed_dial_desk import SpeedDialDesk
from agent_desktop.ui.state_button import BreakReason
from agent_desktop.ui.today import Today
from agent_desktop.ui.writing import NO_ITEM, Writing
from agent_model.customer import SegmentId
from agent_model.ticket import Ticket

SUGGEST_AFTER_MS = 400
REREAD_AFTER_MS = 300
"""Contacts and tickets come by hundreds; whether one is of the customer on the screen is looked up so often at most."""


class Workspace(QObject):
    """Made once per window, after sign-in. `sign_in_wanted` when the server asks for the password again."""

    sign_in_wanted = Signal()
    signed_off = Signal()
    call_ended = Signal(object)
    """The Call, once it is over."""
    quiet_wanted = Signal(bool)
    """Whether calls that come in are to be turned away."""

    def __init__(
        self,
        rooms: Rooms,
        background: Background,
        window: MainWindow,
        in_step: InStep,
        formats: Formats,
    ) -> None:
        super().__init__(window)
        self._rooms = rooms
        self._background = background
        self._window = window
        self._in_step = in_step
        self._formats = formats
        self._directory = Directory()
        self._sync: SyncStatus | None = None
        self._hands = Hands(window, rooms.clock, self)
        self._segments: dict[str, str] = {}
        self._shown: Recognition | None = None
        self._is_own_doing = False
        self.items = OpenItems()
        strip, right = window.strip, window.right
        self.calls = CallDesk(rooms, background, self.items, strip, formats, lambda: self._directory, self)
        self.customers = CustomerDesk(rooms, background, self.items, window.customer, self._segment, self)
        self.dialling = Dialling(rooms.plan, window, self.calls.dial, self)
        self.writing = Writing(rooms, background, right.form, lambda: self.items.current, self)
        self.looking_up = LookingUp(
            rooms, background, right.knowledge, window.top_bar, formats, lambda: right.turn_to(KNOWLEDGE), self
        )
        self.today = Today(rooms, background, window, self.items, lambda: self._directory, self)
        self.speed_dial = SpeedDialDesk(rooms, background, window.left.speed_dial, strip, self)
        self.notices = NoticeBoard(window, rooms.clock, lambda: any(item.is_in_call for item in self.items), self)
        self.refusals = Refusals(rooms, background, window, self)
        self.history = HistoryDesk(rooms, background, window, formats, lambda: self._directory, self)
        self._suggest = QTimer(self)
        self._suggest.setSingleShot(True)
        self._suggest.setInterval(SUGGEST_AFTER_MS)
        self._suggest.timeout.connect(self._suggest_now)
        self._reread = QTimer(self)
        self._reread.setSingleShot(True)
        self._reread.setInterval(REREAD_AFTER_MS)
        self._reread.timeout.connect(self._read_customer)
        self._second = QTimer(self)
        self._second.setInterval(1_000)
        self._second.timeout.connect(lambda: self.calls.tick(rooms.clock()))
        self._connect()

    def begin(self) -> None:
        """Reads the company, shows the seat, and takes up whatever was left from before."""
        self._window.top_bar.state.offer_breaks(self._breaks())
        self._window.top_bar.show_seat(self._rooms.session.seat, self._rooms.clock())
        self.today.show_open()
        self.today.read()
        self.speed_dial.begin()
        self.writing.turn_to(None)
        self._background.store.do(self._rooms.drafts.all, self._open_unfinished, self._trouble)
        self._read_company()
        self._second.start()

    def hear_phone(self, event: Event) -> None:
        self.calls.hear(event)

    def stop(self) -> None:
        """Before the window goes: nothing typed stays behind."""
        self._second.stop()
        self.writing.save_now()

    # ---- wiring -------------------------------------------------------------------------------------------

    def _connect(self) -> None:
        window, session, calls = self._window, self._rooms.session, self.calls
        state = window.top_bar.state
        state.ready_wanted.connect(session.ready)
        state.break_wanted.connect(session.take_break)
        state.sign_off_wanted.connect(self._sign_off)
        calls.seat_changed.connect(self._show_seat)
        calls.item_changed.connect(self._item_changed)
        calls.rang.connect(self._rang)
        calls.answered.connect(self._answered)
        calls.over.connect(self._call_over)
        calls.work_ended.connect(self._work_ended)
        calls.line_changed.connect(self._show_line)
        calls.quality_changed.connect(window.top_bar.show_quality)
        for trouble in (calls.phone_away, calls.device_gone):
            trouble.connect(lambda words: self.notices.tell(words, Weight.TROUBLE))
        calls.phone_stopped.connect(window.phone_banner.show_phone_stopped)
        window.phone_banner.retry_wanted.connect(self._try_phone)
        window.phone_banner.report_wanted.connect(self._show_phone_report)
        window.strip.wishes.quiet_wanted.connect(self.quiet_wanted)
        window.strip.wishes.redial_wanted.connect(lambda: calls.dial(self.today.last_dialled))
        self.today.called_lately.connect(calls.transfers.offer_recent)
        self.today.calls_changed.connect(calls.outbound.hear_calls)
        self.today.calls_changed.connect(lambda _: self.history.calls_changed())
        self.speed_dial.call_wanted.connect(calls.dial)
        self.speed_dial.waits.connect(self.dialling.put_in_field)
        self.speed_dial.targets_changed.connect(calls.transfers.offer_favourites)
        calls.lamps_changed.connect(self.speed_dial.show_lamps)
        calls.phone_away.connect(lambda _: self.speed_dial.show_no_lamps())
        self.history.call_wanted.connect(self._call_back)
        self.history.customer_wanted.connect(self._open_from_history)
        self.customers.recognised.connect(self._agent_recognised)
        for desk in (
            calls,
            self.dialling,
            self.customers,
            self.looking_up,
            self.refusals,
            self.today,
            self.history,
            self.speed_dial,
        ):
            desk.told.connect(self.notices.tell)
        for saved in (calls.saved, self.customers.saved, self.writing.saved, self.refusals.saved):
            saved.connect(self._in_step.soon)
        self.writing.filed.connect(self._filed)
        self.refusals.taken_up.connect(self._take_up)
        self.refusals.counted.connect(window.rail.show_attention)
        self.looking_up.customer_chosen.connect(self.open_customer)
        self.looking_up.inserted.connect(window.right.form.insert)
        window.left.item_chosen.connect(self.open_item)
        window.left.item_closed.connect(self.close_item)
        window.left.call_chosen.connect(self._take_call_line)
        window.customer.dial_wanted.connect(calls.dial)
        window.customer.ticket_taken.connect(lambda _: window.start_ticket())
        window.right.form.draft_changed.connect(lambda _: self._suggest.start())
        window.offline_banner.retry_wanted.connect(self._in_step.run_now)
        window.offline_banner.sign_in_wanted.connect(self.sign_in_wanted)
        window.top_bar.sync_wanted.connect(self._sync_pressed)
        self._in_step.status_changed.connect(self._show_sync)
        self._in_step.scope_changed.connect(self._scope_changed)
        self._in_step.queues_seen.connect(self.today.show_queues)
        self._in_step.live_lost.connect(self.today.forget_queues)
        self._in_step.store_failed.connect(self._trouble)

    # ---- what is open ---------------------------------------------------------------------------------------

    def open_item(self, key: str) -> None:
        """This item comes onto the screen; what is typed for the one before is saved first."""
        item = self.items.get(key)
        if item is None:
            return
        self.items.current_key = key
        self.writing.turn_to(item)
        self._show_item(item)
        self.today.show_open()
        self.calls.outbound.show_again()

    def _open_unfinished(self, drafts: tuple[TicketDraft, ...]) -> None:
        """What was being written when the window went is on the list again, the oldest first."""
        for draft in reversed(drafts):
            if draft.key == NO_ITEM or self.items.get(draft.key) is not None:
                continue
            words = draft.subject or draft.description.partition("\n")[0] or draft.category
            self.items.put(Item(draft.key, draft.saved_at or self._rooms.clock(), words=words))
            if draft.customer_id is not None:
                self.customers.open(draft.key, draft.customer_id)
        self.today.show_open()

    def open_customer(self, customer_id: str) -> None:
        """A customer found by search: attached to the unknown caller on the screen, or opened beside the calls."""
        current = self.items.current
        if current is not None and current.call is not None and current.customer is None:
            self.customers.attach(current, customer_id)
            return
        key = next((item.key for item in self.items if item.customer and item.customer.id == customer_id), None)
        if key is None:
            key = key_of_customer(customer_id)
            self.items.put(Item(key, self._rooms.clock()))
            self.customers.open(key, customer_id)
        self.open_item(key)

    def close_item(self, key: str) -> None:
        """Off the list; a running call stays, and so does a draft: it is on the disk and comes back with the item."""
        item = self.items.get(key)
        if item is None or item.is_in_call:
            return
        self.writing.save_now()
        self.items.close(key)
        current = self.items.current
        self.writing.turn_to(current)
        if current is None:
            self._window.customer.show_nothing()
            self.looking_up.suggest_for(None)
        else:
            self._show_item(current)
        self.today.show_open()
        self.calls.outbound.show_again()

    def _show_item(self, item: Item) -> None:
        if item.recognition is not None:
            name = item.call.remote_name if item.call else ""
            self._window.customer.show_recognition(item.recognition, self._rooms.clock(), name)
        elif item.words:
            self._window.customer.show_nothing()
        else:
            self._window.customer.show_waiting(None)
        self._suggest_now()

    def _item_changed(self, key: str) -> None:
        item = self.items.get(key)
        if item is not None and key == self.items.current_key and item.recognition is not None:
            shown = self._window.customer.customer_id
            if item.customer is None or item.customer.id != shown or self._recognition_is_new(item):
                self._show_or_tell(item)
        self.today.show_open()

    def _agent_recognised(self, key: str, recognition: Recognition) -> None:
        """The agent's own doing, which may take the form away that it was done in."""
        self._is_own_doing = True
        self.calls.take_recognition(key, recognition)
        self._is_own_doing = False

    def _show_or_tell(self, item: Item) -> None:
        """A late answer never takes a half-written form away: then it is said, and shown when the item is chosen."""
        is_somebody_else = item.customer is not None and item.customer.id != self._window.customer.customer_id
        if item.customer is not None and is_somebody_else and self._hands.hold_words and not self._is_own_doing:
            words = self.tr("The caller is known: {name}. Choose the open item again to see them.")
            self.notices.tell(words.format(name=item.customer.name), Weight.INFO)
        else:
            self._show_item(item)

    def _recognition_is_new(self, item: Item) -> bool:
        is_new = item.recognition is not self._shown
        self._shown = item.recognition
        return is_new

    def _rang(self, key: str) -> None:
        """A ring moves nothing; only an empty centre shows the caller at once."""
        if self.items.current is None and not self.writing.has_words and not self._hands.are_writing:
            self.open_item(key)
        else:
            self.today.show_open()

    def _answered(self, key: str) -> None:
        """The caller comes onto the screen, unless the agent is in the middle of typing about somebody else."""
        if self.items.current_key != key and self._hands.are_writing:
            self.today.mark_unseen(key)
        else:
            self.open_item(key)

    def _call_over(self, key: str) -> None:
        item = self.items.get(key)
        if item is None or item.call is None:
            return
        self.call_ended.emit(item.call)
        self.today.add(item, item.call)
        if item.call.answered_at is None and not (key == self.items.current_key and self.writing.has_words):
            self.close_item(key)

    def _work_ended(self, key: str) -> None:
        """After-call work is done: the item goes, unless words are left in its form or the caller comes back to it."""
        item = self.items.get(key)
        has_words = key == self.items.current_key and self.writing.has_words
        if has_words or (item is not None and item.comes_back):
            self.today.show_open()
            return
        self.close_item(key)

    def _take_call_line(self, line: CallLine) -> None:
        if line.customer_id:
            self.open_customer(line.customer_id)
        if line.number:
            self.dialling.put_in_field(line.number)

    def _call_back(self, number: str) -> None:
        """At once, or after the call that is going on."""
        self._window.show_page(Page.WORKSPACE)
        if any(item.is_in_call for item in self.items):
            self.dialling.put_in_field(number)
        else:
            self.calls.dial(number)

    def _open_from_history(self, customer_id: str) -> None:
        self._window.show_page(Page.WORKSPACE)
        self.open_customer(customer_id)

    # ---- what is shown ----------------------------------------------------------------------------------------

    def _show_seat(self, seat: Seat) -> None:
        self._window.top_bar.show_seat(seat, self._rooms.clock())
        self._in_step.send_state(seat.entry)

    def _show_line(self, registration: Registration) -> None:
        self._window.top_bar.show_registration(registration)
        is_fine = isinstance(registration, (Registered, NotRegistered, Registering))
        if is_fine:
            self._window.phone_banner.clear()
        else:
            self._window.phone_banner.show_phone_down(registration, self._rooms.clock())
            self.notices.tell(explain_registration(registration), Weight.TROUBLE)
        if isinstance(self._sync, Offline):
            self._show_sync(self._sync)

    def _try_phone(self) -> None:
        """A phone that stays away is started; one without a line looks for its registrar at once."""
        if self._rooms.phone.is_there:
            self._rooms.phone.look_at_network()
        else:
            self._rooms.start_phone()

    def _show_phone_report(self) -> None:
        self._window.show_phone_report(self._rooms.phone_report())

    def _show_sync(self, status: SyncStatus) -> None:
        self._sync = status
        self._window.top_bar.show_sync(status)
        banner = self._window.offline_banner
        match status:
            case Offline():
                registration = self._rooms.phone.snapshot().registration
                is_up = self._rooms.phone.is_there and isinstance(registration, (Registered, NotRegistered))
                banner.show_offline(status, self._rooms.clock(), phone_is_up=is_up)
            case SignInExpired(pending):
                banner.show_sign_in_expired(pending)
            case TooOld():
                banner.clear()
                self.notices.tell(explain(ClientTooOld(426, "client_too_old")), Weight.TROUBLE)
            case _:
                banner.clear()
        if isinstance(status, (Synced, NeedsAttention)):
            self.refusals.count(status.count if isinstance(status, NeedsAttention) else 0)

    def _sync_pressed(self) -> None:
        match self._sync:
            case NeedsAttention():
                self.refusals.show()
            case SignInExpired():
                self.sign_in_wanted.emit()
            case _:
                self._in_step.run_now()

    def _scope_changed(self, change: ScopeChanged) -> None:
        """Rows came: what is on the screen and touched is read again, without moving anything."""
        everything = not change.entities
        if change.scope == "org":
            self._read_company()
            if everything or "article" in change.entities:
                self.looking_up.articles_changed(change.ids)
        self.writing.rows_changed(change.ids)
        item = self.items.current
        if item is None or item.customer is None:
            return
        profile = item.recognition.profile if isinstance(item.recognition, Known) else None
        shown = {item.customer.id, *(ticket.id for ticket in profile.open_tickets)} if profile else set()
        if everything or shown & change.ids:
            self._read_customer()
        elif change.entities & {"contact", "ticket"} and not self._reread.isActive():
            self._reread.start()

    def _read_customer(self) -> None:
        item = self.items.current
        if item is not None and item.customer is not None:
            self.customers.open(item.key, item.customer.id)

    def _read_company(self) -> None:
        rooms, language = self._rooms, self._formats.language
        self._background.store.do(
            lambda: read_company(rooms.organisation, rooms.desk, rooms.agent.id, language),
            self._show_company,
            self._trouble,
        )

    def _show_company(self, company: Company) -> None:
        self._directory = company.directory
        self._segments = {queue.id: queue.segments[0] for queue in company.queues if queue.segments}
        self._window.show_directory(company.directory)
        self._window.strip.offer_wrap_up_codes(company.codes)
        self._window.right.form.offer_categories(company.categories)
        self.calls.transfers.offer(company.targets)
        self.calls.outbound.offer(company.numbers)
        self.speed_dial.offer(company.targets)
        self.calls.plan_wrap_up({queue.id: queue.wrap_up_s for queue in company.queues})
        self.calls.show_again()
        self.today.show_again()

    def _suggest_now(self) -> None:
        draft = self._window.right.form.draft
        self.looking_up.suggest_for(self.items.current, draft.subject, draft.description[:200])

    def _trouble(self, error: Exception) -> None:
        self.notices.tell(explain(error), Weight.TROUBLE)

    def _filed(self, _ticket: Ticket) -> None:
        item = self.items.current
        if item is not None and item.customer is not None:
            self.customers.open(item.key, item.customer.id)

    def _take_up(self, draft: TicketDraft) -> None:
        self._window.start_ticket()
        self.writing.take_up(draft)

    def _sign_off(self) -> None:
        self._rooms.session.sign_off()
        self.signed_off.emit()

    def _segment(self) -> SegmentId:
        """Where a new customer belongs: the first segment of the queue that is on the line, else of the agent's own."""
        item = self.items.current
        queue = item.call.invite.queue if item is not None and item.call is not None else None
        segments = [self._segments[id_] for id_ in (queue, *self._rooms.agent.queues) if id_ in self._segments]
        return SegmentId(segments[0] if segments else "")

    def _breaks(self) -> tuple[BreakReason, ...]:
        return (
            BreakReason("short", self.tr("Short break"), 15 * 60),
            BreakReason("meal", self.tr("Meal"), 45 * 60),
            BreakReason("training", self.tr("Training")),
            BreakReason("meeting", self.tr("Meeting")),
        )
