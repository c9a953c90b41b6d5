"""A line that people read and that names somebody: nothing in it is hidden, nothing turns what stands beside it."""

import re
import unicodedata
from typing import Final

LONGEST: Final = 200
"""Characters."""
_ENDS: Final = re.compile(r"[\t\n\v\f\r\u2028\u2029]+")
_UNSEEN: Final = frozenset({"Cc", "Cf", "Zl", "Zp"})
"""Ends of lines, signs without width, and those that write what follows from right to left."""


def plain_line(text: str) -> str:
    """The line without what is not seen in it, as texts of other programs bring it along; ends of lines are spaces."""
    if text.isprintable():
        return text.strip()
    return "".join(sign for sign in _ENDS.sub(" ", text) if not _is_unseen(sign)).strip()


def is_plain_line(text: str) -> bool:
    """Whether it may stand as such a line."""
    return len(text) <= LONGEST and (text.isprintable() or not any(map(_is_unseen, text)))


def _is_unseen(sign: str) -> bool:
    return unicodedata.category(sign) in _UNSEEN
