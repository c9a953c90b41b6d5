"""A legal hold: nothing of the customer is erased until it is lifted. Workstations see it with the customer."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime

from agent_model.body import to_body
from agent_model.consent import LegalHold
from agent_model.scope import Scope
from agent_server.administration import Actor
from agent_server.audit import AuditTrail, Deed
from agent_server.changeset import Changeset
from agent_server.database import Database
from agent_server.refusals import RequestRefused
from agent_server.row_changes import Signature


class Holds:
    """Raises RequestRefused: not_found, already_held, not_held."""

    def __init__(self, database: Database, audit: AuditTrail, now: Callable[[], datetime]) -> None:
        self._database = database
        self._audit = audit
        self._now = now

    async def put(
        self, actor: Actor, customer_id: str, reason: str, segments: frozenset[str] | None
    ) -> Mapping[Scope, int]:
        return await self._set(actor, customer_id, reason, segments, LegalHold(reason, actor.id, self._now()))

    async def lift(
        self, actor: Actor, customer_id: str, reason: str, segments: frozenset[str] | None
    ) -> Mapping[Scope, int]:
        return await self._set(actor, customer_id, reason, segments, None)

    async def _set(
        self, actor: Actor, customer_id: str, reason: str, segments: frozenset[str] | None, hold: LegalHold | None
    ) -> Mapping[Scope, int]:
        """The heads that moved. `segments` are those the actor may see; None at the server's own console."""
        async with self._database.writing() as connection:
            changes = Changeset(self._database, connection, Signature(actor.id, self._now(), actor.device))
            await changes.load("customer", [customer_id])
            row = changes.get("customer", customer_id)
            if row is None or (segments is not None and row.segment not in segments):
                raise RequestRefused(404, "not_found")
            if (row.body["legal_hold"] is None) == (hold is None):
                raise RequestRefused(409, "not_held" if hold is None else "already_held")
            body = {**row.body, "legal_hold": None if hold is None else to_body(hold)}
            changes.put(replace(row, version=row.version + 1, body=body))
            heads = await changes.write()
            deed = Deed.RELEASED if hold is None else Deed.HELD
            await self._audit.append(connection, actor.act(deed, customer_id, reason))
        return heads
