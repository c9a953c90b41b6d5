"""Articles and questions to measure the search with: articles.jsonl and questions.jsonl of one folder.

Where the folder that is looked for first is missing, the articles of the demo company stand in, and are asked for by
the keywords their editors gave them. This is read before the first search is measured: it loads nothing of the search.
"""

import json
import random
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from agent_model.article import Article, ArticleId
from agent_model.wire import Row, noun

CORPUS: Final = Path(__file__).resolve().parents[3] / "shared" / "knowledge"
SEED: Final = 20_240_501
UPDATED: Final = datetime(2024, 5, 1, tzinfo=UTC)
"""The articles carry no dates: one for all keeps freshness out of what is measured."""

_CHINESE: Final = re.compile("[\u3400-\u9fff]")


class BadCorpus(Exception):
    """Its text says what is wrong with the folder, and where."""


@dataclass(frozen=True, slots=True)
class Question:
    text: str
    right: frozenset[str]
    kind: str
    language: str


@dataclass(frozen=True, slots=True)
class Corpus:
    """`left_out` counts what the files have and nobody can be asked or answer with."""

    articles: Sequence[Article]
    questions: Sequence[Question]
    left_out: Mapping[str, int] = field(default_factory=dict)


def corpus(folder: Path | None) -> Corpus:
    """That of the folder; without one that of CORPUS, or else of the demo company. Raises BadCorpus."""
    if folder is None and not (CORPUS / "articles.jsonl").is_file():
        return _of_the_demo()
    return _of_files(folder or CORPUS)


def _of_files(folder: Path) -> Corpus:
    left_out = {"articles_given_twice": 0, "questions_left_out": 0, "unknown_ids": 0}
    articles: dict[str, Article] = {}
    for place, row in _rows(folder / "articles.jsonl"):
        article = _article(place, row)
        left_out["articles_given_twice"] += article.id in articles
        articles[article.id] = article
    asked = []
    for _, row in _rows(folder / "questions.jsonl"):
        question = _question(row)
        known = question.right & articles.keys()
        left_out["unknown_ids"] += len(question.right - known)
        if known and question.text:
            asked.append(replace(question, right=known))
        else:
            left_out["questions_left_out"] += 1
    for name, found in (("article", articles), ("question that any of its articles answers", asked)):
        if not found:
            raise BadCorpus(f"{folder} has no {name}.")
    return Corpus(list(articles.values()), asked, left_out)


def _of_the_demo() -> Corpus:
    # The server's libraries are needed for this alone.
    from agent_server.importing import company_folder
    from demo import company

    rows = [company_folder.checked(told) for told in company_folder.articles(company.FOLDER)]
    nouns = [noun(Row(row.entity, row.id, row.version, row.body)) for row in rows]
    written = [article for article in nouns if isinstance(article, Article)]
    right: dict[tuple[str, str], set[str]] = defaultdict(set)
    for article in written:
        right[" ".join(article.keywords), article.language].add(article.id)
    asked = [Question(text, frozenset(ids), "keywords", language) for (text, language), ids in right.items() if text]
    return Corpus([replace(article, keywords=(), updated_at=UPDATED) for article in written], asked)


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


def _article(place: str, row: Mapping[str, Any]) -> Article:
    id_, title, body = (_text(row.get(name)) for name in ("id", "title", "body"))
    if not id_:
        raise BadCorpus(f"{place} is an article without an id.")
    return Article(
        id=ArticleId(id_),
        title=title,
        body=body,
        category=_text(row.get("category")),
        product=_text(row.get("product")) or None,
        queue=None,
        language=_text(row.get("lang")) or _language(title + body),
        keywords=(),
        updated_at=UPDATED,
        version=1,
    )


def _question(row: Mapping[str, Any]) -> Question:
    text, right = _text(row.get("query")).strip(), row.get("relevant_ids")
    ids = right if isinstance(right, list) else [right]
    return Question(
        text=text,
        right=frozenset(filter(None, map(_text, ids))),
        kind=_text(row.get("kind")) or "unnamed",
        language=_text(row.get("lang")) or _language(text),
    )


def _text(value: object) -> str:
    """Whatever stands there, as text that can be written again: JSON may have half a sign."""
    return "" if value is None else str(value).encode(errors="replace").decode()


def _language(text: str) -> str:
    return "zh" if _CHINESE.search(text) else "en"


def _some(paragraphs: Sequence[str], chance: random.Random) -> Sequence[str]:
    taken = max(1, len(paragraphs) // 4)
    start = chance.randrange(len(paragraphs))
    return paragraphs[start : start + taken]


def _rows(path: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """Each with where it stands."""
    try:
        with path.open(encoding="utf-8-sig") as lines:
            for number, line in enumerate(lines, start=1):
                if line.strip():
                    yield f"{path}, line {number},", _row(f"{path}, line {number},", line)
    except OSError as error:
        raise BadCorpus(f"{path} cannot be read: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise BadCorpus(f"{path} is not UTF-8.") from error


def _row(place: str, line: str) -> dict[str, Any]:
    try:
        row = json.loads(line)
    except ValueError as error:
        raise BadCorpus(f"{place} is no JSON: {error}.") from error
    if not isinstance(row, dict):
        raise BadCorpus(f"{place} is no JSON object.")
    return row
