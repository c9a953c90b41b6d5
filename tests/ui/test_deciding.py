"""Conflicts and refused changes on their page: what is compared, what each key chooses, and that nothing typed goes."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtTest import QSignalSpy, QTest
from PySide6.QtWidgets import QApplication, QPushButton

from agent_desktop.ui.attention.conflict_card import ConflictCard, Contest, Stage, Third
from agent_desktop.ui.attention.page import Refused
from agent_desktop.ui.customer.field_words import field_of, field_word, noun_word, typed_value, value_words
from agent_desktop.ui.directory import Directory
from agent_desktop.ui.messages.trouble import explain_rejection
from agent_desktop.ui.widgets.differences import differing
from agent_desktop.ui.window.main_window import MainWindow
from agent_desktop.ui.window.rail import Page
from agent_model.body import to_body
from agent_server.rights import CHANGEABLE
from tests.ui import desk
from tests.ui.contested import away_contests, contests
from tests.ui.samples import NOW, Samples
from tests.ui.test_panes import texts

EN = Samples("en")
CHOSEN, LONG, MOVED, OVER = contests(EN)
REASONS = (
    "not_allowed", "not_yours", "unknown_entity", "unknown_field", "id_taken", "illegal_status", "unknown_customer",
    "unknown_disposition", "disposition_not_offered", "disposition_needed", "bad_disposition", "bad_after_call",
    "unknown_row", "bad_field", "not_storable", "depends_on_unknown", "depends_on_rejected", "bad_request",
)  # fmt: skip


def shown(window: MainWindow, *wanted: Contest, refused: tuple[Refused, ...] = ()) -> list[ConflictCard]:
    window.show_page(Page.ATTENTION)
    window.pages.attention.show_attention(refused, NOW, wanted)
    QCoreApplication.processEvents()
    return window.pages.attention._in_order()


def marked(card: ConflictCard, column: int) -> str:
    """What is marked in a column."""
    found, block = "", card.texts[column].document().begin()
    while block.isValid():
        parts = block.begin()
        while not parts.atEnd():
            fragment = parts.fragment()
            if fragment.charFormat().fontUnderline() or fragment.charFormat().fontStrikeOut():
                found += fragment.text()
            parts += 1
        block = block.next()
    return found


def test_conflict_shows_who_what_and_the_three_texts(window: MainWindow) -> None:
    [card] = shown(window, LONG)

    assert {"TK-204655 · Slow in the evening · Description", "Before", "Mine", "Theirs · Zhou Min"} <= texts(card)
    assert [text.toPlainText() for text in card.texts[:3]] == [LONG.base, LONG.mine, LONG.theirs]
    assert not card.texts[3].isVisible()


def test_differences_are_marked_by_more_than_colour(window: MainWindow) -> None:
    [card] = shown(window, LONG)

    assert marked(card, 0) == "today"
    assert "Another router changes nothing" in marked(card, 1)
    assert marked(card, 2) == "tomorrow morning"


def test_text_that_moved_again_stands_beside_the_others(window: MainWindow) -> None:
    [card] = shown(window, replace(MOVED, own_text=""))

    assert card.texts[3].isVisible()
    assert "Now there · Zhou Min" in texts(card)
    assert "He Jun" in texts(card)


@pytest.mark.parametrize(("key", "wish"), [("1", "mine_wanted"), ("2", "theirs_wanted")])
def test_one_key_chooses(window: MainWindow, key: str, wish: str) -> None:
    [card] = shown(window, CHOSEN)
    spy = QSignalSpy(getattr(window.pages.attention, wish))
    assert card.hasFocus()

    QTest.keyClicks(card, key)

    assert spy.at(0) == [CHOSEN.key]


def test_third_text_is_written_and_chosen_by_keys(window: MainWindow) -> None:
    [card] = shown(window, LONG)
    chosen, typed = QSignalSpy(window.pages.attention.third_wanted), QSignalSpy(window.pages.attention.third_typed)

    QTest.keyClicks(card, "3")
    assert card.field.toPlainText() == LONG.mine
    card.field.selectAll()
    QTest.keyClicks(card.field, "ours")
    QTest.keyClick(card.field, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)

    assert typed.at(typed.count() - 1) == [LONG.key, "ours"]
    assert chosen.at(0) == [LONG.key, "ours"]
    assert card.hasFocus()


def test_what_is_being_written_stays_when_the_list_is_read_again(window: MainWindow) -> None:
    [card] = shown(window, LONG)
    QTest.keyClicks(card, "3")
    QTest.keyClicks(card.field, " and more")

    [same, _] = shown(window, LONG, CHOSEN)

    assert same is card
    assert card.field.toPlainText() == LONG.mine + " and more"
    assert card.field.hasFocus()


def test_text_kept_from_before_stands_in_its_field(window: MainWindow) -> None:
    [card] = shown(window, MOVED)

    assert card.is_writing
    assert card.field.toPlainText() == "siyuan@hailan.example"
    assert MOVED.news in texts(card)


def test_escape_leaves_the_text_and_keeps_it(window: MainWindow) -> None:
    [card] = shown(window, LONG)
    QTest.keyClicks(card, "3")
    QTest.keyClicks(card.field, "!")
    QTest.keyClick(card.field, Qt.Key.Key_Escape)
    left = card.is_writing
    QTest.keyClicks(card, "3")

    assert not left
    assert card.field.toPlainText() == LONG.mine + "!"


def test_arrows_go_from_card_to_card(window: MainWindow) -> None:
    first, second = shown(window, CHOSEN, LONG)
    QTest.keyClick(first, Qt.Key.Key_Down)
    after_down = second.hasFocus()
    QTest.keyClick(second, Qt.Key.Key_Up)

    assert after_down
    assert first.hasFocus()


def test_focus_goes_to_the_next_card_when_one_is_decided(window: MainWindow) -> None:
    shown(window, CHOSEN, LONG)
    [left] = shown(window, LONG)

    assert left.hasFocus()


def test_numbers_of_both_can_be_kept_with_one_key(window: MainWindow) -> None:
    [card] = shown(window, replace(CHOSEN, third=Third.BOTH))
    spy = QSignalSpy(window.pages.attention.both_wanted)
    QTest.keyClicks(card, "3")

    assert spy.at(0) == [CHOSEN.key]


def test_what_somebody_else_decided_can_only_be_seen(window: MainWindow) -> None:
    [card] = shown(window, OVER)
    spy = QSignalSpy(window.pages.attention.seen_wanted)
    QTest.keyClicks(card, "12")
    card.seen.click()

    assert OVER.news in texts(card)
    assert not card.mine.isVisible()
    assert spy.at(0) == [OVER.key]


def test_conflict_the_server_forgot_is_sent_again_or_given_up(window: MainWindow) -> None:
    gone = away_contests(EN)[2]
    [card] = shown(window, gone)
    again, given_up = QSignalSpy(window.pages.attention.again_wanted), QSignalSpy(window.pages.attention.give_up_wanted)
    card.again.click()
    card.give_up.click()

    assert gone.stage is Stage.GONE
    assert (again.at(0), given_up.at(0)) == ([gone.key], [gone.key])


def test_choice_that_waits_for_the_server_can_still_be_changed(window: MainWindow) -> None:
    waits = away_contests(EN)[1]
    [card] = shown(window, waits)
    spy = QSignalSpy(window.pages.attention.theirs_wanted)
    QTest.keyClicks(card, "2")

    assert waits.news in texts(card)
    assert spy.at(0) == [waits.key]


def test_refusal_without_a_form_offers_no_change(window: MainWindow) -> None:
    shown(window, refused=(Refused("op", "Contact", "what was said", "unknown_row", NOW, can_change=False),))
    words = {button.accessibleName() for button in window.pages.attention.findChildren(QPushButton)}

    assert "what was said" in texts(window.pages.attention)
    assert "Change it" not in words
    assert {"Send again", "Give it up"} <= words


def test_rail_counts_what_waits(window: MainWindow) -> None:
    window.rail.show_attention(3)
    assert window.rail._pages[Page.ATTENTION].accessibleDescription() == "3 waiting"


@pytest.mark.parametrize("reason", REASONS)
def test_every_refusal_has_a_sentence(qapp: QApplication, reason: str) -> None:
    assert reason not in explain_rejection(reason)


@pytest.mark.parametrize(("entity", "name"), [(e, n) for e, names in CHANGEABLE.items() for n in sorted(names)])
def test_every_field_that_can_be_changed_has_a_word(qapp: QApplication, entity: str, name: str) -> None:
    assert field_word(name) != name
    assert noun_word(entity) != entity


def test_branch_of_a_disposition_is_not_called_a_task(qapp: QApplication) -> None:
    assert field_word(field_of("ticket", "parent")) == "Sub-task of"
    assert field_word(field_of("wrap_up_code", "parent")) == "Below"


def test_numbers_are_masked_wherever_values_are_shown(qapp: QApplication) -> None:
    words = value_words("phones", ["+8613800006721", "+8657188880188"], Directory(), desk.formats("en"))
    assert words == "138****6721\n0571-****0188"


def test_value_of_a_later_version_is_shown_as_it_came(qapp: QApplication) -> None:
    values = [
        value_words(name, "later", Directory(), desk.formats("en")) for name in ("tier", "status", "due_at", "odd")
    ]
    assert values == ["later"] * 4


def test_values_of_a_whole_customer_and_ticket_can_be_said(qapp: QApplication) -> None:
    said = [
        value_words(name, value, EN.directory, desk.formats("en"))
        for noun in (EN.customer, *EN.tickets)
        for name, value in to_body(noun).items()
    ]
    assert all(said)


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("tags", "VIP，slow; ", ["VIP", "slow"]),
        ("email", "  ", None),
        ("name", " Wang ", "Wang"),
        ("description", "", ""),
    ],
)
def test_typed_text_becomes_a_value(name: str, text: str, value: object) -> None:
    assert typed_value(name, text) == value


@pytest.mark.parametrize(
    ("before", "after", "gone", "come"),
    [
        ("今天之内回电", "明天上午回电", "今之内", "明上午"),
        ("call at six", "call at seven", "six", "seven"),
        ("same", "same", "", ""),
        ("", "new", "", "new"),
    ],
)
def test_differences_of_two_texts(before: str, after: str, gone: str, come: str) -> None:
    old, new = differing(before, after)
    assert "".join(sign for sign, mark in zip(before, old, strict=True) if mark) == gone
    assert "".join(sign for sign, mark in zip(after, new, strict=True) if mark) == come


def test_very_long_texts_are_compared_at_once() -> None:
    old, new = differing("一二" * 10_000 + "end", "三四" * 10_000 + "end")
    assert old[-3:] == new[-3:] == [False] * 3
    assert all(old[:-3])
