"""Copies of one agent's databases from before another version of the program opened them, sealed as they are.

`opened-by.json` beside the databases says which version had them last, and in which formats it left them.
"""

import json
import logging
import os
import re
import shutil
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from agent_desktop.errors import NoRoomForCopy, StoreError
from agent_desktop.offline.conversion import is_plain
from agent_desktop.offline.sealing import Sealing
from agent_desktop.paths import write_whole

log = logging.getLogger(__name__)

FOLDER: Final = "backups"
NEWER: Final = "newer"
"""What a newer version wrote before this one went on; see `newer`."""
NOTE: Final = "opened-by.json"
STAMP: Final = "%Y%m%dT%H%M%S%f"
KEPT: Final = 2
"""Copies of the versions before: each is as big as the databases and as full of customers."""
KEPT_FOR: Final = timedelta(days=14)
LEFT_FREE: Final = 512 * 2**20
"""Bytes that stay free after the cache was copied; what the copy of the outbox leaves is a part of it."""
LEFT_FREE_BY_OUTBOX: Final = 32 * 2**20
PRECIOUS: Final = ("outbox.db", "outbox.db-wal", "outbox.journal", "outbox.left")
DISPOSABLE: Final = ("cache.db", "cache.db-wal")
_UNKNOWN: Final = "earlier"


@dataclass(frozen=True, slots=True)
class Opened:
    """`version` is empty where nothing was noted: by a version that noted nothing, or a folder that is new."""

    version: str = ""
    cache: int = 0
    outbox: int = 0

    def is_read_by(self, cache: int, outbox: int) -> bool:
        """Whether a version that knows these formats reads it."""
        return self.cache <= cache and self.outbox <= outbox


@dataclass(frozen=True, slots=True)
class Backup:
    folder: Path
    opened: Opened
    at: datetime

    @property
    def has_cache(self) -> bool:
        return (self.folder / DISPOSABLE[0]).exists()


class Backups:
    """Of the folder of one agent, for the program of this version. `now` is aware UTC."""

    def __init__(self, folder: Path, version: str, now: datetime) -> None:
        self._folder = folder
        self._version = version
        self._now = now

    def before_opening(self, sealing: Sealing) -> NoRoomForCopy | None:
        """Copies what another version had, before anything opens it. Nobody is kept from working by a disk without
        room: that is what is returned. Raises nothing."""
        self._let_go()
        opened = opened_by(self._folder)
        if opened.version == self._version or not (self._folder / PRECIOUS[0]).exists():
            return None
        try:
            return self._copy(opened, sealing)
        except (OSError, StoreError) as error:
            log.info("no copy before version %s: %s", self._version, error)
            return NoRoomForCopy(self._folder, str(error))

    def note(self, cache: int, outbox: int) -> bool:
        """This version has opened both, in these formats. Whether another one had them before."""
        before = opened_by(self._folder)
        if before != Opened(self._version, cache, outbox):
            try:
                self.write_note(self._folder, cache, outbox)
            except StoreError as error:
                log.info("who opened the databases was not written down: %s", error)
        return before.version != self._version

    def write_note(self, folder: Path, cache: int, outbox: int) -> None:
        """That databases of these formats there are this version's. Raises DiskFull, FolderNotWritable."""
        write_whole(folder / NOTE, json.dumps(asdict(Opened(self._version, cache, outbox))))

    def kept(self) -> list[Backup]:
        """The newest first."""
        found = [copy for path in (self._folder / FOLDER).glob("*") if (copy := _read(path)) is not None]
        return sorted(found, key=lambda copy: copy.at, reverse=True)

    def _copy(self, opened: Opened, sealing: Sealing) -> NoRoomForCopy | None:
        """The outbox, and the cache where there is room for it too. What an early version left in clear is not copied:
        it is about to be sealed."""
        name = re.sub(r"[^0-9A-Za-z.+-]", "_", opened.version)[:40] or _UNKNOWN
        made, place = self._folder / FOLDER / f"{name}.new", self._folder / FOLDER / name
        shutil.rmtree(made, ignore_errors=True)
        precious, disposable = (list(self._files(names, sealing)) for names in (PRECIOUS, DISPOSABLE))
        free, needed = shutil.disk_usage(self._folder).free, _size(precious)
        if free < needed + LEFT_FREE_BY_OUTBOX:
            log.info("no copy before version %s: %d bytes are free", self._version, free)
            return NoRoomForCopy(self._folder, f"{free} bytes free")
        has_room = free >= needed + _size(disposable) + LEFT_FREE
        made.mkdir(mode=0o700, parents=True)
        try:
            for path in (*precious, *(disposable if has_room else ())):
                shutil.copyfile(path, made / path.name)
            for path in precious:
                _flush(made / path.name)
            write_whole(made / NOTE, json.dumps({**asdict(opened), "at": self._now.isoformat()}))
            shutil.rmtree(place, ignore_errors=True)
            made.replace(place)
        finally:
            shutil.rmtree(made, ignore_errors=True)
        self._let_go()
        log.info("databases of version %s copied (%s the cache)", name, "with" if has_room else "without")
        return None if has_room else NoRoomForCopy(self._folder, f"{free} bytes free")

    def _files(self, names: tuple[str, ...], sealing: Sealing) -> Iterator[Path]:
        is_left_in_clear = bool(sealing.key_id) and is_plain(self._folder / names[0])
        for name in () if is_left_in_clear else names:
            if (self._folder / name).exists():
                yield self._folder / name

    def _let_go(self) -> None:
        for place, copy in enumerate(self.kept()):
            if place >= KEPT or self._now - copy.at >= KEPT_FOR:
                shutil.rmtree(copy.folder, ignore_errors=True)
        for path in (self._folder / NEWER).glob("*"):
            if path.name < (self._now - KEPT_FOR).strftime(STAMP):
                shutil.rmtree(path, ignore_errors=True)


def opened_by(folder: Path) -> Opened:
    """Who had the databases last."""
    try:
        noted = json.loads((folder / NOTE).read_text(encoding="utf-8"))
        return Opened(str(noted["version"]), int(noted["cache"]), int(noted["outbox"]))
    except (OSError, ValueError, KeyError, TypeError):
        return Opened()


def drop_copies(folder: Path) -> None:
    """All of them, and what a newer version left, because of whom they may hold."""
    for name in (FOLDER, NEWER):
        shutil.rmtree(folder / name, ignore_errors=True)


def _read(path: Path) -> Backup | None:
    try:
        at = datetime.fromisoformat(json.loads((path / NOTE).read_text(encoding="utf-8"))["at"])
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return None if at.tzinfo is None or path.suffix == ".new" else Backup(path, opened_by(path), at)


def _size(files: list[Path]) -> int:
    return sum(path.stat().st_size for path in files)


def _flush(path: Path) -> None:
    with path.open("r+b") as file:
        os.fsync(file.fileno())
