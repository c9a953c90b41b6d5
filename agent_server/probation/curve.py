"""A newcomer's weeks beside the median of the team: four figures, worked out from what was done each day."""

import statistics
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import astuple
from datetime import date, timedelta
from typing import Final

from agent_model.newcomer import Week, WeekCounts, WeekFigures
from agent_server.probation.day_figures import ByDay, DayFigures

WEEK: Final = timedelta(days=7)
WEEKS: Final = 13
"""Of a curve. Whoever is here longer is a colleague that newcomers are held against."""
FEWEST_COLLEAGUES: Final = 3
"""With a figure of their own: a median of fewer would tell one person's."""
SHORTEST_S: Final = 3600
"""Signed in within a week, for a rate per hour to mean anything."""


def curve(agent: str, joined_on: date, today: date, settled: Collection[str], by_day: ByDay) -> tuple[Week, ...]:
    """The weeks that have begun. `settled` are the colleagues who are held against."""
    return tuple(_weeks(agent, joined_on, today, settled, by_day))


def is_settled(joined_on: date, on: date) -> bool:
    """Whether somebody is no newcomer any more."""
    return joined_on + WEEKS * WEEK <= on


def _weeks(agent: str, joined_on: date, today: date, settled: Collection[str], by_day: ByDay) -> Iterator[Week]:
    for number in range(1, WEEKS + 1):
        since = joined_on + (number - 1) * WEEK
        if since > today:
            return
        theirs = {one: figures_of(one, since, by_day) for one in settled if one != agent}
        present = {one: week for one, week in theirs.items() if week != WeekFigures()}
        own, median = figures_of(agent, since, by_day), _median(present)
        yield Week(number, since, own, median, len(present), _counts(_total(agent, since, by_day)))


def figures_of(agent: str, since: date, by_day: ByDay) -> WeekFigures:
    """Of the week that begins on a day."""
    total = _total(agent, since, by_day)
    hours = total.signed_in_s / 3600 if total.signed_in_s >= SHORTEST_S else 0.0
    return WeekFigures(
        _share(total.handled, hours),
        _share(total.solved, total.first),
        _share(total.quality_points, total.inspections),
        _share(total.quiz_points, total.quizzes),
    )


def _total(agent: str, since: date, by_day: ByDay) -> DayFigures:
    days = (by_day.get((agent, since + timedelta(days=n))) for n in range(WEEK.days))
    return sum((day for day in days if day is not None), DayFigures())


def _counts(total: DayFigures) -> WeekCounts:
    return WeekCounts(total.handled, total.first, total.inspections, total.quizzes)


def _share(part: float, whole: float) -> float | None:
    return part / whole if whole else None


def _median(weeks: Mapping[str, WeekFigures]) -> WeekFigures:
    columns = zip(*map(astuple, weeks.values()), strict=True)
    return WeekFigures(*(_middle([value for value in column if value is not None]) for column in columns))


def _middle(values: Sequence[float]) -> float | None:
    return statistics.median(values) if len(values) >= FEWEST_COLLEAGUES else None
