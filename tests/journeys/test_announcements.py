"""What the company tells: nobody is ready before having read it, and what was read offline is known later."""

import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from agent_desktop import app
from agent_desktop.sync.events import Offline
from agent_desktop.ui.strip.situation import StripState
from agent_desktop.ui.window.rail import Page
from agent_model.agent import AgentState
from agent_model.announcement import seal
from agent_model.command import CommandKind
from agent_model.moment import from_text
from demo.seat import MemoryVault, Seat
from demo.server import DemoServer
from tests.journeys.company import CUSTOMERS, Colleague, phone_of
from tests.journeys.conftest import Ring, Sit
from tests.journeys.sight import is_in_step, notices
from tests.journeys.weak_line import WeakLine

HOME = {"teams": ["home"], "queues": [], "roles": [], "sites": []}
QUESTION = {"text": "新价？", "choices": ["129", "139"], "seal": seal("price", "新价？", "139")}
REACHES_WITHIN_S = 1.0
BEHIND = timedelta(hours=2)


@pytest.fixture
def lead(own_server: DemoServer) -> Iterator[Colleague]:
    colleague = Colleague(own_server.address, "zhou.min")
    yield colleague
    colleague.close()


def announce(lead: Colleague, id_: str, **fields: Any) -> None:
    body = {"title": f"公告 {id_}", "body": "千兆套餐 **139 元**。", "audience": HOME, **fields}
    lead.tell("announcement", id_, CommandKind.CREATE, **body)


def badge(seat: Seat) -> int:
    return seat.window.rail._pages[Page.ANNOUNCEMENTS].count


def has_badge(seat: Seat, count: int) -> bool:
    return badge(seat) == count


def state(seat: Seat) -> AgentState:
    return seat.workspace._rooms.session.seat.entry.state


def wrap_up(seat: Seat) -> None:
    """What the call came to is chosen and saved, which ends its work."""
    assert seat.until(lambda: seat.window.strip.situation.state is StripState.AFTER_CALL_WORK)
    for keys in ("Ctrl+E", "yueding", "Return", "Ctrl+Return"):
        (seat.type if keys == "yueding" else seat.press)(keys)


def read_it(seat: Seat) -> None:
    """The one that is open, as a person does."""
    reading = seat.window.pages.announcements.reading
    assert seat.until(reading.read.isEnabled, 30)
    before = badge(seat)
    seat.press("Ctrl+Return")
    assert seat.until(lambda: badge(seat) == before - 1)


def test_announcement_blocks_ready_until_read(sit: Sit, ring: Ring, lead: Colleague) -> None:
    agent = sit("lin.yue")
    assert agent.take_keyboard()
    with_caller = ring(agent, phone_of(CUSTOMERS[12]), X_Queue="billing", X_Call_Ref="told-1")
    agent.press("F9")
    assert with_caller.wait_for("connected")
    assert agent.until(lambda: state(agent) is AgentState.ON_CALL)

    # It comes in the middle of a call: a badge, and nothing else moves.
    before, page, told = QApplication.focusWidget(), agent.window.pages.shown, notices(agent)
    announce(lead, "price", must_read=True, blocks_ready=True, dwell_s=2, asks_name=True, quiz=[QUESTION])
    assert agent.until(lambda: badge(agent) == 1)
    assert (QApplication.focusWidget(), agent.window.pages.shown, notices(agent)) == (before, page, told)
    assert state(agent) is AgentState.ON_CALL

    # After the call and its work there is no being ready, and the key says why.
    with_caller.hang_up()
    wrap_up(agent)
    assert agent.until(lambda: state(agent) is AgentState.BREAK)
    assert agent.window.pages.shown is page
    assert "Reads announcement" in agent.window.top_bar.state.text()
    agent.press("Ctrl+Shift+R")
    assert agent.until(lambda: agent.window.pages.shown is Page.ANNOUNCEMENTS)
    assert state(agent) is AgentState.BREAK
    assert "Read “公告 price” first: then you are ready." in notices(agent)

    # A caller is never kept away by it.
    agent.window.show_page(Page.WORKSPACE)
    again = ring(agent, phone_of(CUSTOMERS[13]), X_Queue="billing", X_Call_Ref="told-2")
    agent.press("F9")
    assert again.wait_for("connected")
    again.hang_up()
    wrap_up(agent)
    assert agent.until(lambda: state(agent) is AgentState.BREAK)

    # Read, answered and signed, with the keyboard.
    agent.press("Ctrl+Shift+R")
    reading = agent.window.pages.announcements.reading
    assert agent.until(lambda: reading.shown is not None and reading.read.isEnabled())
    agent.press("Ctrl+Return")
    agent.press("Down")
    agent.press("Down")
    agent.press("Ctrl+Return")
    agent.type("林悦")
    agent.press("Ctrl+Return")
    assert agent.until(lambda: state(agent) is AgentState.READY)
    assert badge(agent) == 0
    assert agent.until(lambda: lead.readers("price")["lin.yue"]["edition"] == 1, 30)
    board = lead.readers("price")
    assert (board["lin.yue"]["name"], board["lin.yue"]["tries"]) == ("林悦", 1)
    assert board["lin.yue"]["dwell_s"] >= 2
    assert board["wang.qiang"]["edition"] == 0


