"""What came of quizzes: by person, by question, by team (docs/training.md)."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from agent_desktop.offline.view import View
from agent_model.attempt import QuizResult
from agent_model.body import from_body
from agent_model.words import Words

FEWEST: Final = 6
"""Results, for the best and the worst third of them to say something."""


@dataclass(frozen=True, slots=True)
class OfPerson:
    """`score` is that of the newest try."""

    agent: str
    tries: int
    score: int
    best: int
    is_passed: bool


@dataclass(frozen=True, slots=True)
class OfQuestion:
    """`tells_apart` is the share of right answers in the best third of results less that in the worst; None where there
    are too few. A question everybody gets right, or nobody, tells nothing."""

    question: str
    text: str
    asked: int
    right: int
    tells_apart: float | None

    @property
    def share(self) -> float:
        return self.right / self.asked

    @property
    def is_telling(self) -> bool:
        return 0 < self.right < self.asked


@dataclass(frozen=True, slots=True)
class OfTeam:
    team: str
    people: int
    passed: int


@dataclass(frozen=True, slots=True)
class Outcome:
    people: tuple[OfPerson, ...]
    questions: tuple[OfQuestion, ...]
    teams: tuple[OfTeam, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """All of a quiz, for a file: each try, by person and time; what questions ask and are about, by id."""

    results: tuple[QuizResult, ...]
    questions: tuple[OfQuestion, ...]
    texts: Mapping[str, str]
    topics: Mapping[str, str]


class Results:
    """Those that this workstation holds: a lead's team; nobody else's."""

    def __init__(self, view: View, me: str) -> None:
        self._view, self._me = view, me

    def quizzes(self) -> tuple[tuple[str, Words], ...]:
        """What was handed in last comes first."""
        newest: dict[str, str] = {}
        for row in self._view.rows("quiz_result"):
            newest[row.body["quiz"]] = max(newest.get(row.body["quiz"], ""), row.body["finished_at"])
        listed = sorted(self._view.rows("quiz"), key=lambda row: newest.get(row.id, ""), reverse=True)
        return tuple((row.id, Words.from_body(row.body["title"])) for row in listed)

    def of(self, quiz: str) -> Outcome:
        theirs = self._theirs(quiz)
        return Outcome(by_person(theirs), by_question(theirs, self._said("text")), by_team(theirs))

    def told(self, quiz: str) -> Told:
        texts = self._said("text")
        theirs = sorted(self._theirs(quiz), key=lambda one: (one.team, one.agent, one.finished_at))
        return Told(tuple(theirs), by_question(theirs, texts), texts, self._said("topic"))

    def _theirs(self, quiz: str) -> list[QuizResult]:
        rows = self._view.rows("quiz_result")
        found = [from_body(QuizResult, row.id, row.version, row.body) for row in rows if row.body["quiz"] == quiz]
        return [one for one in found if one.agent != self._me]

    def _said(self, field: str) -> dict[str, str]:
        return {row.id: str(row.body[field]) for row in self._view.rows("question")}


def by_person(results: Sequence[QuizResult]) -> tuple[OfPerson, ...]:
    """The worst first."""
    grouped: defaultdict[str, list[QuizResult]] = defaultdict(list)
    for one in sorted(results, key=lambda one: one.finished_at):
        grouped[one.agent].append(one)
    people = [
        OfPerson(agent, len(tries), tries[-1].score, max(one.score for one in tries), tries[-1].is_passed)
        for agent, tries in grouped.items()
    ]
    return tuple(sorted(people, key=lambda one: (one.is_passed, one.score, one.agent)))


def by_question(results: Sequence[QuizResult], texts: dict[str, str]) -> tuple[OfQuestion, ...]:
    """The one that fewest get right first; marks that do not count are left out."""
    ranked = sorted(results, key=lambda one: one.score, reverse=True)
    third = len(ranked) // 3
    best, worst = (ranked[:third], ranked[len(ranked) - third :]) if len(ranked) >= FEWEST else ([], [])
    if best and best[0].score == worst[-1].score:
        best, worst = [], []  # nobody is better than another
    rates, high, low = _rates(ranked), _rates(best), _rates(worst)
    found = [
        OfQuestion(id_, texts.get(id_, id_), asked, right, _less(high.get(id_), low.get(id_)))
        for id_, (right, asked) in rates.items()
    ]
    return tuple(sorted(found, key=lambda one: (one.share, one.question)))


def by_team(results: Sequence[QuizResult]) -> tuple[OfTeam, ...]:
    """People whose newest try passed, of those who handed one in."""
    newest: dict[str, QuizResult] = {one.agent: one for one in sorted(results, key=lambda one: one.finished_at)}
    teams: defaultdict[str, list[bool]] = defaultdict(list)
    for one in newest.values():
        teams[one.team].append(one.is_passed)
    return tuple(OfTeam(team, len(passed), sum(passed)) for team, passed in sorted(teams.items()))


def _rates(results: Sequence[QuizResult]) -> dict[str, tuple[int, int]]:
    """How many were right, of how many, by question."""
    rates: dict[str, tuple[int, int]] = {}
    for mark in (mark for one in results for mark in one.marks if mark.counts):
        right, asked = rates.get(mark.question, (0, 0))
        rates[mark.question] = (right + mark.is_right, asked + 1)
    return rates


def _less(high: tuple[int, int] | None, low: tuple[int, int] | None) -> float | None:
    return None if high is None or low is None else high[0] / high[1] - low[0] / low[1]
