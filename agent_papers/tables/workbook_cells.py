"""The values of a workbook's sheet, row by row as they stand in its XML; what a number is, its format says.

openpyxl reads the same at nine times the cost (decision 0013): it makes an object of every element.
"""

import re
import zipfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import IO, Any, Final
from xml.parsers import expat

from defusedxml import ElementTree
from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format, is_timedelta_format
from openpyxl.utils.datetime import MAC_EPOCH, WINDOWS_EPOCH, from_excel, from_ISO8601

from agent_papers.tables.sheet import EXACT, BadFile, Cell

LARGEST_TEXTS: Final = 256 * 1024 * 1024
"""The part with the workbook's texts is the only one that is held whole."""
LARGEST_STYLES: Final = 64 * 1024 * 1024
LARGEST_PART: Final = 16 * 1024 * 1024
"""Of the other parts that are read whole: which sheets there are, and where."""
LONGEST_TEXT: Final = 128 * 1024
"""Characters of a cell; spreadsheet programs write 32,767 at most."""
ESCAPED: Final = re.compile(r"_x(?![Dd][89A-Fa-f])([0-9A-Fa-f]{4})_")
"""A sign that XML may not hold, or that it would not keep, such as a carriage return."""
MOST_COLUMNS: Final = 1000
"""What stands further to the right is not read."""
LAST_ROW: Final = 2**20
READ_AT_ONCE: Final = 1 << 18
CHINESE_DATES: Final = frozenset((*range(27, 37), *range(50, 59)))
"""Formats of dates and times that a file in Chinese, Japanese or Korean names without their code."""
DIGITS: Final = "0123456789"


@dataclass(frozen=True, slots=True)
class Form:
    """How numbers of a style are shown. `zeros`: with so many digits at least."""

    is_date: bool = False
    is_span: bool = False
    zeros: int = 0


@dataclass(frozen=True, slots=True)
class Book:
    """What the cells of every sheet refer to."""

    texts: Sequence[str]
    forms: Sequence[Form]
    epoch: datetime


def book(parts: zipfile.ZipFile) -> Book:
    """Raises BadFile: unpacks_too_large, entities; what zipfile and expat raise, and ValueError."""
    names = _parts_by_kind(parts)
    texts = list(_texts(parts, names["sharedStrings"])) if "sharedStrings" in names else []
    forms = _forms(parts, names["styles"]) if "styles" in names else []
    return Book(texts, forms, started_at(parts))


def started_at(parts: zipfile.ZipFile) -> datetime:
    """The moment that the workbook counts days from. Raises as `book`."""
    said = next(_elements(part_of(parts, "xl/workbook.xml"), "workbookPr"), {}).get("date1904", "0")
    epoch: datetime = MAC_EPOCH if said in ("1", "true") else WINDOWS_EPOCH
    return epoch


def part_of(parts: zipfile.ZipFile, name: str, most: int = LARGEST_PART) -> bytes:
    """Raises BadFile: unpacks_too_large; KeyError."""
    size = parts.getinfo(name).file_size
    if size > most:
        raise BadFile("unpacks_too_large", size=f"{size // (1024 * 1024)} MB")
    return parts.read(name)


def rows(file: IO[bytes], known: Book) -> Iterator[tuple[int, list[Cell]]]:
    """Every row that is there, with its number. Raises as `book`, and IndexError."""
    ready: list[tuple[int, list[Cell]]] = []
    columns: dict[str, int] = {}
    parts: list[str] = []
    cells: list[Cell] = []
    number = column = 0
    kind = style = ""
    is_told = is_reading_aloud = is_below = False

    def start(name: str, said: dict[str, str]) -> None:
        nonlocal number, column, kind, style, is_told, is_reading_aloud, cells
        match name.rpartition(":")[2]:
            case "c":
                place = said.get("r", "").rstrip(DIGITS)
                if place and place not in columns:
                    columns[place] = _column(place)
                column = columns[place] if place else column + 1
                kind, style = said.get("t", "n"), said.get("s", "")
                parts.clear()
            case "v" | "t":
                is_told = not is_reading_aloud
            case "rPh":
                is_reading_aloud = True
            case "row" if not is_below:
                before, number = number, int(said.get("r", number + 1))
                if not before < number <= LAST_ROW:
                    raise ValueError("row")
                cells, column = [], 0

    def end(name: str) -> None:
        nonlocal is_told, is_reading_aloud, is_below
        match name.rpartition(":")[2]:
            case "v" | "t":
                is_told = False
            case "c":
                if parts and column <= MOST_COLUMNS:
                    if column <= len(cells):
                        raise ValueError("column")
                    cells.extend([None] * (column - 1 - len(cells)))
                    cells.append(_value("".join(parts), kind, style, known))
            case "rPh":
                is_reading_aloud = False
            case "row" if not is_below:
                ready.append((number, cells))
            case "sheetData":
                is_below = True

    def words(text: str) -> None:
        if is_told:
            parts.append(text)

    for _ in _parsed(file, start, end, words):
        yield from ready
        ready.clear()


