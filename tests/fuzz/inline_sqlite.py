"""SQLite for SQLAlchemy's async engine without a thread per connection: `sqlite+inline:///file`.

Every statement runs where it is awaited, so that a seed always plays the same way; and whoever watches a file is asked
at every commit that writes, which is where a server can die. A server lives for a few requests here: what its
statements look like as SQL is found out once for all of them.
"""

import sqlite3
from collections.abc import Callable, Generator
from typing import Any, Final

from sqlalchemy.dialects import registry
from sqlalchemy.dialects.sqlite.base import SQLiteExecutionContext
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.engine import Engine
from sqlalchemy.engine.interfaces import DBAPIConnection, DBAPICursor
from sqlalchemy.engine.url import URL
from sqlalchemy.pool import AsyncAdaptedQueuePool, Pool
from sqlalchemy.util import LRUCache, await_

WATCHED: Final[dict[str, Callable[[str], None]]] = {}
"""By file: told `before` and `after` a commit; what it raises is how the server dies."""
COMPILED: Final[Any] = LRUCache(5000)


def register() -> None:
    registry.register("sqlite.inline", __name__, "InlineDialect")


class Nothing:
    """What SQLAlchemy awaits, as it insists on one thing for each statement."""

    def __await__(self) -> Generator[Any, Any, None]:
        yield from ()


NOTHING: Final = Nothing()


class Cursor(sqlite3.Cursor):
    def _async_soft_close(self) -> Nothing:
        return NOTHING


class Connection(sqlite3.Connection):
    path: str
    _written = 0

    def cursor(self, *_: Any, **__: Any) -> Cursor:  # type: ignore[override]
        return super().cursor(Cursor)

    def commit(self) -> None:
        written = self.total_changes
        watch = WATCHED.get(self.path) if written != self._written and self.in_transaction else None
        self._written = written
        if watch is not None:
            watch("before")
        super().commit()
        if watch is not None:
            watch("after")

    def rollback(self) -> None:
        super().rollback()
        self._written = self.total_changes


class Dbapi:
    """sqlite3, whose connections are watched."""

    paramstyle = "qmark"

    def __getattr__(self, name: str) -> Any:
        return getattr(sqlite3, name)

    def connect(self, path: str, **options: Any) -> Connection:
        connection = sqlite3.connect(path, factory=Connection, **options)
        assert isinstance(connection, Connection)
        connection.path = path
        return connection


class InlineContext(SQLiteExecutionContext):
    def create_server_side_cursor(self) -> DBAPICursor:
        return self.create_default_cursor()


class InlineDialect(SQLiteDialect_pysqlite):
    """All of them are one to the statements that were compiled before."""

    driver = "inline"
    is_async = True
    has_terminate = True
    supports_statement_cache = True
    supports_server_side_cursors = True
    execution_ctx_cls = InlineContext

    def __eq__(self, other: object) -> bool:
        return type(other) is InlineDialect

    def __hash__(self) -> int:
        return hash(InlineDialect)

    @classmethod
    def engine_created(cls, engine: Engine) -> None:
        engine._compiled_cache = COMPILED

    @classmethod
    def import_dbapi(cls) -> Any:
        return Dbapi()

    @classmethod
    def get_pool_class(cls, _url: URL) -> type[Pool]:
        return AsyncAdaptedQueuePool

    def do_execute(self, cursor: DBAPICursor, statement: str, parameters: Any, _context: Any = None) -> None:
        await_(NOTHING)
        cursor.execute(statement, parameters)

    def do_executemany(self, cursor: DBAPICursor, statement: str, parameters: Any, _context: Any = None) -> None:
        await_(NOTHING)
        cursor.executemany(statement, parameters)

    def do_terminate(self, dbapi_connection: DBAPIConnection) -> None:
        dbapi_connection.close()
