"""What is promised for tickets, as the server will reckon it: before they are written, and until its word comes."""

import logging
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any

from agent_desktop.offline.view import View
from agent_model.body import from_body
from agent_model.calendar_time import BadCalendar
from agent_model.clock import TicketClocks
from agent_model.clock_policy import DEFAULT_POLICY, SlaPolicy
from agent_model.clock_reckoning import Promises
from agent_model.clock_watch import Policies, Watch
from agent_model.command import CommandKind
from agent_model.customer import Tier
from agent_model.follow_up import AttemptResult
from agent_model.follow_up_course import is_answering
from agent_model.moment import from_text
from agent_model.ticket import Ticket, is_answer
from agent_model.wire import Row

log = logging.getLogger("agent_desktop.tickets")


class TicketPromises:
    """The policies are read from the mirror; each version is made ready once."""

    def __init__(self, view: View, clock: Callable[[], datetime]) -> None:
        self._view = view
        self._clock = clock
        self._default = Promises(DEFAULT_POLICY)
        self._ready: dict[str, Promises | None] = {}

    def policies(self) -> Policies:
        """Every version that this machine can reckon with. Raises CacheDamaged, StoreBusy."""
        versions = [self._made_ready(row) for row in self._view.mirror.rows("sla_policy")]
        return Policies([self._default, *(promises for promises in versions if promises is not None)])

    def with_clocks(self, ticket: Ticket, tier: Tier | None) -> Ticket:
        """A ticket that something is pending about, with the clocks it will have; any other as it is."""
        pending = self._view.outbox.pending().of_row("ticket", ticket.id)
        answered = self._answered(ticket.id)
        if not pending and not answered:
            return ticket
        policies, now = self.policies(), self._clock()
        known = self._view.mirror.row("ticket", ticket.id)
        body: dict[str, Any] = {"due_at": None, "clocks": None, "step_at": None} | dict(known.body if known else {})
        for entry in pending:
            command = entry.command
            told = {name: change.new for name, change in command.fields.items()}
            watch = Watch.for_act(policies, now, command.occurred_at)
            if entry.answer is not None and "clocks" in entry.answer.changed:
                body |= told | dict(entry.answer.changed)
            elif command.kind is CommandKind.CREATE:
                body |= told
                body |= watch.begun(body, tier)
            elif command.kind is CommandKind.APPEND:
                body |= watch.answered(body) if is_answer(told) else {}
            else:
                after = body | told
                body = after | watch.followed(body, after, told, tier if "customer_id" in told else None)
        for at in answered if "type" in body else ():
            body |= Watch.for_act(policies, now, at).answered(body)
        clocks = None if body["clocks"] is None else from_body(TicketClocks, "", 0, body["clocks"])
        return replace(ticket, clocks=clocks, due_at=_moment(body["due_at"]), step_at=_moment(body["step_at"]))

    def _answered(self, ticket_id: str) -> list[datetime]:
        """When calls reached the customer about it, of those that the server may not have heard of yet."""
        pending, found = self._view.outbox.pending(), []
        for id_ in pending.rows("follow_up"):
            commands = [entry.command for entry in pending.of_row("follow_up", id_)]
            tried = [command for command in commands if "attempts" in command.fields]
            row = self._view.row("follow_up", id_) if tried else None
            if row is not None and row.body.get("ticket_id") == ticket_id:
                told = ((one.occurred_at, one.fields["attempts"].new) for one in tried)
                found += [at for at, attempt in told if is_answering(AttemptResult(attempt["result"]))]
        return found

    def _made_ready(self, row: Row) -> Promises | None:
        if row.id not in self._ready:
            try:
                self._ready[row.id] = Promises(from_body(SlaPolicy, row.id, row.version, row.body))
            except BadCalendar as error:
                log.warning("policy %s cannot be used here: %s %s", row.id, error.calendar, error.fact)
                self._ready[row.id] = None
        return self._ready[row.id]


def _moment(text: str | None) -> datetime | None:
    return None if text is None else from_text(text)
