"""Knowledge beside the ticket: suggestions for this call, search as you type, the article itself.

Values: `show_suggestions(suggestions, now)`, `show_at_hand(favourites, recent)`, `show_result(SearchResult, now)`,
`show_building(Building)`, `show_article(Article, now)`, `show_article_gone()`, `show_failure(words)`,
`show_directory`. Wishes:
`search_wanted(text)` 60 ms after the last key and when `filters` change, `facets_wanted` for the choices of these,
`article_wanted(id)`, `insert_wanted(id)` for the answer of an article, `link_wanted(id)` for a link to it,
`text_inserted(text)` for what is marked of the open one, `favourite_wanted(id, bool)`,
`guide_wanted(Article)` to go through it.
"""

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from agent_desktop.knowledge.hits import Building, FromProduct, SearchHit, SearchResult, Suggestion
from agent_desktop.ui.appearance.formats import Formats
from agent_desktop.ui.appearance.look import Look
from agent_desktop.ui.directory import Directory
from agent_desktop.ui.knowledge.article_view import ArticleView
from agent_desktop.ui.knowledge.filters import EVERYTHING, FilterMenu
from agent_desktop.ui.knowledge.reader import article_named
from agent_desktop.ui.knowledge.words import about, badges, not_valid_word, unverified_word, why
from agent_desktop.ui.widgets.controls import Button, Field
from agent_desktop.ui.widgets.hit_list import Hit, HitList
from agent_desktop.ui.widgets.parts import Glyph, Label, Tone
from agent_model.article import Article, ArticleId

SEARCH_DELAY_MS = 60


