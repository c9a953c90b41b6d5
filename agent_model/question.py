"""Questions of the training's banks: what is asked, what it was written from, and apart from that what is right."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final, NewType

from agent_model.blank import is_blank
from agent_model.practice import Check, can_be_done

QuestionId = NewType("QuestionId", str)

LONGEST_TEXT: Final = 2000
LONGEST_OPTION: Final = 400
LONGEST_TOPIC: Final = 40
LONGEST_KEYWORD: Final = 80
MOST_OPTIONS: Final = 10
MOST_SOURCES: Final = 20
MOST_POINTS: Final = 20
TRUE, FALSE = "true", "false"


class Bank(StrEnum):
    """Written (笔试), spoken (口试), use of the system (系统操作), conduct (培训期表现)."""

    WRITTEN = "written"
    SPOKEN = "spoken"
    SYSTEM = "system"
    CONDUCT = "conduct"


class QuestionKind(StrEnum):
    """SCENARIO is answered like MULTIPLE, after hearing a call; TASK by doing it in the practice."""

    SINGLE = "single"
    MULTIPLE = "multiple"
    TRUE_FALSE = "true_false"
    ORDER = "order"
    SHORT_TEXT = "short_text"
    SCENARIO = "scenario"
    TASK = "task"


WITH_OPTIONS: Final = frozenset({QuestionKind.SINGLE, QuestionKind.MULTIPLE, QuestionKind.ORDER, QuestionKind.SCENARIO})


class QuestionState(StrEnum):
    """STALE: what it was written from was published anew; it is not drawn until its author confirms or changes it."""

    ACTIVE = "active"
    STALE = "stale"
    RETIRED = "retired"


class SourceKind(StrEnum):
    ARTICLE = "article"
    ANNOUNCEMENT = "announcement"


@dataclass(frozen=True, slots=True)
class Source:
    """What a question was written from, in the version that its author read."""

    kind: SourceKind
    id: str
    version: int


@dataclass(frozen=True, slots=True)
class Option:
    """`key` names it in the answer, and says nothing about whether it is right."""

    key: str
    text: str


@dataclass(frozen=True, slots=True)
class PlayedCall:
    """The call that a scenario is about, as the line of the timeline that was recorded; `name` is what learners see."""

    contact: str
    name: str = ""
    duration_s: int = 0


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked, in one language. `sources` say which published texts it holds by; `author` is told when one of
    them changes. The server signs it, and says STALE with `stale_since` and the source that moved."""

    id: QuestionId
    kind: QuestionKind
    bank: Bank
    text: str
    topic: str
    author: str
    options: tuple[Option, ...] = ()
    sources: tuple[Source, ...] = ()
    call: PlayedCall | None = None
    task: Check | None = None
    language: str = "zh-CN"
    state: QuestionState = QuestionState.ACTIVE
    stale_since: datetime | None = None
    stale_by: str | None = None
    changed_by: str | None = None
    changed_at: datetime | None = None
    version: int = 0


@dataclass(frozen=True, slots=True)
class QuestionKey:
    """What is right; its id is the question's. No slice that a learner holds has it before the answers are handed in.

    `right` are keys of options (ORDER: in this order), `true` or `false`, for SHORT_TEXT keywords, each with its
    alternatives between `|`, of which `least` must be there (0: all), for TASK the steps that have to be done.
    """

    id: QuestionId
    right: tuple[str, ...]
    points: int = 1
    explanation: str = ""
    least: int = 0
    changed_by: str | None = None
    changed_at: datetime | None = None
    version: int = 0


class QuestionWrong(StrEnum):
    """Why a field of a question or its key does not do."""

    MISSING = "missing"
    TOO_LONG = "too_long"
    TOO_FEW = "too_few"
    TOO_MANY = "too_many"
    REPEATED = "repeated"
    NOT_HERE = "not_here"
    """A call without a scenario, options of a question that has none."""
    NOT_AN_OPTION = "not_an_option"
    OUT_OF_BOUNDS = "out_of_bounds"
    UNKNOWN = "unknown"
    """A step that the practice does not know, or that nobody can do there; from the server a source, a call, or what a
    step names that is not there."""


@dataclass(frozen=True, slots=True)
class QuestionFault:
    """`field` is that of the question, or of the key (`right`, `points`, `explanation`, `least`)."""

    field: str
    wrong: QuestionWrong


def question_faults(question: Question) -> tuple[QuestionFault, ...]:
    """Everything that is wrong with a question by itself, without its key."""
    return tuple(QuestionFault(field, wrong) for field, wrong in _question_faults(question))


