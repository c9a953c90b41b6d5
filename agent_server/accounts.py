"""Who may sign in, and who a request comes from: sessions, short access tokens, rotated refresh tokens."""

import asyncio
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final
from weakref import WeakValueDictionary

import jwt
from sqlalchemy import delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from agent_model.agent import Role
from agent_model.moment import from_text, to_text
from agent_model.scope import Scope
from agent_server import tables
from agent_server.database import Database
from agent_server.passwords import Passwords
from agent_server.refresh_tokens import Copied, RefreshTokens, Renewed, digest_of
from agent_server.refusals import RequestRefused
from agent_server.rows import fetch
from agent_server.scopes import Person, QueueFacts, queues_of_person, scopes_of_user
from agent_server.settings import Settings

ALGORITHM: Final = "HS256"
AUDIENCE: Final = "agent-desktop"


@dataclass(frozen=True, slots=True)
class Caller:
    """Who sent a request, in which session, and what they may hold."""

    person: Person
    session_id: str
    device_id: str
    scopes: frozenset[Scope]
    queues: frozenset[str]


@dataclass(frozen=True, slots=True)
class Tokens:
    access: str
    refresh: str


@dataclass(frozen=True, slots=True)
class SignedIn:
    """What a workstation is told at sign-in and refresh; `agent` is the row as it crosses the wire."""

    tokens: Tokens
    device_id: str
    agent: dict[str, Any]


