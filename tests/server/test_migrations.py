"""The tables come up and go down, and are what the code believes they are."""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any, TypeVar

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, inspect

from agent_server.database import Database, DatabaseBehind, address
from agent_server.tables import metadata

T = TypeVar("T")


def with_database(folder: Path, work: Callable[[Database], Awaitable[T]]) -> T:
    async def working() -> T:
        database = Database(address(str(folder / "a.db")))
        try:
            return await work(database)
        finally:
            await database.close()

    return asyncio.run(working())


def differences(connection: Connection) -> list[Any]:
    return list(compare_metadata(MigrationContext.configure(connection, opts={"compare_type": True}), metadata))


def table_names(connection: Connection) -> set[str]:
    return set(inspect(connection).get_table_names())


def test_migrations_make_the_tables_the_code_believes_in(tmp_path: Path) -> None:
    async def work(database: Database) -> list[Any]:
        await database.migrate()
        async with database.reading() as connection:
            return await connection.run_sync(differences)

    assert with_database(tmp_path, work) == []


def test_tables_go_down_and_come_up_again(tmp_path: Path) -> None:
    async def work(database: Database) -> tuple[set[str], set[str]]:
        await database.migrate()
        await database.migrate("base")
        async with database.reading() as connection:
            down = await connection.run_sync(table_names)
        await database.migrate()
        async with database.reading() as connection:
            return down, await connection.run_sync(table_names)

    down, up = with_database(tmp_path, work)
    assert down == {"alembic_version"}
    assert up == {"alembic_version", *metadata.tables}


def test_history_keeps_its_name_when_migrated_again(tmp_path: Path) -> None:
    async def work(database: Database) -> tuple[str, str]:
        await database.migrate()
        first = await database.epoch()
        await database.migrate()
        return first, await database.epoch()

    first, second = with_database(tmp_path, work)
    assert first == second
    assert len(first) == 16


def test_tables_of_another_version_are_not_served(tmp_path: Path) -> None:
    async def work(database: Database) -> DatabaseBehind:
        with pytest.raises(DatabaseBehind) as behind:
            await database.require_current()
        return behind.value

    behind = with_database(tmp_path, work)
    assert (behind.found, behind.needed) == (None, "0007")
