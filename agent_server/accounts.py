"""Who may sign in, and who a request comes from: sessions, short access tokens, rotated refresh tokens."""

import asyncio
import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final
from weakref import WeakValueDictionary

import jwt
from sqlalchemy import bindparam, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from agent_model.agent import Role
from agent_model.body import from_body
from agent_model.desk_policy import SITE, Hidden
from agent_model.device import DeviceState
from agent_model.moment import to_text
from agent_model.scope import Scope
from agent_model.secret import IN_TEXTS, Secret
from agent_model.wire import HIDES
from agent_server import tables
from agent_server.attempts import Attempts, Count
from agent_server.audit import Act, AuditTrail, Deed
from agent_server.database import Database
from agent_server.passwords import Passwords
from agent_server.policy import Policy
from agent_server.refresh_tokens import Copied, RefreshTokens, Renewed, digest_of
from agent_server.refusals import RequestRefused
from agent_server.rows import fetch
from agent_server.scopes import Person, QueueFacts, queues_of_person, scopes_of_user
from agent_server.second_factor import Checked, Enrolment, FactorIsSet, SecondFactors
from agent_server.settings import Settings
from agent_server.sight import WHOLE, Sight, sight_key

ALGORITHM: Final = "HS256"
BREAK_GLASS_ROLES: Final = frozenset({Role.ADMINISTRATOR, Role.SECURITY_OFFICER})
"""Who may be let in with a password where nobody else is."""
AUDIENCE: Final = "agent-desktop"

_session, _device, _agent, _queue = tables.session, tables.device, tables.agent, tables.queue
_policy = tables.desk_policy
_HIDDEN: Final = select(_policy.c.hidden).where(_policy.c.id == SITE).scalar_subquery().label("hidden")
_LASTING: Final = (  # every request asks these, so they are put together once
    select(_session.c.id, _session.c.agent_id, _session.c.device_id, _device.c.state)
    .add_columns(_agent.c.role, _agent.c.team, _agent.c.queues, _agent.c.site, _HIDDEN)
    .join(tables.account, tables.account.c.agent_id == _session.c.agent_id)
    .join(_device, _device.c.id == _session.c.device_id)
    .join(_agent, _agent.c.id == _session.c.agent_id)
    .where(_session.c.ended_at.is_(None), tables.account.c.is_locked.is_(False))
    .where(or_(_session.c.signed_on_until.is_(None), _session.c.signed_on_until > bindparam("now")))
)
_IN_SESSION: Final = _LASTING.where(_session.c.id == bindparam("session_id"))
_QUEUES: Final = select(_queue.c.id, _queue.c.team, _queue.c.segments)


@dataclass(frozen=True, slots=True)
class Caller:
    """Who sent a request, in which session, what they may hold, and how its rows look to them."""

    person: Person
    session_id: str
    device_id: str
    scopes: frozenset[Scope]
    queues: frozenset[str]
    sight: Sight = WHOLE
    hides: frozenset[Secret] = frozenset()
    """What their workstation hides beside what the site does; `sight` has both."""


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


@dataclass(frozen=True, slots=True)
class Credentials:
    """What somebody shows who wants in, and where from."""

    login: str
    password: str
    device_id: str
    address: str = ""


@dataclass(frozen=True, slots=True)
class _Known:
    """Who the password belongs to, and what their tries are counted for."""

    agent_id: str
    role: Role
    counts: Sequence[Count]


