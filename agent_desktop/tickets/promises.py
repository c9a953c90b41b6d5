"""What is promised for tickets, as the server reckons it: for those that it has not seen yet, and before they are."""

import logging
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from agent_desktop.offline.mirror import Mirror
from agent_model.body import from_body
from agent_model.calendar_time import BadCalendar
from agent_model.clock_policy import DEFAULT_POLICY, SlaPolicy
from agent_model.clock_reckoning import ClockFacts, Promises, plausible
from agent_model.customer import Tier
from agent_model.ticket import Ticket
from agent_model.wire import Row

log = logging.getLogger("agent_desktop.tickets")


class TicketPromises:
    """The policies are read from the mirror; each version is made ready once."""

    def __init__(self, mirror: Mirror, clock: Callable[[], datetime]) -> None:
        self._mirror = mirror
        self._clock = clock
        self._ready: dict[str, Promises | None] = {DEFAULT_POLICY.id: Promises(DEFAULT_POLICY)}

    def in_force(self) -> Promises:
        """What holds for new tickets. Raises CacheDamaged, StoreBusy."""
        versions = [self._made_ready(row) for row in self._mirror.rows("sla_policy")]
        usable = [promises for promises in versions if promises is not None]
        newest = max(usable, key=lambda promises: promises.policy.since, default=self._ready[DEFAULT_POLICY.id])
        assert newest is not None  # noqa: S101 - the default is always ready
        return newest

    def with_clocks(self, ticket: Ticket, tier: Tier | None) -> Ticket:
        """A ticket that the server has not taken yet, with the clocks it will have; any other as it is."""
        if ticket.number is not None or ticket.clocks is not None:
            return ticket
        promises = self.in_force()
        facts = ClockFacts(ticket.type, ticket.priority, ticket.status, tier, ticket.due_at)
        clocks = promises.begin(facts, plausible(ticket.created_at, self._clock()))
        return replace(ticket, clocks=clocks, due_at=clocks.due_at, step_at=promises.next_step_at(clocks))

    def _made_ready(self, row: Row) -> Promises | None:
        if row.id not in self._ready:
            try:
                self._ready[row.id] = Promises(from_body(SlaPolicy, row.id, row.version, row.body))
            except BadCalendar as error:
                log.warning("policy %s cannot be used here: %s %s", row.id, error.calendar, error.fact)
                self._ready[row.id] = None
        return self._ready[row.id]
