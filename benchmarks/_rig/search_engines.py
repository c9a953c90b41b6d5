"""Other engines over the same articles, so that the race is fair: words cut and stemmed as ours are, titles weighted,
and no word asked for that says little while there is another."""

import re
import sqlite3
from collections.abc import Collection, Iterable, Sequence
from typing import Final, Protocol

import bm25s
import tantivy

from agent_desktop.knowledge.index import text
from agent_desktop.knowledge.snippets import Highlighter
from agent_model.article import Article

TITLE_WEIGHT: Final = 3


class Engine(Protocol):
    def search(self, typed: str, limit: int) -> Sequence[str]:
        """Ids, the best first."""
        ...


def terms(written: str) -> list[str]:
    return [text.term(word) for word in text.words(text.normalised(written))]


def asked(typed: str) -> list[str]:
    """What is looked for, each once. An engine that cannot weigh its words leaves out those that say little."""
    several = list(dict.fromkeys(terms(typed)))
    return [term for term in several if term not in text.SAY_LITTLE] or several


class FullText:
    """SQLite FTS5 with its own bm25 and a weighted column for titles; in memory, and not encrypted."""

    def __init__(self, articles: Iterable[Article], allowed: Collection[str] | None = None) -> None:
        self._connection = sqlite3.connect(":memory:")
        self._connection.execute(
            "CREATE VIRTUAL TABLE words USING fts5"
            " (title, body, content='', prefix='1 2 3', tokenize=\"unicode61 tokenchars '._-+#'\")"
        )
        self._connection.execute("CREATE TABLE article (number INTEGER PRIMARY KEY, id TEXT, body TEXT)")
        self._connection.execute("CREATE TABLE allowed (number INTEGER PRIMARY KEY)")
        for number, article in enumerate(articles):
            words = (number, " ".join(terms(article.title)), " ".join(terms(article.body)))
            self._connection.execute("INSERT INTO words (rowid, title, body) VALUES (?, ?, ?)", words)
            self._connection.execute("INSERT INTO article VALUES (?, ?, ?)", (number, article.id, article.body))
            if allowed is None or article.id in allowed:
                self._connection.execute("INSERT INTO allowed VALUES (?)", (number,))
        self._connection.execute("INSERT INTO words (words) VALUES ('optimize')")

    def search(self, typed: str, limit: int) -> list[str]:
        return [id_ for id_, _ in self._rows([f'"{term}"' for term in asked(typed)], limit)]

    def hits(self, typed: str, limit: int) -> list[str]:
        """As an agent would see them: the last word as a beginning, with the telling part of each article."""
        words = list(text.words(text.normalised(typed)))
        looked_for = [f'"{term}"' for term in asked(typed)]
        if words:
            looked_for.append(f'"{words[-1]}"*')
        highlighter = Highlighter(words, words[-1] if words else None)
        return [highlighter.snippet(body)[0] for _, body in self._rows(looked_for, limit)]

    def _rows(self, looked_for: Sequence[str], limit: int) -> list[tuple[str, str]]:
        """The best are chosen by their numbers alone: only of those is a text read."""
        if not looked_for:
            return []
        return self._connection.execute(
            "SELECT article.id, article.body FROM"
            " (SELECT allowed.number, bm25(words, ?, 1.0) AS score FROM words JOIN allowed ON number = words.rowid"
            "  WHERE words MATCH ? ORDER BY score LIMIT ?) AS best"
            " JOIN article ON article.number = best.number ORDER BY best.score",
            (float(TITLE_WEIGHT), " OR ".join(looked_for), limit),
        ).fetchall()


class Tantivy:
    """Tantivy with both fields added up, as its query parser does; in memory, and not encrypted."""

    def __init__(self, articles: Iterable[Article], allowed: Collection[str]) -> None:
        builder = tantivy.SchemaBuilder()
        builder.add_text_field("id", stored=True, tokenizer_name="raw")
        builder.add_text_field("title", tokenizer_name="whitespace")
        builder.add_text_field("body", tokenizer_name="whitespace")
        builder.add_text_field("text", stored=True, tokenizer_name="raw", index_option="basic")
        builder.add_text_field("is_allowed", tokenizer_name="raw")
        self._schema = builder.build()
        self._index = tantivy.Index(self._schema)
        writer = self._index.writer(num_threads=1)
        for article in articles:
            writer.add_document(
                tantivy.Document(
                    id=article.id,
                    title=" ".join(terms(article.title)),
                    body=" ".join(terms(article.body)),
                    text=article.body[:20_000],
                    is_allowed="yes" if article.id in allowed else "no",
                )
            )
        writer.commit()
        writer.wait_merging_threads()
        self._index.reload()
        self._searcher = self._index.searcher()

    def hits(self, typed: str, limit: int) -> list[str]:
        words = list(text.words(text.normalised(typed)))
        if not words:
            return []
        schema, query = self._schema, tantivy.Query
        should = tantivy.Occur.Should
        ways = []
        for field, weight in (("title", float(TITLE_WEIGHT)), ("body", 1.0)):
            one_each = (query.term_query(schema, field, term) for term in asked(typed))
            ways += [(should, query.boost_query(one, weight)) for one in one_each]
            beginning = re.escape(words[-1]) + ".*"
            ways.append((should, query.regex_query(schema, field, beginning)))
        whole = query.boolean_query(
            [
                (tantivy.Occur.Must, query.boolean_query(ways)),
                (tantivy.Occur.Must, query.term_query(schema, "is_allowed", "yes")),
            ]
        )
        highlighter = Highlighter(words, words[-1])
        found = self._searcher.search(whole, limit).hits
        return [highlighter.snippet(self._searcher.doc(address)["text"][0])[0] for _, address in found]


class Bm25:
    """BM25 of the bm25s package over one field in which titles are repeated."""

    def __init__(self, articles: Sequence[Article]) -> None:
        self._ids = [article.id for article in articles]
        corpus = [terms(article.title) * TITLE_WEIGHT + terms(article.body) for article in articles]
        self._index = bm25s.BM25()
        self._index.index(corpus, show_progress=False)

    def search(self, typed: str, limit: int) -> list[str]:
        known = [term for term in asked(typed) if term in self._index.vocab_dict]
        if not known:
            return []
        found, _ = self._index.retrieve([known], k=min(limit, len(self._ids)), show_progress=False)
        return [str(self._ids[number]) for number in found[0]]
