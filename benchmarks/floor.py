"""How long after an agent's key press the new state stands painted on a duty manager's board of hundreds of agents.

A call centre on PostgreSQL behind two server processes; the board is a real window on a screen of its own, so is the
window of the agent whose keys are pressed. The other agents only listen, and some of them change their state all the
time, all within sight; everybody has a shift, so the board says adherence, too. Beside the way of a state it is
measured what painting a change costs, and what the duty manager's whole workstation costs while it goes on.
"""

import argparse
import contextlib
import json
import os
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path
from statistics import median, quantiles
from typing import Any, Final

from agent_desktop.paths import HOME_VARIABLE, Paths
from agent_desktop.settings import Settings, SettingsFile
from benchmarks._rig.call_centre import MANAGER, CallCentre, agent
from benchmarks._rig.crowd_process import Crowd, end
from benchmarks._rig.screen import Screen
from benchmarks._rig.tree import Tree
from benchmarks._rig.workstation import PROCESSES, Observations
from tests.postgresql import Cluster

ROOT: Final = Path(__file__).parent.parent
PATIENCE_S: Final = 60.0
FETCHED_WITHIN_S: Final = 180.0
SETTLE_S: Final = 3.0
BETWEEN_S: Final = 0.35
IN_SIGHT: Final = 16
"""Agents who stand on the board's first screen beneath the one whose keys are pressed."""
READY: Final = ("ready", "ready")
WORK: Final = ("work", "after_call_work")
"""What is done at the agent's window, and the state that comes of it."""


def main(argv: list[str]) -> int:
    options = _options(argv)
    with tempfile.TemporaryDirectory(prefix="bench-floor-") as folder, Cluster() as cluster, Screen() as screen:
        centre = CallCentre(Path(folder), cluster, options.agents)
        centre.fill()
        centre.plan_shifts(datetime.now(UTC))
        centre.start(options.processes)
        try:
            figures = _measure(centre, screen, Path(folder), options)
        finally:
            centre.stop()
    if not options.json:
        print("\n".join(f"{name:>24} {figure}" for name, figure in figures.items()))
    print(json.dumps(figures))
    return 0


