"""What may be done to people's accounts, by whom; each act ends what it must and stands in the audit trail.

The administrator looks after those who work, the security officer after administrators, security officers and auditors;
the auditor reads. Nobody holds two of the three, moves from one to another, or changes their own rights.
"""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from agent_model.agent import Role
from agent_model.announcement import is_site
from agent_model.moment import to_text
from agent_server import tables
from agent_server.audit import Act, AuditTrail, Deed
from agent_server.changeset import Changeset
from agent_server.database import Database
from agent_server.passwords import Passwords
from agent_server.rights import are_kept_apart, may_give_role, may_look_after, may_reset_second_factor
from agent_server.row_changes import Signature
from agent_server.rows import Stored, checked_body
from agent_server.second_factor import SecondFactors

LONGEST_CHANGE: Final = 64
"""Of what a line of the audit trail says was changed."""


class UserExists(Exception):
    """There is somebody with this login."""


class UnknownUser(Exception):
    """Nobody has this login."""


class NotAllowed(Exception):
    """The role of who asks may not do this to this person."""


class BadSite(Exception):
    """A site is a line of at most LONGEST_SITE signs that can be seen."""


class RolesKeptApart(Exception):
    """Nobody moves between administrator, security officer and auditor."""


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts; `role` is None at the server's own console."""

    id: str
    role: Role | None
    device: str = ""
    address: str = ""

    def act(self, deed: Deed, subject: str, reason: str, field: str = "") -> Act:
        return Act(deed, self.id, subject, field, reason, self.device, self.address)

    def signature(self, now: datetime) -> Signature:
        return Signature(self.id, now, self.device)


