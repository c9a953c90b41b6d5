"""A ring lights up and says who it is; it never takes the focus, turns a page or answers a key meant for a field."""

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtTest import QSignalSpy, QTest
from PySide6.QtWidgets import QApplication, QWidget

from agent_desktop.ui.strip.buttons import Deed
from agent_desktop.ui.widgets.typing import is_for_window
from agent_desktop.ui.window.main_window import MainWindow
from agent_desktop.ui.window.rail import Page
from agent_desktop.ui.window.shortcuts import Chord, chords
from tests.ui import desk
from tests.ui.samples import NOW, Samples
from tests.ui.test_composition import fields


@pytest.mark.parametrize("place", ["subject", "description", "category", "dial", "knowledge", "search"])
def test_ring_leaves_the_focus_where_somebody_types(window: MainWindow, place: str) -> None:
    fields(window)[place].setFocus()
    focus = QApplication.focusWidget()

    desk.put_into(window, "ring", "en")
    QCoreApplication.processEvents()

    assert QApplication.focusWidget() is focus


def test_ring_leaves_a_half_dialled_number_alone(window: MainWindow) -> None:
    number = window.strip.idle.number
    number.setFocus()
    QTest.keyClicks(number, "139")

    desk.put_into(window, "ring", "en")
    QTest.keyClicks(desk.focus(), "0000")

    assert number.text() == "1390000"
    assert window.strip.buttons_beside[Deed.ANSWER].isVisible()


def test_ring_takes_the_strip_when_only_a_button_of_it_was_pressed_last(window: MainWindow) -> None:
    window.strip.buttons[Deed.DO_NOT_DISTURB].setFocus()

    desk.put_into(window, "ring", "en")

    assert window.strip.showing is window.strip.ringing


def test_space_and_return_answer_nothing_when_the_page_of_the_strip_changes(window: MainWindow) -> None:
    window.strip.idle.number.setFocus()
    spies = [QSignalSpy(window.strip.wishes.hang_up_wanted), QSignalSpy(window.strip.wishes.mute_wanted)]
    window.strip.show_calls((Samples("en").face(),), NOW)

    QTest.keyClick(desk.focus(), Qt.Key.Key_Space)
    QTest.keyClick(desk.focus(), Qt.Key.Key_Return)

    assert [spy.count() for spy in spies] == [0, 0]


def test_ring_turns_no_page(window: MainWindow) -> None:
    window.show_page(Page.SETTINGS)
    page = window.pages.currentWidget()

    desk.put_into(window, "ring", "en")

    assert window.pages.currentWidget() is page


def test_ring_moves_nothing_below_the_strip(window: MainWindow) -> None:
    heights = set()
    places = set()
    for state in ("ready", "ring", "call", "second_ring", "acw", "dialling", "held", "failed"):
        window.strip.show_failed(None, NOW)
        window.strip.show_after_call_work(None, NOW)
        window.strip.show_calls((), NOW)
        desk.put_into(window, state, "en")
        QCoreApplication.processEvents()
        heights.add(window.strip.height())
        places.add(window.customer.mapTo(window, window.customer.rect().topLeft()).y())
    assert heights == {60}
    assert len(places) == 1


def test_second_ring_shows_beside_the_call_that_goes_on(window: MainWindow) -> None:
    desk.put_into(window, "second_ring", "en")
    spy = QSignalSpy(window.strip.wishes.answer_wanted)

    QTest.keyClick(window, Qt.Key.Key_F9)

    assert window.strip.talking.isVisible()
    assert spy.at(0) == ["call-2"]


CONTROL = [chord for chord in chords() if chord.keys.startswith("Ctrl")]


@pytest.mark.parametrize("chord", CONTROL, ids=lambda chord: chord.keys)
def test_fields_leave_every_chord_to_the_window(chord: Chord) -> None:
    assert is_for_window(_override(chord.keys))


@pytest.mark.parametrize("keys", ["Ctrl+C", "Ctrl+V", "Ctrl+Z", "Ctrl+A", "Ctrl+Left", "Shift+F6", "D"])
def test_fields_keep_the_chords_of_editing(keys: str) -> None:
    assert not is_for_window(_override(keys))


def _override(keys: str) -> QKeyEvent:
    pressed = QKeySequence(keys)[0]  # type: ignore[index]
    return QKeyEvent(QEvent.Type.ShortcutOverride, pressed.key(), pressed.keyboardModifiers())


@pytest.mark.parametrize("place", ["subject", "description", "category", "knowledge"])
def test_ticket_is_submitted_from_wherever_one_types(window: MainWindow, place: str) -> None:
    fields(window)[place].setFocus()
    spy = QSignalSpy(window.right.form.submit_wanted)

    QTest.keyClick(desk.focus(), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)

    assert spy.count() == 1


def test_escape_ends_no_call_and_declines_none(window: MainWindow) -> None:
    desk.put_into(window, "second_ring", "en")
    spies = [QSignalSpy(window.strip.wishes.hang_up_wanted), QSignalSpy(window.strip.wishes.decline_wanted)]
    places: list[QWidget] = [
        window,
        window.strip,
        window.strip.buttons[Deed.HANG_UP],
        window.strip.buttons_beside[Deed.DECLINE],
    ]

    for place in places:
        place.setFocus()
        QTest.keyClick(place, Qt.Key.Key_Escape)

    assert [spy.count() for spy in spies] == [0, 0]


def test_digits_become_tones_in_the_keypad_only(window: MainWindow) -> None:
    desk.put_into(window, "call", "en")
    spy = QSignalSpy(window.strip.wishes.digits_wanted)
    QTest.keyClicks(window.left.view, "42")
    assert spy.count() == 0

    window.strip.press(Deed.KEYPAD)
    keypad = QApplication.activePopupWidget()
    assert keypad is not None
    QTest.keyClicks(keypad, "7#")
    QTest.keyClick(keypad, Qt.Key.Key_Escape)

    assert [spy.at(n) for n in range(spy.count())] == [["call-1", "7"], ["call-1", "#"]]
    assert QApplication.activePopupWidget() is None


@pytest.mark.parametrize(
    ("keys", "modifiers", "signal", "said"),
    [
        (Qt.Key.Key_M, Qt.KeyboardModifier.ControlModifier, "mute_wanted", ["call-1", True]),
        (Qt.Key.Key_H, Qt.KeyboardModifier.ControlModifier, "hold_wanted", ["call-1", True]),
        (
            Qt.Key.Key_H,
            Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier,
            "hang_up_wanted",
            ["call-1"],
        ),
    ],
    ids=["mute", "hold", "hang up"],
)
def test_call_is_handled_by_keys_alone(
    window: MainWindow, keys: Qt.Key, modifiers: Qt.KeyboardModifier, signal: str, said: list[object]
) -> None:
    desk.put_into(window, "call", "en")
    window.right.form.description.setFocus()
    spy = QSignalSpy(getattr(window.strip.wishes, signal))

    QTest.keyClick(window.right.form.description, keys, modifiers)

    assert spy.at(0) == said


def test_wrap_up_code_is_picked_by_keys_alone(window: MainWindow) -> None:
    desk.put_into(window, "acw", "en")
    chosen = QSignalSpy(window.right.wrap_up.disposition.picked)
    QTest.keyClick(window, Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)

    QTest.keyClicks(desk.focus(), "call-b")
    QTest.keyClick(desk.focus(), Qt.Key.Key_Return)

    assert chosen.at(chosen.count() - 1) == ["callback"]
    assert desk.focus() is window.right.wrap_up.note
