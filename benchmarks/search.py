"""How long the agent waits for each key typed into the search box, and whether the right article comes up."""

import argparse
import json
import random
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter

import psutil

from agent_desktop.knowledge.base import KnowledgeBase
from agent_desktop.knowledge.builder import ProcessBuilder
from agent_model.article import Article, ArticleId

_CORPUS = Path(__file__).resolve().parents[2] / "shared" / "knowledge"
_SEED = 20_240_501
# The corpus carries no dates; one for all keeps freshness out of the measurement.
_UPDATED = datetime(2024, 5, 1, tzinfo=UTC)
_ASKED = 3_000


@dataclass(frozen=True, slots=True)
class Question:
    text: str
    right: frozenset[str]


class StoredArticles:
    """A plain SQLite file in the place of the workstation's store."""

    def __init__(self, path: Path) -> None:
        self._connection = sqlite3.connect(path)

    def put(self, articles: Iterable[Article]) -> None:
        with self._connection:
            self._connection.execute(
                "CREATE TABLE article (id TEXT PRIMARY KEY, title TEXT, body TEXT, category TEXT, product TEXT,"
                " language TEXT, updated_at TEXT, version INTEGER)"
            )
            self._connection.executemany("INSERT INTO article VALUES (?, ?, ?, ?, ?, ?, ?, ?)", map(_as_row, articles))

    def versions(self) -> dict[ArticleId, int]:
        return dict(self._connection.execute("SELECT id, version FROM article").fetchall())

    def fetch(self, ids: Collection[ArticleId]) -> list[Article]:
        rows = self._connection.execute(
            "SELECT id, title, body, category, product, language, updated_at, version FROM article"
            " WHERE id IN (SELECT value FROM json_each(?))",
            (json.dumps(list(ids)),),
        )
        return [_from_row(*row) for row in rows]

    def close(self) -> None:
        self._connection.close()


class FileShelf:
    def __init__(self, path: Path) -> None:
        self._path = path

    def load(self) -> bytes | None:
        return self._path.read_bytes() if self._path.exists() else None

    def keep(self, index: bytes) -> None:
        self._path.write_bytes(index)


def main(argv: list[str]) -> int:
    options = _options(argv)
    if options.prepared is not None:
        print(json.dumps(_measure(options.prepared, options.corpus, options.questions)))
        return 0
    with tempfile.TemporaryDirectory(prefix="knowledge-") as folder:
        prepared = Path(folder)
        _prepare(prepared, options.corpus, options.articles)
        command = [sys.executable, "-m", "benchmarks", "search", "--prepared", folder]
        command += ["--corpus", str(options.corpus), "--questions", str(options.questions)]
        measured = json.loads(subprocess.run(command, check=True, capture_output=True).stdout)
    figures = {"articles": options.articles, **measured}
    if not options.json:
        print("\n".join(f"{name:>22} {figure}" for name, figure in figures.items()))
    print(json.dumps(figures))
    return 0


