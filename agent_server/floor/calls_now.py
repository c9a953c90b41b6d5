"""Who is in which call now and since when, from what the exchanges tell."""

from dataclasses import dataclass
from datetime import datetime

from agent_server.switch.port import (
    CallId,
    ExchangeEvent,
    Extension,
    Leg,
    LegChanged,
    LegEnded,
    LegState,
    Lost,
    Resynced,
)


@dataclass(frozen=True, slots=True)
class CallNow:
    """An extension's part in a call that was answered; `held_since` is set while it is on hold."""

    call: CallId
    extension: Extension
    queue: str
    since: datetime
    held_since: datetime | None = None


class CallsNow:
    """Of an exchange that is lost nothing is known."""

    def __init__(self) -> None:
        self._calls: dict[tuple[str, Extension, CallId], CallNow] = {}

    @property
    def all(self) -> tuple[CallNow, ...]:
        return tuple(self._calls.values())

    def hear(self, exchange: str, event: ExchangeEvent) -> None:
        """What an exchange of that name told."""
        match event:
            case LegChanged():
                self._put(exchange, event.leg)
            case LegEnded():
                self._calls.pop((exchange, event.extension, event.call), None)
            case Resynced():
                known = self._forget(exchange)
                for leg in event.snapshot.legs:
                    self._put(exchange, leg, known.get((exchange, leg.extension, leg.call)))
            case Lost():
                self._forget(exchange)
            case _:
                pass

    def begin_anew(self) -> None:
        """Another process heard the exchanges until now."""
        self._calls.clear()

    def _put(self, exchange: str, leg: Leg, known: CallNow | None = None) -> None:
        """A call goes on from when it was answered, whatever was on hold in between."""
        if leg.state is LegState.RINGING:
            return
        key = (exchange, leg.extension, leg.call)
        before = self._calls.get(key, known)
        since = leg.since if before is None else before.since
        held_since = leg.since if leg.state is LegState.HELD else None
        self._calls[key] = CallNow(leg.call, leg.extension, leg.queue or "", since, held_since)

    def _forget(self, exchange: str) -> dict[tuple[str, Extension, CallId], CallNow]:
        known = {key: one for key, one in self._calls.items() if key[0] == exchange}
        for key in known:
            del self._calls[key]
        return known
