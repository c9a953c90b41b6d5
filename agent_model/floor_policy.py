"""What a site allows on its floor: who may be in whose calls, who steers whom beside them, and of what agents are
told."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from agent_model.agent import Role

SITE: Final = "site"
"""The id of the one policy there is."""
MOST_LIMITS: Final = 500
LONGEST_ID: Final = 128


class FloorAct(StrEnum):
    """What a lead does in an agent's call: hears it, is heard by the agent alone, is heard by both, goes on with the
    customer instead of the agent, ends it."""

    LISTEN = "listen"
    WHISPER = "whisper"
    BARGE = "barge"
    TAKE_OVER = "take_over"
    HANG_UP = "hang_up"


_LEADS: Final = frozenset({Role.TEAM_LEAD, Role.DUTY_MANAGER})
MAY: Final[Mapping[FloorAct, frozenset[Role]]] = {
    FloorAct.LISTEN: _LEADS | {Role.QUALITY},
    FloorAct.WHISPER: _LEADS | {Role.QUALITY},
    FloorAct.BARGE: _LEADS,
    FloorAct.TAKE_OVER: _LEADS,
    FloorAct.HANG_UP: _LEADS,
}
"""The roles that a site may allow it at all."""
EVERY_TEAM: Final = frozenset({Role.DUTY_MANAGER, Role.QUALITY})
"""Whoever else may, may it in the own team."""


class Steering(StrEnum):
    """What a lead does to an agent beside calls: puts them into a state, signs them out of the queues, changes what
    they serve (queues and languages), writes them a message."""

    STATE = "state"
    SIGN_OUT = "sign_out"
    SERVING = "serving"
    MESSAGE = "message"


STEERS: Final = _LEADS
"""The roles that may, where no limit says otherwise: a team lead in the own team."""
TELLABLE: Final = (Steering.STATE, Steering.SIGN_OUT, Steering.SERVING)
"""What an agent may be told by whom and why, or not; a message tells itself."""


class LimitOf(StrEnum):
    """Whom a limit is about: the lead who acts, the agent, or the team that the agent is in."""

    LEAD = "lead"
    AGENT = "agent"
    TEAM = "team"


@dataclass(frozen=True, slots=True)
class Limit:
    """Of all that is allowed in calls otherwise only `acts` are left, for whom it is about."""

    of: LimitOf
    id: str
    acts: tuple[FloorAct, ...] = ()


@dataclass(frozen=True, slots=True)
class SteeringLimit:
    """The same of what is done beside calls; a `Limit` says nothing of that."""

    of: LimitOf
    id: str
    acts: tuple[Steering, ...] = ()


@dataclass(frozen=True, slots=True)
class FloorPolicy:
    """The roles that may do each act; `limits` narrow it for single people and teams. Of the acts in `told` the agent
    is told; whoever is heard is heard all the same. `steering_limits` narrow what is done beside calls; of what is in
    `steering_told` the agent is told by whom and why."""

    id: str = SITE
    listens: tuple[Role, ...] = (Role.TEAM_LEAD, Role.DUTY_MANAGER, Role.QUALITY)
    whispers: tuple[Role, ...] = (Role.TEAM_LEAD, Role.DUTY_MANAGER)
    barges: tuple[Role, ...] = (Role.TEAM_LEAD, Role.DUTY_MANAGER)
    takes_over: tuple[Role, ...] = (Role.TEAM_LEAD, Role.DUTY_MANAGER)
    hangs_up: tuple[Role, ...] = (Role.DUTY_MANAGER,)
    told: tuple[FloorAct, ...] = (FloorAct.WHISPER, FloorAct.BARGE, FloorAct.TAKE_OVER, FloorAct.HANG_UP)
    limits: tuple[Limit, ...] = ()
    steering_limits: tuple[SteeringLimit, ...] = ()
    steering_told: tuple[Steering, ...] = TELLABLE
    changed_by: str | None = None
    changed_at: datetime | None = None
    version: int = 0

    def may(self, act: FloorAct, role: Role, lead: str, lead_team: str, agent: str, team: str) -> bool:
        """Whether a lead of a role and a team may do it to an agent of a team. Nobody does it to themselves."""
        if lead == agent or role not in MAY[act] or role not in self._roles(act):
            return False
        if not _is_theirs(role, lead_team, team):
            return False
        about = _about(lead, agent, team)
        return all(act in limit.acts for limit in self.limits if (limit.of, limit.id) in about)

    def may_steer(self, act: Steering, role: Role, lead: str, lead_team: str, agent: str, team: str) -> bool:
        """The same beside calls."""
        if lead == agent or role not in STEERS or not _is_theirs(role, lead_team, team):
            return False
        about = _about(lead, agent, team)
        return all(act in limit.acts for limit in self.steering_limits if (limit.of, limit.id) in about)

    def tells(self, act: FloorAct | Steering) -> bool:
        """Whether the agent is told."""
        return act in self.told if isinstance(act, FloorAct) else act in self.steering_told

    def _roles(self, act: FloorAct) -> tuple[Role, ...]:
        match act:
            case FloorAct.LISTEN:
                return self.listens
            case FloorAct.WHISPER:
                return self.whispers
            case FloorAct.BARGE:
                return self.barges
            case FloorAct.TAKE_OVER:
                return self.takes_over
            case FloorAct.HANG_UP:
                return self.hangs_up


def is_policy(policy: FloorPolicy) -> bool:
    """Whether it can be kept: nobody is allowed what their role never may, and no limit is about nobody."""
    allowed = {
        FloorAct.LISTEN: policy.listens,
        FloorAct.WHISPER: policy.whispers,
        FloorAct.BARGE: policy.barges,
        FloorAct.TAKE_OVER: policy.takes_over,
        FloorAct.HANG_UP: policy.hangs_up,
    }
    return (
        all(set(roles) <= MAY[act] for act, roles in allowed.items())
        and set(policy.steering_told) <= set(TELLABLE)
        and _are_limits(policy.limits)
        and _are_limits(policy.steering_limits)
    )


def _are_limits(limits: Sequence[Limit | SteeringLimit]) -> bool:
    """None of nobody, and of nobody two."""
    named = [(limit.of, limit.id) for limit in limits]
    is_named = all(id_.strip() and len(id_) <= LONGEST_ID for _, id_ in named)
    return is_named and len(named) == len(set(named)) <= MOST_LIMITS


def _is_theirs(role: Role, lead_team: str, team: str) -> bool:
    return role in EVERY_TEAM or (bool(team) and team == lead_team)


def _about(lead: str, agent: str, team: str) -> frozenset[tuple[LimitOf, str]]:
    return frozenset({(LimitOf.LEAD, lead), (LimitOf.AGENT, agent), (LimitOf.TEAM, team)})