def _options(argv: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks floor", description=__doc__)
    parser.add_argument("--agents", type=int, default=500)
    parser.add_argument("--samples", type=int, default=100, help="key presses (default: %(default)s)")
    parser.add_argument("--rate", type=float, default=10.0, help="states of others a second (default: %(default)s)")
    parser.add_argument("--processes", type=int, default=2, help="of the server (default: %(default)s)")
    parser.add_argument("--json", action="store_true", help="print nothing but one JSON object")
    return parser.parse_args(argv)


def _measure(centre: CallCentre, screen: Screen, home: Path, options: argparse.Namespace) -> dict[str, Any]:
    record = home / "record.jsonl"
    record.touch()
    with (
        contextlib.closing(Observations(record)) as seen,
        _board(centre, screen, home / "manager", record) as board,
        Hands(centre, home / "agent", agent(0)) as hands,
        Crowd(centre) as crowd,
    ):
        board.until_calm(screen, PROCESSES)
        crowd.join(1, options.agents)
        sight = Sight(seen, board)
        hands.until_open()
        sight.until_listed(options.agents)  # a machine with no time for it is calm, too
        for first in (WORK, READY):  # builds what the others use again
            sight.wait(*hands.do(*first))
        crowd.change(options.rate, min(IN_SIGHT, options.agents - 1))
        time.sleep(SETTLE_S)
        sight.look()
        waits_ms: list[float] = []
        changes, cpu_s, began, before = crowd.told()["changes"], board.cpu_s(), time.monotonic(), len(seen.seen)
        for _ in range(options.samples):
            sight.wait(*hands.do(*WORK))
            time.sleep(BETWEEN_S)
            waits_ms.append(sight.wait(*hands.do(*READY)))
            time.sleep(BETWEEN_S)
        took_s = time.monotonic() - began
        cpu_s, changes = board.cpu_s() - cpu_s, crowd.told()["changes"] - changes
        sight.look()
        paintings = [one for one in seen.seen[before:] if one["states"]]
    painted_ms = [one["took_ms"] for one in paintings]
    return {
        "agents": options.agents,
        "samples": options.samples,
        "state_to_board_p50_ms": round(median(waits_ms), 1),
        "state_to_board_p95_ms": round(_p95(waits_ms), 1),
        "state_to_board_max_ms": round(max(waits_ms), 1),
        "repaint_p50_ms": round(median(painted_ms), 2),
        "repaint_p95_ms": round(_p95(painted_ms), 2),
        "repaints": len(paintings),
        "rows_p95": round(_p95([one["rows"] for one in paintings]), 1),
        "changes_per_s": round(changes / took_s, 1),
        "cpu_core": round(cpu_s / took_s, 3),
        "load": round(os.getloadavg()[0], 1),
    }


def _p95(values: list[float]) -> float:
    return quantiles(values, n=20, method="inclusive")[-1]


def _settle(home: Path, centre: CallCentre, login: str) -> dict[str, str]:
    """Where a workstation keeps its things; returns the environment that it needs for that."""
    home.mkdir(parents=True)
    SettingsFile(Paths.below(home).settings).write(Settings(server=centre.address, login=login, language="en"))
    return {"HOME": str(home), HOME_VARIABLE: str(home), "PYTHON_KEYRING_BACKEND": "keyring.backends.null.Keyring"}


def _board(centre: CallCentre, screen: Screen, home: Path, record: Path) -> Tree:
    own = _settle(home, centre, MANAGER)
    command = [sys.executable, "-m", "benchmarks._rig.watched_board", str(record)]
    command += ["--server", centre.address, "--login", MANAGER, "--password-stdin"]
    return Tree(command, {**screen.environment, **own}, home / "log", stdin=f"{centre.password}\n")


class Sight:
    """What stands on the board."""

    def __init__(self, seen: Observations, board: Tree) -> None:
        self._seen, self._board = seen, board

    def look(self) -> None:
        for _ in self._seen.new():
            pass

    def until_listed(self, agents: int) -> None:
        """Until so many stand on it. Raises TimeoutError."""
        until = time.monotonic() + FETCHED_WITHIN_S
        while not any(one["of"] >= agents for one in self._seen.new()):
            if time.monotonic() > until or self._board.has_ended:
                raise TimeoutError(f"{agents} agents never stood on the board; {self._log()}")
            time.sleep(0.05)

    def wait(self, at: float, state: str) -> float:
        """Milliseconds from a moment until the agent's state was painted. Raises TimeoutError."""
        until = time.monotonic() + PATIENCE_S
        while time.monotonic() < until and not self._board.has_ended:
            for one in self._seen.new():
                if one["at"] >= at and one["states"].get(agent(0)) == state:
                    return float(one["at"] - at) * 1000
            time.sleep(0.005)
        raise TimeoutError(f"{state} was not painted; {self._log()}")

    def _log(self) -> str:
        return self._board.log.read_text(errors="replace")[-2000:]


class Hands:
    """The agent's own window, whose key is pressed."""

    def __init__(self, centre: CallCentre, home: Path, login: str) -> None:
        own = _settle(home, centre, login)
        command = [sys.executable, "-m", "benchmarks._rig.ready_key", "--server", centre.address, "--login", login]
        self._log = (home / "log").open("wb")
        self._process = subprocess.Popen(
            [*command, "--password-stdin"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._log,
            cwd=ROOT,
            text=True,
            env={**os.environ, **own, "QT_QPA_PLATFORM": "offscreen"},
        )
        self._say(centre.password)

    def until_open(self) -> None:
        """Raises TimeoutError."""
        until = time.monotonic() + PATIENCE_S
        while not self.do("look", "")[0]:
            if time.monotonic() > until:
                raise TimeoutError("the agent's window did not open")
            time.sleep(0.2)

    def do(self, wish: str, state: str) -> tuple[float, str]:
        """When it was done, and the state that comes of it."""
        self._say(wish)
        assert self._process.stdout is not None
        return float(self._process.stdout.readline()), state

    def _say(self, line: str) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write(line + "\n")
        self._process.stdin.flush()

    def __enter__(self) -> "Hands":
        return self

    def __exit__(self, *_: object) -> None:
        self._say("leave")
        end(self._process)
        self._log.close()
