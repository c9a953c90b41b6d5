"""Whether a text says anything that a person would see."""

import unicodedata
from typing import Final

UNSEEN: Final = frozenset({"Cc", "Cf", "Zs", "Zl", "Zp"})
"""General categories of what has no shape: controls, format signs (zero-width ones), blanks."""
FILLERS: Final = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")
"""Without a shape, though Unicode counts them as letters, marks and symbols."""


def is_blank(text: str) -> bool:
    """Nothing at all, or nothing but blanks and signs that are not seen."""
    return all(unicodedata.category(sign) in UNSEEN or sign in FILLERS for sign in text)
