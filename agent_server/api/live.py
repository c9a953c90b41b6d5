"""The live connection: pokes, agent states and queue figures out; the agent's own state in."""

import asyncio
import contextlib
from collections import OrderedDict
from typing import Any, Final

import orjson
from starlette.routing import WebSocketRoute
from starlette.websockets import WebSocket, WebSocketDisconnect

from agent_server.accounts import Caller
from agent_server.api.requests import server_of
from agent_server.board import UnknownState, may_see, read_wish
from agent_server.live import WAITING_MESSAGES, Message, queues_message
from agent_server.refusals import RequestRefused
from agent_server.server import Server

CLOSE_NOT_SIGNED_IN: Final = 4401
CHECK_SESSION_EVERY_S: Final = 60.0
LONGEST_MESSAGE: Final = 4096


class LiveConnection:
    """One workstation's live connection. Of messages about the same thing only the newest waits to be sent."""

    def __init__(self, caller: Caller) -> None:
        self.caller = caller
        self._waiting: OrderedDict[tuple[str, str], Message] = OrderedDict()
        self._something = asyncio.Event()

    def offer(self, message: Message) -> None:
        seen = self._as_seen(message)
        if seen is None or len(self._waiting) >= WAITING_MESSAGES:
            return  # a lost message is harmless: the workstation asks by itself
        about = str(message.get("scope") or message.get("agent") or "")
        self._waiting[str(message["type"]), about] = seen
        self._something.set()

    def reply(self, message: Message) -> None:
        """Queue an answer to this connection alone."""
        self._waiting[str(message["type"]), ""] = message
        self._something.set()

    async def next(self) -> Message:
        while not self._waiting:
            self._something.clear()
            await self._something.wait()
        return self._waiting.popitem(last=False)[1]

    def _as_seen(self, message: Message) -> Message | None:
        """The message as this person may see it; None when they may not."""
        if message["type"] == "poke":
            return message if message["scope"] in self.caller.scopes else None
        if message["type"] == "state":
            if not may_see(self.caller.person, message["agent"], message["team"]):
                return None
            return {name: value for name, value in message.items() if name != "team"}
        queues = [queue for queue in message["queues"] if queue["queue"] in self.caller.queues]
        return {**message, "queues": queues} if queues else None


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
    connection = LiveConnection(caller)
    connection.reply({"type": "welcome"})
    end_subscription = server.broker.subscribe(connection)
    server.board.arrived(caller.person)
    try:
        for state in server.board.seen_by(caller.person):
            connection.offer(state)
        connection.offer(queues_message(await server.switch.queue_figures()))
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
        await socket.send_text(orjson.dumps(await connection.next()).decode())


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
    """A session that ended, or a person who moved, is noticed within a minute."""
    while True:
        await asyncio.sleep(CHECK_SESSION_EVERY_S)
        try:
            connection.caller = await server.accounts.caller_again(connection.caller)
        except RequestRefused as refused:
            await socket.close(CLOSE_NOT_SIGNED_IN, refused.code)
            return


ROUTES: Final = (WebSocketRoute("/sync/v1/live", live),)
