"""An article of the knowledge base, as it is published: what agents read and search."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Final, NewType

ArticleId = NewType("ArticleId", str)


class ArticleKind(StrEnum):
    ARTICLE = "article"
    STANDARD_ANSWER = "standard_answer"
    """Its body is what customers are told, word for word."""
    GUIDE = "guide"
    """A guided script, its steps in `Article.guide`."""
    ANNOUNCEMENT = "announcement"
    """Nobody writes one of these: what is announced is found among the articles (`agent_model.announcement`)."""


WRITTEN: Final = (ArticleKind.ARTICLE, ArticleKind.STANDARD_ANSWER, ArticleKind.GUIDE)
"""What editors write."""


@dataclass(frozen=True, slots=True)
class Article:
    """`body` is Markdown; `language` a BCP 47 tag; `product` and `queue` say whom it concerns most, if anybody.

    `tiers` and `regions` name the customers it holds for (none named: everybody), `owner` the agent who answers for it.
    It holds from `valid_from` until before `valid_to`, and should be read again by its owner on `review_due`.
    """

    id: ArticleId
    title: str
    body: str
    category: str
    product: str | None
    queue: str | None
    language: str
    keywords: tuple[str, ...]
    updated_at: datetime
    version: int = 0
    tiers: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    owner: str | None = None
    valid_from: datetime | None = None
    valid_to: datetime | None = None
    review_due: date | None = None
    helpful: int = 0
    unhelpful: int = 0
    kind: ArticleKind = ArticleKind.ARTICLE
    guide: Mapping[str, Any] | None = None

    def is_valid(self, at: datetime) -> bool:
        """Whether it holds then."""
        return (self.valid_from is None or self.valid_from <= at) and (self.valid_to is None or at < self.valid_to)

    def is_unverified(self, today: date) -> bool:
        """Whether the day has passed by which its owner should have read it again."""
        return self.review_due is not None and self.review_due < today