class Administration:
    """Raises, everywhere: UnknownUser, NotAllowed."""

    def __init__(
        self,
        database: Database,
        passwords: Passwords,
        audit: AuditTrail,
        factors: SecondFactors,
        now: Callable[[], datetime],
    ) -> None:
        self._database = database
        self._passwords = passwords
        self._audit = audit
        self._factors = factors
        self._now = now

    async def add(self, actor: Actor, body: dict[str, Any], password: str) -> None:
        """`body` holds the fields of an Agent; its login becomes the id. Raises UserExists, BadBody."""
        login = body["login"]
        checked = checked_body("agent", login, 1, body)
        _require(may_look_after(actor.role, Role(checked["role"])))
        password_hash = await asyncio.to_thread(self._passwords.hash, password)
        async with self._database.writing() as connection:
            if await connection.scalar(select(tables.agent.c.id).where(tables.agent.c.login == login)) is not None:
                raise UserExists(login)
            changes = Changeset(self._database, connection, actor.signature(self._now()))
            await changes.load("agent", [login])
            if changes.get("agent", login) is not None:
                raise UserExists(login)
            changes.put(Stored("agent", login, 1, checked))
            await connection.execute(*self._account(login, password_hash))
            await changes.write()
            await self._audit.append(connection, actor.act(Deed.USER_ADDED, login, "", str(checked["role"])))

    async def set_role(self, actor: Actor, login: str, role: Role, reason: str) -> None:
        """Also ends the person's sessions. Raises RolesKeptApart."""
        async with self._database.writing() as connection:
            person = await self._person(connection, login)
            _require(may_give_role(actor.role, person.role, role) and person.id != actor.id)
            if are_kept_apart(person.role, role):
                raise RolesKeptApart(login)
            changes = Changeset(self._database, connection, actor.signature(self._now()))
            await changes.load("agent", [person.id])
            row = changes.get("agent", person.id)
            if row is None:
                raise UnknownUser(login)
            changes.put(replace(row, version=row.version + 1, body={**row.body, "role": role.value}))
            await end_sessions(connection, person.id, "role_changed", self._now())
            await changes.write()
            told = actor.act(Deed.ROLE_CHANGED, person.id, reason, f"{person.role.value} > {role.value}")
            await self._audit.append(connection, told)

    async def set_site(self, actor: Actor, login: str, site: str, reason: str) -> None:
        """Where the person sits; empty: nowhere in particular. Raises BadSite."""
        if site and not is_site(site):
            raise BadSite(site)
        async with self._database.writing() as connection:
            person = await self._looked_after(connection, actor, login)
            changes = Changeset(self._database, connection, actor.signature(self._now()))
            await changes.load("agent", [person.id])
            row = changes.get("agent", person.id)
            if row is None:
                raise UnknownUser(login)
            before = row.body["site"]
            changes.put(replace(row, version=row.version + 1, body={**row.body, "site": site}))
            await changes.write()
            told = actor.act(Deed.SITE_CHANGED, person.id, reason, f"{before} > {site}"[:LONGEST_CHANGE])
            await self._audit.append(connection, told)

    async def set_password(self, actor: Actor, login: str, password: str, reason: str = "") -> None:
        """Also ends the person's sessions."""
        password_hash = await asyncio.to_thread(self._passwords.hash, password)
        async with self._database.writing() as connection:
            person = await self._looked_after(connection, actor, login)
            await connection.execute(*self._account(person.id, password_hash))
            await end_sessions(connection, person.id, "password_changed", self._now())
            await self._audit.append(connection, actor.act(Deed.PASSWORD_CHANGED, person.id, reason))

    async def change_own_password(self, actor: Actor, password: str, session_id: str) -> None:
        """The session that asks goes on, the person's others end."""
        password_hash = await asyncio.to_thread(self._passwords.hash, password)
        async with self._database.writing() as connection:
            changed = update(tables.account).where(tables.account.c.agent_id == actor.id)
            await connection.execute(changed.values(password_hash=password_hash))
            await end_sessions(connection, actor.id, "password_changed", self._now(), but=session_id)
            await self._audit.append(connection, actor.act(Deed.PASSWORD_CHANGED, actor.id, "own"))

    async def set_locked(self, actor: Actor, login: str, reason: str, *, is_locked: bool) -> None:
        """Also ends the person's sessions when they are locked out."""
        async with self._database.writing() as connection:
            person = await self._looked_after(connection, actor, login)
            changed = update(tables.account).where(tables.account.c.agent_id == person.id)
            await connection.execute(changed.values(is_locked=is_locked))
            if is_locked:
                await end_sessions(connection, person.id, "locked", self._now())
            deed = Deed.ACCOUNT_LOCKED if is_locked else Deed.ACCOUNT_UNLOCKED
            await self._audit.append(connection, actor.act(deed, person.id, reason))

    async def end_sessions(self, actor: Actor, login: str, reason: str) -> int:
        """Every session of the person, at once; how many there were."""
        async with self._database.writing() as connection:
            person = await self._looked_after(connection, actor, login)
            ended = await end_sessions(connection, person.id, "ended", self._now())
            await self._audit.append(connection, actor.act(Deed.SESSIONS_ENDED, person.id, reason))
            return ended

    async def reset_second_factor(self, actor: Actor, login: str, reason: str) -> None:
        """The person sets another at their next sign-in; their sessions end."""
        _require(may_reset_second_factor(actor.role))
        async with self._database.writing() as connection:
            person = await self._person(connection, login)
            _require(person.id != actor.id)
            await self._factors.reset(connection, person.id)
            await end_sessions(connection, person.id, "second_factor_reset", self._now())
            await self._audit.append(connection, actor.act(Deed.SECOND_FACTOR_RESET, person.id, reason))

    async def _looked_after(self, connection: AsyncConnection, actor: Actor, login: str) -> "_Person":
        person = await self._person(connection, login)
        _require(may_look_after(actor.role, person.role) and person.id != actor.id)
        return person

    async def _person(self, connection: AsyncConnection, login: str) -> "_Person":
        agent = tables.agent
        found = (await connection.execute(select(agent.c.id, agent.c.role).where(agent.c.login == login))).first()
        if found is None:
            raise UnknownUser(login)
        return _Person(found.id, Role(found.role))

    def _account(self, agent_id: str, password_hash: str) -> tuple[Any, list[dict[str, Any]]]:
        statement = self._database.insert_or_update(tables.account, ("agent_id",))
        return statement, [{"agent_id": agent_id, "password_hash": password_hash, "is_locked": False}]


@dataclass(frozen=True, slots=True)
class _Person:
    id: str
    role: Role


async def end_sessions(
    connection: AsyncConnection, agent_id: str, reason: str, now: datetime, but: str | None = None
) -> int:
    """End a person's sessions, with their access and refresh tokens; how many there were."""
    session = tables.session
    is_open = update(session).where(session.c.agent_id == agent_id, session.c.ended_at.is_(None))
    if but is not None:
        is_open = is_open.where(session.c.id != but)
    return int((await connection.execute(is_open.values(ended_at=to_text(now), end_reason=reason))).rowcount)


def _require(is_allowed: bool) -> None:
    if not is_allowed:
        raise NotAllowed
