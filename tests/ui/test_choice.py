"""Choosing a category by keyboard: part of a name and Return, or just going on."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from agent_desktop.ui.appearance.look import Look
from agent_desktop.ui.widgets.choice import Choice

OFFERED = (("title", "Billing › Invoice › Change of title"), ("refund", "Billing › Refund"), ("tv", "Fault › TV"))


@pytest.fixture
def choice(qtbot: QtBot, look: Look, keep: Callable[[QWidget], QWidget]) -> Choice:
    window = keep(QWidget())
    column = QVBoxLayout(window)
    made = Choice(look, "Category", "Type a part of it")
    made.offer(OFFERED)
    column.addWidget(made)
    column.addWidget(QLineEdit())
    window.show()
    window.activateWindow()
    made.setFocus()
    qtbot.waitUntil(made.hasFocus)
    return made


def _type(choice: Choice, text: str) -> None:
    QTest.keyClicks(_edit(choice), text)


def _ears(choice: Choice) -> QWidget:
    """Who gets the keys: an open list of names stands before the field."""
    return QApplication.activePopupWidget() or _edit(choice)


def _edit(choice: Choice) -> QLineEdit:
    edit = choice.lineEdit()
    assert edit is not None
    return edit


def test_return_takes_the_first_name_that_contains_what_is_typed(choice: Choice, qtbot: QtBot) -> None:
    _type(choice, "billing")
    with qtbot.waitSignal(choice.picked) as picked:
        QTest.keyClick(_ears(choice), Qt.Key.Key_Return)
    assert picked.args == ["title"]


def test_leaving_takes_the_only_name_that_contains_what_is_typed(choice: Choice, qtbot: QtBot) -> None:
    _type(choice, "refu")
    with qtbot.waitSignal(choice.picked) as picked:
        QTest.keyClick(_ears(choice), Qt.Key.Key_Tab)
    assert picked.args == ["refund"]


def test_leaving_with_several_meanings_puts_back_what_was_chosen(choice: Choice) -> None:
    choice.choose("tv")
    _edit(choice).selectAll()
    _type(choice, "billing")
    QTest.keyClick(_ears(choice), Qt.Key.Key_Tab)
    assert (choice.chosen, choice.currentText()) == ("tv", "Fault › TV")


def test_text_that_matches_nothing_is_not_taken(choice: Choice) -> None:
    _type(choice, "zebra")
    QTest.keyClick(_ears(choice), Qt.Key.Key_Return)
    assert choice.chosen == ""


def test_choice_outlives_a_time_with_nothing_to_choose_from(choice: Choice) -> None:
    choice.choose("refund")
    choice.offer(())
    assert choice.chosen == "refund"
    choice.offer(OFFERED)
    assert (choice.chosen, choice.currentText()) == ("refund", "Billing › Refund")


def test_choice_shown_before_there_is_anything_to_choose_from_is_kept(choice: Choice) -> None:
    choice.offer(())
    choice.choose("tv")
    choice.offer(OFFERED)
    assert choice.currentText() == "Fault › TV"
    choice.offer(OFFERED[:1])
    assert choice.chosen == ""


def test_half_a_name_survives_the_same_offer(choice: Choice, qtbot: QtBot) -> None:
    _type(choice, "refu")
    choice.offer(OFFERED)
    with qtbot.waitSignal(choice.picked) as picked:
        QTest.keyClick(_ears(choice), Qt.Key.Key_Return)
    assert picked.args == ["refund"]
