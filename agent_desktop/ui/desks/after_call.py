"""After a call: its work with its clock and policy, or the wait for a caller who is asked for a PIN and comes back."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from PySide6.QtCore import QObject, Signal

from agent_desktop.session import Seat
from agent_desktop.softphone.call import Call, CallId, EndReason
from agent_desktop.ui.background import Background
from agent_desktop.ui.desks.transfers import was_lost_in_transfer
from agent_desktop.ui.open_items import Item, OpenItems
from agent_desktop.ui.rooms import Rooms
from agent_desktop.ui.strip.awaiting import Awaited
from agent_desktop.ui.strip.call_strip import CallStrip
from agent_desktop.ui.strip.wrap_up import AfterCallFace
from agent_desktop.ui.supervisor.order_words import explain_no_answer
from agent_model.after_call import USUAL_POLICY, AfterCallPolicy, AfterCallWork, WhyStay, WorkDone, WorkEnd
from agent_model.agent import AgentState
from agent_model.break_reason import NO_ANSWER
from agent_model.organisation import Queue

PIN_CHECK_TAKES = timedelta(minutes=3)
"""Whoever has not come back by then has hung up there: the exchange does not say so."""
NO_QUEUES: Final[Mapping[str, Queue]] = {}


@dataclass(frozen=True, slots=True)
class _Wait:
    """For the caller of this item; the call that left keeps the agent on the phone meanwhile."""

    key: str
    call_id: CallId
    since: datetime
    queue: str | None


class AfterCall(QObject):
    """`ended(key)` when the work for this item is done, `worked(key, WorkDone)` whenever some of it is over;
    `seat_changed` with every Seat. `finish_wanted` when the agent says that the work is done; `disposition_missing`
    when that is all that keeps it from ending."""

    told = Signal(str)
    ended = Signal(str)
    worked = Signal(str, object)
    finish_wanted = Signal()
    disposition_missing = Signal()
    seat_changed = Signal(object)

    def __init__(
        self, rooms: Rooms, background: Background, items: OpenItems, strip: CallStrip, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._rooms = rooms
        self._background = background
        self._items = items
        self._strip = strip
        self.key: str | None = None
        self._wait: _Wait | None = None
        self._queues = NO_QUEUES
        self._with_disposition: set[str] = set()
        self._going_on: tuple[str, AfterCallWork] | None = None
        self._is_over_time = False
        wishes, session = strip.wishes, rooms.session
        wishes.extend_wanted.connect(session.extend_after_call_work)
        wishes.finish_wanted.connect(self.finish_wanted)
        wishes.wait_ended.connect(self._stop_waiting)

    def plan(self, queues: tuple[Queue, ...]) -> None:
        """What each queue wants of the work after its calls; the session's own figure for calls of none."""
        self._queues = {queue.id: queue for queue in queues}

    def policy_of(self, item: Item) -> AfterCallPolicy:
        queue = self._queues.get(item.queue or "")
        return USUAL_POLICY if queue is None else queue.after_call

    def call_ended(self, item: Item, call: Call) -> None:
        """The agent has left this call: its work begins, or the wait for its caller, or nothing."""
        if call.answered_at is None:
            self._rooms.session.call_ended(call.id, wrap_up_s=0)
            if self._is_awaited(item.key):
                self._stop_waiting()
            self._weigh_silence(call)
            return
        self.key = item.key
        self._strip.show_failed(None, self._rooms.clock())
        if item.comes_back:
            self._wait = _Wait(item.key, call.id, self._rooms.clock(), call.invite.queue)
            self.show()
        else:
            self._begin(call.id, call.invite.queue, item.key)

    def _weigh_silence(self, call: Call) -> None:
        """A queue's caller rang in vain: nobody sits here, so no other is brought here."""
        session = self._rooms.session
        is_unanswered = call.end is not None and call.end.reason is EndReason.RANG_OUT and call.invite.queue is not None
        if is_unanswered and session.seat.entry.state is AgentState.READY:
            session.take_break(NO_ANSWER)
            self.told.emit(explain_no_answer())

    def consult_ended(self, call: Call, about: Item | None) -> None:
        """Somebody who was asked about a call is gone; the work is that of the caller's queue."""
        queue = None if about is None else about.queue
        self._begin(call.id, queue, None if about is None else about.key)

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

    def disposition_is(self, key: str, *, chosen: bool) -> None:
        """Whether what the call of this item came to is chosen."""
        (self._with_disposition.add if chosen else self._with_disposition.discard)(key)
        if key == self.key:
            self._rooms.session.disposition_is(chosen=chosen)

    def finish(self) -> None:
        """What had to be done is done: the work ends, unless its policy keeps the agent there."""
        session = self._rooms.session
        match session.why_stay:
            case WhyStay.DISPOSITION_MISSING:
                self._tell_missing()
            case WhyStay.TOO_EARLY:
                self.told.emit(self.tr("After-call work of this queue lasts its whole time; then you are ready."))
            case None:
                session.finish_after_call_work()

    def seat_is(self, seat: Seat) -> None:
        """The session's listener: after-call work shows on the strip, and its end closes the matter."""
        self.show()
        self._tell_worked(seat)
        self.seat_changed.emit(seat)
        if seat.entry.state not in (AgentState.AFTER_CALL_WORK, AgentState.ON_CALL) and self.key is not None:
            key, self.key = self.key, None
            self._with_disposition.discard(key)
            self.ended.emit(key)

    def _tell_worked(self, seat: Seat) -> None:
        going_on, key = self._going_on, self.key
        self._going_on = None if seat.work is None or key is None else (key, seat.work)
        if going_on is None or seat.work is not None:
            return
        (key, work), now = going_on, seat.entry.since
        match seat.entry.state:
            case AgentState.ON_CALL:
                end = WorkEnd.INTERRUPTED
            case AgentState.OFFLINE:
                end = WorkEnd.SIGNED_OFF
            case _:
                end = WorkEnd.BY_ITSELF if work.is_done(now) else WorkEnd.DONE
        self.worked.emit(key, WorkDone(work.since, max(work.since, now), end, work.extended))

    def tick(self, now: datetime) -> None:
        self._rooms.session.tick()
        work = self._rooms.session.seat.work
        is_over_time = work is not None and work.is_over_time(now)
        if is_over_time != self._is_over_time:
            self._is_over_time = is_over_time
            self.show()
            if is_over_time and work is not None and work.lacks_disposition:
                self._tell_missing()
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
        self._strip.show_after_call_work(self._face(seat, now), now)

    def _begin(self, call_id: CallId, queue_id: str | None, key: str | None) -> None:
        queue, session = self._queues.get(queue_id or ""), self._rooms.session
        has_disposition = key in self._with_disposition
        if queue is None:
            session.call_ended(call_id, has_disposition=has_disposition)
        else:
            session.call_ended(call_id, queue.wrap_up_s, queue.after_call, has_disposition=has_disposition)

    def _face(self, seat: Seat, now: datetime) -> AfterCallFace | None:
        if seat.work is None:
            return None
        then_ready = seat.wanted in (None, AgentState.READY)
        item = None if self.key is None else self._items.get(self.key)
        if item is None:
            return AfterCallFace(seat.work, now, then_ready=then_ready)
        return AfterCallFace(
            seat.work,
            now,
            who=self._items.title_of(item, self._rooms.plan),
            then_ready=then_ready,
            outcome=item.outcome,
            is_lost=item.call is not None and was_lost_in_transfer(item.call),
        )

    def _tell_missing(self) -> None:
        self.told.emit(self.tr("Choose what the call came to: this queue's work does not end before (Ctrl+E)."))
        self.disposition_missing.emit()

    def _is_awaited(self, key: str) -> bool:
        return self._wait is not None and self._wait.key == key

    def _stop_waiting(self) -> None:
        """The caller does not come back: what is left is the work."""
        wait, self._wait = self._wait, None
        if wait is not None:
            self._items.change(wait.key, comes_back=False)
            self._begin(wait.call_id, wait.queue, wait.key)
            self.show()
