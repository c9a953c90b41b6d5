"""The database behind the server: engines, the one writer of SQLite, and whether its tables are of this version."""

import asyncio
import contextlib
import functools
import secrets
import sqlite3
import time
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import orjson
from sqlalchemy import Connection, event, inspect, select, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine
from sqlalchemy.pool import NullPool
from sqlalchemy.sql.schema import Table

from agent_server import tables
from agent_server.ticket_rules import FIRST_NUMBER

LOG_TRIES = 50
MIGRATIONS = Path(__file__).parent / "migrations"
REVISION_TABLE = "alembic_version"
REVISION = text(f"SELECT version_num FROM {REVISION_TABLE}")  # noqa: S608


class DatabaseBehind(Exception):
    """The tables are of another version than this server; `agent-server init` brings them up."""

    def __init__(self, found: str | None, needed: str) -> None:
        super().__init__(found, needed)
        self.found = found
        self.needed = needed


def address(text: str) -> URL:
    """`sqlite:///file`, `postgresql://...` or a bare file name, with the driver this server uses."""
    url = make_url(text if "://" in text else f"sqlite:///{Path(text).absolute().as_posix()}")
    drivers = {"sqlite": "sqlite+aiosqlite", "postgresql": "postgresql+asyncpg", "postgres": "postgresql+asyncpg"}
    return url.set(drivername=drivers.get(url.drivername, url.drivername))


class Database:
    """Readers see one committed state for as long as their block lasts; writers come one after the other on SQLite."""

    def __init__(self, url: URL, *, pooled: bool = True) -> None:
        self.url = url
        self.is_sqlite = url.get_backend_name() == "sqlite"
        if self.is_sqlite:
            self._reader = _sqlite_engine(url, "BEGIN", size=4 if pooled else 0)
            self._writer = _sqlite_engine(url, "BEGIN IMMEDIATE", size=1 if pooled else 0)
        else:
            self._reader = self._writer = _postgresql_engine(url, pooled=pooled)
        self._unwanted: set[asyncio.Task[None]] = set()
        """Connections that open for nobody any more."""

    @contextlib.asynccontextmanager
    async def reading(self) -> AsyncIterator[AsyncConnection]:
        async with self._connected(self._reader) as connection:
            if not self.is_sqlite:
                await connection.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
            yield connection

    @contextlib.asynccontextmanager
    async def writing(self) -> AsyncIterator[AsyncConnection]:
        """One transaction, committed when the block ends well."""
        async with self._connected(self._writer) as connection, connection.begin():
            yield connection

    @contextlib.asynccontextmanager
    async def _connected(self, engine: AsyncEngine) -> AsyncIterator[AsyncConnection]:
        """A connection opens to its end, whoever is cut off meanwhile: half open it would be nobody's to close."""
        connection = engine.connect()
        opening = asyncio.ensure_future(connection.start())
        try:
            await asyncio.shield(opening)
        except asyncio.CancelledError:
            unwanted = asyncio.ensure_future(_close(connection, opening))
            self._unwanted.add(unwanted)
            unwanted.add_done_callback(self._unwanted.discard)
            raise
        async with contextlib.AsyncExitStack() as at_the_end:
            at_the_end.push_async_exit(connection)
            yield connection

    async def plan_anew(self, connection: AsyncConnection) -> None:
        """For a transaction of many that fill tables: PostgreSQL would go on reading them whole, as it planned to when
        they were empty."""
        if not self.is_sqlite:
            await connection.exec_driver_sql("SET LOCAL plan_cache_mode = force_custom_plan")

    async def rewrite(self) -> None:
        """Leaves nothing of rows that went in unused places of the files. Readers go on; writers wait for it. Of
        PostgreSQL only the tables are cleaned: its write-ahead log is the keeper's of the database."""
        if self.is_sqlite:
            await asyncio.to_thread(_rewrite_sqlite, str(self.url.database))
            return
        async with self._writer.connect() as connection:
            await connection.execution_options(isolation_level="AUTOCOMMIT")
            for table in tables.metadata.sorted_tables:
                await connection.exec_driver_sql(f'VACUUM "{table.name}"')

    async def close(self) -> None:
        await asyncio.gather(*self._unwanted)
        await self._reader.dispose()
        await self._writer.dispose()

    async def migrate(self, revision: str = "head") -> None:
        """Bring the tables to a revision, up or down, and make sure the site has its epoch."""
        async with self._writer.begin() as connection:
            await connection.run_sync(_migrate, revision)
        if revision == "base":
            return
        async with self.writing() as connection:
            site = self.insert_new(tables.site, ("name",))
            await connection.execute(site, [{"name": "epoch", "value": secrets.token_hex(8)}])
            sequence = self.insert_new(tables.sequence, ("name",))
            await connection.execute(sequence, [{"name": "ticket", "last": FIRST_NUMBER - 1}])

    async def require_current(self) -> None:
        """Raises DatabaseBehind unless the tables are those of this version."""
        needed = _newest()
        async with self.reading() as connection:
            is_filled = await connection.run_sync(lambda plain: inspect(plain).has_table(REVISION_TABLE))
            found = await connection.scalar(REVISION) if is_filled else None
        if found != needed:
            raise DatabaseBehind(found, needed)

    async def epoch(self) -> str:
        """Names this history of the database; a restored copy gets another."""
        async with self.reading() as connection:
            found = await connection.scalar(select(tables.site.c.value).where(tables.site.c.name == "epoch"))
        return str(found)

    def insert_new(self, table: Table, keys: tuple[str, ...]) -> Any:
        """INSERT that leaves rows alone whose `keys` exist."""
        return self._insert(table).on_conflict_do_nothing(index_elements=keys)

    def insert_or_update(self, table: Table, keys: tuple[str, ...], left: tuple[str, ...] = ()) -> Any:
        """INSERT that overwrites every other column of rows whose `keys` exist, but those that are `left` alone."""
        statement = self._insert(table)
        others = {c.name: statement.excluded[c.name] for c in table.c if c.name not in (*keys, *left)}
        return statement.on_conflict_do_update(index_elements=keys, set_=others)

    def insert_counting(self, table: Table, key: str, counter: str) -> Any:
        """INSERT that adds to `counter` where `key` exists."""
        statement = self._insert(table)
        added = {counter: table.c[counter] + statement.excluded[counter]}
        return statement.on_conflict_do_update(index_elements=[key], set_=added)

    def insert_adding(self, table: Table, keys: tuple[str, ...]) -> Any:
        """INSERT that adds every other column to that of rows whose `keys` exist."""
        statement = self._insert(table)
        added = {c.name: c + statement.excluded[c.name] for c in table.c if c.name not in keys}
        return statement.on_conflict_do_update(index_elements=keys, set_=added)

    def _insert(self, table: Table) -> Any:
        return (sqlite if self.is_sqlite else postgresql).insert(table)


