"""What would come of a table of shifts: how many days of agents, each faulty line in words, and the word to do it.

Values: `show_tried(name, planned, passed_over)`, `show_done`, and those of every table pane.
"""

from collections.abc import Sequence

from PySide6.QtWidgets import QHeaderView

from agent_desktop.supervisor.shift_plans import Planned
from agent_desktop.ui.appearance.look import Look
from agent_desktop.ui.supervisor.shift_words import explain_line
from agent_desktop.ui.tables.pane import TablePane
from agent_papers.shift_table import LineFault

MOST_ROWS = 6
MOST_SHOWN = 500


class ShiftsPane(TablePane):
    def __init__(self, look: Look) -> None:
        super().__init__(
            look, self.tr("A table of shifts"), self.tr("Bring these shifts in"), self.tr("Faulty lines"), MOST_ROWS
        )

    def show_tried(self, name: str, planned: Planned, passed_over: Sequence[str]) -> None:
        words = self.tr("“{name}”, days of agents: {new} new, {changed} changed, {same} as they are, {cleared} off")
        self.head.say(words.format(name=name, **_counts(planned)))
        self._show_faults(planned.faults, passed_over)
        self._offer(is_something=planned.is_something)

    def show_done(self, planned: Planned) -> None:
        self._show_faults(planned.faults, ())
        words = self.tr("Brought in. Days of agents: {new} new, {changed} changed, {cleared} off.")
        self._done(words.format(**_counts(planned)))

    def _show_faults(self, faults: Sequence[LineFault], passed_over: Sequence[str]) -> None:
        words = self.tr(
            "Faulty lines: {count}. The days of their agents stay as they were; mend them and open it again."
        )
        self._say_about([words.format(count=len(faults))] if faults else [], passed_over)
        self.table.show_rows(
            (self.tr("Line"), self.tr("What is wrong")),
            [(str(one.number), explain_line(one)) for one in faults[:MOST_SHOWN]],
        )
        self.table.horizontalHeader().setSectionResizeMode(0, QHeaderView.ResizeMode.ResizeToContents)
        self.table.setVisible(bool(faults))


def _counts(planned: Planned) -> dict[str, int]:
    return {name: getattr(planned, name) for name in ("new", "changed", "same", "cleared")}
