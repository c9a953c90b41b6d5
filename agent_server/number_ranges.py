"""Temporary privacy numbers on the server: ranges as people change them, and who has such a number from earlier."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from agent_model.body import from_body
from agent_model.number_range import NumberRange, PrivacyNumbers, faults
from agent_model.phone_number import masked
from agent_server.rows import Stored, reader, selecting
from agent_server.tables import customer_phone

NUMBERS_AT_ONCE: Final = 5000
LENT: Final = "privacy_number"
"""Why a command is refused that would give a customer such a number."""


@dataclass(frozen=True, slots=True)
class Learned:
    """A privacy number that somebody's record holds; `number` as it may be shown."""

    customer_id: str
    number: str
    platform: str


async def privacy_numbers(connection: AsyncConnection) -> PrivacyNumbers:
    """As the ranges stand in this transaction."""
    read = reader("number_range")
    return known_among(map(read, await connection.execute(selecting("number_range"))))


def known_among(rows: Iterable[Stored]) -> PrivacyNumbers:
    """What these rows of ranges say."""
    return PrivacyNumbers(from_body(NumberRange, row.id, row.version, row.body) for row in rows)


def faults_of(body: Mapping[str, Any]) -> dict[str, str]:
    """What is wrong with a checked body, by field; empty when it is a range."""
    return {field: fault.value for field, fault in faults(from_body(NumberRange, "", 0, body)).items()}


async def learned_before(connection: AsyncConnection) -> list[Learned]:
    """Every record that has one, in the order of ids: from before the range was known, or before this was looked at."""
    known = await privacy_numbers(connection)
    query = select(customer_phone.c.customer_id, customer_phone.c.number).order_by(
        customer_phone.c.customer_id, customer_phone.c.position
    )
    found = []
    lines = await connection.stream(query.execution_options(yield_per=NUMBERS_AT_ONCE))
    async for customer_id, number in lines:
        if (its := known.range_of(number)) is not None:
            found.append(Learned(customer_id, masked(number), its.platform.zh))
    return found
