"""Lanes keep their order, bring results to the main thread, and end when they are told to."""

import threading
from collections.abc import Iterator
from functools import partial

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from agent_desktop.ui.background import Background


@pytest.fixture
def background(qtbot: QtBot) -> Iterator[Background]:
    made = Background()
    yield made
    assert made.close()


def test_results_come_back_in_order_and_in_the_main_thread(background: Background, qtbot: QtBot) -> None:
    came: list[tuple[int, bool]] = []
    for n in range(20):
        background.store.do(
            partial(int, n), lambda n: came.append((n, threading.current_thread() is threading.main_thread()))
        )
    qtbot.waitUntil(lambda: len(came) == 20)
    assert came == [(n, True) for n in range(20)]


def test_work_runs_outside_the_main_thread(background: Background, qtbot: QtBot) -> None:
    ran: list[threading.Thread] = []
    background.network.do(threading.current_thread, ran.append)
    qtbot.waitUntil(lambda: bool(ran))
    assert ran[0] is not threading.main_thread()


def test_nobody_on_the_network_waits_for_the_library(background: Background, qtbot: QtBot) -> None:
    gate, came = threading.Event(), list[str]()
    for _ in range(8):
        background.library.do(gate.wait)
    background.network.do(lambda: "who calls", came.append)
    qtbot.waitUntil(lambda: came == ["who calls"])
    gate.set()


def test_an_error_goes_to_whoever_asked_and_the_lane_goes_on(background: Background, qtbot: QtBot) -> None:
    came: list[object] = []
    background.store.do(lambda: 1 // 0, came.append, lambda error: came.append(type(error)))
    background.store.do(lambda: "next", came.append)
    qtbot.waitUntil(lambda: len(came) == 2)
    assert came == [ZeroDivisionError, "next"]


def test_only_the_newest_of_replaced_work_is_done(background: Background, qtbot: QtBot) -> None:
    gate, came = threading.Event(), list[str]()
    background.store.do(gate.wait)
    for text in ("f", "fa", "fap"):
        background.store.do(partial(str, text), came.append, replaces="search")
    gate.set()
    qtbot.waitUntil(lambda: bool(came))
    background.store.do(lambda: "end", came.append)
    qtbot.waitUntil(lambda: "end" in came)
    assert came == ["fap", "end"]


def test_older_work_that_ends_after_newer_is_not_told(background: Background, qtbot: QtBot) -> None:
    """The library has two threads."""
    began, newer_ended, came = threading.Event(), threading.Event(), list[str]()

    def older() -> str:
        began.set()
        newer_ended.wait()
        return "f"

    background.library.do(older, came.append, replaces="search")
    assert began.wait(60)
    background.library.do(lambda: "fa", came.append, replaces="search")
    qtbot.waitUntil(lambda: came == ["fa"])
    newer_ended.set()
    assert background.library.close(60)
    background.store.do(lambda: "end", came.append)
    qtbot.waitUntil(lambda: "end" in came)
    assert came == ["fa", "end"]


def test_follower_delivers_until_it_is_stopped(background: Background, qtbot: QtBot) -> None:
    stop, came = threading.Event(), list[str]()

    def source(deliver: object) -> None:
        deliver("ring")  # type: ignore[operator]
        stop.wait()

    background.follow("phone", source, came.append, stop.set)
    qtbot.waitUntil(lambda: came == ["ring"])


def test_closing_finishes_what_the_store_lane_was_given(qtbot: QtBot) -> None:
    background, done = Background(), list[int]()
    for n in range(5):
        background.store.do(partial(done.append, n))
    assert background.close()
    assert done == [0, 1, 2, 3, 4]


def test_widget_that_only_work_holds_ends_in_the_main_thread(background: Background, qtbot: QtBot) -> None:
    ended, came = list[threading.Thread](), list[object]()

    class Pane(QWidget):
        def __del__(self) -> None:
            ended.append(threading.current_thread())

    def look_up(pane: QWidget, gate: threading.Event) -> object:
        gate.wait()
        return pane.objectName()

    for _ in range(20):
        gate = threading.Event()
        background.network.do(partial(look_up, Pane(), gate), came.append)
        gate.set()
    qtbot.waitUntil(lambda: len(came) == 20)
    background.close()
    assert ended == [threading.main_thread()] * 20
