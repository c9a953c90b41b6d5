"""The knowledge base: search as typed, open an article, suggest what fits the call."""

from collections import OrderedDict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from threading import Lock
from time import perf_counter
from typing import TYPE_CHECKING, Protocol

from agent_desktop.knowledge.answers import beginning
from agent_desktop.knowledge.hits import (
    Building,
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
from agent_desktop.knowledge.plain_search import passes, words_of
from agent_desktop.knowledge.questions import questions
from agent_model.article import Article, ArticleId

# Whoosh, numpy and the dictionaries take half a second and 60 MB: the first search loads them, not the start.
if TYPE_CHECKING:
    from agent_desktop.knowledge.index import ArticleIndex, Found, Synonyms

_CANDIDATES = 8
_REMEMBERED = 256
_MOST_AT_ONCE = 200
_READ_AT_ONCE = 500
_PLAINLY_FOUND = 50
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

    def containing(self, words: Sequence[str], limit: int) -> Sequence[ArticleId]:
        """Articles that have any of the words as they stand, those with more of them first; lower-case words."""
        ...


class IndexShelf(Protocol):
    """Where the index rests between two days: in the encrypted cache, or nowhere."""

    def load(self) -> bytes | None: ...

    def keep(self, index: bytes) -> None: ...


class Builder(Protocol):
    """Makes an index of all articles; one that does it in a process of its own leaves the screen smooth."""

    def build(self, articles: Iterable[Article], total: int, told: Callable[[Building], None]) -> bytes: ...


class KnowledgeBase:
    """Safe from any thread: a search looks at the last finished state while another thread applies a change.

    Meant to be called from a worker lane: the first call opens the index, later ones take a few milliseconds.
    `Articles` and `IndexShelf` are called on the caller's thread. An index that is missing, damaged, of an earlier
    version or far behind is made by `refresh`; until then searches are answered from the old one, or plainly.
    """

    def __init__(
        self,
        articles: Articles,
        clock: Callable[[], datetime],
        shelf: IndexShelf | None = None,
        builder: Builder | None = None,
        synonyms: Callable[[], Iterable[Collection[str]]] = tuple,
    ) -> None:
        """`synonyms`: sets of words that mean the same, as they are now."""
        self._articles = articles
        self._shelf = shelf
        self._builder = builder
        self._synonyms_now = synonyms
        self._synonyms: Synonyms | None = None
        self._clock = clock
        self._opening = Lock()
        self._building = Lock()
        self._to_build: Building | None = None
        self._changing = Lock()
        self._index: ArticleIndex | None = None
        self._is_kept = True
        self._shown: OrderedDict[ArticleId, Article] = OrderedDict()
        self._remembering = Lock()

    def search(
        self, text: str, limit: int = 10, filters: Filters | None = None, preference: Preference | None = None
    ) -> SearchResult:
        """`text` as it stands in the search box, unfinished words included; empty gives what fits and is new."""
        started = perf_counter()
        index = self._opened()
        if index is None:
            return self._search_plainly(text, limit, filters or Filters(), started)
        found = index.search(text, limit, filters, preference, self._clock(), self._known_synonyms())
        hits = self._hits(found)
        took_ms = (perf_counter() - started) * 1_000
        return SearchResult(hits, found.total, found.meant, took_ms, found.facets, self._to_build)

    def open(self, article_id: ArticleId) -> Article | Gone:
        for article in self._articles.fetch([article_id]):
            return article
        return Gone(article_id)

    def regions(self) -> tuple[str, ...]:
        """Those that articles are limited to."""
        index = self._opened()
        return index.regions() if index is not None else ()

    def named(self, ids: Sequence[ArticleId]) -> tuple[SearchHit, ...]:
        """These articles with how they begin, in this order; one that is gone is left out. Needs no index."""
        articles, now = self._to_show(ids), self._clock()
        here = (articles[id_] for id_ in ids if id_ in articles)
        return tuple(_hit(article, beginning(article), now) for article in here)

    def suggest(self, facts: CallFacts, limit: int = 5, preference: Preference | None = None) -> tuple[Suggestion, ...]:
        """Each article once, with the strongest reason there is for it."""
        index = self._opened()
        if index is None:
            return ()
        preferred = preference or Preference(queue=facts.queue, products=frozenset(facts.products))
        offered: dict[ArticleId, tuple[float, Reason, Found]] = {}
        for weight, text, filters, reason in questions(facts):
            found = index.search(text, _CANDIDATES, filters, preferred, self._clock(), self._known_synonyms())
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
        """These articles changed or went: the next search knows, unless they are so many that `refresh` is better.

        Before the first search there is nothing to do.
        """
        with self._opening:  # one that is being opened may have looked before
            index = self._index
        if index is None:
            return
        if self._is_too_much(len(ids)):
            self._to_build = self._to_build or Building()
            return
        with self._changing:
            index = self._index or index  # the one that was made meanwhile
            articles = self._articles.fetch(ids)
            here = {article.id for article in articles}
            index.apply(articles)
            index.remove([id_ for id_ in ids if id_ not in here])
            index.apply(self._articles.fetch(index.scattered()))
            self._is_kept = False

    def tried(self, text: str, words: Collection[str]) -> SearchResult:
        """What would be found if only these words meant the same."""
        from agent_desktop.knowledge.index import Synonyms

        index = self._opened()
        if index is None:
            return self._search_plainly(text, 1, Filters(), perf_counter())
        found = index.search(text, 1, now=self._clock(), synonyms=Synonyms([words]))
        return SearchResult(self._hits(found), found.total, found.meant, 0.0)

    def synonyms_changed(self) -> None:
        """The next search reads them again; no index has to be made for them."""
        self._synonyms = None

    def _known_synonyms(self) -> "Synonyms":
        from agent_desktop.knowledge.index import Synonyms

        known = self._synonyms
        if known is None:
            known = self._synonyms = Synonyms(self._synonyms_now())
        return known

    def refresh(self, told: Callable[[Building], None] = lambda _: None) -> None:
        """Brings the index level with the articles, opening or making it first; worth doing while nobody waits.

        `told` hears how far an index is that has to be made. Raises BuildFailed.
        """
        with self._building:
            index = self._opened()
            if index is not None:
                self._level(index)
            if self._to_build is not None:
                self._rebuild(told)

    def keep(self) -> None:
        """Puts the index on the shelf, so that the next start needs not build it; nothing when it lies there."""
        if self._shelf is None or self._index is None or self._is_kept:
            return
        self._is_kept = True
        try:
            self._shelf.keep(self._index.to_bytes())
        except Exception:
            self._is_kept = False
            raise

    @property
    def building(self) -> Building | None:
        """Whether the index wants to be made, and how far it is."""
        return self._to_build

    def health(self) -> IndexHealth:
        index = self._opened()
        return index.health() if index is not None else IndexHealth(0, 0, 0)

    def _opened(self) -> "ArticleIndex | None":
        """None: there is none, and to make one here would take too long."""
        if self._index is not None:
            return self._index
        with self._opening:
            if self._index is None and self._to_build is None:
                index = self._from_shelf()
                if index is None and self._is_too_much(count := len(self._articles.versions())):
                    self._to_build = Building(0, count)
                    return None
                index = index or self._empty()
                self._level(index)
                self._index = index
            return self._index

    def _is_too_much(self, count: int) -> bool:
        """Python that works long in the window's process makes the window wait: there is a process for that."""
        return self._builder is not None and count > _MOST_AT_ONCE

    def _empty(self) -> "ArticleIndex":
        from agent_desktop.knowledge.index import ArticleIndex

        return ArticleIndex()

    def _rebuild(self, told: Callable[[Building], None]) -> None:
        from agent_desktop.knowledge.index import ArticleIndex

        def hear(building: Building) -> None:
            self._to_build = building
            told(building)

        if self._builder is None:
            return
        ids = list(self._articles.versions())
        parts = (ids[start : start + _READ_AT_ONCE] for start in range(0, len(ids), _READ_AT_ONCE))
        articles = (article for part in parts for article in self._articles.fetch(part))
        index = ArticleIndex.from_bytes(self._builder.build(articles, len(ids), hear))
        with self._changing:
            self._index = index
            self._to_build = None
            self._is_kept = False
        # Afterwards, so that a change that came while the index was built is not lost.
        self._level(index)

    def _from_shelf(self) -> "ArticleIndex | None":
        from agent_desktop.knowledge.index import ArticleIndex, IndexDamaged

        stored = self._shelf.load() if self._shelf is not None else None
        if stored is None:
            return None
        try:
            return ArticleIndex.from_bytes(stored)
        except IndexDamaged:
            return None

    def _level(self, index: "ArticleIndex") -> None:
        with self._changing:
            present = self._articles.versions()
            indexed = index.versions()
            changed = [id_ for id_, version in present.items() if indexed.get(id_) != version]
            gone = [id_ for id_ in indexed if id_ not in present]
            index.remove(gone)
            self._is_kept = self._is_kept and not gone
            if self._is_too_much(len(changed)):
                self._to_build = self._to_build or Building(0, len(present))
            elif changed:
                index.apply(self._articles.fetch(changed))
                self._is_kept = False

    def _search_plainly(self, text: str, limit: int, filters: Filters, started: float) -> SearchResult:
        from agent_desktop.knowledge.snippets import Highlighter

        words, now = words_of(text), self._clock()
        ids = self._articles.containing(words, _PLAINLY_FOUND) if words else ()
        articles = self._to_show(ids)
        found = [articles[id_] for id_ in ids if id_ in articles and passes(articles[id_], filters, now)]
        highlighter = Highlighter(words, None)
        hits = []
        for article in found[:limit]:
            snippet, highlights = highlighter.snippet(article.body)
            hits.append(_hit(article, snippet, now, highlights, highlighter.ranges(article.title)))
        took_ms = (perf_counter() - started) * 1_000
        return SearchResult(tuple(hits), len(found), None, took_ms, building=self._to_build or Building())

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
