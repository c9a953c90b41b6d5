"""Files of articles: taken in from who writes, looked through, given to who may read them, let go when nothing names
them any more (docs/knowledge.md#pictures-and-files)."""

import contextlib
import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Text, cast, delete, select
from starlette.concurrency import run_in_threadpool

from agent_model.article_file import SCHEME, ArticleFile, FileState, is_id, named_in
from agent_model.body import from_body
from agent_model.desk_policy import SITE
from agent_model.moment import to_text
from agent_model.scope import Scope
from agent_server import tables
from agent_server.accounts import Caller
from agent_server.article_file_rows import put, rule_of, take_in
from agent_server.article_store import ArticleStore, FileLost, drop
from agent_server.changeset import Changeset
from agent_server.database import Database
from agent_server.file_store import FileStore
from agent_server.handover import Handover
from agent_server.refusals import RequestRefused
from agent_server.rounds import Rounds
from agent_server.row_changes import THE_SERVER, Signature
from agent_server.rows import fetch
from agent_server.scanner import ScanFailed, Scanner
from agent_server.sealed_file import NotSealed, content
from agent_server.uploads import ARTICLE_FILE

log = logging.getLogger("agent_server.article_files")

UNNAMED_KEPT: Final = timedelta(days=90)
"""How long a file stays that nothing names: its article may still lie on the workstation of who writes it."""


@dataclass(frozen=True, slots=True)
class Given:
    content: bytes
    media_type: str


class ArticleFiles:
    """Looks every `every_s` seconds, and when it is told, for files that arrived and for those that nobody has looked
    through. Any number of processes may: the row is held while it is written."""

    def __init__(
        self,
        database: Database,
        uploads: FileStore,
        store: ArticleStore,
        handover: Handover,
        scanner: Scanner | None,
        every_s: float,
        moved: Callable[[Mapping[Scope, int]], None],
        now: Callable[[], datetime],
    ) -> None:
        self._database = database
        self._uploads = uploads
        self._store = store
        self._handover = handover
        self._scanner = scanner
        self._moved = moved
        self._now = now
        self.rounds = Rounds(self.run, every_s, log, "files of articles were not looked at")

    async def run(self) -> None:
        """Once through everything."""
        table = tables.upload
        arrived = select(table).where(table.c.kind == ARTICLE_FILE, table.c.finished_at.is_not(None))
        waiting = select(tables.article_file.c.id).where(tables.article_file.c.state == FileState.SCANNING.value)
        async with self._database.reading() as connection:
            uploads = list(await connection.execute(arrived.order_by(table.c.finished_at)))
        for upload in uploads:
            await self._take_in(upload)
        async with self._database.reading() as connection:
            ids = list(await connection.scalars(waiting))
        for file_id in ids:
            await self._look_through(file_id)

    async def open(self, caller: Caller, file_id: str) -> Given:
        """For who may read an article that names it, or writes them, once nothing speaks against the file.

        Raises RequestRefused: not_found, attachment_waits, attachment_infected, attachment_lost.
        """
        if not is_id(file_id):
            raise RequestRefused(404, "not_found")
        async with self._database.reading() as connection:
            row = (await fetch(connection, "article_file", [file_id])).get(file_id)
            policy = (await fetch(connection, "desk_policy", [SITE])).get(SITE)
        if row is None or not row.scopes & caller.scopes:
            raise RequestRefused(404, "not_found")
        file = from_body(ArticleFile, row.id, row.version, row.body)
        if file.state is FileState.INFECTED:
            raise RequestRefused(409, "attachment_infected")
        if not file.is_given(opens_unscanned=rule_of(policy).opens_unscanned):
            raise RequestRefused(409, "attachment_waits")
        try:
            plain = await run_in_threadpool(self._store.content, file_id)
        except FileLost as error:
            log.warning("file %s of articles cannot be read", file_id)
            raise RequestRefused(410, "attachment_lost") from error
        return Given(plain, file.media_type)

    async def _take_in(self, upload: Any) -> None:
        """Into the store; what no article may have goes."""
        try:
            key = self._handover.key_of_file(
                bytes.fromhex(upload.key or ""), upload.agent_id, upload.device_id, upload.sha256
            )
            plain = await run_in_threadpool(content, self._uploads.whole(upload.id), key)
        except (NotSealed, RequestRefused, OSError) as error:
            log.warning("upload %s cannot be opened: %s", upload.id, type(error).__name__)
            plain = b""
        async with self._database.writing() as connection:
            changes = Changeset(self._database, connection, Signature(THE_SERVER, self._now()))
            await changes.look_at("desk_policy", [SITE])
            rule = rule_of(changes.get("desk_policy", SITE))
            if await take_in(changes, self._store, plain, rule, upload.agent_id, self._now()) is None:
                log.warning("upload %s is no file that an article may have", upload.id)
            heads = await changes.write()
            await connection.execute(delete(tables.upload).where(tables.upload.c.id == upload.id))
        self._moved(heads)
        with contextlib.suppress(OSError):  # it is litter then: the store has it
            await run_in_threadpool(self._uploads.drop, upload.id)

    async def _look_through(self, file_id: str) -> None:
        state, virus = FileState.NOT_SCANNED, ""
        if self._scanner is not None:
            try:
                plain = await run_in_threadpool(self._store.content, file_id)
                virus = (await self._scanner.scan(plain)).virus
            except ScanFailed as error:
                log.info("the scanner does not answer: %s", error)
                return
            except FileLost:
                virus = "unreadable"
            state = FileState.INFECTED if virus else FileState.CLEAN
        async with self._database.writing() as connection:
            changes = Changeset(self._database, connection, Signature(THE_SERVER, self._now()))
            await changes.load("article_file", [file_id])
            row = changes.get("article_file", file_id)
            if row is not None and row.body["state"] == FileState.SCANNING:
                put(changes, row, file_id, {**row.body, "state": state.value, "found": virus or None})
            heads = await changes.write()
        self._moved(heads)


async def let_go(database: Database, home: Path, now: datetime) -> int:
    """Of files that no article, draft or kept version names, after `UNNAMED_KEPT`; how many it was."""
    file = tables.article_file
    async with database.reading() as connection:
        old = select(file.c.id).where(file.c.added_at < to_text(now - UNNAMED_KEPT), file.c.is_live.is_(False))
        stale = set(await connection.scalars(old))
        for body in _TEXTS if stale else ():
            async for text in await connection.stream_scalars(select(body).where(body.contains(f"{SCHEME}:"))):
                stale -= named_in(text)
    if not stale:
        return 0
    async with database.writing() as connection:
        changes = Changeset(database, connection, Signature(THE_SERVER, now))
        await changes.load("article_file", stale)
        gone = [row.id for row in changes.held("article_file") if not row.body["is_live"]]
        for file_id in gone:
            changes.delete("article_file", file_id)
        await changes.write()
    for file_id in gone:
        await run_in_threadpool(drop, home, file_id)
    return len(gone)


_TEXTS: Final = (
    tables.article.c.body,
    tables.article_draft.c.body,
    cast(tables.kept_version.c.body, Text),
)
