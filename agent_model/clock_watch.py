"""What a change means for the clocks of a ticket, read from rows as they cross the wire: the same on both sides."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final

from agent_model.body import from_body, to_body
from agent_model.clock import Measure, TicketClocks
from agent_model.clock_reckoning import ClockFacts, Promises, plausible
from agent_model.customer import Tier
from agent_model.moment import from_text, to_text
from agent_model.ticket import Priority, TicketStatus, TicketType

MOVES_A_CLOCK: Final = frozenset({"type", "priority", "status", "due_at", "customer_id", "received_from"})


class Policies:
    """Every version of the policy that a ticket may run by; new tickets run by the newest."""

    def __init__(self, versions: Sequence[Promises]) -> None:
        self.current = max(versions, key=lambda promises: promises.policy.since)
        self._by_id: dict[str, Promises] = {promises.policy.id: promises for promises in versions}

    def of(self, clocks: TicketClocks) -> Promises | None:
        """The version these clocks run by; None when it cannot be reckoned with on this machine."""
        return self._by_id.get(clocks.policy)


@dataclass(frozen=True, slots=True)
class Watch:
    """What time it is for a command: `now` for who reckons, `at` when its author acted; and what is promised."""

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
        """The fields that change with others of a ticket. `tier` None leaves it as it was. What was promised for a
        ticket that is over stays as it was; only a regulator's term may still become known."""
        if not taken.keys() & MOVES_A_CLOCK:
            return {}
        if not TicketStatus(before["status"]).is_open and not TicketStatus(after["status"]).is_open:
            if "received_from" not in taken:
                return {"due_at": before["due_at"]} if "due_at" in taken else {}
            taken, tier = {"received_from": after["received_from"]}, None
            after = {**before, "received_from": after["received_from"]}
        clocks = self._clocks(before, tier)
        promises = self.policies.of(clocks)
        if promises is None:
            return {}
        agreed = after["due_at"] if "due_at" in taken else _agreed(clocks)
        clocks = promises.follow(clocks, _facts(after, tier or clocks.tier, agreed), self.at)
        return fields_of(clocks, self.policies)

    def answered(self, ticket: Mapping[str, Any]) -> dict[str, Any]:
        """The fields that change because the customer was answered: by a comment to them, or by a call that reached
        them. Nothing where an earlier answer is known."""
        clocks = self._clocks(ticket, None)
        promises = self.policies.of(clocks)
        if promises is None:
            return {}
        facts = replace(_facts(ticket, clocks.tier, _agreed(clocks)), answered_at=self.at)
        followed = promises.follow(clocks, facts, self.at)
        if followed.clock(Measure.FIRST_RESPONSE) == clocks.clock(Measure.FIRST_RESPONSE):
            return {}
        return fields_of(followed, self.policies)

    def _clocks(self, ticket: Mapping[str, Any], tier: Tier | None) -> TicketClocks:
        if ticket["clocks"] is None:  # from before there were clocks, or imported: what was said of it holds
            return self.policies.current.begin(_facts(ticket, tier, ticket["due_at"]), self._written(ticket))
        return from_body(TicketClocks, "", 0, ticket["clocks"])

    def _written(self, ticket: Mapping[str, Any]) -> datetime:
        return plausible(from_text(ticket["created_at"]), self.now)


def fields_of(clocks: TicketClocks, policies: Policies) -> dict[str, Any]:
    """What a ticket's row says of its clocks."""
    promises = policies.of(clocks)
    step_at = None if promises is None else promises.next_step_at(clocks)
    return {"clocks": to_body(clocks), "due_at": _text(clocks.due_at), "step_at": _text(step_at)}


def _facts(ticket: Mapping[str, Any], tier: Tier | None, agreed: str | None) -> ClockFacts:
    source = ticket.get("received_from") or {}
    received_at = source.get("received_at")
    return ClockFacts(
        TicketType(ticket["type"]),
        Priority(ticket["priority"]),
        TicketStatus(ticket["status"]),
        tier,
        None if agreed is None else from_text(agreed),
        source.get("source"),
        None if received_at is None else from_text(received_at),
    )


def _agreed(clocks: TicketClocks) -> str | None:
    return next((_text(clock.agreed_at) for clock in clocks.clocks if clock.agreed_at is not None), None)


def _text(moment: datetime | None) -> str | None:
    return None if moment is None else to_text(moment)
