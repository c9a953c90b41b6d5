"""Customers who may be the same person, over everybody: by number, e-mail, and name with company. People merge them."""

from collections import defaultdict
from collections.abc import Collection
from itertools import combinations
from typing import Any, Final

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from agent_server.tables import customer, customer_phone

MOST: Final = 200
EACH: Final = 20
"""Customers of one number, address or name who are paired."""


async def duplicates_in(connection: AsyncConnection, segments: Collection[str]) -> list[dict[str, Any]]:
    """Up to MOST pairs of these segments, as `{"reason", "customers": [id, id]}`; nobody who was told apart.

    Groups are counted first: no customer is compared with every other.
    """
    of_segments = customer.c.segment.in_(sorted(segments))
    number = customer_phone.c.number
    email, company = func.lower(customer.c.email), customer.c.company
    name = func.lower(customer.c.name) + "\n" + func.lower(company)
    with_phones = customer.join(customer_phone, customer_phone.c.customer_id == customer.c.id)
    kinds = (("number", number, with_phones), ("email", email, customer), ("name_and_company", name, customer))
    found: dict[tuple[str, str], dict[str, Any]] = {}
    for reason, key, source in kinds:
        shared = select(key).select_from(source).where(of_segments, key.is_not(None), key != "")
        shared = shared.group_by(key).having(func.count() > 1).order_by(key).limit(MOST)
        keys = (await connection.scalars(shared)).all()
        members = select(key, customer.c.id, customer.c.apart).select_from(source)
        members = members.where(of_segments, key.in_(keys)).order_by(key, customer.c.id)
        groups: dict[str, list[tuple[str, list[str]]]] = defaultdict(list)
        for shared_key, row_id, apart in await connection.execute(members):
            groups[shared_key].append((row_id, apart))
        for group in groups.values():
            for (one, apart), (other, apart_too) in combinations(group[:EACH], 2):
                if one != other and other not in apart and one not in apart_too:
                    found.setdefault((one, other), {"reason": reason, "customers": [one, other]})
    return list(found.values())[:MOST]
