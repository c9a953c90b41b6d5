"""What stands before a server at a site: something that speaks TLS for it, and a proxy that leads there."""

import asyncio
import contextlib
import ssl
import threading
from collections.abc import AsyncIterator, Coroutine, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

FAREWELL_S = 0.5
"""For which one waits until the other side says that it has heard the end, too."""


class Proxy:
    """An HTTP proxy for lines of TLS. `led` are the places it led to; with `asks_who` it leads nowhere."""

    def __init__(self, *, asks_who: bool = False) -> None:
        self.led: list[str] = []
        self.asks_who = asks_who
        self.address = ""


@contextlib.contextmanager
def tls_before(address: str, certificate: Path) -> Iterator[str]:
    """The address at which a server is reached by TLS; `certificate` with .pem and .key."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate.with_suffix(".pem"), certificate.with_suffix(".key"))
    behind = urlsplit(address)

    async def lead(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await _join(reader, writer, str(behind.hostname), int(behind.port or 80))

    with _serving(lead, context) as port:
        yield f"https://localhost:{port}"


@contextlib.contextmanager
def leading(proxy: Proxy) -> Iterator[Proxy]:
    async def lead(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = await reader.readuntil(b"\r\n\r\n")
        verb, target, _ = head.split(b"\r\n")[0].decode().split(" ")
        proxy.led.append(target)
        if proxy.asks_who or verb != "CONNECT":
            writer.write(b"HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n")
            await writer.drain()
            return
        writer.write(b"HTTP/1.1 200 Connection established\r\n\r\n")
        host, _, port = target.rpartition(":")
        await _join(reader, writer, host, int(port))

    with _serving(lead, None) as port:
        proxy.address = f"http://127.0.0.1:{port}"
        yield proxy


@contextlib.contextmanager
def _serving(lead: Any, context: ssl.SSLContext | None) -> Iterator[int]:
    """In a thread of its own, until the end; then every line is cut."""
    loop = asyncio.new_event_loop()
    ports: list[int] = []
    has_begun, end = threading.Event(), asyncio.Event()

    async def led(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        async with _closing(writer):
            await lead(reader, writer)

    async def serve() -> None:
        farewell_s = None if context is None else FAREWELL_S
        server = await asyncio.start_server(led, "127.0.0.1", 0, ssl=context, ssl_shutdown_timeout=farewell_s)
        ports.append(server.sockets[0].getsockname()[1])
        has_begun.set()
        await end.wait()
        server.close()
        while lines := asyncio.all_tasks() - {asyncio.current_task()}:  # one may have come meanwhile
            for line in lines:
                line.cancel()
            await asyncio.gather(*lines, return_exceptions=True)

    thread = threading.Thread(target=_run, args=(loop, serve()), name="before the server")
    thread.start()
    has_begun.wait()
    try:
        yield ports[0]
    finally:
        loop.call_soon_threadsafe(end.set)
        thread.join()


def _run(loop: asyncio.AbstractEventLoop, work: Coroutine[Any, Any, None]) -> None:
    loop.set_exception_handler(lambda *_: None)  # a line that a test cuts is no fault
    with contextlib.closing(loop):
        loop.run_until_complete(work)


async def _join(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, host: str, port: int) -> None:
    far_reader, far_writer = await asyncio.open_connection(host, port)
    async with _closing(far_writer):
        back = asyncio.create_task(_pour(far_reader, writer))
        await _pour(reader, far_writer)
        await back


async def _pour(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with contextlib.suppress(OSError):
        while content := await reader.read(2**16):
            writer.write(content)
            await writer.drain()
        if writer.can_write_eof():
            writer.write_eof()
        else:
            writer.close()


@contextlib.asynccontextmanager
async def _closing(writer: asyncio.StreamWriter) -> AsyncIterator[None]:
    try:
        yield
    except (OSError, asyncio.IncompleteReadError):
        """The line was cut."""
    finally:
        writer.close()
        with contextlib.suppress(OSError):
            await writer.wait_closed()
