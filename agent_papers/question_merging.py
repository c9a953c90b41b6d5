"""A row of a table of questions and the question that there is: which one it is, and what the row changes in it."""

import hashlib
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace

from agent_model.question import MOST_OPTIONS, Question, QuestionId, QuestionKey, QuestionState, Source
from agent_papers.question_columns import EN, Shape
from agent_papers.question_table import QuestionRow

Pair = tuple[Question, QuestionKey]
_WHOLE = Shape(EN, MOST_OPTIONS)


@dataclass(frozen=True, slots=True)
class Known:
    """The questions that there are, by id and by what they ask."""

    by_id: Mapping[str, Pair]
    by_text: Mapping[str, Pair]

    @classmethod
    def of(cls, pairs: Iterable[Pair]) -> "Known":
        listed = list(pairs)
        return cls({one[0].id: one for one in listed}, {one[0].text: one for one in listed})

    def find(self, row: QuestionRow) -> Pair | None:
        """By its id, or where it has none by its text: the same table again changes nothing."""
        question = row.question
        if question.id:
            return self.by_id.get(question.id)
        return self.by_text.get(question.text) or self.by_id.get(id_of(question))


def id_of(question: Question) -> str:
    """The id of a question that has none of its own."""
    return f"question-{hashlib.sha256(question.text.encode()).hexdigest()[:20]}"


def laid_over(row: QuestionRow, told: Collection[str], before: Pair | None, sources: tuple[Source, ...]) -> Pair:
    """What the row tells, over what there is; the author of a new one is still to be said.

    What no column tells stays. No table makes a stale question active: somebody has to look at it.
    """
    question, key = replace(row.question, sources=sources), row.key
    if before is None:
        id_ = QuestionId(question.id or id_of(question))
        return replace(question, id=id_, state=_state(question, None, told)), replace(key, id=id_)
    old, old_key = before
    kept = {"bank", "language", "sources"} - set(told)
    same_call = question.call is not None and old.call is not None and question.call.contact == old.call.contact
    merged = replace(
        old,
        kind=question.kind,
        text=question.text,
        topic=question.topic,
        options=question.options,
        call=old.call if same_call else question.call,
        task=question.task,
        bank=old.bank if "bank" in kept else question.bank,
        language=old.language if "language" in kept else question.language,
        sources=old.sources if "sources" in kept else sources,
        state=_state(question, old, told),
    )
    merged_key = replace(
        old_key,
        right=key.right,
        points=key.points if "points" in told else old_key.points,
        least=key.least if "least" in told else min(old_key.least, len(key.right)),
        explanation=key.explanation if "explanation" in told else old_key.explanation,
    )
    return merged, merged_key


def _state(said: Question, old: Question | None, told: Collection[str]) -> QuestionState:
    is_retired = said.state is QuestionState.RETIRED
    if old is not None and "state" not in told:
        return old.state
    if old is not None and old.state is QuestionState.STALE and not is_retired:
        return QuestionState.STALE
    return QuestionState.RETIRED if is_retired else QuestionState.ACTIVE


def is_same(one: Pair, other: Pair) -> bool:
    """Whether both would be the same row of a table: how options are named, and versions, make no difference."""
    return _WHOLE.cells(*one) == _WHOLE.cells(*other)
