"""The same complaint by another door, sought among those that this workstation holds."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from agent_desktop.offline.view import View
from agent_model.body import from_body
from agent_model.customer import Customer, CustomerId
from agent_model.moment import from_text, to_text
from agent_model.phone_number import PhoneNumber
from agent_model.same_complaint import WINDOW, Told, Twin, twins
from agent_model.ticket import Ticket, TicketType
from agent_model.wire import Row

MOST_TWINS: Final = 3
MOST_OF_ALL: Final = 30
MOST_NUMBERS: Final = 5


@dataclass(frozen=True, slots=True)
class Likely:
    """A complaint that may be the same, and why."""

    ticket: Ticket
    twin: Twin


class Twins:
    """Reads a bounded number of rows, each by an index, however many tickets there are."""

    def __init__(self, view: View) -> None:
        self._view = view

    def of(self, ticket: Ticket, customer: Customer | None, alike: Iterable[Row]) -> tuple[Likely, ...]:
        """Among those of the category (`alike`), of the same person, and the latest of all."""
        numbers = _numbers(ticket, customer)
        people = self._people(ticket, numbers)
        near = [*alike, *self._view.complaints(to_text(ticket.created_at - WINDOW), MOST_OF_ALL)]
        for person in sorted(people):
            near += self._view.tickets_of(CustomerId(person), limit=MOST_OF_ALL)
        rows = {row.id: row for row in near if row.body.get("type") == TicketType.COMPLAINT}
        free = [row for row in rows.values() if row.body.get("same_as") is None and row.body.get("merged_into") is None]
        text = _text(ticket.subject, ticket.description)
        this = Told(ticket.id, ticket.customer_id, numbers, ticket.category, ticket.created_at, text)
        others = (_told(row, numbers if row.body.get("customer_id") in people else frozenset()) for row in free)
        found = twins(this, others)[:MOST_TWINS]
        return tuple(Likely(_ticket(rows[twin.ticket_id]), twin) for twin in found)

    def _people(self, ticket: Ticket, numbers: Iterable[str]) -> frozenset[str]:
        """Who complains, and whoever has one of their numbers."""
        plain = sorted(number for number in numbers if number.startswith("+"))
        sharing = {row.id for number in plain[:MOST_NUMBERS] for row in self._view.customers_with(PhoneNumber(number))}
        return frozenset(sharing | ({ticket.customer_id} if ticket.customer_id is not None else set()))


def _numbers(ticket: Ticket, customer: Customer | None) -> frozenset[str]:
    """Those of whoever complains."""
    said = _said(ticket.details.values.values() if ticket.details is not None else ())
    return said | {str(number) for number in (customer.phones if customer is not None else ())}


def _told(row: Row, shared: frozenset[str]) -> Told:
    """Another complaint; `shared` are numbers of whoever complains that are known otherwise."""
    body: Mapping[str, Any] = row.body
    said = _said(((body.get("details") or {}).get("values") or {}).values())
    text = _text(str(body.get("subject")), str(body.get("description")))
    at = from_text(str(body.get("created_at")))
    return Told(row.id, body.get("customer_id"), shared | said, str(body.get("category")), at, text)


def _said(values: Iterable[Any]) -> frozenset[str]:
    """Numbers that were written into a form."""
    return frozenset(value for value in values if isinstance(value, str) and value.startswith("+"))


def _text(subject: str, description: str) -> str:
    return f"{subject} {description}"


def _ticket(row: Row) -> Ticket:
    return from_body(Ticket, row.id, row.version, row.body)
