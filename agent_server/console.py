"""What whoever runs the server's machine may do to accounts, the policy and the audit trail, and each act stands in it.

`agent-server user | sessions | second-factor | policy | audit`
"""

import argparse
import asyncio
import getpass
import os
import sys
from collections.abc import Awaitable, Callable
from dataclasses import fields
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, Final, TypeVar

from agent_model.agent import Role
from agent_model.announcement import LONGEST_SITE
from agent_server.administration import Actor, Administration, BadSite, RolesKeptApart, UnknownUser, UserExists
from agent_server.audit import Act, AuditTrail, Deed
from agent_server.database import Database
from agent_server.passwords import Passwords
from agent_server.policy import Policy, policy_from, read_policy, write_policy
from agent_server.probation.newcomers import Newcomers, NotADayOfJoining, UnknownAgent
from agent_server.probation.tally import Tally
from agent_server.rows import BadBody
from agent_server.second_factor import SecondFactors
from agent_server.settings import Settings, read_secret
from agent_server.users import Users

EXIT_REFUSED: Final = 1
EXIT_NOT_READY: Final = 3
NO_ROLE: Final = "-"

T = TypeVar("T")


def add_commands(commands: Any, everywhere: argparse.ArgumentParser) -> Any:
    """The commands, each with the options that are the same everywhere; those about people, for more of them."""
    user = commands.add_parser("user", help="people who may sign in").add_subparsers(required=True)
    add = user.add_parser("add", parents=[everywhere], help="add a person; the password is asked for")
    add.add_argument("login")
    add.add_argument("--name-zh", default="")
    add.add_argument("--name-en", default="")
    add.add_argument("--role", choices=[role.value for role in Role], default=Role.AGENT.value)
    add.add_argument("--extension", default="")
    add.add_argument("--team", required=True)
    add.add_argument("--queue", action="append", default=[], help="may be given several times")
    add.set_defaults(command=_user_add)
    role = user.add_parser("role", parents=[everywhere], help="give a person another role; ends their sessions")
    role.add_argument("login")
    role.add_argument("role", choices=[role.value for role in Role])
    role.set_defaults(command=_user_role)
    site = user.add_parser("site", parents=[everywhere], help="say where a person sits; without a site: nowhere")
    site.add_argument("login")
    site.add_argument("site", nargs="?", default="")
    site.set_defaults(command=_user_site)
    joined = user.add_parser(
        "joined", parents=[everywhere], help="say since when a person works here (docs/training.md)"
    )
    joined.add_argument("login")
    joined.add_argument("day", type=_day, nargs="?", help="as 2026-09-01; without it nobody knows any more")
    joined.set_defaults(command=_user_joined)
    listed = user.add_parser("list", parents=[everywhere], help="who there is")
    listed.set_defaults(command=_user_list)
    _about_somebody(user, everywhere, "passwd", "set a password; it is asked for; ends their sessions", _user_passwd)
    _about_somebody(user, everywhere, "lock", "let a person in no more; ends their sessions", _user_lock)
    _about_somebody(user, everywhere, "unlock", "let a person in again", _user_unlock)

    sessions = commands.add_parser("sessions", help="who is signed in").add_subparsers(required=True)
    _about_somebody(sessions, everywhere, "end", "end every session of a person, with its tokens", _sessions_end)
    factor = commands.add_parser("second-factor", help="codes at sign-in").add_subparsers(required=True)
    _about_somebody(factor, everywhere, "reset", "take a person's second factor away", _factor_reset)

    policy = commands.add_parser(
        "policy", parents=[everywhere], help="what the site has decided; a running server keeps what it started with"
    )
    policy.add_argument("--second-factor", nargs="*", metavar="ROLE", help="roles that need a second factor")
    policy.add_argument("--masked", nargs="*", metavar="ROLE", help="roles that see phone and ID numbers masked")
    policy.add_argument("--asks-why", nargs="*", metavar="ROLE", help="roles that write down why they look at a number")
    policy.set_defaults(command=_policy)

    audit = commands.add_parser("audit", help="the audit trail").add_subparsers(required=True)
    verify = audit.add_parser("verify", parents=[everywhere], help="whether a line was changed, removed or put in")
    verify.set_defaults(command=_audit_verify)
    prune = audit.add_parser("prune", parents=[everywhere], help="remove old lines; six months are always kept")
    prune.add_argument("--keep-days", type=int, default=730)
    prune.set_defaults(command=_audit_prune)
    return user


