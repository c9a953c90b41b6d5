"""Training in the agent's hands: what is due, papers taken with their drafts on the disk, courses read, results."""

from collections.abc import Callable, Mapping
from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal

from agent_desktop.sync.events import ScopeChanged
from agent_desktop.training.book import LEARNERS, CourseArticle, Duty, Step
from agent_desktop.training.taking import Taken, Taking
from agent_desktop.ui.appearance.formats import NOTHING
from agent_desktop.ui.desks.listening import ListeningDesk
from agent_desktop.ui.desks.page import Ground, PageDesk
from agent_desktop.ui.messages.trouble import explain
from agent_desktop.ui.training.page import TrainingPage
from agent_desktop.ui.training.result_pane import Judged
from agent_desktop.ui.training.words import (
    answer_words,
    due_words,
    mark_words,
    paper_words,
    result_words,
    step_pill,
    title_of,
    why_words,
)
from agent_desktop.ui.unsaved import Unsaved
from agent_desktop.ui.widgets.lines import Line
from agent_desktop.ui.window.rail import Page
from agent_model.article import Article, ArticleId
from agent_model.assignment import READ_S, AssignmentState
from agent_model.attempt import Mark, QuizResult
from agent_model.question import SourceKind
from agent_model.quiz_paper import PaperQuestion

SHOWN_BY: Final = frozenset({"article", "assignment", "attempt", "course", "quiz", "quiz_paper", "quiz_result"})
MOST_HITS: Final = 6


