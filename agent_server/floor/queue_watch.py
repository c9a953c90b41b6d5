"""Who waits in each queue, and how soon callers were answered today, from what the exchanges tell."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from zoneinfo import ZoneInfo

from agent_model.agent import QueueFigures, QueueId
from agent_server.switch.port import (
    Answered,
    Asked,
    CallId,
    ExchangeEvent,
    GaveUp,
    Lost,
    Overflowed,
    Resynced,
)


@dataclass(slots=True)
class _Line:
    """`waiting` holds since when each caller waits; the others count those of today who have a person."""

    within_s: int
    waiting: dict[tuple[str, CallId], datetime] = field(default_factory=dict)
    answered: int = 0
    answered_in_time: int = 0


class QueueWatch:
    """`figures` are empty while no exchange was reached."""

    def __init__(self, queues: Sequence[tuple[str, int]], zone: ZoneInfo, now: Callable[[], datetime]) -> None:
        """`queues` are ids with the seconds within which a caller should be answered."""
        self._zone, self._now = zone, now
        self._lines = {QueueId(queue): _Line(within_s) for queue, within_s in queues}
        self._day: date = self._today()
        self._reached: set[str] = set()

    def hear(self, exchange: str, event: ExchangeEvent) -> None:
        """What an exchange of that name told."""
        self._turn_day()
        match event:
            case Resynced():
                self._reached.add(exchange)
                self._begin_anew(exchange, event)
            case Lost():
                self._reached.discard(exchange)
            case Asked() if event.queue in self._lines:
                self._lines[event.queue].waiting[exchange, event.call] = event.at
            case Answered() | GaveUp() | Overflowed() if event.queue in self._lines:
                self._leave(exchange, event)
            case _:
                pass

    def figures(self) -> tuple[QueueFigures, ...]:
        self._turn_day()
        return tuple(self._figures(queue, line) for queue, line in self._lines.items()) if self._reached else ()

    def _begin_anew(self, exchange: str, event: Resynced) -> None:
        for line in self._lines.values():
            line.waiting = {key: since for key, since in line.waiting.items() if key[0] != exchange}
        for one in event.snapshot.waiting:
            if one.queue in self._lines:
                self._lines[one.queue].waiting[exchange, one.call] = one.since

    def _leave(self, exchange: str, event: Answered | GaveUp | Overflowed) -> None:
        line = self._lines[event.queue]
        line.waiting.pop((exchange, event.call), None)
        if isinstance(event, Answered):
            line.answered += 1
            line.answered_in_time += event.waited_s <= line.within_s

    def _figures(self, queue: QueueId, line: _Line) -> QueueFigures:
        oldest = min(line.waiting.values(), default=None)
        longest_s = None if oldest is None else int((self._now() - oldest).total_seconds())
        level = line.answered_in_time / line.answered if line.answered else None
        return QueueFigures(queue, len(line.waiting), longest_s, level)

    def _turn_day(self) -> None:
        if self._day != (today := self._today()):
            self._day = today
            for line in self._lines.values():
                line.answered = line.answered_in_time = 0

    def _today(self) -> date:
        return self._now().astimezone(self._zone).date()
