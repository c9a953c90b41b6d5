"""Courses for who searches in vain: everybody's searches looked through, a few times a day."""

import asyncio
import contextlib
import logging
from collections.abc import Callable
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection

from agent_model.assignment import AssignedFor
from agent_model.course_rule import CourseRule
from agent_model.moment import to_text
from agent_server.database import Database
from agent_server.tables import search_record
from agent_server.training.needs import Needs, rules_for

log = logging.getLogger("agent_server.training")


class SearchGaps:
    """Somebody is given a course by the same rule once a day at most, so that several processes do no harm."""

    def __init__(self, database: Database, needs: Needs, every_s: float, now: Callable[[], datetime]) -> None:
        self._database = database
        self._needs = needs
        self._every_s = every_s
        self._now = now
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        self._task = asyncio.get_running_loop().create_task(self._run_on())

    async def stop(self) -> None:
        if self._task is not None:
            self._task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._task

    async def run(self) -> int:
        """Everybody who searched in vain as often as a rule says; how many were given a course."""
        now, given = self._now(), 0
        async with self._database.reading() as connection:
            rules = await rules_for(connection, AssignedFor.SEARCH_GAP)
            found = [(rule, await _in_vain(connection, rule, now)) for rule in rules]
        for rule, people in found:
            item = f"{rule.id}:{now.date().isoformat()}"
            for agent, questions in people.items():
                if len(questions) >= rule.times:
                    made = await self._needs.assign(AssignedFor.SEARCH_GAP, item, questions[-1], agent, rule)
                    given += made is not None
        return given

    async def _run_on(self) -> None:
        while True:
            await asyncio.sleep(self._every_s)
            try:
                await self.run()
            except (SQLAlchemyError, OSError) as error:
                log.warning("searches in vain were not looked through: %s", type(error).__name__)


async def _in_vain(connection: AsyncConnection, rule: CourseRule, now: datetime) -> dict[str, list[str]]:
    """What people typed that the rule is about and nothing came of: nothing opened and nothing inserted, or not
    helpful; the newest last."""
    search = search_record
    nothing_came = search.c.opened.is_(None) & search.c.inserted.is_(None)
    query = (
        select(search.c.who, search.c.question)
        .where(search.c.at >= to_text(now - timedelta(days=rule.within_days)), search.c.is_typed.is_(True))
        .where(nothing_came | search.c.unhelpful.is_not(None))
        .order_by(search.c.at)
    )
    found: dict[str, list[str]] = {}
    for who, question in await connection.execute(query):
        if rule.is_about(question):
            found.setdefault(who, []).append(question)
    return found
