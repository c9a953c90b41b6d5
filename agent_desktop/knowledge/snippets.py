"""Cuts the telling part out of an article and says where the words of the search stand in it."""

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice, takewhile

from agent_desktop.knowledge.hits import Range
from agent_desktop.knowledge.index.text import is_han, normalised, term

_WIDTH = 130
_BEFORE = 24
_SCANNED = 6_000
_MOST_PLACES = 120
_ELLIPSIS = "…"
_PLAIN_WORD = re.compile(r"[a-z0-9]+")
_REST_OF_WORD = re.compile(r"[a-z0-9]+")
_LINK = re.compile(r"!?\[([^\]]*)\]\([^)]*\)")
_MARKS = re.compile(r"^[ \t]*(?:#{1,6}|[>*+-])[ \t]+|\*\*|`+", re.MULTILINE)
_CELLS = re.compile(r"[ \t]*\|[ \t|:-]*")
_SPACE = re.compile(r"\s+")
_SENTENCE_END = re.compile(r"[。！？；\n]|[.!?;](?=\s)|\s")


@dataclass(frozen=True, slots=True)
class _Read:
    """A text as it is shown, and as it is looked through."""

    shown: str
    searched: str


class Highlighter:
    """Knows the words of one search; Latin ones are found in all their forms, the last as a beginning."""

    def __init__(self, words: Collection[str], open_word: str | None) -> None:
        self._terms = {term(word) for word in words}
        # No pattern: one made anew for every key typed would cost more than all the looking.
        self._literal = sorted({word for word in words if not _PLAIN_WORD.fullmatch(word)}, key=len, reverse=True)
        is_telling = open_word is not None and len(open_word) > 1 and not is_han(open_word)
        self._open = open_word if is_telling else None
        beginnings = {_shared(word, term(word)) for word in words if _PLAIN_WORD.fullmatch(word)}
        if self._open is not None and _PLAIN_WORD.fullmatch(self._open):
            beginnings.add(self._open)
        self._beginnings = tuple(beginnings - {""})
        self._meant: dict[str, bool] = {}

    def snippet(self, body: str) -> tuple[str, tuple[Range, ...]]:
        text = _read_body(body[:_SCANNED])
        plain = text.shown
        places = self._places(text)
        start, end = _window(plain, places)
        before = _ELLIPSIS if start else ""
        after = _ELLIPSIS if end < len(plain) else ""
        shift = len(before) - start
        inside = tuple((at + shift, length) for at, length in places if at >= start and at + length <= end)
        return before + plain[start:end] + after, inside

    def ranges(self, text: str) -> tuple[Range, ...]:
        return tuple(self._places(_read(text)))

    def _places(self, text: _Read) -> list[Range]:
        """As many as a snippet is chosen by, none of which overlap."""
        found: list[Range] = []
        for beginning in self._beginnings:
            begun = islice(_words(beginning, text.searched), _MOST_PLACES)
            found += [place for word, place in begun if self._is_meant(word)]
        for word in self._literal:
            found += _occurrences(word, text.searched)
        found.sort(key=lambda place: (place[0], -place[1]))
        places: list[Range] = []
        end = 0
        for at, length in found[:_MOST_PLACES]:
            if at >= end:
                places.append((at, length))
                end = at + length
        return places

    def _is_meant(self, word: str) -> bool:
        is_meant = self._meant.get(word)
        if is_meant is None:
            is_meant = term(word) in self._terms or (self._open is not None and word.startswith(self._open))
            self._meant[word] = is_meant
        return is_meant


def _words(beginning: str, text: str) -> Iterator[tuple[str, Range]]:
    """Latin words that begin so, each with its place."""
    at = text.find(beginning)
    while at >= 0:
        end = at + len(beginning)
        if _is_beginning(text, at):
            rest = _REST_OF_WORD.match(text, end)
            end = rest.end() if rest is not None else end
            yield text[at:end], (at, end - at)
        at = text.find(beginning, end)


def _occurrences(word: str, text: str) -> list[Range]:
    """Of a word that is Chinese, or more than letters and digits (`wi-fi`), which begins where no other word is."""
    is_chinese = is_han(word)
    found: list[Range] = []
    at = text.find(word)
    while at >= 0 and len(found) < _MOST_PLACES:
        if is_chinese or _is_beginning(text, at):
            found.append((at, len(word)))
        at = text.find(word, at + len(word))
    return found


def _is_beginning(text: str, at: int) -> bool:
    return not at or not (text[at - 1].isascii() and text[at - 1].isalnum())


def _shared(word: str, stem: str) -> str:
    pairs = takewhile(lambda pair: pair[0] == pair[1], zip(word, stem, strict=False))
    return "".join(letter for letter, _ in pairs)


def _read(text: str) -> _Read:
    searched = normalised(text).lower()
    # Where that changes the length, places would not be those of the text that is shown.
    if len(searched) != len(text):
        searched = text
    return _Read(text, searched)


# While somebody types, the same articles come up again with each key.
@lru_cache(maxsize=256)
def _read_body(body: str) -> _Read:
    return _read(_plain(body))


def _plain(body: str) -> str:
    return _SPACE.sub(" ", _CELLS.sub(" ", _MARKS.sub("", _LINK.sub(r"\1", body)))).strip()


def _window(plain: str, places: Sequence[Range]) -> tuple[int, int]:
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


def _fullest(plain: str, places: Sequence[Range]) -> int:
    words = [plain[at : at + length].lower() for at, length in places]
    inside: Counter[str] = Counter()
    best, best_count, last = places[0][0], 0, 0
    for number, (at, _) in enumerate(places):
        reach = at + _WIDTH - _BEFORE
        while last < len(places) and places[last][0] + places[last][1] <= reach:
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
