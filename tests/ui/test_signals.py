"""Signals in the customer's head: seen, read by keyboard, acted on, answered; nothing of it moves under the hands."""

from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QEnterEvent
from PySide6.QtTest import QSignalSpy, QTest
from PySide6.QtWidgets import QApplication, QLabel, QToolTip

from agent_desktop.customers.profile import Known
from agent_desktop.ui.customer.signal_row import SignalRow
from agent_desktop.ui.customer.signal_words import KINDS
from agent_desktop.ui.window.main_window import MainWindow
from agent_model.command import CommandKind
from agent_model.customer import CustomerId
from agent_model.identity_rule import Disclosed
from agent_model.moment import to_text
from agent_model.scope import Scope
from agent_model.signal import SignalKind, SignalOutcome
from tests.desktop.rows import contact_row, ticket_row
from tests.ui import signal_samples
from tests.ui.samples import NOW, Samples
from tests.ui.seat import AgentSeat

EN = Samples("en")
CHEN_ID = EN.customer.id
HOME = Scope("customers:home")


@pytest.fixture
def row(window: MainWindow) -> SignalRow:
    return window.customer.header.signals


def titles(row: SignalRow) -> list[str]:
    return [chip.text().strip() for chip in row.chips if chip.isVisible()]


def test_each_chip_has_a_word_and_an_icon_and_says_why(row: SignalRow) -> None:
    assert titles(row) == ["Same issue again", "VIP first", "Nearly used up", "Knows a colleague"]
    first = row.chips[0]
    assert not first.icon().isNull()
    assert first.accessibleDescription() == (
        "3 contacts about “Billing › Invoice › Change of title” since 2 Nov: 2 Nov, 12 Nov, 19 Nov."
    )
    assert first.toolTip() == first.accessibleDescription()


def test_every_kind_of_signal_has_an_icon_of_its_own() -> None:
    assert KINDS.keys() == set(SignalKind)
    assert len({icon for icon, _ in KINDS.values()}) == len(SignalKind)


def test_keyboard_comes_to_a_chip_and_reads_its_reason(row: SignalRow) -> None:
    row.focus_first()
    assert row.chips[0].hasFocus()
    assert QToolTip.text() == row.chips[0].toolTip()


def test_return_opens_the_card_and_escape_goes_back_to_the_chip(row: SignalRow) -> None:
    row.focus_first()
    QTest.keyClick(row.chips[0], Qt.Key.Key_Space)
    assert row.card.isVisible()
    assert row.card.reason.text() == row.chips[0].toolTip()
    assert row.card.act.hasFocus()

    QTest.keyClick(row.card.act, Qt.Key.Key_Escape)
    assert not row.card.isVisible()
    assert row.chips[0].hasFocus()


def test_second_press_closes_the_card(row: SignalRow) -> None:
    row.chips[1].click()
    row.chips[1].click()
    assert not row.card.isVisible()
    assert not row.chips[1].isChecked()


def test_action_and_outcomes_are_wishes_about_the_rule(row: SignalRow) -> None:
    acted, answered = QSignalSpy(row.act_wanted), QSignalSpy(row.answered)
    row.chips[2].click()
    row.card.act.click()
    row.card.outcomes[SignalOutcome.DECLINED].click()
    assert row.card.act.text().strip() == "Opportunity"
    assert [acted.at(0), answered.at(0)] == [["sales-usage"], ["sales-usage", SignalOutcome.DECLINED]]


def test_recorded_result_stays_on_its_chip_and_moves_nothing(row: SignalRow) -> None:
    before = [chip.x() for chip in row.chips[:2]]
    row.show_done("vip", "Accepted")
    row.show_signals(CHEN_ID, signal_samples.lines(EN, "churn-same-issue", "sales-usage", "last-agent"))
    assert titles(row) == ["Same issue again", "VIP first · Accepted", "Nearly used up", "Knows a colleague"]
    assert [chip.x() for chip in row.chips[:2]] == before


