"""Temporary numbers that platforms lend to their users (隐私号): whose a number is, and that it is nobody's own."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from agent_model.phone_number import PhoneNumber
from agent_model.words import Words

LEAST_DIGITS: Final = 4
"""Of a beginning: a shorter one would take in whole carriers."""
MOST_DIGITS: Final = 15
MOST_SPANS: Final = 500
LONGEST_NAME: Final = 40
_SPACES: Final = re.compile(r"\s+")
_BETWEEN: Final = re.compile(r"[-‐-―−~～至]")
_DIGITS: Final = re.compile(r"\+?[0-9]+")


@dataclass(frozen=True, slots=True)
class NumberRange:
    """The numbers of one `platform`. Each of `spans` is a beginning (`1700001`, `95013`) or a first and a last number
    (`17000010000-17000019999`), as dialled inside China; those of other countries with + and country code."""

    id: str
    platform: Words
    spans: tuple[str, ...]
    is_on: bool = True
    version: int = 0


class SpanFault(StrEnum):
    """Why a range does not do."""

    MISSING = "missing"
    TOO_LONG = "too_long"
    TOO_MANY = "too_many"
    NO_NUMBER = "no_number"
    TOO_SHORT = "too_short"
    NO_SPAN = "no_span"


@dataclass(frozen=True, slots=True)
class Span:
    """`first` is `last` for a beginning, which every number with these first digits has."""

    first: str
    last: str

    def covers(self, digits: str) -> bool:
        if self.first == self.last:
            return digits.startswith(self.first)
        return len(digits) == len(self.first) and self.first <= digits <= self.last


def read_span(written: str) -> Span | SpanFault:
    """A span as somebody wrote it, with spaces or full-width digits."""
    plain = _SPACES.sub("", unicodedata.normalize("NFKC", written))
    parts = [_national(part) for part in _BETWEEN.split(plain)]
    if len(parts) > 2 or not all(_DIGITS.fullmatch(part) for part in parts):
        return SpanFault.NO_NUMBER
    first, last = parts[0], parts[-1]
    if len(first.lstrip("+")) < LEAST_DIGITS:
        return SpanFault.TOO_SHORT
    if len(first) != len(last) or first > last:
        return SpanFault.NO_SPAN
    return SpanFault.TOO_LONG if len(first) > MOST_DIGITS else Span(first, last)


def faults(found: NumberRange) -> Mapping[str, SpanFault]:
    """Everything that is wrong, by field (`platform.zh`, `spans.0`); empty when it may be used."""
    wrong: dict[str, SpanFault] = {}
    for language, name in (("zh", found.platform.zh), ("en", found.platform.en)):
        if not name.strip():
            wrong[f"platform.{language}"] = SpanFault.MISSING
        elif len(name) > LONGEST_NAME:
            wrong[f"platform.{language}"] = SpanFault.TOO_LONG
    if not found.spans:
        wrong["spans"] = SpanFault.MISSING
    if len(found.spans) > MOST_SPANS:
        wrong["spans"] = SpanFault.TOO_MANY
    spans = ((place, read_span(span)) for place, span in enumerate(found.spans))
    return wrong | {f"spans.{place}": span for place, span in spans if isinstance(span, SpanFault)}


class PrivacyNumbers:
    """Every range of the company that is on."""

    def __init__(self, ranges: Iterable[NumberRange] = ()) -> None:
        self._spans = [
            (span, found)
            for found in ranges
            if found.is_on
            for written in found.spans
            if isinstance(span := read_span(written), Span)
        ]

    def range_of(self, number: PhoneNumber) -> NumberRange | None:
        """The range that a number is of; None when it may be somebody's own. The longest beginning decides."""
        form, _, plain = number.rpartition(":")
        if form == "ext" or "****" in number:
            return None
        digits = _national(plain)
        covering = [(len(span.first), found) for span, found in self._spans if span.covers(digits)]
        return max(covering, key=lambda one: one[0])[1] if covering else None

    def among(self, numbers: Iterable[PhoneNumber]) -> tuple[PhoneNumber, ...]:
        """Those that are nobody's own."""
        return tuple(number for number in numbers if self.range_of(number) is not None)


def _national(digits: str) -> str:
    """As dialled inside China; numbers of other countries keep their plus."""
    if digits.startswith("00"):
        digits = "+" + digits[2:]
    if digits.startswith("+86"):
        return digits[3:]
    return digits.removeprefix("0") if not digits.startswith("+") else digits
