"""The log of the floor: facts entered once each, and added up in SQL."""

from collections.abc import Collection, Sequence
from dataclasses import fields
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, and_, delete, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from agent_model.agent import AgentState, Spent, StateEntry
from agent_model.moment import from_text, to_text
from agent_server.database import Database
from agent_server.floor.kept_plans import unsettle
from agent_server.floor.measures import ADDED, QUARTER_S, Adds, Fact, Kind, Quarter, Source, Totals, pieces
from agent_server.notices import Broker
from agent_server.probation.presence import LONGEST, Retold
from agent_server.tables import agent, floor_event

QUARTERS_A_NOTICE: Final = 400
AFTER_CALL_WITHIN: Final = timedelta(minutes=2)
"""After-call work that begins later than this after an agent's last call is that call's no more."""

END_OF_TIME: Final = datetime.max.replace(tzinfo=UTC)

_COLUMNS: Final = tuple(field.name for field in fields(Fact))


class EventLog:
    """Whoever enters facts says, after the commit, which quarters they belong to (`entered`)."""

    def __init__(self, database: Database, broker: Broker) -> None:
        self._database = database
        self._broker = broker

    async def enter(self, facts: Sequence[Fact]) -> None:
        """Those that are not there yet. Raises DBAPIError."""
        if not facts:
            return
        async with self._database.writing() as connection:
            await self.enter_in(connection, facts)
        self.entered({fact.quarter for fact in facts})

    async def enter_in(self, connection: AsyncConnection, facts: Sequence[Fact]) -> None:
        if facts:
            lines = [_line(fact) for fact in facts]
            await connection.execute(self._database.insert_new(floor_event, ("key",)), lines)

    def entered(self, quarters: Collection[int]) -> None:
        """Every process adds these up anew."""
        told = sorted(quarters)
        for start in range(0, len(told), QUARTERS_A_NOTICE):
            self._broker.publish({"kind": "entered", "quarters": told[start : start + QUARTERS_A_NOTICE]})

    async def state_ended(
        self, connection: AsyncConnection, agent_id: str, entry: StateEntry, until: datetime, is_told: bool
    ) -> list[Fact]:
        """Time in a state that was not told otherwise before: what was entered. After-call work is the queue's of the
        call it came after."""
        state, since = entry.state, entry.since
        source = Source.TOLD if is_told else Source.GUESSED
        team = await connection.scalar(select(agent.c.team).where(agent.c.id == agent_id))
        is_after_call = state is AgentState.AFTER_CALL_WORK
        queue = await _queue_before(connection, agent_id, since) if is_after_call else ""
        told = [_span(one) for one in await _states(connection, agent_id, since, until) if one.source is Source.TOLD]
        facts: list[Fact] = []
        for begin, end in without((since, until), told):
            facts += time_in(agent_id, team or "", state, entry.reason or "", begin, end, source, queue)
        await self.enter_in(connection, facts)
        return facts

    async def state_told(
        self, connection: AsyncConnection, agent_id: str, spent: Sequence[Spent], since: datetime
    ) -> Retold:
        """What a workstation tells afterwards of the agent's states, which do not overlap; `since` the last of them is
        over they are in another. It takes the place of what the server guessed of that time; what was told before
        stays, also where it is said to have gone on `since` before."""
        begin = spent[0].since if spent else since
        team = await connection.scalar(select(agent.c.team).where(agent.c.id == agent_id).with_for_update())
        before = await _states(connection, agent_id, begin, END_OF_TIME)
        taken = [*((one.since, one.until) for one in spent), (since, END_OF_TIME)]
        guessed = [fact for fact in before if fact.source is Source.GUESSED and _is_touched(fact, taken)]
        told = [_span(fact) for fact in before if fact.source is Source.TOLD]
        new: list[Fact] = []
        for one in spent:
            is_after_call = one.state is AgentState.AFTER_CALL_WORK
            queue = await _queue_before(connection, agent_id, one.since) if is_after_call else ""
            for first, last in without((one.since, one.until), told):
                new += time_in(agent_id, team or "", one.state, one.reason, first, last, Source.TOLD, queue)
        for fact in guessed:
            for first, last in without(_span(fact), taken):
                new += time_in(
                    agent_id, fact.team, AgentState(fact.state), fact.reason, first, last, Source.GUESSED, fact.queue
                )
        await connection.execute(delete(floor_event).where(floor_event.c.key.in_([fact.key for fact in guessed])))
        await self.enter_in(connection, new)
        await unsettle(connection, agent_id, begin)
        quarters = {fact.quarter for fact in (*new, *guessed)}
        return Retold(new, guessed, max([since, *(end for _, end in told)]), quarters)


