"""A cache filled at one go, before it takes the place of the one in use: how a workstation comes to its first rows."""

import sqlite3
from collections.abc import Sequence
from typing import Any, Final

import orjson

from agent_desktop.offline import derived, intake
from agent_desktop.offline.intake import OWN_TABLE, PUT
from agent_model.scope import Scope
from agent_model.wire import Row

TABLES: Final = (*OWN_TABLE, "other")


class FreshCache:
    """Inside the block of `Store.replacing_cache`."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._has_customers = False

    def put(self, scope: Scope, table: str, rows: Sequence[Sequence[Any]]) -> None:
        """Rows as `intake.selecting(table)` reads them."""
        if table == "customer" and self._has_customers and self._knows_any(rows):
            plain = [Row(table, row[0], row[1], orjson.loads(row[4])) for row in rows]
            intake.put(self._connection, scope, plain)
            return
        self._connection.executemany(PUT[table], [row[:-2] for row in rows])
        if table == "customer":
            intake.put_numbers(
                self._connection, [(number, row[0]) for row in rows for number in intake.numbers_in(row[-2])]
            )

    def finish(self, scope: Scope, seq: int, epoch: str) -> None:
        """The scope is all here, up to its number `seq`."""
        self._connection.execute("INSERT INTO cursor (scope, seq, epoch) VALUES (?, ?, ?)", (scope, seq, epoch))
        for statement in derived.READ_ALL:
            self._connection.execute(statement)
        (found,) = self._connection.execute("SELECT EXISTS (SELECT 1 FROM customer)").fetchone()
        self._has_customers = bool(found)

    def keep(self, rows: Sequence[Row]) -> None:
        """Rows that were met outside all scopes."""
        intake.put(self._connection, intake.MET, rows)

    def _knows_any(self, rows: Sequence[Sequence[Any]]) -> bool:
        ids = orjson.dumps([row[0] for row in rows]).decode()
        (found,) = self._connection.execute(
            "SELECT EXISTS (SELECT 1 FROM customer WHERE id IN (SELECT value FROM json_each(?)))", (ids,)
        ).fetchone()
        return bool(found)
