"""The live connection: pokes, agent states and queue figures out; the agent's own state in."""

import asyncio
import contextlib
import itertools
from collections import OrderedDict
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, Final

import orjson
from starlette.routing import WebSocketRoute
from starlette.websockets import WebSocket, WebSocketDisconnect

from agent_model.agent import AgentState, QueueFigures, StateEntry
from agent_model.moment import from_text
from agent_model.scope import Scope
from agent_server.accounts import Caller
from agent_server.api.requests import hidden_by, server_of
from agent_server.board import SEES_EVERY_TEAM, UnknownState, read_wish
from agent_server.floor.breaks import NotOffered
from agent_server.floor.told_states import ToldStates, read_told
from agent_server.live import (
    EVERY_STATE,
    Hub,
    Message,
    device_topic,
    encoded,
    person_topic,
    queues_message,
    session_topic,
    states_topic,
)
from agent_server.recording_marks import marks_topics
from agent_server.refusals import RequestRefused
from agent_server.request_limits import Rate, RequestLimits
from agent_server.scopes import Person
from agent_server.server import Server
from agent_server.sight import Sight
from agent_server.tables import ID_LENGTH
from agent_server.wallboard import floor_topics

CLOSE_NOT_SIGNED_IN: Final = 4401
CLOSE_TOO_MANY: Final = 4429
MOST_CONNECTIONS: Final = 20
"""Of one session at one process: a workstation that comes back leaves a lost one behind for half a minute."""
PACE: Final = Rate(per_s=10, burst=50)
"""Messages of a workstation. What is more waits in its own line and not here."""
LONGEST_MESSAGE: Final = 4096
LONGEST_TELLING: Final = 64 * 1024
"""Of what a workstation did in days without the server; no more comes in (`serving.LARGEST_SAID`)."""
WAITING_MESSAGES: Final = 4096
LARGEST_WAITING: Final = 256 * 1024
"""Characters of rows that wait for one workstation."""


class LiveConnection:
    """One workstation's live connection. Of messages about the same thing only the newest waits to be sent.

    Rows of a slice wait one after the other, up to LARGEST_WAITING; a workstation too slow for that is poked instead.
    """

    def __init__(self, caller: Caller, hub: Hub, in_doubt: Callable[[], None], *, takes_rows: bool) -> None:
        """`in_doubt` is called whenever the person's rights should be looked up."""
        self.caller = caller
        self._refusal = ""
        self._refused = asyncio.Event()
        self.doubts = 0
        self._hub = hub
        self._in_doubt = in_doubt
        self._takes_rows = takes_rows
        self.is_doubted = False
        self._waiting: OrderedDict[tuple[str, str], str] = OrderedDict()
        self._rows: dict[Scope, list[tuple[str, str]]] = {}
        self._pokes: dict[Scope, str] = {}
        self._rows_size = 0
        self._numbers = itertools.count()
        self._something = asyncio.Event()
        self.leave = hub.subscribe(self, self.topics)

    @property
    def sight(self) -> Sight:
        return self.caller.sight

    @property
    def topics(self) -> frozenset[str]:
        person = self.caller.person
        states = EVERY_STATE if person.role in SEES_EVERY_TEAM else states_topic(person.team)
        own = (person_topic(person.id), device_topic(self.caller.device_id), session_topic(self.caller.session_id))
        floor = floor_topics(person.role, person.team)
        return frozenset({*self.caller.scopes, *own, states, *floor, *marks_topics(person.role)})

    def offer(self, kind: str, about: str, text: str) -> None:
        if len(self._waiting) >= WAITING_MESSAGES:
            return  # a lost message is harmless: the workstation asks by itself
        if kind == "poke":
            self._forget_rows(Scope(about))
        self._waiting[kind, about] = text
        self._something.set()

    def offer_rows(self, scope: Scope, rows: str, poke: str) -> None:
        may_have_rows = self._takes_rows and not self.is_doubted
        is_poked = ("poke", scope) in self._waiting
        if not may_have_rows or is_poked or self._rows_size + len(rows) > LARGEST_WAITING:
            self.offer("poke", scope, poke)
            return
        key = (f"rows {next(self._numbers)}", scope)
        self._rows.setdefault(scope, []).append(key)
        self._pokes[scope] = poke
        self._rows_size += len(rows)
        self._waiting[key] = rows
        self._something.set()

    def offer_figures(self, figures: Mapping[str, QueueFigures]) -> None:
        seen = [queue for queue in figures.values() if queue.queue in self.caller.queues]
        if seen:
            self.offer("queues", "", encoded(queues_message(seen)))

    def doubt(self) -> None:
        self.is_doubted = True
        self.doubts += 1
        for scope in tuple(self._rows):
            self.offer("poke", scope, self._pokes[scope])
        self._in_doubt()

    def renew(self, caller: Caller) -> None:
        self.is_doubted = False
        if caller != self.caller:
            self.caller = caller
            self.leave = self._hub.subscribe(self, self.topics)

    def show_out(self, code: str) -> None:
        self._refusal = code
        self._refused.set()

    async def until_refused(self) -> str:
        """Why the person may not stay."""
        await self._refused.wait()
        return self._refusal

    def reply(self, message: Message) -> None:
        """Queue an answer to this connection alone."""
        self._waiting[str(message["type"]), ""] = encoded(message)
        self._something.set()

    async def next(self) -> str:
        while not self._waiting:
            self._something.clear()
            await self._something.wait()
        key, text = self._waiting.popitem(last=False)
        scope = Scope(key[1])
        if key in self._rows.get(scope, ()):
            self._rows_size -= len(text)
            self._rows[scope].remove(key)
        return text

    def _forget_rows(self, scope: Scope) -> None:
        for key in self._rows.pop(scope, ()):
            self._rows_size -= len(self._waiting.pop(key))


