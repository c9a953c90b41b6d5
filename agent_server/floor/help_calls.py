"""Agents who ask for help: told to who may see them, until it was answered and is over."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from agent_model.agent import AgentState, StateEntry
from agent_model.help_call import HelpCall
from agent_model.moment import from_text, to_text
from agent_server.administration import Actor
from agent_server.audit import AuditTrail, Deed
from agent_server.live import EVERY_STATE, Hub, person_topic, states_topic
from agent_server.notices import Broker, Notice
from agent_server.refusals import RequestRefused
from agent_server.scopes import Person


class HelpCalls:
    """In every process the same; a workstation says again what it wants whenever it is connected anew."""

    def __init__(self, audit: AuditTrail, broker: Broker, hub: Hub, now: Callable[[], datetime]) -> None:
        self._audit, self._broker, self._hub, self._now = audit, broker, hub, now
        self._calls: dict[str, tuple[str, HelpCall]] = {}
        """By agent: the team, and the call."""

    def want(self, person: Person, *, is_wanted: bool) -> None:
        """Asking again leaves the beginning, and who comes, alone."""
        if is_wanted is not (person.id in self._calls):
            self._say(person.team, HelpCall(person.id, self._now() if is_wanted else None))

    async def answer(self, actor: Actor, lead: Person, agent: str) -> None:
        """The lead comes; the agent is told. Raises RequestRefused: no_help_asked."""
        team, call = self._calls.get(agent, ("", HelpCall(agent)))
        if call.since is None:
            raise RequestRefused(409, "no_help_asked")
        await self._audit.note(actor.act(Deed.HELP_ANSWERED, agent, ""))
        self._say(team, HelpCall(agent, call.since, lead.id))

    def state_is(self, agent: str, entry: StateEntry) -> None:
        """Who has gone needs no help any more."""
        if entry.state is AgentState.OFFLINE and agent in self._calls:
            team, _ = self._calls.pop(agent)
            self._tell(team, HelpCall(agent))

    def heard(self, notice: Notice) -> None:
        since = None if notice["since"] is None else from_text(notice["since"])
        call = HelpCall(notice["agent"], since, notice["by"])
        if since is None:
            self._calls.pop(call.agent, None)
        else:
            self._calls[call.agent] = (notice["team"], call)
        self._tell(notice["team"], call)

    def seen_by(self, may_see: Callable[[str], bool]) -> list[dict[str, Any]]:
        """Of the agents whom somebody may see, as messages."""
        return [_message(call) for agent, (_, call) in sorted(self._calls.items()) if may_see(agent)]

    def _say(self, team: str, call: HelpCall) -> None:
        self._broker.publish({"kind": "help", "team": team, **_message(call)})

    def _tell(self, team: str, call: HelpCall) -> None:
        topics = (person_topic(call.agent), states_topic(team), EVERY_STATE)
        self._hub.tell(topics, "help", call.agent, _message(call))


def _message(call: HelpCall) -> dict[str, Any]:
    since = None if call.since is None else to_text(call.since)
    return {"type": "help", "agent": call.agent, "since": since, "by": call.by}
