"""A lead tells the team something urgent: who talks sees it without losing a letter, who comes later is told, too, and
the lead sees who has read it."""

from agent_desktop.ui.window.rail import Page
from demo.seat import Seat
from tests.journeys.conftest import Ring, Sit
from tests.journeys.sight import talking, words

NEWS = "Power is out in Binjiang, promise no visit"


def band(seat: Seat) -> str:
    return seat.window.message_band.words


def read_by(seat: Seat) -> str:
    return words(seat.window.pages.messages.counts)


def test_broadcast_with_receipts(sit: Sit, ring: Ring) -> None:
    agent, lead = sit("lin.yue"), sit("zhou.min")
    ring(agent, "+8613800138111", X_Queue="support")
    assert agent.take_keyboard()
    agent.press("F9")
    assert agent.until(lambda: talking(agent))
    agent.press("Ctrl+N")
    field = agent.window.right.form.description
    field.setFocus()
    agent.type("The router")
    assert agent.window.focusWidget() is field

    assert lead.take_keyboard()
    lead.press("Ctrl+Shift+8")
    page = lead.window.pages.messages
    assert lead.until(lambda: page.form.whom.count() > 1)
    page.form.write_to("team:home")
    lead.type(NEWS)
    page.form.urgent.click()
    page.form.words.setFocus()
    lead.press("Ctrl+Return")
    assert lead.until(lambda: "0 have read it" in read_by(lead))

    assert agent.take_keyboard()
    assert agent.until(lambda: NEWS in band(agent))
    assert band(agent).startswith("Urgent, Zhou Min")
    assert agent.window.focusWidget() is field
    agent.type(" is dead")
    assert field.toPlainText() == "The router is dead"
    agent.press("F12")
    assert agent.until(lambda: not band(agent))
    assert agent.window.focusWidget() is field
    assert lead.until(lambda: "1 have read it" in read_by(lead))

    late = sit("wang.qiang")
    assert late.until(lambda: NEWS in band(late))
    assert late.take_keyboard()
    late.press("F12")
    assert lead.until(lambda: "2 have read it" in read_by(lead))
    assert lead.window.pages.shown is Page.MESSAGES
