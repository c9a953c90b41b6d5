"""Other engines over the same articles, with our words cut and stemmed as ours are, and titles weighted."""

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


class FullText:
    """SQLite FTS5 with its own bm25 and a weighted column for titles; in memory, and not encrypted."""

    def __init__(self, articles: Iterable[Article], allowed: Collection[str] | None = None) -> None:
        self._connection = sqlite3.connect(":memory:")
        self._connection.execute(
            "CREATE VIRTUAL TABLE words USING fts5 (title, body, content='', tokenize=\"unicode61 tokenchars '._-+#'\")"
        )
        self._connection.execute(
            "CREATE TABLE article (number INTEGER PRIMARY KEY, id TEXT, title TEXT, body TEXT, is_allowed INTEGER)"
        )
        for number, article in enumerate(articles):
            words = (number, " ".join(terms(article.title)), " ".join(terms(article.body)))
            self._connection.execute("INSERT INTO words (rowid, title, body) VALUES (?, ?, ?)", words)
            is_allowed = allowed is None or article.id in allowed
            row = (number, article.id, article.title, article.body, is_allowed)
            self._connection.execute("INSERT INTO article VALUES (?, ?, ?, ?, ?)", row)
        self._connection.execute("INSERT INTO words (words) VALUES ('optimize')")

    def search(self, typed: str, limit: int) -> list[str]:
        asked = [f'"{term}"' for term in dict.fromkeys(terms(typed))]
        return [id_ for id_, _, _ in self._rows(asked, limit)]

    def hits(self, typed: str, limit: int) -> list[str]:
        """As an agent would see them: the last word as a beginning, with the telling part of each article."""
        words = list(text.words(text.normalised(typed)))
        asked = [f'"{text.term(word)}"' for word in dict.fromkeys(words)]
        if words:
            asked.append(f'"{words[-1]}"*')
        highlighter = Highlighter(words, words[-1] if words else None)
        return [highlighter.snippet(body)[0] for _, _, body in self._rows(asked, limit)]

    def _rows(self, asked: Sequence[str], limit: int) -> list[tuple[str, str, str]]:
        if not asked:
            return []
        return self._connection.execute(
            "SELECT a.id, a.title, a.body FROM words JOIN article AS a ON a.number = words.rowid"
            " WHERE words MATCH ? AND a.is_allowed ORDER BY bm25(words, ?, 1.0) LIMIT ?",
            (" OR ".join(asked), float(TITLE_WEIGHT), limit),
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
        asked = []
        for field, weight in (("title", float(TITLE_WEIGHT)), ("body", 1.0)):
            one_each = (query.term_query(schema, field, text.term(word)) for word in dict.fromkeys(words))
            asked += [(should, query.boost_query(one, weight)) for one in one_each]
            beginning = re.escape(words[-1]) + ".*"
            asked.append((should, query.regex_query(schema, field, beginning)))
        whole = query.boolean_query(
            [
                (tantivy.Occur.Must, query.boolean_query(asked)),
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
        asked = [term for term in dict.fromkeys(terms(typed)) if term in self._index.vocab_dict]
        if not asked:
            return []
        found, _ = self._index.retrieve([asked], k=min(limit, len(self._ids)), show_progress=False)
        return [str(self._ids[number]) for number in found[0]]
