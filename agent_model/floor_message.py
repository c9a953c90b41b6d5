"""Short messages of leads to agents: read at once or not at all, and gone when their time is over."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from agent_model.blank import is_blank

LONGEST_WORDS: Final = 200
MINUTES: Final = range(1, 12 * 60 + 1)
"""How long a message may wait for its readers."""


class To(StrEnum):
    AGENT = "agent"
    TEAM = "team"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class FloorMessage:
    """`whom` is the agent or the team, empty for all. Who has not read it until `until` is not shown it any more."""

    id: str
    by: str
    to: To
    whom: str
    words: str
    is_urgent: bool
    at: datetime
    until: datetime


@dataclass(frozen=True, slots=True)
class Reached:
    """How many a message is for, and how many there it is not for because the site does not let its sender write to
    them."""

    readers: int
    left_out: int = 0


@dataclass(frozen=True, slots=True)
class MessageDraft:
    """`whom` is an agent or a team; empty for all, and while nobody was chosen."""

    to: To = To.TEAM
    whom: str = ""
    words: str = ""
    is_urgent: bool = False
    minutes: int = 30

    @property
    def is_whole(self) -> bool:
        return not is_blank(self.words) and bool(self.whom) is (self.to is not To.ALL)


@dataclass(frozen=True, slots=True)
class Receipt:
    """One of those whom a message is for; `read_at` None: they have not read it."""

    message: str
    agent: str
    read_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class SentMessage:
    """A message as its author sees it."""

    message: FloorMessage
    receipts: tuple[Receipt, ...]

    @property
    def read_by(self) -> int:
        return sum(one.read_at is not None for one in self.receipts)
