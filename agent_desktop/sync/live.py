"""The live connection: what changed, agent states and queue figures. Losing it costs only time."""

import json
import logging
import random
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final
from urllib.parse import urlsplit

from agent_desktop.errors import DeskError
from agent_desktop.route import AS_THE_SYSTEM_SAYS, Route
from agent_desktop.sync import reading
from agent_desktop.sync.client import hiding
from agent_model import moment
from agent_model.adherence import AdherenceNow
from agent_model.agent import AgentId, AgentState, QueueFigures, QueueId, StateEntry
from agent_model.alert import Alert
from agent_model.body import from_body
from agent_model.break_reason import Away
from agent_model.confirmation import Agreement, Confirmed
from agent_model.current_caller import CurrentCaller
from agent_model.floor_figures import FloorFigures, FloorTrend
from agent_model.floor_message import FloorMessage, Receipt
from agent_model.floor_policy import FloorAct
from agent_model.help_call import HelpCall
from agent_model.scope import Scope
from agent_model.wire import ChangesPage

log = logging.getLogger(__name__)

PING_S: Final = 20.0
LONGEST_SPREAD_MS: Final = 60_000


@dataclass(frozen=True, slots=True)
class LiveUp:
    """The connection stands."""


@dataclass(frozen=True, slots=True)
class LiveDown:
    """The connection is gone; it is tried again by itself."""


@dataclass(frozen=True, slots=True)
class Poke:
    """A scope has changed up to `head`; where many hold it, they fetch spread over `spread_ms`."""

    scope: Scope
    head: int
    spread_ms: int = 0


@dataclass(frozen=True, slots=True)
class RowsCame:
    """What changed in the scope of `page` after `since`, in the server's life `epoch`."""

    since: int
    epoch: str
    page: ChangesPage


@dataclass(frozen=True, slots=True)
class StateSeen:
    """An agent's state as the server knows it."""

    agent: AgentId
    entry: StateEntry


@dataclass(frozen=True, slots=True)
class QueuesSeen:
    figures: tuple[QueueFigures, ...]


@dataclass(frozen=True, slots=True)
class OrderCame:
    """A lead has put this agent into a state: `by` whom, in their words `why`; `reason` names a break. `at` names the
    order."""

    state: AgentState
    reason: str | None
    by: str
    why: str
    at: str


@dataclass(frozen=True, slots=True)
class ServingChanged:
    """A lead has given this agent other queues or languages: `by` whom, in their words `why`."""

    queues: tuple[str, ...]
    by: str
    why: str


@dataclass(frozen=True, slots=True)
class MonitoringSeen:
    """`lead` is in the call of `agent`, or has taken it over, or ended it; None: is in it no longer."""

    lead: AgentId
    agent: AgentId
    act: FloorAct | None


@dataclass(frozen=True, slots=True)
class MarksChanged:
    """The recordings of a call have other marks; empty: those of any call may have."""

    contact: str


@dataclass(frozen=True, slots=True)
class FiguresSeen:
    """The floor now, for who leads it."""

    figures: FloorFigures


@dataclass(frozen=True, slots=True)
class TrendSeen:
    """The floor's day so far."""

    trend: FloorTrend


@dataclass(frozen=True, slots=True)
class GoneSeen:
    """Since when the server has not heard of an agent's workstation; None: it is back, or the agent was signed out."""

    agent: AgentId
    since: datetime | None


@dataclass(frozen=True, slots=True)
class TurnSeen:
    """How an agent's wish for a break stands; `place` in the line from 1 on, 0 elsewhere; `by` the lead who decided."""

    agent: AgentId
    reason: str
    standing: Away
    place: int
    by: str


@dataclass(frozen=True, slots=True)
class StatesTaken:
    """The server has what it was told of the time without it, up to the state that began then."""

    since: datetime


LiveEvent = (
    LiveUp
    | LiveDown
    | Poke
    | RowsCame
    | StateSeen
    | StatesTaken
    | QueuesSeen
    | Confirmed
    | OrderCame
    | ServingChanged
    | FiguresSeen
    | TrendSeen
    | TurnSeen
    | MarksChanged
    | MonitoringSeen
    | GoneSeen
    | HelpCall
    | CurrentCaller
    | FloorMessage
    | Receipt
    | Alert
    | AdherenceNow
)


def _now() -> datetime:
    return datetime.now(UTC)


def _nothing_untold() -> None:
    """Nobody keeps what the agent does."""


