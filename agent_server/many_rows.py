"""Many new rows at once, at what the database itself asks for them: PostgreSQL has COPY, and takes a list as JSON."""

import functools
import operator
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

import asyncpg
import orjson
from sqlalchemy import JSON, TextClause, insert, select, text
from sqlalchemy.dialects import sqlite
from sqlalchemy.exc import DataError, DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.sql.schema import Table

_COPY: Final = "COPY"
_ANYTHING: Final = select(1)
_COUNTED: Final = {"preserve_rowcount": True}

Line = Mapping[str, Any]
"""A row by column."""


async def insert_rows(connection: AsyncConnection, table: Table, lines: Sequence[Line]) -> None:
    """All lines name the same columns. Raises DBAPIError."""
    if not lines:
        return
    if connection.dialect.name == "sqlite":
        await connection.execute(insert(table), lines)
        return
    names = tuple(lines[0])
    driver: Any = (await connection.get_raw_connection()).driver_connection
    if not driver.is_in_transaction():
        await connection.execute(_ANYTHING)  # a transaction begins with its first statement, and knows nothing of COPY
    try:
        await driver.copy_records_to_table(table.name, records=_records(table, names, lines), columns=names)
    except asyncpg.PostgresError as error:
        raise DBAPIError(_COPY, None, error) from error
    except (TypeError, ValueError, OverflowError) as error:
        raise DataError(_COPY, None, error) from error


async def insert_new_rows(connection: AsyncConnection, table: Table, key: str, lines: Sequence[Line]) -> int:
    """As `insert_rows`, leaving alone what has a row with its key; how many were new."""
    if connection.dialect.name == "sqlite":
        statement: Any = sqlite.insert(table).on_conflict_do_nothing(index_elements=[key])
        parameters: Any = lines
    else:
        statement = _unless_there(table, tuple(lines[0]), key)
        parameters = {"lines": orjson.dumps(lines).decode()}
    return int((await connection.execute(statement, parameters, execution_options=_COUNTED)).rowcount)


def _records(table: Table, names: Sequence[str], lines: Sequence[Line]) -> Iterator[list[Any]]:
    """As the driver takes them, JSON as text."""
    read = operator.itemgetter(*names)
    nested = [index for index, name in enumerate(names) if isinstance(table.c[name].type, JSON)]
    for line in lines:
        record = list(read(line))
        for index in nested:
            if record[index] is not None:
                record[index] = orjson.dumps(record[index]).decode()
        yield record


@functools.cache
def _unless_there(table: Table, names: tuple[str, ...], key: str) -> TextClause:
    columns = ", ".join(f'"{name}"' for name in names)
    rows = f'json_populate_recordset(NULL::"{table.name}", CAST(:lines AS json))'
    return text(
        f'INSERT INTO "{table.name}" ({columns}) SELECT {columns} FROM {rows} '  # noqa: S608
        f'ON CONFLICT ("{key}") DO NOTHING'
    )
