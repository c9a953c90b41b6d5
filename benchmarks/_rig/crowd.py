"""Many workstations in one process that only listen: they read every message, answer pings, and change their state.

`python -m benchmarks._rig.crowd PORT PASSWORD` reads lines of JSON: {"from", "to"} signs those agents in and connects
them; {"changes_per_s", "among"} makes the first of them change their state in turn from then on; {} asks how it is.
Each is answered by a line: {"connected", "lost", "messages", "bytes", "changes"}.
"""

import asyncio
import base64
import os
import sys
import time
from typing import Final

import orjson

from benchmarks._rig.call_centre import agent
from benchmarks._rig.lane import Lane, elsewhere

AT_ONCE: Final = 6
PING: Final = 0x9
CLOSE: Final = 0x8
MASK: Final = b"\0\0\0\0"
HANDSHAKE: Final = (
    "GET /sync/v1/live?rows=1 HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: {key}\r\nAuthorization: Bearer {access}\r\n\r\n"
)


class Crowd:
    def __init__(self) -> None:
        self.connected = self.lost = self.messages = self.bytes = 0
        self.changes = 0
        self.sockets: list[LightSocket] = []

    def told(self) -> bytes:
        facts = {"connected": self.connected, "lost": self.lost, "messages": self.messages, "bytes": self.bytes}
        facts["changes"] = self.changes
        return orjson.dumps(facts) + b"\n"


class LightSocket(asyncio.Protocol):
    """Counts frames by their heads. `welcomed` is done when the first message is here."""

    def __init__(self, crowd: Crowd, handshake: bytes) -> None:
        self._crowd = crowd
        self._handshake = handshake
        self._rest = b""
        self._is_open = False
        self.welcomed: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        transport.write(self._handshake)

    def data_received(self, data: bytes) -> None:
        data = self._rest + data if self._rest else data
        at = 0
        if not self._is_open:
            end = data.find(b"\r\n\r\n")
            if end < 0:
                self._rest = data
                return
            if not data.startswith(b"HTTP/1.1 101"):
                self._transport.close()
                return
            self._is_open, at = True, end + 4
        while (end := _frame_end(data, at)) > 0:
            self._frame(data, at, end)
            at = end
        self._rest = data[at:]

    def _frame(self, data: bytes, at: int, end: int) -> None:
        opcode = data[at] & 0xF
        if opcode == PING:
            payload = data[at + 2 : end]
            self._transport.write(bytes((0x8A, 0x80 | len(payload))) + MASK + payload)
        elif opcode == CLOSE:
            self._transport.close()
        else:
            self._crowd.messages += 1
            self._crowd.bytes += end - at
            if not self.welcomed.done():
                self._crowd.connected += 1
                self.welcomed.set_result(None)

    def say(self, text: bytes) -> None:
        """A message of less than 126 bytes."""
        self._transport.write(bytes((0x81, 0x80 | len(text))) + MASK + text)

    def connection_lost(self, exc: Exception | None) -> None:
        if self.welcomed.done():
            self._crowd.connected -= 1
            self._crowd.lost += 1
        else:
            self.welcomed.set_exception(exc or ConnectionError("not let in"))


def _frame_end(data: bytes, at: int) -> int:
    """Where the frame that begins at `at` ends; 0 while it is not whole. The server masks nothing."""
    left = len(data) - at
    if left < 2:
        return 0
    length, head = data[at + 1], 2
    if length == 126:
        if left < 4:
            return 0
        length, head = int.from_bytes(data[at + 2 : at + 4], "big"), 4
    elif length == 127:
        if left < 10:
            return 0
        length, head = int.from_bytes(data[at + 2 : at + 10], "big"), 10
    return at + head + length if left >= head + length else 0


async def _join(crowd: Crowd, port: int, password: str, number: int, turns: asyncio.Semaphore) -> None:
    async with turns:
        lane = Lane(port, elsewhere(number))
        await lane.sign_in(agent(number), password)
        lane.close()
        key = base64.b64encode(os.urandom(16)).decode()
        handshake = HANDSHAKE.format(port=port, key=key, access=lane.access).encode()
        loop = asyncio.get_running_loop()
        _, socket = await loop.create_connection(lambda: LightSocket(crowd, handshake), "127.0.0.1", port)
        await socket.welcomed
        crowd.sockets.append(socket)


async def _change(crowd: Crowd, changes_per_s: float, among: int) -> None:
    """Each of the first goes from ready to work and back, one after the other."""
    began = time.monotonic()
    while True:
        await asyncio.sleep(max(0.0, began + crowd.changes / changes_per_s - time.monotonic()))
        turn, place = divmod(crowd.changes, among)
        state = ("ready", "after_call_work")[turn % 2]
        crowd.sockets[place].say(orjson.dumps({"type": "state", "state": state, "reason": None, "until": None}))
        crowd.changes += 1


async def _main(port: int, password: str) -> None:
    crowd, turns, changing = Crowd(), asyncio.Semaphore(AT_ONCE), None
    loop = asyncio.get_running_loop()
    while line := await loop.run_in_executor(None, sys.stdin.buffer.readline):
        wish = orjson.loads(line)
        numbers = range(wish.get("from", 0), wish.get("to", 0))
        await asyncio.gather(*(_join(crowd, port, password, number, turns) for number in numbers))
        if "changes_per_s" in wish:
            changing = asyncio.create_task(_change(crowd, wish["changes_per_s"], wish["among"]))
        if changing is not None and changing.done():
            changing.result()
        sys.stdout.buffer.write(crowd.told())
        sys.stdout.buffer.flush()


if __name__ == "__main__":
    asyncio.run(_main(int(sys.argv[1]), sys.argv[2]))