async def live(socket: WebSocket) -> None:
    server = server_of(socket)
    scheme, _, access = socket.headers.get("authorization", "").partition(" ")
    await socket.accept()
    try:
        if scheme.lower() != "bearer":
            raise RequestRefused(401, "not_signed_in")
        caller = await server.accounts.caller(access.strip(), hides=hidden_by(socket))
    except RequestRefused as refused:
        await socket.close(CLOSE_NOT_SIGNED_IN, refused.code)
        return
    if server.hub.count(session_topic(caller.session_id)) >= MOST_CONNECTIONS:
        await socket.close(CLOSE_TOO_MANY, "too_many_connections")
        return
    connection = LiveConnection(
        caller, server.hub, server.doorkeeper.look_now, takes_rows=socket.query_params.get("rows") == "1"
    )
    connection.reply({"type": "welcome"})
    let_go = server.doorkeeper.admit(connection)
    server.board.arrived(caller.person)
    try:
        for state in server.board.seen_by(caller.person):
            connection.offer("state", state["agent"], encoded(state))
        for confirmed in server.floor.seen_by(lambda agent: server.board.is_seen_by(caller.person, agent)):
            connection.offer("confirmed", confirmed["agent"], encoded(confirmed))
        for called in server.help_calls.seen_by(lambda agent: server.board.is_seen_by(caller.person, agent)):
            connection.offer("help", called["agent"], encoded(called))
        if (order := server.orders.waiting_for(caller.person)) is not None:
            connection.offer("order", order.agent, encoded(order.message()))
        for caller_now in server.current_callers.seen_by(caller.person):
            connection.offer("caller", caller_now["agent"], encoded(caller_now))
        for message in await server.messages.waiting_for(caller.person):
            connection.offer("message", message["id"], encoded(message))
        for monitored in server.monitoring.seen_by(caller.person):
            connection.offer("monitoring", monitored["lead"], encoded(monitored))
        for gone in server.board.gone_seen_by(caller.person):
            connection.offer("gone", gone["agent"], encoded(gone))
        for turn in server.breaks.seen_by(lambda agent: server.board.is_seen_by(caller.person, agent)):
            connection.offer("break", turn["agent"], encoded(turn))
        for adhering in server.adhering.seen_by(caller.person):
            connection.offer("adherence", adhering["agent"], encoded(adhering))
        connection.offer_figures(server.figures.newest)
        for alert in server.alerts.seen_by(caller.person.role, caller.person.team):
            connection.offer("alert", alert["id"], encoded(alert))
        for told in server.wall.told_to(caller.person.role, caller.person.team):
            connection.offer(told["type"], "", encoded(told))
        if floor_topics(caller.person.role, caller.person.team):
            server.wall.look()
        await _until_one_ends(
            _send(socket, connection), _receive(socket, connection, server), _show_out(socket, connection)
        )
    finally:
        let_go()
        connection.leave()
        server.board.left(caller.person)


async def _until_one_ends(*work: Any) -> None:
    tasks = [asyncio.ensure_future(part) for part in work]
    try:
        await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in tasks:
            task.cancel()
        ended = await asyncio.gather(*tasks, return_exceptions=True)
    for result in ended:
        if isinstance(result, Exception) and not isinstance(result, WebSocketDisconnect):
            raise result


async def _show_out(socket: WebSocket, connection: LiveConnection) -> None:
    await socket.close(CLOSE_NOT_SIGNED_IN, await connection.until_refused())


