"""What happens on the floor as facts, and the totals they add up to in any order (docs/metrics.md).

Times are whole milliseconds, so that no order of adding changes a total.
"""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import Final, NewType
from zoneinfo import ZoneInfo

from agent_model.agent import AgentState
from agent_model.floor_figures import Sums
from agent_model.moment import ms_between, to_text

Quarter = NewType("Quarter", int)
"""A quarter of an hour, counted from 1970."""
QUARTER_S: Final = 900


class Kind(StrEnum):
    """What a fact says. STATE is time in a state; the others happened to a call once each."""

    ASKED = "asked"
    OFFERED = "offered"
    RANG_OUT = "rang_out"
    REFUSED = "refused"
    ANSWERED = "answered"
    GAVE_UP = "gave_up"
    OVERFLOWED = "overflowed"
    ENDED = "ended"
    STATE = "state"


class Source(StrEnum):
    """Who says so. What the server GUESSED of a workstation that was gone gives way to what it TOLD afterwards."""

    EXCHANGE = "exchange"
    TOLD = "told"
    GUESSED = "guessed"


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that adds to the figures of a quarter. Of a call this is the quarter in which the caller asked for a
    person; time in a state is cut where quarters end. `span_ms` is the wait, the ringing, the talk or the time in the
    state; `held_ms` is beside the talk."""

    at: datetime
    quarter: Quarter
    kind: Kind
    exchange: str = ""
    call: str = ""
    queue: str = ""
    team: str = ""
    agent: str = ""
    state: str = ""
    reason: str = ""
    source: Source = Source.EXCHANGE
    count: int = 1
    in_time: int = 0
    short: int = 0
    span_ms: int = 0
    held_ms: int = 0

    @property
    def key(self) -> str:
        """The same for the same fact, so that it is entered once."""
        said = (self.exchange, self.call, self.kind, self.queue, self.agent, self.state, to_text(self.at))
        return hashlib.blake2b("\0".join(said).encode(), digest_size=16).hexdigest()


@dataclass(frozen=True, slots=True)
class Totals:
    """`ended` are legs that ended with callers of a queue, `others` all other legs of agents. `waited_ms` is the wait
    of the answered, `gave_up_ms` of those who gave up. Five come from contacts, which a later contact may change: they
    are read anew each time; `planned_ms` and `kept_ms` are of plans of shifts."""

    asked: int = 0
    offered: int = 0
    rang_out: int = 0
    refused: int = 0
    answered: int = 0
    in_time: int = 0
    waited_ms: int = 0
    gave_up: int = 0
    gave_up_short: int = 0
    gave_up_ms: int = 0
    overflowed: int = 0
    ended: int = 0
    talked_ms: int = 0
    held_ms: int = 0
    others: int = 0
    others_ms: int = 0
    ready_ms: int = 0
    on_call_ms: int = 0
    wrapped_ms: int = 0
    break_ms: int = 0
    judged: int = 0
    solved_first: int = 0
    repeats: int = 0
    rated: int = 0
    dialled: int = 0
    planned_ms: int = 0
    kept_ms: int = 0

    def __add__(self, other: "Totals") -> "Totals":
        return Totals(*(getattr(self, name) + getattr(other, name) for name in NAMES))

    def __sub__(self, other: "Totals") -> "Totals":
        return Totals(*(getattr(self, name) - getattr(other, name) for name in NAMES))

    @property
    def sums(self) -> Sums:
        """As boards and reports get them: in seconds, with the figures they give."""
        return Sums(
            asked=self.asked,
            answered=self.answered,
            in_time=self.in_time,
            gave_up=self.gave_up,
            gave_up_short=self.gave_up_short,
            overflowed=self.overflowed,
            waited_s=self.waited_ms / 1000,
            ended=self.ended,
            talked_s=self.talked_ms / 1000,
            held_s=self.held_ms / 1000,
            wrapped_s=self.wrapped_ms / 1000,
            judged=self.judged,
            solved_first=self.solved_first,
            repeats=self.repeats,
            rated=self.rated,
            dialled=self.dialled,
            rang_out=self.rang_out,
            refused=self.refused,
            busy_s=(self.on_call_ms + self.wrapped_ms) / 1000,
            ready_s=self.ready_ms / 1000,
            break_s=self.break_ms / 1000,
            planned_s=self.planned_ms / 1000,
            kept_s=self.kept_ms / 1000,
        )


NAMES: Final = tuple(field.name for field in fields(Totals))


@dataclass(frozen=True, slots=True)
class Adds:
    """Which facts a total adds up, and what of them. `has_queue` None: of whichever queue, or none."""

    kind: Kind
    what: str = "count"
    state: AgentState | None = None
    has_queue: bool | None = None

    def to(self, fact: Fact) -> int:
        is_it = (
            fact.kind is self.kind
            and (self.state is None or fact.state == self.state.value)
            and (self.has_queue is None or bool(fact.queue) is self.has_queue)
        )
        return int(getattr(fact, self.what)) if is_it else 0


ADDED: Final[Mapping[str, Adds]] = {
    "asked": Adds(Kind.ASKED),
    "offered": Adds(Kind.OFFERED),
    "rang_out": Adds(Kind.RANG_OUT),
    "refused": Adds(Kind.REFUSED),
    "answered": Adds(Kind.ANSWERED),
    "in_time": Adds(Kind.ANSWERED, "in_time"),
    "waited_ms": Adds(Kind.ANSWERED, "span_ms"),
    "gave_up": Adds(Kind.GAVE_UP),
    "gave_up_short": Adds(Kind.GAVE_UP, "short"),
    "gave_up_ms": Adds(Kind.GAVE_UP, "span_ms"),
    "overflowed": Adds(Kind.OVERFLOWED),
    "ended": Adds(Kind.ENDED, has_queue=True),
    "talked_ms": Adds(Kind.ENDED, "span_ms", has_queue=True),
    "held_ms": Adds(Kind.ENDED, "held_ms", has_queue=True),
    "others": Adds(Kind.ENDED, has_queue=False),
    "others_ms": Adds(Kind.ENDED, "span_ms", has_queue=False),
    "ready_ms": Adds(Kind.STATE, "span_ms", AgentState.READY),
    "on_call_ms": Adds(Kind.STATE, "span_ms", AgentState.ON_CALL),
    "wrapped_ms": Adds(Kind.STATE, "span_ms", AgentState.AFTER_CALL_WORK),
    "break_ms": Adds(Kind.STATE, "span_ms", AgentState.BREAK),
}
"""What each of the totals is made of, here and in SQL."""


def totals_of(fact: Fact) -> Totals:
    return Totals(**{name: adds.to(fact) for name, adds in ADDED.items()})


def quarter_of(at: datetime) -> Quarter:
    return Quarter(int(at.timestamp() // QUARTER_S))


def begin_of(quarter: Quarter) -> datetime:
    return datetime.fromtimestamp(quarter * QUARTER_S, UTC)


def quarters_of(day: date, zone: ZoneInfo) -> range:
    """Those of a day where the centre stands."""
    first, last = (datetime.combine(on, time(), zone).astimezone(UTC) for on in (day, day + timedelta(days=1)))
    return range(quarter_of(first), quarter_of(last))


def pieces(since: datetime, until: datetime) -> Iterator[tuple[Quarter, datetime, int]]:
    """A span of time, cut where quarters end: each quarter, where its piece begins, its milliseconds."""
    while since < until:
        quarter = quarter_of(since)
        end = min(begin_of(Quarter(quarter + 1)), until)
        yield quarter, since, ms_between(since, end)
        since = end
