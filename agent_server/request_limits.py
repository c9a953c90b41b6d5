"""How many requests one session or address may send: so many a second, and a burst."""

import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

REMEMBERED: Final = 20_000


@dataclass(frozen=True, slots=True)
class Rate:
    per_s: float
    burst: int


class RequestLimits:
    """Counted in this process's memory. Whoever pauses may send a burst again."""

    def __init__(self, rate: Rate, clock: Callable[[], float] = time.monotonic) -> None:
        self._rate = rate
        self._clock = clock
        self._full_at: OrderedDict[str, float] = OrderedDict()

    def wait_s(self, who: str) -> float:
        """Seconds to wait before the next request; 0 when it may be answered, which is then counted."""
        now = self._clock()
        full_at = max(self._full_at.get(who, now), now)
        owed_s = full_at - now - (self._rate.burst - 1) / self._rate.per_s
        if owed_s > 0:
            return owed_s
        self._full_at[who] = full_at + 1 / self._rate.per_s
        self._full_at.move_to_end(who)
        while len(self._full_at) > REMEMBERED:
            self._full_at.popitem(last=False)
        return 0.0