def now() -> datetime:
    return datetime.now(UTC)


def say(code: int, sentence: str) -> int:
    sys.stderr.write(f"agent-server: {sentence}\n")
    return code


def note_restored(settings: Settings) -> Callable[[Database], Awaitable[None]]:
    """Work on a database that came from a backup: its audit trail says so."""
    return lambda database: trail_of(settings, database).restored(who_runs_this())


def ask_password() -> str:
    """From the keyboard without showing it, or the first line of stdin; never from the arguments."""
    if sys.stdin.isatty():
        return getpass.getpass()
    return sys.stdin.readline().rstrip("\r\n")


def is_there(path: Path) -> bool:
    """Also where nobody may look into its folder: then it is there, and cannot be read."""
    try:
        path.lstat()
    except FileNotFoundError:
        return False
    except OSError:
        return True
    return True


def why_no_key(path: Path) -> str:
    """What is wrong with the file of the secret key, and what to do."""
    if not is_there(path):
        return f"there is no key in {path}: run agent-server init, or put back the one of the backup"
    if not os.access(path, os.R_OK):
        return f"{path} may not be read by this account: run this as the server's account, or give it the file (chown)"
    return f"what stands in {path} is no key: put back the one of the backup, a new one opens nothing sealed before"


def with_database(settings: Settings, work: Callable[[Database], Awaitable[T]]) -> T:
    async def working() -> T:
        database = Database(settings.database)
        try:
            return await work(database)
        finally:
            await database.close()

    return asyncio.run(working())


def _about_somebody(commands: Any, everywhere: argparse.ArgumentParser, name: str, told: str, command: Any) -> None:
    parser = commands.add_parser(name, parents=[everywhere], help=told)
    parser.add_argument("login")
    parser.set_defaults(command=command)


def _user_add(settings: Settings, arguments: argparse.Namespace) -> int:
    body: dict[str, Any] = {
        "login": arguments.login,
        "name": {"zh": arguments.name_zh, "en": arguments.name_en or arguments.login},
        "role": arguments.role,
        "extension": arguments.extension,
        "team": arguments.team,
        "queues": arguments.queue,
        "languages": ["zh-CN"],
    }
    password = ask_password()
    return _administer(settings, lambda desk, actor: desk.add(actor, body, password))


def _user_role(settings: Settings, arguments: argparse.Namespace) -> int:
    role = Role(arguments.role)
    return _administer(settings, lambda desk, actor: desk.set_role(actor, arguments.login, role, ""))


def _user_site(settings: Settings, arguments: argparse.Namespace) -> int:
    return _administer(settings, lambda desk, actor: desk.set_site(actor, arguments.login, arguments.site, ""))


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{text} is not a day such as 2026-09-01") from error


def _user_joined(settings: Settings, arguments: argparse.Namespace) -> int:
    async def told(database: Database) -> None:
        await database.require_current()
        trail = trail_of(settings, database)
        tally = Tally(database, settings.site_zone, now)
        newcomers = Newcomers(database, trail, tally, settings.site_zone, now)
        actor = Actor(who_runs_this(), None)
        await newcomers.joined(None, actor.act(Deed.JOINING_TOLD, arguments.login, ""), arguments.login, arguments.day)
        await trail.anchor()

    try:
        with_database(settings, told)
    except UnknownAgent as error:
        return say(EXIT_REFUSED, f"nobody is called {error}")
    except NotADayOfJoining as error:
        return say(EXIT_REFUSED, f"nobody joins on {error}: name a day that has come")
    return 0


def _user_passwd(settings: Settings, arguments: argparse.Namespace) -> int:
    password = ask_password()
    return _administer(settings, lambda desk, actor: desk.set_password(actor, arguments.login, password))


def _user_lock(settings: Settings, arguments: argparse.Namespace) -> int:
    return _administer(settings, lambda desk, actor: desk.set_locked(actor, arguments.login, "", is_locked=True))


def _user_unlock(settings: Settings, arguments: argparse.Namespace) -> int:
    return _administer(settings, lambda desk, actor: desk.set_locked(actor, arguments.login, "", is_locked=False))


