"""Asterisk's manager interface (AMI): packets of lines, answers by ActionID, everything else is an event."""

import asyncio
import contextlib
import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Self, TypeVar

from agent_server.switch.asterisk.settings import AsteriskSettings
from agent_server.switch.port import ExchangeGone

log = logging.getLogger("agent_server.switch.asterisk")

T = TypeVar("T")

GREETING: Final = b"Asterisk Call Manager"

LARGEST_LINE: Final = 64 * 1024
LARGEST_PACKET: Final = 1024 * 1024
CONNECTS_WITHIN_S: Final = 5.0
ANSWERS_WITHIN_S: Final = 5.0
LISTS_WITHIN_S: Final = 20.0
PING_EVERY_S: Final = 5.0
MOST_AT_ONCE: Final = 16
"""So many actions wait for an answer; more would be late only because they were asked together."""
RIGHTS: Final[Mapping[str, str]] = {
    "CoreShowChannels": "reporting",
    "PJSIPShowContacts": "system",
    "QueueAdd": "agent",
    "QueueRemove": "agent",
    "QueuePause": "agent",
    "QueuePenalty": "agent",
    "Hangup": "call",
    "Bridge": "call",
    "Originate": "originate",
}
"""What is asked of the exchange, and the class of `write` in manager.conf that lets it be asked."""


class ActionRefused(Exception):
    """The exchange answered an action with an error; its own words follow."""


class SignInRefused(ExchangeGone):
    """It is there and lets nobody in under this name: to ask again soon would look like guessing."""


@dataclass(frozen=True, slots=True)
class Packet:
    """One message of the exchange. A name can come several times (ChanVariable, Output)."""

    fields: Mapping[str, Sequence[str]]

    def __getitem__(self, name: str) -> str:
        """The first of that name; empty: there is none."""
        return next(iter(self.fields.get(name, ())), "")

    def __contains__(self, name: str) -> bool:
        return name in self.fields

    def variable(self, name: str, of: str = "") -> str:
        """A variable of the channel it is about, or of another that it names (`of`: Dest, Spyee)."""
        start = f"{name}="
        found = (told[len(start) :] for told in self.fields.get(f"{of}ChanVariable", ()) if told.startswith(start))
        return next(found, "")


def read_packet(lines: Sequence[str]) -> Packet:
    fields: dict[str, list[str]] = {}
    for line in lines:
        name, colon, value = line.partition(":")
        if colon:
            fields.setdefault(name, []).append(value.removeprefix(" "))
    return Packet(fields)


