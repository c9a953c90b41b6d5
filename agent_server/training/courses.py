"""What of a course somebody has not read: articles that are no longer published, or no longer of it, are let go."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from agent_server.changeset import Changeset
from agent_server.editions import as_known


async def unread(changes: Changeset, assignment: Mapping[str, Any], as_of: datetime | None = None) -> Sequence[str]:
    """The articles that are still to be read; with `as_of` only of those that were in the course then, too: what came
    to it later is not asked of who may have been offline."""
    course_id = assignment["course"]
    if course_id is None:
        return ()
    await changes.look_at("course", [course_id])
    course = changes.get("course", course_id)
    wanted = [] if course is None else course.body["articles"]
    if as_of is not None:
        then = next((row for row in await as_known(changes, "course", as_of) if row.id == course_id), None)
        wanted = [one for one in wanted if then is not None and one in then.body["articles"]]
    await changes.look_at("article", wanted)
    read = {one["article"] for one in assignment["read"]}
    return [one for one in wanted if one not in read and changes.get("article", one) is not None]


async def is_read_through(changes: Changeset, assignment: Mapping[str, Any]) -> bool:
    return assignment["course"] is not None and not await unread(changes, assignment)
