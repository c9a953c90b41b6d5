"""Many rows at once: part of their transaction like any statement, in every database."""

import asyncio
from collections.abc import Mapping
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, IntegrityError

from agent_server.database import Database
from agent_server.many_rows import insert_rows
from agent_server.settings import Settings
from agent_server.tables import customer_phone, merge_record
from tests.server.conftest import NewSite, executed

UNTIL = "2026-11-21T10:00:00.000Z"


class Interrupted(Exception):
    """Ends a transaction before it is done."""


def phone(number: str, customer_id: str = "C-9") -> dict[str, Any]:
    return {"number": number, "customer_id": customer_id, "position": 0}


def insert(settings: Settings, table: Any, *lines: Mapping[str, Any], ends_with: Exception | None = None) -> None:
    async def working() -> None:
        database = Database(settings.database, pooled=False)
        try:
            async with database.writing() as connection:
                await insert_rows(connection, table, lines)
                if ends_with is not None:
                    raise ends_with
        finally:
            await database.close()

    asyncio.run(working())


def numbers(settings: Settings) -> list[str]:
    return [number for (number,) in executed(settings, "SELECT number FROM customer_phone ORDER BY number")]


def test_rows_that_are_first_in_a_transaction_go_back_with_it(new_site: NewSite) -> None:
    settings = new_site()
    with pytest.raises(Interrupted):
        insert(settings, customer_phone, phone("+861"), ends_with=Interrupted())
    insert(settings, customer_phone, phone("+862"), phone("+863"))
    assert numbers(settings) == ["+862", "+863"]


def test_row_that_is_there_already_takes_the_others_back(new_site: NewSite) -> None:
    settings = new_site()
    insert(settings, customer_phone, phone("+861"))
    with pytest.raises(IntegrityError):
        insert(settings, customer_phone, phone("+862"), phone("+861"))
    assert numbers(settings) == ["+861"]


def test_what_no_column_holds_is_an_error_of_the_database(new_site: NewSite) -> None:
    settings = new_site()
    with pytest.raises((DBAPIError, OverflowError)):
        insert(settings, customer_phone, phone("+861") | {"position": 2**70})
    assert numbers(settings) == []


def test_nested_values_are_read_as_they_were_written(new_site: NewSite) -> None:
    settings = new_site()
    nested = {"gone": {"名": [1, None]}, "before": {}, "after": {"a": "\\"}, "moved": [], "conflicts": ["\u2028"]}
    insert(settings, merge_record, {"id": "M-1", "undo_until": UNTIL} | nested)
    [row] = executed(settings, merge_record.select())
    assert dict(zip(merge_record.c.keys(), row, strict=True)) == {"id": "M-1", "undo_until": UNTIL} | nested


@pytest.mark.parametrize("new_site", ["postgresql"], indirect=True)
def test_filling_tables_is_planned_for_what_stands_in_them_by_now_and_nothing_else_is(new_site: NewSite) -> None:
    """Else 100,000 rows take PostgreSQL eight times as long on an empty site."""

    async def planned(database: Database, *, anew: bool) -> str:
        async with database.writing() as connection:
            if anew:
                await database.plan_anew(connection)
            return str(await connection.scalar(text("SHOW plan_cache_mode")))

    async def working() -> list[str]:
        database = Database(site.database)
        try:
            return [await planned(database, anew=True), await planned(database, anew=False)]
        finally:
            await database.close()

    site = new_site()
    assert asyncio.run(working()) == ["force_custom_plan", "auto"]