def _sessions_end(settings: Settings, arguments: argparse.Namespace) -> int:
    return _administer(settings, lambda desk, actor: desk.end_sessions(actor, arguments.login, ""))


def _factor_reset(settings: Settings, arguments: argparse.Namespace) -> int:
    return _administer(settings, lambda desk, actor: desk.reset_second_factor(actor, arguments.login, ""))


def _user_list(settings: Settings, _arguments: argparse.Namespace) -> int:
    async def listed(database: Database) -> Any:
        await database.require_current()
        return await Users(database, Passwords(settings.password_cost)).all()

    for user in with_database(settings, listed):
        marks = ("" if user.has_password else " (no password)") + (" (locked)" if user.is_locked else "")
        sys.stdout.write(f"{user.login}\t{user.role}\t{user.team}\t{','.join(user.queues)}{marks}\n")
    return 0


def _policy(settings: Settings, arguments: argparse.Namespace) -> int:
    names = (field.name for field in fields(Policy))
    wanted = {name: roles for name in names if (roles := getattr(arguments, name)) is not None}
    unknown = {role for roles in wanted.values() for role in roles} - {role.value for role in Role}
    if unknown:
        return say(EXIT_REFUSED, f"there is no role {', '.join(sorted(unknown))}")

    async def decide(database: Database) -> Any:
        await database.require_current()
        policy = await read_policy(database)
        if not wanted:
            return policy
        policy = policy_from({**policy.to_plain(), **wanted})
        trail = trail_of(settings, database)
        async with database.writing() as connection:
            await write_policy(database, connection, policy)
            told = "; ".join(f"{name}: {' '.join(roles)}" for name, roles in policy.to_plain().items())
            await trail.append(connection, Act(Deed.POLICY_CHANGED, who_runs_this(), reason=told))
        await trail.anchor()
        return policy

    for name, roles in with_database(settings, decide).to_plain().items():
        sys.stdout.write(f"{name}\t{' '.join(roles) or NO_ROLE}\n")
    return 0


def _audit_verify(settings: Settings, _arguments: argparse.Namespace) -> int:
    async def verify(database: Database) -> Any:
        await database.require_current()
        return await trail_of(settings, database).verify()

    findings = with_database(settings, verify)
    for finding in findings:
        sys.stdout.write(f"{finding.what}\t{finding.seq}\n")
    return say(EXIT_REFUSED, "the audit trail is not as it was written") if findings else 0


def _audit_prune(settings: Settings, arguments: argparse.Namespace) -> int:
    async def prune(database: Database) -> int:
        await database.require_current()
        trail = trail_of(settings, database)
        gone = await trail.prune(who_runs_this(), timedelta(days=arguments.keep_days))
        await trail.anchor()
        return gone

    sys.stdout.write(f"{with_database(settings, prune)}\n")
    return 0


def _administer(settings: Settings, work: Callable[[Administration, Actor], Awaitable[Any]]) -> int:
    """Do one thing to an account, in the name of who runs the machine."""

    async def working(database: Database) -> None:
        await database.require_current()
        trail = trail_of(settings, database)
        factors = SecondFactors(database, read_secret(settings.home), now)
        desk = Administration(database, Passwords(settings.password_cost), trail, factors, now)
        await work(desk, Actor(who_runs_this(), None))
        await trail.anchor()

    try:
        with_database(settings, working)
    except UserExists as error:
        return say(EXIT_REFUSED, f"{error} exists")
    except UnknownUser as error:
        return say(EXIT_REFUSED, f"nobody is called {error}")
    except BadSite:
        return say(EXIT_REFUSED, f"a site is a line of at most {LONGEST_SITE} signs that can be seen")
    except RolesKeptApart:
        return say(EXIT_REFUSED, "administrator, security officer and auditor are three people: add another account")
    except BadBody as error:
        return say(EXIT_REFUSED, f"{error.field} is not as it should be")
    return 0


def trail_of(settings: Settings, database: Database) -> AuditTrail:
    return AuditTrail(database, read_secret(settings.home), settings.home, now)


def who_runs_this() -> str:
    try:
        return f"console:{getpass.getuser()}"[:128]
    except (OSError, KeyError):  # an account without a name
        return "console"