class Live:
    """`run` belongs to one thread and ends soon after `stop`; `send_state` may be called from any other."""

    def __init__(
        self,
        address: str,
        access: Callable[[], str],
        tell: Callable[[LiveEvent], None],
        chance: Callable[[], float] = random.random,
        untold: Callable[[], Mapping[str, Any] | None] = _nothing_untold,
        clock: Callable[[], datetime] = _now,
        route: Route = AS_THE_SYSTEM_SAYS,
        hides: str = "",
    ) -> None:
        """`untold` is said on every connection before the first state: what the agent did meanwhile."""
        self._address, self._route, self._hides = address, route, hides
        parts = urlsplit(address)
        self._url = f"{'wss' if parts.scheme == 'https' else 'ws'}://{parts.netloc}{parts.path}/sync/v1/live?rows=1"
        self._access = access
        self._tell = tell
        self._chance = chance
        self._untold, self._clock = untold, clock
        self._has_told = False
        self._is_up = False
        self._stopped = threading.Event()
        self._lock = threading.Lock()
        self._socket: Any = None
        self._state: StateEntry | None = None
        self._wants_help = False

    def run(self, retry_s: float = 1.0, longest_retry_s: float = 30.0) -> None:
        """Connects, listens, connects again, until stopped."""
        from websockets.exceptions import WebSocketException  # with its parser, not on the start path

        delay_s = retry_s
        while not self._stopped.is_set():
            try:
                with self._connected() as socket:
                    self._opened(socket)
                    for text in socket:
                        if not self._is_up:  # a server that shuts the door at once has not let us in
                            self._is_up = True
                            delay_s = retry_s
                            self._tell(LiveUp())
                        self._read(text)
            except (DeskError, OSError, WebSocketException, ValueError) as error:
                log.info("live connection: %s", type(error).__name__)
            finally:
                self._closed()
            self._stopped.wait(delay_s * (0.5 + 0.5 * self._chance()))
            delay_s = min(longest_retry_s, delay_s * 2)

    def _connected(self) -> Any:
        """Its certificates and its proxy are looked for each time: somebody may have mended them. Raises
        AuthoritiesUnreadable, ProxyUnusable and what websockets raises."""
        from websockets.sync.client import connect

        proxy = self._route.proxy_to(self._address)
        return connect(
            self._url,
            additional_headers={"Authorization": f"Bearer {self._access()}", **hiding(self._hides)},
            ssl=self._route.tls(self._address),
            proxy=proxy,
            proxy_ssl=self._route.tls_of_proxy(self._address, proxy),
            open_timeout=5,
            close_timeout=1,
            ping_interval=PING_S,
            max_size=2**22,
        )

    def stop(self) -> None:
        self._stopped.set()
        with self._lock:
            if self._socket is not None:
                self._socket.close()

    def send_state(self, entry: StateEntry) -> None:
        """The state the agent wants; kept and sent again whenever the connection comes back."""
        with self._lock:
            self._state = entry
            self._send_state()

    def want_help(self, *, is_wanted: bool) -> None:
        """Kept and said again whenever the connection comes back."""
        with self._lock:
            self._wants_help = is_wanted
        self.say({"type": "help", "wanted": is_wanted})

    def say(self, message: Mapping[str, Any]) -> None:
        """Once, as long as the connection stands."""
        from websockets.exceptions import ConnectionClosed

        with self._lock:
            if self._socket is None:
                return
            try:
                self._socket.send(json.dumps(message))
            except ConnectionClosed:
                log.info("live connection went while something was said")

    def _opened(self, socket: Any) -> None:
        with self._lock:
            self._socket = socket
            self._has_told = False
            self._send_state()
        if self._wants_help:
            self.say({"type": "help", "wanted": True})
        if self._stopped.is_set():
            socket.close()

    def _closed(self) -> None:
        with self._lock:
            self._socket = None
        if self._is_up:
            self._is_up = False
            self._tell(LiveDown())

    def _send_state(self) -> None:
        from websockets.exceptions import ConnectionClosed

        if self._socket is None or self._state is None:
            return
        entry = self._state
        message = {
            "type": "state",
            "now": moment.to_text(self._clock()),
            "state": entry.state.value,
            "since": moment.to_text(entry.since),
            "reason": entry.reason,
            "until": None if entry.until is None else moment.to_text(entry.until),
        }
        try:
            if not self._has_told and (untold := self._untold()) is not None:
                self._socket.send(json.dumps(untold))
                self._has_told = True
            self._socket.send(json.dumps(message))
        except ConnectionClosed:
            log.info("live connection went while a state was sent; it is sent again")

    def _read(self, text: str | bytes) -> None:
        """One message. One that is not of our protocol is passed over: the connection serves the others."""
        try:
            self._understand(json.loads(text))
        except (KeyError, TypeError, ValueError, AttributeError, OverflowError, RecursionError) as error:
            log.info("live message not understood: %s", type(error).__name__)

    def _understand(self, plain: Any) -> None:
        match plain.get("type"):
            case "poke":
                spread_ms = reading.whole(plain.get("spread_ms", 0), LONGEST_SPREAD_MS)
                self._tell(Poke(Scope(reading.text(plain["scope"])), reading.whole(plain["head"]), spread_ms))
            case "rows":
                scope, since = Scope(reading.text(plain["scope"])), reading.whole(plain["since"])
                self._tell(RowsCame(since, reading.text(plain["epoch"]), reading.page(plain["page"], scope, since)))
            case "state":
                self._tell(StateSeen(AgentId(reading.text(plain["agent"])), _entry(plain)))
            case "states_taken":
                self._tell(StatesTaken(moment.from_text(reading.text(plain["since"]))))
            case "queues":
                self._tell(QueuesSeen(tuple(_figures(queue) for queue in plain["queues"])))
            case "help":
                self._tell(_help_call(plain))
            case "message":
                self._tell(reading.floor_message(plain))
            case "message_read":
                self._tell(reading.receipt(plain, reading.text(plain["id"])))
            case "adherence":
                self._tell(from_body(AdherenceNow, "", 0, plain))
            case "alert":
                self._tell(from_body(Alert, reading.text(plain["id"]), 0, plain))
            case "order":
                reason = None if plain["reason"] is None else reading.text(plain["reason"])
                by, why, at = (reading.text(plain[name]) for name in ("by", "why", "at"))
                self._tell(OrderCame(AgentState(plain["state"]), reason, by, why, at))
            case "caller":
                self._tell(_caller(plain))
            case "serving":
                queues = tuple(map(reading.text, plain["queues"]))
                self._tell(ServingChanged(queues, reading.text(plain["by"]), reading.text(plain["why"])))
            case "gone":
                gone_since = None if plain["since"] is None else moment.from_text(reading.text(plain["since"]))
                self._tell(GoneSeen(AgentId(reading.text(plain["agent"])), gone_since))
            case "break":
                self._tell(_turn(plain))
            case "monitoring":
                act = None if plain["how"] is None else FloorAct(plain["how"])
                lead, agent = (AgentId(reading.text(plain[name])) for name in ("lead", "agent"))
                self._tell(MonitoringSeen(lead, agent, act))
            case "confirmed":
                self._tell(_confirmed(plain))
            case "marks":
                self._tell(MarksChanged(reading.text(plain["contact"])))
            case "figures":
                self._tell(FiguresSeen(from_body(FloorFigures, "", 0, plain)))
            case "trend":
                self._tell(TrendSeen(from_body(FloorTrend, "", 0, plain)))
            case _:
                """A kind of message from a newer server: not for us."""


