"""Articles in the hands of who writes them: listed, what is typed kept at once, taken from state to state."""

from dataclasses import replace
from datetime import date, datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from agent_desktop.knowledge.hits import Filters, SearchResult
from agent_desktop.knowledge.writing import ArticleBook, Deed, Due, Found, Kept, Sheet, is_same_text
from agent_desktop.sync.events import ScopeChanged
from agent_desktop.ui.articles.fields import Offers
from agent_desktop.ui.articles.words import about_words, listed_row
from agent_desktop.ui.desks.page import Ground, PageDesk
from agent_desktop.ui.messages.trouble import explain
from agent_desktop.ui.unsaved import Unsaved
from agent_desktop.ui.window.rail import Page
from agent_model.article import Article
from agent_model.article_draft import ArticleDraft, DraftState
from agent_model.article_policy import ArticlePolicy
from agent_model.body import from_body
from agent_model.row_draft import NotWhole, RowDraft
from agent_model.scope import EDITORS, ORG
from agent_model.wire import Row

if TYPE_CHECKING:
    from agent_desktop.ui.articles.page import ArticlesPage

LINKS = 6


class ArticlesDesk(PageDesk["ArticlesPage"]):
    """What is being written stays whatever comes meanwhile. `page_made(ArticlesPage)` once, for who has more to do on
    it."""

    page_made = Signal(object)

    def __init__(self, ground: Ground, parent: QObject) -> None:
        self._book: ArticleBook = ground.rooms.articles
        super().__init__(Page.ARTICLES, ground, parent, is_offered=self._book.is_offered)
        self._sheet: Sheet | None = None
        self._policy = ArticlePolicy()
        self._due_told: tuple[date, Due] | None = None
        self._unsaved: Unsaved[RowDraft[ArticleDraft]] = Unsaved(self)
        self._unsaved.due.connect(self._keep)

    def rows_came(self, change: ScopeChanged) -> None:
        """The list and the open article are read again while they are seen, what is being written stays."""
        is_about_articles = not change.entities or change.entities & {"article", "article_draft", "article_policy"}
        if not is_about_articles or change.scope not in (ORG, EDITORS):
            return
        self.remind()
        if self._window.pages.shown is Page.ARTICLES:
            self._read()

    def remind(self) -> None:
        """Who writes articles hears once a day, and when it becomes more, how many of theirs are to be read again; the
        rail says how many wait for a second reader."""
        if self._book.is_offered:
            self._background.library.do(self._book.due, self._reminded, self._failed, replaces="articles that are due")

    def _reminded(self, due: Due) -> None:
        self._window.rail.show_reviews(due.reviews)
        today = self._formats.local_date(self._rooms.clock())
        before = self._due_told[1] if self._due_told is not None and self._due_told[0] == today else Due()
        if due.soon > before.soon or due.passed > before.passed:
            words = self.tr("Your articles to be read again: {soon} within two weeks, {passed} overdue.")
            self.told.emit(words.format(soon=due.soon, passed=due.passed))
        if due.returned > before.returned:
            self.told.emit(
                self.tr("Articles that were sent back to you with a note: {count}.").format(count=due.returned)
            )
        self._due_told = (today, due)

    def read_again(self) -> None:
        """What is listed may have become more."""
        self._list()

    def save_now(self) -> None:
        """What is written and not on the disk yet goes there."""
        self._unsaved.save_now()

    def _wire(self, page: "ArticlesPage") -> None:
        self.page_made.emit(page)
        page.ways.offer(self._window.rail.offers)
        page.ways.page_wanted.connect(self._window.show_page)
        page.sought.connect(lambda *_: self._list())
        page.taken.connect(self.open)
        page.new_wanted.connect(lambda: self._begin())
        editor = page.editor
        editor.changed.connect(self._changed)
        editor.deed_wanted.connect(self._do)
        editor.discard_wanted.connect(self._discard)
        editor.versions_wanted.connect(self._tell_versions)
        editor.rebase_wanted.connect(self._rebase)
        editor.article_wanted.connect(self.open)
        editor.bar.link_sought.connect(self._find_links)

    def _entered(self) -> None:
        self._read()

    def _left(self) -> None:
        self.save_now()

    # ---- reading ----------------------------------------------------------------------------------------------

    def _read(self) -> None:
        self._background.library.do(
            lambda: (self._book.policy(), self._book.categories()),
            lambda found: self._learn(*found),
            self._failed,
            replaces="what articles may name",
        )
        self._list()
        if self._sheet is not None and (shown := self._sheet.shown) is not None:
            self._look_at(shown.id)

    def _learn(self, policy: ArticlePolicy, categories: tuple[str, ...]) -> None:
        self._policy, names = policy, self._names()
        self._page.editor.offer(
            Offers(tuple(names.products.items()), tuple(names.queues.items()), tuple(names.people.items()), categories)
        )
        self._show_deeds()

    def _list(self) -> None:
        kept, sought = self._page.wanted
        self._background.library.do(
            lambda: self._book.listed(Kept(kept), sought), self._listed, self._failed, replaces="articles"
        )

    def _listed(self, found: Found) -> None:
        names, today = self._names(), self._formats.local_date(self._rooms.clock())
        rows = [(line.id, listed_row(line, names, self._formats, today)) for line in found.lines]
        count = self._formats.count
        words = self.tr("Articles: {count}").format(count=count(found.total))
        if found.total > len(found.lines):
            words = self.tr("The first {shown} of {count}; search for others").format(
                shown=count(len(found.lines)), count=count(found.total)
            )
        page = self._page
        page.show_found(rows, words, page.editor.article_id)
        if not page.editor.article_id and found.lines:
            self.open(found.lines[0].id)

    def open(self, article_id: str) -> None:
        """In the editor."""
        self.save_now()
        self._look_at(article_id)

    def _look_at(self, article_id: str) -> None:
        self._background.store.do(
            lambda: self._book.sheet(article_id), lambda sheet: self._show(article_id, sheet), self._failed
        )

    def _show(self, article_id: str, sheet: Sheet) -> None:
        if (unsaved := self._unsaved.typed) is not None:
            if unsaved.row.id != article_id:
                return
            sheet = Sheet(sheet.now, unsaved, sheet.live, sheet.is_waiting)
        if sheet.shown is None:
            if self._sheet is not None and self._sheet.shown is not None and self._sheet.shown.id == article_id:
                self.told.emit(self.tr("This article is neither written nor read any more."))
            return
        self._sheet = sheet
        self._show_sheet()

    def _show_sheet(self) -> None:
        sheet, editor = self._sheet, self._page.editor
        if sheet is None:
            return
        today = self._formats.local_date(self._rooms.clock())
        about = about_words(sheet, self._names(), self._formats, today)
        editor.show_sheet(sheet, self._book.deeds(sheet, self._policy), about)
        editor.show()
        self._page.show_open(editor.article_id)

    def _show_deeds(self) -> None:
        if self._sheet is not None:
            deeds = self._book.deeds(self._sheet, self._policy)
            self._page.editor.show_deeds(deeds, is_typed=self._sheet.typed is not None)

    # ---- writing ----------------------------------------------------------------------------------------------

    def write_about(self, article_id: str, question: str) -> None:
        """Turns to the page with this article, or with a new one about a question."""
        self._window.show_page(Page.ARTICLES)
        if article_id:
            self.open(article_id)
        else:
            self._begin(question)

    def _begin(self, title: str = "") -> None:
        self.save_now()
        fresh = RowDraft(replace(self._book.fresh(), title=title), None)
        self._sheet = Sheet(None, fresh, None)
        self._show_sheet()
        self._page.editor.start()

    def _changed(self, draft: ArticleDraft) -> None:
        sheet = self._sheet
        if sheet is None:
            return
        seen = sheet.now if sheet.typed is None else sheet.typed.seen
        typed = RowDraft(draft, seen)
        if seen is not None and is_same_text(draft, seen):
            self._unsaved.forget()
            self._sheet = Sheet(sheet.now, None, sheet.live, sheet.is_waiting)
            self._background.store.do(lambda: self._book.drop(draft.id), None, self._not_kept)
        else:
            self._sheet = Sheet(sheet.now, typed, sheet.live, sheet.is_waiting)
            self._unsaved.keep(typed)
        self._show_deeds()

    def _keep(self, draft: RowDraft[ArticleDraft]) -> None:
        self._background.store.do(lambda: self._book.keep(draft), lambda _: self._list(), self._not_kept)

    def _do(self, deed: Deed, draft: ArticleDraft) -> None:
        self.save_now()
        sheet, book = self._sheet, self._book
        if sheet is None:
            return
        seen = sheet.now if sheet.typed is None else sheet.typed.seen
        written = RowDraft(draft, seen)

        def done() -> object:
            match deed:
                case Deed.SEND:
                    return book.bring(written, DraftState.REVIEW, note="")
                case Deed.PUBLISH:
                    return book.bring(written, DraftState.PUBLISHED)
                case Deed.SCHEDULE:
                    return book.bring(written, DraftState.SCHEDULED)
                case Deed.RETURN:
                    return book.bring(written, DraftState.DRAFT)
                case Deed.WITHDRAW:
                    return book.bring(written, DraftState.WITHDRAWN)
                case Deed.CHECKED:
                    return book.check(draft)
                case _:
                    return book.keep_as_draft(written)

        self._background.store.do(
            done, lambda _: self._done(deed, draft.id), lambda error: self._not_done(draft.id, error)
        )

    def _done(self, deed: Deed, article_id: str) -> None:
        self.told.emit(self._done_words(deed))
        self.saved.emit()
        self._list()
        if self._page.editor.article_id == article_id:
            self._look_at(article_id)

    def _done_words(self, deed: Deed) -> str:
        match deed:
            case Deed.SEND:
                return self.tr("Sent for review: a colleague reads and publishes it.")
            case Deed.PUBLISH:
                return self.tr("Published: every workstation finds it with its next sync.")
            case Deed.SCHEDULE:
                return self.tr("It is published by itself at that moment.")
            case Deed.RETURN:
                return self.tr("Returned to who wrote it.")
            case Deed.WITHDRAW:
                return self.tr("Withdrawn: agents do not find it any more. Its versions are kept.")
            case Deed.CHECKED:
                return self.tr("Noted that it is still right.")
            case _:
                return self.tr("The draft is saved. Agents do not have it yet.")

    def _not_done(self, article_id: str, error: Exception) -> None:
        editor = self._page.editor
        if editor.article_id != article_id:
            self._failed(error)
        elif isinstance(error, NotWhole):
            editor.show_faults(error.faults)
        else:
            editor.show_failure(explain(error))

    def _not_kept(self, error: Exception) -> None:
        self._page.editor.show_failure(explain(error))

    def _discard(self, article_id: str) -> None:
        self._unsaved.forget()
        sheet, book = self._sheet, self._book
        if sheet is not None and sheet.now is None:
            self._sheet = None
            self._page.editor.hide()
        self._background.store.do(lambda: book.drop(article_id), lambda _: self._dropped(article_id), self._failed)

    def _dropped(self, article_id: str) -> None:
        self._list()
        if self._sheet is not None:
            self._look_at(article_id)

    def _rebase(self, _: str) -> None:
        self.save_now()
        sheet, book = self._sheet, self._book
        if sheet is not None and sheet.shown is not None:
            shown = sheet.shown
            self._background.store.do(lambda: book.rebase(sheet), lambda _: self._look_at(shown.id), self._failed)

    # ---- versions and links -----------------------------------------------------------------------------------

    def _tell_versions(self, article_id: str) -> None:
        ask = self._rooms.company_versions

        def told(rows: tuple[Row, ...]) -> None:
            if self._page.editor.article_id == article_id:
                self._page.editor.show_versions([self._version(row) for row in rows])

        self._background.network.do(lambda: ask("article", article_id), told, self._failed)

    def _version(self, row: Row) -> tuple[str, Article]:
        article = from_body(Article, row.id, row.version, row.body)
        words = self.tr("Version {version}, {moment}")
        return words.format(version=row.version, moment=self._written(article.updated_at)), article

    def _written(self, moment: datetime) -> str:
        return self._formats.written(moment)

    def _find_links(self, text: str) -> None:
        knowledge = self._rooms.knowledge

        def found(result: SearchResult) -> None:
            self._page.editor.offer_links([(hit.article_id, hit.title) for hit in result.hits])

        if text:
            self._background.library.do(
                lambda: knowledge.search(text, LINKS, Filters()), found, self._failed, replaces="links of articles"
            )
