"""The two databases of one agent on this workstation: opening, transactions, and what is done when one is damaged.

`cache.db` may be thrown away at any time; `outbox.db` holds what the agent saved and the server has not confirmed,
and is flushed to the disk before a write returns. Every thread may call; SQLite orders the writers.
"""

import contextlib
import logging
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, MetaData, create_engine, event
from sqlalchemy.exc import DatabaseError

from agent_desktop.errors import CacheDamaged, DiskFull, FolderNotWritable, OutboxDamaged, StoreBusy, StoreError
from agent_desktop.offline import tables
from agent_desktop.offline.sealing import Sealing, Unsealed

log = logging.getLogger(__name__)

BUSY_TIMEOUT_MS = 5_000


class Store:
    """Opens (and creates) the databases in `folder`. Raises FolderNotWritable, DiskFull, OutboxDamaged."""

    def __init__(self, folder: Path, sealing: Sealing | None = None) -> None:
        self._sealing = sealing or Unsealed()
        self.folder = folder
        self.cache_path = folder / "cache.db"
        self.outbox_path = folder / "outbox.db"
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise FolderNotWritable(folder, str(error)) from error
        self._outbox = self._engine(self.outbox_path, "FULL")
        self._lay(self._outbox, tables.outbox, tables.OUTBOX_FORMAT, self.outbox_path)
        self._cache = self._engine(self.cache_path, "NORMAL")

    def open_cache(self) -> None:
        """Lays the cache's tables. Raises CacheDamaged: `quarantine_cache` is the remedy."""
        self._lay(self._cache, tables.cache, tables.CACHE_FORMAT, self.cache_path)

    def reading(self) -> contextlib.AbstractContextManager[Connection]:
        """A read transaction on the cache."""
        return self._transaction(self._cache, self.cache_path)

    def writing(self) -> contextlib.AbstractContextManager[Connection]:
        """A write transaction on the cache; committed at the end, undone by an exception."""
        return self._transaction(self._cache, self.cache_path, begin="BEGIN IMMEDIATE")

    def reading_outbox(self) -> contextlib.AbstractContextManager[Connection]:
        return self._transaction(self._outbox, self.outbox_path)

    def writing_outbox(self) -> contextlib.AbstractContextManager[Connection]:
        """A write transaction on the outbox; on the disk when the block has ended without an exception."""
        return self._transaction(self._outbox, self.outbox_path, begin="BEGIN IMMEDIATE")

    def quarantine_cache(self, at: datetime) -> Path:
        """Puts the damaged cache aside and starts an empty one. Returns the folder that holds the old files."""
        self._cache.dispose()
        aside = self.folder / "quarantine" / at.strftime("%Y%m%dT%H%M%S%f")
        aside.mkdir(parents=True)
        for path in self.folder.glob("cache.db*"):
            path.rename(aside / path.name)
        self._cache = self._engine(self.cache_path, "NORMAL")
        self.open_cache()
        log.info("cache put aside in %s", aside)
        return aside

    def close(self) -> None:
        self._cache.dispose()
        self._outbox.dispose()

    def _engine(self, path: Path, synchronous: str) -> Engine:
        engine = create_engine(
            f"sqlite:///{path.as_posix()}",
            module=self._sealing.dbapi,
            connect_args={"check_same_thread": False, "timeout": BUSY_TIMEOUT_MS / 1000},
            pool_size=4,
        )

        @event.listens_for(engine, "connect", insert=True)
        def prepare(connection: Any, _record: object) -> None:
            self._sealing.unlock(connection)
            connection.isolation_level = None
            for pragma in (
                "journal_mode=WAL",
                f"synchronous={synchronous}",
                f"busy_timeout={BUSY_TIMEOUT_MS}",
                "journal_size_limit=67108864",
                "cache_size=-16384",
                "temp_store=MEMORY",
            ):
                connection.execute(f"PRAGMA {pragma}").close()

        return engine

    def _lay(self, engine: Engine, metadata: MetaData, form: int, path: Path) -> None:
        with self._transaction(engine, path, begin="BEGIN IMMEDIATE") as connection:
            found = connection.exec_driver_sql("PRAGMA user_version").scalar_one()
            if found == form:
                return
            if found > form:
                raise self._damaged(path, f"format {found} is newer than {form}")
            metadata.create_all(connection)
            connection.exec_driver_sql(f"PRAGMA user_version={form:d}")

    @contextlib.contextmanager
    def _transaction(self, engine: Engine, path: Path, begin: str = "BEGIN") -> Iterator[Connection]:
        try:
            with engine.connect() as connection:
                connection.exec_driver_sql(begin)
                try:
                    yield connection
                except BaseException:
                    connection.exec_driver_sql("ROLLBACK")
                    raise
                connection.exec_driver_sql("COMMIT")
        except DatabaseError as error:
            raise self._in_our_words(error, path) from error

    def _in_our_words(self, error: DatabaseError, path: Path) -> StoreError:
        cause = str(error.orig)
        if "disk is full" in cause or "disk I/O error" in cause:
            return DiskFull(path, cause)
        if "malformed" in cause or "not a database" in cause or "no such table" in cause or "no such column" in cause:
            return self._damaged(path, cause)
        if "locked" in cause or "busy" in cause:
            return StoreBusy(path, cause)
        if "readonly" in cause or "unable to open" in cause:
            return FolderNotWritable(path, cause)
        return StoreError(path, cause)

    def _damaged(self, path: Path, cause: str) -> StoreError:
        return OutboxDamaged(path, cause) if path == self.outbox_path else CacheDamaged(path, cause)
