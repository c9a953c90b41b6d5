"""The command line for televisions that show the wallboard: `agent-server television add | list | revoke`."""

import argparse
import sys
from typing import Any

from agent_server.console import EXIT_REFUSED, now, say, trail_of, who_runs_this, with_database
from agent_server.database import Database
from agent_server.settings import Settings
from agent_server.televisions import LONGEST_NAME, NameTaken, Television, Televisions, UnknownTelevision


def add_commands(commands: Any, everywhere: argparse.ArgumentParser) -> None:
    """The commands, each with the options that are the same everywhere."""
    about = commands.add_parser("television", help="screens on the wall that show the wallboard")
    ways = about.add_subparsers(required=True)
    for name, told, command in (
        ("add", "make a television's token, which is seen this once", _add),
        ("revoke", "have a television show nothing any more", _revoke),
    ):
        found = ways.add_parser(name, parents=[everywhere], help=told)
        found.add_argument("name", type=_name)
        found.set_defaults(command=command)
    listed = ways.add_parser("list", parents=[everywhere], help="which there are")
    listed.set_defaults(command=_list)


def _name(text: str) -> str:
    if not text.strip().isprintable() or not 1 <= len(text.strip()) <= LONGEST_NAME:
        raise argparse.ArgumentTypeError(f"1 to {LONGEST_NAME} signs")
    return text.strip()


def _add(settings: Settings, arguments: argparse.Namespace) -> int:
    async def add(database: Database) -> str:
        await database.require_current()
        trail = trail_of(settings, database)
        token = await Televisions(database, now).add(arguments.name, trail, who_runs_this())
        await trail.anchor()
        return token

    try:
        token = with_database(settings, add)
    except NameTaken:
        return say(EXIT_REFUSED, f"there is a television called {arguments.name}: give this one another name")
    sys.stdout.write(f"/wallboard?lang=zh#{token}\n")
    return 0


def _list(settings: Settings, _arguments: argparse.Namespace) -> int:
    async def every(database: Database) -> list[Television]:
        await database.require_current()
        return await Televisions(database, now).all()

    for found in with_database(settings, every):
        sys.stdout.write(f"{found.name}\t{found.made_at}\t{found.made_by}\t{found.revoked_at or 'shows'}\n")
    return 0


def _revoke(settings: Settings, arguments: argparse.Namespace) -> int:
    async def revoke(database: Database) -> None:
        await database.require_current()
        trail = trail_of(settings, database)
        await Televisions(database, now).revoke(arguments.name, trail, who_runs_this())
        await trail.anchor()

    try:
        with_database(settings, revoke)
    except UnknownTelevision:
        return say(EXIT_REFUSED, f"no television with a token is called {arguments.name}")
    return 0
