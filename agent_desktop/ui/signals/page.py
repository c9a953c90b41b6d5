"""Where a team lead writes the rules of signals: the rules at the left, one in its form, who would show it below.

Values and wishes of a RowsPage, and `show_preview(words, lines)`.
"""

from collections.abc import Sequence

from agent_desktop.ui.appearance.look import Look
from agent_desktop.ui.row_editing.page import PageWords, RowsPage
from agent_desktop.ui.signals.form import SignalRuleForm
from agent_desktop.ui.widgets.card import Card
from agent_desktop.ui.widgets.lines import Line, Lines
from agent_desktop.ui.widgets.parts import Label


class SignalRulesPage(RowsPage[SignalRuleForm]):
    def __init__(self, look: Look) -> None:
        words = PageWords(
            self.tr("Rules of signals"),
            self.tr("New rule"),
            self.tr("The heaviest stands first. A change reaches everybody with the next sync."),
        )
        self.preview = Label("meta", "", wraps=True)
        self.examples = Lines(look, self.tr("Customers who would show it"))
        below = Card(look, self.tr("Who would show it"))
        below.body.addWidget(self.preview)
        below.body.addWidget(self.examples)
        super().__init__(look, words, SignalRuleForm(look), below)

    def show_preview(self, words: str, lines: Sequence[Line] = ()) -> None:
        """How many would show the rule, and some of them with their reason."""
        self.preview.say(words)
        self.examples.show_lines(lines)
