"""Starts of the workstation that are killed at their Nth change of a file, as by kill -9.

Each line that comes is one, a JSON list of home, address, login and N; it lives in a process of its own, which has
everything loaded already. What is answered is a list of its exit code and what came of it where it did not reach N.
"""

import json
import os
import signal
import sys
from pathlib import Path
from typing import Any

from agent_desktop.app import front_door
from agent_desktop.credentials import Credentials
from agent_desktop.errors import DeviceBlocked
from agent_desktop.paths import Paths
from agent_desktop.settings import Settings


class FileVault:
    """A keyring that outlives the process. Only tests use it."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def get_password(self, service: str, username: str) -> str | None:
        found: str | None = self._kept().get(f"{service} {username}")
        return found

    def set_password(self, service: str, username: str, password: str) -> None:
        self._write(self._kept() | {f"{service} {username}": password})

    def delete_password(self, service: str, username: str) -> None:
        kept = self._kept()
        del kept[f"{service} {username}"]
        self._write(kept)

    def _kept(self) -> dict[str, Any]:
        return dict(json.loads(self._path.read_text())) if self._path.exists() else {}

    def _write(self, kept: dict[str, Any]) -> None:
        self._path.with_suffix(".new").write_text(json.dumps(kept))
        self._path.with_suffix(".new").replace(self._path)


def die_at(nth: int, home: str) -> None:
    """Files are changed by renaming and removing them; before each is one moment to die."""
    changes = 0

    def hear(event: str, arguments: tuple[Any, ...]) -> None:
        nonlocal changes
        if event in ("os.rename", "os.remove", "os.rmdir") and home in str(arguments[0]):
            changes += 1
            if changes == nth:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(hear)


def start(home: str, address: str, login: str, nth: int) -> str:
    die_at(nth, Path(home).name)
    credentials = Credentials(FileVault(Path(home) / "vault.json"))
    try:
        inside = front_door(Paths.below(Path(home)), credentials, Settings()).as_before(address, login)
    except DeviceBlocked as stop:
        return stop.code
    return "asks" if inside is None else "inside"


def started(home: str, address: str, login: str, nth: int) -> tuple[int, str]:
    heard, says = os.pipe()
    child = os.fork()
    if child == 0:
        os.dup2(says, sys.stdout.fileno())
        os.close(heard)
        print(start(home, address, login, nth))
        sys.exit()
    os.close(says)
    with os.fdopen(heard, encoding="utf-8") as reader:
        said = reader.read().strip()
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), said


if __name__ == "__main__":
    for line in sys.stdin:
        print(json.dumps(started(*json.loads(line))), flush=True)