class TrainingDesk(PageDesk[TrainingPage]):
    """`is_in_call` says whether the clock of a paper stands still, and its question is hidden; `article_wanted` with an
    id."""

    article_wanted = Signal(str)

    reader_made = Signal(object)
    """Once, the reader of the articles of courses."""

    def __init__(
        self, ground: Ground, is_in_call: Callable[[], bool], listening: ListeningDesk, parent: QObject
    ) -> None:
        super().__init__(Page.TRAINING, ground, parent, is_offered=ground.rooms.agent.role in LEARNERS)
        self._is_in_call, self._listening = is_in_call, listening
        self._is_taught = ground.rooms.agent.role in LEARNERS
        self._is_shown = False
        self._duties: dict[str, Duty] = {}
        self._open = self._looked_at = ""
        self._results: frozenset[str] | None = None
        self._taking: Taking | None = None
        self._reading: CourseArticle | None = None
        self._dwell_s = 0
        self._unsaved = Unsaved[Taken](self)
        self._unsaved.due.connect(self._keep)
        self._second = QTimer(self)
        self._second.setInterval(1_000)
        self._second.timeout.connect(self.tick)

    def begin(self) -> None:
        """How much waits is shown before anybody turns to the page."""
        self.read()

    def rows_came(self, change: ScopeChanged) -> None:
        if not change.entities or change.entities & SHOWN_BY:
            self.read()

    def save_now(self) -> None:
        """Before the window goes."""
        if self._taking is not None:
            self._unsaved.keep(self._taking.kept())
        self._unsaved.save_now()

    def read(self) -> None:
        if self._is_taught:
            training = self._rooms.training
            self._background.store.do(training.duties, self._show, self._failed, replaces="training")

    # ---- the page ---------------------------------------------------------------------------------------

    def _wire(self, page: TrainingPage) -> None:
        self.reader_made.emit(page.course.reader)
        page.duty_taken.connect(self._take)
        page.duty.begin_wanted.connect(self._begin)
        page.duty.result_wanted.connect(self._look_at_last)
        page.result.again_wanted.connect(lambda: self._take(self._open))
        page.course.article_taken.connect(self._open_article)
        page.course.link_taken.connect(self.article_wanted)
        page.result.article_wanted.connect(self.article_wanted)
        paper = page.paper
        paper.answered.connect(self._answered)
        paper.turned.connect(self._turn)
        paper.handed_in.connect(self._hand_in)
        paper.search_wanted.connect(self._search)
        paper.article_wanted.connect(self._open_found)

    def _entered(self) -> None:
        self._is_shown = True
        self._second.start()
        self.read()
        if self._taking is None:
            self._page.to_do.setFocus()
        else:
            self._show_question()

    def _left(self) -> None:
        """The clock of a paper runs on; an article is read only where it is seen."""
        self._is_shown = False
        if self._taking is None:
            self._second.stop()

    def _show(self, duties: tuple[Duty, ...]) -> None:
        self._duties = {duty.assignment.id: duty for duty in duties}
        self._window.rail.show_training(sum(duty.is_open for duty in duties))
        self._tell_results(duties)
        if not self._is_wired:
            return
        if self._open not in self._duties and self._taking is None:
            self._open, self._reading = next(iter(self._duties), ""), None
        self._list()
        if self._taking is None and self._open:
            self._show_duty()

    def _tell_results(self, duties: tuple[Duty, ...]) -> None:
        """Of papers that were judged since the last look; one that is on the screen tells itself."""
        results = {result.id: (duty, result) for duty in duties for result in duty.results}
        known, self._results = self._results, frozenset(results)
        for id_ in () if known is None else results.keys() - known:
            duty, result = results[id_]
            if not (self._is_shown and duty.assignment.id == self._open):
                words = self.tr("{title} came to {score} of 100: {word}")
                title = title_of(duty, self._formats.language)
                self.told.emit(words.format(title=title, score=result.score, word=result_words(result)[0]))

    def _look_at_last(self) -> None:
        self._looked_at = self._duties[self._open].results[0].id
        self._show_duty()

    def _list(self) -> None:
        lines = [self._line(duty) for duty in self._duties.values()]
        done = {id_ for id_, duty in self._duties.items() if duty.step is Step.DONE}
        self._page.show_duties(
            [line for line in lines if line.key not in done], [line for line in lines if line.key in done]
        )

    def _line(self, duty: Duty) -> Line:
        now = self._rooms.clock()
        word, tone = step_pill(duty, now)
        at_right = due_words(duty.assignment.due_at, now, self._formats) if duty.is_open else self._score(duty)
        id_ = duty.assignment.id
        title = title_of(duty, self._formats.language)
        return Line(id_, title, pill=word, tone=tone, at_right=at_right, is_open=id_ == self._open)

    def _score(self, duty: Duty) -> str:
        return str(duty.results[0].score) if duty.results else ""

    def _take(self, assignment_id: str) -> None:
        """Another one, unless a paper is being taken: that is seen through, or handed in."""
        if self._taking is not None:
            self._show_question()
            self._page.paper.say(self.tr("Hand this one in first."), "warn")
            return
        self._open, self._looked_at, self._reading = assignment_id, "", None
        self._list()
        self._show_duty()
        duty = self._duties[assignment_id]
        if duty.step in (Step.TAKE, Step.GO_ON):
            self._page.duty.start()

    # ---- one duty ---------------------------------------------------------------------------------------

    def _show_duty(self) -> None:
        duty, page, now = self._duties[self._open], self._page, self._rooms.clock()
        if duty.step is Step.READ:
            self._show_course(duty)
            return
        if duty.results and (duty.step is Step.DONE or duty.results[0].id == self._looked_at):
            self._show_result(duty, duty.results[0])
            return
        word, tone = step_pill(duty, now)
        who = self._names().person(duty.assignment.assigned_by)
        about = " · ".join((why_words(duty, who), due_words(duty.assignment.due_at, now, self._formats)))
        page.duty.show_duty(title_of(duty, self._formats.language), word, tone, about, duty.assignment.note)
        page.duty.show_next(*self._next(duty), has_result=bool(duty.results))
        page.turn_to(page.duty)

    def _next(self, duty: Duty) -> tuple[str, str, str]:
        """Facts, what is to be known, and the word on the button."""
        facts = "" if duty.paper is None else paper_words(duty.paper)
        match duty.step:
            case Step.TAKE:
                words = self.tr(
                    "The clock runs from the moment you begin, and goes on if the program is closed. A call pauses it. "
                    "It works without the server, too."
                )
                return facts, words, self.tr("Begin")
            case Step.GO_ON:
                return facts, self.tr("You have begun. Everything you answered is there."), self.tr("Go on")
            case Step.AWAITED:
                words = self.tr(
                    "Handed in, and nothing of it changes any more. The result comes when the server has it."
                )
                return facts, words, ""
            case Step.NOT_READY if duty.assignment.lacks:
                words = self.tr("There are too few questions for it yet ({count} are missing). Tell who assigned it.")
                return facts, words.format(count=duty.assignment.lacks), ""
            case Step.NOT_READY:
                return facts, self.tr("The questions come with the next sync."), ""
            case _ if duty.assignment.state is AssignmentState.FAILED:
                return facts, self.tr("It was not taken in time. Ask your lead if you are to take it later."), ""
            case _:
                return facts, self.tr("Everything was read."), ""

    def _begin(self) -> None:
        duty = self._duties.get(self._open)
        if duty is None or duty.paper is None or self._taking is not None:
            return
        training, paper = self._rooms.training, duty.paper
        self._page.duty.begin.be_busy(busy=True)
        self._background.store.do(lambda: training.begin(paper), self._begun, self._not_begun)

    def _begun(self, taking: Taking) -> None:
        self._page.duty.begin.be_busy(busy=False)
        self._taking = taking
        self._page.paper.show_paused(is_paused=False)
        self._second.start()
        self.saved.emit()
        self._show_question()
        self.tick()

    def _not_begun(self, error: Exception) -> None:
        self._page.duty.begin.be_busy(busy=False)
        self._page.duty.say(explain(error))

    # ---- a paper ----------------------------------------------------------------------------------------

    def _show_question(self) -> None:
        taking, page = self._taking, self._page
        if taking is None:
            return
        names, question = self._names(), self._question(taking)
        duty = self._duties.get(self._open)
        page.paper.title.say("" if duty is None else title_of(duty, self._formats.language))
        page.turn_to(page.paper)
        page.paper.show_question(
            question,
            taking.answer(question.question),
            taking.at,
            len(taking.paper.questions),
            tuple(names.categories.items()),
            tuple(names.queues.items()),
        )
        page.paper.show_answered(taking.answered)
        self._listening.offer_for_question(page.paper.player, None if taking.is_paused else question.call)

    def _question(self, taking: Taking) -> PaperQuestion:
        return taking.paper.questions[taking.at]

    def _answered(self, answer: tuple[str, ...]) -> None:
        if self._taking is not None:
            self._taking.give(answer)
            self._page.paper.show_answered(self._taking.answered)
            self._unsaved.keep(self._taking.kept())

    def _turn(self, by: int) -> None:
        taking = self._taking
        if taking is not None and 0 <= taking.at + by < len(taking.paper.questions):
            taking.turn_to(taking.at + by)
            self._unsaved.keep(taking.kept())
            self._show_question()

    def _keep(self, taken: Taken) -> None:
        training = self._rooms.training
        self._background.store.do(lambda: training.keep(taken), failed=self._not_kept)

    def _not_kept(self, error: Exception) -> None:
        self._page.paper.say(explain(error), "bad")

    def _hand_in(self) -> None:
        taking, training = self._taking, self._rooms.training
        if taking is None:
            return
        self._unsaved.forget()
        self._taking, self._looked_at = None, taking.paper.id
        self._page.paper.hand_in.be_busy(busy=True)
        self._listening.offer_for_question(self._page.paper.player, None)
        self._background.store.do(
            lambda: training.hand_in(taking),
            lambda _: self._handed_in(),
            lambda error: self._not_handed_in(taking, error),
        )

    def _handed_in(self) -> None:
        self._page.paper.hand_in.be_busy(busy=False)
        self.saved.emit()
        self.read()

    def _not_handed_in(self, taking: Taking, error: Exception) -> None:
        """It is not lost: what was answered stays on the screen and on the disk."""
        self._page.paper.hand_in.be_busy(busy=False)
        self._taking = taking
        self._page.paper.say(explain(error), "bad")

    def tick(self) -> None:
        """Once a second: the clock of the paper, and how long an article was on the screen."""
        taking = self._taking
        if taking is not None:
            is_in_call = self._is_in_call()
            if taking.is_paused != is_in_call:
                taking.pause(is_paused=is_in_call)
                self._unsaved.keep(taking.kept())
                self._page.paper.show_paused(is_paused=is_in_call)
                self._listening.offer_for_question(
                    self._page.paper.player, None if is_in_call else self._question(taking).call
                )
            self._page.paper.show_clock(taking.left_s, is_paused=is_in_call)
            if taking.left_s == 0 and not is_in_call:
                self._page.paper.say(self.tr("The time is over: it is handed in as it stands."), "warn")
                self._hand_in()
        elif self._is_shown and self._reading is not None and not self._is_in_call():
            self._count_reading(self._reading)

    def _search(self, words: str) -> None:
        knowledge, shown = self._rooms.knowledge, self._page.paper.answer

        def found(result: tuple[tuple[str, str], ...]) -> None:
            practice = self._page.paper.practice
            if practice is not None and practice is shown:
                practice.show_hits(result)

        def search() -> tuple[tuple[str, str], ...]:
            return tuple((str(hit.article_id), hit.title) for hit in knowledge.search(words).hits[:MOST_HITS])

        self._background.library.do(search, found, self._not_kept)

    def _open_found(self, article_id: str) -> None:
        knowledge, shown = self._rooms.knowledge, self._page.paper.answer

        def opened(article: object) -> None:
            practice = self._page.paper.practice
            if practice is not None and practice is shown and isinstance(article, Article):
                practice.show_article(article)

        self._background.library.do(lambda: knowledge.open(ArticleId(article_id)), opened, self._not_kept)

    # ---- a course ---------------------------------------------------------------------------------------

    def _show_course(self, duty: Duty) -> None:
        lines = [
            Line(
                one.id,
                self.tr("No longer published") if one.article is None else one.article.title,
                pill=self.tr("Read") if one.is_read else "",
                tone="ok",
                is_open=self._reading is not None and one.id == self._reading.id,
            )
            for one in duty.articles
        ]
        left = sum(not one.is_read and one.article is not None for one in duty.articles)
        words = self.tr("Still to read: {count}. Each counts after {seconds} s on the screen; then comes the quiz.")
        page = self._page
        page.course.show_course(title_of(duty, self._formats.language), words.format(count=left, seconds=READ_S), lines)
        if self._reading is None:
            page.course.show_article(None)
            page.course.say("")
        page.turn_to(page.course)

    def _open_article(self, article_id: str) -> None:
        duty = self._duties[self._open]
        self._reading = next(one for one in duty.articles if one.id == article_id)
        self._dwell_s = 0
        self._show_course(duty)
        self._page.course.show_article(self._reading.article)
        self._page.course.say(self.tr("Read already.") if self._reading.is_read else "")

    def _count_reading(self, reading: CourseArticle) -> None:
        if reading.is_read or reading.article is None:
            return
        self._dwell_s += 1
        if self._dwell_s < READ_S:
            self._page.course.say(self.tr("{seconds} s until it counts as read").format(seconds=READ_S - self._dwell_s))
            return
        training, article, assignment = self._rooms.training, reading.article, self._duties[self._open].assignment
        dwell = self._dwell_s
        self._reading = CourseArticle(reading.id, article, is_read=True)
        self._page.course.say(self.tr("Read."), "ok")
        self._background.store.do(
            lambda: training.read_article(assignment, article, dwell), lambda _: self._article_read(), self._failed
        )

    def _article_read(self) -> None:
        self.saved.emit()
        self.read()

    # ---- a result ---------------------------------------------------------------------------------------

    def _show_result(self, duty: Duty, result: QuizResult) -> None:
        word, tone = result_words(result)
        took = self._formats.duration(result.elapsed_s)
        parts = [
            self.tr("Handed in {moment}").format(moment=self._formats.moment(result.finished_at, self._rooms.clock())),
            self.tr("time taken: {time}").format(time=took),
            self.tr("try {nth}").format(nth=result.nth),
        ]
        if result.is_late:
            parts.append(self.tr("after it was due"))
        questions = {} if duty.judged is None else {one.question: one for one in duty.judged.questions}
        page = self._page
        page.result.show_result(
            title_of(duty, self._formats.language),
            self.tr("{score} of 100").format(score=result.score),
            word,
            tone,
            " · ".join(parts),
            [self._judged(mark, questions.get(mark.question), duty.titles) for mark in result.marks],
            has_another=duty.step is Step.TAKE,
        )
        page.turn_to(page.result)

    def _judged(self, mark: Mark, question: PaperQuestion | None, titles: Mapping[str, str]) -> Judged:
        word, tone = mark_words(mark)
        sources = tuple((one.id, self.tr("Open the article")) for one in mark.sources if one.kind is SourceKind.ARTICLE)
        if question is None:
            return Judged(NOTHING, word, tone, "; ".join(mark.answer) or NOTHING, "", mark.explanation, sources)
        right = "" if mark.is_right else answer_words(question, mark.right, titles)
        answer = answer_words(question, mark.answer, titles)
        return Judged(question.text, word, tone, answer, right, mark.explanation, sources)
