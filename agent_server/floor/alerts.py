"""What the rules of alerts find on the floor, and which of it is told: once, and not again within its quiet time."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from agent_model.alert import Alert, AlertKind, AlertRule

LEAST_SETTLED: Final = 5
"""Callers of whom it is known what became of them, before a service level says anything."""


@dataclass(frozen=True, slots=True)
class InCall:
    """An agent's call, now."""

    call: str
    agent: str
    team: str
    queue: str
    since: datetime
    held_since: datetime | None = None


@dataclass(frozen=True, slots=True)
class Happened:
    """Something that an agent had on the floor, at a moment. `steps`: said to an abusive caller; `mos`: how a call
    sounded."""

    at: datetime
    agent: str
    team: str
    queue: str
    id: str = ""
    steps: int = 0
    mos: float = 0.0


@dataclass(frozen=True, slots=True)
class Seen:
    """The floor as rules see it. `levels` is the share and of how many callers, by queue, within the time of a rule;
    `teams_of` says whose a queue is."""

    at: datetime
    calls: Sequence[InCall] = ()
    waiting: Mapping[str, Sequence[datetime]] | None = None
    levels: Callable[[str, timedelta], tuple[float | None, int]] = lambda _queue, _within: (None, 0)
    rang_out: Sequence[Happened] = ()
    abused: Sequence[Happened] = ()
    sounded: Sequence[Happened] = ()
    teams_of: Mapping[str, Collection[str]] | None = None

    def teams(self, queue: str) -> frozenset[str]:
        return frozenset((self.teams_of or {}).get(queue, ()))


@dataclass(frozen=True, slots=True)
class Found:
    """What a rule found. `what` tells occurrences apart, `about` whom they are about: the quiet time holds for that."""

    rule: AlertRule
    what: str
    about: str
    value: int
    teams: frozenset[str]
    queue: str = ""
    agent: str = ""

    @property
    def key(self) -> str:
        return f"{self.rule.id} {self.what}"


@dataclass(frozen=True, slots=True)
class Told:
    """An alert with what it was found as, whom or what it was about, and whose leads are told of it."""

    alert: Alert
    key: str
    about: str
    teams: frozenset[str]


def find(rules: Sequence[AlertRule], seen: Seen) -> Mapping[str, Found]:
    """All that the rules find, by key."""
    return {one.key: one for rule in rules for one in _found_by(rule, seen)}


def _found_by(rule: AlertRule, seen: Seen) -> Iterator[Found]:
    match rule.kind:
        case AlertKind.LONG_CALL:
            yield from _long(rule, seen, [(one, one.since) for one in seen.calls])
        case AlertKind.LONG_HOLD:
            held = [(one, one.held_since) for one in seen.calls if one.held_since is not None]
            yield from _long(rule, seen, held)
        case AlertKind.LONG_WAIT:
            yield from _waits(rule, seen)
        case AlertKind.SERVICE_LEVEL:
            yield from _levels(rule, seen)
        case AlertKind.RING_NO_ANSWER:
            yield from _rang_out(rule, seen)
        case AlertKind.ABUSIVE_CALL:
            for one in _lately(rule, seen.abused, seen.at):
                if one.steps >= rule.limit:
                    yield Found(rule, one.id, one.agent, one.steps, frozenset({one.team}), one.queue, one.agent)
        case AlertKind.BAD_LINES:
            poor = {one.agent: one for one in _lately(rule, seen.sounded, seen.at) if one.mos < rule.poor_mos}
            if len(poor) >= rule.limit:
                teams = frozenset(one.team for one in poor.values())
                yield Found(rule, "telephones", "", len(poor), teams, rule.queue or "")


def _long(rule: AlertRule, seen: Seen, calls: Sequence[tuple[InCall, datetime]]) -> Iterator[Found]:
    for one, since in calls:
        spent_s = int((seen.at - since).total_seconds())
        if spent_s >= rule.limit and rule.is_about(one.queue, {one.team}):
            yield Found(
                rule, f"{one.agent} {one.call}", one.agent, spent_s, frozenset({one.team}), one.queue, one.agent
            )


