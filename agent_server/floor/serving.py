"""Which queues agents serve, and in which languages, as leads decide on the floor: on record, and at the exchange at
once."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Final

from sqlalchemy import select

from agent_model.agent import Role
from agent_model.scope import Scope
from agent_server.administration import Actor
from agent_server.audit import LONGEST_FIELD, AuditTrail, Deed
from agent_server.changeset import Changeset
from agent_server.database import Database
from agent_server.live import Hub, person_topic
from agent_server.notices import Broker, Notice
from agent_server.refusals import RequestRefused
from agent_server.scopes import Person
from agent_server.tables import queue

MOST_QUEUES: Final = 30


class Serving:
    """`moved` is told which slices the change is in: whoever sits at an exchange is put into other queues by that."""

    def __init__(
        self,
        database: Database,
        audit: AuditTrail,
        broker: Broker,
        hub: Hub,
        moved: Callable[[Mapping[Scope, int]], None],
        now: Callable[[], datetime],
    ) -> None:
        self._database, self._audit, self._broker, self._hub = database, audit, broker, hub
        self._moved, self._now = moved, now

    async def change(
        self,
        actor: Actor,
        lead: Person,
        agent_id: str,
        queues: Collection[str],
        languages: Collection[str],
        why: str,
        *,
        is_told: bool,
    ) -> None:
        """Raises RequestRefused: unknown_queue, not_your_queue, unknown_agent. Whether the lead may was asked before.

        A team lead gives and takes queues of the own team, and those that they serve themselves.
        """
        async with self._database.writing() as connection:
            changes = Changeset(self._database, connection, actor.signature(self._now()))
            await changes.load("agent", [agent_id])
            row = changes.get("agent", agent_id)
            if row is None:
                raise RequestRefused(404, "unknown_agent")
            teams = {one.id: one.team for one in await connection.execute(select(queue.c.id, queue.c.team))}
            before = row.body["queues"]
            if not set(queues) <= teams.keys() | set(before):
                raise RequestRefused(422, "unknown_queue")
            theirs = {id_ for id_, team in teams.items() if team == lead.team} | set(lead.queues)
            if lead.role is not Role.DUTY_MANAGER and not set(queues) ^ set(before) <= theirs:
                raise RequestRefused(403, "not_your_queue")
            body = {**row.body, "queues": list(queues), "languages": list(languages)}
            if body == row.body:
                return
            changes.put(replace(row, version=row.version + 1, body=body))
            heads = await changes.write()
            became = " ".join([*queues, *languages])[:LONGEST_FIELD]
            await self._audit.append(connection, actor.act(Deed.SERVING_CHANGED, agent_id, why, became))
        self._moved(heads)
        if not is_told:
            return
        told = {"queues": list(queues), "languages": list(languages), "by": lead.id, "why": why}
        self._broker.publish({"kind": "serving", "agent": agent_id, **told})

    def heard(self, notice: Notice) -> None:
        """The agent is told, if they are here."""
        told = {name: notice[name] for name in ("agent", "queues", "languages", "by", "why")}
        self._hub.tell((person_topic(notice["agent"]),), "serving", notice["agent"], {"type": "serving", **told})
