"""What a cell says, read for what it is to be: a telephone number, a date, an amount. What is doubtful is refused."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any, Final
from zoneinfo import ZoneInfo

from agent_model.form import FieldKind, FormField
from agent_model.form_value import Locale, NotReadable, card_kept, fault_of, read
from agent_model.moment import to_text
from agent_model.number_range import PrivacyNumbers
from agent_model.phone_number import DialPlan, masked, normalise
from agent_model.plain_line import is_plain_line, plain_line
from agent_papers.tables.sheet import EXACT, SERIAL_START, Cell
from agent_server.importing.directory import Directory

SHORTENED: Final = re.compile(r"[+-]?\d(?:[.,]\d+)?E\+?\d{1,3}", re.IGNORECASE)
EXCEL_ERRORS: Final = frozenset(
    {
        "#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!", "#SPILL!", "#CALC!", "#FIELD!", "#BLOCKED!",
        "#CONNECT!", "#BUSY!", "#UNKNOWN!", "#GETTING_DATA", "#EXTERNAL!", "#PYTHON!",
    }
)  # fmt: skip
INVISIBLE: Final = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\ufeff"))
CONTROL: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
BETWEEN: Final = re.compile(r"[,，;；、|\n]+")
EMAIL: Final = re.compile(r"[^\s@,;<>]+@[^\s@,;<>]+\.[^\s@,;<>.]+")
DAY: Final = re.compile(r"(\d{4})\s*(?:年|[-/.])\s*(\d{1,2})\s*(?:月|[-/.])\s*(\d{1,2})\s*日?")
COMPACT_DAY: Final = re.compile(r"((?:19|20)\d{2})(\d{2})(\d{2})")
CLOCK: Final = re.compile(r"(\d{1,2})[:：时](\d{1,2})(?:[:：分](\d{1,2})(?:\.\d+)?)?[分秒]?")
ZONE: Final = re.compile(r"Z|[+-]\d{2}:?\d{2}")
SERIALS: Final = range(15_000, 80_000)
"""Days that a date without its format is: 1941 to 2119."""
LANGUAGE: Final = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,2}")
AMOUNT: Final = re.compile(r"[¥￥$€]?\s*(-?\d[\d,]*(?:\.\d+)?)\s*元?")
LARGEST_AMOUNT: Final = Decimal(10**15)
YES: Final = frozenset({"1", "y", "yes", "true", "是", "已", "有", "已实名", "已核实", "已认证", "verified"})
NO: Final = frozenset({"0", "n", "no", "false", "否", "未", "无", "未实名", "未核实", "未认证", "unverified"})


class BadCell(Exception):
    """`code` says what is wrong (`sentences`)."""

    def __init__(self, code: str, **facts: str) -> None:
        super().__init__(code)
        self.code = code
        self.facts = facts


@dataclass(frozen=True, slots=True)
class House:
    """What a cell is read against: how numbers are written here, on which clock, and what there is; `serial_start` is
    the day that the file counts days from."""

    plan: DialPlan
    zone: ZoneInfo
    directory: Directory
    privacy: PrivacyNumbers = field(default_factory=PrivacyNumbers)
    serial_start: date = SERIAL_START


Read = Callable[[Cell, House], Any]
"""Raises BadCell."""


def text(cell: Cell, _house: House | None = None) -> str:
    """As a person sees it. Numbers lose no digits and gain no `.0`."""
    if isinstance(cell, str):
        found = cell.strip() if cell.isascii() else cell.translate(INVISIBLE).strip()
        if not found.isprintable() and CONTROL.search(found):
            raise BadCell("control_sign")
        if found[:1] == "#" and found in EXCEL_ERRORS:
            raise BadCell("excel_error", value=found)
        return found
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, (int, float)):
        if abs(cell) >= EXACT:
            raise BadCell("digits_lost", value=f"{cell:g}")
        return str(int(cell)) if float(cell).is_integer() else repr(cell)
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat(" ", "seconds")
    return cell.isoformat() if isinstance(cell, (date, time)) else str(cell)


def line(cell: Cell, _house: House) -> str:
    """What names somebody, or a word about them."""
    return _no_longer(plain_line(text(cell)))


def optional_line(cell: Cell, house: House) -> str | None:
    return line(cell, house) or None


def _no_longer(found: str) -> str:
    if not is_plain_line(found):
        raise BadCell("too_long")
    return found


def shown(cell: Cell) -> str:
    """For a sentence about the cell."""
    try:
        found = text(cell)
    except BadCell:
        found = CONTROL.sub("\ufffd", str(cell))
    return found if len(found) <= 60 else f"{found[:59]}…"


def digits(cell: Cell, _house: House | None = None) -> str:
    """A number that names something; what a spreadsheet shortened is not taken."""
    found = text(cell)
    if not found.isascii():
        found = unicodedata.normalize("NFKC", found)
    if SHORTENED.fullmatch(found):
        raise BadCell("digits_lost", value=found)
    return found[:-2] if found.endswith(".0") and found[:-2].isdigit() else found


def row_id(cell: Cell, _house: House) -> str:
    """Ids are compared as they are written."""
    found = digits(cell)
    if len(found) > 128 or "\n" in found:
        raise BadCell("too_long")
    return found


def phones(cell: Cell, house: House) -> list[str]:
    return [_phone(part, house) for part in BETWEEN.split(digits(cell)) if part.strip()]


def _phone(written: str, house: House) -> str:
    number = normalise(written.strip(), house.plan)
    if number is None or number.startswith("raw:"):
        raise BadCell("no_phone_number", value=written)
    if (lent := house.privacy.range_of(number)) is not None:
        raise BadCell("privacy_number", value=masked(number), zh=lent.platform.zh, en=lent.platform.en)
    return number


def words(cell: Cell, _house: House) -> list[str]:
    parts = map(plain_line, BETWEEN.split(text(cell)))
    return [_no_longer(part) for part in dict.fromkeys(parts) if part]


def email(cell: Cell, house: House) -> str | None:
    found = line(cell, house)
    if found and EMAIL.fullmatch(found) is None:
        raise BadCell("no_email", value=found)
    return found or None


def optional(cell: Cell, _house: House) -> str | None:
    return text(cell) or None


def id_number(cell: Cell, _house: House) -> str | None:
    return digits(cell).upper() or None


def language(cell: Cell, house: House) -> str:
    found = text(cell)
    if LANGUAGE.fullmatch(found):
        return found
    return str(one_of(LANGUAGES)(found, house))


def yes_or_no(cell: Cell, _house: House) -> bool:
    found = _folded(text(cell))
    if found in YES or found in NO:
        return found in YES
    raise BadCell("no_choice", value=text(cell), choices="是, 否, yes, no")


def fen(cell: Cell, _house: House) -> int:
    return _amount(cell, 1)


def yuan(cell: Cell, _house: House) -> int:
    """In hundredths."""
    return _amount(cell, 100)


def _amount(cell: Cell, times: int) -> int:
    found = unicodedata.normalize("NFKC", text(cell))
    amount = AMOUNT.fullmatch(found)
    try:
        value = Decimal(amount[1].replace(",", "") if amount else found) * times
        whole = value.to_integral_value()
    except InvalidOperation as error:
        raise BadCell("no_amount", value=found) from error
    if not value.is_finite() or abs(value) > LARGEST_AMOUNT or abs(value - whole) > Decimal("0.000001"):
        raise BadCell("no_amount", value=found)
    return int(whole)


def day(cell: Cell, house: House) -> str | None:
    """`2024-02-29`. A day and month that may be the other way round are refused."""
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    found = unicodedata.normalize("NFKC", text(cell))
    if not found:
        return None
    if ZONE.search(found[10:]) is None and (whole := DAY.match(found)) and not _rest(found, whole):
        return _date(found, int(whole[1]), int(whole[2]), int(whole[3])).isoformat()
    if compact := COMPACT_DAY.fullmatch(found):
        return _date(found, int(compact[1]), int(compact[2]), int(compact[3])).isoformat()
    if found.isdigit() and int(found) in SERIALS:
        return (house.serial_start + timedelta(days=int(found))).isoformat()
    raise BadCell("no_day", value=found)


def moment(cell: Cell, house: House) -> str | None:
    """As it crosses the wire; what names no zone is on the site's clock."""
    if isinstance(cell, datetime):
        return _moment(cell, house.zone, str(cell))
    if isinstance(cell, date):
        return _moment(datetime.combine(cell, time()), house.zone, str(cell))
    found = unicodedata.normalize("NFKC", text(cell))
    if not found:
        return None
    try:
        serial = float(found) if re.fullmatch(r"\d{5}\.\d+", found) else None
        if serial is not None and int(serial) in SERIALS:
            start = datetime.combine(house.serial_start, time()) + timedelta(seconds=round(serial * 86400))
            return _moment(start, house.zone, found)
        if re.fullmatch(r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}.*", found):
            return _moment(datetime.fromisoformat(found), house.zone, found)
        whole = DAY.match(found) or COMPACT_DAY.match(found)
        clock = CLOCK.fullmatch(found[whole.end() :].strip()) if whole else None
        if whole and clock:
            parts = [int(part or 0) for part in clock.groups()]
            year, month, number = (int(part) for part in whole.groups())
            start = datetime.combine(_date(found, year, month, number), time(parts[0], parts[1], parts[2]))
            return _moment(start, house.zone, found)
    except ValueError as error:
        raise BadCell("no_moment", value=found) from error
    try:
        only_day = day(cell, house)
    except BadCell as error:
        raise BadCell("no_moment", value=found) from error
    return _moment(datetime.fromisoformat(str(only_day)), house.zone, found)