def time_in(
    agent_id: str,
    team: str,
    state: AgentState,
    reason: str,
    since: datetime,
    until: datetime,
    source: Source,
    queue: str = "",
) -> list[Fact]:
    """The facts of a state somebody was in; none of being offline. The first of them counts it."""
    if state is AgentState.OFFLINE:
        return []
    cut = enumerate(pieces(since, until))
    return [
        Fact(
            at, quarter, Kind.STATE, queue=queue, team=team, agent=agent_id, state=state.value, reason=reason,
            source=source, count=int(nth == 0), span_ms=span_ms,
        )
        for nth, (quarter, at, span_ms) in cut
    ]  # fmt: skip


def in_now(agent_id: str, team: str, entry: StateEntry, now: datetime) -> list[Fact]:
    """What the state somebody is in adds up to by now."""
    until = min(now, entry.since + LONGEST)
    return time_in(agent_id, team, entry.state, entry.reason or "", entry.since, until, Source.TOLD)


def without(
    span: tuple[datetime, datetime], taken: Sequence[tuple[datetime, datetime]]
) -> list[tuple[datetime, datetime]]:
    """What is left of a span of time that some others take parts of."""
    left = [span]
    for begin, end in taken:
        left = [
            part
            for since, until in left
            for part in ((since, min(until, begin)), (max(since, end), until))
            if part[0] < part[1]
        ]
    return left


async def fold(
    connection: AsyncConnection,
    by: Sequence[str],
    where: Sequence[ColumnElement[bool]],
) -> dict[tuple[Any, ...], Totals]:
    """The totals of the log by some of its columns."""
    columns = [floor_event.c[name] for name in by]
    query: Select[Any] = select(*columns, *(_added(adds).label(f"all_{name}") for name, adds in ADDED.items()))
    query = query.where(*where).group_by(*columns)
    count = len(by)
    return {
        tuple(row[:count]): Totals(**dict(zip(ADDED, map(int, row[count:]), strict=True)))
        for row in (await connection.execute(query)).all()
    }


def within(quarters: range) -> ColumnElement[bool]:
    return and_(floor_event.c.quarter >= quarters.start, floor_event.c.quarter < quarters.stop)


def fact_of(row: Any) -> Fact:
    plain = {name: getattr(row, name) for name in _COLUMNS}
    told = {"at": from_text(row.at), "quarter": Quarter(row.quarter), "kind": Kind(row.kind)}
    return Fact(**{**plain, **told, "source": Source(row.source)})


def _line(fact: Fact) -> dict[str, Any]:
    plain = {name: getattr(fact, name) for name in _COLUMNS}
    return plain | {"key": fact.key, "at": to_text(fact.at), "kind": fact.kind.value, "source": fact.source.value}


def _added(adds: Adds) -> ColumnElement[int]:
    condition: list[ColumnElement[bool]] = [floor_event.c.kind == adds.kind.value]
    if adds.state is not None:
        condition.append(floor_event.c.state == adds.state.value)
    if adds.has_queue is not None:
        condition.append((floor_event.c.queue != "") if adds.has_queue else (floor_event.c.queue == ""))
    return func.coalesce(func.sum(floor_event.c[adds.what]).filter(*condition), 0)


async def _queue_before(connection: AsyncConnection, agent_id: str, since: datetime) -> str:
    """The queue of the call that an agent had last before a moment, a little after it too: the exchange is slower."""
    ended = and_(
        floor_event.c.agent == agent_id,
        floor_event.c.kind == Kind.ENDED.value,
        floor_event.c.at >= to_text(since - AFTER_CALL_WITHIN),
        floor_event.c.at <= to_text(since + timedelta(seconds=10)),
    )
    found = await connection.scalar(select(floor_event.c.queue).where(ended).order_by(floor_event.c.at.desc()).limit(1))
    return found or ""


async def _states(connection: AsyncConnection, agent_id: str, since: datetime, until: datetime) -> list[Fact]:
    """What is entered of an agent's states that may touch a span of time."""
    own = and_(
        floor_event.c.agent == agent_id,
        floor_event.c.kind == Kind.STATE.value,
        floor_event.c.at < to_text(until),
        floor_event.c.at > to_text(since - timedelta(seconds=QUARTER_S)),
    )
    return [fact_of(row) for row in await connection.execute(select(floor_event).where(own))]


def _span(fact: Fact) -> tuple[datetime, datetime]:
    return fact.at, fact.at + timedelta(milliseconds=fact.span_ms)


def _is_touched(fact: Fact, spans: Sequence[tuple[datetime, datetime]]) -> bool:
    begin, end = _span(fact)
    return any(since < end and begin < until for since, until in spans)