def test_answered_signal_is_not_asked_again(row: SignalRow) -> None:
    row.show_done("vip", "Accepted")
    row.chips[1].click()
    assert not any(button.isVisible() for button in row.card.outcomes.values())


def test_new_signal_comes_behind_those_that_are_there(row: SignalRow) -> None:
    row.show_signals(CHEN_ID, signal_samples.lines(EN, "last-agent", "vip"))
    row.show_signals(CHEN_ID, signal_samples.lines(EN))
    assert titles(row)[:2] == ["VIP first", "Knows a colleague"]
    assert len(titles(row)) == 4


def test_nothing_changes_while_a_card_is_open(row: SignalRow) -> None:
    row.chips[0].click()
    row.show_signals(CHEN_ID, signal_samples.lines(EN, "vip"))
    assert len(titles(row)) == 4

    QTest.keyClick(row.card.act, Qt.Key.Key_Escape)
    row.chips[0].clearFocus()
    QTest.qWait(0)
    assert titles(row) == ["VIP first"]


def test_nothing_changes_under_the_pointer(row: SignalRow) -> None:
    place = QPointF(row.chips[1].geometry().center())
    QApplication.sendEvent(row, QEnterEvent(place, place, row.mapToGlobal(place)))
    row.setAttribute(Qt.WidgetAttribute.WA_UnderMouse)
    row.show_signals(CHEN_ID, signal_samples.lines(EN, "last-agent"))
    assert len(titles(row)) == 4

    row.setAttribute(Qt.WidgetAttribute.WA_UnderMouse, on=False)
    QApplication.sendEvent(row, QEvent(QEvent.Type.Leave))
    assert titles(row) == ["Knows a colleague"]


def test_row_is_as_high_with_signals_as_without(window: MainWindow, row: SignalRow) -> None:
    figures = window.customer.header._figures[0].geometry().y()
    row.show_signals("C-2", ())
    QApplication.processEvents()
    assert "No signals" in {label.text() for label in row.findChildren(QLabel) if label.isVisible()}
    assert window.customer.header._figures[0].geometry().y() == figures


def test_what_has_no_room_is_behind_the_dots(row: SignalRow) -> None:
    row.setFixedWidth(230)
    QApplication.processEvents()
    assert titles(row) == ["Same issue again"]
    row.rest.click()
    menu = QApplication.activePopupWidget()
    assert menu is not None
    assert [action.text() for action in menu.actions()] == ["VIP first", "Nearly used up", "Knows a colleague"]
    menu.actions()[1].trigger()
    menu.close()
    assert row.card.key == "sales-usage"


def test_next_customer_begins_without_signals_and_without_the_card(window: MainWindow, row: SignalRow) -> None:
    row.chips[0].click()
    other = replace(EN.profile, customer=replace(EN.customer, id=CustomerId("C-2")))
    window.customer.show_recognition(Known(None, other), NOW)
    assert titles(row) == []
    assert not row.card.isVisible()


# ---- over real rooms ------------------------------------------------------------------------------------------


def let_chen_complain(seat: AgentSeat) -> None:
    now = seat.clock.now
    often = [contact_row(f"K-{n}", to_text(now - timedelta(days=n)), kind="email", title="发票") for n in (1, 4, 6)]
    complaint = ticket_row("T-1", type="complaint", created_at=to_text(now - timedelta(days=5)))
    seat.mirror.apply(HOME, [*often, complaint], None)


def open_chen(seat: AgentSeat) -> SignalRow:
    let_chen_complain(seat)
    seat.workspace.on_screen.open_customer("C-1")
    row = seat.window.customer.header.signals
    assert seat.pump(lambda: len(titles(row)) == 2)
    return row


def test_customer_who_is_opened_shows_why_they_may_leave(seat: AgentSeat) -> None:
    row = open_chen(seat)
    assert titles(row) == ["Complaint still open", "Same issue again"]
    assert row.chips[0].toolTip() == "Complaint TK-T-1 has been open since 16 Nov: 5 days."
    assert row.chips[1].toolTip() == "3 contacts about “发票” since 15 Nov: 15 Nov, 17 Nov, 20 Nov."


