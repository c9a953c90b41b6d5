"""A real server for tests: in this process on a loopback port, or as a process of its own that can be killed.

with serving(make_site(tmp_path)) as server:      # in this process, in a thread
    httpx.get(server.address + "/health")

with ServerProcess(make_site(tmp_path)) as server:  # a child process
    server.kill()                                   # as by SIGKILL
    server.start()                                  # same database, same port

The site is the demo company (resources/demo/company.toml) with everybody's password PASSWORD, and the customers given.
"""

import asyncio
import atexit
import contextlib
import functools
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import orjson
import uvicorn
from sqlalchemy.engine import URL

from agent_server.app import create_app
from agent_server.database import Database, address
from agent_server.importing.folder import Imported, import_folder
from agent_server.passwords import Passwords
from agent_server.server import Server
from agent_server.serving import LARGEST_SAID, Serving
from agent_server.settings import PasswordCost, Settings, make_secret
from agent_server.users import Users
from tests.postgresql import Cluster

PASSWORD: Final = "a password for tests"
CHEAP: Final = PasswordCost(time=1, memory_kib=8, lanes=1)
COMPANY: Final = Path(__file__).parent.parent / "resources" / "demo" / "company.toml"
DATABASE_NAME: Final = "agent-server.db"
START_TIMEOUT_S: Final = 90.0
LOOK_EVERY_S: Final = 1.0
CLOSING_S: Final = 0.002


def until(fact: Callable[[], bool]) -> None:
    """Waits for what a server does by itself; a minute at most."""
    deadline = time.monotonic() + 60
    while not fact():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def a_customer(number: int, segment: str = "home", **fields: Any) -> dict[str, Any]:
    """A line of customers.jsonl: customer `C-<number>` with the phone +86138 and the number in 8 digits."""
    body = {
        "segment": segment,
        "name": f"客户 {number}",
        "phones": [f"+86138{number:08d}"],
        "tier": "standard",
        **fields,
    }
    return {"customer": {"id": f"C-{number}", **body}, "contacts": [], "tickets": []}


def make_site(folder: Path, customers: Iterable[Mapping[str, Any]] = (), cluster: Cluster | None = None) -> Settings:
    """A server's folder with its database and key, ready to be served: made once, then copied.

    `source/customers.jsonl` in it is what the customers were imported from. The database is a file in the folder, or
    one of the cluster's.
    """
    lines = b"\n".join(orjson.dumps(customer) for customer in customers)
    template = _template(lines, cluster)
    shutil.copytree(template.home, folder, dirs_exist_ok=True)
    return site_settings(folder, None if cluster is None else cluster.new_database(like=template.database))


def site_settings(folder: Path, database: URL | None = None) -> Settings:
    """Settings that make tests quick: cheap passwords, immediate pokes."""
    database = database or address(str(folder / DATABASE_NAME))
    return Settings(database, folder, password_cost=CHEAP, poke_delay_s=0.02, offline_after_s=0.2)


def import_into(settings: Settings, source: Path) -> Imported:
    """Import a company's folder, also while a server runs."""

    async def bring() -> Imported:
        database = Database(settings.database)
        try:
            return await import_folder(database, source, settings.dial_plan, lambda _so_far: None, _now())
        finally:
            await database.close()

    return asyncio.run(bring())


def _now() -> datetime:
    return datetime.now(UTC)


class StopsAtOnce(Serving):
    """Ends when it is told to and its connections are closed, not at its next look whether it is so, up to a tenth of a
    second later; thousands of tests wait for it."""

    async def main_loop(self) -> None:
        self._loop, self._told = asyncio.get_running_loop(), asyncio.Event()
        while not await self.on_tick(0):
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._told.wait(), LOOK_EVERY_S)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """What uvicorn does, step by step."""
        self._server.wall.send_away()
        for server in self.servers:
            server.close()
        for listener in sockets or []:
            listener.close()
        for connection in list(self.server_state.connections):
            connection.shutdown()
        while self.server_state.connections or self.server_state.tasks:
            await asyncio.sleep(CLOSING_S)
        for server in self.servers:
            await server.wait_closed()
        await self.lifespan.shutdown()

    def stop(self) -> None:
        self.should_exit = True
        if self.started:
            with contextlib.suppress(RuntimeError):  # it has ended by itself
                self._loop.call_soon_threadsafe(self._told.set)


