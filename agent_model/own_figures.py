"""What agents are shown of their own work, the honours board, and what hard calls leave behind, as it is told."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from agent_model.care_policy import OwnMeasure


@dataclass(frozen=True, slots=True)
class OwnFigure:
    """`own` and `team` are of today, `own_period` and `team_period` of the last four weeks; `of` and `of_period` what a
    share of one's own is of."""

    measure: OwnMeasure
    own: float | None
    of: int | None
    team: float | None
    own_period: float | None
    of_period: int | None
    team_period: float | None
    goal: int | None


@dataclass(frozen=True, slots=True)
class OwnFigures:
    figures: tuple[OwnFigure, ...] = ()


@dataclass(frozen=True, slots=True)
class HonoursPlace:
    """`agent` is None for who does not want to be named."""

    agent: str | None
    value: float
    is_own: bool


@dataclass(frozen=True, slots=True)
class HonoursList:
    """The best by one measure, the first first."""

    measure: OwnMeasure
    places: tuple[HonoursPlace, ...]


@dataclass(frozen=True, slots=True)
class HonoursBoard:
    """`is_named` is whether the viewer's own name may stand there."""

    is_on: bool = False
    is_named: bool = True
    lists: tuple[HonoursList, ...] = ()


class WhyHard(StrEnum):
    ABUSIVE = "abusive"
    LONG = "long"
    BADLY_RATED = "badly_rated"


@dataclass(frozen=True, slots=True)
class HardCall:
    at: datetime
    why: WhyHard


@dataclass(frozen=True, slots=True)
class Load:
    """Of one agent today: the hard calls, and of the time since the last of them how many calls were taken, how long
    they talked, and when a break was taken for it."""

    agent: str
    team: str
    hard: tuple[HardCall, ...]
    calls_since: int
    talked_since_s: int
    rested_at: datetime | None


@dataclass(frozen=True, slots=True)
class Reveal:
    """`called_at` and `agent` are of the abusive call; `who` looked at something of its caller `at` a moment after."""

    called_at: datetime
    agent: str
    who: str
    at: datetime
    field: str
    reason: str


@dataclass(frozen=True, slots=True)
class MoodWeek:
    """Of a team. `answers` and `mean` (1..5) are None where too few answered to show anything."""

    team: str
    week: str
    answers: int | None
    mean: float | None


@dataclass(frozen=True, slots=True)
class TeamCare:
    loads: tuple[Load, ...] = ()
    reveals: tuple[Reveal, ...] = ()
    moods: tuple[MoodWeek, ...] = ()


@dataclass(frozen=True, slots=True)
class MoodQuestion:
    """`round` is None when nothing is asked; `modulus` is the key's, hexadecimal."""

    round: str | None
    week: str
    modulus: str
    until: datetime | None


@dataclass(frozen=True, slots=True)
class MoodAnswer:
    """Token and signature are hexadecimal."""

    round: str
    token: str
    signature: str
    level: int
