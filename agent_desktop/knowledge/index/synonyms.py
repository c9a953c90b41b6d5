"""What else the words of a search may be called: sets of words that mean the same, looked up in what was typed."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from agent_desktop.knowledge.index import text

_MOST_MATCHES = 8


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a set, which may be several: as it is written, and as it is indexed."""

    written: str
    terms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Match:
    """A word that was typed, and the others of its sets."""

    typed: Word
    others: tuple[Word, ...]


class Synonyms:
    def __init__(self, sets: Iterable[Collection[str]] = ()) -> None:
        others: dict[str, dict[str, Word]] = defaultdict(dict)
        words: dict[str, Word] = {}
        for one in sets:
            known = {word.written: word for word in map(_word, one) if word.terms}
            words |= known
            for written in known:
                others[written] |= {name: word for name, word in known.items() if name != written}
        self._by_first: dict[str, list[Match]] = defaultdict(list)
        for written, meant in others.items():
            self._by_first[written[0]].append(Match(words[written], tuple(meant.values())))

    def among(self, typed: str, terms: Sequence[str]) -> list[Match]:
        """The words of any set that stand in what was typed, the longest first; none within another."""
        lowered = " ".join(typed.lower().split())
        spaced = f" {' '.join(terms)} "
        here = [
            match
            for first in set(lowered)
            for match in self._by_first.get(first, ())
            if _stands_in(match.typed, lowered, spaced)
        ]
        here.sort(key=lambda match: (-len(match.typed.written), match.typed.written))
        chosen: list[Match] = []
        for match in here[:_MOST_MATCHES]:
            if not any(match.typed.written in longer.typed.written for longer in chosen):
                chosen.append(match)
        return chosen


def _word(written: str) -> Word:
    plain = " ".join(text.normalised(written).lower().split())
    return Word(plain, tuple(dict.fromkeys(text.term(word) for word in text.words(plain))))


def _stands_in(word: Word, lowered: str, spaced: str) -> bool:
    """Chinese words anywhere, others as whole words in any of their forms."""
    if word.written not in lowered and not word.written.isascii():
        return False
    return not word.written.isascii() or f" {' '.join(word.terms)} " in spaced
