"""Finds the word of our articles that a mistyped Latin word most likely meant."""

from collections.abc import Mapping

import numpy as np

_SHORTEST = 4
_TWO_MISTAKES_FROM = 8
_LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789"
_BIT = {letter: 1 << number for number, letter in enumerate(_LETTERS)}


class Spelling:
    def __init__(self, words: Mapping[str, int]) -> None:
        known = [(word, count) for word, count in words.items() if word.isascii() and len(word) >= _SHORTEST - 1]
        self._words = [word for word, _ in known]
        self._counts = [count for _, count in known]
        self._letters = np.array([_letters(word) for word in self._words], dtype=np.uint64)
        self._lengths = np.array([len(word) for word in self._words], dtype=np.int64)

    def nearest(self, word: str) -> str | None:
        """At most one mistake in a short word, two in a long one; two letters swapped count as one."""
        if len(word) < _SHORTEST or not word.isascii() or not word.isalpha():
            return None
        allowed = 2 if len(word) >= _TWO_MISTAKES_FROM else 1
        differing = np.bitwise_count(self._letters ^ np.uint64(_letters(word)))
        near = (np.abs(self._lengths - len(word)) <= allowed) & (differing <= 2 * allowed)
        best: tuple[int, bool, int, str] | None = None
        for number in np.flatnonzero(near):
            candidate = self._words[number]
            mistakes = distance(word, candidate, allowed)
            if mistakes > allowed:
                continue
            rank = (mistakes, candidate[0] != word[0], -self._counts[number], candidate)
            if best is None or rank < best:
                best = rank
        return best[-1] if best else None


def _letters(word: str) -> int:
    found = 0
    for letter in word:
        found |= _BIT.get(letter, 0)
    return found


def distance(first: str, second: str, limit: int) -> int:
    """Damerau-Levenshtein (optimal string alignment); gives `limit` + 1 for anything beyond it."""
    before: list[int] = []
    row = list(range(len(second) + 1))
    for at, letter in enumerate(first, start=1):
        following = [at] + [0] * len(second)
        for to, other in enumerate(second, start=1):
            cost = min(row[to] + 1, following[to - 1] + 1, row[to - 1] + (letter != other))
            if at > 1 and to > 1 and letter == second[to - 2] and first[at - 2] == other:
                cost = min(cost, before[to - 2] + 1)
            following[to] = cost
        if min(following) > limit:
            return limit + 1
        before, row = row, following
    return row[-1]
