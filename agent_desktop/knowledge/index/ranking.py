"""Ranks the articles for one query: words, the word still being typed, pinyin, and what was mistyped."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from agent_desktop.knowledge import pinyin
from agent_desktop.knowledge.hits import Facets, Filters, Preference
from agent_desktop.knowledge.index import text
from agent_desktop.knowledge.index.codec import Ids
from agent_desktop.knowledge.index.query import Query
from agent_desktop.knowledge.index.synonyms import Synonyms
from agent_desktop.knowledge.index.view import Allowed, Scores, View
from agent_model.article import ArticleId

_PAIR_WEIGHT = 0.3
_SOUND_WEIGHT, _FAINT_SOUND_WEIGHT = 0.5, 0.2
_BEGUN_WEIGHT, _MAYBE_BEGUN_WEIGHT, _BEGUN_WORDS = 0.5, 0.25, 8
_MEANT_WEIGHT = 0.8
_COMMON_SHARE, _KEPT_ANYWAY = 0.2, 3
_SHORTEST_ID, _MOST_IDS = 3, 20
_LONGEST_SPOKEN = 4
_SYNONYM_WEIGHT = 0.8
_TITLE_LIFT = 0.4
_LANGUAGE_LIFT, _CLEARLY = 0.15, 0.7
_LITTLE_WEIGHT = 0.2
NO_SYNONYMS = Synonyms()


@dataclass(frozen=True, slots=True)
class Found:
    """`words` are the surface words to highlight, without those of every other article; `open_word` is one of
    them of which only the beginning was typed; `meant` is the query as it was probably meant."""

    ids: tuple[ArticleId, ...]
    scores: tuple[float, ...]
    total: int
    words: tuple[str, ...]
    open_word: str | None
    meant: str | None
    facets: Facets


def newest(view: View, limit: int, allowed: Allowed, preference: Preference) -> Found:
    """What to show before anything is typed: what fits the call first, then the latest."""
    mask = allowed.mask
    documents = np.flatnonzero(mask)
    favour = view.favour(preference)[documents]
    order = np.lexsort((-view.updated_s[documents], -np.round(favour, 2)))[:limit]
    return _found(view, documents[order], favour[order], len(documents), view.facets(allowed, view.alive))


def rank(
    view: View,
    typed: str,
    limit: int,
    filters: Filters,
    preference: Preference,
    now: datetime | None = None,
    synonyms: Synonyms = NO_SYNONYMS,
) -> Found:
    query = Query.read(typed)
    within = view.allowed(filters, now)
    if not query.words:
        return newest(view, limit, within, preference)
    ranking = _Ranking(view, query, synonyms)
    allowed = within.mask
    found_anywhere = ranking.scores > 0
    scores = np.where(allowed, ranking.scores * view.favour(preference), np.float32(0))
    named = _named(view, query)
    found_anywhere[named] = True
    scores[[document for document in named if allowed[document]]] += np.float32(1_000)
    total = int(np.count_nonzero(scores))
    few = min(limit, total)
    best = np.argpartition(-scores, few - 1)[:few] if few < total else np.flatnonzero(scores)
    best = best[np.lexsort((best, -scores[best]))]
    found = _found(view, best, scores[best], total, view.facets(within, found_anywhere))
    open_word = query.open_word if query.open_word in ranking.words else None
    return replace(found, words=tuple(ranking.words), open_word=open_word, meant=ranking.meant)


def _named(view: View, query: Query) -> list[int]:
    """Articles whose id was typed, whole or its beginning with a digit in it."""
    wanted = query.typed.strip().casefold()
    if not any(sign.isdigit() for sign in wanted) or len(wanted) < _SHORTEST_ID:
        return []
    exact = view.folded_ids.get(wanted)
    if exact is not None:
        return [exact]
    begun = [document for id_, document in view.folded_ids.items() if id_.startswith(wanted)]
    return begun if len(begun) <= _MOST_IDS else []


def _found(view: View, documents: Iterable[int], scores: Iterable[float], total: int, facets: Facets) -> Found:
    ids = tuple(ArticleId(view.ids[document]) for document in documents)
    return Found(ids, tuple(map(float, scores)), total, words=(), open_word=None, meant=None, facets=facets)


def _weight(term: str) -> float:
    return _LITTLE_WEIGHT if term in text.SAY_LITTLE else 1.0


class _Ranking:
    def __init__(self, view: View, query: Query, synonyms: Synonyms) -> None:
        self._view = view
        self._query = query
        self._matches = synonyms.among(query.typed, query.terms)
        self.scores: Scores = np.zeros(view.size, dtype=np.float32)
        self._meanings: list[list[str]] = []
        self._common = _COMMON_SHARE * view.count
        self.words: list[str] = [word for word in query.words if self._is_telling(word)] or list(query.words)
        self._replaced: dict[str, str] = {}
        self._unknown = [word for word in query.latin if not self._is_known(word)]
        self._add_words()
        self._add_synonyms()
        self._add_pairs()
        self._add_word_being_typed()
        self._add_pinyin()
        self._add_initials()
        self._add_respelled()
        self._add_same_sound()
        self._lift_titles()
        self._lift_language()

    @property
    def meant(self) -> str | None:
        if not self._replaced:
            return None
        meant = self._query.typed
        for wrong, right in self._replaced.items():
            meant = text.replace_word(meant, wrong, right)
        return meant if meant != self._query.typed else None

    def _add(self, field: str, term: str, weight: float) -> None:
        documents, shares = self._view.term(field, term)
        self.scores[documents] += np.float32(weight) * shares

    def _add_synonyms(self) -> None:
        """A word and what else it is called are one word: an article counts the better, not their sum."""
        for match in self._matches:
            own = self._together(match.typed.terms)
            others: Scores = np.zeros_like(self.scores)
            for other in match.others:
                others = np.maximum(others, self._together(other.terms))
                self.words += [word for word in text.words(other.written) if word not in self.words]
            self.scores += np.maximum(np.float32(_SYNONYM_WEIGHT) * others - own, 0)
            self._unknown = [word for word in self._unknown if text.term(word) not in match.typed.terms]

    def _together(self, terms: Sequence[str]) -> Scores:
        """The shares of articles that have all of them."""
        scores: Scores = np.zeros_like(self.scores)
        counts = np.zeros(len(scores), np.int32)
        for term in terms:
            documents, shares = self._view.term("body", term)
            scores[documents] += shares
            counts[documents] += 1
        return np.where(counts == len(terms), scores, np.float32(0))

    def _titled(self, terms: Sequence[str]) -> Ids:
        """The articles that have all of them in their titles."""
        counts = np.zeros(len(self.scores), np.int32)
        for term in terms:
            counts[self._view.titled(term)] += 1
        return np.flatnonzero(counts == len(terms))

    def _any_of(self, several: Iterable[Ids]) -> NDArray[np.bool_]:
        """Documents that stand in any of the lists. (numpy's own sets load a library of 10 MB.)"""
        mask = np.zeros(len(self.scores), np.bool_)
        for documents in several:
            mask[documents] = True
        return mask

    def _add_best_of(self, words: Iterable[str], weight: float) -> None:
        """Readings of one and the same word: an article counts the best, not their sum."""
        own = set(self._query.terms)
        best: Scores = np.zeros_like(self.scores)
        meanings: list[str] = []
        for word in words:
            term = text.term(word)
            if term in own:
                continue
            meanings.append(term)
            documents, shares = self._view.term("body", term)
            best[documents] = np.maximum(best[documents], shares)
            self.words.append(word)
        self.scores += np.float32(weight) * best
        self._meanings.append(meanings)

    def _add_words(self) -> None:
        asked = [term for term in self._query.terms if term not in self._begun_parts()]
        telling = sorted(asked, key=lambda term: (term in text.SAY_LITTLE, self._view.frequency("body", term)))
        for place, term in enumerate(telling):
            if place < _KEPT_ANYWAY or self._view.frequency("body", term) <= self._common:
                self._add("body", term, _weight(term))

    def _lift_titles(self) -> None:
        """A title that says all that was asked, and nothing else, is worth most.

        The share of what was asked that a title says (each word weighed by how much it tells) and the share of the
        title that was asked for: their geometric mean.
        """
        asked = 0.0
        said: Scores = np.zeros_like(self.scores)
        words: Scores = np.zeros_like(self.scores)
        known = [[term] for term in self._query.terms if self._view.rarity(term)]
        for match in self._matches:
            # Where a title calls it otherwise, that is said too.
            only_otherwise = self._any_of(self._titled(other.terms) for other in match.others)
            only_otherwise[self._titled(match.typed.terms)] = False
            worth = sum(self._view.rarity(term) for term in match.typed.terms)
            worth = worth or max((self._view.rarity(term) for one in match.others for term in one.terms), default=0.0)
            said[only_otherwise] += np.float32(_SYNONYM_WEIGHT * worth)
            words[only_otherwise] += len(match.typed.terms)
            asked += 0.0 if any(self._view.rarity(term) for term in match.typed.terms) else worth
        for meanings in known + [some for some in self._meanings if some and not known]:
            rarity = max(self._view.rarity(term) for term in meanings)
            rarity *= _weight(meanings[0])
            titled = self._any_of(self._view.titled(term) for term in meanings)
            asked += rarity
            said[titled] += np.float32(rarity)
            words[titled] += 1
        if asked:
            share = np.sqrt(np.minimum(said / np.float32(asked), 1) * np.minimum(words / self._view.title_words, 1))
            self.scores *= 1 + np.float32(_TITLE_LIFT) * share

    def _lift_language(self) -> None:
        """The language in which what was asked is said far more often is the one the answer is wanted in."""
        known = [term for term in self._query.terms if self._view.rarity(term)]
        if not known:
            return
        chances = np.sum([self._view.spoken_chances(term) for term in known], axis=0)
        likeliest = int(np.argmax(chances))
        if len(chances) > 1 and chances[likeliest] - np.partition(chances, -2)[-2] > _CLEARLY:
            self.scores[self._view.spoken(likeliest)] *= np.float32(1 + _LANGUAGE_LIFT)

    def _begun_parts(self) -> Collection[str]:
        """`e10` that becomes `e1023` is no `10`: the parts of what is being typed, where it begins a word we have."""
        begun = self._query.open_word
        if begun is None or self._is_known(begun) or not self._begun_titles(begun, 1):
            return ()
        return {text.term(word) for word in text.words(begun)} - {text.term(begun)}

    def _begun_titles(self, begun: str, limit: int) -> list[str]:
        return [word for word, _ in self._view.beginning_with("title", begun, limit)]

    def _is_telling(self, word: str) -> bool:
        term = text.term(word)
        return term not in text.SAY_LITTLE and self._view.frequency("body", term) <= self._common

    def _is_known(self, word: str) -> bool:
        term = text.term(word)
        return term in text.SAY_LITTLE or self._view.frequency("body", term) > 0

    def _add_pairs(self) -> None:
        for run in self._query.han_runs:
            for pair in dict.fromkeys(text.pairs(run)) if len(run) > 1 else (run,):
                self._add("pair", pair, _PAIR_WEIGHT * _weight(pair))

    def _add_word_being_typed(self) -> None:
        begun = self._query.open_word
        if begun is None:
            return
        longer = self._begun_titles(begun, _BEGUN_WORDS + 1)
        if not longer and begun in self._unknown:
            longer = [word for word, _ in self._view.beginning_with("body", begun, _BEGUN_WORDS)]
        if longer and begun in self._unknown:
            self._unknown.remove(begun)
        is_word = self._view.frequency("body", text.term(begun)) > 0
        weight = _MAYBE_BEGUN_WEIGHT if is_word else _BEGUN_WEIGHT
        self._add_best_of([word for word in longer if word != begun][:_BEGUN_WORDS], weight)

    def _add_pinyin(self) -> None:
        syllables = self._query.syllables
        if not syllables:
            return
        complete = [syllable for syllable in syllables if syllable in pinyin.SYLLABLES]
        weight = _SOUND_WEIGHT if self._unknown else _FAINT_SOUND_WEIGHT
        for pair in text.sound_pairs(complete):
            self._add("sound", pair, weight)
        spoken = self._spoken_words(syllables)
        for words in spoken:
            self._add_best_of(words, 2 * weight)
        if spoken:
            self._unknown.clear()

    def _spoken_words(self, syllables: tuple[str, ...]) -> list[list[str]]:
        found = []
        for start in range(len(syllables) - 1):
            for end in range(start + 2, min(start + _LONGEST_SPOKEN, len(syllables)) + 1):
                spelt = "".join(syllables[start:end])
                ending = "" if end == len(syllables) and self._query.open_word else " "
                words = self._view.beginning_with("spoken", spelt + ending, _BEGUN_WORDS)
                if words:
                    found.append([entry.partition(" ")[2] for entry, _ in words])
        return found

    def _add_initials(self) -> None:
        for word in list(self._unknown):
            entries = self._view.beginning_with("initials", word + " ", _BEGUN_WORDS)
            if entries:
                self._unknown.remove(word)
                self._add_best_of([entry.partition(" ")[2] for entry, _ in entries], _BEGUN_WEIGHT)

    def _add_respelled(self) -> None:
        for word in self._unknown:
            right = self._view.spelling.nearest(word)
            if right is not None:
                self._replaced[word] = right
                self._add_best_of([right], _MEANT_WEIGHT)

    def _add_same_sound(self) -> None:
        """Characters that never stand side by side in any article, but sound like a word that does."""
        for run in self._query.han_runs:
            for first, second in pairwise(run):
                written = first + second
                if self._view.frequency("pair", written):
                    continue
                self._replace_by_sound(written)

    def _replace_by_sound(self, written: str) -> None:
        syllables = pinyin.read(written)
        entries = self._view.beginning_with("spoken", "".join(syllables) + " ", 1)
        if not entries:
            return
        right = entries[0][0].partition(" ")[2]
        self._replaced[written] = right
        self._add_best_of([right], _MEANT_WEIGHT)
