"""The rules in force: those of the company, and the shipped ones that it has not put its own in the place of."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from agent_desktop.offline.view import View
from agent_desktop.offline.whole_rows import put_whole
from agent_model.agent import Role
from agent_model.body import from_body, to_body
from agent_model.command import Command
from agent_model.signal import SignalAction, SignalKind, SignalRule
from agent_model.signal_defaults import SHIPPED
from agent_model.signal_rules import Fault, faults
from agent_model.wire import Row
from agent_model.words import Words

EDITORS = frozenset({Role.TEAM_LEAD, Role.DUTY_MANAGER})
"""Who may change rules; the server says the same."""
DRAFTS = "signal_rule"


class NotARule(Exception):
    """`faults` say what is wrong with it; nothing was kept."""

    def __init__(self, found: tuple[Fault, ...]) -> None:
        super().__init__(found)
        self.faults = found


@dataclass(frozen=True, slots=True)
class RuleDraft:
    """A rule that is being written; `seen` is the one it was before, None where it is new."""

    rule: SignalRule
    seen: SignalRule | None


class RuleBook:
    """Reads through `view`, so that a rule changed here is in force here at once. What is being written is kept as a
    draft; every method that writes raises DiskFull, OutboxDamaged or StoreBusy."""

    def __init__(self, view: View, clock: Callable[[], datetime], new_id: Callable[[], str]) -> None:
        self._view = view
        self._clock = clock
        self._new_id = new_id

    def all(self) -> tuple[SignalRule, ...]:
        """The heaviest first, also those that are off. Rows that are no rules are left out."""
        rules = {rule.id: rule for rule in SHIPPED}
        rules |= {rule.id: rule for row in self._view.rows("signal_rule") if (rule := _rule(row)) is not None}
        return tuple(sorted(rules.values(), key=lambda rule: (-rule.weight, rule.id)))

    def in_force(self) -> tuple[SignalRule, ...]:
        return tuple(rule for rule in self.all() if rule.is_on and not faults(rule))

    def save(self, draft: RuleDraft) -> Command | None:
        """Kept before this returns, and sent with the next round; None when nothing is different. The draft is gone.
        What somebody else has changed since it was seen is not undone. Raises NotARule."""
        if found := faults(draft.rule):
            raise NotARule(found)
        command = self._send(draft)
        self.drop(draft.rule.id)
        return command

    def fresh(self) -> SignalRule:
        """A rule that is yet to be written."""
        nothing = Words("", "")
        return SignalRule(self._new_id(), SignalKind.CHURN, nothing, nothing, (), SignalAction.RETENTION)

    def keep(self, draft: RuleDraft) -> None:
        """As it is written so far, whatever is wrong with it."""
        body = {"rule": _whole(draft.rule), "seen": None if draft.seen is None else _whole(draft.seen)}
        self._view.outbox.save_draft(draft.rule.id, body, self._clock(), DRAFTS)

    def drop(self, rule_id: str) -> None:
        self._view.outbox.drop_draft(rule_id, DRAFTS)

    def drafts(self) -> tuple[RuleDraft, ...]:
        """What was begun and not saved, the latest first."""
        drafts = (_draft(found.key, found.body) for found in self._view.outbox.drafts(DRAFTS))
        return tuple(draft for draft in drafts if draft is not None)

    def _send(self, draft: RuleDraft) -> Command | None:
        rule, seen = draft.rule, draft.seen
        before = None if seen is None else (to_body(seen), seen.version)
        return put_whole(self._view, "signal_rule", rule.id, to_body(rule), before, self._clock())


def _whole(rule: SignalRule) -> dict[str, Any]:
    return {**to_body(rule), "version": rule.version}


def _draft(rule_id: str, body: Mapping[str, Any]) -> RuleDraft | None:
    rule, seen = (
        None if told is None else _rule(Row("signal_rule", rule_id, int(told.get("version", 0)), told))
        for told in (body.get("rule"), body.get("seen"))
    )
    return None if rule is None else RuleDraft(rule, seen)


def _rule(row: Row) -> SignalRule | None:
    try:
        return from_body(SignalRule, row.id, row.version, row.body)
    except (KeyError, TypeError, ValueError):
        return None
