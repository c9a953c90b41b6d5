"""Who may be the same person: found on this disk by number, e-mail and name, with the reasons; merging is people's."""

import difflib
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from agent_desktop.customers import masking, ways
from agent_desktop.customers.book import customer_of
from agent_desktop.customers.ways import Readings, Way
from agent_desktop.offline import number_marks
from agent_desktop.offline.found_by import FoundBy
from agent_desktop.offline.view import View
from agent_model.customer import Customer, CustomerId, SegmentId
from agent_model.folded import plain
from agent_model.phone_number import PhoneNumber
from agent_model.wire import Row

MOST: Final = 5
LOOKED_AT: Final = 40
"""Customers of the same name or company who are compared."""
SIMILAR: Final = 0.8
_COMPANY_ENDINGS: Final = ("有限责任公司", "股份有限公司", "有限公司", "公司", "co.ltd", "ltd", "inc", "gmbh")


class Likeness(StrEnum):
    """Why two customers may be one, the strongest first."""

    NUMBER = "number"
    EMAIL = "email"
    NAME = "name"
    SOUND = "sound"
    NEARLY = "nearly"
    COMPANY = "company"
    REGION = "region"


OF_PERSON: Final = frozenset({Likeness.NAME, Likeness.SOUND, Likeness.NEARLY})
_WEIGHTS: Final = {
    Likeness.NUMBER: 8,
    Likeness.EMAIL: 8,
    Likeness.NAME: 4,
    Likeness.SOUND: 3,
    Likeness.NEARLY: 2,
    Likeness.COMPANY: 3,
    Likeness.REGION: 1,
}
ENOUGH: Final = 5
"""The weights that two must reach: a number or an address alone, a name only with something beside it."""


def weight_of(reasons: Iterable[Likeness]) -> int:
    return sum(_WEIGHTS[reason] for reason in reasons)


@dataclass(frozen=True, slots=True)
class Duplicate:
    """Somebody who may be the same, and why."""

    customer: Customer
    reasons: tuple[Likeness, ...]

    @property
    def weight(self) -> int:
        return weight_of(self.reasons)


@dataclass(frozen=True, slots=True)
class _Traits:
    """What people are compared by; names as they are read, where they can be read."""

    name: str
    sounds: frozenset[str]
    email: str
    company: str
    region: str


