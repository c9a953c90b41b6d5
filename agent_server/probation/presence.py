"""How long agents were in each state, by day: what their time signed in is reckoned from."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final, Protocol
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from agent_model.agent import AgentState, Spent, StateEntry
from agent_model.moment import from_text
from agent_server.database import Database
from agent_server.tables import agent_state, agent_time

LONGEST: Final = timedelta(hours=12)
"""Of one state. Whoever was in it longer was forgotten in it, as when the server stood still."""


class Piece(Protocol):
    """Time in a state as the log has it, of one day."""

    @property
    def at(self) -> datetime: ...

    @property
    def state(self) -> str: ...

    @property
    def span_ms(self) -> int: ...


@dataclass(frozen=True, slots=True)
class Retold:
    """What of the log was put in the place of what, in these quarters; `since` when the state of now begins to
    count."""

    new: Sequence[Piece]
    gone: Sequence[Piece]
    since: datetime
    quarters: Collection[int]


class StateLog(Protocol):
    """Where each state is entered (`floor.event_log`)."""

    async def state_ended(
        self, connection: AsyncConnection, agent_id: str, entry: StateEntry, until: datetime, is_told: bool
    ) -> Sequence[Piece]:
        """What was entered."""

    async def state_told(
        self, connection: AsyncConnection, agent_id: str, spent: Sequence[Spent], since: datetime
    ) -> Retold: ...

    def entered(self, quarters: Collection[int]) -> None:
        """After the transaction."""


class Presence:
    """Notes, in the transaction that enters states in the log, how long they lasted, in days of the site's clock."""

    def __init__(self, database: Database, zone: ZoneInfo, log: StateLog) -> None:
        self._database = database
        self._zone = zone
        self._log = log

    async def ends(self, connection: AsyncConnection, agent_id: str, until: datetime, *, is_told: bool) -> None:
        """The state that an agent is kept in ends, as the workstation told or the server guessed. It is held, so that
        no other process notes it too."""
        query = select(agent_state).where(agent_state.c.agent_id == agent_id)
        kept = (await connection.execute(query.with_for_update())).first()
        if kept is None or kept.state == AgentState.OFFLINE.value:
            return
        since = from_text(kept.since)
        entry = StateEntry(AgentState(kept.state), since, kept.reason)
        pieces = await self._log.state_ended(connection, agent_id, entry, min(until, since + LONGEST), is_told)
        await self._note(connection, agent_id, pieces, ())

    async def told(
        self, connection: AsyncConnection, agent_id: str, spent: Sequence[Spent], since: datetime
    ) -> tuple[datetime, Collection[int]]:
        """What a workstation tells afterwards, in place of what was guessed: when the state of now begins to count,
        and what is to be told by `entered` after the transaction."""
        retold = await self._log.state_told(connection, agent_id, spent, since)
        await self._note(connection, agent_id, retold.new, retold.gone)
        return retold.since, retold.quarters

    def entered(self, quarters: Collection[int]) -> None:
        self._log.entered(quarters)

    async def _note(
        self, connection: AsyncConnection, agent_id: str, new: Sequence[Piece], gone: Sequence[Piece]
    ) -> None:
        spent_ms: Counter[tuple[str, str]] = Counter()
        for piece in new:
            spent_ms[self._day(piece), piece.state] += piece.span_ms
        for piece in gone:
            spent_ms[self._day(piece), piece.state] -= piece.span_ms
        lines: list[dict[str, Any]] = [
            {"agent_id": agent_id, "day": day, "state": state, "seconds": round(ms / 1000)}
            for (day, state), ms in spent_ms.items()
        ]
        if lines:
            await connection.execute(self._database.insert_adding(agent_time, ("agent_id", "day", "state")), lines)

    def _day(self, piece: Piece) -> str:
        return piece.at.astimezone(self._zone).date().isoformat()