class Manager:
    """A connection that is signed in. `hear` is called with every event, in order, on the loop's thread."""

    def __init__(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, hear: Callable[[Packet], None]
    ) -> None:
        self._reader, self._writer, self._hear = reader, writer, hear
        self._serial = 0
        self._turns = asyncio.Semaphore(MOST_AT_ONCE)
        self._answers: dict[str, asyncio.Future[Packet]] = {}
        self._lists: dict[str, list[Packet]] = {}
        self._listed: dict[str, asyncio.Future[None]] = {}
        self._reading = asyncio.get_running_loop().create_task(self._read())

    @classmethod
    async def connect(cls, settings: AsteriskSettings, hear: Callable[[Packet], None]) -> Self:
        """Raises ExchangeGone, SignInRefused."""
        writer: asyncio.StreamWriter | None = None
        greeting = b""
        try:
            async with asyncio.timeout(CONNECTS_WITHIN_S):
                reader, writer = await asyncio.open_connection(
                    settings.host, settings.port, ssl=settings.tls and settings.tls.context(), limit=LARGEST_LINE
                )
                greeting = await reader.readline()
        except TimeoutError as error:
            raise ExchangeGone("it does not answer") from error
        except (OSError, ValueError) as error:
            raise ExchangeGone(str(error)) from error
        finally:
            if writer is not None and not greeting.startswith(GREETING):
                writer.close()
        if not greeting.startswith(GREETING):
            raise ExchangeGone("what answers there is no manager interface")
        manager = cls(reader, writer, hear)
        try:
            await manager.ask("Login", Username=settings.user, Secret=settings.secret, Events="on")
        except ActionRefused as error:
            await manager.close()
            raise SignInRefused(f"it does not let {settings.user} in: {error}") from error
        except BaseException:
            await manager.close()
            raise
        return manager

    async def not_allowed(self) -> list[tuple[str, str]]:
        """What would be asked and is refused to this user, each with the right that is missing. Raises ExchangeGone,
        ActionRefused."""
        allowed = await self.ask("ListCommands")
        return [(action, right) for action, right in RIGHTS.items() if action not in allowed]

    async def stay(self, is_there: Callable[[], None]) -> None:
        """Until the connection is lost, which is noticed within ten seconds also on a dead line. `is_there` is called
        whenever the exchange was asked whether it is, and is."""
        while not self._reading.done():
            await asyncio.wait([self._reading], timeout=PING_EVERY_S)
            if not self._reading.done():
                try:
                    await self._asked("Ping", (), {})
                except ExchangeGone:
                    return
                is_there()

    def drop(self) -> None:
        """Reads no more: who stays finds the connection lost."""
        self._reading.cancel()

    async def close(self) -> None:
        self._reading.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await self._reading
        self._fail()
        self._writer.close()
        with contextlib.suppress(OSError, TimeoutError):
            async with asyncio.timeout(1):
                await self._writer.wait_closed()

    async def ask(self, action: str, variables: Sequence[str] = (), **fields: str) -> Packet:
        """The answer. `variables` are NAME=value. Raises ActionRefused, ExchangeGone."""
        async with self._turns:
            return await self._asked(action, variables, fields)

    async def listed(self, action: str, **fields: str) -> list[Packet]:
        """What an action answers with a list of events. Raises ActionRefused, ExchangeGone."""
        name = self._next()
        whole = self._listed[name] = asyncio.get_running_loop().create_future()
        found = self._lists[name] = []
        try:
            async with self._turns:
                await self._asked(action, (), fields, name)
                await self._within(whole, LISTS_WITHIN_S)
            return found
        finally:
            for kept in (self._listed, self._lists):
                kept.pop(name, None)

    async def _asked(
        self, action: str, variables: Sequence[str], fields: Mapping[str, str], name: str | None = None
    ) -> Packet:
        name = name or self._next()
        answer = self._answers[name] = asyncio.get_running_loop().create_future()
        try:
            await self._send(action, name, variables, fields)
            packet: Packet = await self._within(answer, ANSWERS_WITHIN_S)
        finally:
            self._answers.pop(name, None)
        if packet["Response"] == "Error":
            raise ActionRefused(packet["Message"])
        return packet

    def _next(self) -> str:
        self._serial += 1
        return f"desk-{self._serial}"

    async def _send(self, action: str, name: str, variables: Sequence[str], fields: Mapping[str, str]) -> None:
        lines = [f"Action: {action}", f"ActionID: {name}"]
        lines += [f"{key}: {_in_line(value)}" for key, value in fields.items()]
        lines += [f"Variable: {_in_line(each)}" for each in variables]
        try:
            async with asyncio.timeout(ANSWERS_WITHIN_S):
                self._writer.write("\r\n".join((*lines, "", "")).encode())
                await self._writer.drain()
        except TimeoutError as error:
            raise ExchangeGone("it takes nothing any more") from error
        except OSError as error:
            raise ExchangeGone(str(error)) from error

    async def _within(self, future: "asyncio.Future[T]", within_s: float) -> T:
        if self._reading.done():
            raise ExchangeGone("the connection was lost")
        try:
            async with asyncio.timeout(within_s):
                return await future
        except TimeoutError as error:
            raise ExchangeGone("it does not answer") from error

    async def _read(self) -> None:
        lines: list[str] = []
        size = 0
        try:
            while (raw := await self._reader.readline()) and size <= LARGEST_PACKET:
                size += len(raw)
                line = raw.decode(errors="replace").rstrip("\r\n")
                if line:
                    lines.append(line)
                elif lines:
                    self._take(read_packet(lines))
                    lines, size = [], 0
        except (OSError, ValueError) as error:  # the line was cut, or nobody sends lines that long
            log.info("the manager interface is read no more: %s", error)
        finally:
            self._fail()

    def _take(self, packet: Packet) -> None:
        name = packet["ActionID"]
        if "Response" in packet and "Event" not in packet:
            answer = self._answers.get(name)
            if answer is not None and not answer.done():
                answer.set_result(packet)
        elif name in self._lists:
            if packet["EventList"] == "Complete":
                if not self._listed[name].done():
                    self._listed[name].set_result(None)
            else:
                self._lists[name].append(packet)
        elif "Event" in packet:
            self._hear(packet)

    def _fail(self) -> None:
        waiting: list[asyncio.Future[Any]] = [*self._answers.values(), *self._listed.values()]
        for future in waiting:
            if not future.done():
                future.set_exception(ExchangeGone("the connection was lost"))
                future.exception()  # who waits for one of two need not hear of both


def _in_line(value: str) -> str:
    """A value that begins no line of its own."""
    return "".join(sign if sign.isprintable() else " " for sign in value)
