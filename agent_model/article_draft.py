"""An article as it is written: from the first words over its review to what agents read, and out of it again."""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Final

from agent_model.agent import Role
from agent_model.article import WRITTEN, Article, ArticleKind
from agent_model.article_file import MOST_FILES, named_in
from agent_model.customer import Tier
from agent_model.guide import GuideFault, to_plain
from agent_model.guide_text import NotAGuide, whole
from agent_model.plain_line import is_plain_line

LONGEST_TITLE: Final = 120
LONGEST_BODY: Final = 100_000
LONGEST_WORD: Final = 60
MOST_WORDS: Final = 40
LONGEST_NOTE: Final = 2_000
LONGEST_INTERVAL: Final = 3_650
_UNREADABLE: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069]")
"""Signs that control a terminal, and those that write what follows in the other direction."""
TEXT: Final = (
    "title",
    "body",
    "category",
    "product",
    "queue",
    "language",
    "keywords",
    "tiers",
    "regions",
    "valid_from",
    "valid_to",
    "kind",
    "guide",
)
"""What a second person reads before agents do, and every version keeps."""
AT_ONCE: Final = ("owner", "review_days")
"""What holds without being published again."""
LEADS_OWN: Final = frozenset({Role.TEAM_LEAD})
"""Who writes new articles and changes their own; others' they only review."""
WRITERS: Final = frozenset({Role.EDITOR, Role.TEAM_LEAD, Role.DUTY_MANAGER})


class DraftState(StrEnum):
    DRAFT = "draft"
    REVIEW = "review"
    """Waits for a second person."""
    SCHEDULED = "scheduled"
    """Is published by itself at `publish_at`."""
    PUBLISHED = "published"
    EXPIRED = "expired"
    """Published, and its time is over."""
    WITHDRAWN = "withdrawn"


RELEASED: Final = frozenset({DraftState.PUBLISHED, DraftState.SCHEDULED})
"""States that a second person answers for."""
MOVES: Final[Mapping[DraftState, frozenset[DraftState]]] = {
    DraftState.DRAFT: frozenset({DraftState.REVIEW, *RELEASED, DraftState.WITHDRAWN}),
    DraftState.REVIEW: frozenset({DraftState.DRAFT, *RELEASED, DraftState.WITHDRAWN}),
    DraftState.SCHEDULED: frozenset({DraftState.DRAFT, *RELEASED, DraftState.WITHDRAWN}),
    DraftState.PUBLISHED: frozenset({DraftState.DRAFT, DraftState.REVIEW, DraftState.WITHDRAWN}),
    DraftState.EXPIRED: frozenset({DraftState.DRAFT, DraftState.REVIEW, DraftState.WITHDRAWN}),
    DraftState.WITHDRAWN: frozenset({DraftState.DRAFT, DraftState.REVIEW}),
}
"""Where a person may take it. A SCHEDULED one is put on another day by staying what it is."""


@dataclass(frozen=True, slots=True)
class ArticleDraft:
    """Its id is the article's. `review_days` is how often its owner reads it again, None: as the company's rule says.
    `based_on` is `updated_at` of the article that the text was begun from, None where there was none. `note` is what
    the reviewer says to the author. `checked_at`: somebody read it then and it was still right.

    The server says who began it (`author`), who wrote the text as it stands (`writers`) and in which version of the row
    that was (`written_in`), who answered for publishing it (`reviewer`), and whether agents have it (`is_live`).
    """

    id: str
    title: str
    body: str
    category: str
    product: str | None = None
    queue: str | None = None
    language: str = "zh-CN"
    keywords: tuple[str, ...] = ()
    tiers: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    valid_from: datetime | None = None
    valid_to: datetime | None = None
    kind: ArticleKind = ArticleKind.ARTICLE
    guide: Mapping[str, Any] | None = None
    owner: str | None = None
    review_days: int | None = None
    state: DraftState = DraftState.DRAFT
    publish_at: datetime | None = None
    note: str = ""
    based_on: datetime | None = None
    checked_at: datetime | None = None
    author: str | None = None
    writers: tuple[str, ...] = ()
    written_in: int = 0
    reviewer: str | None = None
    published_at: datetime | None = None
    is_live: bool = False
    changed_by: str | None = None
    changed_at: datetime | None = None
    version: int = 0


def begun_from(article: Article) -> ArticleDraft:
    """An article as it is published, to be written on."""
    said = {name: getattr(article, name) for name in TEXT}
    return ArticleDraft(
        id=article.id,
        **said,
        owner=article.owner,
        state=DraftState.PUBLISHED,
        based_on=article.updated_at,
        published_at=article.updated_at,
        is_live=True,
    )


def may_write(role: Role, person: str, author: str | None, owner: str | None) -> bool:
    """Whether a person changes the text of an article and takes it away from agents."""
    return role in WRITERS and (role not in LEADS_OWN or person in (author, owner))


def may_release(draft: ArticleDraft, person: str, *, needs_second: bool) -> bool:
    """Whether a person answers for publishing it: where two are needed, nobody does for what they wrote."""
    if needs_second and draft.state is DraftState.DRAFT:
        return False
    return not needs_second or person not in draft.writers


