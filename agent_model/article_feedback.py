"""What agents tell of the knowledge base: an article helped or not, something in it is wrong, none answers."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

LONGEST_WORDS: Final = 1000
LONGEST_QUESTION: Final = 200


class FeedbackKind(StrEnum):
    """HELPFUL and UNHELPFUL are votes; a FLAG is about an article, MISSING about a question that none answers."""

    HELPFUL = "helpful"
    UNHELPFUL = "unhelpful"
    FLAG = "flag"
    MISSING = "missing"


VOTES: Final = frozenset({FeedbackKind.HELPFUL, FeedbackKind.UNHELPFUL})


class FlagReason(StrEnum):
    """What is the matter with an article."""

    WRONG = "wrong"
    OUTDATED = "outdated"
    INCOMPLETE = "incomplete"
    HARD_TO_FIND = "hard_to_find"
    OTHER = "other"


class FeedbackState(StrEnum):
    """ANSWERED: something was done about it; CLOSED: nothing is to be done. A vote stays OPEN, nobody answers it."""

    OPEN = "open"
    ANSWERED = "answered"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class ArticleFeedback:
    """`edition` is when the article that was read had been changed last; `question` what was searched for. The server
    says whose article it is (`owner`, nobody's: None), and who answered; `answered_with` is the article that does,
    `answered_by` is empty where the server found that itself."""

    id: str
    kind: FeedbackKind
    by: str
    at: datetime
    article: str | None = None
    edition: datetime | None = None
    reason: FlagReason | None = None
    question: str = ""
    words: str = ""
    queue: str | None = None
    language: str = ""
    owner: str | None = None
    state: FeedbackState = FeedbackState.OPEN
    answer: str = ""
    answered_with: str | None = None
    answered_by: str | None = None
    answered_at: datetime | None = None
    version: int = 0

    @property
    def is_vote(self) -> bool:
        return self.kind in VOTES


def faults(feedback: ArticleFeedback) -> tuple[str, ...]:
    """The fields that do not make it a feedback of its kind."""
    found = []
    is_about_article = feedback.kind is not FeedbackKind.MISSING
    if (feedback.article is not None) != is_about_article:
        found.append("article")
    if is_about_article and feedback.edition is None:
        found.append("edition")
    if (feedback.reason is not None) != (feedback.kind is FeedbackKind.FLAG):
        found.append("reason")
    if not is_about_article and not feedback.question.strip():
        found.append("question")
    if feedback.reason is FlagReason.OTHER and not feedback.words.strip():
        found.append("words")
    if len(feedback.question) > LONGEST_QUESTION:
        found.append("question")
    found += [name for name in ("words", "answer") if len(getattr(feedback, name)) > LONGEST_WORDS]
    return tuple(found)
