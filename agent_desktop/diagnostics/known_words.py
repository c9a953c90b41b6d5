"""Names and other texts that must not leave this workstation, looked for in a text however they are spaced there.

A text is a row of words here: a run of letters and digits, or one Chinese character.
"""

import re
from collections.abc import Iterable
from typing import Any, Final

_WORD: Final = re.compile(r"[㐀-鿿豈-﫿]|[^\W_㐀-鿿豈-﫿]+")
_END: Final = ""
_MOST_WORDS: Final = 24
"""Of one text: whoever quotes that much of a longer one is found."""
_WIDEST_GAP: Final = 3


class KnownWords:
    def __init__(self, texts: Iterable[str]) -> None:
        self._tree: dict[str, Any] = {}
        for text in texts:
            self._learn([word.casefold() for word in _WORD.findall(text)[:_MOST_WORDS]])

    def _learn(self, words: list[str]) -> None:
        if len("".join(words)) < 2:  # a single letter is everywhere, and names nobody
            return
        node = self._tree
        for word in words:
            node = node.setdefault(word, {})
        node[_END] = {}

    def struck(self, text: str, mark: str) -> str:
        """With `mark` where one of them stood."""
        if not self._tree:
            return text
        found = [(match.group().casefold(), match.start(), match.end()) for match in _WORD.finditer(text)]
        kept: list[str] = []
        at = number = 0
        while number < len(found):
            last = self._ends(found, number)
            if last is None:
                number += 1
                continue
            kept += [text[at : found[number][1]], mark]
            at, number = found[last][2], last + 1
        return "".join((*kept, text[at:]))

    def _ends(self, found: list[tuple[str, int, int]], first: int) -> int | None:
        """Where the longest one that begins there ends."""
        node: dict[str, Any] | None = self._tree
        end = None
        for number in range(first, len(found)):
            if number > first and found[number][1] - found[number - 1][2] > _WIDEST_GAP:
                break
            node = node.get(found[number][0]) if node is not None else None
            if node is None:
                break
            if _END in node:
                end = number
        return end
