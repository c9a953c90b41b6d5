"""Pinyin is typed and candidates are shown when the phone rings: nothing answers, submits, dials or moves the focus."""

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QWidget

from demo.seat import Seat, commit
from tests.journeys.company import CUSTOMERS, name_of, phone_of
from tests.journeys.conftest import Ring, Sit
from tests.journeys.sight import calls, focus, open_items, ringing, typed

KEYS = (
    "F9", "Return", "Ctrl+Return", "Ctrl+Enter", "Tab", "Shift+Tab", "Esc", "Up", "Down", "Ctrl+1", "Ctrl+2", "Alt+2",
    "F1", "F3", "F6", "F8", "Ctrl+K", "Ctrl+N", "Ctrl+S", "Ctrl+W", "Ctrl+D", "Ctrl+H", "Ctrl+M", "Ctrl+E",
    "Ctrl+Shift+H", "Ctrl+Shift+R", "Ctrl+Shift+B", "Ctrl+Shift+P",
)  # fmt: skip


@pytest.mark.parametrize("where", ["subject", "category", "dial field"])
def test_no_key_does_anything_but_compose(sit: Sit, ring: Ring, where: str) -> None:
    seat = sit()
    field = _field(seat, where)
    compose(field, "fapiao")
    caller = ring(seat, phone_of(CUSTOMERS[19]), X_Queue="support", X_Call_Ref=f"journey-51-{where}")
    assert seat.until(lambda: open_items(seat))
    before = _world(seat)

    for keys in KEYS:
        seat.press(keys)
        QCoreApplication.processEvents()

        assert focus() is field, keys
        assert _world(seat) == before, keys
    assert seat.until(lambda: ringing(seat))
    assert "connected" not in caller.states
    commit(field, "发票")
    assert typed(field)[0] == "发票"
    seat.press("F9")
    assert caller.wait_for("connected")


def test_ring_leaves_the_composition_open_and_its_field_on_the_screen(sit: Sit, ring: Ring) -> None:
    seat = sit()
    seat.press("Ctrl+N")
    field = focus()
    compose(field, "fapiao")

    ring(seat, phone_of(CUSTOMERS[20]), X_Queue="support", X_Call_Ref="journey-52")

    assert seat.until(lambda: [item.title for item in open_items(seat)] == [name_of(CUSTOMERS[20])])
    assert focus() is field
    assert seat.workspace.items.current is None
    assert seat.window.is_composing
    commit(field, "发票")
    assert typed(field) == ("发票", 2)


def test_call_answered_with_the_mouse_leaves_the_composition_alone(sit: Sit, ring: Ring) -> None:
    seat = sit()
    seat.press("Ctrl+N")
    field = focus()
    caller = ring(seat, phone_of(CUSTOMERS[21]), X_Queue="support", X_Call_Ref="journey-53")
    compose(field, "fapiao")

    seat.window.strip.answer()

    assert caller.wait_for("connected")
    assert seat.until(lambda: seat.window.strip.talking.isVisible())
    assert focus() is field
    assert seat.window.is_composing


def test_composed_words_are_filed_by_the_keys_after_them(sit: Sit, ring: Ring) -> None:
    seat = sit()
    caller = ring(seat, phone_of(CUSTOMERS[22]), X_Queue="support", X_Call_Ref="journey-54")
    seat.press("F9")
    assert caller.wait_for("connected")
    seat.press("Ctrl+N")
    field = focus()
    compose(field, "fapiao")
    seat.press("Ctrl+Return")
    commit(field, "发票抬头")

    seat.press("Ctrl+Return")

    form = seat.window.right.form
    assert seat.until(lambda: not form._faults["category"].isHidden())
    assert form.subject.text() == "发票抬头"


def compose(field: QWidget, preedit: str) -> None:
    """An input method shows candidates for what was typed so far."""
    QApplication.sendEvent(field, QInputMethodEvent(preedit, []))


def _field(seat: Seat, where: str) -> QWidget:
    window = seat.window
    fields: dict[str, QWidget] = {
        "subject": window.right.form.subject,
        "category": window.right.form.category,
        "dial field": window.strip.idle.number,
    }
    fields[where].setFocus()
    return focus()


def _world(seat: Seat) -> tuple[object, ...]:
    """What keys could have changed."""
    window = seat.window
    return (
        tuple((call.id, call.state, call.held_here, call.muted) for call in calls(seat)),
        window.pages.currentWidget(),
        window.right.tabs.currentIndex(),
        seat.workspace.items.current_key,
        len(open_items(seat)),
        seat.workspace._rooms.session.seat.entry.state,
        QApplication.activePopupWidget(),
        window.right.form._faults["subject"].isHidden(),
    )
