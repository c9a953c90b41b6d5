"""What the knowledge base lacks: questions that found nothing, did not help, or are answered in several ways."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Final

LONGEST_REASON: Final = 500
LONGEST_FORM: Final = 200


class GapKind(StrEnum):
    """NOT_HELPFUL: there were articles, but none was opened, or what was opened did not help."""

    NOTHING_FOUND = "nothing_found"
    NOT_HELPFUL = "not_helpful"
    ANSWERED_APART = "answered_apart"


class GapVerdict(StrEnum):
    """DONE: the knowledge base has it now; IGNORED: it need not."""

    DONE = "done"
    IGNORED = "ignored"


@dataclass(frozen=True, slots=True)
class GapDecision:
    """What an editor decided about a question, whose `form` is what its spellings have in common. It holds until the
    question is asked again."""

    id: str
    kind: GapKind
    form: str
    question: str
    verdict: GapVerdict
    by: str
    at: datetime
    reason: str = ""
    version: int = 0


@dataclass(frozen=True, slots=True)
class GapAnswer:
    """An article that was given, or did not help, and how often."""

    article: str
    count: int


@dataclass(frozen=True, slots=True)
class Gap:
    """A question with its counts; who asked it is not told. `forms` are those of all its spellings, the commonest
    first; `queues` and `languages` say how often it was asked where. `is_again`: it goes on after it was decided."""

    kind: GapKind
    forms: tuple[str, ...]
    question: str
    searches: int
    agents: int
    last: datetime
    variants: tuple[str, ...] = ()
    queues: Mapping[str, int] = field(default_factory=dict)
    languages: Mapping[str, int] = field(default_factory=dict)
    answers: tuple[GapAnswer, ...] = ()
    is_again: bool = False

    @property
    def key(self) -> str:
        return f"{self.kind}:{self.forms[0]}"


@dataclass(frozen=True, slots=True)
class GapList:
    """What stood open at a moment, of the last days; `searches` are all that were looked at."""

    at: datetime
    days: int
    searches: int
    gaps: tuple[Gap, ...]


def is_settled(gap: Gap, decisions: Mapping[tuple[GapKind, str], datetime]) -> bool:
    """Whether it was decided after it was asked last; `decisions` are the newest by kind and form."""
    moments = [at for form in gap.forms if (at := decisions.get((gap.kind, form))) is not None]
    return bool(moments) and max(moments) >= gap.last
