"""Many new rows at once: to PostgreSQL they go as one parameter, which costs it and us less than one at a time."""

import functools
from collections.abc import Mapping, Sequence
from typing import Any, Final

import orjson
from sqlalchemy import TextClause, insert, text
from sqlalchemy.dialects import sqlite
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.sql.schema import Table

ROWS_A_STATEMENT: Final = 500
"""Of the largest rows there are (`rows.LARGEST_ROW`) no more fit into a parameter."""


async def insert_rows(connection: AsyncConnection, table: Table, lines: Sequence[Mapping[str, Any]]) -> None:
    """Lines by column; all name the same columns."""
    for some in _parts(lines):
        if connection.dialect.name == "sqlite":
            await connection.execute(insert(table), some)
        else:
            await connection.execute(_from_json(table, tuple(some[0])), _as_json(some))


async def insert_new_rows(
    connection: AsyncConnection, table: Table, key: str, lines: Sequence[Mapping[str, Any]]
) -> int:
    """As `insert_rows`, leaving alone what has a row with its key; how many were new."""
    count = 0
    for some in _parts(lines):
        if connection.dialect.name == "sqlite":
            statement: Any = sqlite.insert(table).on_conflict_do_nothing(index_elements=[key])
            parameters: Any = some
        else:
            statement, parameters = _from_json(table, tuple(some[0]), key), _as_json(some)
        count += (await connection.execute(statement, parameters, execution_options=_COUNTED)).rowcount
    return count


_COUNTED: Final = {"preserve_rowcount": True}


def _parts(lines: Sequence[Mapping[str, Any]]) -> list[list[Mapping[str, Any]]]:
    return [list(lines[start : start + ROWS_A_STATEMENT]) for start in range(0, len(lines), ROWS_A_STATEMENT)]


def _as_json(lines: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    return {"lines": orjson.dumps(lines).decode()}


@functools.cache
def _from_json(table: Table, names: tuple[str, ...], key: str | None = None) -> TextClause:
    columns = ", ".join(f'"{name}"' for name in names)
    rows = f'json_populate_recordset(NULL::"{table.name}", CAST(:lines AS json))'
    unless_there = "" if key is None else f' ON CONFLICT ("{key}") DO NOTHING'
    return text(f'INSERT INTO "{table.name}" ({columns}) SELECT {columns} FROM {rows}{unless_there}')  # noqa: S608