def _options(argv: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks search", description=__doc__)
    parser.add_argument("--articles", type=int, default=10_000)
    parser.add_argument("--questions", type=int, default=300, help="questions typed key by key")
    parser.add_argument("--corpus", type=Path, default=_CORPUS, help="folder of articles.jsonl and questions.jsonl")
    parser.add_argument("--json", action="store_true", help="print nothing but one JSON object")
    # The measuring happens in a process that has never held the corpus: its memory is the index and nothing else.
    parser.add_argument("--prepared", type=Path, help=argparse.SUPPRESS)
    return parser.parse_args(argv)


def _prepare(folder: Path, corpus: Path, count: int) -> None:
    real = [_real(json.loads(line)) for line in _lines(corpus / "articles.jsonl")]
    articles = real[:count] + list(_composed(real, count - len(real)))
    stored = StoredArticles(folder / "articles.db")
    stored.put(articles)
    stored.close()
    FileShelf(folder / "index").keep(ProcessBuilder().build(articles))


def _real(row: dict[str, str]) -> Article:
    return Article(
        id=ArticleId(row["id"]),
        title=row["title"],
        body=row["body"],
        category=row["category"],
        product=row["product"],
        queue=None,
        language=row["lang"],
        keywords=(),
        updated_at=_UPDATED,
        version=1,
    )


def _composed(real: Sequence[Article], count: int) -> Iterator[Article]:
    """Articles of one language each, from real titles and real paragraphs in new company."""
    chance = random.Random(_SEED)
    by_language: dict[str, list[Article]] = {}
    for article in real:
        by_language.setdefault(article.language, []).append(article)
    for number in range(count):
        first = chance.choice(real)
        others = [chance.choice(by_language[first.language]) for _ in range(3)]
        paragraphs = [part for other in (first, *others) for part in _some(other.body.split("\n"), chance)]
        yield Article(
            id=ArticleId(f"composed-{number}"),
            title=f"{first.title} {others[0].title}",
            body="\n".join(paragraphs),
            category=first.category,
            product=first.product,
            queue=None,
            language=first.language,
            keywords=(),
            updated_at=_UPDATED,
            version=1,
        )


def _some(paragraphs: Sequence[str], chance: random.Random) -> Sequence[str]:
    taken = max(1, len(paragraphs) // 4)
    start = chance.randrange(len(paragraphs))
    return paragraphs[start : start + taken]


def _measure(folder: Path, corpus: Path, typed: int) -> dict[str, float]:
    questions = _questions(corpus)
    process = psutil.Process()
    before = process.memory_info().rss
    stored = StoredArticles(folder / "articles.db")
    base = KnowledgeBase(stored, lambda: _UPDATED, FileShelf(folder / "index"))

    started = perf_counter()
    base.search(questions[0].text)
    cold_ms = (perf_counter() - started) * 1_000

    waits_ms = []
    for question in questions[:typed]:
        for length in range(1, len(question.text) + 1):
            started = perf_counter()
            base.search(question.text[:length], limit=10)
            waits_ms.append((perf_counter() - started) * 1_000)
    rss_mb = (process.memory_info().rss - before) / 1_048_576

    asked = questions[typed : typed + _ASKED]
    recall, reciprocal = _quality(base, asked, lambda text: text)
    spelt, _ = _quality(base, [one for one in asked if _is_chinese(one.text)], _in_pinyin)
    stored.close()
    return {
        "p50_ms": round(median(waits_ms), 2),
        "p95_ms": round(quantiles(waits_ms, n=20)[-1], 2),
        "max_ms": round(max(waits_ms), 2),
        "cold_ms": round(cold_ms, 1),
        "rss_mb": round(rss_mb, 1),
        "keystrokes": len(waits_ms),
        "recall_at_5": round(recall, 3),
        "mrr": round(reciprocal, 3),
        "pinyin_recall_at_5": round(spelt, 3),
    }


def _quality(base: KnowledgeBase, asked: Sequence[Question], typed: Callable[[str], str]) -> tuple[float, float]:
    ranks = []
    for question in asked:
        ids = [hit.article_id for hit in base.search(typed(question.text)).hits]
        ranks.append(next((place for place, id_ in enumerate(ids, start=1) if id_ in question.right), None))
    recall = sum(rank is not None and rank <= 5 for rank in ranks) / len(ranks)
    return recall, sum(1 / rank for rank in ranks if rank) / len(ranks)


def _questions(corpus: Path) -> list[Question]:
    rows = [json.loads(line) for line in _lines(corpus / "questions.jsonl")]
    random.Random(_SEED).shuffle(rows)
    return [Question(row["query"], frozenset(row["relevant_ids"])) for row in rows]


def _is_chinese(text: str) -> bool:
    return any("\u4e00" <= sign <= "\u9fff" for sign in text)


def _in_pinyin(text: str) -> str:
    from agent_desktop.knowledge import pinyin

    return "".join("".join(pinyin.read(sign)) if _is_chinese(sign) else sign for sign in text)


def _lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").splitlines()


def _as_row(article: Article) -> tuple[str | int | None, ...]:
    return (
        article.id,
        article.title,
        article.body,
        article.category,
        article.product,
        article.language,
        article.updated_at.isoformat(),
        article.version,
    )


def _from_row(
    id_: str, title: str, body: str, category: str, product: str, language: str, updated_at: str, version: int
) -> Article:
    return Article(
        id=ArticleId(id_),
        title=title,
        body=body,
        category=category,
        product=product,
        queue=None,
        language=language,
        keywords=(),
        updated_at=datetime.fromisoformat(updated_at),
        version=version,
    )