class ServerThread:
    """A server in a thread of this process. `app_server` is its inside, for what HTTP does not show."""

    def __init__(self, settings: Settings, port: int = 0, now: Callable[[], datetime] = _now) -> None:
        self.settings = settings
        self._listener = _listener(port)
        self.address = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        app = create_app(settings, now)
        self.app_server: Server = app.state.server
        config = uvicorn.Config(
            app,
            log_config=None,
            access_log=False,
            proxy_headers=False,
            ws="websockets-sansio",
            ws_max_size=LARGEST_SAID,
            lifespan="on",
        )
        self._uvicorn = StopsAtOnce(config, self.app_server)
        self._started = threading.Event()
        self._thread = threading.Thread(target=self._run, name="test server", daemon=True)

    def start(self) -> None:
        self._thread.start()
        if not self._started.wait(START_TIMEOUT_S) or not self._uvicorn.started:
            raise RuntimeError("the server did not start")

    def stop(self) -> None:
        self._uvicorn.stop()
        self._thread.join(START_TIMEOUT_S)
        self._listener.close()

    def _run(self) -> None:
        asyncio.run(self._serve())

    async def _serve(self) -> None:
        serving = asyncio.create_task(self._uvicorn.serve(sockets=[self._listener]))
        while not self._uvicorn.started and not serving.done():
            await asyncio.sleep(0.005)
        self._started.set()
        await serving


@contextlib.contextmanager
def serving(settings: Settings, port: int = 0, now: Callable[[], datetime] = _now) -> Iterator[ServerThread]:
    """A running ServerThread, stopped at the end. With `port` a stopped one's address is taken up again. `now` is the
    clock it goes by."""
    server = ServerThread(settings, port, now)
    server.start()
    try:
        yield server
    finally:
        server.stop()


class ServerProcess:
    """`agent-server run` as a child process that keeps its port when it is started again."""

    def __init__(self, settings: Settings, *options: str) -> None:
        self.settings = settings
        self._options = options
        self._port_file = settings.home / "port"
        self._port = 0
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self._port}"

    @property
    def pid(self) -> int | None:
        return None if self._process is None else self._process.pid

    def start(self) -> None:
        """Returns once the server listens."""
        database = self.settings.database.render_as_string(hide_password=False)
        command = [sys.executable, "-m", "agent_server", "run", "--database", database]
        command += ["--home", str(self.settings.home)]
        command += ["--port", str(self._port), "--port-file", str(self._port_file), *self._options]
        with (self.settings.home / "server.log").open("ab") as log:
            self._process = subprocess.Popen(
                command, stdout=subprocess.PIPE, stderr=log, cwd=Path(__file__).parent.parent
            )
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line:
            self._process.wait(START_TIMEOUT_S)
            self._process.stdout.close()
            raise RuntimeError((self.settings.home / "server.log").read_text(encoding="utf-8", errors="replace"))
        self._port = int(orjson.loads(line)["listening"].rpartition(":")[2])

    def kill(self) -> None:
        """End it without a chance to tidy up."""
        self._end(subprocess.Popen.kill)

    def stop(self) -> None:
        self._end(subprocess.Popen.terminate)

    def _end(self, how: Any) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        how(process)
        process.wait(START_TIMEOUT_S)
        if process.stdout is not None:
            process.stdout.close()

    def __enter__(self) -> "ServerProcess":
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()


@functools.cache
def _template(customers: bytes, cluster: Cluster | None) -> Settings:
    """A site with these customers, made once per test run."""
    folder = Path(tempfile.mkdtemp(prefix="agent-server-template-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    if customers:
        empty = _template(b"", cluster)
        shutil.copytree(empty.home, folder, dirs_exist_ok=True)
        settings = site_settings(folder, None if cluster is None else cluster.new_database(like=empty.database))
        source = folder / "source"
        source.mkdir()
        (source / "customers.jsonl").write_bytes(customers)
        import_into(settings, source)
        return settings
    make_secret(folder)
    settings = site_settings(folder, None if cluster is None else cluster.new_database())
    with tempfile.TemporaryDirectory() as company:
        shutil.copy2(COMPANY, company)
        asyncio.run(_fill_template(settings, Path(company)))
    return settings


async def _fill_template(settings: Settings, source: Path) -> None:
    database = Database(settings.database)
    try:
        await database.migrate()
        await import_folder(database, source, settings.dial_plan, lambda _so_far: None, _now())
        await Users(database, Passwords(CHEAP)).set_missing_passwords(PASSWORD)
    finally:
        await database.close()


def _listener(port: int) -> socket.socket:
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    if sys.platform != "win32":
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind(("127.0.0.1", port))
    return listener
