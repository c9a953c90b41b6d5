"""What stands on the strip beside its buttons: the dial field, lamps, quality, lock, PIN, recording, the microphone."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QGuiApplication, QKeySequence
from PySide6.QtTest import QSignalSpy, QTest
from PySide6.QtWidgets import QApplication

from agent_desktop.softphone.call import CallId, Recording
from agent_desktop.softphone.events import QualityMeasured, Voicemail
from agent_desktop.softphone.invite import InviteFacts
from agent_desktop.ui.strip.buttons import Deed
from agent_desktop.ui.strip.keypad import tones_in
from agent_desktop.ui.strip.quality import quality_tip, quality_word
from agent_desktop.ui.window.main_window import MainWindow
from tests.ui import desk
from tests.ui.samples import NOW, Samples
from tests.ui.strips import scenes
from tests.ui.test_panes import texts
from tests.ui.test_readable import cut_off

EN = Samples("en")
SCENES = scenes(EN)


def said(spy: QSignalSpy) -> list[list[object]]:
    return [spy.at(n) for n in range(spy.count())]


# ---- the dial field -----------------------------------------------------------------------------------------


def dial(window: MainWindow, text: str) -> None:
    number = window.strip.idle.number
    number.setFocus()
    QTest.keyClicks(number, text)
    QTest.keyClick(number, Qt.Key.Key_Return)


def test_up_arrow_brings_back_what_was_dialled_before_the_latest_first(window: MainWindow) -> None:
    number = window.strip.idle.number
    dial(window, "10086")
    dial(window, "0571 8888")
    shown = []
    for key in (Qt.Key.Key_Up, Qt.Key.Key_Up, Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Down):
        QTest.keyClick(number, key)
        shown.append(number.text())

    assert shown == ["0571 8888", "10086", "10086", "0571 8888", ""]


def test_number_that_was_shown_masked_is_dialled_whole_and_never_brought_back(window: MainWindow) -> None:
    spy, number = QSignalSpy(window.strip.wishes.dial_wanted), window.strip.idle.number
    window.strip.prefill("+8613800006721", "138****6721")
    QTest.keyClick(number, Qt.Key.Key_Return)
    QTest.keyClick(number, Qt.Key.Key_Up)

    assert said(spy) == [["+8613800006721"]]
    assert number.text() == ""


@pytest.mark.parametrize("pasted", ["tel:+86 571-8888 6666", "电话：0571-8888 6666", "sip:100@pbx.example"])
def test_pasted_number_is_taken_as_it_was_written(window: MainWindow, pasted: str) -> None:
    spy, number = QSignalSpy(window.strip.wishes.dial_wanted), window.strip.idle.number
    number.setFocus()
    QGuiApplication.clipboard().setText(pasted)
    QTest.keySequence(number, QKeySequence(QKeySequence.StandardKey.Paste))
    QTest.keyClick(number, Qt.Key.Key_Return)

    assert said(spy) == [[pasted]]


def test_number_pasted_onto_the_strip_stands_in_its_field_and_is_not_dialled(window: MainWindow) -> None:
    spy, number = QSignalSpy(window.strip.wishes.dial_wanted), window.strip.idle.number
    QGuiApplication.clipboard().setText("0571-8888 6666")
    window.strip.setFocus()
    QTest.keySequence(window.strip, QKeySequence(QKeySequence.StandardKey.Paste))

    assert (number.text(), number.hasFocus(), spy.count()) == ("0571-8888 6666", True, 0)


def test_ring_beside_the_dial_field_leaves_room_for_everything(window: MainWindow) -> None:
    SCENES["idle_with_messages"].show(window.strip)
    window.strip.idle.number.setFocus()
    window.strip.show_calls((EN.ringing,), NOW)
    for _ in range(3):
        QCoreApplication.processEvents()

    assert window.strip.showing is window.strip.idle
    assert window.width() == 1366
    assert cut_off(window.strip) == []
    assert [button.isVisible() for button in window.strip.buttons.values()] == [True] * 5
    assert window.strip.buttons_beside[Deed.ANSWER].isVisible()


def test_redial_says_whom_it_would_call(window: MainWindow) -> None:
    SCENES["idle"].show(window.strip)
    assert window.strip.buttons[Deed.REDIAL].toolTip() == "Redial Maria Lopez"


# ---- the keypad ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("pasted", "tones"),
    [
        ("6222 0210-0112.2945", "6222021001122945"),
        (" 42# \n", "42#"),
        ("１２３＊", "123*"),
        ("ab", "AB"),
        ("my PIN is 1234", ""),
        ("400,1,2#", "400,1,2#"),
        ("9" * 65, ""),
        ("", ""),
    ],
)
def test_only_digits_of_the_clipboard_become_tones(pasted: str, tones: str) -> None:
    assert tones_in(pasted) == tones


def test_pasted_digits_are_sent_in_order_at_once(window: MainWindow) -> None:
    SCENES["connected"].show(window.strip)
    spy = QSignalSpy(window.strip.wishes.digits_wanted)
    QGuiApplication.clipboard().setText("12-34#")
    window.strip.press(Deed.KEYPAD)
    keypad = QApplication.activePopupWidget()
    assert keypad is not None
    QTest.keySequence(keypad, QKeySequence(QKeySequence.StandardKey.Paste))
    QTest.keyClick(keypad, Qt.Key.Key_Escape)

    assert said(spy) == [["call-1", "1234#"]]


def test_keypad_closes_when_its_call_does(window: MainWindow) -> None:
    SCENES["connected"].show(window.strip)
    window.strip.press(Deed.KEYPAD)
    window.strip.show_calls((), NOW)
    assert QApplication.activePopupWidget() is None


# ---- lamps --------------------------------------------------------------------------------------------------


def test_voicemail_lamp_counts_what_is_new(window: MainWindow) -> None:
    SCENES["idle"].show(window.strip)
    window.strip.show_voicemail(Voicemail(3, 5), has_number=True)
    lamp = window.strip.buttons[Deed.VOICEMAIL]

    assert lamp.text().strip() == "Voicemail 3"
    assert lamp.accessibleName() == "Voicemail, 3 new messages"
    assert lamp.property("kind") == "amber"


def test_do_not_disturb_is_seen_and_said(window: MainWindow) -> None:
    SCENES["idle_with_messages"].show(window.strip)
    button = window.strip.buttons[Deed.DO_NOT_DISTURB]

    assert button.property("kind") == "amber"
    assert button.accessibleName() == "Do not disturb is on"


# ---- the call -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("score", "word"), [(4.4, "Good"), (4.0, "Good"), (3.9, "Fair"), (3.6, "Fair"), (3.5, "Poor")])
def test_quality_is_one_word(score: float, word: str) -> None:
    assert quality_word(score)[0] == word


@pytest.mark.parametrize(
    ("here", "there", "hint"),
    [
        (4.3, 4.2, ""),
        (4.3, None, ""),
        (3.1, 4.3, "You hear badly"),
        (3.1, None, "You hear badly"),
        (4.3, 2.9, "They hear you badly"),
        (3.1, 3.2, "Both sides hear badly"),
    ],
)
def test_tip_of_the_quality_has_the_figures_and_says_which_side_is_worse(
    here: float, there: float | None, hint: str
) -> None:
    measured = QualityMeasured(CallId("call-1"), here, 1.5, 12.0, 48.0, there, 0.5, 7.0)
    lines = quality_tip(measured, desk.formats("en")).splitlines()

    assert lines[0] == f"You hear: {here} · 1.5% lost · 12 ms jitter"
    assert (f"They hear: {there} · 0.5% lost · 7 ms jitter" in lines) is (there is not None)
    assert "Round trip 48 ms" in lines
    assert [line for line in lines if "badly" in line] == [line for line in lines if hint and line.startswith(hint)]
    assert any(line.startswith(hint) for line in lines)


def test_strip_shows_the_worse_of_both_directions(window: MainWindow) -> None:
    SCENES["recording_paused"].show(window.strip)
    assert "Poor" in texts(window.strip)


def test_quality_of_another_call_changes_nothing(window: MainWindow) -> None:
    SCENES["connected"].show(window.strip)
    window.strip.show_quality(QualityMeasured(CallId("call-2"), 1.0, 50.0, 100.0))
    assert "Good" in texts(window.strip)


def test_new_call_does_not_inherit_the_quality_of_the_last(window: MainWindow) -> None:
    SCENES["connected"].show(window.strip)
    other = SCENES["connected"].faces[0]
    window.strip.show_calls((replace(other, call=replace(other.call, id=CallId("call-7"))),), NOW)
    assert "Good" not in texts(window.strip)


@pytest.mark.parametrize("is_encrypted", [True, False])
def test_lock_is_seen_exactly_while_the_call_is_encrypted(window: MainWindow, is_encrypted: bool) -> None:
    window.strip.show_calls((EN.face(is_encrypted=is_encrypted),), NOW)
    party = window.strip.talking.party
    assert party._lock.isVisible() is is_encrypted
    assert ("encrypted" in party.accessibleName()) is is_encrypted


@pytest.mark.parametrize(("header", "words"), [("yes", "PIN right"), ("No", "PIN wrong"), (None, ""), ("perhaps", "")])
def test_strip_says_whether_the_pin_was_right(window: MainWindow, header: str | None, words: str) -> None:
    window.strip.show_calls((EN.face(invite=InviteFacts(verified=header)),), NOW)
    shown = texts(window.strip) & {"PIN right", "PIN wrong"}
    assert shown == ({words} if words else set())


@pytest.mark.parametrize(
    ("recording", "words"),
    [
        (Recording.OFF, ""),
        (Recording.ON, "Recording"),
        (Recording.PAUSED, "Recording paused"),
        (Recording.BROKEN, "Recording broke off"),
    ],
)
def test_recording_is_seen_in_every_state_of_it(window: MainWindow, recording: Recording, words: str) -> None:
    window.strip.show_calls((EN.face(recording=recording),), NOW)
    mark = window.strip.talking._recording
    assert (mark.isVisible(), mark.toolTip()) == (bool(words), words)


def test_silent_microphone_is_said_until_it_speaks_again(window: MainWindow) -> None:
    words = "Your microphone is silent. Check the headset."
    SCENES["microphone_silent"].show(window.strip)
    silent = texts(window.strip)
    window.strip.show_microphone(CallId("call-1"), is_silent=False)

    assert words in silent
    assert words not in texts(window.strip)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("held_here", {"On hold 00:31"}),
        ("held_there", {"Held there"}),
        ("held_both", {"On hold 00:31", "Held there too"}),
    ],
)
def test_hold_here_and_hold_there_are_told_apart(window: MainWindow, name: str, words: set[str]) -> None:
    SCENES[name].show(window.strip)
    every = {"On hold 00:31", "Held there", "Held there too"}
    assert texts(window.strip) & every == words


def test_after_call_work_says_what_became_of_the_call(window: MainWindow) -> None:
    SCENES["after_survey"].show(window.strip)
    assert "Survey: 5" in texts(window.strip)
