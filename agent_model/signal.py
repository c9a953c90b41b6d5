"""Signals: what a rule of the company sees in the facts about a customer, and what came of acting on it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from agent_model.words import Words


class SignalKind(StrEnum):
    """What a signal is about."""

    CHURN = "churn"
    SALES = "sales"
    PRIORITY = "priority"
    LANGUAGE = "language"
    REPEAT = "repeat"
    LAST_AGENT = "last_agent"


class SignalAction(StrEnum):
    """What the agent is to do about it: keep the customer (挽留), offer something (商机), have them called back."""

    RETENTION = "retention"
    OPPORTUNITY = "opportunity"
    CALLBACK = "callback"


class SignalOutcome(StrEnum):
    """What came of the action."""

    OFFERED = "offered"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    LATER = "later"


class Comparison(StrEnum):
    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    IS = "is"
    IS_NOT = "is_not"


@dataclass(frozen=True, slots=True)
class Condition:
    """One fact (`signal_facts`) compared with a value of its kind."""

    fact: str
    comparison: Comparison
    value: int | float | str


@dataclass(frozen=True, slots=True)
class SignalRule:
    """All `conditions` together make the signal; the heaviest `weight` stands first. `title` is the word on the screen;
    `reason` says why, with facts in braces (`since {same_issue_since}`). A result quietens it for `quiet_days`.

    `version` 0 is the rule as it was shipped; the server says who changed it, and when.
    """

    id: str
    kind: SignalKind
    title: Words
    reason: Words
    conditions: tuple[Condition, ...]
    action: SignalAction
    weight: int = 50
    quiet_days: int = 14
    is_on: bool = True
    changed_by: str | None = None
    changed_at: datetime | None = None
    version: int = 0


@dataclass(frozen=True, slots=True)
class SignalResult:
    """What became of one signal: `reason` is what the agent read."""

    rule: str
    rule_version: int
    action: SignalAction
    outcome: SignalOutcome
    reason: str
    agent: str
    at: datetime
    call_ref: str | None = None
