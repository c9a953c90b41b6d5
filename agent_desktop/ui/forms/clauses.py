"""When a field is needed or shown: whether never, always or under conditions, and these, chosen line by line.

Values: `show_condition(condition, fields)`, `show_directory`. `changed` at every change; `condition` is what is there.
"""

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from agent_desktop.ui.appearance.look import Look
from agent_desktop.ui.choice_words import native_language, priority_word
from agent_desktop.ui.directory import Directory
from agent_desktop.ui.forms.words import comparison_word, fact_word
from agent_desktop.ui.strip.party import tier_word
from agent_desktop.ui.widgets.choice import Pick
from agent_desktop.ui.widgets.controls import Button
from agent_desktop.ui.widgets.parts import Label
from agent_desktop.ui.widgets.typing import TextLine
from agent_model.customer import Tier
from agent_model.form import ALWAYS, ASKED_OF, Clause, Comparison, Condition, Fact, FieldKind, FormField
from agent_model.form_check import MOST_CLAUSES, comparisons
from agent_model.form_value import NO, YES
from agent_model.ticket import Priority

FACT, FIELD = "fact:", "field:"
NEVER, EVER, ALL, ANY = "never", "always", "all", "any"
LANGUAGES = ("zh-CN", "zh-HK", "en", "ja", "ko")


class When(QWidget):
    """`absent` is what None means: NEVER for a field that is never needed, EVER for one that is always shown."""

    changed = Signal()

    def __init__(self, look: Look, name: str, absent: str) -> None:
        super().__init__()
        self._look, self._absent = look, absent
        self._names = Directory()
        self._language = "en"
        self._fields: tuple[FormField, ...] = ()
        self.lines: list[ClauseLine] = []
        self.mode = Pick(look)
        self.mode.setAccessibleName(name)
        if absent == NEVER:
            self.mode.addItem(self.tr("Never"), NEVER)
        self.mode.addItem(self.tr("Always"), EVER)
        self.mode.addItem(self.tr("When all of these hold"), ALL)
        self.mode.addItem(self.tr("When one of these holds"), ANY)
        self.add = Button(look, self.tr("Add a condition"), "plus", kind="ghost", size="compact")
        label = Label("meta", name)
        label.setBuddy(self.mode)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(look.px(4))
        self._column.addWidget(label)
        self._column.addWidget(self.mode)
        row = QHBoxLayout()
        row.addWidget(self.add)
        row.addStretch(1)
        self._column.addLayout(row)
        self.mode.currentIndexChanged.connect(self._mode_changed)
        self.add.clicked.connect(self._add)

    @property
    def condition(self) -> Condition | None:
        mode = self.mode.currentData()
        if mode == self._absent:
            return None
        if mode == EVER:
            return ALWAYS
        return Condition(tuple(line.clause for line in self.lines), any_of=mode == ANY)

    def show_directory(self, names: Directory, language: str) -> None:
        self._names, self._language = names, language

    def show_condition(self, condition: Condition | None, fields: Sequence[FormField]) -> None:
        """Fills without emitting; `fields` are those that conditions may look at."""
        self._fields = tuple(fields)
        mode = self._absent
        if condition is not None:
            mode = EVER if not condition.clauses else ANY if condition.any_of else ALL
        with QSignalBlocker(self.mode):
            self.mode.setCurrentIndex(self.mode.findData(mode))
        while self.lines:
            self._take_away(self.lines[-1])
        for clause in condition.clauses if condition is not None else ():
            self._append(clause)
        self._fit()

    def _mode_changed(self) -> None:
        if self.mode.currentData() in (ALL, ANY) and not self.lines:
            self._append(Clause(Fact.PRIORITY.value, Comparison.IS, Priority.URGENT.value, is_fact=True))
        self._fit()
        self.changed.emit()

    def _add(self) -> None:
        self._append(Clause(Fact.PRIORITY.value, Comparison.IS, Priority.URGENT.value, is_fact=True))
        self.lines[-1].of.setFocus()
        self.changed.emit()

    def _append(self, clause: Clause) -> None:
        line = ClauseLine(self._look, self._names, self._language, self._fields)
        line.show_clause(clause)
        line.changed.connect(self.changed)
        line.removed.connect(lambda: self._remove(line))
        self.lines.append(line)
        self._column.insertWidget(len(self.lines) + 1, line)
        self._fit()

    def _remove(self, line: "ClauseLine") -> None:
        self._take_away(line)
        self.add.setFocus()
        self.changed.emit()

    def _take_away(self, line: "ClauseLine") -> None:
        self.lines.remove(line)
        self._column.removeWidget(line)
        line.hide()
        line.deleteLater()

    def _fit(self) -> None:
        has_clauses = self.mode.currentData() in (ALL, ANY)
        for line in self.lines:
            line.setVisible(has_clauses)
        self.add.setVisible(has_clauses)
        self.add.offer(
            is_possible=len(self.lines) < MOST_CLAUSES, why_not=self.tr("There is no room for more conditions.")
        )


