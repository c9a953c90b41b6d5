"""Keeps this workstation and the server in step: when the sync cycle runs, and what the screens hear of it."""

import random
import threading
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from agent_desktop.errors import CacheDamaged, StoreError
from agent_desktop.sync.cycle import Next, SyncCycle
from agent_desktop.sync.events import PersonErased, ScopeChanged, SettingsDecided, SightChanged, SyncStatus
from agent_desktop.sync.live import (
    FiguresSeen,
    GoneSeen,
    Live,
    LiveDown,
    LiveEvent,
    LiveUp,
    MarksChanged,
    MonitoringSeen,
    OrderCame,
    Poke,
    QueuesSeen,
    RowsCame,
    ServingChanged,
    StateSeen,
    StatesTaken,
    TrendSeen,
    TurnSeen,
)
from agent_desktop.sync.untold_states import UntoldStates
from agent_desktop.sync.uploads import RecordingsWaiting, UploadProgress
from agent_desktop.ui.background import Background
from agent_model.adherence import AdherenceNow
from agent_model.agent import StateEntry
from agent_model.alert import Alert
from agent_model.confirmation import Confirmed
from agent_model.current_caller import CurrentCaller
from agent_model.floor_message import FloorMessage, Receipt
from agent_model.help_call import HelpCall

POKE_SPREAD_MS = 150
STORE_RETRY_S = 5.0
FIRST_CHECK_MS = 10_000
"""After the window is there: nothing that an agent waits for when the program starts."""
CHECK_EVERY_MS = 3_600_000
KEEP_STATES_EVERY_MS = 30_000
"""So much of a state is lost at most when the program dies without the server."""
FIRST_UPLOAD_MS = 15_000
UPLOAD_RETRY_S = 60.0


Told = SyncStatus | SettingsDecided | ScopeChanged | SightChanged | PersonErased | RecordingsWaiting | UploadProgress


