"""Contacts of days gone by, counted once: nobody waits while a quarter of a year is gone through."""

import logging
from collections.abc import Callable, Collection
from datetime import date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncConnection

from agent_model.moment import to_text
from agent_server.database import Database
from agent_server.probation.day_figures import REPEAT_DAYS, ByDay, DayFigures, Span, contacts_by_day
from agent_server.rounds import Rounds
from agent_server.rows import is_among
from agent_server.tables import agent_tally, agent_time, alert, floor_event, shift_plan, site

log = logging.getLogger("agent_server.probation")

SETTLED_AFTER: Final = timedelta(days=REPEAT_DAYS + 2)
"""A contact's customer had time to come back, and workstations that were offline time to tell of it."""
COUNTED: Final = timedelta(weeks=14)
"""How far back the first count goes: as far as a curve."""
KEPT: Final = timedelta(days=400)
FIRST_AFTER_S: Final = 60.0
EVERY_S: Final = 3600.0
THROUGH: Final = "tallied_through"


class Tally:
    """Each day is counted in a transaction of its own, by whichever process comes first; what was counted stays."""

    def __init__(self, database: Database, zone: ZoneInfo, now: Callable[[], datetime]) -> None:
        self._database = database
        self._zone = zone
        self._now = now
        self.rounds = Rounds(self.run, EVERY_S, log, "the days gone by were not counted", first_after_s=FIRST_AFTER_S)

    async def run(self) -> None:
        """Count every day that is settled and was not counted."""
        now = self._now()
        today = now.astimezone(self._zone).date()
        first, last = today - COUNTED, today - SETTLED_AFTER
        day = first
        while day <= last:
            async with self._database.writing() as connection:
                through = await self._held(connection, first)
                day = max(through + timedelta(days=1), first)
                if day <= last:
                    await self._count(connection, day, now)
            day += timedelta(days=1)
        async with self._database.writing() as connection:
            for table in (agent_tally, agent_time, shift_plan):
                await connection.execute(delete(table).where(table.c.day < (today - KEPT).isoformat()))
            await connection.execute(delete(alert).where(alert.c.began_at < to_text(now - KEPT)))
            await connection.execute(delete(floor_event).where(floor_event.c.quarter < _quarter(now - KEPT)))

    async def counted(self, connection: AsyncConnection, agents: Collection[str], since: date) -> tuple[ByDay, date]:
        """What was counted from a day on, and the first day that is not."""
        through = await connection.scalar(select(site.c.value).where(site.c.name == THROUGH))
        if through is None:
            return {}, since
        query = select(agent_tally).where(
            is_among(connection, agent_tally.c.agent_id, agents), agent_tally.c.day >= since.isoformat()
        )
        found = {
            (row.agent_id, date.fromisoformat(row.day)): DayFigures(row.handled, first=row.first, solved=row.solved)
            for row in await connection.execute(query)
        }
        return found, max(since, date.fromisoformat(through) + timedelta(days=1))

    async def _held(self, connection: AsyncConnection, first: date) -> date:
        """How far it was counted; nobody else counts on before the transaction ends."""
        before = {"name": THROUGH, "value": (first - timedelta(days=1)).isoformat()}
        await connection.execute(self._database.insert_new(site, ("name",)), [before])
        kept = await connection.scalar(select(site.c.value).where(site.c.name == THROUGH).with_for_update())
        return date.fromisoformat(str(kept))

    async def _count(self, connection: AsyncConnection, day: date, now: datetime) -> None:
        span = Span.of_days(day, day + timedelta(days=1), self._zone)
        counted = await contacts_by_day(connection, None, span, now, self._zone)
        lines = [
            {"agent_id": agent, "day": on.isoformat(), "handled": done.handled, "first": done.first}
            | {"solved": done.solved}
            for (agent, on), done in counted.items()
        ]
        if lines:
            await connection.execute(self._database.insert_or_update(agent_tally, ("agent_id", "day")), lines)
        await connection.execute(site.update().where(site.c.name == THROUGH).values(value=day.isoformat()))


def _quarter(at: datetime) -> int:
    """Of an hour, as the log of the floor counts them."""
    return int(at.timestamp() // 900)
