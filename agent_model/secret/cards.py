"""Whether digits are an identity card (GB 11643) or a bank card (ISO/IEC 7812): what their check digits say."""

from datetime import date
from typing import Final

PROVINCES: Final = frozenset(
    str(code)
    for first, last in ((11, 15), (21, 23), (31, 37), (41, 46), (50, 54), (61, 65), (71, 71), (81, 83))
    for code in range(first, last + 1)
)
_WEIGHTS: Final = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK_SIGNS: Final = "10X98765432"
_BIRTHS: Final = range(1880, 2100)


def is_id_card(text: str) -> bool:
    """Eighteen signs with the right check sign, a province and a day of birth that there is."""
    if len(text) != 18 or not text[:17].isdecimal() or text[:2] not in PROVINCES:
        return False
    total = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, text[:17], strict=True))
    return _CHECK_SIGNS[total % 11] == text[17].upper() and _is_birth(text[6:14])


def is_old_id_card(text: str) -> bool:
    """The fifteen digits of before 1999, which check nothing but province and day of birth."""
    return len(text) == 15 and text.isdecimal() and text[:2] in PROVINCES and _is_birth("19" + text[6:12])


def is_bank_card(digits: str) -> bool:
    """A number of a card scheme's own beginning and length whose check digit is right (Luhn)."""
    return len(digits) in _lengths(digits) and len(set(digits)) > 2 and _luhn(digits) == 0


def luhn_digit(digits: str) -> str:
    """The check digit that makes these a card number."""
    return str(-_luhn(digits + "0") % 10)


def _lengths(digits: str) -> range:
    """UnionPay, Visa, Mastercard, American Express, JCB, Diners, and mainland debit cards of before 62."""
    head = int(digits[:4]) if len(digits) >= 4 else 0
    if 6200 <= head <= 6299 or 8100 <= head <= 8171:
        return range(16, 20)
    if head // 1000 == 4:
        return range(16, 17)
    if 5100 <= head <= 5599 or 2221 <= head <= 2720:
        return range(16, 17)
    if head // 100 in (34, 37):
        return range(15, 16)
    if 3528 <= head <= 3589:
        return range(16, 17)
    if head // 100 in (30, 36, 38, 39):
        return range(14, 15)
    if head // 100 in (60, 65, 64):
        return range(16, 20)
    return range(19, 20) if head // 100 in (90, 95, 98) else range(0)


def _luhn(digits: str) -> int:
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (2 if place % 2 else 1)
        total += value - 9 if value > 9 else value
    return total % 10


def _is_birth(text: str) -> bool:
    try:
        born = date(int(text[:4]), int(text[4:6]), int(text[6:]))
    except ValueError:
        return False
    return born.year in _BIRTHS
