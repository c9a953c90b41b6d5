"""All segments as one collection: term statistics and BM25 over them in numpy."""

import math
from collections import Counter, OrderedDict
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from itertools import islice
from typing import Any

import numpy as np
from numpy.typing import NDArray

from agent_desktop.knowledge.hits import Facets, Filters, Preference
from agent_desktop.knowledge.index.codec import Ids, Weights
from agent_desktop.knowledge.index.segment import SCORED, Segment
from agent_desktop.knowledge.index.spelling import Spelling

Scores = NDArray[np.float32]
Codes = NDArray[np.int32]

_K1 = 1.2
_B = 0.7
# A word in fewer articles than this may be a mistake itself, or a name nobody asks for.
_RARE_SHARE = 0.0002
_REMEMBERED_TERMS = 3_000
_SCANNED_TERMS = 2_000
_REMEMBERED_MASKS = 64
_SAME_LANGUAGE, _SAME_QUEUE, _SAME_PRODUCT = 0.15, 0.10, 0.15
_FRESHEST, _FADES_IN_S = 0.05, 180 * 86_400.0
_HELPFUL, _VOTES_BEFORE = 0.1, 2
FACETS = ("categories", "products", "languages", "kinds")


@dataclass(frozen=True, slots=True)
class Allowed:
    """What the filters let through: `base` those that are counted by no facet, `chosen` the others by column."""

    base: NDArray[np.bool_]
    chosen: Mapping[str, NDArray[np.bool_]]

    @property
    def mask(self) -> NDArray[np.bool_]:
        return self.but(None)

    def but(self, column: str | None) -> NDArray[np.bool_]:
        """What all others let through."""
        mask = self.base
        for name, one in self.chosen.items():
            if name != column:
                mask = mask & one
        return mask


