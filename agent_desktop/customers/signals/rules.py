"""The rules in force: those of the company, and the shipped ones that it has not put its own in the place of."""

from collections.abc import Callable
from datetime import datetime

from agent_desktop.offline.view import View
from agent_desktop.offline.whole_rows import WholeRows
from agent_model.agent import Role
from agent_model.signal import SignalAction, SignalKind, SignalRule
from agent_model.signal_defaults import SHIPPED
from agent_model.signal_rules import faults
from agent_model.words import Words

EDITORS = frozenset({Role.TEAM_LEAD, Role.DUTY_MANAGER})
"""Who may change rules; the server says the same."""


class RuleBook(WholeRows[SignalRule]):
    def __init__(self, view: View, clock: Callable[[], datetime], new_id: Callable[[], str]) -> None:
        super().__init__(view, clock, "signal_rule", SignalRule, faults)
        self._new_id = new_id

    def all(self) -> tuple[SignalRule, ...]:
        """The heaviest first, also those that are off."""
        rules = {rule.id: rule for rule in (*SHIPPED, *self.of_the_company())}
        return tuple(sorted(rules.values(), key=lambda rule: (-rule.weight, rule.id)))

    def in_force(self) -> tuple[SignalRule, ...]:
        return tuple(rule for rule in self.all() if rule.is_on and not faults(rule))

    def fresh(self) -> SignalRule:
        """A rule that is yet to be written."""
        nothing = Words("", "")
        return SignalRule(self._new_id(), SignalKind.CHURN, nothing, nothing, (), SignalAction.RETENTION)
