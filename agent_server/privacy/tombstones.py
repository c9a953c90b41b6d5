"""Rows that were erased and never come back, by salted digests of their ids: nothing can be read from them, and whoever
brings an id along is recognised."""

import hashlib
import hmac
import secrets
from collections.abc import Collection, Iterable
from typing import Any, Final

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncConnection

from agent_server.database import Database
from agent_server.rows import is_among
from agent_server.tables import erased_row, site

SALT: Final = "erasure_salt"
CALL: Final = "call_ref"
"""Stands among the nouns: recordings are known by their call."""
POINTERS: Final = {
    "customer_id": "customer",
    "other_id": "customer",
    "contact_id": "contact",
    "ticket_id": "ticket",
    "call_ref": CALL,
}
"""Fields of rows that name another, and which noun."""
AT_ONCE: Final = 5000

Key = tuple[str, str]
"""A noun and an id."""


_SALT: Final = select(site.c.value).where(site.c.name == SALT)


async def salt_of(connection: AsyncConnection) -> bytes | None:
    """None as long as nobody was ever erased here."""
    kept = await connection.scalar(_SALT)
    return None if kept is None else bytes.fromhex(kept)


async def make_salt(database: Database, connection: AsyncConnection) -> bytes:
    """The site's salt, made at the first erasure."""
    fresh = {"name": SALT, "value": secrets.token_hex(32)}
    await connection.execute(database.insert_new(site, ("name",)), [fresh])
    return await salt_of(connection) or b""


async def take_salt(connection: AsyncConnection, salt: bytes) -> None:
    """The salt that digests outside this database were made with, in the place of its own."""
    await connection.execute(delete(site).where(site.c.name == SALT))
    await connection.execute(site.insert().values(name=SALT, value=salt.hex()))


def digest_of(salt: bytes, entity: str, row_id: str) -> str:
    return hmac.new(salt, f"{entity}\0{row_id}".encode(), hashlib.sha256).hexdigest()


async def entomb(database: Database, connection: AsyncConnection, keys: Iterable[Key], erasure_id: str) -> None:
    """These are known to be erased from now on."""
    salt = await make_salt(database, connection)
    lines = [{"entity": e, "digest": digest_of(salt, e, i), "erasure_id": erasure_id} for e, i in keys]
    statement = database.insert_new(erased_row, ("entity", "digest"))
    for start in range(0, len(lines), AT_ONCE):
        await connection.execute(statement, lines[start : start + AT_ONCE])


async def erased_among(connection: AsyncConnection, keys: Collection[Key]) -> frozenset[Key]:
    """Those of these rows that were erased. Costs one small look where nobody ever was."""
    if not keys or (salt := await salt_of(connection)) is None:
        return frozenset()
    by_digest = {digest_of(salt, entity, row_id): (entity, row_id) for entity, row_id in keys}
    query = select(erased_row.c.entity, erased_row.c.digest)
    found = await connection.execute(query.where(is_among(connection, erased_row.c.digest, by_digest)))
    return frozenset(by_digest[row.digest] for row in found)


def keys_of(fields: Any) -> set[Key]:
    """Whom a row's fields point to: a customer, a contact, a ticket, a call."""
    return {(entity, fields[name]) for name, entity in POINTERS.items() if isinstance(fields.get(name), str)}
