"""Who may be the same person among everybody: pairs that the server names and pairs that this workstation finds itself
by number, e-mail and names within a company, each with the reasons; merging is people's."""

import itertools
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from agent_desktop.customers.book import customer_of
from agent_desktop.customers.duplicates import (
    ENOUGH,
    OF_PERSON,
    Duplicates,
    Likeness,
    is_reason,
    weight_of,
)
from agent_desktop.customers.ways import Way
from agent_desktop.offline.found_by import FoundBy
from agent_desktop.offline.view import View
from agent_model.customer import Customer, CustomerId
from agent_model.wire import Row

MOST: Final = 200
GROUPS: Final = 400
LARGEST: Final = 12
"""Customers of one number, address or company who are compared with each other."""
CERTAIN: Final = frozenset({Likeness.NUMBER, Likeness.EMAIL})
WELL: Final = 6


class Confidence(StrEnum):
    """How sure it is that two are one; a number alone may be a household's."""

    ALMOST_SURE = "almost_sure"
    LIKELY = "likely"
    PERHAPS = "perhaps"


@dataclass(frozen=True, slots=True)
class Pair:
    """Two customers who may be one, and why."""

    one: Customer
    other: Customer
    reasons: tuple[Likeness, ...]

    @property
    def key(self) -> str:
        return f"{self.one.id}\n{self.other.id}"

    @property
    def weight(self) -> int:
        return weight_of(self.reasons)

    @property
    def confidence(self) -> Confidence:
        if not OF_PERSON & set(self.reasons):
            return Confidence.PERHAPS
        if CERTAIN & set(self.reasons):
            return Confidence.ALMOST_SURE
        return Confidence.LIKELY if self.weight >= WELL else Confidence.PERHAPS


@dataclass(frozen=True, slots=True)
class Pairs:
    """The likeliest first. `away` are pairs of the server's of whom somebody is not on this workstation."""

    pairs: tuple[Pair, ...] = ()
    away: int = 0


class LikelyPairs:
    """`ask` gets the server's pairs of ids, and raises as every request does. Every other method reads the cache alone,
    takes its time and raises StoreError."""

    def __init__(
        self,
        view: View,
        found_by: FoundBy,
        duplicates: Duplicates,
        ask: Callable[[], Sequence[tuple[CustomerId, CustomerId]]],
    ) -> None:
        self._view = view
        self._found_by = found_by
        self._duplicates = duplicates
        self.ask = ask

    def found(self, told: Collection[tuple[CustomerId, CustomerId]] = ()) -> Pairs:
        """Those of the server that are still asked about, and those of this workstation; nobody who was told apart."""
        going = {str(row.body.get("gone")) for row in self._view.unsent("customer_merge")}
        away = 0
        seen: set[tuple[CustomerId, CustomerId]] = set()
        pairs: list[Pair] = []
        for one, other in itertools.chain(told, self._near()):
            ids = (min(one, other), max(one, other))
            if ids in seen or one == other or going & set(ids):
                continue
            seen.add(ids)
            mine, theirs = (self._view.row("customer", id_) for id_ in ids)
            if mine is None or theirs is None:
                away += not self._is_settled(ids)
            elif not _are_apart(mine, theirs):
                reasons = self._duplicates.between(mine, theirs)
                if is_reason(reasons) and weight_of(reasons) >= ENOUGH:
                    pairs.append(Pair(customer_of(mine), customer_of(theirs), reasons))
        order = list(Confidence)
        likeliest = sorted(pairs, key=lambda pair: (order.index(pair.confidence), -pair.weight, pair.key))
        return Pairs(tuple(likeliest[:MOST]), away)

    def _is_settled(self, ids: Iterable[str]) -> bool:
        """One of them has become part of somebody since the server was asked."""
        return any(self._view.successor(CustomerId(id_)) is not None for id_ in ids)

    def _near(self) -> Iterator[tuple[CustomerId, CustomerId]]:
        """Those who are worth comparing; of each number, address and company only where few have it."""
        groups: list[Sequence[CustomerId]] = list(self._view.mirror.sharing_numbers(GROUPS, LARGEST))
        for way in (Way.EMAIL, Way.COMPANY):
            for places in self._found_by.sharing(way, GROUPS, LARGEST):
                rows = self._view.mirror.rows_at("customer", places)
                groups.append([CustomerId(row.id) for row in rows.values()])
        for group in groups:
            yield from itertools.combinations(group, 2)


def _are_apart(one: Row, other: Row) -> bool:
    return other.id in (one.body.get("apart") or ()) or one.id in (other.body.get("apart") or ())
