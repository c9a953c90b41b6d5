"""A TCP line to the servers that delays, truncates and cuts, by chance."""

import asyncio
import contextlib
import random
import threading
from collections.abc import Sequence
from typing import Final
from urllib.parse import urlsplit

PIECE: Final = 16384
LONGEST_DELAY_S: Final = 0.03


class BadLine:
    """Carries each connection to one of the servers, in turn. `harm` is how likely a piece of data meets with an
    accident, `pace_s` how long each takes at least; they may be changed at any time, 0 is a good line."""

    def __init__(self, servers: Sequence[str], seed: int, harm: float, pace_s: float = 0.0) -> None:
        self._ports = [urlsplit(server).port or 80 for server in servers]
        self._chance = random.Random(seed)
        self.harm, self.pace_s = harm, pace_s
        self.cuts = 0
        self._turn = 0
        self._loop = asyncio.new_event_loop()
        self._open: set[asyncio.Task[None]] = set()
        self._listening = threading.Event()
        self._thread = threading.Thread(target=self._run, name="bad line")
        self._thread.start()
        self._listening.wait()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self._port}"

    def close(self) -> None:
        self._loop.call_soon_threadsafe(self._stopped.set)
        self._thread.join()
        self._loop.close()

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        self._loop.run_until_complete(self._serve())

    async def _serve(self) -> None:
        self._stopped = asyncio.Event()
        server = await asyncio.start_server(self._arrived, "127.0.0.1", 0)
        self._port = int(server.sockets[0].getsockname()[1])
        self._listening.set()
        await self._stopped.wait()
        server.close()
        for task in list(self._open):
            task.cancel()
        await asyncio.gather(*self._open, return_exceptions=True)

    async def _arrived(self, near_in: asyncio.StreamReader, near_out: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._open.add(task)
        self._turn += 1
        far_out: asyncio.StreamWriter | None = None
        try:
            far_in, far_out = await asyncio.open_connection("127.0.0.1", self._ports[self._turn % len(self._ports)])
            ways = [
                asyncio.create_task(self._carry(near_in, far_out)),
                asyncio.create_task(self._carry(far_in, near_out)),
            ]
            try:
                await asyncio.wait(ways, return_when=asyncio.FIRST_COMPLETED)
            finally:
                for way in ways:
                    way.cancel()
                await asyncio.gather(*ways, return_exceptions=True)
        except (OSError, asyncio.CancelledError):
            """The server is down, or the line is being closed: the workstation sees a connection that ends."""
        finally:
            for end in (near_out, far_out):
                if end is not None:
                    end.transport.abort()  # not closed politely: what was on its way is gone
            self._open.discard(task)

    async def _carry(self, source: asyncio.StreamReader, target: asyncio.StreamWriter) -> None:
        with contextlib.suppress(OSError):
            while piece := await source.read(PIECE):
                accident = self._chance.random() < self.harm
                what = self._chance.choice(("late", "cut", "short")) if accident else ""
                if what == "late":
                    await asyncio.sleep(self._chance.random() * LONGEST_DELAY_S)
                if what == "short":
                    target.write(piece[: self._chance.randrange(len(piece))])
                    await target.drain()
                    await asyncio.sleep(0.005)
                if what in ("cut", "short"):
                    self.cuts += 1
                    return
                await asyncio.sleep(self.pace_s)
                target.write(piece)
                await target.drain()
