"""What the rows of a list are narrowed to by one column: a part of its text, some of its values, a stretch of time."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Any, Final

import orjson

from agent_model import moment

DAY_COLUMNS: Final = frozenset({"since"})
"""Of these the line has a day, not a moment."""


class Period(StrEnum):
    """A stretch of time as people say it; weeks begin on Monday. BETWEEN is the one that is given by its days."""

    TODAY = "today"
    YESTERDAY = "yesterday"
    TOMORROW = "tomorrow"
    THIS_WEEK = "this_week"
    LAST_WEEK = "last_week"
    THIS_MONTH = "this_month"
    LAST_MONTH = "last_month"
    LAST_7_DAYS = "last_7_days"
    LAST_30_DAYS = "last_30_days"
    PAST = "past"
    BETWEEN = "between"


@dataclass(frozen=True, slots=True)
class Filter:
    """One of: `text` is part of what stands there, `among` the values, `period` when it is (BETWEEN: from the day
    `first` to the day `last`, both with it and each perhaps empty). A row without a value fits none of them but None
    among the values."""

    column: str
    text: str = ""
    among: tuple[Any, ...] = ()
    period: str = ""
    first: str = ""
    last: str = ""


def filter_from(plain: Mapping[str, Any]) -> Filter:
    """As it was written down."""
    return Filter(**{**plain, "among": tuple(plain.get("among", ()))})


def bounds(wanted: Filter, now: datetime) -> tuple[str | None, str | None]:
    """The texts from which on and before which the column is; `now` is aware, on the wall clock of the person."""
    if wanted.period == Period.PAST:
        return None, _written(wanted.column, now)
    begin, end = _days(wanted, now.date())
    return _beginning(wanted.column, begin, now), _beginning(wanted.column, end, now)


def condition(wanted: Filter, now: datetime) -> tuple[str, list[Any]]:
    """For SQL over lines, with its values."""
    if wanted.text:
        return f"instr(lower({wanted.column}), ?)", [wanted.text.lower()]
    if wanted.among:
        given = f"{wanted.column} IN (SELECT value FROM json_each(?))"  # noqa: S608
        given = f"({given} OR {wanted.column} IS NULL)" if None in wanted.among else given
        return given, [orjson.dumps([value for value in wanted.among if value is not None]).decode()]
    begin, end = bounds(wanted, now)
    parts = [(f"{wanted.column} >= ?", begin), (f"{wanted.column} < ?", end)]
    told = [(sql, value) for sql, value in parts if value is not None]
    return " AND ".join(sql for sql, _ in told) or "1", [value for _, value in told]


def fits(wanted: Filter, value: Any, now: datetime) -> bool:
    """As `condition`, for a row that is in no table yet."""
    if wanted.text:
        return wanted.text.lower() in str(value or "").lower()
    if wanted.among:
        return value in wanted.among
    begin, end = bounds(wanted, now)
    return (begin is None or (value is not None and value >= begin)) and (
        end is None or (value is not None and value < end)
    )


def _days(wanted: Filter, today: date) -> tuple[date | None, date | None]:
    """The first day, and the first that is no longer in it."""
    day, monday, first = timedelta(days=1), today - timedelta(days=today.weekday()), today.replace(day=1)
    match wanted.period:
        case Period.TODAY:
            return today, today + day
        case Period.YESTERDAY:
            return today - day, today
        case Period.TOMORROW:
            return today + day, today + 2 * day
        case Period.THIS_WEEK:
            return monday, monday + 7 * day
        case Period.LAST_WEEK:
            return monday - 7 * day, monday
        case Period.THIS_MONTH:
            return first, _next_month(first)
        case Period.LAST_MONTH:
            return (first - day).replace(day=1), first
        case Period.LAST_7_DAYS:
            return today - 6 * day, today + day
        case Period.LAST_30_DAYS:
            return today - 29 * day, today + day
        case Period.BETWEEN:
            begin = date.fromisoformat(wanted.first) if wanted.first else None
            return begin, date.fromisoformat(wanted.last) + day if wanted.last else None
    return None, None


def _next_month(first: date) -> date:
    return (first + timedelta(days=32)).replace(day=1)


def _beginning(column: str, day: date | None, now: datetime) -> str | None:
    """When that day begins where `now` is."""
    return None if day is None else _written(column, datetime.combine(day, time(), now.tzinfo))


def _written(column: str, at: datetime) -> str:
    return at.date().isoformat() if column in DAY_COLUMNS else moment.to_text(at)
