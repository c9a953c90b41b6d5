"""Marks and notes at places of recordings, among those who judge calls and may hear this one."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from agent_model.agent import Role
from agent_model.moment import from_text, to_text
from agent_model.recording_mark import MOST_MARKS, RecordingMark
from agent_server.accounts import Caller
from agent_server.administration import Actor
from agent_server.audit import AuditTrail, Deed
from agent_server.database import Database
from agent_server.live import Hub
from agent_server.notices import Broker, Notice
from agent_server.recordings import Recordings
from agent_server.refusals import RequestRefused
from agent_server.rights import MAY_MARK_RECORDINGS
from agent_server.tables import recording_mark

_CHANGES: Final = "recording marks"


def marks_topics(role: Role) -> frozenset[str]:
    """What a person's connection listens to: which call has other marks, never what they are."""
    return frozenset({_CHANGES}) if role in MAY_MARK_RECORDINGS else frozenset()


@dataclass(frozen=True, slots=True)
class Place:
    """`recording` is the SHA-256 of its sealed bytes."""

    recording: str
    at_ms: int


class RecordingMarks:
    """The audit trail says who set, changed and took away which mark, and who read those of a call; never what a note
    says, which goes with the recording. Raises RequestRefused everywhere: not_allowed, and as `Recordings.of`."""

    def __init__(
        self,
        database: Database,
        recordings: Recordings,
        audit: AuditTrail,
        hub: Hub,
        broker: Broker,
        now: Callable[[], datetime],
    ) -> None:
        self._database, self._recordings, self._audit, self._now = database, recordings, audit, now
        self._hub, self._broker = hub, broker

    def heard(self, notice: Notice) -> None:
        """Who judges calls is told, to ask for the marks if they look at that call."""
        told = {"type": "marks", "contact": notice["contact"]}
        self._hub.tell((_CHANGES,), "marks", notice["contact"], told)

    def missed(self) -> None:
        """Those of any call may be others."""
        self.heard({"contact": ""})

    async def of(self, actor: Actor, caller: Caller, contact_id: str) -> list[RecordingMark]:
        """Everybody's, by recording and place."""
        async with self._database.reading() as connection:
            order = await self._heard(connection, caller, contact_id)
            mark = recording_mark.c
            query = select(recording_mark).where(mark.recording.in_(order)).order_by(mark.at_ms, mark.made_at, mark.id)
            rows = sorted(await connection.execute(query), key=lambda row: list(order).index(row.recording))
        if rows:
            await self._audit.note(actor.act(Deed.RECORDING_MARKS_READ, contact_id, str(len(rows))))
        return [
            RecordingMark(row.id, order[row.recording], row.at_ms, row.note, row.by, from_text(row.made_at))
            for row in rows
        ]

    async def put(
        self, actor: Actor, caller: Caller, contact_id: str, mark_id: str, place: Place, note: str
    ) -> RecordingMark:
        """Sets a mark, or changes the note of an own one; sent again it changes nothing. Raises RequestRefused:
        too_many_marks, besides."""
        async with self._database.writing() as connection:
            known = {sha256: upload for upload, sha256 in (await self._heard(connection, caller, contact_id)).items()}
            recording = known.get(place.recording)
            if recording is None:
                raise RequestRefused(404, "not_found")
            before = await self._own(connection, caller, mark_id)
            if before is None:
                await _require_room(connection, recording)
                said = {"id": mark_id, "recording": recording, "at_ms": place.at_ms, "note": note}
                told = {**said, "by": caller.person.id, "made_at": to_text(self._now())}
                made = await connection.execute(self._database.insert_new(recording_mark, ("id",)), [told])
                deed = Deed.RECORDING_MARKED if made.rowcount else None
                before = await self._own(connection, caller, mark_id)
            else:
                these = recording_mark.c.id == mark_id
                deed = Deed.RECORDING_MARK_CHANGED if before.note != note else None
                await connection.execute(update(recording_mark).where(these).values(note=note))
            if before is None or before.recording != recording:
                raise RequestRefused(404, "not_found")
            if deed is not None:
                await self._audit.append(connection, actor.act(deed, contact_id, _second(before.at_ms), mark_id))
        if deed is not None:
            self._tell(contact_id)
        return RecordingMark(mark_id, place.recording, before.at_ms, note, caller.person.id, from_text(before.made_at))

    async def drop(self, actor: Actor, caller: Caller, contact_id: str, mark_id: str) -> None:
        """Takes an own mark away; one that is not there is gone already."""
        async with self._database.writing() as connection:
            known = await self._heard(connection, caller, contact_id)
            mark = await self._own(connection, caller, mark_id)
            if mark is None or mark.recording not in known:
                return
            await connection.execute(delete(recording_mark).where(recording_mark.c.id == mark_id))
            line = actor.act(Deed.RECORDING_MARK_REMOVED, contact_id, _second(mark.at_ms), mark_id)
            await self._audit.append(connection, line)
        self._tell(contact_id)

    def _tell(self, contact_id: str) -> None:
        self._broker.publish({"kind": "marks", "contact": contact_id})

    async def _heard(self, connection: AsyncConnection, caller: Caller, contact_id: str) -> Mapping[str, str]:
        """The SHA-256 of each recording of the call by the id of its file, the earliest first."""
        if caller.person.role not in MAY_MARK_RECORDINGS:
            raise RequestRefused(403, "not_allowed")
        return {row.id: row.sha256 for row in await self._recordings.uploads(connection, caller, contact_id)}

    async def _own(self, connection: AsyncConnection, caller: Caller, mark_id: str) -> Any:
        query = select(recording_mark).where(recording_mark.c.id == mark_id)
        row = (await connection.execute(query)).one_or_none()
        if row is not None and row.by != caller.person.id:
            raise RequestRefused(403, "not_allowed")
        return row


async def _require_room(connection: AsyncConnection, recording: str) -> None:
    count = select(func.count()).select_from(recording_mark).where(recording_mark.c.recording == recording)
    if int(await connection.scalar(count) or 0) >= MOST_MARKS:
        raise RequestRefused(409, "too_many_marks", most=MOST_MARKS)


def _second(at_ms: int) -> str:
    return f"{at_ms // 1000} s"
