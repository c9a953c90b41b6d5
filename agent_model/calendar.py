"""Working hours: when a centre works in a week, and the days that are otherwise (holidays, make-up working days)."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from agent_model.words import Words


@dataclass(frozen=True, slots=True)
class Opening:
    """From `opens` until `closes` (exclusive), HH:MM on the clock of the calendar's zone; 24:00 is the day's end. What
    goes over midnight is two of them; a break is what lies between two."""

    opens: str
    closes: str


class DayKind(StrEnum):
    """What a day is instead of an ordinary day of its week. WORK is a make-up working day (调休)."""

    OFF = "off"
    WORK = "work"


@dataclass(frozen=True, slots=True)
class SpecialDay:
    day: date
    kind: DayKind
    name: str = ""


@dataclass(frozen=True, slots=True)
class Holidays:
    """The days of a country (or a company) that differ from the week."""

    id: str
    days: tuple[SpecialDay, ...]

    @property
    def years(self) -> tuple[int, ...]:
        """The years that are told; in any other year every week is ordinary."""
        return tuple(sorted({special.day.year for special in self.days}))


@dataclass(frozen=True, slots=True)
class Calendar:
    """`zone` is an IANA name, `week` has seven days from Monday on. `holidays` names a set of special days; on a
    make-up working day the hours are those of `make_up`, or where it is empty those of the week's first working day."""

    id: str
    name: Words
    zone: str
    week: tuple[tuple[Opening, ...], ...]
    holidays: str | None = None
    make_up: tuple[Opening, ...] = ()


ALL_DAY = (Opening("00:00", "24:00"),)
ALWAYS = Calendar("always", Words("7×24 小时", "Around the clock"), "UTC", (ALL_DAY,) * 7)
"""The calendar on which every moment counts."""
