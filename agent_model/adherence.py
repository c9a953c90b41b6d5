"""Adherence (排班遵守率): how far what an agent did is what was planned, and where it is not (docs/metrics.md)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Final

from agent_model.abusive_call import COOL_DOWN
from agent_model.agent import AgentState, Spent
from agent_model.break_reason import NO_ANSWER
from agent_model.moment import ms_between
from agent_model.shift_plan import Planned, PlannedTime

RESTS: Final = frozenset({"short", "meal"})
OFF_PHONE: Final = frozenset({"training", "meeting"})
"""Reasons that are shipped. What a company calls otherwise may be either."""
WORKING: Final = frozenset({AgentState.READY, AgentState.ON_CALL, AgentState.AFTER_CALL_WORK})
OUT_AFTER: Final = timedelta(minutes=1)
"""A change of state takes its moment: who is out of plan for less is not told of."""


@dataclass(frozen=True, slots=True)
class Adherence:
    """Of the time that was planned so far, that in which the state fitted the plan."""

    planned_ms: int = 0
    kept_ms: int = 0

    def __add__(self, other: "Adherence") -> "Adherence":
        return Adherence(self.planned_ms + other.planned_ms, self.kept_ms + other.kept_ms)

    @property
    def share(self) -> float | None:
        """None where nothing was planned yet."""
        return self.kept_ms / self.planned_ms if self.planned_ms else None


@dataclass(frozen=True, slots=True)
class Kept:
    """How long, and `until` when at last, states fitted a plan."""

    ms: int = 0
    until: datetime | None = None

    def __or__(self, other: "Kept") -> "Kept":
        ends = [end for end in (self.until, other.until) if end is not None]
        return Kept(self.ms + other.ms, max(ends, default=None))


@dataclass(frozen=True, slots=True)
class AdherenceNow:
    """An agent's shift as it goes. `day` None: nothing is planned. `planned` is what is planned now, until when;
    `out_since` when the agent began not to do it, `is_late` whether they have not come at all."""

    agent: str
    day: date | None = None
    so_far: Adherence = Adherence()
    planned: Planned | None = None
    until: datetime | None = None
    out_since: datetime | None = None
    is_late: bool = False
    times: tuple[PlannedTime, ...] = ()

    def next_break(self, now: datetime) -> PlannedTime | None:
        breaks = (one for one in self.times if one.what is Planned.BREAK and one.since > now)
        return next(breaks, None)


def fits(what: Planned, state: AgentState, reason: str) -> bool:
    """The break after an abusive call is granted by rule: it is held against nobody."""
    if state is AgentState.BREAK and reason == COOL_DOWN:
        return True
    match what:
        case Planned.WORK:
            return state in WORKING
        case Planned.BREAK:
            return state is AgentState.BREAK and reason not in OFF_PHONE and reason != NO_ANSWER
        case Planned.TRAINING:
            return state is AgentState.BREAK and reason not in RESTS and reason != NO_ANSWER


def kept(plan: Sequence[PlannedTime], spent: Iterable[Spent]) -> Kept:
    """`spent` does not overlap: time counts once."""
    ms, last = 0, None
    for one in spent:
        for planned in plan:
            since, until = max(one.since, planned.since), min(one.until, planned.until)
            if since < until and fits(planned.what, one.state, one.reason):
                ms += ms_between(since, until)
                last = until if last is None else max(last, until)
    return Kept(ms, last)


def planned_ms(plan: Iterable[PlannedTime], now: datetime) -> int:
    """What was planned until now."""
    return sum(ms_between(one.since, min(one.until, now)) for one in plan if one.since < now)


def adherence(plan: Sequence[PlannedTime], spent: Iterable[Spent], now: datetime) -> Adherence:
    """`spent` is what was entered of the agent's states, with the one of now until now."""
    return Adherence(planned_ms(plan, now), kept(plan, spent).ms)


def so_far(
    agent: str, day: date, plan: tuple[PlannedTime, ...], before: Kept, standing: Spent, now: datetime
) -> AdherenceNow:
    """`before` is what was kept in states that are over, `standing` the state of now as far as it counts."""
    whole = before | kept(plan, (standing,))
    told = AdherenceNow(agent, day, Adherence(planned_ms(plan, now), whole.ms), times=plan)
    current = next((one for one in plan if one.since <= now < one.until), None)
    if current is None:
        return told
    told = replace(told, planned=current.what, until=current.until)
    begin = _begin_of(plan, current)
    out_since = begin if whole.until is None else max(begin, whole.until)
    if fits(current.what, standing.state, standing.reason) or now - out_since < OUT_AFTER:
        return told
    is_away = standing.state is AgentState.OFFLINE and standing.since <= out_since
    return replace(told, out_since=out_since, is_late=is_away and out_since == plan[0].since)


def _begin_of(plan: Sequence[PlannedTime], current: PlannedTime) -> datetime:
    """Where the planned time begins that goes on without a gap until now."""
    begin = current.since
    for one in reversed(plan):
        if one.until == begin:
            begin = one.since
    return begin
