"""What was assigned and waited for something that has come: questions for its paper, the end of its course."""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final

from sqlalchemy import or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from agent_model.assignment import AssignedFor, AssignmentState
from agent_model.moment import from_text, to_text
from agent_model.quiz import Quiz
from agent_model.scope import Scope
from agent_server.changeset import Changeset
from agent_server.database import Database
from agent_server.rights import LEARNERS
from agent_server.rounds import Rounds
from agent_server.row_changes import THE_SERVER, Signature
from agent_server.rows import Stored
from agent_server.tables import agent, assignment
from agent_server.training.courses import is_read_through
from agent_server.training.papers import lacking, quiz_of, with_next_paper

log = logging.getLogger("agent_server.training")

AT_ONCE: Final = 100
"""Assignments in one transaction, so that no writer waits long."""


class OpenDuties:
    """Looks every `every_s` seconds. An assignment goes on when the bank has questions enough for its paper, or its
    course has changed; it follows its learner to another team, and is dropped when they are taught no more."""

    def __init__(
        self,
        database: Database,
        every_s: float,
        moved: Callable[[Mapping[Scope, int]], None],
        now: Callable[[], datetime],
    ) -> None:
        self._database = database
        self._moved = moved
        self._now = now
        self.rounds = Rounds(self.run, every_s, log, "what was assigned was not looked through")

    async def run(self) -> int:
        """Take every assignment on that can go on; how many did."""
        now = self._now()
        async with self._database.reading() as connection:
            ids = await self._that_go_on(connection, now)
        for start in range(0, len(ids), AT_ONCE):
            async with self._database.writing() as connection:
                changes = self._changes(connection, now)
                await changes.load("assignment", ids[start : start + AT_ONCE])
                look = _Look(changes, now)
                for row in changes.held("assignment"):
                    if (found := await look.next(row)) is not None:
                        after = await with_next_paper(changes, found.row, now) if found.draws else found.row
                        changes.put(replace(after, version=row.version + 1))
                heads = await changes.write()
            self._moved(heads)
        return len(ids)

    async def _that_go_on(self, connection: AsyncConnection, now: datetime) -> list[str]:
        """Nobody is held where nothing has come."""
        may_go_on = or_(
            assignment.c.lacks > 0,
            assignment.c.course.is_not(None),
            agent.c.id.is_(None),
            agent.c.team != assignment.c.team,
            agent.c.role.not_in([role.value for role in LEARNERS]),
        )
        query = (
            select(assignment.c.id)
            .outerjoin(agent, agent.c.id == assignment.c.agent)
            .where(assignment.c.state == AssignmentState.OPEN.value, may_go_on)
            .order_by(assignment.c.id)
        )
        changes = self._changes(connection, now, is_written=False)
        await changes.look_at("assignment", [*(await connection.scalars(query))])
        look = _Look(changes, now)
        return [row.id for row in changes.held("assignment") if await look.next(row) is not None]

    def _changes(self, connection: AsyncConnection, now: datetime, *, is_written: bool = True) -> Changeset:
        return Changeset(self._database, connection, Signature(THE_SERVER, now), is_written=is_written)


@dataclass(frozen=True, slots=True)
class _Next:
    """An assignment as it goes on, and whether a paper is drawn for it."""

    row: Stored
    draws: bool = False


class _Look:
    """At some assignments in one transaction, which asks once what the bank lacks."""

    def __init__(self, changes: Changeset, now: datetime) -> None:
        self._changes = changes
        self._now = now
        self._lacking: dict[str, int] = {}

    async def next(self, row: Stored) -> _Next | None:
        """None where it stays as it is."""
        body = row.body
        if body["state"] != AssignmentState.OPEN:
            return None
        await self._changes.look_at("agent", [body["agent"]])
        learner = self._changes.get("agent", body["agent"])
        if learner is None or learner.body["role"] not in LEARNERS:
            return _Next(_with(row, state=AssignmentState.DROPPED.value))
        said: dict[str, Any] = {"team": str(learner.body["team"])}
        quiz, draws = await quiz_of(self._changes, body), False
        if quiz is None:
            if await is_read_through(self._changes, body):
                said["state"] = AssignmentState.PASSED.value
        elif (body["lacks"] or not body["papers"]) and not _is_over(body, self._now):
            said["lacks"] = await self._lacks(quiz)
            draws = said["lacks"] == 0
            if draws and not body["papers"]:
                said["due_at"] = to_text(_due(body, self._now))
        is_same = all(body[name] == value for name, value in said.items())
        return None if is_same and not draws else _Next(_with(row, **said), draws)

    async def _lacks(self, quiz: Quiz) -> int:
        if quiz.id not in self._lacking:
            self._lacking[quiz.id] = await lacking(self._changes, quiz)
        return self._lacking[quiz.id]


def _is_over(body: Mapping[str, Any], now: datetime) -> bool:
    """The quiz of a week is not drawn after it."""
    return body["why"] == AssignedFor.WEEKLY and now >= from_text(body["due_at"])


def _due(body: Mapping[str, Any], now: datetime) -> datetime:
    """Whoever waited for the questions has the time that was meant; the quiz of a week is due when it is."""
    due = from_text(body["due_at"])
    if body["why"] == AssignedFor.WEEKLY:
        return due
    return max(due, now + (due - from_text(body["assigned_at"])))


def _with(row: Stored, **fields: Any) -> Stored:
    return replace(row, body={**row.body, **fields})
