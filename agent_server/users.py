"""The people who may sign in."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from agent_server import tables
from agent_server.database import Database
from agent_server.passwords import Passwords


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


def _account_line(agent_id: str, password_hash: str) -> dict[str, Any]:
    return {"agent_id": agent_id, "password_hash": password_hash, "is_locked": False}
