"""The search index over the articles: disposable, in memory, kept as bytes, searched while it is changed."""

import pickle
import struct
from collections.abc import Callable, Iterable
from datetime import datetime
from threading import Lock
from typing import Self

from whoosh.index import TOC, FileIndex
from whoosh.index import IndexError as WhooshIndexError

from agent_desktop.knowledge.hits import Filters, IndexHealth, Preference
from agent_desktop.knowledge.index import ranking
from agent_desktop.knowledge.index.segment import Segment, forget_columns, schema, write
from agent_desktop.knowledge.index.storage import IndexDamaged, MemoryStorage
from agent_desktop.knowledge.index.synonyms import Synonyms
from agent_desktop.knowledge.index.view import View
from agent_model.article import Article, ArticleId

_SEGMENT_ARTICLES = 4_000
_MOST_SMALL_SEGMENTS = 12
_SMALL_SEGMENT = 200

# What Whoosh lets through when its files are not what they should be.
_UNREADABLE = (
    AssertionError,
    AttributeError,
    EOFError,
    ImportError,
    LookupError,
    NameError,
    TypeError,
    UnicodeError,
    ValueError,
    WhooshIndexError,
    pickle.UnpicklingError,
    struct.error,
)


def _nobody(_: int) -> None:
    """The default listener."""


class ArticleIndex:
    """Any thread may search while another applies a change; changes wait for each other, searches likewise."""

    def __init__(self, storage: MemoryStorage | None = None) -> None:
        self._storage = MemoryStorage() if storage is None else storage
        self._index = FileIndex(self._storage) if storage is not None else FileIndex.create(self._storage, schema())
        self._writing = Lock()
        self._searching = Lock()
        self._segments: dict[str, Segment] = {}
        self._view = self._look()

    @classmethod
    def from_bytes(cls, stored: bytes) -> Self:
        """Raises IndexDamaged when anything about the bytes is wrong."""
        storage = MemoryStorage.from_bytes(stored)
        try:
            return cls(storage)
        except _UNREADABLE as damage:
            raise IndexDamaged(str(damage)) from damage

    def to_bytes(self) -> bytes:
        with self._writing:
            return self._storage.to_bytes()

    def apply(self, articles: Iterable[Article], told: Callable[[int], None] = _nobody) -> None:
        """Adds new articles and replaces known ones; of an id given twice the last counts. `told` hears now and then
        how many are done."""
        latest = list({article.id: article for article in articles}.values())
        with self._writing:
            for start in range(0, len(latest), _SEGMENT_ARTICLES):
                batch = latest[start : start + _SEGMENT_ARTICLES]
                self._write(batch, [article.id for article in batch], lambda done: told(start + done))  # noqa: B023

    def remove(self, ids: Iterable[ArticleId]) -> None:
        with self._writing:
            known = [id_ for id_ in ids if id_ in self._view.documents]
            if known:
                self._write([], known, _nobody)

    def versions(self) -> dict[ArticleId, int]:
        view = self._view
        versions = view.versions
        return {ArticleId(id_): versions[document] for id_, document in view.documents.items()}

    def regions(self) -> tuple[str, ...]:
        """Those that articles are limited to; a deleted one may still lend its own."""
        audiences = (some for segment in self._view.segments for some in segment.columns.values["regions"])
        return tuple(sorted({region for audience in audiences for region in audience}))

    def scattered(self) -> list[ArticleId]:
        """Articles in too many small segments; applying them once more gathers them into one."""
        small = [segment for segment in self._view.segments if segment.size < _SMALL_SEGMENT]
        if len(small) <= _MOST_SMALL_SEGMENTS:
            return []
        documents = self._view.documents
        return [ArticleId(id_) for segment in small for id_ in segment.columns.ids if id_ in documents]

    def search(
        self,
        typed: str,
        limit: int,
        filters: Filters | None = None,
        preference: Preference | None = None,
        now: datetime | None = None,
        synonyms: Synonyms = ranking.NO_SYNONYMS,
    ) -> ranking.Found:
        """`now` is when articles should hold; None leaves that open."""
        with self._searching:
            return ranking.rank(
                self._view, typed, limit, filters or Filters(), preference or Preference(), now, synonyms
            )

    def health(self) -> IndexHealth:
        view = self._view
        size = sum(len(content) for content in list(self._storage.files.values()))
        return IndexHealth(articles=view.count, segments=len(view.segments), size_bytes=size)

    def _write(self, batch: list[Article], replaced: Iterable[str], told: Callable[[int], None]) -> None:
        known = self._view.documents
        write(self._index, self._storage, batch, [known[id_] for id_ in replaced if id_ in known], told)
        self._view = self._look()
        forget_columns(self._storage, self._segments)

    def _look(self) -> View:
        living = TOC.read(self._storage, self._index.indexname).segments
        self._segments = {
            str(one.segment_id()): self._segments.get(str(one.segment_id())) or Segment(self._storage, one)
            for one in living
        }
        return View(list(self._segments.values()), [frozenset(one.deleted_docs()) for one in living])