class Accounts:
    """Sign-in and the tokens that follow from it. `policy` is the site's, set before the first request."""

    def __init__(
        self, database: Database, settings: Settings, passwords: Passwords, secret: str, now: Callable[[], datetime]
    ) -> None:
        self._database = database
        self._settings = settings
        self._passwords = passwords
        self._secret = secret
        self._now = now
        self.policy = Policy()
        self.audit = AuditTrail(database, secret, settings.home, now)
        self.factors = SecondFactors(database, secret, now)
        self._attempts = Attempts(database, settings, now)
        self._sight_key = sight_key(secret)
        self.break_glass: frozenset[str] | None = None
        """The only logins that may come in with a password; None: all may."""
        self._tokens = RefreshTokens(settings.refresh_life, now)
        self._turns: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    async def sign_in(self, shown: Credentials, code: str | None = None) -> SignedIn:
        """New tokens and the agent's row.

        Raises RequestRefused: wrong_password, account_locked, too_many_attempts; second_factor_needed, wrong_code and
        code_used where the person has a second factor, second_factor_not_set where they should have; device_locked and
        device_wiped, which spend no code.
        """
        async with self._turn(shown):
            known = await self._known(shown)
            async with self._database.writing() as connection:
                await _require_active(connection, shown.device_id)
                checked = await self._check_factor(connection, known, code)
                if not checked.is_refused:
                    await self._enrol(connection, shown.device_id, known.agent_id)
                    tokens = await self._start_session(connection, known.agent_id, shown.device_id)
                    signed_in = await _signed_in(connection, tokens, known.agent_id, shown.device_id)
                    deeds = [Deed.SIGNED_IN, *([Deed.RECOVERY_CODE_USED] if checked is Checked.RECOVERED else [])]
                    acts = [Act(deed, known.agent_id, device=shown.device_id, address=shown.address) for deed in deeds]
                    await self.audit.append(connection, *acts)
            if checked.is_refused:
                await self._failed(shown, known.agent_id, known.counts)
                raise RequestRefused(401, "code_used" if checked is Checked.USED else "wrong_code")
            await self._attempts.passed(known.counts)
            return signed_in

    async def let_in(self, agent_id: str, device_id: str, address: str, over_at: datetime) -> SignedIn:
        """Somebody whom the identity provider vouches for, until `over_at`; a second factor is its business.

        Raises RequestRefused: account_locked, device_locked, device_wiped.
        """
        account = tables.account
        async with self._database.writing() as connection:
            if await connection.scalar(select(account.c.is_locked).where(account.c.agent_id == agent_id)) is not False:
                raise RequestRefused(403, "account_locked")
            await _require_active(connection, device_id)
            await self._enrol(connection, device_id, agent_id)
            tokens = await self._start_session(connection, agent_id, device_id, over_at)
            signed_in = await _signed_in(connection, tokens, agent_id, device_id)
            act = Act(Deed.SIGNED_IN, agent_id, field="sign-on", device=device_id, address=address)
            await self.audit.append(connection, act)
            return signed_in

    async def enrol_second_factor(self, shown: Credentials) -> Enrolment:
        """A new secret for a person who has none. Raises RequestRefused: as sign-in, second_factor_is_set."""
        async with self._turn(shown):
            known = await self._known(shown)
            try:
                async with self._database.writing() as connection:
                    return await self.factors.enrol(connection, known.agent_id, shown.login)
            except FactorIsSet as error:
                raise RequestRefused(409, "second_factor_is_set") from error

    async def confirm_second_factor(self, shown: Credentials, code: str) -> list[str]:
        """Recovery codes for the first code of a new secret. Raises RequestRefused: as above, wrong_code."""
        async with self._turn(shown):
            known = await self._known(shown)
            try:
                async with self._database.writing() as connection:
                    codes = await self.factors.confirm(connection, known.agent_id, code)
                    if codes is not None:
                        act = Act(Deed.SECOND_FACTOR_SET, known.agent_id, device=shown.device_id, address=shown.address)
                        await self.audit.append(connection, act)
            except FactorIsSet as error:
                raise RequestRefused(409, "second_factor_is_set") from error
            if codes is None:
                await self._failed(shown, known.agent_id, known.counts)
                raise RequestRefused(401, "wrong_code")
            return codes

    async def require_own_password(self, caller: Caller, password: str, address: str) -> None:
        """That who asks knows the person's password. Raises RequestRefused: wrong_password, too_many_attempts."""
        shown = Credentials(await self._login_of(caller.person.id), password, caller.device_id, address)
        async with self._turn(shown):
            await self._known(shown)

    def _turn(self, shown: Credentials) -> asyncio.Lock:
        """One try at a time: guesses sent together would all be weighed before the first is counted."""
        about = digest_of(f"{shown.login.casefold()}\x00{shown.address}")
        return self._turns.setdefault(about, asyncio.Lock())

    async def _known(self, shown: Credentials) -> _Known:
        """Whose password it is. The work is the same for a login that nobody has."""
        agent, account, session = tables.agent, tables.account, tables.session
        query = (
            select(agent.c.id, agent.c.login, agent.c.role, account.c.password_hash, account.c.is_locked)
            .join(account, account.c.agent_id == agent.c.id)
            .where(func.lower(agent.c.login) == shown.login.lower())
        )
        async with self._database.reading() as connection:
            found = (await connection.execute(query)).first()
            agent_id = "" if found is None else found.id
            been_here = select(session.c.id).where(
                session.c.agent_id == agent_id, session.c.device_id == shown.device_id
            )
            is_known = await connection.scalar(been_here.limit(1)) is not None
        counts = self._attempts.counts(shown.login, shown.address, shown.device_id, is_known=is_known)
        await self._attempts.check(counts)
        fits = await self._passwords.fits(shown.password, None if found is None else found.password_hash)
        if not fits or found is None:
            await self._failed(shown, agent_id, counts)
            raise RequestRefused(401, "wrong_password")
        if found.is_locked:
            raise RequestRefused(403, "account_locked")
        if not self._may_have_password(found.login, Role(found.role)):
            raise RequestRefused(403, "password_sign_in_off")
        return _Known(found.id, Role(found.role), counts)

    def _may_have_password(self, login: str, role: Role) -> bool:
        return self.break_glass is None or (login.lower() in self.break_glass and role in BREAK_GLASS_ROLES)

    async def _check_factor(self, connection: AsyncConnection, known: _Known, code: str | None) -> Checked:
        if not await self.factors.is_set(connection, known.agent_id):
            if known.role in self.policy.second_factor:
                raise RequestRefused(403, "second_factor_not_set")
            return Checked.NOT_SET
        if code is None:
            raise RequestRefused(401, "second_factor_needed")
        return await self.factors.check(connection, known.agent_id, code)

    async def _failed(self, shown: Credentials, agent_id: str, counts: Sequence[Count]) -> None:
        """A login that nobody has is not written down: people type passwords there by mistake."""
        await self._attempts.failed(counts)
        await self.audit.note(Act(Deed.SIGN_IN_FAILED, agent_id, device=shown.device_id, address=shown.address))

    async def _login_of(self, agent_id: str) -> str:
        async with self._database.reading() as connection:
            query = select(tables.agent.c.login).where(tables.agent.c.id == agent_id)
            return str(await connection.scalar(query))

    async def refresh(self, refresh: str, device_id: str | None, address: str) -> SignedIn:
        """Spend a refresh token for new ones. A copy of a spent one ends the session (see `refresh_tokens`). A device
        that is stopped keeps its token, and goes on with it once it is activated again."""
        async with self._database.writing() as connection:
            match await self._tokens.spend(connection, refresh, device_id):
                case Renewed(session_id, agent_id, device, following):
                    await _require_active(connection, device)
                    over = await self._over(connection, session_id)
                    if over is None:
                        tokens = Tokens(self._access(session_id, agent_id, device), following)
                        return await _signed_in(connection, tokens, agent_id, device)
                    await self._end(connection, session_id, over)
                    code = "refresh_expired"
                case Copied(session_id, agent_id, device):
                    code = "refresh_reused"
                    if await self._end(connection, session_id, code):
                        act = Act(Deed.SESSIONS_ENDED, "", agent_id, reason=code, device=device, address=address)
                        await self.audit.append(connection, act)
                case None:
                    code = "refresh_expired"
        raise RequestRefused(401, code)

    async def sign_out(self, refresh: str, address: str) -> None:
        """End the session of a refresh token; an unknown token ends nothing and says nothing."""
        token, session = tables.refresh_token, tables.session
        query = (
            select(session.c.id, session.c.agent_id, session.c.device_id)
            .join(token, token.c.session_id == session.c.id)
            .where(token.c.digest == digest_of(refresh), session.c.ended_at.is_(None))
        )
        async with self._database.writing() as connection:
            found = (await connection.execute(query)).first()
            if found is not None:
                await self._end(connection, found.id, "signed_out")
                act = Act(Deed.SIGNED_OUT, found.agent_id, device=found.device_id, address=address)
                await self.audit.append(connection, act)

    async def caller(
        self, access: str, *, from_any_device: bool = False, hides: frozenset[Secret] = frozenset()
    ) -> Caller:
        """Who an access token belongs to, as the directory has them now, at a workstation that `hides` so much.

        Raises RequestRefused: not_signed_in, and device_locked or device_wiped unless `from_any_device`.
        """
        return await self._in_session(str(self._claims(access)["sid"]), hides, from_any_device=from_any_device)

    async def caller_again(self, caller: Caller) -> Caller:
        """The caller as the directory has them now, while their session lasts. Raises RequestRefused."""
        return await self._in_session(caller.session_id, caller.hides)

    async def callers_again(self, callers: Sequence[Caller]) -> list[Caller | None]:
        """The same for many at once, in their order; None for those whom `caller_again` would refuse."""
        ids = [caller.session_id for caller in callers]
        query = _LASTING.where(tables.session.c.id.in_(ids), tables.device.c.state == DeviceState.ACTIVE.value)
        async with self._database.reading() as connection:
            found = (await connection.execute(query, {"now": to_text(self._now())})).all()
            queues = await _queues(connection)
        lasting = {one.id: one for one in found}
        return [
            None
            if (one := lasting.get(caller.session_id)) is None
            else self._caller(one, one.agent_id, one.id, one.device_id, queues, caller.hides)
            for caller in callers
        ]

    async def agent_as_now(self, agent_id: str, device_id: str) -> Caller | None:
        """An agent as the directory has them now, in no session of their own; None for one it does not know."""
        async with self._database.reading() as connection:
            try:
                return await self._describe(connection, agent_id, "", device_id)
            except RequestRefused:
                return None

    async def _in_session(self, session_id: str, hides: frozenset[Secret], *, from_any_device: bool = False) -> Caller:
        async with self._database.reading() as connection:
            asked = {"session_id": session_id, "now": to_text(self._now())}
            found = (await connection.execute(_IN_SESSION, asked)).first()
            if found is None:
                raise RequestRefused(401, "not_signed_in")
            if not from_any_device:
                require_active(DeviceState(found.state))
            queues = await _queues(connection)
        return self._caller(found, found.agent_id, session_id, found.device_id, queues, hides)

    async def _describe(self, connection: AsyncConnection, agent_id: str, session_id: str, device_id: str) -> Caller:
        agent = tables.agent
        query = select(agent.c.role, agent.c.team, agent.c.queues, agent.c.site, _HIDDEN).where(agent.c.id == agent_id)
        found = (await connection.execute(query)).first()
        if found is None:
            raise RequestRefused(401, "not_signed_in")
        return self._caller(found, agent_id, session_id, device_id, await _queues(connection))

    def _caller(
        self,
        found: Any,
        agent_id: str,
        session_id: str,
        device_id: str,
        queues: Sequence[QueueFacts],
        hides: frozenset[Secret] = frozenset(),
    ) -> Caller:
        role = Role(found.role)
        sight = self._sight(role, found.hidden, hides)
        person = Person(agent_id, role, found.team, tuple(found.queues), sight.kinds, found.site)
        scopes, seen = scopes_of_user(person, queues), queues_of_person(person, queues)
        return Caller(person, session_id, device_id, scopes, seen, sight, hides)

    async def sights(self) -> frozenset[Sight]:
        """Every way in which somebody may see rows by now."""
        async with self._database.reading() as connection:
            hidden = await connection.scalar(select(_HIDDEN))
        return frozenset(
            self._sight(role, hidden, hides) for role in Role for hides in (frozenset[Secret](), *HIDES.values())
        )

    def _sight(self, role: Role, hidden: Mapping[str, Any] | None, hides: frozenset[Secret]) -> Sight:
        """What the console has hidden from a role stays hidden, whatever the rules of the desks say; a workstation may
        hide more."""
        kinds = frozenset[Secret]() if hidden is None else from_body(Hidden, "", 0, hidden).kinds(role)
        kinds |= hides | (IN_TEXTS if role in self.policy.masked else frozenset())
        return Sight(self._sight_key, kinds) if kinds else WHOLE

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

    async def end_password_sessions(self) -> None:
        """Where passwords are switched off, nobody goes on with a session that began with one, but in an emergency."""
        if self.break_glass is None:
            return
        agent, session = tables.agent, tables.session
        may = select(agent.c.id).where(
            func.lower(agent.c.login).in_(self.break_glass),
            agent.c.role.in_([role.value for role in BREAK_GLASS_ROLES]),
        )
        others = update(session).where(
            session.c.ended_at.is_(None), session.c.signed_on_until.is_(None), session.c.agent_id.not_in(may)
        )
        async with self._database.writing() as connection:
            ended = others.values(ended_at=to_text(self._now()), end_reason="password_sign_in_off")
            await connection.execute(ended)

    async def _over(self, connection: AsyncConnection, session_id: str) -> str | None:
        """Why a session goes on no more: the provider is to be asked again, or passwords are switched off."""
        agent = tables.agent
        query = (
            select(_session.c.signed_on_until, agent.c.login, agent.c.role)
            .join(agent, agent.c.id == _session.c.agent_id)
            .where(_session.c.id == session_id)
        )
        found = (await connection.execute(query)).one()
        if found.signed_on_until is not None:
            return "sign_on_due" if found.signed_on_until <= to_text(self._now()) else None
        return None if self._may_have_password(found.login, Role(found.role)) else "password_sign_in_off"

    async def _start_session(
        self, connection: AsyncConnection, agent_id: str, device_id: str, over_at: datetime | None = None
    ) -> Tokens:
        session_id = str(uuid.uuid4())
        started = {
            "id": session_id,
            "agent_id": agent_id,
            "device_id": device_id,
            "started_at": to_text(self._now()),
            "signed_on_until": None if over_at is None else to_text(over_at),
        }
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

    async def _end(self, connection: AsyncConnection, session_id: str, reason: str) -> bool:
        """Whether it had not ended before."""
        session = tables.session
        statement = update(session).where(session.c.id == session_id, session.c.ended_at.is_(None))
        done = await connection.execute(statement.values(ended_at=to_text(self._now()), end_reason=reason))
        return done.rowcount > 0


async def _signed_in(connection: AsyncConnection, tokens: Tokens, agent_id: str, device_id: str) -> SignedIn:
    row = (await fetch(connection, "agent", [agent_id]))[agent_id]
    return SignedIn(tokens, device_id, row.to_plain(WHOLE))


async def _require_active(connection: AsyncConnection, device_id: str) -> None:
    found = await connection.scalar(select(tables.device.c.state).where(tables.device.c.id == device_id))
    require_active(DeviceState(found or DeviceState.ACTIVE))


def require_active(state: DeviceState) -> None:
    """Raises RequestRefused: device_locked, device_wiped."""
    if state is not DeviceState.ACTIVE:
        raise RequestRefused(403, "device_locked" if state is DeviceState.LOCKED else "device_wiped")


def access_life_s(settings: Settings) -> int:
    return int(settings.access_life / timedelta(seconds=1))


async def _queues(connection: AsyncConnection) -> list[QueueFacts]:
    return [QueueFacts(row.id, row.team, tuple(row.segments)) for row in await connection.execute(_QUEUES)]
