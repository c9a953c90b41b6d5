"""One kept connection to the server that sends JSON and reads JSON, and costs next to nothing."""

import asyncio
from typing import Any, Final

import orjson

from agent_model.wire import PROTOCOL, PROTOCOL_HEADER

ANSWER_WITHIN_S: Final = 60.0


class Refused(Exception):
    """The server answered with another status than 200."""


class Lane:
    """Raises OSError or asyncio.IncompleteReadError when the connection is lost, TimeoutError for no answer."""

    def __init__(self, port: int, seen_from: str) -> None:
        self._port = port
        self._seen_from = seen_from
        self._streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None
        self.access = ""

    async def post(self, path: str, content: Any) -> Any:
        """Asks once more on a new connection where the server closed this one meanwhile. Raises Refused."""
        body = orjson.dumps(content)
        try:
            return await self._ask(path, body)
        except (OSError, asyncio.IncompleteReadError):
            self.close()
            return await self._ask(path, body)

    async def _ask(self, path: str, body: bytes) -> Any:
        if self._streams is None:
            self._streams = await asyncio.open_connection("127.0.0.1", self._port)
        reader, writer = self._streams
        head = {
            "Host": "127.0.0.1",
            "Content-Type": "application/json",
            "Content-Length": len(body),
            PROTOCOL_HEADER: PROTOCOL,
            "X-Forwarded-For": self._seen_from,
            "Authorization": f"Bearer {self.access}",
        }
        lines = "".join(f"{name}: {value}\r\n" for name, value in head.items())
        async with asyncio.timeout(ANSWER_WITHIN_S):
            writer.write(f"POST {path} HTTP/1.1\r\n{lines}\r\n".encode() + body)
            answered = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower()
            length = int(answered.partition("content-length:")[2].partition("\r\n")[0])
            plain = await reader.readexactly(length)
        if answered.split(" ", 2)[1] != "200":
            raise Refused(answered.partition("\r\n")[0] + " " + plain.decode(errors="replace"))
        return orjson.loads(plain)

    async def sign_in(self, login: str, password: str) -> None:
        """Raises Refused."""
        device = f"benchmark.{login}"
        told = await self.post("/auth/sign-in", {"login": login, "password": password, "device_id": device})
        self.access = str(told["access"])

    def close(self) -> None:
        if self._streams is not None:
            self._streams[1].close()
            self._streams = None


def elsewhere(number: int) -> str:
    """An address of the company's network, another for each workstation."""
    return f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}"
