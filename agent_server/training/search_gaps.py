"""Courses for who searches in vain: everybody's searches looked through, a few times a day."""

import asyncio
import logging
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from agent_model.assignment import AssignedFor
from agent_model.course_rule import CourseRule
from agent_model.moment import to_text
from agent_server.database import Database
from agent_server.rounds import Rounds
from agent_server.tables import assignment, search_record
from agent_server.training.needs import Needs, rules_for

log = logging.getLogger("agent_server.training")

AT_ONCE: Final = 1000
"""Lines of searches in memory: everybody's of weeks may be hundreds of thousands."""


class SearchGaps:
    """Somebody is given a course by the same rule once a day at most, so that several processes do no harm."""

    def __init__(self, database: Database, needs: Needs, every_s: float, now: Callable[[], datetime]) -> None:
        self._database = database
        self._needs = needs
        self._now = now
        self.rounds = Rounds(self.run, every_s, log, "searches in vain were not looked through")

    async def run(self) -> int:
        """Everybody who searched in vain as often as a rule says; how many were given a course."""
        now, given = self._now(), 0
        async with self._database.reading() as connection:
            rules = await rules_for(connection, AssignedFor.SEARCH_GAP)
            found = [(rule, await _in_vain(connection, rule, now)) for rule in rules]
        for rule, people in found:
            item = f"{rule.id}:{now.date().isoformat()}"
            for agent, (times, question) in people.items():
                if times >= rule.times:
                    made = await self._needs.assign(AssignedFor.SEARCH_GAP, item, question, agent, rule)
                    given += made is not None
        return given


async def _in_vain(connection: AsyncConnection, rule: CourseRule, now: datetime) -> dict[str, tuple[int, str]]:
    """How often people typed what the rule is about and nothing came of it, with what they typed last: nothing opened
    and nothing inserted, or not helpful, since they were given the rule's course the last time."""
    search, given = search_record, assignment.c
    last = select(given.agent, func.max(given.assigned_at).label("at")).where(given.course == rule.course)
    before = last.group_by(given.agent).subquery()
    nothing_came = search.c.opened.is_(None) & search.c.inserted.is_(None)
    query = (
        select(search.c.who, search.c.question)
        .outerjoin(before, before.c.agent == search.c.who)
        .where(before.c.at.is_(None) | (search.c.at > before.c.at))
        .where(search.c.at >= to_text(now - timedelta(days=rule.within_days)), search.c.is_typed.is_(True))
        .where(nothing_came | search.c.unhelpful.is_not(None))
        .order_by(search.c.at)
    )
    found: dict[str, tuple[int, str]] = {}
    async with connection.stream(query.execution_options(yield_per=AT_ONCE)) as rows:
        async for some in rows.partitions():
            await asyncio.to_thread(_count, found, rule, some)
    return found


def _count(found: dict[str, tuple[int, str]], rule: CourseRule, rows: Iterable[Any]) -> None:
    for who, question in rows:
        if rule.is_about(question):
            found[who] = found.get(who, (0, ""))[0] + 1, question