def _entry(plain: Mapping[str, Any]) -> StateEntry:
    reason = None if plain.get("reason") is None else reading.text(plain["reason"])
    until: datetime | None = moment.from_text(plain["until"]) if plain.get("until") else None
    return StateEntry(AgentState(plain["state"]), moment.from_text(plain["since"]), reason, until)


def _confirmed(plain: Mapping[str, Any]) -> Confirmed:
    agreement = Agreement(plain["agreement"])
    return Confirmed(reading.text(plain["agent"]), agreement, plain["is_reachable"] is True, reading.text(plain["why"]))


def _turn(plain: Mapping[str, Any]) -> TurnSeen:
    agent, reason, by = (reading.text(plain[name]) for name in ("agent", "reason", "by"))
    return TurnSeen(AgentId(agent), reason, Away(plain["standing"]), reading.whole(plain["place"]), by)


def _figures(plain: Mapping[str, Any]) -> QueueFigures:
    return QueueFigures(
        QueueId(reading.text(plain["queue"])),
        reading.whole(plain["waiting"]),
        None if plain["longest_wait_s"] is None else reading.whole(plain["longest_wait_s"]),
        None if plain["service_level"] is None else float(plain["service_level"]),
    )


def _caller(plain: Mapping[str, Any]) -> CurrentCaller:
    since = None if plain["since"] is None else moment.from_text(reading.text(plain["since"]))
    agent, number, queue = (reading.text(plain[name]) for name in ("agent", "number", "queue"))
    return CurrentCaller(agent, number, queue, since, plain["is_held"] is True)


def _help_call(plain: Mapping[str, Any]) -> HelpCall:
    since = None if plain["since"] is None else moment.from_text(plain["since"])
    return HelpCall(reading.text(plain["agent"]), since, reading.text(plain["by"]))
