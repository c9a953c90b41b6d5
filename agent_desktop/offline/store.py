"""The two databases of one agent on this workstation: opening them, and what is done when the cache is damaged.

Both are sealed with this agent's key. `key.id` beside them says which key that is, so that a key that is not theirs is
never taken for damage.

`cache.db` may be thrown away at any time; `outbox.db` holds what the agent saved and the server has not confirmed,
and is flushed to the disk before a write returns. Every thread may call; one process at a time has the folder.
"""

import contextlib
import logging
import shutil
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Final

from agent_desktop.errors import CacheDamaged, FolderNotWritable, KeyLost, NewerData, OutboxDamaged, StoreError
from agent_desktop.offline import complaint_index, conversion, derived, intake
from agent_desktop.offline.backups import drop_copies, opened_by
from agent_desktop.offline.database import Database
from agent_desktop.offline.sealing import Sealed, Sealing
from agent_desktop.paths import write_whole

log = logging.getLogger(__name__)

CACHE_FORMAT: Final = 5
WITH_FOLLOW_UPS: Final = 4
"""The first format of the cache in which they have a table of their own."""
OUTBOX_FORMAT: Final = 2
KEY_ID: Final = "key.id"
QUARANTINED_KEPT: Final = 1
"""Damaged caches kept for whoever looks into the cause: they are as big as the cache and full of customers."""


class Store:
    """Opens (and creates) the databases in `folder`. Raises FolderNotWritable, DiskFull, OutboxDamaged, KeyLost, and
    NewerData, of which nothing is touched."""

    def __init__(self, folder: Path, sealing: Sealing) -> None:
        self.folder = folder
        self.sealing = sealing
        self.cache_path = folder / "cache.db"
        self.outbox_path = folder / "outbox.db"
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as error:
            raise FolderNotWritable(folder, str(error)) from error
        self._hear_damage: Callable[[StoreError], None] | None = None
        self._weigh_key()
        self._cache = Database(self.cache_path, sealing, "NORMAL", CacheDamaged, self._tell_damage)
        self._outbox = Database(self.outbox_path, sealing, "FULL", OutboxDamaged)
        try:
            if isinstance(sealing, Sealed):
                conversion.seal_plain(self.cache_path, self._outbox, sealing)
            _lay(self._outbox, OUTBOX_FORMAT, _outbox_statements, _outbox_statements_since_1)
            self._note_key()
        except BaseException:
            self.close()
            raise

    def open_cache(self) -> None:
        """Lays the cache's tables. Raises CacheDamaged: `quarantine_cache` is the remedy; NewerData."""
        _lay(self._cache, CACHE_FORMAT, _cache_statements, _cache_statements_since_before)

    def report_damage(self, hear: Callable[[StoreError], None]) -> None:
        """From now on `hear` is told whenever anybody runs into damage of the cache, in their thread."""
        self._hear_damage = hear

    def check_cache(self) -> bool:
        """Looks at every page, for seconds; false when it was broken off. Raises CacheDamaged."""
        return self._cache.check()

    def reading(self) -> AbstractContextManager[sqlite3.Connection]:
        """A read transaction on the cache."""
        return self._cache.reading()

    def writing(self) -> AbstractContextManager[sqlite3.Connection]:
        """A write transaction on the cache; committed at the end, undone by an exception."""
        return self._cache.writing()

    def reading_outbox(self) -> AbstractContextManager[sqlite3.Connection]:
        return self._outbox.reading()

    def writing_outbox(self) -> AbstractContextManager[sqlite3.Connection]:
        """A write transaction on the outbox; on the disk when the block has ended without an exception."""
        return self._outbox.writing()

    def quarantine_cache(self, at: datetime) -> Path:
        """Puts the damaged cache aside and starts an empty one. Returns the folder that holds the old files.

        Waits until no thread is inside a transaction on it (Windows does not rename open files); never call it from
        inside one. Raises StoreBusy, FolderNotWritable.
        """
        aside = self.folder / "quarantine" / at.strftime("%Y%m%dT%H%M%S%f")
        empty = self.folder / "empty.db"
        _away(empty)
        with contextlib.closing(Database(empty, self.sealing, "NORMAL", CacheDamaged)) as made:
            _lay(made, CACHE_FORMAT, _cache_statements)
        with self._cache.shut():
            try:
                aside.mkdir(parents=True, exist_ok=True)
                for path in self.folder.glob("cache.db*"):
                    path.replace(aside / path.name)
                empty.replace(self.cache_path)  # with its tables: whoever waits outside finds them
            except OSError as error:
                raise FolderNotWritable(aside, str(error)) from error
        for stale in sorted(aside.parent.iterdir())[:-QUARANTINED_KEPT]:
            shutil.rmtree(stale, ignore_errors=True)
        log.info("cache put aside in %s", aside)
        return aside

    def settle(self) -> None:
        """Leaves nothing of what was deleted in the files. Raises StoreBusy when somebody reads on and on."""
        self.settle_outbox()
        self._cache.settle()

    def settle_outbox(self) -> None:
        """As `settle`, and of the outbox alone."""
        self._outbox.settle(anew=True)

    def drop_copies(self) -> None:
        """Damaged caches, copies of earlier versions and what a newer one left, because of whom they may hold."""
        drop_copies(self.folder)
        shutil.rmtree(self.folder / "quarantine", ignore_errors=True)

    @contextlib.contextmanager
    def replacing_cache(self) -> Iterator[sqlite3.Connection]:
        """A new cache beside the one in use, for one thread to fill; it takes the other's place once the block ends.

        Nobody waits but then, for as long as transactions on the old one last; never leave it from inside one.
        Raises as `quarantine_cache`, and DiskFull.
        """
        path = self.folder / "fresh.db"
        with self._cache.reading() as connection:
            laid = connection.execute(
                "SELECT type, sql FROM sqlite_schema WHERE sql IS NOT NULL "
                "AND tbl_name NOT IN (SELECT name FROM pragma_table_list WHERE type = 'shadow')"
            ).fetchall()
        _away(path)
        fresh = Database(path, self.sealing, "NORMAL", CacheDamaged)
        try:
            with fresh.filling() as connection:
                for statement in (sql for kind, sql in laid if kind == "table"):
                    connection.execute(statement)
                yield connection
                for statement in (sql for kind, sql in laid if kind == "index"):
                    connection.execute(statement)
                connection.execute(f"PRAGMA user_version={CACHE_FORMAT:d}")
            fresh.close()
            with self._cache.shut():
                _away(self.cache_path)
                path.replace(self.cache_path)
        except OSError as error:
            raise FolderNotWritable(path, str(error)) from error
        finally:
            fresh.close()
            with contextlib.suppress(OSError):
                _away(path)

    def close(self) -> None:
        self._cache.close()
        self._outbox.close()

    def _tell_damage(self, damage: StoreError) -> None:
        if self._hear_damage is not None:
            self._hear_damage(damage)

    def _weigh_key(self) -> None:
        try:
            noted = (self.folder / KEY_ID).read_text(encoding="ascii")
        except FileNotFoundError:
            return
        except (OSError, ValueError) as error:
            raise FolderNotWritable(self.folder, str(error)) from error
        if noted != self.sealing.key_id:
            raise KeyLost(self.folder, f"sealed with {noted}")

    def _note_key(self) -> None:
        path = self.folder / KEY_ID
        if self.sealing.key_id and not path.exists():
            write_whole(path, self.sealing.key_id)


