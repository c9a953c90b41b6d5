"""Finds customers by what is typed so far, best first, and says what of them it was; without the server."""

import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from typing import Any, Final

from agent_desktop.customers import ways
from agent_desktop.customers.book import customer_of
from agent_desktop.customers.own_fields import OwnFields
from agent_desktop.customers.ways import Readings, Way, Word
from agent_desktop.offline.found_by import FoundBy
from agent_desktop.offline.view import View
from agent_model.customer import Customer
from agent_model.folded import plain
from agent_model.form_value import Locale
from agent_model.phone_number import DialPlan, candidates, masked
from agent_model.plain_line import plain_line
from agent_model.wire import Row

AT_ONCE: Final = 6
LEAST_DIGITS: Final = 4
"""Of the end of a number."""
LOOKED_THROUGH: Final = 100
"""Customers found by one of several words, of whom those are kept who have the others, too."""
LEARNT_AT_ONCE: Final = 200
"""Customers read in one transaction, so that nobody who writes waits long."""
_FOR_CHARACTERS: Final = (Way.NAME, Way.PART_OF_NAME, Way.COMPANY, Way.PART_OF_COMPANY)
_SIGNS_OF_NUMBERS: Final = frozenset("0123456789+-()（） .转,;*#")


class Field(StrEnum):
    """What of a customer was typed."""

    NAME = "name"
    NUMBER = "number"
    EMAIL = "email"
    COMPANY = "company"
    OWN = "own"


_FIELDS: Final[Mapping[Way, Field]] = {
    Way.EMAIL: Field.EMAIL,
    Way.PART_OF_EMAIL: Field.EMAIL,
    Way.COMPANY: Field.COMPANY,
    Way.PART_OF_COMPANY: Field.COMPANY,
    Way.PINYIN_OF_COMPANY: Field.COMPANY,
}


@dataclass(frozen=True, slots=True)
class Match:
    """`text` is the field as it may be shown, `start` and `length` the part of it that was typed."""

    customer: Customer
    field: Field
    text: str
    start: int
    length: int


def _always() -> bool:
    return True


