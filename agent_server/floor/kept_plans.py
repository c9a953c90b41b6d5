"""Plans of shifts beside the log of the floor: how much of each was kept (docs/metrics.md)."""

import asyncio
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from agent_model.adherence import Adherence, Kept, kept, planned_ms
from agent_model.agent import AgentState, Spent, StateEntry
from agent_model.moment import from_text, to_text
from agent_model.shift_plan import Planned, PlannedSpan, PlannedTime, Shift, times
from agent_server.floor.measures import QUARTER_S, Kind
from agent_server.probation.presence import LONGEST
from agent_server.rows import is_among
from agent_server.tables import agent, agent_state, floor_event, shift_plan

AT_ONCE: Final = 40
"""Plans whose states are read together: others get a turn in between."""


@dataclass(frozen=True, slots=True)
class Plan:
    """A shift as it stands; `team` is the agent's. `kept_ms` is what of it was kept, where that is settled."""

    shift: Shift
    team: str
    times: tuple[PlannedTime, ...]
    edition: int = 0
    kept_ms: int | None = None

    @property
    def agent(self) -> str:
        return self.shift.agent

    @property
    def since(self) -> datetime:
        return self.times[0].since

    @property
    def until(self) -> datetime:
        return self.times[-1].until


@dataclass(frozen=True, slots=True)
class Done:
    """Of a plan; `is_over`: nothing but what a workstation tells afterwards can change it."""

    plan: Plan
    adherence: Adherence
    is_over: bool


async def read_plans(
    connection: AsyncConnection, zone: ZoneInfo, first: date, last: date, *where: ColumnElement[bool]
) -> list[Plan]:
    """Those of days on which something is planned, in order of days."""
    query = (
        select(shift_plan, agent.c.team)
        .join(agent, agent.c.id == shift_plan.c.agent)
        .where(shift_plan.c.day >= first.isoformat(), shift_plan.c.day <= last.isoformat(), *where)
        .order_by(shift_plan.c.day, shift_plan.c.agent)
    )
    plans = [_plan(row, zone) for row in await connection.execute(query)]
    return [plan for plan in plans if plan.times]


async def done(connection: AsyncConnection, plans: Sequence[Plan], now: datetime) -> list[Done]:
    """How much of each was kept by now, by the states that were entered and those of now."""
    found = [
        Done(plan, Adherence(planned_ms(plan.times, now), plan.kept_ms), is_over=True)
        for plan in plans
        if plan.kept_ms is not None
    ]
    left = [plan for plan in plans if plan.kept_ms is None and plan.since < now]
    entries = await _entries(connection, {plan.agent for plan in left})
    for start in range(0, len(left), AT_ONCE):
        some = left[start : start + AT_ONCE]
        spent = await read_spent(connection, some)
        for plan in some:
            entry = entries.get(plan.agent)
            own = [*spent.get(plan.agent, ()), standing(entry, now)]
            adherence = Adherence(planned_ms(plan.times, now), kept(plan.times, own).ms)
            found.append(Done(plan, adherence, plan.until <= now and _is_past(entry, plan.until)))
        await asyncio.sleep(0)
    return found


async def read_kept(connection: AsyncConnection, plans: Mapping[str, Plan]) -> dict[str, Kept]:
    """By agent, of one plan each: what was kept in states that are over."""
    found: dict[str, Kept] = {}
    every = list(plans.values())
    for start in range(0, len(every), AT_ONCE):
        some = every[start : start + AT_ONCE]
        spent = await read_spent(connection, some)
        found |= {plan.agent: kept(plan.times, spent.get(plan.agent, ())) for plan in some}
        await asyncio.sleep(0)
    return found


async def read_spent(connection: AsyncConnection, plans: Collection[Plan]) -> Mapping[str, Sequence[Spent]]:
    """By agent, from the beginning of the first of these plans to the end of the last."""
    since = min(plan.since for plan in plans) - timedelta(seconds=QUARTER_S)
    until = max(plan.until for plan in plans)
    columns = floor_event.c
    query = select(columns.agent, columns.at, columns.span_ms, columns.state, columns.reason).where(
        is_among(connection, columns.agent, sorted({plan.agent for plan in plans})),
        columns.kind == Kind.STATE.value,
        columns.at > to_text(since),
        columns.at < to_text(until),
    )
    found: dict[str, list[Spent]] = defaultdict(list)
    for agent_id, at, span_ms, state, reason in await connection.execute(query):
        begin = from_text(at)
        found[agent_id].append(Spent(AgentState(state), reason, begin, begin + timedelta(milliseconds=span_ms)))
    return found


def standing(entry: StateEntry | None, now: datetime) -> Spent:
    """The state of now as far as it counts; nothing is known of somebody who was never here."""
    if entry is None:
        return Spent(AgentState.OFFLINE, "", now - LONGEST, now)
    until = max(entry.since, min(now, entry.since + LONGEST))
    return Spent(entry.state, entry.reason or "", entry.since, until)


async def unsettle(connection: AsyncConnection, agent_id: str, since: datetime) -> None:
    """Something else is told of the agent's states from then on, in the same transaction."""
    day = (since - timedelta(days=2)).date().isoformat()
    theirs = update(shift_plan).where(shift_plan.c.agent == agent_id, shift_plan.c.day >= day)
    await connection.execute(theirs.values(kept_ms=None, edition=shift_plan.c.edition + 1))


async def settle(connection: AsyncConnection, some: Collection[Done]) -> None:
    """What is over is not reckoned again, unless its plan is another one by now."""
    for one in some:
        its = (
            shift_plan.c.agent == one.plan.agent,
            shift_plan.c.day == one.plan.shift.day.isoformat(),
            shift_plan.c.edition == one.plan.edition,
        )
        await connection.execute(update(shift_plan).where(*its).values(kept_ms=one.adherence.kept_ms))


def spans_text(spans: Sequence[PlannedSpan]) -> list[list[Any]]:
    """As they are kept."""
    return [[one.what.value, one.since_min, one.until_min] for one in spans]


def shift_of(row: Any) -> Shift:
    return Shift(row.agent, date.fromisoformat(row.day), tuple(_spans(row.spans)))


def _spans(kept_as: Sequence[Sequence[Any]]) -> Iterator[PlannedSpan]:
    for what, since, until in kept_as:
        yield PlannedSpan(Planned(what), since, until)


def _plan(row: Any, zone: ZoneInfo) -> Plan:
    shift = shift_of(row)
    return Plan(shift, row.team, times(shift, zone), row.edition, row.kept_ms)


async def _entries(connection: AsyncConnection, agents: Collection[str]) -> dict[str, StateEntry]:
    if not agents:
        return {}
    query = select(agent_state).where(is_among(connection, agent_state.c.agent_id, sorted(agents)))
    return {
        row.agent_id: StateEntry(AgentState(row.state), from_text(row.since), row.reason)
        for row in await connection.execute(query)
    }


def _is_past(entry: StateEntry | None, until: datetime) -> bool:
    """Whether the state of now, once it ends, adds nothing to what was before."""
    return entry is None or entry.state is AgentState.OFFLINE or entry.since >= until
