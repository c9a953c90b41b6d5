"""A report as a workbook, a table of text or a PDF, in words."""

import tempfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from pathlib import Path
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from agent_model.floor_report import COLUMNS, SECONDS, TITLES, TOTAL, VALUES, Period, Report, Value, Wish, Writing
from agent_model.moment import from_text, is_shown_twice, with_zone
from agent_model.words import Words
from agent_papers.pdf_table import PdfTable
from agent_papers.text_table import TextTable
from agent_papers.workbook import Workbook
from agent_server.floor.report_words import (
    ABOUT,
    COMPARED_WITH,
    DAYS,
    DEFINITIONS,
    MADE_AT,
    MADE_FOR,
    PERIOD,
)
from agent_server.tables import agent, break_reason, queue, team, wrap_up_code

Names = Mapping[str, Mapping[str, Words]]


class FileForm(StrEnum):
    XLSX = "xlsx"
    CSV = "csv"
    PDF = "pdf"

    @property
    def media_type(self) -> str:
        match self:
            case FileForm.CSV:
                return "text/csv"
            case FileForm.PDF:
                return "application/pdf"
            case FileForm.XLSX:
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
    tables = {
        "queue": queue,
        "team": team,
        "agent": agent,
        "agents": agent,
        "taken_by": agent,
        "disposition": wrap_up_code,
        "reason": break_reason,
    }
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
    with tempfile.TemporaryDirectory(prefix="report-") as folder:
        path = Path(folder) / "report"
        sheet = _sheet(path, report, edition)
        heads = [_head(name, language) for name in report.columns]
        sheet.head(heads if report.before is None else [PERIOD.in_language(language), *heads])
        sheet.add(cells(report, edition, called))
        sheet.finish(list(_about(report, edition)))
        return path.read_bytes()


def _head(name: str, language: str) -> str:
    column = COLUMNS[name]
    unit = SECONDS.in_language(language) if column.writing is Writing.SECONDS else ""
    return column.title.in_language(language) + unit


def _sheet(path: Path, report: Report, edition: Edition) -> Workbook | TextTable | PdfTable:
    head, by = title(report, edition.language), edition.made_for
    match edition.form:
        case FileForm.CSV:
            return TextTable(path, "utf-8")
        case FileForm.XLSX:
            return Workbook(path, head, ABOUT.in_language(edition.language), by, edition.at, by)
        case FileForm.PDF:
            before = int(report.before is not None)
            numbers = (n for n, name in enumerate(report.columns, before) if COLUMNS[name].writing.is_number)
            return PdfTable(path, head, by, edition.at, by, frozenset(numbers), before + len(report.keys))


def cells(report: Report, edition: Edition, called: Names) -> Iterator[list[str]]:
    """The rows in words, and their total; of a comparison each is followed by the same of the other period."""
    writes = [_writer(column, edition, called) for column in report.columns]

    def words(row: tuple[Value, ...]) -> list[str]:
        return [write(value) for write, value in zip(writes, row, strict=True)]

    def total(period: Period) -> Iterator[list[str]]:
        if period.total is not None:
            yield [TOTAL.in_language(edition.language), *words(period.total)[1:]]

    if report.before is None:
        yield from map(words, report.now.rows)
        yield from total(report.now)
        return
    wish, count = report.wish, len(report.keys)
    now, then = _period(wish.first, wish), _period(wish.compared_from or wish.first, wish)
    is_by_time = COLUMNS[report.keys[-1]].writing in (Writing.MOMENT, Writing.DAY)
    if is_by_time:  # no row has its like there: one period stands after the other
        yield from ([now, *words(row)] for row in report.now.rows)
        yield from ([then, *words(row)] for row in report.before.rows)
    else:
        theirs = {row[:count]: row for row in report.before.rows}
        for row in report.now.rows:
            yield [now, *words(row)]
            if (other := theirs.pop(row[:count], None)) is not None:
                yield [then, *words(other)]
        yield from ([then, *words(row)] for row in theirs.values())
    yield from ([now, *row] for row in total(report.now))
    yield from ([then, *row] for row in total(report.before))


def summary(report: Report, edition: Edition, called: Names) -> Iterator[str]:
    """The figures of a report's total, one a line, beside those of the period before."""
    rows = report.now.total or ()
    before = () if report.before is None else report.before.total or ()
    for at, column in enumerate(report.columns):
        write = _writer(column, edition, called)
        now, then = (write(row[at]) if row else "" for row in (rows, before))
        if column not in report.keys and (now or then):
            yield f"{_head(column, edition.language)}: {now or '–'} ({then or '–'})"


def _about(report: Report, edition: Edition) -> Iterator[tuple[str, str]]:
    wish, language = report.wish, edition.language
    yield TITLES[wish.kind].in_language(language), ""
    yield DAYS.in_language(language), _period(wish.first, wish)
    if wish.compared_from is not None:
        yield COMPARED_WITH.in_language(language), _period(wish.compared_from, wish)
    yield MADE_AT.in_language(language), with_zone(edition.at, edition.zone)
    yield MADE_FOR.in_language(language), edition.made_for
    yield DEFINITIONS.in_language(language), ""
    for column in (COLUMNS[name] for name in report.columns):
        if column.means is not None:
            yield column.title.in_language(language), column.means.in_language(language)


def _period(first: date, wish: Wish) -> str:
    last = first + timedelta(days=wish.days - 1)
    return first.isoformat() if first == last else f"{first} – {last}"


def _writer(column: str, edition: Edition, called: Names) -> Callable[[Value], str]:
    language, writing = edition.language, COLUMNS[column].writing

    def write(value: Value) -> str:
        if value is None or value == "":
            return ""
        match writing:
            case Writing.MOMENT:
                moment = from_text(str(value))
                if is_shown_twice(moment, edition.zone):
                    return with_zone(moment, edition.zone)
                return f"{moment.astimezone(edition.zone):%Y-%m-%d %H:%M:%S}"
            case Writing.SHARE:
                return f"{float(value) * 100:.1f}%"
            case Writing.CODE:
                return VALUES[str(value)].in_language(language) if value in VALUES else str(value)
            case Writing.NAME:
                known = called[column]
                found = (known[one].in_language(language) if one in known else one for one in str(value).split(" "))
                return ", ".join(found)
            case _:
                return f"{value:.1f}" if isinstance(value, float) else str(value)

    return write
