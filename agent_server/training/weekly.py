"""The weekly quizzes: on their day a paper for each of their audience, once, whichever process comes first."""

import logging
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from agent_model.agent import Agent
from agent_model.assignment import AssignedFor, Assignment, AssignmentId, AssignmentState
from agent_model.body import to_body
from agent_model.clock_reckoning import LATEST_OFFLINE
from agent_model.moment import to_text
from agent_model.quiz import Quiz
from agent_model.scope import Scope
from agent_server import tables
from agent_server.changeset import Changeset
from agent_server.database import Database
from agent_server.rights import LEARNERS
from agent_server.rounds import Rounds
from agent_server.row_changes import THE_SERVER, Signature
from agent_server.rows import Stored, is_among
from agent_server.training.papers import with_next_paper

log = logging.getLogger("agent_server.training")

AT_ONCE: Final = 100
"""People drawn for in one transaction, so that no writer waits long."""
ASSIGNED_BY_RULE: Final = "server"
IDS: Final = uuid.UUID("6a1f1c1e-0c5b-5d0a-9b51-3c1d9e6f0b77")


class WeeklyQuizzes:
    """Looks every `every_s` seconds. The quiz is held while papers are drawn, so that of several processes one draws
    and the others find them drawn. A rule that was changed holds from its next day of drawing."""

    def __init__(
        self,
        database: Database,
        zone: ZoneInfo,
        every_s: float,
        moved: Callable[[Mapping[Scope, int]], None],
        now: Callable[[], datetime],
    ) -> None:
        self._database = database
        self._zone = zone
        self._moved = moved
        self._now = now
        self.rounds = Rounds(self.run, every_s, log, "the weekly quizzes were not drawn")

    async def run(self) -> int:
        """Draw everything that is due by now; for how many people."""
        quiz, now, drawn = tables.quiz, self._now(), 0
        async with self._database.reading() as connection:
            weekly = select(quiz.c.id).where(quiz.c.is_on.is_(True), quiz.c.weekly.is_not(None))
            ids = [*(await connection.scalars(weekly))]
        for quiz_id in ids:
            while some := await self._draw(quiz_id, now):
                drawn += some
        while await self._close(now):
            """The next of those that nobody can hand in any more."""
        return drawn

    async def _draw(self, quiz_id: str, now: datetime) -> int:
        """For the next people who have no paper of this week yet; how many. Nobody is held where all have theirs."""
        async with self._database.reading() as connection:
            week = await self._week(self._changes(connection, now, is_written=False), quiz_id, now)
            there = select(tables.assignment.c.id).where(is_among(connection, tables.assignment.c.id, week.people))
            if week.people.keys() <= set(await connection.scalars(there)):
                return 0
        async with self._database.writing() as connection:
            changes = self._changes(connection, now)
            await changes.load("quiz", [quiz_id])
            week = await self._week(changes, quiz_id, now)
            await changes.load("assignment", week.people)
            new = [key for key in week.people if changes.get("assignment", key) is None][:AT_ONCE]
            for key in new:
                made = week.assigned(key)
                changes.put(await with_next_paper(changes, Stored("assignment", key, 1, to_body(made)), now))
            heads = await changes.write()
        self._moved(heads)
        return len(new)

    async def _close(self, now: datetime) -> int:
        """Weekly quizzes that were not taken have failed, once no workstation can bring answers from before they were
        due; how many."""
        table = tables.assignment.c
        is_weekly = (table.why == AssignedFor.WEEKLY.value) & (table.state == AssignmentState.OPEN.value)
        missed = select(table.id).where(is_weekly, table.due_at < to_text(now - LATEST_OFFLINE)).limit(AT_ONCE)
        async with self._database.reading() as connection:
            ids = [*(await connection.scalars(missed))]
        if not ids:
            return 0
        async with self._database.writing() as connection:
            changes, closed = self._changes(connection, now), 0
            await changes.load("assignment", ids)
            for row in changes.held("assignment"):
                if row.body["state"] == AssignmentState.OPEN:
                    state = AssignmentState.FAILED if row.body["papers"] else AssignmentState.DROPPED
                    body = {**row.body, "state": state.value}
                    changes.put(replace(row, version=row.version + 1, body=body))
                    closed += 1
            heads = await changes.write()
        self._moved(heads)
        return closed

    def _changes(self, connection: AsyncConnection, now: datetime, *, is_written: bool = True) -> Changeset:
        return Changeset(self._database, connection, Signature(THE_SERVER, now), is_written=is_written)

    async def _week(self, changes: Changeset, quiz_id: str, now: datetime) -> "_Week":
        """Who is asked in the week that runs now; nobody, if it is over or began before the rule was as it is."""
        await changes.look_at("quiz", [quiz_id])
        row = changes.get("quiz", quiz_id)
        quiz = None if row is None else changes.value(Quiz, row)
        if quiz is None or quiz.weekly is None or not quiz.is_on:
            return _Week(quiz_id, now, now, {})
        at = quiz.weekly.last_before(now, self._zone)
        due = at + timedelta(days=quiz.due_days)
        if now >= due or (quiz.changed_at is not None and at < quiz.changed_at):
            return _Week(quiz_id, at, due, {})
        audience = [changes.value(Agent, row) for row in await changes.look_at_all("agent")]
        return _Week(quiz_id, at, due, {_id(quiz, at, one): one for one in audience if _is_asked(one, quiz)})


@dataclass(frozen=True, slots=True)
class _Week:
    """One drawing of a quiz: `people` by the ids of their assignments."""

    quiz: str
    at: datetime
    due: datetime
    people: Mapping[str, Agent]

    def assigned(self, key: str) -> Assignment:
        agent = self.people[key]
        return Assignment(
            AssignmentId(key),
            agent.id,
            ASSIGNED_BY_RULE,
            self.at,
            self.due,
            self.quiz,
            why=AssignedFor.WEEKLY,
            team=agent.team,
        )


def _is_asked(agent: Agent, quiz: Quiz) -> bool:
    return agent.role in LEARNERS and (not quiz.teams or agent.team in quiz.teams)


def _id(quiz: Quiz, at: datetime, agent: Agent) -> str:
    return str(uuid.uuid5(IDS, f"{quiz.id}\n{at.date().isoformat()}\n{agent.id}"))
