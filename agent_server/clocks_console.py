"""The command line for service levels: `agent-server sla show | policy | holidays`."""

import argparse
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from agent_model.clock_policy import SlaPolicy
from agent_model.moment import to_text
from agent_server.audit import Act, Deed
from agent_server.console import EXIT_REFUSED, now, say, trail_of, who_runs_this, with_database
from agent_server.database import Database
from agent_server.importing.company_folder import BadSource
from agent_server.importing.sla import policy_in_force, put_in_force, with_holidays, with_targets
from agent_server.importing.sla_file import SHIPPED, read_holidays, read_policy
from agent_server.settings import Settings

POLICY_FILE = "sla.toml"


def add_commands(commands: Any, everywhere: argparse.ArgumentParser) -> None:
    """The commands, each with the options that are the same everywhere."""
    sla = commands.add_parser("sla", help="what is promised for tickets").add_subparsers(required=True)
    show = sla.add_parser("show", parents=[everywhere], help="what is in force")
    show.set_defaults(command=_show)
    policy = sla.add_parser("policy", parents=[everywhere], help="other targets and calendars, for new tickets")
    policy.add_argument("file", type=Path, help="TOML, see docs/sla.md")
    policy.set_defaults(command=_policy)
    holidays = sla.add_parser("holidays", parents=[everywhere], help="other holidays and make-up working days")
    holidays.add_argument("file", type=Path, nargs="?", help="CSV: date, off or work, name (default: what is shipped)")
    holidays.add_argument("--set", default="cn", help="which holidays these are (default: %(default)s)")
    holidays.set_defaults(command=_holidays)


def import_policy(settings: Settings, folder: Path) -> int:
    """The policy of a company's folder, if it has one."""
    path = folder / POLICY_FILE
    return _change(settings, lambda before: with_targets(before, *read_policy(path))) if path.is_file() else 0


def _show(settings: Settings, _arguments: argparse.Namespace) -> int:
    async def read(database: Database) -> SlaPolicy:
        await database.require_current()
        async with database.reading() as connection:
            return await policy_in_force(connection)

    _tell(with_database(settings, read))
    return 0


def _policy(settings: Settings, arguments: argparse.Namespace) -> int:
    if not arguments.file.is_file():
        return say(EXIT_REFUSED, f"{arguments.file} is not a file")
    return _change(settings, lambda before: with_targets(before, *read_policy(arguments.file)))


def _holidays(settings: Settings, arguments: argparse.Namespace) -> int:
    path = arguments.file or SHIPPED / f"{arguments.set}.csv"
    if not path.is_file():
        return say(EXIT_REFUSED, f"{path} is not a file")
    return _change(settings, lambda before: with_holidays(before, arguments.set, read_holidays(path)))


def _change(settings: Settings, changed: Callable[[SlaPolicy], SlaPolicy]) -> int:
    async def change(database: Database) -> SlaPolicy:
        await database.require_current()
        trail = trail_of(settings, database)
        async with database.writing() as connection:
            before = await policy_in_force(connection)
            fresh = await put_in_force(database, connection, before, changed(before), now())
            if fresh is not None:
                await trail.append(connection, Act(Deed.POLICY_CHANGED, who_runs_this(), fresh.id, "sla"))
        await trail.anchor()
        return fresh or before

    try:
        _tell(with_database(settings, change))
    except BadSource as error:
        return say(EXIT_REFUSED, f"{error.place}: {error.fact}")
    return 0


def _tell(policy: SlaPolicy) -> None:
    lines = [f"version\t{policy.id}\tsince {to_text(policy.since)}"]
    for target in policy.targets:
        chosen = (*target.types, *target.tiers, *target.priorities, *target.sources)
        given = f"{target.days} d" if target.days else f"{target.minutes / 60:g} h"
        about = " ".join(chosen) or "every ticket"
        steps = " ".join(
            f"{s.kind}@{f'{s.percent}%' if s.percent is not None else f'{s.minutes:+}min'}" for s in target.steps
        )
        lines.append(f"{target.measure}\t{given}\t{target.calendar}\t{about}\t{steps}".rstrip())
    lines += [f"calendar\t{calendar.id}\t{calendar.zone}\t{calendar.holidays or '-'}" for calendar in policy.calendars]
    for holidays in policy.holidays:
        lines.append(f"holidays\t{holidays.id}\t{' '.join(str(year) for year in holidays.years)}")
    sys.stdout.write("\n".join(lines) + "\n")
