"""The check of who is calling on the screen, what is hidden until then, and what people wrote without their numbers."""

from dataclasses import replace
from datetime import timedelta

from PySide6.QtCore import Qt
from PySide6.QtTest import QSignalSpy, QTest

from agent_desktop.customers.profile import EntryKind, Privacy, Timeline, TimelineEntry
from agent_desktop.ui.customer.identity_card import CheckShown
from agent_desktop.ui.window.main_window import MainWindow
from agent_model.customer import Contact, ContactKind, CustomerId, Note
from agent_model.identity_check import CheckAnswer, IdentityCheck
from agent_model.identity_rule import Disclosed
from agent_model.phone_number import PhoneNumber
from agent_model.words import Words
from tests.ui import desk
from tests.ui.samples import NOW
from tests.ui.test_panes import texts

ASKING = CheckShown("Not checked", is_checked=False, is_bad=False, so_far="", key="since", question="Since when?")
WRITTEN = "Call 13800000009, card 6222021234567890128"
HIDDEN = "Call 138****0009, card ****0128"


def a_line(**fields: object) -> TimelineEntry:
    contact = Contact("K-1", CustomerId("C-1"), ContactKind.CALL_IN, NOW, "", WRITTEN)
    return TimelineEntry(EntryKind.CONTACT, NOW, contact=replace(contact, **fields))  # type: ignore[arg-type]


def rows(window: MainWindow) -> str:
    model = window.customer.timeline.model()
    return "\n".join(
        str(model.index(row, 0).data(Qt.ItemDataRole.AccessibleTextRole)) for row in range(model.rowCount())
    )


def test_answer_is_typed_and_compared_by_keyboard(window: MainWindow) -> None:
    card = window.customer.header.check
    compared = QSignalSpy(card.compared)
    window.customer.header.show_check(ASKING)
    window.customer.header.open_check()
    QTest.keyClicks(card.said, "March 2021")
    QTest.keyClick(card.said, Qt.Key.Key_Return)
    assert compared.at(0) == ["since", "March 2021"]
    QTest.keyClick(card, Qt.Key.Key_Escape)
    assert not card.isVisible()


def test_answer_on_file_stands_only_after_theirs(window: MainWindow) -> None:
    header = window.customer.header
    header.show_check(ASKING)
    header.open_check()
    assert not header.check.verdict.isVisible()
    header.show_check(replace(ASKING, key="email", question="Which e-mail?"))
    header.check.show_verdict("Wrong. On file: 2021-03", is_right=False)
    assert "Wrong. On file: 2021-03" in texts(header.check)
    assert not header.check.said.isVisible()
    header.check.next.click()
    assert "Which e-mail?" in texts(header.check)
    assert "Wrong. On file: 2021-03" not in texts(header.check)


def test_empty_answer_is_compared_with_nothing(window: MainWindow) -> None:
    card = window.customer.header.check
    compared = QSignalSpy(card.compared)
    window.customer.header.show_check(ASKING)
    window.customer.header.open_check()
    QTest.keyClicks(card.said, "   ")
    QTest.keyClick(card.said, Qt.Key.Key_Return)
    assert compared.count() == 0


def test_what_needs_a_check_is_hidden_and_says_so(window: MainWindow) -> None:
    pane, asked = window.customer, QSignalSpy(window.customer.reveal_wanted)
    pane.disclose(frozenset(Disclosed), "Shown after the identity check")
    assert not pane.header.reveal.isEnabled()
    pane.header.ask_reveal()
    assert asked.count() == 0
    assert pane.header.reveal.toolTip() == "Shown after the identity check"
    assert "Hangzhou, Zhejiang" not in texts(pane.header)
    assert pane.products._nothing.full_text == "Shown after the identity check"
    assert not pane.tabs.isTabEnabled(2)
    pane.disclose(frozenset(), "")
    assert pane.header.reveal.isEnabled()
    assert pane.tabs.isTabEnabled(2)


def test_orders_are_hidden_until_then(window: MainWindow) -> None:
    window.customer.timeline.show_timeline(Timeline((a_line(kind=ContactKind.ORDER, text="fibre"),)), NOW)
    assert "fibre" in rows(window)
    window.customer.timeline.withhold_orders(is_withheld=True)
    assert "fibre" not in rows(window)


