"""What the company knows of who calls: why they come first, why they may leave, and what became of telling them."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from PySide6.QtWidgets import QApplication, QToolTip

from agent_desktop.ui.window.rail import Page
from agent_model.moment import to_text
from agent_model.signal import SignalOutcome
from demo.seat import Seat
from demo.server import DemoServer
from tests.journeys.company import Colleague, a_customer, bring_in
from tests.journeys.conftest import Ring, Sit
from tests.journeys.sight import is_in_step

VIP_PHONE, CHURN_PHONE, RULE_PHONE = "+8618938810001", "+8618938810002", "+8618938810003"


def ago(days: float) -> str:
    return to_text(datetime.now(UTC) - timedelta(days=days))


def contact(customer_id: str, days: float, kind: str, title: str = "", **fields: Any) -> dict[str, Any]:
    body = {"customer_id": customer_id, "kind": kind, "at": ago(days), "title": title, **fields}
    return {"entity": "contact", "id": f"K-{customer_id}-{days}-{kind}", "version": 1, "body": body}


def come(
    server: DemoServer, customer_id: str, name: str, phone: str, contacts: Sequence[Any] = (), **body: Any
) -> None:
    told = a_customer(customer_id, name, phone)
    told["customer"] |= body
    bring_in(server.database.parent, told | {"contacts": list(contacts)})


def chips(seat: Seat) -> list[str]:
    return [chip.text().strip() for chip in seat.window.customer.header.signals.chips if chip.isVisible()]


def results(colleague: Colleague, customer_id: str) -> list[tuple[str, str, str]]:
    """As (rule, outcome, call) the server has them."""
    [row] = [row for row in colleague.rows("customers:home", "customer") if row["id"] == customer_id]
    return [(one["rule"], one["outcome"], one["call_ref"]) for one in row["body"]["signal_results"]]


def test_vip_call_shows_why(sit: Sit, ring: Ring, own_server: DemoServer, colleague: Colleague) -> None:
    come(own_server, "C-vip", "沈若水", VIP_PHONE, tier="diamond", value_fen=3_650_000)
    seat = sit()

    caller = ring(seat, VIP_PHONE, X_Queue="vip", X_Call_Ref="vip-1")
    assert seat.until(lambda: chips(seat) == ["VIP first"])
    chip = seat.window.customer.header.signals.chips[0]
    assert chip.accessibleDescription() == "Diamond customer; ¥36,500 in the last 12 months."

    seat.press("F9")
    assert caller.wait_for("connected")
    assert seat.take_keyboard()
    seat.press("Ctrl+J")
    assert chip.hasFocus()
    assert QToolTip.text() == chip.accessibleDescription()
    seat.press("Space")
    assert seat.window.customer.header.signals.card.isVisible()
    for _ in range(2):
        seat.press("Tab")
    assert QApplication.focusWidget() is seat.window.customer.header.signals.card.outcomes[SignalOutcome.ACCEPTED]
    seat.press("Space")

    assert seat.until(lambda: chips(seat) == ["VIP first · Accepted"])
    assert seat.until(lambda: results(colleague, "C-vip") == [("vip", "accepted", "vip-1")], 30)
    caller.hang_up()
    assert caller.wait_for("ended")
    assert seat.until(seat.window.strip.wrap_up.isVisible)
    seat.window.strip.wrap_up.finish.click()
    ring(seat, VIP_PHONE, X_Queue="vip", X_Call_Ref="vip-2")
    assert seat.until(lambda: seat.window.customer.customer_id == "C-vip")
    hint = seat.window.customer.header.signals.hint
    assert seat.until(lambda: hint.full_text == "Answered: VIP first (Accepted)")
    assert hint.toolTip().endswith("Diamond customer; ¥36,500 in the last 12 months.")
    assert chips(seat) == []


def test_churn_signal_names_its_reason(sit: Sit, ring: Ring, own_server: DemoServer, colleague: Colleague) -> None:
    often = [contact("C-churn", days, "email", "宽带晚上断线") for days in (2, 9, 16)]
    rated = [contact("C-churn", days, "survey", rating=rating) for days, rating in ((1, 2), (50, 5), (90, 4))]
    come(own_server, "C-churn", "顾一舟", CHURN_PHONE, [*often, *rated], satisfaction=3.7, ratings=3)
    seat = sit()
    own_server.kill()

    caller = ring(seat, CHURN_PHONE, X_Queue="support", X_Call_Ref="churn-1")
    assert seat.until(lambda: chips(seat) == ["Same issue again", "Satisfaction falls"])
    again, falls = (chip.toolTip() for chip in seat.window.customer.header.signals.chips[:2])
    days = [_day(seat, day) for day in (16, 9, 2)]
    assert again == f"3 contacts about “宽带晚上断线” since {days[0]}: {', '.join(days)}."
    assert falls == f"Rated us 2 on {_day(seat, 1)}; 4.5 on average before."

    seat.press("F9")
    assert caller.wait_for("connected")
    row = seat.window.customer.header.signals
    row.chips[0].click()
    row.card.act.click()
    assert seat.until(lambda: seat.window.right.form.description.toPlainText() == f"Retention: {again}")
    row.card.outcomes[SignalOutcome.DECLINED].click()
    assert seat.until(lambda: chips(seat) == ["Same issue again · Declined", "Satisfaction falls"])
    caller.hang_up()
    assert caller.wait_for("ended")

    own_server.start()
    seat.window.offline_banner.act.click()
    assert seat.until(lambda: is_in_step(seat), 60)
    other = Colleague(own_server.address)
    try:
        assert results(other, "C-churn") == [("churn-same-issue", "declined", "churn-1")]
    finally:
        other.close()


def test_rule_that_a_lead_writes_reaches_the_agents(sit: Sit, ring: Ring, own_server: DemoServer) -> None:
    come(own_server, "C-rule", "许知秋", RULE_PHONE, [contact("C-rule", 3, "email", "搬家移机")], tier="gold")
    agent, lead = sit(), sit("zhou.min")
    assert not agent.window.rail.offers(Page.SIGNALS)

    lead.window.show_page(Page.SIGNALS)
    page = lead.window.pages.signals
    assert lead.until(lambda: page.form.row_id)
    page.taken.emit("vip")
    line = page.form.conditions.lines[0]
    line.choice.setCurrentIndex(line.choice.findData("gold"))
    assert lead.until(lambda: "许知秋" in [example.lead for example in page.examples._lines], 30)
    page.form.save.click()
    assert lead.until(lambda: is_in_step(lead) and not page.form.discard.isEnabled(), 30)

    ring(agent, RULE_PHONE, X_Queue="support", X_Call_Ref="rule-1")
    assert agent.until(lambda: "VIP first" in chips(agent), 30)
    vip = next(chip for chip in agent.window.customer.header.signals.chips if chip.text().strip() == "VIP first")
    assert vip.toolTip().startswith("Gold customer;")

    assert lead.until(page.form.earlier.isEnabled)
    page.form.earlier.click()
    assert lead.until(lambda: QApplication.activePopupWidget() is not None)
    menu = QApplication.activePopupWidget()
    assert menu is not None
    versions = [action.text() for action in menu.actions()]
    menu.close()
    lead.window.show_page(Page.WORKSPACE)
    assert versions == [f"Version 1, by Zhou Min on {_day(lead, 0)}"]


def _day(seat: Seat, days: float) -> str:
    formats = seat._formats
    now = datetime.now(UTC)
    return formats.day(formats.local_date(now - timedelta(days=days)), formats.local_date(now))
