"""The real server without a socket: requests go straight into its application, and it may die at any commit."""

import asyncio
import concurrent.futures
import functools
import random
import shutil
import sqlite3
from collections.abc import Awaitable, Callable, Coroutine, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any, Final

import orjson
from fastapi import FastAPI

from agent_desktop.sync import reading
from agent_model.agent import Role
from agent_model.scope import Scope
from agent_model.wire import ChangesPage
from agent_server import changes, tables
from agent_server.app import create_app
from agent_server.changeset import Changeset
from agent_server.database import Database
from agent_server.restoring import begin_another_history
from agent_server.row_changes import THE_SERVER, Signature
from agent_server.rows import Stored, reader, selecting
from agent_server.scopes import Person, QueueFacts, scopes_of_user
from agent_server.server import Server
from agent_server.sight import WHOLE
from tests.fuzz import company, inline_sqlite
from tests.fuzz.network import Answered, Asked

FEW: Final = 20
NOUNS: Final = tuple(sorted(tables.NOUN_TABLES))


class ServerDied(BaseException):
    """The server stopped here; nothing of it may catch this."""


class OnTheSpot(concurrent.futures.ThreadPoolExecutor):
    """Work for a thread is done at once and here, so that a seed always plays the same way; it may run a loop."""

    def submit(self, work: Callable[..., Any], /, *args: Any, **named: Any) -> concurrent.futures.Future[Any]:
        future: concurrent.futures.Future[Any] = concurrent.futures.Future()
        loop = asyncio.get_running_loop()
        asyncio._set_running_loop(None)
        try:
            future.set_result(work(*args, **named))
        except (KeyboardInterrupt, SystemExit):
            raise
        except BaseException as error:  # noqa: BLE001 - handed to whoever waits
            future.set_exception(error)
        finally:
            asyncio._set_running_loop(loop)
        return future


@dataclass(frozen=True, slots=True)
class Change:
    """What the administration did to a row: its body from this version on; None when it was erased."""

    entity: str
    id: str
    version: int
    body: Any


@dataclass(frozen=True, slots=True)
class Backup:
    folder: Path
    changes: tuple[Change, ...]