def key_faults(question: Question, key: QuestionKey) -> tuple[QuestionFault, ...]:
    """Everything that is wrong with a key for this question."""
    return tuple(QuestionFault(field, wrong) for field, wrong in _key_faults(question, key))


def _question_faults(question: Question) -> Iterator[tuple[str, QuestionWrong]]:
    yield from _text("text", question.text, LONGEST_TEXT)
    yield from _text("topic", question.topic, LONGEST_TOPIC)
    if is_blank(question.language):
        yield "language", QuestionWrong.MISSING
    if len(question.sources) > MOST_SOURCES:
        yield "sources", QuestionWrong.TOO_MANY
    yield from _option_faults(question)
    yield from _belongs("call", question.call is not None, question.kind is QuestionKind.SCENARIO)
    yield from _belongs("task", question.task is not None, question.kind is QuestionKind.TASK)


def _option_faults(question: Question) -> Iterator[tuple[str, QuestionWrong]]:
    options = question.options
    if question.kind not in WITH_OPTIONS:
        if options:
            yield "options", QuestionWrong.NOT_HERE
    elif len(options) < 2:
        yield "options", QuestionWrong.TOO_FEW
    elif len(options) > MOST_OPTIONS:
        yield "options", QuestionWrong.TOO_MANY
    elif any(is_blank(option.text) or is_blank(option.key) for option in options):
        yield "options", QuestionWrong.MISSING
    elif any(len(option.text) > LONGEST_OPTION or len(option.key) > LONGEST_TOPIC for option in options):
        yield "options", QuestionWrong.TOO_LONG
    elif min(len({one.key for one in options}), len({one.text.strip() for one in options})) < len(options):
        yield "options", QuestionWrong.REPEATED


def _key_faults(question: Question, key: QuestionKey) -> Iterator[tuple[str, QuestionWrong]]:
    if not 1 <= key.points <= MOST_POINTS:
        yield "points", QuestionWrong.OUT_OF_BOUNDS
    if len(key.explanation) > LONGEST_TEXT:
        yield "explanation", QuestionWrong.TOO_LONG
    if not 0 <= key.least <= (len(key.right) if question.kind is QuestionKind.SHORT_TEXT else 0):
        yield "least", QuestionWrong.OUT_OF_BOUNDS
    if not key.right:
        yield "right", QuestionWrong.MISSING
    elif (wrong := _right_fault(question, key.right)) is not None:
        yield "right", wrong


def _right_fault(question: Question, right: tuple[str, ...]) -> QuestionWrong | None:
    if len(set(right)) < len(right) and question.kind is not QuestionKind.TASK:
        return QuestionWrong.REPEATED
    match question.kind:
        case QuestionKind.SHORT_TEXT:
            return _keyword_fault(right)
        case QuestionKind.TASK:
            is_possible = question.task is not None and can_be_done(question.task, right)
            return None if is_possible else QuestionWrong.UNKNOWN
        case QuestionKind.TRUE_FALSE:
            known = {TRUE, FALSE}
        case _:
            known = {option.key for option in question.options}
    if not set(right) <= known:
        return QuestionWrong.NOT_AN_OPTION
    if question.kind in (QuestionKind.SINGLE, QuestionKind.TRUE_FALSE) and len(right) > 1:
        return QuestionWrong.TOO_MANY
    if question.kind is QuestionKind.ORDER and len(right) < len(known):
        return QuestionWrong.TOO_FEW
    return None


def _keyword_fault(keywords: tuple[str, ...]) -> QuestionWrong | None:
    if len(keywords) > MOST_OPTIONS:
        return QuestionWrong.TOO_MANY
    words = [word for keyword in keywords for word in keyword.split("|")]
    if any(not any(map(str.isalnum, word)) for word in words):  # of signs alone nothing is left to look for
        return QuestionWrong.MISSING
    return QuestionWrong.TOO_LONG if any(len(word) > LONGEST_KEYWORD for word in words) else None


def _text(field: str, words: str, most: int) -> Iterator[tuple[str, QuestionWrong]]:
    if is_blank(words):
        yield field, QuestionWrong.MISSING
    elif len(words) > most:
        yield field, QuestionWrong.TOO_LONG


def _belongs(field: str, is_there: bool, is_due: bool) -> Iterator[tuple[str, QuestionWrong]]:
    if is_there is not is_due:
        yield field, QuestionWrong.MISSING if is_due else QuestionWrong.NOT_HERE
