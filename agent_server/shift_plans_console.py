"""The command line for plans of shifts: `agent-server shifts import FILE`."""

import argparse
import sys
from pathlib import Path
from typing import Any, Final

from agent_papers.paper import BadPaper
from agent_papers.shift_table import LineFault, ShiftTable, gather
from agent_server.administration import Actor
from agent_server.console import now, trail_of, who_runs_this, with_database
from agent_server.database import Database
from agent_server.floor.shift_plans import ShiftPlans, Taken
from agent_server.notices import InProcessBroker
from agent_server.refused_tables import refuse_table
from agent_server.settings import Settings

EXIT_SOME_BAD: Final = 4
_COLUMNS: Final = "Agent, Day, From and To (坐席, 日期, 开始, 结束)"
_LINES: Final = {
    "unreadable": "cannot be read: look for an open quotation mark, merged cells, or a formula without a result",
    "no_agent": "nobody is named",
    "no_day": "“{value}” is no day: write 2026-11-23",
    "no_clock": "“{value}” is no time: write 09:00, and 26:00 for two in the morning of the day after",
    "no_word": "“{value}” is not known: write work, break, training or off",
    "no_time": "it takes no time, or ends after the day after",
    "overlap": "it overlaps another line of that day",
    "too_long": "the shift is longer than 24 hours",
    "too_many": "there are too many lines of that day",
    "unknown_agent": "nobody is called “{value}”",
    "several_agents": "several are called “{value}”: write the login",
    "not_your_team": "“{value}” is in another team",
    "twice": "the same day of the same agent stands before it",
    "other_day": "it overlaps the shift of the day before or after",
    "too_far": "the day is more than 400 days away",
}


def add_commands(commands: Any, everywhere: argparse.ArgumentParser) -> None:
    """The commands, each with the options that are the same everywhere."""
    about = commands.add_parser("shifts", help="what agents are planned to do")
    ways = about.add_subparsers(required=True)
    bring = ways.add_parser("import", parents=[everywhere], help="XLSX or CSV, in place of what was planned")
    bring.add_argument("file", type=Path)
    bring.add_argument("--dry-run", action="store_true", help="every line is tried, nothing is written")
    bring.set_defaults(command=_import)


def _import(settings: Settings, arguments: argparse.Namespace) -> int:
    try:
        table = gather(arguments.file)
    except (BadPaper, OSError) as error:
        return refuse_table(arguments.file, error, _COLUMNS)

    async def bring(database: Database) -> Taken:
        await database.require_current()
        trail = trail_of(settings, database)
        plans = ShiftPlans(database, trail, InProcessBroker("console"), settings.site_zone, now)
        shifts = [one.shift for one in table.shifts]
        taken = await plans.put(Actor(who_runs_this(), None), None, shifts, is_tried=arguments.dry_run)
        await trail.anchor()
        return taken

    return _tell(table, with_database(settings, bring), is_tried=arguments.dry_run)


def _tell(table: ShiftTable, taken: Taken, *, is_tried: bool) -> int:
    would = " (nothing was written)" if is_tried else ""
    told = f"{taken.new} new, {taken.changed} changed, {taken.same} as they were, {taken.cleared} without a plan"
    sys.stdout.write(f"{told}{would}\n")
    if table.passed_over:
        sys.stdout.write(f"columns that nobody knows, passed over: {', '.join(table.passed_over)}\n")
    refused = [
        LineFault(table.shifts[nth].number, code.value, table.shifts[nth].shift.agent)
        for nth, code in taken.refused.items()
    ]
    faults = sorted((*table.faults, *refused), key=lambda one: one.number)
    for fault in faults:
        sys.stdout.write(f"line {fault.number}: {_LINES[fault.wrong].format(value=fault.value)}\n")
    return EXIT_SOME_BAD if faults else 0
