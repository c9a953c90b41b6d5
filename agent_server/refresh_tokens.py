"""Refresh tokens: each is spent once for the next one, so that a copy shows itself.

An answer can be lost on its way. Whoever repeats the token at once, from the same device, is given another successor,
as long as the lost one was never used; the lost one is void from then on, and whoever shows it has a copy.
"""

import hashlib
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from agent_model.moment import to_text
from agent_server import tables

REPEATED_WITHIN: Final = timedelta(seconds=60)


@dataclass(frozen=True, slots=True)
class Renewed:
    """The session goes on with this token."""

    session_id: str
    agent_id: str
    device_id: str
    refresh: str


@dataclass(frozen=True, slots=True)
class Copied:
    """A spent token came again: somebody has a copy of it."""

    session_id: str
    agent_id: str
    device_id: str


def digest_of(secret: str) -> str:
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()


class RefreshTokens:
    """Works inside the caller's write transaction. Only digests are kept."""

    def __init__(self, life: timedelta, now: Callable[[], datetime]) -> None:
        self._life = life
        self._now = now

    async def issue(self, connection: AsyncConnection, session_id: str) -> str:
        refresh = secrets.token_urlsafe(32)
        line = {
            "digest": digest_of(refresh),
            "session_id": session_id,
            "expires_at": to_text(self._now() + self._life),
        }
        await connection.execute(tables.refresh_token.insert(), [line])
        return refresh

    async def spend(self, connection: AsyncConnection, refresh: str, device_id: str | None) -> Renewed | Copied | None:
        """None for a token that is unknown, too old, another device's, or of a session that has ended."""
        token, session = tables.refresh_token, tables.session
        query = (
            select(token, session.c.agent_id, session.c.device_id, session.c.ended_at, tables.account.c.is_locked)
            .join(session, session.c.id == token.c.session_id)
            .join(tables.account, tables.account.c.agent_id == session.c.agent_id)
            .where(token.c.digest == digest_of(refresh))
            .with_for_update(of=token)
        )
        found = (await connection.execute(query)).first()
        if found is None:
            return None
        if found.spent_at is not None and not await self._is_repeated(connection, found, device_id):
            return Copied(found.session_id, found.agent_id, found.device_id)
        is_over = found.ended_at is not None or found.is_locked
        is_too_old = found.spent_at is None and found.expires_at <= to_text(self._now())
        if is_over or is_too_old:
            return None
        if device_id not in (None, "", found.device_id):
            await self._mark(connection, found.digest, spent_at=to_text(self._now()))
            return None
        if found.successor is not None:
            await self._mark(connection, found.successor, spent_at=to_text(self._now()))
        following = await self.issue(connection, found.session_id)
        spent_at = found.spent_at or to_text(self._now())
        await self._mark(connection, found.digest, spent_at=spent_at, successor=digest_of(following))
        return Renewed(found.session_id, found.agent_id, found.device_id, following)

    async def _is_repeated(self, connection: AsyncConnection, found: Any, device_id: str | None) -> bool:
        """Whether a spent token may be spent again: its answer got lost, and nobody has used what was in it."""
        is_recent = found.spent_at > to_text(self._now() - REPEATED_WITHIN)
        if found.successor is None or device_id != found.device_id or not is_recent:
            return False
        token = tables.refresh_token
        query = select(token.c.digest).where(token.c.digest == found.successor, token.c.spent_at.is_(None))
        return await connection.scalar(query) is not None

    async def _mark(self, connection: AsyncConnection, digest: str, **values: str) -> None:
        token = tables.refresh_token
        await connection.execute(update(token).where(token.c.digest == digest).values(**values))