class InStep(QObject):
    """Runs the cycle by its own clock, at once after a poke or when something was saved; never two at a time."""

    status_changed = Signal(object)
    scope_changed = Signal(object)
    sight_changed = Signal(object)
    queues_seen = Signal(object)
    figures_seen = Signal(object)
    trend_seen = Signal(object)
    state_seen = Signal(object)
    confirmed = Signal(object)
    """What the exchange says of an agent."""
    caller_seen = Signal(object)
    """A CurrentCaller, of an agent who is led."""
    adherence_seen = Signal(object)
    """An AdherenceNow, of this agent or of one who is led."""
    help_called = Signal(object)
    """A HelpCall, of this agent or of one who is led."""
    alert_told = Signal(object)
    """An Alert of the floor, for who leads it."""
    ordered = Signal(object)
    """An OrderCame."""
    serving_changed = Signal(object)
    """This agent serves other queues."""
    message_came = Signal(object)
    """A FloorMessage, for this agent."""
    message_read = Signal(object)
    """A Receipt: of this agent, or of one whom this lead has written to."""
    gone_seen = Signal(object)
    """Whether an agent's workstation is gone."""
    monitored = Signal(object)
    marks_changed = Signal(str)
    """Of this call's recordings; empty: of any."""
    turn_seen = Signal(object)
    """How an agent's wish for a break stands."""
    live_came = Signal()
    live_lost = Signal()
    store_failed = Signal(object)
    upload_moved = Signal(object)
    recordings_changed = Signal(object)
    person_erased = Signal(object)
    settings_decided = Signal(object)

    _told = Signal(object)
    _live_told = Signal(object)
    _damage_told = Signal(object)

    def __init__(self, background: Background, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._background = background
        self._cycle: SyncCycle | None = None
        self._live: Live | None = None
        self._untold: UntoldStates | None = None
        self._agent = ""
        self._untold_timer = QTimer(self)
        self._untold_timer.setInterval(KEEP_STATES_EVERY_MS)
        self._untold_timer.timeout.connect(self._keep_states)
        self.is_live = False
        """Whether the server tells what happens."""
        self._mend_cache: Callable[[], None] = _nothing
        self._check_cache: Callable[[], None] = _nothing
        self._running = False
        self._again = False
        self._stopping = threading.Event()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.run_now)
        self._upload: Callable[[], float] = _no_recordings
        self._upload_timer = QTimer(self)
        self._upload_timer.setSingleShot(True)
        self._upload_timer.timeout.connect(self._send_recordings)
        self._check_timer = QTimer(self)
        self._check_timer.timeout.connect(self._check)
        self._told.connect(self._hear)
        self._live_told.connect(self._hear_live)
        self._damage_told.connect(self._mend)
        self._is_mending = False

    # ---- for the sync and live threads ----------------------------------------------------------------

    def tell(self, value: Told) -> None:
        self._told.emit(value)

    def tell_live(self, event: LiveEvent) -> None:
        self._live_told.emit(event)

    def tell_damage(self, damage: StoreError) -> None:
        """For any thread that ran into damage of the cache: it is mended at once, whatever was being done."""
        self._damage_told.emit(damage)

    def is_stopping(self) -> bool:
        return self._stopping.is_set()

    # ---- for the screens ------------------------------------------------------------------------------

    def begin(
        self,
        cycle: SyncCycle,
        live: Live,
        mend_cache: Callable[[], None],
        check_cache: Callable[[], None],
        upload: Callable[[], float],
    ) -> None:
        """From here on, by itself. `mend_cache` puts a damaged cache aside; the next run fills a new one.
        `check_cache` looks for damage, and knows itself when it is time to; `upload` sends a piece of a recording, and
        says in how many seconds it wants to send the next one."""
        self._cycle, self._live, self._mend_cache, self._check_cache = cycle, live, mend_cache, check_cache
        self._upload = upload
        self.run_now()
        self._upload_timer.start(FIRST_UPLOAD_MS)
        self._check_timer.start(FIRST_CHECK_MS)
        self._untold_timer.start()
        self._background.follow("live-line", lambda _deliver: live.run(), _ignore, live.stop)

    def stop(self) -> None:
        """Before the background closes: the running cycle ends at its next chunk."""
        self._stopping.set()
        self._timer.stop()
        self._upload_timer.stop()
        self._check_timer.stop()
        self._untold_timer.stop()
        self._keep_states()

    def keep_untold(self, untold: UntoldStates, agent: str) -> None:
        """Before `begin`: what this agent does while the server does not hear of it."""
        self._untold, self._agent = untold, agent

    def send_state(self, entry: StateEntry) -> None:
        if self._untold is not None:
            self._untold.enter(entry)
            self._keep_states()
        live = self._live
        if live is not None:
            self._background.network.do(lambda: live.send_state(entry), replaces="state")

    def _keep_states(self) -> None:
        """All of the time without the server; little is written while it is there."""
        if self._untold is not None and not self.is_live:
            self._background.store.do(self._untold.save, failed=self.store_failed.emit, replaces="states")

    def want_help(self, *, is_wanted: bool) -> None:
        live = self._live
        if live is not None:
            self._background.network.do(lambda: live.want_help(is_wanted=is_wanted), replaces="help")

    def take_order(self, at: str, entry: StateEntry) -> None:
        """That a lead's order was taken, and the state that came of it."""
        live = self._live
        if live is None:
            return

        def say() -> None:
            live.say({"type": "order_taken", "at": at})
            live.send_state(entry)

        self._background.network.do(say, replaces="state")

    def say(self, message: Mapping[str, Any]) -> None:
        """To the server, once; nothing where it cannot be heard."""
        live = self._live
        if live is not None:
            self._background.network.do(lambda: live.say(message))

    @Slot()
    def run_now(self) -> None:
        if self._cycle is None or self._stopping.is_set():
            return
        if self._running:
            self._again = True
            return
        self._running, self._again = True, False
        self._timer.stop()
        self._background.sync.do(self._cycle.run, self._ran, self._broke)

    def soon(self, spread_ms: int = 0) -> None:
        """Something changed on the server, or waits here: run shortly, with the others' runs spread a little."""
        if self._running:
            self._again = True
            return
        spread = random.randrange(POKE_SPREAD_MS + spread_ms)  # noqa: S311 - keeps workstations apart, guards no secret
        if not self._timer.isActive() or self._timer.remainingTime() > spread:
            self._timer.start(spread)

    def _take(self, came: RowsCame) -> None:
        cycle = self._cycle
        if cycle is None or self._stopping.is_set():
            return
        take = partial(cycle.take, came.since, came.epoch, came.page)
        self._background.sync.do(take, self._took, self._take_failed)

    def _took(self, is_here: bool) -> None:
        if not is_here:
            self.soon()

    def _take_failed(self, error: Exception) -> None:
        """The cursor stayed where it was: the next run fetches it, and mends the cache if need be."""
        if not isinstance(error, StoreError):
            raise error
        self.soon()

    def _ran(self, then: Next) -> None:
        self._running = False
        if self._stopping.is_set():
            return
        self._timer.start(0 if self._again else int(then.delay_s * 1000))

    def _broke(self, error: Exception) -> None:
        self._running = False
        if isinstance(error, CacheDamaged):
            return  # told and mended already
        self.store_failed.emit(error)
        if isinstance(error, StoreError):
            self._timer.start(int(STORE_RETRY_S * 1000))
        else:
            raise error

    @Slot()
    def _send_recordings(self) -> None:
        """In the lane of the cycle, one piece at a time: whatever else is to be sent or fetched comes in between."""
        self._background.sync.do(self._upload, self._sent_some, self._not_sent)

    def _sent_some(self, delay_s: float) -> None:
        if not self._stopping.is_set():
            self._upload_timer.start(int(delay_s * 1000))

    def _not_sent(self, error: Exception) -> None:
        self._sent_some(UPLOAD_RETRY_S)
        if not isinstance(error, StoreError):
            raise error
        self.store_failed.emit(error)

    @Slot()
    def _check(self) -> None:
        self._check_timer.setInterval(CHECK_EVERY_MS)
        self._background.network.do(self._check_cache, failed=self._check_failed)

    def _check_failed(self, error: Exception) -> None:
        if not isinstance(error, CacheDamaged):
            self.store_failed.emit(error)

    @Slot(object)
    def _mend(self, damage: StoreError) -> None:
        """Once for everybody who ran into it."""
        if self._is_mending or self._stopping.is_set():
            return
        self._is_mending = True
        self.store_failed.emit(damage)
        self._background.sync.do(self._mend_cache, self._mended, self._not_mended)

    def _mended(self, _: None) -> None:
        self._is_mending = False
        self.run_now()

    def _not_mended(self, error: Exception) -> None:
        self._is_mending = False
        self.store_failed.emit(error)
        self._timer.start(int(STORE_RETRY_S * 1000))

    @Slot(object)
    def _hear(self, value: Told) -> None:
        match value:
            case ScopeChanged():
                self.scope_changed.emit(value)
            case SightChanged():
                self.sight_changed.emit(value)
            case PersonErased():
                self.person_erased.emit(value)
            case SettingsDecided():
                self.settings_decided.emit(value)
            case RecordingsWaiting():
                self.recordings_changed.emit(value)
            case UploadProgress():
                self.upload_moved.emit(value)
            case _:
                self.status_changed.emit(value)

    @Slot(object)
    def _hear_live(self, event: LiveEvent) -> None:
        match event:
            case LiveUp():
                self.live_came.emit()
                self.is_live = True
                self.soon()
            case Poke(spread_ms=spread_ms):
                self.soon(spread_ms)
            case RowsCame():
                self._take(event)
            case StateSeen():
                if self._untold is not None and event.agent == self._agent:
                    self._untold.heard(event.entry)
                self.state_seen.emit(event)
            case StatesTaken(since) if self._untold is not None:
                self._untold.taken(since)
                self._background.store.do(self._untold.save, failed=self.store_failed.emit, replaces="states")
            case GoneSeen():
                self.gone_seen.emit(event)
            case TurnSeen():
                self.turn_seen.emit(event)
            case Confirmed():
                self.confirmed.emit(event)
            case MonitoringSeen():
                self.monitored.emit(event)
            case MarksChanged(contact):
                self.marks_changed.emit(contact)
            case CurrentCaller():
                self.caller_seen.emit(event)
            case AdherenceNow():
                self.adherence_seen.emit(event)
            case HelpCall():
                self.help_called.emit(event)
            case FloorMessage():
                self.message_came.emit(event)
            case Receipt():
                self.message_read.emit(event)
            case ServingChanged():
                self.serving_changed.emit(event)
            case Alert():
                self.alert_told.emit(event)
            case OrderCame():
                self.ordered.emit(event)
            case QueuesSeen(figures):
                self.queues_seen.emit(figures)
            case FiguresSeen(figures):
                self.figures_seen.emit(figures)
            case TrendSeen(trend):
                self.trend_seen.emit(trend)
            case LiveDown():
                self.is_live = False
                if self._untold is not None:
                    self._untold.lost()
                self._keep_states()
                self.live_lost.emit()
                self.soon()


def _nothing() -> None:
    """No cache to mend yet."""


def _no_recordings() -> float:
    """None to send yet."""
    return UPLOAD_RETRY_S


def _ignore(_value: object) -> None:
    """The live line tells by signal, not by delivery."""
