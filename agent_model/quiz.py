"""Quizzes: the rule by which a paper is drawn for each of an audience, when, and what passes."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from enum import StrEnum
from typing import Final, NewType

from agent_model.blank import is_blank
from agent_model.question import LONGEST_TOPIC, Bank
from agent_model.words import Words

QuizId = NewType("QuizId", str)

LONGEST_TITLE: Final = 60
MOST_QUESTIONS: Final = 100
MOST_QUOTAS: Final = 20
MOST_TEAMS: Final = 200
MOST_RETAKES: Final = 9
LONGEST_MIN: Final = 240
LONGEST_DUE_DAYS: Final = 90
MOST_WEEKS: Final = 52
PASS_MARK: Final = 80
TIME_OF_DAY: Final = re.compile(r"([01]\d|2[0-3]):[0-5]\d")


@dataclass(frozen=True, slots=True)
class Weekly:
    """Drawn each week on `weekday` (1 Monday to 7 Sunday) at `at`, HH:MM by the clock of the site."""

    weekday: int
    at: str

    def last_before(self, now: datetime, zone: tzinfo) -> datetime:
        """The newest moment of drawing that is not after `now`."""
        local = now.astimezone(zone)
        hour, minute = map(int, self.at.split(":"))
        day = local.date() - timedelta(days=(local.isoweekday() - self.weekday) % 7)
        drawn = _on(day, time(hour, minute), zone)
        return drawn if drawn <= now else _on(day - timedelta(days=7), time(hour, minute), zone)


def _on(day: date, at: time, zone: tzinfo) -> datetime:
    return datetime.combine(day, at, zone)


@dataclass(frozen=True, slots=True)
class Quota:
    """So many questions of the paper come from this topic."""

    topic: str
    count: int


@dataclass(frozen=True, slots=True)
class Quiz:
    """`count` questions of these banks and topics (none named: of all), the quotas among them. `weekly` None: only
    where it is assigned. `time_limit_min` 0: no limit. Questions somebody had within `rest_weeks` are drawn only when
    nothing else is left. An empty `teams` is everybody; after a failure it may be taken `retakes` times more."""

    id: QuizId
    title: Words
    count: int
    banks: tuple[Bank, ...] = ()
    topics: tuple[str, ...] = ()
    quotas: tuple[Quota, ...] = ()
    language: str = ""
    weekly: Weekly | None = None
    due_days: int = 7
    pass_mark: int = PASS_MARK
    retakes: int = 1
    time_limit_min: int = 20
    rest_weeks: int = 4
    teams: tuple[str, ...] = ()
    is_on: bool = True
    changed_by: str | None = None
    changed_at: datetime | None = None
    version: int = 0


class QuizWrong(StrEnum):
    """Why a field of a quiz or a course does not do."""

    MISSING = "missing"
    TOO_LONG = "too_long"
    TOO_MANY = "too_many"
    OUT_OF_BOUNDS = "out_of_bounds"
    REPEATED = "repeated"
    UNKNOWN = "unknown"
    """From the server: a team, an article or a quiz that is not there."""


@dataclass(frozen=True, slots=True)
class QuizFault:
    field: str
    wrong: QuizWrong


def quiz_faults(quiz: Quiz) -> tuple[QuizFault, ...]:
    return tuple(QuizFault(field, wrong) for field, wrong in _faults(quiz))


def title_faults(title: Words) -> Iterator[tuple[str, QuizWrong]]:
    """One language is enough."""
    if is_blank(title.zh) and is_blank(title.en):
        yield "title", QuizWrong.MISSING
    elif max(len(title.zh), len(title.en)) > LONGEST_TITLE:
        yield "title", QuizWrong.TOO_LONG


def _faults(quiz: Quiz) -> Iterator[tuple[str, QuizWrong]]:
    yield from title_faults(quiz.title)
    for field, value, lowest, most in (
        ("count", quiz.count, 1, MOST_QUESTIONS),
        ("pass_mark", quiz.pass_mark, 1, 100),
        ("retakes", quiz.retakes, 0, MOST_RETAKES),
        ("time_limit_min", quiz.time_limit_min, 0, LONGEST_MIN),
        ("due_days", quiz.due_days, 1, LONGEST_DUE_DAYS),
        ("rest_weeks", quiz.rest_weeks, 0, MOST_WEEKS),
    ):
        if not lowest <= value <= most:
            yield field, QuizWrong.OUT_OF_BOUNDS
    yield from _topic_faults(quiz)
    if len(quiz.teams) > MOST_TEAMS:
        yield "teams", QuizWrong.TOO_MANY
    if quiz.weekly is not None and not (1 <= quiz.weekly.weekday <= 7 and TIME_OF_DAY.fullmatch(quiz.weekly.at)):
        yield "weekly", QuizWrong.OUT_OF_BOUNDS


def _topic_faults(quiz: Quiz) -> Iterator[tuple[str, QuizWrong]]:
    if len(quiz.topics) > MOST_QUOTAS:
        yield "topics", QuizWrong.TOO_MANY
    elif any(is_blank(topic) or len(topic) > LONGEST_TOPIC for topic in quiz.topics):
        yield "topics", QuizWrong.MISSING
    quotas = quiz.quotas
    if len(quotas) > MOST_QUOTAS:
        yield "quotas", QuizWrong.TOO_MANY
    elif any(is_blank(quota.topic) or len(quota.topic) > LONGEST_TOPIC for quota in quotas):
        yield "quotas", QuizWrong.MISSING
    elif len({quota.topic for quota in quotas}) < len(quotas):
        yield "quotas", QuizWrong.REPEATED
    elif any(quota.count < 1 for quota in quotas) or sum(quota.count for quota in quotas) > quiz.count:
        yield "quotas", QuizWrong.OUT_OF_BOUNDS
