"""The real workstation of who leads, with a stop-watch at its agent board: run in the place of `agent-desktop`.

`python -m benchmarks._rig.watched_board RECORD [agent-desktop's own arguments]` opens the board by itself. RECORD gets
a line of JSON for each painting of the table: who stands there in another state since then, and how long it took to
take that in and to paint it.
"""

import sys
import time
from collections.abc import Iterable
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QTableView

from agent_desktop.app import main
from agent_desktop.ui.supervisor.agents_page import AgentsPage
from agent_desktop.ui.supervisor.agents_table import AgentsTable
from agent_desktop.ui.window.main_window import MainWindow
from agent_desktop.ui.window.rail import Page
from agent_desktop.ui.workspace import Workspace
from agent_model.agent import AgentId
from benchmarks._rig.watched import Record, after


class BoardWatch:
    def __init__(self, record: Record) -> None:
        self._record = record
        self._changed: dict[str, str] = {}
        self._took_ms = 0.0

    def changed(self, page: AgentsPage, agents: Iterable[AgentId], took_ms: float) -> None:
        listed = {agent: page.model.at(page.model.row_of(agent)) for agent in agents}
        self._changed |= {agent: one.state.value for agent, one in listed.items() if one is not None}
        self._took_ms += took_ms

    def painted(self, table: QTableView, event: QPaintEvent) -> None:
        height = event.region().boundingRect().height()
        began = time.perf_counter()
        QTableView.paintEvent(table, event)
        took_ms = self._took_ms + (time.perf_counter() - began) * 1000
        states, self._changed, self._took_ms = self._changed, {}, 0.0
        rows, all_rows = height / table.rowHeight(0) if table.model().rowCount() else 0, table.model().rowCount()
        facts = {"states": states, "took_ms": took_ms, "rows": rows, "of": all_rows}
        QTimer.singleShot(0, table, lambda: self._record.note("board", **facts))  # the window was flushed then


def watch(record: Record) -> None:
    """Puts the stop-watch around the board. Nothing is changed but the time it takes."""
    board = BoardWatch(record)

    def begun(workspace: Workspace) -> None:
        window = workspace.parent()
        assert isinstance(window, MainWindow)
        QTimer.singleShot(0, window, lambda: window.show_page(Page.AGENTS))

    after(Workspace, "begin", lambda args, _result, _took_ms: begun(args[0]))
    after(AgentsPage, "show_changed", lambda args, _result, took_ms: board.changed(args[0], args[1], took_ms))
    AgentsTable.paintEvent = lambda table, event: board.painted(table, event)  # type: ignore[method-assign]


if __name__ == "__main__":
    watch(Record(Path(sys.argv.pop(1))))
    sys.exit(main(sys.argv[1:]))
