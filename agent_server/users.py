"""The people who may sign in, as the command line sees them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select, update

from agent_model.moment import to_text
from agent_server import tables
from agent_server.changeset import Changeset
from agent_server.database import Database
from agent_server.passwords import Passwords
from agent_server.rows import Stored, checked_body


class UserExists(Exception):
    """There is somebody with this login."""


class UnknownUser(Exception):
    """Nobody has this login."""


@dataclass(frozen=True, slots=True)
class User:
    login: str
    role: str
    team: str
    queues: tuple[str, ...]
    has_password: bool
    is_locked: bool


class Users:
    def __init__(self, database: Database, passwords: Passwords) -> None:
        self._database = database
        self._passwords = passwords

    async def add(self, body: dict[str, Any], password: str) -> None:
        """`body` holds the fields of an Agent; its login becomes the id. Raises UserExists, BadBody."""
        login = body["login"]
        checked = checked_body("agent", login, 1, body)
        password_hash = self._passwords.hash(password)
        async with self._database.writing() as connection:
            changes = Changeset(self._database, connection)
            await changes.load("agent", [login])
            if changes.get("agent", login) is not None:
                raise UserExists(login)
            changes.put(Stored("agent", login, 1, checked))
            await connection.execute(self._account_statement(), [_account_line(login, password_hash)])
            await changes.write()

    async def set_password(self, login: str, password: str, now: datetime) -> None:
        """Also ends the person's sessions. Raises UnknownUser."""
        agent, session = tables.agent, tables.session
        password_hash = self._passwords.hash(password)
        async with self._database.writing() as connection:
            agent_id = await connection.scalar(select(agent.c.id).where(agent.c.login == login))
            if agent_id is None:
                raise UnknownUser(login)
            await connection.execute(self._account_statement(), [_account_line(agent_id, password_hash)])
            open_sessions = update(session).where(session.c.agent_id == agent_id, session.c.ended_at.is_(None))
            await connection.execute(open_sessions.values(ended_at=to_text(now), end_reason="password_changed"))

    async def set_missing_passwords(self, password: str) -> int:
        """Give everybody who has no password this one; how many there were."""
        agent, account = tables.agent, tables.account
        missing = (
            select(agent.c.id)
            .outerjoin(account, account.c.agent_id == agent.c.id)
            .where(account.c.agent_id.is_(None))
            .order_by(agent.c.id)
        )
        async with self._database.reading() as connection:
            ids = (await connection.scalars(missing)).all()
        lines = [_account_line(agent_id, self._passwords.hash(password)) for agent_id in ids]
        if lines:
            async with self._database.writing() as connection:
                await connection.execute(self._database.insert_new(tables.account, ("agent_id",)), lines)
        return len(lines)

    async def all(self) -> Sequence[User]:
        agent, account = tables.agent, tables.account
        query = (
            select(agent.c.login, agent.c.role, agent.c.team, agent.c.queues, account.c.is_locked)
            .outerjoin(account, account.c.agent_id == agent.c.id)
            .order_by(agent.c.login)
        )
        async with self._database.reading() as connection:
            rows = (await connection.execute(query)).all()
        return [
            User(row.login, row.role, row.team, tuple(row.queues), row.is_locked is not None, bool(row.is_locked))
            for row in rows
        ]

    def _account_statement(self) -> Any:
        return self._database.insert_or_update(tables.account, ("agent_id",))


def _account_line(agent_id: str, password_hash: str) -> dict[str, Any]:
    return {"agent_id": agent_id, "password_hash": password_hash, "is_locked": False}