def test_announcement_reaches_a_connected_workstation_within_a_second(sit: Sit, lead: Colleague) -> None:
    agent = sit("lin.yue")
    taken = []
    for count in range(1, 4):
        announce(lead, f"told-{count}")
        began = time.monotonic()
        assert agent.until(partial(has_badge, agent, count))
        taken.append(time.monotonic() - began)
    assert sorted(taken)[1] <= REACHES_WITHIN_S, taken


def test_receipts_from_an_offline_shift_arrive(
    sit: Sit, own_server: DemoServer, lead: Colleague, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The clock of the workstation is two hours behind that of the server."""
    line = WeakLine(own_server.address)
    monkeypatch.setattr(app, "now", lambda: datetime.now(UTC) - BEHIND)
    vault = MemoryVault()
    try:
        agent = sit("lin.yue", home=tmp_path / "seat", address=line.address, vault=vault)
        for id_ in ("one", "two", "three"):
            announce(lead, id_, must_read=True, blocks_ready=True)
        assert agent.until(lambda: badge(agent) == 3, 30)

        line.cut()
        agent.window.top_bar.sync.click()
        assert agent.until(lambda: isinstance(agent.workspace.sync.status, Offline), 30)
        began = datetime.now(UTC)
        assert agent.take_keyboard()
        agent.press("Ctrl+Shift+U")
        read_it(agent)
        page = agent.window.pages.announcements
        page.taken.emit(agent.workspace.announcements.due[0].announcement.id)
        read_it(agent)

        # The window goes and comes back, still without the server: what was read is read, the third is not.
        assert agent.stop()
        agent.start()
        assert agent.until(lambda: agent.program.workspace is not None and badge(agent) == 1, 30)
        assert agent.until(lambda: state(agent) is AgentState.BREAK)
        agent.press("Ctrl+Shift+U")
        page = agent.window.pages.announcements
        assert agent.until(lambda: page.reading.shown is not None)
        read_it(agent)
        assert agent.until(lambda: state(agent) is AgentState.READY)
        ended = datetime.now(UTC)
        assert lead.readers("one")["lin.yue"]["edition"] == 0

        line.mend()
        agent.window.top_bar.sync.click()
        assert agent.until(lambda: is_in_step(agent), 60)
        assert agent.until(lambda: all(lead.readers(id_)["lin.yue"]["edition"] for id_ in ("one", "two", "three")), 30)
        told = [lead.readers(id_)["lin.yue"] for id_ in ("one", "two", "three")]
        assert all(began - timedelta(seconds=5) <= from_text(one["read_at"]) <= ended for one in told)
        assert all(from_text(one["received_at"]) >= ended - timedelta(seconds=5) for one in told)
        assert [one["delivered_at"] < one["read_at"] for one in told] == [True] * 3
        own = Colleague(own_server.address, "lin.yue")
        rows = own.rows("own:lin.yue", "announcement_receipt")
        own.close()
        assert sorted(row["body"]["announcement"] for row in rows) == ["one", "three", "two"]
        assert agent.workspace._rooms.desk.refused() == ()
    finally:
        line.close()