async def _send(socket: WebSocket, connection: LiveConnection) -> None:
    while True:
        await socket.send_text(await connection.next())


async def _receive(socket: WebSocket, connection: LiveConnection, server: Server) -> None:
    pace, is_first = RequestLimits(PACE), True
    while True:
        while (wait_s := pace.wait_s("")) > 0:
            await asyncio.sleep(wait_s)
        arrived = await socket.receive()
        if arrived["type"] == "websocket.disconnect":
            return
        said = arrived.get("text") or arrived.get("bytes") or ""
        try:
            message = orjson.loads(said) if len(said) <= LONGEST_TELLING else None
        except orjson.JSONDecodeError:
            message = None
        kind = message.get("type") if isinstance(message, dict) else None
        kind = None if len(said) > LONGEST_MESSAGE and kind != "states" else kind
        if kind == "ping":
            connection.reply({"type": "pong"})
        elif kind == "help" and isinstance(message, dict) and isinstance(message.get("wanted"), bool):
            server.help_calls.want(connection.caller.person, is_wanted=message["wanted"])
        elif kind == "message_read" and isinstance(message, dict):
            if (receipt := _receipt(message)) is not None:
                await server.messages.was_read(connection.caller.person, *receipt)
                continue
            connection.reply({"type": "error", "error": "unknown_message"})
        elif kind == "order_taken" and isinstance(message, dict):
            server.orders.taken(connection.caller.person, message.get("at"))
        elif kind == "state" and isinstance(message, dict):
            if (order := server.orders.waiting_for(connection.caller.person)) is not None:
                connection.offer("order", order.agent, encoded(order.message()))
                continue
            with contextlib.suppress(UnknownState, NotOffered):
                await _enter(connection.caller.person, read_wish(message, server.now()), server, is_fact=is_first)
                is_first = False
                continue
            connection.reply({"type": "error", "error": "unknown_state"})
        elif kind == "states" and isinstance(message, dict):
            with contextlib.suppress(UnknownState):
                await _tell(connection.caller.person, read_told(message, server.now()), server)
                is_first = False
                connection.reply({"type": "states_taken", "since": message["since"]})
                continue
            connection.reply({"type": "error", "error": "unknown_state"})
        elif kind in ("break", "break_decided") and isinstance(message, dict):
            with contextlib.suppress(NotOffered):
                await _about_breaks(connection.caller.person, message, server)
                continue
            connection.reply({"type": "error", "error": "not_offered"})
        else:
            connection.reply({"type": "error", "error": "unknown_message"})


async def _enter(person: Person, entry: StateEntry, server: Server, *, is_fact: bool) -> None:
    """A break that has to be asked for is asked for. What a workstation says when it comes back `is_fact`: they
    went while nobody could be asked."""
    if entry.state is AgentState.BREAK and not server.breaks.may_go(person.id, entry.reason):
        if not is_fact:
            await server.breaks.ask(person, entry.reason or "")
            return
        await server.breaks.went(person.id, entry.reason or "")
    await server.board.want(person, entry)


async def _tell(person: Person, told: ToldStates, server: Server) -> None:
    """The time in which nobody heard of a workstation is a fact. What a lead decided meanwhile holds."""
    if server.orders.waiting_for(person) is not None:
        await server.board.told(person, told.until(server.now()), None)
        return
    entry = told.entry
    if entry.state is AgentState.BREAK and not server.breaks.may_go(person.id, entry.reason):
        await server.breaks.went(person.id, entry.reason or "")
    await server.board.told(person, told.spent, entry)


def _receipt(message: Mapping[str, Any]) -> tuple[str, datetime] | None:
    """Which message was read, and when; None for nonsense."""
    message_id, read_at = message.get("id"), message.get("read_at")
    if (
        not (isinstance(message_id, str) and isinstance(read_at, str))
        or len(message_id) > ID_LENGTH
        or "\x00" in message_id
    ):
        return None
    try:
        return message_id, from_text(read_at)
    except (ValueError, OverflowError):
        return None


async def _about_breaks(person: Person, message: Mapping[str, Any], server: Server) -> None:
    """Raises NotOffered."""
    reason, agent_id, is_granted = message.get("reason"), message.get("agent"), message.get("is_granted")
    if message["type"] == "break_decided" and isinstance(agent_id, str) and isinstance(is_granted, bool):
        await server.breaks.decide(person, agent_id, is_granted=is_granted)
    elif message["type"] == "break" and isinstance(reason, str):
        await server.breaks.ask(person, reason)
    elif message["type"] == "break" and reason is None:
        await server.breaks.take_back(person)
    else:
        raise NotOffered


ROUTES: Final = (WebSocketRoute("/sync/v1/live", live),)
