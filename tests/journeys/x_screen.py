"""A screen of its own for real windows: an X server, with a window manager or without, and a hand at its keyboard."""

import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from types import TracebackType

ROOT = Path(__file__).parents[2]
PATIENCE_S = 30.0


class XScreen:
    """`env` is what a program needs to come up on it; `do` is what xdotool does there."""

    def __init__(self, manager: str = "") -> None:
        reading, writing = os.pipe()
        self._server = subprocess.Popen(
            ["Xvfb", "-displayfd", str(writing), "-screen", "0", "1920x1080x24", "-nolisten", "tcp"],
            pass_fds=[writing],
            stderr=subprocess.DEVNULL,
        )
        os.close(writing)
        with os.fdopen(reading) as said:
            display = f":{said.readline().strip()}"
        self.env = {**os.environ, "DISPLAY": display, "QT_QPA_PLATFORM": "xcb"}
        self._manager = (
            subprocess.Popen([manager], env=self.env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            if manager
            else None
        )

    def __enter__(self) -> "XScreen":
        return self

    def __exit__(self, _: type[BaseException] | None, __: BaseException | None, ___: TracebackType | None) -> None:
        for process in (self._manager, self._server):
            if process is not None:
                process.terminate()
                process.wait(PATIENCE_S)

    def do(self, *words: str) -> str:
        done = subprocess.run(["xdotool", *words], env=self.env, capture_output=True, text=True, timeout=PATIENCE_S)
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()

    def focus(self, window: str) -> None:
        """As a person does who clicks into it."""
        if self._manager is None:
            self.do("windowfocus", "--sync", window)
        else:
            self.do("windowactivate", "--sync", window)

    def focused(self) -> str:
        return self.do("getwindowfocus")


class Editor:
    """Another program with one field to type in."""

    def __init__(self, screen: XScreen) -> None:
        self._screen = screen
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.journeys.editor"], env=screen.env, stdout=subprocess.PIPE, text=True, cwd=ROOT
        )
        self._texts: list[str] = []
        self._more = threading.Condition()
        self._reader = threading.Thread(target=self._read, name="editor", daemon=True)
        self._reader.start()
        self._window = screen.do("search", "--sync", "--onlyvisible", "--name", "^Another program$").splitlines()[0]

    def take_focus(self) -> None:
        self._screen.focus(self._window)

    @property
    def has_focus(self) -> bool:
        return self._screen.focused() == self._window

    @property
    def text(self) -> str:
        return self._texts[-1] if self._texts else ""

    def reads(self, text: str) -> bool:
        """Whether this stands in its field in time."""
        with self._more:
            return self._more.wait_for(lambda: self.text == text, PATIENCE_S)

    def close(self) -> None:
        self._process.terminate()
        self._process.wait(PATIENCE_S)
        self._reader.join(PATIENCE_S)
        if self._process.stdout is not None:
            self._process.stdout.close()

    def _read(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            with self._more:
                self._texts.append(line.rstrip("\n"))
                self._more.notify_all()


def until(fact: Callable[[], object]) -> bool:
    end = time.monotonic() + PATIENCE_S
    while not fact():
        if time.monotonic() > end:
            return False
        time.sleep(0.05)
    return True
