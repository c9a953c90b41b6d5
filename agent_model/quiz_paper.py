"""A paper as it was drawn for one person: the questions, without anything of what is right."""

from dataclasses import dataclass
from datetime import datetime
from typing import NewType

from agent_model.practice import Check
from agent_model.question import Bank, Option, PlayedCall, QuestionKind
from agent_model.words import Words

PaperId = NewType("PaperId", str)


@dataclass(frozen=True, slots=True)
class PaperQuestion:
    """A question in the version it was drawn in. Its options are shuffled and named anew for this paper alone."""

    question: str
    version: int
    kind: QuestionKind
    bank: Bank
    text: str
    points: int
    language: str = "zh-CN"
    options: tuple[Option, ...] = ()
    call: PlayedCall | None = None
    task: Check | None = None


@dataclass(frozen=True, slots=True)
class QuizPaper:
    """`nth` counts the tries at one assignment from 1, `tries` are allowed. `time_limit_s` 0: no limit."""

    id: PaperId
    assignment: str
    quiz: str
    agent: str
    title: Words
    nth: int
    tries: int
    questions: tuple[PaperQuestion, ...]
    pass_mark: int
    time_limit_s: int
    drawn_at: datetime
    due_at: datetime
    version: int = 0
