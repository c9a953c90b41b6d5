"""Files on their way from a device, piece by piece, and those that are here whole (tus 1.0; docs/api.md).

A piece counts from the moment the database says so, after it is on the disk: what is told as received is there,
whatever ends the server. Of two pieces for the same place the database takes one.
"""

import secrets
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import and_, delete, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from agent_model.moment import from_text, to_text
from agent_server.accounts import Caller
from agent_server.database import Database
from agent_server.file_store import Checksum, FileStore
from agent_server.import_leavings import TABLE
from agent_server.privacy.tombstones import CALL, erased_among
from agent_server.refusals import RequestRefused
from agent_server.settings import Settings
from agent_server.tables import agent, upload, upload_piece

ARTICLE_FILE: Final = "article_file"
"""A file that articles show, which belongs to none of them yet."""
KINDS: Final = ("recording", "attachment", ARTICLE_FILE, TABLE)
LITTER_AGE: Final = timedelta(days=1)
"""How long a piece that the database does not name is left alone: it may be coming in just now."""


@dataclass(frozen=True, slots=True)
class Wish:
    """A file that is to come: `length` in bytes, its hash, what opens it (sealed, hex), and what it belongs to."""

    sha256: str
    kind: str
    length: int
    key: str | None = None
    call_ref: str | None = None
    contact: str | None = None
    ticket: str | None = None
    began_at: str | None = None


BELONGINGS: Final = ("call_ref", "contact", "ticket")


@dataclass(frozen=True, slots=True)
class Upload:
    """`received` bytes of `length` are on the disk."""

    id: str
    wish: Wish
    received: int
    expires_at: datetime
    is_finished: bool


