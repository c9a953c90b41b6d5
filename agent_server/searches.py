"""What one person searched for in the knowledge base, in counts, for who leads them: each look is on record."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import case, func, or_, select

from agent_model.agent import Role
from agent_model.moment import to_text
from agent_server.accounts import Caller
from agent_server.audit import Act, AuditTrail, Deed
from agent_server.database import Database
from agent_server.refusals import RequestRefused
from agent_server.rights import MAY_READ_SEARCHES
from agent_server.rows import fetch
from agent_server.tables import search_record

MOST_QUESTIONS: Final = 50
LONGEST_LOOK: Final = timedelta(days=90)


class Searches:
    """Records go after 90 days (`retention`), so no look goes further back."""

    def __init__(self, database: Database, audit: AuditTrail, now: Callable[[], datetime]) -> None:
        self._database = database
        self._audit = audit
        self._now = now

    async def searches_of(self, caller: Caller, person: str, since: datetime, address: str = "") -> dict[str, Any]:
        """How often somebody searched, in vain and otherwise, and the questions that found nothing or did not help,
        the commonest first. Raises RequestRefused: not_allowed, unknown_person."""
        role = caller.person.role
        if role not in MAY_READ_SEARCHES:
            raise RequestRefused(403, "not_allowed")
        async with self._database.reading() as connection:
            found = (await fetch(connection, "agent", [person])).get(person)
            if found is None:
                raise RequestRefused(404, "unknown_person")
            if role is Role.TEAM_LEAD and found.body["team"] != caller.person.team:
                raise RequestRefused(403, "not_allowed")
            oldest = to_text(max(since, self._now() - LONGEST_LOOK))
            told = await self._counted(connection, person, oldest)
        await self._audit.note(
            Act(Deed.SEARCHES_READ, caller.person.id, person, "since", oldest, caller.device_id, address)
        )
        return {"person": person, "since": oldest, **told}

    async def _counted(self, connection: Any, person: str, oldest: str) -> dict[str, Any]:
        table = search_record.c
        is_theirs = (table.who == person) & (table.at >= oldest)
        is_nothing = table.is_typed & (table.hits == 0)
        is_left = (table.hits > 0) & table.opened.is_(None) & table.inserted.is_(None)
        is_in_vain = or_(is_nothing, is_left, table.unhelpful.is_not(None))
        sums = select(
            func.count(),
            _times(is_nothing),
            _times(is_left),
            _times(table.inserted.is_not(None)),
            _times(table.unhelpful.is_not(None)),
        ).where(is_theirs)
        total, nothing, left, inserted, unhelpful = (await connection.execute(sums)).one()
        in_vain = (
            select(func.max(table.question), func.count(), func.max(table.at))
            .where(is_theirs, is_in_vain)
            .group_by(table.form)
            .order_by(func.count().desc(), func.max(table.at).desc())
            .limit(MOST_QUESTIONS)
        )
        return {
            "searches": int(total),
            "nothing_found": int(nothing),
            "nothing_opened": int(left),
            "inserted": int(inserted),
            "unhelpful": int(unhelpful),
            "questions": [
                {"question": question, "count": int(count), "last": last}
                for question, count, last in await connection.execute(in_vain)
            ],
        }


def _times(condition: Any) -> Any:
    return func.coalesce(func.sum(case((condition, 1), else_=0)), 0)
