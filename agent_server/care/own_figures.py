"""What agents are shown of their own work beside their team and the goal, and the honours board that is made of it."""

import asyncio
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from sqlalchemy import select, text
from sqlalchemy.ext.asyncio import AsyncConnection

from agent_model.agent import Role
from agent_model.care_policy import Honours, OwnMeasure
from agent_model.moment import to_text
from agent_model.own_figures import HonoursBoard, HonoursList, HonoursPlace, OwnFigure
from agent_model.signal import SignalAction, SignalOutcome
from agent_server.care.moods import care_policy
from agent_server.database import Database
from agent_server.probation.day_figures import REPEAT_DAYS, DayFigures, Span, contacts_by_day
from agent_server.probation.inspections import Inspections
from agent_server.probation.tally import SETTLED_AFTER, Tally
from agent_server.scopes import Person
from agent_server.tables import agent, honours_choice

PERIOD: Final = timedelta(days=28)
GOOD_FOR: Final = timedelta(seconds=60)
"""Worked out once for everybody."""
PLACES: Final = 5
LEAST_OF: Final = {OwnMeasure.SOLVED_FIRST: 20, OwnMeasure.QUALITY: 3}
"""A share of fewer says nothing yet."""
_RESULTS: Final = {
    "sqlite": "SELECT json_extract(r.value, '$.agent'), json_extract(r.value, '$.action'),"
    " sum(json_extract(r.value, '$.at') >= :today), count(*) FROM customer, json_each(customer.signal_results) AS r"
    " WHERE customer.signal_results <> '[]' AND json_extract(r.value, '$.outcome') = :outcome"
    " AND json_extract(r.value, '$.at') >= :since GROUP BY 1, 2",
    "postgresql": "SELECT r->>'agent', r->>'action', count(*) FILTER (WHERE r->>'at' >= :today), count(*)"
    " FROM customer, jsonb_array_elements(customer.signal_results) AS r"
    " WHERE customer.signal_results <> '[]'::jsonb AND r->>'outcome' = :outcome AND r->>'at' >= :since GROUP BY 1, 2",
}


@dataclass(frozen=True, slots=True)
class Done:
    """Of one agent or a team, on a day or in a period. `people` are who it is of."""

    solved: int = 0
    first: int = 0
    retained: int = 0
    opportunities: int = 0
    inspections: int = 0
    quality_points: float = 0.0
    people: int = 1

    def __add__(self, other: "Done") -> "Done":
        return Done(
            self.solved + other.solved,
            self.first + other.first,
            self.retained + other.retained,
            self.opportunities + other.opportunities,
            self.inspections + other.inspections,
            self.quality_points + other.quality_points,
            self.people + other.people,
        )

    def of(self, measure: OwnMeasure) -> float | None:
        """Percent, or how many for each of the people; None where there is nothing to say it of."""
        match measure:
            case OwnMeasure.SOLVED_FIRST:
                return 100 * self.solved / self.first if self.first else None
            case OwnMeasure.QUALITY:
                return self.quality_points / self.inspections if self.inspections else None
            case OwnMeasure.RETAINED:
                return self.retained / self.people
            case OwnMeasure.OPPORTUNITIES:
                return self.opportunities / self.people

    def base(self, measure: OwnMeasure) -> int | None:
        """What a share is of."""
        return {OwnMeasure.SOLVED_FIRST: self.first, OwnMeasure.QUALITY: self.inspections}.get(measure)


@dataclass(frozen=True, slots=True)
class _Counted:
    at: datetime
    teams: Mapping[str, str]
    today: Mapping[str, Done]
    period: Mapping[str, Done]


