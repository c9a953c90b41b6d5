"""One agent's window at work: the panes wired to the rooms, each matter by its own desk, and what ties them."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication

from agent_desktop.customers.profile import Known, Recognition, Several
from agent_desktop.session import Seat
from agent_desktop.softphone.account import NotRegistered, Registered, Registering, Registration
from agent_desktop.softphone.call import CallState, Direction
from agent_desktop.softphone.events import Event
from agent_desktop.sync.events import NeedsAttention, Offline, ScopeChanged, SignInExpired, SyncStatus
from agent_desktop.tickets.draft import TicketDraft
from agent_desktop.ui.background import Background
from agent_desktop.ui.call_desk import CallDesk
from agent_desktop.ui.customer_desk import CustomerDesk
from agent_desktop.ui.directory import Directory
from agent_desktop.ui.formats import Formats
from agent_desktop.ui.in_step import InStep
from agent_desktop.ui.left_list import CallLine, CallLineKind, DayFigures, ItemKind, OpenItem, QueueLine
from agent_desktop.ui.looking_up import LookingUp
from agent_desktop.ui.main_window import MainWindow
from agent_desktop.ui.messages import explain, explain_registration
from agent_desktop.ui.notices import Notice, Weight
from agent_desktop.ui.open_items import Item, OpenItems, key_of_customer
from agent_desktop.ui.refusals import Refusals
from agent_desktop.ui.right_panel import KNOWLEDGE
from agent_desktop.ui.rooms import Rooms
from agent_desktop.ui.state_button import BreakReason
from agent_desktop.ui.writing import Writing
from agent_model.agent import QueueFigures
from agent_model.customer import SegmentId
from agent_model.organisation import Queue
from agent_model.ticket import Ticket

TYPING_PAUSE_S = 3.0
LATE_AFTER_S = 60
SUGGEST_AFTER_MS = 400


@dataclass(frozen=True, slots=True)
class _Company:
    """What the panes need of the company, read in one go. Codes and categories as (id, name)."""

    queues: tuple[Queue, ...]
    directory: Directory
    codes: tuple[tuple[str, str], ...]
    categories: tuple[tuple[str, str], ...]


class Workspace(QObject):
    """Made once per window, after sign-in. `sign_in_wanted` when the server asks for the password again."""

    sign_in_wanted = Signal()
    signed_off = Signal()

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
        self._queues: tuple[QueueFigures, ...] = ()
        self._lines: tuple[CallLine, ...] = ()
        self._handled_s: list[float] = []
        self._notices: tuple[Notice, ...] = ()
        self._sync: SyncStatus | None = None
        self._typed_at = datetime.min.replace(tzinfo=UTC)
        self._unread: set[str] = set()
        self._segments: dict[str, str] = {}
        self._shown: Recognition | None = None
        self.items = OpenItems()
        strip, right = window.strip, window.right
        self.calls = CallDesk(rooms, background, self.items, strip, formats, lambda: self._directory, self)
        self.customers = CustomerDesk(rooms, background, self.items, window.customer, self._segment, self)
        self.writing = Writing(rooms, background, right.form, lambda: self.items.current, self)
        self.looking_up = LookingUp(
            rooms, background, right.knowledge, window.top_bar, formats, lambda: right.turn_to(KNOWLEDGE), self
        )
        self.refusals = Refusals(rooms, background, lambda: window.attention, self)
        self._suggest = QTimer(self)
        self._suggest.setSingleShot(True)
        self._suggest.setInterval(SUGGEST_AFTER_MS)
        self._suggest.timeout.connect(self._suggest_now)
        self._second = QTimer(self)
        self._second.setInterval(1_000)
        self._second.timeout.connect(lambda: self.calls.tick(rooms.clock()))
        self._connect()
        self._watch_typing()

    def begin(self) -> None:
        """Reads the company, shows the seat, and takes up whatever was left from before."""
        self._window.top_bar.state.offer_breaks(self._breaks())
        self._window.top_bar.show_seat(self._rooms.session.seat, self._rooms.clock())
        self._show_list()
        self.writing.turn_to(None)
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
        calls.phone_away.connect(lambda words: self.tell(words, Weight.TROUBLE))
        self.customers.recognised.connect(calls.take_recognition)
        for told in (calls.told, self.customers.told, self.looking_up.told, self.refusals.told):
            told.connect(self.tell)
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
        window.top_bar.notices_wanted.connect(self._read_notices)
        self._in_step.status_changed.connect(self._show_sync)
        self._in_step.scope_changed.connect(self._scope_changed)
        self._in_step.queues_seen.connect(self._show_queues)
        self._in_step.store_failed.connect(lambda error: self.tell(explain(error), Weight.TROUBLE))

    def _watch_typing(self) -> None:
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._follow_focus)

    def _follow_focus(self, before: QObject | None, now: QObject | None) -> None:
        if before is not None:
            before.removeEventFilter(self)
        if now is not None:
            now.installEventFilter(self)

    def eventFilter(self, _: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.KeyPress, QEvent.Type.InputMethod):
            self._typed_at = self._rooms.clock()
        return False

    # ---- what is open ---------------------------------------------------------------------------------------

    def open_item(self, key: str) -> None:
        """This item comes onto the screen; what is typed for the one before is saved first."""
        item = self.items.get(key)
        if item is None:
            return
        self.items.current_key = key
        self._unread.discard(key)
        self.writing.turn_to(item)
        self._show_item(item)
        self._show_list()

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
        self._unread.discard(key)
        current = self.items.current
        self.writing.turn_to(current)
        if current is None:
            self._window.customer.show_nothing()
            self.looking_up.suggest_for(None)
        else:
            self._show_item(current)
        self._show_list()

    def _show_item(self, item: Item) -> None:
        if item.recognition is not None:
            name = item.call.remote_name if item.call else ""
            self._window.customer.show_recognition(item.recognition, self._rooms.clock(), name)
        else:
            self._window.customer.show_waiting(None)
        self._suggest_now()

    def _item_changed(self, key: str) -> None:
        item = self.items.get(key)
        if item is not None and key == self.items.current_key and item.recognition is not None:
            shown = self._window.customer.customer_id
            if item.customer is None or item.customer.id != shown or self._recognition_is_new(item):
                self._show_item(item)
        self._show_list()

    def _recognition_is_new(self, item: Item) -> bool:
        is_new = item.recognition is not self._shown
        self._shown = item.recognition
        return is_new

    def _rang(self, key: str) -> None:
        """A ring moves nothing; only an empty centre shows the caller at once."""
        if self.items.current is None and not self.writing.has_words:
            self.open_item(key)
        else:
            self._show_list()

    def _answered(self, key: str) -> None:
        """The caller comes onto the screen, unless the agent is in the middle of typing about somebody else."""
        is_typing = (self._rooms.clock() - self._typed_at).total_seconds() < TYPING_PAUSE_S
        busy = self.items.current_key not in (None, key) and is_typing and self._window.right.form.is_being_written
        if busy:
            self._unread.add(key)
            self._show_list()
        else:
            self.open_item(key)

    def _call_over(self, key: str) -> None:
        item = self.items.get(key)
        if item is None or item.call is None:
            return
        call = item.call
        was_answered = call.answered_at is not None
        kind = CallLineKind.OUT if call.direction is Direction.OUTGOING else CallLineKind.IN
        detail = self._directory.queue(call.invite.queue or "")
        line = CallLine(
            key=key,
            kind=kind if was_answered or kind is CallLineKind.OUT else CallLineKind.MISSED,
            title=item.customer.name if item.customer else self.calls.number_shown(call),
            detail=self.tr("Missed · call back") if not was_answered and kind is CallLineKind.IN else detail,
            at=call.started_at,
            number=call.remote_number,
            customer_id=item.customer.id if item.customer else None,
        )
        self._lines = (line, *self._lines)
        if call.answered_at is not None and call.end is not None:
            self._handled_s.append((call.end.at - call.answered_at).total_seconds())
        self._window.left.show_calls(self._lines)
        self._show_day()
        if not was_answered and not (key == self.items.current_key and self.writing.has_words):
            self.close_item(key)

    def _work_ended(self, key: str) -> None:
        """After-call work is done: the item goes, unless words are left in its form."""
        if key == self.items.current_key and self.writing.has_words:
            self._show_list()
            return
        self.close_item(key)

    def _take_call_line(self, line: CallLine) -> None:
        if line.customer_id:
            self.open_customer(line.customer_id)
        elif line.number:
            self._window.strip.focus_dial()

    # ---- what is shown ----------------------------------------------------------------------------------------

    def _show_list(self) -> None:
        lines = tuple(self._line_of(item) for item in self.items)
        self._window.left.show_open(lines, self.items.current_key or "")

    def _line_of(self, item: Item) -> OpenItem:
        call = item.call
        queue = self._directory.queue(call.invite.queue or "") if call else ""
        if call is not None and call.state is CallState.RINGING:
            return OpenItem(
                item.key, ItemKind.RINGING, self._title(item), self.tr("Call in · {queue}").format(queue=queue)
            )
        if call is not None and not call.is_over:
            return OpenItem(
                item.key,
                ItemKind.CALL,
                self._title(item),
                queue,
                since=call.answered_at or call.started_at,
                is_unread=item.key in self._unread,
            )
        word = self.tr("Wrap-up") if call is not None else ""
        detail = item.customer.company or "" if item.customer else queue
        return OpenItem(item.key, ItemKind.CUSTOMER, self._title(item), detail or queue, word=word)

    def _title(self, item: Item) -> str:
        if item.customer:
            return item.customer.name
        if isinstance(item.recognition, Several):
            return self.tr("{count} possible customers").format(count=len(item.recognition.candidates))
        if item.call is not None:
            return self.calls.number_shown(item.call) or self.tr("Number withheld")
        return self.tr("Customer")

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
            self.tell(explain_registration(registration), Weight.TROUBLE)
        if isinstance(self._sync, Offline):
            self._show_sync(self._sync)

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
            case _:
                banner.clear()
        if isinstance(status, NeedsAttention):
            self.refusals.read()

    def _sync_pressed(self) -> None:
        match self._sync:
            case NeedsAttention():
                self.refusals.show(self._window)
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
        item = self.items.current
        if item is None or item.customer is None:
            return
        profile = item.recognition.profile if isinstance(item.recognition, Known) else None
        shown = {item.customer.id, *(ticket.id for ticket in profile.open_tickets)} if profile else set()
        if everything or shown & change.ids or change.entities & {"contact", "ticket"}:
            self.customers.open(item.key, item.customer.id)

    def _show_queues(self, figures: tuple[QueueFigures, ...]) -> None:
        self._queues = figures
        mine = [figure for figure in figures if figure.queue in self._rooms.agent.queues]
        self._window.left.show_queues(
            tuple(
                QueueLine(
                    name=self._directory.queue(figure.queue),
                    waiting=figure.waiting,
                    longest_wait_s=figure.longest_wait_s,
                    service_level=figure.service_level,
                    is_late=(figure.longest_wait_s or 0) > LATE_AFTER_S,
                )
                for figure in mine
            )
        )
        waiting = sum(figure.waiting for figure in mine)
        self._window.strip.show_waiting(
            self.tr("{count} callers are waiting").format(count=waiting) if waiting else self.tr("Nobody is waiting")
        )

    def _show_day(self) -> None:
        average = sum(self._handled_s) / len(self._handled_s) if self._handled_s else None
        day = DayFigures(calls=len(self._handled_s), handling_s=average)
        self._window.left.show_day(day)
        self._window.top_bar.show_day(day)

    def _read_company(self) -> None:
        organisation, desk, language = self._rooms.organisation, self._rooms.desk, self._formats.language

        def read() -> _Company:
            queues = organisation.queues()
            codes = tuple((code.id, code.name.in_language(language)) for code in organisation.wrap_up_codes())
            categories = tuple((one.id, one.name.in_language(language)) for one in desk.categories())
            directory = Directory(
                queues={queue.id: queue.name.in_language(language) for queue in queues},
                people={agent.id: agent.name.in_language(language) for agent in organisation.agents()},
                categories=dict(categories),
                products={product.id: product.name.in_language(language) for product in organisation.products()},
                wrap_up_codes=dict(codes),
            )
            return _Company(queues, directory, codes, categories)

        self._background.store.do(read, self._show_company, lambda error: self.tell(explain(error), Weight.TROUBLE))

    def _show_company(self, company: "_Company") -> None:
        self._directory = company.directory
        self._segments = {queue.id: queue.segments[0] for queue in company.queues if queue.segments}
        self._window.show_directory(company.directory)
        self._window.strip.offer_wrap_up_codes(company.codes)
        self._window.right.form.offer_categories(company.categories)
        self.calls.plan_wrap_up({queue.id: queue.wrap_up_s for queue in company.queues})
        self.calls.show_again()
        self._show_queues(self._queues)
        self._show_list()

    def _suggest_now(self) -> None:
        draft = self._window.right.form.draft
        self.looking_up.suggest_for(self.items.current, draft.subject, draft.description[:200])

    # ---- the rest -----------------------------------------------------------------------------------------------

    def tell(self, words: str, weight: Weight = Weight.WARNING) -> None:
        """Something to know: a toast outside calls, and in the list behind the bell always."""
        notice = Notice(f"n{len(self._notices)}", weight, words, self._rooms.clock())
        if self._notices and self._notices[0].words == words:
            return
        self._notices = (notice, *self._notices)[:200]
        if not any(item.is_in_call for item in self.items) or weight is Weight.TROUBLE:
            self._window.toasts.show_toast(notice)
        self._window.top_bar.show_unread(sum(1 for one in self._notices if one.is_unread))

    def _read_notices(self) -> None:
        self._window.notices.show_notices(self._notices, self._rooms.clock())
        self._notices = tuple(_read(notice) for notice in self._notices)
        self._window.top_bar.show_unread(0)

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


def _read(notice: Notice) -> Notice:
    return replace(notice, is_unread=False)
