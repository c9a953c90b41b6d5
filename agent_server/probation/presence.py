"""How long agents were in each state, by day: what their time signed in is reckoned from."""

from collections.abc import Awaitable, Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from agent_model.agent import AgentState, StateEntry
from agent_model.moment import from_text
from agent_server.database import Database
from agent_server.tables import agent_state, agent_time

Ended = Callable[[AsyncConnection, str, StateEntry, datetime, bool], Awaitable[None]]
"""(connection, agent, the state, when it ended, whether the workstation told)."""
LONGEST: Final = timedelta(hours=12)
"""Of one state. Whoever was in it longer was forgotten in it, as when the server stood still."""


class Presence:
    """Notes, in the transaction that ends a state, how long it lasted, in days of the site's clock."""

    def __init__(self, database: Database, zone: ZoneInfo, ended: Ended) -> None:
        """`ended` hears of each state, in the same transaction."""
        self._database = database
        self._zone = zone
        self._ended = ended

    async def ends(self, connection: AsyncConnection, agent_id: str, until: datetime, *, is_told: bool) -> None:
        """The state that an agent is kept in ends, as the workstation told or the server guessed. It is held, so that
        no other process notes it too."""
        query = select(agent_state).where(agent_state.c.agent_id == agent_id)
        kept = (await connection.execute(query.with_for_update())).first()
        if kept is None or kept.state == AgentState.OFFLINE.value:
            return
        since = from_text(kept.since)
        until = min(until, since + LONGEST)
        lines: list[dict[str, Any]] = [
            {"agent_id": agent_id, "day": day, "state": kept.state, "seconds": seconds}
            for day, seconds in days_of(since, until, self._zone)
        ]
        if lines:
            await connection.execute(self._database.insert_adding(agent_time, ("agent_id", "day", "state")), lines)
        entry = StateEntry(AgentState(kept.state), since, kept.reason)
        await self._ended(connection, agent_id, entry, until, is_told)


def days_of(since: datetime, until: datetime, zone: ZoneInfo) -> Iterator[tuple[str, int]]:
    """The days, where the centre stands, that a span of time is of, and its whole seconds in each."""
    while since < until:
        day = since.astimezone(zone).date()
        midnight = datetime.combine(day + timedelta(days=1), datetime.min.time(), zone).astimezone(UTC)
        end = min(midnight, until)
        yield day.isoformat(), round((end - since).total_seconds())
        since = end