def test_customer_who_is_called_shows_signals_and_the_result_names_the_call(seat: AgentSeat) -> None:
    let_chen_complain(seat)
    phone = seat.telephone("+8613800006721")
    seat.workspace.calls.dial("+8613800006721")
    assert seat.pump(lambda: phone.rings)
    phone.answer()
    row = seat.window.customer.header.signals
    assert seat.pump(lambda: titles(row) == ["Complaint still open", "Same issue again"])
    row.chips[0].click()
    row.card.outcomes[SignalOutcome.OFFERED].click()
    assert seat.pump(lambda: seat.outbox.waiting(9))
    item = seat.workspace.items.current
    assert item is not None
    assert seat.outbox.waiting(9)[0].fields["signal_results"].new["call_ref"] == item.call_ref
    phone.hang_up()
    assert seat.pump(lambda: not phone.live)


def test_outcome_is_kept_and_stands_on_the_chip(seat: AgentSeat) -> None:
    row = open_chen(seat)
    row.chips[1].click()
    row.card.outcomes[SignalOutcome.ACCEPTED].click()
    assert seat.pump(lambda: titles(row) == ["Complaint still open", "Same issue again · Accepted"])
    (command,) = seat.outbox.waiting(9)
    result = command.fields["signal_results"].new
    assert (command.kind, command.id) == (CommandKind.APPEND, "C-1")
    assert (result["rule"], result["outcome"], result["action"]) == ("churn-same-issue", "accepted", "retention")
    assert result["reason"] == row.chips[1].toolTip()


def test_answered_signal_is_gone_when_the_customer_is_opened_again(seat: AgentSeat) -> None:
    row = open_chen(seat)
    row.chips[1].click()
    row.card.outcomes[SignalOutcome.LATER].click()
    assert seat.pump(lambda: titles(row)[1] == "Same issue again · Later")
    seat.workspace.on_screen.close_item("customer:C-1")
    seat.workspace.on_screen.open_customer("C-1")
    assert seat.pump(lambda: titles(row) == ["Complaint still open"])
    assert row.hint.full_text == "Answered: Same issue again (Later)"
    whole = row.hint.accessibleName()
    assert whole.startswith("Same issue again (Later), a-1001, ")
    assert whole.endswith("3 contacts about “发票” since 15 Nov: 15 Nov, 17 Nov, 20 Nov.")


def test_action_brings_the_reason_into_the_ticket(seat: AgentSeat) -> None:
    row = open_chen(seat)
    row.chips[0].click()
    row.card.act.click()
    words = "Retention: Complaint TK-T-1 has been open since 16 Nov: 5 days."
    assert seat.pump(lambda: seat.window.right.form.description.toPlainText() == words)


def test_signals_of_one_customer_never_stand_on_another(seat: AgentSeat) -> None:
    row = open_chen(seat)
    row.answered.emit("churn-same-issue", SignalOutcome.OFFERED)
    seat.window.customer.show_nothing()
    row.answered.emit("churn-complaint-age", SignalOutcome.OFFERED)
    assert seat.pump(lambda: len(seat.outbox.waiting(9)) == 1)


def test_signal_about_products_keeps_its_reason_until_the_caller_was_checked(window: MainWindow) -> None:
    row, why = window.customer.header.signals, "Shown after the identity check"
    usage = next(chip for chip in row.chips if chip.line.key == "sales-usage")
    reason = usage.toolTip()
    usage.click()
    window.customer.disclose(frozenset({Disclosed.PRODUCTS}), why)
    assert (usage.toolTip(), usage.accessibleDescription(), row.card.reason.text()) == (why, why, why)
    assert row.is_withheld("sales-usage")
    assert row.chips[0].toolTip() != why
    window.customer.disclose(frozenset(), "")
    assert (usage.toolTip(), row.card.reason.text()) == (reason, reason)
    assert not row.is_withheld("sales-usage")
