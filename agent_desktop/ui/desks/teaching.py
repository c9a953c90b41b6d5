"""The page of those who teach: the bank of questions as rows that are written whole, what is assigned, newcomers."""

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject

from agent_desktop.errors import ServerRefused
from agent_desktop.sync.events import ScopeChanged
from agent_desktop.teaching.assigning import Given, NothingToGive, Offer
from agent_desktop.teaching.questions import TEACHERS, Written
from agent_desktop.teaching.results import OfQuestion, Outcome
from agent_desktop.ui.appearance.formats import NOTHING
from agent_desktop.ui.desks.page import Ground, PageDesk
from agent_desktop.ui.desks.played_calls import PlayedCalls
from agent_desktop.ui.desks.question_tables import QuestionTablesDesk
from agent_desktop.ui.desks.rows import RowsDesk
from agent_desktop.ui.lists.file_export import Exporter
from agent_desktop.ui.messages.trouble import explain
from agent_desktop.ui.teaching.question_form import pill_of, title_of
from agent_desktop.ui.widgets.lines import Line
from agent_desktop.ui.widgets.parts import Tone
from agent_desktop.ui.window.rail import Page
from agent_model.agent import Role
from agent_model.assignment import AssignedFor, AssignmentState
from agent_model.newcomer import Newcomer, Newcomers
from agent_model.question import WITH_OPTIONS, Question, QuestionKind, QuestionState, SourceKind
from agent_model.scope import EDITORS
from agent_model.wire import Row
from agent_model.words import Words

if TYPE_CHECKING:
    from agent_desktop.ui.teaching.page import QuestionsPane, TeachingPage

LEADS: Final = frozenset({Role.TEAM_LEAD, Role.DUTY_MANAGER})
MOST_FOUND: Final = 6
BOX: Final = "☐"
Found = list[tuple[SourceKind, str, str]]
"""What a question may be tied to: kind, id and title."""


