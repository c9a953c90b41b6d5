"""What clocks do on their way (warn, escalate, report): each step once, whoever was stopped meanwhile."""

import logging
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from agent_model.body import from_body
from agent_model.clock import TicketClocks
from agent_model.clock_watch import Policies, fields_of
from agent_model.moment import to_text
from agent_model.scope import Scope
from agent_server.changeset import Changeset
from agent_server.clocks import PolicyShelf
from agent_server.database import Database
from agent_server.rounds import Rounds
from agent_server.row_changes import THE_SERVER, Signature
from agent_server.rows import Stored
from agent_server.tables import ticket

log = logging.getLogger("agent_server.clocks")

AT_ONCE: Final = 200
"""Tickets changed in one transaction, so that no writer waits long."""


class ClockSweep:
    """Looks for tickets whose next step is due and writes it into them, every `every_s` seconds.

    Any number of processes may run it at once: a ticket is held while its steps are written, and whoever comes second
    finds them written.
    """

    def __init__(
        self,
        database: Database,
        every_s: float,
        moved: Callable[[Mapping[Scope, int]], None],
        now: Callable[[], datetime],
    ) -> None:
        self._database = database
        self._moved = moved
        self._now = now
        self._shelf = PolicyShelf()
        self.rounds = Rounds(self.run, every_s, log, "the clocks were not looked at")

    async def run(self) -> int:
        """Take every step that is due by now; how many."""
        now, steps, after = self._now(), 0, ("", "")
        while due := await self._due(to_text(now), after):
            async with self._database.writing() as connection:
                taken, heads = await self._take(connection, [row_id for _, row_id in due], now)
            self._moved(heads)
            steps, after = steps + taken, due[-1]
        return steps

    async def _due(self, now: str, after: tuple[str, str]) -> list[tuple[str, str]]:
        """The next tickets in the order of their steps, as (when, id); none is looked at twice."""
        at, row_id = ticket.c.step_at, ticket.c.id
        is_next = (at > after[0]) | ((at == after[0]) & (row_id > after[1]))
        query = select(at, row_id).where(at <= now, is_next).order_by(at, row_id).limit(AT_ONCE)
        async with self._database.reading() as connection:
            return [(found.step_at, found.id) for found in await connection.execute(query)]

    async def _take(
        self, connection: AsyncConnection, ids: list[str], now: datetime
    ) -> tuple[int, Mapping[Scope, int]]:
        changes, steps = Changeset(self._database, connection, Signature(THE_SERVER, now)), 0
        await changes.load("ticket", ids)
        policies = await self._shelf.policies(connection)
        for row_id in ids:
            row = changes.get("ticket", row_id)
            if row is not None:
                fields, taken = _stepped(row, policies, now)
                if taken:
                    changes.put(replace(row, version=row.version + 1, body={**row.body, **fields}))
                    steps += taken
        return steps, await changes.write()


def _stepped(row: Stored, policies: Policies, now: datetime) -> tuple[dict[str, Any], int]:
    """The fields with the steps taken, and how many these are."""
    if row.body["clocks"] is None:
        return {}, 0
    clocks = from_body(TicketClocks, "", 0, row.body["clocks"])
    promises = policies.of(clocks)
    if promises is None:
        return {}, 0
    clocks, steps = promises.take_steps(clocks, now)
    return fields_of(clocks, policies), len(steps)
