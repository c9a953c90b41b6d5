"""A PostgreSQL of the tests' own: a new cluster, on disk or in memory, reached over a private socket, gone at the end.

with Cluster() as cluster:
    url = cluster.new_database()                # empty
    copy = cluster.new_database(like=url)       # with everything that is in `url`
"""

import asyncio
import itertools
import os
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path
from types import TracebackType
from typing import Any, Final

import asyncpg
from sqlalchemy.engine import URL

from agent_server.database import address

BINARIES: Final = Path("/usr/lib/postgresql")
ACCOUNT: Final = "postgres"
"""Who runs it where the tests run as root: PostgreSQL refuses to."""
OWNER: Final = "agent_desktop"
START_TIMEOUT_S: Final = 60.0
DISK: Final = Path("/tmp")  # noqa: S108
CONFIGURATION: Final = """
listen_addresses = ''
max_connections = 200
shared_buffers = 64MB
max_wal_size = 256MB
dynamic_shared_memory_type = mmap
fsync = on
autovacuum = off
"""


class Cluster:
    """Started at once; every write reaches the disk, as in earnest. `pid` is the postmaster's."""

    def __init__(self, below: Path = DISK) -> None:
        self._folder = Path(tempfile.mkdtemp(prefix="agent-desktop-pg-", dir=below))
        self._account: dict[str, Any] = {}
        if os.geteuid() == 0:
            shutil.chown(self._folder, ACCOUNT, ACCOUNT)
            self._account = {"user": ACCOUNT, "group": ACCOUNT, "extra_groups": []}
        self._numbers = itertools.count(1)
        self._data = self._folder / "data"
        self._run("initdb", "-D", str(self._data), "-U", OWNER, "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8")
        with (self._data / "postgresql.conf").open("a") as configuration:
            configuration.write(f"{CONFIGURATION}unix_socket_directories = '{self._folder}'\n")
        self._process = self._started()

    @property
    def pid(self) -> int:
        return self._process.pid

    def new_database(self, like: URL | None = None) -> URL:
        """A database of its own, copied from another that nobody is connected to."""
        name = f"site_{next(self._numbers)}"
        template = "" if like is None else f' TEMPLATE "{like.database}" STRATEGY FILE_COPY'
        asyncio.run(self._told(f'CREATE DATABASE "{name}"{template}'))
        return address(f"postgresql://{OWNER}@/{name}?host={self._folder}")

    def drop(self, database: URL) -> None:
        """Nobody needs it any more."""
        asyncio.run(self._told(f'DROP DATABASE "{database.database}" WITH (FORCE)'))

    def crash(self) -> None:
        """Ends at once, as `pg_ctl restart -m immediate` does, and comes back with what its log holds."""
        self._end_at_once()
        self._process = self._started()

    def stop(self) -> None:
        """Its files, often hundreds of thousands, go while the next tests run."""
        self._end_at_once()
        subprocess.run(["setsid", "--fork", "rm", "-rf", self._folder], check=True)

    def __enter__(self) -> "Cluster":
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _at: TracebackType | None
    ) -> None:
        self.stop()

    async def _told(self, statement: str) -> None:
        connection = await asyncpg.connect(host=str(self._folder), user=OWNER, database="postgres")
        try:
            await connection.execute(statement)
        finally:
            await connection.close()

    def _started(self) -> "subprocess.Popen[bytes]":
        until = time.monotonic() + START_TIMEOUT_S
        with (self._folder / "log").open("ab") as log:
            process = subprocess.Popen(
                [_binary("postgres"), "-D", self._data], cwd=self._folder, stdout=log, stderr=log, **self._account
            )
        status = self._data / "postmaster.pid"
        while not status.exists() or not _is_ready(status.read_text(), process.pid):
            if process.poll() is not None or time.monotonic() > until:
                raise RuntimeError((self._folder / "log").read_text(errors="replace"))
            time.sleep(0.02)
        return process

    def _end_at_once(self) -> None:
        self._process.send_signal(signal.SIGQUIT)  # what it holds is thrown away
        self._process.wait(START_TIMEOUT_S)

    def _run(self, program: str, *words: str) -> None:
        done = subprocess.run(
            [_binary(program), *words], cwd=self._folder, capture_output=True, check=False, **self._account
        )
        if done.returncode != 0:
            raise RuntimeError(f"{program}: {done.stderr.decode(errors='replace')}")


def _is_ready(status: str, pid: int) -> bool:
    return status.startswith(f"{pid}\n") and "ready" in status


def _binary(name: str) -> Path:
    """Debian keeps every version in a folder of its own and none of them on the path."""
    found = sorted(BINARIES.glob(f"*/bin/{name}"), key=lambda path: int(path.parts[-3]))
    if not found:
        raise RuntimeError(f"no {name} below {BINARIES}: run make test, which installs PostgreSQL")
    return found[-1]
