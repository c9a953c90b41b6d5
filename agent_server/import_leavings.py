"""What an import leaves on the server: the table itself, what was seen in it, its bad rows. All are full of people."""

import asyncio
import contextlib
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from sqlalchemy import ColumnElement, delete, or_, select, update

from agent_model.moment import to_text
from agent_model.table_import import ImportState
from agent_server.database import Database
from agent_server.file_store import FileStore
from agent_server.tables import import_task, upload

TABLE: Final = "import"
"""The kind of upload that a table is."""
NOTED: Final = timedelta(days=30)


def errors_of(home: Path, task_id: str) -> Path:
    """Where the bad rows of a task lie."""
    return home / "imports" / task_id


async def drop_file(database: Database, home: Path, upload_id: str) -> None:
    """Nobody needs the table any more."""
    async with database.writing() as connection:
        await connection.execute(delete(upload).where(upload.c.id == upload_id, upload.c.kind == TABLE))
    with contextlib.suppress(OSError):  # it is tried again after a day
        await asyncio.to_thread(FileStore(home).drop, upload_id)


async def let_go(database: Database, home: Path, now: datetime, kept: timedelta) -> None:
    """Of tables, of bad rows and of what was seen in them, after so long; of that they were, after a month."""
    before = to_text(now - kept)
    await _clear(
        database,
        home,
        (or_(upload.c.finished_at < before, upload.c.expires_at < to_text(now)),),
        (import_task.c.created_at < before,),
    )
    async with database.writing() as connection:
        await connection.execute(delete(import_task).where(import_task.c.created_at < to_text(now - NOTED)))


async def let_go_of_all(database: Database, home: Path) -> None:
    """Whoever is erased may stand in any of them. What is being read at this moment is let go of by its own course."""
    await _clear(database, home, (), ())


async def _clear(
    database: Database, home: Path, which_files: tuple[ColumnElement[bool], ...], which: tuple[ColumnElement[bool], ...]
) -> None:
    at_work = select(import_task.c.upload_id).where(import_task.c.state == ImportState.WORKING)
    files = select(upload.c.id).where(upload.c.kind == TABLE, upload.c.id.not_in(at_work), *which_files)
    resting = (import_task.c.state != ImportState.WORKING, *which)
    async with database.reading() as connection:
        uploads = (await connection.scalars(files)).all()
        tasks = (await connection.scalars(select(import_task.c.id).where(*resting))).all()
    for upload_id in uploads:
        await drop_file(database, home, upload_id)
    for task_id in tasks:
        await asyncio.to_thread(errors_of(home, task_id).unlink, missing_ok=True)
    async with database.writing() as connection:
        await connection.execute(update(import_task).where(*resting).values(seen=None))
