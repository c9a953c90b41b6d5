"""The workstation as the benchmarks start it: at a seat, on a screen, with a phone that strangers can call."""

import json
import socket
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from agent_desktop.settings import Settings, SettingsFile
from benchmarks._rig.screen import Screen
from benchmarks._rig.seat import Seat
from benchmarks._rig.tree import Tree

PLAIN = ("-m", "agent_desktop")
WATCHED = ("-m", "benchmarks._rig.watched")
PROCESSES = 2
"""The window and the phone."""


def open_at(seat: Seat, screen: Screen, log: Path, record: Path | None = None, packaged: Path | None = None) -> Tree:
    """Starts it signed in; with a `record` it writes down when things happened (see `watched`). `packaged` is the
    program of a package, instead of this checkout's."""
    program = [sys.executable, *(PLAIN if record is None else (*WATCHED, str(record)))]
    if packaged is not None:
        program = [str(packaged)]
    command = [*program, "--server", seat.server.address, "--login", seat.login, "--password-stdin"]
    return Tree(command, {**screen.environment, **seat.environment}, log, stdin=f"{seat.password}\n")


def take_calls_on(seat: Seat) -> int:
    """Chooses the SIP port of this seat's phone and writes it into its settings."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
    settings = Settings(server=seat.server.address, login=seat.login, language="zh_CN", theme="light", sip_port=port)
    SettingsFile(seat.paths.settings).write(settings)
    return port


class Observations:
    """What `watched` has written so far."""

    def __init__(self, record: Path) -> None:
        self._file = record.open(encoding="utf-8")
        self._rest = ""
        self.seen: list[dict[str, Any]] = []

    def new(self) -> Iterator[dict[str, Any]]:
        self._rest += self._file.read()
        *lines, self._rest = self._rest.split("\n")
        fresh = [json.loads(line) for line in lines]
        self.seen += fresh
        return iter(fresh)

    def close(self) -> None:
        self._file.close()
