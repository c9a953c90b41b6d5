"""One list on its way into a file: some rows at a time, under another name until everything is there."""

import contextlib
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Final, Protocol

from agent_desktop.paths import put_in_place
from agent_papers.text_table import TextTable
from agent_papers.workbook import Workbook

ROWS_A_STEP: Final = 250
"""So that whoever works on the screen waits for a moment only."""


CellsOf = Callable[[Sequence[int]], list[tuple[str, ...]]]


class Form(StrEnum):
    XLSX = "xlsx"
    CSV = "csv"
    CSV_GB18030 = "csv_gb18030"

    @property
    def ending(self) -> str:
        return ".xlsx" if self is Form.XLSX else ".csv"


@dataclass(frozen=True, slots=True)
class About:
    """Where the file is from: it stands at its end (CSV) or in a sheet of its own, and in its properties. `mark` is the
    watermark: who, and when."""

    title: str
    sheet: str
    by: str
    at: datetime
    mark: str
    lines: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Rows:
    """What is to be written: rows that are there already, then `places` under `heads` (title, count) of groups."""

    titles: tuple[str, ...]
    first: tuple[tuple[str, ...], ...]
    places: Sequence[int]
    heads: tuple[tuple[str, int], ...] = ()

    @property
    def count(self) -> int:
        return len(self.first) + len(self.places)


class _Sheet(Protocol):
    def head(self, titles: Sequence[str]) -> None: ...

    def add(self, rows: Iterable[Sequence[str]]) -> None: ...

    def finish(self, about: Iterable[Sequence[str]]) -> None: ...

    def break_off(self) -> None: ...


class ExportJob:
    """`cells_of` gives the rows that stand at some places; one that went is left out. Every method raises OSError and
    whatever `cells_of` raises; after that, and after `break_off`, no file is left behind."""

    def __init__(self, path: Path, form: Form, rows: Rows, about: About, cells_of: CellsOf) -> None:
        self._path = path
        self._beside = path.with_name(f".{path.name}.{os.getpid()}.part")
        self._rows = rows
        self._about = about
        self._cells_of = cells_of
        self._sheet = self._opened(form)
        self._steps = self._pieces()
        self.count = rows.count
        self.written = 0
        self.is_whole = False
        """Every row is written; `finish` puts the file in its place."""

    def step(self) -> int:
        """Writes some rows; how many there are now."""
        with self._cleaning():
            piece = next(self._steps, None)
            if piece is None:
                self.is_whole = True
            else:
                self._sheet.add(piece)
        return self.written

    def finish(self, note: Callable[[int], None]) -> Path:
        """`note` is told how many rows there are before the file is: what is not on record must not be there."""
        with self._cleaning():
            self._sheet.finish(self._about.lines)
            with self._beside.open("r+b") as file:
                os.fsync(file.fileno())
            note(self.written)
            put_in_place(self._beside, self._path)
        return self._path

    def break_off(self) -> None:
        with contextlib.suppress(OSError, ValueError):
            self._sheet.break_off()
        self._beside.unlink(missing_ok=True)

    @contextlib.contextmanager
    def _cleaning(self) -> Iterator[None]:
        try:
            yield
        except BaseException:
            self.break_off()
            raise

    def _opened(self, form: Form) -> _Sheet:
        about = self._about
        made: _Sheet
        if form is Form.XLSX:
            made = Workbook(self._beside, about.title, about.sheet, about.by, about.at, about.mark)
        else:
            made = TextTable(self._beside, "gb18030" if form is Form.CSV_GB18030 else "utf-8")
        made.head(self._rows.titles)
        return made

    def _pieces(self) -> Iterator[list[tuple[str, ...]]]:
        rows = self._rows
        if rows.first:
            self.written += len(rows.first)
            yield list(rows.first)
        heads = rows.heads or (("", len(rows.places)),)
        begin = 0
        for title, count in heads:
            if title:
                yield [(f"{title} · {count}",)]
            end = begin + count
            for at in range(begin, end, ROWS_A_STEP):
                found = self._cells_of(rows.places[at : min(end, at + ROWS_A_STEP)])
                self.written += len(found)
                yield found
            begin = end
