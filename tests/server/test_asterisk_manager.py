"""An exchange that misbehaves: what is done, and what the log says of it."""

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime

import pytest

from agent_model.agent import QueueId
from agent_server.switch.asterisk import AsteriskExchange, AsteriskSettings, exchange, manager
from agent_server.switch.port import Asked, ExchangeEvent, ExchangeGone, Extension, Lost, NotDone, Resynced

Speak = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]
GREETING = b"Asterisk Call Manager/9.0.0\r\n"
EVERY = tuple(manager.RIGHTS)
JOINS = (
    "Event: QueueCallerJoin\r\nChannel: PJSIP/trunk-0000000{at}\r\nUniqueid: 1.{at}\r\nLinkedid: 1.{at}\r\n"
    "Queue: support\r\n\r\n"
)


class Pbx:
    """Answers as an Asterisk does. `allowed` are the actions that its user may ask."""

    def __init__(self, allowed: tuple[str, ...] = EVERY, *, lets_in: bool = True) -> None:
        self._allowed, self._lets_in = allowed, lets_in
        self.asked: list[str] = []
        self.writer: asyncio.StreamWriter | None = None

    async def __call__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.writer = writer
        writer.write(GREETING)
        while packet := await _read(reader):
            self.asked.append(packet["Action"])
            for line in self._answer(packet["Action"]):
                writer.write(line.replace("@", packet["ActionID"]).encode())

    def say(self, text: str) -> None:
        assert self.writer is not None
        self.writer.write(text.encode())

    def _answer(self, action: str) -> list[str]:
        head = "\r\nActionID: @\r\n"
        match action:
            case "Login" if not self._lets_in:
                return [f"Response: Error{head}Message: Authentication failed\r\n\r\n"]
            case "ListCommands":
                named = "".join(f"{one}: x (Priv: all)\r\n" for one in self._allowed)
                return [f"Response: Success{head}{named}\r\n"]
            case "QueueStatus" | "CoreShowChannels" | "PJSIPShowContacts":
                return [
                    f"Response: Success{head}EventList: start\r\n\r\n",
                    f"Event: QueueParams{head}Queue: support\r\n\r\n",
                    f"Event: Done{head}EventList: Complete\r\n\r\n",
                ]
            case "Login" | "Ping":
                return [f"Response: Success{head}\r\n"]
            case _ if action in self._allowed:
                return [f"Response: Success{head}\r\n"]
            case _:
                return [f"Response: Error{head}Message: Permission denied\r\n\r\n"]


async def _read(reader: asyncio.StreamReader) -> dict[str, str]:
    packet = {}
    while line := (await reader.readline()).decode().strip():
        name, _, value = line.partition(": ")
        packet[name] = value
    return packet


class Ear:
    def __init__(self) -> None:
        self.heard: list[ExchangeEvent] = []

    async def hear(self, event: ExchangeEvent) -> None:
        self.heard.append(event)

    async def until(self, fact: Callable[[], bool]) -> None:
        async with asyncio.timeout(15):
            while not fact():
                await asyncio.sleep(0.01)

    def count(self, kind: type[ExchangeEvent]) -> int:
        return sum(isinstance(one, kind) for one in self.heard)


@asynccontextmanager
async def reached(speak: Speak) -> AsyncIterator[tuple[AsteriskExchange, Ear]]:
    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(OSError):
            await speak(reader, writer)
        writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    pbx = AsteriskExchange(AsteriskSettings("main", "127.0.0.1", port, "desk", "a secret"), lambda: datetime.now(UTC))
    ear = Ear()
    running = asyncio.create_task(pbx.run(ear.hear))
    try:
        yield pbx, ear
    finally:
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)
        server.close()
        await asyncio.sleep(0)


