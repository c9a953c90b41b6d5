"""What contacts add to the figures of the floor: solved at the first, again about the same, rated, dialled."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from sqlalchemy import CTE, Column, ColumnElement, and_, case, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from agent_model.customer import ContactKind
from agent_model.moment import to_text
from agent_server.floor.measures import Totals
from agent_server.probation.day_figures import FROM_CUSTOMERS, HANDLED, Clock, Span, has_other, local_day
from agent_server.tables import agent, contact

ADDED: Final = ("judged", "solved_first", "repeats", "rated", "dialled")


async def fold_contacts(
    connection: AsyncConnection,
    by: Sequence[str],
    span: Span,
    where: Sequence[ColumnElement[bool]] = (),
    clock: Clock | None = None,
) -> dict[tuple[str, ...], Totals]:
    """The totals of the contacts of a span of time by some of queue, team, agent, disposition, `at`, which is when a
    quarter of an hour begins, and the day, for which there is a clock. What a customer who comes back within the week
    will say of a contact is not known before the week is over."""
    times = {"at": _quarter(contact.c.at)} if "at" in by else {}
    if clock is not None and "day" in by:
        times["day"] = local_day(contact.c.at, clock, connection.dialect.name == "sqlite")
    of = contacts_of(connection, span, where, times)
    columns = [of.c[name] for name in by]
    query = select(*columns, *(func.sum(of.c[name]).label(f"all_{name}") for name in ADDED)).group_by(*columns)
    return {
        tuple(row[: len(by)]): Totals(**dict(zip(ADDED, map(int, row[len(by) :]), strict=True)))
        for row in await connection.execute(query)
    }


def contacts_of(
    connection: AsyncConnection,
    span: Span,
    where: Sequence[ColumnElement[bool]] = (),
    more: Mapping[str, ColumnElement[Any]] | None = None,
) -> CTE:
    """Each contact of a span with what it adds, 0 or 1 each. The database works it out once a contact, however often
    it is asked for."""
    is_sqlite = connection.dialect.name == "sqlite"
    found = (
        select(
            contact.c.id,
            contact.c.customer_id,
            func.coalesce(contact.c.queue, "").label("queue"),
            func.coalesce(agent.c.team, "").label("team"),
            func.coalesce(contact.c.agent, "").label("agent"),
            func.coalesce(contact.c.wrap_up_code, "").label("disposition"),
            _counted(contact.c.kind.in_(FROM_CUSTOMERS)).label("judged"),
            _counted(and_(contact.c.kind == ContactKind.CALL_IN, contact.c.rating.is_not(None))).label("rated"),
            _counted(contact.c.kind == ContactKind.CALL_OUT).label("dialled"),
            _counted(has_other(before=True, is_sqlite=is_sqlite)).label("comes_again"),
            _counted(has_other(before=False, is_sqlite=is_sqlite)).label("comes_back"),
            *(column.label(name) for name, column in (more or {}).items()),
        )
        .select_from(contact.outerjoin(agent, agent.c.id == contact.c.agent))
        .where(contact.c.kind.in_(HANDLED))
        .where(contact.c.at >= to_text(span.since), contact.c.at < to_text(span.until), *where)
        .cte("handled")
        .prefix_with("MATERIALIZED")
    )
    is_first = and_(found.c.judged == 1, found.c.comes_again == 0, found.c.comes_back == 0)
    is_repeat = and_(found.c.judged == 1, found.c.comes_again == 1)
    kept = [column for column in found.c if column.name not in ("comes_again", "comes_back")]
    return select(*kept, _counted(is_first).label("solved_first"), _counted(is_repeat).label("repeats")).cte("counted")


def _quarter(at: Column[Any]) -> ColumnElement[str]:
    """When the quarter of an hour begins that a kept moment is in, as it would be kept."""
    minutes = func.substr(at, 15, 2)
    begun = case((minutes < "15", "00"), (minutes < "30", "15"), (minutes < "45", "30"), else_="45")
    return func.substr(at, 1, 14).concat(begun).concat(":00.000Z")


def _counted(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return case((condition, 1), else_=0)
