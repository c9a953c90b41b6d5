"""The installed workstation is wiped from afar, or is too long without the server: what lies on the disk then.

    python -m tests.lab.packaged_wipe MACHINE PROGRAM    PROGRAM as it is called in MACHINE

MACHINE is a folder with a Debian in it, where PROGRAM is installed and somebody is called `agent`. Every byte that the
program wrote there is looked through. One line of JSON says what came of it; exit code 0 when all of it is so.
"""

import contextlib
import io
import json
import os
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, closing
from pathlib import Path
from typing import Final

from agent_server.__main__ import main as server_command
from benchmarks._rig.screen import Screen
from demo.server import DemoServer
from tests.lab.packaged_window import CUSTOMERS, OpenWindow, until

HOME: Final = "/home/agent/wiped"
WRITTEN_TO: Final = ("home/agent", "tmp", "var/tmp", "run", "var/crash", "var/lib/systemd/coredump")
TYPED: Final = "the neighbours router hums at night"
CODINGS: Final = ("utf-8", "utf-16-le", "gb18030")
SHORTEST: Final = 6
"""Bytes: fewer stand by chance in megabytes of ciphertext."""
STAYS: Final = ("workstation", "settings.json", "starts.json", "agent-desktop.log", "window.json")
PHONE: Final = "agent_desktop.softphone"
NO_TIME: Final = {"offline.lease_h": 0}
POLICY: Final = "etc/agent-desktop/policies/managed/20-lease.json"


def main(words: Sequence[str]) -> int:
    machine, program = Path(words[0]).absolute(), words[1]
    with ExitStack() as ending:
        home = Path(ending.enter_context(tempfile.TemporaryDirectory(prefix="packaged-wipe-")))
        screen = ending.enter_context(Screen())
        server = DemoServer(home)
        server.fill(CUSTOMERS)
        server.start()
        ending.callback(server.stop)
        window = OpenWindow(machine, program, screen, server, HOME)
        ending.callback(_close, window)
        told: dict[str, object] = {"came_up": until(lambda: screen.windows() and window.processes(PHONE))}
        (shown, *_) = screen.windows()
        subprocess.run(["xdotool", "windowfocus", "--sync", str(shown.id)], env=dict(screen.environment), check=True)
        window.press("ctrl+n")
        subprocess.run(["xdotool", "type", "--delay", "20", TYPED], env=dict(screen.environment), check=True)
        seeded = (TYPED, *_names_and_numbers(server.database))
        told["in_clear_at_work"] = _in_clear(machine, seeded)
        _console(server, "wipe")
        told["wiped"] = until(lambda: not _kept(machine, "outbox.db") and not _kept(machine, "keys.json"))
        told["arrived"] = until(lambda: _arrived(server.database))
        told["came_back"] = until(lambda: window.is_there and screen.windows())
        told["in_clear_after"] = _in_clear(machine, seeded)
        told["left"] = sorted(path.name for path in _files(machine / HOME.lstrip("/")) if not _may_stay(path))

        _console(server, "activate")
        _close(window)
        lasting = OpenWindow(machine, program, screen, server, HOME)
        ending.callback(_close, lasting)
        told["came_up_again"] = until(lambda: lasting.processes(PHONE))
        _close(lasting)
        server.kill()
        (machine / POLICY).write_text(json.dumps(NO_TIME))
        (machine / POLICY).chmod(0o644)
        ending.callback((machine / POLICY).unlink)
        locked = OpenWindow(machine, program, screen, server, HOME)
        ending.callback(_close, locked)
        told["asked"] = until(lambda: screen.windows())
        told["stays_locked"] = not until(lambda: locked.processes(PHONE), 10)
        told["in_clear_when_locked"] = _in_clear(machine, seeded)
    print(json.dumps(told, ensure_ascii=False))
    nothing = ("in_clear_at_work", "in_clear_after", "in_clear_when_locked", "left")
    return 0 if told == {**dict.fromkeys(told, True), **{name: [] for name in nothing}} else 1


def _close(window: OpenWindow) -> None:
    if window.is_there:
        window.close()


def _console(server: DemoServer, word: str) -> None:
    with closing(sqlite3.connect(server.database)) as connection:
        [(device,)] = connection.execute("SELECT id FROM device").fetchall()
    with contextlib.redirect_stdout(io.StringIO()):
        if server_command(["device", word, device, "--database", str(server.database)]):
            raise RuntimeError(f"device {word}")


def _arrived(database: Path) -> bool:
    with closing(sqlite3.connect(database)) as connection:
        return bool(connection.execute("SELECT 1 FROM ticket WHERE subject = ?", (TYPED,)).fetchall())


def _names_and_numbers(database: Path) -> Iterator[str]:
    with closing(sqlite3.connect(database)) as connection:
        for name, phones in connection.execute("SELECT name, phones FROM customer LIMIT 20").fetchall():
            yield name
            yield from (number.removeprefix("+86") for number in json.loads(phones))


def _kept(machine: Path, name: str) -> list[Path]:
    return list((machine / HOME.lstrip("/")).rglob(name))


def _files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file() and not path.is_symlink() and path.stat().st_size]


def _may_stay(path: Path) -> bool:
    """Nothing of the person: how one may sign in there, that it was wiped, and what the new run writes."""
    is_of_new_run = path.suffix in (".run", ".log")
    return path.name in STAYS or path.name.startswith("ways_in") or ".wiped" in path.name or is_of_new_run


def _in_clear(machine: Path, seeded: Sequence[str]) -> list[str]:
    coded = {text.encode(coding) for text in seeded for coding in CODINGS}
    wanted = [text for text in coded if len(text) >= SHORTEST]
    found = []
    for folder in WRITTEN_TO:
        for path in _files(machine / folder):
            content = path.read_bytes()
            found += [str(path.relative_to(machine)) for text in wanted if text in content]
    return sorted(set(found))


if __name__ == "__main__":
    os.environ.setdefault("QT_QPA_PLATFORM", "xcb")
    sys.exit(main(sys.argv[1:]))