class Site:
    """`changes` is everything that was written past the ledger. `fail_in` counts commits, as on a disk."""

    def __init__(
        self, folder: Path, chance: random.Random, now: Callable[[], datetime], tell: Callable[[str], None]
    ) -> None:
        self._root = folder
        self._chance = chance
        self._now = now
        self._tell = tell
        self._app = _routes()
        self._lives = 0
        self._loop = asyncio.new_event_loop()
        self._loop.set_default_executor(OnTheSpot())
        self._loop.set_exception_handler(lambda _loop, _context: None)  # of a server that died there is no more to say
        self._every = chance.choice((2, 5, 30))
        self.folder = folder / "site-0"
        shutil.copytree(company.site(), self.folder)
        self.changes: list[Change] = []
        self.fail_in = 0
        self.lost_with_restore: set[str] = set()
        self.was_restored = False
        self._wreck: Path | None = None
        self._looking: sqlite3.Connection | None = None
        self.start()
        self.changes += [Change(row.entity, row.id, row.version, row.body) for row in self.rows()]

    @property
    def database_path(self) -> Path:
        return self.folder / company.DATABASE_NAME

    def start(self) -> None:
        settings = company.settings_of(self.folder, self._every)
        inline_sqlite.WATCHED[str(settings.database.database)] = self._committing
        self.server = Server(settings, self._now)
        self._run(self.server.open())

    def stop(self) -> None:
        self._run(self.server.close())
        if self._looking is not None:
            self._looking.close()
            self._looking = None
        inline_sqlite.WATCHED.pop(str(self.database_path), None)

    def close(self) -> None:
        self.stop()
        self._loop.run_until_complete(self._loop.shutdown_asyncgens())
        self._loop.close()

    # ---- requests -------------------------------------------------------------------------------------

    def deliver(self, requests: Sequence[Asked]) -> list[Answered | None]:
        """All at once; None for what a server that died had not answered. A dead one is up again afterwards."""
        self._app.state.server = self.server
        answers: list[Answered | None] = self._run(_gathered([self._answer(asked) for asked in requests]))
        if self._wreck is not None:
            self._rise()
        return answers

    async def _answer(self, asked: Asked) -> Answered | None:
        parts: list[Any] = []
        body = asked.body

        async def receive() -> dict[str, Any]:
            return {"type": "http.request", "body": body, "more_body": False}

        async def send(message: Any) -> None:
            parts.append(message)

        path = asked.path
        scope = {
            "type": "http",
            "asgi": {"version": "3.0", "spec_version": "2.4"},
            "http_version": "1.1",
            "method": asked.method,
            "scheme": "http",
            "path": path,
            "raw_path": path.encode(),
            "query_string": asked.query,
            "root_path": "",
            "headers": [(name.lower(), value) for name, value in asked.headers],
            "client": ("127.0.0.1", 1),
            "server": ("127.0.0.1", 80),
            "state": {},
            "extensions": {},
        }
        try:
            await self._app(scope, receive, send)
        except ServerDied:
            return None
        if self._wreck is not None:
            return None
        content = b"".join(part.get("body", b"") for part in parts[1:])
        return Answered(parts[0]["status"], tuple(parts[0]["headers"]), content)

    # ---- what happens to the server -------------------------------------------------------------------

    def _committing(self, when: str) -> None:
        if self._wreck is not None:
            raise ServerDied
        if self.fail_in:
            self.fail_in -= 1
            if not self.fail_in:
                self._tell(f"server dies {when} a commit")
                self.die()
                raise ServerDied

    def die(self) -> None:
        """Keeps the files as they are now; the next life begins with them."""
        self._lives += 1
        self._wreck = self._root / f"site-{self._lives}"
        shutil.copytree(self.folder, self._wreck, ignore=shutil.ignore_patterns("*-shm"))

    def restart(self) -> None:
        self.die()
        self._rise()

    def _rise(self) -> None:
        assert self._wreck is not None
        old, new = self.folder, self._wreck
        self.stop()
        self.folder, self._wreck = new, None
        shutil.rmtree(old)
        self.start()

    def back_up(self) -> Backup:
        folder = self._root / f"backup-{self._lives}-{len(self.changes)}"
        folder.mkdir(exist_ok=True)
        with _opened(self.database_path) as here, _opened(folder / company.DATABASE_NAME) as there:
            here.backup(there)
        return Backup(folder, tuple(self.changes))

    def restore(self, backup: Backup) -> None:
        """The database as it was then, under a new epoch; what was done since is gone from the server."""
        answered = self.answered()
        self.stop()
        for path in self.folder.glob(f"{company.DATABASE_NAME}*"):
            path.unlink()
        shutil.copy(backup.folder / company.DATABASE_NAME, self.database_path)
        self._run(self._begin_another_history())
        self.start()
        self.changes = list(backup.changes)
        self.was_restored = True
        self.lost_with_restore |= answered.keys() - self.answered().keys()

    async def _begin_another_history(self) -> None:
        """What `agent-server restored` does."""
        settings = self.server.settings
        database = Database(settings.database)
        try:
            await begin_another_history(database, settings.home / "snapshots")
        finally:
            await database.close()

    def forget_old(self) -> None:
        """Retention: of old changes only the newest of each row is kept, of very old ones none."""
        fail_in, self.fail_in = self.fail_in, 0
        self._run(self.server.retention.run())
        self.fail_in = fail_in

    # ---- what the administration does -----------------------------------------------------------------

    def administer(self, work: Callable[[Changeset], Awaitable[None]]) -> None:
        """A change past the ledger, in a transaction of its own."""
        fail_in, self.fail_in = self.fail_in, 0
        self._run(self._administer(work))
        self.fail_in = fail_in

    async def _administer(self, work: Callable[[Changeset], Awaitable[None]]) -> None:
        async with self.server.database.writing() as connection:
            changes = Changeset(self.server.database, connection, Signature(THE_SERVER, self._now()))
            await work(changes)
            await changes.write()
        for entity, id_ in changes._touched:
            row = changes.get(entity, id_)
            before = changes._before[entity, id_]
            if row is not None:
                self.changes.append(Change(entity, id_, row.version, row.body))
            elif before is not None:
                self.changes.append(Change(entity, id_, before.version + 1, None))

    def assign(self, agent: str, team: str, queues: Sequence[str]) -> None:
        """An agent moves: what they may see changes at once."""

        async def work(changes: Changeset) -> None:
            await changes.load("agent", [agent])
            row = changes.get("agent", agent)
            assert row is not None
            changes.put(replace(row, version=row.version + 1, body={**row.body, "team": team, "queues": list(queues)}))

        self.administer(work)

    def move_customer(self, customer: str, segment: str) -> None:
        async def work(changes: Changeset) -> None:
            await changes.load("customer", [customer])
            row = changes.get("customer", customer)
            if row is None or row.segment == segment:
                return
            await changes.move_customer(customer, segment)
            body = {**row.body, "segment": segment}
            changes.put(replace(row, version=row.version + 1, body=body, segment=segment))

        self.administer(work)

    def erase(self, entity: str, id_: str) -> None:
        async def work(changes: Changeset) -> None:
            await changes.load(entity, [id_])
            if changes.get(entity, id_) is not None:
                changes.delete(entity, id_)

        self.administer(work)

    def pages(self, cursors: Mapping[Scope, int]) -> dict[Scope, ChangesPage]:
        """The rows that the live connection carries after these numbers, as a workstation reads them."""
        made = self._run(changes.small_pages(self.server.database, cursors, FEW))
        return {
            scope: reading.page(orjson.loads(orjson.dumps(page(WHOLE))), scope, cursors[scope])
            for scope, page in made.items()
        }

    # ---- what is on the server ------------------------------------------------------------------------

    def rows(self) -> list[Stored]:
        found: list[Stored] = self._run(self._rows())
        return found

    async def _rows(self) -> list[Stored]:
        found: list[Stored] = []
        async with self.server.database.reading() as connection:
            for entity in NOUNS:
                read = reader(entity)
                found += [read(row) for row in await connection.execute(selecting(entity))]
        return found

    def scopes_of(self, agent: str, rows: Sequence[Stored]) -> frozenset[Scope]:
        """What a person may hold, from the rules themselves; `rows` is everything on the server."""
        [body] = [row.body for row in rows if row.entity == "agent" and row.id == agent]
        queues = [
            QueueFacts(row.id, row.body["team"], tuple(row.body["segments"])) for row in rows if row.entity == "queue"
        ]
        return scopes_of_user(
            Person(agent, Role(body["role"]), body["team"], tuple(body["queues"]), site=body["site"]), queues
        )

    def answered(self) -> dict[str, dict[str, Any]]:
        """The log: what every command was answered, with who sent it."""
        found = self.ask("SELECT op_id, device_id, answer FROM op_log")
        return {op_id: {**orjson.loads(answer), "device": device} for op_id, device, answer in found if answer}

    def ask(self, statement: str) -> list[Any]:
        if self._looking is None:
            self._looking = sqlite3.connect(self.database_path)
        return self._looking.execute(statement).fetchall()

    def _run(self, work: Coroutine[Any, Any, Any]) -> Any:
        return self._loop.run_until_complete(work)


@functools.cache
def _routes() -> FastAPI:
    """Put together once; which server answers is said before each request."""
    return create_app(company.settings_of(company.site(), 1), lambda: company.BEGIN)


async def _gathered(works: Sequence[Awaitable[Answered | None]]) -> list[Answered | None]:
    return list(await asyncio.gather(*works))


class _opened:  # noqa: N801 - a verb, used as one
    """A plain connection for one look or one write."""

    def __init__(self, path: Path) -> None:
        self._database = sqlite3.connect(path)

    def __enter__(self) -> sqlite3.Connection:
        return self._database

    def __exit__(self, *_: object) -> None:
        self._database.commit()
        self._database.close()