class ClauseLine(QWidget):
    """What is looked at, how it is compared, and to what."""

    changed = Signal()
    removed = Signal()

    def __init__(self, look: Look, names: Directory, language: str, fields: Sequence[FormField]) -> None:
        super().__init__()
        self._names, self._language = names, language
        self._fields = {field.key: field for field in fields}
        self.of, self.comparison, self.choice = Pick(look), Pick(look), Pick(look)
        self.typed = TextLine(self.tr("Value"))
        self.remove = Button(look, "", "close", kind="ghost", size="compact", name=self.tr("Remove the condition"))
        self.of.setAccessibleName(self.tr("What is looked at"))
        self.comparison.setAccessibleName(self.tr("Comparison"))
        self.choice.setAccessibleName(self.tr("Value"))
        for field in fields:
            self.of.addItem(field.label.in_language(language) or field.key, FIELD + field.key)
        for fact in ASKED_OF:
            self.of.addItem(fact_word(fact), FACT + fact.value)
        self.of.setMinimumWidth(look.px(60))
        self._value = QStackedWidget()
        self._value.addWidget(self.typed)
        self._value.addWidget(self.choice)
        self._value.setFixedSize(look.px(118), look.px(32))
        self.comparison.setFixedWidth(look.px(132))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(look.px(4))
        row.addWidget(self.of, 1)
        for widget in (self.comparison, self._value, self.remove):
            row.addWidget(widget)
        self.of.currentIndexChanged.connect(self._of_changed)
        self.comparison.currentIndexChanged.connect(self._comparison_changed)
        self.choice.currentIndexChanged.connect(self.changed)
        self.typed.textEdited.connect(self.changed)
        self.remove.clicked.connect(self.removed)

    @property
    def clause(self) -> Clause:
        of, is_fact = self._place
        comparison = Comparison(self.comparison.currentData() or Comparison.FILLED)
        is_chosen = self._value.currentWidget() is self.choice
        value = str(self.choice.currentData() or "") if is_chosen else self.typed.text().strip()
        return Clause(of, comparison, value if comparison.has_value else "", is_fact)

    def show_clause(self, clause: Clause) -> None:
        blockers = [QSignalBlocker(widget) for widget in (self.of, self.comparison, self.choice, self.typed)]
        self.of.setCurrentIndex(self.of.findData((FACT if clause.is_fact else FIELD) + clause.of))
        self._offer()
        self.comparison.setCurrentIndex(max(0, self.comparison.findData(clause.comparison.value)))
        if self.choice.findData(clause.value) < 0:  # what is not there any more stays chosen
            self.choice.addItem(clause.value, clause.value)
        self.choice.setCurrentIndex(self.choice.findData(clause.value))
        self.typed.setText(clause.value)
        self._value.setVisible(clause.comparison.has_value)
        del blockers

    @property
    def _place(self) -> tuple[str, bool]:
        """The fact or field that is chosen, and whether it is a fact."""
        chosen = str(self.of.currentData() or "")
        return chosen.removeprefix(FACT).removeprefix(FIELD), chosen.startswith(FACT)

    def _of_changed(self) -> None:
        blockers = [QSignalBlocker(widget) for widget in (self.comparison, self.choice)]
        self._offer()
        del blockers
        self._comparison_changed()

    def _comparison_changed(self) -> None:
        self._value.setVisible(self.clause.comparison.has_value)
        self.changed.emit()

    def _offer(self) -> None:
        """Comparisons and values of what is looked at; what is chosen stays where it still fits."""
        of, is_fact = self._place
        field = None if is_fact else self._fields.get(of)
        before, chosen = self.comparison.currentData(), self.choice.currentData()
        self.comparison.clear()
        offered = comparisons(None if field is None else field.kind)
        for comparison in Comparison:
            if comparison in offered:
                self.comparison.addItem(comparison_word(comparison), comparison.value)
        preferred = before if before is not None else Comparison.IS.value
        self.comparison.setCurrentIndex(max(0, self.comparison.findData(preferred)))
        self.choice.clear()
        values = self._values_of_fact(of) if field is None else self._values_of_field(field)
        for value, words in values:
            self.choice.addItem(words, value)
        self.choice.setCurrentIndex(max(0, self.choice.findData(chosen)))
        self._value.setCurrentWidget(self.choice if values else self.typed)

    def _values_of_field(self, field: FormField) -> list[tuple[str, str]]:
        if field.kind is FieldKind.YES_NO:
            return self._yes_no()
        if field.kind is FieldKind.PRODUCT:
            return list(self._names.products.items())
        return [(one.id, one.label.in_language(self._language)) for one in field.options]

    def _values_of_fact(self, fact: str) -> list[tuple[str, str]]:
        match fact:
            case Fact.PRIORITY:
                return [(one.value, priority_word(one)) for one in Priority]
            case Fact.CATEGORY:
                return list(self._names.categories.items())
            case Fact.QUEUE:
                return list(self._names.queues.items())
            case Fact.DIRECTION:
                return [("inbound", self.tr("Customer calls")), ("outbound", self.tr("Agent calls"))]
            case Fact.TIER:
                return [(one.value, tier_word(one)) for one in Tier]
            case Fact.LANGUAGE:
                return [(one, native_language(one)) for one in LANGUAGES]
            case Fact.IS_KNOWN | Fact.IS_VERIFIED:
                return self._yes_no()
            case _:
                return []

    def _yes_no(self) -> list[tuple[str, str]]:
        return [(YES, self.tr("Yes")), (NO, self.tr("No"))]