def _away(database: Path) -> None:
    """The file first: without it, what is left of its log is nobody's."""
    for path in (database, *database.parent.glob(f"{database.name}-*")):
        path.unlink(missing_ok=True)


def _lay(
    database: Database,
    form: int,
    statements: Callable[[], Sequence[str]],
    since_before: Callable[[int], Sequence[str]] | None = None,
) -> None:
    """`since_before` makes this format of any earlier one, which it is given."""
    with database.reading() as connection:
        found = _format_of(connection)
    if found == form:
        return
    if 0 < found < form and since_before is not None:
        statements = partial(since_before, found)
    elif found > form:
        raise NewerData(database.path, opened_by(database.path.parent).version)
    elif found != 0:
        raise database.damage(f"format {found} is not {form}")
    with database.writing() as connection:
        if _format_of(connection) == form:
            return
        for statement in statements():
            connection.execute(statement)
        connection.execute(f"PRAGMA user_version={form:d}")


def _format_of(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def _cache_statements() -> Sequence[str]:
    from agent_desktop.offline import tables  # SQLAlchemy, which costs half a second, only where there is a file to lay

    return (*tables.statements(tables.cache), *derived.LAID, *complaint_index.LAID)


def _cache_statements_since_before(found: int) -> Sequence[str]:
    from agent_desktop.offline import tables

    relations = tables.indexing(tables.RELATIONS)
    if found >= WITH_FOLLOW_UPS:
        return (*relations, *complaint_index.LAID)
    follow_ups = (*tables.statements(tables.cache, tables.follow_up), *intake.moved_out("follow_up"))
    return (*relations, *follow_ups, *derived.TAKEN_AWAY, *derived.LAID, *derived.READ_ALL, *complaint_index.LAID)


def _outbox_statements() -> Sequence[str]:
    from agent_desktop.offline import tables

    return tables.statements(tables.outbox)


def _outbox_statements_since_1(_: int) -> Sequence[str]:
    from agent_desktop.offline import tables

    return tables.statements(tables.outbox, tables.delivered)
