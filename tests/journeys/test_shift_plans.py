"""A lead brings in a table of shifts; who is late, and who takes an own break, stands on the board within seconds."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit, QPushButton

from agent_desktop.ui.supervisor.agents_model import Column
from agent_model.agent import AgentState
from demo.seat import Seat
from tests.in_process import PASSWORD, ServerThread, make_site, serving
from tests.journeys.conftest import Sit

LATE, THERE = "zhao.min", "wang.qiang"
LONGER_THAN_A_MOMENT: Final = timedelta(seconds=90)


class Clock:
    """The server's: a minute and a half passes at once."""

    def __init__(self) -> None:
        self.ahead = timedelta()

    def __call__(self) -> datetime:
        return datetime.now(UTC) + self.ahead


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def floor(tmp_path: Path, clock: Clock) -> Iterator[ServerThread]:
    with serving(replace(make_site(tmp_path / "floor"), plans_every_s=0.2), now=clock) as running:
        yield running


def week(path: Path, begin: datetime) -> Path:
    """As a Chinese spreadsheet saves it: eight hours that began, one line that names nobody."""
    day, since, until = begin.date(), f"{begin:%H:%M}", f"{begin + timedelta(hours=8):%H:%M}"
    lines = [f"{who},{day},{since},{until},上班" for who in (LATE, "1002", "没有此人")]
    path.write_text("\r\n".join(["坐席,日期,开始,结束,安排", *lines]), encoding="gb18030")
    return path


def choose_in_dialog(path: Path) -> QTimer:
    """Types the name of the file as soon as the dialog asks for it."""
    looks = QTimer()

    def look() -> None:
        dialog = QApplication.activeModalWidget()
        if isinstance(dialog, QFileDialog):
            looks.stop()
            field = dialog.findChild(QLineEdit, "fileNameEdit")
            assert field is not None
            field.setText(str(path))
            [button] = [one for one in dialog.findChildren(QPushButton) if one.text() == "&Open"]
            QTest.keyClick(button, Qt.Key.Key_Space)

    looks.timeout.connect(look)
    looks.start(20)
    return looks


def said(lead: Seat, who: str) -> tuple[str, str]:
    model = lead.window.pages.agents.model
    row = model.row_of(who)
    cell = model.cell(row, Column.ADHERENCE) if row >= 0 else None
    return ("", "") if cell is None else (cell.text, cell.hint)


def doing(lead: Seat, who: str) -> AgentState | None:
    model = lead.window.pages.agents.model
    one = model.at(model.row_of(who))
    return None if one is None else one.state


def test_shift_plans(sit: Sit, floor: ServerThread, clock: Clock, tmp_path: Path) -> None:
    begin = clock().astimezone(floor.settings.site_zone) - timedelta(hours=1)
    agent, lead = (sit(login, address=floor.address, password=PASSWORD) for login in (THERE, "zhou.min"))
    assert lead.take_keyboard()
    lead.press("Ctrl+Shift+2")
    page = lead.window.pages.agents
    assert lead.until(lambda: said(lead, THERE) == ("—", ""))

    looks = choose_in_dialog(week(tmp_path / "shifts.csv", begin))
    lead.press("Alt+P")
    assert not looks.isActive()
    assert lead.until(page.shifts.isVisible)
    assert "2 new" in page.shifts.head.text()
    assert "“没有此人”" in page.shifts.table.model().index(0, 1).data()
    assert lead.take_keyboard()
    assert lead.until(page.shifts.write.hasFocus)
    lead.press("Return")
    assert lead.until(lambda: page.shifts.outcome.text().startswith("Brought in."))
    lead.press("Escape")
    assert lead.until(lambda: said(lead, LATE)[1].startswith("▲ late 6"))
    assert said(lead, THERE)[1] == "", "who came late, and is there now, is not out of plan"

    own = agent.window.pages
    assert agent.take_keyboard()
    agent.press("Ctrl+Shift+5")
    assert agent.until(lambda: own.own_figures.shift.text().startswith("Your shift: "))

    agent.workspace.breaks.take("short")
    assert lead.until(lambda: doing(lead, THERE) is AgentState.BREAK)
    clock.ahead += LONGER_THAN_A_MOMENT
    assert lead.until(lambda: said(lead, THERE)[1].startswith("◆ out "))
    page.out.click()
    assert [page.model.row_of(one) >= 0 for one in (LATE, THERE)] == [True, True]
    assert page.model.rowCount() == 2
