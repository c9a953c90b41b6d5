"""The conditions of a rule: fact, comparison and value, one to a line, chosen from what there is.

Values: `show_conditions(conditions)`, `show_directory`. `changed` at every change; `conditions` is what is there now.
"""

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from agent_desktop.ui.appearance.look import Look
from agent_desktop.ui.directory import Directory
from agent_desktop.ui.signals.words import comparison_word, fact_word, values_offered
from agent_desktop.ui.widgets.choice import Pick
from agent_desktop.ui.widgets.controls import Button
from agent_desktop.ui.widgets.parts import set_property
from agent_desktop.ui.widgets.typing import TextLine
from agent_model.signal import Comparison, Condition
from agent_model.signal_facts import COMPARISONS, FACTS, FactKind, comparable
from agent_model.signal_rules import MOST_CONDITIONS


class Conditions(QWidget):
    changed = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._names = Directory()
        self.lines: list[ConditionLine] = []
        self.add = Button(look, self.tr("Add a condition"), "plus", kind="ghost", size="compact")
        self.add.clicked.connect(self._add)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(look.px(6))
        row = QHBoxLayout()
        row.addWidget(self.add)
        row.addStretch(1)
        self._column.addLayout(row)

    @property
    def conditions(self) -> tuple[Condition, ...]:
        return tuple(line.condition for line in self.lines)

    def show_directory(self, names: Directory) -> None:
        self._names = names
        for line in self.lines:
            line.show_directory(names)

    def show_conditions(self, conditions: Sequence[Condition]) -> None:
        """Fills without emitting."""
        while self.lines:
            self._take_away(self.lines[-1])
        for condition in conditions:
            self._append(condition)

    def mark(self, places: frozenset[int]) -> None:
        """Which of them do not do."""
        for place, line in enumerate(self.lines):
            line.mark(is_wrong=place in places)

    def _add(self) -> None:
        self._append(Condition(comparable()[0], COMPARISONS[FACTS[comparable()[0]]][0], ""))
        self.lines[-1].fact.setFocus()
        self.changed.emit()

    def _append(self, condition: Condition) -> None:
        line = ConditionLine(self._look, self._names)
        line.show_condition(condition)
        line.changed.connect(self.changed)
        line.removed.connect(lambda: self._remove(line))
        self.lines.append(line)
        self._column.insertWidget(len(self.lines) - 1, line)
        self._count()

    def _remove(self, line: "ConditionLine") -> None:
        self._take_away(line)
        self.add.setFocus()
        self.changed.emit()

    def _take_away(self, line: "ConditionLine") -> None:
        self.lines.remove(line)
        self._column.removeWidget(line)
        line.hide()
        line.deleteLater()
        self._count()

    def _count(self) -> None:
        self.add.offer(is_possible=len(self.lines) < MOST_CONDITIONS, why_not=self.tr("A rule has no more conditions."))


class ConditionLine(QWidget):
    changed = Signal()
    removed = Signal()

    def __init__(self, look: Look, names: Directory) -> None:
        super().__init__()
        self._names = names
        self.fact, self.comparison, self.choice = Pick(look), Pick(look), Pick(look)
        self.number = TextLine(self.tr("Value"))
        self.remove = Button(look, "", "close", kind="ghost", size="compact", name=self.tr("Remove the condition"))
        self.fact.setAccessibleName(self.tr("Fact"))
        self.comparison.setAccessibleName(self.tr("Comparison"))
        self.choice.setAccessibleName(self.tr("Value"))
        for fact in comparable():
            self.fact.addItem(fact_word(fact), fact)
        self._value = QStackedWidget()
        self._value.addWidget(self.number)
        self._value.addWidget(self.choice)
        self._value.setFixedWidth(look.px(150))
        self._value.setFixedHeight(look.px(32))
        self.comparison.setFixedWidth(look.px(116))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(look.px(6))
        row.addWidget(self.fact, 1)
        for widget in (self.comparison, self._value, self.remove):
            row.addWidget(widget)
        self.fact.currentIndexChanged.connect(self._fact_changed)
        for pick in (self.comparison, self.choice):
            pick.currentIndexChanged.connect(self.changed)
        self.number.textChanged.connect(self.changed)
        self.remove.clicked.connect(self.removed)

    @property
    def condition(self) -> Condition:
        comparison = Comparison(self.comparison.currentData() or Comparison.IS)
        return Condition(str(self.fact.currentData() or ""), comparison, self._read_value())

    def show_condition(self, condition: Condition) -> None:
        if self.fact.findData(condition.fact) < 0:
            self.fact.addItem(fact_word(condition.fact), condition.fact)
        with QSignalBlocker(self.fact):
            self.fact.setCurrentIndex(self.fact.findData(condition.fact))
        self._offer()
        with QSignalBlocker(self.comparison), QSignalBlocker(self.choice), QSignalBlocker(self.number):
            self.comparison.setCurrentIndex(max(0, self.comparison.findData(condition.comparison.value)))
            self.choice.setCurrentIndex(self.choice.findData(condition.value))
            self.number.setText(str(condition.value))

    def show_directory(self, names: Directory) -> None:
        self._names = names
        self.show_condition(self.condition)

    def mark(self, *, is_wrong: bool) -> None:
        for widget in (self.number, self.choice):
            set_property(widget, "fault", is_wrong)

    @property
    def _kind(self) -> FactKind:
        return FACTS.get(str(self.fact.currentData() or ""), FactKind.NUMBER)

    def _read_value(self) -> int | float | str:
        if self._value.currentWidget() is self.choice:
            return str(self.choice.currentData() or "")
        text = self.number.text().strip()
        for kind in (int, float):
            try:
                return kind(text)
            except ValueError:
                continue
        return text

    def _fact_changed(self) -> None:
        self._offer()
        self.changed.emit()

    def _offer(self) -> None:
        """The comparisons and values of the fact that is chosen; what is chosen stays where it still fits."""
        offered = values_offered(self._kind, self._names)
        with QSignalBlocker(self.comparison), QSignalBlocker(self.choice):
            before, chosen = self.comparison.currentData(), self.choice.currentData()
            self.comparison.clear()
            for comparison in COMPARISONS.get(self._kind, ()):
                self.comparison.addItem(comparison_word(comparison), comparison.value)
            self.comparison.setCurrentIndex(max(0, self.comparison.findData(before)))
            self.choice.clear()
            for value, words in offered:
                self.choice.addItem(words, value)
            self.choice.setCurrentIndex(self.choice.findData(chosen))
        self._value.setCurrentWidget(self.choice if offered else self.number)
