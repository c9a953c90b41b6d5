"""A switch that nobody is connected to: its queues fill and empty believably, the same way for the same seed."""

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from agent_model.agent import QueueFigures, QueueId

LONGEST_STEP_S: Final = 60.0
CALLS_BEFORE_TODAY: Final = 120


@dataclass(slots=True)
class _Line:
    """One queue: callers arrive and are answered by chance; `arrivals` holds since when each of them waits."""

    calls_per_minute: float
    answers_per_minute: float
    within_s: int
    arrivals: list[float] = field(default_factory=list)
    answered: int = CALLS_BEFORE_TODAY
    answered_in_time: int = int(CALLS_BEFORE_TODAY * 0.91)


class SimulatedSwitch:
    """Moves on by as much time as has passed since it was last asked."""

    def __init__(self, queues: Sequence[tuple[str, int]], seed: int, now: Callable[[], datetime]) -> None:
        """`queues` are ids with the seconds within which a caller should be answered."""
        self._now = now
        self._chance = random.Random(seed)  # noqa: S311 - figures for a demonstration
        self._at = now().timestamp()
        self._lines = {}
        for queue, within_s in sorted(queues):
            calls = self._chance.uniform(1.5, 4.0)
            self._lines[queue] = _Line(calls, calls * self._chance.uniform(1.02, 1.25), within_s)

    async def queue_figures(self) -> tuple[QueueFigures, ...]:
        until = self._now().timestamp()
        self._at = max(self._at, until - LONGEST_STEP_S)
        while self._at + 1.0 <= until:
            self._at += 1.0
            for line in self._lines.values():
                self._second(line)
        return tuple(self._figures(queue, line) for queue, line in self._lines.items())

    def _second(self, line: _Line) -> None:
        if self._chance.random() < line.calls_per_minute / 60:
            line.arrivals.append(self._at)
        if line.arrivals and self._chance.random() < line.answers_per_minute / 60:
            waited = self._at - line.arrivals.pop(0)
            line.answered += 1
            line.answered_in_time += waited <= line.within_s
        gone = [since for since in line.arrivals if self._at - since > 180]
        line.arrivals = [since for since in line.arrivals if since not in gone]

    def _figures(self, queue: str, line: _Line) -> QueueFigures:
        longest = int(self._at - line.arrivals[0]) if line.arrivals else None
        return QueueFigures(QueueId(queue), len(line.arrivals), longest, line.answered_in_time / line.answered)