async def _no_manager(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    writer.write(b"HTTP/1.1 400 Bad Request\r\n\r\n")


async def _long_line(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    writer.write(b"A" * 200_000)


async def _half_a_packet(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    writer.write(GREETING)
    await _read(reader)
    writer.write(b"Response: Succ")


async def _endless_packet(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    writer.write(GREETING)
    await _read(reader)
    for _ in range(3_000):
        writer.write(b"Output: " + b"x" * 1_000 + b"\r\n")
        await writer.drain()


@pytest.mark.parametrize(
    ("speak", "said"),
    [
        (_no_manager, "what answers there is no manager interface"),
        (_long_line, "is not reached"),
        (_half_a_packet, "the connection was lost"),
        (_endless_packet, "is not reached"),
        (Pbx(lets_in=False), "it does not let desk in: Authentication failed: look at its secret"),
    ],
    ids=["another service", "a line without an end", "half a packet", "a packet without an end", "a wrong secret"],
)
def test_exchange_that_cannot_be_used_is_told_once_and_nothing_is_done(
    speak: Speak, said: str, caplog: pytest.LogCaptureFixture
) -> None:
    async def keep() -> None:
        async with reached(speak) as (pbx, ear):
            await ear.until(lambda: said in caplog.text)
            with pytest.raises(ExchangeGone):
                await pbx.pause(Extension("1001"), "lunch")
            assert ear.heard == []

    asyncio.run(keep())
    assert "a secret" not in caplog.text
    caplog.clear()


def test_missing_rights_are_named_and_what_needs_them_is_refused(caplog: pytest.LogCaptureFixture) -> None:
    async def keep() -> None:
        allowed = tuple(one for one in EVERY if one not in ("Originate", "QueuePause"))
        async with reached(Pbx(allowed)) as (pbx, ear):
            await ear.until(lambda: ear.count(Resynced) == 1)
            with pytest.raises(NotDone) as refused:
                await pbx.pause(Extension("1001"), "lunch")
            assert refused.value.why == "not_allowed"

    asyncio.run(keep())
    told = [record.getMessage() for record in caplog.records if record.levelno == logging.WARNING]
    assert [one.partition(", or")[0] for one in told] == [
        "exchange main does not let its user desk QueuePause: manager.conf needs agent in write",
        "exchange main does not let its user desk Originate: manager.conf needs originate in write",
    ]
    caplog.clear()


def test_exchange_that_obeys_and_tells_nothing_is_noticed(
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exchange, "DEAF_AFTER_S", 0.1)
    monkeypatch.setattr(manager, "PING_EVERY_S", 0.1)

    async def keep() -> None:
        async with reached(Pbx()) as (pbx, ear):
            await ear.until(lambda: ear.count(Resynced) == 1)
            await pbx.seat(Extension("1001"), {QueueId("support"): 0})
            await ear.until(lambda: "manager.conf needs agent and call in read" in caplog.text)

    asyncio.run(keep())
    caplog.clear()


def test_flood_that_nobody_can_follow_is_begun_anew(
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exchange, "MOST_UNTOLD", 5)

    async def keep() -> None:
        speak = Pbx()
        async with reached(speak) as (_, ear):
            await ear.until(lambda: ear.count(Resynced) == 1)
            speak.say("".join(JOINS.format(at=at) for at in range(50)))
            await ear.until(lambda: ear.count(Resynced) == 2)
            assert 5 < ear.count(Asked) < 50
            assert ear.count(Lost) == 1

    asyncio.run(keep())
    assert "tells more than can be heard" in caplog.text
    caplog.clear()


@pytest.mark.parametrize(
    "name", ["1001&PJSIP/1002", "1001/n", "1001,5", "", "1001\r\nAction: Originate"],
    ids=["two telephones", "options", "arguments", "nothing", "an order"],
)  # fmt: skip
def test_what_is_no_name_of_a_telephone_never_reaches_the_exchange(name: str) -> None:
    async def keep() -> None:
        speak = Pbx()
        async with reached(speak) as (pbx, ear):
            await ear.until(lambda: ear.count(Resynced) == 1)
            before = list(speak.asked)
            for act in (pbx.pause(Extension(name), "x"), pbx.seat(Extension(name), {QueueId("support"): 0})):
                with pytest.raises(NotDone):
                    await act
            assert speak.asked == before

    asyncio.run(keep())
