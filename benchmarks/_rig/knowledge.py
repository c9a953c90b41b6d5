"""Articles and questions to measure the search with: articles.jsonl and questions.jsonl of one folder."""

import json
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from agent_model.article import Article, ArticleId

CORPUS: Final = Path(__file__).resolve().parents[3] / "shared" / "knowledge"
SEED: Final = 20_240_501
UPDATED: Final = datetime(2024, 5, 1, tzinfo=UTC)
"""The articles carry no dates: one for all keeps freshness out of what is measured."""


@dataclass(frozen=True, slots=True)
class Question:
    text: str
    right: frozenset[str]
    kind: str
    language: str


def articles(folder: Path) -> list[Article]:
    return [_article(row) for row in _rows(folder / "articles.jsonl")]


def questions(folder: Path) -> list[Question]:
    return [
        Question(row["query"], frozenset(row["relevant_ids"]), row.get("kind", ""), row.get("lang", ""))
        for row in _rows(folder / "questions.jsonl")
    ]


def some(asked: Sequence[Question], count: int) -> list[Question]:
    """The same ones each time."""
    return random.Random(SEED).sample(asked, min(count, len(asked)))


def as_many(real: Sequence[Article], count: int) -> Iterator[Article]:
    """The real ones, then articles of one language each, from real titles and real paragraphs in new company."""
    yield from real[:count]
    chance = random.Random(SEED)
    by_language: dict[str, list[Article]] = {}
    for article in real:
        by_language.setdefault(article.language, []).append(article)
    for number in range(count - len(real)):
        first = chance.choice(real)
        others = [chance.choice(by_language[first.language]) for _ in range(3)]
        paragraphs = [part for other in (first, *others) for part in _some(other.body.split("\n"), chance)]
        yield replace(
            first,
            id=ArticleId(f"composed-{number}"),
            title=f"{first.title} {others[0].title}",
            body="\n".join(paragraphs),
        )


def _article(row: dict[str, Any]) -> Article:
    return Article(
        id=ArticleId(row["id"]),
        title=row["title"],
        body=row["body"],
        category=row.get("category") or "",
        product=row.get("product") or None,
        queue=None,
        language=row["lang"],
        keywords=(),
        updated_at=UPDATED,
        version=1,
    )


def _some(paragraphs: Sequence[str], chance: random.Random) -> Sequence[str]:
    taken = max(1, len(paragraphs) // 4)
    start = chance.randrange(len(paragraphs))
    return paragraphs[start : start + taken]


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)