class KnowledgePane(QWidget):
    search_wanted = Signal(str)
    article_wanted = Signal(str)
    insert_wanted = Signal(str)
    link_wanted = Signal(str)
    favourite_wanted = Signal(str, bool)
    facets_wanted = Signal()
    text_inserted = Signal(str)
    guide_wanted = Signal(object)
    large_changed = Signal(bool)
    """Whether the article is to have the room of the window."""
    article_opened = Signal()
    article_left = Signal()
    answered = Signal(str, int)
    """What was searched for, and how many articles have it. Not where only the filters leave none."""
    search_left = Signal()

    def __init__(self, look: Look, formats: Formats) -> None:
        super().__init__()
        self._formats = formats
        self._directory = Directory()
        self._withholds_products = False
        self._suggestions: tuple[Suggestion, ...] = ()
        self._found: tuple[SearchHit, ...] = ()
        self._favourites: tuple[SearchHit, ...] = ()
        self._recent: tuple[SearchHit, ...] = ()
        self._before: list[ArticleId] = []
        self._is_going_back = False
        self._is_browsing = False
        self._shows_found = False
        self._now = datetime.now().astimezone()
        self.setAccessibleName(self.tr("Knowledge"))
        self._title = Label("section", self.tr("Suggestions"))
        self._count = Label("meta", elides=True)
        self.search = Field(look, self.tr("Search knowledge"), self.tr("Search knowledge"), "search", "F3")
        self.filters = FilterMenu(look)
        self.hits = HitList(look)
        self.hits.setAccessibleName(self.tr("Articles"))
        self._nothing = Label("hint", wraps=True)
        self._meant = Button(look, " ", kind="link")
        self.widen = Button(look, self.tr("Search without filters"), "filter", kind="link")
        self.widen.hide()
        self.insert = Button(look, self.tr("Insert"), "enter", size="compact")
        self.insert.setToolTip(self.tr("Puts the answer where you write. Ctrl+I"))
        self.open = Button(look, self.tr("Read"), "book", kind="link")
        self._list_box = QWidget()
        self.beneath = QVBoxLayout()
        """For what is to be said when nothing was found."""
        self.article = ArticleView(look)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(SEARCH_DELAY_MS)
        self._lay_out(look)
        self._connect()
        self._show_suggestions()

    def _lay_out(self, look: Look) -> None:
        px = look.px
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        in_list = QVBoxLayout(self._list_box)
        in_list.setContentsMargins(0, 0, 0, 0)
        in_list.setSpacing(px(6))
        head = QHBoxLayout()
        head.setSpacing(px(6))
        head.addWidget(Glyph(look, "sparkles", "vio", 16))
        head.addWidget(self._title)
        head.addWidget(self._count, 1)
        head.addWidget(self.insert)
        head.addWidget(self.open)
        in_list.addLayout(head)
        seeking = QHBoxLayout()
        seeking.setSpacing(px(6))
        seeking.addWidget(self.search, 1)
        seeking.addWidget(self.filters)
        in_list.addLayout(seeking)
        in_list.addWidget(self.filters.chips)
        in_list.addWidget(self._meant, 0, Qt.AlignmentFlag.AlignLeft)
        in_list.addWidget(self.hits, 1)
        in_list.addWidget(self._nothing)
        in_list.addWidget(self.widen, 0, Qt.AlignmentFlag.AlignLeft)
        in_list.addLayout(self.beneath)
        in_list.addStretch()  # the list takes all the room; without one, what is said stands at the top
        self._meant.hide()
        column.addWidget(self._list_box, 1)
        column.addWidget(self.article, 1)
        self.article.hide()

    def _connect(self) -> None:
        self.search.textEdited.connect(lambda _: self._pause.start())
        self.search.stepped.connect(self.hits.step)
        self.search.entered.connect(self._read)
        self.search.left.connect(self._clear)
        self._pause.timeout.connect(self._search)
        self.hits.opened.connect(self.article_wanted)
        self.hits.chosen.connect(self._weigh)
        self.insert.clicked.connect(self.insert_current)
        self.open.clicked.connect(self._read)
        self.article.left.connect(self.go_back)
        self.article.article_wanted.connect(self.article_wanted)
        self.article.insert_wanted.connect(self.insert_current)
        self.article.link_wanted.connect(self.link_current)
        self.article.favourite_wanted.connect(self._keep_favourite)
        self.filters.changed.connect(self._browse)
        self.filters.opened.connect(self.facets_wanted)
        self.widen.clicked.connect(self.filters.clear)
        self.article.guide_wanted.connect(self.guide_wanted)
        self.article.large_wanted.connect(lambda is_large: self.read_large(is_large=is_large))
        for into_ticket in (self.insert_wanted, self.link_wanted, self.text_inserted, self.guide_wanted):
            into_ticket.connect(lambda *_: self.read_large(is_large=False))
        self._meant.clicked.connect(self._take_meant)

    @property
    def shows_found(self) -> bool:
        """Whether the list answers a search; else it suggests."""
        return self._shows_found

    @property
    def article_id(self) -> ArticleId | None:
        """The article that is being read."""
        return None if self.article.article is None else self.article.article.id

    def words_of(self, article_id: str) -> tuple[str, ...]:
        """The words by which the article is in the list, as they stand there; none for one that is not."""
        hits = (*self._found, *(one.hit for one in self._suggestions))
        hit = next((hit for hit in hits if hit.article_id == article_id), None)
        if hit is None:
            return ()
        in_title = (hit.title[at : at + length] for at, length in hit.title_highlights)
        return (*(hit.snippet[at : at + length] for at, length in hit.highlights), *in_title)

    def withhold_products(self, *, is_withheld: bool) -> None:
        """Whether what the customer has may be named."""
        if is_withheld != self._withholds_products:
            self._withholds_products = is_withheld
            if not self._shows_found and any(isinstance(one.reason, FromProduct) for one in self._suggestions):
                self._show_suggestions()

    def show_directory(self, directory: Directory) -> None:
        self._directory = directory
        self.filters.show_directory(directory)

    def begin_anew(self) -> None:
        """Another matter is on the screen: what was searched for the one before is of no use to it."""
        self._close_article()
        self._suggestions = ()
        self._pause.stop()
        self._clear()

    def show_suggestions(self, suggestions: Sequence[Suggestion], now: datetime) -> None:
        """Shown while nothing is typed into the search."""
        self._suggestions, self._now = tuple(suggestions), now
        if not self._is_asked:
            self._show_suggestions()

    def show_at_hand(self, favourites: Sequence[SearchHit], recent: Sequence[SearchHit], now: datetime) -> None:
        """What the agent keeps, and what they read lately: beneath the suggestions."""
        self._favourites, self._recent, self._now = tuple(favourites), tuple(recent), now
        self._show_star()
        if not self._is_asked:
            self._show_suggestions()

    def show_result(self, result: SearchResult, now: datetime) -> None:
        """The answer to `search_wanted`; comes to nothing when the field was emptied meanwhile."""
        self.filters.show_facets(result.facets)
        if not self._is_asked:
            return
        self._now, self._shows_found, self._found = now, True, result.hits
        self._title.say(self.tr("Found"))
        self._count.say(self.tr("Articles: {count}").format(count=self._formats.count(result.total)))
        if result.building is not None:
            self.show_building(result.building)
        self._meant.setVisible(result.did_you_mean is not None)
        if result.did_you_mean is not None:
            self._meant.setText(self.tr("Did you mean “{query}”?").format(query=result.did_you_mean))
            self._meant.setAccessibleName(self._meant.text())
            self._meant.setProperty("query", result.did_you_mean)
        self._show_hits([self._hit(hit) for hit in result.hits], self._no_article())
        self.widen.setVisible(not result.hits and self._is_limited)
        if result.hits or not self._is_limited:
            self.answered.emit(self.search.text().strip(), result.total)

    def show_building(self, building: Building) -> None:
        """How far the index is; until it is whole, what is found is not in its best order."""
        percent = 100 * building.done // building.total if building.total else 0
        if self._shows_found:
            self._count.say(self.tr("Preparing: {percent} %").format(percent=percent))

    def show_facets(self, result: SearchResult, regions: Sequence[str]) -> None:
        """The answer to `facets_wanted`."""
        self.filters.show_facets(result.facets)
        self.filters.offer_regions(regions)

    def show_article(self, article: Article, now: datetime) -> None:
        """One that is opened from another is left to that one."""
        before, self._now = self.article_id, now
        if before is not None and before != article.id and not self._is_going_back:
            self._before.append(before)
        self._is_going_back = False
        told = badges(article, now, self._formats)
        self.article.show_article(article, about(article, now, self._formats, self._directory), told)
        self._show_star()
        if before == article.id:
            return
        self._list_box.hide()
        self.article.show()
        self.article_opened.emit()
        self.article.start()

    def show_article_gone(self) -> None:
        """The one that was asked for; the one that is open stays."""
        self._is_going_back = False
        self.show_failure(self.tr("This article was withdrawn."))

    def show_failure(self, words: str) -> None:
        if self.article_id is not None:
            self.article.say(words)
            return
        self.hits.hide()
        self._nothing.say(words, "bad")
        self._nothing.show()

    def go_back(self) -> None:
        """To the article that led to this one, from the whole window to the pane, or to the list."""
        if self._before:
            self._is_going_back = True
            self.article_wanted.emit(self._before.pop())
        elif self.article.is_large:
            self.read_large(is_large=False)
        elif self.article_id is not None:
            self.leave_article()

    def read_large(self, *, is_large: bool) -> None:
        """The open article in the room of the whole window, or beside the customer again."""
        if self.article_id is not None:
            self._give_room(is_large=is_large)

    def _give_room(self, *, is_large: bool) -> None:
        self.article.show_large(is_large=is_large)
        self.large_changed.emit(is_large)

    def leave_article(self) -> None:
        if self.article_id is not None:
            self._close_article()
            self.search.setFocus()

    def start(self) -> None:
        """The person wants to search."""
        self.leave_article()
        self.search.setFocus()
        self.search.selectAll()

    def insert_current(self) -> None:
        """Ctrl+I: what is marked of the open article, its answer, or that of the chosen one of the list."""
        if marked := self.article.marked:
            self.text_inserted.emit(marked)
        elif self._current:
            self.insert_wanted.emit(self._current)

    def link_current(self) -> None:
        if self._current:
            self.link_wanted.emit(self._current)

    @property
    def _current(self) -> str:
        if self.article_id is not None:
            return self.article_id
        return "" if self.hits.isHidden() else self.hits.current_id

    def _close_article(self) -> None:
        if self.article_id is None:
            return
        self.article.article = None
        self._before, self._is_going_back = [], False
        if self.article.is_large:
            self._give_room(is_large=False)
        self.article.hide()
        self._list_box.show()
        self.article_left.emit()

    def _show_suggestions(self) -> None:
        self._shows_found, self._found = False, ()
        self.search_left.emit()
        self._count.say("")
        self._meant.hide()
        self.widen.hide()
        hits = [self._hit(one.hit, self._why(one)) for one in self._suggestions]
        for kept, words, icon, tone in self._at_hand():
            there = {hit.article_id for hit in hits}
            hits += [self._hit(hit, words, icon, tone) for hit in kept if hit.article_id not in there]
        self._title.say(self.tr("Suggestions") if self._suggestions or not hits else self.tr("At hand"))
        self._show_hits(hits, self.tr("Nothing to suggest yet. F3 searches all articles."))

    def _at_hand(self) -> tuple[tuple[tuple[SearchHit, ...], str, str, Tone], ...]:
        return (
            (self._favourites, self.tr("Favourite"), "star", "warn"),
            (self._recent, self.tr("Read lately"), "clock", "neutral"),
        )

    def _show_hits(self, hits: list[Hit], nothing: str) -> None:
        self.hits.show_hits(hits)
        self.hits.setVisible(bool(hits))
        self._nothing.say(nothing, "muted")
        self._nothing.setVisible(not hits)

    def _hit(self, hit: SearchHit, reason: str = "", icon: str = "sparkles", tone: Tone = "vio") -> Hit:
        badge = "" if hit.is_valid else not_valid_word()
        return Hit(
            hit.article_id,
            hit.title,
            hit.title_highlights,
            hit.snippet,
            hit.highlights,
            self._day(hit.updated_at),
            reason,
            icon,
            tone,
            badge or (unverified_word() if hit.is_unverified else ""),
            "bad" if badge else "warn",
        )

    def _why(self, suggestion: Suggestion) -> str:
        return why(suggestion.reason, self._directory, withholds_products=self._withholds_products)

    def _day(self, at: datetime) -> str:
        return self._formats.day(self._formats.local_date(at), self._formats.local_date(self._now))

    def _search(self) -> None:
        text = self.search.text().strip()
        if not self._is_asked:
            self._show_suggestions()
        elif not article_named(text):
            self.search_wanted.emit(text)

    @property
    def _is_limited(self) -> bool:
        return self.filters.filters != EVERYTHING

    @property
    def _is_asked(self) -> bool:
        """Whether the list answers what is typed, or shows what a filter leaves; else it suggests."""
        return bool(self.search.text().strip()) or self._is_browsing

    def _browse(self) -> None:
        """A filter was turned: without a word typed, what it leaves is shown."""
        self._is_browsing = self._is_limited
        self._search()

    def _no_article(self) -> str:
        if not self.search.text().strip():
            return self.tr("No article fits these filters.")
        if self._is_limited:
            return self.tr("No article that fits the filters has these words.")
        return self.tr("No article has these words. Try others.")

    def _keep_favourite(self, is_favourite: bool) -> None:
        if self.article_id is not None:
            self.favourite_wanted.emit(self.article_id, is_favourite)

    def _show_star(self) -> None:
        is_favourite = any(hit.article_id == self.article_id for hit in self._favourites)
        self.article.show_favourite(is_favourite=is_favourite)

    def _clear(self) -> None:
        self.search.clear()
        self._is_browsing = False
        self._show_suggestions()

    def _weigh(self, article_id: str) -> None:
        self.insert.setEnabled(bool(article_id))
        self.open.setEnabled(bool(article_id))

    def _read(self) -> None:
        """The article that is chosen, or the one whose id is typed."""
        if wanted := article_named(self.search.text()) or self._current:
            self.article_wanted.emit(wanted)

    def _take_meant(self) -> None:
        query = self._meant.property("query")
        if isinstance(query, str):
            self.search.setText(query)
            self.search_wanted.emit(query)
