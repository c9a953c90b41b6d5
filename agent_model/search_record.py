"""What was searched in the knowledge base, and what came of it; no customer is in it."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from agent_model.folded import plain

MOST_RECORDS: Final = 200
"""In one batch."""
LONGEST_QUERY: Final = 120
LONGEST_SOUND: Final = 240

_PARTS: Final = re.compile(r"([a-z0-9]+)|([^a-z0-9]+)")
_UNSAID: Final = frozenset(
    "a an and are can do does for how i in is it my of on or the to what when where which why with you".split()  # noqa: SIM905
)
_PARTICLES: Final = re.compile(
    r"请问|怎么样|怎样|怎么|如何|为什么|是什么|什么|哪里|哪些|可以|需要|应该|吗|呢|吧|啊|的|了"
)
_ENDINGS: Final = (("sses", "ss"), ("ing", ""), ("ed", ""), ("ss", "ss"), ("s", ""))
_LEAST_STEM: Final = 4


@dataclass(frozen=True, slots=True)
class SearchRecord:
    """`query` as it was typed, or empty where an article came by suggestion; `subject` is what the ticket at hand was
    about. Both are masked before they leave the workstation. `sound` is the query in pinyin, for Chinese; `opened`,
    `inserted` and `unhelpful` are articles."""

    at: datetime
    query: str
    hits: int
    subject: str = ""
    sound: str = ""
    language: str = ""
    queue: str | None = None
    category: str | None = None
    product: str | None = None
    opened: str | None = None
    inserted: str | None = None
    unhelpful: str | None = None


@dataclass(frozen=True, slots=True)
class SearchBatch:
    """What one person searched for in some minutes. The server takes the records out of it and keeps them apart."""

    id: str
    by: str
    at: datetime
    records: tuple[SearchRecord, ...] = ()
    version: int = 0


def form_of(question: str) -> str:
    """What questions that are written differently have in common: no blanks, no small words, no order of words."""
    words: list[str] = []
    signs: list[str] = []
    for word, run in _PARTS.findall(unicodedata.normalize("NFKC", question).casefold()):
        if word and word not in _UNSAID:
            words.append(_stem(word))
        signs += (sign for sign in without_particles(run) if sign.isalnum())
    return " ".join(filter(None, ("".join(sorted(signs)), *sorted(words)))) or plain(question).text


def without_particles(chinese: str) -> str:
    """The text without words that only make it a question."""
    return _PARTICLES.sub("", chinese)


def _stem(word: str) -> str:
    for ending, instead in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _LEAST_STEM:
            return word.removesuffix(ending) + instead
    return word
