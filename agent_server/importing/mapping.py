"""Which column says which field: by its heading or by what somebody wished, never by a guess; nothing goes unsaid."""

import itertools
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from agent_model.table_import import LEFT_OUT, ImportWishes
from agent_papers.tables.sheet import BadFile, Cell, Sheet
from agent_server.importing.fields import OURS, Kind, folded, understood

MOST_COLUMNS = 200


@dataclass(frozen=True, slots=True)
class Column:
    """`field` None: nobody knows what it means."""

    place: int
    heading: str
    field: str | None

    @property
    def is_taken(self) -> bool:
        return self.field not in (None, LEFT_OUT)


@dataclass(frozen=True, slots=True)
class Layout:
    """The row of the headings and what its columns mean. `above` are rows before it, which say nothing."""

    kind: Kind
    row: int
    headings: Sequence[Cell]
    columns: tuple[Column, ...]
    constants: Mapping[str, str]
    above: tuple[str, ...]

    @property
    def is_chinese(self) -> bool:
        """Whether who wrote the headings reads Chinese."""
        return any("\u4e00" <= sign <= "\u9fff" for column in self.columns for sign in column.heading)

    def require_whole(self) -> None:
        """Raises BadFile: unknown_columns, same_field, missing_fields."""
        unknown = [column.heading for column in self.columns if column.field is None]
        if unknown:
            fields = ", ".join(self.kind.fields)
            raise BadFile("unknown_columns", columns=", ".join(unknown), example=unknown[0], fields=fields)
        by_field = defaultdict(list)
        for column in self.columns:
            if column.is_taken:
                by_field[str(column.field)].append(column.heading)
        for name, headings in by_field.items():
            if len(headings) > 1 and not self.kind.fields[name].may_repeat:
                raise BadFile("same_field", field=name, columns=", ".join(headings))
        told = by_field.keys() | self.constants.keys()
        missing = [name for name, one in self.kind.fields.items() if one.is_needed and name not in told]
        if missing:
            raise BadFile("missing_fields", fields=", ".join(missing), example=missing[0])


def layout_of(sheet: Sheet, kind: Kind, wishes: ImportWishes) -> Layout:
    """Raises BadFile: empty, no_such_column, no_such_field, too_many_columns."""
    wished = {folded(heading): (heading, name) for heading, name in wishes.columns.items()}
    for name in (*wishes.columns.values(), *wishes.constants):
        if name != LEFT_OUT and name not in kind.fields:
            raise BadFile("no_such_field", field=name, fields=", ".join(kind.fields))
    row, cells, above = _headings(sheet, kind, wished, wishes.heading_row)
    if len(cells) > MOST_COLUMNS:
        raise BadFile("too_many_columns", most=str(MOST_COLUMNS))
    columns = []
    for place, cell in enumerate(cells):
        heading = _told(cell)
        if not heading or heading in OURS:
            continue
        said = wished.pop(folded(heading), None)
        columns.append(Column(place, heading, kind.field_of(heading) if said is None else said[1]))
    if wishes.columns and wished:
        missing = ", ".join(heading for heading, _ in wished.values())
        raise BadFile("no_such_column", column=missing, columns=", ".join(column.heading for column in columns))
    return Layout(kind, row, cells, tuple(columns), wishes.constants, above)


def _headings(
    sheet: Sheet, kind: Kind, wished: Mapping[str, Any], said: int | None
) -> tuple[int, Sequence[Cell], tuple[str, ...]]:
    """A title or a remark may stand above the headings."""
    first = sheet.first_rows
    if said is not None:
        found = next((row for row in itertools.chain(first, sheet.rows()) if row.number >= said), None)
        if found is None or found.number != said:
            raise BadFile("no_headings", row=str(said))
    elif not first:
        raise BadFile("empty")
    else:
        known = [
            understood(kind, row.cells) + sum(folded(_told(cell)) in wished for cell in row.cells) for row in first
        ]
        found = first[known.index(max(known))] if max(known) else first[0]
    above = tuple(
        f"{row.number}: {' '.join(filter(None, map(_told, row.cells)))}" for row in first if row.number < found.number
    )
    return found.number, found.cells, above


def _told(cell: Cell) -> str:
    return "" if cell is None else " ".join(str(cell).split())
