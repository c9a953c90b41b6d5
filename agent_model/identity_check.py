"""The check of one call: what was asked, whether the caller knew, and what that came to."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Final

NOBODY: Final = 0
"""The level of a caller who has not been checked."""
PIN: Final = "pin"
"""Stands for a question where the exchange asked for the PIN."""


@dataclass(frozen=True, slots=True)
class CheckAnswer:
    """One question of a check, and whether the caller knew; never what they said."""

    question: str
    is_right: bool
    at: datetime


@dataclass(frozen=True, slots=True)
class IdentityCheck:
    """The check of one call. The server decides `level` and `is_locked`, and says when it had the last answer."""

    answers: tuple[CheckAnswer, ...]
    level: int = NOBODY
    is_locked: bool = False
    checked_at: datetime | None = None

    @property
    def wrong(self) -> int:
        return sum(not answer.is_right for answer in self.answers)


def check_id(call_ref: str, customer_id: str, agent: str) -> str:
    """The name of the line that holds the check of a call: the same wherever it is asked for."""
    text = "\n".join((call_ref, customer_id, agent))
    return "I-" + hashlib.blake2b(text.encode(), digest_size=16).hexdigest()
