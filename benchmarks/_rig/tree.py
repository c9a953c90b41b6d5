"""A program with all its child processes: what they cost together, and when the program has come to rest."""

import secrets
import subprocess
import time
from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

import psutil

from benchmarks._rig.screen import Screen

TAG = "BENCHMARK_TREE"
CALM_S = 0.5
CALM_CPU_S = 0.010
LOOK_EVERY_S = 0.05


class NeverCalmError(Exception):
    """The program showed no window, or worked on and on; `detail` says what it did do."""


@dataclass(frozen=True, slots=True)
class Cost:
    """`wall_s` until the calm began; CPU of all processes, the ended ones too; memory as the sum of PSS."""

    wall_s: float
    cpu_s: float
    pss_mb: float


class Tree:
    """Starts a program. Every process that inherits its environment belongs to it, also one that left its parent."""

    def __init__(self, command: Sequence[str], environment: Mapping[str, str], log: Path, stdin: str = "") -> None:
        self._tag = secrets.token_hex(8)
        self._known: set[tuple[int, float]] = set()
        self.log = log
        with log.open("wb") as written:
            self.started_at_s = time.perf_counter()
            self._process = subprocess.Popen(
                command,
                env={**environment, TAG: self._tag},
                stdin=subprocess.PIPE,
                stdout=written,
                stderr=subprocess.STDOUT,
            )
        if self._process.stdin is not None:
            self._process.stdin.write(stdin.encode())
            self._process.stdin.close()

    def __enter__(self) -> "Tree":
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _at: TracebackType | None
    ) -> None:
        self.stop()

    @property
    def has_ended(self) -> bool:
        return self._process.poll() is not None

    def processes(self) -> list[psutil.Process]:
        return [process for process in psutil.process_iter() if self._is_ours(process)]

    def cpu_s(self) -> float:
        """utime + stime of every process and of the children each has buried."""
        total = 0.0
        for process in self.processes():
            try:
                times = process.cpu_times()
            except psutil.NoSuchProcess:
                continue
            total += times.user + times.system + times.children_user + times.children_system
        return total

    def pss_mb(self) -> float:
        """Memory, shared pages divided by those who share them; MB are 10⁶ bytes."""
        total = 0
        for process in self.processes():
            for line in _lines(Path(f"/proc/{process.pid}/smaps_rollup")):
                if line.startswith("Pss:"):
                    total += int(line.split()[1]) * 1024
        return total / 1e6

    def spent_ns(self) -> dict[int, int]:
        """Nanoseconds on a processor by thread: finer than the clock ticks of cpu_s, but blind to ended threads."""
        spent = {}
        for process in self.processes():
            for task in Path(f"/proc/{process.pid}/task").glob("*/schedstat"):
                for line in _lines(task):
                    spent[int(task.parent.name)] = int(line.split()[0])
        return spent

    def until_calm(self, screen: Screen, processes: int = 1, limit_s: float = 60.0) -> Cost:
        """Waits for a mapped main window and so many processes, then for half a second without work.

        Raises NeverCalmError.
        """
        deadline = self.started_at_s + limit_s
        while not screen.windows() or len(self.processes()) < processes:
            self._give_up_after(deadline, f"no window, or not {processes} processes")
            time.sleep(LOOK_EVERY_S)
        seen: deque[tuple[float, dict[int, int]]] = deque()
        while True:
            now, spent = time.perf_counter(), self.spent_ns()
            seen.append((now, spent))
            while len(seen) > 1 and now - seen[1][0] >= CALM_S:
                seen.popleft()
            began, before = seen[0]
            if now - began >= CALM_S and _grown_s(before, spent) < CALM_CPU_S:
                return Cost(began - self.started_at_s, self.cpu_s(), self.pss_mb())
            self._give_up_after(deadline, f"{_grown_s(before, spent):.3f} s of work in the last {now - began:.2f} s")
            time.sleep(LOOK_EVERY_S)

    def stop(self) -> None:
        """Ends every process, politely first."""
        for end in (psutil.Process.terminate, psutil.Process.kill):
            running = self.processes()
            for process in running:
                try:
                    end(process)
                except psutil.NoSuchProcess:
                    continue
            psutil.wait_procs(running, timeout=5)
        self._process.wait()

    def _is_ours(self, process: psutil.Process) -> bool:
        try:
            key = (process.pid, process.create_time())
            if key not in self._known and (process.pid == self._process.pid or process.environ().get(TAG) == self._tag):
                self._known.add(key)
            return key in self._known and process.status() != psutil.STATUS_ZOMBIE
        except (psutil.NoSuchProcess, psutil.AccessDenied):
            return False

    def _give_up_after(self, deadline: float, detail: str) -> None:
        if self.has_ended:
            detail = f"it ended with {self._process.returncode}"
        elif time.perf_counter() < deadline:
            return
        raise NeverCalmError(f"{detail}; it said: {self.log.read_text(errors='replace')[-2000:]}")


def _lines(path: Path) -> list[str]:
    """Of a file that may go away at any moment, with its process."""
    try:
        return path.read_text().splitlines()
    except OSError:
        return []


def _grown_s(before: Mapping[int, int], now: Mapping[int, int]) -> float:
    return sum(spent - before.get(thread, 0) for thread, spent in now.items()) / 1e9
