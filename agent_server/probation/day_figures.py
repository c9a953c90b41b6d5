"""What agents did on each day, from what the server holds: contacts handled, solved at the first, time signed in."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from sqlalchemy import (
    Column,
    ColumnElement,
    DateTime,
    FromClause,
    String,
    and_,
    case,
    cast,
    exists,
    false,
    func,
    literal,
    not_,
    or_,
    select,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from agent_model.customer import ContactKind
from agent_model.moment import to_text
from agent_server.rows import is_among
from agent_server.tables import agent_time, contact, quiz_result

HANDLED: Final = (ContactKind.CALL_IN, ContactKind.CALL_OUT, ContactKind.EMAIL, ContactKind.CHAT)
FROM_CUSTOMERS: Final = (ContactKind.CALL_IN, ContactKind.EMAIL, ContactKind.CHAT)
KEPT_FOR: Final = timedelta(days=800)
"""Nothing older is asked for by days."""
REPEAT_DAYS: Final = 7
"""A customer who is back about the same within this time was not helped."""


@dataclass(frozen=True, slots=True)
class DayFigures:
    """`first` are contacts that were the customer's first about a matter, `solved` those that nobody came back after;
    `quiz_points` add up the scores (0..100) of `quizzes`, `quality_points` those of `inspections`."""

    handled: int = 0
    signed_in_s: int = 0
    first: int = 0
    solved: int = 0
    quizzes: int = 0
    quiz_points: float = 0.0
    inspections: int = 0
    quality_points: float = 0.0

    def __add__(self, other: "DayFigures") -> "DayFigures":
        return DayFigures(
            self.handled + other.handled,
            self.signed_in_s + other.signed_in_s,
            self.first + other.first,
            self.solved + other.solved,
            self.quizzes + other.quizzes,
            self.quiz_points + other.quiz_points,
            self.inspections + other.inspections,
            self.quality_points + other.quality_points,
        )


ByDay = Mapping[tuple[str, date], DayFigures]
"""What each agent did on each day; a day on which nothing was done is not in it."""


@dataclass(frozen=True, slots=True)
class Span:
    """From a moment to another, which is not of it."""

    since: datetime
    until: datetime

    @classmethod
    def of_days(cls, since: date, until: date, zone: ZoneInfo) -> "Span":
        """From the beginning of a day to that of another, where the centre stands."""
        first, last = (datetime.combine(day, time(), zone).astimezone(UTC) for day in (since, until))
        return cls(first, last)


@dataclass(frozen=True, slots=True)
class Clock:
    """That of the centre, by which days begin."""

    zone: ZoneInfo
    now: datetime


async def contacts_by_day(
    connection: AsyncConnection, agents: Collection[str] | None, span: Span, now: datetime, zone: ZoneInfo
) -> ByDay:
    """Contacts handled within a span by some agents, or by all. A first contact counts once its customer had
    `REPEAT_DAYS` to come back."""
    is_sqlite = connection.dialect.name == "sqlite"
    day = local_day(contact.c.at, Clock(zone, now), is_sqlite)
    settled = to_text(now - timedelta(days=REPEAT_DAYS))
    is_settled = and_(contact.c.kind.in_(FROM_CUSTOMERS), contact.c.at <= settled)
    is_first = and_(is_settled, not_(has_other(before=True, is_sqlite=is_sqlite)))
    is_solved = and_(is_first, not_(has_other(before=False, is_sqlite=is_sqlite)))
    whose = contact.c.agent.is_not(None) if agents is None else is_among(connection, contact.c.agent, agents)
    query = (
        select(contact.c.agent, day.label("day"), func.count(), _sum(is_first), _sum(is_solved))
        .where(whose, contact.c.kind.in_(HANDLED))
        .where(contact.c.at >= to_text(span.since), contact.c.at < to_text(span.until))
        .group_by(contact.c.agent, day)
    )
    return {
        (agent, date.fromisoformat(on)): DayFigures(handled=handled, first=first, solved=solved)
        for agent, on, handled, first, solved in await connection.execute(query)
    }


async def time_by_day(connection: AsyncConnection, agents: Collection[str], since: date) -> ByDay:
    """How long agents were signed in, in whatever state, since a day."""
    query = (
        select(agent_time.c.agent_id, agent_time.c.day, func.sum(agent_time.c.seconds))
        .where(is_among(connection, agent_time.c.agent_id, agents), agent_time.c.day >= since.isoformat())
        .group_by(agent_time.c.agent_id, agent_time.c.day)
    )
    return {
        (agent, date.fromisoformat(on)): DayFigures(signed_in_s=int(seconds))
        for agent, on, seconds in await connection.execute(query)
    }


async def quizzes_by_day(
    connection: AsyncConnection, agents: Collection[str], span: Span, now: datetime, zone: ZoneInfo
) -> ByDay:
    """Scores of quizzes, on the days they were handed in."""
    day = local_day(quiz_result.c.finished_at, Clock(zone, now), connection.dialect.name == "sqlite")
    query = (
        select(quiz_result.c.agent, day.label("day"), func.count(), func.sum(quiz_result.c.score))
        .where(is_among(connection, quiz_result.c.agent, agents))
        .where(quiz_result.c.finished_at >= to_text(span.since), quiz_result.c.finished_at < to_text(span.until))
        .group_by(quiz_result.c.agent, day)
    )
    return {
        (agent, date.fromisoformat(on)): DayFigures(quizzes=count, quiz_points=float(points))
        for agent, on, count, points in await connection.execute(query)
    }


def together(*parts: ByDay) -> ByDay:
    found: defaultdict[tuple[str, date], DayFigures] = defaultdict(DayFigures)
    for part in parts:
        for key, figures in part.items():
            found[key] += figures
    return found


def has_other(*, before: bool, is_sqlite: bool) -> ColumnElement[bool]:
    """Whether the customer of a contact was in touch about the same within the days before it, or after it; after it
    also whether its call went on with a colleague. A line of the same call is no contact before."""
    other = contact.alias()
    same_matter = _matter(other) == _matter(contact)
    same_call = func.coalesce(other.c.call_ref == contact.c.call_ref, false())
    bound = _shifted(contact.c.at, -REPEAT_DAYS if before else REPEAT_DAYS, is_sqlite)
    is_repeat = (
        and_(other.c.at < contact.c.at, other.c.at >= bound, same_matter, not_(same_call))
        if before
        else and_(other.c.at > contact.c.at, or_(same_call, and_(other.c.at <= bound, same_matter)))
    )
    of_customer = and_(other.c.customer_id == contact.c.customer_id, other.c.kind.in_(FROM_CUSTOMERS))
    return exists().where(of_customer, is_repeat)


def _matter(line: FromClause) -> ColumnElement[str]:
    """What a contact was about: its disposition, else its queue."""
    return func.coalesce(line.c.wrap_up_code, literal("/").concat(line.c.queue), "")


def _sum(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.sum(case((condition, 1), else_=0))


def local_day(at: Column[Any], clock: Clock, is_sqlite: bool) -> ColumnElement[str]:
    """The day of a kept moment where the centre stands."""
    if is_sqlite:
        (_, first), *later = _offsets(clock)
        day: ColumnElement[str] = func.date(at, f"{first} seconds")
        for began, offset_s in later:
            day = case((at >= to_text(began), func.date(at, f"{offset_s} seconds")), else_=day)
        return day
    return func.to_char(func.timezone(clock.zone.key, cast(at, DateTime(timezone=True))), "YYYY-MM-DD")


def _offsets(clock: Clock) -> Iterator[tuple[datetime, int]]:
    """How many seconds the clock was ahead of UTC, since when, the earliest first: it is put forward and back."""
    at = clock.now.astimezone(UTC).replace(minute=0, second=0, microsecond=0) - KEPT_FOR
    known = _ahead_s(at, clock.zone)
    yield at, known
    while at < clock.now:
        at += timedelta(days=1)
        if (ahead := _ahead_s(at, clock.zone)) != known:
            halves = (at - n * timedelta(minutes=30) for n in range(49))
            began = max(half for half in halves if _ahead_s(half - timedelta(minutes=30), clock.zone) == known)
            known = ahead
            yield began, known


def _ahead_s(at: datetime, zone: ZoneInfo) -> int:
    return int((at.astimezone(zone).utcoffset() or timedelta()).total_seconds())


def _shifted(at: Column[Any], days: int, is_sqlite: bool) -> ColumnElement[str]:
    """A kept moment some days later, as it would be kept."""
    if is_sqlite:
        return func.strftime("%Y-%m-%dT%H:%M:%fZ", at, f"{days} days")
    moved = func.timezone("UTC", cast(at, DateTime(timezone=True))) + func.make_interval(0, 0, 0, days)
    return cast(func.to_char(moved, 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), String)
