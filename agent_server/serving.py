"""Serves a site until it is told to stop: in this process, or in several that share a port."""

import asyncio
import contextlib
import gc
import logging
import multiprocessing
import os
import signal
import socket
import threading
import time
from collections.abc import Callable
from multiprocessing.connection import Connection, wait
from typing import Any, Final

import uvicorn

from agent_server.app import create_app
from agent_server.console import now
from agent_server.log_level import follow_signals
from agent_server.server import Server
from agent_server.settings import Settings

log = logging.getLogger("agent_server.serving")

LOOK_EVERY_S: Final = 0.5
AGAIN_AFTER_S: Final = 1.0
STOP_WITHIN_S: Final = 30.0
LARGEST_SAID: Final = 64 * 1024
"""Bytes of one message of a workstation before the live connection is closed."""
HEADERS_AT_MOST: Final = 32 * 1024
WASTE_AT: Final = 50_000, 10, 10
"""So many new objects before waste is looked for. A batch of commands makes and drops some ten thousand: at Python's
own 700 a tenth of its time went into looking."""
"""Bytes before the connection is closed; from `Settings.largest_headers` on the answer is 431."""


def listening(host: str, port: int) -> socket.socket:
    """Raises OSError when the port is taken or may not be had."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # asyncio sends at once (TCP_NODELAY) only what is plainly TCP; otherwise every answer waits 40 ms for an ACK
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        if os.name == "posix":  # on Windows the option would let two servers share a port
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host, port))
    except OSError:
        listener.close()
        raise
    return listener


def serve(settings: Settings, listener: socket.socket, ready: Callable[[], None]) -> bool:
    """Serves here until SIGTERM or SIGINT; `ready` is called once it listens. False when it could not begin."""
    follow_signals()
    return asyncio.run(_serve(settings, listener, ready))


def serve_in_workers(settings: Settings, listener: socket.socket, count: int, ready: Callable[[], None]) -> bool:
    """Serves in `count` processes, and starts one again that dies. False when they could not begin."""
    workers = Workers(settings, listener)
    stopping = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stopping.set())
    follow_signals(workers.ids)
    try:
        if not workers.begin(count):
            return False
        ready()
        while not stopping.is_set():
            workers.replace_the_dead(LOOK_EVERY_S)
    finally:
        workers.stop()
    return True


class Workers:
    """Processes that accept from one listening socket; they end when their parent does, however it ends."""

    def __init__(self, settings: Settings, listener: socket.socket) -> None:
        self._settings = settings
        self._listener = listener
        self._level = logging.getLogger().level
        self._context = multiprocessing.get_context("spawn")
        self._running: list[Any] = []

    def begin(self, count: int) -> bool:
        """Whether all of them listen."""
        started = [self._start() for _ in range(count)]
        return all(_is_ready(process, said) for process, said in started)

    def replace_the_dead(self, wait_s: float) -> None:
        wait([process.sentinel for process in self._running], wait_s)
        for process in [process for process in self._running if not process.is_alive()]:
            log.warning("a server process ended with %s and is started again", process.exitcode)
            self._running.remove(process)
            time.sleep(AGAIN_AFTER_S)
            self._start()

    def ids(self) -> list[int]:
        """Of those that live."""
        return [process.pid for process in self._running if process.is_alive()]

    def stop(self) -> None:
        for process in self._running:
            process.terminate()
        for process in self._running:
            process.join(STOP_WITHIN_S)
            if process.is_alive():
                process.kill()
                process.join()

    def _start(self) -> tuple[Any, Connection]:
        ours, theirs = self._context.Pipe(duplex=False)
        process = self._context.Process(target=_work, args=(self._settings, self._listener, theirs, self._level))
        process.start()
        theirs.close()
        self._running.append(process)
        return process, ours


def _is_ready(process: Any, said: Connection) -> bool:
    wait([process.sentinel, said])
    with contextlib.closing(said), contextlib.suppress(EOFError):
        return said.poll() and bool(said.recv())
    return False


def _work(settings: Settings, listener: socket.socket, ready: Connection, level: int) -> None:
    """A worker's life."""
    os.umask(0o077)
    logging.basicConfig(level=level, format="%(asctime)s %(levelname)s %(name)s %(process)d %(message)s")
    follow_signals()

    def say() -> None:
        ready.send("listening")
        ready.close()

    with listener:
        asyncio.run(_serve(settings, listener, say))


class Serving(uvicorn.Server):
    """Sends away first who would listen for ever: a television keeps its request open."""

    def __init__(self, config: uvicorn.Config, server: Server) -> None:
        super().__init__(config)
        self._server = server

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        self._server.wall.send_away()
        await super().shutdown(sockets)


async def _serve(settings: Settings, listener: socket.socket, ready: Callable[[], None]) -> bool:
    app = create_app(settings, now)
    config = uvicorn.Config(
        app,
        log_config=None,
        access_log=False,
        server_header=False,
        date_header=False,
        proxy_headers=False,
        h11_max_incomplete_event_size=HEADERS_AT_MOST,
        ws="websockets-sansio",
        ws_max_size=LARGEST_SAID,
        ws_per_message_deflate=False,  # what goes to many is made once; a proxy's TLS hides its size anyway
    )
    server = Serving(config, app.state.server)
    _stop_with_the_parent(server)
    serving = asyncio.create_task(server.serve(sockets=[listener]))
    while not server.started and not serving.done():
        await asyncio.sleep(0.01)
    if server.started:
        gc.freeze()  # what is loaded stays; looking through it for waste stopped every request for 0.1 s
        gc.set_threshold(*WASTE_AT)
        ready()
    await serving
    return server.started


def _stop_with_the_parent(server: uvicorn.Server) -> None:
    parent = multiprocessing.parent_process()
    if parent is None:
        return

    def watch() -> None:
        parent.join()
        server.should_exit = True

    threading.Thread(target=watch, name="parent", daemon=True).start()
