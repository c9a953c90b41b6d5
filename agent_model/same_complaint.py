"""Whether two complaints are the same one, come in by two doors; with what speaks for it."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

WINDOW: Final = timedelta(days=30)
SIMILAR: Final = 0.35
"""Of the pairs of neighbouring characters, from which on two texts are about the same thing."""


class Likeness(StrEnum):
    CUSTOMER = "customer"
    NUMBER = "number"
    CATEGORY = "category"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Told:
    """What is known of one complaint; `numbers` are normalised ones of whoever complains."""

    ticket_id: str
    customer_id: str | None
    numbers: frozenset[str]
    category: str
    at: datetime
    text: str


@dataclass(frozen=True, slots=True)
class Twin:
    """Another complaint that may be the same, how far apart they came in, and why it may be."""

    ticket_id: str
    likeness: tuple[Likeness, ...]
    apart: timedelta


def twins(this: Told, others: Iterable[Told]) -> tuple[Twin, ...]:
    """The likeliest first. The same person within the time suffices with one thing more; else category and text."""
    pairs = _pairs(this.text)
    found = [twin for other in others if (twin := _twin(this, pairs, other)) is not None]
    return tuple(sorted(found, key=lambda twin: (-len(twin.likeness), twin.apart, twin.ticket_id)))


def _twin(this: Told, pairs: Counter[str], other: Told) -> Twin | None:
    apart = abs(this.at - other.at)
    if this.ticket_id == other.ticket_id or apart > WINDOW:
        return None
    is_customer = this.customer_id is not None and this.customer_id == other.customer_id
    alike = {
        Likeness.CUSTOMER: is_customer,
        Likeness.NUMBER: bool(this.numbers & other.numbers) and not is_customer,
        Likeness.CATEGORY: this.category == other.category,
        Likeness.TEXT: _share(pairs, _pairs(other.text)) >= SIMILAR,
    }
    likeness = tuple(one for one, is_so in alike.items() if is_so)
    is_same_person = Likeness.CUSTOMER in likeness or Likeness.NUMBER in likeness
    speaks = {Likeness.CATEGORY, Likeness.TEXT} & set(likeness)
    if not speaks or (not is_same_person and len(speaks) < 2):
        return None
    return Twin(other.ticket_id, likeness, apart)


def similarity(one: str, other: str) -> float:
    """The share of neighbouring characters that two texts have in common, 0..1; the same for Chinese and English."""
    return _share(_pairs(one), _pairs(other))


def _share(pairs: Counter[str], others: Counter[str]) -> float:
    total = pairs.total() + others.total()
    return 2 * (pairs & others).total() / total if total else 0.0


def _pairs(text: str) -> Counter[str]:
    plain = "".join(char for char in text.casefold() if char.isalnum())
    return Counter(plain[at : at + 2] for at in range(len(plain) - 1))
