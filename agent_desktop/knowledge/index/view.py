"""All segments as one collection: term statistics and BM25 over them in numpy."""

from collections import Counter, OrderedDict
from collections.abc import Sequence, Set
from functools import cached_property
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from agent_desktop.knowledge.hits import Filters, Preference
from agent_desktop.knowledge.index.codec import Ids, Weights
from agent_desktop.knowledge.index.segment import SCORED, Segment
from agent_desktop.knowledge.index.spelling import Spelling

Scores = NDArray[np.float32]

_K1 = 1.2
# Half the usual punishment of length: our long articles are thorough, not padded.
_B = 0.5
# A word in fewer articles than this may be a mistake itself, or a name nobody asks for.
_RARE_SHARE = 0.0002
_REMEMBERED_TERMS = 3_000
_SCANNED_TERMS = 2_000
_SAME_LANGUAGE, _SAME_QUEUE, _SAME_PRODUCT = 0.15, 0.10, 0.15
_FRESHEST, _FADES_IN_S = 0.05, 180 * 86_400.0


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
        frequency = len(documents)
        idf = np.float32(np.log(1 + (self.count - frequency + 0.5) / (frequency + 0.5)))
        shares = idf * counts * np.float32(_K1 + 1) / (counts + self._norms[field][documents])
        self._terms[key] = (documents, shares)
        if len(self._terms) > _REMEMBERED_TERMS:
            self._terms.popitem(last=False)
        return documents, shares

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

    def allowed(self, filters: Filters) -> NDArray[np.bool_]:
        allowed = self.alive
        if filters.categories:
            allowed = allowed & self._among("categories", filters.categories)
        if filters.products:
            allowed = allowed & self._among("products", filters.products)
        if filters.queues:
            allowed = allowed & self._among("queues", filters.queues)
        if filters.languages:
            allowed = allowed & self._among("languages", filters.languages)
        return allowed

    def favour(self, preference: Preference) -> Scores:
        factor = self._fresh.copy()
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
        return np.array([at for segment in self.segments for at in segment.columns.updated_s], dtype=np.float64)

    @cached_property
    def _fresh(self) -> Scores:
        if not self.size:
            return np.ones(0, np.float32)
        age_s = np.max(self.updated_s) - self.updated_s
        fresh: Scores = (1 + _FRESHEST * np.exp(-age_s / _FADES_IN_S)).astype(np.float32)
        return fresh

    @cached_property
    def _languages(self) -> frozenset[str]:
        return frozenset(language for segment in self.segments for language in segment.columns.languages)

    @cached_property
    def _codes(self) -> dict[str, tuple[dict[str | None, int], NDArray[np.int32]]]:
        coded: dict[str, tuple[dict[str | None, int], NDArray[np.int32]]] = {}
        for column in ("categories", "products", "queues", "languages"):
            numbers: dict[str | None, int] = {}
            codes = [
                numbers.setdefault(value, len(numbers))
                for segment in self.segments
                for value in getattr(segment.columns, column)
            ]
            coded[column] = (numbers, np.array(codes, dtype=np.int32))
        return coded

    def _among(self, column: str, values: Set[str]) -> NDArray[np.bool_]:
        numbers, codes = self._codes[column]
        wanted = [numbers[value] for value in values if value in numbers]
        return np.isin(codes, wanted)


def _spoken(language: str) -> str:
    return language.partition("-")[0].lower()
