"""Which course somebody is given by itself: after a failed quality item, or for searching in vain."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Final, NewType

from agent_model.assignment import AssignedFor
from agent_model.folded import plain
from agent_model.quiz import LONGEST_DUE_DAYS, QuizFault, QuizWrong

CourseRuleId = NewType("CourseRuleId", str)

BY_ITSELF: Final = frozenset({AssignedFor.QUALITY, AssignedFor.SEARCH_GAP})
LONGEST_WORD: Final = 40
MOST_WORDS: Final = 50
MOST_TIMES: Final = 50


@dataclass(frozen=True, slots=True)
class CourseRule:
    """`words` are what the quality item or the search has to be about (none: whatever it is). For SEARCH_GAP somebody
    has to have searched in vain `times` times `within_days`."""

    id: CourseRuleId
    course: str
    why: AssignedFor = AssignedFor.QUALITY
    words: tuple[str, ...] = ()
    times: int = 3
    within_days: int = 14
    is_on: bool = True
    changed_by: str | None = None
    changed_at: datetime | None = None
    version: int = 0

    def is_about(self, text: str) -> bool:
        said = plain(text).text
        return not self.words or any(word in said for word in _folded(self.words))


@lru_cache(maxsize=100)
def _folded(words: tuple[str, ...]) -> tuple[str, ...]:
    """Many texts are held against the same words."""
    return tuple(plain(word).text for word in words)


def course_rule_faults(rule: CourseRule) -> tuple[QuizFault, ...]:
    return tuple(QuizFault(field, wrong) for field, wrong in _faults(rule))


def _faults(rule: CourseRule) -> Iterator[tuple[str, QuizWrong]]:
    if not rule.course:
        yield "course", QuizWrong.MISSING
    if rule.why not in BY_ITSELF:
        yield "why", QuizWrong.OUT_OF_BOUNDS
    if len(rule.words) > MOST_WORDS:
        yield "words", QuizWrong.TOO_MANY
    elif any(not plain(word).text for word in rule.words):
        yield "words", QuizWrong.MISSING
    elif any(len(word) > LONGEST_WORD for word in rule.words):
        yield "words", QuizWrong.TOO_LONG
    if not 1 <= rule.times <= MOST_TIMES:
        yield "times", QuizWrong.OUT_OF_BOUNDS
    if not 1 <= rule.within_days <= LONGEST_DUE_DAYS:
        yield "within_days", QuizWrong.OUT_OF_BOUNDS
