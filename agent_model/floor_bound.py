"""From where on a figure of a queue is to be looked at, and from where on something is wrong."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from agent_model.floor_figures import Figure

FALLS: Final = frozenset({Figure.SERVICE_LEVEL, Figure.CONNECT_RATE, Figure.SOLVED_FIRST, Figure.SURVEY_RATE})
"""Of these little is bad; of all others much is."""
SHARES: Final = frozenset(
    {
        Figure.SERVICE_LEVEL,
        Figure.CONNECT_RATE,
        Figure.ABANDON_RATE,
        Figure.SOLVED_FIRST,
        Figure.REPEAT_RATE,
        Figure.SURVEY_RATE,
        Figure.OCCUPANCY,
    }
)
COUNTS: Final = frozenset({Figure.WAITING, Figure.CALLBACKS_DUE})
HIGHEST: Final = 86_400
BAD_BELOW_TARGET: Final = 10
"""Percent below a queue's target from which on its service level is bad, where nobody said otherwise."""


class Grade(StrEnum):
    FINE = "fine"
    WARN = "warn"
    BAD = "bad"


GRADES: Final = tuple(Grade)
"""From good to bad."""


@dataclass(frozen=True, slots=True)
class Bound:
    """Whole percents, seconds, or how many, by the figure."""

    figure: Figure
    warn: int
    bad: int

    def grade(self, value: float | None) -> Grade | None:
        """Of a value as figures are kept: shares 0..1. None where there is none."""
        if value is None:
            return None
        held = round(value * 100 if self.figure in SHARES else value, 6)
        if self.figure in FALLS:
            return Grade.BAD if held < self.bad else Grade.WARN if held < self.warn else Grade.FINE
        return Grade.BAD if held >= self.bad else Grade.WARN if held >= self.warn else Grade.FINE


USUAL: Final[Mapping[Figure, Bound]] = {
    one.figure: one
    for one in (
        Bound(Figure.WAITING, 5, 10),
        Bound(Figure.LONGEST_WAIT, 30, 60),
        Bound(Figure.ESTIMATED_WAIT, 30, 120),
        Bound(Figure.CONNECT_RATE, 90, 80),
        Bound(Figure.ABANDON_RATE, 5, 10),
        Bound(Figure.HANDLE_TIME, 480, 720),
        Bound(Figure.SOLVED_FIRST, 75, 60),
        Bound(Figure.REPEAT_RATE, 15, 25),
        Bound(Figure.SURVEY_RATE, 20, 10),
        Bound(Figure.OCCUPANCY, 85, 93),
        Bound(Figure.CALLBACKS_DUE, 1, 5),
    )
}
"""In force until a queue has its own; those of service level and speed of answer come of what the queue promises."""


def bounds_in_force(own: Sequence[Bound], within_s: int, target: float) -> Mapping[Figure, Bound]:
    """Of a queue that promises to answer the share `target` of its callers `within_s`."""
    percent = round(target * 100)
    promised = {
        Figure.SERVICE_LEVEL: Bound(Figure.SERVICE_LEVEL, percent, max(0, percent - BAD_BELOW_TARGET)),
        Figure.ANSWER_SPEED: Bound(Figure.ANSWER_SPEED, within_s, 2 * within_s),
    }
    return {**USUAL, **promised, **{one.figure: one for one in own}}


class BoundWrong(StrEnum):
    TWICE = "twice"
    OUT_OF_RANGE = "out_of_range"
    WRONG_ORDER = "wrong_order"


def bound_faults(bounds: Sequence[Bound]) -> tuple[BoundWrong, ...]:
    return tuple(_faults(bounds))


def _faults(bounds: Sequence[Bound]) -> Iterator[BoundWrong]:
    if len({one.figure for one in bounds}) < len(bounds):
        yield BoundWrong.TWICE
    for one in bounds:
        most = 100 if one.figure in SHARES else HIGHEST
        if not (0 <= one.warn <= most and 0 <= one.bad <= most):
            yield BoundWrong.OUT_OF_RANGE
        elif (one.bad > one.warn) if one.figure in FALLS else (one.bad < one.warn):
            yield BoundWrong.WRONG_ORDER
