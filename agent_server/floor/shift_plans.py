"""Plans of shifts: brought in by who leads and by programs that plan, one day of an agent in place of what it was."""

import logging
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any, Final
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from agent_model.agent import Role
from agent_model.moment import to_text
from agent_model.shift_plan import DAY_MIN, Shift
from agent_server.administration import Actor
from agent_server.audit import AuditTrail, Deed
from agent_server.database import Database
from agent_server.floor.kept_plans import done, read_plans, settle, shift_of, spans_text
from agent_server.notices import Broker
from agent_server.refusals import RequestRefused
from agent_server.rights import MAY_PLAN
from agent_server.rounds import Rounds
from agent_server.rows import is_among
from agent_server.scopes import Person
from agent_server.tables import agent, shift_plan

log = logging.getLogger("agent_server.floor")

FARTHEST: Final = timedelta(days=400)
"""As long as the log is kept, and as far ahead."""
SETTLE_EVERY_S: Final = 3600.0
FIRST_AFTER_S: Final = 90.0


class PlanRefused(StrEnum):
    """Why a shift is not taken, beside what makes it none (`agent_model.shift_plan.PlanFault`)."""

    UNKNOWN_AGENT = "unknown_agent"
    SEVERAL_AGENTS = "several_agents"
    """More than one is called so."""
    NOT_YOUR_TEAM = "not_your_team"
    TWICE = "twice"
    """The same day of the same agent stands before it."""
    OTHER_DAY = "other_day"
    """It overlaps the shift of the day before or after."""
    TOO_FAR = "too_far"


@dataclass(frozen=True, slots=True)
class Taken:
    """How many days of agents are new, another, the same and without a plan from now on; `refused` by their places in
    what was said."""

    new: int = 0
    changed: int = 0
    same: int = 0
    cleared: int = 0
    refused: Mapping[int, PlanRefused] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _People:
    """Whom a word names, and the team of each."""

    teams: Mapping[str, str]
    by_word: Sequence[Mapping[str, frozenset[str]]]

    def named(self, word: str) -> frozenset[str]:
        """By login, by extension, by name: what names somebody first counts."""
        return next((found for words in self.by_word if (found := words.get(word))), frozenset())


class ShiftPlans:
    def __init__(
        self, database: Database, audit: AuditTrail, broker: Broker, zone: ZoneInfo, now: Callable[[], datetime]
    ) -> None:
        self._database, self._audit, self._broker, self._zone, self._now = database, audit, broker, zone, now
        missed = "shifts that are over were not settled"
        self.rounds = Rounds(self.settle, SETTLE_EVERY_S, log, missed, first_after_s=FIRST_AFTER_S)

    async def put(self, actor: Actor, person: Person | None, said: Sequence[Shift], *, is_tried: bool) -> Taken:
        """Each day of an agent that is said in place of what was planned for it; what is refused stays as it was. A
        shift names its agent by login, extension or name. `is_tried`: nothing is written. `person` None is the
        server's own console. Raises RequestRefused: not_allowed."""
        if person is not None and person.role not in MAY_PLAN:
            raise RequestRefused(403, "not_allowed")
        async with self._database.writing() as connection:
            taken, changed = await self._weighed(connection, person, said)
            if not is_tried and changed:
                await self._write(connection, actor, changed)
        if not is_tried and changed:
            self._broker.publish({"kind": "plans"})
        return taken

    async def between(self, person: Person, first: date, last: date, team: str = "") -> list[Shift]:
        """A lead those of the own team. Raises RequestRefused: not_allowed."""
        own = person.team if person.role is Role.TEAM_LEAD else team
        if person.role not in MAY_PLAN or team not in ("", own):
            raise RequestRefused(403, "not_allowed")
        where = [agent.c.team == own] if own else []
        async with self._database.reading() as connection:
            plans = await read_plans(connection, self._zone, first, last, *where)
        return [plan.shift for plan in plans]

    async def settle(self) -> None:
        """What is over and can only change by what is told of it afterwards is reckoned once."""
        now = self._now()
        yesterday = now.astimezone(self._zone).date() - timedelta(days=1)
        open_ = (shift_plan.c.kept_ms.is_(None), shift_plan.c.day <= yesterday.isoformat())
        async with self._database.reading() as connection:
            days = (await connection.scalars(select(shift_plan.c.day).where(*open_).distinct())).all()
        for day in map(date.fromisoformat, sorted(days)):
            async with self._database.reading() as connection:
                plans = await read_plans(connection, self._zone, day, day, shift_plan.c.kept_ms.is_(None))
                over = [one for one in await done(connection, plans, now) if one.is_over]
            if over:
                async with self._database.writing() as connection:
                    await settle(connection, over)

    async def _weighed(
        self, connection: AsyncConnection, person: Person | None, said: Sequence[Shift]
    ) -> tuple[Taken, list[Shift]]:
        people = await _people(connection)
        refused: dict[int, PlanRefused] = {}
        wanted: dict[tuple[str, date], tuple[int, Shift]] = {}
        today = self._now().astimezone(self._zone).date()
        for nth, shift in enumerate(said):
            named = people.named(shift.agent)
            id_ = next(iter(named), "")
            if len(named) != 1:
                refused[nth] = PlanRefused.SEVERAL_AGENTS if named else PlanRefused.UNKNOWN_AGENT
            elif person is not None and person.role is Role.TEAM_LEAD and people.teams[id_] != person.team:
                refused[nth] = PlanRefused.NOT_YOUR_TEAM
            elif abs(shift.day - today) > FARTHEST:
                refused[nth] = PlanRefused.TOO_FAR
            elif (id_, shift.day) in wanted:
                refused[nth] = PlanRefused.TWICE
            else:
                wanted[id_, shift.day] = nth, replace(shift, agent=id_)
        kept = await _kept(connection, wanted)
        standing = kept | {key: shift for key, (_, shift) in wanted.items()}
        count: Counter[str] = Counter()
        changed: list[Shift] = []
        for key, (nth, shift) in wanted.items():
            if _overlaps(shift, standing):
                refused[nth] = PlanRefused.OTHER_DAY
                continue
            before = kept.get(key)
            was = () if before is None else before.spans
            if was == shift.spans:
                count["same"] += 1
                continue
            count["cleared" if not shift.spans else "changed" if was else "new"] += 1
            changed.append(shift)
        return Taken(**count, refused=refused), changed

    async def _write(self, connection: AsyncConnection, actor: Actor, changed: Sequence[Shift]) -> None:
        """Also of a day without a plan a row stays: a workstation may be telling of it."""
        at = to_text(self._now())
        editions = await _editions(connection, changed)
        lines: list[dict[str, Any]] = [
            {
                "agent": shift.agent,
                "day": shift.day.isoformat(),
                "spans": spans_text(shift.spans),
                "edition": editions.get((shift.agent, shift.day.isoformat()), 0) + 1,
                "kept_ms": None,
                "changed_by": actor.id,
                "changed_at": at,
            }
            for shift in changed
        ]
        await connection.execute(self._database.insert_or_update(shift_plan, ("agent", "day")), lines)
        days = sorted(shift.day for shift in changed)
        agents = len({shift.agent for shift in changed})
        about = f"{len(changed)} of {agents}"
        await self._audit.append(connection, actor.act(Deed.SHIFTS_PLANNED, f"{days[0]}..{days[-1]}", about))


