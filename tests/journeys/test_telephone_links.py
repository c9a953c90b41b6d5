"""A telephone link in another program: its number stands in the dial field of the one window, and nobody is called."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from agent_desktop.paths import HOME_VARIABLE
from demo.ports import free_port
from demo.server import DemoServer
from tests.journeys.other_window import OtherWindow
from tests.journeys.x_screen import XScreen

LINKS = {
    "tel": ("tel:+86-571-8888-6721;ext=8001", "0571-88886721 x8001"),
    "sip": ("sip:1001@pbx.example.com;method=REFER?Replaces=1", "sip:1001@pbx.example.com"),
    "sips": ("sips:wang.li@pbx.example.com", "sips:wang.li@pbx.example.com"),
    "callto": ("callto:+8613800006721", "138 0000 6721"),
}


@pytest.fixture(scope="module")
def screen() -> Iterator[XScreen]:
    with XScreen() as made:
        yield made


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


def opened(home: Path, server: DemoServer, screen: XScreen, link: str = "") -> OtherWindow:
    return OtherWindow(home, server.address, free_port(), link=link, env=screen.env)


@pytest.fixture
def window(home: Path, server: DemoServer, screen: XScreen) -> Iterator[OtherWindow]:
    made = opened(home, server, screen)
    assert made.until(lambda seen: seen["window"] and seen["categories"])
    yield made
    made.leave()


def start_again(home: Path, screen: XScreen, *words: str) -> float:
    """What the desktop does for a link; the seconds until that program has ended again, without trouble."""
    env = {**screen.env, HOME_VARIABLE: str(home)}
    began = time.monotonic()
    done = subprocess.run([sys.executable, "-m", "agent_desktop", *words], env=env, capture_output=True, timeout=60)
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")
    return time.monotonic() - began


@pytest.mark.parametrize(("link", "field"), LINKS.values(), ids=LINKS.keys())
def test_link_starts_the_program_and_waits_for_the_sign_in(
    home: Path, server: DemoServer, screen: XScreen, link: str, field: str
) -> None:
    window = opened(home, server, screen, link)
    try:
        assert window.until(lambda seen: seen["window"] and seen["dial field"] == field)
        assert not window.look()["talking"]
    finally:
        window.leave()


def test_link_reaches_the_window_that_is_open(home: Path, window: OtherWindow, screen: XScreen) -> None:
    for link, field in LINKS.values():
        start_again(home, screen, "--", link)

        assert window.until(lambda seen, field=field: seen["dial field"] == field)  # type: ignore[misc]
    assert not window.look()["talking"]


def test_link_that_is_none_is_said_and_leaves_the_field_alone(home: Path, window: OtherWindow, screen: XScreen) -> None:
    for link in ("tel:" + "1" * 10_000, "tel:1%0d%0aX:%20y", "sip:evil", "javascript:alert(1)"):
        start_again(home, screen, "--", link)
    start_again(home, screen, "--", "tel:1001")

    assert window.until(lambda seen: seen["dial field"] == "1001")


def test_second_start_is_heard_by_the_first_whatever_it_was_told(
    home: Path, window: OtherWindow, screen: XScreen
) -> None:
    start_again(home, screen)
    start_again(home, screen, "--login", "somebody.else", "--", "tel:1002")

    assert window.until(lambda seen: seen["dial field"] == "1002")


def test_number_of_a_link_stands_there_before_one_has_looked(home: Path, window: OtherWindow, screen: XScreen) -> None:
    took = min(start_again(home, screen, "--", f"tel:100{n}") for n in range(5))

    assert window.until(lambda seen: seen["dial field"] == "1004")
    assert took < 2.0


def test_two_persons_on_one_computer_have_a_window_each(
    home: Path, window: OtherWindow, server: DemoServer, screen: XScreen, tmp_path: Path
) -> None:
    other = opened(tmp_path / "somebody else", server, screen, "tel:1003")
    try:
        assert other.until(lambda seen: seen["window"] and seen["dial field"] == "1003")
        assert window.look()["dial field"] == ""
    finally:
        other.leave()


def test_nothing_of_it_needs_a_screen_that_is_not_there(home: Path, window: OtherWindow) -> None:
    env = {name: value for name, value in os.environ.items() if name not in ("DISPLAY", "QT_QPA_PLATFORM")}
    command = [sys.executable, "-m", "agent_desktop", "--", "tel:1005"]

    done = subprocess.run(command, env={**env, HOME_VARIABLE: str(home)}, capture_output=True, timeout=60, check=False)

    assert done.returncode == 0
    assert window.until(lambda seen: seen["dial field"] == "1005")
