"""Tables whose columns are told by their headings: the first sheet, and row of it, where they are known."""

from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Final, Protocol, TypeVar

from agent_papers import packed
from agent_papers.paper import LARGEST_TEXT, BadPaper, PaperWrong
from agent_papers.tables.csv_file import csv_file
from agent_papers.tables.encoding import text_file
from agent_papers.tables.kind import is_workbook
from agent_papers.tables.sheet import BadFile, Row, Sheet

_WRONG: Final = {
    "old_workbook": PaperWrong.UNKNOWN_KIND,
    "empty": PaperWrong.EMPTY,
    "not_text": PaperWrong.NOT_TEXT,
    "line_too_long": PaperWrong.NOT_TEXT,
    "encoding_unclear": PaperWrong.UNKNOWN_ENCODING,
    "unknown_encoding": PaperWrong.UNKNOWN_ENCODING,
    "unpacks_too_large": PaperWrong.TOO_LARGE,
    "entities": PaperWrong.HOSTILE,
}


class Headings(Protocol):
    """What a row says as headings."""

    @property
    def known(self) -> int:
        """How many of its cells are headings."""
        ...

    @property
    def are_enough(self) -> bool: ...


H = TypeVar("H", bound=Headings)
T = TypeVar("T")


def read_table(path: Path, headings: Callable[[Row], H], most_rows: int, read: Callable[[Iterator[Row], H], T]) -> T:
    """What `read` makes of the rows below the headings. Raises BadPaper, and OSError."""
    try:
        sheet, row, found = _headed(path, headings)
        return read(_below(sheet, row, most_rows), found)
    except BadFile as error:
        raise BadPaper(_WRONG.get(error.code, PaperWrong.DAMAGED)) from error


def _headed(path: Path, headings: Callable[[Row], H]) -> tuple[Sheet, int, H]:
    sheets: Sequence[Sheet]
    if is_workbook(path):
        from agent_papers.tables.workbook import sheets_of  # half a second, for workbooks alone

        packed.weigh(path)
        sheets = sheets_of(path)
    elif path.stat().st_size > LARGEST_TEXT:
        raise BadPaper(PaperWrong.TOO_LARGE)
    else:
        sheets = [csv_file(text_file(path), None, lambda cells: headings(Row(1, cells)).known)]
    for sheet in sheets:
        for row in sheet.first_rows:
            if (found := headings(row)).are_enough:
                return sheet, row.number, found
    raise BadPaper(PaperWrong.NO_COLUMNS)


def _below(sheet: Sheet, headed: int, most_rows: int) -> Iterator[Row]:
    below = (row for row in sheet.rows() if row.number > headed)
    for count, row in enumerate(islice(below, most_rows + 1)):
        if count == most_rows:
            raise BadPaper(PaperWrong.TOO_MANY_FILES, named=str(most_rows))
        yield row
