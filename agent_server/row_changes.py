"""What changed in a row, by whom and when: written in the transaction that changes it, read by who holds the row.

`row_change` keeps the fields of TRACED nouns. An entry with an empty field says that the row was made (or came here).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from agent_model.moment import to_text
from agent_server.many_rows import insert_rows
from agent_server.rows import Stored
from agent_server.sight import Sight
from agent_server.tables import row_change

TRACED: Final[Mapping[str, frozenset[str]]] = {
    "customer": frozenset(),
    "customer_relation": frozenset({"segment", "other_segment"}),
    "follow_up": frozenset({"counted"}),
    "ticket": frozenset({"clocks", "handlers", "number", "segment", "step_at", "updated_at"}),
}
"""The nouns whose changes are kept, each with the fields that say nothing a person did."""

MADE: Final = ""
THE_SERVER: Final = ""
IMPORTED: Final = "import"
A_PAGE: Final = 100


@dataclass(frozen=True, slots=True)
class Signature:
    """Whose change it is: an agent's id, IMPORTED, or THE_SERVER; `done_at` is when it was done at
    the workstation, which may have been offline."""

    who: str
    at: datetime
    device: str = ""
    done_at: datetime | None = None


class Trail:
    """Collects what one transaction changes; what a field goes through in one version is one entry."""

    def __init__(self) -> None:
        self._lines: dict[tuple[str, str, int, str], dict[str, Any]] = {}

    def note(self, before: Stored | None, row: Stored, signature: Signature) -> None:
        untold = TRACED.get(row.entity)
        if untold is None:
            return
        if before is None:
            self._add(row, MADE, None, None, signature)
            return
        if (row.entity, row.id, row.version, MADE) in self._lines:
            return
        for name, value in row.body.items():
            old = before.body.get(name)
            if old != value and name not in untold:
                self._add(row, name, *_grown(old, value), signature)

    def _add(self, row: Stored, name: str, old: Any, new: Any, signature: Signature) -> None:
        key = (row.entity, row.id, row.version, name)
        known = self._lines.get(key)
        self._lines[key] = {
            "entity": row.entity,
            "row_id": row.id,
            "version": row.version,
            "field": name,
            "old": old if known is None else known["old"],
            "new": new,
            "who": signature.who,
            "device": signature.device,
            "at": to_text(signature.at),
            "done_at": to_text(signature.done_at or signature.at),
        }

    async def write(self, connection: AsyncConnection) -> None:
        await insert_rows(connection, row_change, list(self._lines.values()))


async def history(connection: AsyncConnection, row: Stored, before: int, sight: Sight) -> dict[str, Any]:
    """A page as it crosses the wire, the newest first: what the versions below `before` changed."""
    table = row_change
    is_its = (table.c.entity == row.entity) & (table.c.row_id == row.id) & (table.c.version < before)
    versions = select(table.c.version).where(is_its).distinct().order_by(table.c.version.desc()).limit(A_PAGE)
    lowest = await connection.scalar(select(func.min(versions.subquery().c.version)))
    if lowest is None:
        return {"changes": [], "next": None}
    page = select(table).where(is_its, table.c.version >= lowest).order_by(table.c.version.desc(), table.c.field)
    found = (await connection.execute(page)).all()
    older = select(table.c.version).where(is_its, table.c.version < lowest).limit(1)
    has_more = await connection.scalar(older) is not None
    return {"changes": [*_told(found, row, sight)], "next": lowest if has_more else None}


def _told(lines: Iterable[Any], row: Stored, sight: Sight) -> Iterable[dict[str, Any]]:
    for line in lines:
        yield {
            "version": line.version,
            "field": line.field,
            "old": row.look(sight, line.field, line.old),
            "new": row.look(sight, line.field, line.new),
            "who": line.who,
            "at": line.at,
            "done_at": line.done_at,
        }


def _grown(old: Any, new: Any) -> tuple[Any, Any]:
    """Of a list that something was added to, only that."""
    if isinstance(old, list) and isinstance(new, list) and new[: len(old)] == old:
        return None, new[len(old) :]
    return old, new
