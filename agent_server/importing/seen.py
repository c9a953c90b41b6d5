"""What a look into a file shows before anything is imported: how it is read, its columns, how its first rows read."""

from collections.abc import Sequence
from typing import Any, Final

from agent_papers.tables.csv_file import CsvFile
from agent_papers.tables.sheet import BadFile
from agent_server.importing.cells import shown
from agent_server.importing.drafting import BadRow
from agent_server.importing.sentences import of_faults
from agent_server.importing.table import TableImport

ROWS_SHOWN: Final = 8


def seen(opened: TableImport, sheets: Sequence[str]) -> dict[str, Any]:
    """As it crosses the wire (docs/api.md). Raises BadFile."""
    layout, sheet = opened.layout, opened.sheet
    first = opened.first(ROWS_SHOWN)
    is_text = isinstance(sheet, CsvFile)
    return {
        "encoding": sheet.text.encoding if isinstance(sheet, CsvFile) else None,
        "delimiter": sheet.delimiter if isinstance(sheet, CsvFile) else None,
        "sheet": None if is_text else sheet.name,
        "sheets": list(sheets),
        "heading_row": layout.row,
        "above": list(layout.above),
        "row_count": max(0, sheet.row_count - layout.row),
        "columns": [{"place": one.place, "heading": one.heading, "field": one.field} for one in layout.columns],
        "constants": dict(layout.constants),
        "rows": [
            {
                "row": row.number,
                "cells": [shown(cell) for cell in row.cells],
                "told": None if isinstance(row, BadRow) else row.told,
                "wrong": of_faults(row.faults, opened.language) if isinstance(row, BadRow) else "",
            }
            for row in first
        ],
        "lacks": _lacks(opened),
    }


def _lacks(opened: TableImport) -> dict[str, str] | None:
    """Why it cannot be imported so."""
    try:
        opened.layout.require_whole()
    except BadFile as bad:
        return {**bad.facts, "code": bad.code}
    return None