class Accounts:
    """Sign-in and the tokens that follow from it."""

    def __init__(
        self, database: Database, settings: Settings, passwords: Passwords, secret: str, now: Callable[[], datetime]
    ) -> None:
        self._database = database
        self._settings = settings
        self._passwords = passwords
        self._secret = secret
        self._now = now
        self._tokens = RefreshTokens(settings.refresh_life, now)
        self._turns: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    async def sign_in(self, login: str, password: str, device_id: str) -> SignedIn:
        """New tokens and the agent's row. Raises RequestRefused: wrong_password, account_locked, too_many_attempts."""
        digest = digest_of(login.casefold())
        async with self._turns.setdefault(digest, asyncio.Lock()):
            return await self._sign_in(login, password, device_id, digest)

    async def _sign_in(self, login: str, password: str, device_id: str, digest: str) -> SignedIn:
        """One try at a time for a login: guesses sent together would all be weighed before the first is counted."""
        await self._check_wait(digest)
        agent, account = tables.agent, tables.account
        query = (
            select(agent.c.id, account.c.password_hash, account.c.is_locked)
            .join(account, account.c.agent_id == agent.c.id)
            .where(func.lower(agent.c.login) == login.lower())
        )
        async with self._database.reading() as connection:
            found = (await connection.execute(query)).first()
        if not await self._passwords.fits(password, None if found is None else found.password_hash) or found is None:
            await self._note_failure(digest)
            raise RequestRefused(401, "wrong_password")
        if found.is_locked:
            raise RequestRefused(403, "account_locked")
        async with self._database.writing() as connection:
            await connection.execute(
                delete(tables.sign_in_failure).where(tables.sign_in_failure.c.login_digest == digest)
            )
            await self._enrol(connection, device_id, found.id)
            tokens = await self._start_session(connection, found.id, device_id)
            return await _signed_in(connection, tokens, found.id, device_id)

    async def refresh(self, refresh: str, device_id: str | None) -> SignedIn:
        """Spend a refresh token for new ones. A copy of a spent one ends the session (see `refresh_tokens`)."""
        async with self._database.writing() as connection:
            match await self._tokens.spend(connection, refresh, device_id):
                case Renewed(session_id, agent_id, device, following):
                    tokens = Tokens(self._access(session_id, agent_id, device), following)
                    return await _signed_in(connection, tokens, agent_id, device)
                case Copied(session_id):
                    await self._end(connection, session_id, "refresh_reused")
                    code = "refresh_reused"
                case None:
                    code = "refresh_expired"
        raise RequestRefused(401, code)

    async def sign_out(self, refresh: str) -> None:
        """End the session of a refresh token; an unknown token ends nothing and says nothing."""
        token = tables.refresh_token
        async with self._database.writing() as connection:
            query = select(token.c.session_id).where(token.c.digest == digest_of(refresh))
            session_id = await connection.scalar(query)
            if session_id is not None:
                await self._end(connection, str(session_id), "signed_out")

    async def caller(self, access: str) -> Caller:
        """Who an access token belongs to, as the directory has them now. Raises RequestRefused: not_signed_in."""
        return await self._in_session(str(self._claims(access)["sid"]))

    async def caller_again(self, caller: Caller) -> Caller:
        """The caller as the directory has them now, while their session lasts. Raises RequestRefused."""
        return await self._in_session(caller.session_id)

    async def name_device(self, caller: Caller, name: str, platform: str) -> None:
        """Say what the device of this session is called and runs on."""
        device = tables.device
        async with self._database.writing() as connection:
            statement = update(device).where(device.c.id == caller.device_id).values(name=name, platform=platform)
            await connection.execute(statement)

    async def _in_session(self, session_id: str) -> Caller:
        session, account = tables.session, tables.account
        query = (
            select(session.c.agent_id, session.c.device_id)
            .join(account, account.c.agent_id == session.c.agent_id)
            .where(session.c.id == session_id, session.c.ended_at.is_(None), account.c.is_locked.is_(False))
        )
        async with self._database.reading() as connection:
            found = (await connection.execute(query)).first()
            if found is None:
                raise RequestRefused(401, "not_signed_in")
            return await self._describe(connection, found.agent_id, session_id, found.device_id)

    async def _describe(self, connection: AsyncConnection, agent_id: str, session_id: str, device_id: str) -> Caller:
        agent, queue = tables.agent, tables.queue
        query = select(agent.c.role, agent.c.team, agent.c.queues).where(agent.c.id == agent_id)
        found = (await connection.execute(query)).first()
        if found is None:
            raise RequestRefused(401, "not_signed_in")
        person = Person(agent_id, Role(found.role), found.team, tuple(found.queues))
        rows = await connection.execute(select(queue.c.id, queue.c.team, queue.c.segments))
        queues = [QueueFacts(row.id, row.team, tuple(row.segments)) for row in rows]
        scopes, seen = scopes_of_user(person, queues), queues_of_person(person, queues)
        return Caller(person, session_id, device_id, scopes, seen)

    def _claims(self, access: str) -> dict[str, Any]:
        try:
            claims: dict[str, Any] = jwt.decode(
                access,
                self._secret,
                algorithms=[ALGORITHM],
                audience=AUDIENCE,
                options={"require": ["exp", "sid", "aud"], "verify_exp": False, "verify_iat": False},
            )
            expires = float(claims["exp"])
        except (jwt.InvalidTokenError, TypeError, ValueError) as error:
            raise RequestRefused(401, "not_signed_in") from error
        if self._now().timestamp() >= expires:
            raise RequestRefused(401, "not_signed_in")
        return claims

    async def _enrol(self, connection: AsyncConnection, device_id: str, agent_id: str) -> None:
        line = {
            "id": device_id,
            "name": "",
            "platform": "",
            "enrolled_by": agent_id,
            "enrolled_at": to_text(self._now()),
        }
        await connection.execute(self._database.insert_new(tables.device, ("id",)), [line])

    async def _start_session(self, connection: AsyncConnection, agent_id: str, device_id: str) -> Tokens:
        session_id = str(uuid.uuid4())
        started = {"id": session_id, "agent_id": agent_id, "device_id": device_id, "started_at": to_text(self._now())}
        await connection.execute(tables.session.insert(), [started])
        refresh = await self._tokens.issue(connection, session_id)
        return Tokens(self._access(session_id, agent_id, device_id), refresh)

    def _access(self, session_id: str, agent_id: str, device_id: str) -> str:
        now = self._now()
        claims = {
            "sub": agent_id,
            "sid": session_id,
            "dev": device_id,
            "aud": AUDIENCE,
            "iat": int(now.timestamp()),
            "exp": int((now + self._settings.access_life).timestamp()),
        }
        return jwt.encode(claims, self._secret, algorithm=ALGORITHM)

    async def _end(self, connection: AsyncConnection, session_id: str, reason: str) -> None:
        session = tables.session
        statement = update(session).where(session.c.id == session_id, session.c.ended_at.is_(None))
        await connection.execute(statement.values(ended_at=to_text(self._now()), end_reason=reason))

    async def _check_wait(self, digest: str) -> None:
        failure = tables.sign_in_failure
        query = select(failure.c.blocked_until).where(failure.c.login_digest == digest)
        async with self._database.reading() as connection:
            until = await connection.scalar(query)
        if until is None:
            return
        left = (from_text(until) - self._now()).total_seconds()
        if left > 0:
            raise RequestRefused(429, "too_many_attempts", retry_after_s=int(left) + 1)

    async def _note_failure(self, digest: str) -> None:
        """Count a failure; from the fifth on each one doubles the wait. Known and unknown logins alike."""
        failure, settings = tables.sign_in_failure, self._settings
        now = self._now()
        oldest = to_text(now - settings.failure_memory - settings.longest_wait)
        async with self._database.writing() as connection:
            await connection.execute(delete(failure).where(failure.c.last_at < oldest))
            count = await connection.scalar(select(failure.c.failures).where(failure.c.login_digest == digest))
            failures = int(count or 0) + 1
            over = failures - settings.failures_before_wait
            wait = min(settings.first_wait * 2 ** min(max(over, 0), 10), settings.longest_wait)
            line = {
                "login_digest": digest,
                "failures": failures,
                "last_at": to_text(now),
                "blocked_until": to_text(now + wait) if over >= 0 else None,
            }
            await connection.execute(self._database.insert_or_update(failure, ("login_digest",)), [line])


async def _signed_in(connection: AsyncConnection, tokens: Tokens, agent_id: str, device_id: str) -> SignedIn:
    row = (await fetch(connection, "agent", [agent_id]))[agent_id]
    return SignedIn(tokens, device_id, row.to_plain())


def access_life_s(settings: Settings) -> int:
    return int(settings.access_life / timedelta(seconds=1))
