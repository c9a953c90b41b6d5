"""SQLite for SQLAlchemy's async engine without a thread per connection: `sqlite+inline:///file`.

Every statement runs where it is awaited, so that a seed always plays the same way; and whoever watches a file is asked
at every commit that writes, which is where a server can die.
"""

import sqlite3
from collections.abc import Callable, Generator, Sequence
from types import TracebackType
from typing import Any, Final

from sqlalchemy.connectors.asyncio import (
    AsyncAdapt_dbapi_connection,
    AsyncAdapt_dbapi_cursor,
    AsyncAdapt_dbapi_ss_cursor,
    AsyncAdapt_terminate,
)
from sqlalchemy.dialects import registry
from sqlalchemy.dialects.sqlite.aiosqlite import SQLiteDialect_aiosqlite

WATCHED: Final[dict[str, Callable[[str], None]]] = {}
"""By file: told `before` and `after` a commit; what it raises is how the server dies."""


def register() -> None:
    registry.register("sqlite.inline", __name__, "InlineDialect")


class Cursor:
    """As aiosqlite's."""

    def __init__(self, plain: sqlite3.Cursor) -> None:
        self._plain = plain

    def __getattr__(self, name: str) -> Any:
        return getattr(self._plain, name)

    async def __aenter__(self) -> "Cursor":
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._plain.close()

    async def execute(self, statement: str, values: Sequence[Any] = ()) -> "Cursor":
        self._plain.execute(statement, values)
        return self

    async def executemany(self, statement: str, values: Sequence[Any]) -> "Cursor":
        self._plain.executemany(statement, values)
        return self

    async def fetchone(self) -> Any:
        return self._plain.fetchone()

    async def fetchmany(self, size: int | None = None) -> list[Any]:
        return self._plain.fetchmany(size or self._plain.arraysize)

    async def fetchall(self) -> list[Any]:
        return self._plain.fetchall()

    async def close(self) -> None:
        self._plain.close()


class Connection:
    """As aiosqlite's."""

    def __init__(self, path: str, **options: Any) -> None:
        self._path = path
        self._plain = sqlite3.connect(path, **options)
        self._written = 0

    def __await__(self) -> Generator[Any, None, "Connection"]:
        yield from ()
        return self

    def set_isolation_level(self, level: Any) -> None:
        self._plain.isolation_level = level

    def cursor(self) -> Cursor:
        return Cursor(self._plain.cursor())

    def create_function(self, *arguments: Any, **options: Any) -> None:
        self._plain.create_function(*arguments, **options)

    async def commit(self) -> None:
        written = self._plain.total_changes
        watch = WATCHED.get(self._path) if written != self._written and self._plain.in_transaction else None
        self._written = written
        if watch is not None:
            watch("before")
        self._plain.commit()
        if watch is not None:
            watch("after")

    async def rollback(self) -> None:
        self._plain.rollback()
        self._written = self._plain.total_changes

    async def close(self) -> None:
        self._plain.close()

    def stop(self) -> None:
        self._plain.close()


class AdaptedConnection(AsyncAdapt_terminate, AsyncAdapt_dbapi_connection):
    __slots__ = ()
    _cursor_cls = AsyncAdapt_dbapi_cursor
    _ss_cursor_cls = AsyncAdapt_dbapi_ss_cursor

    @property
    def isolation_level(self) -> None:
        """Transactions begin where SQLAlchemy says so."""

    @isolation_level.setter
    def isolation_level(self, level: str | None) -> None:
        self._connection.set_isolation_level(level)

    def create_function(self, *arguments: Any, **options: Any) -> None:
        self._connection.create_function(*arguments, **options)

    async def _terminate_graceful_close(self) -> None:
        self._connection.stop()

    def _terminate_force_close(self) -> None:
        self._connection.stop()


class Dbapi:
    """sqlite3 as SQLAlchemy's async dialects want a module."""

    paramstyle = "qmark"
    has_stop = True
    exceptions_module = sqlite3

    def __getattr__(self, name: str) -> Any:
        return getattr(sqlite3, name)

    def connect(self, path: str, **options: Any) -> AdaptedConnection:
        return AdaptedConnection(self, Connection(path, **options))  # type: ignore[arg-type] # as aiosqlite's


class InlineDialect(SQLiteDialect_aiosqlite):
    driver = "inline"
    supports_statement_cache = True

    @classmethod
    def import_dbapi(cls) -> Any:
        return Dbapi()
