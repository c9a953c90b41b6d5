"""Tables of questions and answers (XLSX): a row is a standard answer, its columns are known by their headings."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final
from xml.etree.ElementTree import ParseError

import openpyxl
from defusedxml import DefusedXmlException

from agent_papers.markdown import NAMES, UNKNOWN
from agent_papers.paper import BadPaper, PaperWrong, Told

MOST_ROWS: Final = 20_000
MOST_COLUMNS: Final = 50
_HEADINGS_WITHIN: Final = 10
"""Rows in which the headings may stand."""
_OTHER_NAMES: Final = {
    "q": "title",
    "faq": "title",
    "标准问题": "title",
    "标准问": "title",
    "知识标题": "title",
    "a": "body",
    "回答": "body",
    "标准答案": "body",
    "标准回答": "body",
    "内容": "body",
    "content": "body",
    "text": "body",
    "目录": "category",
    "类目": "category",
    "关键字": "keywords",
    "标签": "keywords",
}


def told(path: Path) -> Iterator[tuple[str, int, Told]]:
    """Sheet, row and what stands in it, of one that was weighed. Raises BadPaper."""
    try:
        book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    except (ParseError, DefusedXmlException, KeyError, ValueError, TypeError, AttributeError, OSError) as error:
        raise BadPaper(PaperWrong.DAMAGED) from error
    try:
        found = False
        for sheet in book.worksheets:
            rows = sheet.iter_rows(max_row=MOST_ROWS + _HEADINGS_WITHIN, max_col=MOST_COLUMNS, values_only=True)
            for number, facts in _rows(rows):
                found = True
                yield sheet.title, number, facts
        if not found:
            raise BadPaper(PaperWrong.NO_COLUMNS)
    except (ParseError, KeyError, ValueError, TypeError, AttributeError, IndexError) as error:
        raise BadPaper(PaperWrong.DAMAGED) from error
    finally:
        book.close()


def _rows(rows: Iterator[Sequence[Any]]) -> Iterator[tuple[int, Told]]:
    columns: dict[str, int] = {}
    for number, row in enumerate(rows, 1):
        cells = ["" if cell is None else str(cell).strip() for cell in row]
        if not columns:
            if number > _HEADINGS_WITHIN:
                return
            columns = _columns(cells)
            continue
        facts = {name: cells[at] for name, at in columns.items() if at < len(cells)}
        if any(value for name, value in facts.items() if not name.startswith(UNKNOWN)):
            yield number, Told(facts.pop("body", "") + "\n", facts)


def _columns(cells: Sequence[str]) -> dict[str, int]:
    """By what it tells; empty where these are no headings."""
    found: dict[str, int] = {}
    for at, cell in enumerate(cells):
        name = {**NAMES, **_OTHER_NAMES}.get(cell.casefold(), f"{UNKNOWN}{cell}" if cell else None)
        if name is not None:
            found.setdefault(name, at)
    return found if {"title", "body"} <= found.keys() else {}
