"""The knowledge base: search as typed, open an article, suggest what fits the call."""

from collections import OrderedDict
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from threading import Lock
from time import perf_counter
from typing import TYPE_CHECKING, Protocol

from agent_desktop.knowledge.answers import beginning
from agent_desktop.knowledge.hits import (
    CallFacts,
    Filters,
    Gone,
    IndexHealth,
    Preference,
    Range,
    Reason,
    SearchHit,
    SearchResult,
    Suggestion,
)
from agent_desktop.knowledge.questions import questions
from agent_model.article import Article, ArticleId

# Whoosh, numpy and the dictionaries take half a second and 60 MB: the first search loads them, not the start.
if TYPE_CHECKING:
    from agent_desktop.knowledge.index import ArticleIndex, Found

_CANDIDATES = 8
_REMEMBERED = 256
# How much an article must deserve to be offered unasked, as a share of the best one for the same reason.
_CLOSE_TO_BEST = 0.5


class Articles(Protocol):
    """The articles this workstation may read, from its own encrypted store."""

    def versions(self) -> Mapping[ArticleId, int]: ...

    def versions_of(self, ids: Collection[ArticleId]) -> Mapping[ArticleId, int]:
        """Of these; an article that is not there is left out."""
        ...

    def fetch(self, ids: Collection[ArticleId]) -> Collection[Article]:
        """In any order; an article that is not there is left out."""
        ...


class IndexShelf(Protocol):
    """Where the index rests between two days: in the encrypted cache, or nowhere."""

    def load(self) -> bytes | None: ...

    def keep(self, index: bytes) -> None: ...


class Builder(Protocol):
    """Makes an index of all articles; one that does it in a process of its own leaves the screen smooth."""

    def build(self, articles: Collection[Article]) -> bytes: ...


