"""Training that somebody is to do: a quiz or a course, why, by whom it was given, and until when."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final, NewType

AssignmentId = NewType("AssignmentId", str)

LONGEST_NOTE: Final = 500
READ_S: Final = 10
"""An article counts as read after it was on the screen for so long."""


class AssignedFor(StrEnum):
    """BY_HAND: somebody thought so. WEEKLY: the server drew it by its rule. The others say what showed the need."""

    BY_HAND = "by_hand"
    WEEKLY = "weekly"
    QUALITY = "quality"
    SEARCH_GAP = "search_gap"


class AssignmentState(StrEnum):
    """The server says PASSED and FAILED; who assigns may drop what is still open."""

    OPEN = "open"
    PASSED = "passed"
    FAILED = "failed"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class ArticleRead:
    """An article of the course that was read, in this version, for so long."""

    article: str
    version: int
    at: datetime
    dwell_s: int


@dataclass(frozen=True, slots=True)
class Assignment:
    """Either `quiz` or `course` is named; `about` is the id of the quality item or the gap that showed the need.

    `read` grows by what the learner reads. The server says the learner's `team`, the `state`, which `papers` were
    drawn for it, and with `lacks` how many questions the bank was short of when none could be.
    """

    id: AssignmentId
    agent: str
    assigned_by: str
    assigned_at: datetime
    due_at: datetime
    quiz: str | None = None
    course: str | None = None
    why: AssignedFor = AssignedFor.BY_HAND
    note: str = ""
    about: str | None = None
    read: tuple[ArticleRead, ...] = ()
    team: str = ""
    state: AssignmentState = AssignmentState.OPEN
    papers: tuple[str, ...] = ()
    lacks: int = 0
    version: int = 0
