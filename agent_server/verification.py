"""What a slice holds, as hashes a workstation compares with its own, and the rows of the parts that differ."""

import asyncio
import gzip
from collections.abc import AsyncIterator, Collection, Sequence
from dataclasses import dataclass
from typing import Any, Final

import orjson
from sqlalchemy import select
from sqlalchemy.engine import URL
from sqlalchemy.ext.asyncio import AsyncConnection

from agent_model.fingerprint import Fingerprint, bucket_of
from agent_model.scope import Scope
from agent_server.database import Database
from agent_server.rows import fetch, membership
from agent_server.sight import Sight
from agent_server.tables import NOUN_TABLES, scope_head

ROWS_A_STEP: Final = 5000
SCOPES_REMEMBERED: Final = 200


@dataclass(frozen=True, slots=True)
class Verified:
    """The hashes of a slice as of its number `head`."""

    scope: Scope
    head: int
    hashes: tuple[str, ...]

    def to_plain(self) -> dict[str, Any]:
        return {"scope": self.scope, "head": self.head, "buckets": self.hashes}


class Verification:
    """Counted in a thread with a loop and a connection of its own, one slice at a time: the server goes on answering.

    A slice that has not moved is not counted again: everybody who starts with it asks the same.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._turn = asyncio.Lock()
        self._known: dict[tuple[Scope, int], Verified] = {}

    async def of(self, scope: Scope, buckets: int) -> Verified:
        """The hashes of the slice as it is now."""
        async with self._turn:
            async with self._database.reading() as connection:
                head = await _head(connection, scope)
            known = self._known.get((scope, buckets))
            if known is None or known.head != head:
                known = await asyncio.to_thread(lambda: asyncio.run(_count(self._database.url, scope, buckets)))
                self._remember(buckets, known)
            return known

    async def rows(self, scope: Scope, buckets: int, wanted: Collection[int], sight: Sight) -> bytes:
        """The rows of these buckets as they are now: `{"scope", "head", "rows"}` as JSON, packed by gzip."""
        async with self._turn:
            return await asyncio.to_thread(
                lambda: asyncio.run(_rows(self._database.url, scope, buckets, frozenset(wanted), sight))
            )

    def _remember(self, buckets: int, verified: Verified) -> None:
        self._known.pop((verified.scope, buckets), None)
        self._known[verified.scope, buckets] = verified
        while len(self._known) > SCOPES_REMEMBERED:
            del self._known[next(iter(self._known))]


async def _count(url: URL, scope: Scope, buckets: int) -> Verified:
    database = Database(url, pooled=False)
    counted = Fingerprint(buckets)
    try:
        async with database.reading() as connection:
            head = await _head(connection, scope)
            async for entity, rows in _versions(connection, scope):
                counted.add(entity, rows)
    finally:
        await database.close()
    return Verified(scope, head, counted.hashes())


async def _rows(url: URL, scope: Scope, buckets: int, wanted: Collection[int], sight: Sight) -> bytes:
    database = Database(url, pooled=False)
    found: list[dict[str, Any]] = []
    try:
        async with database.reading() as connection:
            head = await _head(connection, scope)
            ids: dict[str, list[str]] = {}
            async for entity, rows in _versions(connection, scope):
                ids.setdefault(entity, []).extend(
                    row_id for row_id, _ in rows if bucket_of(entity, row_id, buckets) in wanted
                )
            for entity, some in ids.items():
                held = await fetch(connection, entity, some, with_names=sight.hides_names)
                found.extend(row.to_plain(sight) for row in held.values())
    finally:
        await database.close()
    return gzip.compress(orjson.dumps({"scope": scope, "head": head, "rows": found}), compresslevel=1)


async def _head(connection: AsyncConnection, scope: Scope) -> int:
    return int(await connection.scalar(select(scope_head.c.head).where(scope_head.c.scope == scope)) or 0)


async def _versions(connection: AsyncConnection, scope: Scope) -> AsyncIterator[tuple[str, Sequence[Any]]]:
    """Every row of the slice as (id, version), in steps."""
    for entity, condition in membership(scope).items():
        table = NOUN_TABLES[entity]
        query = select(table.c.id, table.c.version)
        if condition is not None:
            query = query.where(condition)
        async for step in (await connection.stream(query)).partitions(ROWS_A_STEP):
            yield entity, step