def _value(told: str, kind: str, style: str, known: Book) -> Cell:
    match kind:
        case "s":
            return known.texts[int(told)]
        case "n":
            number = float(told) if "." in told or "e" in told.lower() else int(told)
            form = known.forms[int(style)] if style and int(style) < len(known.forms) else Form()
            if form.is_date:
                return _moment(number, form, known.epoch)
            is_padded = form.zeros and abs(number) < EXACT and number == int(number)
            return str(int(number)).zfill(form.zeros) if is_padded else number
        case "b":
            return bool(int(told))
        case "d":
            moment: Cell = from_ISO8601(told)
            return moment
    return _plain(told)


def _plain(told: str) -> str:
    """Raises ValueError."""
    if len(told) > LONGEST_TEXT:
        raise ValueError("text")
    return ESCAPED.sub(lambda sign: chr(int(sign[1], 16)), told) if "_x" in told else told


def _moment(number: float, form: Form, epoch: datetime) -> Cell:
    """As a spreadsheet shows it, also what is no moment."""
    try:
        moment: Cell = from_excel(number, epoch, timedelta=form.is_span)
    except (OverflowError, ValueError):
        return "#VALUE!"
    return moment


def _column(letters: str) -> int:
    """Raises ValueError."""
    place = 0
    for letter in letters:
        if not "A" <= letter <= "Z" or place > LAST_ROW:
            raise ValueError("column")
        place = place * 26 + ord(letter) - 64
    return place


def _texts(parts: zipfile.ZipFile, name: str) -> Iterator[str]:
    if parts.getinfo(name).file_size > LARGEST_TEXTS:
        raise BadFile("unpacks_too_large", size=f"{parts.getinfo(name).file_size // (1024 * 1024)} MB")
    ready: list[str] = []
    told: list[str] = []
    is_told = is_reading_aloud = False

    def start(name: str, _said: dict[str, str]) -> None:
        nonlocal is_told, is_reading_aloud
        match name.rpartition(":")[2]:
            case "t":
                is_told = not is_reading_aloud
            case "rPh":
                is_reading_aloud = True

    def end(name: str) -> None:
        nonlocal is_told, is_reading_aloud
        match name.rpartition(":")[2]:
            case "t":
                is_told = False
            case "rPh":
                is_reading_aloud = False
            case "si":
                ready.append(_plain("".join(told)))
                told.clear()

    def words(text: str) -> None:
        if is_told:
            told.append(text)

    with parts.open(name) as file:
        for _ in _parsed(file, start, end, words):
            yield from ready
            ready.clear()


def _forms(parts: zipfile.ZipFile, name: str) -> list[Form]:
    styles = ElementTree.fromstring(part_of(parts, name, LARGEST_STYLES))
    codes = {one.get("numFmtId"): one.get("formatCode", "") for one in styles.iter() if _is(one, "numFmt")}
    cells = next((one for one in styles.iter() if _is(one, "cellXfs")), ())
    return [_form(one.get("numFmtId", "0"), codes) for one in cells if _is(one, "xf")]


def _form(number: str, codes: dict[Any, str]) -> Form:
    if number not in codes and int(number) in CHINESE_DATES:
        return Form(is_date=True)
    code = codes.get(number, BUILTIN_FORMATS.get(int(number), ""))
    zeros = len(code) if len(code) > 1 and set(code) == {"0"} else 0
    return Form(bool(is_date_format(code)), bool(is_timedelta_format(code)), zeros)


def _parts_by_kind(parts: zipfile.ZipFile) -> dict[str, str]:
    """Where the workbook says that its texts and styles are."""
    found = {}
    for said in _elements(part_of(parts, "xl/_rels/workbook.xml.rels"), "Relationship"):
        target = said.get("Target", "")
        name = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
        if name in parts.namelist():
            found[said.get("Type", "").rpartition("/")[2]] = name
    return found


def _elements(xml: bytes, name: str) -> Iterator[dict[str, str]]:
    return (one.attrib for one in ElementTree.fromstring(xml).iter() if _is(one, name))


def _is(element: Any, name: str) -> bool:
    return bool(element.tag.rpartition("}")[2] == name)


def _parsed(
    file: IO[bytes],
    start: Callable[[str, dict[str, str]], None],
    end: Callable[[str], None],
    words: Callable[[str], None],
) -> Iterator[None]:
    """A step for each piece of the file."""
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = words
    parser.StartDoctypeDeclHandler = _refuse
    while piece := file.read(READ_AT_ONCE):
        parser.Parse(piece)
        yield
    parser.Parse(b"", True)  # noqa: FBT003 - expat takes it by its place
    yield


def _refuse(*_: object) -> None:
    raise BadFile("entities")