async def _close(connection: AsyncConnection, opening: asyncio.Future[AsyncConnection]) -> None:
    try:
        await opening
    except (SQLAlchemyError, OSError):
        """It did not open: there is nothing to close."""
    else:
        await connection.close()


def _rewrite_sqlite(path: str) -> None:
    """Raises sqlite3.OperationalError when somebody writes for longer than half a minute."""
    with contextlib.closing(sqlite3.connect(path, timeout=30, isolation_level=None)) as connection:
        connection.execute("VACUUM")
        for _ in range(LOG_TRIES):
            (is_busy, _, _) = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
            if not is_busy:
                return
            time.sleep(0.2)
        raise sqlite3.OperationalError("the write-ahead log is in use")


@functools.cache
def _newest() -> str:
    """The revision of this version: the steps to it bear their numbers in their names, as v0046_synonyms."""
    return max(step.name[1:5] for step in (MIGRATIONS / "versions").glob("v*.py"))


def _migrate(connection: Connection, revision: str) -> None:
    from alembic import command  # a tenth of a second, which no server that starts should take
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    if revision == "base":
        command.downgrade(config, revision)
    else:
        command.upgrade(config, revision)


def _json_text(value: Any) -> str:
    return orjson.dumps(value).decode()


def _from_json(kept: Any) -> Any:
    """SQLite keeps a number that stands alone in a JSON column as a number."""
    return kept if isinstance(kept, (int, float)) else orjson.loads(kept)


def _sqlite_engine(url: URL, begin: str, size: int) -> AsyncEngine:
    pool: dict[str, Any] = {"pool_size": size, "max_overflow": 0} if size else {"poolclass": NullPool}
    engine = create_async_engine(
        url,
        hide_parameters=True,  # else an error in the log would say whose row it was
        json_serializer=_json_text,
        json_deserializer=_from_json,
        connect_args={"timeout": 30},
        **pool,
    )

    @event.listens_for(engine.sync_engine, "connect")
    def _connected(connection: Any, _record: Any) -> None:
        connection.isolation_level = None  # transactions begin where SQLAlchemy says so, not at the first write
        cursor = connection.cursor()
        for pragma in (
            "journal_mode=WAL",
            "synchronous=FULL",
            "busy_timeout=30000",
            "foreign_keys=ON",
            "cache_size=-65536",
            "journal_size_limit=67108864",
        ):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine.sync_engine, "begin")
    def _begun(connection: Connection) -> None:
        connection.exec_driver_sql(begin)

    return engine


def _postgresql_engine(url: URL, *, pooled: bool) -> AsyncEngine:
    pool: dict[str, Any] = {"pool_size": 8, "max_overflow": 8} if pooled else {"poolclass": NullPool}
    return create_async_engine(
        url,
        hide_parameters=True,
        json_serializer=_json_text,
        json_deserializer=_from_json,
        connect_args={"server_settings": {"idle_in_transaction_session_timeout": "60000"}},
        **pool,
    )
