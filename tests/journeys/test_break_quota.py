"""One place for a short break: the second who wants to go waits in line, works on, and goes when the first is back."""

from collections.abc import Iterator

import pytest

from agent_desktop.ui.window.rail import Page
from agent_model.agent import AgentId, AgentState
from agent_model.break_reason import Away
from agent_model.command import CommandKind
from demo.seat import Seat
from demo.server import DemoServer
from tests.journeys.company import Colleague
from tests.journeys.conftest import Sit
from tests.journeys.sight import notices

SHORT = {"name": {"zh": "小休", "en": "Short break"}, "minutes": 15, "position": 1}
ONE = [{"at_once": 1, "team": "home", "queue": None}]


@pytest.fixture
def lead(own_server: DemoServer) -> Iterator[Colleague]:
    colleague = Colleague(own_server.address, "zhou.min")
    yield colleague
    colleague.close()


def on_break(seat: Seat) -> bool:
    entry = seat.workspace._rooms.session.seat.entry
    return (entry.state, entry.reason) == (AgentState.BREAK, "short")


def pick(seat: Seat, words: str) -> None:
    """As a person does, in the menu of the state button."""
    [action] = [one for one in seat.window.top_bar.state.menu().actions() if one.text() == words]
    assert action.isVisible()
    action.trigger()


def has_rule(seat: Seat) -> bool:
    reason = seat.workspace.breaks._reasons.get("short")
    return reason is not None and not reason.is_free and seat.workspace.breaks._is_live


def test_break_quota(sit: Sit, lead: Colleague) -> None:
    lead.tell("break_reason", "short", CommandKind.CREATE, **SHORT, places=ONE)
    first, second = sit("lin.yue"), sit("wang.qiang")
    assert first.until(lambda: has_rule(first))
    assert second.until(lambda: has_rule(second))

    pick(first, "Break: Short break, 15 min")
    assert first.until(lambda: on_break(first))
    pick(second, "Break: Short break, 15 min")
    turn = second.window.top_bar.turn
    assert second.until(lambda: turn.text() == "Break: in line, 1")
    assert second.workspace._rooms.session.seat.entry.state is AgentState.READY

    pick(first, "Ready")
    assert second.until(lambda: on_break(second))
    assert not turn.isVisible()
    assert [one for one in notices(second) if "your break begins now" in one]


def test_lead_agrees_to_a_break(sit: Sit, lead: Colleague) -> None:
    lead.tell("break_reason", "short", CommandKind.CREATE, **SHORT, needs_approval=True)
    agent, leads = sit("lin.yue"), sit("zhou.min")
    assert agent.until(lambda: has_rule(agent))
    assert leads.until(lambda: has_rule(leads))

    pick(agent, "Break: Short break, 15 min")
    assert leads.until(lambda: any("asks for a break" in one for one in notices(leads)))
    assert agent.window.top_bar.turn.text() == "Break asked for"
    leads.window.show_page(Page.BREAKS)
    page = leads.window.pages.breaks
    page.list.taken.emit("lin.yue")
    page.agree.click()
    assert agent.until(lambda: on_break(agent))
    assert leads.until(lambda: leads.workspace.team_breaks._turns[AgentId("lin.yue")].standing is Away.GRANTED)
