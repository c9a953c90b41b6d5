"""A copy of one person's data: asked for with a reason, approved by somebody else, fetched by who asked, each time on
record."""

import asyncio
from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import select, update

from agent_model.moment import from_text, to_text
from agent_model.person_wish import COPY_KEPT_FOR, WishState
from agent_server.administration import Actor
from agent_server.audit import AuditTrail, Deed
from agent_server.database import Database
from agent_server.file_store import FileStore
from agent_server.privacy.person_file import Asked, gather, packed
from agent_server.privacy.wishes import PersonWish, customer_of, names_person, one_wish, wish_of
from agent_server.refusals import RequestRefused
from agent_server.sight import Sight
from agent_server.tables import person_export


class PersonExports:
    """Raises RequestRefused: not_found, reason_names_person, own_wish, already_decided, not_yet, too_late."""

    def __init__(self, database: Database, files: FileStore, audit: AuditTrail, now: Callable[[], datetime]) -> None:
        self._database = database
        self._files = files
        self._audit = audit
        self._now = now

    async def ask(self, actor: Actor, customer_id: str, reason: str, segments: frozenset[str] | None) -> PersonWish:
        """`segments` are those the actor may see; None at the server's own console."""
        async with self._database.writing() as connection:
            if names_person(reason, await customer_of(connection, customer_id, segments)):
                raise RequestRefused(422, "reason_names_person")
            asked = {"id": str(uuid4()), "customer_id": customer_id, "state": WishState.ASKED.value}
            asked |= {"asked_by": actor.id, "asked_at": to_text(self._now()), "reason": reason}
            await connection.execute(person_export.insert().values(**asked))
            act = actor.act(Deed.EXPORT_ASKED, customer_id, reason, asked["id"])
            await self._audit.append(connection, act)
            return await one_wish(connection, person_export, asked["id"])

    async def decide(self, actor: Actor, export_id: str, reason: str, *, is_approved: bool) -> PersonWish:
        """By somebody else than who asked."""
        async with self._database.writing() as connection:
            found = await one_wish(connection, person_export, export_id, for_update=True)
            if found.asked_by == actor.id:
                raise RequestRefused(403, "own_wish")
            if found.state is not WishState.ASKED:
                raise RequestRefused(409, "already_decided", state=found.state.value)
            state = WishState.APPROVED if is_approved else WishState.DECLINED
            decided = {"decided_by": actor.id, "decided_at": to_text(self._now()), "decision": reason}
            these = person_export.c.id == export_id
            await connection.execute(update(person_export).where(these).values(state=state.value, **decided))
            deed = Deed.EXPORT_APPROVED if is_approved else Deed.EXPORT_REFUSED
            await self._audit.append(connection, actor.act(deed, found.customer_id, reason, export_id))
            return await one_wish(connection, person_export, export_id)

    async def all(self, most: int = 200) -> list[PersonWish]:
        """The newest first."""
        query = select(person_export).order_by(person_export.c.asked_at.desc(), person_export.c.id).limit(most)
        async with self._database.reading() as connection:
            return [wish_of(row) for row in await connection.execute(query)]

    async def file(
        self,
        actor: Actor,
        export_id: str,
        sight: Sight,
        segments: frozenset[str] | None,
        key_of: Callable[[Any], str | None],
    ) -> bytes:
        """For who asked alone, in whose eyes the numbers are as they are on their screen. It stands in the audit trail
        before it is given out."""
        now = self._now()
        async with self._database.reading() as connection:
            wish = await one_wish(connection, person_export, export_id)
            if wish.asked_by != actor.id:
                raise RequestRefused(404, "not_found")
            if wish.state is not WishState.APPROVED or wish.decided_at is None:
                raise RequestRefused(409, "not_yet", state=wish.state.value)
            if from_text(wish.decided_at) + COPY_KEPT_FOR < now:
                raise RequestRefused(409, "too_late")
            await customer_of(connection, wish.customer_id, segments)
            found = await gather(connection, wish.customer_id, sight, key_of)
        await self._audit.note(actor.act(Deed.EXPORTED, wish.customer_id, wish.reason, f"person {export_id}"))
        asked = Asked(wish.id, wish.asked_by, wish.asked_at, wish.reason, wish.decided_by or "")
        return await asyncio.to_thread(packed, found, asked, to_text(now), self._files)
