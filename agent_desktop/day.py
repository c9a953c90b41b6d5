"""The agent's own calls: today's in figures, those of 90 days to be found again."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from agent_desktop.offline.day_log import NEXT_IN_QUEUE, NOBODY_WAITS, DayLog, Place
from agent_model import moment
from agent_model.customer import ContactKind
from agent_model.phone_number import DialPlan, display, normalise
from agent_model.secret import hidden_name

KEPT = timedelta(days=90)
PAGE = 200


@dataclass(frozen=True, slots=True)
class OwnCall:
    """One call of mine. `number` as the exchange wrote it; `handled_s` is the time talked, None when unanswered;
    `shown_number` which of the company's numbers the called side was to see. `ended` is how it ended in the phone's
    word for it, `score` the opinion score 1..4.5 of the side that heard worse; both unknown for calls of old."""

    key: str
    kind: ContactKind
    at: datetime
    name: str
    number: str
    queue: str
    customer_id: str | None
    handled_s: float | None
    shown_number: str = ""
    ended: str = ""
    score: float | None = None

    @property
    def is_missed(self) -> bool:
        """Somebody waits to be called back: nobody talked with the caller, the agent did not turn them away, and no
        queue brought them to another agent."""
        sent_on = bool(self.queue) and self.ended in NEXT_IN_QUEUE
        return self.kind is ContactKind.CALL_MISSED and self.ended not in NOBODY_WAITS and not sent_on


class Which(StrEnum):
    """MISSED as `OwnCall.is_missed` says."""

    ALL = "all"
    MISSED = "missed"
    IN = "in"
    OUT = "out"


@dataclass(frozen=True, slots=True)
class OwnFigures:
    """`handled` calls and their mean length; None before the first."""

    handled: int
    mean_s: float | None


def _shows_names() -> bool:
    return False


class OwnDay:
    """`midnight` gives the beginning of the agent's day as an aware moment; `spell` the syllables of Chinese signs.
    `hides_names` says whether customers' names are kept back from this agent now."""

    def __init__(
        self,
        log: DayLog,
        clock: Callable[[], datetime],
        midnight: Callable[[], datetime],
        plan: DialPlan,
        spell: Callable[[str], list[str]],
        hides_names: Callable[[], bool] = _shows_names,
    ) -> None:
        self._log = log
        self._clock = clock
        self._midnight = midnight
        self._plan = plan
        self._spell = spell
        self._hides_names = hides_names

    def add(self, call: OwnCall) -> tuple[OwnCall, ...]:
        """Keeps the call; returns today's, the latest first. Raises DiskFull, OutboxDamaged, StoreBusy."""
        plain = asdict(call) | {
            "kind": call.kind.value,
            "at": moment.to_text(call.at),
            "words": " ".join(self._words(call)),
        }
        self._log.put(call.key, moment.to_text(call.at), plain, moment.to_text(self._clock() - KEPT))
        return self.calls()

    def calls(self) -> tuple[OwnCall, ...]:
        """Today's calls, the latest first. Raises OutboxDamaged."""
        return self._shown(self._log.since(moment.to_text(self._midnight())))

    def find(self, typed: str, which: Which, after: OwnCall | None = None) -> tuple[OwnCall, ...]:
        """The next PAGE calls, the latest first, behind `after`. `typed` is part of a name, of its pinyin or of a
        number. Raises OutboxDamaged."""
        text = typed.strip().casefold()
        if text and not any(sign.isalpha() for sign in text):
            text = "".join(sign for sign in text if sign.isdigit() or sign in "+*#")
        behind = None if after is None else Place(moment.to_text(after.at), after.key)
        return self._shown(self._log.find(text, which.value, behind, PAGE))

    def _shown(self, found: Iterable[Mapping[str, Any]]) -> tuple[OwnCall, ...]:
        """Calls of before the rule keep whom they were with: found by the name, and shown without it."""
        calls = tuple(map(_own, found))
        if not self._hides_names():
            return calls
        return tuple(replace(one, name=hidden_name(one.name)) if one.customer_id else one for one in calls)

    def missed(self) -> int:
        """Missed calls that the agent has not looked at. Raises OutboxDamaged."""
        return self._log.missed()

    def look(self) -> None:
        """The agent sees the missed calls. Raises DiskFull, OutboxDamaged, StoreBusy."""
        self._log.look(moment.to_text(self._clock()))

    def _words(self, call: OwnCall) -> Iterable[str]:
        syllables = self._spell(call.name)
        key = normalise(call.number, self._plan)
        as_written = display(key, self._plan) if key else ""
        return dict.fromkeys(
            (
                call.name.casefold(),
                "".join(syllables),
                "".join(syllable[0] for syllable in syllables),
                call.number.casefold(),
                key or "",
                "".join(sign for sign in as_written if sign.isdigit()),
            )
        )


def figures(calls: Iterable[OwnCall]) -> OwnFigures:
    lengths = [call.handled_s for call in calls if call.handled_s is not None]
    return OwnFigures(len(lengths), sum(lengths) / len(lengths) if lengths else None)


def _own(plain: Mapping[str, Any]) -> OwnCall:
    return OwnCall(
        key=plain["key"],
        kind=ContactKind(plain["kind"]),
        at=moment.from_text(plain["at"]),
        name=plain["name"],
        number=plain["number"],
        queue=plain["queue"],
        customer_id=plain["customer_id"],
        handled_s=plain["handled_s"],
        shown_number=plain.get("shown_number", ""),
        ended=plain.get("ended", ""),
        score=plain.get("score"),
    )
