"""What a complaint is beside a ticket: by which door it came in, and who says whose it is."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from agent_model.words import Words


@dataclass(frozen=True, slots=True)
class ComplaintSource:
    """A door by which complaints come in: our own line, an e-mail, a regulator's line. A regulator knows the case by a
    number of their own, and has a term of their own (`Target.sources`)."""

    id: str
    name: Words
    is_regulator: bool = False


@dataclass(frozen=True, slots=True)
class ReceivedFrom:
    """By which source a ticket came in, the number it has there, and when they had it; None: when it was written."""

    source: str
    case_number: str = ""
    received_at: datetime | None = None


LONGEST_CASE_NUMBER: Final = 64


class DisputeStep(StrEnum):
    """The department in charge DISPUTES and says whose it is; that department ACCEPTS or DECLINES; the duty manager
    DECIDES. Accepting or deciding moves the ticket."""

    DISPUTES = "disputes"
    ACCEPTS = "accepts"
    DECLINES = "declines"
    DECIDES = "decides"


@dataclass(frozen=True, slots=True)
class DepartmentWord:
    """What somebody says about which department is in charge. `department` is the one that it should be."""

    step: DisputeStep
    department: str
    text: str
    author: str
    at: datetime


@dataclass(frozen=True, slots=True)
class ClosingDecision:
    """A duty manager lets a complaint be closed whose customer gave no satisfaction value; `reason` says why."""

    by: str
    at: datetime
    reason: str


def open_dispute(words: tuple[DepartmentWord, ...]) -> DepartmentWord | None:
    """The dispute that nobody has settled yet."""
    for word in reversed(words):
        if word.step in (DisputeStep.ACCEPTS, DisputeStep.DECIDES):
            return None
        if word.step is DisputeStep.DISPUTES:
            return word
    return None


def is_declined(words: tuple[DepartmentWord, ...]) -> bool:
    """Whether the other side would not have it, so that only the duty manager can settle the dispute."""
    return bool(words) and words[-1].step is DisputeStep.DECLINES
