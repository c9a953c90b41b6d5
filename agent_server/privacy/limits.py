"""What goes by itself when it is too old, by the site's own data (`duties`): recordings and entries of the timeline, of
which nothing of a customer under a legal hold goes; and what is kept of the agents' own work with knowledge."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import Select, delete, func, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from agent_model.announcement import AnnouncementState
from agent_model.assignment import AssignmentState
from agent_model.moment import to_text
from agent_model.scope import Scope
from agent_server.changeset import Changeset
from agent_server.database import Database
from agent_server.file_store import FileStore
from agent_server.privacy.duties import Limited, read_duties
from agent_server.row_changes import THE_SERVER, Signature
from agent_server.tables import (
    announcement,
    announcement_receipt,
    article_feedback,
    assignment,
    contact,
    customer,
    gap_decision,
    quiz_draw,
    quiz_paper,
    ticket,
    upload,
)

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
            while count := await self._step(limit.what, oldest, now):
                gone[limit.what] += count
        return gone

    async def _step(self, what: Limited, oldest: str, now: datetime) -> int:
        if what is Limited.RECORDING:
            return await self._recordings(oldest, now)
        if what is Limited.CONTACT:
            return await self._contacts(oldest, now)
        return await self._told_of_work(what, oldest, now)

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

    async def _told_of_work(self, what: Limited, oldest: str, now: datetime) -> int:
        async with self._database.writing() as connection:
            old = await _OLD_WORK[what](connection, oldest)
            changes = Changeset(self._database, connection, Signature(THE_SERVER, now))
            gone = 0
            for entity, ids in old.items():
                await changes.load(entity, ids)
                for row_id in ids:
                    if changes.get(entity, row_id) is not None:
                        changes.delete(entity, row_id)
                        gone += 1
            if gone:
                await changes.write()
            await connection.execute(delete(quiz_draw).where(quiz_draw.c.id.in_(old.get("quiz_paper", ()))))
        return gone


async def _old_feedback(connection: AsyncConnection, oldest: str) -> dict[str, list[str]]:
    """What agents told of articles and what editors decided, also what was never answered."""
    return {
        table.name: list((await connection.scalars(select(table.c.id).where(table.c.at < oldest).limit(AT_ONCE))).all())
        for table in (article_feedback, gap_decision)
    }


async def _old_receipts(connection: AsyncConnection, oldest: str) -> dict[str, list[str]]:
    """Of announcements that nobody has to read any more: without its receipt an older one would be asked for again."""
    withdrawn = announcement.c.state == AnnouncementState.WITHDRAWN.value
    is_over = or_(withdrawn, announcement.c.valid_to < oldest)
    over = select(announcement.c.id).where(is_over)
    receipt = announcement_receipt.c
    old = select(receipt.id).where(receipt.read_at < oldest, receipt.announcement.in_(over)).limit(AT_ONCE)
    return {"announcement_receipt": list((await connection.scalars(old)).all())}


async def _old_training(connection: AsyncConnection, oldest: str) -> dict[str, list[str]]:
    """Assignments that are not open, with their papers, what was answered and what came of it."""
    is_old = (assignment.c.state != AssignmentState.OPEN.value) & (assignment.c.due_at < oldest)
    ids = list((await connection.scalars(select(assignment.c.id).where(is_old).limit(AT_ONCE))).all())
    papers = select(quiz_paper.c.id).where(quiz_paper.c.assignment.in_(ids))
    of_papers = list((await connection.scalars(papers)).all())
    return {"quiz_result": of_papers, "attempt": of_papers, "quiz_paper": of_papers, "assignment": ids}


_OLD_WORK: Final[Mapping[Limited, Callable[[AsyncConnection, str], Awaitable[dict[str, list[str]]]]]] = {
    Limited.FEEDBACK: _old_feedback,
    Limited.RECEIPT: _old_receipts,
    Limited.TRAINING: _old_training,
}


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
