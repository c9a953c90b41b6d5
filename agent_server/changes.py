"""What a workstation pulls: heads of its slices, and pages of what changed since its cursor."""

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from sqlalchemy import and_, or_, select

from agent_model.scope import Scope
from agent_server.changeset import FeedKind
from agent_server.database import Database
from agent_server.refusals import RequestRefused
from agent_server.rows import Stored, fetch, fetch_seen
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
        rows = {
            (entity, row_id): row
            for entity, ids in _put_in(entries).items()
            for row_id, row in (await fetch_seen(connection, entity, ids, scope, sight)).items()
        }
    return _page(scope, since, Bounds(head, compacted), entries, rows.get)


async def small_pages(
    database: Database, cursors: Mapping[Scope, int], most: int
) -> dict[Scope, Callable[[Sight], dict[str, Any]]]:
    """What makes the pages of several slices, each up to its head; those that more than `most` entries are new to lack.

    They are read as of one moment, and cost little more than one of them.
    """
    query = select(scope_head.c.scope, scope_head.c.head, scope_head.c.floor, scope_head.c.compacted)
    async with database.reading() as connection:
        found = await connection.execute(query.where(scope_head.c.scope.in_(sorted(cursors))))
        bounds = {Scope(row.scope): Bounds(row.head, row.compacted) for row in found if row.floor <= cursors[row.scope]}
        small = {scope: one for scope, one in bounds.items() if 0 < one.head - cursors[scope] <= most}
        if not small:
            return {}
        new = [and_(feed.c.scope == scope, feed.c.seq > cursors[scope]) for scope in sorted(small)]
        told = select(feed.c.scope, feed.c.seq, feed.c.entity, feed.c.row_id, feed.c.kind).where(or_(*new))
        entries = (await connection.execute(told.order_by(feed.c.scope, feed.c.seq))).all()
        stored = {
            (entity, row_id): row
            for entity, ids in _put_in(entries).items()
            for row_id, row in (await fetch(connection, entity, ids, with_names=True)).items()
        }
    theirs: dict[str, list[Any]] = defaultdict(list)
    for entry in entries:
        theirs[entry.scope].append(entry)
    return {
        scope: partial(_stored_page, scope, cursors[scope], one, theirs[scope], stored) for scope, one in small.items()
    }


@dataclass(frozen=True, slots=True)
class Bounds:
    """Where a slice stands: its newest number, and up to which number only the newest entry of each row is kept."""

    head: int
    compacted: int


def _put_in(entries: Sequence[Any]) -> dict[str, list[str]]:
    """The ids by entity of the rows that entries say were put."""
    wanted: dict[str, dict[str, None]] = defaultdict(dict)
    for entry in entries:
        if entry.kind == FeedKind.PUT:
            wanted[entry.entity][entry.row_id] = None
    return {entity: list(ids) for entity, ids in wanted.items()}


def _stored_page(
    scope: Scope,
    since: int,
    bounds: Bounds,
    entries: Sequence[Any],
    stored: Mapping[tuple[str, str], Stored],
    sight: Sight,
) -> dict[str, Any]:
    def seen(key: tuple[str, str]) -> dict[str, Any] | None:
        row = stored.get(key)
        return None if row is None or scope not in row.scopes else row.to_plain(sight)

    return _page(scope, since, bounds, entries, seen)


def _page(
    scope: Scope,
    since: int,
    bounds: Bounds,
    entries: Sequence[Any],
    row_of: Callable[[tuple[str, str]], Mapping[str, Any] | None],
) -> dict[str, Any]:
    """`row_of` knows the rows that are in the slice."""
    newest = {(entry.entity, entry.row_id): entry.kind for entry in entries}
    rows, evicted, deleted = [], [], []
    for (entity, row_id), kind in newest.items():
        row = row_of((entity, row_id)) if kind == FeedKind.PUT else None
        if row is not None:
            rows.append(row)
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
        "head": bounds.head,
        "more": reached < bounds.head,
        "entries": len(entries),
        "compacted": bounds.compacted,
    }
