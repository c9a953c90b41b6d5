"""What the agent says of the knowledge base: whether an article helped, what is wrong with it, what is missing. What
was searched is gathered, and what comes back is told."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal

from agent_desktop.knowledge.feedback import ENTITY, MISSING
from agent_desktop.knowledge.searched import Place
from agent_desktop.sync.events import ScopeChanged
from agent_desktop.ui.appearance.formats import Formats
from agent_desktop.ui.background import Background
from agent_desktop.ui.desks.notice_board import NoticeBoard
from agent_desktop.ui.directory import Directory
from agent_desktop.ui.knowledge.feedback_bar import FeedbackBar
from agent_desktop.ui.knowledge.feedback_words import news_words
from agent_desktop.ui.knowledge.tell_editors import TellEditors
from agent_desktop.ui.messages.trouble import explain
from agent_desktop.ui.open_items import OpenItems
from agent_desktop.ui.rooms import Rooms
from agent_desktop.ui.unsaved import Unsaved
from agent_desktop.ui.window.main_window import MainWindow
from agent_desktop.ui.window.notices import Weight
from agent_model.article import Article
from agent_model.article_feedback import ArticleFeedback, FeedbackKind, FlagReason

FINISHED_AFTER_MS: Final = 2_000
"""Without another key: what is typed by then is what was meant."""


class FeedbackDesk(QObject):
    """`saved` when something waits to be sent. Widgets are made when they are first needed."""

    told = Signal(str)
    saved = Signal()

    def __init__(
        self,
        rooms: Rooms,
        background: Background,
        window: MainWindow,
        items: OpenItems,
        formats: Formats,
        notices: NoticeBoard,
        names: Callable[[], Directory],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._rooms, self._background, self._window = rooms, background, window
        self._items, self._formats, self._notices, self._names = items, formats, notices, names
        self._pane = pane = window.right.knowledge
        self.bar: FeedbackBar | None = None
        self.missing: TellEditors | None = None
        self._unsaved: Unsaved[tuple[str, str]] = Unsaved(self)
        self._unsaved.due.connect(self._keep)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(FINISHED_AFTER_MS)
        self._pause.timeout.connect(rooms.search_log.paused)
        pane.answered.connect(self._answered)
        pane.search_left.connect(self._left)
        pane.article_opened.connect(self._opened)
        pane.insert_wanted.connect(self._inserted)
        pane.link_wanted.connect(self._inserted)
        pane.text_inserted.connect(lambda _: self._inserted(pane.article_id or ""))
        window.vote_wanted.connect(self._press)
        window.editors_wanted.connect(self._tell)

    def begin(self) -> None:
        """What was answered while nobody was here."""
        self._background.store.do(self._rooms.feedback.news, self._heard, self._later)

    def rows_changed(self, change: ScopeChanged) -> None:
        if change.scope == f"own:{self._rooms.agent.id}" and (ENTITY in change.entities or not change.entities):
            self.begin()

    def tick(self) -> None:
        """Once a second: what was gathered goes when it is due."""
        if self._rooms.search_log.is_due:
            self._send()

    def save_now(self) -> None:
        """Before the window goes."""
        self._unsaved.save_now()
        self._rooms.search_log.left()
        self._send()

    # ---- what was searched --------------------------------------------------------------------------------

    def _answered(self, query: str, hits: int) -> None:
        if not query:
            return
        self._rooms.search_log.searched(query, hits, self._place())
        self._pause.start()
        if hits == 0:
            self._ask_for(query)
        elif self.missing is not None:
            self.missing.hide()

    def _left(self) -> None:
        self._pause.stop()
        self._rooms.search_log.left()
        if self.missing is not None:
            self.missing.hide()

    def _inserted(self, article_id: str) -> None:
        if article_id:
            self._rooms.search_log.inserted(article_id, self._place())

    def _place(self) -> Place:
        item, draft = self._items.current, self._window.right.form.draft
        customer = None if item is None else item.customer
        return Place(
            language=_language(self._formats),
            queue=None if item is None else item.queue,
            category=draft.category or None,
            subject=draft.subject,
            names=() if customer is None else tuple(filter(None, (customer.name, customer.company))),
        )

    def _send(self) -> None:
        log = self._rooms.search_log
        records = log.take()
        if not records:
            return

        def failed(_: Exception) -> None:
            log.give_back(records)

        self._background.store.do(lambda: log.send(records), lambda _: self.saved.emit(), failed)

    # ---- the article that is read -------------------------------------------------------------------------

    def _opened(self) -> None:
        article = self._pane.article.article
        if article is None:
            return
        self._unsaved.save_now()
        self._rooms.search_log.opened(article.id, self._place())
        feedback, bar = self._rooms.feedback, self._made_bar()
        bar.show_for(None, "")

        def read(found: tuple[FeedbackKind | None, str]) -> None:
            if self._shown == article:
                bar.show_for(*found)

        self._background.store.do(lambda: (feedback.vote_on(article), feedback.draft(article.id)), read, self._failed)

    @property
    def _shown(self) -> Article | None:
        return self._pane.article.article

    def _made_bar(self) -> FeedbackBar:
        if self.bar is None:
            self.bar = bar = FeedbackBar(self._window.look)
            self._pane.article.beneath.addWidget(bar)
            bar.vote_wanted.connect(self._vote)
            bar.flag_wanted.connect(self._flag)
            bar.words_changed.connect(self._typed)
        return self.bar

    def _press(self, kind: FeedbackKind) -> None:
        if self._shown is not None and self.bar is not None and self.bar.isVisible():
            self.bar.press(kind)

    def _vote(self, kind: FeedbackKind) -> None:
        article = self._shown
        if article is None:
            return
        is_helpful, queue = kind is FeedbackKind.HELPFUL, self._place().queue
        if not is_helpful:
            self._rooms.search_log.unhelpful(article.id, self._place())
        words = self.tr("Noted: it helped.") if is_helpful else self.tr("Noted. F7 tells the owner what is missing.")
        self._do(lambda: self._rooms.feedback.vote(article, is_helpful=is_helpful, queue=queue), article, words)

    def _flag(self, reason: FlagReason, words: str) -> None:
        article, place = self._shown, self._place()
        if article is None:
            return
        self._unsaved.forget()
        told = self.tr("Its owner is told. You hear of it when it is answered.")
        feedback = self._rooms.feedback
        self._do(lambda: feedback.flag(article, reason, words, place.queue, place.names), article, told, is_flag=True)

    def _do(self, work: Callable[[], object], article: Article, words: str, *, is_flag: bool = False) -> None:
        def kept(_: object) -> None:
            self.saved.emit()
            if self.bar is not None and self._shown == article:
                if is_flag:
                    self.bar.show_flagged()
                    self._pane.article.start()
                self.bar.say(words)

        def failed(error: Exception) -> None:
            if self.bar is not None and self._shown == article:
                self.bar.say(explain(error), "bad")
            else:
                self.told.emit(explain(error))

        self._background.store.do(work, kept, failed)

    def _typed(self, words: str) -> None:
        if (article := self._shown) is not None:
            self._unsaved.keep((article.id, words))

    # ---- a question that found nothing --------------------------------------------------------------------

    def _ask_for(self, query: str) -> None:
        if self.missing is None:
            self.missing = missing = TellEditors(self._window.look)
            self._pane.beneath.addWidget(missing)
            missing.tell_wanted.connect(self._miss)
            missing.words_changed.connect(lambda words: self._unsaved.keep((MISSING, words)))
            draft = self._rooms.feedback.draft
            self._background.store.do(lambda: draft(MISSING), missing.show_words, self._failed)
        self.missing.show_for(query)

    def _miss(self, question: str, words: str) -> None:
        missing, place, feedback = self.missing, self._place(), self._rooms.feedback
        if missing is None:
            return
        self._unsaved.forget()
        self._rooms.search_log.paused()

        def kept(_: object) -> None:
            self.saved.emit()
            missing.say(self.tr("The editors have your question. You are told when an article answers it."))

        def failed(error: Exception) -> None:
            missing.say(explain(error), "bad")

        self._background.store.do(
            lambda: feedback.miss(question, words, place.queue, place.language, place.names), kept, failed
        )

    def _tell(self) -> None:
        """One key for both: what is wrong with the article that is read, or that there is none."""
        if self._shown is not None and self.bar is not None and self.bar.isVisible():
            self.bar.open_form()
        elif self.missing is not None and self.missing.isVisible():
            self.missing.send()

    # ---- what comes back ----------------------------------------------------------------------------------

    def _heard(self, news: tuple[ArticleFeedback, ...]) -> None:
        ids = {id_ for one in news for id_ in (one.article, one.answered_with) if id_ is not None}
        if not news:
            return
        self._background.store.do(
            lambda: self._rooms.feedback.titles(ids), lambda titles: self._tell_news(news, titles), self._later
        )

    def _tell_news(self, news: tuple[ArticleFeedback, ...], titles: dict[str, str]) -> None:
        for one in news:
            person = one.by if one.answered_at is None else one.answered_by
            who = self._names().person(person) if person else ""
            answered_with = titles.get(one.answered_with or "", f"kb:{one.answered_with}")
            words = news_words(one, titles.get(one.article or "", ""), answered_with, who)
            self._notices.tell(words, Weight.INFO, article=one.answered_with or one.article or "")

    def _keep(self, typed: tuple[str, str]) -> None:
        key, words = typed
        self._background.store.do(lambda: self._rooms.feedback.keep(key, words), failed=self._failed)

    def _failed(self, error: Exception) -> None:
        self.told.emit(explain(error))

    def _later(self, _error: Exception) -> None:
        """A cache that is being mended is told elsewhere."""


def _language(formats: Formats) -> str:
    return "zh-CN" if formats.is_chinese else "en"
