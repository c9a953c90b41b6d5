"""What shows that somebody needs a course: the port for whoever finds it out, and the course that is given by rule."""

import uuid
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from agent_model.assignment import AssignedFor, Assignment, AssignmentId, AssignmentState
from agent_model.body import to_body
from agent_model.course import Course
from agent_model.course_rule import CourseRule
from agent_model.scope import Scope
from agent_server import tables
from agent_server.changeset import Changeset
from agent_server.database import Database
from agent_server.rights import LEARNERS
from agent_server.row_changes import THE_SERVER, Signature
from agent_server.rows import Stored
from agent_server.training.papers import with_next_paper

ASSIGNED_BY_RULE: Final = "server"
IDS: Final = uuid.UUID("c3b0c2f2-8f0e-5c53-9f5e-0a6f0a3d5b11")
LONGEST_ABOUT: Final = 200


class Needs:
    """`failed_item` is for inspections of quality: they call it once an item has failed, as often as they like."""

    def __init__(
        self, database: Database, moved: Callable[[Mapping[Scope, int]], None], now: Callable[[], datetime]
    ) -> None:
        self._database = database
        self._moved = moved
        self._now = now

    async def failed_item(self, item: str, about: str, agent: str) -> str | None:
        """An item (its id) of what an agent did failed, in matters of `about`. The assignment that came of it; None
        where no rule is about that, or they have the course to do already."""
        return await self.assign(AssignedFor.QUALITY, item, about, agent)

    async def assign(
        self, why: AssignedFor, item: str, about: str, agent: str, rule: CourseRule | None = None
    ) -> str | None:
        """The same item gives somebody a course once; by `rule`, or by the first that is about it."""
        now = self._now()
        async with self._database.writing() as connection:
            rules = [rule] if rule is not None else await rules_for(connection, why)
            fitting = next((one for one in rules if one.is_about(about)), None)
            if fitting is None or await _has_it_open(connection, agent, fitting.course):
                return None
            changes = Changeset(self._database, connection, Signature(THE_SERVER, now))
            made = await _made(changes, fitting, why, item, about, agent, now)
            if made is None:
                return None
            changes.put(await with_next_paper(changes, made, now))
            heads = await changes.write()
        self._moved(heads)
        return made.id


async def _made(
    changes: Changeset, rule: CourseRule, why: AssignedFor, item: str, about: str, agent: str, now: datetime
) -> Stored | None:
    """The assignment; None where the item gave it before, the course is off, or nobody is taught."""
    row_id = str(uuid.uuid5(IDS, f"{rule.id}\n{item}\n{agent}"))
    await changes.load("assignment", [row_id])
    await changes.look_at("course", [rule.course])
    await changes.look_at("agent", [agent])
    row, person = changes.get("course", rule.course), changes.get("agent", agent)
    if changes.get("assignment", row_id) is not None or row is None or person is None:
        return None
    course = changes.value(Course, row)
    if not course.is_on or person.body["role"] not in LEARNERS:
        return None
    assignment = Assignment(
        AssignmentId(row_id),
        agent,
        ASSIGNED_BY_RULE,
        now,
        now + timedelta(days=course.due_days),
        course=course.id,
        why=why,
        note=about[:LONGEST_ABOUT],
        about=item,
        team=str(person.body["team"]),
    )
    return Stored("assignment", row_id, 1, to_body(assignment))


async def _has_it_open(connection: AsyncConnection, agent: str, course: str) -> bool:
    given = tables.assignment
    theirs = select(given.c.id).where(given.c.agent == agent, given.c.course == course)
    return await connection.scalar(theirs.where(given.c.state == AssignmentState.OPEN.value).limit(1)) is not None


async def rules_for(connection: AsyncConnection, why: AssignedFor) -> list[CourseRule]:
    table = tables.course_rule
    query = select(table).where(table.c.why == why.value, table.c.is_on.is_(True)).order_by(table.c.id)
    return [_rule(row) for row in (await connection.execute(query)).mappings()]


def _rule(row: Mapping[Any, Any]) -> CourseRule:
    why = AssignedFor(row["why"])
    return CourseRule(row["id"], row["course"], why, tuple(row["words"]), row["times"], row["within_days"])
