"""Attachments that have arrived: looked through, told to their ticket, and given to who may have them."""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final

from sqlalchemy import select, update
from starlette.concurrency import run_in_threadpool

from agent_model.attachment import AttachmentState
from agent_model.body import from_body
from agent_model.desk_policy import SITE, DeskPolicy
from agent_model.moment import to_text
from agent_model.scope import Scope
from agent_server.accounts import Caller
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
from agent_server.tables import upload

log = logging.getLogger("agent_server.attachments")

KIND: Final = "attachment"


@dataclass(frozen=True, slots=True)
class Given:
    """A file for who asked: its bytes, name and media type, and what stands in the audit trail."""

    content: bytes
    name: str
    media_type: str


class Attachments:
    """Looks every `every_s` seconds, and when it is told, for files that arrived and whose ticket is not told.

    Any number of processes may do so: the ticket is held while it is written, and told the same by each.
    """

    def __init__(
        self,
        database: Database,
        store: FileStore,
        handover: Handover,
        scanner: Scanner | None,
        every_s: float,
        moved: Callable[[Mapping[Scope, int]], None],
        now: Callable[[], datetime],
    ) -> None:
        self._database = database
        self._store = store
        self._handover = handover
        self._scanner = scanner
        self._moved = moved
        self._now = now
        self.rounds = Rounds(self.run, every_s, log, "attachments were not looked at")

    async def run(self) -> int:
        """How many tickets were told of a file."""
        told = 0
        query = (
            select(upload)
            .where(upload.c.kind == KIND, upload.c.finished_at.is_not(None), upload.c.scan.is_(None))
            .order_by(upload.c.finished_at)
        )
        async with self._database.reading() as connection:
            arrived = list(await connection.execute(query))
        for row in arrived:
            told += await self._settle(row)
        return told

    async def open(self, caller: Caller, ticket_id: str, attachment_id: str) -> Given:
        """For who may see the ticket, once nothing speaks against the file.

        Raises RequestRefused: not_found, attachment_waits, attachment_infected, attachment_lost.
        """
        async with self._database.reading() as connection:
            row = (await fetch(connection, "ticket", [ticket_id])).get(ticket_id)
            policies = await fetch(connection, "desk_policy", [SITE])
            told = row.body["attachments"] if row is not None and row.scopes & caller.scopes else []
            entry = next((one for one in told if one["id"] == attachment_id), None)
            if entry is None:
                raise RequestRefused(404, "not_found")
            policy = policies.get(SITE)
            rule = (DeskPolicy() if policy is None else from_body(DeskPolicy, SITE, 1, policy.body)).attachments
            match AttachmentState(entry["state"]):
                case AttachmentState.INFECTED:
                    raise RequestRefused(409, "attachment_infected")
                case AttachmentState.COMING | AttachmentState.SCANNING:
                    raise RequestRefused(409, "attachment_waits")
                case AttachmentState.NOT_SCANNED if not rule.opens_unscanned:
                    raise RequestRefused(409, "attachment_waits")
            found = (await connection.execute(select(upload).where(*_file_of(entry, ticket_id)))).first()
        if found is None:
            raise RequestRefused(410, "attachment_lost")
        try:
            plain = await self._content(found)
        except (OSError, NotSealed, RequestRefused) as error:
            log.warning("attachment %s cannot be read: %s", attachment_id, type(error).__name__)
            raise RequestRefused(410, "attachment_lost") from error
        return Given(plain, entry["name"], entry["media_type"])

    async def _settle(self, row: Any) -> int:
        """Its ticket is told what the file is; left for later while the ticket does not know of it."""
        if not row.ticket or row.key is None:
            await self._tell(row, None, AttachmentState.NOT_SCANNED, "")  # it belongs to nothing
            return 0
        async with self._database.reading() as connection:
            found = (await fetch(connection, "ticket", [row.ticket])).get(row.ticket)
        if found is None or not any(_is_it(one, row) for one in found.body["attachments"]):
            return 0
        state, virus = AttachmentState.NOT_SCANNED, ""
        if self._scanner is not None:
            try:
                finding = await self._scanner.scan(await self._content(row))
            except ScanFailed as error:
                log.info("the scanner does not answer: %s", error)
                await self._tell(row, row.ticket, AttachmentState.SCANNING, "", is_settled=False)
                return 0
            except (NotSealed, RequestRefused) as error:
                log.warning("attachment of upload %s cannot be opened: %s", row.id, type(error).__name__)
                finding = None
            virus = "unreadable" if finding is None else finding.virus
            state = AttachmentState.INFECTED if virus else AttachmentState.CLEAN
        await self._tell(row, row.ticket, state, virus)
        return 1

    async def _tell(
        self, row: Any, ticket_id: str | None, state: AttachmentState, virus: str, *, is_settled: bool = True
    ) -> None:
        async with self._database.writing() as connection:
            changes = Changeset(self._database, connection, Signature(THE_SERVER, self._now()))
            if ticket_id is not None:
                await changes.load("ticket", [ticket_id])
                ticket = changes.get("ticket", ticket_id)
                if ticket is not None:
                    fresh = {"state": state.value, "found": virus or None}
                    files = [{**one, **fresh} if _is_it(one, row) else one for one in ticket.body["attachments"]]
                    if files != ticket.body["attachments"]:
                        body = {**ticket.body, "attachments": files, "updated_at": to_text(self._now())}
                        changes.put(replace(ticket, version=ticket.version + 1, body=body))
            heads = await changes.write()
            if is_settled:
                await connection.execute(update(upload).where(upload.c.id == row.id).values(scan=state.value))
        self._moved(heads)

    async def _content(self, row: Any) -> bytes:
        """Raises OSError, NotSealed, RequestRefused."""
        key = self._handover.key_of_file(bytes.fromhex(row.key), row.agent_id, row.device_id, row.sha256)
        return await run_in_threadpool(content, self._store.whole(row.id), key)


def _is_it(entry: Mapping[str, Any], row: Any) -> bool:
    """Whether this is the file: nobody else's can be put in its place."""
    return bool(entry["file"] == row.sha256 and entry["added_by"] == row.agent_id)


def _file_of(entry: Mapping[str, Any], ticket_id: str) -> tuple[Any, ...]:
    return (
        upload.c.kind == KIND,
        upload.c.ticket == ticket_id,
        upload.c.sha256 == entry["file"],
        upload.c.agent_id == entry["added_by"],
        upload.c.finished_at.is_not(None),
    )