class View:
    """A state of the index that searches look at while the next one is being made."""

    def __init__(self, segments: Sequence[Segment], deleted: Sequence[Set[int]]) -> None:
        self.segments = segments
        self._bases = np.cumsum([0, *(segment.size for segment in segments)])
        self.size = int(self._bases[-1])
        self.alive = np.ones(self.size, dtype=bool)
        for base, numbers in zip(self._bases[:-1], deleted, strict=True):
            self.alive[[base + number for number in numbers]] = False
        self.count = int(self.alive.sum())
        self.ids: list[str] = [id_ for segment in segments for id_ in segment.columns.ids]
        self.documents = {id_: document for document, id_ in enumerate(self.ids) if self.alive[document]}
        self._norms = {field: self._norm(field) for field in SCORED}
        self._masks: dict[tuple[str, frozenset[str]], NDArray[np.bool_]] = {}
        self._titled: dict[str, Ids] = {}
        self._terms: OrderedDict[tuple[str, str], tuple[Ids, Scores]] = OrderedDict()
        self._begun: OrderedDict[tuple[str, str], list[tuple[str, int]]] = OrderedDict()

    def _norm(self, field: str) -> Scores:
        lengths = np.concatenate([np.zeros(0, np.float32), *(s.lengths(field) for s in self.segments)])
        mean = float(lengths.mean()) if self.size and lengths.any() else 1.0
        norm: Scores = (_K1 * (1 - _B + _B * lengths / mean)).astype(np.float32)
        return norm

    def term(self, field: str, term: str) -> tuple[Ids, Scores]:
        """The living documents that have the term, and its BM25 share in each."""
        key = (field, term)
        known = self._terms.get(key)
        if known is not None:
            self._terms.move_to_end(key)
            return known
        documents, counts = self._postings(field, term)
        idf = np.float32(self._rarity(len(documents)))
        shares = idf * counts * np.float32(_K1 + 1) / (counts + self._norms[field][documents])
        self._terms[key] = (documents, shares)
        if len(self._terms) > _REMEMBERED_TERMS:
            self._terms.popitem(last=False)
        return documents, shares

    def _rarity(self, frequency: int) -> float:
        return math.log(1 + (self.count - frequency + 0.5) / (frequency + 0.5))

    def rarity(self, term: str) -> float:
        """How much a word tells (inverse document frequency); 0 of a word that no article has."""
        frequency = self.frequency("body", term)
        return self._rarity(frequency) if frequency else 0.0

    def titled(self, term: str) -> Ids:
        """The living documents that have the word in their title."""
        known = self._titled.get(term)
        if known is None:
            if len(self._titled) >= _REMEMBERED_TERMS:
                self._titled.clear()
            known = self._titled[term] = self._postings("titled", term)[0]
        return known

    @cached_property
    def title_words(self) -> Scores:
        """How many different words each title has."""
        return np.maximum(self._column("titled"), 1).astype(np.float32)

    def spoken_chances(self, term: str) -> Scores:
        """How likely the word is in an article of each language, as logarithms."""
        languages, counts = self._spoken
        documents, _ = self.term("body", term)
        has = np.bincount(languages[documents], minlength=len(counts))
        chances: Scores = np.log((has + 0.5) / (counts + 1.0)).astype(np.float32)
        return chances

    def spoken(self, number: int) -> NDArray[np.bool_]:
        """The documents of one language, by its place in `spoken_chances`."""
        mask: NDArray[np.bool_] = self._spoken[0] == number
        return mask

    @cached_property
    def _spoken(self) -> tuple[Codes, NDArray[np.int64]]:
        """`zh` and `zh-CN` are one language."""
        languages, codes = self._codes["languages"]
        numbers: dict[str, int] = {}
        own = [numbers.setdefault(_spoken(language or ""), len(numbers)) for language in languages]
        spoken = np.array(own, np.int32)[codes] if own else codes
        return spoken, np.bincount(spoken[self.alive], minlength=len(numbers))

    def _postings(self, field: str, term: str) -> tuple[Ids, Weights]:
        ids: list[Ids] = []
        counts: list[Weights] = []
        for base, segment in zip(self._bases, self.segments, strict=False):
            if found := segment.postings(field, term):
                ids.append(found[0] + base)
                counts.append(found[1])
        if not ids:
            return np.zeros(0, np.int64), np.zeros(0, np.float32)
        documents = np.concatenate(ids)
        living = self.alive[documents]
        return documents[living], np.concatenate(counts)[living]

    def frequency(self, field: str, term: str) -> int:
        return len(self.term(field, term)[0])

    def beginning_with(self, field: str, prefix: str, limit: int) -> list[tuple[str, int]]:
        """Terms that begin so, the most frequent first (deleted documents still count)."""
        key = (field, prefix)
        known = self._begun.get(key)
        if known is None:
            counted: Counter[str] = Counter()
            for segment in self.segments:
                for term, frequency in islice(segment.lexicon(field, prefix), _SCANNED_TERMS):
                    counted[term] += frequency
            known = self._begun[key] = sorted(counted.items(), key=lambda entry: (-entry[1], entry[0]))[:64]
            if len(self._begun) > _REMEMBERED_TERMS:
                self._begun.popitem(last=False)
        return known[:limit]

    @cached_property
    def spelling(self) -> Spelling:
        counted: Counter[str] = Counter()
        for segment in self.segments:
            for word, frequency in segment.latin_words:
                counted[word] += frequency
        rare = _RARE_SHARE * self.count
        return Spelling({word: frequency for word, frequency in counted.items() if frequency > rare})

    def allowed(self, filters: Filters, now: datetime | None = None) -> "Allowed":
        """`now` is when articles should hold, where the filters ask for it."""
        base = self.alive
        if now is not None and filters.is_valid_now:
            at = now.timestamp()
            base = base & (self._valid_from_s <= at) & (at < self._valid_to_s)
        for column, values in (("tiers", filters.tiers), ("regions", filters.regions)):
            if values:
                base = base & self._for_any_of(column, values)
        if filters.queues:
            base = base & self._among("queues", filters.queues)
        chosen = {column: getattr(filters, column) for column in FACETS}
        return Allowed(base, {column: self._among(column, values) for column, values in chosen.items() if values})

    def facets(self, allowed: "Allowed", found: NDArray[np.bool_]) -> Facets:
        return Facets(**{column: self._counts(column, allowed.but(column) & found) for column in FACETS})

    def _counts(self, column: str, documents: NDArray[np.bool_]) -> dict[str, int]:
        numbers, codes = self._codes[column]
        counts = np.bincount(codes[documents], minlength=len(numbers)).tolist()
        return {value: counts[code] for value, code in numbers.items() if value is not None and counts[code]}

    def favour(self, preference: Preference) -> Scores:
        factor = self._own_worth.copy()
        if preference.language:
            spoken = _spoken(preference.language)
            same = frozenset(language for language in self._languages if _spoken(language) == spoken)
            factor += np.float32(_SAME_LANGUAGE) * self._among("languages", same)
        if preference.queue:
            factor += np.float32(_SAME_QUEUE) * self._among("queues", {preference.queue})
        if preference.products:
            factor += np.float32(_SAME_PRODUCT) * self._among("products", preference.products)
        return factor

    @cached_property
    def folded_ids(self) -> dict[str, int]:
        return {id_.casefold(): document for id_, document in self.documents.items()}

    @cached_property
    def updated_s(self) -> NDArray[np.float64]:
        return self._column("updated_s")

    @property
    def versions(self) -> list[int]:
        return [int(version) for version in self._column("versions")]

    @cached_property
    def _valid_from_s(self) -> NDArray[np.float64]:
        return self._column("valid_from_s")

    @cached_property
    def _valid_to_s(self) -> NDArray[np.float64]:
        return self._column("valid_to_s")

    @cached_property
    def _own_worth(self) -> Scores:
        """What an article brings along, whatever is asked: how new it is, and how it helped.

        Its worth is the mean of a Beta distribution that begins with two votes for it and two against: a few votes
        move it little, and any number of them no further than the bound.
        """
        if not self.size:
            return np.ones(0, np.float32)
        age_s = np.max(self.updated_s) - self.updated_s
        fresh = _FRESHEST * np.exp(-age_s / _FADES_IN_S)
        helpful, unhelpful = self._column("helpful"), self._column("unhelpful")
        liked = (helpful + _VOTES_BEFORE) / (helpful + unhelpful + 2 * _VOTES_BEFORE)
        worth: Scores = (1 + fresh + _HELPFUL * (2 * liked - 1)).astype(np.float32)
        return worth

    def _column(self, name: str) -> NDArray[np.float64]:
        return np.concatenate([np.zeros(0), *(segment.columns.numbers[name] for segment in self.segments)])

    @cached_property
    def _languages(self) -> frozenset[str]:
        return frozenset(language for language in self._codes["languages"][0] if language is not None)

    @cached_property
    def _codes(self) -> dict[str, tuple[dict[str | None, int], Codes]]:
        return {column: self._coded(column) for column in (*FACETS, "queues")}

    @cached_property
    def _audiences(self) -> dict[str, tuple[dict[tuple[str, ...], int], Codes]]:
        """Tiers and regions: each combination of them has a number."""
        return {column: self._coded(column) for column in ("tiers", "regions")}

    def _coded(self, column: str) -> tuple[dict[Any, int], Codes]:
        numbers: dict[Any, int] = {}
        codes = [np.zeros(0, np.int32)]
        for segment in self.segments:
            values = segment.columns.values[column]
            own = [numbers.setdefault(tuple(one) if isinstance(one, list) else one, len(numbers)) for one in values]
            codes.append(np.array(own, np.int32)[segment.columns.numbers[column].astype(np.int32)])
        return numbers, np.concatenate(codes)

    def _for_any_of(self, column: str, values: Set[str]) -> NDArray[np.bool_]:
        numbers, codes = self._audiences[column]
        wanted = [number for audience, number in numbers.items() if not audience or values & {*audience}]
        return self._mask(column, values, codes, wanted)

    def _among(self, column: str, values: Set[str]) -> NDArray[np.bool_]:
        numbers, codes = self._codes[column]
        return self._mask(column, values, codes, [numbers[value] for value in values if value in numbers])

    def _mask(self, column: str, values: Set[str], codes: Codes, wanted: Sequence[int]) -> NDArray[np.bool_]:
        """Filters and preferences stay as they are from one key to the next."""
        key = (column, frozenset(values))
        mask = self._masks.get(key)
        if mask is None:
            if len(self._masks) >= _REMEMBERED_MASKS:
                self._masks.clear()
            mask = self._masks[key] = np.isin(codes, wanted)
        return mask


def _spoken(language: str) -> str:
    return language.partition("-")[0].lower()
