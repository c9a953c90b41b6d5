"""A damaged outbox: what can still be read of it goes into a new one, and the file itself is kept."""

import contextlib
import logging
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import orjson

from agent_desktop.errors import FolderNotWritable
from agent_desktop.offline.conversion import is_plain
from agent_desktop.offline.journal import Journal
from agent_desktop.offline.pending import State
from agent_desktop.offline.sealing import Sealing, Unsealed
from agent_desktop.offline.store import KEY_ID, Store
from agent_desktop.paths import write_whole

log = logging.getLogger(__name__)

SAVED = {
    "device": ("name", "value"),
    "command": ("device_seq", "op_id", "entity", "id", "state", "plain", "answer"),
    "delivered": ("device_seq", "op_id", "plain", "at", "is_due"),
    "draft": ("key", "body", "saved_at"),
    "day_call": ("key", "at", "plain"),
}


@dataclass(frozen=True, slots=True)
class Rescued:
    """`aside` holds the damaged file as it was; `commands` and `drafts` is how many go on: those that could be
    read, and the commands that the journal still has."""

    aside: Path
    commands: int
    drafts: int


def rescue_outbox(folder: Path, at: datetime, sealing: Sealing) -> Rescued:
    """After OutboxDamaged and before the next Store of this folder. Raises FolderNotWritable, DiskFull.

    Nothing is deleted: whoever knows more about broken files still finds every byte.
    """
    aside = folder / "damaged-outbox" / at.strftime("%Y%m%dT%H%M%S%f")
    try:
        aside.mkdir(parents=True)
        for path in folder.glob("outbox.db*"):
            path.replace(aside / path.name)
    except OSError as error:
        raise FolderNotWritable(aside, str(error)) from error
    damaged = aside / "outbox.db"
    was_plain = is_plain(damaged)
    store = Store(folder, sealing)
    found = dict.fromkeys(SAVED, 0)
    try:
        for table, columns in SAVED.items():
            places = ", ".join("?" * len(columns))
            for row in readable(damaged, Unsealed() if was_plain else sealing, table, columns):
                with store.writing_outbox() as connection:
                    statement = f"INSERT OR IGNORE INTO {table} ({', '.join(columns)}) VALUES ({places})"  # noqa: S608
                    found[table] += connection.execute(statement, row).rowcount
        found["command"] += from_journal(store, Journal(folder, sealing))
    finally:
        store.close()
    if was_plain:
        _seal_files(aside, sealing)
    log.warning("outbox damaged: %d commands and %d drafts rescued", found["command"], found["draft"])
    return Rescued(aside, found["command"], found["draft"])


def from_journal(store: Store, journal: Journal) -> int:
    """Commands that the file did not give, and the server has not settled, wait to be sent again."""
    added = 0
    with store.writing_outbox() as connection:
        for plain in journal.waiting():
            values = (plain["device_seq"], plain["op_id"], plain["entity"], plain["id"], State.WAITING)
            added += connection.execute(
                "INSERT OR IGNORE INTO command (device_seq, op_id, entity, id, state, plain) VALUES (?, ?, ?, ?, ?, ?)",
                (*values, orjson.dumps(plain).decode()),
            ).rowcount
    return added


def put_aside_locked(folder: Path, at: datetime) -> Path:
    """After KeyLost and before the next Store: what was sealed with the other key is kept in the folder that is
    returned, but for the cache, which comes again. Raises FolderNotWritable."""
    aside = folder / "key-lost" / at.strftime("%Y%m%dT%H%M%S%f")
    try:
        aside.mkdir(parents=True)
        for path in (*folder.glob("outbox.*"), folder / KEY_ID):
            if path.exists():
                path.replace(aside / path.name)
        for path in folder.glob("cache.db*"):
            path.unlink()
    except OSError as error:
        raise FolderNotWritable(aside, str(error)) from error
    log.warning("what another key sealed was put aside in %s", aside)
    return aside


def _seal_files(folder: Path, sealing: Sealing) -> None:
    """What an earlier version left in clear is kept, but not in clear."""
    for path in list(folder.iterdir()):
        write_whole(path.with_name(f"{path.name}.sealed"), sealing.seal(path.read_bytes()).hex())
        path.unlink()


def readable(path: Path, sealing: Sealing, table: str, columns: tuple[str, ...]) -> Iterator[tuple[Any, ...]]:
    """Rows from both ends of the table, as far as each can be read."""
    dbapi: Any = sealing.dbapi
    for order in ("ASC", "DESC"):
        connection: sqlite3.Connection = dbapi.connect(str(path), isolation_level=None)
        try:
            with contextlib.suppress(dbapi.DatabaseError):
                sealing.unlock(connection)
                yield from connection.execute(
                    f"SELECT {', '.join(columns)} FROM {table} ORDER BY rowid {order}"  # noqa: S608
                )
        finally:
            connection.close()