class Uploads:
    """Each belongs to an agent on a device; nobody else learns that it is there."""

    def __init__(self, database: Database, settings: Settings, now: Callable[[], datetime]) -> None:
        self._database = database
        self._settings = settings
        self._now = now
        self.store = FileStore(settings.home)

    async def begin(self, caller: Caller, wish: Wish) -> tuple[Upload, bool]:
        """The upload of this file, and whether it is a new one. One that is there takes up what the file belongs to, as
        far as it did not know; an expired one begins anew.

        Raises RequestRefused: too_large, too_many_uploads, bad_request, erased (whom it is of, so it is not wanted).
        """
        if wish.length > self._settings.largest_file:
            raise RequestRefused(413, "too_large", most=self._settings.largest_file)
        await self._require_wanted(caller, wish)
        now = self._now()
        fresh = {"received": 0, "expires_at": self._expiry(now), "created_at": to_text(now), "finished_at": None}
        theirs = upload.c.agent_id == caller.person.id, upload.c.device_id == caller.device_id
        async with self._database.writing() as connection:
            # one creation at a time for each agent, or they would not be counted rightly
            await connection.execute(select(agent.c.id).where(agent.c.id == caller.person.id).with_for_update())
            row = (await connection.execute(select(upload).where(*theirs, upload.c.sha256 == wish.sha256))).first()
            if row is not None and row.length != wish.length:
                raise RequestRefused(422, "bad_request", field="Upload-Length")
            is_new = row is None or self._is_gone(row, now)
            if is_new:
                await self._require_room(connection, caller, now)
            if row is None:
                known = {"id": secrets.token_hex(16), "agent_id": caller.person.id, "device_id": caller.device_id}
                values: dict[str, Any] = {**known, **_columns(wish), **fresh}
                await connection.execute(insert(upload).values(**values))
                return Upload(values["id"], wish, 0, from_text(values["expires_at"]), is_finished=False), True
            learned = {name: getattr(wish, name) for name in BELONGINGS if getattr(row, name) is None}
            if is_new:
                await connection.execute(delete(upload_piece).where(upload_piece.c.upload_id == row.id))
            if is_new or any(learned.values()):
                values = {**learned, **(fresh if is_new else {})}
                await connection.execute(update(upload).where(upload.c.id == row.id).values(**values))
            found = (await connection.execute(select(upload).where(upload.c.id == row.id))).one()
            return _upload(found), is_new

    async def find(self, caller: Caller, upload_id: str) -> Upload:
        """Raises RequestRefused: not_found, upload_expired."""
        query = select(upload).where(
            upload.c.id == upload_id, upload.c.agent_id == caller.person.id, upload.c.device_id == caller.device_id
        )
        async with self._database.reading() as connection:
            row = (await connection.execute(query)).first()
        if row is None:
            raise RequestRefused(404, "not_found")
        if row.finished_at is None and row.expires_at <= to_text(self._now()):
            raise RequestRefused(410, "upload_expired")
        return _upload(row)

    async def receive(
        self, caller: Caller, upload_id: str, offset: int, body: AsyncIterator[bytes], declared: Checksum | None
    ) -> Upload:
        """Takes the piece that begins at `offset`; the one that ends the file is taken only if the file is then what it
        was said to be.

        Raises RequestRefused: not_found, upload_expired, wrong_offset, too_large, checksum_mismatch, file_differs (then
        it is to be sent again from its beginning), no_room, try_again.
        """
        found = await self.find(caller, upload_id)
        if found.received != offset:
            raise _wrong_offset(found)
        most = min(self._settings.largest_piece, found.wish.length - offset)
        name = f"{offset:015}-{secrets.token_hex(8)}"
        size = await self.store.take_in(upload_id, name, body, most, declared)
        if not size:
            return found
        is_last = offset + size == found.wish.length
        names = [*await self._names(upload_id), name] if is_last else []
        is_whole = is_last and await self.store.make_whole(upload_id, names, found.wish.sha256)
        is_taken = await self._take(found, size, name, is_last=is_last, is_whole=is_whole)
        if not is_taken:
            self.store.drop_pieces(upload_id, [name])
            try:
                raise _wrong_offset(await self.find(caller, upload_id))
            except RequestRefused as refused:
                if refused.code == "not_found":  # erased meanwhile, perhaps after the whole was put together
                    self.store.drop(upload_id)
                raise
        if is_last:
            self.store.drop_pieces(upload_id, names)
        if is_last and not is_whole:
            raise RequestRefused(460, "file_differs")
        return await self.find(caller, upload_id)

    async def let_go(self) -> None:
        """Of uploads that nobody went on with: first their bytes, and as much later that they were ever there."""
        now = self._now()
        stale = upload.c.finished_at.is_(None), upload.c.expires_at <= to_text(now)
        async with self._database.reading() as connection:
            expired = (await connection.scalars(select(upload.c.id).where(*stale))).all()
        for upload_id in expired:
            async with self._database.writing() as connection:
                again = await connection.execute(
                    update(upload).where(upload.c.id == upload_id, *stale).values(received=0)
                )
                if again.rowcount:
                    await connection.execute(delete(upload_piece).where(upload_piece.c.upload_id == upload_id))
        forgotten = upload.c.expires_at <= to_text(now - self._settings.unfinished_kept)
        async with self._database.writing() as connection:
            await connection.execute(delete(upload).where(upload.c.finished_at.is_(None), forgotten))
        for upload_id in self.store.begun():
            self.store.tidy(upload_id, await self._names(upload_id), LITTER_AGE / timedelta(seconds=1))

    async def _take(self, found: Upload, size: int, name: str, *, is_last: bool, is_whole: bool) -> bool:
        """Lets the piece count, unless another one does that came to the same place."""
        now = self._now()
        offset = found.received
        values: dict[str, Any] = {"received": offset + size, "expires_at": self._expiry(now)}
        if is_last:
            values |= {"finished_at": to_text(now)} if is_whole else {"received": 0}
        as_it_was = and_(
            upload.c.id == found.id,
            upload.c.received == offset,
            upload.c.finished_at.is_(None),
            upload.c.expires_at > to_text(now),
        )
        async with self._database.writing() as connection:
            if not (await connection.execute(update(upload).where(as_it_was).values(**values))).rowcount:
                return False
            if is_last:
                await connection.execute(delete(upload_piece).where(upload_piece.c.upload_id == found.id))
            else:
                line = {"upload_id": found.id, "start": offset, "name": name}
                await connection.execute(insert(upload_piece).values(**line))
        return True

    async def _names(self, upload_id: str) -> list[str]:
        query = select(upload_piece.c.name).where(upload_piece.c.upload_id == upload_id).order_by(upload_piece.c.start)
        async with self._database.reading() as connection:
            return list((await connection.scalars(query)).all())

    async def _require_wanted(self, caller: Caller, wish: Wish) -> None:
        """Not a file of somebody who was erased; what had begun to come in goes."""
        belongs = (("contact", wish.contact), ("ticket", wish.ticket), (CALL, wish.call_ref))
        async with self._database.reading() as connection:
            named = {(noun, id_) for noun, id_ in belongs if id_ is not None}
            if not await erased_among(connection, named):
                return
        same = upload.c.agent_id == caller.person.id, upload.c.device_id == caller.device_id
        async with self._database.writing() as connection:
            these = *same, upload.c.sha256 == wish.sha256
            gone = (await connection.scalars(delete(upload).where(*these).returning(upload.c.id))).all()
        for upload_id in gone:
            self.store.drop(upload_id)
        raise RequestRefused(410, "erased")

    async def _require_room(self, connection: AsyncConnection, caller: Caller, now: datetime) -> None:
        under_way = and_(
            upload.c.agent_id == caller.person.id, upload.c.finished_at.is_(None), upload.c.expires_at > to_text(now)
        )
        count = await connection.scalar(select(func.count()).select_from(upload).where(under_way))
        if int(count or 0) >= self._settings.unfinished_uploads:
            raise RequestRefused(429, "too_many_uploads", retry_after_s=600)

    def _is_gone(self, row: Any, now: datetime) -> bool:
        """It expired, or the file is not where it was: the folder was lost, and the database is older or newer."""
        if row.finished_at is None:
            return bool(row.expires_at <= to_text(now))
        return not self.store.whole(row.id).exists()

    def _expiry(self, now: datetime) -> str:
        return to_text(now + self._settings.unfinished_kept)


def _columns(wish: Wish) -> dict[str, Any]:
    return {name: getattr(wish, name) for name in Wish.__dataclass_fields__}


def _upload(row: Any) -> Upload:
    wish = Wish(**{name: getattr(row, name) for name in Wish.__dataclass_fields__})
    return Upload(row.id, wish, int(row.received), from_text(row.expires_at), row.finished_at is not None)


def _wrong_offset(found: Upload) -> RequestRefused:
    return RequestRefused(409, "wrong_offset", offset=found.received)
