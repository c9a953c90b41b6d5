"""The form of a customer: what it takes, what it says, and what its keys do."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtTest import QSignalSpy, QTest

from agent_desktop.customers.edits import CustomerDraft, Fault
from agent_desktop.ui.customer.editor import CustomerEditor
from agent_desktop.ui.window.main_window import MainWindow
from tests.ui.contested import customer_draft
from tests.ui.samples import NOW, Samples
from tests.ui.test_panes import texts

EN = Samples("en")
FRESH = replace(customer_draft(EN), wanted={}, new_number="", saved_at=None)


@pytest.fixture
def editor(window: MainWindow) -> CustomerEditor:
    """Open over an unchanged customer, the keyboard in it."""
    window.customer.editor.show_draft(FRESH)
    window.customer.open_editor()
    QCoreApplication.processEvents()
    window.customer.editor.start()
    return window.customer.editor


def draft_of(editor: CustomerEditor) -> CustomerDraft:
    assert editor.draft is not None
    return editor.draft


def test_f2_asks_for_the_form(window: MainWindow) -> None:
    spy = QSignalSpy(window.customer.edit_wanted)
    QTest.keyClick(window, Qt.Key.Key_F2)
    window.customer.header.edit.click()
    assert spy.count() == 2


def test_form_that_nobody_touched_changes_nothing(editor: CustomerEditor) -> None:
    assert draft_of(editor).is_empty


def test_only_touched_fields_are_wanted(editor: CustomerEditor) -> None:
    told = QSignalSpy(editor.draft_changed)
    editor.lines["email"].selectAll()
    QTest.keyClicks(editor.lines["email"], "new@hailan.example")
    editor.tier.setCurrentIndex(editor.tier.findData("gold"))
    editor.is_verified.toggle()

    assert draft_of(editor).wanted == {"email": "new@hailan.example", "tier": "gold", "is_verified": False}
    assert told.at(told.count() - 1) == [draft_of(editor)]


def test_number_is_taken_away_and_another_added(editor: CustomerEditor) -> None:
    first, second = FRESH.seen["phones"]
    editor.numbers[second].click()
    QTest.keyClicks(editor.new_number, "0571 8888 6666")

    assert draft_of(editor).wanted == {"phones": [first]}
    assert draft_of(editor).new_number == "0571 8888 6666"


def test_numbers_stay_masked_in_the_form(editor: CustomerEditor) -> None:
    assert all("****" in tick.text() for tick in editor.numbers.values())


def test_whoever_may_not_see_numbers_takes_none_away(window: MainWindow) -> None:
    window.customer.editor.show_draft(replace(FRESH, has_whole_numbers=False))
    assert not any(tick.isEnabled() for tick in window.customer.editor.numbers.values())
    assert draft_of(window.customer.editor).is_empty


def test_ctrl_return_sends_the_form_and_not_the_ticket(window: MainWindow, editor: CustomerEditor) -> None:
    sent, filed = QSignalSpy(editor.submit_wanted), QSignalSpy(window.right.form.submit_wanted)
    QTest.keyClick(editor.lines["name"], Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)

    assert (sent.count(), filed.count()) == (1, 0)


def test_ctrl_return_in_the_ticket_sends_the_ticket(window: MainWindow, editor: CustomerEditor) -> None:
    sent, filed = QSignalSpy(editor.submit_wanted), QSignalSpy(window.right.form.submit_wanted)
    window.right.form.subject.setFocus()
    QTest.keyClick(window.right.form.subject, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)

    assert (sent.count(), filed.count()) == (0, 1)


def test_escape_goes_back_and_asks_nothing_to_be_dropped(editor: CustomerEditor) -> None:
    left, dropped = QSignalSpy(editor.left), QSignalSpy(editor.discard_wanted)
    QTest.keyClicks(editor.lines["region"], "x")
    QTest.keyClick(editor.lines["region"], Qt.Key.Key_Escape)

    assert (left.count(), dropped.count()) == (1, 0)


def test_faults_stand_under_their_fields_and_the_first_has_the_keyboard(editor: CustomerEditor) -> None:
    editor.show_faults({"email": Fault.NO_ADDRESS, "new_number": Fault.NO_NUMBER})

    assert editor.lines["email"].hasFocus()
    assert "This is no telephone number. Write it with its area code." in texts(editor)


def test_form_stands_where_the_timeline_was_and_goes_with_its_customer(
    window: MainWindow, editor: CustomerEditor
) -> None:
    gone = QSignalSpy(window.customer.customer_changed)
    timeline_before = window.customer.timeline.isVisible()
    window.customer.show_nothing()

    assert not timeline_before
    assert not editor.isVisible()
    assert gone.at(0) == [""]


def test_unfinished_form_says_when_it_was_saved(window: MainWindow) -> None:
    editor = window.customer.editor
    editor.show_draft(customer_draft(EN))
    window.customer.open_editor()
    editor.show_saved(NOW)
    QCoreApplication.processEvents()

    assert editor.lines["company"].text() == "Hailan Networks Ltd"
    assert any(text.startswith("Saved ") for text in texts(editor))
