"""What hard calls leave behind: what an agent has worked since the last one, and who looked at the caller's number."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime, time, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from agent_model.agent import Role
from agent_model.care_policy import CarePolicy
from agent_model.customer import ContactKind
from agent_model.moment import from_text, to_text
from agent_model.own_figures import HardCall, Load, Reveal, WhyHard
from agent_server.audit import Deed
from agent_server.care.moods import care_policy
from agent_server.database import Database
from agent_server.rights import MAY_SEE_CARE
from agent_server.rows import is_among
from agent_server.scopes import Person
from agent_server.tables import abusive_call, agent, audit_line, contact

CALLS: Final = (ContactKind.CALL_IN, ContactKind.CALL_OUT)
REVEALED_FOR: Final = timedelta(days=7)
"""A look at a number so long after its call was abusive is in the report."""
REPORTED: Final = timedelta(days=30)
MOST_REVEALS: Final = 500


class NotYours(Exception):
    """Whoever asks leads nobody."""


class HardCalls:
    """Raises, everywhere: NotYours."""

    def __init__(self, database: Database, zone: ZoneInfo, now: Callable[[], datetime]) -> None:
        self._database, self._zone, self._now = database, zone, now

    async def loads(self, viewer: Person) -> list[Load]:
        """Of those who had hard calls today, who has worked most since the last one first."""
        beginning = datetime.combine(self._now().astimezone(self._zone).date(), time(), self._zone).astimezone(UTC)
        async with self._database.reading() as connection:
            policy = await care_policy(connection)
            teams = await _led(connection, viewer)
            marked = await _marked(connection, teams, beginning)
            lines = await _lines(connection, teams, beginning)
        found = [_load(one, team, lines[one], marked[one], policy) for one, team in teams.items()]
        return sorted((load for load in found if load.hard), key=lambda load: (-load.talked_since_s, load.agent))

    async def teams(self, viewer: Person) -> list[str]:
        """Those that somebody leads."""
        async with self._database.reading() as connection:
            return sorted(set((await _led(connection, viewer)).values()))

    async def reveals(self, viewer: Person) -> list[Reveal]:
        """Looks at data of abusive callers within `REVEALED_FOR` of their call, the newest first."""
        since = self._now() - REPORTED
        async with self._database.reading() as connection:
            teams = await _led(connection, viewer)
            marked = [row for rows in (await _marked(connection, teams, since)).values() for row in rows]
            customers = await _customers(connection, [row.call_ref for row in marked])
            subjects = sorted({customer for found in customers.values() for customer in found})
            line = audit_line
            query = (
                select(line.c.subject, line.c.who, line.c.at, line.c.field, line.c.reason)
                .where(line.c.deed == Deed.REVEALED.value, line.c.at >= to_text(since))
                .where(is_among(connection, line.c.subject, subjects))
                .order_by(line.c.at.desc())
                .limit(MOST_REVEALS)
            )
            looks = (await connection.execute(query)).all() if subjects else []
        return [
            Reveal(from_text(call.at), call.agent, look.who, from_text(look.at), look.field, look.reason)
            for look in looks
            for call in marked
            if look.subject in customers[call.call_ref]
            and timedelta() <= from_text(look.at) - from_text(call.at) <= REVEALED_FOR
        ]


async def _led(connection: AsyncConnection, viewer: Person) -> Mapping[str, str]:
    """The agents whom somebody leads, with their teams."""
    if viewer.role not in MAY_SEE_CARE:
        raise NotYours(viewer.id)
    query = select(agent.c.id, agent.c.team).where(agent.c.role.in_((Role.AGENT, Role.RETURN_VISIT)))
    if viewer.role is not Role.DUTY_MANAGER:
        query = query.where(agent.c.team == viewer.team)
    return {row.id: row.team for row in await connection.execute(query.order_by(agent.c.id))}


async def _marked(connection: AsyncConnection, agents: Mapping[str, str], since: datetime) -> Mapping[str, list[Any]]:
    call = abusive_call
    query = select(call.c.agent, call.c.call_ref, call.c.at, call.c.cool_down_at).where(
        is_among(connection, call.c.agent, tuple(agents)), call.c.at >= to_text(since)
    )
    found: defaultdict[str, list[Any]] = defaultdict(list)
    for row in await connection.execute(query.order_by(call.c.at)):
        found[row.agent].append(row)
    return found


async def _lines(connection: AsyncConnection, agents: Mapping[str, str], since: datetime) -> Mapping[str, list[Any]]:
    columns = (contact.c.agent, contact.c.kind, contact.c.at, contact.c.duration_s, contact.c.rating)
    of_calls = contact.c.kind.in_((*CALLS, ContactKind.SURVEY))
    whose = is_among(connection, contact.c.agent, tuple(agents))
    query = select(*columns).where(whose, of_calls, contact.c.at >= to_text(since)).order_by(contact.c.at)
    found: defaultdict[str, list[Any]] = defaultdict(list)
    for row in await connection.execute(query):
        found[row.agent].append(row)
    return found


async def _customers(connection: AsyncConnection, call_refs: Sequence[str]) -> Mapping[str, set[str]]:
    """Whose calls these were, as far as that is known."""
    query = select(contact.c.call_ref, contact.c.customer_id).where(is_among(connection, contact.c.call_ref, call_refs))
    found: defaultdict[str, set[str]] = defaultdict(set)
    for row in await connection.execute(query):
        found[row.call_ref].add(row.customer_id)
    return found


def _load(who: str, team: str, lines: Sequence[Any], marked: Sequence[Any], policy: CarePolicy) -> Load:
    hard = [HardCall(from_text(row.at), WhyHard.ABUSIVE) for row in marked]
    for row in lines:
        if row.kind in CALLS and (row.duration_s or 0) >= policy.hard_call_min * 60:
            hard.append(HardCall(from_text(row.at), WhyHard.LONG))
        elif row.rating is not None and row.rating <= policy.hard_rating:
            hard.append(HardCall(from_text(row.at), WhyHard.BADLY_RATED))
    hard.sort(key=lambda call: call.at)
    rested = [from_text(row.cool_down_at) for row in marked if row.cool_down_at is not None]
    if not hard:
        return Load(who, team, (), 0, 0, None)
    last = hard[-1].at
    since = [row for row in lines if row.kind in CALLS and from_text(row.at) > last]
    talked = sum(row.duration_s or 0 for row in since)
    return Load(who, team, tuple(hard), len(since), talked, max((at for at in rested if at >= last), default=None))
