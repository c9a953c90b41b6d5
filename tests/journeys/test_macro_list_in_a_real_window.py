"""The list of macros in a real window on a real screen: inside its window at every edge and scale, by keyboard."""

import json
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.journeys.x_screen import PATIENCE_S, ROOT, XScreen

PLACES = {
    "whole screen": (0, 0, 1920, 1080),
    "lower right corner": (554, 312, 1366, 768),
    "small and low": (300, 470, 1180, 600),
}


class Window:
    """`seen` is what it told last."""

    def __init__(self, screen: XScreen, place: tuple[int, int, int, int], scale: str) -> None:
        self._screen = screen
        env = {**screen.env, "PYTHONPATH": str(ROOT), "QT_SCALE_FACTOR": scale}
        arguments = [str(int(side / float(scale))) for side in place]
        command = [sys.executable, "-m", "tests.journeys.macro_window", *arguments]
        self.process = subprocess.Popen(command, env=env, cwd=ROOT, stdout=subprocess.PIPE, text=True)
        self._told: list[str] = []
        self._reader = threading.Thread(target=self._read, name="macro window", daemon=True)
        self._reader.start()

    def close(self) -> None:
        self.process.terminate()
        self.process.wait(PATIENCE_S)
        self._reader.join(PATIENCE_S)
        if self.process.stdout is not None:
            self.process.stdout.close()

    def _read(self) -> None:
        for line in self.process.stdout or ():
            self._told.append(line)

    @property
    def seen(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self._told[-1]) if self._told else {}
        return found

    def until(self, fact: Callable[[dict[str, Any]], object]) -> bool:
        deadline = time.monotonic() + PATIENCE_S * 3
        while not (self.seen and fact(self.seen)):
            if time.monotonic() > deadline or self.process.poll() is not None:
                return False
            time.sleep(0.05)
        return True

    def press(self, *keys: str) -> None:
        self._screen.do("key", "--delay", "40", *keys)


@pytest.fixture(scope="module")
def screen() -> Iterator[XScreen]:
    with XScreen() as made:
        yield made


@pytest.fixture(params=[(place, scale) for place in PLACES for scale in ("1", "2")], ids=str)
def window(request: pytest.FixtureRequest, screen: XScreen) -> Iterator[Window]:
    place, scale = request.param
    made = Window(screen, PLACES[place], scale)
    try:
        assert made.until(lambda seen: seen["window"])
        number = screen.do("search", "--sync", "--onlyvisible", "--pid", str(made.process.pid)).splitlines()[-1]
        screen.focus(number)
        assert made.until(lambda seen: seen["has_focus"])
        yield made
    finally:
        made.close()


@pytest.mark.timeout(240)
def test_list_stays_in_its_window_beside_what_is_typed_and_takes_the_keyboard(window: Window) -> None:
    for _ in range(12):
        window.press("a", "Return")
    window.press("slash")
    assert window.until(lambda seen: seen["list"])
    left, top, width, height = window.seen["list"]
    _, _, whole_width, whole_height = window.seen["window"]
    begins, ends = window.seen["line"]
    assert left >= 0
    assert left + width <= whole_width
    assert top >= 0
    assert top + height <= whole_height
    assert top >= ends or top + height <= begins, "it hides what is typed"

    window.press("Down", "Down", "Up", "Return")
    assert window.until(lambda seen: seen["text"].endswith("<m-1>"))
    assert window.seen["list"] is None
    window.press("space", "slash", "m", "4")
    assert window.until(lambda seen: seen["keys"] == ["m-4"])
    window.press("Escape")
    assert window.until(lambda seen: seen["list"] is None)
    assert window.seen["text"].endswith("<m-1> /m4")
    assert window.seen["has_focus"]
