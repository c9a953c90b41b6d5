"""Who waits in each queue now, from what the exchanges tell."""

from collections.abc import Iterable
from datetime import datetime

from agent_server.switch.port import Answered, Asked, CallId, ExchangeEvent, GaveUp, Lost, Overflowed, Resynced


class WaitingCallers:
    """`is_known` once an exchange was reached, and until the last one is lost."""

    def __init__(self) -> None:
        self._waiting: dict[tuple[str, CallId], tuple[str, datetime]] = {}
        self._reached: set[str] = set()

    @property
    def is_known(self) -> bool:
        return bool(self._reached)

    def hear(self, exchange: str, event: ExchangeEvent) -> None:
        """What an exchange of that name told."""
        match event:
            case Resynced():
                self._reached.add(exchange)
                self._forget(exchange)
                for one in event.snapshot.waiting:
                    self._waiting[exchange, one.call] = one.queue, one.since
            case Lost():
                self._reached.discard(exchange)
                self._forget(exchange)
            case Asked():
                self._waiting[exchange, event.call] = event.queue, event.at
            case Answered() | GaveUp() | Overflowed():
                self._leave((exchange, event.call), event.queue)
            case _:
                pass

    def since(self, queue: str) -> list[datetime]:
        """Since when each caller of a queue waits, the first of them first."""
        return sorted(since for line, since in self._waiting.values() if line == queue)

    def begin_anew(self) -> None:
        """Another process heard the exchanges until now."""
        self._waiting.clear()
        self._reached.clear()

    def _leave(self, key: tuple[str, CallId], queue: str) -> None:
        """Who overflowed may have asked in the next queue by now."""
        if key in self._waiting and self._waiting[key][0] == queue:
            del self._waiting[key]

    def _forget(self, exchange: str) -> None:
        for key in [key for key in self._waiting if key[0] == exchange]:
            del self._waiting[key]


def longest_s(since: Iterable[datetime], now: datetime) -> int | None:
    first = min(since, default=None)
    return None if first is None else max(int((now - first).total_seconds()), 0)
