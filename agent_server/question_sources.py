"""Questions whose source is published anew: not drawn any more until their author has looked, from that moment."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any, Final

from agent_model.moment import to_text
from agent_model.question import QuestionState
from agent_server.rows import Stored

SAID: Final[Mapping[str, tuple[str, ...]]] = {
    "article": ("title", "body", "kind", "guide", "tiers", "regions", "valid_from", "valid_to"),
    "announcement": ("title", "body", "audience", "state", "valid_from", "valid_to"),
}
"""Fields of what questions are written from that say something to customers or agents."""


def says_something_else(before: Stored | None, now: Stored | None) -> bool:
    """Whether somebody who knew the row has to read it again."""
    if before is None:
        return False
    return now is None or any(before.body.get(name) != now.body.get(name) for name in SAID.get(now.entity, ()))


def stale(question: Stored, source: str, now: datetime) -> Stored | None:
    """The question marked, or None where nobody is asked it anyway."""
    if question.body["state"] != QuestionState.ACTIVE:
        return None
    said = {"state": QuestionState.STALE.value, "stale_since": to_text(now), "stale_by": source}
    return replace(question, version=question.version + 1, body={**question.body, **said})


def source_lines(questions: Iterable[Stored]) -> list[dict[str, Any]]:
    """The lines of `question_source`."""
    return [
        {"kind": kind, "source_id": source_id, "question_id": row.id}
        for row in questions
        for kind, source_id in dict.fromkeys((one["kind"], one["id"]) for one in row.body["sources"])
    ]
