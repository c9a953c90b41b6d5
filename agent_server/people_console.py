"""`agent-server user import`: people from a table of another directory, added, changed, locked; never deleted."""

import argparse
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from agent_model.agent import Role
from agent_model.words import Words
from agent_papers.tables.sheet import BadFile
from agent_server.administration import Actor, RolesKeptApart
from agent_server.console import EXIT_REFUSED, now, say, trail_of, who_runs_this, with_database
from agent_server.database import Database
from agent_server.importing.sentences import EN, of_file
from agent_server.people import IMPORT, Change, IncompletePerson, People, Wanted
from agent_server.people_file import BadPerson, PeopleTable, PersonRow, read_people
from agent_server.rights import APART
from agent_server.rows import BadBody
from agent_server.settings import Settings
from agent_server.sign_on.mapping import place_of
from agent_server.sign_on.settings_file import BadSignOn, Mapped, read_sign_on
from agent_server.tables import account, agent, queue, team

MOST_LOCKED_PCT: Final = 10
ALWAYS_LOCKED: Final = 20
"""So many at least may be locked, however few there are."""
_FILES: Final = {
    "no_people": "it has no column userName",
    "too_many_people": "it has more than 50,000 people: part it",
}


@dataclass(frozen=True, slots=True)
class Came:
    """What came of a row: of whom, and the change in words; or why not."""

    number: int
    login: str
    deeds: tuple[str, ...] = ()
    wrong: str = ""
    is_new: bool = False


class _OnlyTried(Exception):
    """What was written is taken back."""


class _Locking(Exception):
    """A file would lock so many of those who are let in."""

    def __init__(self, count: int, of: int) -> None:
        super().__init__(count, of)
        self.count, self.of = count, of


def add_import(user: Any, everywhere: argparse.ArgumentParser) -> None:
    """To the commands about people."""
    bring = user.add_parser(
        "import", parents=[everywhere], help="people from CSV, XLSX or JSON lines; the same again changes nothing"
    )
    bring.add_argument("file", type=Path)
    bring.add_argument("--dry-run", action="store_true", help="say what would happen, and write nothing")
    bring.add_argument(
        "--lock-many",
        action="store_true",
        help=f"also a file that locks more than {MOST_LOCKED_PCT} %% of the people who are let in",
    )
    bring.set_defaults(command=_import)


def _import(settings: Settings, arguments: argparse.Namespace) -> int:
    try:
        table = read_people(arguments.file)
        sign_on = read_sign_on(settings.home)
    except BadFile as error:
        return say(EXIT_REFUSED, f"{arguments.file}: {_FILES.get(error.code) or of_file(error, EN)}")
    except BadSignOn as error:
        return say(EXIT_REFUSED, str(error))
    except OSError as error:
        return say(EXIT_REFUSED, f"{arguments.file} cannot be read: {error.strerror}")
    groups = () if sign_on is None else sign_on.role
    is_tried: bool = arguments.dry_run

    async def bring(database: Database) -> list[Came]:
        await database.require_current()
        trail = trail_of(settings, database)
        people = People(database, trail, settings.password_cost, now)
        importing = _Import(database, people, groups, is_tried=is_tried)
        if not arguments.lock_many:
            await importing.require_few_locked(table)
        came = await importing.run(table)
        await trail.anchor()
        return came

    try:
        came = with_database(settings, bring)
    except _Locking as error:
        return say(
            EXIT_REFUSED,
            f"{arguments.file} would lock {error.count} of {error.of} people, and nothing was done. Look at the column "
            "active; if it is right, say --lock-many",
        )
    return _tell(table, came, is_tried=is_tried)


