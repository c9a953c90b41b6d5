"""Tables of shifts on the agent board: what would come of them stands there first, each faulty line in words."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from agent_desktop.ui.appearance.look import Look
from agent_desktop.ui.supervisor.agents_page import AgentsPage
from agent_desktop.ui.supervisor.shift_words import explain_line, explain_table
from agent_model.agent import Role
from agent_model.shift_plan import PlanFault
from agent_papers.paper import BadPaper, PaperWrong
from agent_papers.shift_table import LineFault, LineWrong
from tests.papers.test_question_tables import table
from tests.papers.test_shift_tables import HEADS
from tests.ui.seat import BILLING, AgentSeat
from tests.ui.test_agent_board import agent_row, opened

Brought = Callable[..., AgentsPage]
GOOD = ("agent.1", "2026-11-23", "09:00", "18:00", "上班")


@pytest.fixture
def seat(look: Look, tmp_path: Path) -> Iterator[AgentSeat]:
    made = AgentSeat(tmp_path / "seat", look, company=(BILLING, agent_row(1)), role=Role.TEAM_LEAD)
    yield made
    made.close()


def shown(seat: AgentSeat, path: Path) -> AgentsPage:
    page = opened(seat, 1)
    page.plans_wanted.emit(path)
    assert seat.pump(lambda: page.shifts.isVisible())
    return page


def test_nothing_is_brought_in_before_somebody_says_so(seat: AgentSeat, tmp_path: Path) -> None:
    lines = (HEADS, GOOD, ("nobody", *GOOD[1:]), ("agent.1", "2026-13-01", "09:00", "18:00", ""))
    page = shown(seat, table(tmp_path / "排班.csv", *lines))
    pane = page.shifts
    assert pane.head.text() == "“排班.csv”, days of agents: 1 new, 0 changed, 0 as they are, 0 off"
    cells = [[pane.table.model().index(row, column).data() for column in (0, 1)] for row in (0, 1)]
    assert cells == [
        ["3", "Nobody is called “nobody”. Write the login or the extension."],
        ["4", "“2026-13-01” is no day. Write it as 2026-11-23."],
    ]
    assert seat.server.planned == []
    pane.write.click()
    assert seat.pump(lambda: pane.outcome.text().startswith("Brought in."))
    assert [one.agent for one in seat.server.planned or ()] == ["agent.1", "nobody"]
    pane.close_button.click()
    assert not pane.isVisible()


def test_table_without_its_columns_says_what_to_do(seat: AgentSeat, tmp_path: Path) -> None:
    pane = shown(seat, table(tmp_path / "plan.csv", ("x", "y"), ("1", "2"))).shifts
    assert pane.outcome.text().startswith("It lacks the columns Agent, Day, From and To.")
    assert not pane.write.isVisible()


def test_without_the_server_the_table_waits(seat: AgentSeat, tmp_path: Path) -> None:
    seat.server.planned = None
    page = shown(seat, table(tmp_path / "plan.csv", HEADS, GOOD))
    assert not page.shifts.write.isVisible()
    assert "server" in page.shifts.outcome.text()
    assert page.plans.isEnabled()


def test_no_other_table_is_chosen_and_nothing_closed_while_one_is_brought_in(seat: AgentSeat, tmp_path: Path) -> None:
    page = shown(seat, table(tmp_path / "plan.csv", HEADS, GOOD))
    pane = page.shifts
    assert not page.card.isVisible()
    assert pane.write.hasFocus()
    QTest.keyClick(pane.write, Qt.Key.Key_Return)
    assert not page.plans.isEnabled()
    assert not pane.close_button.isEnabled()
    QTest.keyClick(pane, Qt.Key.Key_Escape)
    assert pane.isVisible()
    assert seat.pump(lambda: pane.outcome.text().startswith("Brought in."))
    assert page.plans.isEnabled()
    QTest.keyClick(pane, Qt.Key.Key_Escape)
    assert not pane.isVisible()
    assert page.card.isVisible()


def test_server_that_is_lost_is_said_and_the_same_table_goes_again(seat: AgentSeat, tmp_path: Path) -> None:
    page = shown(seat, table(tmp_path / "plan.csv", HEADS, GOOD))
    pane = page.shifts
    seat.server.planned = None
    pane.write.click()
    assert seat.pump(lambda: "server" in pane.outcome.text())
    seat.server.planned = []
    assert pane.write.isEnabled()
    pane.write.click()
    assert seat.pump(lambda: pane.outcome.text().startswith("Brought in."))
    assert [one.agent for one in seat.server.planned] == ["agent.1"]


SERVERS = ("unknown_agent", "several_agents", "not_your_team", "twice", "other_day", "too_far")


@pytest.mark.parametrize("wrong", [*map(str, LineWrong), *map(str, PlanFault), *SERVERS])
def test_every_fault_has_a_sentence(wrong: str) -> None:
    words = explain_line(LineFault(1, wrong, "x"))
    assert words.endswith(".")
    assert "The server does not take it" not in words


@pytest.mark.parametrize("wrong", PaperWrong)
def test_every_table_that_cannot_be_read_has_a_sentence(wrong: PaperWrong) -> None:
    assert explain_table(BadPaper(wrong, named="9")).endswith((".", "?"))
