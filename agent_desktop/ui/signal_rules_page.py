"""Where a team lead writes the rules of signals: the rules at the left, one in its form, who would show it below.

Values: `show_rules(lines)`, `form`, `show_preview(words, lines)`. Wishes: `rule_taken(id)`, `new_wanted`, and those
of the form.
"""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout

from agent_desktop.ui.look import Look
from agent_desktop.ui.signal_rule_form import SignalRuleForm
from agent_desktop.ui.widgets.card import Card
from agent_desktop.ui.widgets.controls import Button
from agent_desktop.ui.widgets.lines import Line, Lines
from agent_desktop.ui.widgets.parts import Label


class SignalRulesPage(QFrame):
    rule_taken = Signal(str)
    new_wanted = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.setProperty("ground", "canvas")
        self.setAccessibleName(self.tr("Rules of signals"))
        self.rules = Lines(look, self.tr("Rules of signals"))
        self.rules.taken.connect(self.rule_taken)
        self.new = Button(look, self.tr("New rule"), "plus", size="compact")
        self.new.clicked.connect(self.new_wanted)
        self.form = SignalRuleForm(look)
        self.preview = Label("meta", "", wraps=True)
        self.examples = Lines(look, self.tr("Customers who would show it"))
        self._lay_out()

    def _lay_out(self) -> None:
        px = self._look.px
        top = QHBoxLayout()
        top.addWidget(Label("name", self.tr("Rules of signals")))
        top.addStretch(1)
        top.addWidget(self.new)
        left = Card(self._look)
        left.body.addWidget(self.rules)
        left.body.addWidget(
            Label(
                "hint", self.tr("The heaviest stands first. A change reaches everybody with the next sync."), wraps=True
            )
        )
        left.body.addStretch(1)
        left.setFixedWidth(px(330))
        below = Card(self._look, self.tr("Who would show it"))
        below.body.addWidget(self.preview)
        below.body.addWidget(self.examples)
        inside = QFrame()
        inside.setProperty("ground", "canvas")
        right = QVBoxLayout(inside)
        right.setContentsMargins(0, 0, px(4), 0)
        right.setSpacing(px(10))
        right.addWidget(self.form)
        right.addWidget(below)
        right.addStretch(1)
        columns = QHBoxLayout()
        columns.setSpacing(0)  # the room for a bar stands between them
        columns.addWidget(self._scrolled(left))
        columns.addWidget(self._scrolled(inside), 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(px(16), px(14), px(16), px(14))
        column.setSpacing(px(10))
        column.addLayout(top)
        column.addLayout(columns, 1)

    def _scrolled(self, inside: QFrame) -> QScrollArea:
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidget(inside)
        if isinstance(inside, Card):
            scroll.setFixedWidth(inside.width() + self._look.px(14))
        return scroll

    def show_rules(self, lines: Sequence[Line]) -> None:
        self.rules.show_lines(lines)

    def show_preview(self, words: str, lines: Sequence[Line] = ()) -> None:
        """How many would show the rule, and some of them with their reason."""
        self.preview.say(words)
        self.examples.show_lines(lines)
