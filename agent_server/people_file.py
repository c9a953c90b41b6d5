"""A table of people as a directory hands it out: CSV, XLSX or JSON lines, with the names of SCIM (RFC 7643)."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from agent_papers.tables.csv_file import csv_file
from agent_papers.tables.encoding import text_file
from agent_papers.tables.kind import is_workbook
from agent_papers.tables.sheet import BadFile, Cell, Row, Sheet
from agent_server.sign_on.mapping import as_extension, as_login

COLUMNS: Final = ("userName", "displayName", "active", "roles", "groups", "team", "queues", "extension")
WHO: Final = "username"
MOST_PEOPLE: Final = 50_000
LONGEST_LINE: Final = 64 * 1024
LONGEST_TEXT: Final = 200
JSON_LINES: Final = (".jsonl", ".ndjson")
_PASTED: Final = str.maketrans({"\u3000": " ", "\u00a0": " ", "\u200b": None, "\ufeff": None})
"""What tables bring along without meaning it: wide spaces, and marks that nobody sees."""
_BETWEEN: Final = ",;、，；|\n"
_YES: Final = frozenset({"true", "yes", "y", "1", "active", "是", "在职", "启用"})
_NO: Final = frozenset({"false", "no", "n", "0", "inactive", "否", "离职", "停用"})


class BadPerson(Exception):
    """The row says nobody, or something that cannot be: what."""


@dataclass(frozen=True, slots=True)
class PersonRow:
    """What a row says of somebody. None: it says nothing of this, and it stays as it is."""

    login: str
    name: str | None = None
    active: bool | None = None
    roles: tuple[str, ...] | None = None
    groups: tuple[str, ...] | None = None
    team: str | None = None
    queues: tuple[str, ...] | None = None
    extension: str | None = None


@dataclass(frozen=True, slots=True)
class Read:
    """A row of the file by its number: somebody, or why not."""

    number: int
    person: PersonRow | None
    wrong: str = ""


@dataclass(frozen=True, slots=True)
class PeopleTable:
    rows: tuple[Read, ...]
    passed_over: tuple[str, ...]
    """Columns that nobody knows here."""


def read_people(path: Path) -> PeopleTable:
    """Raises BadFile, OSError."""
    if path.suffix.lower() in JSON_LINES:
        return _of_lines(path)
    sheet = _sheet(path)
    rows = sheet.rows()
    heads = _headings(rows)
    names = [str(cell).strip() if isinstance(cell, str) else "" for cell in heads]
    known = {name.lower(): name for name in COLUMNS}
    places = [known.get(name.lower(), "") for name in names]
    passed_over = tuple(name for name, place in zip(names, places, strict=True) if name and not place)
    read = (Read(row.number, *_read_row(row, places)) for row in rows if not row.is_blank)
    return PeopleTable(_whole(read), passed_over)


def _sheet(path: Path) -> Sheet:
    if not is_workbook(path):
        return csv_file(text_file(path), None, lambda cells: len(_known(cells)))
    from agent_papers.tables.workbook import sheets_of  # half a second, for workbooks alone

    sheets = [sheet for sheet in sheets_of(path) if sheet.first_rows]
    return next((one for one in sheets if any(WHO in _known(row.cells) for row in one.first_rows)), *sheets[:1])


def _known(cells: Sequence[Cell]) -> frozenset[str]:
    names = {name.lower() for name in COLUMNS}
    return frozenset(cell.strip().lower() for cell in cells if isinstance(cell, str)) & names


def _headings(rows: Iterator[Row]) -> Sequence[Cell]:
    """Raises BadFile."""
    for row in rows:
        if WHO in _known(row.cells):
            return row.cells
    raise BadFile("no_people")


def _read_row(row: Row, places: Sequence[str]) -> tuple[PersonRow | None, str]:
    if row.faults:
        return None, "cannot be read: look for an open quotation mark, merged cells, or a formula without a result"
    said = {place: cell for place, cell in zip(places, row.cells, strict=False) if place}
    return _read(said)


def _of_lines(path: Path) -> PeopleTable:
    read: list[Read] = []
    strange: dict[str, None] = {}
    with path.open("rb") as file:
        for number, line in enumerate(iter(lambda: file.readline(LONGEST_LINE + 1), b""), start=1):
            if not line.strip():
                continue
            said = _object(line)
            if said is None:
                read.append(Read(number, None, "is no JSON object in one line"))
                continue
            strange |= dict.fromkeys(name for name in said if name not in COLUMNS)
            read.append(Read(number, *_read(said)))
    return PeopleTable(_whole(read), tuple(strange))


def _object(line: bytes) -> dict[str, Any] | None:
    try:
        said = json.loads(line) if len(line) <= LONGEST_LINE else None
    except (ValueError, RecursionError):
        return None
    return said if isinstance(said, dict) else None


def _whole(read: Iterator[Read] | Sequence[Read]) -> tuple[Read, ...]:
    """Every row; of somebody who comes twice the later one is wrong. Raises BadFile."""
    rows: list[Read] = []
    first: dict[str, int] = {}
    for row in read:
        if len(rows) == MOST_PEOPLE:
            raise BadFile("too_many_people")
        before = None if row.person is None else first.setdefault(row.person.login, row.number)
        if before not in (None, row.number):
            rows.append(Read(row.number, None, f"row {before} is of the same person"))
        else:
            rows.append(row)
    return tuple(rows)


def _read(said: Mapping[str, Any]) -> tuple[PersonRow | None, str]:
    try:
        return _person(said), ""
    except BadPerson as error:
        return None, str(error)


def _person(said: Mapping[str, Any]) -> PersonRow:
    """Raises BadPerson."""
    login = as_login(_text(said, "userName") or "")
    if login is None:
        raise BadPerson("userName: Latin or Chinese letters, digits and . _ - @ + alone, 64 at most")
    extension = _text(said, "extension")
    if extension and as_extension(extension) is None:
        raise BadPerson("extension: digits, * and # alone")
    return PersonRow(
        login,
        _text(said, "displayName") or None,
        _is_active(said),
        _several(said, "roles"),
        _several(said, "groups"),
        _text(said, "team") or None,
        _several(said, "queues"),
        extension,
    )


def _text(said: Mapping[str, Any], name: str) -> str | None:
    """None where nothing stands there. Raises BadPerson."""
    value = said.get(name)
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if value is None or (isinstance(value, str) and not value.strip()):
        return None
    if isinstance(value, bool) or not isinstance(value, (str, int)):
        raise BadPerson(f"{name}: is no text")
    text = str(value).translate(_PASTED).strip()
    if len(text) > LONGEST_TEXT or not text.isprintable():
        raise BadPerson(f"{name}: one line of at most {LONGEST_TEXT} signs that can be seen")
    return text


def _several(said: Mapping[str, Any], name: str) -> tuple[str, ...] | None:
    """A list of SCIM, or texts between commas. An empty list says none, an empty cell nothing. Raises BadPerson."""
    value = said.get(name)
    if isinstance(value, list):
        return tuple(dict.fromkeys(filter(None, (_text({name: _value_of(one)}, name) for one in value))))
    text = _text(said, name)
    if text is None:
        return None
    for sign in _BETWEEN[1:]:
        text = text.replace(sign, ",")
    return tuple(dict.fromkeys(filter(None, (part.strip() for part in text.split(",")))))


def _value_of(one: object) -> object:
    """SCIM writes values of several as objects."""
    return (one.get("display") or one.get("value")) if isinstance(one, dict) else one


def _is_active(said: Mapping[str, Any]) -> bool | None:
    """Raises BadPerson."""
    value = said.get("active")
    if isinstance(value, bool) or value is None:
        return value
    word = (_text(said, "active") or "").lower()
    if not word:
        return None
    if word not in _YES | _NO:
        raise BadPerson("active: true or false")
    return word in _YES
