"""Recordings of calls that have arrived: who may hear them, what opens them, and their bytes, sealed as they lie."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from sqlalchemy import and_, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from agent_model.body import from_body
from agent_model.desk_policy import SITE, DeskPolicy
from agent_server.accounts import Caller
from agent_server.database import Database
from agent_server.file_store import FileStore
from agent_server.handover import Handover
from agent_server.judging.hearing import may_hear
from agent_server.refusals import RequestRefused
from agent_server.rows import Stored, fetch
from agent_server.tables import upload
from agent_server.training.scenarios import is_asked_about

KIND: Final = "recording"


@dataclass(frozen=True, slots=True)
class Held:
    """A recording of a call. `key` is None while not all of its `length` bytes are here, and where it opens nothing."""

    id: str
    sha256: str
    length: int
    received: int
    began_at: str | None
    is_here: bool
    key: str | None

    def to_plain(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in self.__dataclass_fields__}


class Recordings:
    """A recording is of the call of a line of the timeline, if whose line it is has sent it."""

    def __init__(self, database: Database, store: FileStore, handover: Handover) -> None:
        self._database, self._store, self._handover = database, store, handover

    async def of(self, caller: Caller, contact_id: str) -> list[Held]:
        """The earliest first. Raises RequestRefused: not_found (no such call, for who asks), recording_not_allowed."""
        async with self._database.reading() as connection:
            contact = await self._require_right(connection, caller, contact_id)
            found = await _uploads(connection, contact)
        return [self._held(row) for row in found]

    async def uploads(self, connection: AsyncConnection, caller: Caller, contact_id: str) -> Sequence[Any]:
        """As `of`, for who may hear the call by the site's rule, not for a question they are asked."""
        return await _uploads(connection, await self._require_rule(connection, caller, contact_id))

    async def file(self, caller: Caller, contact_id: str, recording_id: str) -> Path:
        """Where it lies. Raises RequestRefused as `of`, and recording_lost."""
        async with self._database.reading() as connection:
            contact = await self._require_right(connection, caller, contact_id)
            query = select(upload.c.id, upload.c.finished_at).where(_is_of(contact), upload.c.id == recording_id)
            row = (await connection.execute(query)).first()
        if row is None or row.finished_at is None:
            raise RequestRefused(404, "not_found")
        path = self._store.whole(row.id)
        if not path.is_file():
            raise RequestRefused(410, "recording_lost")
        return path

    def _held(self, row: Any) -> Held:
        is_here = row.finished_at is not None and self._store.whole(row.id).is_file()
        key = self._handover.opened(row) if is_here else None
        return Held(row.id, row.sha256, row.length, row.received, row.began_at, is_here, key)

    async def _require_right(self, connection: AsyncConnection, caller: Caller, contact_id: str) -> Stored:
        row = (await fetch(connection, "contact", [contact_id])).get(contact_id)
        if row is not None and await is_asked_about(connection, caller.person.id, contact_id):
            return row
        return await self._require_rule(connection, caller, contact_id)

    async def _require_rule(self, connection: AsyncConnection, caller: Caller, contact_id: str) -> Stored:
        row = (await fetch(connection, "contact", [contact_id])).get(contact_id)
        if row is None or not row.scopes & caller.scopes:
            raise RequestRefused(404, "not_found")
        policy = (await fetch(connection, "desk_policy", [SITE])).get(SITE)
        rule = DeskPolicy() if policy is None else from_body(DeskPolicy, SITE, 1, policy.body)
        whose = (await fetch(connection, "agent", [row.body["agent"] or ""])).get(row.body["agent"])
        if not may_hear(rule, caller.person, whose):
            raise RequestRefused(403, "recording_not_allowed")
        return row


async def _uploads(connection: AsyncConnection, contact: Stored) -> Sequence[Any]:
    query = select(upload).where(_is_of(contact)).order_by(upload.c.began_at, upload.c.created_at)
    return (await connection.execute(query)).all()


def _is_of(contact: Stored) -> Any:
    """Of this call, sent by whose line it is: nobody else's can take its place."""
    call_ref = contact.body["call_ref"]
    by_call = and_(upload.c.contact.is_(None), upload.c.call_ref == call_ref) if call_ref is not None else None
    by_contact = upload.c.contact == contact.id
    whose = upload.c.agent_id == contact.body["agent"]
    return and_(upload.c.kind == KIND, whose, by_contact if by_call is None else or_(by_contact, by_call))
