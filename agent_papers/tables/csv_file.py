"""Tables as text (CSV): the delimiter found out, quotes that never end and bytes of another encoding told by row."""

import csv
import itertools
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

from agent_papers.tables.encoding import GB18030, UTF_8, Text, is_marked, readable
from agent_papers.tables.sheet import ROWS_LOOKED_AT, SERIAL_START, BadFile, Cell, Fault, Row

DELIMITERS: Final = (",", ";", "\t", "|")
LINES_LOOKED_AT: Final = 50
SEPARATOR_LINE: Final = re.compile(r'"?sep=(.)"?\r?\n?', re.IGNORECASE)
"""What Excel writes first, so that it finds the delimiter again."""
FORMULA: Final = re.compile(r"'*[=+\-@\t\r]")
GUARDED: Final = re.compile(r"'+[=+\-@\t\r]")


@dataclass(frozen=True, slots=True)
class CsvFile:
    """`name` is empty: a text file has one table."""

    text: Text
    delimiter: str
    name: str = ""
    serial_start: date = SERIAL_START

    @property
    def row_count(self) -> int:
        return self.text.line_count

    @property
    def first_rows(self) -> Sequence[Row]:
        return tuple(itertools.islice(self.rows(), ROWS_LOOKED_AT))

    def rows(self) -> Iterator[Row]:
        number = 0
        taken: list[str] = []
        lines = self.text.lines()
        first = next(lines, "")
        if SEPARATOR_LINE.fullmatch(first):
            number = 1
        else:
            lines = itertools.chain([first], lines)
        reader = csv.reader(_noting(lines, taken), delimiter=self.delimiter, strict=True)
        while True:
            taken.clear()
            number += 1
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error:
                for line in taken:
                    broken: list[Cell] = [readable(cell) for cell in line.rstrip("\r\n").split(self.delimiter)]
                    yield Row(number, broken, (Fault("quote_open"),))
                    number += 1
                number -= 1
                continue
            row = self._row(number, cells)
            if not row.is_blank:
                yield row

    def _row(self, number: int, cells: list[str]) -> Row:
        if any(map(is_marked, cells)):
            faults = (Fault("other_encoding", facts={"encoding": self.text.encoding.upper()}),)
            return Row(number, [unguarded(readable(cell)) for cell in cells], faults)
        return Row(number, [unguarded(cell) if cell[:1] == "'" else cell for cell in cells])


class CsvErrors:
    """Rows for mending: as the file was, so that the same program opens it, and no cell is a formula there."""

    def __init__(self, path: Path, like: CsvFile) -> None:
        """Raises FileExistsError."""
        encoding = {UTF_8: "utf-8-sig", GB18030: GB18030}.get(like.text.encoding, like.text.encoding)
        self._file = path.open("x", encoding=encoding, errors="replace", newline="")
        self._writer: Any = csv.writer(self._file, delimiter=like.delimiter)

    def write(self, cells: Sequence[Cell]) -> None:
        self._writer.writerow([guarded(str(cell)) if isinstance(cell, str) else cell for cell in cells])

    def close(self) -> None:
        self._file.close()


def csv_file(text: Text, delimiter: str | None, known: Callable[[Sequence[Cell]], int]) -> CsvFile:
    """`known` counts the headings of a row that are understood. Raises BadFile."""
    if delimiter is not None:
        return CsvFile(text, delimiter)
    lines = list(itertools.islice(text.lines(), LINES_LOOKED_AT))
    if lines and (said := SEPARATOR_LINE.fullmatch(lines[0])):
        return CsvFile(text, said[1])
    if not any(line.strip() for line in lines):
        raise BadFile("empty")
    best = max(DELIMITERS, key=lambda one: _fit(lines, one, known))
    return CsvFile(text, best)


def guarded(text: str) -> str:
    """With a quote before what a spreadsheet would take for a formula; `unguarded` takes it away again."""
    return f"'{text}" if FORMULA.match(text) else text


def unguarded(text: str) -> str:
    return text[1:] if GUARDED.match(text) else text


def _fit(lines: Sequence[str], delimiter: str, known: Callable[[Sequence[Cell]], int]) -> tuple[int, float, int]:
    """The likelier delimiter has the greater one: headings understood, rows of one width, width."""
    reader = csv.reader(lines, delimiter=delimiter)
    rows: list[list[str]] = []
    try:
        rows.extend(row for row in reader if row)
    except csv.Error:
        rows = rows or [[""]]
    widths = [len(row) for row in rows]
    usual = max(set(widths), key=lambda width: (widths.count(width), width))
    understood = max(known(row) for row in rows)
    return understood, (widths.count(usual) / len(widths) if usual > 1 else 0.0), usual


def _noting(lines: Iterator[str], taken: list[str]) -> Iterator[str]:
    for line in lines:
        taken.append(line)
        yield line
