"""A call in which somebody was abused: what was said to the caller about it, step by step, and the rest after it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from agent_model.agent import AgentId

COOL_DOWN: Final = "cool_down"
"""The reason of a break that is granted after an abusive call; it counts against no quota."""


class Abuse(StrEnum):
    """What the caller did."""

    INSULT = "insult"
    THREAT = "threat"
    HARASSMENT = "harassment"
    OTHER = "other"


class AbuseStep(StrEnum):
    """What is said, in this order; none is left out."""

    FIRST_WARNING = "first_warning"
    SECOND_WARNING = "second_warning"
    ENDED = "ended"


ORDER: Final = tuple(AbuseStep)


@dataclass(frozen=True, slots=True)
class StepSaid:
    step: AbuseStep
    at: datetime


@dataclass(frozen=True, slots=True)
class AbusiveCall:
    """`call_ref` names the call, and nothing here the caller: that stands in the call's own line. `team` is the agent's
    and said by the server, as are `steps`; `cool_down_at` is when a break was taken for it."""

    id: str
    call_ref: str
    agent: AgentId
    abuse: Abuse
    at: datetime
    queue: str | None = None
    team: str = ""
    steps: tuple[StepSaid, ...] = ()
    cool_down_at: datetime | None = None
    version: int = 0

    @property
    def next_step(self) -> AbuseStep | None:
        """What is said next; None once the call was ended for it."""
        return ORDER[len(self.steps)] if len(self.steps) < len(ORDER) else None
