"""How long agents were in each state, by day: what their time signed in is reckoned from."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from agent_model.agent import AgentState
from agent_model.moment import from_text
from agent_server.database import Database
from agent_server.tables import agent_state, agent_time

LONGEST: Final = timedelta(hours=12)
"""Of one state. Whoever was in it longer was forgotten in it, as when the server stood still."""


class Presence:
    """Notes, in the transaction that ends a state, how long it lasted, in days of the site's clock."""

    def __init__(self, database: Database, zone: ZoneInfo) -> None:
        self._database = database
        self._zone = zone

    async def ends(self, connection: AsyncConnection, agent_id: str, until: datetime) -> None:
        """The state that an agent is kept in ends. It is held, so that no other process notes it too."""
        query = select(agent_state.c.state, agent_state.c.since).where(agent_state.c.agent_id == agent_id)
        kept = (await connection.execute(query.with_for_update())).first()
        if kept is None or kept.state == AgentState.OFFLINE.value:
            return
        since = from_text(kept.since)
        lines: list[dict[str, Any]] = [
            {"agent_id": agent_id, "day": day, "state": kept.state, "seconds": seconds}
            for day, seconds in days_of(since, min(until, since + LONGEST), self._zone)
        ]
        if lines:
            await connection.execute(self._database.insert_adding(agent_time, ("agent_id", "day", "state")), lines)


def days_of(since: datetime, until: datetime, zone: ZoneInfo) -> Iterator[tuple[str, int]]:
    """The days, where the centre stands, that a span of time is of, and its whole seconds in each."""
    while since < until:
        day = since.astimezone(zone).date()
        midnight = datetime.combine(day + timedelta(days=1), datetime.min.time(), zone).astimezone(UTC)
        end = min(midnight, until)
        yield day.isoformat(), round((end - since).total_seconds())
        since = end
