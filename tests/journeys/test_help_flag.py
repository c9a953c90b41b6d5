"""An agent in a call asks for help by one key: the lead sees it, comes, whispers, and the flag goes."""

import asyncio
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from agent_desktop.ui.supervisor.agents_model import Column
from agent_desktop.ui.window.rail import Page
from agent_model.floor_policy import FloorAct
from agent_server.switch.port import Extension
from agent_server.switch.simulated import SimulatedExchange
from demo.seat import Seat
from tests.in_process import PASSWORD, ServerThread, make_site, serving, until
from tests.journeys.conftest import Sit
from tests.journeys.sight import notices

AGENT, LEAD = Extension("1001"), Extension("1100")


@pytest.fixture
def floor(tmp_path: Path) -> Iterator[ServerThread]:
    """A server with an exchange, at which the agent talks with a customer."""
    with serving(replace(make_site(tmp_path / "floor"), has_simulated_switch=True)) as running:
        leading, exchange = running.app_server.floor._leading, running.app_server.floor.exchange_of(AGENT)
        assert leading is not None
        assert isinstance(exchange, SimulatedExchange)

        async def begin() -> None:
            for extension in (AGENT, LEAD):
                exchange.comes(extension)
            await exchange.call(AGENT, "13800000001")

        until(lambda: running.app_server.floor.person_at(AGENT) is not None)
        asyncio.run_coroutine_threadsafe(begin(), leading.get_loop()).result(10)
        yield running


def attention(lead: Seat) -> str:
    model = lead.window.pages.agents.model
    row = model.row_of("lin.yue")
    return model.cell(row, Column.EXCHANGE).text if row >= 0 else ""


def test_help_flag(sit: Sit, floor: ServerThread) -> None:
    agent, lead = (sit(login, address=floor.address, password=PASSWORD) for login in ("lin.yue", "zhou.min"))
    assert agent.take_keyboard()
    agent.press("F10")
    assert lead.until(lambda: any("asks for help" in one for one in notices(lead)))

    assert lead.take_keyboard()
    lead.press("Ctrl+Shift+2")
    page = lead.window.pages.agents
    assert lead.window.pages.shown is Page.AGENTS
    assert lead.until(lambda: attention(lead) == "Asks for help")
    page.table.choose("lin.yue")
    lead.press("Alt+Z")
    assert agent.until(lambda: any("comes to help you" in one for one in notices(agent)))
    assert lead.until(lambda: attention(lead) == "Help comes")

    whisper = page.card.acts.buttons[FloorAct.WHISPER]
    assert lead.until(whisper.isEnabled)
    QTest.keyClick(whisper, Qt.Key.Key_Space)
    told = agent.until(lambda: any("Zhou Min" in one and "customer does not" in one for one in notices(agent)))
    assert told, (notices(agent), notices(lead), page.card.acts.outcome.text())

    assert agent.take_keyboard()
    agent.press("F10")
    assert lead.until(lambda: attention(lead) not in ("Asks for help", "Help comes"))
