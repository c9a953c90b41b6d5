"""People of the directory as another directory has them: added, and brought into step, each change on record.

Beside `administration`, where somebody does one thing to one person.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from agent_model.agent import Role
from agent_model.words import Words
from agent_server import tables
from agent_server.administration import LONGEST_CHANGE, Actor, RolesKeptApart, end_sessions
from agent_server.audit import Act, AuditTrail, Deed, fields_of
from agent_server.changeset import Changeset
from agent_server.database import Database
from agent_server.passwords import hash_of_nobody
from agent_server.rights import are_kept_apart
from agent_server.rows import Stored, checked_body
from agent_server.settings import PasswordCost

LANGUAGES: Final = ("zh-CN",)
IMPORT: Final = "import"
"""Why, in the audit trail, where a file of people said so."""


class IncompletePerson(Exception):
    """Somebody new has a role and a team; `field` is what is missing."""

    def __init__(self, field: str) -> None:
        super().__init__(field)
        self.field = field


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody is to be. None: as it is, and for somebody new nothing."""

    login: str
    name: Words | None = None
    role: Role | None = None
    team: str | None = None
    queues: tuple[str, ...] | None = None
    extension: str | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """What came of it: `fields` of the row that are others now; nothing when all were as wanted."""

    agent_id: str
    is_new: bool
    fields: tuple[str, ...]


class People:
    """Works inside the caller's write transaction, and ends it: what follows is another one's."""

    def __init__(self, database: Database, audit: AuditTrail, cost: PasswordCost, now: Callable[[], datetime]) -> None:
        self._database = database
        self._audit = audit
        self._cost = cost
        self._now = now

    async def put(
        self, connection: AsyncConnection, actor: Actor, agent_id: str, wanted: Wanted, reason: str
    ) -> Change:
        """Who gets another role is signed in no more. Raises IncompletePerson, RolesKeptApart, BadBody."""
        changes = Changeset(self._database, connection, actor.signature(self._now()))
        await changes.load("agent", [agent_id])
        row = changes.get("agent", agent_id)
        if row is None:
            body = checked_body("agent", agent_id, 1, _new(wanted))
            changes.put(Stored("agent", agent_id, 1, body))
            await changes.write()
            await self._audit.append(connection, actor.act(Deed.USER_ADDED, agent_id, reason, str(body["role"])))
            return Change(agent_id, is_new=True, fields=())
        body = checked_body("agent", agent_id, row.version + 1, {**row.body, **_asked(wanted)})
        fields = tuple(name for name in body if body[name] != row.body.get(name))
        if not fields:
            return Change(agent_id, is_new=False, fields=())
        before, after = Role(row.body["role"]), Role(body["role"])
        if are_kept_apart(before, after):
            raise RolesKeptApart(agent_id)
        changes.put(replace(row, version=row.version + 1, body=body))
        if before is not after:
            await end_sessions(connection, agent_id, "role_changed", self._now())
        await changes.write()
        await self._audit.append(connection, *_acts(actor, agent_id, reason, row.body, body, fields))
        return Change(agent_id, is_new=False, fields=fields)

    async def set_active(self, connection: AsyncConnection, actor: Actor, agent_id: str, *, is_active: bool) -> bool:
        """Whether it was otherwise. Who is not active is signed in no more, and is kept with all they did."""
        account = tables.account
        found = await connection.scalar(select(account.c.is_locked).where(account.c.agent_id == agent_id))
        if bool(found) is not is_active:
            return False
        await self.give_account(connection, agent_id)
        changed = update(account).where(account.c.agent_id == agent_id)
        await connection.execute(changed.values(is_locked=not is_active))
        if not is_active:
            await end_sessions(connection, agent_id, "locked", self._now())
        deed = Deed.ACCOUNT_UNLOCKED if is_active else Deed.ACCOUNT_LOCKED
        await self._audit.append(connection, actor.act(deed, agent_id, IMPORT))
        return True

    async def give_account(self, connection: AsyncConnection, agent_id: str) -> None:
        """What sessions hang on, for who has none: no password opens it."""
        line = {"agent_id": agent_id, "password_hash": hash_of_nobody(self._cost), "is_locked": False}
        await connection.execute(self._database.insert_new(tables.account, ("agent_id",)), [line])


def _new(wanted: Wanted) -> dict[str, Any]:
    """Raises IncompletePerson."""
    if wanted.role is None:
        raise IncompletePerson("role")
    if not wanted.team:
        raise IncompletePerson("team")
    name = wanted.name or Words(wanted.login, wanted.login)
    asked = _asked(replace(wanted, name=name))
    return {"login": wanted.login, "extension": "", "queues": [], "languages": list(LANGUAGES), **asked}


def _asked(wanted: Wanted) -> dict[str, Any]:
    asked = {
        "name": None if wanted.name is None else wanted.name.to_body(),
        "role": None if wanted.role is None else wanted.role.value,
        "team": wanted.team,
        "queues": None if wanted.queues is None else list(wanted.queues),
        "extension": wanted.extension,
    }
    return {name: value for name, value in asked.items() if value is not None}


def _acts(
    actor: Actor,
    agent_id: str,
    reason: str,
    before: Mapping[str, Any],
    after: Mapping[str, Any],
    fields: tuple[str, ...],
) -> list[Act]:
    acts = []
    if "role" in fields:
        acts.append(
            actor.act(Deed.ROLE_CHANGED, agent_id, reason, f"{before['role']} > {after['role']}"[:LONGEST_CHANGE])
        )
    if others := [name for name in fields if name != "role"]:
        acts.append(actor.act(Deed.USER_CHANGED, agent_id, reason, fields_of(others)))
    return acts
