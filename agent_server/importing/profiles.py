"""How files of one kind and sender are read, remembered by a name."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from agent_model.moment import to_text
from agent_model.table_import import ImportWishes
from agent_papers.tables.sheet import BadFile
from agent_server.database import Database
from agent_server.importing.merging import Writer
from agent_server.tables import import_profile


async def profile(connection: AsyncConnection, kind: str, name: str) -> ImportWishes:
    """Raises BadFile: no_such_profile."""
    known = await profiles(connection, kind)
    if name not in known:
        raise BadFile("no_such_profile", name=name, names=", ".join(known) or "-")
    return known[name]


async def profiles(connection: AsyncConnection, kind: str) -> dict[str, ImportWishes]:
    """By name, in order."""
    query = select(import_profile.c.name, import_profile.c.wishes).where(import_profile.c.kind == kind)
    found = await connection.execute(query.order_by(import_profile.c.name))
    return {row.name: ImportWishes(**row.wishes) for row in found}


async def remember(
    database: Database, connection: AsyncConnection, kind: str, name: str, wishes: ImportWishes, by: Writer
) -> None:
    """Takes the place of one with this name."""
    line: dict[str, Any] = {"kind": kind, "name": name, "wishes": wishes.to_plain()}
    said = {"saved_by": by.id, "saved_at": to_text(by.now)}
    await connection.execute(database.insert_or_update(import_profile, ("kind", "name")), [{**line, **said}])
