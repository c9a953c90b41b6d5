"""An open workstation through an upgrade of its package: pages never opened before open, and its phone comes back.

    python -m tests.lab.packaged_window MACHINE PROGRAM PACKAGE    PROGRAM and PACKAGE as they are called in MACHINE

MACHINE is a folder with a Debian in it, where PROGRAM is installed and somebody is called `agent`. One line of JSON
says what came of it; exit code 0 when all of it is so. A picture of each page lies in MACHINE/srv/pages.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import Final

import psutil
from PySide6.QtGui import QGuiApplication, QPixmap

from agent_desktop.ui.page import KEYS, Page
from benchmarks._rig.screen import Screen
from demo.server import PASSWORD, DemoServer

CUSTOMERS: Final = 50
LOGIN: Final = "lin.yue"
PATIENCE_S: Final = 60.0
LOOK_EVERY_S: Final = 0.2
OPENED: Final = (
    Page.ATTENTION, Page.NOTICES, Page.HISTORY, Page.TICKETS, Page.CUSTOMERS, Page.CALLS, Page.FOLLOW_UPS,
    Page.ANNOUNCEMENTS, Page.HEALTH, Page.SETTINGS,
)  # fmt: skip
"""Offered to every agent."""
HOME: Final = "/home/agent/open"
BENEATH_THE_BAR: Final = (70, 60)
"""What stands above it changes by itself: clocks, the state of the line."""
ENTER: Final = 'mount -t proc proc "$0/proc"; mount --rbind /dev "$0/dev"; exec chroot "$@"'


class OpenWindow:
    """The program in the machine, as `agent`, on a screen of its own; what it keeps lies in `home`."""

    def __init__(self, machine: Path, program: str, screen: Screen, server: DemoServer, home: str = HOME) -> None:
        self.machine = machine
        self._home = home
        self._screen = screen
        display = screen.environment["DISPLAY"]
        command = inside(
            machine,
            f"DISPLAY={display}", "QT_QPA_PLATFORM=xcb", f"AGENT_DESKTOP_HOME={home}", "HOME=/home/agent",
            program, "--server", server.address, "--login", LOGIN, "--password-stdin",
            user="agent",
        )  # fmt: skip
        with (machine / "srv/window.log").open("wb") as log:
            self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=log, stderr=log)
        if self._process.stdin is not None:
            self._process.stdin.write(f"{PASSWORD}\n".encode())
            self._process.stdin.close()
        os.environ.update(screen.environment)
        self._eye = QGuiApplication.instance() or QGuiApplication([])

    @property
    def is_there(self) -> bool:
        return self._process.poll() is None

    @property
    def complaints(self) -> list[str]:
        """What nobody expected to go wrong, of every run."""
        logs = self.machine / self._home.lstrip("/") / "logs"
        return [line for file in logs.rglob("*.txt") for line in file.read_text().splitlines()] + [
            line for file in logs.rglob("*.log") for line in file.read_text().splitlines() if "unhandled" in line
        ]

    def processes(self, word: str) -> dict[int, str]:
        """The program of each that has `word` in its command, by id."""
        found = {}
        for each in psutil.Process(self._process.pid).children(recursive=True):
            with suppress(psutil.NoSuchProcess):
                if word in each.cmdline():
                    found[each.pid] = each.exe()
        return found

    def press(self, keys: str) -> None:
        subprocess.run(["xdotool", "key", keys.lower()], env=dict(self._screen.environment), check=True)

    def picture(self) -> QPixmap:
        return QGuiApplication.primaryScreen().grabWindow(0, *BENEATH_THE_BAR)

    def open(self, page: Page, kept: Path) -> bool:
        """Whether the window shows something else now."""
        before = self.picture().toImage()
        self.press(KEYS[page])
        has_changed = until(lambda: self.picture().toImage() != before)
        self.picture().save(str(kept / f"{page}.png"))
        return has_changed

    def close(self) -> None:
        program = psutil.Process(self._process.pid)
        family = [program, *program.children(recursive=True)]
        for process in family:
            process.terminate()
        psutil.wait_procs(family[1:], timeout=PATIENCE_S)
        self._process.wait(PATIENCE_S)


def inside(machine: Path, *words: str, user: str = "root") -> list[str]:
    enter = ["unshare", "--mount", "--", "bash", "-euc", ENTER, str(machine), f"--userspec={user}", str(machine)]
    return [*enter, "/usr/bin/env", "-i", "PATH=/usr/sbin:/usr/bin:/sbin:/bin", "LANG=C.UTF-8", *words]


def until(fact: Callable[[], object], within_s: float = PATIENCE_S) -> bool:
    deadline = time.monotonic() + within_s
    while time.monotonic() < deadline:
        if fact():
            return True
        time.sleep(LOOK_EVERY_S)
    return False


def main(words: Sequence[str]) -> int:
    machine, program, package = Path(words[0]).absolute(), words[1], words[2]
    versions = machine / "opt/agent-desktop/versions"
    kept = machine / "srv/pages"
    kept.mkdir(exist_ok=True)
    with ExitStack() as ending:
        home = Path(ending.enter_context(tempfile.TemporaryDirectory(prefix="packaged-window-")))
        screen = ending.enter_context(Screen())
        server = DemoServer(home)
        server.fill(CUSTOMERS)
        server.start()
        ending.callback(server.stop)
        window = OpenWindow(machine, program, screen, server)
        ending.callback(window.close)
        came_up = until(lambda: screen.windows() and window.processes("agent_desktop.softphone"))
        (shown, *_) = screen.windows()
        subprocess.run(["xdotool", "windowfocus", "--sync", str(shown.id)], env=dict(screen.environment), check=True)
        install = inside(machine, "DEBIAN_FRONTEND=noninteractive", "dpkg", "--force-confold", "-i", package)
        installed = subprocess.run(install, capture_output=True, check=False)
        told: dict[str, object] = {"came_up": came_up, "installed": installed.returncode == 0}
        told["versions"] = len(list(versions.glob("*")))
        told["phone_came_back"] = _phone_comes_back(window)
        told["not_opened"] = [page.value for page in OPENED if not window.open(page, kept)]
        told["is_there"] = window.is_there
        told["complaints"] = window.complaints[:5]
    print(json.dumps(told))
    well = {**dict.fromkeys(told, True), "versions": 2, "not_opened": [], "complaints": []}
    return 0 if told == well else 1


def _phone_comes_back(window: OpenWindow) -> bool:
    """Of the version that the window is of."""
    before = window.processes("agent_desktop.softphone")
    for process in before:
        psutil.Process(process).kill()
    came = until(lambda: set(window.processes("agent_desktop.softphone")) - set(before))
    return came and set(window.processes("agent_desktop.softphone").values()) == set(before.values())


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
