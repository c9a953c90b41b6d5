"""Reasons for not being ready: how long each is meant to last, how many may be away at once, and who has to agree."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from agent_model.words import Words

NO_ANSWER: Final = "no_answer"
"""The reason of whom the exchange rang in vain: no caller is offered to a place that nobody sits at."""
LONGEST_NAME: Final = 40
MINUTES: Final = range(1, 24 * 60 + 1)
POSITIONS: Final = range(10_000)
AT_ONCE: Final = range(10_000)
MOST_QUOTAS: Final = 500

Place = tuple[str, Collection[str]]
"""The team of somebody, and the queues they serve."""


@dataclass(frozen=True, slots=True)
class BreakQuota:
    """At most `at_once` of a team, of those who serve a queue, of both together, or of everybody may be away."""

    at_once: int
    team: str | None = None
    queue: str | None = None

    def is_about(self, team: str, queues: Collection[str]) -> bool:
        """Whether somebody of that team and those queues is counted."""
        return self.team in (None, team) and (self.queue is None or self.queue in queues)


@dataclass(frozen=True, slots=True)
class BreakReason:
    """`minutes` None: as long as it needs. Where a quota is full one stands in line; with `needs_approval` a lead
    agrees first. One that is not `is_on` is offered to nobody any more."""

    id: str
    name: Words
    minutes: int | None = None
    position: int = 0
    needs_approval: bool = False
    places: tuple[BreakQuota, ...] = ()
    is_on: bool = True
    changed_by: str | None = None
    changed_at: datetime | None = None
    version: int = 0

    @property
    def is_free(self) -> bool:
        """Whether one just goes, without asking."""
        return not (self.needs_approval or self.places)


class Away(StrEnum):
    """How a wish for a break stands. ASKED waits for a lead, IN_LINE for a place; GRANTED holds a place until the
    break is over; REFUSED and OVER are told once."""

    ASKED = "asked"
    IN_LINE = "in_line"
    GRANTED = "granted"
    REFUSED = "refused"
    OVER = "over"


class ReasonFault(StrEnum):
    """Why a field of a reason does not do."""

    MISSING = "missing"
    TOO_LONG = "too_long"
    TOO_MANY = "too_many"
    TWICE = "twice"
    OUT_OF_RANGE = "out_of_range"
    UNKNOWN = "unknown"


SHIPPED: Final = (
    BreakReason("short", Words("小休", "Short break"), 15, 1),
    BreakReason("meal", Words("用餐", "Meal"), 45, 2),
    BreakReason("training", Words("培训", "Training"), None, 3),
    BreakReason("meeting", Words("会议", "Meeting"), None, 4),
)


def in_force(own: Iterable[BreakReason]) -> tuple[BreakReason, ...]:
    """The reasons of a company: its own, and those that are shipped which it has not changed, as they are offered."""
    found = {one.id: one for one in (*SHIPPED, *own)}
    return tuple(sorted(found.values(), key=lambda one: (one.position, one.id)))


def has_room(
    reason: BreakReason, who: tuple[str, Collection[str]], away: Sequence[tuple[str, Collection[str]]]
) -> bool:
    """Whether one more, of that team and those queues, may be away beside those who are."""
    counted = (quota for quota in reason.places if quota.is_about(*who))
    return all(sum(quota.is_about(*one) for one in away) < quota.at_once for quota in counted)


def faults(reason: BreakReason, teams: Collection[str], queues: Collection[str]) -> dict[str, ReasonFault]:
    """What is wrong with one, by field; empty when it may stand."""
    wrong: dict[str, ReasonFault] = {}
    for language, name in (("zh", reason.name.zh), ("en", reason.name.en)):
        if not name.strip():
            wrong[f"name.{language}"] = ReasonFault.MISSING
        elif len(name) > LONGEST_NAME or not name.isprintable():
            wrong[f"name.{language}"] = ReasonFault.TOO_LONG
    if reason.minutes is not None and reason.minutes not in MINUTES:
        wrong["minutes"] = ReasonFault.OUT_OF_RANGE
    if reason.position not in POSITIONS:
        wrong["position"] = ReasonFault.OUT_OF_RANGE
    if len(reason.places) > MOST_QUOTAS:
        wrong["places"] = ReasonFault.TOO_MANY
    seen: set[tuple[str | None, str | None]] = set()
    for nth, quota in enumerate(reason.places):
        is_known = quota.team in (None, *teams) and quota.queue in (None, *queues)
        if quota.at_once not in AT_ONCE:
            wrong[f"places.{nth}"] = ReasonFault.OUT_OF_RANGE
        elif not is_known:
            wrong[f"places.{nth}"] = ReasonFault.UNKNOWN
        elif (quota.team, quota.queue) in seen:
            wrong[f"places.{nth}"] = ReasonFault.TWICE
        seen.add((quota.team, quota.queue))
    return wrong
