"""What a workstation pulls: heads of its slices, and pages of what changed since its cursor."""

from collections import defaultdict
from collections.abc import Collection
from typing import Any

from sqlalchemy import select

from agent_model.scope import Scope
from agent_server.changeset import FeedKind
from agent_server.database import Database
from agent_server.refusals import RequestRefused
from agent_server.rows import fetch
from agent_server.sight import Sight
from agent_server.tables import feed, scope_head


async def heads(database: Database, scopes: Collection[Scope]) -> dict[Scope, int]:
    """The newest number of each slice; 0 for one where nothing ever happened."""
    query = select(scope_head.c.scope, scope_head.c.head).where(scope_head.c.scope.in_(sorted(scopes)))
    async with database.reading() as connection:
        found = {Scope(row.scope): int(row.head) for row in await connection.execute(query)}
    return {scope: found.get(scope, 0) for scope in sorted(scopes)}


async def changes_since(database: Database, scope: Scope, since: int, limit: int, sight: Sight) -> dict[str, Any]:
    """A page as it crosses the wire: rows as they are now, each once. Raises RequestRefused: cursor_expired.

    A row that has left the slice meanwhile is told as evicted at once: nobody is sent what they may no longer see.
    """
    async with database.reading() as connection:
        bounds = (
            await connection.execute(
                select(scope_head.c.head, scope_head.c.floor, scope_head.c.compacted).where(scope_head.c.scope == scope)
            )
        ).first()
        head, floor, compacted = (0, 0, 0) if bounds is None else (bounds.head, bounds.floor, bounds.compacted)
        if not floor <= since <= head:
            raise RequestRefused(410, "cursor_expired", scope=scope, head=head)
        query = (
            select(feed.c.seq, feed.c.entity, feed.c.row_id, feed.c.kind)
            .where(feed.c.scope == scope, feed.c.seq > since)
            .order_by(feed.c.seq)
            .limit(limit)
        )
        entries = (await connection.execute(query)).all()
        newest = {(entry.entity, entry.row_id): entry.kind for entry in entries}
        wanted: dict[str, list[str]] = defaultdict(list)
        for (entity, row_id), kind in newest.items():
            if kind == FeedKind.PUT:
                wanted[entity].append(row_id)
        stored = {entity: await fetch(connection, entity, ids) for entity, ids in wanted.items()}
    rows, evicted, deleted = [], [], []
    for (entity, row_id), kind in newest.items():
        row = stored[entity].get(row_id) if kind == FeedKind.PUT else None
        if row is not None and scope in row.scopes:
            rows.append(row.to_plain(sight))
        elif kind == FeedKind.DELETE:
            deleted.append([entity, row_id])
        else:
            evicted.append([entity, row_id])
    reached = entries[-1].seq if entries else since
    return {
        "scope": scope,
        "rows": rows,
        "evicted": evicted,
        "deleted": deleted,
        "next": reached,
        "head": head,
        "more": reached < head,
        "entries": len(entries),
        "compacted": compacted,
    }