class CustomerFinder:
    """Every method raises StoreError; `learn` runs beside the others."""

    def __init__(self, view: View, found_by: FoundBy, plan: DialPlan, readings: Readings) -> None:
        self._view = view
        self._found_by = found_by
        self._plan = plan
        self._readings = readings
        self._own = OwnFields(view, Locale(plan))

    def find(self, typed: str, limit: int = AT_ONCE, is_wanted: Callable[[], bool] = _always) -> tuple[Match, ...]:
        """By the number (whole, however written, or its last four digits and more), part of the name, its pinyin or
        initials, e-mail, company, or how a field begins that the site made for it; by several of them with spaces
        between. Nobody once it `is_wanted` no more."""
        found: dict[str, Match] = {}
        for match in self._in_turn(plain_line(unicodedata.normalize("NFKC", typed)), limit):
            found.setdefault(match.customer.id, match)
            if len(found) == limit or not is_wanted():
                break
        return tuple(found.values()) if is_wanted() else ()

    def learn(self) -> bool:
        """Reads a few of those who came or changed, within milliseconds; false when everybody is read."""
        return self._found_by.learn(self._words, LEARNT_AT_ONCE) > 0

    def _words(self, body: Mapping[str, Any]) -> set[str]:
        return ways.words_of(body, self._readings)

    def _in_turn(self, typed: str, limit: int) -> Iterator[Match]:
        digits = "".join(sign for sign in typed if sign.isdecimal() and sign.isascii())
        if len(digits) >= LEAST_DIGITS and _SIGNS_OF_NUMBERS.issuperset(typed):
            yield from self._by_number(typed, digits, limit)
        if whole := plain(typed).text:
            yield from self._by_hidden_words(typed, limit)
            yield from self._by_words(whole, typed.strip(), limit)
            yield from self._by_own_fields(whole, limit)
        parts = [part for word in typed.split() if (part := plain(word).text)]
        if len(parts) > 1:
            yield from self._by_several(parts)

    def _by_number(self, typed: str, digits: str, limit: int) -> Iterator[Match]:
        for number in candidates(typed, self._plan):
            for row in self._view.customers_with(number):
                yield _numbered(row, digits)
        for row in self._view.customers_ending_in(digits, limit):
            yield _numbered(row, digits)

    def _by_words(self, typed: str, written: str, limit: int) -> Iterator[Match]:
        """Who is called exactly so first, then by the way."""
        found: list[tuple[tuple[bool, int], int]] = []
        for way in Way if typed.isascii() else _FOR_CHARACTERS:
            places = self._places(way, typed, written, limit)
            found += [(ways.rank(way, is_all=is_all), place) for is_all, place in places]
        best = list(dict.fromkeys(place for _, place in sorted(found)))[: 2 * limit]
        rows = self._view.customers_at(best, lambda body: ways.how(body, typed, self._readings) is not None)
        yield from self._ranked(rows, typed)

    def _by_hidden_words(self, typed: str, limit: int) -> Iterator[Match]:
        """Whose name or e-mail address is kept back from here, by all of it."""
        for word in ways.hidden_words(self._view.mirror.sight().word_keys or {}, typed):
            places = [place for _, place in self._found_by.beginning(word, limit)]
            for row in self._view.customers_at(places, partial(ways.has_hidden, word)):
                customer = customer_of(row)
                yield Match(customer, Field.NAME, customer.name, 0, 0)

    def _by_own_fields(self, typed: str, limit: int) -> Iterator[Match]:
        form = self._own.form()
        for field in () if form is None else form.fields:
            if not field.is_found_by:
                continue
            places = [place for _, place in self._found_by.beginning(ways.own_word(field.name, typed), limit)]

            def begins(body: Mapping[str, Any], name: str = field.name) -> bool:
                return plain(str(body.get(name) or "")).text.startswith(typed)

            for row in self._view.customers_at(places, begins):
                text = str(row.body.get(field.name) or "")
                start, length = plain(text).place(0, len(typed))
                yield Match(customer_of(row), Field.OWN, text, start, length)

    def _places(self, way: Way, typed: str, written: str, limit: int) -> Iterator[tuple[bool, int]]:
        if way is Way.NAME:
            for name, place in self._found_by.named(written, limit):
                yield plain(name).text == typed, place
        wanted = way.value + typed[: ways.LONGEST]
        for word, place in self._found_by.beginning(wanted, limit):
            yield word == wanted, place

    def _by_several(self, parts: Sequence[str]) -> Iterator[Match]:
        """Looks up the part that says most, and keeps who has the others."""
        numbers = [part for part in parts if part.isdecimal() and len(part) >= LEAST_DIGITS]
        first = max(numbers or parts, key=len)
        others = [part for part in parts if part != first]
        if numbers:
            rows = self._view.customers_ending_in(first, LOOKED_THROUGH)
            yield from (_numbered(row, first) for row in rows if self._has(row, others))
            return
        places: dict[int, None] = {}
        for way in Way if first.isascii() else _FOR_CHARACTERS:
            places |= {place: None for _, place in self._places(way, first, first, LOOKED_THROUGH)}
        rows = self._view.customers_at(
            list(places)[:LOOKED_THROUGH], lambda body: ways.how(body, first, self._readings) is not None
        )
        yield from self._ranked([row for row in rows if self._has(row, others)], first)

    def _has(self, row: Row, parts: Sequence[str]) -> bool:
        return all(
            ways.how(row.body, part, self._readings) is not None
            or (len(part) >= LEAST_DIGITS and _number(customer_of(row), part) is not None)
            for part in parts
        )

    def _ranked(self, rows: Sequence[Row], typed: str) -> Iterator[Match]:
        known = [(row, word) for row in rows if (word := ways.how(row.body, typed, self._readings))]
        known.sort(key=lambda one: (ways.rank(one[1].way, is_all=one[1].text == typed), one[1].text, one[0].id))
        yield from (self._match(row, word, typed) for row, word in known)

    def _match(self, row: Row, word: Word, typed: str) -> Match:
        customer = customer_of(row)
        field = _FIELDS.get(word.way, Field.NAME)
        texts = {Field.NAME: customer.name, Field.EMAIL: customer.email or "", Field.COMPANY: customer.company or ""}
        start, length = plain(texts[field]).place(word.start, self._typed_of(word, typed))
        return Match(customer, field, texts[field], start, length)

    def _typed_of(self, word: Word, typed: str) -> int:
        """How many signs of the field were typed: of pinyin, the characters that it reads."""
        if word.reads:
            reached = 0
            for count, part in enumerate(word.reads, start=1):
                reached += len(part)
                if reached >= len(typed):
                    return count
        return min(len(typed), word.length)


def _numbered(row: Row, digits: str) -> Match:
    customer = customer_of(row)
    text = _number(customer, digits) or (masked(customer.phones[0]) if customer.phones else "")
    seen = len(text) - len(text.rstrip("0123456789"))
    length = min(len(digits), seen)
    return Match(customer, Field.NUMBER, text, len(text) - length, length)


def _number(customer: Customer, digits: str) -> str | None:
    """The number that ends so, as it may be shown; of a masked one as much as can be seen."""
    shown = [masked(number) for number in customer.phones]
    whole = [text for number, text in zip(customer.phones, shown, strict=True) if number.endswith(digits)]
    return next(iter(whole or [text for text in shown if text.endswith(digits[-LEAST_DIGITS:])]), None)
