"""One rule of signals as a form: what it looks at, what it says in both languages, what is to be done.

Values and wishes of a RowForm, and `show_directory`.
"""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtGui import QFocusEvent, QIntValidator

from agent_desktop.ui.appearance.look import Look
from agent_desktop.ui.customer.signal_words import action_word, kind_word
from agent_desktop.ui.directory import Directory
from agent_desktop.ui.row_editing.form import RowForm
from agent_desktop.ui.signals.conditions import Conditions
from agent_desktop.ui.signals.words import explain_fault, fact_word, field_word
from agent_desktop.ui.widgets.choice import Pick
from agent_desktop.ui.widgets.controls import Tick
from agent_desktop.ui.widgets.parts import Label, set_property
from agent_desktop.ui.widgets.typing import TextLine
from agent_model.signal import SignalAction, SignalKind, SignalRule
from agent_model.signal_facts import FACTS
from agent_model.signal_rules import Fault
from agent_model.words import Words

LINES = ("title.zh", "title.en", "reason.zh", "reason.en", "weight", "quiet_days")
NO_NUMBER = -1


class SignalRuleForm(RowForm[SignalRule]):
    def __init__(self, look: Look) -> None:
        super().__init__(look, self.tr("Rule"), self.tr("Nobody has changed this rule yet."))
        self.is_on = Tick(look, self.tr("In force"))
        self.kind, self.action = Pick(look), Pick(look)
        for kind in SignalKind:
            self.kind.addItem(kind_word(kind), kind.value)
        for action in SignalAction:
            self.action.addItem(action_word(action), action.value)
        self.lines = {name: _RuleLine(field_word(name)) for name in LINES}
        for name in ("weight", "quiet_days"):
            self.lines[name].setValidator(QIntValidator(0, 9999, self))
        self.conditions = Conditions(look)
        self.facts = Pick(look)
        self.facts.setAccessibleName(self.tr("Put a fact into the reason"))
        self.facts.addItem(self.tr("Put a fact into the reason"), "")
        for fact in FACTS:
            self.facts.addItem(fact_word(fact), fact)
        self._reason: TextLine = self.lines["reason.zh"]
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        self.add_to_head(self.is_on)
        grid = self._grid()
        self._cell(grid, 0, 0, self.tr("Kind"), self.kind)
        self._cell(grid, 0, 1, self.tr("Action"), self.action)
        self._cell(grid, 0, 2, field_word("weight"), self.lines["weight"])
        self._cell(grid, 0, 3, field_word("quiet_days"), self.lines["quiet_days"])
        self._cell(grid, 3, 0, field_word("title.zh"), self.lines["title.zh"], 2)
        self._cell(grid, 3, 2, field_word("title.en"), self.lines["title.en"], 2)
        self._cell(grid, 6, 0, field_word("reason.zh"), self.lines["reason.zh"], 4)
        self._cell(grid, 9, 0, field_word("reason.en"), self.lines["reason.en"], 4)
        grid.addWidget(self.facts, 12, 0, 1, 2)
        for column, stretch in enumerate((2, 2, 1, 1)):
            grid.setColumnStretch(column, stretch)
        self.inside.addSpacing(self._look.px(4))
        self.inside.addWidget(Label("meta", self.tr("Conditions: all of them together make the signal")))
        self.inside.addWidget(self.conditions)

    def _connect(self) -> None:
        for name, line in self.lines.items():
            line.textChanged.connect(self._tell)
            line.returnPressed.connect(self.send)
            if name.startswith("reason"):
                line.came.connect(lambda line=line: self._write_in(line))
        for pick in (self.kind, self.action):
            pick.currentIndexChanged.connect(self._tell)
        self.is_on.toggled.connect(self._tell)
        self.conditions.changed.connect(self._tell)
        self.facts.activated.connect(self._insert_fact)

    def _written(self, shown: SignalRule) -> SignalRule:
        text = {name: line.text().strip() for name, line in self.lines.items()}
        return replace(
            shown,
            kind=SignalKind(self.kind.currentData()),
            action=SignalAction(self.action.currentData()),
            title=Words(text["title.zh"], text["title.en"]),
            reason=Words(text["reason.zh"], text["reason.en"]),
            conditions=self.conditions.conditions,
            weight=_whole(text["weight"]),
            quiet_days=_whole(text["quiet_days"]),
            is_on=self.is_on.isChecked(),
        )

    def _fill(self, rule: SignalRule) -> None:
        self.kind.setCurrentIndex(self.kind.findData(rule.kind.value))
        self.action.setCurrentIndex(self.action.findData(rule.action.value))
        values = {
            "title.zh": rule.title.zh,
            "title.en": rule.title.en,
            "reason.zh": rule.reason.zh,
            "reason.en": rule.reason.en,
            "weight": "" if rule.weight == NO_NUMBER else str(rule.weight),
            "quiet_days": "" if rule.quiet_days == NO_NUMBER else str(rule.quiet_days),
        }
        for name, line in self.lines.items():
            line.setText(values[name])
            line.setCursorPosition(0)
        self.is_on.setChecked(rule.is_on)
        self.conditions.show_conditions(rule.conditions)

    def show_directory(self, names: Directory) -> None:
        shown, self._shown = self._shown, None
        self.conditions.show_directory(names)
        self._shown = shown

    def show_faults(self, faults: Sequence[Fault]) -> None:
        wrong = {fault.field for fault in faults}
        for name, line in self.lines.items():
            set_property(line, "fault", name in wrong)
        self.conditions.mark(frozenset(fault.place for fault in faults if fault.place is not None))
        self._say("\n".join(explain_fault(fault) for fault in faults))
        first = next((name for name in LINES if name in wrong), None)
        if first is not None:
            self.lines[first].setFocus()

    def _write_in(self, line: TextLine) -> None:
        self._reason = line

    def _insert_fact(self) -> None:
        """Where the cursor is in the reason that was written in last."""
        fact = self.facts.currentData()
        with QSignalBlocker(self.facts):
            self.facts.setCurrentIndex(0)
        if fact:
            self._reason.insert(f"{{{fact}}}")
            self._reason.setFocus()


class _RuleLine(TextLine):
    """`came` when the keyboard comes to it."""

    came = Signal()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.came.emit()


def _whole(text: str) -> int:
    return int(text) if text.isdecimal() else NO_NUMBER
