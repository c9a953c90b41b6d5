"""The agent works in another program when somebody rings: what is typed there stays there, and the call is answered."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from demo.caller import Caller
from demo.ports import free_port
from demo.server import DemoServer
from tests.journeys.company import CUSTOMERS, phone_of
from tests.journeys.other_window import OtherWindow
from tests.journeys.x_screen import Editor, XScreen

MANAGERS = {"no window manager": "", "openbox": "openbox"}


@pytest.fixture(params=MANAGERS.values(), ids=list(MANAGERS))
def screen(request: pytest.FixtureRequest) -> Iterator[XScreen]:
    with XScreen(request.param) as made:
        yield made


@pytest.fixture
def other(tmp_path: Path, server: DemoServer, screen: XScreen) -> Iterator[OtherWindow]:
    window = OtherWindow(tmp_path / "other", server.address, free_port(), env=screen.env, global_hotkeys=True)
    assert window.until(lambda seen: seen["window"] and seen["categories"])
    yield window
    window.leave()


@pytest.fixture
def editor(other: OtherWindow, screen: XScreen) -> Iterator[Editor]:
    program = Editor(screen)
    program.take_focus()
    screen.do("type", "a")
    assert program.reads("a")
    yield program
    program.close()


def test_ring_over_another_program_takes_neither_focus_nor_letters(
    other: OtherWindow, editor: Editor, screen: XScreen
) -> None:
    with Caller(other.sip_address, phone_of(CUSTOMERS[40]), {"X-Call-Ref": "journey-91"}) as caller:
        assert other.until(lambda seen: seen["rings over others"])
        assert editor.has_focus
        screen.do("type", "bc def")
        assert editor.reads("abc def")

        x, y = other.look()["rings over others"]
        screen.do("mousemove", str(x), str(y), "click", "1")

        assert caller.wait_for("connected")
        assert other.until(lambda seen: not seen["rings over others"])
        assert editor.has_focus
        screen.do("type", " ghi")
        assert editor.reads("abc def ghi")
        assert not other.look()["is active"]
        caller.hang_up()
        assert caller.wait_for("ended")


def test_ring_every_40_ms_of_typing_loses_no_letter(other: OtherWindow, editor: Editor, screen: XScreen) -> None:
    words = "the quick brown fox jumps over the lazy dog "
    with Caller(other.sip_address, phone_of(CUSTOMERS[41]), {"X-Call-Ref": "journey-92"}) as caller:
        screen.do("type", "--delay", "40", words * 2)
        assert editor.reads("a" + words * 2)
        assert other.until(lambda seen: seen["rings over others"])
        caller.hang_up()
        assert other.until(lambda seen: not seen["rings over others"])


def test_key_of_the_whole_desktop_answers_mutes_and_hangs_up(
    other: OtherWindow, editor: Editor, screen: XScreen
) -> None:
    with Caller(other.sip_address, phone_of(CUSTOMERS[42]), {"X-Call-Ref": "journey-93"}) as caller:
        assert other.until(lambda seen: seen["rings over others"])

        screen.do("key", "F9")
        assert caller.wait_for("connected")
        assert other.until(lambda seen: seen["talking"])
        screen.do("key", "ctrl+alt+h")
        assert _held_there(caller)
        screen.do("key", "ctrl+shift+F9")

        assert caller.wait_for("ended")
        assert editor.has_focus
        assert editor.text == "a"


def _held_there(caller: Caller) -> bool:
    """Whether the caller's phone learns that it is held."""
    for _ in range(600):
        if any(event["is"] == "CallChanged" and event["call"]["held_there"] for event in list(caller.events)):
            return True
        time.sleep(0.05)
    return False
