"""Who is new, since when, and how they do: told to who leads them."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncConnection

from agent_model.agent import Role
from agent_model.moment import to_text
from agent_model.newcomer import Newcomer
from agent_server import tables
from agent_server.audit import Act, AuditTrail
from agent_server.database import Database
from agent_server.probation.curve import curve, is_settled
from agent_server.probation.day_figures import ByDay, Span, contacts_by_day, quizzes_by_day, time_by_day, together
from agent_server.probation.inspections import Inspections
from agent_server.probation.tally import Tally
from agent_server.rights import MAY_SEE_NEWCOMERS
from agent_server.scopes import Person


class NotYours(Exception):
    """Whoever asks does not lead this person."""


class UnknownAgent(Exception):
    """There is nobody with this id."""


class NotADayOfJoining(Exception):
    """Nobody joins after today, or before there were telephones."""


@dataclass(frozen=True, slots=True)
class _Member:
    id: str
    team: str
    joined_on: date


LONG_AGO: Final = date(1970, 1, 1)


class Newcomers:
    """Raises, everywhere: NotYours."""

    def __init__(
        self, database: Database, audit: AuditTrail, tally: Tally, zone: ZoneInfo, now: Callable[[], datetime]
    ) -> None:
        self._database = database
        self._audit = audit
        self._tally = tally
        self._zone = zone
        self._now = now

    async def joined(self, viewer: Person | None, act: Act, agent_id: str, on: date | None) -> None:
        """Since when somebody works here; None takes it back. `viewer` None is the server's own console. Raises
        UnknownAgent, NotADayOfJoining."""
        if on is not None and not LONG_AGO <= on <= self._today():
            raise NotADayOfJoining(on)
        agent, newcomer = tables.agent, tables.newcomer
        async with self._database.writing() as connection:
            team = await connection.scalar(select(agent.c.team).where(agent.c.id == agent_id))
            if viewer is not None and not _leads(viewer, team):
                raise NotYours(agent_id)
            if team is None:
                raise UnknownAgent(agent_id)
            if on is None:
                await connection.execute(delete(newcomer).where(newcomer.c.agent_id == agent_id))
            else:
                line = {"agent_id": agent_id, "joined_on": on.isoformat(), "told_by": act.who}
                line["told_at"] = to_text(self._now())
                await connection.execute(self._database.insert_or_update(newcomer, ("agent_id",)), [line])
            await self._audit.append(connection, act)

    async def told_to(self, viewer: Person, inspections: Inspections) -> Sequence[Newcomer]:
        """The newcomers that somebody leads, with their weeks, in the order of their ids."""
        if viewer.role not in MAY_SEE_NEWCOMERS:
            raise NotYours(viewer.id)
        today = self._today()
        async with self._database.reading() as connection:
            people = await _people(connection, viewer)
            new = [one for one in people if not is_settled(one.joined_on, today)]
            teams = {one.team for one in new}
            ids = [one.id for one in people if one.team in teams]
            since = min((one.joined_on for one in new), default=today)
            counted, uncounted_from = await self._tally.counted(connection, ids, since)
            tomorrow = today + timedelta(days=1)
            rest, whole = (Span.of_days(first, tomorrow, self._zone) for first in (uncounted_from, since))
            by_day = together(
                counted,
                await contacts_by_day(connection, ids, rest, self._now(), self._zone),
                await time_by_day(connection, ids, since),
                await quizzes_by_day(connection, ids, whole, self._now(), self._zone),
                await inspections.by_day(connection, ids, since),
            )
        return await asyncio.to_thread(lambda: [_told(one, people, today, by_day) for one in new])

    def _today(self) -> date:
        return self._now().astimezone(self._zone).date()


def _told(one: _Member, people: Sequence[_Member], today: date, by_day: ByDay) -> Newcomer:
    """Beside those of the team who were settled when this one joined."""
    settled = [other.id for other in people if other.team == one.team and is_settled(other.joined_on, one.joined_on)]
    return Newcomer(one.id, one.team, one.joined_on, curve(one.id, one.joined_on, today, settled, by_day))


def _leads(viewer: Person, team: str | None) -> bool:
    return viewer.role is Role.DUTY_MANAGER or (viewer.role is Role.TEAM_LEAD and viewer.team == team)


async def _people(connection: AsyncConnection, viewer: Person) -> Sequence[_Member]:
    """The agents that somebody leads. Nobody said of most since when they work here: they are settled."""
    agent, newcomer = tables.agent, tables.newcomer
    query = (
        select(agent.c.id, agent.c.team, newcomer.c.joined_on)
        .outerjoin(newcomer, newcomer.c.agent_id == agent.c.id)
        .where(agent.c.role == Role.AGENT.value)
        .order_by(agent.c.id)
    )
    if viewer.role is not Role.DUTY_MANAGER:
        query = query.where(agent.c.team == viewer.team)
    return [
        _Member(row.id, row.team, LONG_AGO if row.joined_on is None else date.fromisoformat(row.joined_on))
        for row in await connection.execute(query)
    ]
