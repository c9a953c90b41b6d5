"""What would come of a table of questions: each row new, changed, the same, or refused and why; and the word to do it.

Values: `show_foreseen(name, foreseen, passed_over)`, `show_done`, and those of every table pane.
"""

from collections.abc import Sequence

from PySide6.QtWidgets import QHeaderView

from agent_desktop.teaching.tables import MOST_AT_ONCE, Coming, Foreseen
from agent_desktop.ui.appearance.look import Look
from agent_desktop.ui.tables.pane import TablePane
from agent_desktop.ui.teaching.table_words import coming_word, explain_row

MOST_ROWS = 9


class QuestionTablePane(TablePane):
    def __init__(self, look: Look) -> None:
        super().__init__(
            look,
            self.tr("A table of questions"),
            self.tr("Write these questions"),
            self.tr("What would come of each row"),
            MOST_ROWS,
        )

    def show_foreseen(self, name: str, foreseen: Sequence[Foreseen], passed_over: Sequence[str]) -> None:
        count = {coming: sum(one.coming is coming for one in foreseen) for coming in Coming}
        words = self.tr("“{name}”: {new} new, {changed} changed, {same} as they are here, {refused} refused")
        self.head.say(words.format(name=name, **{coming.value: n for coming, n in count.items()}))
        to_write = count[Coming.NEW] + count[Coming.CHANGED]
        first = self.tr("The first {count} are written; open the table again for the others.")
        self._say_about([first.format(count=MOST_AT_ONCE)] if to_write > MOST_AT_ONCE else [], passed_over)
        shown = sorted(
            foreseen, key=lambda one: (one.coming is not Coming.REFUSED, one.coming is Coming.SAME, one.number)
        )
        self.table.show_rows(
            (self.tr("Row"), self.tr("Question"), self.tr("What comes of it")),
            [(str(one.number), " ".join(one.text.split()), self._words(one)) for one in shown],
            [_TOKENS[one.coming] for one in shown],
        )
        self.table.horizontalHeader().setSectionResizeMode(0, QHeaderView.ResizeMode.ResizeToContents)
        self.table.setVisible(bool(foreseen))
        self._offer(is_something=to_write > 0)

    def show_done(self, words: str) -> None:
        self._done(words)

    def _words(self, one: Foreseen) -> str:
        if one.coming is not Coming.REFUSED:
            return coming_word(one.coming)
        return " ".join(explain_row(fault) for fault in one.faults)


_TOKENS = {Coming.NEW: "ok", Coming.CHANGED: "text", Coming.SAME: "muted", Coming.REFUSED: "bad"}
