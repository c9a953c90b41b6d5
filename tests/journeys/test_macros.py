"""A text of the company moves a ticket on without the server; a lead's change of it reaches whoever writes."""

from collections.abc import Iterator

import pytest

from agent_desktop.sync.events import Offline
from agent_desktop.ui.ticket.comments import CommentsPanel
from agent_desktop.ui.window.rail import Page
from agent_model.ticket import CommentKind, TicketStatus
from demo.seat import Seat
from demo.server import DemoServer
from tests.journeys.conftest import Sit
from tests.journeys.sight import is_in_step
from tests.journeys.test_ticket_goes_across_departments import (
    file_a_ticket,
    is_sent,
    open_ticket,
    press,
    the_ticket,
)
from tests.journeys.weak_line import WeakLine


@pytest.fixture
def line(own_server: DemoServer) -> Iterator[WeakLine]:
    carried = WeakLine(own_server.address)
    yield carried
    carried.close()


def codes(seat: Seat) -> list[str]:
    return [one.macro.code for one in seat.workspace.macros._offered]


def test_macro_is_written_by_a_lead_and_moves_a_ticket_on_without_the_server(sit: Sit, line: WeakLine) -> None:
    agent, lead = sit("lin.yue", address=line.address), sit("zhou.min")
    assert agent.until(lambda: "sl" in codes(agent), 30)

    # The lead gives it another code.
    assert lead.until(lambda: lead.window.rail.offers(Page.MACROS))
    lead.window.show_page(Page.MACROS)
    page = lead.window.pages.macros
    assert lead.until(lambda: bool(page.form.row_id), 30)
    page.taken.emit("macro-answer")
    assert lead.until(lambda: page.form.row_id == "macro-answer")
    page.form.lines["code"].setText("slz")
    assert lead.take_keyboard()
    page.form.lines["code"].setFocus()
    lead.press("Ctrl+Return")
    assert agent.until(lambda: "slz" in codes(agent), 30)

    # The agent writes with it while the server is away.
    ticket = file_a_ticket(agent)
    opened = open_ticket(agent, ticket)
    comments = opened.panel(CommentsPanel)
    line.cut()
    agent.window.top_bar.sync.click()
    assert agent.until(lambda: isinstance(agent.workspace.sync.status, Offline), 30)
    press(agent, "Alt+C")
    agent.type("/slz")
    agent.press("Return")
    assert "{ticket" not in comments.area.toPlainText()
    assert comments.brought_words == "With it: Status: In progress · Mine"
    agent.press("Ctrl+Return")
    assert agent.until(lambda: (found := the_ticket(agent, ticket)) is not None and found.owner == "lin.yue", 30)

    # Both arrive, once.
    line.mend()
    agent.window.top_bar.sync.click()
    assert agent.until(lambda: is_in_step(agent) and is_sent(agent), 30)
    after = lead.until(lambda: (found := the_ticket(lead, ticket)) is not None and bool(found.comments), 30)
    assert after
    there = the_ticket(lead, ticket)
    assert there is not None
    assert (there.status, there.owner) == (TicketStatus.IN_PROGRESS, "lin.yue")
    [said] = there.comments
    assert said.kind is CommentKind.TO_CUSTOMER
    assert str(there.number) in said.text
    assert agent.workspace._rooms.desk.refused() == ()
