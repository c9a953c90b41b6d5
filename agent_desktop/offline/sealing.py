"""The seam at which the databases are encrypted: which SQLite opens them, and the first thing said to it."""

import sqlite3
from types import ModuleType
from typing import Any, Protocol


class Sealing(Protocol):
    """How a database file is opened. `dbapi` is the SQLite module; `unlock` runs first on every new connection."""

    @property
    def dbapi(self) -> ModuleType: ...

    def unlock(self, connection: Any) -> None: ...


class Unsealed:
    """Plain SQLite files: readable by whoever reads the disk."""

    dbapi: ModuleType = sqlite3

    def unlock(self, connection: Any) -> None:
        """Nothing to say."""
