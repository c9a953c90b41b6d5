"""A paper that is being taken: the answers so far, and two clocks: what counts, and what a call takes off it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from agent_model.attempt import Given, Sheet
from agent_model.body import from_body, to_body
from agent_model.moment import from_text, to_text
from agent_model.quiz_paper import QuizPaper


@dataclass(frozen=True, slots=True)
class Answered:
    """What was answered to a question, the `nth` that was turned to, and how long it was on the screen."""

    answer: tuple[str, ...] = ()
    nth: int = 0
    took_s: float = 0.0


@dataclass(frozen=True, slots=True)
class Taken:
    """What is kept of a paper that is not handed in: as it stood at `saved_at`, when the clock that nobody sets showed
    `mark_s`. `begun_by` is the command that began it."""

    paper: str
    started_at: datetime
    begun_by: str
    answers: Mapping[str, Answered]
    at: int = 0
    elapsed_s: float = 0.0
    paused_s: float = 0.0
    saved_at: datetime | None = None
    mark_s: float | None = None

    def to_plain(self) -> dict[str, Any]:
        return {
            "started_at": to_text(self.started_at),
            "begun_by": self.begun_by,
            "answers": {question: to_body(one) for question, one in self.answers.items()},
            "at": self.at,
            "elapsed_s": self.elapsed_s,
            "paused_s": self.paused_s,
            "mark_s": self.mark_s,
        }

    @classmethod
    def from_plain(cls, paper: str, plain: Mapping[str, Any], saved_at: datetime) -> "Taken":
        return cls(
            paper,
            from_text(plain["started_at"]),
            plain["begun_by"],
            {question: from_body(Answered, "", 0, one) for question, one in plain["answers"].items()},
            plain["at"],
            plain["elapsed_s"],
            plain["paused_s"],
            saved_at,
            plain.get("mark_s"),
        )


class Taking:
    """`monotonic` counts seconds since this computer was started and cannot be set. What was kept is gone on with: the
    clock ran on meanwhile, by the more that either clock shows. After a new start `monotonic` shows less than passed,
    never more."""

    def __init__(self, paper: QuizPaper, taken: Taken, now: datetime, monotonic: Callable[[], float]) -> None:
        self.paper = paper
        self._monotonic = monotonic
        self._mark = monotonic()
        by_date = 0.0 if taken.saved_at is None else (now - taken.saved_at).total_seconds()
        by_count = 0.0 if taken.mark_s is None else self._mark - taken.mark_s
        self._taken = replace(taken, elapsed_s=taken.elapsed_s + max(0.0, by_date, by_count))
        self.is_paused = False
        self._turn_to(min(taken.at, len(paper.questions) - 1))

    @property
    def at(self) -> int:
        """Which question is on the screen, from 0."""
        return self._taken.at

    def answer(self, question: str) -> tuple[str, ...]:
        given = self._taken.answers.get(question)
        return () if given is None else given.answer

    @property
    def answered(self) -> int:
        return sum(bool(one.answer) for one in self._taken.answers.values())

    @property
    def left_s(self) -> float | None:
        """Until it is handed in by itself; None without a limit."""
        if self.paper.time_limit_s == 0:
            return None
        return max(0.0, self.paper.time_limit_s - self.kept().elapsed_s)

    def give(self, answer: tuple[str, ...]) -> None:
        """To the question that is on the screen."""
        self._count()
        question = self.paper.questions[self.at].question
        given = self._taken.answers[question]
        self._taken = replace(self._taken, answers={**self._taken.answers, question: replace(given, answer=answer)})

    def turn_to(self, at: int) -> None:
        if 0 <= at < len(self.paper.questions):
            self._count()
            self._turn_to(at)

    def pause(self, *, is_paused: bool) -> None:
        """A call takes nothing off the time."""
        self._count()
        self.is_paused = is_paused

    def kept(self) -> Taken:
        """As it stands now."""
        self._count()
        return replace(self._taken, mark_s=self._mark)

    def sheet(self) -> Sheet:
        """Handed in so long after it was begun as the clock that nobody sets says: the other may have been set."""
        taken = self.kept()
        given = tuple(
            Given(one.question, taken.answers[one.question].answer, taken.answers[one.question].nth, took)
            for one in self.paper.questions
            if one.question in taken.answers
            for took in (int(taken.answers[one.question].took_s),)
        )
        at = taken.started_at + timedelta(seconds=taken.elapsed_s + taken.paused_s)
        return Sheet(at, given, int(taken.elapsed_s), int(taken.paused_s))

    def _turn_to(self, at: int) -> None:
        question, answers = self.paper.questions[at].question, self._taken.answers
        if question not in answers:
            answers = {**answers, question: Answered(nth=len(answers) + 1)}
        self._taken = replace(self._taken, at=at, answers=answers)

    def _count(self) -> None:
        """What has passed since the last look, to where it belongs."""
        now = self._monotonic()
        passed, self._mark = now - self._mark, now
        if self.is_paused:
            self._taken = replace(self._taken, paused_s=self._taken.paused_s + passed)
            return
        question = self.paper.questions[self.at].question
        given = self._taken.answers[question]
        answers = {**self._taken.answers, question: replace(given, took_s=given.took_s + passed)}
        self._taken = replace(self._taken, elapsed_s=self._taken.elapsed_s + passed, answers=answers)
