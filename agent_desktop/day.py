"""The agent's own day: the calls they had and what comes of them in figures."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from agent_desktop.offline.day_log import DayLog
from agent_model import moment
from agent_model.customer import ContactKind

KEPT = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class OwnCall:
    """One call of mine. `number` as the exchange wrote it; `handled_s` is the time talked, None when unanswered;
    `shown_number` which of the company's numbers the called side was to see."""

    key: str
    kind: ContactKind
    at: datetime
    name: str
    number: str
    queue: str
    customer_id: str | None
    handled_s: float | None
    shown_number: str = ""


@dataclass(frozen=True, slots=True)
class OwnFigures:
    """`handled` calls and their mean length; None before the first."""

    handled: int
    mean_s: float | None


class OwnDay:
    """`midnight` gives the beginning of the agent's day as an aware moment."""

    def __init__(self, log: DayLog, clock: Callable[[], datetime], midnight: Callable[[], datetime]) -> None:
        self._log = log
        self._clock = clock
        self._midnight = midnight

    def add(self, call: OwnCall) -> tuple[OwnCall, ...]:
        """Keeps the call; returns today's, the latest first. Raises DiskFull, OutboxDamaged, StoreBusy."""
        plain = {
            "key": call.key,
            "kind": call.kind.value,
            "at": moment.to_text(call.at),
            "name": call.name,
            "number": call.number,
            "queue": call.queue,
            "customer_id": call.customer_id,
            "handled_s": call.handled_s,
            "shown_number": call.shown_number,
        }
        self._log.put(call.key, moment.to_text(call.at), plain, moment.to_text(self._clock() - KEPT))
        return self.calls()

    def calls(self) -> tuple[OwnCall, ...]:
        """Today's calls, the latest first. Raises OutboxDamaged."""
        return tuple(
            OwnCall(
                key=plain["key"],
                kind=ContactKind(plain["kind"]),
                at=moment.from_text(plain["at"]),
                name=plain["name"],
                number=plain["number"],
                queue=plain["queue"],
                customer_id=plain["customer_id"],
                handled_s=plain["handled_s"],
                shown_number=plain.get("shown_number", ""),
            )
            for plain in self._log.since(moment.to_text(self._midnight()))
        )


def figures(calls: Iterable[OwnCall]) -> OwnFigures:
    lengths = [call.handled_s for call in calls if call.handled_s is not None]
    return OwnFigures(len(lengths), sum(lengths) / len(lengths) if lengths else None)
