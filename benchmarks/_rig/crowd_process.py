"""The light workstations of `crowd`, in a process of their own."""

import subprocess
import sys
from collections.abc import Mapping
from typing import Any

import orjson

from benchmarks._rig.call_centre import CallCentre


class Crowd:
    def __init__(self, centre: CallCentre) -> None:
        command = [sys.executable, "-m", "benchmarks._rig.crowd", str(centre.port), centre.password]
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)

    def join(self, first: int, end: int) -> None:
        """Agents `first` to `end - 1` sign in and listen. Raises RuntimeError when they are not let in."""
        self._ask({"from": first, "to": end})

    def change(self, changes_per_s: float, among: int) -> None:
        """The first `among` of them change their state in turn from now on."""
        self._ask({"changes_per_s": changes_per_s, "among": among})

    def told(self) -> dict[str, int]:
        return self._ask({})

    def _ask(self, wish: Mapping[str, float]) -> dict[str, int]:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(orjson.dumps(wish) + b"\n")
        self._process.stdin.flush()
        line = self._process.stdout.readline()
        if not line:
            raise RuntimeError("the light workstations were not let in")
        told: dict[str, int] = orjson.loads(line)
        return told

    def __enter__(self) -> "Crowd":
        return self

    def __exit__(self, *_: object) -> None:
        end(self._process)


def end(process: subprocess.Popen[Any]) -> None:
    """Of a process that ends when it is told nothing more."""
    for pipe in (process.stdin, process.stdout):
        if pipe is not None:
            pipe.close()
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