class KnowledgeBase:
    """Safe from any thread: a search looks at the last finished state while another thread applies a change.

    Meant to be called from a worker lane: the first call opens the index (or builds it), later ones take a few
    milliseconds. `Articles` and `IndexShelf` are called on the caller's thread.
    """

    def __init__(
        self,
        articles: Articles,
        clock: Callable[[], datetime],
        shelf: IndexShelf | None = None,
        builder: Builder | None = None,
    ) -> None:
        self._articles = articles
        self._shelf = shelf
        self._builder = builder
        self._clock = clock
        self._opening = Lock()
        self._changing = Lock()
        self._index: ArticleIndex | None = None
        self._shown: OrderedDict[ArticleId, Article] = OrderedDict()
        self._remembering = Lock()

    def search(
        self, text: str, limit: int = 10, filters: Filters | None = None, preference: Preference | None = None
    ) -> SearchResult:
        """`text` as it stands in the search box, unfinished words included; empty gives what fits and is new."""
        started = perf_counter()
        found = self._opened().search(text, limit, filters, preference, self._clock())
        hits = self._hits(found)
        return SearchResult(hits, found.total, found.meant, (perf_counter() - started) * 1_000, found.facets)

    def open(self, article_id: ArticleId) -> Article | Gone:
        for article in self._articles.fetch([article_id]):
            return article
        return Gone(article_id)

    def regions(self) -> tuple[str, ...]:
        """Those that articles are limited to."""
        return self._opened().regions()

    def named(self, ids: Sequence[ArticleId]) -> tuple[SearchHit, ...]:
        """These articles with how they begin, in this order; one that is gone is left out. Needs no index."""
        articles, now = self._to_show(ids), self._clock()
        here = (articles[id_] for id_ in ids if id_ in articles)
        return tuple(_hit(article, beginning(article), now) for article in here)

    def suggest(self, facts: CallFacts, limit: int = 5, preference: Preference | None = None) -> tuple[Suggestion, ...]:
        """Each article once, with the strongest reason there is for it."""
        index = self._opened()
        preferred = preference or Preference(queue=facts.queue, products=frozenset(facts.products))
        offered: dict[ArticleId, tuple[float, Reason, Found]] = {}
        for weight, text, filters, reason in questions(facts):
            found = index.search(text, _CANDIDATES, filters, preferred, self._clock())
            best = max(found.scores, default=0.0)
            for id_, score in zip(found.ids, found.scores, strict=True):
                share = weight * score / best
                if score >= _CLOSE_TO_BEST * best and share > offered.get(id_, (0.0,))[0]:
                    offered[id_] = (share, reason, found)
        ranked = sorted(offered.items(), key=lambda entry: (-entry[1][0], entry[0]))[:limit]
        suggestions = []
        for id_, (share, reason, found) in ranked:
            only = replace(found, ids=(id_,), scores=(share,))
            suggestions += [Suggestion(hit, reason) for hit in self._hits(only)]
        return tuple(suggestions)

    def apply(self, ids: Collection[ArticleId]) -> None:
        """These articles changed or went: the next search knows. Before the first search there is nothing to do."""
        if self._index is None:
            return
        with self._changing:
            articles = self._articles.fetch(ids)
            here = {article.id for article in articles}
            self._index.apply(articles)
            self._index.remove([id_ for id_ in ids if id_ not in here])
            self._index.apply(self._articles.fetch(self._index.scattered()))

    def refresh(self) -> None:
        """Brings the index level with the articles, opening it first; worth doing while nobody waits."""
        self._level(self._opened())

    def keep(self) -> None:
        """Puts the index on the shelf, so that the next start needs not build it."""
        if self._shelf is not None and self._index is not None:
            self._shelf.keep(self._index.to_bytes())

    def health(self) -> IndexHealth:
        return self._opened().health()

    def _opened(self) -> "ArticleIndex":
        if self._index is not None:
            return self._index
        with self._opening:
            if self._index is None:
                self._index = self._from_shelf() or self._built()
                # Afterwards, so that a change that came while the index was built is not lost.
                self._level(self._index)
            return self._index

    def _from_shelf(self) -> "ArticleIndex | None":
        from agent_desktop.knowledge.index import ArticleIndex, IndexDamaged

        stored = self._shelf.load() if self._shelf is not None else None
        if stored is None:
            return None
        try:
            return ArticleIndex.from_bytes(stored)
        except IndexDamaged:
            return None

    def _built(self) -> "ArticleIndex":
        from agent_desktop.knowledge.index import ArticleIndex

        articles = self._articles.fetch(self._articles.versions().keys())
        if articles and self._builder is not None:
            return ArticleIndex.from_bytes(self._builder.build(articles))
        index = ArticleIndex()
        index.apply(articles)
        return index

    def _level(self, index: "ArticleIndex") -> None:
        with self._changing:
            present = self._articles.versions()
            indexed = index.versions()
            changed = [id_ for id_, version in present.items() if indexed.get(id_) != version]
            index.apply(self._articles.fetch(changed))
            index.remove([id_ for id_ in indexed if id_ not in present])

    def _hits(self, found: "Found") -> tuple[SearchHit, ...]:
        from agent_desktop.knowledge.snippets import Highlighter

        highlighter = Highlighter(found.words, found.open_word)
        now = self._clock()
        articles = self._to_show(found.ids)
        hits = []
        for id_, score in zip(found.ids, found.scores, strict=True):
            article = articles.get(id_)
            if article is None:
                # Deleted from the store a moment ago; the index hears of it with the next apply.
                continue
            snippet, highlights = highlighter.snippet(article.body)
            in_title = highlighter.ranges(article.title)
            hits.append(_hit(article, snippet, now, highlights, in_title, score))
        return tuple(hits)

    def _to_show(self, ids: Collection[ArticleId]) -> Mapping[ArticleId, Article]:
        """While somebody types, the same articles come up again with each key: only others are read."""
        versions = self._articles.versions_of(ids)
        with self._remembering:
            known = {id_: article for id_ in ids if (article := self._shown.get(id_)) is not None}
        articles = {id_: article for id_, article in known.items() if versions.get(id_) == article.version}
        missing = [id_ for id_ in versions if id_ not in articles]
        articles |= {article.id: article for article in self._articles.fetch(missing)} if missing else {}
        with self._remembering:
            for id_, article in articles.items():
                self._shown[id_] = article
                self._shown.move_to_end(id_)
            while len(self._shown) > _REMEMBERED:
                self._shown.popitem(last=False)
        return articles


def _hit(
    article: Article,
    snippet: str,
    now: datetime,
    highlights: tuple[Range, ...] = (),
    in_title: tuple[Range, ...] = (),
    score: float = 0.0,
) -> SearchHit:
    return SearchHit(
        article_id=article.id,
        title=article.title,
        title_highlights=in_title,
        category=article.category,
        language=article.language,
        updated_at=article.updated_at,
        snippet=snippet,
        highlights=highlights,
        score=score,
        kind=article.kind,
        product=article.product,
        is_valid=article.is_valid(now),
        is_unverified=article.is_unverified(now.astimezone().date()),
    )
