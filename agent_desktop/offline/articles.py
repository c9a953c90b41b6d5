"""The articles of the mirror as the knowledge base reads them, and the shelf in the cache where its index rests."""

from collections.abc import Collection, Mapping, Sequence

import orjson

from agent_desktop.offline.store import Store
from agent_model.article import Article, ArticleId
from agent_model.body import from_body

MANY = 500
"""How many ids one statement names; SQLite takes 32,766 at most."""


class MirroredArticles:
    """Keeps the promise of `knowledge.base.Articles`."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def versions(self) -> Mapping[ArticleId, int]:
        with self._store.reading() as connection:
            found = connection.execute("SELECT id, version FROM article").fetchall()
        return {ArticleId(id_): version for id_, version in found}

    def versions_of(self, ids: Collection[ArticleId]) -> Mapping[ArticleId, int]:
        """Of a few: as many as a list shows."""
        places = ", ".join("?" * len(ids))
        with self._store.reading() as connection:
            found = connection.execute(
                f"SELECT id, version FROM article WHERE id IN ({places})",  # noqa: S608
                tuple(ids),
            ).fetchall()
        return {ArticleId(id_): version for id_, version in found}

    def fetch(self, ids: Collection[ArticleId]) -> Collection[Article]:
        wanted = list(ids)
        articles: list[Article] = []
        with self._store.reading() as connection:
            for start in range(0, len(wanted), MANY):
                some = tuple(wanted[start : start + MANY])
                places = ", ".join("?" * len(some))
                found = connection.execute(
                    f"SELECT id, version, body FROM article WHERE id IN ({places})",  # noqa: S608
                    some,
                ).fetchall()
                articles += [article for row in found if (article := _read(*row)) is not None]
        return articles

    def containing(self, words: Sequence[str], limit: int) -> Sequence[ArticleId]:
        """Reads every article: a fraction of a second for thousands of them."""
        if not words:
            return []
        worth = " + ".join("(instr(title, ?) > 0) * 3 + (instr(text, ?) > 0)" for _ in words)
        asked = [word for word in words for _ in range(2)]
        with self._store.reading() as connection:
            found = connection.execute(
                f"SELECT id, {worth} AS worth FROM (SELECT id, lower(json_extract(body, '$.title')) AS title,"  # noqa: S608
                " lower(json_extract(body, '$.body')) AS text FROM article) WHERE worth"
                " ORDER BY worth DESC, id LIMIT ?",
                (*asked, limit),
            ).fetchall()
        return [ArticleId(id_) for id_, _ in found]


def _read(id_: str, version: int, body: bytes) -> Article | None:
    """None for one that a newer server tells in a way this workstation cannot read: the others stay readable."""
    try:
        return from_body(Article, id_, version, orjson.loads(body))
    except (KeyError, TypeError, ValueError):
        return None


class CacheShelf:
    """Keeps the promise of `knowledge.base.IndexShelf` in cache.db, sealed like everything there."""

    NAME = "knowledge-index"

    def __init__(self, store: Store, name: str = NAME) -> None:
        self._store = store
        self._name = name

    def load(self) -> bytes | None:
        with self._store.reading() as connection:
            found = connection.execute("SELECT content FROM shelf WHERE name = ?", (self._name,)).fetchone()
        return None if found is None else bytes(found[0])

    def keep(self, index: bytes) -> None:
        with self._store.writing() as connection:
            connection.execute(
                "INSERT INTO shelf VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET content = excluded.content",
                (self._name, index),
            )
