"""The command line for merged customers: `agent-server merges days [N]` and `agent-server merges duplicates`."""

import argparse
import sys
from typing import Any, Final

from sqlalchemy import select

from agent_server.audit import Act, Deed
from agent_server.console import EXIT_REFUSED, say, trail_of, who_runs_this, with_database
from agent_server.database import Database
from agent_server.duplicates import duplicates_in
from agent_server.judging.customer_merges import UNDO_DAYS, UNDO_DAYS_NAME
from agent_server.settings import Settings
from agent_server.tables import customer, site

MOST_DAYS: Final = 400


def add_commands(commands: Any, everywhere: argparse.ArgumentParser) -> None:
    """The commands, each with the options that are the same everywhere."""
    merges = commands.add_parser("merges", help="customers merged into others").add_subparsers(required=True)
    days = merges.add_parser("days", parents=[everywhere], help="for how many days a merge can be undone")
    days.add_argument("days", type=int, nargs="?", help="another number, for merges from now on")
    days.set_defaults(command=_days)
    found = merges.add_parser("duplicates", parents=[everywhere], help="customers who may be the same person")
    found.set_defaults(command=_duplicates)


def _days(settings: Settings, arguments: argparse.Namespace) -> int:
    wanted = arguments.days
    if wanted is not None and not 0 <= wanted <= MOST_DAYS:
        return say(EXIT_REFUSED, f"0 to {MOST_DAYS} days")

    async def decide(database: Database) -> int:
        await database.require_current()
        if wanted is not None:
            trail = trail_of(settings, database)
            async with database.writing() as connection:
                line = {"name": UNDO_DAYS_NAME, "value": str(wanted)}
                await connection.execute(database.insert_or_update(site, ("name",)), [line])
                told = f"{UNDO_DAYS_NAME}: {wanted}"
                await trail.append(connection, Act(Deed.POLICY_CHANGED, who_runs_this(), reason=told))
            await trail.anchor()
        async with database.reading() as connection:
            kept = await connection.scalar(select(site.c.value).where(site.c.name == UNDO_DAYS_NAME))
        return UNDO_DAYS if kept is None else int(kept)

    sys.stdout.write(f"{with_database(settings, decide)}\n")
    return 0


def _duplicates(settings: Settings, _arguments: argparse.Namespace) -> int:
    async def find(database: Database) -> list[dict[str, Any]]:
        await database.require_current()
        async with database.reading() as connection:
            segments = (await connection.scalars(select(customer.c.segment).distinct())).all()
            return await duplicates_in(connection, segments)

    for pair in with_database(settings, find):
        sys.stdout.write("\t".join((*pair["customers"], pair["reason"])) + "\n")
    return 0