class Duplicates:
    """Reads the cache alone and takes its time: never on the way of a call. Every method raises StoreError."""

    def __init__(self, view: View, found_by: FoundBy, readings: Readings) -> None:
        self._view = view
        self._found_by = found_by
        self._readings = readings

    def of(self, customer_id: CustomerId) -> tuple[Duplicate, ...]:
        """Who may be the same as this customer, the likeliest first; nobody whom people have told apart."""
        row = self._view.row("customer", customer_id)
        if row is None:
            return ()
        apart = {customer_id, *(row.body.get("apart") or ())}
        found = self._compared(row.body, self._view.customers_sharing(row))
        others = (one for one in found if one.customer.id not in apart and customer_id not in one.customer.apart)
        return tuple(others)[:MOST]

    def like(self, typed: Customer) -> tuple[Duplicate, ...]:
        """Who may be the same as somebody whose name and company are being typed."""
        numbered = [row for number in typed.phones for row in self._view.customers_with(number)]
        body = {"name": typed.name, "company": typed.company, "email": typed.email, "region": typed.region}
        found = self._compared(body, numbered, enough=_WEIGHTS[Likeness.SOUND])
        return tuple(found)[:MOST]

    def between(self, one: Row, other: Row) -> tuple[Likeness, ...]:
        """Everything that speaks for these two being one."""
        shares_number = bool(set(number_marks.shared(one.body)) & set(number_marks.shared(other.body)))
        return tuple(self._reasons(self._traits(one.body), other, shares_number=shares_number))

    def _compared(self, body: Mapping[str, Any], numbered: Sequence[Row], enough: int = ENOUGH) -> list[Duplicate]:
        mine = self._traits(body)
        sharing = {row.id for row in numbered}
        rows = {row.id: row for row in (*numbered, *self._perhaps(mine))}
        found = [
            Duplicate(customer_of(row), tuple(self._reasons(mine, row, shares_number=row.id in sharing)))
            for row in rows.values()
        ]
        likely = [one for one in found if one.weight >= enough and is_reason(one.reasons)]
        return sorted(likely, key=lambda one: (-one.weight, one.customer.id))

    def _perhaps(self, mine: _Traits) -> Iterator[Row]:
        """Those who are worth comparing: the same address, a name that is written or read the same, one company."""
        places: dict[int, None] = {}
        for word in self._words(mine):
            for found, place in self._found_by.beginning(word, LOOKED_AT):
                if found == word:
                    places[place] = None
        if mine.name:
            for name, place in self._found_by.named(mine.name, LOOKED_AT):
                if plain(name).text == mine.name:
                    places[place] = None
        if mine.company:
            companies = self._found_by.beginning(Way.COMPANY + mine.company[: ways.LONGEST], LOOKED_AT)
            places |= {place: None for _, place in companies}
        yield from self._view.customers_at(list(places), lambda _: True)

    def _words(self, mine: _Traits) -> Iterator[str]:
        if mine.email:
            yield Way.EMAIL + mine.email[: ways.LONGEST]
        for sound in mine.sounds:
            yield Way.PINYIN + sound[: ways.LONGEST]
            yield Way.NAME + sound[: ways.LONGEST]
        if mine.name:
            yield Way.NAME + mine.name[: ways.LONGEST]

    def _reasons(self, mine: _Traits, row: Row, *, shares_number: bool) -> Iterator[Likeness]:
        theirs = self._traits(row.body)
        if shares_number:
            yield Likeness.NUMBER
        if mine.email and mine.email == theirs.email:
            yield Likeness.EMAIL
        if mine.name and mine.name == theirs.name:
            yield Likeness.NAME
        elif mine.sounds & theirs.sounds:
            yield Likeness.SOUND
        elif _are_similar(mine, theirs):
            yield Likeness.NEARLY
        if mine.company and mine.company == theirs.company:
            yield Likeness.COMPANY
        if mine.region and mine.region == theirs.region:
            yield Likeness.REGION

    def _traits(self, body: Mapping[str, Any]) -> _Traits:
        name = plain(masking.whole(_text(body, "name"))).text
        words = list(ways.of_name(name, self._readings))
        sounds = {word.text for word in words if word.way is Way.PINYIN} or {name for name in (name,) if name.isascii()}
        company = plain(_text(body, "company")).text
        ending = next((ending for ending in _COMPANY_ENDINGS if company.endswith(ending) and company != ending), "")
        return _Traits(
            name,
            frozenset(sounds - {""}),
            plain(masking.whole(_text(body, "email"))).text,
            company.removesuffix(ending),
            plain(_text(body, "region")).text,
        )


def is_reason(reasons: Collection[Likeness]) -> bool:
    """One region or company alone makes nobody the same."""
    return Likeness.NUMBER in reasons or Likeness.EMAIL in reasons or bool(OF_PERSON & set(reasons))


def _are_similar(mine: _Traits, theirs: _Traits) -> bool:
    """One sign is another, missing or too many; of short names nothing is said."""
    pairs = ((a, b) for a in mine.sounds or {mine.name} for b in theirs.sounds or {theirs.name})
    return any(min(len(a), len(b)) > 3 and difflib.SequenceMatcher(None, a, b).ratio() >= SIMILAR for a, b in pairs)


def _text(body: Mapping[str, Any], name: str) -> str:
    value = body.get(name)
    return value if isinstance(value, str) else ""


def typed(name: str, company: str, number: PhoneNumber | None) -> Customer:
    """Somebody who is not there yet, as far as they have been typed."""
    return Customer(CustomerId(""), SegmentId(""), name, (number,) if number else (), company=company or None)
