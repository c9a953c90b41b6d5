"""The live connection: pokes, agent states and queue figures out; the agent's own state in."""

import asyncio
import contextlib
import itertools
from collections import OrderedDict
from collections.abc import Mapping
from typing import Any, Final

import orjson
from starlette.routing import WebSocketRoute
from starlette.websockets import WebSocket, WebSocketDisconnect

from agent_model.agent import QueueFigures
from agent_model.scope import Scope
from agent_server.accounts import Caller
from agent_server.api.requests import server_of
from agent_server.board import SEES_EVERY_TEAM, UnknownState, read_wish
from agent_server.live import EVERY_STATE, Message, encoded, person_topic, queues_message, states_topic
from agent_server.refusals import RequestRefused
from agent_server.server import Server
from agent_server.sight import Sight

CLOSE_NOT_SIGNED_IN: Final = 4401
CHECK_SESSION_EVERY_S: Final = 60.0
LONGEST_MESSAGE: Final = 4096
WAITING_MESSAGES: Final = 4096
LARGEST_WAITING: Final = 256 * 1024
"""Characters of rows that wait for one workstation."""


class LiveConnection:
    """One workstation's live connection. Of messages about the same thing only the newest waits to be sent.

    Rows of a slice wait one after the other, up to LARGEST_WAITING; a workstation too slow for that is poked instead.
    """

    def __init__(self, caller: Caller, *, takes_rows: bool) -> None:
        self.caller = caller
        self._takes_rows = takes_rows
        self.is_doubted = False
        self.look_again = asyncio.Event()
        self._waiting: OrderedDict[tuple[str, str], str] = OrderedDict()
        self._rows: dict[Scope, list[tuple[str, str]]] = {}
        self._pokes: dict[Scope, str] = {}
        self._rows_size = 0
        self._numbers = itertools.count()
        self._something = asyncio.Event()

    @property
    def sight(self) -> Sight:
        return self.caller.sight

    @property
    def topics(self) -> frozenset[str]:
        person = self.caller.person
        states = EVERY_STATE if person.role in SEES_EVERY_TEAM else states_topic(person.team)
        return frozenset({*self.caller.scopes, person_topic(person.id), states})

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
        for scope in tuple(self._rows):
            self.offer("poke", scope, self._pokes[scope])
        self.look_again.set()

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
        caller = await server.accounts.caller(access.strip())
    except RequestRefused as refused:
        await socket.close(CLOSE_NOT_SIGNED_IN, refused.code)
        return
    connection = LiveConnection(caller, takes_rows=socket.query_params.get("rows") == "1")
    connection.reply({"type": "welcome"})
    end_subscription = server.hub.subscribe(connection, connection.topics)
    server.board.arrived(caller.person)
    try:
        for state in server.board.seen_by(caller.person):
            connection.offer("state", state["agent"], encoded(state))
        connection.offer_figures(server.figures.newest)
        await _until_one_ends(
            _send(socket, connection), _receive(socket, connection, server), _watch_session(socket, connection, server)
        )
    finally:
        end_subscription()
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


async def _send(socket: WebSocket, connection: LiveConnection) -> None:
    while True:
        await socket.send_text(await connection.next())


async def _receive(socket: WebSocket, connection: LiveConnection, server: Server) -> None:
    while True:
        arrived = await socket.receive()
        if arrived["type"] == "websocket.disconnect":
            return
        said = arrived.get("text") or arrived.get("bytes") or ""
        try:
            message = orjson.loads(said) if len(said) <= LONGEST_MESSAGE else None
        except orjson.JSONDecodeError:
            message = None
        kind = message.get("type") if isinstance(message, dict) else None
        if kind == "ping":
            connection.reply({"type": "pong"})
        elif kind == "state" and isinstance(message, dict):
            with contextlib.suppress(UnknownState):
                await server.board.want(connection.caller.person, read_wish(message, server.now()))
                continue
            connection.reply({"type": "error", "error": "unknown_state"})
        else:
            connection.reply({"type": "error", "error": "unknown_message"})


async def _watch_session(socket: WebSocket, connection: LiveConnection, server: Server) -> None:
    """A session that ended, or a person who moved, is noticed within a minute; at once where that is told."""
    while True:
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(CHECK_SESSION_EVERY_S):
                await connection.look_again.wait()
        connection.look_again.clear()
        try:
            async with server.looking_again:
                connection.caller = await server.accounts.caller_again(connection.caller)
        except RequestRefused as refused:
            await socket.close(CLOSE_NOT_SIGNED_IN, refused.code)
            return
        server.hub.subscribe(connection, connection.topics)
        connection.is_doubted = connection.look_again.is_set()


ROUTES: Final = (WebSocketRoute("/sync/v1/live", live),)
