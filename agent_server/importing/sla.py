"""Puts another version of the service-level policy in force. Tickets that are there keep the version they run by."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from agent_model.body import from_body, to_body
from agent_model.calendar import ALWAYS, Calendar, Holidays, SpecialDay
from agent_model.calendar_time import BadCalendar
from agent_model.clock_policy import DEFAULT_POLICY, PolicyId, SlaPolicy, Target
from agent_model.clock_reckoning import Promises
from agent_server.changeset import Changeset
from agent_server.database import Database
from agent_server.importing.company_folder import BadSource
from agent_server.importing.sla_file import SHIPPED, read_holidays
from agent_server.row_changes import IMPORTED, Signature
from agent_server.rows import Stored, fetch
from agent_server.tables import sla_policy

FACTS = {
    "unknown_zone": "has a time zone that is not known here",
    "bad_hours": "has hours that are not in order",
    "bad_week": "has not seven days",
    "never_open": "is never open",
    "missing": "is named but not there",
    "too_seldom": "is open so seldom that a target would take years",
}


async def policy_in_force(connection: AsyncConnection) -> SlaPolicy:
    """The version that new tickets run by; the default where the site has decided nothing."""
    newest = select(sla_policy.c.id).order_by(sla_policy.c.since.desc()).limit(1)
    ids = list((await connection.scalars(newest)).all())
    for row in (await fetch(connection, "sla_policy", ids)).values():
        return from_body(SlaPolicy, row.id, row.version, row.body)
    return DEFAULT_POLICY


def with_targets(before: SlaPolicy, targets: Sequence[Target], calendars: Sequence[Calendar]) -> SlaPolicy:
    """The policy with these in place of its own; around the clock is always there, and so are holidays we ship."""
    every = tuple(calendars) if any(one.id == ALWAYS.id for one in calendars) else (ALWAYS, *calendars)
    known = {one.id: one for one in before.holidays}
    for name in {one.holidays for one in every} - {None} - known.keys():
        path = SHIPPED / f"{name}.csv"
        if str(name).isidentifier() and path.is_file():
            known[str(name)] = Holidays(str(name), read_holidays(path))
    used = {one.holidays for one in every}
    kept = tuple(one for name, one in sorted(known.items()) if name in used or one in before.holidays)
    return replace(before, targets=tuple(targets), calendars=every, holidays=kept)


def with_holidays(before: SlaPolicy, name: str, days: Sequence[SpecialDay]) -> SlaPolicy:
    """The policy with these days of a set; other years of the set stay."""
    years = {special.day.year for special in days}
    old = next((one.days for one in before.holidays if one.id == name), ())
    told = [special for special in old if special.day.year not in years] + list(days)
    fresh = Holidays(name, tuple(sorted(told, key=lambda special: special.day)))
    others = [one for one in before.holidays if one.id != name]
    return replace(before, holidays=tuple(sorted([*others, fresh], key=lambda one: one.id)))


async def put_in_force(
    database: Database, connection: AsyncConnection, before: SlaPolicy, policy: SlaPolicy, now: datetime
) -> SlaPolicy | None:
    """The new version; None when it says the same as the one before. Raises BadSource for one that cannot be kept."""
    try:
        Promises(policy)
    except BadCalendar as error:
        raise BadSource(error.calendar, FACTS[error.fact]) from error
    if policy == before:
        return None
    count = len((await connection.scalars(select(sla_policy.c.id))).all())
    since = max(now, before.since + timedelta(milliseconds=1))
    fresh = replace(policy, id=PolicyId(f"sla-{count + 1}"), since=since)
    changes = Changeset(database, connection, Signature(IMPORTED, now))
    changes.put(Stored("sla_policy", fresh.id, 1, to_body(fresh)))
    await changes.write()
    return fresh
