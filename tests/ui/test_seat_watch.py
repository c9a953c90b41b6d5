"""Customers are locked when IT stops the seat or the lease is over; calls and what is typed go on."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from agent_desktop.data_key import DataKey
from agent_desktop.session import AgentSession
from agent_desktop.sync.events import DeviceStopped, Offline, Synced
from agent_desktop.sync.lease import Lease
from agent_desktop.ui.background import Background
from agent_desktop.ui.desks.notice_board import NoticeBoard
from agent_desktop.ui.desks.seat_watch import SeatWatch
from agent_desktop.ui.in_step import InStep
from agent_desktop.ui.window.main_window import MainWindow
from agent_desktop.ui.window.rail import Page
from agent_model.agent import AgentState
from agent_model.device import DeviceState
from tests.fakes import SetClock
from tests.ui.samples import ME
from tests.ui.test_panes import texts

LEASE_H = 72


class Watched:
    """The window with its watch; `tell` is what the sync lane says."""

    def __init__(self, window: MainWindow, folder: Path) -> None:
        self.clock = SetClock()
        self.window = window
        self.background = Background()
        self.in_step = InStep(self.background, window)
        self.lease = Lease(folder / "lease", DataKey(bytes(range(32))), self.clock, LEASE_H)
        self.lease.renew(ME, None)
        self.session = AgentSession(ME, self.clock)
        self.session.ready()
        self.is_in_call = False
        self.notices = NoticeBoard(window, self.clock, lambda: self.is_in_call, window)
        self.watch = SeatWatch(
            window, self.background, self.in_step, self.lease, self.session, self.notices, lambda: self.is_in_call
        )
        self.asked: list[str] = []
        self.watch.sign_in_wanted.connect(lambda: self.asked.append("sign in"))
        self.watch.wipe_wanted.connect(lambda: self.asked.append("wipe"))

    def tell(self, status: Offline | Synced | DeviceStopped) -> None:
        self.in_step.status_changed.emit(status)

    def go_offline(self) -> None:
        self.tell(Offline(self.clock(), 1, self.clock()))

    @property
    def state(self) -> str:
        return self.session.seat.entry.state.value

    @property
    def words(self) -> str:
        return " ".join(texts(self.window.cover))

    def is_covered(self) -> bool:
        window = self.window
        shown = window.cover.isVisible()
        assert shown is not window.customer.isVisible()
        assert shown is not window.left.isVisible()
        assert shown is not window.top_bar.search.isEnabled()
        return shown


@pytest.fixture
def watched(window: MainWindow, tmp_path: Path) -> Iterator[Watched]:
    made = Watched(window, tmp_path)
    yield made
    assert made.background.close()


def test_customers_are_locked_when_the_lease_is_over_and_shown_after_a_sign_in(watched: Watched, qtbot: QtBot) -> None:
    watched.window.right.form.subject.setText("in the middle of a sentence")
    watched.is_in_call = True
    watched.clock.move(hours=LEASE_H, seconds=1)
    watched.go_offline()
    qtbot.waitUntil(watched.is_covered)
    assert "more than 72 hours" in watched.words
    assert watched.window.right.form.subject.isEnabled()
    assert watched.window.right.form.subject.text() == "in the middle of a sentence"
    assert watched.window.strip.isVisible()
    watched.window.show_page(Page.HISTORY)
    assert watched.window.cover.isVisible()
    assert watched.state == "offline"

    for _ in range(2):
        watched.tell(Synced(watched.clock()))
    assert watched.asked == ["sign in"]
    assert watched.is_covered()

    watched.watch.signed_in()
    assert not watched.is_covered()
    assert watched.state == "ready"


def test_hours_before_it_is_over_it_is_said_once(watched: Watched, qtbot: QtBot) -> None:
    watched.clock.move(hours=LEASE_H - 3)
    for _ in range(3):
        watched.go_offline()
        qtbot.waitUntil(lambda: bool(watched.notices.notices))
    assert ["In about 3 hours" in notice.words for notice in watched.notices.notices] == [True]
    assert not watched.is_covered()


def test_clock_set_back_locks_customers_too(watched: Watched, qtbot: QtBot) -> None:
    watched.clock.move(hours=10)
    assert watched.lease.left() == timedelta(hours=LEASE_H - 10)
    watched.clock.move(hours=-9)
    watched.go_offline()
    qtbot.waitUntil(watched.is_covered)


def test_server_that_speaks_keeps_customers_on_the_screen(watched: Watched, qtbot: QtBot) -> None:
    watched.tell(Synced(watched.clock()))
    watched.clock.move(hours=LEASE_H, seconds=1)
    watched.watch._look_at_lease()
    qtbot.wait(50)
    assert not watched.is_covered()


def test_locked_seat_comes_back_when_it_is_unlocked(watched: Watched) -> None:
    watched.tell(DeviceStopped(DeviceState.LOCKED, 2))
    assert watched.is_covered()
    assert "locked by IT" in watched.words
    assert not watched.window.cover.sign_in.isVisible()
    watched.tell(Synced(watched.clock()))
    assert not watched.is_covered()
    assert watched.asked == []


def test_who_was_on_a_break_is_on_it_again_when_the_seat_is_unlocked(watched: Watched) -> None:
    watched.session.take_break("meal")
    watched.tell(DeviceStopped(DeviceState.LOCKED, 0))
    watched.tell(Synced(watched.clock()))
    entry = watched.session.seat.entry
    assert (entry.state, entry.reason) == (AgentState.BREAK, "meal")


def test_wipe_waits_for_the_end_of_the_call_and_is_asked_for_once(watched: Watched) -> None:
    watched.is_in_call = True
    watched.tell(DeviceStopped(DeviceState.WIPE, 2))
    assert watched.is_covered()
    assert "Your call goes on" in watched.words
    assert watched.asked == []

    watched.is_in_call = False
    watched.watch.call_ended()
    watched.tell(DeviceStopped(DeviceState.WIPE, 2))
    assert watched.asked == ["wipe"]

    watched.watch.wipe_failed()
    watched.tell(DeviceStopped(DeviceState.WIPE, 2))
    assert watched.asked == ["wipe", "wipe"]
