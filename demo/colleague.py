"""Somebody else at work: asks the server itself what it has, as any other workstation would."""

from collections.abc import Mapping
from typing import Any

from agent_desktop.errors import DeskError
from agent_desktop.sync.client import Met, ServerClient
from agent_model.phone_number import PhoneNumber
from demo.server import PASSWORD

LOGIN = "grace.miller"


class Colleague:
    """Close it at the end. Asking while the server is away finds nothing."""

    def __init__(self, server: str) -> None:
        self._client = ServerClient(server, lambda _refreshed: None)
        self._client.sign_in(LOGIN, PASSWORD, f"demo.{LOGIN}")

    def close(self) -> None:
        self._client.close()

    def name_of(self, number: str) -> str:
        """Whose number this is, in the server's own books."""
        return ", ".join(str(met.customer.body["name"]) for met in self._met(number))

    def ticket_numbers(self, number: str, subject: str) -> list[str]:
        """The numbers of this customer's tickets with this subject."""
        found = [row.body for met in self._met(number) for row in met.tickets]
        return [str(body["number"]) for body in found if body["subject"] == subject]

    def calls(self, number: str, call_ref: str) -> list[Mapping[str, Any]]:
        """What the customer's timeline says about one call."""
        found = [row.body for met in self._met(number) for row in met.contacts]
        return [body for body in found if body["call_ref"] == call_ref]

    def _met(self, number: str) -> tuple[Met, ...]:
        try:
            return self._client.customers_with(PhoneNumber(number))
        except DeskError:
            return ()
