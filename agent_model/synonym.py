"""Words that mean the same to whoever searches the knowledge base, as an editor keeps them."""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from agent_model import plain_line

FEWEST_WORDS: Final = 2
MOST_WORDS: Final = 20
LONGEST_WORD: Final = 40
LONGEST_NOTE: Final = 200


@dataclass(frozen=True, slots=True)
class Synonym:
    """Who searches for one of the `words` finds what is written with another too, further down. A word may be several
    ("SIM swap"). The server says who changed it, and when.
    """

    id: str
    words: tuple[str, ...]
    note: str = ""
    is_on: bool = True
    changed_by: str | None = None
    changed_at: datetime | None = None
    version: int = 0


class SynonymWrong(StrEnum):
    TOO_FEW = "too_few"
    TOO_MANY = "too_many"
    TOO_LONG = "too_long"
    UNSEEN = "unseen"
    """A sign that nobody sees, or no word at all."""


@dataclass(frozen=True, slots=True)
class SynonymFault:
    """`word` is the one that is wrong, if one is."""

    field: str
    wrong: SynonymWrong
    word: str = ""


def faults(synonym: Synonym) -> tuple[SynonymFault, ...]:
    """Everything that is wrong with a set of words; empty when it may be used."""
    return (*_word_faults(synonym.words), *_note_faults(synonym.note))


def folded(word: str) -> str:
    """A word as it is compared: full-width letters are ordinary ones, and capitals small."""
    return " ".join(unicodedata.normalize("NFKC", word).casefold().split())


def _word_faults(words: tuple[str, ...]) -> Iterator[SynonymFault]:
    if len({folded(word) for word in words if word.strip()}) < FEWEST_WORDS:
        yield SynonymFault("words", SynonymWrong.TOO_FEW)
    if len(words) > MOST_WORDS:
        yield SynonymFault("words", SynonymWrong.TOO_MANY)
    for word in words:
        if len(word) > LONGEST_WORD:
            yield SynonymFault("words", SynonymWrong.TOO_LONG, word[:LONGEST_WORD])
        elif not word.isprintable() or not any(sign.isalnum() for sign in word):
            yield SynonymFault("words", SynonymWrong.UNSEEN, word)


def _note_faults(note: str) -> Iterator[SynonymFault]:
    if len(note) > LONGEST_NOTE:
        yield SynonymFault("note", SynonymWrong.TOO_LONG)
    elif note and not plain_line.is_plain_line(note):
        yield SynonymFault("note", SynonymWrong.UNSEEN)