def test_check_is_a_line_without_what_was_said(window: MainWindow) -> None:
    answers = (CheckAnswer("name", is_right=True, at=NOW), CheckAnswer("since", is_right=False, at=NOW))
    check = IdentityCheck(answers, level=1)
    line = a_line(kind=ContactKind.IDENTITY_CHECK, text="", check=check)
    window.customer.timeline.show_timeline(Timeline((line,)), NOW)
    assert "Identity check, Level 1, Name ✓、Customer since ✗" in rows(window)


def test_numbers_in_what_people_wrote_are_hidden_until_the_agent_looks(window: MainWindow) -> None:
    pane = window.customer
    pane.timeline.show_timeline(Timeline((a_line(),)), NOW)
    pane.notes.show_notes((Note(WRITTEN, "lin.yue", NOW),), NOW)
    assert HIDDEN in rows(window)
    assert pane.notes.texts[0].full_text == HIDDEN
    pane.header.reveal.click()
    pane.show_revealed("138 0000 6721", NOW)
    assert WRITTEN in rows(window)
    assert pane.notes.texts[0].full_text == WRITTEN
    pane.tick(NOW + timedelta(seconds=30))
    assert HIDDEN in rows(window)
    assert pane.notes.texts[0].full_text == HIDDEN


def test_privacy_number_names_its_platform(window: MainWindow) -> None:
    platform = Words("速达外卖", "Suda Takeaway")
    window.customer.show_recognition(Privacy(PhoneNumber("+8617999010012"), platform), NOW, "")
    assert {"179****0012", "Privacy number of Suda Takeaway"} <= {
        *texts(window.customer), window.customer.stranger._platform.text()
    }  # fmt: skip
    created = QSignalSpy(window.customer.create_wanted)
    window.customer.stranger.name.setText("Gu Qinghe")
    window.customer.stranger.create_button.click()
    assert created.at(0)[0].number is None


def test_watermark_lies_over_the_customer_and_takes_no_click(window: MainWindow) -> None:
    pane = window.customer
    plain = pane.grab().toImage()
    pane.watermark.say("lin.yue 1001")
    assert pane.watermark.geometry() == pane.rect()
    assert pane.grab().toImage() != plain
    middle = pane.header.dial.mapTo(pane, pane.header.dial.rect().center())
    assert pane.childAt(middle) is pane.header.dial
    pane.resize(pane.width() + 40, pane.height())
    assert pane.watermark.geometry() == pane.rect()
    pane.watermark.say("")
    assert not pane.watermark.isVisible()


def test_card_that_is_typed_is_told_at_once_and_taken_out_on_a_click(window: MainWindow) -> None:
    form = window.right.form
    form.description.setFocus()
    form.description.setPlainText("Wants a refund to ")
    form.description.moveCursor(form.description.textCursor().MoveOperation.End)
    QTest.keyClicks(form.description, "6222 0212 3456 7890 128")
    assert "****0128" in form.card_warning.words
    assert form.description.hasFocus()
    form.card_warning.remove.click()
    assert form.description.toPlainText() == "Wants a refund to ****0128"
    assert form.card_warning.words == ""
    form.description.undo()
    assert "6222 0212" in form.description.toPlainText()


def test_note_with_an_identity_card_is_told_and_a_ticket_number_is_not(window: MainWindow) -> None:
    notes = window.customer.notes
    notes.add.click()
    notes.field.setText("TK-204718, order 202611220001234567")
    assert notes.card_warning.words == ""
    notes.field.setText("ID 11010519491231002X")
    assert "002X" in notes.card_warning.words
    notes.card_warning.remove.click()
    assert notes.field.text() == "ID **************002X"


def test_verdict_stands_below_the_question_that_was_answered(window: MainWindow) -> None:
    card = window.customer.header.check
    window.customer.header.show_check(ASKING)
    window.customer.header.open_check()
    card.show_verdict("Wrong. On file: 2021-03", is_right=False)
    window.customer.header.show_check(replace(ASKING, key="email", question="Which e-mail?"))
    assert card.question.text() == ASKING.question
    assert desk.focus() is card.next
    QTest.keyClick(card.next, Qt.Key.Key_Return)
    assert card.question.text() == "Which e-mail?"
    assert desk.focus() is card.said


def test_last_verdict_says_that_nothing_more_is_asked(window: MainWindow) -> None:
    card = window.customer.header.check
    window.customer.header.show_check(ASKING)
    window.customer.header.open_check()
    card.show_verdict("Wrong. On file: 2021-03", is_right=False)
    window.customer.header.show_check(replace(ASKING, key="", question="", why="Too many wrong answers"))
    assert card.question.text() == "Too many wrong answers"
    assert not card.next.isVisible()
    assert desk.focus() is card.close_button