def _overlaps(shift: Shift, standing: Mapping[tuple[str, date], Shift]) -> bool:
    """The shift of the day before or of the day after."""
    if not shift.spans:
        return False
    before, after = (standing.get((shift.agent, shift.day + timedelta(days=by))) for by in (-1, 1))
    is_early = before is not None and before.spans and before.spans[-1].until_min > shift.spans[0].since_min + DAY_MIN
    is_long = after is not None and after.spans and shift.spans[-1].until_min > after.spans[0].since_min + DAY_MIN
    return bool(is_early or is_long)


async def _people(connection: AsyncConnection) -> _People:
    rows = (
        await connection.execute(select(agent.c.id, agent.c.login, agent.c.extension, agent.c.name, agent.c.team))
    ).all()
    words: list[dict[str, set[str]]] = [{}, {}, {}]
    for row in rows:
        for place, word in (
            (0, row.login), (0, row.id), (1, row.extension), (2, row.name["zh"]), (2, row.name["en"]),
        ):  # fmt: skip
            if word:
                words[place].setdefault(word, set()).add(row.id)
    return _People(
        {row.id: row.team for row in rows},
        [{word: frozenset(ids) for word, ids in one.items()} for one in words],
    )


async def _kept(
    connection: AsyncConnection, wanted: Mapping[tuple[str, date], tuple[int, Shift]]
) -> dict[tuple[str, date], Shift]:
    """What is planned for these agents, from the day before the first to the day after the last."""
    if not wanted:
        return {}
    agents, days = {one for one, _ in wanted}, [day for _, day in wanted]
    query = select(shift_plan).where(
        is_among(connection, shift_plan.c.agent, sorted(agents)),
        shift_plan.c.day >= (min(days) - timedelta(days=1)).isoformat(),
        shift_plan.c.day <= (max(days) + timedelta(days=1)).isoformat(),
    )
    shifts = [shift_of(row) for row in await connection.execute(query)]
    return {(shift.agent, shift.day): shift for shift in shifts}


async def _editions(connection: AsyncConnection, changed: Sequence[Shift]) -> dict[tuple[str, str], int]:
    agents, days = {one.agent for one in changed}, [one.day for one in changed]
    query = select(shift_plan.c.agent, shift_plan.c.day, shift_plan.c.edition).where(
        is_among(connection, shift_plan.c.agent, sorted(agents)),
        shift_plan.c.day >= min(days).isoformat(),
        shift_plan.c.day <= max(days).isoformat(),
    )
    return {(row.agent, row.day): row.edition for row in await connection.execute(query)}
