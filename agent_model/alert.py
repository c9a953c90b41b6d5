"""Alerts of the floor: rules that say what those who lead are to be told of, and what was told by them."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from agent_model.floor_bound import Grade
from agent_model.words import Words

LONGEST_NAME: Final = 40
USUAL_MOS: Final = 3.1
"""Below it nearly all users of a telephone are dissatisfied with how it sounds (ITU-T G.107 Annex B)."""
LOWEST_MOS, HIGHEST_MOS = 1.0, 4.5
"""What a telephone line comes to at all."""


class AlertKind(StrEnum):
    """What is watched. Of SERVICE_LEVEL little is bad, of all others much."""

    LONG_CALL = "long_call"
    LONG_HOLD = "long_hold"
    LONG_WAIT = "long_wait"
    SERVICE_LEVEL = "service_level"
    RING_NO_ANSWER = "ring_no_answer"
    ABUSIVE_CALL = "abusive_call"
    BAD_LINES = "bad_lines"


LOOKS_BACK: Final = frozenset(
    {AlertKind.SERVICE_LEVEL, AlertKind.RING_NO_ANSWER, AlertKind.ABUSIVE_CALL, AlertKind.BAD_LINES}
)
"""What was within the last `within_min` minutes counts; of the others what is now."""
OF_AGENTS: Final = frozenset(
    {AlertKind.LONG_CALL, AlertKind.LONG_HOLD, AlertKind.RING_NO_ANSWER, AlertKind.ABUSIVE_CALL}
)
LIMITS: Final[Mapping[AlertKind, range]] = {
    AlertKind.LONG_CALL: range(10, 86_401),
    AlertKind.LONG_HOLD: range(5, 86_401),
    AlertKind.LONG_WAIT: range(5, 86_401),
    AlertKind.SERVICE_LEVEL: range(1, 101),
    AlertKind.RING_NO_ANSWER: range(1, 101),
    AlertKind.ABUSIVE_CALL: range(4),
    AlertKind.BAD_LINES: range(1, 10_001),
}
WITHIN_MIN: Final = range(1, 24 * 60 + 1)
QUIET_MIN: Final = range(24 * 60 + 1)


@dataclass(frozen=True, slots=True)
class AlertRule:
    """`limit`: seconds of a call, a hold, a wait; percent that a service level falls below; times that somebody let it
    ring; steps said to an abusive caller (0: once the call is marked); telephones that sound poor, which is a MOS below
    `poor_mos`. It is about one `queue` and one `team`, or about every one. Once it is over, the same person or queue is
    told of again after `quiet_min` at the soonest."""

    id: str
    name: Words
    kind: AlertKind
    limit: int
    within_min: int = 30
    quiet_min: int = 10
    poor_mos: float = USUAL_MOS
    grade: Grade = Grade.WARN
    queue: str | None = None
    team: str | None = None
    is_on: bool = True
    changed_by: str | None = None
    changed_at: datetime | None = None
    version: int = 0

    @property
    def within(self) -> timedelta:
        return timedelta(minutes=self.within_min)

    def is_about(self, queue: str, teams: Collection[str]) -> bool:
        return self.queue in (None, queue) and (self.team is None or self.team in teams)


class AlertRuleFault(StrEnum):
    """Why a field of a rule does not do."""

    MISSING = "missing"
    TOO_LONG = "too_long"
    OUT_OF_RANGE = "out_of_range"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Alert:
    """One occurrence, told once. `value` is what was found when it began, in what the rule's `limit` is in; `agent` and
    `queue` are empty where it is about none; `ended_at` None: it still is so. `taken_by`: the lead who looks after it
    since `taken_at`; empty while nobody does."""

    id: str
    rule: str
    name: Words
    kind: AlertKind
    grade: Grade
    value: int
    limit: int
    began_at: datetime
    queue: str = ""
    agent: str = ""
    ended_at: datetime | None = None
    taken_by: str = ""
    taken_at: datetime | None = None


SHIPPED: Final = (
    AlertRule("long_call", Words("通话过长", "Long call"), AlertKind.LONG_CALL, 900),
    AlertRule("long_hold", Words("保持过长", "Long hold"), AlertKind.LONG_HOLD, 120),
    AlertRule("long_wait", Words("等待过长", "Long wait"), AlertKind.LONG_WAIT, 120, grade=Grade.BAD),
    AlertRule(
        "service_level", Words("服务水平下降", "Service level falls"), AlertKind.SERVICE_LEVEL, 70, grade=Grade.BAD
    ),
    AlertRule("ring_no_answer", Words("多次振铃未接", "Lets it ring again and again"), AlertKind.RING_NO_ANSWER, 2),
    AlertRule("abusive_call", Words("来电辱骂", "Abusive call"), AlertKind.ABUSIVE_CALL, 0, grade=Grade.BAD),
    AlertRule(
        "bad_lines", Words("多部话机音质差", "Many telephones sound poor"), AlertKind.BAD_LINES, 5, grade=Grade.BAD
    ),
)


def in_force(own: Iterable[AlertRule]) -> tuple[AlertRule, ...]:
    """The rules of a company: its own, and those that are shipped which it has not changed."""
    found = {one.id: one for one in (*SHIPPED, *own)}
    return tuple(one for one in found.values() if one.is_on)


def faults(rule: AlertRule, teams: Collection[str], queues: Collection[str]) -> dict[str, AlertRuleFault]:
    """What is wrong with one, by field; empty when it may stand."""
    wrong: dict[str, AlertRuleFault] = {}
    for language, name in (("zh", rule.name.zh), ("en", rule.name.en)):
        if not name.strip():
            wrong[f"name.{language}"] = AlertRuleFault.MISSING
        elif len(name) > LONGEST_NAME or not name.isprintable():
            wrong[f"name.{language}"] = AlertRuleFault.TOO_LONG
    ranges = (
        ("limit", rule.limit, LIMITS[rule.kind]),
        ("within_min", rule.within_min, WITHIN_MIN),
        ("quiet_min", rule.quiet_min, QUIET_MIN),
    )
    wrong |= {name: AlertRuleFault.OUT_OF_RANGE for name, value, allowed in ranges if value not in allowed}
    if not LOWEST_MOS <= rule.poor_mos <= HIGHEST_MOS:
        wrong["poor_mos"] = AlertRuleFault.OUT_OF_RANGE
    if rule.grade is Grade.FINE:
        wrong["grade"] = AlertRuleFault.OUT_OF_RANGE
    if rule.queue not in (None, *queues):
        wrong["queue"] = AlertRuleFault.UNKNOWN
    if rule.team not in (None, *teams):
        wrong["team"] = AlertRuleFault.UNKNOWN
    return wrong
