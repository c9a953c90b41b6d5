"""Tables as workbooks (XLSX): weighed before they are opened, then read row by row."""

import contextlib
import itertools
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any, Final
from xml.etree.ElementTree import ParseError
from xml.parsers.expat import ExpatError

import openpyxl
from defusedxml import DefusedXmlException, ElementTree
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.utils.cell import coordinate_from_string, get_column_letter, range_boundaries

from agent_papers.tables.sheet import ROWS_LOOKED_AT, BadFile, Cell, Fault, Row
from agent_papers.tables.workbook_cells import LARGEST_TEXTS, MOST_COLUMNS, book, part_of, rows, started_at

LARGEST_UNPACKED: Final = 1024 * 1024 * 1024
MOST_PARTS: Final = 10_000
SUSPECT_FROM: Final = 64 * 1024 * 1024
STEEPEST: Final = 200
"""Times that a large workbook may grow when it is unpacked; real ones grow 5 to 30 times."""
READ_AT_ONCE: Final = 1 << 20
LONGEST_ROW: Final = 16 << 20

DOCUMENT_TYPE: Final = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)
UNCALCULATED: Final = re.compile(
    rb"<(?:\w+:)?c\b([^>]*)>\s*<(?:\w+:)?f\b(?:[^>]*/>|[^>]*>[^<]*</(?:\w+:)?f>)\s*"
    rb"(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v>\s*</(?:\w+:)?v>)?\s*</(?:\w+:)?c>"
)
TEXT_RESULT: Final = re.compile(rb"""\bt\s*=\s*["']str["']""")
"""The result of such a formula may be empty text."""
MERGED: Final = re.compile(rb"""<(?:\w+:)?mergeCell\s[^>]*ref\s*=\s*["']([A-Z]+\d+:[A-Z]+\d+)["']""")
PLACE: Final = re.compile(rb"""\br\s*=\s*["']([A-Z]+\d+)["']""")
ROW_END: Final = re.compile(rb"(</(?:\w+:)?row>)|<(?:\w+:)?row\b[^>]*/>")
ROWS_END: Final = re.compile(rb"</(?:\w+:)?sheetData>|<(?:\w+:)?sheetData\b[^>]*/>")
"""What follows may have rows of its own: those that a button on the sheet stands in."""
BROKEN: Final = (
    zipfile.BadZipFile, ParseError, ExpatError, KeyError, ValueError, TypeError, AttributeError, IndexError, EOFError,
    zlib.error, OverflowError,
)  # fmt: skip
"""What zipfile, the XML parsers and openpyxl raise for a workbook that is none."""


@dataclass(slots=True)
class _Oddities:
    """What a reader of values alone would not notice: by row, the columns (from 1) of formulas that were never
    calculated, and of merged cells but the first."""

    row_count: int = 0
    uncalculated: dict[int, set[int]] = field(default_factory=dict)
    covered: list[tuple[int, int, int, int]] = field(default_factory=list)

    def by_row(self) -> Callable[[int, int], list[tuple[str, int]]]:
        """Tells row after row, from the top, what is odd in it. Raises BadFile: damaged."""
        waiting = sorted(self.covered, key=lambda one: one[1], reverse=True)
        near: list[tuple[int, int, int, int]] = []

        def of_row(number: int, width: int) -> list[tuple[str, int]]:
            found = [("uncalculated", column) for column in sorted(self.uncalculated.get(number, ()))]
            near[:] = [one for one in near if one[3] >= number]
            while waiting and waiting[-1][1] <= number:
                near.append(waiting.pop())
            if len(near) > MOST_COLUMNS:
                raise BadFile("damaged")
            for left, top, right, bottom in near:
                if number <= bottom:
                    last = min(right, max(width, left))
                    found += [("merged", column) for column in range(left, last + 1) if (number, column) != (top, left)]
            return found

        return of_row


class WorkbookSheet:
    """One sheet of a workbook."""

    def __init__(self, path: Path, name: str, part: str) -> None:
        self._path = path
        self.name = name
        self._part = part

    @property
    def row_count(self) -> int:
        return self._oddities.row_count

    @cached_property
    def serial_start(self) -> date:
        with _broken_told(), zipfile.ZipFile(self._path) as parts:
            return started_at(parts).date()

    @cached_property
    def first_rows(self) -> Sequence[Row]:
        """Opening a workbook reads all its texts, so they are read once."""
        return tuple(itertools.islice(self.rows(), ROWS_LOOKED_AT))

    def rows(self) -> Iterator[Row]:
        odd_in = self._oddities.by_row()  # looks for rows without an end before anything of the sheet is held
        with _broken_told(), zipfile.ZipFile(self._path) as parts:
            known = book(parts)
            with parts.open(self._part) as file:
                for number, cells in rows(file, known):
                    faults = odd_in(number, len(cells))
                    told = tuple(Fault(code, get_column_letter(column)) for code, column in faults)
                    if cells and not Row(number, cells).is_blank:
                        yield Row(number, cells, told)

    @cached_property
    def _oddities(self) -> _Oddities:
        with zipfile.ZipFile(self._path) as parts:
            return _looked_through(parts, self._part)


