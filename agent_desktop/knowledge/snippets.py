"""Cuts the telling part out of an article and says where the words of the search stand in it."""

import re
from collections import Counter
from collections.abc import Collection
from functools import lru_cache
from itertools import takewhile

from agent_desktop.knowledge.hits import Range
from agent_desktop.knowledge.index.text import is_han, normalised, term

_WIDTH = 130
_BEFORE = 24
_SCANNED = 6_000
_ELLIPSIS = "…"
_LINK = re.compile(r"!?\[([^\]]*)\]\([^)]*\)")
_MARKS = re.compile(r"^[ \t]*(?:#{1,6}|[>*+-])[ \t]+|\*\*|`+", re.MULTILINE)
_CELLS = re.compile(r"[ \t]*\|[ \t|:-]*")
_SPACE = re.compile(r"\s+")
_SENTENCE_END = re.compile(r"[。！？；\n]|[.!?;](?=\s)|\s")


class Highlighter:
    """Knows the words of one search; Latin ones are found in all their forms, the last as a beginning."""

    def __init__(self, words: Collection[str], open_word: str | None) -> None:
        self._terms = {term(word) for word in words}
        is_telling = open_word is not None and len(open_word) > 1 and not is_han(open_word)
        self._open = open_word if is_telling else None
        self._pattern = _pattern(words, self._open)

    def snippet(self, body: str) -> tuple[str, tuple[Range, ...]]:
        plain = _plain(body[:_SCANNED])
        places = self.ranges(plain)
        start, end = _window(plain, places)
        before = _ELLIPSIS if start else ""
        after = _ELLIPSIS if end < len(plain) else ""
        shift = len(before) - start
        inside = tuple((at + shift, length) for at, length in places if at >= start and at + length <= end)
        return before + plain[start:end] + after, inside

    def ranges(self, text: str) -> tuple[Range, ...]:
        if self._pattern is None:
            return ()
        searched = normalised(text).lower()
        # Where that changes the length, places would not be those of the text that is shown.
        if len(searched) != len(text):
            searched = text
        found = self._pattern.finditer(searched)
        return tuple((match.start(), len(match[0])) for match in found if self._is_meant(match[0]))

    def _is_meant(self, word: str) -> bool:
        if is_han(word):
            return True
        return term(word) in self._terms or (self._open is not None and word.startswith(self._open))


def _pattern(words: Collection[str], open_word: str | None) -> re.Pattern[str] | None:
    han = sorted({word for word in words if is_han(word)}, key=len, reverse=True)
    latin = {_shared(word, term(word)) for word in words if not is_han(word)}
    if open_word:
        latin.add(open_word)
    parts = [re.escape(word) for word in han]
    # ASCII classes and no flags: the pattern is made anew for every key typed, and Unicode ranges cost milliseconds.
    parts += [rf"(?<![a-z0-9]){re.escape(word)}[a-z0-9]*" for word in sorted(latin, key=len, reverse=True) if word]
    return re.compile("|".join(parts)) if parts else None


def _shared(word: str, stem: str) -> str:
    pairs = takewhile(lambda pair: pair[0] == pair[1], zip(word, stem, strict=False))
    return "".join(letter for letter, _ in pairs)


# While somebody types, the same articles come up again with each key.
@lru_cache(maxsize=256)
def _plain(body: str) -> str:
    return _SPACE.sub(" ", _CELLS.sub(" ", _MARKS.sub("", _LINK.sub(r"\1", body)))).strip()


def _window(plain: str, places: tuple[Range, ...]) -> tuple[int, int]:
    """The stretch with the most different words, as early as possible, from the start of a sentence if one is near."""
    if not places:
        return 0, _end(plain, 0)
    first = _fullest(plain, places)
    if first <= _BEFORE:
        return 0, _end(plain, 0)
    start = first - _BEFORE
    for boundary in _SENTENCE_END.finditer(plain, start, first):
        start = boundary.end()
        if not boundary[0].isspace():
            break
    return start, _end(plain, start)


def _fullest(plain: str, places: tuple[Range, ...]) -> int:
    words = [plain[at : at + length].lower() for at, length in places]
    inside: Counter[str] = Counter()
    best, best_count, last = places[0][0], 0, 0
    for number, (at, _) in enumerate(places):
        while last < len(places) and sum(places[last]) <= at + _WIDTH - _BEFORE:
            inside[words[last]] += 1
            last += 1
        if len(inside) > best_count:
            best, best_count = at, len(inside)
        inside[words[number]] -= 1
        if not inside[words[number]]:
            del inside[words[number]]
    return best


def _end(plain: str, start: int) -> int:
    end = start + _WIDTH
    if end >= len(plain):
        return len(plain)
    space = plain.rfind(" ", end - 20, end)
    return space if space > 0 and plain[end].isascii() else end
