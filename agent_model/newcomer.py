"""How somebody who joined lately does, week by week, beside the median of the team (docs/training.md)."""

from dataclasses import dataclass
from datetime import date
from typing import Final


@dataclass(frozen=True, slots=True)
class WeekFigures:
    """Contacts handled for each hour signed in; the share (0..1) of first contacts that nobody came back after; the
    means of the scores (0..100) of inspections and of quizzes. None: there was nothing to tell it from."""

    handled_per_hour: float | None = None
    first_contact: float | None = None
    quality: float | None = None
    quiz: float | None = None


FEWEST_CONTACTS: Final = 5
"""In a week, for a rate of them to mean anything by itself."""


@dataclass(frozen=True, slots=True)
class WeekCounts:
    """Of how many the figures of a week are."""

    handled: int = 0
    first_contacts: int = 0
    inspections: int = 0
    quizzes: int = 0


@dataclass(frozen=True, slots=True)
class Week:
    """One of the weeks since somebody joined, the first is 1; `colleagues` are those whose figures `median` is of,
    `counts` of how many contacts, inspections and quizzes their own figures are."""

    number: int
    since: date
    own: WeekFigures
    median: WeekFigures
    colleagues: int
    counts: WeekCounts = WeekCounts()


@dataclass(frozen=True, slots=True)
class Newcomer:
    agent: str
    team: str
    joined_on: date
    weeks: tuple[Week, ...]


@dataclass(frozen=True, slots=True)
class Newcomers:
    """Those whom somebody leads. Without inspections nothing says how good what they said was."""

    newcomers: tuple[Newcomer, ...] = ()
    has_inspections: bool = False
