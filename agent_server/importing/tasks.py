"""Imports that administrators run at their workstations: begun, watched, stopped, and let go of after a day.

Each step is a process of its own (`task_process`). One table at a time comes in or is tried, whoever brings it: the
turn is the database's to give. A step whose process lives no more was cut off; what it stored stays, and it may be run
again.
"""

import asyncio
import multiprocessing
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from sqlalchemy import insert, select, update
from sqlalchemy.exc import IntegrityError

from agent_model.moment import to_text
from agent_model.table_import import ImportState, ImportStep, ImportTally, ImportWishes
from agent_server.accounts import Caller
from agent_server.audit import AuditTrail
from agent_server.database import Database
from agent_server.import_leavings import TABLE, errors_of
from agent_server.importing.fields import KINDS, kind_with
from agent_server.importing.profiles import profiles
from agent_server.importing.table import act_of
from agent_server.importing.task_process import live
from agent_server.own_fields import own_fields
from agent_server.refusals import RequestRefused
from agent_server.rights import MAY_IMPORT
from agent_server.settings import Settings
from agent_server.tables import import_task
from agent_server.uploads import Uploads

SILENT_S: Final = 60.0
"""A process that has said nothing for so long is gone: it says something twice a second."""
SHOWN: Final = 20
ROWS: Final = "rows"
"""The turn that one step at a time has."""


@dataclass(frozen=True, slots=True)
class Step:
    """What is to be done with a file: `remember` is a name for how it is read, `language` that of words about rows."""

    name: str
    wishes: ImportWishes
    remember: str | None = None
    language: str = "zh"