class DraftWrong(StrEnum):
    """Why a field does not do."""

    MISSING = "missing"
    TOO_LONG = "too_long"
    TOO_MANY = "too_many"
    UNSEEN = "unseen"
    """It holds signs that nobody sees, or that turn what stands beside them."""
    UNKNOWN = "unknown"
    OUT_OF_RANGE = "out_of_range"
    OVER_BEFORE_IT_BEGINS = "over_before_it_begins"
    NOT_A_GUIDE = "not_a_guide"
    """Its text is to be gone through step by step, and cannot be."""


@dataclass(frozen=True, slots=True)
class DraftFault:
    """`guide` says what is wrong with the steps, where they are."""

    field: str
    wrong: DraftWrong
    guide: GuideFault | None = None


def faults(draft: ArticleDraft) -> tuple[DraftFault, ...]:
    """Everything that is wrong with it by itself. One that is only being written may lack what agents would need."""
    return (
        *_line_faults("title", draft.title, LONGEST_TITLE, is_needed=True),
        *_line_faults("category", draft.category, LONGEST_WORD, is_needed=draft.state is not DraftState.DRAFT),
        *_body_faults(draft),
        *_words_faults("keywords", draft.keywords),
        *_words_faults("regions", draft.regions),
        *_value_faults(draft),
    )


def _line_faults(field: str, line: str, longest: int, *, is_needed: bool) -> Iterator[DraftFault]:
    if not line.strip():
        if is_needed:
            yield DraftFault(field, DraftWrong.MISSING)
    elif len(line) > longest:
        yield DraftFault(field, DraftWrong.TOO_LONG)
    elif not is_plain_line(line):
        yield DraftFault(field, DraftWrong.UNSEEN)


def _body_faults(draft: ArticleDraft) -> Iterator[DraftFault]:
    is_finished = draft.state is not DraftState.DRAFT
    if is_finished and not draft.body.strip():
        yield DraftFault("body", DraftWrong.MISSING)
    elif len(draft.body) > LONGEST_BODY:
        yield DraftFault("body", DraftWrong.TOO_LONG)
    elif not is_readable(draft.body):
        yield DraftFault("body", DraftWrong.UNSEEN)
    elif len(named_in(draft.body)) > MOST_FILES:
        yield DraftFault("body", DraftWrong.TOO_MANY)
    elif is_finished and draft.kind is ArticleKind.GUIDE:
        try:
            whole(draft.body)
        except NotAGuide as error:
            yield DraftFault("body", DraftWrong.NOT_A_GUIDE, error.faults[0])


def guide_of(draft: ArticleDraft) -> dict[str, Any] | None:
    """The steps of a guided script, as an article carries them; None for anything else, and for one not finished."""
    if draft.kind is not ArticleKind.GUIDE:
        return None
    try:
        return to_plain(whole(draft.body))
    except NotAGuide:
        return None


def is_readable(text: str) -> bool:
    """Whether it is made of lines without signs that control a terminal or turn the text."""
    return _UNREADABLE.search(text) is None


def readable(text: str) -> str:
    """The text without such signs, as other programs bring them along."""
    return _UNREADABLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def _words_faults(field: str, words: Collection[str]) -> Iterator[DraftFault]:
    if len(words) > MOST_WORDS:
        yield DraftFault(field, DraftWrong.TOO_MANY)
    elif any(len(word) > LONGEST_WORD for word in words):
        yield DraftFault(field, DraftWrong.TOO_LONG)
    elif not all(word.strip() and is_plain_line(word) for word in words):
        yield DraftFault(field, DraftWrong.UNSEEN)


def _value_faults(draft: ArticleDraft) -> Iterator[DraftFault]:
    if draft.kind not in WRITTEN:
        yield DraftFault("kind", DraftWrong.UNKNOWN)
    if not set(draft.tiers) <= set(Tier):
        yield DraftFault("tiers", DraftWrong.UNKNOWN)
    elif len(set(draft.tiers)) < len(draft.tiers):
        yield DraftFault("tiers", DraftWrong.TOO_MANY)
    if not draft.language.strip() or len(draft.language) > 16:
        yield DraftFault("language", DraftWrong.MISSING)
    if draft.valid_from is not None and draft.valid_to is not None and draft.valid_to <= draft.valid_from:
        yield DraftFault("valid_to", DraftWrong.OVER_BEFORE_IT_BEGINS)
    if draft.review_days is not None and not 1 <= draft.review_days <= LONGEST_INTERVAL:
        yield DraftFault("review_days", DraftWrong.OUT_OF_RANGE)
    if draft.state is DraftState.SCHEDULED and draft.publish_at is None:
        yield DraftFault("publish_at", DraftWrong.MISSING)
    if len(draft.note) > LONGEST_NOTE:
        yield DraftFault("note", DraftWrong.TOO_LONG)
    elif not is_readable(draft.note):
        yield DraftFault("note", DraftWrong.UNSEEN)
