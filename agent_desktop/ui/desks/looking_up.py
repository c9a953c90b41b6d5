"""Looking things up: knowledge as you type, suggestions for the call, and the one search box at the top."""

import re
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal

from agent_desktop.customers import masking
from agent_desktop.customers.finder import Field, Match
from agent_desktop.customers.profile import Known, Profile
from agent_desktop.knowledge.answers import answer, link
from agent_desktop.knowledge.hits import CallFacts, Filters, Gone, Preference, SearchHit, SearchResult, Suggestion
from agent_desktop.knowledge.reading_list import AtHand
from agent_desktop.ui.appearance.formats import Formats
from agent_desktop.ui.background import Background
from agent_desktop.ui.customer.words import status_word
from agent_desktop.ui.knowledge.pane import KnowledgePane
from agent_desktop.ui.knowledge.reader import article_named
from agent_desktop.ui.learning import Learning
from agent_desktop.ui.messages.trouble import explain
from agent_desktop.ui.open_items import Item
from agent_desktop.ui.rooms import Rooms
from agent_desktop.ui.time_left import time_left
from agent_desktop.ui.widgets.found_list import Found, FoundKind
from agent_desktop.ui.window.top_bar import TopBar
from agent_model.announcement import announcement_of
from agent_model.article import Article, ArticleId, ArticleKind
from agent_model.phone_number import masked
from agent_model.ticket import Ticket

ENTRIES = re.compile(r"\s*[>›/|]\s*")
ARTICLES_FOUND = 4
FOUND = 20
PAST_SUBJECTS = 5
KEEP_AFTER_MS: Final = 10 * 60_000
"""The index is one block: it is written now and then, and what changed since is read from the articles at the start."""
BUILD_AGAIN_AFTER = timedelta(minutes=1)


