"""A slice as one immutable compressed file, built aside and shared by everybody who starts with that slice."""

import asyncio
import contextlib
import hashlib
import os
import sqlite3
import tempfile
from collections import defaultdict
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

import orjson
import zstandard
from sqlalchemy import Select, select
from sqlalchemy.engine import URL

from agent_model.scope import Scope
from agent_server.database import Database
from agent_server.rows import membership, reader, selecting, writing, written
from agent_server.sight import WHOLE, Sight, hides
from agent_server.tables import scope_head

ROWS_A_STEP: Final = 2000
LEVEL: Final = 3
KEPT: Final = 2
"""Files kept per slice: a download under way of the one before the newest can still be resumed."""
LONGEST_FOLDER: Final = 200
"""Of a file system that takes names of 255 bytes."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a snapshot file holds. `base_seq` is the cursor that continues it."""

    scope: Scope
    base_seq: int
    epoch: str
    sha256: str
    size: int
    rows: int

    @property
    def etag(self) -> str:
        return f'"{self.sha256}"'

    def to_plain(self) -> dict[str, Any]:
        return {**asdict(self), "etag": self.etag}


@dataclass(frozen=True, slots=True)
class Snapshot:
    manifest: Manifest
    path: Path


class Snapshots:
    """The files, next to the database. A new one is built when the slice moved on by `every` changes or more."""

    def __init__(self, database: Database, folder: Path, epoch: str, every: int, sight: Sight = WHOLE) -> None:
        self._database = database
        self._folder = folder
        self._epoch = epoch
        self._every = every
        self._sight = sight
        self._turns: dict[Scope, asyncio.Lock] = defaultdict(asyncio.Lock)

    async def newest(self, scope: Scope) -> Snapshot:
        """A snapshot of the slice that is recent enough, built now if need be."""
        async with self._turns[scope]:
            while True:
                head, floor, erased = await self._bounds(scope)
                kept = await asyncio.to_thread(self._kept, scope, erased)
                if kept and kept[0].manifest.base_seq >= floor and self._is_recent(kept[0].manifest, head):
                    return kept[0]
                built = await asyncio.to_thread(
                    lambda: asyncio.run(
                        _build(self._database.url, self._folder_of(scope), scope, self._epoch, self._sight)
                    )
                )
                if built.manifest.base_seq >= (await self._bounds(scope))[2]:
                    return built

    async def with_etag(self, scope: Scope, etag: str) -> Snapshot | None:
        """A file that is still kept, for a download that goes on where it stopped."""
        _, _, erased = await self._bounds(scope)
        kept = await asyncio.to_thread(self._kept, scope, erased)
        return next((snapshot for snapshot in kept if snapshot.manifest.etag == etag), None)

    async def _bounds(self, scope: Scope) -> tuple[int, int, int]:
        """Where the slice stands, from where on its entries are kept, and when somebody was last erased from it."""
        query = select(scope_head.c.head, scope_head.c.floor, scope_head.c.erased).where(scope_head.c.scope == scope)
        async with self._database.reading() as connection:
            bounds = (await connection.execute(query)).first()
        return (0, 0, 0) if bounds is None else (int(bounds.head), int(bounds.floor), int(bounds.erased))

    def _is_recent(self, manifest: Manifest, head: int) -> bool:
        if manifest.rows == 0 and head > manifest.base_seq:
            return False
        return 0 <= head - manifest.base_seq < self._every

    def _folder_of(self, scope: Scope) -> Path:
        name = quote(scope, safe="")
        return self._folder / (name if len(name) <= LONGEST_FOLDER else hashlib.sha256(scope.encode()).hexdigest())

    def _kept(self, scope: Scope, erased: int) -> list[Snapshot]:
        """One that may hold who was erased meanwhile is not kept."""
        found = [one for one in _read_folder(self._folder_of(scope)) if one.manifest.epoch == self._epoch]
        for snapshot in found:
            if snapshot.manifest.base_seq < erased:
                _remove(snapshot)
        return [one for one in found if one.manifest.base_seq >= erased]


def _read_folder(folder: Path) -> list[Snapshot]:
    """Newest first."""
    found = []
    for path in folder.glob("*.json") if folder.is_dir() else ():
        with contextlib.suppress(OSError, ValueError, TypeError):
            manifest = Manifest(**orjson.loads(path.read_bytes()))
            file = path.with_suffix(".zst")
            if file.stat().st_size == manifest.size:
                found.append(Snapshot(manifest, file))
    return sorted(found, key=lambda snapshot: snapshot.manifest.base_seq, reverse=True)


