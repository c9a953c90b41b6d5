"""`agent-server import customers|tickets|products FILE`: a table from a file, with what is wrong with it in words."""

import argparse
import os
import sys
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import orjson

from agent_model.table_import import LEFT_OUT, ImportTally, ImportWishes
from agent_papers.tables.encoding import ENCODINGS
from agent_papers.tables.sheet import BadFile
from agent_server.console import EXIT_REFUSED, now, say, trail_of, who_runs_this, with_database
from agent_server.database import Database
from agent_server.importing.fields import KINDS
from agent_server.importing.sentences import EN, LANGUAGES, ZH, of_file
from agent_server.importing.table import Done, Order, TableImport
from agent_server.listen_notify import tell_servers
from agent_server.settings import Settings, read_secret

EXIT_SOME_BAD: Final = 4
"""Done, and some rows were not imported: they are in the file of errors."""
SAID_EVERY: Final = 2500
"""Rows."""
SPELLED_DELIMITERS: Final = {"tab": "\t", "comma": ",", "semicolon": ";"}


def add_options(parser: argparse.ArgumentParser) -> None:
    """What an import of a table takes beside its file."""
    parser.add_argument(
        "--map",
        action="append",
        default=[],
        metavar="COLUMN=FIELD",
        help="what a column means; `-` as the field leaves the column out",
    )
    parser.add_argument(
        "--set", action="append", default=[], metavar="FIELD=VALUE", help="what every row says of a field"
    )
    parser.add_argument("--profile", metavar="NAME", help="read the file as remembered by this name")
    parser.add_argument("--remember", metavar="NAME", help="remember by this name how the file is read")
    parser.add_argument("--encoding", choices=ENCODINGS, help="default: found out")
    parser.add_argument("--delimiter", help="of a CSV file: a sign, or tab, comma, semicolon; default: found out")
    parser.add_argument("--sheet", help="which sheet of a workbook; default: the only one with headings that are known")
    parser.add_argument("--heading-row", type=int, metavar="ROW", help="default: found out among the first ten")
    parser.add_argument("--zone", help="clock of times without a zone, such as Asia/Shanghai")
    parser.add_argument(
        "--preview", action="store_true", help="show the columns and the first rows; nothing is written"
    )
    parser.add_argument("--dry-run", action="store_true", help="try every row; nothing is written but the errors")
    parser.add_argument("--errors", type=Path, metavar="FILE", help="for bad rows; default: beside the file")
    parser.add_argument("--language", choices=LANGUAGES, help="of the words about bad rows; default: as the headings")


def import_table(settings: Settings, arguments: argparse.Namespace) -> int:
    """EXIT_SOME_BAD when rows were left out."""
    words = arguments.language or (ZH if _locale().startswith("zh") else EN)
    try:
        order, zone = _order(arguments), _zone(settings, arguments.zone)
    except ValueError as error:
        return say(EXIT_REFUSED, str(error))
    read_secret(settings.home)  # without the site's key no import stands in the trail: said before it begins

    async def bring(database: Database) -> Done | None:
        await database.require_current()
        opened = await TableImport.open(database, order, settings.dial_plan, zone)
        _say_how(opened)
        if arguments.preview:
            _write_preview(opened)
            return None
        trail = trail_of(settings, database)
        return await opened.run(
            database, trail, now, who_runs_this(), _say_progress, lambda heads: tell_servers(settings.database, heads)
        )

    try:
        done = with_database(settings, bring)
    except BadFile as bad:
        return say(EXIT_REFUSED, f"{order.path}: {of_file(bad, words)}")
    except OSError as error:
        return say(EXIT_REFUSED, f"{order.path}: {error.strerror or error}")
    if done is None:
        return 0
    sys.stderr.write("\n")
    sys.stdout.write(orjson.dumps(done.to_plain()).decode() + "\n")
    if done.errors is None:
        return 0
    rows = "a row was" if done.tally.bad == 1 else f"{done.tally.bad} rows were"
    return say(EXIT_SOME_BAD, f"{rows} not imported, and why stands in {done.errors}: mend that file and import it")


def _order(arguments: argparse.Namespace) -> Order:
    """Raises ValueError with the sentence."""
    delimiter = (
        None if arguments.delimiter is None else SPELLED_DELIMITERS.get(arguments.delimiter, arguments.delimiter)
    )
    if delimiter is not None and len(delimiter) != 1:
        raise ValueError("--delimiter is one sign, or tab, comma, semicolon")
    wishes = ImportWishes(
        _pairs(arguments.map, "--map", "COLUMN=FIELD"),
        _pairs(arguments.set, "--set", "FIELD=VALUE"),
        arguments.encoding,
        delimiter,
        arguments.sheet,
        arguments.heading_row,
    )
    if arguments.profile == "" or arguments.remember == "" or len(arguments.remember or "") > 64:
        raise ValueError("the name of a profile has 1 to 64 signs")
    return Order(
        KINDS[arguments.what],
        arguments.file,
        wishes,
        arguments.profile,
        arguments.remember,
        arguments.language,
        arguments.dry_run,
        arguments.errors,
    )


def _pairs(texts: list[str], option: str, form: str) -> dict[str, str]:
    pairs = {}
    for text in texts:
        left, equals, right = text.rpartition("=") if option == "--map" else text.partition("=")
        if not equals or not left.strip() or not right.strip():
            raise ValueError(f"{option} {text}: write it as {form}")
        pairs[left.strip()] = right.strip()
    return pairs


def _zone(settings: Settings, name: str | None) -> ZoneInfo:
    """Raises ValueError with the sentence."""
    try:
        return ZoneInfo(name) if name else settings.site_zone
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise ValueError(f"there is no zone {name}: write it as Asia/Shanghai") from error


def _say_how(opened: TableImport) -> None:
    layout = opened.layout
    if opened.sheet.name:
        sys.stderr.write(f"sheet {opened.sheet.name}\n")
    for line in layout.above:
        sys.stderr.write(f"left out, above the headings: row {line}\n")
    left = [column.heading for column in layout.columns if column.field == LEFT_OUT]
    if left:
        sys.stderr.write(f"left out, as wished: {', '.join(left)}\n")


def _say_progress(tally: ImportTally) -> None:
    if tally.rows < tally.of and tally.rows % SAID_EVERY:
        return
    share = "" if not tally.of else f" ({min(100, tally.rows * 100 // tally.of)} %)"
    counts = f"{tally.new} new, {tally.changed} changed, {tally.unchanged} as they were, {tally.bad} bad"
    sys.stderr.write(f"\r{tally.rows} rows{share}: {counts}")
    sys.stderr.flush()


def _write_preview(opened: TableImport) -> None:
    told: dict[str, Any] = {
        "columns": {column.heading: column.field for column in opened.layout.columns},
        "constants": dict(opened.layout.constants),
        "rows": opened.preview(),
    }
    sys.stdout.write(orjson.dumps(told, option=orjson.OPT_INDENT_2).decode() + "\n")


def _locale() -> str:
    return os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG") or ""