def _waits(rule: AlertRule, seen: Seen) -> Iterator[Found]:
    for queue, since in (seen.waiting or {}).items():
        teams = seen.teams(queue)
        waited_s = int((seen.at - min(since)).total_seconds()) if since else 0
        if since and waited_s >= rule.limit and rule.is_about(queue, teams):
            yield Found(rule, queue, queue, waited_s, teams, queue)


def _levels(rule: AlertRule, seen: Seen) -> Iterator[Found]:
    for queue in seen.teams_of or {}:
        teams = seen.teams(queue)
        if not rule.is_about(queue, teams):
            continue
        share, settled = seen.levels(queue, rule.within)
        if share is not None and settled >= LEAST_SETTLED and round(share * 100, 6) < rule.limit:
            yield Found(rule, queue, queue, round(share * 100), teams, queue)


def _rang_out(rule: AlertRule, seen: Seen) -> Iterator[Found]:
    by_agent: dict[str, list[Happened]] = {}
    for one in _lately(rule, seen.rang_out, seen.at):
        by_agent.setdefault(one.agent, []).append(one)
    for agent, times in by_agent.items():
        if agent and len(times) >= rule.limit:
            last = max(times, key=lambda one: one.at)
            yield Found(rule, agent, agent, len(times), frozenset({last.team}), last.queue, agent)


def _lately(rule: AlertRule, some: Sequence[Happened], at: datetime) -> list[Happened]:
    return [one for one in some if one.at > at - rule.within and rule.is_about(one.queue, {one.team})]


class AlertBook:
    """`standing` is what was told and still is so, by key; `judge` says what is new of it and what is over."""

    def __init__(self, new_id: Callable[[], str]) -> None:
        self._new_id = new_id
        self.standing: dict[str, Told] = {}
        self._over_at: dict[tuple[str, str], datetime] = {}

    def was_told(self, told: Told) -> None:
        """By whoever led before, the oldest first: it is over if it is not found again, and its quiet time holds."""
        if told.alert.ended_at is None:
            self.standing[told.key] = told
        else:
            self._over_at[told.alert.rule, told.about] = told.alert.ended_at

    def judge(self, found: Mapping[str, Found], at: datetime) -> list[Told]:
        """`found` is by key, as of now. What stands is told again where its rule was changed, or it is about more teams
        by now."""
        changed = [self._end(key, at) for key in tuple(self.standing) if key not in found]
        for key, one in found.items():
            stood = self.standing.get(key)
            if stood is None and not self._may_tell(one, at):
                continue
            told = self._begun(one, at) if stood is None else _goes_on(stood, one)
            if told != stood:
                self.standing[key] = told
                changed.append(told)
        return changed

    def _end(self, key: str, at: datetime) -> Told:
        told = self.standing.pop(key)
        self._over_at[told.alert.rule, told.about] = at
        return replace(told, alert=replace(told.alert, ended_at=at))

    def _may_tell(self, found: Found, at: datetime) -> bool:
        """One at a time about the same, and not before the quiet time is over."""
        whom = (found.rule.id, found.about)
        if any((told.alert.rule, told.about) == whom for told in self.standing.values()):
            return False
        over_at = self._over_at.get(whom)
        return over_at is None or at >= over_at + timedelta(minutes=found.rule.quiet_min)

    def _begun(self, found: Found, at: datetime) -> Told:
        rule = found.rule
        alert = Alert(
            self._new_id(), rule.id, rule.name, rule.kind, rule.grade, found.value, rule.limit, at, found.queue,
            found.agent,
        )  # fmt: skip
        return Told(alert, found.key, found.about, found.teams)


def _goes_on(stood: Told, found: Found) -> Told:
    """By its rule as that is now, with what was found when that was changed."""
    rule, alert = found.rule, stood.alert
    teams = stood.teams | found.teams
    if (alert.name, alert.kind, alert.grade, alert.limit) == (rule.name, rule.kind, rule.grade, rule.limit):
        return replace(stood, teams=teams)
    changed = replace(
        alert, name=rule.name, kind=rule.kind, grade=rule.grade, limit=rule.limit, value=found.value, queue=found.queue
    )
    return replace(stood, alert=changed, teams=teams)
