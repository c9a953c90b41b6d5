"""The page of those who teach: the bank of questions as rows that are written whole, and how newcomers do."""

from datetime import date
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject

from agent_desktop.errors import ServerRefused
from agent_desktop.sync.events import ScopeChanged
from agent_desktop.teaching.questions import TEACHERS, Written
from agent_desktop.ui.desks.page import Ground, PageDesk
from agent_desktop.ui.desks.rows import RowsDesk
from agent_desktop.ui.messages.trouble import explain
from agent_desktop.ui.teaching.question_form import pill_of, title_of
from agent_desktop.ui.widgets.lines import Line
from agent_desktop.ui.widgets.parts import Tone
from agent_desktop.ui.window.rail import Page
from agent_model.agent import Role
from agent_model.newcomer import Newcomer, Newcomers
from agent_model.question import WITH_OPTIONS, QuestionState
from agent_model.scope import EDITORS

if TYPE_CHECKING:
    from agent_desktop.ui.teaching.page import QuestionsPane, TeachingPage

LEADS: Final = frozenset({Role.TEAM_LEAD, Role.DUTY_MANAGER})
MOST_FOUND: Final = 6
BOX: Final = "☐"


class QuestionsDesk(RowsDesk[Written, "QuestionsPane"]):
    def __init__(self, ground: Ground, parent: QObject) -> None:
        rooms = ground.rooms
        super().__init__(Page.TEACHING, rooms.questions, ground, parent, is_offered=rooms.agent.role in TEACHERS)
        self._bank = rooms.questions

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
        by = question.stale_by if question.state is QuestionState.STALE else None
        ids = tuple({*(one.id for one in question.sources), *([by] if by else [])})
        bank = self._bank
        self._background.store.do(lambda: bank.titles(ids), self._page.form.show_titles, self._failed)
        if by is None:
            self._page.show_source("")
        else:
            self._show_source(by)

    def _show_source(self, source_id: str) -> None:
        bank = self._bank
        self._background.store.do(
            lambda: bank.text_of(source_id), self._page.show_source, self._failed, replaces="source of a question"
        )

    def _find(self, text: str) -> None:
        if not text:
            self._page.form.show_found(())
            return
        knowledge = self._rooms.knowledge

        def found() -> list[tuple[str, str]]:
            return [(str(hit.article_id), hit.title) for hit in knowledge.search(text, MOST_FOUND).hits]

        self._background.library.do(found, self._page.form.show_found, self._failed, replaces="articles to tie")

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
        page.offer_newcomers(is_offered=self._leads)
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