def _moment(told: datetime, zone: ZoneInfo, written: str) -> str:
    aware = told if told.tzinfo is not None else told.replace(tzinfo=zone)
    try:
        return to_text(aware.astimezone(UTC))
    except OverflowError as error:
        raise BadCell("no_moment", value=written) from error


def _date(written: str, year: int, month: int, number: int) -> date:
    try:
        return date(year, month, number)
    except ValueError as error:
        raise BadCell("no_day", value=written) from error


def _rest(found: str, whole: re.Match[str]) -> bool:
    """Whether there is more behind the day than a clock's midnight."""
    rest = found[whole.end() :].strip(" T")
    return bool(rest) and CLOCK.fullmatch(rest) is None


LANGUAGES: Final = {
    "zh-CN": ("中文", "汉语", "普通话", "国语", "chinese", "mandarin"),
    "en": ("英语", "英文", "english"),
}


def one_of(choices: Mapping[str, tuple[str, ...]]) -> Read:
    """The choice that a cell names by its key or another name of it."""
    by_name = {_folded(name): key for key, names in choices.items() for name in (key, *names)}

    def read(cell: Cell, _house: House) -> str:
        found = text(cell)
        try:
            return by_name[_folded(found)]
        except KeyError:
            told = ", ".join(f"{names[0]} ({key})" if names else key for key, names in choices.items())
            raise BadCell("no_choice", value=found, choices=told) from None

    return read


