"""The disk of a workstation that may lose its power at any commit; what was not flushed by then may be gone."""

import random
import shutil
from pathlib import Path
from types import ModuleType
from typing import Any, Final

from sqlcipher3 import dbapi2 as sqlite3

from agent_desktop.offline.sealing import Unsealed

FLUSHED: Final = 2
"""PRAGMA synchronous: FULL, every commit has reached the disk."""


class PowerCut(BaseException):
    """The workstation stopped here; no code of it runs on, so nothing may catch this."""


class Disk(Unsealed):
    """Plain SQLite in `folder`. `fail_in` counts down over commits that write: at one it stops before or behind it.

    When it stops, the files are kept as they were at that moment (`wreck`); of a write-ahead log that was not flushed
    any later part may be missing, as after a power failure.
    """

    def __init__(self, folder: Path, chance: random.Random) -> None:
        self.folder = folder
        self.fail_in = 0
        self.wreck: Path | None = None
        self._chance = chance
        self._safe: dict[str, int] = {}
        self.dbapi = ModuleType("sqlite3 of the fuzzer")
        vars(self.dbapi).update({name: value for name, value in vars(sqlite3).items() if not name.startswith("_")})
        vars(self.dbapi)["connect"] = self._connect

    def _connect(self, path: str, **options: Any) -> sqlite3.Connection:
        connection = sqlite3.connect(path, factory=Connection, **options)
        assert isinstance(connection, Connection)
        connection.disk = self
        connection.path = path
        self._safe.setdefault(path, _size(path))
        return connection

    def committing(self) -> None:
        self._count()

    def committed(self, path: str, level: int) -> None:
        if level >= FLUSHED:
            self._safe[path] = _size(path)
        self._count()

    def _count(self) -> None:
        if self.fail_in and not self.wreck:
            self.fail_in -= 1
            if not self.fail_in:
                self.fail()

    def fail(self) -> None:
        """Raises PowerCut."""
        self.wreck = self.folder.with_name(f"{self.folder.name}'")
        shutil.copytree(self.folder, self.wreck, ignore=shutil.ignore_patterns("*-shm"))
        for path, safe in self._safe.items():
            log = self.wreck / f"{Path(path).name}-wal"
            if log.exists() and log.stat().st_size > safe and self._chance.random() < 0.7:
                with log.open("r+b") as file:
                    file.truncate(self._chance.randrange(safe, log.stat().st_size))
        raise PowerCut


class Connection(sqlite3.Connection):  # type: ignore[misc]
    disk: Disk
    path: str
    _written = 0

    def execute(self, statement: str, *values: Any) -> sqlite3.Cursor:
        if statement != "COMMIT" or self.total_changes == self._written:
            return super().execute(statement, *values)
        self._written = self.total_changes
        (level,) = super().execute("PRAGMA synchronous").fetchone()
        self.disk.committing()
        done = super().execute(statement, *values)
        self.disk.committed(self.path, level)
        return done


def _size(path: str) -> int:
    log = Path(f"{path}-wal")
    return log.stat().st_size if log.exists() else 0
