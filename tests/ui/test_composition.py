"""Input methods come first: nothing acts while a composition is open."""

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QSignalSpy, QTest
from PySide6.QtWidgets import QApplication, QWidget

from agent_desktop.ui.window.main_window import MainWindow, composition_of
from tests.ui import desk
from tests.ui.samples import NOW, Samples

Key, Modifier = Qt.Key, Qt.KeyboardModifier
ACTING = [
    pytest.param(Key.Key_F9, Modifier.NoModifier, id="answer"),
    pytest.param(Key.Key_Return, Modifier.NoModifier, id="return"),
    pytest.param(Key.Key_Return, Modifier.ControlModifier, id="submit"),
    pytest.param(Key.Key_S, Modifier.ControlModifier, id="save"),
    pytest.param(Key.Key_Tab, Modifier.NoModifier, id="tab"),
    pytest.param(Key.Key_F6, Modifier.NoModifier, id="panel"),
    pytest.param(Key.Key_F3, Modifier.NoModifier, id="knowledge"),
    pytest.param(Key.Key_F8, Modifier.NoModifier, id="dial field"),
    pytest.param(Key.Key_K, Modifier.ControlModifier, id="search"),
    pytest.param(Key.Key_2, Modifier.ControlModifier, id="item"),
    pytest.param(Key.Key_4, Modifier.AltModifier, id="page"),
    pytest.param(Key.Key_Escape, Modifier.NoModifier, id="escape"),
    pytest.param(Key.Key_R, Modifier.ControlModifier | Modifier.ShiftModifier, id="ready"),
]


def compose(widget: QWidget, preedit: str) -> None:
    QApplication.sendEvent(widget, QInputMethodEvent(preedit, []))


def commit(widget: QWidget, text: str) -> None:
    event = QInputMethodEvent("", [])
    event.setCommitString(text)
    QApplication.sendEvent(widget, event)


def fields(window: MainWindow) -> dict[str, QWidget]:
    return {
        "subject": window.right.form.subject,
        "description": window.right.form.description,
        "category": window.right.form.category,
        "dial": window.strip.idle.number,
        "knowledge": window.right.knowledge.search,
        "search": window.top_bar.search,
    }


def deeds(window: MainWindow) -> list[QSignalSpy]:
    form, wishes, bar = window.right.form, window.strip.wishes, window.top_bar
    signals = (
        wishes.answer_wanted, wishes.decline_wanted, wishes.dial_wanted, wishes.hang_up_wanted, form.submit_wanted,
        form.save_wanted, window.left.item_chosen, bar.state.ready_wanted, bar.found_chosen,
        window.right.knowledge.insert_wanted, window.right.knowledge.article_wanted,
    )  # fmt: skip
    return [QSignalSpy(signal) for signal in signals]


@pytest.mark.parametrize("place", ["subject", "description", "category", "dial", "knowledge", "search"])
@pytest.mark.parametrize(("key", "modifier"), ACTING)
def test_no_key_acts_or_moves_the_focus_while_a_composition_is_open(
    untouched: MainWindow, place: str, key: Qt.Key, modifier: Qt.KeyboardModifier
) -> None:
    window = untouched
    field = fields(window)[place]
    field.setFocus()
    focus = QApplication.focusWidget()
    assert focus is not None
    window.strip.show_calls((Samples("en").ringing,), NOW)
    spies = deeds(window)
    page = window.pages.currentWidget()
    compose(focus, "fapiao")

    QTest.keyClick(focus, key, modifier)
    QCoreApplication.processEvents()

    assert [spy.count() for spy in spies] == [0] * len(spies)
    assert QApplication.focusWidget() is focus
    assert window.pages.currentWidget() is page
    assert QApplication.activePopupWidget() is None
    compose(focus, "")


def test_a_ring_leaves_the_composition_and_its_text_alone(window: MainWindow) -> None:
    subject = window.right.form.subject
    subject.clear()
    subject.setFocus()
    compose(subject, "fapiao")

    desk.put_into(window, "ring", "en")
    commit(subject, "发票")

    assert subject.text() == "发票"
    assert QApplication.focusWidget() is subject


def test_keys_act_again_once_the_text_is_committed(window: MainWindow) -> None:
    subject = window.right.form.subject
    subject.setFocus()
    spy = QSignalSpy(window.right.form.submit_wanted)
    compose(subject, "fapiao")
    commit(subject, "发票")

    QTest.keyClick(subject, Key.Key_Return, Modifier.ControlModifier)

    assert spy.count() == 1


def test_keys_act_again_when_the_focus_left_the_composition(window: MainWindow) -> None:
    compose_in = window.right.form.subject
    compose_in.setFocus()
    compose(compose_in, "fapiao")
    window.right.form.description.setFocus()

    assert not composition_of(desk.application()).is_open


def test_letters_go_on_to_the_field_during_a_composition(window: MainWindow) -> None:
    subject = window.right.form.subject
    subject.clear()
    subject.setFocus()
    compose(subject, "f")

    QTest.keyClick(subject, Key.Key_A)

    assert "a" in subject.text()