class QuestionsDesk(RowsDesk[Written, "QuestionsPane"]):
    def __init__(self, ground: Ground, exporter: Callable[[], Exporter], parent: QObject) -> None:
        rooms = ground.rooms
        super().__init__(Page.TEACHING, rooms.questions, ground, parent, is_offered=rooms.agent.role in TEACHERS)
        self._bank = rooms.questions
        self._compared: tuple[str, str] | None = None
        self._heard = PlayedCalls(ground, self)
        self._heard.told.connect(self.told)
        self._scenario = ""
        self.tables = QuestionTablesDesk(ground, exporter, self)
        self.tables.told.connect(self.told)
        self.tables.saved.connect(self.saved)
        self.tables.brought.connect(self.read_again)

    def rows_came(self, change: ScopeChanged) -> None:
        is_about_questions = not change.entities or change.entities & {"question", "question_key"}
        if is_about_questions and change.scope == EDITORS and self._window.pages.shown is Page.TEACHING:
            self.read_again()

    @property
    def _page(self) -> "QuestionsPane":
        return self._window.pages.teaching.questions

    def _wire(self, page: "QuestionsPane") -> None:
        super()._wire(page)
        page.filtered.connect(self._list)
        page.form.changed.connect(self._preview)
        page.form.find_wanted.connect(self._find)
        page.form.source_wanted.connect(self._show_source)
        self.tables.wire(page, lambda: [row.id for row in self._listed()])

    def _listed(self) -> list[Written]:
        bank, topic, state = self._page.filters
        listed = super()._listed()
        self._page.offer_topics(sorted({one.question.topic for one in listed if one.question.topic}))
        return [
            one
            for one in listed
            if bank in ("", one.question.bank)
            and topic in ("", one.question.topic)
            and state in ("", one.question.state)
        ]

    def _preview(self, row: Written) -> None:
        question = row.question
        options = [f"{BOX}  {one.text}" for one in question.options] if question.kind in WITH_OPTIONS else []
        self._page.show_preview("\n".join([question.text or self.tr("Nothing is asked yet."), *options]))
        is_by_source = question.state is QuestionState.STALE and question.stale_by != question.id
        by = question.stale_by if is_by_source else None
        ids = tuple({*(one.id for one in question.sources), *([by] if by else [])})
        bank = self._bank
        self._background.store.do(lambda: bank.titles(ids), self._page.form.show_titles, self._failed)
        self._page.offer_judging(is_stale=by is not None)
        if question.kind is QuestionKind.SCENARIO and self._scenario != question.id:
            self._heard.offer(self._page.form)
        self._scenario = question.id if question.kind is QuestionKind.SCENARIO else ""
        if by is None:
            self._page.show_source("")
            self._compared = None
        elif self._compared != (question.id, by):
            self._compared = (question.id, by)
            self._show_source(by)
            self._compare(question, by)

    def _show_source(self, source_id: str) -> None:
        bank = self._bank
        self._background.store.do(
            lambda: bank.text_of(source_id), self._page.show_source, self._failed, replaces="source of a question"
        )

    def _compare(self, question: Question, by: str) -> None:
        """What it was written from as its author read it, beside how it is now; the server keeps the versions."""
        read = next((one for one in question.sources if one.id == by), None)
        if read is None or read.kind is not SourceKind.ARTICLE:
            return
        ask, bank = self._rooms.company_versions, self._bank

        def heard(rows: tuple[Row, ...]) -> None:
            then = max((row for row in rows if row.version <= read.version), key=lambda row: row.version, default=None)
            if then is None:
                return
            before = f"{then.body['title']}\n\n{then.body['body']}"
            self._background.store.do(lambda: bank.text_of(by), lambda now: show(before, now), self._failed)

        def show(before: str, now: str) -> None:
            if self._compared == (question.id, by) and now:
                self._page.show_difference(before, now)

        self._background.network.do(lambda: ask("article", by), heard, lambda _: None)  # its text now stands there

    def _find(self, text: str) -> None:
        if not text:
            self._page.form.show_found(())
            return
        knowledge, bank, form = self._rooms.knowledge, self._bank, self._page.form

        def articles() -> Found:
            hits = knowledge.search(text, MOST_FOUND).hits
            return [(SourceKind.ARTICLE, str(hit.article_id), hit.title) for hit in hits]

        def with_announcements(found: Found) -> None:
            self._background.store.do(
                lambda: [*found, *((SourceKind.ANNOUNCEMENT, *one) for one in bank.announcements(text))],
                form.show_found,
                self._failed,
                replaces="announcements to tie",
            )

        self._background.library.do(articles, with_announcements, self._failed, replaces="articles to tie")

    def _title(self, row: Written) -> str:
        return title_of(row, self.tr("New question"))

    def _version(self, row: Written) -> str:
        if row.version == 0:
            return ""
        words = self.tr("Version {version}, by {name}")
        return words.format(version=row.version, name=self._names().person(row.question.changed_by or ""))

    def _line(self, row: Written, *, is_draft: bool, is_open: bool) -> Line:
        pill = self.tr("Not saved") if is_draft else pill_of(row)
        tone: Tone = "warn" if is_draft or row.question.state is QuestionState.STALE else "neutral"
        return Line(row.id, self._title(row), pill=pill, tone=tone, at_right=row.question.topic, is_open=is_open)

    def _saved_words(self) -> str:
        return self.tr("The question is saved. It is drawn from the next paper on.")

    def _start(self) -> None:
        self._page.form.areas["text"].setFocus()


class NewcomersDesk(PageDesk["TeachingPage"]):
    """Asked of the server each time: nothing of it stays on this machine."""

    def __init__(self, ground: Ground, parent: QObject) -> None:
        role = ground.rooms.agent.role
        super().__init__(Page.TEACHING, ground, parent, is_offered=role in TEACHERS)
        self._leads = role in LEADS
        self._found = Newcomers()
        self._shown = ""

    def _wire(self, page: "TeachingPage") -> None:
        page.offer_leading(is_offered=self._leads)
        page.part_taken.connect(self._turn)
        page.newcomers.taken.connect(self._show)
        page.newcomers.again_wanted.connect(self._look)
        page.newcomers.joined_wanted.connect(self._tell)

    def _entered(self) -> None:
        from agent_desktop.ui.teaching.page import Part

        if self._page.part is Part.NEWCOMERS:
            self._look()

    def _turn(self, name: str) -> None:
        from agent_desktop.ui.teaching.page import Part

        self._page.show_part(Part(name))
        self._entered()

    def _look(self) -> None:
        pane = self._page.newcomers
        pane.show_people(sorted(self._names().people.items(), key=lambda one: one[1]))
        pane.again.be_busy(busy=True)
        self._background.network.do(self._rooms.newcomers, self._heard, self._not_heard, replaces="newcomers")

    def _heard(self, found: Newcomers) -> None:
        self._found = found
        pane = self._page.newcomers
        pane.say("")
        known = [one.agent for one in found.newcomers]
        if self._shown not in known:
            self._shown = known[0] if known else ""
        self._list()
        if self._shown:
            self._show(self._shown)

    def _not_heard(self, error: Exception) -> None:
        """What was shown before stays."""
        self._list()
        self._page.newcomers.say(explain(error), "bad")

    def _list(self) -> None:
        lines = [self._line(one) for one in self._found.newcomers]
        why = self.tr("Nobody whom you lead is new. Say below since when somebody works here: 13 weeks are shown.")
        self._page.newcomers.show_newcomers(lines, why)

    def _line(self, one: Newcomer) -> Line:
        week = self.tr("Week {week}").format(week=len(one.weeks))
        return Line(one.agent, self._names().person(one.agent), at_right=week, is_open=one.agent == self._shown)

    def _show(self, agent: str) -> None:
        one = next((found for found in self._found.newcomers if found.agent == agent), None)
        if one is not None:
            self._shown = agent
            self._list()
            name = self._names().person(agent)
            self._page.newcomers.show_one(one, name, has_inspections=self._found.has_inspections)

    def _tell(self, agent: str, on: date | None) -> None:
        joined = self._rooms.joined

        def told(_: object) -> None:
            self._shown = agent
            self._look()

        self._background.network.do(lambda: joined(agent, on), told, self._not_told)

    def _not_told(self, error: Exception) -> None:
        match error:
            case ServerRefused(code="not_allowed"):
                words = self.tr("You do not lead this person. Their team lead or a duty manager may say it.")
            case ServerRefused(code="not_a_day_of_joining"):
                words = self.tr("Nobody joins on a day that is still to come. Write another day.")
            case _:
                words = explain(error)
        self._page.newcomers.say(words, "bad")


