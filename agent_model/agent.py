"""The people of a call centre: who they are, what they may do, what they are doing now."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final, NewType

from agent_model.words import Words

AgentId = NewType("AgentId", str)
TeamId = NewType("TeamId", str)
QueueId = NewType("QueueId", str)


class Role(StrEnum):
    """What a person is in the centre; the server turns roles into scopes and rights."""

    AGENT = "agent"
    TEAM_LEAD = "team_lead"
    DUTY_MANAGER = "duty_manager"
    DEPARTMENT = "department"
    RETURN_VISIT = "return_visit"
    QUALITY = "quality"
    EDITOR = "editor"
    ADMINISTRATOR = "administrator"
    SECURITY_OFFICER = "security_officer"
    AUDITOR = "auditor"


SERVING_ROLES: Final = frozenset(
    {Role.AGENT, Role.TEAM_LEAD, Role.DUTY_MANAGER, Role.DEPARTMENT, Role.RETURN_VISIT, Role.QUALITY}
)
"""Those who see customers."""


class AgentState(StrEnum):
    """What the agent is doing. ON_CALL follows the phone; the others are chosen or follow a rule."""

    OFFLINE = "offline"
    READY = "ready"
    ON_CALL = "on_call"
    AFTER_CALL_WORK = "after_call_work"
    BREAK = "break"


@dataclass(frozen=True, slots=True)
class Agent:
    """One person of the directory. `languages` are what they speak with customers (BCP 47), `site` is where they sit,
    as the company calls the place."""

    id: AgentId
    login: str
    name: Words
    role: Role
    extension: str
    team: TeamId
    queues: tuple[QueueId, ...]
    languages: tuple[str, ...] = ("zh-CN",)
    site: str = ""


@dataclass(frozen=True, slots=True)
class StateEntry:
    """An agent's state since a moment. `reason` names a break; `until` ends after-call work by itself."""

    state: AgentState
    since: datetime
    reason: str | None = None
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Spent:
    """Time that an agent was in a state, which is over; `reason` is empty where none is given."""

    state: AgentState
    reason: str
    since: datetime
    until: datetime


@dataclass(frozen=True, slots=True)
class QueueFigures:
    """A queue as the board shows it now. `service_level` is 0..1 of today, None before the first call."""

    queue: QueueId
    waiting: int
    longest_wait_s: int | None
    service_level: float | None
