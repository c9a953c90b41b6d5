"""Several quiet works in one lane, none of which anybody waits for."""

import time
from collections.abc import Callable
from typing import Final

LATER_S: Final = 30.0
"""For a work that failed."""


class InTurn:
    """Each work does one short thing when it is called, and says in how many seconds it wants to be called again. Of
    those that are due the first that was added goes first."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._works: list[Callable[[], float]] = []
        self._due: list[float] = []

    def add(self, work: Callable[[], float]) -> None:
        self._works.append(work)
        self._due.append(self._clock())

    def hurry(self) -> None:
        """There is more to do for one of them; from any thread."""
        self._due = [self._clock()] * len(self._works)

    def step(self) -> float:
        """Seconds until one of them wants to be called. Raises as they do; whichever did is called again later."""
        now = self._clock()
        number = next((n for n, due in enumerate(self._due) if due <= now), None)
        if number is not None:
            self._due[number] = now + LATER_S
            self._due[number] = now + self._works[number]()
        return max(0.0, min(self._due) - self._clock())
