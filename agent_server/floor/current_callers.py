"""Who agents talk with now, as the exchanges tell it: numbers masked, for those who lead the agents."""

from collections.abc import Callable
from typing import Any

from agent_model.agent import Role
from agent_model.moment import to_text
from agent_model.phone_number import DialPlan, masked, normalise
from agent_server.live import Hub, Message
from agent_server.notices import Broker, Notice
from agent_server.scopes import Person
from agent_server.switch.port import (
    CallId,
    ExchangeEvent,
    Extension,
    Leg,
    LegChanged,
    LegEnded,
    LegState,
    Lost,
    Resynced,
)


class CurrentCallers:
    """`who_sits_at` says the agent and the team of an extension, in the process that leads, which hears the exchanges;
    `topics` those that the leads of a team listen to. Every process tells its own."""

    def __init__(
        self,
        broker: Broker,
        hub: Hub,
        plan: DialPlan,
        who_sits_at: Callable[[Extension], tuple[str, str] | None],
        topics: Callable[[str], tuple[str, ...]],
    ) -> None:
        self._broker, self._hub, self._plan = broker, hub, plan
        self._who_sits_at, self._topics = who_sits_at, topics
        self._legs: dict[str, dict[tuple[Extension, CallId], Leg]] = {}
        """By exchange."""
        self._told: dict[str, tuple[str, Message]] = {}
        """By agent: the team, and what was told."""

    def hear(self, exchange: str, event: ExchangeEvent) -> None:
        legs = self._legs.setdefault(exchange, {})
        match event:
            case LegChanged(_, leg) if leg.state is not LegState.RINGING:
                legs[leg.extension, leg.call] = leg
                self._say({leg.extension}, legs)
            case LegEnded():
                if legs.pop((event.extension, event.call), None) is not None:
                    self._say({event.extension}, legs)
            case Resynced(_, snapshot):
                before = {extension for extension, _ in legs}
                talking = (leg for leg in snapshot.legs if leg.state is not LegState.RINGING)
                self._legs[exchange] = {(leg.extension, leg.call): leg for leg in talking}
                self._say(before | {extension for extension, _ in self._legs[exchange]}, self._legs[exchange])
            case Lost():
                before = {extension for extension, _ in legs}
                legs.clear()
                self._say(before, legs)
            case _:
                pass

    def heard(self, notice: Notice) -> None:
        told = {name: notice[name] for name in ("agent", "number", "queue", "since", "is_held")}
        message = {"type": "caller", **told}
        if notice["since"] is None:
            self._told.pop(notice["agent"], None)
        else:
            self._told[notice["agent"]] = (notice["team"], message)
        self._hub.tell(self._topics(notice["team"]), "caller", notice["agent"], message)

    def seen_by(self, person: Person) -> list[Message]:
        """As messages; nobody but who leads is told."""
        is_lead = person.role is Role.TEAM_LEAD
        sees_all = person.role is Role.DUTY_MANAGER
        found = sorted(self._told.items())
        return [message for _, (team, message) in found if sees_all or (is_lead and team == person.team)]

    def _say(self, extensions: set[Extension], legs: dict[tuple[Extension, CallId], Leg]) -> None:
        """The call that goes on stands before those that are held, the newest before the others."""
        for extension in sorted(extensions):
            sitting = self._who_sits_at(extension)
            if sitting is None:
                continue
            theirs = [leg for (whose, _), leg in legs.items() if whose == extension]
            leg = max(theirs, key=lambda one: (one.state is LegState.UP, one.since), default=None)
            agent, team = sitting
            self._broker.publish({"kind": "caller", "agent": agent, "team": team, **self._facts(leg)})

    def _facts(self, leg: Leg | None) -> dict[str, Any]:
        if leg is None:
            return {"number": "", "queue": "", "since": None, "is_held": False}
        number = normalise(leg.number, self._plan)
        return {
            "number": "" if number is None else masked(number),
            "queue": leg.queue or "",
            "since": to_text(leg.since),
            "is_held": leg.state is LegState.HELD,
        }
