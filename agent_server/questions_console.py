"""The command line for the bank of questions: `agent-server questions import | export`."""

import argparse
import sys
from pathlib import Path
from typing import Any, Final

from agent_papers.paper import BadPaper
from agent_papers.question_columns import EN, ZH, shape_of
from agent_papers.question_table import QuestionTable, RowFault, gather
from agent_papers.tables.csv_file import CsvErrors, CsvFile
from agent_papers.tables.encoding import UTF_8, Text
from agent_server.console import EXIT_REFUSED, now, say, with_database
from agent_server.database import Database
from agent_server.questions import Brought, bank, bring_in
from agent_server.refused_tables import refuse_table
from agent_server.rows import fetch
from agent_server.settings import Settings

_COLUMNS: Final = "Kind, Question and Right answer (题型, 题目, 正确答案)"
_ROWS: Final = {
    "unreadable": "cannot be read: look for an open quotation mark, merged cells, or a formula without a result",
    "no_choice": "“{value}” is not known",
    "no_number": "“{value}” is no number",
    "no_id": "“{value}” is no id: leave it empty for a new question",
    "twice": "row {value} says the same",
    "no_source": "no article, or several, are called “{value}”: write kb:ID",
    "no_call": "choose the call at a workstation, where it can be heard",
    "missing": "something has to stand here",
    "too_long": "is too long",
    "too_few": "too few",
    "too_many": "too many",
    "repeated": "something stands here twice",
    "not_an_option": "there is no option “{value}”",
    "out_of_bounds": "is too small or too large",
}


def add_commands(commands: Any, everywhere: argparse.ArgumentParser) -> None:
    """The commands, each with the options that are the same everywhere."""
    about = commands.add_parser("questions", help="the bank of questions from a table, and as one")
    ways = about.add_subparsers(required=True)
    bring = ways.add_parser("import", parents=[everywhere], help="XLSX or CSV; the same again changes nothing")
    bring.add_argument("file", type=Path)
    bring.add_argument("--author", required=True, help="the login of who answers for new questions")
    bring.add_argument("--dry-run", action="store_true", help="every row is tried, nothing is written")
    bring.set_defaults(command=_import)
    out = ways.add_parser("export", parents=[everywhere], help="every question with what is right, as CSV UTF-8")
    out.add_argument("file", type=Path, help="a file that is not there yet")
    out.add_argument("--language", choices=[ZH, EN], default=ZH, help="of the headings")
    out.set_defaults(command=_export)


def _import(settings: Settings, arguments: argparse.Namespace) -> int:
    try:
        table = gather(arguments.file)
    except (BadPaper, OSError) as error:
        return refuse_table(arguments.file, error, _COLUMNS)

    async def bring(database: Database) -> Brought | None:
        await database.require_current()
        async with database.reading() as connection:
            if not await fetch(connection, "agent", [arguments.author]):
                return None
        return await bring_in(database, table, arguments.author, now(), is_tried=arguments.dry_run)

    brought = with_database(settings, bring)
    if brought is None:
        return say(EXIT_REFUSED, f"nobody is called {arguments.author}")
    return _tell(table, brought, is_tried=arguments.dry_run)


def _tell(table: QuestionTable, brought: Brought, *, is_tried: bool) -> int:
    would = " (nothing was written)" if is_tried else ""
    sys.stdout.write(f"{brought.new} new, {brought.changed} changed, {brought.same} as they were{would}\n")
    if table.passed_over:
        sys.stdout.write(f"columns that nobody knows, passed over: {', '.join(table.passed_over)}\n")
    for one in brought.refused:
        sys.stdout.write(f"row {one.number}: {'; '.join(map(sentence, one.faults))}\n")
    return EXIT_REFUSED if brought.refused else 0


def sentence(fault: RowFault) -> str:
    words = _ROWS.get(fault.wrong, "does not fit this kind of question")
    if fault.wrong == "not_an_option" and not fault.value:
        words = "does not fit the options"
    return f"{fault.field}: {words.format(value=fault.value)}"


def _export(settings: Settings, arguments: argparse.Namespace) -> int:
    async def read(database: Database) -> Any:
        await database.require_current()
        return await bank(database)

    pairs = with_database(settings, read)
    shape = shape_of((question for question, _ in pairs), arguments.language)
    try:
        file = CsvErrors(arguments.file, CsvFile(Text(arguments.file, UTF_8, 0), ","))
        file.write(shape.headings())
        for pair in pairs:
            file.write(shape.cells(*pair))
        file.close()
    except FileExistsError:
        return say(EXIT_REFUSED, f"{arguments.file} is there already: name another file")
    except OSError as error:
        return say(EXIT_REFUSED, f"{arguments.file} cannot be written: {error.strerror}")
    sys.stdout.write(f"{len(pairs)} questions written\n")
    return 0
