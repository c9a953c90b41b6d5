"""The versions of the service-level policy that the server's tickets run by."""

import logging

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from agent_model.body import from_body
from agent_model.calendar_time import BadCalendar
from agent_model.clock_policy import DEFAULT_POLICY, SlaPolicy
from agent_model.clock_reckoning import Promises
from agent_model.clock_watch import Policies
from agent_server.rows import fetch
from agent_server.tables import sla_policy

log = logging.getLogger("agent_server.clocks")


class PolicyShelf:
    """The versions that are in the database. They never change, so each is read once."""

    def __init__(self) -> None:
        default = Promises(DEFAULT_POLICY)
        self._known: dict[str, Promises | None] = {DEFAULT_POLICY.id: default}
        self.last = Policies([default])

    async def policies(self, connection: AsyncConnection) -> Policies:
        """As they are now. Only without any version of its own does the default hold for a site."""
        ids = list((await connection.scalars(select(sla_policy.c.id))).all())
        for row in (await fetch(connection, "sla_policy", [id_ for id_ in ids if id_ not in self._known])).values():
            self._known[row.id] = _ready(from_body(SlaPolicy, row.id, row.version, row.body))
        usable = [promises for id_ in (*ids, DEFAULT_POLICY.id) if (promises := self._known.get(id_)) is not None]
        self.last = Policies(usable)
        return self.last


def _ready(policy: SlaPolicy) -> Promises | None:
    try:
        return Promises(policy)
    except BadCalendar as error:
        log.error("policy %s cannot be used here: %s %s", policy.id, error.calendar, error.fact)
        return None