def among(kind: str) -> Read:
    """The row of the house's directory that a cell names, by its id or a name in either language."""

    def read(cell: Cell, house: House) -> str | None:
        found = text(cell)
        if not found:
            return None
        try:
            return house.directory.find(kind, found)
        except LookupError:
            known = house.directory.some(kind)
            raise BadCell("not_there", value=found, known=known) from None

    return read


def _folded(name: str) -> str:
    return unicodedata.normalize("NFKC", name).casefold().replace(" ", "").replace("_", "")


def own(field: FormField, cell: Cell, house: House) -> Any:
    """The value of a field that the site made: choices by their names in either language or by their ids."""
    try:
        value = _own(field, cell, house)
    except NotReadable as error:
        raise BadCell("not_this_kind", value=shown(cell)) from error
    if value is not None and fault_of(field, value) is not None:
        raise BadCell("not_this_kind", value=shown(cell))
    return value


def _own(field: FormField, cell: Cell, house: House) -> Any:
    match field.kind:
        case FieldKind.DATE:
            return day(cell, house)
        case FieldKind.DATE_TIME:
            return moment(cell, house)
        case FieldKind.YES_NO:
            return yes_or_no(cell, house)
        case FieldKind.MONEY:
            return yuan(cell, house)
        case FieldKind.PHONE:
            return next(iter(phones(cell, house)), None)
        case FieldKind.CHOICE:
            return _chosen(field, text(cell))
        case FieldKind.MULTI_CHOICE:
            return [_chosen(field, one) for one in words(cell, house)] or None
        case FieldKind.ID_CARD | FieldKind.BANK_CARD:
            number = digits(cell).upper()
            return card_kept(field.kind, number) or number or None
        case _:
            return read(field, digits(cell) if field.kind is FieldKind.NUMBER else text(cell), Locale(house.plan))


def _chosen(field: FormField, told: str) -> str:
    called = ((one, (one.id, one.label.zh, one.label.en)) for one in field.options)
    names = {_folded(name): option.id for option, names in called for name in names}
    if _folded(told) not in names:
        raise BadCell("no_choice", value=told, choices=", ".join(option.label.zh for option in field.options))
    return names[_folded(told)]
