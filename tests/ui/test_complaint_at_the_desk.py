"""The complaint on its ticket's page, by keyboard: what stands, what is typed, what was asked and answered."""

from datetime import timedelta
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from agent_desktop.offline.pending import State
from agent_desktop.sync.events import ScopeChanged
from agent_desktop.ui.ticket.complaint import ComplaintPanel
from agent_desktop.ui.ticket.complaint_deeds import ComplaintDeed
from agent_desktop.ui.window.rail import Page
from agent_model.body import to_body
from agent_model.command import Command
from agent_model.compensation import Compensation, CompensationState
from agent_model.complaint import DepartmentWord, DisputeStep
from agent_model.moment import to_text
from agent_model.scope import Scope
from agent_model.wire import Row
from tests.desktop.rows import ticket_row
from tests.ui.complaint_samples import DEPARTMENTS, FUND, SOURCES
from tests.ui.desk import focus
from tests.ui.samples import ME, NOW
from tests.ui.seat import CHEN, AgentSeat

ORG, HOME, SUPPORT = Scope("org"), Scope("customers:home"), Scope("queue:support")
COMPLAINT: dict[str, Any] = {
    "type": "complaint",
    "category": "complaint/service",
    "subject": "三次没有人回电",
    "department": "field",
    "created_by": ME.id,
    "created_at": to_text(NOW),
}


def row(entity: str, noun: Any, version: int = 1) -> Row:
    return Row(entity, noun.id, version, to_body(noun))


@pytest.fixture
def panel(seat: AgentSeat) -> ComplaintPanel:
    """Of ticket 1, a complaint; ticket 2 is none."""
    rows = [row("department", one) for one in DEPARTMENTS] + [row("complaint_source", one) for one in SOURCES]
    seat.mirror.apply(ORG, [*rows, row("fund", FUND)], None)
    seat.mirror.apply(HOME, [CHEN, ticket_row("1", **COMPLAINT), ticket_row("2", created_by=ME.id)], None)
    seat.window.activateWindow()
    assert QTest.qWaitForWindowActive(seat.window, 5_000)
    open_ticket(seat, "1")
    found = page_panel(seat)
    assert seat.pump(found.isVisible)
    return found


def open_ticket(seat: AgentSeat, ticket_id: str) -> None:
    seat.workspace.ticket_page.open(ticket_id)
    assert seat.pump(lambda: seat.window.ticket is not None and seat.window.ticket.ticket_id == ticket_id)


def page_panel(seat: AgentSeat) -> ComplaintPanel:
    assert seat.window.ticket is not None
    return seat.window.ticket.panel(ComplaintPanel)


def sent(seat: AgentSeat, entity: str) -> list[Command]:
    return [entry.command for entry in seat.outbox.entries(State.WAITING, entity=entity)]


def came(seat: AgentSeat, scope: Scope, *rows: Row) -> None:
    seat.mirror.apply(scope, list(rows), None)
    seat.workspace.complaints.rows_changed(
        ScopeChanged(scope, frozenset(one.entity for one in rows), frozenset(one.id for one in rows))
    )


def asked(by: str, amount_fen: int, state: CompensationState = CompensationState.ASKED, **fields: Any) -> Compensation:
    return Compensation("K-1", "1", FUND.id, amount_fen, "误工一天", by, NOW, state, queue="support", **fields)


def test_panel_says_what_stands_before_closing_and_only_for_complaints(seat: AgentSeat, panel: ComplaintPanel) -> None:
    assert panel.closing.said.startswith("It has to be resolved.")
    assert "¥7,459.50 left" in panel.compensation.said
    assert "you may grant up to ¥50" in panel.compensation.said
    open_ticket(seat, "2")
    assert seat.pump(lambda: not panel.isVisible())


