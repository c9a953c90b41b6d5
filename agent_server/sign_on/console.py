"""`agent-server sign-on check | bind | unbind`: whether the provider is as it has to be, and whose account is whose."""

import argparse
import asyncio
import sys
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from agent_server.accounts import BREAK_GLASS_ROLES
from agent_server.audit import Act, Deed
from agent_server.console import EXIT_NOT_READY, EXIT_REFUSED, now, say, trail_of, who_runs_this, with_database
from agent_server.database import Database
from agent_server.settings import Settings
from agent_server.sign_on.identities import LONGEST_SUBJECT, Identities, IdentityTaken
from agent_server.sign_on.settings_file import SIGN_ON_FILE, BadSignOn, SignOnSettings, read_sign_on
from agent_server.tables import account, agent, queue, team

if TYPE_CHECKING:
    from agent_server.sign_on.provider import Metadata

MISSING: Final = "see docs/it/sign-on.md"


def add_commands(commands: Any, everywhere: argparse.ArgumentParser) -> None:
    """The commands, each with the options that are the same everywhere."""
    ours = commands.add_parser("sign-on", help="the organisation's identity provider").add_subparsers(required=True)
    about = ours.add_parser("check", parents=[everywhere], help=f"say whether {SIGN_ON_FILE} and the provider fit")
    about.set_defaults(command=_check)
    bind = ours.add_parser("bind", parents=[everywhere], help="say which subject of the provider an account belongs to")
    bind.add_argument("login")
    bind.add_argument("subject", help="the sub of their ID token")
    bind.set_defaults(command=_bind)
    unbind = ours.add_parser("unbind", parents=[everywhere], help="the next sign-on with this login binds the account")
    unbind.add_argument("login")
    unbind.set_defaults(command=_unbind)


class _Unknown(Exception):
    """Nobody has this login."""


def _settings(settings: Settings) -> SignOnSettings | int:
    """What the file says, or the exit code once it was said what is wrong."""
    try:
        told = read_sign_on(settings.home)
    except BadSignOn as error:
        return say(EXIT_REFUSED, str(error))
    if told is None:
        return say(EXIT_REFUSED, f"there is no {SIGN_ON_FILE} in {settings.home} ({MISSING})")
    return told


@dataclass(frozen=True, slots=True)
class _Here:
    """What there is here that the file may name."""

    teams: frozenset[str]
    queues: frozenset[str]
    openers: frozenset[str]
    """Who has a password, is not locked and may have it in an emergency."""


@dataclass(frozen=True, slots=True)
class Told:
    text: str
    is_well: bool = False


def check(settings: Settings, told: SignOnSettings) -> Iterator[Told]:
    """Whether the provider answers, and what of the file does not fit it or is not here. Raises DBAPIError,
    DatabaseBehind."""
    from agent_server.sign_on.provider import Provider, ProviderAway  # httpx, for this alone

    try:
        place = asyncio.run(Provider(told, now).survey())
    except ProviderAway as error:
        yield Told(f"the provider cannot be used: {error}")
        return
    yield Told(f"{told.issuer} answers, people are sent to {place.authorization}", is_well=True)
    yield from map(Told, _wrong(told, place, with_database(settings, _here)))


def _check(settings: Settings, _arguments: argparse.Namespace) -> int:
    told = _settings(settings)
    if isinstance(told, int):
        return told
    is_well = True
    for one in check(settings, told):
        is_well = is_well and one.is_well
        sys.stdout.write(f"{'  ' if one.is_well else '! '}{one.text}\n")
    return 0 if is_well else EXIT_NOT_READY


async def _here(database: Database) -> _Here:
    await database.require_current()
    may = [role.value for role in BREAK_GLASS_ROLES]
    openers = (
        select(func.lower(agent.c.login))
        .join(account, account.c.agent_id == agent.c.id)
        .where(account.c.is_locked.is_(False), agent.c.role.in_(may))
    )
    async with database.reading() as connection:
        return _Here(
            frozenset((await connection.scalars(select(team.c.id))).all()),
            frozenset((await connection.scalars(select(queue.c.id))).all()),
            frozenset((await connection.scalars(openers)).all()),
        )


def _wrong(told: SignOnSettings, place: "Metadata", here: _Here) -> Iterator[str]:
    if place.algorithms and not set(told.algorithms) & set(place.algorithms):
        yield f"it signs by {', '.join(place.algorithms)}: name one of them in algorithms"
    if not place.has_s256:
        yield "it does not say that it holds to PKCE (S256): without that a code could be used by who catches it"
    if told.claims_from.value == "userinfo" and not place.userinfo:
        yield "claims_from is userinfo, and it names no userinfo_endpoint"
    for name in sorted({one.team for one in told.role if one.team} - here.teams):
        yield f"[[role]] gives the team {name}, which there is not here"
    for name in sorted({name for one in told.role for name in one.queues} - here.queues):
        yield f"[[role]] gives the queue {name}, which there is not here"
    for login in told.break_glass:
        if login.lower() not in here.openers:
            yield f"break_glass names {login}, who is no administrator or security officer with an account that is open"


def _bind(settings: Settings, arguments: argparse.Namespace) -> int:
    subject: str = arguments.subject
    if not 0 < len(subject) <= LONGEST_SUBJECT or not subject.isprintable():
        return say(EXIT_REFUSED, "that is no subject")

    async def bind(identities: Identities, connection: AsyncConnection, agent_id: str) -> Deed | None:
        await identities.bind(connection, subject, agent_id)
        return Deed.IDENTITY_BOUND

    return _about(settings, arguments.login, bind)


def _unbind(settings: Settings, arguments: argparse.Namespace) -> int:
    async def unbind(identities: Identities, connection: AsyncConnection, agent_id: str) -> Deed | None:
        return Deed.IDENTITY_UNBOUND if await identities.unbind(connection, agent_id) else None

    return _about(settings, arguments.login, unbind)


Work = Callable[[Identities, AsyncConnection, str], Awaitable[Deed | None]]


def _about(settings: Settings, login: str, work: Work) -> int:
    told = _settings(settings)
    if isinstance(told, int):
        return told
    identities = Identities(told.issuer, now)

    async def working(database: Database) -> None:
        await database.require_current()
        trail = trail_of(settings, database)
        async with database.writing() as connection:
            agent_id = await connection.scalar(select(agent.c.id).where(agent.c.login == login))
            if agent_id is None:
                raise _Unknown
            deed = await work(identities, connection, agent_id)
            if deed is not None:
                await trail.append(connection, Act(deed, who_runs_this(), agent_id))
        await trail.anchor()

    try:
        with_database(settings, working)
    except _Unknown:
        return say(EXIT_REFUSED, f"nobody is called {login}")
    except IdentityTaken:
        return say(EXIT_REFUSED, f"{login} or this subject is bound already: unbind it first")
    return 0
