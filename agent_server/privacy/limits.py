"""What goes by itself when it is too old, by the site's own data (`duties`): recordings, and entries of the timeline.
Nothing of a customer under a legal hold goes."""

import asyncio
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import Select, delete, func, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from agent_model.moment import to_text
from agent_model.scope import Scope
from agent_server.changeset import Changeset
from agent_server.database import Database
from agent_server.file_store import FileStore
from agent_server.privacy.duties import Limited, read_duties
from agent_server.row_changes import THE_SERVER, Signature
from agent_server.tables import contact, customer, ticket, upload

AT_ONCE: Final = 500


class Limits:
    """Runs beside the requests; again after a crash it goes on where it was."""

    def __init__(self, database: Database, files: FileStore) -> None:
        self._database = database
        self._files = files

    async def run(self, now: datetime) -> Mapping[Limited, int]:
        """How many of each went."""
        async with self._database.reading() as connection:
            limits = (await read_duties(connection)).limits
        gone = dict.fromkeys(Limited, 0)
        for limit in limits:
            oldest = to_text(now - timedelta(days=limit.at_most_days))
            step = self._recordings if limit.what is Limited.RECORDING else self._contacts
            while count := await step(oldest, now):
                gone[limit.what] += count
        return gone

    async def _recordings(self, oldest: str, _now: datetime) -> int:
        began = func.coalesce(upload.c.began_at, upload.c.created_at)
        is_old = (began < oldest) & (upload.c.kind == "recording")  # attachments go with their tickets
        old = select(upload.c.id).where(is_old, upload.c.id.not_in(_held_recordings())).limit(AT_ONCE)
        async with self._database.reading() as connection:
            ids = list((await connection.scalars(old)).all())
        for upload_id in ids:  # first the file: a row without one is taken for an upload that begins again
            await asyncio.to_thread(self._files.drop, upload_id)
        async with self._database.writing() as connection:
            await connection.execute(delete(upload).where(upload.c.id.in_(ids)))
        return len(ids)

    async def _contacts(self, oldest: str, now: datetime) -> int:
        async with self._database.writing() as connection:
            ids = await _old_contacts(connection, oldest)
            changes = Changeset(self._database, connection, Signature(THE_SERVER, now))
            await changes.load("contact", ids)
            for row_id in ids:
                if changes.get("contact", row_id) is not None:
                    changes.delete("contact", row_id)
            heads: Mapping[Scope, int] = await changes.write() if ids else {}
        return len(ids) if heads else 0


async def _old_contacts(connection: AsyncConnection, oldest: str) -> list[str]:
    old = select(contact.c.id).where(contact.c.at < oldest, contact.c.customer_id.not_in(_held()))
    return list((await connection.scalars(old.order_by(contact.c.id).limit(AT_ONCE))).all())


def _held() -> Select[tuple[str]]:
    return select(customer.c.id).where(customer.c.legal_hold.is_not(None))


def _held_recordings() -> Select[tuple[str]]:
    """Recordings of customers under a hold, by their contact, their ticket or their call."""
    theirs = select(contact.c.id, contact.c.call_ref).where(contact.c.customer_id.in_(_held())).subquery()
    tickets = select(ticket.c.id, ticket.c.call_ref).where(ticket.c.customer_id.in_(_held())).subquery()
    of_call = or_(upload.c.call_ref == theirs.c.call_ref, upload.c.contact == theirs.c.id)
    of_ticket = or_(upload.c.call_ref == tickets.c.call_ref, upload.c.ticket == tickets.c.id)
    first = select(upload.c.id).join(theirs, of_call)
    return select(first.union(select(upload.c.id).join(tickets, of_ticket)).subquery().c.id)
