"""The tables come up and go down, and are what the code believes they are."""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any, TypeVar

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect, text
from sqlalchemy.engine import URL

from agent_server.database import MIGRATIONS, Database, DatabaseBehind, address
from agent_server.rows import Stored, fetch
from agent_server.tables import metadata
from tests.postgresql import Cluster

T = TypeVar("T")
OLD_TICKET = """
INSERT INTO ticket (id, version, subject, type, category, priority, status, description, queue, department, created_at,
                    created_by, number)
VALUES ('T-1', 3, '网速慢', 'fault', 'fault/broadband/slow', 'normal', 'new', '', 'support', 'field',
        '2026-11-01T10:00:00.000Z', 'lin.yue', 'TK-1')
"""
OLD_CONTACT = """
INSERT INTO contact (id, version, customer_id, kind, at, title, text, segment)
VALUES ('K-1', 1, 'C-1', 'call_in', '2026-11-01T10:00:00.000Z', '来电', '', 'home')
"""


@pytest.fixture(params=["sqlite", "postgresql"])
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> URL:
    if request.param == "sqlite":
        return address(str(tmp_path / "a.db"))
    cluster: Cluster = request.getfixturevalue("cluster")
    return cluster.new_database()


def with_database(url: URL, work: Callable[[Database], Awaitable[T]]) -> T:
    async def working() -> T:
        database = Database(url)
        try:
            return await work(database)
        finally:
            await database.close()

    return asyncio.run(working())


def differences(connection: Connection) -> list[Any]:
    return list(compare_metadata(MigrationContext.configure(connection, opts={"compare_type": True}), metadata))


def table_names(connection: Connection) -> set[str]:
    return set(inspect(connection).get_table_names())


def test_migrations_make_the_tables_the_code_believes_in(empty: URL) -> None:
    async def work(database: Database) -> list[Any]:
        await database.migrate()
        async with database.reading() as connection:
            return await connection.run_sync(differences)

    assert with_database(empty, work) == []


def test_tables_go_down_and_come_up_again(empty: URL) -> None:
    async def work(database: Database) -> tuple[set[str], set[str]]:
        await database.migrate()
        await database.migrate("base")
        async with database.reading() as connection:
            down = await connection.run_sync(table_names)
        await database.migrate()
        async with database.reading() as connection:
            return down, await connection.run_sync(table_names)

    down, up = with_database(empty, work)
    assert down == {"alembic_version"}
    assert up == {"alembic_version", *metadata.tables}


def test_older_database_keeps_its_rows(empty: URL) -> None:
    """A ticket and a contact of version 0001 are there, whole, in the newest one."""

    async def work(database: Database) -> tuple[Stored, Stored]:
        await database.migrate("0001")
        async with database.writing() as connection:
            await connection.execute(text(OLD_TICKET))
            await connection.execute(text(OLD_CONTACT))
        await database.migrate()
        await database.require_current()
        async with database.reading() as connection:
            tickets, contacts = await fetch(connection, "ticket", ["T-1"]), await fetch(connection, "contact", ["K-1"])
        return tickets["T-1"], contacts["K-1"]

    ticket, contact = with_database(empty, work)
    assert (ticket.body["subject"], ticket.body["number"], ticket.version) == ("网速慢", "TK-1", 3)
    assert (contact.body["title"], contact.body["quality"], contact.segment) == ("来电", None, "home")


def test_history_keeps_its_name_when_migrated_again(empty: URL) -> None:
    async def work(database: Database) -> tuple[str, str]:
        await database.migrate()
        first = await database.epoch()
        await database.migrate()
        return first, await database.epoch()

    first, second = with_database(empty, work)
    assert first == second
    assert len(first) == 16


def test_tables_of_another_version_are_not_served(empty: URL) -> None:
    async def work(database: Database) -> DatabaseBehind:
        with pytest.raises(DatabaseBehind) as behind:
            await database.require_current()
        return behind.value

    behind = with_database(empty, work)
    assert (behind.found, behind.needed) == (None, ScriptDirectory(str(MIGRATIONS)).get_current_head())
