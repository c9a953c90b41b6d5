"""Whose account it is that somebody of the identity provider comes in with.

The provider's subject counts, which never changes, and not the login, which people have changed and which goes to
others. The first sign-on binds the two; accounts of administrators, security officers and auditors are bound at the
console alone.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import delete, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from agent_model.agent import Role
from agent_model.moment import to_text
from agent_server import tables
from agent_server.tables import sign_on_identity

LONGEST_SUBJECT: Final = 255


class IdentityTaken(Exception):
    """The account belongs to another subject, or the subject to another account."""


@dataclass(frozen=True, slots=True)
class Account:
    """`is_bound`: to this very subject."""

    agent_id: str
    login: str
    role: Role
    is_bound: bool


class Identities:
    """Works inside the caller's transaction."""

    def __init__(self, issuer: str, now: Callable[[], datetime]) -> None:
        self._issuer = issuer
        self._now = now

    async def account_of(self, connection: AsyncConnection, subject: str, login: str) -> Account | None:
        """The account that is bound to the subject, else the one of this login; None when there is neither. Raises
        IdentityTaken."""
        table, agent = sign_on_identity, tables.agent
        bound = (
            select(agent.c.id, agent.c.login, agent.c.role)
            .join(table, table.c.agent_id == agent.c.id)
            .where(table.c.issuer == self._issuer, table.c.subject == subject)
        )
        if (found := (await connection.execute(bound)).first()) is not None:
            return Account(found.id, found.login, Role(found.role), is_bound=True)
        is_called = (func.lower(agent.c.login) == login.lower()) | (func.lower(agent.c.id) == login.lower())
        called = (await connection.execute(select(agent.c.id, agent.c.login, agent.c.role).where(is_called))).all()
        if not called:
            return None
        found = called[0]
        if len(called) > 1 or found.login.lower() != login.lower():  # somebody else's id: nobody is to become them
            raise IdentityTaken(login)
        others = select(table.c.subject).where(table.c.issuer == self._issuer, table.c.agent_id == found.id)
        if await connection.scalar(others) is not None:
            raise IdentityTaken(login)
        return Account(found.id, found.login, Role(found.role), is_bound=False)

    async def bind(self, connection: AsyncConnection, subject: str, agent_id: str) -> None:
        """Raises IdentityTaken."""
        table = sign_on_identity
        taken = select(table.c.agent_id).where(
            table.c.issuer == self._issuer, (table.c.subject == subject) | (table.c.agent_id == agent_id)
        )
        if (await connection.scalars(taken)).first() is not None:
            raise IdentityTaken(agent_id)
        line = {"issuer": self._issuer, "subject": subject, "agent_id": agent_id, "bound_at": to_text(self._now())}
        await connection.execute(table.insert(), [line])

    async def unbind(self, connection: AsyncConnection, agent_id: str) -> bool:
        """Whether there was something to part."""
        table = sign_on_identity
        gone = delete(table).where(table.c.issuer == self._issuer, table.c.agent_id == agent_id)
        return (await connection.execute(gone)).rowcount > 0
