"""Tables of shifts on the agent board: read in a process of its own, tried at the server, brought in when told."""

from pathlib import Path

from PySide6.QtCore import QObject

from agent_desktop.knowledge.bringing import NotGathered
from agent_desktop.supervisor.shift_plans import Planned
from agent_desktop.ui.desks.page import Ground
from agent_desktop.ui.messages.trouble import explain
from agent_desktop.ui.supervisor.agents_page import AgentsPage
from agent_desktop.ui.supervisor.shift_words import explain_table
from agent_papers.paper import BadPaper
from agent_papers.shift_table import ShiftTable


class ShiftPlansDesk(QObject):
    def __init__(self, ground: Ground, parent: QObject) -> None:
        super().__init__(parent)
        self._rooms, self._background = ground.rooms, ground.background
        self._table = ShiftTable()

    def wire(self, page: AgentsPage) -> None:
        page.plans_wanted.connect(lambda path: self.read(page, path))
        page.shifts.write_wanted.connect(lambda: self._write(page))
        page.shifts.closed.connect(lambda: self._close(page))

    def read(self, page: AgentsPage, path: Path) -> None:
        """Nothing of it is written before somebody has seen what would come of it."""
        reader, plans = self._rooms.documents, self._rooms.shift_plans
        page.plans.setEnabled(False)

        def show(table: ShiftTable, planned: Planned) -> None:
            page.plans.setEnabled(True)
            self._table = table
            page.shifts.show_tried(path.name, planned, table.passed_over)

        def failed(error: Exception) -> None:
            page.plans.setEnabled(True)
            page.shifts.show_trouble(path.name, self._explain(error))

        def attempt(table: ShiftTable) -> None:
            self._background.network.do(lambda: plans.tried(table), lambda planned: show(table, planned), failed)

        self._background.library.do(lambda: reader.shifts(path), attempt, failed)

    def _write(self, page: AgentsPage) -> None:
        plans, table, pane = self._rooms.shift_plans, self._table, page.shifts
        pane.be_busy(is_busy=True)
        page.plans.setEnabled(False)

        def done(planned: Planned) -> None:
            page.plans.setEnabled(True)
            pane.show_done(planned)

        def failed(error: Exception) -> None:
            page.plans.setEnabled(True)
            pane.be_busy(is_busy=False)
            pane.say(explain(error), "bad")

        self._background.network.do(lambda: plans.bring_in(table), done, failed)

    def _close(self, page: AgentsPage) -> None:
        self._table = ShiftTable()
        page.shifts.hide()
        page.plans.setFocus()

    def _explain(self, error: Exception) -> str:
        match error:
            case BadPaper():
                return explain_table(error)
            case NotGathered():
                return self.tr("The table could not be read. Part it, or save it as CSV UTF-8.")
            case _:
                return explain(error)
