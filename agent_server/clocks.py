"""The clocks of tickets as the server keeps them: by which version of the policy they run, and what a change does."""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from agent_model.body import from_body, to_body
from agent_model.calendar_time import BadCalendar
from agent_model.clock import TicketClocks
from agent_model.clock_policy import DEFAULT_POLICY, SlaPolicy
from agent_model.clock_reckoning import ClockFacts, Promises, plausible
from agent_model.customer import Tier
from agent_model.moment import from_text, to_text
from agent_model.ticket import Priority, TicketStatus, TicketType
from agent_server.rows import fetch
from agent_server.tables import sla_policy

log = logging.getLogger("agent_server.clocks")

MOVES_A_CLOCK: Final = frozenset({"type", "priority", "status", "due_at", "customer_id"})


class Policies:
    """Every version of the policy that a ticket may run by; new tickets run by the newest."""

    def __init__(self, versions: Sequence[Promises]) -> None:
        self.current = max(versions, key=lambda promises: promises.policy.since)
        self._by_id: dict[str, Promises] = {promises.policy.id: promises for promises in versions}

    def of(self, clocks: TicketClocks) -> Promises | None:
        """The version these clocks run by; None when it cannot be reckoned with on this machine."""
        return self._by_id.get(clocks.policy)


class PolicyShelf:
    """The versions that are in the database. They never change, so each is read once."""

    def __init__(self) -> None:
        default = Promises(DEFAULT_POLICY)
        self._known: dict[str, Promises | None] = {DEFAULT_POLICY.id: default}
        self.last = Policies([default])

    async def policies(self, connection: AsyncConnection) -> Policies:
        """As they are now. Only without any version of its own does the default hold for a site."""
        ids = list((await connection.scalars(select(sla_policy.c.id))).all())
        for row in (await fetch(connection, "sla_policy", [id_ for id_ in ids if id_ not in self._known])).values():
            self._known[row.id] = _ready(from_body(SlaPolicy, row.id, row.version, row.body))
        usable = [promises for id_ in (*ids, DEFAULT_POLICY.id) if (promises := self._known.get(id_)) is not None]
        self.last = Policies(usable)
        return self.last


@dataclass(frozen=True, slots=True)
class Watch:
    """What time it is for a command: `now` on the server, `at` when its author acted; and what is promised."""

    policies: Policies
    now: datetime
    at: datetime

    @classmethod
    def for_act(cls, policies: Policies, now: datetime, occurred_at: datetime) -> "Watch":
        return cls(policies, now, plausible(occurred_at, now))

    def begun(self, ticket: Mapping[str, Any], tier: Tier | None) -> dict[str, Any]:
        """The fields that a new ticket gets. It counts from when it was written."""
        clocks = self.policies.current.begin(_facts(ticket, tier, ticket["due_at"]), self._written(ticket))
        return fields_of(clocks, self.policies)

    def followed(
        self, before: Mapping[str, Any], after: Mapping[str, Any], taken: Mapping[str, Any], tier: Tier | None
    ) -> dict[str, Any]:
        """The fields that change with others of a ticket. `tier` None leaves it as it was."""
        if not taken.keys() & MOVES_A_CLOCK:
            return {}
        if before["clocks"] is None:  # from before there were clocks, or imported: what was said of it holds
            clocks = self.policies.current.begin(_facts(before, tier, before["due_at"]), self._written(before))
        else:
            clocks = from_body(TicketClocks, "", 0, before["clocks"])
        promises = self.policies.of(clocks)
        if promises is None:
            return {}
        agreed = after["due_at"] if "due_at" in taken else _agreed(clocks)
        clocks = promises.follow(clocks, _facts(after, tier or clocks.tier, agreed), self.at)
        return fields_of(clocks, self.policies)

    def _written(self, ticket: Mapping[str, Any]) -> datetime:
        return plausible(from_text(ticket["created_at"]), self.now)


def fields_of(clocks: TicketClocks, policies: Policies) -> dict[str, Any]:
    """What a ticket's row says of its clocks."""
    promises = policies.of(clocks)
    step_at = None if promises is None else promises.next_step_at(clocks)
    return {"clocks": to_body(clocks), "due_at": _text(clocks.due_at), "step_at": _text(step_at)}


def _facts(ticket: Mapping[str, Any], tier: Tier | None, agreed: str | None) -> ClockFacts:
    return ClockFacts(
        TicketType(ticket["type"]),
        Priority(ticket["priority"]),
        TicketStatus(ticket["status"]),
        tier,
        None if agreed is None else from_text(agreed),
    )


def _agreed(clocks: TicketClocks) -> str | None:
    return next((_text(clock.agreed_at) for clock in clocks.clocks if clock.agreed_at is not None), None)


def _text(moment: datetime | None) -> str | None:
    return None if moment is None else to_text(moment)


def _ready(policy: SlaPolicy) -> Promises | None:
    try:
        return Promises(policy)
    except BadCalendar as error:
        log.error("policy %s cannot be used here: %s %s", policy.id, error.calendar, error.fact)
        return None
