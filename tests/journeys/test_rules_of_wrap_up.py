"""A lead changes what calls come to and how long the work after them lasts; a wrap-up from before counts as it was."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from agent_desktop.sync.events import Offline
from agent_desktop.ui.company_rules.form import RuleForm
from agent_desktop.ui.window.rail import Page
from agent_model.agent import AgentState
from demo.seat import Seat
from demo.server import DemoServer
from tests.journeys.company import CUSTOMERS, Colleague, phone_of
from tests.journeys.conftest import Ring, Sit
from tests.journeys.sight import is_in_step
from tests.journeys.weak_line import WeakLine

CALLER = CUSTOMERS[53]


@pytest.fixture
def line(own_server: DemoServer) -> Iterator[WeakLine]:
    carried = WeakLine(own_server.address)
    yield carried
    carried.close()


def offered(seat: Seat) -> list[str]:
    rooms = seat.workspace._rooms
    return [one.id for one in rooms.wrap_ups.dispositions(rooms.organisation.wrap_up_codes(), "en")]


def opened(lead: Seat, entity: str, rule_id: str) -> RuleForm:
    lead.window.show_page(Page.RULES)
    page = lead.window.pages.rules
    page.kinds.setCurrentIndex(page.kinds.findData(entity))
    assert lead.until(lambda: page.form.rule is not None and page.form.rule.entity == entity, 30)
    page.rule_taken.emit(rule_id)
    assert lead.until(lambda: page.form.rule is not None and page.form.rule.id == rule_id)
    return page.form


def is_sent(lead: Seat, entity: str, field: str, *, value: object) -> bool:
    rows = lead.workspace._rooms.company_rules._view.rows(entity)
    return any(row.body.get(field) == value and row.body.get("changed_by") == "zhou.min" for row in rows)


def test_change_of_a_lead_reaches_agents_and_a_wrap_up_from_before_counts(
    sit: Sit, ring: Ring, line: WeakLine, own_server: DemoServer
) -> None:
    agent, lead = sit("lin.yue", address=line.address), sit("zhou.min", address=own_server.address)
    session = agent.workspace._rooms.session
    assert agent.until(lambda: is_in_step(agent), 60)
    line.cut()
    agent.window.top_bar.sync.click()
    assert agent.until(lambda: isinstance(agent.workspace.sync.status, Offline), 30)

    # Meanwhile the lead retires what the agent is going to pick, and gives the queue half its time.
    form = opened(lead, "wrap_up_code", "bill-explained")
    form.places["is_on"].setChecked(False)  # type: ignore[union-attr]
    form.send()
    assert lead.until(lambda: is_sent(lead, "wrap_up_code", "is_on", value=False), 30)
    form = opened(lead, "queue", "billing")
    form.places["wrap_up_s"].setText("30")  # type: ignore[union-attr]
    form.send()
    assert lead.until(lambda: is_sent(lead, "queue", "wrap_up_s", value=30), 30)

    # The agent wraps up by what is known there, half a minute longer than the queue gives.
    assert agent.take_keyboard()
    caller = ring(agent, phone_of(CALLER), X_Queue="billing", X_Call_Ref="rules-1")
    agent.press("F9")
    assert caller.wait_for("connected")
    caller.hang_up()
    assert caller.wait_for("ended")
    assert agent.until(agent.window.strip.wrap_up.isVisible)
    work = session.seat.work
    assert work is not None
    assert work.until is not None
    later = work.until + timedelta(seconds=30)
    session._clock = lambda: later
    agent.press("Ctrl+E")
    agent.type("111")
    agent.press("Return")
    agent.type("explained the roaming days")
    agent.press("Ctrl+Return")
    assert agent.until(lambda: session.seat.entry.state is AgentState.READY)

    # It is taken, and what was too long stands with it; from now on the agent is offered what the lead left.
    line.mend()
    agent.window.top_bar.sync.click()
    assert agent.until(lambda: is_in_step(agent), 60)
    assert agent.workspace._rooms.desk.refused() == ()
    other = Colleague(own_server.address)
    try:
        [found] = other.contacts(CALLER.customer.id, "rules-1", CALLER.customer.body["segment"])
    finally:
        other.close()
    assert found["body"]["wrap_up_code"] == "bill-explained"
    assert found["body"]["work"]["over_s"] >= 29
    assert agent.until(lambda: "bill-sent" in offered(agent) and "bill-explained" not in offered(agent), 30)
    queues = {queue.id: queue for queue in agent.workspace._rooms.organisation.queues()}
    assert queues["billing"].wrap_up_s == 30  # type: ignore[index]
