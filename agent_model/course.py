"""Courses: articles to read, then a quiz, within some days."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final, NewType

from agent_model.quiz import LONGEST_DUE_DAYS, QuizFault, QuizWrong, title_faults
from agent_model.words import Words

CourseId = NewType("CourseId", str)

MOST_ARTICLES: Final = 50


@dataclass(frozen=True, slots=True)
class Course:
    """`articles` are read in this order, by id; `quiz` None: reading is all of it."""

    id: CourseId
    title: Words
    articles: tuple[str, ...] = ()
    quiz: str | None = None
    due_days: int = 14
    is_on: bool = True
    changed_by: str | None = None
    changed_at: datetime | None = None
    version: int = 0


def course_faults(course: Course) -> tuple[QuizFault, ...]:
    return tuple(QuizFault(field, wrong) for field, wrong in _faults(course))


def _faults(course: Course) -> Iterator[tuple[str, QuizWrong]]:
    yield from title_faults(course.title)
    if not course.articles and course.quiz is None:
        yield "articles", QuizWrong.MISSING
    elif len(course.articles) > MOST_ARTICLES:
        yield "articles", QuizWrong.TOO_MANY
    elif len(set(course.articles)) < len(course.articles):
        yield "articles", QuizWrong.REPEATED
    if not 1 <= course.due_days <= LONGEST_DUE_DAYS:
        yield "due_days", QuizWrong.OUT_OF_BOUNDS
