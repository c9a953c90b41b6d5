"""Texts as they are compared when somebody looks for them: small letters, nothing between."""

import string
import unicodedata
from collections.abc import Sequence
from typing import Final, NamedTuple

KEPT: Final = frozenset("@._-+")
_PLAIN: Final = KEPT | frozenset(string.ascii_lowercase + string.digits)


class Plain(NamedTuple):
    """A text as it is compared: small letters, no spaces; `at` says where each sign stands in the text itself."""

    text: str
    at: Sequence[int]

    def place(self, start: int, length: int) -> tuple[int, int]:
        """(start, length) in the text itself of a part of this."""
        first, last = self.at[start], self.at[start + length - 1]
        return first, last - first + 1


def plain(text: str) -> Plain:
    folded = text.casefold()
    if _PLAIN.issuperset(folded):
        return Plain(folded, range(len(text)))
    if text.isalnum() and len(folded) == len(text) and unicodedata.is_normalized("NFKC", text):
        return Plain(folded, range(len(text)))
    signs, at = [], []
    for index, sign in enumerate(text):
        for small in unicodedata.normalize("NFKC", sign).casefold():
            if small.isalnum() or small in KEPT:
                signs.append(small)
                at.append(index)
    return Plain("".join(signs), at)
