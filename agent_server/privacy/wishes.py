"""What somebody wishes about one person's data, to be erased or to have a copy: one row of either table."""

from dataclasses import asdict, dataclass
from typing import Any, Final

from sqlalchemy import Table, select
from sqlalchemy.ext.asyncio import AsyncConnection

from agent_model.person_wish import WishState
from agent_server.refusals import RequestRefused
from agent_server.rows import Stored, fetch

SHORTEST_TOLD: Final = 7
"""So many digits in a row of a number name a person."""


@dataclass(frozen=True, slots=True)
class PersonWish:
    """One wish, as those who decide see it."""

    id: str
    customer_id: str
    state: WishState
    asked_by: str
    asked_at: str
    reason: str
    decided_by: str | None
    decided_at: str | None
    decision: str | None

    def to_plain(self) -> dict[str, Any]:
        return asdict(self)


def wish_of(row: Any) -> PersonWish:
    names = (name for name in PersonWish.__dataclass_fields__ if name != "state")
    return PersonWish(state=WishState(row.state), **{name: getattr(row, name) for name in names})


async def one_wish(connection: AsyncConnection, table: Table, wish_id: str, *, for_update: bool = False) -> PersonWish:
    """Raises RequestRefused: not_found."""
    query = select(table).where(table.c.id == wish_id)
    row = (await connection.execute(query.with_for_update() if for_update else query)).first()
    if row is None:
        raise RequestRefused(404, "not_found")
    return wish_of(row)


async def customer_of(connection: AsyncConnection, customer_id: str, segments: frozenset[str] | None) -> Stored:
    """`segments` are those that may be seen, None for all. Raises RequestRefused: not_found."""
    row = (await fetch(connection, "customer", [customer_id])).get(customer_id)
    if row is None or (segments is not None and row.segment not in segments):
        raise RequestRefused(404, "not_found")
    return row


def names_person(text: str, customer: Stored) -> bool:
    """Whether a text that is kept for years says whom it is about."""
    name = str(customer.body["name"]).strip()
    digits = "".join(sign for sign in text if sign.isdigit())
    numbers = ("".join(sign for sign in phone if sign.isdigit()) for phone in customer.body["phones"])
    has_number = any(len(number) >= SHORTEST_TOLD and number[-SHORTEST_TOLD:] in digits for number in numbers)
    return has_number or (len(name) > 1 and name.casefold() in text.casefold())
