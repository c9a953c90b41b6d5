"""What a newer version of this program left here: an older one goes on, and loses nothing that was not sent.

Commands that only the newer version understands lie sealed in `outbox.left` until it is back. What goes on is built in
`going-back` first; `opened-by.json` is written there last, and from then on a start that was cut off is finished by
the next.
"""

import contextlib
import errno
import logging
import shutil
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, Final

import orjson

from agent_desktop.errors import DiskFull, FolderNotWritable, WaitsForNewer, WentBack
from agent_desktop.offline.backups import DISPOSABLE, NEWER, NOTE, STAMP, Backup, Backups
from agent_desktop.offline.journal import Journal
from agent_desktop.offline.pending import State
from agent_desktop.offline.rescue import SAVED, from_journal, readable
from agent_desktop.offline.sealing import Sealing
from agent_desktop.offline.store import CACHE_FORMAT, OUTBOX_FORMAT, Store
from agent_desktop.paths import write_whole
from agent_model.command import COMMAND_SCHEMA
from agent_model.wire import NOUNS, answer_from_plain, command_from_plain

log = logging.getLogger(__name__)

LEFT: Final = "outbox.left"
GOING_BACK: Final = "going-back"
OUTBOX: Final = "outbox.db"
COLUMNS: Final = SAVED["command"]
OP_ID, STATE, PLAIN, ANSWER = (COLUMNS.index(name) for name in ("op_id", "state", "plain", "answer"))
Row = Sequence[Any]
"""Of the table `command`, in the order of COLUMNS."""


class Left:
    """The commands that this version does not understand, as their rows; the outbox has the others."""

    def __init__(self, folder: Path, sealing: Sealing) -> None:
        self._path = folder / LEFT
        self._sealing = sealing

    def rows(self) -> list[Row]:
        """Raises FolderNotWritable where the file is there and cannot be read."""
        try:
            written = self._path.read_bytes()
        except FileNotFoundError:
            return []
        except OSError as error:
            raise FolderNotWritable(self._path, str(error)) from error
        plain = self._sealing.unseal(written)
        if plain is None:
            raise FolderNotWritable(self._path, "sealed with another key")
        return list(orjson.loads(plain))

    def plain(self) -> list[Mapping[str, Any]]:
        """Those that wait to be sent, as they go to the server."""
        return [orjson.loads(row[PLAIN]) for row in self.rows() if row[STATE] == State.WAITING]

    def keep(self, rows: Iterable[Row]) -> None:
        """These and no others. Raises DiskFull, FolderNotWritable."""
        kept = [list(row) for row in rows]
        if kept:
            write_whole(self._path, self._sealing.seal(orjson.dumps(kept)))
        else:
            self._path.unlink(missing_ok=True)

    def erase(self, is_about: Callable[[Mapping[str, Any]], bool]) -> int:
        """Those go; how many were still to be sent."""
        rows = self.rows()
        about = [row for row in rows if is_about(orjson.loads(row[PLAIN]))]
        if about:
            self.keep(row for row in rows if row not in about)
        return sum(row[STATE] != State.SETTLED for row in about)


def sift(store: Store) -> None:
    """After another version had the outbox: what it made and this one does not understand, with what builds on it, is
    left for it, and what was left and is understood waits to be sent. Raises StoreError; then nothing is lost, and the
    next start does it."""
    left = Left(store.folder, store.sealing)
    with store.reading_outbox() as connection:
        found = connection.execute(f"SELECT {', '.join(COLUMNS)} FROM command ORDER BY device_seq").fetchall()  # noqa: S608
    before = left.rows()
    unknown = _not_understood({row[OP_ID]: row for row in (*before, *found)})
    if not (unknown or before):
        return
    left.keep({row[OP_ID]: row for row in (*before, *unknown.values())}.values())
    with store.writing_outbox() as connection:
        connection.executemany("DELETE FROM command WHERE op_id = ?", [(op_id,) for op_id in unknown])
        places = ", ".join("?" * len(COLUMNS))
        connection.executemany(
            f"INSERT OR IGNORE INTO command ({', '.join(COLUMNS)}) VALUES ({places})",  # noqa: S608
            [tuple(row) for row in before if row[OP_ID] not in unknown],
        )
    left.keep(unknown.values())


def waits_for_newer(folder: Path, sealing: Sealing) -> WaitsForNewer | None:
    """What is left for the newer version, to be told. Raises FolderNotWritable."""
    count = len(Left(folder, sealing).rows())
    return WaitsForNewer(folder / LEFT, count) if count else None


