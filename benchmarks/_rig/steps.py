"""A program that takes one step a line of its stdin and answers each with a line of JSON; what each step cost."""

import contextlib
import json
import subprocess
import time
from collections.abc import Iterable, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any

import psutil


class Steps:
    """Raises RuntimeError when the program ends instead of answering; `log` takes what it says besides."""

    def __init__(self, command: Sequence[str], log: Path, folder: Path | None = None) -> None:
        self._log = log
        with log.open("wb") as said:
            self._process = subprocess.Popen(
                command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=said, text=True, cwd=folder
            )

    def __enter__(self) -> "Steps":
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _at: TracebackType | None
    ) -> None:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        with contextlib.suppress(BrokenPipeError):
            self._process.stdin.close()
        try:
            self._process.wait(30)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._process.stdout.close()

    @property
    def pid(self) -> int:
        return self._process.pid

    def say(self, step: str) -> dict[str, Any]:
        assert self._process.stdin is not None
        self._process.stdin.write(f"{step}\n")
        self._process.stdin.flush()
        return self.answer()

    def answer(self) -> dict[str, Any]:
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line:
            said = self._log.read_text(errors="replace")
            raise RuntimeError(f"it ended with {self._process.wait()}: {said[-2000:]}")
        found: dict[str, Any] = json.loads(line)
        return found


def cpu_s(pids: Iterable[int]) -> float:
    """Seconds on a processor of these processes, of all below them, and of the ended ones each has buried."""
    total = 0.0
    for pid in pids:
        root = psutil.Process(pid)
        for process in (root, *root.children(recursive=True)):
            try:
                times = process.cpu_times()
                total += _clock_s(process.pid) + times.children_user + times.children_system
            except (psutil.NoSuchProcess, OSError):
                continue
    return total


def _clock_s(pid: int) -> float:
    """By the process's own clock (clock_getcpuclockid), far finer than the ticks that /proc shows."""
    return time.clock_gettime((~pid << 3) | 2)
