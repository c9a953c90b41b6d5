"""One rule of signals as a form: what it looks at, what it says in both languages, what is to be done.

Values: `show_rule(rule, version words)`, `show_faults`, `show_directory`. `changed(rule)` at every change; wishes:
`save_wanted(rule)`, `discard_wanted(id)`, `earlier_wanted(id)`, which `show_earlier` answers.
"""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QPoint, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QFocusEvent, QIntValidator
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QMenu, QWidget

from agent_desktop.ui.customer.signal_words import action_word, kind_word
from agent_desktop.ui.directory import Directory
from agent_desktop.ui.look import Look
from agent_desktop.ui.signal_conditions import Conditions
from agent_desktop.ui.signals_words import explain_fault, fact_word, field_word
from agent_desktop.ui.widgets.card import Card
from agent_desktop.ui.widgets.choice import Pick
from agent_desktop.ui.widgets.controls import Button, KeyHint, Tick
from agent_desktop.ui.widgets.parts import Label, set_property
from agent_desktop.ui.widgets.typing import TextLine
from agent_model.signal import SignalAction, SignalKind, SignalRule
from agent_model.signal_facts import FACTS
from agent_model.signal_rules import Fault
from agent_model.words import Words

LINES = ("title.zh", "title.en", "reason.zh", "reason.en", "weight", "quiet_days")
NO_NUMBER = -1


class SignalRuleForm(Card):
    changed = Signal(object)
    save_wanted = Signal(object)
    discard_wanted = Signal(str)
    earlier_wanted = Signal(str)

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self._look = look
        self._rule: SignalRule | None = None
        self.setAccessibleName(self.tr("Rule"))
        self._title, self._version = Label("section", elides=True), Label("hint")
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
        self.faults = Label("hint", "", "bad", wraps=True)
        self.save = Button(look, self.tr("Save"), "check", kind="primary")
        self.save.setAccessibleDescription("Ctrl+Enter")
        self.discard = Button(look, self.tr("Discard changes"), kind="ghost")
        self.earlier = Button(look, self.tr("Earlier versions"), "clock", kind="ghost")
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        px = self._look.px
        self.head.addWidget(self._title, 1)
        self.head.addWidget(self._version)
        self.head.addWidget(self.is_on)
        self.body.addLayout(self.head)
        grid = QGridLayout()
        grid.setHorizontalSpacing(px(12))
        grid.setVerticalSpacing(px(2))
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
        self.body.addLayout(grid)
        self.body.addSpacing(px(4))
        self.body.addWidget(Label("meta", self.tr("Conditions: all of them together make the signal")))
        self.body.addWidget(self.conditions)
        self.body.addWidget(self.faults)
        row = QHBoxLayout()
        row.setSpacing(px(8))
        row.addWidget(self.save)
        row.addWidget(self.discard)
        row.addWidget(self.earlier)
        row.addStretch(1)
        row.addWidget(KeyHint("Ctrl ↵"))
        self.body.addLayout(row)

    def _cell(self, grid: QGridLayout, row: int, column: int, words: str, widget: QWidget, span: int = 1) -> None:
        label = Label("meta", words)
        label.setBuddy(widget)
        widget.setAccessibleName(words)
        grid.addWidget(label, row, column, 1, span)
        grid.addWidget(widget, row + 1, column, 1, span)
        grid.setRowMinimumHeight(row + 2, self._look.px(4))

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
        self.save.clicked.connect(self.send)
        self.discard.clicked.connect(lambda: self.discard_wanted.emit(self.rule_id))
        self.earlier.clicked.connect(lambda: self.earlier_wanted.emit(self.rule_id))

    @property
    def rule_id(self) -> str:
        return self._rule.id if self._rule else ""

    @property
    def rule(self) -> SignalRule | None:
        """What is in the form now."""
        if self._rule is None:
            return None
        text = {name: line.text().strip() for name, line in self.lines.items()}
        return replace(
            self._rule,
            kind=SignalKind(self.kind.currentData()),
            action=SignalAction(self.action.currentData()),
            title=Words(text["title.zh"], text["title.en"]),
            reason=Words(text["reason.zh"], text["reason.en"]),
            conditions=self.conditions.conditions,
            weight=_whole(text["weight"]),
            quiet_days=_whole(text["quiet_days"]),
            is_on=self.is_on.isChecked(),
        )

    def show_rule(self, rule: SignalRule, title: str, version: str, *, is_begun: bool) -> None:
        """Fills the form without emitting; `is_begun`: it is not as it was saved."""
        self._rule = None
        self._title.say(title)
        self._version.say(version)
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
        self.show_faults(())
        self.show_begun(is_begun=is_begun)
        self.earlier.offer(is_possible=rule.version > 0, why_not=self.tr("Nobody has changed this rule yet."))
        self._rule = rule

    def show_begun(self, *, is_begun: bool) -> None:
        self.discard.setEnabled(is_begun)

    def show_directory(self, names: Directory) -> None:
        rule, self._rule = self._rule, None
        self.conditions.show_directory(names)
        self._rule = rule

    def show_faults(self, faults: Sequence[Fault]) -> None:
        """Says what is wrong, by field, and goes to the first of them."""
        wrong = {fault.field for fault in faults}
        for name, line in self.lines.items():
            set_property(line, "fault", name in wrong)
        self.conditions.mark(frozenset(fault.place for fault in faults if fault.place is not None))
        self.faults.say("\n".join(explain_fault(fault) for fault in faults))
        self.faults.setVisible(bool(faults))
        first = next((name for name in LINES if name in wrong), None)
        if first is not None:
            self.lines[first].setFocus()

    def show_earlier(self, versions: Sequence[tuple[str, SignalRule]]) -> None:
        """Each in words; one that is chosen is written into the form, and saved only if the person says so."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for words, rule in versions:
            menu.addAction(words).triggered.connect(lambda _=False, rule=rule: self._take_up(rule))
        menu.popup(self.earlier.mapToGlobal(QPoint(0, self.earlier.height())))

    def show_failure(self, words: str) -> None:
        """The disk did not take it: what is written stays here."""
        self.faults.say(words)
        self.faults.show()

    def send(self) -> None:
        if (rule := self.rule) is not None:
            self.save_wanted.emit(rule)

    def _take_up(self, earlier: SignalRule) -> None:
        now = self._rule
        if now is not None and now.id == earlier.id:
            signed = {"version": now.version, "changed_by": now.changed_by, "changed_at": now.changed_at}
            taken = replace(earlier, **signed)  # type: ignore[arg-type]
            self.show_rule(taken, self._title.full_text, self._version.text(), is_begun=True)
            self._tell()

    def _tell(self, *_: object) -> None:
        if (rule := self.rule) is not None:
            self.changed.emit(rule)

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
