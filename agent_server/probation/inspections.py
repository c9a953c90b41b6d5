"""The port to inspections of quality: how what agents said was judged. This server has none of its own."""

from collections.abc import Collection
from datetime import date
from typing import Protocol

from sqlalchemy.ext.asyncio import AsyncConnection

from agent_server.probation.day_figures import ByDay


class Inspections(Protocol):
    """`exist` says whether anybody inspects: a curve without inspections is another thing than one without faults."""

    exist: bool

    async def by_day(self, connection: AsyncConnection, agents: Collection[str], since: date) -> ByDay:
        """`inspections` and their `quality_points` (0..100 each), on the days of the contacts that were judged."""
        ...


class NoInspections:
    exist = False

    async def by_day(self, _connection: AsyncConnection, _agents: Collection[str], _since: date) -> ByDay:
        return {}
