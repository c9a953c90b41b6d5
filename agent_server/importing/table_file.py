"""A file that holds a table, opened by what is in it; and the file of its bad rows beside it."""

import hashlib
import itertools
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from agent_model.table_import import ImportWishes
from agent_papers.tables.csv_file import CsvErrors, CsvFile, csv_file
from agent_papers.tables.encoding import text_file
from agent_papers.tables.kind import is_workbook
from agent_papers.tables.sheet import BadFile, Cell, ErrorRows, Sheet
from agent_server.importing.drafting import BadRow
from agent_server.importing.fields import OURS, Kind, understood
from agent_server.importing.mapping import Layout
from agent_server.importing.sentences import of_faults

ERRORS: Final = re.compile(r"\.errors(?:-\d+)?\Z")


def open_table(path: Path, kind: Kind, wishes: ImportWishes) -> Sheet:
    """Raises BadFile, OSError."""
    if is_workbook(path):
        from agent_papers.tables.workbook import sheets_of  # half a second, which no other command should take

        return _sheet(sheets_of(path), kind, wishes)
    text = text_file(path, wishes.encoding)
    return csv_file(text, wishes.delimiter, lambda cells: understood(kind, cells))


def sheet_names(path: Path) -> list[str]:
    """The sheets of a workbook that are not hidden; none of a text. Raises BadFile, OSError."""
    if not is_workbook(path):
        return []
    from agent_papers.tables.workbook import sheets_of

    return [sheet.name for sheet in sheets_of(path)]


def digest_of(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


class ErrorsFile:
    """Made with the first bad row, so that there is none where all went well."""

    def __init__(self, path: Path, sheet: Sheet, layout: Layout, language: str) -> None:
        self.path = path
        self._sheet = sheet
        self._layout = layout
        self._language = language
        self._rows: ErrorRows | None = None
        self._ours = [
            place for place, cell in enumerate(layout.headings) if isinstance(cell, str) and cell.strip() in OURS
        ]
        self._width = len(layout.headings) - len(self._ours)

    @property
    def is_begun(self) -> bool:
        return self._rows is not None

    def note(self, bad: BadRow) -> None:
        if self._rows is None:
            self._rows = _new(self.path, self._sheet)
            self._rows.write([*OURS, *self._without_ours(self._layout.headings)])
        columns = ", ".join(dict.fromkeys(fault.column for fault in bad.faults if fault.column))
        told = of_faults(bad.faults, self._language)
        self._rows.write([str(bad.number), columns, told, *self._without_ours(bad.cells)])

    def close(self) -> None:
        if self._rows is not None:
            self._rows.close()

    def _without_ours(self, cells: Sequence[Cell]) -> list[Cell]:
        """A file of errors that is imported again does not grow."""
        return [cell for place, cell in enumerate(cells) if place not in self._ours]


def errors_beside(path: Path) -> Path:
    """A name that is free: nobody's mended rows are written over."""
    stem = ERRORS.sub("", path.stem)
    names = itertools.chain([f"{stem}.errors"], (f"{stem}.errors-{number}" for number in itertools.count(2)))
    return next(found for name in names if not (found := path.with_name(f"{name}{path.suffix}")).exists())


def _new(path: Path, sheet: Sheet) -> ErrorRows:
    try:
        if isinstance(sheet, CsvFile):
            return CsvErrors(path, sheet)
        from agent_papers.tables.workbook import WorkbookErrors

        return WorkbookErrors(path)
    except OSError as error:
        raise BadFile("cannot_write_errors", path=str(path)) from error


def _sheet(sheets: Sequence[Sheet], kind: Kind, wishes: ImportWishes) -> Sheet:
    """The one that is named, else the only one with headings that are known."""
    names = ", ".join(sheet.name for sheet in sheets)
    if wishes.sheet is not None:
        found = next((sheet for sheet in sheets if sheet.name == wishes.sheet), None)
        if found is None:
            raise BadFile("no_such_sheet", sheet=wishes.sheet, sheets=names)
        return found
    filled = [sheet for sheet in sheets if sheet.first_rows]
    if not filled:
        raise BadFile("empty")
    fitting = [sheet for sheet in filled if max(understood(kind, row.cells) for row in sheet.first_rows) > 1]
    if len(filled) == 1 or len(fitting) == 1:
        return (fitting or filled)[0]
    raise BadFile("several_sheets", sheets=", ".join(sheet.name for sheet in fitting) or names)
