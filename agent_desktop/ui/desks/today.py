"""The left list: what is open, my queues now, my calls of today and my figures."""

from collections.abc import Callable, Iterable

from PySide6.QtCore import QObject, Signal

from agent_desktop.customers import masking
from agent_desktop.customers.profile import Several
from agent_desktop.day import OwnCall, figures
from agent_desktop.softphone.call import Call, CallState, Direction
from agent_desktop.ui.background import Background
from agent_desktop.ui.directory import Directory
from agent_desktop.ui.history.words import outcome_word, party_word
from agent_desktop.ui.messages.trouble import explain
from agent_desktop.ui.open_items import Item, OpenItems
from agent_desktop.ui.rooms import Rooms
from agent_desktop.ui.strip.targets import Target, TargetKind
from agent_desktop.ui.window.left_list import CallLine, CallLineKind, DayFigures, ItemKind, OpenItem, QueueLine
from agent_desktop.ui.window.main_window import MainWindow
from agent_model.agent import QueueFigures, QueueId
from agent_model.call_quality import CallQuality
from agent_model.customer import ContactKind
from agent_model.phone_number import on_record

LATE_AFTER_S = 60
LATELY = 20
"""Calls of today that are offered when a call is to be brought somewhere."""
_KINDS = {
    ContactKind.CALL_IN: CallLineKind.IN,
    ContactKind.CALL_OUT: CallLineKind.OUT,
    ContactKind.CALL_MISSED: CallLineKind.MISSED,
}