class _Import:
    """Each person in a transaction of their own: one that does not go keeps nobody else out."""

    def __init__(self, database: Database, people: People, groups: Sequence[Mapped], *, is_tried: bool) -> None:
        self._database = database
        self._people = people
        self._groups = groups
        self._is_tried = is_tried
        self._actor = Actor(who_runs_this(), None)
        self._known: Mapping[str, frozenset[str]] = {}

    async def require_few_locked(self, table: PeopleTable) -> None:
        """A column that came out wrong ends no shift. Raises _Locking."""
        is_out = select(account.c.agent_id).where(account.c.is_locked)
        async with self._database.reading() as connection:
            found = await connection.scalars(select(func.lower(agent.c.login)).where(agent.c.id.not_in(is_out)))
            let_in = frozenset(found.all())
        people = (row.person for row in table.rows if row.person is not None)
        count = sum(one.active is False and one.login in let_in for one in people)
        if count > max(ALWAYS_LOCKED, len(let_in) * MOST_LOCKED_PCT // 100):
            raise _Locking(count, len(let_in))

    async def run(self, table: PeopleTable) -> list[Came]:
        async with self._database.reading() as connection:
            self._known = {
                "team": frozenset((await connection.scalars(select(team.c.id))).all()),
                "queues": frozenset((await connection.scalars(select(queue.c.id))).all()),
            }
        return [
            Came(row.number, "", wrong=row.wrong) if row.person is None else await self._bring(row.number, row.person)
            for row in table.rows
        ]

    async def _bring(self, number: int, row: PersonRow) -> Came:
        came = Came(number, row.login)
        try:
            async with self._database.writing() as connection:
                came = await self._put(connection, number, row)
                if self._is_tried:
                    raise _OnlyTried
        except _OnlyTried:
            return came
        except IncompletePerson as error:
            wanted = "roles, or groups that give one" if error.field == "role" else error.field
            return Came(number, row.login, wrong=f"is new, and needs {wanted}")
        except RolesKeptApart:
            why = "administrator, security officer and auditor are three people: add another account"
            return Came(number, row.login, wrong=why)
        except BadBody as error:
            return Came(number, row.login, wrong=f"{error.field or 'something'} is not as it should be")
        except BadPerson as error:
            return Came(number, row.login, wrong=str(error))
        return came

    async def _put(self, connection: AsyncConnection, number: int, row: PersonRow) -> Came:
        """Raises IncompletePerson, RolesKeptApart, BadBody, BadPerson."""
        is_called = (func.lower(agent.c.login) == row.login) | (func.lower(agent.c.id) == row.login)
        columns = agent.c.id, agent.c.login, agent.c.name, agent.c.role
        found = (await connection.execute(select(*columns).where(is_called))).all()
        if len(found) > 1 or (found and found[0].login.lower() != row.login):
            raise BadPerson("userName: is the id of somebody else here")
        names = found[0].name if found else {}
        agent_id = str(found[0].id) if found else row.login
        wanted = self._wanted(row, names)
        _require_no_office(Role(found[0].role) if found else None, wanted.role)
        change = await self._people.put(connection, self._actor, agent_id, wanted, IMPORT)
        deeds = list(_deeds(change, wanted))
        if row.active is not None and await self._people.set_active(
            connection, self._actor, agent_id, is_active=row.active
        ):
            deeds.append("let in again" if row.active else "locked")
        return Came(number, row.login, tuple(deeds), is_new=change.is_new)

    def _wanted(self, row: PersonRow, names: Mapping[str, str]) -> Wanted:
        """Raises BadPerson."""
        role, team_id, queues = _role(row), row.team, row.queues
        if row.groups is not None and self._groups and role is None:
            place = place_of(self._groups, row.groups)
            if place is None and row.active is not False:
                raise BadPerson("groups: none of them gives a role (sign_on.toml)")
            if place is not None:
                role, team_id, queues = place.role, team_id or place.team, queues or place.queues
        if team_id is not None and team_id not in self._known["team"]:
            raise BadPerson(f"team: there is no {team_id}")
        if strange := sorted(set(queues or ()) - self._known["queues"]):
            raise BadPerson(f"queues: there is no {', '.join(strange)}")
        is_called = row.name is None or row.name in names.values()
        name = None if is_called else Words(str(row.name), str(row.name))
        return Wanted(row.login, name, role, team_id, queues, row.extension)


def _role(row: PersonRow) -> Role | None:
    """Raises BadPerson."""
    if not row.roles:
        return None
    if len(row.roles) > 1:
        raise BadPerson("roles: everybody has one role here")
    try:
        return Role(row.roles[0])
    except ValueError as error:
        raise BadPerson(f"roles: {row.roles[0]} is none of {', '.join(Role)}") from error


def _require_no_office(before: Role | None, after: Role | None) -> None:
    """As with groups at sign-on: whoever writes the file would give, or take, more than the file is for. Between two
    offices it is refused in words of its own. Raises BadPerson."""
    if after is None or before is after or {before, after} <= APART:
        return
    if after in APART:
        raise BadPerson(f"roles: {after} is given at the console alone (agent-server user add, user role)")
    if before in APART:
        raise BadPerson(f"roles: is {before}, which is taken at the console alone (agent-server user role)")


def _deeds(change: Change, wanted: Wanted) -> Sequence[str]:
    if change.is_new:
        return (f"added as {wanted.role}",)
    return (f"changed: {', '.join(change.fields)}",) if change.fields else ()


def _tell(table: PeopleTable, came: Sequence[Came], *, is_tried: bool) -> int:
    for one in came:
        if one.deeds:
            sys.stdout.write(f"{one.login}\t{'; '.join(one.deeds)}\n")
    wrong = [one for one in came if one.wrong]
    new = sum(one.is_new for one in came)
    changed = sum(bool(one.deeds) and not one.is_new for one in came)
    same = len(came) - len(wrong) - new - changed
    would = " (nothing was written)" if is_tried else ""
    sys.stdout.write(f"{new} new, {changed} changed, {same} as they were, {len(wrong)} refused{would}\n")
    if table.passed_over:
        sys.stdout.write(f"columns that nobody knows, passed over: {', '.join(table.passed_over)}\n")
    for one in wrong:
        sys.stdout.write(f"row {one.number}: {one.login + ' ' if one.login else ''}{one.wrong}\n")
    return EXIT_REFUSED if wrong else 0
