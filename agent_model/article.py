"""An article of the knowledge base."""

from dataclasses import dataclass
from datetime import datetime
from typing import NewType

ArticleId = NewType("ArticleId", str)


@dataclass(frozen=True, slots=True)
class Article:
    """`body` is Markdown; `language` a BCP 47 tag; `product` and `queue` say whom it concerns most, if anybody."""

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
