"""Whoever leaves the seat leaves no customer on the screen; calls go on, and nothing that was typed is lost."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from agent_desktop.errors import DiskFull
from agent_desktop.seat_lock import SeatLock
from agent_desktop.ui.background import Background
from agent_desktop.ui.desks.idle_lock import IdleLock
from agent_desktop.ui.window.main_window import MainWindow
from agent_desktop.ui.window.rail import Page
from agent_model.desk_policy import DeskPolicy
from tests.fakes import SetClock
from tests.ui.test_panes import texts

OWN = "own password"
TYPED = "in the middle of a sentence"


class Seat:
    def __init__(self, window: MainWindow, kept: SeatLock) -> None:
        self.window, self.clock, self.background = window, SetClock(), Background()
        self.kept = kept
        self.is_in_call, self.is_disk_full = False, False
        self.seen: list[bool] = []
        self.idle_lock = IdleLock(window, self.background, kept, self.clock, self._fits, lambda: self.is_in_call)
        self.idle_lock.changed.connect(lambda: self.seen.append(self.idle_lock.is_locked))

    def _fits(self, password: str) -> bool:
        if self.is_disk_full:
            raise DiskFull(Path("keys.json"), "full")
        return password == OWN

    def wait(self, **span: float) -> None:
        self.idle_lock.tick(self.clock.move(**span))

    def is_open(self) -> bool:
        window = self.window
        parts = (window.left, window.right, window.customer, window.top_bar.search, window.rail)
        shown = {part.isVisible() and part.isEnabled() for part in parts}
        assert len(shown) == 1
        assert window.lock.isVisible() is not window.right.isVisible()
        assert window.strip.isVisible()
        return shown.pop()

    def page(self) -> Page:
        return self.window.pages.shown

    def enter(self, password: str) -> None:
        self.window.lock.password.setText(password)
        self.window.lock.unlock.click()


@pytest.fixture
def seat(window: MainWindow, tmp_path: Path) -> Iterator[Seat]:
    made = Seat(window, SeatLock(tmp_path))
    yield made
    assert made.background.close()


def test_after_the_minutes_of_the_site_without_a_key_customers_are_hidden(seat: Seat) -> None:
    seat.idle_lock.learn(DeskPolicy(lock_after_min=5))
    seat.wait(minutes=4, seconds=59)
    assert seat.is_open()
    seat.wait(seconds=1)
    assert not seat.is_open()
    assert seat.window.lock.password.hasFocus()
    assert seat.seen == [True]


def test_key_begins_the_time_anew(seat: Seat) -> None:
    seat.window.right.form.subject.setFocus()
    seat.wait(minutes=9)
    QTest.keyClick(seat.window.right.form.subject, Qt.Key.Key_A)
    seat.wait(minutes=9)
    assert seat.is_open()
    seat.wait(minutes=1)
    assert not seat.is_open()


def test_call_keeps_customers_on_the_screen_and_its_end_begins_the_time(seat: Seat) -> None:
    seat.is_in_call = True
    seat.wait(hours=1)
    seat.is_in_call = False
    seat.wait(minutes=9)
    assert seat.is_open()
    seat.wait(minutes=1)
    assert not seat.is_open()


def test_site_that_wants_none_locks_by_hand_only(seat: Seat) -> None:
    seat.idle_lock.learn(DeskPolicy(lock_after_min=0))
    seat.wait(hours=24)
    assert seat.is_open()
    seat.window.activateWindow()
    QTest.keyClick(seat.window, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier)
    assert not seat.is_open()


def test_password_brings_everything_back_as_it_was(seat: Seat, qtbot: QtBot) -> None:
    seat.window.right.form.subject.setText(TYPED)
    seat.window.show_page(Page.HISTORY)
    seat.idle_lock.lock()
    assert seat.page() is Page.WORKSPACE
    seat.window.show_page(Page.CUSTOMERS)
    assert seat.page() is Page.WORKSPACE

    seat.enter("another")
    qtbot.waitUntil(seat.window.lock.trouble.isVisible)
    assert "not your password" in " ".join(texts(seat.window.lock))
    assert seat.window.lock.password.selectedText() == "another"
    seat.enter(OWN)
    qtbot.waitUntil(lambda: not seat.idle_lock.is_locked)
    assert seat.page() is Page.HISTORY
    seat.window.show_page(Page.WORKSPACE)
    assert seat.is_open()
    assert seat.window.right.form.subject.text() == TYPED
    assert seat.seen == [True, False]
    seat.idle_lock.lock()
    assert seat.window.lock.password.text() == ""


def test_keyboard_is_back_where_it_was(seat: Seat) -> None:
    seat.window.right.form.subject.setFocus()
    seat.idle_lock.lock()
    seat.idle_lock.unlock()
    assert seat.window.right.form.subject.hasFocus()


def test_keys_of_calls_go_through_and_no_others(seat: Seat) -> None:
    wanted: list[str] = []
    seat.window.customer.new_ticket_wanted.connect(lambda: wanted.append("ticket"))
    seat.window.macro_wanted.connect(lambda: wanted.append("macro"))
    chords = {short.key().toString(): short for short in seat.window._shortcuts}
    seat.idle_lock.lock()
    for keys in ("Ctrl+N", "Ctrl+/", "Ctrl+K"):
        chords[keys].activated.emit()
    assert wanted == []
    assert seat.window.lock.password.hasFocus()
    seat.idle_lock.unlock()
    chords["Ctrl+N"].activated.emit()
    assert wanted == ["ticket"]


def test_menus_that_are_open_close(seat: Seat, qtbot: QtBot) -> None:
    menu = QMenu(seat.window)
    menu.addAction("孙丽华")
    menu.popup(seat.window.rect().center())
    qtbot.waitUntil(menu.isVisible)
    seat.idle_lock.lock()
    assert not menu.isVisible()


def test_what_keeps_the_password_from_being_tried_is_said(seat: Seat, qtbot: QtBot) -> None:
    seat.is_disk_full = True
    seat.idle_lock.lock()
    seat.enter(OWN)
    qtbot.waitUntil(seat.window.lock.trouble.isVisible)
    assert not seat.is_open()


def test_seat_stopped_by_it_says_so_and_is_locked_again_afterwards(seat: Seat) -> None:
    seat.idle_lock.lock()
    seat.window.cover_customers("head", "words", can_sign_in=False)
    assert (seat.window.cover.isVisible(), seat.window.lock.isVisible()) == (True, False)
    seat.window.uncover_customers()
    assert not seat.is_open()


def test_who_starts_the_program_again_finds_the_seat_locked(seat: Seat, qtbot: QtBot) -> None:
    seat.idle_lock.lock()
    qtbot.waitUntil(lambda: seat.kept.is_set)
    seat.idle_lock.unlock()
    qtbot.waitUntil(lambda: not seat.kept.is_set)
    seat.kept.set()
    seat.idle_lock.begin(has_password=False)
    assert not seat.is_open()


def test_who_starts_the_program_with_a_password_finds_the_seat_open(seat: Seat, qtbot: QtBot) -> None:
    seat.kept.set()
    seat.idle_lock.begin(has_password=True)
    assert seat.is_open()
    qtbot.waitUntil(lambda: not seat.kept.is_set)


def test_lock_that_cannot_be_kept_holds_all_the_same(
    seat: Seat, tmp_path: Path, qtbot: QtBot, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "locked.new").mkdir()
    seat.idle_lock.lock()
    qtbot.waitUntil(lambda: "could not be kept" in caplog.text)
    assert not seat.is_open()
    caplog.clear()
