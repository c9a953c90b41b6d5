"""Many seeds, and which of them failed."""

import time
from collections.abc import Iterable
from dataclasses import dataclass, field

from tests.fuzz.world import run_seed


@dataclass
class Tally:
    """What became of some seeds. A failure says how to play its seed again."""

    seeds: int = 0
    ops: int = 0
    cpu_s: float = 0.0
    failures: list[str] = field(default_factory=list)
    failing: list[int] = field(default_factory=list)

    def add(self, other: "Tally") -> None:
        self.seeds += other.seeds
        self.ops += other.ops
        self.cpu_s += other.cpu_s
        self.failures += other.failures
        self.failing += other.failing


def play_seeds(seeds: Iterable[int], budget_s: float = float("inf"), most_failures: int = 10) -> Tally:
    """Plays until the seeds, the time or the patience run out."""
    tally = Tally()
    ends_at, began_cpu = time.perf_counter() + budget_s, time.process_time()
    for seed in seeds:
        try:
            tally.ops += run_seed(seed)
        except Exception as error:  # noqa: BLE001 - every error of a seed is a finding
            tally.failures.append(f"python -m tests.fuzz --seed {seed}: {type(error).__name__}: {error}"[:600])
            tally.failing.append(seed)
        tally.seeds += 1
        if time.perf_counter() > ends_at or len(tally.failures) >= most_failures:
            break
    tally.cpu_s = time.process_time() - began_cpu
    return tally
