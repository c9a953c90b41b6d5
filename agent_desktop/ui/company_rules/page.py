"""Where the rules of the company are changed: kinds and rules at the left, one of them in its form.

Values: `show_kinds`, `show_rules(lines)`, `form`. Wishes: `kind_taken(entity)`, `rule_taken(id)`, `new_wanted`, and
those of the form.
"""

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from agent_desktop.ui.appearance.look import Look
from agent_desktop.ui.company_rules.form import RuleForm
from agent_desktop.ui.widgets.card import Card
from agent_desktop.ui.widgets.choice import Pick
from agent_desktop.ui.widgets.controls import Button
from agent_desktop.ui.widgets.lines import Line, Lines
from agent_desktop.ui.widgets.parts import HEAD_PX, Label
from agent_desktop.ui.widgets.scrolled import scrolled_to_the_edge


class CompanyRulesPage(QFrame):
    kind_taken = Signal(str)
    rule_taken = Signal(str)
    new_wanted = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.setProperty("ground", "canvas")
        self.setAccessibleName(self.tr("Rules of the company"))
        self.kinds = Pick(look)
        self.kinds.setAccessibleName(self.tr("Kind of rule"))
        self.kinds.currentIndexChanged.connect(lambda _: self.kind_taken.emit(str(self.kinds.currentData())))
        self.rules = Lines(look, self.tr("Rules of the company"))
        self.rules.taken.connect(self.rule_taken)
        self.new = Button(look, self.tr("New"), "plus", size="compact")
        self.new.clicked.connect(self.new_wanted)
        self.form = RuleForm(look)
        self._lay_out()

    def _lay_out(self) -> None:
        px = self._look.px
        top = QHBoxLayout()
        top.setSpacing(px(12))
        top.addWidget(Label("name", self.tr("Rules of the company")))
        top.addWidget(self.kinds)
        top.addStretch(1)
        top.addWidget(self.new)
        left = Card(self._look)
        left.body.addWidget(self.rules)
        left.body.addWidget(Label("hint", self.tr("A change reaches everybody with the next sync."), wraps=True))
        left.body.addStretch(1)
        left.setFixedWidth(px(300))
        inside = QFrame()
        inside.setProperty("ground", "canvas")
        around = QVBoxLayout(inside)
        around.addWidget(self.form)
        around.addStretch(1)
        columns = QHBoxLayout()
        columns.setSpacing(px(10))
        columns.addWidget(left)
        columns.addWidget(scrolled_to_the_edge(self._look, inside, 16), 1)
        top.setContentsMargins(0, 0, px(14), 0)
        top.addStrut(px(HEAD_PX))
        column = QVBoxLayout(self)
        column.setContentsMargins(px(16), px(14), px(2), px(14))
        column.setSpacing(px(10))
        column.addLayout(top)
        column.addLayout(columns, 1)

    def send(self) -> None:
        self.form.send()

    def show_kinds(self, kinds: Sequence[tuple[str, str]]) -> None:
        """(entity, word) of each."""
        with QSignalBlocker(self.kinds):
            self.kinds.clear()
            for entity, word in kinds:
                self.kinds.addItem(word, entity)

    def show_rules(self, lines: Sequence[Line], *, can_add: bool) -> None:
        self.rules.show_lines(lines)
        self.new.setVisible(can_add)
