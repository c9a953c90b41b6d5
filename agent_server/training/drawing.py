"""Drawing a paper by its quiz's rule: which questions, in which order, under which names; the keys apart from them."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any

from agent_model.question import Option, Question, QuestionKey, QuestionKind, QuestionState, key_faults
from agent_model.quiz import Quiz
from agent_model.quiz_paper import PaperQuestion


class TooFew(Exception):
    """The bank lacks so many questions for the rule."""

    def __init__(self, lacks: int) -> None:
        super().__init__(lacks)
        self.lacks = lacks


@dataclass(frozen=True, slots=True)
class Drawn:
    """The questions as their learner gets them, and what they are judged by, by question: never for the learner."""

    questions: tuple[PaperQuestion, ...]
    judged_by: Mapping[str, Mapping[str, Any]]


def draw(
    quiz: Quiz,
    bank: Sequence[Question],
    keys: Mapping[str, QuestionKey],
    asked: Mapping[str, int],
    random: Random,
) -> Drawn:
    """`asked` says how lately somebody had a question (greater: more lately); these are taken only where nothing else
    is left, the longest ago first. The same `random` draws the same. Raises TooFew."""
    left = sorted((one for one in bank if _fits(one, quiz) and _has_key(one, keys)), key=lambda one: one.id)
    random.shuffle(left)
    left.sort(key=lambda one: asked.get(one.id, 0))
    chosen: list[Question] = []
    for quota in quiz.quotas:
        chosen += _taken(left, quota.count, {one.id for one in chosen}, {quota.topic})
    chosen += _taken(left, quiz.count - len(chosen), {one.id for one in chosen}, None)
    random.shuffle(chosen)
    drawn = [_named_anew(question, keys[question.id], random) for question in chosen]
    return Drawn(tuple(paper for paper, _ in drawn), {paper.question: key for paper, key in drawn})


def _fits(question: Question, quiz: Quiz) -> bool:
    topics = {*quiz.topics, *(quota.topic for quota in quiz.quotas)} if quiz.topics else set()
    return (
        question.state is QuestionState.ACTIVE
        and (not quiz.banks or question.bank in quiz.banks)
        and (not topics or question.topic in topics)
        and (not quiz.language or question.language == quiz.language)
    )


def _has_key(question: Question, keys: Mapping[str, QuestionKey]) -> bool:
    """One that says of this question what is right."""
    key = keys.get(question.id)
    return key is not None and not key_faults(question, key)


def _taken(
    left: Sequence[Question], count: int, but: Collection[str], topics: Collection[str] | None
) -> list[Question]:
    found = [one for one in left if one.id not in but and (topics is None or one.topic in topics)][:count]
    if len(found) < count:
        raise TooFew(count - len(found))
    return found


def _named_anew(question: Question, key: QuestionKey, random: Random) -> tuple[PaperQuestion, dict[str, Any]]:
    """The options shuffled and named after where they stand now: how they were written tells nothing."""
    options = list(question.options)
    random.shuffle(options)
    if question.kind is QuestionKind.ORDER and tuple(one.key for one in options) == key.right:
        options.reverse()
    names = {option.key: str(place) for place, option in enumerate(options, 1)}
    paper = PaperQuestion(
        question.id,
        question.version,
        question.kind,
        question.bank,
        question.text,
        key.points,
        question.language,
        tuple(Option(names[option.key], option.text) for option in options),
        question.call,
        question.task,
    )
    judged_by = {
        "right": [names.get(one, one) for one in key.right],
        "least": key.least,
        "explanation": key.explanation,
        "sources": [{"kind": one.kind.value, "id": one.id, "version": one.version} for one in question.sources],
    }
    return paper, judged_by
