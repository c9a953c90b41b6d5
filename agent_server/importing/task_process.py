"""The process that does one step of an import for a workstation: it looks into the file, tries it or imports it.

It is apart from those that serve: nobody waits because a table comes in, and a file that would take all memory ends
nothing else. What it has to say stands in the task's row, so that any process of the server can tell it.
"""

import asyncio
import contextlib
import logging
import multiprocessing
import os
import signal
import threading
import time
from collections.abc import Callable
from dataclasses import asdict
from typing import Any, Final

from sqlalchemy import select, update
from sqlalchemy.exc import SQLAlchemyError

from agent_model.table_import import ImportState, ImportStep, ImportTally, ImportWishes
from agent_papers.tables.sheet import BadFile
from agent_server.console import now, trail_of
from agent_server.database import Database
from agent_server.file_store import FileStore
from agent_server.import_leavings import drop_file, errors_of
from agent_server.importing.fields import KINDS
from agent_server.importing.reading import limit_memory
from agent_server.importing.seen import seen
from agent_server.importing.table import Done, Order, TableImport
from agent_server.importing.table_file import sheet_names
from agent_server.listen_notify import tell_servers
from agent_server.settings import Settings
from agent_server.tables import import_task

log = logging.getLogger("agent_server.importing")

BEAT_S: Final = 0.5


def live(settings: Settings, attempt: str) -> None:
    """The process's life."""
    os.umask(0o077)
    asyncio.run(_live(settings, attempt))


async def _live(settings: Settings, attempt: str) -> None:
    database = Database(settings.database)
    try:
        async with database.reading() as connection:
            row = (await connection.execute(select(import_task).where(import_task.c.attempt == attempt))).first()
        if row is not None:
            await _Step(settings, database, row).take()
    finally:
        await database.close()


class _Step:
    def __init__(self, settings: Settings, database: Database, row: Any) -> None:
        self._settings = settings
        self._database = database
        self._row = row
        self._tally: ImportTally | None = None
        self._is_stopped = False

    async def take(self) -> None:
        working = asyncio.create_task(self._work())
        _stop_with_the_parent(working.cancel)
        beating = asyncio.create_task(self._beat(working))
        try:
            told = await working
        except BadFile as bad:
            told = {"state": ImportState.REFUSED, "fault": {**bad.facts, "code": bad.code}, **self._sheets()}
        except OSError as error:
            told = {"state": ImportState.REFUSED, "fault": {"code": "file_gone", "why": type(error).__name__}}
        except asyncio.CancelledError:
            told = {"state": ImportState.STOPPED if self._is_stopped else ImportState.CUT_OFF}
        await beating
        await self._say(**told, tally=self._plain_tally(), turn=None)

    async def _work(self) -> dict[str, Any]:
        settings, row = self._settings, self._row
        errors = errors_of(settings.home, row.id)
        errors.parent.mkdir(mode=0o700, exist_ok=True)
        errors.unlink(missing_ok=True)
        path = FileStore(settings.home).whole(row.upload_id)
        order = Order(
            KINDS[row.kind], path, ImportWishes(**row.wishes), remember=row.remember, language=row.language,
            is_dry=row.step != ImportStep.RUN, errors=errors, name=row.name,
        )  # fmt: skip
        if row.step == ImportStep.LOOK:
            limit_memory()
        opened = await TableImport.open(self._database, order, settings.dial_plan, settings.site_zone)
        if row.step == ImportStep.LOOK:
            return {"state": ImportState.DONE, "seen": seen(opened, sheet_names(path))}
        trail = trail_of(settings, self._database)
        done: Done = await opened.run(
            self._database, trail, now, row.agent_id, self._count, lambda heads: tell_servers(settings.database, heads)
        )
        self._tally = done.tally
        if row.step == ImportStep.RUN:
            await drop_file(self._database, settings.home, row.upload_id)
        return {"state": ImportState.DONE}

    def _count(self, tally: ImportTally) -> None:
        self._tally = tally

    async def _beat(self, working: "asyncio.Task[Any]") -> None:
        while not (await asyncio.wait([working], timeout=BEAT_S))[0]:
            with contextlib.suppress(SQLAlchemyError):
                is_unwanted = await self._say(beat=time.time(), tally=self._plain_tally())
                if is_unwanted and not self._is_stopped:
                    self._is_stopped = working.cancel()

    async def _say(self, **values: Any) -> bool:
        """Whether somebody wants it stopped."""
        mine = import_task.c.attempt == self._row.attempt
        async with self._database.writing() as connection:
            said = update(import_task).where(mine).values(**values).returning(import_task.c.is_stopping)
            return bool(await connection.scalar(said))

    def _plain_tally(self) -> dict[str, int] | None:
        return None if self._tally is None else asdict(self._tally)

    def _sheets(self) -> dict[str, Any]:
        """Which sheets there are to choose from, where that is why it was refused."""
        with contextlib.suppress(BadFile, OSError):
            names = sheet_names(FileStore(self._settings.home).whole(self._row.upload_id))
            return {"seen": {"sheets": names}} if names else {}
        return {}


def _stop_with_the_parent(stop: Callable[[], object]) -> None:
    """What is stored stays; the rest is not begun."""
    loop = asyncio.get_running_loop()
    if os.name == "posix":
        loop.add_signal_handler(signal.SIGTERM, stop)
    parent = multiprocessing.parent_process()
    if parent is None:
        return

    def watch() -> None:
        parent.join()
        with contextlib.suppress(RuntimeError):  # it ended by itself
            loop.call_soon_threadsafe(stop)

    threading.Thread(target=watch, name="parent", daemon=True).start()
