"""The rules in force: those of the company, and the shipped ones that it has not put its own in the place of."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from agent_desktop.offline.view import View
from agent_model.agent import Role
from agent_model.body import from_body, to_body
from agent_model.command import Command, CommandKind, FieldChange
from agent_model.signal import SignalRule
from agent_model.signal_defaults import SHIPPED
from agent_model.signal_rules import Fault, faults
from agent_model.wire import Row

EDITORS = frozenset({Role.TEAM_LEAD, Role.DUTY_MANAGER})
"""Who may change rules; the server says the same."""
_OF_THE_SERVER = ("changed_by", "changed_at")


class NotARule(Exception):
    """`faults` say what is wrong with it; nothing was kept."""

    def __init__(self, found: tuple[Fault, ...]) -> None:
        super().__init__(found)
        self.faults = found


class RuleBook:
    """Reads through `view`, so that a rule changed here is in force here at once."""

    def __init__(self, view: View, clock: Callable[[], datetime]) -> None:
        self._view = view
        self._clock = clock

    def all(self) -> tuple[SignalRule, ...]:
        """The heaviest first, also those that are off. Rows that are no rules are left out."""
        rules = {rule.id: rule for rule in SHIPPED}
        rules |= {rule.id: rule for row in self._view.rows("signal_rule") if (rule := _rule(row)) is not None}
        return tuple(sorted(rules.values(), key=lambda rule: (-rule.weight, rule.id)))

    def in_force(self) -> tuple[SignalRule, ...]:
        return tuple(rule for rule in self.all() if rule.is_on and not faults(rule))

    def save(self, rule: SignalRule) -> Command | None:
        """Kept before this returns, and sent with the next round; None when nothing is different.
        Raises NotARule, DiskFull, OutboxDamaged, StoreBusy."""
        if found := faults(rule):
            raise NotARule(found)
        now, outbox = self._clock(), self._view.outbox
        wanted = {name: value for name, value in to_body(rule).items() if name not in _OF_THE_SERVER}
        before = self._view.row("signal_rule", rule.id)
        if before is None:
            created = {name: FieldChange(None, value) for name, value in wanted.items()}
            return outbox.put("signal_rule", rule.id, CommandKind.CREATE, created, now)
        changes = _changes(before.body, wanted)
        if not changes:
            return None
        return outbox.put("signal_rule", rule.id, CommandKind.UPDATE, changes, now, base_version=before.version)


def _changes(before: Mapping[str, Any], wanted: Mapping[str, Any]) -> dict[str, FieldChange]:
    return {name: FieldChange(before.get(name), new) for name, new in wanted.items() if before.get(name) != new}


def _rule(row: Row) -> SignalRule | None:
    try:
        return from_body(SignalRule, row.id, row.version, row.body)
    except (KeyError, TypeError, ValueError):
        return None