class Today(QObject):
    """`directory` gives the names of now; figures come from what is on this disk, so a restart loses none."""

    told = Signal(str)
    called_lately = Signal(object)
    """Whom the agent talked with today, as a tuple of Target."""
    calls_changed = Signal(object)
    """Today's calls, as a tuple of OwnCall."""

    def __init__(
        self,
        rooms: Rooms,
        background: Background,
        window: MainWindow,
        items: OpenItems,
        directory: Callable[[], Directory],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._rooms = rooms
        self._background = background
        self._window = window
        self._items = items
        self._directory = directory
        self._queues: dict[QueueId, QueueFigures] = {}
        self._calls: tuple[OwnCall, ...] = ()
        self._unseen: set[str] = set()

    def read(self) -> None:
        """Today's calls from the disk."""
        day = self._rooms.day
        self._background.store.do(day.calls, self._show_calls, lambda error: self.told.emit(explain(error)))

    def add(self, item: Item, call: Call) -> OwnCall:
        """The call is over: it joins the day."""
        own = OwnCall(
            key=item.key,
            kind=_kind(call),
            at=call.started_at,
            name=item.customer.name if item.customer else "",
            number=item.number_kept(self._rooms.plan),
            queue=call.invite.queue or "",
            customer_id=item.customer.id if item.customer else None,
            handled_s=(call.end.at - call.answered_at).total_seconds() if call.end and call.answered_at else None,
            shown_number=call.shown_number,
            ended=call.end.reason.value if call.end else "",
            score=_score(item.quality),
        )
        day = self._rooms.day
        self._background.store.do(lambda: day.add(own), self._show_calls, lambda error: self.told.emit(explain(error)))
        return own

    def mark_unseen(self, key: str) -> None:
        """Something about this item waits to be looked at."""
        self._unseen.add(key)
        self.show_open()

    def show_open(self) -> None:
        if self._items.current_key is not None:
            self._unseen.discard(self._items.current_key)
        self._window.left.show_open(tuple(self._line_of(item) for item in self._items), self._items.current_key or "")

    def show_queues(self, figures_now: Iterable[QueueFigures]) -> None:
        """My queues as the server sees them."""
        self._queues = {one.queue: one for one in figures_now if one.queue in self._rooms.agent.queues}
        self._show_queues()

    def forget_queues(self) -> None:
        """Nobody tells any more how the queues stand: better a dash than a figure that was true once."""
        self._queues = {}
        self._show_queues()

    def _show_queues(self) -> None:
        mine = self._rooms.agent.queues
        self._window.left.show_queues(tuple(self._queue_line(queue, self._queues.get(queue)) for queue in mine))
        waiting = sum(one.waiting for one in self._queues.values())
        if not self._queues:
            words = ""
        elif waiting:
            words = self.tr("Callers waiting: {count}").format(count=waiting)
        else:
            words = self.tr("Nobody is waiting")
        self._window.strip.show_waiting(words)

    def _queue_line(self, queue: QueueId, now: QueueFigures | None) -> QueueLine:
        name = self._directory().queue(queue)
        if now is None:
            return QueueLine(name, None, None, None)
        is_late = (now.longest_wait_s or 0) > LATE_AFTER_S
        return QueueLine(name, now.waiting, now.longest_wait_s, now.service_level, is_late=is_late)

    def show_again(self) -> None:
        """Names have changed."""
        self.show_open()
        self._show_queues()
        self._show_calls(self._calls)

    def _show_calls(self, calls: tuple[OwnCall, ...]) -> None:
        self._calls = calls
        self.calls_changed.emit(calls)
        self._window.left.show_calls(tuple(self._call_line(call) for call in calls))
        dialled = next((call for call in calls if call.kind is ContactKind.CALL_OUT), None)
        self._window.strip.show_last("" if dialled is None else self._call_line(dialled).title)
        here = (call for call in calls if call.number and on_record(call.number) is None)
        self.called_lately.emit(tuple(self._target(call) for call in here)[:LATELY])
        mine = figures(calls)
        day = DayFigures(calls=mine.handled, handling_s=mine.mean_s)
        self._window.left.show_day(day)
        self._window.top_bar.show_day(day)

    @property
    def last_dialled(self) -> str:
        """The number of the last call out; empty when there was none today."""
        return next((call.number for call in self._calls if call.kind is ContactKind.CALL_OUT), "")

    def _target(self, call: OwnCall) -> Target:
        shown = masking.shown(call.number, self._rooms.plan)
        return Target(call.number, call.name, TargetKind.RECENT, shown=shown)

    def _call_line(self, call: OwnCall) -> CallLine:
        detail = self._directory().queue(call.queue)
        if call.is_missed:
            detail = self.tr("Missed · call back")
        elif call.kind is ContactKind.CALL_MISSED:
            detail = outcome_word(call)[0]
        return CallLine(
            key=call.key,
            kind=_KINDS[call.kind],
            title=party_word(call, self._rooms.plan),
            detail=detail,
            at=call.at,
            number=call.number,
            customer_id=call.customer_id,
        )

    def _line_of(self, item: Item) -> OpenItem:
        call, title = item.call, self._title(item)
        queue = self._directory().queue(call.invite.queue or "") if call else ""
        if call is not None and call.state is CallState.RINGING:
            words = self.tr("Call in · {queue}").format(queue=queue) if queue else self.tr("Call in")
            return OpenItem(item.key, ItemKind.RINGING, title, words)
        is_unread = item.key in self._unseen
        if call is not None and not call.is_over:
            since = call.answered_at or call.started_at
            return OpenItem(item.key, ItemKind.CALL, title, queue, since=since, is_unread=is_unread)
        detail = (item.customer.company if item.customer else None) or queue
        word = "" if call is None else self.tr("PIN check") if item.comes_back else self.tr("Wrap-up")
        return OpenItem(item.key, ItemKind.CUSTOMER, title, detail, word=word, is_unread=is_unread)

    def _title(self, item: Item) -> str:
        if item.customer:
            return item.customer.name
        if isinstance(item.recognition, Several):
            return self.tr("{count} possible customers").format(count=len(item.recognition.candidates))
        if item.call is not None:
            return masking.shown(item.call.remote_number, self._rooms.plan) or self.tr("Number withheld")
        return item.words or self.tr("Customer")


def _score(quality: CallQuality | None) -> float | None:
    """Of the side that heard worse."""
    return None if quality is None else min(quality.mos, quality.mos_there or quality.mos)


def _kind(call: Call) -> ContactKind:
    if call.direction is Direction.OUTGOING:
        return ContactKind.CALL_OUT
    return ContactKind.CALL_IN if call.answered_at else ContactKind.CALL_MISSED
