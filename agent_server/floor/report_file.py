"""A report as a workbook or a table of text, in words."""

import tempfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from agent_model.moment import from_text, with_zone
from agent_model.words import Words
from agent_papers.text_table import TextTable
from agent_papers.workbook import Workbook
from agent_server.floor.report_words import (
    ABOUT,
    COLUMNS,
    COMPARED_WITH,
    DAYS,
    DEFINITIONS,
    MADE_AT,
    MADE_FOR,
    TITLES,
    VALUES,
)
from agent_server.floor.reports import Report, Value, Wish
from agent_server.tables import agent, queue, team, wrap_up_code

MOMENTS: Final = frozenset({"at", "asked_at", "since", "until"})
SHARES: Final = frozenset(
    {
        "service_level",
        "connect_rate",
        "abandon_rate",
        "occupancy",
        "solved_first_rate",
        "repeat_rate",
        "survey_rate",
    }
)
IN_WORDS: Final = frozenset({"result", "state", "source"})
NAMED: Final = {"queue": "queue", "team": "team", "agent": "agent", "agents": "agent", "disposition": "disposition"}

Names = Mapping[str, Mapping[str, Words]]


class FileForm(StrEnum):
    XLSX = "xlsx"
    CSV = "csv"

    @property
    def media_type(self) -> str:
        if self is FileForm.CSV:
            return "text/csv"
        return "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True, slots=True)
class Edition:
    """How a report is written: for whom, when, in which language and by which clock."""

    form: FileForm
    language: str
    made_for: str
    at: datetime
    zone: ZoneInfo


async def names(connection: AsyncConnection) -> Names:
    """What ids are called."""
    tables = {"queue": queue, "team": team, "agent": agent, "disposition": wrap_up_code}
    return {
        name: {row.id: Words.from_body(row.name) for row in await connection.execute(select(table.c.id, table.c.name))}
        for name, table in tables.items()
    }


def file_name(wish: Wish, edition: Edition) -> str:
    """In ASCII, as mail and browsers take it."""
    return f"{wish.kind.value}-{wish.first}-{wish.last}.{edition.form.value}"


def title(report: Report, language: str) -> str:
    return TITLES[report.wish.kind].in_language(language)


def content(report: Report, edition: Edition, called: Names) -> bytes:
    language = edition.language
    about = list(_about(report, edition))
    with tempfile.TemporaryDirectory(prefix="report-") as folder:
        path = Path(folder) / "report"
        if edition.form is FileForm.XLSX:
            head = title(report, language)
            sheet: Workbook | TextTable = Workbook(
                path, head, ABOUT.in_language(language), edition.made_for, edition.at, edition.made_for
            )
        else:
            sheet = TextTable(path, "utf-8")
        sheet.head([COLUMNS[name].in_language(language) for name in _columns(report)])
        sheet.add(cells(report, edition, called))
        sheet.finish(about)
        return path.read_bytes()


def cells(report: Report, edition: Edition, called: Names) -> Iterator[list[str]]:
    """The rows in words; of a comparison each is followed by the same of the other period."""
    writes = [_writer(column, edition, called) for column in report.columns]

    def words(row: tuple[Value, ...]) -> list[str]:
        return [write(value) for write, value in zip(writes, row, strict=True)]

    if report.before is None:
        yield from map(words, report.rows)
        return
    wish, count = report.wish, len(report.keys)
    now, then = _period(wish.first, wish), _period(wish.compared_from or wish.first, wish)
    is_by_time = report.keys[-1] in MOMENTS | {"day"}
    if is_by_time:  # no row has its like there: one period stands after the other
        yield from ([now, *words(row)] for row in report.rows)
        yield from ([then, *words(row)] for row in report.before)
        return
    theirs = {row[:count]: row for row in report.before}
    for row in report.rows:
        yield [now, *words(row)]
        if (other := theirs.pop(row[:count], None)) is not None:
            yield [then, *words(other)]
    yield from ([then, *words(row)] for row in theirs.values())


def summary(report: Report, edition: Edition, called: Names) -> Iterator[str]:
    """Of a report with one row the figures, one a line, beside those of the period before."""
    rows = report.rows[0] if report.rows else ()
    before = report.before[0] if report.before else ()
    for at, column in enumerate(report.columns):
        write = _writer(column, edition, called)
        now, then = (write(row[at]) if row else "" for row in (rows, before))
        if column not in report.keys and (now or then):
            yield f"{COLUMNS[column].in_language(edition.language)}: {now or '–'} ({then or '–'})"


def _columns(report: Report) -> tuple[str, ...]:
    return report.columns if report.before is None else ("period", *report.columns)


def _about(report: Report, edition: Edition) -> Iterator[tuple[str, str]]:
    wish, language = report.wish, edition.language
    yield TITLES[wish.kind].in_language(language), ""
    yield DAYS.in_language(language), _period(wish.first, wish)
    if wish.compared_from is not None:
        yield COMPARED_WITH.in_language(language), _period(wish.compared_from, wish)
    yield MADE_AT.in_language(language), with_zone(edition.at, edition.zone)
    yield MADE_FOR.in_language(language), edition.made_for
    yield DEFINITIONS.in_language(language), "docs/metrics.md"


def _period(first: date, wish: Wish) -> str:
    last = first + timedelta(days=wish.days - 1)
    return first.isoformat() if first == last else f"{first} – {last}"


def _writer(column: str, edition: Edition, called: Names) -> Callable[[Value], str]:
    def write(value: Value) -> str:
        if value is None or value == "":
            return ""
        if column in MOMENTS:
            return f"{from_text(str(value)).astimezone(edition.zone):%Y-%m-%d %H:%M:%S}"
        if column in SHARES:
            return f"{float(value) * 100:.1f}%"
        if column in IN_WORDS:
            return VALUES[str(value)].in_language(edition.language) if value in VALUES else str(value)
        if column in NAMED:
            known = called[NAMED[column]]
            found = (known[one].in_language(edition.language) if one in known else one for one in str(value).split(" "))
            return ", ".join(found)
        return f"{value:.1f}" if isinstance(value, float) else str(value)

    return write
