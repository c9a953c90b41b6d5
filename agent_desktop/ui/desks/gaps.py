"""What the knowledge base lacks in the hands of who writes it: told by agents, worked out by the server, settled."""

from PySide6.QtCore import QObject, Signal

from agent_desktop.errors import ServerRefused, ServerUnreachable
from agent_desktop.knowledge.feedback import EDITORS, ENTITY
from agent_desktop.knowledge.gaps import ENTITY as DECISIONS
from agent_desktop.sync.events import ScopeChanged
from agent_desktop.ui.desks.page import Ground, PageDesk
from agent_desktop.ui.knowledge.gaps_page import GapsPage
from agent_desktop.ui.messages.trouble import explain
from agent_desktop.ui.unsaved import Unsaved
from agent_desktop.ui.window.rail import Page
from agent_model.article_feedback import ArticleFeedback, FeedbackState
from agent_model.gap import Gap, GapList, GapVerdict

Titles = dict[str, str]


class GapsDesk(PageDesk[GapsPage]):
    """Editors have the page from the start, whoever owns an article that was flagged from then on."""

    article_wanted = Signal(str)
    writing_wanted = Signal(str, str)
    synonym_wanted = Signal(object)

    def __init__(self, ground: Ground, parent: QObject) -> None:
        self._is_editor = ground.rooms.agent.role in EDITORS
        super().__init__(Page.GAPS, ground, parent, is_offered=self._is_editor)
        self._gaps: GapList | None = None
        self._unsaved: Unsaved[tuple[str, str]] = Unsaved(self)
        self._unsaved.due.connect(self._keep)

    def begin(self) -> None:
        """Whether something waits for somebody who is no editor."""
        if not self._is_editor:
            self._background.store.do(self._rooms.feedback.waiting, self._offer, self._later)

    def rows_changed(self, change: ScopeChanged) -> None:
        if not change.entities or change.entities & {ENTITY, DECISIONS}:
            self.begin()
            if self._is_wired and self._page.isVisible():
                self._read_waiting()
                self._show_open()

    def save_now(self) -> None:
        self._unsaved.save_now()

    def _wire(self, page: GapsPage) -> None:
        page.again_wanted.connect(self._look)
        page.settle_wanted.connect(self._settle)
        page.answer_wanted.connect(self._answer)
        page.article_wanted.connect(self.article_wanted)
        page.writing_wanted.connect(self.writing_wanted)
        page.write.setVisible(self._rooms.articles.is_offered)
        page.synonym_wanted.connect(self.synonym_wanted)
        page.ways.offer(self._window.rail.offers)
        page.ways.page_wanted.connect(self._window.show_page)
        page.synonym.setVisible(self._window.rail.offers(Page.SYNONYMS))
        page.key_chosen.connect(self._chosen)
        page.words_changed.connect(lambda key, words: self._unsaved.keep((key, words)))

    def _entered(self) -> None:
        self._page.show_directory(self._names())
        self._page.list.setFocus()
        self._read_waiting()
        self._look(self._page.chosen_days)

    def _left(self) -> None:
        self._unsaved.save_now()

    def _offer(self, waiting: tuple[ArticleFeedback, ...]) -> None:
        if waiting:
            self._window.rail.offer(Page.GAPS, is_offered=True)

    # ---- what agents told ---------------------------------------------------------------------------------

    def _read_waiting(self) -> None:
        feedback = self._rooms.feedback

        def read() -> tuple[tuple[ArticleFeedback, ...], Titles]:
            waiting = feedback.waiting()
            return waiting, feedback.titles({one.article for one in waiting if one.article is not None})

        self._background.store.do(read, self._show_waiting, self._not_read, replaces="waiting feedback")

    def _show_waiting(self, found: tuple[tuple[ArticleFeedback, ...], Titles]) -> None:
        self._page.show_waiting(*found, self._rooms.clock())

    def _answer(self, feedback: ArticleFeedback, state: FeedbackState, words: str, article: str) -> None:
        room = self._rooms.feedback
        self._unsaved.forget()

        def answer() -> bool:
            if article and not room.titles([article]):
                return False
            room.answer(feedback, state, words, article or None)
            room.keep(feedback.id, "")
            return True

        def answered(is_known: bool) -> None:
            if not is_known:
                self._page.say(self.tr("There is no article kb:{id} here. Look up its id.").format(id=article), "warn")
                return
            self._page.say(self.tr("Kept. Whoever said it is told."), "ok")
            self.saved.emit()
            self._read_waiting()

        self._background.store.do(answer, answered, self._not_read)

    # ---- what the server worked out -----------------------------------------------------------------------

    def _look(self, days: int) -> None:
        if not self._is_editor:
            return
        self._page.show_looking()
        self._background.network.do(
            lambda: self._rooms.gaps.fetch(days),
            self._heard,
            lambda error: self._not_heard(days, error),
            replaces="gaps",
        )

    def _heard(self, gaps: GapList) -> None:
        self._gaps = gaps
        self._page.say("")
        self._background.store.do(lambda: self._rooms.gaps.keep(gaps), failed=self._not_read)
        self._show_open()

    def _not_heard(self, days: int, error: Exception) -> None:
        """Without the server there is what it told last."""
        if isinstance(error, ServerRefused) and error.code == "not_allowed":
            self._page.show_gaps((), {})
            self._page.say(self.tr("You may no longer see what the knowledge base lacks. An administrator may."), "bad")
            return
        self._background.store.do(
            lambda: self._rooms.gaps.kept(days), lambda kept: self._show_kept(kept, error), self._not_read
        )

    def _show_kept(self, kept: GapList | None, error: Exception) -> None:
        self._gaps = kept
        if not isinstance(error, ServerUnreachable):
            self._page.say(explain(error), "bad")
        elif kept is None:
            self._page.say(
                self.tr("The server does not answer. What is missing is listed once it has been asked."), "warn"
            )
        else:
            at = self._formats.moment(kept.at, self._rooms.clock())
            words = self.tr(
                "The server does not answer. This is the list of {moment}; what you settle is kept and sent later."
            )
            self._page.say(words.format(moment=at), "warn")
        self._show_open()

    def _show_open(self) -> None:
        gaps, book, feedback = self._gaps, self._rooms.gaps, self._rooms.feedback
        if gaps is None:
            self._page.show_gaps((), {})
            return

        def read() -> tuple[tuple[Gap, ...], Titles]:
            found = book.open(gaps)
            return found, feedback.titles({answer.article for gap in found for answer in gap.answers})

        self._background.store.do(
            read, lambda found: self._page.show_gaps(*found), self._not_read, replaces="open gaps"
        )

    def _settle(self, gap: Gap, verdict: GapVerdict, reason: str) -> None:
        self._unsaved.forget()
        book, feedback = self._rooms.gaps, self._rooms.feedback

        def settle() -> None:
            book.settle(gap, verdict, reason)
            feedback.keep(gap.key, "")

        def settled(_: object) -> None:
            self._page.say(self.tr("Settled. It comes back by itself when it goes on being asked."), "ok")
            self.saved.emit()
            self._show_open()

        self._background.store.do(settle, settled, self._not_read)

    # ---- words that are typed -----------------------------------------------------------------------------

    def _chosen(self, key: str) -> None:
        self._unsaved.save_now()
        if key:
            draft = self._rooms.feedback.draft
            self._background.store.do(lambda: draft(key), lambda words: self._page.show_words(key, words), self._later)

    def _keep(self, typed: tuple[str, str]) -> None:
        key, words = typed
        if key:
            self._background.store.do(lambda: self._rooms.feedback.keep(key, words), failed=self._not_read)

    def _not_read(self, error: Exception) -> None:
        self._page.say(explain(error), "bad")

    def _later(self, _error: Exception) -> None:
        """A cache that is being mended is told elsewhere."""
