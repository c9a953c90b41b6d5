"""The value of a form's field: what was typed, read; what a value may be; a value as it is typed.

Text and choices are texts, a number is its decimal text, money whole hundredths, yes and no a boolean, several choices
a list, a moment UTC. Of a card number a value holds the last four characters and nothing else.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, tzinfo
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Any, Final

from agent_model import moment
from agent_model.form import FieldKind, FormField
from agent_model.phone_number import DialPlan, normalise

TEXT_LIMIT: Final = 200
LONG_TEXT_LIMIT: Final = 5_000
LARGEST: Final = Decimal(10) ** 12
MOST_PLACES: Final = 6
KEPT_OF_A_CARD: Final = 4
YES, NO = "yes", "no"
BETWEEN_CHOICES: Final = " "

_EMAIL: Final = re.compile(r"[^@\s]{1,64}@[^@\s]{1,190}\.[^@\s.]{1,63}")
_PHONE: Final = re.compile(r"(?:\+|ext:|short:|raw:)[0-9]{1,32}")
_KEPT: Final = re.compile(r"[0-9]{3}[0-9X]")
_CARD: Final = re.compile(r"[0-9]{12,19}")
_ID: Final = re.compile(r"[1-9][0-9]{16}[0-9X]")
_DATE: Final = re.compile(r"(\d{4})[-/.年]?(\d{1,2})[-/.月]?(\d{1,2})日?")
_CLOCK: Final = re.compile(r"(\d{1,2})[:：](\d{2})")


class ValueFault(StrEnum):
    """Why a value does not do; the server refuses with the same words."""

    MISSING = "missing"
    MALFORMED = "malformed"
    TOO_LONG = "too_long"
    TOO_SMALL = "too_small"
    TOO_LARGE = "too_large"
    NOT_OFFERED = "not_offered"
    CARD_IN_CLEAR = "card_in_clear"
    NOT_ASKED = "not_asked"
    UNKNOWN_FIELD = "unknown_field"


class NotReadable(ValueError):
    """What is typed is no value of its field; `fault` says why."""

    def __init__(self, fault: ValueFault) -> None:
        super().__init__(fault.value)
        self.fault = fault


@dataclass(frozen=True, slots=True)
class Locale:
    """Where somebody types: how telephone numbers are dialled there, and which clock hangs on the wall (None: the
    computer's own)."""

    plan: DialPlan
    zone: tzinfo | None = None


def read(field: FormField, text: str, locale: Locale) -> Any:
    """The value of what was typed; None for nothing. Raises NotReadable."""
    typed = text.strip()
    if not typed:
        return None
    value = _READERS[field.kind](typed, locale)
    if (fault := fault_of(field, value)) is not None:
        raise NotReadable(fault)
    return value


def typed(field: FormField, value: Any, locale: Locale) -> str:
    """The value as somebody would type it: `read` makes the same value of it."""
    match field.kind:
        case _ if value is None:
            return ""
        case FieldKind.MONEY:
            return f"{Decimal(value) / 100:f}"
        case FieldKind.YES_NO:
            return YES if value else NO
        case FieldKind.MULTI_CHOICE:
            return BETWEEN_CHOICES.join(value)
        case FieldKind.DATE_TIME:
            return f"{moment.from_text(value).astimezone(locale.zone):%Y-%m-%d %H:%M}"
        case _:
            return str(value)


def fault_of(field: FormField, value: Any) -> ValueFault | None:
    """What is wrong with a value that is there, if anything is."""
    if not _is_shaped(field.kind, value):
        is_in_clear = field.kind.is_card and isinstance(value, str) and len(value) > KEPT_OF_A_CARD
        return ValueFault.CARD_IN_CLEAR if is_in_clear else ValueFault.MALFORMED
    if field.kind.has_options:
        return _fault_of_choice(field, value)
    if isinstance(value, str) and len(value) > longest(field):
        return ValueFault.TOO_LONG
    if field.kind.has_range:
        if field.lowest and comparable(field.kind, value) < limit(field.kind, field.lowest):
            return ValueFault.TOO_SMALL
        if field.highest and comparable(field.kind, value) > limit(field.kind, field.highest):
            return ValueFault.TOO_LARGE
    return None


def longest(field: FormField) -> int:
    """How many characters the text may have."""
    own = LONG_TEXT_LIMIT if field.kind is FieldKind.LONG_TEXT else TEXT_LIMIT
    return min(field.longest or own, own)


def comparable(kind: FieldKind, value: Any) -> Any:
    """The value as one that is less or more than another of its kind."""
    match kind:
        case FieldKind.NUMBER:
            return Decimal(value)
        case FieldKind.MONEY:
            return Decimal(value) / 100
        case FieldKind.DATE_TIME:
            return value[:10]  # a limit is a day
        case _:
            return value


def limit(kind: FieldKind, text: str) -> Any:
    """A limit as written in a form, to be compared with `comparable`. Raises NotReadable."""
    if kind in (FieldKind.NUMBER, FieldKind.MONEY):
        return _decimal(text)
    return _date(text)


def as_clause(kind: FieldKind, value: Any) -> frozenset[str]:
    """The texts that a clause's value may be for this value to be it."""
    if kind is FieldKind.YES_NO:
        return frozenset({YES if value else NO})
    if kind is FieldKind.MULTI_CHOICE:
        return frozenset(value)
    if kind is FieldKind.MONEY:
        return frozenset({_plain(Decimal(value) / 100)})
    return frozenset({str(value)})


def card_kept(kind: FieldKind, text: str) -> str | None:
    """What is kept of a card number that is whole and checks out: its last four; None for any other text.

    Bank cards by Luhn's check digit (ISO/IEC 7812), ID cards by that of GB 11643."""
    number = re.sub(r"[\s-]", "", text).upper()
    is_whole = _is_bank_card(number) if kind is FieldKind.BANK_CARD else _is_id_card(number)
    return number[-KEPT_OF_A_CARD:] if is_whole else None


def _is_bank_card(number: str) -> bool:
    if _CARD.fullmatch(number) is None:
        return False
    digits = [int(digit) for digit in reversed(number)]
    doubled = sum(sum(divmod(2 * digit, 10)) for digit in digits[1::2])
    return (sum(digits[::2]) + doubled) % 10 == 0


def _is_id_card(number: str) -> bool:
    if _ID.fullmatch(number) is None:
        return False
    weighted = sum(int(digit) * (2 ** (17 - place) % 11) for place, digit in enumerate(number[:17]))
    return number[17] == "10X98765432"[weighted % 11]


def _is_shaped(kind: FieldKind, value: Any) -> bool:
    match kind:
        case FieldKind.MULTI_CHOICE:
            return isinstance(value, list) and bool(value) and all(isinstance(one, str) for one in value)
        case FieldKind.YES_NO:
            return isinstance(value, bool)
        case FieldKind.MONEY:
            return type(value) is int and abs(value) <= LARGEST * 100
        case _ if not isinstance(value, str) or not value.strip() or "\x00" in value:
            return False
        case FieldKind.NUMBER:
            return _is_read_as(value, lambda text: _plain(_decimal(text)))
        case FieldKind.DATE:
            return _is_read_as(value, _date)
        case FieldKind.DATE_TIME:
            return _is_read_as(value, lambda text: moment.to_text(moment.from_text(text)))
        case FieldKind.PHONE:
            return _PHONE.fullmatch(value) is not None
        case FieldKind.EMAIL:
            return _EMAIL.fullmatch(value) is not None
        case FieldKind.ID_CARD | FieldKind.BANK_CARD:
            return _KEPT.fullmatch(value) is not None
        case _:
            return value == value.strip()


def _is_read_as(value: str, reading: Callable[[str], str]) -> bool:
    try:
        return reading(value) == value
    except ValueError:
        return False


def _fault_of_choice(field: FormField, value: Any) -> ValueFault | None:
    offered = {option.id for option in field.options}
    chosen = value if isinstance(value, list) else [value]
    if not offered.issuperset(chosen) or len(set(chosen)) != len(chosen):
        return ValueFault.NOT_OFFERED
    return ValueFault.TOO_LARGE if field.longest and len(chosen) > field.longest else None


def _decimal(text: str) -> Decimal:
    try:
        number = Decimal(re.sub(r"[,，\s]", "", text))
    except InvalidOperation:
        raise NotReadable(ValueFault.MALFORMED) from None
    if not number.is_finite() or abs(number) > LARGEST or number != round(number, MOST_PLACES):
        raise NotReadable(ValueFault.MALFORMED)
    return number


def _plain(number: Decimal) -> str:
    text = f"{number:f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text in ("-0", "") else text


def fen_of(text: str) -> int:
    """What somebody typed as an amount, `50` or `49.90`, in hundredths. Raises NotReadable."""
    fen = _decimal(text.lstrip("¥￥$")) * 100
    if fen != fen.to_integral_value():
        raise NotReadable(ValueFault.MALFORMED)
    return int(fen)


def _date(text: str) -> str:
    found = _DATE.fullmatch(text)
    try:
        return date(*map(int, found.groups())).isoformat() if found else date.fromisoformat(text).isoformat()
    except ValueError:
        raise NotReadable(ValueFault.MALFORMED) from None


def _date_time(text: str, locale: Locale) -> str:
    day, _, clock = text.replace("T", " ").partition(" ")
    found = _CLOCK.fullmatch(clock.strip())
    try:
        hour, minute = map(int, found.groups()) if found else (-1, 0)
        local = datetime.fromisoformat(_date(day)).replace(hour=hour, minute=minute, tzinfo=locale.zone)
        return moment.to_text(local.astimezone(UTC))
    except (ValueError, OverflowError):
        raise NotReadable(ValueFault.MALFORMED) from None


def _yes_no(text: str) -> bool:
    if text not in (YES, NO):
        raise NotReadable(ValueFault.MALFORMED)
    return text == YES


def _phone(text: str, locale: Locale) -> str:
    number = None if "*" in text else normalise(text, locale.plan)  # a masked number is none
    if number is None:
        raise NotReadable(ValueFault.MALFORMED)
    return str(number)


_READERS: Final[Mapping[FieldKind, Callable[[str, Locale], Any]]] = {
    FieldKind.TEXT: lambda text, _: text,
    FieldKind.LONG_TEXT: lambda text, _: text,
    FieldKind.NUMBER: lambda text, _: _plain(_decimal(text)),
    FieldKind.MONEY: lambda text, _: fen_of(text),
    FieldKind.DATE: lambda text, _: _date(text),
    FieldKind.DATE_TIME: _date_time,
    FieldKind.CHOICE: lambda text, _: text,
    FieldKind.MULTI_CHOICE: lambda text, _: text.split(),
    FieldKind.YES_NO: lambda text, _: _yes_no(text),
    FieldKind.PHONE: _phone,
    FieldKind.EMAIL: lambda text, _: text,
    FieldKind.ID_CARD: lambda text, _: text,
    FieldKind.BANK_CARD: lambda text, _: text,
    FieldKind.PRODUCT: lambda text, _: text,
}
