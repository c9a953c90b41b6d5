"""Which signs of two texts are not in the other."""

import re
from difflib import SequenceMatcher
from typing import Final

_WORD: Final = re.compile(r"[A-Za-z0-9_]+|\s+|.", re.DOTALL)
"""Chinese is compared sign by sign, Latin word by word."""
MOST_PAIRS: Final = 1_000_000
"""Words before times words after: beyond it everything between the common ends counts as changed."""


def differing(before: str, after: str) -> tuple[list[bool], list[bool]]:
    """For each sign of either text whether it is changed: gone from `before`, new in `after`."""
    old, new = _WORD.findall(before), _WORD.findall(after)
    head = 0
    while head < min(len(old), len(new)) and old[head] == new[head]:
        head += 1
    tail = 0
    while tail < min(len(old), len(new)) - head and old[-1 - tail] == new[-1 - tail]:
        tail += 1
    gone, come = [False] * len(old), [False] * len(new)
    middle_old, middle_new = old[head : len(old) - tail], new[head : len(new) - tail]
    gone[head : len(old) - tail] = [True] * len(middle_old)
    come[head : len(new) - tail] = [True] * len(middle_new)
    if len(middle_old) * len(middle_new) <= MOST_PAIRS:
        matcher = SequenceMatcher(None, middle_old, middle_new, autojunk=False)
        for start_old, start_new, size in matcher.get_matching_blocks():
            gone[head + start_old : head + start_old + size] = [False] * size
            come[head + start_new : head + start_new + size] = [False] * size
    return _by_sign(old, gone), _by_sign(new, come)


def _by_sign(words: list[str], marks: list[bool]) -> list[bool]:
    return [mark for word, mark in zip(words, marks, strict=True) for _ in word]