class LookingUp(QObject):
    """Searches run in the pool, so that neither the screen nor the store's lane waits for them. `inserted` with text
    for the place where the agent writes."""

    customer_chosen = Signal(str)
    ticket_chosen = Signal(str)
    announcement_chosen = Signal(str)
    inserted = Signal(str)
    answer_wanted = Signal(object)
    """A standard answer, to be put into the ticket whole."""
    told = Signal(str)
    _built_so_far = Signal(object)

    def __init__(
        self,
        rooms: Rooms,
        background: Background,
        pane: KnowledgePane,
        bar: TopBar,
        formats: Formats,
        show_article: Callable[[], None],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._rooms = rooms
        self._background = background
        self._pane = pane
        self._bar = bar
        self._formats = formats
        self._show_article = show_article
        self._preference = Preference(language=_language(formats))
        self._facts = CallFacts()
        self._key = ""
        self._asked: tuple[str, Filters] | None = None
        self._sought = ""
        self._is_looking = False
        self._is_building = self._is_stale = False
        self._not_built_at: datetime | None = None
        self._changes: frozenset[str] = frozenset()
        self._is_applying = False
        self._keeping = QTimer(self)
        self._keeping.setSingleShot(True)
        self._keeping.setInterval(KEEP_AFTER_MS)
        self._keeping.timeout.connect(self._keep_index)
        self._built_so_far.connect(pane.show_building)
        self.learning = Learning(background, rooms.finder.learn, self)
        self.learning.over.connect(self.look_again)
        pane.search_wanted.connect(self._search)
        pane.facets_wanted.connect(self._count)
        pane.favourite_wanted.connect(self._keep_favourite)
        pane.article_wanted.connect(self.open_article)
        pane.insert_wanted.connect(lambda id_: self._insert(id_, lambda article: answer(article, pane.words_of(id_))))
        pane.link_wanted.connect(lambda id_: self._insert(id_, link))
        pane.text_inserted.connect(self.inserted)
        bar.search_wanted.connect(self._find)
        bar.found_chosen.connect(self._take)

    # ---- knowledge --------------------------------------------------------------------------------------

    def begin(self) -> None:
        """What the agent kept and read before, from the disk."""
        self._background.store.do(self._rooms.reading_list.at_hand, self._name_at_hand, self._failed)

    def suggest_for(self, item: Item | None, subject: str = "", description: str = "", category: str = "") -> None:
        """Offers articles for the call on the screen; nothing happens when nothing about it has changed. `category`
        by its name."""
        facts = _facts(item, subject, description, category)
        key = item.key if item is not None else ""
        if key != self._key:
            self._key, self._asked = key, None
            self._pane.begin_anew()
        elif facts == self._facts:
            return
        self._facts = facts
        self._preference = Preference(_language(self._formats), facts.queue, frozenset(facts.products))
        self._pane.filters.show_customer(facts.tier, facts.region)
        self._suggest()

    def _suggest(self) -> None:
        facts, preference = self._facts, self._preference
        self._background.library.do(
            lambda: self._rooms.knowledge.suggest(facts, preference=preference),
            lambda suggestions: self._suggested(facts, suggestions),
            self._failed,
            replaces="suggest",
        )

    def articles_changed(self, ids: frozenset[str]) -> None:
        """Articles came or went (all of them, when none is named): the next search knows, and so does what is shown."""
        if not ids:
            self._level()
            return
        self._changes |= ids
        self._apply_changes()

    def _apply_changes(self) -> None:
        """One at a time: what comes meanwhile goes in together."""
        ids = self._changes
        if self._is_applying or not ids:
            return
        self._is_applying, self._changes = True, frozenset()
        knowledge, articles = self._rooms.knowledge, [ArticleId(id_) for id_ in ids]

        def applied(_: object) -> None:
            self._is_applying = False
            self._changed(ids)
            self._apply_changes()

        def failed(error: Exception) -> None:
            self._is_applying = False
            self._failed(error)
            self._apply_changes()

        self._background.library.do(lambda: knowledge.apply(articles), applied, failed)

    def _changed(self, ids: frozenset[str]) -> None:
        self._build_if_wanted()
        if not self._keeping.isActive():
            self._keeping.start()
        self.begin()
        self._ask_again()
        open_id = self._pane.article_id
        if open_id is not None and (not ids or open_id in ids):
            knowledge = self._rooms.knowledge
            self._background.library.do(
                lambda: knowledge.open(open_id), lambda article: self._opened_again(open_id, article), self._failed
            )

    def synonyms_changed(self) -> None:
        """What else words are called: what is shown is asked for again."""
        self._rooms.knowledge.synonyms_changed()
        self._ask_again()

    def _ask_again(self) -> None:
        if self._facts != CallFacts():
            self._suggest()
        if self._asked is not None and self._pane.shows_found:
            self._search(self._asked[0])

    def keep_now(self) -> None:
        """What changed of the index, so that the next start need not make it again."""
        if self._keeping.isActive():
            self._keeping.stop()
            self._keep_index()

    def _keep_index(self) -> None:
        self._background.library.do(self._rooms.knowledge.keep, failed=self._failed, replaces="keep")

    def open_article(self, article_id: str) -> None:
        """Where it is read: an announcement has a page of its own."""
        if announced := announcement_of(article_id):
            self.announcement_chosen.emit(announced)
            return
        knowledge = self._rooms.knowledge
        self._background.library.do(lambda: knowledge.open(ArticleId(article_id)), self._opened, self._failed)

    def _suggested(self, facts: CallFacts, suggestions: tuple[Suggestion, ...]) -> None:
        if facts == self._facts:
            self._pane.show_suggestions(suggestions, self._rooms.clock())
        self._build_if_wanted()

    def _search(self, text: str) -> None:
        preference, filters = self._preference, self._pane.filters.filters
        self._asked = asked = text, filters
        self._background.library.do(
            lambda: self._rooms.knowledge.search(text, FOUND, filters, preference),
            lambda result: self._searched(asked, result),
            self._failed,
            replaces="search",
        )

    def _searched(self, asked: tuple[str, Filters], result: SearchResult) -> None:
        if asked == self._asked:
            self._pane.show_result(result, self._rooms.clock())
        self._build_if_wanted()

    def _build_if_wanted(self) -> None:
        """The index is made while searches are answered from what there is; then they are answered anew."""
        failed_at = self._not_built_at
        is_too_soon = failed_at is not None and self._rooms.clock() - failed_at < BUILD_AGAIN_AFTER
        if not self._is_building and not is_too_soon and self._rooms.knowledge.building is not None:
            self._level()

    def _level(self) -> None:
        """One at a time: a second would wait in the library's other thread, and every search behind it."""
        if self._is_building:
            self._is_stale = True
            return
        self._is_building, self._is_stale = True, False
        self._background.library.do(self._refresh, self._built, self._not_built)

    def _refresh(self) -> None:
        """In a worker's thread; how far it is comes back by a signal."""
        self._rooms.knowledge.refresh(lambda building: self._built_so_far.emit(building))

    def _built(self, _: None) -> None:
        self._is_building = False
        self._not_built_at = None
        if self._is_stale:
            self._level()
        self._changed(frozenset())
        self.keep_now()

    def _not_built(self, error: Exception) -> None:
        """Tried again by a search that comes a minute later; what was found stays in sight."""
        self._is_building = False
        if self._not_built_at is None:
            self.told.emit(explain(error))
        self._not_built_at = self._rooms.clock()

    def _count(self) -> None:
        """What can be filtered by, and how much it leaves of what is typed."""
        knowledge, text, filters = self._rooms.knowledge, self._pane.search.text(), self._pane.filters.filters

        def count() -> tuple[SearchResult, tuple[str, ...]]:
            return knowledge.search(text, 1, filters), knowledge.regions()

        self._background.library.do(count, lambda found: self._pane.show_facets(*found), self._failed, replaces="count")

    def _opened(self, article: Article | Gone) -> None:
        if isinstance(article, Gone):
            self._pane.show_article_gone()
            return
        self._pane.show_article(article, self._rooms.clock())
        reading_list = self._rooms.reading_list
        self._background.store.do(lambda: reading_list.was_read(article.id), self._name_at_hand, self._failed)

    def _opened_again(self, article_id: ArticleId, article: Article | Gone) -> None:
        """The open one in another version; whoever has left it meanwhile is not brought back to it."""
        if self._pane.article_id == article_id:
            self._opened(article)

    def _keep_favourite(self, article_id: str, is_favourite: bool) -> None:
        kept, wanted = self._rooms.reading_list, ArticleId(article_id)
        self._background.store.do(
            lambda: kept.keep_favourite(wanted, is_favourite=is_favourite), self._name_at_hand, self._failed
        )

    def _name_at_hand(self, at_hand: AtHand) -> None:
        """Titles as they are now; what was withdrawn is left out until it comes back."""
        named = self._rooms.knowledge.named

        def name() -> tuple[tuple[SearchHit, ...], tuple[SearchHit, ...]]:
            return named(at_hand.favourites), named(at_hand.recent)

        def show(both: tuple[tuple[SearchHit, ...], tuple[SearchHit, ...]]) -> None:
            self._pane.show_at_hand(both[0], both[1], self._rooms.clock())

        self._background.library.do(name, show, self._failed, replaces="at hand")

    def _insert(self, article_id: str, written: Callable[[Article], str]) -> None:
        key = self._key

        def opened(article: Article | Gone) -> None:
            if self._key != key:
                return  # something else is on the screen by now
            if isinstance(article, Gone):
                self._pane.show_article_gone()
            elif article.kind is ArticleKind.STANDARD_ANSWER:
                self.answer_wanted.emit(article)
            else:
                self.inserted.emit(written(article))

        knowledge = self._rooms.knowledge
        self._background.library.do(lambda: knowledge.open(ArticleId(article_id)), opened, self._failed)

    def _failed(self, error: Exception) -> None:
        self._pane.show_failure(explain(error))

    # ---- the search box -----------------------------------------------------------------------------------

    def _find(self, text: str) -> None:
        """People first: they are found in milliseconds, while the first search for articles opens the index."""
        self._sought = text
        self._is_looking = True
        finder, desk, clock = self._rooms.finder, self._rooms.desk, self._rooms.clock

        def look() -> tuple[Found, ...]:
            customers = tuple(map(found_customer, finder.find(text, is_wanted=lambda: text == self._sought)))
            tickets = tuple(_ticket(ticket, text, clock()) for ticket in desk.numbered(text))
            return (*tickets, *customers) if text.upper().startswith("TK") else (*customers, *tickets)

        self._background.search.do(look, lambda found: self._found_people(text, found), self._not_found, "find")

    def look_again(self) -> None:
        """Customers came or went: what stands in the list, or is about to, is looked up anew."""
        if self._sought and (self._is_looking or self._bar.found.isVisible()):
            self._find(self._sought)

    def _found_people(self, text: str, people: tuple[Found, ...]) -> None:
        if text != self._sought:
            return
        if people:
            self._bar.show_found(people)
        self._background.library.do(
            lambda: self._articles(text),
            lambda hits: self._found_articles(text, people, hits),
            self._not_found,
            replaces="find-articles",
        )

    def _articles(self, text: str) -> Sequence[SearchHit]:
        """Those that are found, or the one whose id was pasted."""
        knowledge = self._rooms.knowledge
        if named := article_named(text):
            return knowledge.named([ArticleId(named)])
        return knowledge.search(text, ARTICLES_FOUND).hits

    def _found_articles(self, text: str, people: tuple[Found, ...], hits: Sequence[SearchHit]) -> None:
        if text == self._sought:
            self._is_looking = False
            articles = sorted(map(_found_article, hits), key=lambda one: one.kind is FoundKind.ANNOUNCEMENT)
            self._bar.show_found((*people, *articles), is_all=not self.learning.is_going_on)

    def _not_found(self, error: Exception) -> None:
        self._is_looking = False
        self.told.emit(explain(error))

    def _take(self, found: Found) -> None:
        if found.kind is FoundKind.ANNOUNCEMENT:
            self.open_article(found.id)
        elif found.kind is FoundKind.ARTICLE:
            self._show_article()
            self.open_article(found.id)
        elif found.kind is FoundKind.TICKET:
            self.ticket_chosen.emit(found.id)
        else:
            self.customer_chosen.emit(found.id)


def found_customer(match: Match) -> Found:
    """What was typed stands first, whatever it is; the name is always there."""
    customer, is_name = match.customer, match.field is Field.NAME
    number = masked(customer.phones[0]) if customer.phones and match.field is not Field.NUMBER else ""
    company = (customer.company or "") if match.field is not Field.COMPANY else ""
    detail = " · ".join(part for part in ("" if is_name else match.text, number, company) if part)
    marks = ((match.start, match.length),)
    return Found(
        FoundKind.CUSTOMER, customer.id, customer.name, detail, marks if is_name else (), () if is_name else marks
    )


def _found_article(hit: SearchHit) -> Found:
    is_announced = announcement_of(hit.article_id) != ""
    kind = FoundKind.ANNOUNCEMENT if is_announced else FoundKind.ARTICLE
    return Found(kind, hit.article_id, hit.title, hit.category)


def _ticket(ticket: Ticket, typed: str, now: datetime) -> Found:
    number = ticket.number or ticket.id
    digits = "".join(sign for sign in typed if sign.isdecimal())
    marks = ((number.index(digits), len(digits)),) if digits in number else ()
    left = time_left(ticket, now).words if ticket.status.is_open else status_word(ticket.status)[0]
    return Found(FoundKind.TICKET, ticket.id, number, f"{masking.text(ticket.subject)} · {left}", marks)


def _language(formats: Formats) -> str:
    return "zh-CN" if formats.is_chinese else "en"


def _facts(item: Item | None, subject: str, description: str, category: str) -> CallFacts:
    if item is None:
        return CallFacts(subject=subject, description=description, category=category)
    invite = item.call.invite if item.call else None
    path = tuple(entry for entry in ENTRIES.split(invite.ivr_path or "") if entry) if invite else ()
    known = item.recognition.profile if isinstance(item.recognition, Known) else None
    return CallFacts(
        ivr_path=path,
        queue=invite.queue if invite else None,
        products=tuple(product.product for product in known.customer.products) if known else (),
        subject=subject,
        description=description,
        category=category,
        past_subjects=_past_subjects(known) if known else (),
        tier=str(known.customer.tier) if known else None,
        region=known.customer.region if known else None,
    )


def _past_subjects(known: Profile) -> tuple[str, ...]:
    """What the customer's tickets were about: the open ones, then the latest of the others."""
    of_timeline = (entry.ticket for entry in known.timeline.entries if entry.ticket is not None)
    subjects = (ticket.subject for ticket in (*known.open_tickets, *of_timeline))
    return tuple(dict.fromkeys(subjects))[:PAST_SUBJECTS]
