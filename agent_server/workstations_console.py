"""The command line for the versions of workstations that may fetch: `agent-server workstations`."""

import argparse
import sys
from typing import Any

from agent_server.console import EXIT_REFUSED, say, trail_of, who_runs_this, with_database
from agent_server.database import Database
from agent_server.settings import Settings
from agent_server.workstations import BadVersion, Tolerated, Workstations, tolerated


def add_commands(commands: Any, everywhere: argparse.ArgumentParser) -> None:
    """The commands, each with the options that are the same everywhere."""
    about = commands.add_parser(
        "workstations", parents=[everywhere], help="show or set which versions of workstations may fetch"
    )
    about.add_argument("--oldest", metavar="VERSION", help="older ones may only send")
    about.add_argument("--newest", metavar="VERSION", help="newer ones may only send; 1.6 takes in 1.6.3")
    about.add_argument("--any", action="store_true", help="take away what was set before")
    about.set_defaults(command=_workstations)


def _workstations(settings: Settings, arguments: argparse.Namespace) -> int:
    try:
        wanted = tolerated(arguments.oldest or "", arguments.newest or "")
    except BadVersion:
        return say(EXIT_REFUSED, "versions are written as 1.4.0, and the oldest is not above the newest")
    sets = arguments.any or wanted != Tolerated()

    async def work(database: Database) -> Tolerated:
        await database.require_current()
        workstations = Workstations(database)
        if sets:
            trail = trail_of(settings, database)
            await workstations.decide(wanted, trail, who_runs_this())
            await trail.anchor()
        return await workstations.standing()

    stands = with_database(settings, work)
    sys.stdout.write(f"oldest {stands.oldest or 'any'}, newest {stands.newest or 'any'}\n")
    return 0
