"""What a customer says about marketing, at the desk: shown, changed by key, and known to who dials."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QSignalSpy, QTest

from agent_desktop.ui.messages.privacy import wish_refused
from agent_desktop.ui.window.main_window import MainWindow
from agent_model.agent import Role
from agent_model.command import CommandKind
from agent_model.consent import Consent, ConsentChannel, ConsentHow
from agent_model.scope import Scope
from tests.desktop.rows import customer_row
from tests.ui.samples import NOW, Samples
from tests.ui.seat import AgentSeat
from tests.ui.test_panes import texts

EN = Samples("en")


def test_key_leads_to_the_consents_and_a_press_says_the_other_thing(window: MainWindow) -> None:
    card = window.customer.consent
    spy = QSignalSpy(card.said)
    QTest.keyClick(window, Qt.Key.Key_G, Qt.KeyboardModifier.ControlModifier)
    assert card.turns[ConsentChannel.CALL].hasFocus()
    card.how.setCurrentIndex(card.how.findData(ConsentHow.WRITTEN))
    QTest.keyClick(card.turns[ConsentChannel.CALL], Qt.Key.Key_Space)
    card.turns[ConsentChannel.EMAIL].click()
    assert [spy.at(n) for n in range(spy.count())] == [
        [ConsentChannel.CALL, ConsentHow.WRITTEN, True],
        [ConsentChannel.EMAIL, ConsentHow.WRITTEN, False],
    ]


def test_customer_who_was_never_asked_can_say_no(window: MainWindow) -> None:
    card = window.customer.consent
    window.customer.focus_consent()
    card.show_customer(replace(EN.customer, consents=()), NOW)
    spy = QSignalSpy(card.said)
    no = card.noes[ConsentChannel.SMS]
    no.setFocus()
    QTest.keyClick(no, Qt.Key.Key_Space)
    assert spy.at(0) == [ConsentChannel.SMS, ConsentHow.PHONE, False]
    said = Consent(ConsentChannel.SMS, is_given=False, how=ConsentHow.PHONE, by="a-1001", at=NOW)
    card.show_customer(replace(EN.customer, consents=(said,)), NOW)
    assert not no.isVisible()
    assert card.turns[ConsentChannel.SMS].hasFocus()
    assert card.noes[ConsentChannel.CALL].isVisible()


def test_hold_says_why_and_nobody_asks_to_erase_meanwhile(window: MainWindow) -> None:
    card = window.customer.consent
    card.offer_erasure(is_offered=True)
    window.customer.focus_consent()
    assert "a suit about the tariff" in "\n".join(texts(card))
    assert not card.erase.isEnabled()
    card.show_customer(replace(EN.customer, legal_hold=None), NOW)
    assert card.erase.isEnabled()


def test_reason_is_asked_for_before_anybody_is_erased(window: MainWindow) -> None:
    card = window.customer.consent
    card.offer_erasure(is_offered=True)
    card.show_customer(replace(EN.customer, legal_hold=None), NOW)
    window.customer.focus_consent()
    spy = QSignalSpy(card.erasure_wanted)
    card.erase.click()
    QTest.keyClick(card.reason, Qt.Key.Key_Return)
    assert spy.count() == 0
    QTest.keyClicks(card.reason, "asked by letter")
    QTest.keyClick(card.reason, Qt.Key.Key_Return)
    assert spy.at(0) == ["asked by letter"]


def test_word_of_the_customer_is_kept_with_who_heard_it(seat: AgentSeat) -> None:
    seat.mirror.apply(Scope("customers:home"), [customer_row("C-1")], None)
    seat.workspace.on_screen.open_customer("C-1")
    assert seat.pump(lambda: seat.window.customer.customer_id == "C-1")
    seat.window.customer.consent.turns[ConsentChannel.CALL].click()
    assert seat.pump(seat.outbox.count_waiting)
    [entry] = seat.outbox.entries()
    said = entry.command.fields["consents"].new
    assert (entry.command.kind, entry.command.id) == (CommandKind.APPEND, "C-1")
    assert (said["channel"], said["is_given"], said["by"]) == ("call", True, seat.rooms.agent.id)
    assert not seat.window.customer.consent.erase.isVisible()
    assert seat.rooms.agent.role is Role.AGENT


@pytest.mark.parametrize("code", ["under_hold", "already_asked", "reason_names_person", "not_found", "not_allowed"])
def test_each_refusal_of_an_erasure_is_a_sentence(code: str) -> None:
    assert wish_refused(code).endswith(".")
