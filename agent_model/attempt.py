"""One try at a paper: begun once, handed in once, never changed; and what the server says to it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final, NewType

from agent_model.question import Source

AttemptId = NewType("AttemptId", str)

LONGEST_ANSWER: Final = 2000
MOST_PARTS: Final = 200


@dataclass(frozen=True, slots=True)
class Given:
    """What was answered to one question, the `nth` that was turned to, and the seconds it was on the screen."""

    question: str
    answer: tuple[str, ...]
    nth: int
    took_s: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """The answers as they were handed in at `at`. `elapsed_s` counts while the paper was open, by a clock that nobody
    sets; `paused_s` while a call was."""

    at: datetime
    answers: tuple[Given, ...]
    elapsed_s: int
    paused_s: int = 0


@dataclass(frozen=True, slots=True)
class Attempt:
    """Its id is the paper's, so there is one. `sheets` grows once, by what is handed in."""

    id: AttemptId
    agent: str
    started_at: datetime
    sheets: tuple[Sheet, ...] = ()
    version: int = 0


@dataclass(frozen=True, slots=True)
class Mark:
    """One question of a paper as it was judged. It does not count when it became stale before it was handed in.
    `answer` and `right` are in the names of the paper."""

    question: str
    version: int
    is_right: bool
    points: int
    answer: tuple[str, ...]
    right: tuple[str, ...]
    explanation: str = ""
    sources: tuple[Source, ...] = ()
    counts: bool = True
    took_s: int = 0


@dataclass(frozen=True, slots=True)
class QuizResult:
    """Written by the server alone, in the moment an attempt is handed in; its id is the paper's. `score` is 0 to 100.
    One that `is_late` was handed in after it was due, one that `is_over_time` took longer than allowed: it fails."""

    id: AttemptId
    assignment: str
    quiz: str
    agent: str
    team: str
    nth: int
    score: int
    is_passed: bool
    marks: tuple[Mark, ...]
    started_at: datetime
    finished_at: datetime
    elapsed_s: int
    judged_at: datetime
    is_late: bool = False
    is_over_time: bool = False
    version: int = 0
