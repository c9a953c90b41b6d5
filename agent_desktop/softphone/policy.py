"""What the phone does with calls by itself, as the site and the agent want it."""

from dataclasses import dataclass
from enum import StrEnum


class Turned(StrEnum):
    """How a call is turned away: 486 (the next agent is tried), 603 (nobody is tried), 480 (not available)."""

    BUSY = "busy"
    DECLINED = "declined"
    UNAVAILABLE = "unavailable"


class AutoAnswer(StrEnum):
    """BY_HEADER: when the INVITE asks for it (Call-Info or Alert-Info with `answer-after`, RFC 5373 Answer-Mode)."""

    NEVER = "never"
    BY_HEADER = "by_header"
    ALWAYS = "always"


@dataclass(frozen=True, slots=True)
class CallPolicy:
    """`ring_for_s` None: rings until the caller gives up. `zip_tone`: a short tone in the agent's ear before a call
    that was answered by itself. `call_waiting` False: a second call is turned away while the agent is in one."""

    do_not_disturb: bool = False
    auto_answer: AutoAnswer = AutoAnswer.BY_HEADER
    auto_answer_after_s: float = 0.0
    zip_tone: bool = True
    rejects_anonymous: bool = False
    ring_for_s: float | None = None
    call_waiting: bool = True
