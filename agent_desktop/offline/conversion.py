"""Databases that an earlier version left in clear: the outbox is sealed whole, the cache goes, for it comes again."""

import contextlib
import logging
import os
import shutil
from pathlib import Path
from typing import Any, Final

from agent_desktop.errors import FolderNotWritable
from agent_desktop.offline.database import Database
from agent_desktop.offline.sealing import Sealed

log = logging.getLogger(__name__)

_PLAIN: Final = b"SQLite format 3\0"


def is_plain(database: Path) -> bool:
    try:
        with database.open("rb") as file:
            return file.read(len(_PLAIN)) == _PLAIN
    except OSError:
        return False


def seal_plain(cache: Path, outbox: Database, sealing: Sealed) -> None:
    """Nothing to do where nothing is plain. Raises OutboxDamaged, DiskFull, FolderNotWritable; the file stays."""
    try:
        if is_plain(cache):
            shutil.rmtree(cache.parent / "quarantine", ignore_errors=True)
            for path in cache.parent.glob(f"{cache.name}*"):
                path.unlink()
        if is_plain(outbox.path):
            _seal(outbox, sealing)
    except OSError as error:
        raise FolderNotWritable(cache.parent, str(error)) from error


def _seal(outbox: Database, sealing: Sealed) -> None:
    made = outbox.path.with_name(f"{outbox.path.name}.sealing")
    made.unlink(missing_ok=True)
    dbapi: Any = sealing.dbapi
    try:
        with contextlib.closing(dbapi.connect(str(outbox.path), isolation_level=None)) as plain:
            plain.execute("PRAGMA wal_checkpoint(TRUNCATE)").close()
            sealing.export_from(plain, str(made))
    except dbapi.DatabaseError as error:
        made.unlink(missing_ok=True)
        raise outbox.in_our_words(error) from error
    with made.open("r+b") as file:
        os.fsync(file.fileno())
    made.replace(outbox.path)
    for beside in outbox.path.parent.glob(f"{outbox.path.name}-*"):
        beside.unlink()
    log.info("outbox sealed")
