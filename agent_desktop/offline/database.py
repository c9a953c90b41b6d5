"""One SQLite file as several threads use it: its connections, its transactions, and its errors in our words."""

import contextlib
import shutil
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final

from agent_desktop.errors import CacheDamaged, DiskFull, FolderNotWritable, OutboxDamaged, StoreBusy, StoreError
from agent_desktop.offline.sealing import Sealing

BUSY_TIMEOUT_S: Final = 5.0
NEXT_TO_NOTHING: Final = 2**20
"""Bytes: with less than this free, an I/O error is a full disk."""
SETTLE_TRIES: Final = 50
SETTLE_PAUSE_S: Final = 0.1
LONG_WAL: Final = 32 * 2**20
"""Bytes of write-ahead log brought home together: far less work in a bulk load than SQLite's own steps of 4 MB."""


def _nobody(_damage: StoreError) -> None:
    """The default listener."""


class Database:
    """Transactions for any thread; a connection is lent to one at a time and kept for the next.

    Writers of this process stand in one queue: whoever waits goes on the moment the pen is free, where SQLite's own
    waiting sleeps in growing steps. `damaged` is the error for a file that is not what it should be; `noticed`
    hears of it as well, in whatever thread it is raised.
    """

    def __init__(
        self,
        path: Path,
        sealing: Sealing,
        synchronous: str,
        damaged: type[CacheDamaged] | type[OutboxDamaged],
        noticed: Callable[[StoreError], None] = _nobody,
    ) -> None:
        self.path = path
        self._sealing = sealing
        self._dbapi: Any = sealing.dbapi
        self._synchronous = synchronous
        self._damaged = damaged
        self._noticed = noticed
        self._gate = threading.Condition()
        self._pen = threading.Lock()
        self._tidying = threading.Lock()
        self._log = path.with_name(path.name + "-wal")
        self._idle: list[sqlite3.Connection] = []
        self._lent = 0
        self._checking: sqlite3.Connection | None = None
        self._is_shut = False
        self._is_closed = False

    def reading(self) -> contextlib.AbstractContextManager[sqlite3.Connection]:
        return self._transaction("BEGIN")

    @contextlib.contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """Raises StoreBusy when another writer holds on for BUSY_TIMEOUT_S."""
        if not self._pen.acquire(timeout=BUSY_TIMEOUT_S):
            raise StoreBusy(self.path, "another write takes too long")
        try:
            with self._transaction("BEGIN IMMEDIATE") as connection:
                yield connection
        finally:
            self._pen.release()
        self._bring_home()

    @contextlib.contextmanager
    def filling(self) -> Iterator[sqlite3.Connection]:
        """One transaction for a whole new file that nobody else opens: every page is sealed and written once.

        There is no way back: after an exception the file is worth nothing.
        """
        with self._lending() as connection:
            for pragma in ("journal_mode=OFF", "cache_size=-65536", "locking_mode=EXCLUSIVE"):
                connection.execute(f"PRAGMA {pragma}").close()
            connection.execute("BEGIN")
            yield connection
            connection.execute("COMMIT")

    def check(self) -> bool:
        """Whether every page was looked at and is sound; false when the file is wanted for something else meanwhile.

        Raises the error for a damaged file.
        """
        with self._lending() as connection:
            with self._gate:
                self._checking = connection
            try:
                (found,) = connection.execute("PRAGMA quick_check(1)").fetchone()
            except self._dbapi.OperationalError as error:
                if "interrupted" in str(error):
                    return False
                raise
            finally:
                with self._gate:
                    self._checking = None
        if found != "ok":
            raise self.damage(str(found))
        return True

    @contextlib.contextmanager
    def shut(self) -> Iterator[None]:
        """Inside the block nothing of this process has the file open; whoever wants it waits outside.

        Raises StoreBusy when somebody does not give their connection back within BUSY_TIMEOUT_S.
        """
        with self._gate:
            self._is_shut = True
            self._break_off_check()
            everybody_left = self._gate.wait_for(lambda: self._lent == 0, BUSY_TIMEOUT_S)
            self._forget_idle()
        try:
            if not everybody_left:
                raise StoreBusy(self.path, "still being read")
            yield
        finally:
            with self._gate:
                self._is_shut = False
                self._gate.notify_all()

    def settle(self, *, anew: bool = False) -> None:
        """Leaves nothing that was deleted in the log beside the file; `anew` also nothing in the file itself, which
        costs as much as writing it, and gives rows without a number of their own another place."""
        with self._pen, self._lending() as connection:
            if anew:
                connection.execute("VACUUM").close()
            for _ in range(SETTLE_TRIES):
                (is_busy, _, _) = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
                if not is_busy:
                    return
                time.sleep(SETTLE_PAUSE_S)
        raise StoreBusy(self.path, "being read for long")

    def close(self) -> None:
        """No transaction begins any more; the files are let go when the running ones have ended."""
        with self._gate:
            self._is_closed = True
            self._break_off_check()
            self._forget_idle()

    def damage(self, cause: str) -> StoreError:
        damage = self._damaged(self.path, cause)
        self._noticed(damage)
        return damage

    @contextlib.contextmanager
    def _transaction(self, begin: str) -> Iterator[sqlite3.Connection]:
        with self._lending() as connection:
            connection.execute(begin)
            yield connection
            connection.execute("COMMIT")

    @contextlib.contextmanager
    def _lending(self) -> Iterator[sqlite3.Connection]:
        connection = self._take()
        is_sound = True
        try:
            yield connection
        except self._dbapi.DatabaseError as error:
            is_sound = False
            raise self.in_our_words(error) from error
        finally:
            if connection.in_transaction:
                is_sound = self._undone(connection) and is_sound
            self._give_back(connection, is_sound)

    def _bring_home(self) -> None:
        """Moves a long log into the file, after the pen is free: other writers go on meanwhile."""
        try:
            is_long = self._log.stat().st_size > LONG_WAL
        except OSError:
            return
        if is_long and self._tidying.acquire(blocking=False):
            try:
                with self._lending() as connection:
                    connection.execute("PRAGMA wal_checkpoint(PASSIVE)").close()
            finally:
                self._tidying.release()

    def _undone(self, connection: sqlite3.Connection) -> bool:
        try:
            connection.execute("ROLLBACK")
        except self._dbapi.DatabaseError:
            return False
        return True

    def _take(self) -> sqlite3.Connection:
        with self._gate:
            if self._is_shut and not self._gate.wait_for(lambda: not self._is_shut, BUSY_TIMEOUT_S):
                raise StoreBusy(self.path, "being put aside")
            if self._is_closed:
                raise StoreError(self.path, "closed")
            self._lent += 1
            if self._idle:
                return self._idle.pop()
        try:
            return self._connect()
        except BaseException as error:
            self._returned()
            if isinstance(error, self._dbapi.DatabaseError):
                raise self.in_our_words(error) from error
            raise

    def _give_back(self, connection: sqlite3.Connection, is_sound: bool) -> None:
        with self._gate:
            if is_sound and not self._is_shut and not self._is_closed:
                self._idle.append(connection)
            else:
                self._part_with(connection)
        self._returned()

    def _returned(self) -> None:
        with self._gate:
            self._lent -= 1
            if self._is_shut:
                self._gate.notify_all()

    def _connect(self) -> sqlite3.Connection:
        connection: sqlite3.Connection = self._dbapi.connect(
            str(self.path), timeout=BUSY_TIMEOUT_S, isolation_level=None, check_same_thread=False
        )
        try:
            self._sealing.unlock(connection)
            for pragma in (
                "journal_mode=WAL",
                f"synchronous={self._synchronous}",
                "wal_autocheckpoint=0",
                "journal_size_limit=8388608",
                "cache_size=-16384",
                "temp_store=MEMORY",
                "secure_delete=FAST",
            ):
                connection.execute(f"PRAGMA {pragma}").close()
        except BaseException:
            self._part_with(connection)
            raise
        return connection

    def _break_off_check(self) -> None:
        if self._checking is not None:
            self._checking.interrupt()

    def _forget_idle(self) -> None:
        while self._idle:
            self._part_with(self._idle.pop())

    def _part_with(self, connection: sqlite3.Connection) -> None:
        with contextlib.suppress(self._dbapi.Error):
            connection.close()

    def in_our_words(self, error: Exception) -> StoreError:
        cause = str(error)
        if "disk is full" in cause or ("I/O error" in cause and self._has_no_room()):
            return DiskFull(self.path, cause)
        if any(sign in cause for sign in ("malformed", "not a database", "no such table", "no such column")):
            return self.damage(cause)
        if "locked" in cause or "busy" in cause:
            return StoreBusy(self.path, cause)
        if "readonly" in cause or "unable to open" in cause:
            if self._has_no_room():
                return DiskFull(self.path, cause)
            return FolderNotWritable(self.path, cause)
        return StoreError(self.path, cause)

    def _has_no_room(self) -> bool:
        try:
            return shutil.disk_usage(self.path.parent).free < NEXT_TO_NOTHING
        except OSError:
            return False
