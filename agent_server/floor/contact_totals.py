"""What contacts add to the figures of the floor: solved at the first, again about the same, rated, dialled."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from sqlalchemy import ColumnElement, and_, case, func, not_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from agent_model.customer import ContactKind
from agent_model.moment import to_text
from agent_server.floor.measures import Totals
from agent_server.probation.day_figures import FROM_CUSTOMERS, HANDLED, Span, has_other
from agent_server.tables import agent, contact

ADDED: Final = ("judged", "solved_first", "repeats", "rated", "dialled")
COLUMNS: Final[Mapping[str, ColumnElement[Any]]] = {
    "queue": func.coalesce(contact.c.queue, ""),
    "team": func.coalesce(agent.c.team, ""),
    "agent": func.coalesce(contact.c.agent, ""),
    "disposition": func.coalesce(contact.c.wrap_up_code, ""),
}


async def fold_contacts(
    connection: AsyncConnection, by: Sequence[str], span: Span, where: Sequence[ColumnElement[bool]] = ()
) -> dict[tuple[str, ...], Totals]:
    """The totals of the contacts of a span of time by some of `COLUMNS`. What a customer who comes back within the
    week will say of a contact is not known before the week is over."""
    is_sqlite = connection.dialect.name == "sqlite"
    judged = contact.c.kind.in_(FROM_CUSTOMERS)
    is_repeat = has_other(before=True, is_sqlite=is_sqlite)
    counted = {
        "judged": judged,
        "solved_first": and_(judged, not_(is_repeat), not_(has_other(before=False, is_sqlite=is_sqlite))),
        "repeats": and_(judged, is_repeat),
        "rated": and_(contact.c.kind == ContactKind.CALL_IN, contact.c.rating.is_not(None)),
        "dialled": contact.c.kind == ContactKind.CALL_OUT,
    }
    columns = [COLUMNS[name].label(f"of_{name}") for name in by]
    query = (
        select(*columns, *(func.sum(case((counted[name], 1), else_=0)).label(name) for name in ADDED))
        .select_from(contact.outerjoin(agent, agent.c.id == contact.c.agent))
        .where(contact.c.kind.in_(HANDLED))
        .where(contact.c.at >= to_text(span.since), contact.c.at < to_text(span.until), *where)
        .group_by(*columns)
    )
    return {
        tuple(row[: len(by)]): Totals(**{name: int(getattr(row, name) or 0) for name in ADDED})
        for row in await connection.execute(query)
    }
