"""What a customer said about being addressed to sell: heard here, kept at once, never changed afterwards."""

from collections.abc import Callable
from datetime import datetime

from agent_desktop.offline.view import View
from agent_model.agent import Agent
from agent_model.body import to_body
from agent_model.command import Command, CommandKind, FieldChange
from agent_model.consent import Consent, ConsentChannel, ConsentHow
from agent_model.customer import CustomerId


class Consents:
    """Of the customers that this workstation has."""

    def __init__(self, view: View, agent: Agent, clock: Callable[[], datetime]) -> None:
        self._view = view
        self._agent = agent
        self._clock = clock

    def record(
        self, customer_id: CustomerId, channel: ConsentChannel, how: ConsentHow, call_ref: str | None, *, is_given: bool
    ) -> Command:
        """One more word of theirs, on this disk when it returns. Raises DiskFull, OutboxDamaged, StoreBusy."""
        now, row = self._clock(), self._view.row("customer", customer_id)
        said = {"consents": FieldChange(None, to_body(Consent(channel, is_given, how, self._agent.id, now, call_ref)))}
        version = 0 if row is None else row.version
        return self._view.outbox.put("customer", customer_id, CommandKind.APPEND, said, now, base_version=version)