class OwnFigures:
    def __init__(
        self, database: Database, tally: Tally, inspections: Inspections, zone: ZoneInfo, now: Callable[[], datetime]
    ) -> None:
        self._database, self._tally, self._inspections = database, tally, inspections
        self._zone, self._now = zone, now
        self._kept: _Counted | None = None
        self._turn = asyncio.Lock()

    async def of(self, person: Person) -> list[OwnFigure]:
        counted = await self._counted()
        async with self._database.reading() as connection:
            policy = await care_policy(connection)
        team = [one for one, name in counted.teams.items() if name == person.team]
        today, period = counted.today.get(person.id, Done()), counted.period.get(person.id, Done())
        ours = (_together(counted.today, team), _together(counted.period, team))
        return [
            OwnFigure(
                measure,
                today.of(measure),
                today.base(measure),
                ours[0].of(measure),
                period.of(measure),
                period.base(measure),
                ours[1].of(measure),
                policy.goals.of(measure),
            )
            for measure in OwnMeasure
        ]

    async def honours(self, person: Person) -> HonoursBoard:
        """The best of the period. A value without a base that says something is on no board."""
        counted = await self._counted()
        async with self._database.reading() as connection:
            policy = await care_policy(connection)
            rows = await connection.execute(select(honours_choice.c.agent_id, honours_choice.c.is_named))
            chosen = {row.agent_id: bool(row.is_named) for row in rows}
        is_named: Callable[[str], bool] = lambda who: chosen.get(who, policy.honours is Honours.NAMED)  # noqa: E731
        if policy.honours is Honours.OFF:
            return HonoursBoard(is_on=False, is_named=is_named(person.id))
        lists = tuple(_list(counted, measure, person.id, is_named) for measure in OwnMeasure)
        return HonoursBoard(is_on=True, is_named=is_named(person.id), lists=lists)

    async def choose(self, person: Person, *, is_named: bool) -> None:
        """Whether one's name stands on the board."""
        line = {"agent_id": person.id, "is_named": is_named}
        async with self._database.writing() as connection:
            await connection.execute(self._database.insert_or_update(honours_choice, ("agent_id",)), [line])

    async def _counted(self) -> _Counted:
        async with self._turn:
            now = self._now()
            if self._kept is None or not timedelta() <= now - self._kept.at < GOOD_FOR:
                async with self._database.reading() as connection:
                    self._kept = await self._count(connection, now)
            return self._kept

    async def _count(self, connection: AsyncConnection, now: datetime) -> _Counted:
        today = now.astimezone(self._zone).date()
        rows = await connection.execute(select(agent.c.id, agent.c.team).where(agent.c.role == Role.AGENT.value))
        teams = {row.id: row.team for row in rows}
        span = Span.of_days(today, today + timedelta(days=1), self._zone)
        # Of today as it stands so far: nobody has come back yet. Of the period what its customers had time to.
        so_far = await contacts_by_day(connection, None, span, now + timedelta(days=REPEAT_DAYS + 1), self._zone)
        settled, _ = await self._tally.counted(connection, tuple(teams), today - SETTLED_AFTER - PERIOD)
        judged = await self._inspections.by_day(connection, tuple(teams), today - PERIOD)
        kept = await self._results(connection, today)
        of_today: dict[str, Done] = {}
        of_period: dict[str, Done] = {}
        for one in teams:
            of_today[one] = _done(
                [so_far.get((one, today), DayFigures())],
                [figures for (who, on), figures in judged.items() if who == one and on == today],
                kept.get((one, SignalAction.RETENTION.value), (0, 0))[0],
                kept.get((one, SignalAction.OPPORTUNITY.value), (0, 0))[0],
            )
            of_period[one] = _done([], [], *(kept.get((one, a.value), (0, 0))[1] for a in _ACTIONS))
        for (who, _), figures in settled.items():
            of_period[who] = of_period[who] + _done([figures], [], 0, 0, people=0)
        for (who, _), figures in judged.items():
            of_period[who] = of_period[who] + _done([], [figures], 0, 0, people=0)
        return _Counted(now, teams, of_today, of_period)

    async def _results(self, connection: AsyncConnection, today: date) -> Mapping[tuple[str, str], tuple[int, int]]:
        """Signals whose customer said yes, by agent and action: of today, and of the period."""
        beginning = datetime.combine(today, time(), self._zone).astimezone(UTC)
        values = {"today": to_text(beginning), "since": to_text(beginning - PERIOD)}
        query = text(_RESULTS[connection.dialect.name])
        rows = await connection.execute(query, {**values, "outcome": SignalOutcome.ACCEPTED.value})
        return {(str(who), str(action)): (int(of_today), int(of_all)) for who, action, of_today, of_all in rows}


_ACTIONS: Final = (SignalAction.RETENTION, SignalAction.OPPORTUNITY)


def _done(
    contacts: Iterable[DayFigures],
    judged: Iterable[DayFigures],
    retained: int,
    opportunities: int,
    people: int = 1,
) -> Done:
    of_contacts, of_quality = sum(contacts, DayFigures()), sum(judged, DayFigures())
    return Done(
        of_contacts.solved,
        of_contacts.first,
        retained,
        opportunities,
        of_quality.inspections,
        of_quality.quality_points,
        people,
    )


def _together(by_agent: Mapping[str, Done], agents: Iterable[str]) -> Done:
    whole = sum((by_agent[one] for one in agents if one in by_agent), Done(people=0))
    return whole if whole.people else Done()


def _list(counted: _Counted, measure: OwnMeasure, viewer: str, is_named: Callable[[str], bool]) -> HonoursList:
    least = LEAST_OF.get(measure, 0)
    values = [
        (value, who)
        for who, done in counted.period.items()
        if (value := done.of(measure)) and (done.base(measure) or least) >= least
    ]
    best = sorted(values, key=lambda one: (-one[0], one[1]))[:PLACES]
    shown = (HonoursPlace(who if is_named(who) or who == viewer else None, value, who == viewer) for value, who in best)
    return HonoursList(measure, tuple(shown))
