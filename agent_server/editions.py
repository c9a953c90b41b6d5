"""The company's rules as somebody knew them at a moment: what was decided offline is judged by what was known there."""

from datetime import datetime

from sqlalchemy import select

from agent_model.moment import to_text
from agent_server.changeset import Changeset
from agent_server.rows import Stored
from agent_server.tables import kept_version


async def as_known(changes: Changeset, entity: str, newest: datetime | None) -> list[Stored]:
    """The rows of a small noun, each in its last version that was not changed after `newest`, without those that were
    made later. None: as they stand."""
    rows = await changes.look_at_all(entity)
    if newest is None:
        return rows
    limit = to_text(newest)
    later = [row for row in rows if (row.body["changed_at"] or "") > limit]
    before = [await _version_before(changes, row, limit) for row in later]
    return [*(row for row in rows if row not in later), *(row for row in before if row is not None)]


async def _version_before(changes: Changeset, row: Stored, limit: str) -> Stored | None:
    kept = kept_version
    query = select(kept.c.version, kept.c.body).where(kept.c.entity == row.entity, kept.c.row_id == row.id)
    for found in (await changes.connection.execute(query.order_by(kept.c.version.desc()))).all():
        if (found.body.get("changed_at") or "") <= limit:
            return Stored(row.entity, row.id, found.version, found.body)
    return None
