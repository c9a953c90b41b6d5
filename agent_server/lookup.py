"""Finds the customers behind a calling number while it rings."""

from collections.abc import Collection, Sequence
from typing import Any, Final

from sqlalchemy import func
from sqlalchemy.ext.asyncio import AsyncConnection

from agent_model.follow_up import FollowUpState
from agent_model.phone_number import DialPlan, PhoneNumber, candidates
from agent_server.database import Database
from agent_server.number_ranges import privacy_numbers
from agent_server.rows import Stored, fetch, reader, selecting
from agent_server.sight import Sight
from agent_server.tables import contact, customer, customer_phone, follow_up, ticket

CUSTOMERS: Final = 5
CONTACTS_EACH: Final = 20
TICKETS_EACH: Final = 20
FOLLOW_UPS_EACH: Final = 20
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
    """Up to five customers of these segments with the newest of their contacts and tickets. Nobody is told for a
    temporary privacy number."""
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
    query = (
        selecting("customer")
        .join(customer_phone, customer_phone.c.customer_id == customer.c.id)
        .where(customer_phone.c.number.in_(numbers), customer.c.segment.in_(sorted(segments)))
        .add_columns(customer_phone.c.number, customer_phone.c.position)
    )
    read = reader("customer")
    hits = [(row[-2], row[-1], read(row[:-2])) for row in await connection.execute(query)]
    hits.sort(key=lambda hit: (numbers.index(hit[0]), hit[1], hit[2].id))
    found = list({row.id: row for _, _, row in hits}.values())[:CUSTOMERS]
    ids = [row.id for row in found]
    contacts: dict[str, list[Stored]] = {}
    tickets: dict[str, list[Stored]] = {}
    owed: dict[str, list[Stored]] = {}
    for customer_id in ids:
        newest = selecting("contact").where(contact.c.customer_id == customer_id)
        newest = newest.order_by(contact.c.at.desc(), contact.c.id).limit(CONTACTS_EACH)
        contacts[customer_id] = [*map(reader("contact"), await connection.execute(newest))]
        latest = func.coalesce(ticket.c.updated_at, ticket.c.created_at)
        newest = selecting("ticket").where(ticket.c.customer_id == customer_id)
        newest = newest.order_by(latest.desc(), ticket.c.id).limit(TICKETS_EACH)
        tickets[customer_id] = [*map(reader("ticket"), await connection.execute(newest))]
        due = selecting("follow_up").where(follow_up.c.customer_id == customer_id, follow_up.c.state == STILL_OWED)
        due = due.order_by(follow_up.c.due_at, follow_up.c.id).limit(FOLLOW_UPS_EACH)
        owed[customer_id] = [*map(reader("follow_up"), await connection.execute(due))]
    return [
        {
            "customer": row.to_plain(sight),
            "contacts": [entry.to_plain(sight) for entry in contacts[row.id]],
            "tickets": [entry.to_plain(sight) for entry in tickets[row.id]],
            "follow_ups": [entry.to_plain(sight) for entry in owed[row.id]],
        }
        for row in found
    ]
