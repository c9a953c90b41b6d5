"""Televisions that show the wallboard: each has a token of its own, which can be revoked."""

import hashlib
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import insert, select, update

from agent_model.moment import to_text
from agent_server.audit import Act, AuditTrail, Deed
from agent_server.database import Database
from agent_server.tables import television

LONGEST_TOKEN: Final = 100
LONGEST_NAME: Final = 64


class NameTaken(Exception):
    """There is, or was, a television of this name."""


class UnknownTelevision(Exception):
    """None of this name has a token."""


@dataclass(frozen=True, slots=True)
class Television:
    name: str
    made_at: str
    made_by: str
    revoked_at: str | None


class Televisions:
    """Only a hash of a token is kept: it is seen once, when it is made."""

    def __init__(self, database: Database, now: Callable[[], datetime]) -> None:
        self._database, self._now = database, now

    async def add(self, name: str, audit: AuditTrail, who: str) -> str:
        """The token. Raises NameTaken."""
        token = secrets.token_urlsafe(32)
        line = {"name": name, "token_hash": _hash(token), "made_at": to_text(self._now()), "made_by": who}
        async with self._database.writing() as connection:
            if await connection.scalar(select(television.c.name).where(television.c.name == name)) is not None:
                raise NameTaken(name)
            await connection.execute(insert(television).values(**line))
            await audit.append(connection, Act(Deed.TELEVISION_ADDED, who, name))
        return token

    async def revoke(self, name: str, audit: AuditTrail, who: str) -> None:
        """Raises UnknownTelevision."""
        is_it = (television.c.name == name) & television.c.revoked_at.is_(None)
        async with self._database.writing() as connection:
            done = await connection.execute(update(television).where(is_it).values(revoked_at=to_text(self._now())))
            if not done.rowcount:
                raise UnknownTelevision(name)
            await audit.append(connection, Act(Deed.TELEVISION_REVOKED, who, name))

    async def all(self) -> list[Television]:
        query = select(television.c.name, television.c.made_at, television.c.made_by, television.c.revoked_at)
        async with self._database.reading() as connection:
            found = await connection.execute(query.order_by(television.c.name))
            return [Television(row.name, row.made_at, row.made_by, row.revoked_at) for row in found]

    async def may_show(self, token: str) -> bool:
        if not token or len(token) > LONGEST_TOKEN:
            return False
        query = select(television.c.name).where(
            television.c.token_hash == _hash(token), television.c.revoked_at.is_(None)
        )
        async with self._database.reading() as connection:
            return await connection.scalar(query) is not None


def _hash(token: str) -> str:
    """Of 256 random bits: nothing to be guessed, so nothing to be made slow."""
    return hashlib.sha256(token.encode()).hexdigest()
