"""FreeSWITCH's event socket: frames of headers and a body of a told length, answers in the order of the commands."""

import asyncio
import contextlib
import json
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final, Self

from agent_server.switch.freeswitch.settings import FreeSwitchSettings
from agent_server.switch.port import ExchangeGone

LARGEST_LINE: Final = 64 * 1024
LARGEST_BODY: Final = 16 * 1024 * 1024
"""What FreeSWITCH itself accepts."""
MOST_HEADERS: Final = 200
CONNECTS_WITHIN_S: Final = 5.0
_CUT: Final = (OSError, ValueError, asyncio.IncompleteReadError, asyncio.LimitOverrunError)
"""The line was cut, or what comes is no frame."""


class CommandRefused(Exception):
    """The exchange answered a command with -ERR or -USAGE; its own words follow."""


@dataclass(frozen=True, slots=True)
class Event:
    """What happened, in the exchange's headers."""

    fields: Mapping[str, str]

    def __getitem__(self, name: str) -> str:
        """Empty: there is none."""
        return self.fields.get(name, "")

    def variable(self, name: str) -> str:
        """A variable of the channel it is about."""
        return self[f"variable_{name}"]


@dataclass(frozen=True, slots=True)
class Frame:
    kind: str
    headers: Mapping[str, str]
    body: str


def read_event(body: str) -> Event:
    """Of a text/event-json frame. Raises ValueError."""
    told = json.loads(body)
    if not isinstance(told, dict):
        raise ValueError("an event is an object")
    return Event({name: value for name, value in told.items() if isinstance(value, str)})


async def read_frame(reader: asyncio.StreamReader) -> Frame:
    """Raises what is in _CUT."""
    headers: dict[str, str] = {}
    while line := (await reader.readuntil(b"\n")).decode(errors="replace").rstrip("\r\n"):
        name, colon, value = line.partition(":")
        if not colon or len(headers) >= MOST_HEADERS:
            raise ValueError("no frame of an event socket")
        headers[name] = value.strip()
    told = headers.get("Content-Length", "0")
    length = int(told) if told.isdecimal() else -1
    if not 0 <= length <= LARGEST_BODY:
        raise ValueError(f"a body of {told} bytes")
    body = (await reader.readexactly(length)).decode(errors="replace")
    return Frame(headers.get("Content-Type", ""), headers, body)


class EventSocket:
    """A connection that is signed in and told of events. `hear` is called with each, in order, on the loop's thread."""

    def __init__(
        self,
        settings: FreeSwitchSettings,
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
        hear: Callable[[Event], None],
    ) -> None:
        self._settings, self._reader, self._writer, self._hear = settings, reader, writer, hear
        self._waiting: deque[asyncio.Future[Frame]] = deque()
        self._jobs: dict[str, asyncio.Future[str]] = {}
        self._reading = asyncio.get_running_loop().create_task(self._read())

    @classmethod
    async def connect(cls, settings: FreeSwitchSettings, events: str, hear: Callable[[Event], None]) -> Self:
        """Raises ExchangeGone."""
        try:
            async with asyncio.timeout(CONNECTS_WITHIN_S):
                reader, writer = await asyncio.open_connection(
                    settings.host, settings.port, ssl=settings.tls and settings.tls.context(), limit=LARGEST_LINE
                )
                greeting = await read_frame(reader)
        except (TimeoutError, *_CUT) as error:
            raise ExchangeGone(f"no event socket answers: {error}") from error
        if greeting.kind != "auth/request":
            writer.close()
            is_barred = greeting.kind == "text/rude-rejection"
            barred = "the exchange's access list (apply-inbound-acl) does not let this server in"
            raise ExchangeGone(barred if is_barred else "what answers there is no event socket")
        connection = cls(settings, reader, writer, hear)
        try:
            await connection.send(f"auth {settings.password}")
            await connection.send(f"event json {events}")
        except CommandRefused as error:
            await connection.close()
            raise ExchangeGone(f"sign-in refused: {error}") from error
        except ExchangeGone:
            await connection.close()
            raise
        return connection

    @property
    def is_lost(self) -> bool:
        return self._reading.done()

    async def until_lost(self, within_s: float) -> None:
        """Returns when the connection is lost, or the time is over."""
        await asyncio.wait([self._reading], timeout=within_s)

    async def close(self) -> None:
        self._reading.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await self._reading
        self._fail()
        self._writer.close()
        with contextlib.suppress(OSError, TimeoutError):
            async with asyncio.timeout(1):
                await self._writer.wait_closed()

    async def send(self, command: str) -> str:
        """What a command of the socket itself is answered. Raises CommandRefused, ExchangeGone."""
        return _accepted((await self._answered(command)).headers.get("Reply-Text", ""))

    async def api(self, command: str) -> str:
        """What a command of the exchange says, when it is done. Raises CommandRefused, ExchangeGone."""
        frame = await self._answered(f"api {command}")
        return _accepted(frame.body if frame.kind == "api/response" else frame.headers.get("Reply-Text", ""))

    async def job(self, command: str, name: str) -> "asyncio.Future[str]":
        """Begins what takes long (ringing a telephone); the future bears what it came to. `name` is a UUID. Raises
        CommandRefused, ExchangeGone."""
        result = self._jobs[name] = asyncio.get_running_loop().create_future()
        try:
            await self.send(f"bgapi {command}\nJob-UUID: {name}")
        except BaseException:
            self._jobs.pop(name, None)
            raise
        return result

    async def _answered(self, command: str) -> Frame:
        if self._reading.done():
            raise ExchangeGone
        answer: asyncio.Future[Frame] = asyncio.get_running_loop().create_future()
        self._waiting.append(answer)
        try:
            self._writer.write(f"{command}\n\n".encode())
            async with asyncio.timeout(self._settings.answer_within_s):
                await self._writer.drain()
                return await answer
        except TimeoutError as error:
            raise ExchangeGone("no answer") from error
        except OSError as error:
            raise ExchangeGone(str(error)) from error

    async def _read(self) -> None:
        with contextlib.suppress(*_CUT):
            while (frame := await read_frame(self._reader)).kind != "text/disconnect-notice":
                self._take(frame)
        self._fail()

    def _take(self, frame: Frame) -> None:
        match frame.kind:
            case "command/reply" | "api/response":
                answer = self._waiting.popleft() if self._waiting else None
                if answer is not None and not answer.done():
                    answer.set_result(frame)
            case "text/event-json":
                event = read_event(frame.body)
                if event["Event-Name"] == "BACKGROUND_JOB":
                    result = self._jobs.pop(event["Job-UUID"], None)
                    if result is not None and not result.done():
                        result.set_result(event["_body"].strip())
                else:
                    self._hear(event)
            case _:
                pass

    def _fail(self) -> None:
        left: list[asyncio.Future[Any]] = [*self._waiting, *self._jobs.values()]
        self._waiting.clear()
        self._jobs.clear()
        for future in left:
            if not future.done():
                future.set_exception(ExchangeGone("the connection was lost"))
                future.exception()  # nobody may be waiting for it any more


def _accepted(said: str) -> str:
    if said.startswith(("-ERR", "-USAGE")):
        raise CommandRefused(said.strip())
    return said
