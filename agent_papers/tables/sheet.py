"""A table as somebody else wrote it: rows of cells, and what is wrong with a file, a row or a cell, as codes."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import partial
from typing import Any, Final, Protocol

Cell = str | int | float | bool | datetime | date | time | timedelta | None

ROWS_LOOKED_AT: Final = 10
EXACT: Final = 10**15
"""From here on a spreadsheet no longer knows every digit of a number."""
SERIAL_START: Final = date(1899, 12, 30)


class BadFile(Exception):
    """The file is not imported at all; `code` says why (`sentences`), the facts fill the sentence in."""

    def __init__(self, code: str, **facts: str) -> None:
        super().__init__(code, facts)
        self.code = code
        self.facts = facts

    def __reduce__(self) -> tuple[Any, ...]:
        return partial(BadFile, self.code, **self.facts), ()


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a row is not imported. `column` is the heading it stands under, empty for the row as a whole."""

    code: str
    column: str = ""
    facts: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Row:
    """`number` counts as a spreadsheet does: the first row of the file is 1."""

    number: int
    cells: Sequence[Cell]
    faults: tuple[Fault, ...] = ()

    @property
    def is_blank(self) -> bool:
        return not self.faults and all(
            cell is None or (isinstance(cell, str) and not cell.strip()) for cell in self.cells
        )


class Sheet(Protocol):
    """A table that is read as often as wanted, never whole into memory."""

    @property
    def name(self) -> str:
        """What it is called within its file, where the file has several."""

    @property
    def row_count(self) -> int:
        """About how many rows there are, for progress."""

    @property
    def first_rows(self) -> Sequence[Row]:
        """ROWS_LOOKED_AT of the rows, if there are as many: where the headings are looked for. Raises BadFile."""

    @property
    def serial_start(self) -> date:
        """The day that it counts days from, where a date has lost its format. Raises BadFile."""

    def rows(self) -> Iterator[Row]:
        """Every row with anything in it, in order. Raises BadFile."""


class ErrorRows(Protocol):
    """Takes rows that were not imported, in a form that is mended and imported like the first."""

    def write(self, cells: Sequence[Cell]) -> None: ...

    def close(self) -> None: ...
