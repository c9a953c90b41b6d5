"""What one agent is to do and has done, read from this disk; papers begun, kept and handed in; courses read."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Final, TypeVar

from agent_desktop.offline.view import View
from agent_desktop.training.taking import Taken, Taking
from agent_model.agent import Role
from agent_model.article import Article
from agent_model.assignment import ArticleRead, Assignment, AssignmentState
from agent_model.attempt import Attempt, QuizResult
from agent_model.body import from_body, to_body
from agent_model.command import CommandKind, FieldChange, OpId
from agent_model.course import Course
from agent_model.moment import to_text
from agent_model.practice import opened
from agent_model.quiz import Quiz
from agent_model.quiz_paper import QuizPaper
from agent_model.wire import Row
from agent_model.words import Words

LEARNERS: Final = frozenset({Role.AGENT, Role.RETURN_VISIT, Role.DEPARTMENT})
"""Who is taught; the server says the same."""
DRAFTS: Final = "attempt"

T = TypeVar("T")


class Step(StrEnum):
    """What comes next of something that was assigned. AWAITED: handed in, and the server has not judged it yet.
    NOT_READY: its paper is not here, or the bank was too small for one."""

    READ = "read"
    TAKE = "take"
    GO_ON = "go_on"
    AWAITED = "awaited"
    NOT_READY = "not_ready"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class CourseArticle:
    """An article of a course; None where it is not published any more."""

    id: str
    article: Article | None
    is_read: bool


@dataclass(frozen=True, slots=True)
class Duty:
    """Something that was assigned: the `paper` that is to be taken or was taken last, and `results`, the latest
    first; `judged` is the paper of the newest, `titles` those of the articles that it asked to be opened."""

    assignment: Assignment
    title: Words
    step: Step
    paper: QuizPaper | None = None
    articles: tuple[CourseArticle, ...] = ()
    results: tuple[QuizResult, ...] = ()
    judged: QuizPaper | None = None
    titles: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_open(self) -> bool:
        return self.step in (Step.READ, Step.TAKE, Step.GO_ON)


class Training:
    """Every method that writes raises DiskFull, OutboxDamaged or StoreBusy."""

    def __init__(
        self, view: View, agent_id: str, clock: Callable[[], datetime], monotonic: Callable[[], float]
    ) -> None:
        self._view, self._agent_id = view, agent_id
        self._clock, self._monotonic = clock, monotonic

    def duties(self) -> tuple[Duty, ...]:
        """What is to do first, the soonest due before others; then what is done, the latest first."""
        found = [duty for duty in map(self._duty, self._assignments()) if duty is not None]
        waits = sorted((one for one in found if one.step is not Step.DONE), key=lambda one: one.assignment.due_at)
        done = sorted((one for one in found if one.step is Step.DONE), key=_last, reverse=True)
        return (*waits, *done)

    def waiting(self) -> int:
        """How much there is to do."""
        return sum(duty.is_open for duty in self.duties())

    def begin(self, paper: QuizPaper) -> Taking:
        """Begun once and for all, before the first question is shown; or gone on with where it was."""
        now = self._clock()
        kept = self._view.outbox.draft(paper.id, DRAFTS)
        if kept is not None:
            return Taking(paper, Taken.from_plain(paper.id, kept.body, kept.saved_at), now, self._monotonic)
        attempt = _read(Attempt, self._view.row("attempt", paper.id))
        if attempt is not None:  # begun at a workstation whose draft is gone: its clock ran on
            taken = Taken(paper.id, attempt.started_at, "", {}, saved_at=attempt.started_at)
            return Taking(paper, taken, now, self._monotonic)
        fields = {
            "agent": FieldChange(None, self._agent_id),
            "started_at": FieldChange(None, to_text(now)),
        }
        with self._view.outbox.together():
            command = self._view.outbox.put("attempt", paper.id, CommandKind.CREATE, fields, now)
            taken = Taken(paper.id, now, command.op_id, {})
            self._view.outbox.save_draft(paper.id, taken.to_plain(), now, DRAFTS)
        return Taking(paper, taken, now, self._monotonic)

    def keep(self, taken: Taken) -> None:
        """On the disk when this returns."""
        self._view.outbox.save_draft(taken.paper, taken.to_plain(), self._clock(), DRAFTS)

    def hand_in(self, taking: Taking) -> None:
        """For good. The draft is gone with it."""
        now, taken, outbox = self._clock(), taking.kept(), self._view.outbox
        sheet = {"sheets": FieldChange(None, to_body(taking.sheet()))}
        began = OpId(taken.begun_by) if self._view.has_pending(taken.paper) and taken.begun_by else None
        with outbox.together():
            outbox.put("attempt", taken.paper, CommandKind.APPEND, sheet, now, depends_on=began)
            outbox.drop_draft(taken.paper, DRAFTS)

    def read_article(self, assignment: Assignment, article: Article, dwell_s: int) -> None:
        """It was on the screen long enough to be read."""
        now = self._clock()
        read = ArticleRead(article.id, article.version, now, dwell_s)
        said = {"read": FieldChange(None, {**to_body(read), "version": read.version})}
        self._view.outbox.put(
            "assignment", assignment.id, CommandKind.APPEND, said, now, base_version=assignment.version
        )

    def _assignments(self) -> list[Assignment]:
        rows = (_read(Assignment, row) for row in self._view.rows("assignment"))
        return [one for one in rows if one is not None and one.agent == self._agent_id]

    def _duty(self, assignment: Assignment) -> Duty | None:
        if assignment.state is AssignmentState.DROPPED:
            return None
        papers = [_read(QuizPaper, self._view.row("quiz_paper", id_)) for id_ in reversed(assignment.papers)]
        paper = papers[0] if papers else None
        told = [_read(QuizResult, self._view.row("quiz_result", id_)) for id_ in reversed(assignment.papers)]
        results = tuple(one for one in told if one is not None)
        judged = _read(QuizPaper, self._view.row("quiz_paper", results[0].id)) if results else None
        course = None if assignment.course is None else _read(Course, self._view.row("course", assignment.course))
        articles = tuple(self._article(id_, assignment) for id_ in (() if course is None else course.articles))
        title = self._title(assignment, course, paper)
        step = self._step(assignment, paper, articles)
        return Duty(assignment, title, step, paper, articles, results, judged, self._titles(results[:1]))

    def _titles(self, results: Iterable[QuizResult]) -> Mapping[str, str]:
        steps = {one for result in results for mark in result.marks for one in (*mark.answer, *mark.right)}
        found = (_read(Article, self._view.row("article", id_)) for id_ in map(opened, steps) if id_)
        return {article.id: article.title for article in found if article is not None}

    def _step(
        self,
        assignment: Assignment,
        paper: QuizPaper | None,
        articles: tuple[CourseArticle, ...],
    ) -> Step:
        if assignment.state is not AssignmentState.OPEN:
            return Step.DONE
        is_read = all(one.is_read or one.article is None for one in articles)
        if not is_read:
            return Step.READ
        if paper is None:
            return Step.DONE if articles and not assignment.papers and not assignment.lacks else Step.NOT_READY
        attempt = _read(Attempt, self._view.row("attempt", paper.id))
        if attempt is None:
            return Step.TAKE
        if not attempt.sheets:
            return Step.GO_ON
        return Step.NOT_READY if assignment.lacks else Step.AWAITED

    def _article(self, article_id: str, assignment: Assignment) -> CourseArticle:
        read = any(one.article == article_id for one in assignment.read)
        return CourseArticle(article_id, _read(Article, self._view.row("article", article_id)), read)

    def _title(self, assignment: Assignment, course: Course | None, paper: QuizPaper | None) -> Words:
        if course is not None:
            return course.title
        if paper is not None:
            return paper.title
        quiz = None if assignment.quiz is None else _read(Quiz, self._view.row("quiz", assignment.quiz))
        return Words("", "") if quiz is None else quiz.title


def _last(duty: Duty) -> datetime:
    return duty.results[0].finished_at if duty.results else duty.assignment.assigned_at


def _read(kind: type[T], row: Row | None) -> T | None:
    """None for what is not here or cannot be read."""
    try:
        return None if row is None else from_body(kind, row.id, row.version, row.body)
    except (KeyError, TypeError, ValueError):
        return None
