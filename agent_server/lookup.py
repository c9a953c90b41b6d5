"""Finds the customers behind a calling number while it rings."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import func, or_
from sqlalchemy.ext.asyncio import AsyncConnection

from agent_model.follow_up import FollowUpState
from agent_model.phone_number import DialPlan, PhoneNumber, candidates
from agent_model.ticket import TicketStatus, TicketType
from agent_server.database import Database
from agent_server.number_ranges import privacy_numbers
from agent_server.rows import Stored, fetch, is_among, reader, selecting
from agent_server.sight import Sight
from agent_server.tables import contact, customer, customer_phone, customer_relation, follow_up, ticket

CUSTOMERS: Final = 5
CONTACTS_EACH: Final = 20
TICKETS_EACH: Final = 20
FOLLOW_UPS_EACH: Final = 20
RELATIONS_EACH: Final = 50
TICKETS_OF_RELATED: Final = 100
"""The open ones of all to whom a customer is related; complaints first."""
STILL_OPEN: Final = tuple(status.value for status in TicketStatus if status.is_open)
STILL_OWED: Final = FollowUpState.OPEN.value


async def sensitive_value(
    database: Database, customer_id: str, field: str, position: int, segments: Collection[str]
) -> str | None:
    """One phone or ID number of a customer of these segments; None where there is none."""
    async with database.reading() as connection:
        row = (await fetch(connection, "customer", [customer_id])).get(customer_id)
    if row is None or row.segment not in segments:
        return None
    kept = row.body.get(field)
    values = kept if isinstance(kept, list) else [kept]
    return str(values[position]) if position < len(values) and values[position] is not None else None


async def customers_by_number(
    database: Database, written: str, plan: DialPlan, segments: Collection[str], sight: Sight
) -> list[dict[str, Any]]:
    """Up to five customers of these segments with the newest of their contacts and tickets, and with their relations:
    to whom (of these segments), and what is open of them. Nobody is told for a temporary privacy number."""
    if not segments:
        return []
    async with database.reading() as connection:
        known = await privacy_numbers(connection)
        numbers = candidates(written, plan)
        if not numbers or known.among(numbers):
            return []
        return await _with_numbers(connection, numbers, segments, sight)


async def _with_numbers(
    connection: AsyncConnection, numbers: Sequence[PhoneNumber], segments: Collection[str], sight: Sight
) -> list[dict[str, Any]]:
    named = sight.hides_names
    query = (
        selecting("customer", with_names=named)
        .join(customer_phone, customer_phone.c.customer_id == customer.c.id)
        .where(customer_phone.c.number.in_(numbers), customer.c.segment.in_(sorted(segments)))
        .add_columns(customer_phone.c.number, customer_phone.c.position)
    )
    read = reader("customer", with_names=named)
    hits = [(row[-2], row[-1], read(row[:-2])) for row in await connection.execute(query)]
    hits.sort(key=lambda hit: (numbers.index(hit[0]), hit[1], hit[2].id))
    found = list({row.id: row for _, _, row in hits}.values())[:CUSTOMERS]
    ids = [row.id for row in found]
    contacts: dict[str, list[Stored]] = {}
    tickets: dict[str, list[Stored]] = {}
    owed: dict[str, list[Stored]] = {}
    related: dict[str, _Related] = {}
    for customer_id in ids:
        newest = selecting("contact", with_names=named).where(contact.c.customer_id == customer_id)
        newest = newest.order_by(contact.c.at.desc(), contact.c.id).limit(CONTACTS_EACH)
        contacts[customer_id] = [*map(reader("contact", with_names=named), await connection.execute(newest))]
        latest = func.coalesce(ticket.c.updated_at, ticket.c.created_at)
        newest = selecting("ticket", with_names=named).where(ticket.c.customer_id == customer_id)
        newest = newest.order_by(latest.desc(), ticket.c.id).limit(TICKETS_EACH)
        tickets[customer_id] = [*map(reader("ticket", with_names=named), await connection.execute(newest))]
        due = selecting("follow_up", with_names=named).where(
            follow_up.c.customer_id == customer_id, follow_up.c.state == STILL_OWED
        )
        due = due.order_by(follow_up.c.due_at, follow_up.c.id).limit(FOLLOW_UPS_EACH)
        owed[customer_id] = [*map(reader("follow_up", with_names=named), await connection.execute(due))]
        related[customer_id] = await _related_to(connection, customer_id, segments, with_names=named)
    return [
        {
            "customer": row.to_plain(sight),
            "contacts": [entry.to_plain(sight) for entry in contacts[row.id]],
            "tickets": [entry.to_plain(sight) for entry in tickets[row.id]],
            "follow_ups": [entry.to_plain(sight) for entry in owed[row.id]],
            "relations": [entry.to_plain(sight) for entry in related[row.id].relations],
            "related": [entry.to_plain(sight) for entry in related[row.id].customers],
            "tickets_of_related": [entry.to_plain(sight) for entry in related[row.id].tickets],
        }
        for row in found
    ]


@dataclass(frozen=True, slots=True)
class _Related:
    relations: tuple[Stored, ...]
    customers: tuple[Stored, ...]
    tickets: tuple[Stored, ...]


async def _related_to(
    connection: AsyncConnection, customer_id: str, segments: Collection[str], *, with_names: bool
) -> _Related:
    pointers = (customer_relation.c.customer_id, customer_relation.c.other_id)
    query = selecting("customer_relation", with_names=with_names).where(
        or_(*(pointer == customer_id for pointer in pointers)), customer_relation.c.is_removed.is_(False)
    )
    query = query.order_by(customer_relation.c.created_at.desc(), customer_relation.c.id).limit(RELATIONS_EACH)
    relations = tuple(map(reader("customer_relation", with_names=with_names), await connection.execute(query)))
    ends = sorted({row.body[pointer.name] for row in relations for pointer in pointers} - {customer_id})
    if not ends:
        return _Related(relations, (), ())
    seen = selecting("customer", with_names=with_names).where(
        is_among(connection, customer.c.id, ends), customer.c.segment.in_(segments)
    )
    customers = tuple(
        map(reader("customer", with_names=with_names), await connection.execute(seen.order_by(customer.c.id)))
    )
    ids = [row.id for row in customers]
    latest = func.coalesce(ticket.c.updated_at, ticket.c.created_at)
    waits = selecting("ticket", with_names=with_names).where(
        is_among(connection, ticket.c.customer_id, ids), ticket.c.status.in_(STILL_OPEN)
    )
    waits = waits.order_by(ticket.c.type != TicketType.COMPLAINT.value, latest.desc(), ticket.c.id)
    found = await connection.execute(waits.limit(TICKETS_OF_RELATED))
    return _Related(relations, customers, tuple(map(reader("ticket", with_names=with_names), found)))
