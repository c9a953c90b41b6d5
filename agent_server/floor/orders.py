"""States that leads put agents into: on record, obeyed by the agent's own workstation, which says who wanted it and
why."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import select

from agent_model.agent import SERVING_ROLES, AgentState, Role, StateEntry
from agent_model.floor_policy import FloorPolicy, Steering
from agent_model.moment import from_text, to_text
from agent_server.administration import Actor
from agent_server.audit import AuditTrail, Deed
from agent_server.board import Board
from agent_server.database import Database
from agent_server.floor.breaks import Breaks
from agent_server.floor.monitoring import policy_now
from agent_server.live import Hub, person_topic
from agent_server.notices import Broker, Notice
from agent_server.refusals import RequestRefused
from agent_server.rights import MAY_HELP
from agent_server.scopes import Person
from agent_server.tables import agent


@dataclass(frozen=True, slots=True)
class Order:
    """`reason` names a break; `by` is who wanted it, `why` their words for the agent; both are empty where a rule
    does, and where the site's policy does not have the agent told."""

    agent: str
    state: AgentState
    reason: str | None
    by: str
    why: str
    at: datetime

    def message(self) -> dict[str, Any]:
        return {
            "type": "order",
            "agent": self.agent,
            "state": self.state.value,
            "reason": self.reason,
            "by": self.by,
            "why": self.why,
            "at": to_text(self.at),
        }


class Orders:
    """In every process. An order waits until the agent's workstation has taken it, also over a lost connection; until
    then no state of before is taken for what the agent wants."""

    def __init__(
        self, database: Database, audit: AuditTrail, board: Board, broker: Broker, hub: Hub, breaks: Breaks
    ) -> None:
        self._breaks = breaks
        self._database, self._audit, self._board = database, audit, board
        self._broker, self._hub = broker, hub
        self._waiting: dict[str, Order] = {}

    async def give(self, actor: Actor, lead: Person, order: Order) -> None:
        """Raises RequestRefused: not_allowed, limited, unknown_agent, bad_state."""
        if order.state is AgentState.BREAK and not self._breaks.is_offered(order.reason):
            raise RequestRefused(422, "bad_state")
        act = Steering.SIGN_OUT if order.state is AgentState.OFFLINE else Steering.STATE
        policy = await self.require_steering(lead, order.agent, act)
        await self._audit.note(actor.act(Deed.STATE_FORCED, order.agent, order.why, order.reason or order.state.value))
        if order.state is AgentState.BREAK and not self._breaks.is_free(order.reason):
            await self._breaks.went(order.agent, order.reason or "")
        told = order if policy.tells(act) else replace(order, by="", why="")
        self._broker.publish({"kind": "order", **told.message()})
        await self._board.put(order.agent, StateEntry(order.state, order.at, order.reason))

    async def by_rule(self, order: Order) -> None:
        """Nobody wanted it: what happened does. Its state says why."""
        self._broker.publish({"kind": "order", **order.message()})
        await self._board.put(order.agent, StateEntry(order.state, order.at, order.reason))

    async def require(self, lead: Person, whom: str) -> str:
        """The team of an agent whom somebody leads. Raises RequestRefused."""
        async with self._database.reading() as connection:
            found = (await connection.execute(select(agent.c.team, agent.c.role).where(agent.c.id == whom))).first()
        team = "" if found is None else found.team
        is_theirs = lead.role is Role.DUTY_MANAGER or (bool(team) and team == lead.team)
        if lead.role not in MAY_HELP or whom == lead.id or not is_theirs:
            raise RequestRefused(403, "not_allowed")
        if found is None or found.role not in SERVING_ROLES:
            raise RequestRefused(404, "unknown_agent")
        return str(team)

    async def require_steering(self, lead: Person, whom: str, act: Steering) -> FloorPolicy:
        """That the site lets a lead do it to an agent, by the policy that is given back. Raises RequestRefused."""
        team, policy = await self.require(lead, whom), await policy_now(self._database)
        if not policy.may_steer(act, lead.role, lead.id, lead.team, whom, team):
            raise RequestRefused(403, "limited", act=act.value)
        return policy

    def heard(self, notice: Notice) -> None:
        if notice["kind"] == "order":
            order = _order(notice)
            self._waiting[order.agent] = order
            self._hub.tell((person_topic(order.agent),), "order", order.agent, order.message())
        else:
            waiting = self._waiting.get(notice["agent"])
            if waiting is not None and to_text(waiting.at) == notice["at"]:
                del self._waiting[notice["agent"]]

    def taken(self, person: Person, at: object) -> None:
        """The workstation has taken the order of that moment."""
        waiting = self._waiting.get(person.id)
        if waiting is not None and to_text(waiting.at) == at:
            self._broker.publish({"kind": "order_taken", "agent": person.id, "at": at})

    def waiting_for(self, person: Person) -> Order | None:
        return self._waiting.get(person.id)


def _order(plain: Notice) -> Order:
    return Order(
        plain["agent"], AgentState(plain["state"]), plain["reason"], plain["by"], plain["why"], from_text(plain["at"])
    )
