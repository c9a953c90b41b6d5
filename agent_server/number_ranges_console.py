"""The command line for numbers that platforms lend: `agent-server privacy-numbers ranges | learned`."""

import argparse
import sys
from typing import Any

from agent_model.body import from_body
from agent_model.number_range import NumberRange
from agent_server.console import EXIT_REFUSED, say, with_database
from agent_server.database import Database
from agent_server.number_ranges import Learned, learned_before
from agent_server.rows import Stored, reader, selecting
from agent_server.settings import Settings


def add_commands(commands: Any, everywhere: argparse.ArgumentParser) -> None:
    """The commands, each with the options that are the same everywhere."""
    about = commands.add_parser("privacy-numbers", help="numbers that platforms lend, and who has one").add_subparsers(
        required=True
    )
    ranges = about.add_parser("ranges", parents=[everywhere], help="the ranges that there are")
    ranges.set_defaults(command=_ranges)
    learned = about.add_parser("learned", parents=[everywhere], help="customers whose record holds such a number")
    learned.set_defaults(command=_learned)


def _ranges(settings: Settings, _arguments: argparse.Namespace) -> int:
    async def read(database: Database) -> list[Stored]:
        await database.require_current()
        async with database.reading() as connection:
            return [*map(reader("number_range"), await connection.execute(selecting("number_range")))]

    for row in with_database(settings, read):
        found = from_body(NumberRange, row.id, row.version, row.body)
        mark = "" if found.is_on else "\t(off)"
        sys.stdout.write(f"{found.id}\t{found.platform.zh}\t{found.platform.en}\t{', '.join(found.spans)}{mark}\n")
    return 0


def _learned(settings: Settings, _arguments: argparse.Namespace) -> int:
    async def read(database: Database) -> list[Learned]:
        await database.require_current()
        async with database.reading() as connection:
            return await learned_before(connection)

    found = with_database(settings, read)
    for one in found:
        sys.stdout.write(f"{one.customer_id}\t{one.number}\t{one.platform}\n")
    if not found:
        return 0
    return say(EXIT_REFUSED, f"{len(found)} numbers are nobody's own: take them off these customers' records")
