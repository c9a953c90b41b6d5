"""People who do not serve customers: administrators, security officers, auditors; and what is told of them."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import Any, TypeVar

from agent_model.agent import Role
from agent_server.administration import Actor, Administration
from agent_server.audit import AuditTrail, Finding
from agent_server.database import Database
from agent_server.passwords import Passwords
from agent_server.policy import Policy, write_policy
from agent_server.second_factor import SecondFactors
from agent_server.settings import Settings, read_secret
from tests.in_process import CHEAP, PASSWORD

T = TypeVar("T")

CONSOLE = Actor("console", None)


def now() -> datetime:
    return datetime.now(UTC)


def appoint(settings: Settings, login: str, role: Role, *queues: str) -> None:
    """Add a person with everybody's password, at the server's own console."""
    body: dict[str, Any] = {
        "login": login,
        "name": {"zh": login, "en": login},
        "role": role.value,
        "extension": "",
        "team": "home",
        "queues": list(queues),
        "languages": ["zh-CN"],
    }
    at_the_console(settings, lambda desk, _trail: desk.add(CONSOLE, body, PASSWORD))


def decide(settings: Settings, policy: Policy) -> None:
    """The site's policy, for a server that starts afterwards."""

    async def working(database: Database) -> None:
        async with database.writing() as connection:
            await write_policy(database, connection, policy)

    _with_database(settings, working)


def findings(settings: Settings) -> list[Finding]:
    """Where the audit trail is not as it was written."""
    return at_the_console(settings, lambda _desk, trail: trail.verify())


def at_the_console(
    settings: Settings,
    work: Callable[[Administration, AuditTrail], Awaitable[T]],
    clock: Callable[[], datetime] = now,
) -> T:
    async def working(database: Database) -> T:
        secret = read_secret(settings.home)
        trail = AuditTrail(database, secret, settings.home, clock)
        factors = SecondFactors(database, secret, clock)
        return await work(Administration(database, Passwords(CHEAP), trail, factors, clock), trail)

    return _with_database(settings, working)


def _with_database(settings: Settings, work: Callable[[Database], Awaitable[T]]) -> T:
    async def working() -> T:
        database = Database(settings.database, pooled=False)
        try:
            return await work(database)
        finally:
            await database.close()

    return asyncio.run(working())