def test_money_is_wished_for_by_keyboard_and_not_granted_before_the_server_says_so(
    seat: AgentSeat, panel: ComplaintPanel
) -> None:
    panel.button(ComplaintDeed.COMPENSATE).setFocus()
    QTest.keyClick(focus(), Qt.Key.Key_Space)
    assert panel.form.amount.hasFocus()
    QTest.keyClicks(focus(), "fifty")
    QTest.keyClick(seat.window, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert panel.form.frame.fault.full_text == "Say why: others read it."
    panel.form.reason.setFocus()
    QTest.keyClicks(focus(), "nobody called back")
    QTest.keyClick(focus(), Qt.Key.Key_Return)
    assert panel.form.frame.fault.full_text == "Type an amount in yuan, such as 50 or 49.90."
    panel.form.amount.setText("49.90")
    QTest.keyClick(focus(), Qt.Key.Key_Return)

    assert seat.pump(lambda: len(sent(seat, "compensation")) == 1)
    [command] = sent(seat, "compensation")
    assert command.fields["amount_fen"].new == 4_990
    assert seat.pump(lambda: "¥49.90 is written down here and not granted yet" in panel.compensation.said)
    assert panel.form.isHidden()
    assert panel.button(ComplaintDeed.COMPENSATE).isHidden()


def test_what_is_typed_is_on_the_disk_and_comes_back(seat: AgentSeat, panel: ComplaintPanel) -> None:
    panel.button(ComplaintDeed.COMPENSATE).click()
    QTest.keyClicks(panel.form.reason, "nobody called back")
    assert seat.pump(lambda: bool(seat.rooms.complaints.begun("1")))

    came(seat, HOME, ticket_row("1", version=2, **{**COMPLAINT, "subject": "改过"}))
    assert seat.pump(lambda: seat.rooms.complaint_sheets.of("1") is not None)
    assert panel.form.reason.text() == "nobody called back"
    open_ticket(seat, "2")
    assert seat.pump(lambda: not panel.isVisible())
    open_ticket(seat, "1")
    assert seat.pump(panel.isVisible)
    panel.button(ComplaintDeed.COMPENSATE).click()
    assert panel.form.reason.text() == "nobody called back"


def test_escape_puts_the_form_away_and_the_page_stays(seat: AgentSeat, panel: ComplaintPanel) -> None:
    panel.button(ComplaintDeed.SOURCE).click()
    QTest.keyClick(panel.form.case, Qt.Key.Key_Escape)

    assert panel.form.isHidden()
    assert panel.isVisible()


def test_both_sides_words_stand_beside_the_department(seat: AgentSeat, panel: ComplaintPanel) -> None:
    word = DepartmentWord(DisputeStep.DISPUTES, "finance", "计费的事", "ma.chao", NOW)
    came(seat, HOME, ticket_row("1", version=2, **COMPLAINT, disputes=[to_body(word)]))

    assert seat.pump(lambda: "it belongs to Billing and Finance. “计费的事”" in panel.department.said)
    assert "the other department has to answer" in panel.closing.said
    assert panel.button(ComplaintDeed.DECIDE).isHidden()


def test_request_within_ones_authority_is_told_counted_and_leads_to_its_ticket(
    seat: AgentSeat, panel: ComplaintPanel
) -> None:
    told: list[str] = []
    seat.workspace.complaints.told.connect(told.append)
    counts: list[int] = []
    seat.workspace.complaints.counted.connect(counts.append)
    came(seat, SUPPORT, row("compensation", asked("a-1007", 4_000)))

    assert seat.pump(lambda: counts[-1:] == [1])
    assert told == ["Zhou Min asks for a compensation of ¥40 for TK-1: it waits for your decision."]
    seat.window.show_page(Page.ATTENTION)
    assert seat.pump(lambda: seat.window.pages.attention.asked.isVisible())
    seat.window.pages.attention.asked.setFocus()
    QTest.keyClick(seat.window.pages.attention.asked, Qt.Key.Key_Return)
    assert seat.pump(panel.button(ComplaintDeed.GRANT).isVisible)
    panel.button(ComplaintDeed.GRANT).click()
    panel.form.frame.submit()

    assert seat.pump(lambda: len(sent(seat, "compensation")) == 1)
    assert sent(seat, "compensation")[0].fields["state"].new == "granted"
    assert seat.pump(lambda: counts[-1] == 0)


def test_request_above_it_is_somebody_elses(seat: AgentSeat, panel: ComplaintPanel) -> None:
    came(seat, SUPPORT, row("compensation", asked("a-1007", 6_000)))

    assert seat.pump(lambda: "Zhou Min asks for ¥60" in panel.compensation.said)
    assert panel.button(ComplaintDeed.GRANT).isHidden()
    assert seat.rooms.complaint_sheets.asked() == ()


def test_doors_are_no_longer_parted_at_the_desk_once_something_was_given(
    seat: AgentSeat, panel: ComplaintPanel
) -> None:
    came(seat, HOME, ticket_row("1", version=2, **COMPLAINT, same_as="3"))
    assert seat.pump(lambda: not panel.button(ComplaintDeed.PART).isHidden())

    came(seat, SUPPORT, row("compensation", asked("a-1007", 6_000)))

    assert seat.pump(panel.button(ComplaintDeed.PART).isHidden)


def test_answer_to_ones_own_request_is_told(seat: AgentSeat, panel: ComplaintPanel) -> None:
    told: list[str] = []
    seat.workspace.complaints.told.connect(told.append)
    came(seat, SUPPORT, row("compensation", asked(ME.id, 6_000)))
    assert seat.pump(lambda: "asks for ¥60" in panel.compensation.said)
    refused = asked(
        ME.id, 6_000, CompensationState.REFUSED, decided_by="zhou.min", decided_at=NOW + timedelta(hours=1),
        decision_reason="没有损失",
    )  # fmt: skip
    came(seat, SUPPORT, row("compensation", refused, 2))

    assert seat.pump(lambda: bool(told))
    assert told == ["The compensation of ¥60 for TK-1 was refused by zhou.min: “没有损失”"]
