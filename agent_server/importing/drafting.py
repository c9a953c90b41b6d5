"""Rows of a table read into what they say of a noun, or into what is wrong with them. The database is not asked yet."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from agent_model.blank import is_blank
from agent_papers.tables.sheet import BadFile, Cell, Fault, Row, Sheet
from agent_server.importing.cells import CONTROL, BadCell, House, shown
from agent_server.importing.fields import OURS, Field
from agent_server.importing.mapping import Layout


@dataclass(frozen=True, slots=True)
class Draft:
    """What a row says: `told` by field, None where the cell is empty. The cells go along, for the file of errors."""

    number: int
    cells: Sequence[Cell]
    id: str
    told: dict[str, Any]


@dataclass(frozen=True, slots=True)
class BadRow:
    """A row that is not imported, and everything that is wrong with it."""

    number: int
    cells: Sequence[Cell]
    faults: tuple[Fault, ...]


class Drafting:
    """Reads the rows below the headings, in order."""

    def __init__(self, sheet: Sheet, layout: Layout, house: House) -> None:
        """Raises BadFile: bad_constant."""
        self._sheet = sheet
        self._layout = layout
        self._house = replace(house, serial_start=sheet.serial_start)
        self._fields = layout.kind.fields
        self._columns = [(c.place, c.heading, self._fields[str(c.field)]) for c in layout.columns if c.is_taken]
        self._named = {column.place for column in layout.columns} | _places_of_ours(layout)
        self._width = len(layout.headings) if len(self._named) == len(layout.headings) else 0
        self._headings = {column.place: column.heading for column in layout.columns}
        self._constants = {name: self._constant(name, value) for name, value in layout.constants.items()}

    def __reduce__(self) -> tuple[Any, ...]:
        return Drafting, (self._sheet, self._layout, self._house)

    def __iter__(self) -> Iterator[Draft | BadRow]:
        seen: dict[str, int] = {}
        for row in self._sheet.rows():
            if row.number <= self._layout.row:
                continue
            faults, told = self._read(row)
            row_id = told.get("id", "")
            if row_id and seen.setdefault(row_id, row.number) != row.number:
                faults.append(Fault("twice", self._heading_of("id"), {"value": row_id, "row": str(seen[row_id])}))
            if faults:
                yield BadRow(row.number, row.cells, tuple(faults))
            else:
                yield Draft(row.number, row.cells, row_id, told)

    def _read(self, row: Row) -> tuple[list[Fault], dict[str, Any]]:
        faults = [_placed(fault, self._headings) for fault in row.faults]
        told = dict(self._constants)
        if faults:
            return faults, told
        for place, heading, field in self._columns:
            cell = row.cells[place] if place < len(row.cells) else None
            try:
                value = self._value(cell, field)
            except BadCell as error:
                faults.append(Fault(error.code, heading, error.facts))
                continue
            if field.may_repeat and field.name in told:
                value = [*told[field.name], *(one for one in value if one not in told[field.name])]
            elif field.may_repeat:
                value = list(dict.fromkeys(value))
            told[field.name] = value
        for place in range(self._width, len(row.cells)):
            if place not in self._named and shown(row.cells[place]):
                faults.append(Fault("no_heading", facts={"value": shown(row.cells[place]), "place": str(place + 1)}))
                break
        return faults, told

    def _value(self, cell: Cell, field: Field) -> Any:
        if cell is None or (isinstance(cell, str) and is_blank(cell) and not CONTROL.search(cell)):
            if field.is_needed:
                raise BadCell("missing")
            return [] if field.may_repeat else None
        return field.read(cell, self._house)

    def _constant(self, name: str, value: str) -> Any:
        try:
            return self._value(value, self._fields[name])
        except BadCell as error:
            raise BadFile("bad_constant", field=name, **{"value": value, **error.facts}) from error

    def _heading_of(self, field: str) -> str:
        return next((column.heading for column in self._layout.columns if column.field == field), field)


def _placed(fault: Fault, headings: dict[int, str]) -> Fault:
    """A workbook names columns by letter; who mends it looks for the heading."""
    if not fault.column:
        return fault
    place = 0
    for letter in fault.column:
        place = place * 26 + ord(letter) - 64
    return Fault(fault.code, headings.get(place - 1, fault.column), fault.facts)


def _places_of_ours(layout: Layout) -> set[int]:
    return {place for place, cell in enumerate(layout.headings) if isinstance(cell, str) and cell.strip() in OURS}
