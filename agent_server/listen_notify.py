"""Notices between server processes by PostgreSQL's LISTEN and NOTIFY, on a connection that does nothing else.

A transaction that has a NOTIFY pending takes a lock of the whole instance when it commits. So nothing is ever said
inside a transaction that writes: this connection commits by itself, and says several things at a time.
"""

import asyncio
import contextlib
import logging
import os
import random
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

import asyncpg
import orjson
from sqlalchemy.engine import URL

from agent_model.scope import Scope
from agent_server.live import HEADS_A_NOTICE
from agent_server.notices import LARGEST_NOTICE, Ears, Notice

log = logging.getLogger("agent_server.notices")

CHANNEL: Final = "agent_server"
APPLICATION: Final = "agent-server notices"
"""Names the connection in `pg_stat_activity`."""
LEADER_LOCK: Final = 0x61_67_65_6E_74
FIRST_RETRY_S: Final = 0.2
LAST_RETRY_S: Final = 10.0
LOOK_AROUND_S: Final = 2.0
ANSWER_TIMEOUT_S: Final = 10.0
CONNECT_TIMEOUT_S: Final = 10.0
WAITING_NOTICES: Final = 10_000
TROUBLE: Final = (OSError, asyncpg.PostgresError, asyncpg.InterfaceError, TimeoutError)


class PostgresBroker:
    """Connects, listens, says, and connects again with growing pauses when the connection is lost.

    What is said meanwhile waits; what others said meanwhile is lost, so everybody is told to look (`Ears.missed`).
    """

    def __init__(self, url: URL, process: str) -> None:
        self._process = process
        _, options = url.get_dialect()().create_connect_args(url)
        self._options = {name: value for name, value in options.items() if not name.startswith("prepared_statement_")}
        self._options["server_settings"] = {"application_name": APPLICATION}
        self._waiting: deque[bytes] = deque(maxlen=WAITING_NOTICES)
        self._something = asyncio.Event()
        self._leads = False
        self._ears: Ears | None = None
        self._task: asyncio.Task[None] | None = None

    @property
    def leads(self) -> bool:
        return self._leads

    def open(self, ears: Ears) -> None:
        self._ears = ears
        self._task = asyncio.get_running_loop().create_task(self._run())

    async def close(self) -> None:
        if self._task is not None:
            self._task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._task
        self._ears = None

    def publish(self, notice: Notice) -> None:
        if self._ears is not None:
            self._ears.heard(notice, self._process)
        self._waiting.append(orjson.dumps(notice))
        self._something.set()

    async def say(self, notices: Iterable[Notice]) -> None:
        """Once, on a connection of its own; for who does not listen. Raises what is in TROUBLE."""
        connection = await asyncpg.connect(timeout=CONNECT_TIMEOUT_S, **self._options)
        try:
            self._waiting.extend(orjson.dumps(notice) for notice in notices)
            await self._say_waiting(connection)
        finally:
            connection.terminate()

    async def _run(self) -> None:
        pause_s = FIRST_RETRY_S
        is_first = True
        while True:
            try:
                connection = await asyncpg.connect(timeout=CONNECT_TIMEOUT_S, **self._options)
                try:
                    await connection.add_listener(CHANNEL, self._arrived)
                    pause_s = FIRST_RETRY_S
                    if not is_first:
                        self._look_again()
                    is_first = False
                    await self._speak(connection)
                finally:
                    self._leads = False
                    connection.terminate()
            except TROUBLE as error:
                log.info("no connection between the server's processes: %s", type(error).__name__)
            await asyncio.sleep(pause_s * random.uniform(0.5, 1.0))  # noqa: S311 - keeps processes apart
            pause_s = min(pause_s * 2, LAST_RETRY_S)

    async def _speak(self, connection: Any) -> None:
        """Until the connection is lost."""
        while not connection.is_closed():
            if not self._leads:
                asked = "SELECT pg_try_advisory_lock($1)"
                self._leads = await connection.fetchval(asked, LEADER_LOCK, timeout=ANSWER_TIMEOUT_S)
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(LOOK_AROUND_S):
                    await self._something.wait()
            self._something.clear()
            await self._say_waiting(connection)

    async def _say_waiting(self, connection: Any) -> None:
        while self._waiting:
            said = list(_as_many_as_fit(self._waiting))
            payload = (b'{"from":"%b","said":[%b]}' % (self._process.encode(), b",".join(said))).decode()
            await connection.execute("SELECT pg_notify($1, $2)", CHANNEL, payload, timeout=ANSWER_TIMEOUT_S)
            for _ in said:
                self._waiting.popleft()

    def _arrived(self, _connection: Any, _pid: int, _channel: str, payload: object) -> None:
        ears = self._ears
        if ears is None:
            return
        try:
            envelope = orjson.loads(str(payload))
            process, said = str(envelope["from"]), list(envelope["said"])
        except (orjson.JSONDecodeError, KeyError, TypeError) as error:
            log.warning("a notice that is none of ours: %s", type(error).__name__)
            return
        if process == self._process:
            return
        for notice in said:
            if notice.get("kind") == "missed":
                ears.missed()
            else:
                ears.heard(notice, process)

    def _look_again(self) -> None:
        if self._ears is not None:
            self._ears.missed()
        self._waiting.append(b'{"kind":"missed"}')
        self._something.set()


async def tell_servers(url: URL, heads: Mapping[Scope, int]) -> None:
    """From a program that is no server: which slices it moved, to every process that serves this database.

    It may be lost, and never fails: they look by themselves every few seconds. A server on SQLite always does.
    """
    if url.get_backend_name() == "sqlite":
        return
    broker = PostgresBroker(url, f"program {os.getpid()}")
    moved = list(heads.items())
    some = [dict(moved[start : start + HEADS_A_NOTICE]) for start in range(0, len(moved), HEADS_A_NOTICE)]
    try:
        async with asyncio.timeout(CONNECT_TIMEOUT_S):
            await broker.say([{"kind": "moved", "heads": one} for one in some])
    except TROUBLE as error:
        log.info("the server's processes were not told: %s", type(error).__name__)


def _as_many_as_fit(waiting: deque[bytes]) -> Iterator[bytes]:
    """At least one, and as many more as one NOTIFY carries."""
    size = 0
    for count, notice in enumerate(tuple(waiting)):
        size += len(notice) + 1
        if count and size > LARGEST_NOTICE:
            return
        yield notice