async def _build(url: URL, folder: Path, scope: Scope, epoch: str, sight: Sight) -> Snapshot:
    """Runs in a thread with a loop and a connection of its own, so that the server goes on answering."""
    folder.mkdir(parents=True, exist_ok=True)
    database = Database(url, pooled=False)
    handle, name = tempfile.mkstemp(dir=folder, suffix=".building")
    os.close(handle)
    plain = Path(name)
    try:
        with contextlib.closing(sqlite3.connect(plain, isolation_level=None)) as target:
            base_seq, rows = await _fill(database, scope, target, sight)
        return _publish(plain, folder, scope, epoch, base_seq, rows)
    finally:
        await database.close()
        plain.unlink(missing_ok=True)


async def _fill(database: Database, scope: Scope, target: sqlite3.Connection, sight: Sight) -> tuple[int, int]:
    """Copy the slice as of one moment; its head then, and how many rows there are."""
    target.execute("PRAGMA journal_mode=OFF")
    target.execute("PRAGMA synchronous=OFF")
    target.execute("CREATE TABLE row(entity TEXT NOT NULL, id TEXT NOT NULL, version INT NOT NULL, body TEXT NOT NULL)")
    target.execute("BEGIN")
    count = 0
    async with database.reading() as connection:
        query = select(scope_head.c.head).where(scope_head.c.scope == scope)
        base_seq = int(await connection.scalar(query) or 0)
        for entity, condition in membership(scope).items():
            rows, lines = _lines(entity, sight)
            if condition is not None:
                rows = rows.where(condition)
            async for step in (await connection.stream(rows)).partitions(ROWS_A_STEP):
                target.executemany("INSERT INTO row VALUES (?,?,?,CAST(? AS TEXT))", map(lines, step))
                count += len(step)
    target.execute("COMMIT")
    return base_seq, count


def _lines(entity: str, sight: Sight) -> tuple[Select[Any], Callable[[Any], tuple[str, str, int, bytes]]]:
    """A query, and what makes a line of the file out of a row of it."""
    if sight.is_masked and hides(entity):
        read = reader(entity, with_names=sight.hides_names)

        def masked_line(row: Any) -> tuple[str, str, int, bytes]:
            stored = read(row)
            return (entity, stored.id, stored.version, orjson.dumps(stored.seen(sight)))

        return selecting(entity, with_names=sight.hides_names), masked_line
    write = written(entity)
    return writing(entity), lambda row: (entity, row[0], row[1], write(row))


def _publish(plain: Path, folder: Path, scope: Scope, epoch: str, base_seq: int, rows: int) -> Snapshot:
    """Compress, seal and name the file; the manifest is written last, so that a half-made file is never offered."""
    packed = plain.with_suffix(".packing")
    with plain.open("rb") as source, packed.open("wb") as target:
        zstandard.ZstdCompressor(level=LEVEL, write_checksum=True).copy_stream(source, target, plain.stat().st_size)
    with packed.open("rb") as file:
        sha256 = hashlib.file_digest(file, "sha256").hexdigest()
    manifest = Manifest(scope, base_seq, epoch, sha256, packed.stat().st_size, rows)
    stem = f"{epoch}-{base_seq:012}-{sha256[:12]}"
    file_path = folder / f"{stem}.zst"
    packed.replace(file_path)
    listed = plain.with_suffix(".listing")
    listed.write_bytes(orjson.dumps(asdict(manifest)))
    listed.replace(folder / f"{stem}.json")
    found = _read_folder(folder)
    of_now = [snapshot for snapshot in found if snapshot.manifest.epoch == epoch]
    for stale in (*of_now[KEPT:], *(snapshot for snapshot in found if snapshot.manifest.epoch != epoch)):
        _remove(stale)
    return Snapshot(manifest, file_path)


def _remove(stale: Snapshot) -> None:
    with contextlib.suppress(OSError):  # Windows keeps a file that is being sent; the next build takes it away
        stale.path.with_suffix(".json").unlink(missing_ok=True)
        stale.path.unlink(missing_ok=True)
