"""A screen and a session bus of our own, so that what is measured meets nothing that happens to run here."""

import contextlib
import os
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

SMALLEST_PX = 300
"""Sides of a main window; anything smaller is a splash or a helper window."""


@dataclass(frozen=True, slots=True)
class Window:
    id: int
    width_px: int
    height_px: int


class Screen:
    """Xvfb and a D-Bus session bus on free addresses for as long as the block lasts.

    `environment` is what a program needs to find both, with an empty HOME below `folder` and English messages.
    """

    def __init__(self, width_px: int = 1920, height_px: int = 1080) -> None:
        self._size = f"{width_px}x{height_px}x24"
        self._ending = contextlib.ExitStack()

    def __enter__(self) -> "Screen":
        with contextlib.ExitStack() as starting:
            self.folder = Path(starting.enter_context(tempfile.TemporaryDirectory(prefix="bench-screen-")))
            runtime = self.folder / "run"
            runtime.mkdir(mode=0o700)
            display = starting.enter_context(
                _speaking(f"Xvfb -screen 0 {self._size} -nolisten tcp -noreset -displayfd {{}}")
            )
            no_services = {"PATH": os.environ["PATH"], "XDG_DATA_DIRS": str(runtime), "XDG_RUNTIME_DIR": str(runtime)}
            bus = starting.enter_context(  # a keyring that it started would ask on whatever screen there is, and wait
                _speaking("dbus-daemon --session --nofork --print-address={}", no_services)
            )
            self.environment: Mapping[str, str] = {
                "DISPLAY": f":{display}",
                "DBUS_SESSION_BUS_ADDRESS": bus,
                "XDG_RUNTIME_DIR": str(runtime),
                "XDG_SESSION_TYPE": "x11",
                "QT_QPA_PLATFORM": "xcb",
                "LANG": "C.UTF-8",
                "PATH": os.environ["PATH"],
            }
            self._ending = starting.pop_all()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._ending.__exit__(kind, error, trace)

    def windows(self) -> list[Window]:
        """The main windows that are mapped now. The root window has no name and is not among them."""
        asked = ("xdotool", "search", "--onlyvisible", "--name", ".+", "getwindowgeometry", "--shell", "%@")
        told = subprocess.run(asked, env=dict(self.environment), capture_output=True, text=True, check=False).stdout
        found = []
        facts: dict[str, int] = {}
        for line in told.splitlines():
            name, _, value = line.partition("=")
            facts[name] = int(value)
            if name == "HEIGHT" and min(facts["WIDTH"], facts["HEIGHT"]) >= SMALLEST_PX:
                found.append(Window(facts["WINDOW"], facts["WIDTH"], facts["HEIGHT"]))
        return found


@contextlib.contextmanager
def _speaking(command: str, environment: Mapping[str, str] | None = None) -> Iterator[str]:
    """Runs a server that writes its address as a line to the descriptor whose number stands for `{}`."""
    reading, writing = os.pipe()
    with subprocess.Popen(
        command.format(writing).split(),
        env=environment,
        pass_fds=(writing,),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as server:
        os.close(writing)
        with os.fdopen(reading, encoding="utf-8") as told:
            address = told.readline().strip()
            try:
                if not address:
                    raise RuntimeError(f"it does not start: {command}")
                yield address
            finally:
                server.terminate()
