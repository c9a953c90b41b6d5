"""A lead in agents' calls: asked of the server, which decides; which call of the own telephone is the exchange's."""

from collections.abc import Callable
from typing import Final, Protocol

from agent_desktop.offline.view import View
from agent_model.agent import Agent, AgentId
from agent_model.body import from_body
from agent_model.floor_policy import SITE, FloorAct, FloorPolicy, Steering

IN_CALL: Final = (FloorAct.LISTEN, FloorAct.WHISPER, FloorAct.BARGE)


class Server(Protocol):
    """See `sync.client.SyncClient`. Every method raises ServerUnreachable, ServerRefused."""

    def monitor(self, agent: str, how: FloorAct, reference: str) -> None: ...

    def leave_call(self) -> None: ...

    def act_in_call(self, agent: str, act: FloorAct) -> None: ...

    def call_agent(self, agent: str) -> None: ...


class Monitoring:
    """Of one lead. `new_reference` makes 32 hex digits that nobody guesses."""

    def __init__(self, view: View, me: Agent, server: Server, new_reference: Callable[[], str]) -> None:
        self._view, self._me, self._server, self._new_reference = view, me, server, new_reference
        self._awaited = ""
        self._ours: set[str] = set()

    def policy(self) -> FloorPolicy:
        """What the site allows. Raises StoreError."""
        row = self._view.row("floor_policy", SITE)
        return FloorPolicy() if row is None else from_body(FloorPolicy, SITE, row.version, row.body)

    def allowed(self, policy: FloorPolicy, agent: Agent) -> frozenset[FloorAct]:
        """What may be done in the calls of an agent; the server says so again."""
        me = self._me
        return frozenset(act for act in FloorAct if policy.may(act, me.role, me.id, me.team, agent.id, agent.team))

    def steered(self, policy: FloorPolicy, agent: Agent) -> frozenset[Steering]:
        """What may be done to an agent beside calls; the server says so again."""
        me = self._me
        return frozenset(
            act for act in Steering if policy.may_steer(act, me.role, me.id, me.team, agent.id, agent.team)
        )

    def expects(self, reference: str | None) -> bool:
        """Whether it is the exchange that calls, because it was asked to: only such a call is answered by itself."""
        return bool(reference) and reference == self._awaited

    def is_ours(self, reference: str | None) -> bool:
        """Whether a call is one to be in an agent's by: no customer's."""
        return reference in self._ours

    def act(self, agent: AgentId, act: FloorAct) -> None:
        """Returns when the exchange has done it. Raises as `Server` does."""
        if act in IN_CALL:
            self._be_let_in(agent, act)
            return
        self._server.act_in_call(agent, act)
        if act is FloorAct.TAKE_OVER:
            self._ours.clear()  # from now on it is the customer's

    def leave(self) -> None:
        """Raises as `Server` does."""
        self._server.leave_call()

    def call(self, agent: AgentId) -> None:
        """Raises as `Server` does."""
        self._server.call_agent(agent)

    def _be_let_in(self, agent: AgentId, how: FloorAct) -> None:
        """Each way of being in a call is a call of its own: the exchange ends the one before."""
        reference = self._new_reference()
        self._ours.add(reference)
        self._awaited = reference
        try:
            self._server.monitor(agent, how, reference)
        finally:
            if self._awaited == reference:
                self._awaited = ""
