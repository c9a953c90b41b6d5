"""How long the server remembers the order of changes and the commands it answered, and letting go of the rest."""

import logging
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import delete, func, select, update

from agent_model.moment import to_text
from agent_server import article_files, import_leavings
from agent_server.database import Database
from agent_server.privacy.limits import Limits
from agent_server.rounds import Rounds
from agent_server.settings import Settings
from agent_server.tables import (
    conflict,
    feed,
    floor_message,
    floor_message_reader,
    merge_record,
    op_log,
    scope_head,
    scope_mark,
    search_batch,
    search_record,
)
from agent_server.uploads import Uploads

log = logging.getLogger("agent_server.retention")

AT_ONCE: Final = 1000
"""Rows let go in one transaction, so that no writer waits long."""
FIRST_AFTER_S: Final = 600.0
SEARCHES_KEPT: Final = timedelta(days=90)
"""What people searched for says how they work."""
MESSAGES_KEPT: Final = timedelta(days=30)
"""Messages of leads, with who has read them, after their time was over."""
IMPORTS_KEPT: Final = timedelta(days=1)
"""Tables that were not imported in the end, and files of bad rows: they are full of people."""


class Retention:
    """Entries of the feed older than `feed_whole` are reduced to the newest of each row; those older than `feed_kept`
    go, and with them the cursors that would need them (410). Commands are known for `ops_kept`, uploads that nobody
    goes on with for `unfinished_kept`, files of articles that nothing names for `article_files.UNNAMED_KEPT`;
    recordings and contacts stay as long as the site says (`privacy.limits`), records of searches for `SEARCHES_KEPT`,
    what a merge of customers is undone by until it can be undone no more.

    An entry's age is known by the marks that each run leaves. Runs of several processes at once do no harm.
    """

    def __init__(self, database: Database, settings: Settings, now: Callable[[], datetime]) -> None:
        self._database = database
        self._settings = settings
        self._now = now
        self._uploads = Uploads(database, settings, now)
        self._limits = Limits(database, self._uploads.store)
        every_s, missed = settings.retention_every / timedelta(seconds=1), "not everything old could be let go"
        self.rounds = Rounds(self.run, every_s, log, missed, first_after_s=FIRST_AFTER_S)

    async def run(self) -> None:
        """Once through everything."""
        now = self._now()
        await self._mark(to_text(now))
        whole_from, kept_from = now - self._settings.feed_whole, now - self._settings.feed_kept
        for scope, compacted in await self._heads_at(whole_from, scope_head.c.compacted):
            await self._compact(scope, compacted)
        for scope, floor in await self._heads_at(kept_from, scope_head.c.floor):
            await self._let_go(scope, floor)
        await self._forget_marks(to_text(kept_from))
        oldest = to_text(now - self._settings.ops_kept)
        await self._delete_old(op_log.c.op_id, op_log.c.received_at < oldest)
        await self._delete_old(conflict.c.id, conflict.c.resolved_at < oldest)
        await self._delete_old(merge_record.c.id, merge_record.c.undo_until < to_text(now))
        await self._forget_searches(to_text(now - SEARCHES_KEPT))
        await self._forget_messages(to_text(now - MESSAGES_KEPT))
        await self._uploads.let_go()
        await import_leavings.let_go(self._database, self._settings.home, now, IMPORTS_KEPT)
        await article_files.let_go(self._database, self._settings.home, now)
        await self._limits.run(now)

    async def _mark(self, at: str) -> None:
        marked = select(scope_mark.c.scope, func.max(scope_mark.c.head).label("head")).group_by(scope_mark.c.scope)
        last = marked.subquery()
        moved = (
            select(scope_head.c.scope, scope_head.c.head)
            .outerjoin(last, last.c.scope == scope_head.c.scope)
            .where((last.c.head.is_(None)) | (last.c.head < scope_head.c.head))
        )
        async with self._database.reading() as connection:
            lines = [{"scope": row.scope, "at": at, "head": row.head} for row in await connection.execute(moved)]
        for start in range(0, len(lines), AT_ONCE):
            async with self._database.writing() as connection:
                marks = self._database.insert_new(scope_mark, ("scope", "at"))
                await connection.execute(marks, lines[start : start + AT_ONCE])

    async def _heads_at(self, moment: datetime, bound: Any) -> Sequence[tuple[str, int]]:
        """Scopes whose `bound` is behind where they had come at a moment, and where that was."""
        reached = func.max(scope_mark.c.head)
        query = (
            select(scope_mark.c.scope, reached)
            .join(scope_head, scope_head.c.scope == scope_mark.c.scope)
            .where(scope_mark.c.at <= to_text(moment))
            .group_by(scope_mark.c.scope, bound)
            .having(reached > bound)
        )
        async with self._database.reading() as connection:
            return [(scope, int(head)) for scope, head in await connection.execute(query)]

    async def _compact(self, scope: str, upto: int) -> None:
        """The bound is published before the first entry goes: nobody takes what is missing for a fault."""
        await self._publish(scope, compacted=upto)
        order = func.row_number().over(partition_by=(feed.c.entity, feed.c.row_id), order_by=feed.c.seq.desc())
        ranked = select(feed.c.seq, order.label("rank")).where(feed.c.scope == scope, feed.c.seq <= upto).subquery()
        query = select(ranked.c.seq).where(ranked.c.rank > 1).order_by(ranked.c.seq)
        async with self._database.reading() as connection:
            stale = (await connection.scalars(query)).all()
        for start in range(0, len(stale), AT_ONCE):
            some = stale[start : start + AT_ONCE]
            async with self._database.writing() as connection:
                await connection.execute(delete(feed).where(feed.c.scope == scope, feed.c.seq.in_(some)))

    async def _let_go(self, scope: str, upto: int) -> None:
        await self._publish(scope, floor=upto)
        old = feed.c.scope == scope, feed.c.seq <= upto
        while True:
            async with self._database.writing() as connection:
                some = (await connection.scalars(select(feed.c.seq).where(*old).limit(AT_ONCE))).all()
                if not some:
                    return
                await connection.execute(delete(feed).where(feed.c.scope == scope, feed.c.seq.in_(some)))

    async def _publish(self, scope: str, **bounds: int) -> None:
        async with self._database.writing() as connection:
            await connection.execute(update(scope_head).where(scope_head.c.scope == scope).values(**bounds))

    async def _forget_marks(self, kept_from: str) -> None:
        """Of the marks that are too old to be asked for, the newest of each scope is kept."""
        newest = (
            select(scope_mark.c.scope, func.max(scope_mark.c.at).label("at"))
            .where(scope_mark.c.at <= kept_from)
            .group_by(scope_mark.c.scope)
        )
        async with self._database.writing() as connection:
            for row in (await connection.execute(newest)).all():
                stale = scope_mark.c.scope == row.scope, scope_mark.c.at < row.at
                await connection.execute(delete(scope_mark).where(*stale))

    async def _forget_searches(self, before: str) -> None:
        await self._delete_old(search_batch.c.id, search_batch.c.at < before)
        record = search_record.c
        while True:
            async with self._database.writing() as connection:
                old = select(record.batch).where(record.at < before).limit(AT_ONCE)
                some = set((await connection.scalars(old)).all())
                if not some:
                    return
                await connection.execute(delete(search_record).where(record.batch.in_(some), record.at < before))

    async def _forget_messages(self, before: str) -> None:
        old = select(floor_message.c.id).where(floor_message.c.until < before)
        async with self._database.writing() as connection:
            await connection.execute(delete(floor_message_reader).where(floor_message_reader.c.message.in_(old)))
        await self._delete_old(floor_message.c.id, floor_message.c.until < before)

    async def _delete_old(self, key: Any, condition: Any) -> None:
        while True:
            async with self._database.writing() as connection:
                some = (await connection.scalars(select(key).where(condition).limit(AT_ONCE))).all()
                if not some:
                    return
                await connection.execute(delete(key.table).where(key.in_(some)))