def usable(backups: Backups) -> Backup | None:
    """The newest copy with a cache that this version reads."""
    return next((copy for copy in backups.kept() if copy.has_cache and 0 < copy.opened.cache <= CACHE_FORMAT), None)


def go_back(backups: Backups, folder: Path, at: datetime, sealing: Sealing) -> WentBack:
    """After NewerData and before the next Store of this folder: the outbox goes on with everything that this version
    has a place for, the cache as the copy has it, or empty. The newer outbox is put aside; the newer cache goes, for it
    comes again. Raises DiskFull, FolderNotWritable, OutboxDamaged: then everything is as it was."""
    made, copy = folder / GOING_BACK, usable(backups)
    shutil.rmtree(made, ignore_errors=True)
    try:
        made.mkdir(mode=0o700)
        unsent = _outbox_anew(folder, made, sealing)
        for path in () if copy is None else (copy.folder / name for name in DISPOSABLE):
            if path.exists():
                shutil.copyfile(path, made / path.name)
        backups.write_note(made, CACHE_FORMAT, OUTBOX_FORMAT)
        aside = finish_going_back(folder, at)
    except OSError as error:
        kind = DiskFull if error.errno == errno.ENOSPC else FolderNotWritable
        raise kind(made, str(error)) from error
    log.info("went on after a newer version: %d unsent commands brought over", unsent)
    return WentBack(aside, unsent, has_cache=copy is not None)


def finish_going_back(folder: Path, at: datetime) -> Path:
    """Where going back was cut off after everything was built, it is done; before that, nothing has happened. The
    folder of what was put aside. Raises FolderNotWritable: the next start tries again."""
    made, aside = folder / GOING_BACK, folder / NEWER / at.strftime(STAMP)
    if not (made / NOTE).exists():
        shutil.rmtree(made, ignore_errors=True)
        return aside
    try:
        _take_place(made, folder, aside)
    except OSError as error:
        raise FolderNotWritable(made, str(error)) from error
    return aside


def _take_place(made: Path, folder: Path, aside: Path) -> None:
    if (made / OUTBOX).exists():
        for old in (folder / NEWER).glob("*"):
            shutil.rmtree(old, ignore_errors=True)
        aside.mkdir(mode=0o700, parents=True)
        for path in sorted(folder.glob(f"{OUTBOX}*"), reverse=True):
            path.replace(aside / path.name)
        for path in folder.glob("cache.db*"):
            path.unlink()
        if (made / LEFT).exists():
            (made / LEFT).replace(folder / LEFT)
        (made / OUTBOX).replace(folder / OUTBOX)
    for name in (*DISPOSABLE[::-1], NOTE):
        if (made / name).exists():
            (made / name).replace(folder / name)
    shutil.rmtree(made, ignore_errors=True)


def _outbox_anew(folder: Path, made: Path, sealing: Sealing) -> int:
    """An outbox of this version's format, with what could be read of the one there is; how many commands wait in it."""
    if (folder / LEFT).exists():
        shutil.copyfile(folder / LEFT, made / LEFT)
    with contextlib.closing(Store(made, sealing)) as store:
        for table, columns in SAVED.items():
            places = ", ".join("?" * len(columns))
            rows = list(readable(folder / OUTBOX, sealing, table, columns))
            with store.writing_outbox() as connection:
                connection.executemany(
                    f"INSERT OR IGNORE INTO {table} ({', '.join(columns)}) VALUES ({places})",  # noqa: S608
                    rows,
                )
        from_journal(store, Journal(folder, sealing))
        sift(store)
        with store.reading_outbox() as connection:
            (unsent,) = connection.execute("SELECT count(*) FROM command WHERE state = 'waiting'").fetchone()
        store.settle_outbox()
    return int(unsent)


def _not_understood(rows: Mapping[str, Row]) -> dict[str, Row]:
    unknown = {op_id: row for op_id, row in rows.items() if not _is_understood(row)}
    is_more = True
    while is_more:
        built_on = {
            op_id: row
            for op_id, row in rows.items()
            if op_id not in unknown and orjson.loads(row[PLAIN]).get("depends_on") in unknown
        }
        unknown |= built_on
        is_more = bool(built_on)
    return unknown


def _is_understood(row: Row) -> bool:
    try:
        command = command_from_plain(orjson.loads(row[PLAIN]))
        if row[ANSWER] is not None:
            answer_from_plain(orjson.loads(row[ANSWER]))
    except (KeyError, TypeError, ValueError):
        return False
    return command.schema <= COMMAND_SCHEMA and command.entity in NOUNS
