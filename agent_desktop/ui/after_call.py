"""After a call: its work with code and clock, or the wait for a caller who is asked for a PIN and comes back."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from PySide6.QtCore import QObject, Signal

from agent_desktop.session import Seat
from agent_desktop.softphone.call import Call, CallId
from agent_desktop.ui.background import Background
from agent_desktop.ui.call_strip import CallStrip
from agent_desktop.ui.messages import explain
from agent_desktop.ui.open_items import Item, OpenItems
from agent_desktop.ui.rooms import Rooms
from agent_desktop.ui.strip.awaiting import Awaited
from agent_desktop.ui.strip.wrap_up import AfterCallWork
from agent_desktop.ui.transfers import was_lost_in_transfer
from agent_model.agent import AgentState

PIN_CHECK_TAKES = timedelta(minutes=3)
"""Whoever has not come back by then has hung up there: the exchange does not say so."""


@dataclass(frozen=True, slots=True)
class _Wait:
    """For the caller of this item; the call that left keeps the agent on the phone meanwhile."""

    key: str
    call_id: CallId
    since: datetime
    wrap_up_s: int | None


class AfterCall(QObject):
    """`ended(key)` when the work for this item is done; `seat_changed` with every Seat."""

    told = Signal(str)
    saved = Signal()
    ended = Signal(str)
    seat_changed = Signal(object)

    def __init__(
        self, rooms: Rooms, background: Background, items: OpenItems, strip: CallStrip, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._rooms = rooms
        self._background = background
        self._items = items
        self._strip = strip
        self._key: str | None = None
        self._wait: _Wait | None = None
        self._wrap_up_s: dict[str, int] = {}
        wishes, session = strip.wishes, rooms.session
        wishes.wrap_up_chosen.connect(self.choose_wrap_up)
        wishes.extend_wanted.connect(session.extend_after_call_work)
        wishes.finish_wanted.connect(session.finish_after_call_work)
        wishes.wait_ended.connect(self._stop_waiting)

    def plan(self, seconds_by_queue: dict[str, int]) -> None:
        """How long after-call work lasts for calls of each queue; the session's own figure for the others."""
        self._wrap_up_s = seconds_by_queue

    def call_ended(self, item: Item, call: Call) -> None:
        """The agent has left this call: its work begins, or the wait for its caller, or nothing."""
        if call.answered_at is None:
            self._rooms.session.call_ended(call.id, wrap_up_s=0)
            if self._is_awaited(item.key):
                self._stop_waiting()
            return
        self._key = item.key
        self._strip.show_failed(None, self._rooms.clock())
        wrap_up_s = self._wrap_up_s.get(call.invite.queue or "")
        if item.comes_back:
            self._wait = _Wait(item.key, call.id, self._rooms.clock(), wrap_up_s)
            self.show()
        else:
            self._rooms.session.call_ended(call.id, wrap_up_s=wrap_up_s)

    def consult_ended(self, call: Call, about: Item | None) -> None:
        """Somebody who was asked about a call is gone; the work is that of the caller's queue."""
        queue = about.call.invite.queue if about is not None and about.call is not None else None
        self._rooms.session.call_ended(call.id, wrap_up_s=self._wrap_up_s.get(queue or ""))

    def answered(self, key: str) -> None:
        """Whoever was waited for is back."""
        wait = self._wait
        if wait is not None and wait.key == key:
            self._wait = None
            self._rooms.session.call_ended(wait.call_id, wrap_up_s=0)
            self.show()

    def rate(self, key: str, words: str) -> None:
        """How the caller rated the call."""
        if self._items.change(key, outcome=words) is not None:
            self.show()

    def choose_wrap_up(self, code: str) -> None:
        """The wrap-up code of the call whose work is being finished, onto its line of the timeline."""
        item = None if self._key is None else self._items.change(self._key, wrap_up_code=code)
        if item is None:
            return
        self.show()
        if item.contact_id is not None:
            book, contact_id = self._rooms.book, item.contact_id
            self._background.store.do(
                lambda: book.wrap_up(contact_id, code),
                lambda _: self.saved.emit(),
                lambda error: self.told.emit(explain(error)),
            )

    def seat_is(self, seat: Seat) -> None:
        """The session's listener: after-call work shows on the strip, and its end closes the matter."""
        self.show()
        self.seat_changed.emit(seat)
        if seat.entry.state not in (AgentState.AFTER_CALL_WORK, AgentState.ON_CALL) and self._key is not None:
            key, self._key = self._key, None
            self.ended.emit(key)

    def tick(self, now: datetime) -> None:
        self._rooms.session.tick()
        wait = self._wait
        if wait is not None and now - wait.since >= PIN_CHECK_TAKES:
            item = self._items.get(wait.key)
            who = "" if item is None else self._items.title_of(item, self._rooms.plan)
            self.told.emit(self.tr("{who} did not come back from the PIN check.").format(who=who))
            self._stop_waiting()

    def show(self) -> None:
        """What the strip says of it now."""
        seat, now = self._rooms.session.seat, self._rooms.clock()
        wait = self._wait
        waited = None if wait is None else self._items.get(wait.key)
        who = "" if waited is None else self._items.title_of(waited, self._rooms.plan)
        self._strip.show_awaited(None if wait is None else Awaited(who, wait.since, wait.since + PIN_CHECK_TAKES), now)
        self._strip.show_after_call_work(self._work(seat), now)

    def _work(self, seat: Seat) -> AfterCallWork | None:
        if seat.entry.state is not AgentState.AFTER_CALL_WORK or seat.entry.until is None:
            return None
        item = None if self._key is None else self._items.get(self._key)
        if item is None:
            return AfterCallWork(seat.entry.until, then_ready=seat.wanted in (None, AgentState.READY))
        return AfterCallWork(
            until=seat.entry.until,
            who=self._items.title_of(item, self._rooms.plan),
            code=item.wrap_up_code or "",
            then_ready=seat.wanted in (None, AgentState.READY),
            outcome=item.outcome,
            is_lost=item.call is not None and was_lost_in_transfer(item.call),
        )

    def _is_awaited(self, key: str) -> bool:
        return self._wait is not None and self._wait.key == key

    def _stop_waiting(self) -> None:
        """The caller does not come back: what is left is the work."""
        wait, self._wait = self._wait, None
        if wait is not None:
            self._items.change(wait.key, comes_back=False)
            self._rooms.session.call_ended(wait.call_id, wrap_up_s=wait.wrap_up_s)
            self.show()
