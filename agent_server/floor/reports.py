"""Reports of the floor: the log of some days added up by what one asks, beside another period of the same length."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, and_, func, literal, or_, select, true, tuple_
from sqlalchemy.ext.asyncio import AsyncConnection

from agent_model.agent import AgentState, StateEntry
from agent_model.floor_figures import Sums
from agent_model.floor_report import MOST_DAYS_OF_ANY, Period, Report, ReportKind, Value, Wish, most_days
from agent_model.moment import from_text, to_text
from agent_server.database import Database
from agent_server.floor.contact_totals import fold_contacts
from agent_server.floor.event_log import fact_of, fold, in_now, within
from agent_server.floor.kept_plans import Plan, done, read_plans
from agent_server.floor.measures import Fact, Kind, Quarter, Totals, begin_of, quarter_of, totals_of
from agent_server.probation.day_figures import Clock, Span
from agent_server.tables import agent, agent_state, alert, contact, floor_event

FIRST, LAST = date(2000, 1, 1), date(2200, 1, 1)
MOST_FACTS: Final = 2_000_000
"""Of the log, and of contacts: what more days than MOST_DAYS_OF_ANY are added up of, in seconds and not minutes."""
MOST_ROWS: Final = 50_000
QUARTERS_AT_ONCE: Final = 31 * 96


class NotTheseDays(Exception):
    """The last day is before the first, or the days are out of bounds."""


class TooMuch(Exception):
    """More days or rows than one report holds; `most` of them fit."""

    def __init__(self, most: int) -> None:
        super().__init__(most)
        self.most = most


CALL_FIGURES: Final[Mapping[str, Callable[[Sums], Value]]] = {
    "asked": lambda one: one.asked,
    "answered": lambda one: one.answered,
    "in_time": lambda one: one.in_time,
    "gave_up": lambda one: one.gave_up,
    "gave_up_short": lambda one: one.gave_up_short,
    "overflowed": lambda one: one.overflowed,
    "service_level": lambda one: one.service_level,
    "connect_rate": lambda one: one.connect_rate,
    "abandon_rate": lambda one: one.abandon_rate,
    "answer_speed_s": lambda one: one.answer_speed_s,
}
WORK_FIGURES: Final[Mapping[str, Callable[[Sums], Value]]] = {
    "ended": lambda one: one.ended,
    "talk_s": lambda one: one.talk_s,
    "hold_s": lambda one: one.hold_s,
    "wrap_s": lambda one: one.wrap_s,
    "handle_s": lambda one: one.handle_s,
    "rang_out": lambda one: one.rang_out,
    "refused": lambda one: one.refused,
}
TIME_FIGURES: Final[Mapping[str, Callable[[Sums], Value]]] = {
    "busy_s": lambda one: one.busy_s,
    "ready_s": lambda one: one.ready_s,
    "break_s": lambda one: one.break_s,
    "occupancy": lambda one: one.occupancy,
}
PLAN_FIGURES: Final[Mapping[str, Callable[[Sums], Value]]] = {"adherence": lambda one: one.adherence}
CONTACT_FIGURES: Final[Mapping[str, Callable[[Sums], Value]]] = {
    "judged": lambda one: one.judged,
    "solved_first_rate": lambda one: one.solved_first_rate,
    "repeat_rate": lambda one: one.repeat_rate,
    "rated": lambda one: one.rated,
    "dialled": lambda one: one.dialled,
}
SURVEY: Final[Mapping[str, Callable[[Sums], Value]]] = {"survey_rate": lambda one: one.survey_rate}
WHOLE: Final = {**CALL_FIGURES, **WORK_FIGURES, **TIME_FIGURES, **PLAN_FIGURES, **CONTACT_FIGURES, **SURVEY}


@dataclass(frozen=True, slots=True)
class _Shape:
    """By which columns the log, by which the contacts, and by what plans of shifts are added up, and what is shown."""

    keys: tuple[str, ...]
    figures: Mapping[str, Callable[[Sums], Value]]
    by: tuple[str, ...]
    contacts_by: tuple[str, ...] = ()
    plans_by: str = ""

    def row(self, key: tuple[Value, ...], totals: Totals) -> tuple[Value, ...]:
        return (*key, *(figure(totals.sums) for figure in self.figures.values()))


SHAPES: Final[Mapping[ReportKind, _Shape]] = {
    ReportKind.INTERVAL: _Shape(
        ("at",), {**CALL_FIGURES, **WORK_FIGURES, **TIME_FIGURES, **CONTACT_FIGURES}, ("quarter",), ("at",)
    ),
    ReportKind.DAY: _Shape(("day",), WHOLE, ("quarter",), ("day",), "day"),
    ReportKind.QUEUE: _Shape(
        ("queue",), {**CALL_FIGURES, **WORK_FIGURES, **CONTACT_FIGURES, **SURVEY}, ("queue",), ("queue",)
    ),
    ReportKind.TEAM: _Shape(("team",), WHOLE, ("team",), ("team",), "team"),
    ReportKind.AGENT: _Shape(
        ("agent",),
        {
            "answered": CALL_FIGURES["answered"],
            **WORK_FIGURES,
            **TIME_FIGURES,
            **PLAN_FIGURES,
            **CONTACT_FIGURES,
            **SURVEY,
        },
        ("agent",),
        ("agent",),
        "agent",
    ),
    ReportKind.SERVICE_LEVEL: _Shape(
        ("queue", "at"), {**CALL_FIGURES, **CONTACT_FIGURES}, ("queue", "quarter"), ("queue", "at")
    ),
    ReportKind.DISPOSITION: _Shape(("disposition",), CONTACT_FIGURES, (), ("disposition",)),
}
STATE_COLUMNS: Final = ("agent", "since", "until", "state", "reason", "seconds", "source")
CALL_COLUMNS: Final = ("asked_at", "call", "queue", "result", "wait_s", "agents", "talked_s", "held_s", "rang_out")
ALERT_COLUMNS: Final = (
    "told_at", "alert", "grade", "queue", "agent", "found", "limit", "taken_by", "taken_s", "seconds",
)  # fmt: skip
ADDED_UP: Final = frozenset({"seconds", "talked_s", "held_s", "rang_out"})
"""Of what happened one by one."""


LISTED: Final = {
    ReportKind.STATES: STATE_COLUMNS,
    ReportKind.CALLS: CALL_COLUMNS,
    ReportKind.ALERTS: ALERT_COLUMNS,
}


class Reports:
    def __init__(
        self, database: Database, zone: ZoneInfo, now: Callable[[], datetime], most_facts: int = MOST_FACTS
    ) -> None:
        self._database, self._zone, self._now = database, zone, now
        self._most_facts = most_facts

    async def made(self, wish: Wish) -> Report:
        """Raises NotTheseDays, TooMuch."""
        begins = [wish.first] if wish.compared_from is None else [wish.first, wish.compared_from]
        if wish.days < 1 or not all(FIRST <= day <= LAST for day in (*begins, wish.last)):
            raise NotTheseDays
        if wish.days > most_days(wish.kind):
            raise TooMuch(most_days(wish.kind))
        async with self._database.reading() as connection:
            if wish.days > MOST_DAYS_OF_ANY:
                await self._weigh(connection, wish, begins)
            now = await self._period(connection, wish, wish.first)
            before = None if wish.compared_from is None else await self._period(connection, wish, wish.compared_from)
        if wish.kind in LISTED:
            return Report(wish, LISTED[wish.kind][:1], LISTED[wish.kind], now, before)
        shape = SHAPES[wish.kind]
        return Report(wish, shape.keys, (*shape.keys, *shape.figures), now, before)

    async def _weigh(self, connection: AsyncConnection, wish: Wish, begins: Sequence[date]) -> None:
        """Whether all that the periods are added up of is not too much. Raises TooMuch."""
        spans = [self._span(wish, first) for first in begins]
        logged = or_(*(within(_quarters(span)) for span in spans))
        talked = or_(*(_at_within(span) for span in spans))
        of_agents = contact.outerjoin(agent, agent.c.id == contact.c.agent)
        for facts in (
            select(literal(1)).select_from(floor_event).where(logged, *_narrowed(wish)),
            select(literal(1)).select_from(of_agents).where(talked, *_of_contacts(wish)),
        ):
            some = facts.limit(self._most_facts + 1).subquery()
            if (await connection.scalar(select(func.count()).select_from(some)) or 0) > self._most_facts:
                raise TooMuch(MOST_DAYS_OF_ANY)

    def _span(self, wish: Wish, first: date) -> Span:
        return Span.of_days(first, first + timedelta(days=wish.days), self._zone)

    async def _period(self, connection: AsyncConnection, wish: Wish, first: date) -> Period:
        span = self._span(wish, first)
        quarters = _quarters(span)
        match wish.kind:
            case ReportKind.STATES:
                return _listed(STATE_COLUMNS, await self._states(connection, wish, quarters))
            case ReportKind.CALLS:
                return _listed(CALL_COLUMNS, await self._calls(connection, wish, quarters))
            case ReportKind.ALERTS:
                return _listed(ALERT_COLUMNS, await _alerts(connection, wish, span))
        shape = SHAPES[wish.kind]
        found: dict[tuple[Value, ...], Totals] = {}
        if shape.by:
            for some in _in_turn(quarters):
                folded = await fold(connection, shape.by, [within(some), *_narrowed(wish)])
                for key, totals in folded.items():
                    _add(found, self._key(wish.kind, key), totals)
            for fact in await self._standing(connection, wish, quarters):
                key = tuple(getattr(fact, name) for name in shape.by)
                _add(found, self._key(wish.kind, key), totals_of(fact))
        if shape.contacts_by:
            clock = Clock(self._zone, self._now())
            contacts = await fold_contacts(connection, shape.contacts_by, span, _of_contacts(wish), clock)
            for key, totals in contacts.items():
                _add(found, key, totals)
        if shape.plans_by and not wish.queue:
            for days in _weeks(first, wish.days):
                for key, totals in await self._kept(connection, wish, days, shape.plans_by):
                    _add(found, key, totals)
        rows, whole = [], Totals()
        for key, totals in sorted(found.items(), key=lambda one: tuple(map(str, one[0]))):
            row = shape.row(key, totals)
            if all(key) and (any(row[len(key) :]) or totals.planned_ms):
                rows.append(row)
                whole += totals
        return Period(tuple(rows), shape.row(("",) * len(shape.keys), whole) if rows else None)

    async def _kept(
        self, connection: AsyncConnection, wish: Wish, days: tuple[date, date], by: str
    ) -> list[tuple[tuple[Value, ...], Totals]]:
        """What was planned in shifts that begin on these days, and what of it was kept."""
        wanted = ((agent.c.team, wish.team), (agent.c.id, wish.agent))
        where = [column == value for column, value in wanted if value]
        plans = await read_plans(connection, self._zone, *days, *where)
        keys: Mapping[str, Callable[[Plan], str]] = {
            "agent": lambda plan: plan.agent,
            "team": lambda plan: plan.team,
            "day": lambda plan: plan.shift.day.isoformat(),
        }
        return [
            ((keys[by](one.plan),), Totals(planned_ms=one.adherence.planned_ms, kept_ms=one.adherence.kept_ms))
            for one in await done(connection, plans, self._now())
        ]

    def _key(self, kind: ReportKind, key: tuple[Any, ...]) -> tuple[Value, ...]:
        """Quarters as when they begin, or the day they are of."""
        match kind:
            case ReportKind.INTERVAL:
                return (to_text(begin_of(Quarter(key[0]))),)
            case ReportKind.DAY:
                return (begin_of(Quarter(key[0])).astimezone(self._zone).date().isoformat(),)
            case ReportKind.SERVICE_LEVEL:
                return key[0], to_text(begin_of(Quarter(key[1])))
            case _:
                return key

    async def _standing(self, connection: AsyncConnection, wish: Wish, quarters: range) -> list[Fact]:
        """What people are in now, from its beginning: it is entered when it ends."""
        now = self._now()
        if wish.queue or quarter_of(now) < quarters.start:
            return []
        query = select(agent_state, agent.c.team).outerjoin(agent, agent.c.id == agent_state.c.agent_id)
        return [
            fact
            for row in await connection.execute(query)
            for fact in in_now(
                row.agent_id, row.team or "", StateEntry(AgentState(row.state), from_text(row.since), row.reason), now
            )
            if fact.quarter in quarters and wish.team in ("", fact.team) and wish.agent in ("", fact.agent)
        ]

    async def _states(self, connection: AsyncConnection, wish: Wish, quarters: range) -> tuple[tuple[Value, ...], ...]:
        query = (
            select(floor_event)
            .where(within(quarters), floor_event.c.kind == Kind.STATE.value, *_narrowed(wish))
            .order_by(floor_event.c.agent, floor_event.c.at)
            .limit(MOST_ROWS + 1)
        )
        facts = [fact_of(row) for row in await connection.execute(query)]
        if len(facts) > MOST_ROWS:
            raise TooMuch(MOST_ROWS)
        facts += await self._standing(connection, wish, quarters)
        return tuple(_stretches(sorted(facts, key=lambda fact: (fact.agent, fact.at))))

    async def _calls(self, connection: AsyncConnection, wish: Wish, quarters: range) -> tuple[tuple[Value, ...], ...]:
        calls_of = (floor_event.c.exchange, floor_event.c.call, floor_event.c.queue)
        own = select(*calls_of).where(within(quarters), floor_event.c.call != "", *_narrowed(wish))
        query = (
            select(floor_event)
            .where(
                within(quarters), floor_event.c.call != "", tuple_(*calls_of).in_(own) if _narrowed(wish) else true()
            )
            .order_by(floor_event.c.quarter, floor_event.c.call, floor_event.c.at)
            .limit(MOST_ROWS + 1)
        )
        facts = [fact_of(row) for row in await connection.execute(query)]
        if len(facts) > MOST_ROWS:
            raise TooMuch(MOST_ROWS)
        calls: dict[tuple[str, str, str], list[Fact]] = {}
        for fact in facts:
            calls.setdefault((fact.exchange, fact.call, fact.queue), []).append(fact)
        return tuple(sorted((_call(facts, wish) for facts in calls.values()), key=lambda row: str(row[0])))


async def _alerts(connection: AsyncConnection, wish: Wish, span: Span) -> tuple[tuple[Value, ...], ...]:
    """What those who lead were told of; one that is not taken, or not over, has no time of that yet."""
    wanted = ((alert.c.queue, wish.queue), (alert.c.agent, wish.agent))
    query = (
        select(alert)
        .where(
            alert.c.began_at >= to_text(span.since),
            alert.c.began_at < to_text(span.until),
            *(column == value for column, value in wanted if value),
        )
        .order_by(alert.c.began_at, alert.c.id)
        .limit(MOST_ROWS + 1)
    )
    rows = [row for row in await connection.execute(query) if wish.team == "" or wish.team in row.teams]
    if len(rows) > MOST_ROWS:
        raise TooMuch(MOST_ROWS)
    return tuple(
        (
            row.began_at, row.kind, row.grade, row.queue, row.agent, row.value, row.limit,
            row.taken_by, *(_between(row.began_at, at) for at in (row.taken_at, row.ended_at)),
        )
        for row in rows
    )  # fmt: skip


def _between(since: str, until: str | None) -> float | None:
    return None if until is None else (from_text(until) - from_text(since)).total_seconds()


def _weeks(first: date, days: int) -> Iterator[tuple[date, date]]:
    """The first and the last day of each, so that others are answered in between."""
    for start in range(0, days, 7):
        yield first + timedelta(days=start), first + timedelta(days=min(start + 7, days) - 1)


def _at_within(span: Span) -> ColumnElement[bool]:
    return and_(contact.c.at >= to_text(span.since), contact.c.at < to_text(span.until))


def _quarters(span: Span) -> range:
    return range(quarter_of(span.since), quarter_of(span.until))


def _in_turn(quarters: range) -> Iterator[range]:
    """A month at a time: the server answers others in between."""
    for start in range(quarters.start, quarters.stop, QUARTERS_AT_ONCE):
        yield range(start, min(start + QUARTERS_AT_ONCE, quarters.stop))


def _listed(columns: tuple[str, ...], rows: tuple[tuple[Value, ...], ...]) -> Period:
    if not rows:
        return Period(())
    added = zip(columns, zip(*rows, strict=True), strict=True)
    return Period(rows, tuple(_sum(values) if name in ADDED_UP else "" for name, values in added))


def _sum(values: Iterable[Value]) -> float:
    return sum(one for one in values if isinstance(one, int | float))


def _add(found: dict[tuple[Value, ...], Totals], key: tuple[Value, ...], totals: Totals) -> None:
    found[key] = found.get(key, Totals()) + totals


def _narrowed(wish: Wish) -> list[ColumnElement[bool]]:
    wanted = (("team", wish.team), ("queue", wish.queue), ("agent", wish.agent))
    return [floor_event.c[name] == value for name, value in wanted if value]


def _of_contacts(wish: Wish) -> list[ColumnElement[bool]]:
    wanted = ((agent.c.team, wish.team), (contact.c.queue, wish.queue), (contact.c.agent, wish.agent))
    return [column == value for column, value in wanted if value]


def _stretches(facts: Iterable[Fact]) -> Iterable[tuple[Value, ...]]:
    """What is cut where quarters end, whole again."""
    line: Fact | None = None
    until, span_ms = datetime.min.replace(tzinfo=UTC), 0
    for fact in facts:
        begins_anew = line is None or fact.count or fact.at != until or _what(fact) != _what(line)
        if begins_anew:
            if line is not None:
                yield _stretch(line, until, span_ms)
            line, span_ms = fact, 0
        until, span_ms = fact.at + timedelta(milliseconds=fact.span_ms), span_ms + fact.span_ms
    if line is not None:
        yield _stretch(line, until, span_ms)


def _what(fact: Fact) -> Sequence[str]:
    return fact.agent, fact.state, fact.reason, fact.source


def _stretch(fact: Fact, until: datetime, span_ms: int) -> tuple[Value, ...]:
    return fact.agent, to_text(fact.at), to_text(until), fact.state, fact.reason, span_ms / 1000, fact.source.value


def _call(facts: Sequence[Fact], wish: Wish) -> tuple[Value, ...]:
    """One wish of a caller in one queue, from its rows; of what agents did only theirs whom the report is of."""
    asked = min((fact.at for fact in facts if fact.kind is Kind.ASKED), default=facts[0].at)
    settled = [fact for fact in facts if fact.kind in (Kind.ANSWERED, Kind.GAVE_UP, Kind.OVERFLOWED)]
    own = [fact for fact in facts if wish.team in ("", fact.team) and wish.agent in ("", fact.agent)]
    ended = [fact for fact in own if fact.kind is Kind.ENDED]
    handled_by = dict.fromkeys(fact.agent for fact in own if fact.agent and (fact in settled or fact in ended))
    rang_out = sum(fact.kind in (Kind.RANG_OUT, Kind.REFUSED) for fact in own)
    return (
        to_text(asked),
        facts[0].call,
        facts[0].queue,
        settled[-1].kind.value if settled else "",
        settled[-1].span_ms / 1000 if settled else None,
        " ".join(handled_by),
        sum(fact.span_ms for fact in ended) / 1000,
        sum(fact.held_ms for fact in ended) / 1000,
        rang_out,
    )