class TrainingInHands(PageDesk["TeachingPage"]):
    """What is given to people and what came of it, of those whom one leads; all of it from this workstation's rows."""

    def __init__(self, ground: Ground, exporter: Callable[[], Exporter], parent: QObject) -> None:
        super().__init__(Page.TEACHING, ground, parent, is_offered=ground.rooms.agent.role in TEACHERS)
        self._ground, self._exporter = ground, exporter
        self._leads = ground.rooms.agent.role in LEADS
        self._teams: dict[str, list[str]] = {}

    def _wire(self, page: "TeachingPage") -> None:
        if self._leads:
            page.part_taken.connect(lambda _: self._entered())
            page.training.give_wanted.connect(self._give)
            page.training.quiz_taken.connect(self._read_results)
            from agent_desktop.ui.desks.quiz_results import ResultsOut

            out = ResultsOut(self._ground, self._exporter(), page.training, self._worth)
            out.saved.connect(self.saved)
            out.told.connect(self.told)
            page.training.taken_back.connect(self._take_back)
            page.training.time_given.connect(self._give_time)

    def _entered(self) -> None:
        if self._leads:
            self._read()

    def rows_came(self, change: ScopeChanged) -> None:
        is_about_training = not change.entities or change.entities & {"assignment", "quiz", "course", "quiz_result"}
        if is_about_training and self._leads and self._is_wired and self._window.pages.shown is Page.TEACHING:
            self._read()

    def _read(self) -> None:
        assigning, results = self._rooms.assigning, self._rooms.results

        def read() -> tuple[Offer, tuple[Given, ...], tuple[tuple[str, Words], ...]]:
            return assigning.offer(), assigning.given(), results.quizzes()

        self._background.store.do(read, lambda found: self._show(*found), self._failed, replaces="training in hands")

    def _show(self, offer: Offer, given: tuple[Given, ...], quizzes: tuple[tuple[str, Words], ...]) -> None:
        names, language, pane = self._names(), self._formats.language, self._page.training
        self._teams = {}
        for agent, team in offer.people:
            self._teams.setdefault(team, []).append(agent)
        pane.show_offer(
            [(key, title.in_language(language), days) for key, title, days in offer.what],
            [(agent, names.person(agent)) for agent, _ in offer.people],
            [(team, names.team(team)) for team in self._teams],
        )
        pane.show_given([self._given_row(one) for one in given], [one.assignment.id for one in given])
        pane.show_quizzes([(id_, title.in_language(language)) for id_, title in quizzes])
        self._read_results(str(pane.quiz.currentData() or ""))

    def _given_row(self, one: Given) -> tuple[str, ...]:
        given = one.assignment
        today = self._formats.local_date(self._rooms.clock())
        return (
            self._names().person(given.agent),
            one.title.in_language(self._formats.language),
            self._why(given.why, self._names().person(given.assigned_by)),
            self._formats.day(self._formats.local_date(given.due_at), today),
            self._state(given.state, given.lacks),
        )

    def _why(self, why: AssignedFor, who: str) -> str:
        match why:
            case AssignedFor.WEEKLY:
                return self.tr("The rule of every week")
            case AssignedFor.QUALITY:
                return self.tr("A failed quality item")
            case AssignedFor.SEARCH_GAP:
                return self.tr("Searching in vain")
            case AssignedFor.BY_HAND:
                return self.tr("Assigned by {name}").format(name=who)

    def _state(self, state: AssignmentState, lacks: int) -> str:
        match state:
            case AssignmentState.OPEN if lacks:
                return self.tr("The bank lacks {count} questions").format(count=lacks)
            case AssignmentState.OPEN:
                return self.tr("Open")
            case AssignmentState.PASSED:
                return self.tr("Passed")
            case AssignmentState.FAILED:
                return self.tr("Failed")
            case AssignmentState.DROPPED:
                return self.tr("Dropped")

    def _read_results(self, quiz: str) -> None:
        results = self._rooms.results
        self._background.store.do(
            lambda: results.of(quiz), self._show_results, self._failed, replaces="results of a quiz"
        )

    def _show_results(self, outcome: Outcome) -> None:
        names, passed = self._names(), (self.tr("No"), self.tr("Yes"))
        self._page.training.show_outcome(
            [
                (names.person(one.agent), str(one.tries), str(one.score), str(one.best), passed[one.is_passed])
                for one in outcome.people
            ],
            [
                (one.text, f"{one.right}/{one.asked}  {one.share:.0%}", _apart(one), self._worth(one))
                for one in outcome.questions
            ],
            [
                (names.team(one.team), str(one.people), f"{one.passed}  {one.passed / one.people:.0%}")
                for one in outcome.teams
            ],
        )

    def _worth(self, one: OfQuestion) -> str:
        if not one.is_telling:
            return (
                self.tr("Everybody is right: it asks nothing") if one.right else self.tr("Nobody is right: look at it")
            )
        if one.tells_apart is not None and one.tells_apart <= 0:
            return self.tr("The worst are as right as the best: look at it")
        return ""

    def _give(self, what: str, people: tuple[str, ...], teams: tuple[str, ...], days: str, note: str) -> None:
        assigning = self._rooms.assigning
        whom = [*people, *(agent for team in teams for agent in self._teams.get(team, ()))]
        count = _days(days)
        self._background.store.do(lambda: assigning.give(what, whom, count, note), self._is_given, self._not_given)

    def _take_back(self, ids: tuple[str, ...]) -> None:
        assigning, words = self._rooms.assigning, self.tr("Taken back: {count}. They hear of it with the next sync.")
        self._background.store.do(
            lambda: assigning.take_back(ids), lambda count: self._is_changed(count, words), self._not_changed
        )

    def _give_time(self, ids: tuple[str, ...], days: str) -> None:
        assigning, words = self._rooms.assigning, self.tr("Due later: {count}.")
        count = _days(days)
        self._background.store.do(
            lambda: assigning.give_time(ids, count), lambda found: self._is_changed(found, words), self._not_changed
        )

    def _is_changed(self, count: int, words: str) -> None:
        self._page.training.say_of_given(words.format(count=count), "ok")
        self.saved.emit()
        self._read()

    def _not_changed(self, error: Exception) -> None:
        match error:
            case NothingToGive(field="more"):
                words = self.tr("Write how many days more, 1 to 90.")
            case NothingToGive():
                words = self.tr("Choose in the table what is still open.")
            case _:
                words = explain(error)
        self._page.training.say_of_given(words, "bad")

    def _is_given(self, count: int) -> None:
        pane = self._page.training
        pane.clear()
        pane.say(self.tr("Assigned to {count}. It reaches them with the next sync.").format(count=count), "ok")
        self.saved.emit()
        self._read()

    def _not_given(self, error: Exception) -> None:
        field = error.field if isinstance(error, NothingToGive) else ""
        match field:
            case "what":
                words = self.tr("Choose a quiz or a course.")
            case "whom":
                words = self.tr("Choose people or a team.")
            case "days":
                words = self.tr("Write after how many days it is due, 1 to 90.")
            case "note":
                words = self.tr("The reason is too long. Write it shorter.")
            case _:
                words = explain(error)
        self._page.training.show_fault(field, words)


def _days(text: str) -> int:
    """What is no number of days is none."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 4 else 0


def _apart(one: OfQuestion) -> str:
    return NOTHING if one.tells_apart is None else f"{one.tells_apart:+.0%}"