class WorkbookErrors:
    """Rows for mending, every cell text: nothing is calculated, no number loses digits."""

    def __init__(self, path: Path) -> None:
        """Raises FileExistsError."""
        path.open("x").close()
        self._path = path
        self._workbook = openpyxl.Workbook(write_only=True)
        self._sheet: Any = self._workbook.create_sheet()

    def write(self, cells: Sequence[Cell]) -> None:
        self._sheet.append([self._text(cell) for cell in cells])

    def close(self) -> None:
        self._workbook.save(self._path)

    def _text(self, cell: Cell) -> Any:
        if cell is None or isinstance(cell, bool):
            return cell
        written = WriteOnlyCell(self._sheet, value="")
        written.value = ILLEGAL_CHARACTERS_RE.sub("\ufffd", cell if isinstance(cell, str) else _plain(cell))
        written.data_type = "s"
        written.number_format = "@"
        return written


def sheets_of(path: Path) -> list[WorkbookSheet]:
    """The sheets that are not hidden. Raises BadFile: not_a_workbook, unpacks_too_large, entities, damaged."""
    with _broken_told(), zipfile.ZipFile(path) as parts:
        _weigh(parts)
        return [WorkbookSheet(path, name, part) for name, part in _places(parts).items()]


def _weigh(parts: zipfile.ZipFile) -> None:
    """By what the archive says of its parts: a part never yields more than it says."""
    listed = parts.infolist()
    names = {part.filename for part in listed}
    if "xl/workbook.xml" not in names:
        raise BadFile("not_a_workbook")
    unpacked = sum(part.file_size for part in listed)
    packed = sum(part.compress_size for part in listed) or 1
    texts = sum(part.file_size for part in listed if part.filename.lower().endswith("sharedstrings.xml"))
    is_steep = unpacked > SUSPECT_FROM and unpacked > STEEPEST * packed
    if unpacked > LARGEST_UNPACKED or texts > LARGEST_TEXTS or len(listed) > MOST_PARTS or is_steep:
        raise BadFile("unpacks_too_large", size=f"{unpacked // (1024 * 1024)} MB")
    for part in listed:
        if part.filename.lower().endswith((".xml", ".rels")):
            with parts.open(part) as file:
                start = file.read(64 * 1024)
            if DOCUMENT_TYPE.search(start) or start[:2] in (b"\xff\xfe", b"\xfe\xff"):
                raise BadFile("entities")


def _places(parts: zipfile.ZipFile) -> dict[str, str]:
    """Which part holds which sheet that is shown, in order."""
    relations = ElementTree.fromstring(part_of(parts, "xl/_rels/workbook.xml.rels"))
    targets = {one.get("Id"): one.get("Target", "") for one in relations if one.get("Type", "").endswith("/worksheet")}
    found = {}
    for sheet in ElementTree.fromstring(part_of(parts, "xl/workbook.xml")).iter():
        target = targets.get(_relation_of(sheet)) if sheet.tag.endswith("}sheet") else None
        if target is not None and sheet.get("state", "visible") == "visible":
            found[sheet.get("name", "")] = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
    return found


def _relation_of(sheet: Any) -> str | None:
    """Its namespace is another one in a workbook of the strict form."""
    return next((value for name, value in sheet.attrib.items() if name.endswith("}id")), None)


def _looked_through(parts: zipfile.ZipFile, part: str) -> _Oddities:
    oddities = _Oddities()
    rest = b""
    is_below = False
    with _broken_told(), parts.open(part) as file:
        while chunk := file.read(READ_AT_ONCE):
            rest += chunk
            if not is_below and (last := ROWS_END.search(rest)):
                is_below = True
                _note_rows(rest[: last.start()], oddities)
                rest = rest[last.end() :]
            elif not is_below:
                rest = rest[_note_rows(rest, oddities) :]
            if len(rest) > LONGEST_ROW:
                raise BadFile("unpacks_too_large", size=f"{len(rest) // (1024 * 1024)} MB")
        oddities.covered = [range_boundaries(found[1].decode()) for found in MERGED.finditer(rest)]
    return oddities


def _note_rows(xml: bytes, oddities: _Oddities) -> int:
    """How much of it are whole rows."""
    end = 0
    for found in ROW_END.finditer(xml):
        oddities.row_count += found[1] is not None
        end = found.end()
    _note_uncalculated(xml[:end], oddities)
    return end


def _note_uncalculated(xml: bytes, oddities: _Oddities) -> None:
    for found in UNCALCULATED.finditer(xml) if b"<f" in xml or b":f" in xml else ():
        if (place := PLACE.search(found[1])) and not TEXT_RESULT.search(found[1]):
            column, number = coordinate_from_string(place[1].decode())
            oddities.uncalculated.setdefault(number, set()).add(range_boundaries(f"{column}1")[0])


def _plain(cell: Any) -> str:
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))
    return str(cell)


@contextlib.contextmanager
def _broken_told() -> Iterator[None]:
    try:
        yield
    except DefusedXmlException as error:
        raise BadFile("entities") from error
    except (*BROKEN, zipfile.LargeZipFile, RuntimeError, NotImplementedError) as error:
        raise BadFile("damaged") from error
