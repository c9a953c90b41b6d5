"""An article as a document tells it, and why a document is none."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from agent_model.article import ArticleKind
from agent_model.article_draft import LONGEST_INTERVAL

LARGEST_TEXT: Final = 4 * 1024 * 1024
"""Bytes of a document that is text."""
LARGEST_PACKED: Final = 32 * 1024 * 1024
MEGABYTE: Final = 1024 * 1024
LARGEST_UNPACKED: Final = 64 * MEGABYTE
"""Of all documents that are brought in together, as they are read: packed ones by what they unpack to."""
STEEPEST: Final = 200
"""Times that a packed document may grow."""
MOST_FILES: Final = 5_000
DEEPEST: Final = 12
"""Folders below the one that is read."""
LONGEST_BODY: Final = 100_000
NO_CATEGORY: Final = "_"
"""The folder of articles that have none."""


class PaperWrong(StrEnum):
    UNKNOWN_KIND = "unknown_kind"
    TOO_LARGE = "too_large"
    NOT_TEXT = "not_text"
    UNKNOWN_ENCODING = "unknown_encoding"
    DAMAGED = "damaged"
    HOSTILE = "hostile"
    """It names entities of its own, or grows out of all proportion when it is unpacked."""
    EMPTY = "empty"
    TOO_LONG = "too_long"
    TOO_MUCH = "too_much"
    """With it, all of them together would be more than is read at once."""
    NO_COLUMNS = "no_columns"
    """A table without a column for questions and one for answers."""
    NOT_A_GUIDE = "not_a_guide"
    BAD_FRONT_MATTER = "bad_front_matter"
    BAD_VALUE = "bad_value"
    """What the head says of an id, a kind, or a day is none."""
    TOO_MANY_FILES = "too_many_files"
    TOO_DEEP = "too_deep"
    NOT_FOUND = "not_found"


class BadPaper(Exception):
    """`line` is where in the document, 0: nowhere in particular; `named` what was found there."""

    def __init__(self, wrong: PaperWrong, line: int = 0, named: str = "") -> None:
        super().__init__(wrong.value)
        self.wrong = wrong
        self.line = line
        self.named = named


@dataclass(frozen=True, slots=True)
class Paper:
    """`place` is the document within its folder (of a table with the row), `id` what it calls itself, else made of its
    place: the same document is the same article the next time. `pictures_left` did not come along, `passed_over` is
    what its head tells and nobody knows. `owner` and `review_due` hold for an article that is not there yet."""

    place: str
    id: str
    title: str
    body: str
    category: str = ""
    language: str = ""
    keywords: tuple[str, ...] = ()
    product: str | None = None
    queue: str | None = None
    tiers: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    kind: ArticleKind = ArticleKind.ARTICLE
    owner: str | None = None
    valid_from: datetime | None = None
    valid_to: datetime | None = None
    review_due: date | None = None
    pictures_left: int = 0
    passed_over: tuple[str, ...] = ()

    def review_days(self, today: date) -> int | None:
        """How often it is read again, for the first time on `review_due`."""
        return None if self.review_due is None else min(LONGEST_INTERVAL, max(1, (self.review_due - today).days))


@dataclass(frozen=True, slots=True)
class Refused:
    """A document, or a row of a table, that did not come in."""

    place: str
    wrong: PaperWrong
    line: int = 0
    named: str = ""


@dataclass(frozen=True, slots=True)
class Gathered:
    """`files` are the pictures and other files that the papers name, by id."""

    papers: tuple[Paper, ...] = ()
    refused: tuple[Refused, ...] = ()
    files: Mapping[str, bytes] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Told:
    """What the head of a document tells about it, and its text, which may name files by id already."""

    body: str
    facts: Mapping[str, str] = field(default_factory=dict)


def words_of(listed: str) -> tuple[str, ...]:
    """A list as people write it: `[a, b]`, `a；b`."""
    for sign in "，；;、":
        listed = listed.replace(sign, ",")
    return tuple(word for part in listed.strip("[] ").split(",") if (word := part.strip().strip("\"'")))


def one_line(text: str) -> str:
    return " ".join(text.split())


def first_of(texts: Iterable[str]) -> str:
    return next((text for text in texts if text.strip()), "")