class ImportTasks:
    """Each belongs to who began it; nobody else learns what is in it."""

    def __init__(
        self,
        database: Database,
        settings: Settings,
        uploads: Uploads,
        audit: AuditTrail,
        now: Callable[[], datetime],
    ) -> None:
        self._database = database
        self._settings = settings
        self._uploads = uploads
        self._audit = audit
        self._now = now
        self._processes: dict[str, Any] = {}
        self._watching: set[asyncio.Task[None]] = set()

    async def open(self) -> None:
        """Steps that a server which is gone had begun were cut off; on PostgreSQL others may serve, so their silence
        is waited for."""
        if self._database.is_sqlite:
            await self._cut_off(import_task.c.state == ImportState.WORKING)

    async def close(self) -> None:
        for process in self._processes.values():
            process.terminate()
        await asyncio.gather(*self._watching)

    async def all(self, caller: Caller) -> dict[str, Any]:
        """What this person imported lately, the newest first; the fields there are; how files are read by name."""
        _require_right(caller)
        await self._note_silent()
        mine = select(import_task).where(import_task.c.agent_id == caller.person.id)
        async with self._database.reading() as connection:
            found = await connection.execute(mine.order_by(import_task.c.created_at.desc()).limit(SHOWN))
            known = {kind: await profiles(connection, kind) for kind in KINDS}
            own = await own_fields(connection)
            told = [_plain(row, self._settings.home) for row in found]
        return {
            "imports": told,
            "fields": {
                kind.name: [
                    {"name": field.name, "is_needed": field.is_needed, "may_repeat": field.may_repeat}
                    for field in kind.fields.values()
                ]
                for kind in (kind_with(one.name, own if one.entity == "customer" else ()) for one in KINDS.values())
            },
            "profiles": {
                kind: {name: wishes.to_plain() for name, wishes in named.items()} for kind, named in known.items()
            },
        }

    async def begin(self, caller: Caller, upload_id: str, kind: str, name: str, step: Step) -> dict[str, Any]:
        """A file that is here whole is looked into. Raises RequestRefused: not_allowed, not_found, not_yet,
        import_running."""
        _require_right(caller)
        found = await self._uploads.find(caller, upload_id)
        if found.wish.kind != TABLE:
            raise RequestRefused(404, "not_found")
        if not found.is_finished:
            raise RequestRefused(409, "not_yet")
        task_id = secrets.token_hex(16)
        line = {
            "id": task_id,
            "agent_id": caller.person.id,
            "kind": kind,
            "name": name,
            "upload_id": upload_id,
            "created_at": to_text(self._now()),
            "state": ImportState.DONE,
            **_begun(step),
        }
        async with self._database.writing() as connection:
            await connection.execute(insert(import_task).values(**line))
        return await self.take(caller, task_id, step)

    async def one(self, caller: Caller, task_id: str) -> dict[str, Any]:
        """Raises RequestRefused: not_allowed, not_found."""
        _require_right(caller)
        await self._note_silent()
        return _plain(await self._row(caller, task_id), self._settings.home)

    async def take(self, caller: Caller, task_id: str, step: Step) -> dict[str, Any]:
        """Begins a step. Raises RequestRefused: not_allowed, not_found, import_running, file_gone."""
        _require_right(caller)
        await self._note_silent()
        row = await self._row(caller, task_id)
        if not self._uploads.store.whole(row.upload_id).exists():
            raise RequestRefused(410, "file_gone")
        turn = ROWS if step.name != ImportStep.LOOK else f"{ImportStep.LOOK} {caller.person.id}"
        values = {**_begun(step), "state": ImportState.WORKING, "turn": turn}
        attempt = str(values["attempt"])
        free = import_task.c.id == task_id, import_task.c.state != ImportState.WORKING
        try:
            async with self._database.writing() as connection:
                if not (await connection.execute(update(import_task).where(*free).values(**values))).rowcount:
                    raise RequestRefused(409, "import_running", by=caller.person.id)
        except IntegrityError as error:
            raise RequestRefused(409, "import_running", by=await self._whose(turn)) from error
        process = multiprocessing.get_context("spawn").Process(target=live, args=(self._settings, attempt))
        process.start()
        self._processes[attempt] = process
        watching = asyncio.create_task(self._watch(attempt, process))
        self._watching.add(watching)
        watching.add_done_callback(self._watching.discard)
        return _plain(await self._row(caller, task_id), self._settings.home)

    async def stop(self, caller: Caller, task_id: str) -> dict[str, Any]:
        """The step ends with the rows it has at hand. Raises RequestRefused: not_allowed, not_found."""
        _require_right(caller)
        row = await self._row(caller, task_id)
        async with self._database.writing() as connection:
            wanted = update(import_task).where(import_task.c.id == row.id, import_task.c.state == ImportState.WORKING)
            await connection.execute(wanted.values(is_stopping=True))
        return await self.one(caller, task_id)

    async def errors(self, caller: Caller, task_id: str) -> Path:
        """The file of its bad rows. Raises RequestRefused: not_allowed, not_found."""
        _require_right(caller)
        row = await self._row(caller, task_id)
        path = errors_of(self._settings.home, row.id)
        if row.state == ImportState.WORKING or not path.exists():
            raise RequestRefused(404, "not_found")
        return path

    async def _row(self, caller: Caller, task_id: str) -> Any:
        mine = import_task.c.id == task_id, import_task.c.agent_id == caller.person.id
        async with self._database.reading() as connection:
            row = (await connection.execute(select(import_task).where(*mine))).first()
        if row is None:
            raise RequestRefused(404, "not_found")
        return row

    async def _whose(self, turn: str) -> str:
        async with self._database.reading() as connection:
            return str(await connection.scalar(select(import_task.c.agent_id).where(import_task.c.turn == turn)) or "")

    async def _watch(self, attempt: str, process: Any) -> None:
        """Until it ends, however it does."""
        await asyncio.to_thread(process.join)
        self._processes.pop(attempt, None)
        process.close()
        await self._cut_off(import_task.c.attempt == attempt, import_task.c.state == ImportState.WORKING)

    async def _note_silent(self) -> None:
        await self._cut_off(import_task.c.state == ImportState.WORKING, import_task.c.beat < time.time() - SILENT_S)

    async def _cut_off(self, *which: Any) -> None:
        """Those steps ended without a word; what they had told of an import goes into the audit trail."""
        async with self._database.reading() as connection:
            if (await connection.execute(select(import_task.c.id).where(*which).limit(1))).first() is None:
                return
        async with self._database.writing() as connection:
            ended = update(import_task).where(*which).values(state=ImportState.CUT_OFF, turn=None)
            rows = (await connection.execute(ended.returning(import_task))).all()
            for row in rows:
                if row.step == ImportStep.RUN:
                    tally = ImportTally(**row.tally) if row.tally else ImportTally(0)
                    await self._audit.append(connection, act_of(row.agent_id, row.kind, row.name, tally))


def _begun(step: Step) -> dict[str, Any]:
    return {
        "step": step.name,
        "attempt": secrets.token_hex(16),
        "wishes": step.wishes.to_plain(),
        "remember": step.remember,
        "language": step.language,
        "tally": None,
        "fault": None,
        "is_stopping": False,
        "beat": time.time(),
    }


def _plain(row: Any, home: Path) -> dict[str, Any]:
    names = ("id", "kind", "name", "step", "state", "wishes", "language", "tally", "seen", "fault", "is_stopping")
    has_errors = row.state != ImportState.WORKING and errors_of(home, row.id).exists()
    return {**{name: getattr(row, name) for name in names}, "created_at": row.created_at, "has_errors": has_errors}


def _require_right(caller: Caller) -> None:
    if caller.person.role not in MAY_IMPORT:
        raise RequestRefused(403, "not_allowed")
